"""Settling, one attempt after another in order of second and tie draw: what cannot be done for all at once.

Two things need it. Who is infected may infect others on the same day, and perhaps earlier than somebody else was
about to. And where people can be infected again, an attempt may depend on any that came before it.
"""

from hyosan.engine.attempts import (
    INFECTOR,
    MOMENT,
    MOST_EPISODES,
    TARGET,
    episode_of,
    second_of,
    stream_of,
)
from hyosan.engine.calendar import DROPPED
from hyosan.engine.city.begin import emit_one, onset_of, write_infection
from hyosan.engine.city.emit import susceptibility_bound
from hyosan.engine.city.given import (
    ACTIVE,
    EPISODE,
    FINAL,
    INFECTED_AT,
    OPEN,
    ORDER_ROWS,
    PRESENT,
    SENT_HOME,
    SUSCEPTIBILITY,
    SYMPTOMATIC,
    TRAITS,
    VACCINATED,
)
from hyosan.engine.city.obey import order_refusal_again
from hyosan.engine.city.progress import active_until, follow_again, visit_at, write_transitions
from hyosan.engine.city.queue import CHANGED, FRESH, LOGGED, WAITING, pop, push_due, winner_of_person
from hyosan.engine.city.sift import still_susceptible
from hyosan.engine.city.tie import tie_of
from hyosan.engine.crowd import NEVER, close, is_open
from hyosan.engine.scratch import MOST_VISITS, Person
from hyosan.jit import kernel, part
from hyosan.rules.codes import Reason
from hyosan.rules.progression import SUSCEPTIBLE
from hyosan.rules.refusal import refusal_when_repeated
from hyosan.units import day as DAY

DONE = 0
"""Everything is settled."""
GROW_FRESH = 1
"""An array is too small: make it larger and call again. So are the following."""
GROW_LOG = 2
GROW_TRANSITIONS = 3
TOO_OFTEN = 4
"""Somebody is infected more often than can be counted."""

_VISITS = int(Person.VISITS)
_NONE = int(Reason.NONE)
_IMMUNE = int(Reason.IMMUNE)
_SUSCEPTIBILITY = int(Reason.SUSCEPTIBILITY)


@part
def state_now(person, second, seed, traits, course, crowd, ends, states):
    """State of somebody who may have been infected before."""
    infected_at, episode = crowd[INFECTED_AT], crowd[EPISODE]
    if episode[person] == 0:
        return SUSCEPTIBLE
    follow_again(person, int(episode[person]), int(infected_at[person]), seed, traits, course, ends, states)
    return states[visit_at(second, ends)]


@part
def refusal_of_repeated(row, second, state, seed, streams, world, course, crowd, fresh):
    """`Reason` of refusing an attempt where people can be infected again, or 0.

    Args:
        state: State of the target.
    """
    susceptibility, present, final = course[SUSCEPTIBILITY], course[PRESENT], course[FINAL]
    episode, bits, vaccinated = crowd[EPISODE], crowd[OPEN], crowd[VACCINATED]
    target, infector = int(fresh[row, TARGET]), int(fresh[row, INFECTOR])
    open_now = is_open(bits, target)
    if infector < 0:
        return refusal_when_repeated(final[state], open_now, True, True, susceptibility[state])
    setting = streams[0][stream_of(fresh[row, MOMENT])]
    same = int(episode[infector]) == episode_of(fresh[row, MOMENT])
    chance = (susceptibility[state] * susceptibility_bound(target, world[TRAITS], course, vaccinated)) >> 30
    reason = refusal_when_repeated(final[state], open_now, same, (present[state] >> setting) & 1, chance)
    if reason > 0:
        return reason
    return _NONE if still_susceptible(row, chance, seed, streams, fresh) else _SUSCEPTIBILITY


@part
def refusal_of_chain(row, second, seed, streams, crowd, fresh, winners, place, tie, turn):
    """`Reason` of refusing an attempt that arose today where nobody is infected twice, or 0.

    Args:
        place: Row of `winners` that infects the target today, or -1.
    """
    infected_at, bits = crowd[INFECTED_AT], crowd[OPEN]
    target = int(fresh[row, TARGET])
    if is_open(bits, target):
        return _NONE
    if place < 0 or infected_at[target] < second or infected_at[target] == NEVER:
        return _IMMUNE
    if infected_at[target] == second:
        own = tie_of(place, seed, streams, crowd, winners)
        if own < turn[row] or (own == turn[row] and own < tie[row]):
            return _IMMUNE
    return _NONE


@part
def void_winner(place, seed, end_of_run, winners, streams, world, course, crowd, scratch, fresh, log, tally, rows):
    """Undo the infection of a winner, who is infected earlier than had been thought; its rows are dropped later.

    Args:
        rows: Count of rows of `fresh`.
    """
    person = int(winners[place, TARGET])
    for row in range(rows):
        if fresh[row, INFECTOR] == person:
            fresh[row, TARGET] = DROPPED
    log[place, 1] = DROPPED
    stream = stream_of(winners[place, MOMENT])
    tally[stream, _NONE] -= 1
    tally[stream, _IMMUNE] += 1
    second = int(crowd[INFECTED_AT][person])
    emit_one(person, second, 1, -1, 0, seed, end_of_run, streams, world, course, crowd, scratch, fresh, tally)


