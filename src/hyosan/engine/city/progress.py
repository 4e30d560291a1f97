"""Progression: the course of an infection, followed once from beginning to end."""

from hyosan.engine.city.where import age_of
from hyosan.jit import part, routine
from hyosan.rules.progression import FIRST, FOREVER, SUSCEPTIBLE, stay

MOST_VISITS = 32
"""States of one course, `susceptible` at its end included."""


@part
def follow(
    person,
    episode,
    second,
    # now
    seed,
    # reads
    traits,
    course,
    # writes
    ends,
    states,
):
    """Write the states of a course and when they end [s]; (count of them, begin and end of the infectious spell [s]).

    Both are `FOREVER` if no state is infectious. The course is a function of person, episode and second, so that whoever
    wants to know it again follows it again.
    """
    dwell_row, dwell_tables, branch_to, branch_chance, infectiousness = course[:5]
    years = age_of(traits, person)
    begin = FOREVER
    until = FOREVER
    state = FIRST
    visit = 0
    while True:
        time, following = stay(
            seed, person, episode, visit, state, years, dwell_row, dwell_tables, branch_to, branch_chance
        )
        end = min(second + time, FOREVER)
        if infectiousness[state] > 0:
            begin = min(begin, second)
            until = end
        states[visit] = state
        ends[visit] = end
        visit += 1
        if time == FOREVER:
            return visit, begin, until
        if following == SUSCEPTIBLE:
            states[visit] = SUSCEPTIBLE
            ends[visit] = FOREVER
            return visit + 1, begin, until
        second = end
        state = following


@routine
def follow_again(person, episode, second, seed, traits, course, ends, states):
    """`follow`, compiled once for all who call it seldom."""
    return follow(person, episode, second, seed, traits, course, ends, states)


@part
def visit_at(second, ends):
    """Which of the states of a followed course a person is in at a second."""
    visit = 0
    while second >= ends[visit] and ends[visit] != FOREVER:
        visit += 1
    return visit


@part
def active_until(count, ends, states, active):
    """When a course is over: nobody is infectious, or may become so, or is dying, from then on [s]."""
    over = 0
    for visit in range(count):
        if active[states[visit]]:
            over = ends[visit]
    return over


@part
def write_transitions(count, person, episode, second, before, end_of_run, ends, states, transitions, at):
    """Write the changes of state of a course that happen before the end of the run; the row after the last."""
    old = before
    now = second
    for visit in range(count):
        if now >= end_of_run:
            break
        transitions[at, 0] = now
        transitions[at, 1] = person
        transitions[at, 2] = (old << 8) | states[visit]
        transitions[at, 3] = episode
        at += 1
        old = states[visit]
        now = ends[visit]
    return at
