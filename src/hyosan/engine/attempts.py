"""The calendar: records of what falls due, filed by day.

A record is a row of six 32-bit integers. What it is stands in its code: the stream of an attempt, or one of the kinds
below, and the episode it belongs to.
"""

from hyosan.jit import kernel, part
from hyosan.rules.progression import FOREVER
from hyosan.units import day as DAY

SECOND = 0
"""Column: when it is due [s]."""
WHO = 1
"""Column: the infector of an attempt, the person of a transition or emission, -1 for an arrival."""
ORDINAL = 2
"""Column: ordinal of an attempt or importation, visit of a transition, window of an emission."""
SLOT = 3
"""Column: slot of an attempt, the person of an arrival."""
CODE = 4
"""Column: stream or kind, plus 256 times the episode."""
LINK = 5
"""Column: next record of the same day, or -1; in the list of today, the target of an attempt."""
COLUMNS = 6

TRANSITION = 250
"""Kind: a person leaves its state."""
EMISSION = 251
"""Kind: an infectious person emits the attempts of a window."""
IMPORTATION = 252
"""Kind: a person comes back infected."""

START = 253
"""Kind: a person is infected when the run begins. Kinds from `IMPORTATION` on are arrivals without an infector."""

WINDOW = 32 * DAY
"""Emission reaches this far [s]."""

ORDINAL_BITS = 20
"""Attempts of a stream are numbered from window · 2**20 on."""

FIRST = 0
"""Column of the heads of days: first record of the day, or -1."""
COUNT = 1
"""Column of the heads of days: records of the day."""

# Places in the array of counters.
FREE = 0
"""First free record of the pool, or -1."""
USED = 1
"""Records of the pool ever used; those behind are free too."""
ROWS = 2
"""Rows in the list of today."""
SORTED = 3
"""Rows of today that stand in order, before those that arose on the day itself."""
CURSOR = 4
"""How many of them are done."""
HEAP = 5
"""Rows of today that wait in the heap."""
INFECTIONS = 6
"""Rows written to the buffer of infections."""
TRANSITIONS = 7
"""Rows written to the buffer of transitions."""
ACTIVE = 8
"""People in a state that is infectious or may become so."""
ARRIVALS = 9
"""Arrivals still to come."""
NEED = 10
"""Rows that the array which was too small has to have."""
COUNTERS = 11


@part
def file_record(second, who, ordinal, slot, code, pool, head, counters):
    """Put one record into the calendar; the pool must have room."""
    row = counters[FREE]
    if row >= 0:
        counters[FREE] = pool[row, LINK]
    else:
        row = counters[USED]
        counters[USED] += 1
    day = min(second // DAY, len(head) - 1)
    pool[row, SECOND] = min(second, FOREVER)
    pool[row, WHO] = who
    pool[row, ORDINAL] = ordinal
    pool[row, SLOT] = slot
    pool[row, CODE] = code
    pool[row, LINK] = head[day, FIRST]
    head[day, FIRST] = row
    head[day, COUNT] += 1


@part
def room(pool, counters):
    """Free records that the pool still has behind those ever used."""
    return len(pool) - counters[USED]


@kernel
def take(
    day,
    # writes
    pool,
    head,
    counters,
    today,
    emissions,
):
    """Move the records of a day into `today` and its emissions apart, both large enough; the count of emissions."""
    rows = 0
    emission_count = 0
    row = head[day, FIRST]
    while row >= 0:
        following = pool[row, LINK]
        if pool[row, CODE] & 255 == EMISSION:
            emissions[emission_count, :] = pool[row, :]
            emission_count += 1
        else:
            today[rows, :] = pool[row, :]
            rows += 1
        pool[row, LINK] = counters[FREE]
        counters[FREE] = row
        row = following
    head[day, FIRST] = -1
    head[day, COUNT] = 0
    counters[ROWS] = rows
    return emission_count


@kernel
def file_attempts(
    count,
    day_end,
    # reads
    attempts,
    # writes
    pool,
    head,
    counters,
    today,
    emitted,
):
    """File the first `count` attempts: those due before `day_end` [s] go to today, the others into the calendar."""
    for row in range(count):
        emitted[attempts[row, CODE] & 255] += 1
        if attempts[row, SECOND] < day_end:
            today[counters[ROWS], :] = attempts[row, :]
            counters[ROWS] += 1
        else:
            file_record(
                attempts[row, SECOND],
                attempts[row, WHO],
                attempts[row, ORDINAL],
                attempts[row, SLOT],
                attempts[row, CODE],
                pool,
                head,
                counters,
            )


@kernel
def file_windows(
    count,
    # reads
    emissions,
    crowd,
    # writes
    pool,
    head,
    counters,
):
    """File the next window of each of the first `count` emissions that lasts longer than one."""
    episode, infectious_until = crowd[1], crowd[4]
    for row in range(count):
        begin = emissions[row, SECOND] + WINDOW
        person = emissions[row, WHO]
        if int(episode[person]) == emissions[row, CODE] >> 8 and infectious_until[person] > begin:
            window = emissions[row, ORDINAL] + 1
            file_record(begin, emissions[row, WHO], window, 0, emissions[row, CODE], pool, head, counters)


@kernel
def file_arrivals(
    # reads
    arrivals,
    # writes
    pool,
    head,
    counters,
    emitted,
):
    """File people who are infected without an infector: rows of (second, person, ordinal, kind)."""
    for row in range(len(arrivals)):
        emitted[arrivals[row, 3]] += 1
        file_record(arrivals[row, 0], -1, arrivals[row, 2], arrivals[row, 1], arrivals[row, 3], pool, head, counters)


@kernel
def count_attempts(
    # reads
    pool,
    head,
    today,
    heap,
    counters,
):
    """Attempts and arrivals that wait in the calendar and in the list of today."""
    waiting = 0
    for day in range(len(head)):
        row = head[day, FIRST]
        while row >= 0:
            kind = pool[row, CODE] & 255
            if kind != TRANSITION and kind != EMISSION:
                waiting += 1
            row = pool[row, LINK]
    for row in range(counters[CURSOR], counters[SORTED]):
        if today[row, CODE] & 255 != TRANSITION:
            waiting += 1
    for at in range(counters[HEAP]):
        if today[heap[at], CODE] & 255 != TRANSITION:
            waiting += 1
    return waiting
