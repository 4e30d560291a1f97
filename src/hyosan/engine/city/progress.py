"""Progression: the course of an infection, followed once from beginning to end."""

from hyosan.engine.city.given import ENTRIES, ENTRY_CHANCE
from hyosan.engine.city.where import age_of
from hyosan.engine.scratch import Person, draw_all
from hyosan.jit import part, routine
from hyosan.rules.progression import DWELL, FOREVER, SUSCEPTIBLE, stay, stay_of
from hyosan.rules.random import Draw, draw, happens, purpose_of

_WOUND = purpose_of(Draw.WOUND)
_ID = int(Person.ID)
_EPISODE = int(Person.EPISODE)
_INFECTED = int(Person.INFECTED)
_VISITS = int(Person.VISITS)
_TRAITS = int(Person.TRAITS)
_STATE = int(Person.STATE)
_NOW = int(Person.NOW)
_SPELL = int(Person.SPELL)
_UNTIL = int(Person.UNTIL)


@part
def entry_of(person, episode, seed, course):
    """State in which an infection begins; where wounds differ, by the wound."""
    entries, chances = course[ENTRIES], course[ENTRY_CHANCE]
    entry = 0
    if len(entries) > 1:
        word = draw(seed, _WOUND, person, 0, episode)[0]
        while not happens(chances[entry], word):
            entry += 1
    return entries[entry]


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

    Both are `FOREVER` if no state is infectious. The course is a function of person, episode and second: whoever wants
    to know it again follows it again.
    """
    dwell_row, dwell_tables, branch_to, branch_chance, infectiousness = course[:5]
    years = age_of(traits, person)
    begin = FOREVER
    until = FOREVER
    state = entry_of(person, episode, seed, course)
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
def follow_block(
    count,
    # now
    seed,
    # reads
    course,
    # writes
    people,
    going,
    keys,
    stays,
    words,
    ends,
    states,
):
    """`follow` for everybody of a block, visit by visit, so that draws and look-ups of many people overlap."""
    dwell_row, dwell_tables, branch_to, branch_chance, infectiousness = course[:5]
    for row in range(count):
        going[row] = row
        people[_STATE, row] = entry_of(people[_ID, row], people[_EPISODE, row], seed, course)
        people[_NOW, row] = people[_INFECTED, row]
        people[_SPELL, row] = FOREVER
        people[_UNTIL, row] = FOREVER
    left = count
    visit = 0
    while left > 0:
        for at in range(left):
            keys[at] = (people[_ID, going[at]] << 32) | visit
            stays[at] = people[_EPISODE, going[at]]
        draw_all(left, seed, DWELL, keys, stays, words)
        kept = 0
        for at in range(left):
            row = going[at]
            state = people[_STATE, row]
            time, following = stay_of(
                state,
                people[_TRAITS, row] & 255,
                int(words[0, at]),
                int(words[1, at]),
                int(words[2, at]),
                dwell_row,
                dwell_tables,
                branch_to,
                branch_chance,
            )
            end = min(people[_NOW, row] + time, FOREVER)
            if infectiousness[state] > 0:
                people[_SPELL, row] = min(people[_SPELL, row], people[_NOW, row])
                people[_UNTIL, row] = end
            states[row, visit] = state
            ends[row, visit] = end
            if time == FOREVER:
                people[_VISITS, row] = visit + 1
            elif following == SUSCEPTIBLE:
                states[row, visit + 1] = SUSCEPTIBLE
                ends[row, visit + 1] = FOREVER
                people[_VISITS, row] = visit + 2
            else:
                people[_NOW, row] = end
                people[_STATE, row] = following
                going[kept] = row
                kept += 1
        left = kept
        visit += 1


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
