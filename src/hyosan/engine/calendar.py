"""The calendar: attempts filed by the day on which they are due, in blocks from a pool.

Within a day nothing is in order: order comes from the rules of admission, never from where a row lies.
"""

from hyosan.engine.attempts import (
    COLUMNS,
    DUE_DAY,
    EMISSION,
    MOMENT,
    TARGET,
    Counter,
    moment,
    stream_of,
)
from hyosan.jit import kernel, part
from hyosan.units import day as DAY

BLOCK = 256
"""Rows of a block."""

LAST = 0
"""Column of the heads of days: the block that is being filled, or -1."""
FILLED = 1
"""Column of the heads of days: rows in all blocks of the day."""

DROPPED = -2
"""Target of a fresh row that is void: its infector was infected earlier than had been thought."""

_FREE = int(Counter.FREE)
_USED = int(Counter.USED)


@part
def place_for(day, link, head, counters):
    """(block, row) where one more row of a day goes; the pool must have a free block."""
    filled = head[day, FILLED]
    head[day, FILLED] = filled + 1
    at = filled % BLOCK
    if at == 0:
        block = counters[_FREE]
        if block >= 0:
            counters[_FREE] = link[block]
        else:
            block = counters[_USED]
            counters[_USED] += 1
        link[block] = head[day, LAST]
        head[day, LAST] = block
    return head[day, LAST], at


@kernel
def file_fresh(
    today,
    until,
    # reads
    fresh,
    count,
    # writes
    blocks,
    link,
    head,
    counters,
    later,
    later_count,
):
    """File the first `count` fresh rows by day; those due later today go to `later`.

    Args:
        today: The day that is open.
        until: Second of the day up to which everything has been settled [s].

    Returns:
        Rows in `later`, after `later_count` that were there. The pool has room for every day that a row could open.
    """
    for row in range(count):
        if fresh[row, TARGET] == DROPPED:
            continue
        day = fresh[row, DUE_DAY]
        if day == today:
            if fresh[row, MOMENT] & 0x1FFFF >= until:
                for column in range(COLUMNS):
                    later[later_count, column] = fresh[row, column]
                later_count += 1
        else:
            block, at = place_for(day, link, head, counters)
            for column in range(COLUMNS):
                blocks[block, at, column] = fresh[row, column]
    return later_count


@kernel
def file_arrivals(
    # reads
    arrivals,
    # writes
    blocks,
    link,
    head,
    counters,
):
    """File people who are infected without an infector: rows of (second, person, ordinal, kind)."""
    for row in range(len(arrivals)):
        second = int(arrivals[row, 0])
        block, at = place_for(second // DAY, link, head, counters)
        blocks[block, at, 0] = arrivals[row, 1]
        blocks[block, at, 1] = -1
        blocks[block, at, 2] = arrivals[row, 2]
        blocks[block, at, 3] = moment(second % DAY, int(arrivals[row, 3]), 0)


@kernel
def take(
    day,
    # writes
    blocks,
    link,
    head,
    counters,
    today,
    emissions,
):
    """Move the rows of a day into `today`, and its emissions apart; (rows, emissions)."""
    rows = 0
    apart = 0
    block = head[day, LAST]
    filled = (head[day, FILLED] - 1) % BLOCK + 1
    while block >= 0:
        for at in range(filled):
            if stream_of(blocks[block, at, MOMENT]) == EMISSION:
                for column in range(COLUMNS):
                    emissions[apart, column] = blocks[block, at, column]
                apart += 1
            else:
                for column in range(COLUMNS):
                    today[rows, column] = blocks[block, at, column]
                rows += 1
        following = link[block]
        link[block] = counters[_FREE]
        counters[_FREE] = block
        block = following
        filled = BLOCK
    head[day, LAST] = -1
    head[day, FILLED] = 0
    return rows, apart


@kernel
def split(
    until,
    # reads
    today,
    # writes
    due,
    later,
):
    """Copy the rows due before second `until` of the day to `due`, the others to `later`; the count of those due."""
    count = 0
    kept = 0
    for row in range(len(today)):
        if today[row, MOMENT] & 0x1FFFF < until:
            for column in range(COLUMNS):
                due[count, column] = today[row, column]
            count += 1
        else:
            for column in range(COLUMNS):
                later[kept, column] = today[row, column]
            kept += 1
    return count


@kernel
def count_waiting(
    # reads
    blocks,
    link,
    head,
):
    """Attempts and arrivals that wait in the calendar; emissions are neither."""
    waiting = 0
    for day in range(len(head)):
        block = head[day, LAST]
        filled = (head[day, FILLED] - 1) % BLOCK + 1
        while block >= 0:
            for at in range(filled):
                if stream_of(blocks[block, at, MOMENT]) != EMISSION:
                    waiting += 1
            block = link[block]
            filled = BLOCK
    return waiting
