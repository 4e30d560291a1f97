"""The list of today: rows that fall due on one day, in order, and a heap of those that arise meanwhile."""

import numpy as np

from hyosan.engine.attempts import (
    ARRIVALS,
    CODE,
    CURSOR,
    HEAP,
    IMPORTATION,
    ORDINAL,
    ROWS,
    SECOND,
    SORTED,
    TRANSITION,
    WHO,
)
from hyosan.jit import kernel, part
from hyosan.units import day as DAY

FEW = 16
"""Rows of one second that are sorted by insertion."""


@part
def before(first, second, today, tie):
    """Whether one row of today comes before another: by second, transitions first, then tie draw and infector."""
    for column in (SECOND, CODE, WHO, ORDINAL):
        one = int(today[first, column])
        other = int(today[second, column])
        if column == CODE:
            one_first = one & 255 == TRANSITION
            other_first = other & 255 == TRANSITION
            if one_first != other_first:
                return one_first
            if tie[first] != tie[second]:
                return tie[first] < tie[second]
        elif one != other:
            return one < other
    return today[first, CODE] < today[second, CODE]


@kernel
def put_in_order(
    day,
    # reads
    today,
    tie,
    reason,
    # writes
    order,
    heap,
    in_order,
    tie_in_order,
    counters,
    tally,
):
    """Copy today's rows in order; those that have a reason already are counted in `tally` instead."""
    counters[HEAP] = 0
    counters[CURSOR] = 0
    counters[SORTED] = 0
    if counters[ROWS] == 0:
        return
    start = np.zeros(DAY + 1, np.int32)
    count = 0
    for row in range(counters[ROWS]):
        if reason[row] == 0:
            start[today[row, SECOND] - day * DAY + 1] += 1
            count += 1
        else:
            tally[tally_row(today[row, CODE] & 255, tally), reason[row]] += 1
            if today[row, CODE] & 255 >= IMPORTATION:
                counters[ARRIVALS] -= 1
    for second in range(DAY):
        start[second + 1] += start[second]
    for row in range(counters[ROWS]):
        if reason[row] == 0:
            second = today[row, SECOND] - day * DAY
            order[start[second]] = row
            start[second] += 1
    first = 0
    for second in range(DAY):
        last = start[second]
        if last - first > 1:
            sort_second(first, last, today, tie, order, heap, counters)
        first = last
    for at in range(count):
        in_order[at, :] = today[order[at], :]
        tie_in_order[at] = tie[order[at]]
    counters[SORTED] = count
    counters[ROWS] = count


@part
def sort_second(first, last, today, tie, order, heap, counters):
    """Put the rows `first` to `last` of the order, all of one second, in order; the heap is empty before and after."""
    if last - first > FEW:
        for at in range(first, last):
            push(order[at], today, tie, heap, counters)
        for at in range(first, last):
            order[at] = heap[0]
            pop(today, tie, heap, counters)
        return
    for at in range(first + 1, last):
        row = order[at]
        slot = at
        while slot > first and before(row, order[slot - 1], today, tie):
            order[slot] = order[slot - 1]
            slot -= 1
        order[slot] = row


@part
def tally_row(kind, tally):
    """Row of the tally for a stream; arrivals are counted in the last row."""
    return len(tally) - 1 if kind >= IMPORTATION else kind


@part
def push(row, today, tie, heap, counters):
    """Put a row of today into the heap."""
    slot = counters[HEAP]
    counters[HEAP] += 1
    while slot > 0:
        parent = (slot - 1) >> 1
        if not before(row, heap[parent], today, tie):
            break
        heap[slot] = heap[parent]
        slot = parent
    heap[slot] = row


@part
def pop(today, tie, heap, counters):
    """Take the first row out of the heap."""
    counters[HEAP] -= 1
    size = counters[HEAP]
    row = heap[size]
    slot = 0
    while True:
        child = 2 * slot + 1
        if child >= size:
            break
        if child + 1 < size and before(heap[child + 1], heap[child], today, tie):
            child += 1
        if not before(heap[child], row, today, tie):
            break
        heap[slot] = heap[child]
        slot = child
    if size > 0:
        heap[slot] = row