@part
def abandon(person, second, seed, traits, course, crowd, ends, states, ended, at):
    """Say that the course that a person is in ends now and not later; the row after the last of `ended`."""
    infected_at, episode = crowd[INFECTED_AT], crowd[EPISODE]
    count, _, _ = follow_again(
        person, int(episode[person]), int(infected_at[person]), seed, traits, course, ends, states
    )
    over = active_until(count, ends, states, course[ACTIVE])
    if over > second:
        ended[at, 0] = over
        ended[at, 1] = -1
        ended[at + 1, 0] = second
        ended[at + 1, 1] = 1
        at += 2
    return at


@part
def infect(
    row,
    person,
    place,
    state,
    episode,
    second,
    day,
    until,
    seed,
    end_of_run,
    winners,
    streams,
    world,
    course,
    crowd,
    scratch,
    fresh,
    log,
    queue,
    book,
    tally,
):
    """Begin an episode by the first row of the heap; `DONE`, or which array is too small, nothing having changed."""
    infected_at, episodes, bits, _, symptoms_at = crowd[:5]
    tie, turn, heap, counts = queue
    more_log, more_begun, ended = book
    ends, states = scratch[5][0], scratch[6][0]
    stream = stream_of(fresh[row, MOMENT])
    repeated = len(episodes) > 0
    first = counts[FRESH]
    last = emit_one(
        person, second, episode, 1, first, seed, end_of_run, streams, world, course, crowd, scratch, fresh, tally
    )
    if last > len(fresh):
        return GROW_FRESH
    count = scratch[0][_VISITS, 0]
    pop(fresh, tie, turn, heap, counts)
    counts[FRESH] = last
    if len(more_begun) > 0:
        counts[CHANGED] = write_transitions(
            count, person, episode, second, state, end_of_run, ends, states, more_begun, counts[CHANGED]
        )
    write_infection(row, second, episode, seed, streams, world, fresh, more_log, counts[LOGGED])
    at = 3 * counts[LOGGED]
    ended[at, 0] = active_until(count, ends, states, course[ACTIVE])
    ended[at, 1] = 1
    if len(symptoms_at) > 0:
        symptoms_at[person] = onset_of(count, second, ends, states, course[SYMPTOMATIC])
    if repeated and episode > 1:
        abandon(person, second, seed, world[TRAITS], course, crowd, ends, states, ended, at + 1)
    counts[LOGGED] += 1
    tally[stream, _NONE] += 1
    if not repeated and not is_open(bits, person):
        void_winner(place, seed, end_of_run, winners, streams, world, course, crowd, scratch, fresh, log, tally, first)
    infected_at[person] = second
    if repeated:
        episodes[person] = episode
    else:
        close(bits, person)
    least = (second_of(fresh[row, MOMENT]), turn[row])
    push_due(first, last, day, until, least, seed, streams, crowd, fresh, tie, turn, heap, counts)
    return DONE


@part
def judge(row, person, second, day, seed, winners, streams, world, course, orders, crowd, scratch, fresh, tie, turn):
    """(`Reason` of refusing a row or 0, state of its person, which episode it would begin, whom it overtakes or -1)."""
    infected_at, episodes, _, _, symptoms_at = crowd[:5]
    state = SUSCEPTIBLE
    episode = 1
    place = -1
    if len(episodes) > 0:
        state = state_now(person, second, seed, world[TRAITS], course, crowd, scratch[5][0], scratch[6][0])
        reason = refusal_of_repeated(row, second, state, seed, streams, world, course, crowd, fresh)
        episode = int(episodes[person]) + 1
    else:
        if day * DAY <= second <= infected_at[person] < NEVER:
            place = winner_of_person(person, winners)
        reason = refusal_of_chain(row, second, seed, streams, crowd, fresh, winners, place, tie, turn)
    if reason == 0 and (len(orders[ORDER_ROWS]) > 0 or world[SENT_HOME]) and fresh[row, INFECTOR] >= 0:
        reason = order_refusal_again(row, second, seed, streams, world, orders, symptoms_at, fresh)
    return reason, state, episode, place


@kernel
def settle(
    day,
    until,
    # now
    seed,
    end_of_run,
    # reads
    winners,
    streams,
    world,
    course,
    orders,
    # writes
    crowd,
    scratch,
    fresh,
    log,
    queue,
    book,
    tally,
):
    """Settle what is in the heap, and what arises from it before second `until` of the day.

    Args:
        winners: Attempts that infect people today, unless something comes before.

    Returns:
        `DONE`, or which array has to grow first.
    """
    tie, turn, heap, counts = queue
    more_log, more_begun = book[:2]
    recording = len(more_begun) > 0
    while counts[WAITING] > 0:
        if counts[LOGGED] >= len(more_log):
            return GROW_LOG
        if recording and counts[CHANGED] + MOST_VISITS > len(more_begun):
            return GROW_TRANSITIONS
        row = heap[0]
        if fresh[row, TARGET] == DROPPED:
            pop(fresh, tie, turn, heap, counts)
            continue
        second = day * DAY + second_of(fresh[row, MOMENT])
        person = int(fresh[row, TARGET])
        stream = stream_of(fresh[row, MOMENT])
        reason, state, episode, place = judge(
            row, person, second, day, seed, winners, streams, world, course, orders, crowd, scratch, fresh, tie, turn
        )
        if reason > 0:
            tally[stream, reason] += 1
            pop(fresh, tie, turn, heap, counts)
            continue
        if episode > MOST_EPISODES:
            return TOO_OFTEN
        status = infect(
            row,
            person,
            place,
            state,
            episode,
            second,
            day,
            until,
            seed,
            end_of_run,
            winners,
            streams,
            world,
            course,
            crowd,
            scratch,
            fresh,
            log,
            queue,
            book,
            tally,
        )
        if status != DONE:
            return status
    return DONE
