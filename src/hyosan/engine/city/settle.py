"""Settling, one attempt after another in order of second and tie draw: what cannot be done for all at once.

Two things need it. Who is infected may infect others on the same day, and perhaps earlier than somebody else was about to. And
where people can be infected again, an attempt may depend on any that came before it.
"""

from hyosan.engine.attempts import (
    DUE_DAY,
    FRESH_COLUMNS,
    INFECTOR,
    MOMENT,
    MOST_EPISODES,
    ORDINAL,
    TARGET,
    episode_of,
    second_of,
    stream_of,
)
from hyosan.engine.calendar import DROPPED
from hyosan.engine.city.begin import emit_one, onset_of, write_infection
from hyosan.engine.city.emit import susceptibility_bound
from hyosan.engine.city.obey import order_refusal
from hyosan.engine.city.progress import active_until, follow_again, visit_at, write_transitions
from hyosan.engine.city.resolve import tie_of
from hyosan.engine.city.sift import still_susceptible
from hyosan.engine.crowd import NEVER, close, is_open
from hyosan.engine.scratch import MOST_VISITS, Person
from hyosan.jit import kernel, part
from hyosan.rules.codes import Reason
from hyosan.rules.progression import SUSCEPTIBLE
from hyosan.units import day as DAY

DONE = 0
"""Everything is settled."""
GROW_FRESH = 1
"""An array is too small: make it larger and call again. So are the following."""
GROW_LOG = 2
GROW_TRANSITIONS = 3
TOO_OFTEN = 4
"""Somebody is infected more often than can be counted."""

WAITING = 0
"""Place in the counts of settling: rows in the heap."""
FRESH = 1
"""Place: rows of the fresh attempts."""
LOGGED = 2
"""Place: rows of the log."""
CHANGED = 3
"""Place: rows of the transitions."""
COUNTS = 4

_VISITS = int(Person.VISITS)
_NONE = int(Reason.NONE)
_IMMUNE = int(Reason.IMMUNE)
_RECOVERED = int(Reason.RECOVERED)
_TARGET_ELSEWHERE = int(Reason.TARGET_ELSEWHERE)
_PROTECTED = int(Reason.PROTECTED)
_SUSCEPTIBILITY = int(Reason.SUSCEPTIBILITY)


@part
def before(one, other, fresh, tie, turn):
    """Whether one fresh row is settled before another of the same day.

    A row that arises in the very second in which it is due has its turn no earlier than the row that it arose from.
    """
    seconds = second_of(fresh[one, MOMENT]) - second_of(fresh[other, MOMENT])
    if seconds != 0:
        return seconds < 0
    if turn[one] != turn[other]:
        return turn[one] < turn[other]
    if tie[one] != tie[other]:
        return tie[one] < tie[other]
    for column in (INFECTOR, ORDINAL, MOMENT):
        if fresh[one, column] != fresh[other, column]:
            return fresh[one, column] < fresh[other, column]
    return False


@part
def push(row, fresh, tie, turn, heap, counts):
    """Put a fresh row into the heap."""
    slot = counts[WAITING]
    counts[WAITING] += 1
    while slot > 0:
        parent = (slot - 1) >> 1
        if not before(row, heap[parent], fresh, tie, turn):
            break
        heap[slot] = heap[parent]
        slot = parent
    heap[slot] = row


@part
def pop(fresh, tie, turn, heap, counts):
    """Take the first row out of the heap."""
    counts[WAITING] -= 1
    size = counts[WAITING]
    row = heap[size]
    slot = 0
    while True:
        child = 2 * slot + 1
        if child >= size:
            break
        if child + 1 < size and before(heap[child + 1], heap[child], fresh, tie, turn):
            child += 1
        if not before(heap[child], row, fresh, tie, turn):
            break
        heap[slot] = heap[child]
        slot = child
    if size > 0:
        heap[slot] = row


