"""Attempts: rows of four 32-bit integers, what they mean, and the counters of a run.

An attempt is a dated chance to infect. Its target is known from the moment it is emitted, because places, members and
hours of a world never change; whether the target can be infected is decided when the attempt is due.
"""

from enum import IntEnum

from hyosan.jit import part
from hyosan.units import day as DAY

TARGET = 0
"""Column: whom it would infect; the window of an emission."""
INFECTOR = 1
"""Column: who emitted it, -1 for an arrival; the person of an emission."""
ORDINAL = 2
"""Column: which attempt of its stream, or which arrival, it is."""
MOMENT = 3
"""Column: second of the day, plus 2**17 times the stream or kind, plus 2**22 times the episode."""
COLUMNS = 4

DUE_DAY = 4
"""Column of rows fresh from emission: the day on which it is due."""
FRESH_COLUMNS = 5

SECOND_MASK = (1 << 17) - 1
STREAM_SHIFT = 17
STREAM_MASK = 31
EPISODE_SHIFT = 22
EPISODE_MASK = 1023

EMISSION = 31
"""Kind: an infectious person emits the attempts of a window."""
IMPORTATION = 30
"""Kind: a person comes back infected."""
START = 29
"""Kind: a person is infected when the run begins. Kinds from here on but `EMISSION` are arrivals."""
BITE = 28
"""Kind: a hunter bit the person; `ORDINAL` is the setting."""
STREAMS = 32
"""Streams and kinds that there can be."""

MOST_EPISODES = EPISODE_MASK
"""One person can be infected this often in a run."""

WINDOW = 32 * DAY
"""Emission reaches this far [s]."""

ORDINAL_BITS = 20
"""Attempts of a stream are numbered from window · 2**20 on."""


class Counter(IntEnum):
    """Places in the array of counters."""

    FREE = 0
    """First free block of the calendar, or -1."""
    USED = 1
    """Blocks of the calendar ever used; those behind are free too."""
    ARRIVALS = 2
    """People who arrive infected, or are infected at the start, during the run."""


@part
def moment(second, stream, episode):
    """The column `MOMENT`, a signed 32-bit integer.

    >>> hex(moment(60, 2, 1))
    '0x44003c'
    """
    packed = second | (stream << STREAM_SHIFT) | ((episode & EPISODE_MASK) << EPISODE_SHIFT)
    return packed - ((packed >> 31) << 32)


@part
def second_of(packed):
    """Second of the day of a column `MOMENT`."""
    return int(packed) & SECOND_MASK


@part
def stream_of(packed):
    """Stream or kind of a column `MOMENT`."""
    return (int(packed) >> STREAM_SHIFT) & STREAM_MASK


@part
def episode_of(packed):
    """Episode of a column `MOMENT`, its low ten bits."""
    return (int(packed) >> EPISODE_SHIFT) & EPISODE_MASK
