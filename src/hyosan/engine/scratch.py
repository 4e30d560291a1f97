"""Scratch: what a block of infected people and their attempts to be are worked on in, one column each."""

from enum import IntEnum

import numpy as np

from hyosan.jit import part
from hyosan.rules.random import MASK, philox

BLOCK = 128
"""People who are worked on together."""

MOST_VISITS = 32
"""States of one course, `susceptible` at its end included."""

CANDIDATES = 520
"""Attempts that are worked on together. No row of the scratch has a power of two columns, or rows would share sets of
the cache."""


class Person(IntEnum):
    """Rows of the scratch of people."""

    ID = 0
    INFECTED = 1
    """Second of the infection [s]."""
    EPISODE = 2
    WINDOW = 3
    BEGIN = 4
    """Begin of the window [s]."""
    END = 5
    """End of the window, of the spell or of the run [s]."""
    VISITS = 6
    """States of the course."""
    FACTOR = 7
    """On infectiousness [2**-16]."""
    TRAITS = 8
    PLACE = 9
    """Place in the setting in hand, or `NOWHERE`."""
    BIT = 10
    """Bit of the states that take part in it."""
    CLOCKED = 11
    """Whether its time runs only while the person is there by schedule."""
    SLOTS = 12
    MANTISSA = 13
    """Of the mean gap, or `NO_GAP`."""
    SHIFT = 14
    ORDINAL = 15
    """Of the next attempt."""
    POSITION = 16
    """Of the last attempt."""
    BEFORE = 17
    """Seconds in the setting before the window [s]."""
    DAY = 18
    """Day up to which attempts have been dated."""
    STATE = 19
    """State that is being followed."""
    NOW = 20
    """When it began [s]."""
    SPELL = 21
    """Begin of the infectious spell, or `FOREVER` [s]."""
    FIRST_GAP = 23
    """Exponential of mean 1 for the gap of the next attempt [2**-32], in the order of `GOING`."""
    SECOND_GAP = 24
    """Likewise of the attempt after it."""
    CELLS = 25
    """Slots times seconds that the window has at most in the setting."""
    GOING = 26
    """A list of the columns of those who go on."""
    NEWLY = 27
    """1 if infected just now, 0 if a window of a course begun before is emitted."""
    UNTIL = 22
    """End of the infectious spell [s]."""


class Candidate(IntEnum):
    """Rows of the scratch of attempts to be."""

    ROW = 0
    """Column of the infector."""
    ORDINAL = 1
    SECOND = 2
    SLOT = 3
    MINUTE = 4
    """Minute of the week."""
    MEMBER = 5
    """Where its target stands in the members, or -1."""
    TARGET = 6
    SOURCE = 7
    """Its column among the words drawn."""
    REASON = 8
    """Why it is refused already, or 0."""


Scratch = tuple[np.ndarray, ...]


def scratch() -> Scratch:
    """Arrays in the order in which kernels take them apart."""
    return (
        np.zeros((len(Person), BLOCK + 8), np.int64),
        np.zeros((len(Candidate), CANDIDATES), np.int64),
        np.zeros(CANDIDATES, np.int64),
        np.zeros(CANDIDATES, np.int64),
        np.zeros((4, CANDIDATES), np.uint32),
        np.zeros((BLOCK, MOST_VISITS + 4), np.int64),
        np.zeros((BLOCK, MOST_VISITS + 4), np.int64),
        np.zeros((4, CANDIDATES), np.uint32),
        np.zeros((4, CANDIDATES), np.uint32),
    )


@part
def draw_all(count, seed, use, keys, stays, words):
    """Draw for many addresses at once: `keys` are who · 2**32 + ordinal, `stays` the episodes; four words each."""
    low = int(seed) & MASK
    high = (int(seed) >> 32) & MASK
    for row in range(count):
        first, second, third, fourth = philox(
            (keys[row] >> 32) & MASK, keys[row] & MASK, stays[row] & MASK, int(use), low, high
        )
        words[0, row] = first
        words[1, row] = second
        words[2, row] = third
        words[3, row] = fourth
