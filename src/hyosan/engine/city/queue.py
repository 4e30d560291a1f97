"""The queue: attempts of a day that are settled one by one, in order of second and tie draw."""

from hyosan.engine.attempts import (
    DUE_DAY,
    FRESH_COLUMNS,
    INFECTOR,
    MOMENT,
    ORDINAL,
    TARGET,
    second_of,
)
from hyosan.engine.calendar import DROPPED
from hyosan.engine.city.tie import tie_of
from hyosan.jit import kernel, part

WAITING = 0
"""Place in the counts of settling: rows in the heap."""
FRESH = 1
"""Place: rows of the fresh attempts."""
LOGGED = 2
"""Place: rows of the log."""
CHANGED = 3
"""Place: rows of the transitions."""
COUNTS = 4


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