@part
def push_due(first, last, day, until, least_turn, seed, streams, crowd, fresh, tie, turn, heap, counts):
    """Put those of the fresh rows `first` to `last` that are due today before `until` [s of the day] into the heap.

    Args:
        least_turn: (second of the day, turn) of the row that they arose from.
    """
    for row in range(first, last):
        if fresh[row, DUE_DAY] == day and fresh[row, TARGET] != DROPPED and second_of(fresh[row, MOMENT]) < until:
            tie[row] = tie_of(row, seed, streams, crowd, fresh)
            turn[row] = tie[row]
            if second_of(fresh[row, MOMENT]) == least_turn[0]:
                turn[row] = max(turn[row], least_turn[1])
            push(row, fresh, tie, turn, heap, counts)


@part
def state_now(person, second, seed, traits, course, crowd, ends, states):
    """State of somebody who may have been infected before."""
    infected_at, episode = crowd[0], crowd[1]
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
    susceptibility, present, final = course[5], course[6], course[7]
    episode, bits, vaccinated = crowd[1], crowd[2], crowd[3]
    target, infector = int(fresh[row, TARGET]), int(fresh[row, INFECTOR])
    if not is_open(bits, target) or final[state]:
        return _IMMUNE
    if infector < 0:
        return _NONE if susceptibility[state] > 0 else _PROTECTED
    if int(episode[infector]) != episode_of(fresh[row, MOMENT]):
        return _RECOVERED
    setting = streams[0][stream_of(fresh[row, MOMENT])]
    if not (present[state] >> setting) & 1:
        return _TARGET_ELSEWHERE
    chance = (susceptibility[state] * susceptibility_bound(target, world[0], course, vaccinated)) >> 30
    if chance == 0:
        return _PROTECTED
    return _NONE if still_susceptible(row, chance, seed, streams, fresh) else _SUSCEPTIBILITY


@part
def winner_of_row(row, first, last, fresh, winners, span):
    """Which of the winners `first` to `last` has emitted a fresh row of their range, or -1."""
    low = first
    high = last
    while low < high:
        middle = (low + high) >> 1
        if span[middle, 1] <= row:
            low = middle + 1
        else:
            high = middle
    while low < last and span[low, 0] <= row:
        if winners[low, TARGET] == fresh[row, INFECTOR]:
            return low
        low += 1
    return -1


@part
def winner_of_person(person, winners):
    """Row of the winner that infects a person, or -1."""
    for row in range(len(winners)):
        if winners[row, TARGET] == person:
            return row
    return -1


@kernel
def gather(
    first,
    last,
    day,
    until,
    # now
    seed,
    # reads
    emitted,
    emitted_count,
    winners,
    span,
    streams,
    crowd,
    # writes
    fresh,
    tie,
    turn,
    heap,
    counts,
):
    """Copy the attempts of a range of winners that are due today before `until`, and put the copies into the heap.

    Args:
        first: First winner of the range; `last` is the one after its last. Without winners every row is copied.
        emitted: Attempts of the range, `emitted_count` rows.
        fresh: Has room for all of them.
    """
    for row in range(emitted_count):
        if emitted[row, DUE_DAY] == day and second_of(emitted[row, MOMENT]) < until:
            at = counts[FRESH]
            counts[FRESH] += 1
            for column in range(FRESH_COLUMNS):
                fresh[at, column] = emitted[row, column]
            least = (-1, 0)
            winner = winner_of_row(row, first, last, emitted, winners, span)
            if winner >= 0:
                least = (second_of(winners[winner, MOMENT]), tie_of(winner, seed, streams, crowd, winners))
            push_due(at, at + 1, day, until, least, seed, streams, crowd, fresh, tie, turn, heap, counts)


@part
def refusal_of_chain(row, second, seed, streams, crowd, fresh, winners, place):
    """`Reason` of refusing an attempt that arose today where nobody is infected twice, or 0.

    Args:
        place: Row of `winners` that infects the target today, or -1.
    """
    infected_at, bits = crowd[0], crowd[2]
    target = int(fresh[row, TARGET])
    if is_open(bits, target):
        return _NONE
    if place < 0 or infected_at[target] < second or infected_at[target] == NEVER:
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
    second = int(crowd[0][person])
    emit_one(person, second, 1, -1, 0, seed, end_of_run, streams, world, course, crowd, scratch, fresh, tally)


@part
def abandon(person, second, seed, traits, course, crowd, ends, states, ended, at):
    """Say that the course that a person is in ends now and not later; the row after the last of `ended`."""
    infected_at, episode = crowd[0], crowd[1]
    count, _, _ = follow_again(person, int(episode[person]), int(infected_at[person]), seed, traits, course, ends, states)
    over = active_until(count, ends, states, course[8])
    if over > second:
        ended[at, 0] = over
        ended[at, 1] = -1
        ended[at + 1, 0] = second
        ended[at + 1, 1] = 1
        at += 2
    return at


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
    tie,
    turn,
    heap,
    counts,
    more_log,
    more_begun,
    ended,
    tally,
):
    """Settle what is in the heap, and what arises from it before second `until` of the day.

    Args:
        winners: Attempts that infect people today, unless something comes before.

    Returns:
        `DONE`, or which array has to grow first.
    """
    infected_at, episodes, bits, _, symptoms_at = crowd[:5]
    traits = world[0]
    ends, states = scratch[5][0], scratch[6][0]
    repeated = len(episodes) > 0
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
        state = SUSCEPTIBLE
        episode = 1
        place = -1
        if repeated:
            state = state_now(person, second, seed, traits, course, crowd, ends, states)
            reason = refusal_of_repeated(row, second, state, seed, streams, world, course, crowd, fresh)
            episode = int(episodes[person]) + 1
        else:
            if day * DAY <= second <= infected_at[person] < NEVER:
                place = winner_of_person(person, winners)
            reason = refusal_of_chain(row, second, seed, streams, crowd, fresh, winners, place)
            if reason == 0 and place >= 0 and infected_at[person] == second:
                own = tie_of(place, seed, streams, crowd, winners)
                if own < turn[row] or (own == turn[row] and own < tie[row]):
                    reason = _IMMUNE
        if reason == 0 and len(orders[0]) > 0 and fresh[row, INFECTOR] >= 0:
            reason = order_refusal(row, second, seed, streams, world, orders, symptoms_at, fresh)
        if reason > 0:
            tally[stream, reason] += 1
            pop(fresh, tie, turn, heap, counts)
            continue
        if episode > MOST_EPISODES:
            return TOO_OFTEN
        first = counts[FRESH]
        last = emit_one(
            person,
            second,
            episode,
            1,
            first,
            seed,
            end_of_run,
            streams,
            world,
            course,
            crowd,
            scratch,
            fresh,
            tally,
        )
        if last > len(fresh):
            return GROW_FRESH
        count = scratch[0][_VISITS, 0]
        pop(fresh, tie, turn, heap, counts)
        counts[FRESH] = last
        if recording:
            counts[CHANGED] = write_transitions(
                count, person, episode, second, state, end_of_run, ends, states, more_begun, counts[CHANGED]
            )
        write_infection(row, second, episode, seed, streams, world, fresh, more_log, counts[LOGGED])
        at = 3 * counts[LOGGED]
        ended[at, 0] = active_until(count, ends, states, course[8])
        ended[at, 1] = 1
        if len(symptoms_at) > 0:
            symptoms_at[person] = onset_of(count, second, ends, states, course[12])
        if repeated and episode > 1:
            abandon(person, second, seed, traits, course, crowd, ends, states, ended, at + 1)
        counts[LOGGED] += 1
        tally[stream, _NONE] += 1
        if not repeated and not is_open(bits, person):
            void_winner(
                place,
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
                tally,
                first,
            )
        infected_at[person] = second
        if repeated:
            episodes[person] = episode
        else:
            close(bits, person)
        least = (second_of(fresh[row, MOMENT]), turn[row])
        push_due(first, last, day, until, least, seed, streams, crowd, fresh, tie, turn, heap, counts)
    return DONE
