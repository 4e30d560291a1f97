"""Addressed chance: a draw is a pure function of who, when and what for.

The generator is Philox4x32-10; the key is the 64-bit seed of the run, the counter is the address. Words are kept in
signed 64-bit integers and masked, so the same text is right compiled, interpreted and on a GPU.

Source:
    Salmon, Moraes, Dror & Shaw (2011), doi:10.1145/2063384.2063405, section 3.3.
"""

from decimal import Decimal, localcontext
from enum import IntEnum

import numpy as np

from hyosan.jit import leading_zeros, rule

MASK = 0xFFFFFFFF
"""The low 32 bits."""

CERTAIN = 1 << 30
"""Probabilities are whole numbers of 2**-30: this one is 1."""


class Draw(IntEnum):
    """What a draw is for. A purpose belongs to persons or to places, never to both.

    The counter of a draw is (person or place, ordinal, episode or stay, purpose · 2**16 + setting · 2**8 + layer).
    Append, never renumber: a new use of chance is a new member.
    """

    # persons: (person, ordinal, episode)
    DWELL = 1
    """Ordinal: visits of states in this episode. Words: dwell time (0, 1), branch (2, 3)."""
    VARIATION = 2
    """How infectious a person is in this episode. Words: quantile (0, 1)."""
    EMIT = 3
    """Ordinal: half the ordinal of the attempt. Words: gap of the even (0, 1) and of the odd attempt (2, 3)."""
    ACCEPT = 4
    """Ordinal: of the attempt. Words: infectiousness, susceptibility, layer, route."""
    TARGET = 5
    """Ordinal: of the attempt. Words: age group (0, 1), person of that group (2, 3)."""
    TIE = 6
    """Ordinal: of the attempt. Words: tie (0, 1)."""
    IMMUNE_AT_START = 7
    """Words: immune at the start, vaccinated, protected by the vaccine."""
    BED = 8
    """Words: which hospital ward a person lies in (0, 1)."""
    ADHERENCE = 9
    """Ordinal: number of the intervention. Words: whether a person does it."""
    ORDER = 10
    """Ordinal: of the attempt. Words: gathering, infector's mask, target's mask."""
    TRACE = 11
    """Ordinal: number of the intervention; in an episode. Words: ascertained."""
    VACCINE = 12
    """Ordinal: number of the intervention. Words: accepts, place in the order (1, 2), protected."""
    FOUND = 13
    """Of a contact. Ordinal: its case, in the case's episode; layer: number of the intervention. Words: found."""

    WOUND = 14
    """Ordinal 0; in an episode. Words: the wound, and so the state in which the infection begins."""
    STRIKE = 15
    """Of a hunter. Ordinal: strikes in a stretch of a step; stay: its first second. Words: gap (0, 1), tie, outcome."""
    PARRY = 16
    """Of a hunter, as `STRIKE`. Words: whether the target gets away, whether the virus takes."""
    PROWL = 17
    """Of a hunter. Stay: second of the choice. Words: where it goes, whether a cordon lets it through."""
    FLIGHT = 18
    """Words: how readily a person hears of hunters, hour of its forays, whether it phones home."""
    CROSS = 19
    """Of a person on the move. Stay: second. Words: whether a cordon lets it through."""
    TASTE = 20
    """Of somebody in a building. Words: which of two doors alike it likes better (0)."""
    PACE = 21
    """Of somebody in a building. Words: free speed (0, 1), time before it sets out (2, 3)."""
    BERTH = 22
    """Of somebody in a building. Ordinal: tries. Words: room (0, 1), place in it (2, 3)."""

    TRAITS = 23
    """Of somebody in a building. Ordinal 0: how bold, helpful, watchful, patient. Ordinal 1: how quick, whether it
    calls (0, 1); its sibling (2, 3). Ordinal 2: how early an animal bites it, age, sex."""
    DECISION = 24
    """Of somebody in a building. Ordinal: its decisions; setting: what is asked. Words: as what is asked needs."""
    DRIFT = 25
    """Of a random walker in a building. Ordinal: its legs; stay: tries. Words: direction (0, 1), length (2)."""
    NAME = 26
    """Of somebody in a building, whom an account names. Ordinal: tries. Words: family name, two syllables."""

    # towns and places: (place, ordinal, 0)
    SEED = 32
    """Ordinal: infections at the start in this town, tried one after another. Words: person (0, 1)."""
    IMPORT = 33
    """Ordinal: importations into this town. Words: gap (0, 1), person (2, 3)."""

    PLACE_ADHERENCE = 34
    """Of a household or workplace. Ordinal: number of the intervention. Words: whether it takes part."""
    REFUGE = 35
    """Of a household. Words: whether it leaves the town, goes to a shelter or stays at home once it knows."""
    BREAK = 36
    """Of a building. Stay: second. Words: whether it is broken into (0, 1)."""
    SIEGE = 37
    """Of a cell. Stay: second. Words: at whose building hunters beat (0, 1)."""
    PATROL = 38
    """Layer: number of the order; stay: second. Setting 0, of a cell; ordinal: unit · 2¹⁴ + shot. Words: when (0, 1),
    whether it goes wrong (2). Setting 1, of a hunter. Word: the order in which hunters are hit (0). Setting 2, of a
    person; ordinal as for 0. Word: the smallest is killed (0)."""

    GIVES_WAY = 39
    """Of a door of a building. Stay: how often it has been broken. Words: what it stands (0, 1)."""
    LOCKABLE = 40
    """Of a door of a building. Words: whether its lock works."""

    # synthesis of a world, keyed with the seed of the world: 64 to 79 and 88 persons, 80 to 87 places
    PUPIL = 64
    """Words: which class of the school and grade."""
    JOB = 65
    """Words: whether at work, which workplace."""
    MATCHING = 66
    """In contact networks of the verification. Layer 0: order in which people are paired; 1: whether a pair is kept."""
    SCHEDULE = 67
    """Words: which variant of a way of life."""
    LINE = 68
    """Words: the order in which riders of a district and hour get into vehicles."""
    RESIDENT = 70
    """In layered worlds. Words: age, whether in a class or workplace, place in their random order (2, 3)."""
    YEARS = 80
    """Of a district, age group and sex. Words: which single years have one more."""
    FAMILY = 81
    """Of a household. Ordinal 0: its size and kind; 1 to 63: a child; 64: the adults."""
    WORKPLACE = 82
    """Of a workplace. Words: its place in the order in which workers are given out."""
    HOURS = 83
    """Of a team. Words: its hours of work."""
    PLACE_SIZE = 86
    """In layered worlds, of the places of a setting, one after another. Words: size (0, 1)."""
    SHOPPING = 88
    """Of a person. Words: which shops of the district."""


@rule
def product(one, other):
    """(high, low) word of the product of two 32-bit words.

    Unsigned: above 2**63 a signed product is undefined, and the compiler may take it for one that cannot be.
    """
    whole = np.uint64(one) * np.uint64(other)
    return np.int64(whole >> np.uint64(32)), np.int64(whole & np.uint64(MASK))


@rule
def philox(c0, c1, c2, c3, k0, k1):
    """Four 32-bit words of Philox4x32-10 at counter (c0, c1, c2, c3) under key (k0, k1).

    Source:
        Salmon, Moraes, Dror & Shaw (2011), doi:10.1145/2063384.2063405, section 3.3 and table 2.
    """
    for _ in range(10):
        high0, low0 = product(0xD2511F53, c0)
        high1, low1 = product(0xCD9E8D57, c2)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0 = (k0 + 0x9E3779B9) & MASK
        k1 = (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


@rule
def draw(seed, use, who, ordinal, stay):
    """Four 32-bit words for the address (who, ordinal, stay, use).

    Args:
        seed: Seed of the run, 64 bits.
        use: `use_of(purpose, setting, layer)`.
        who: Person or place.
        ordinal: Which of its draws for this use.
        stay: Episode or stay.
    """
    # Rows hold 32-bit integers: widened first, they are masked the same compiled and interpreted.
    return philox(
        int(who) & MASK, int(ordinal) & MASK, int(stay) & MASK, int(use), int(seed) & MASK, (int(seed) >> 32) & MASK
    )


@rule
def use_of(purpose, setting, layer):
    """Fourth word of the counter.

    >>> hex(use_of(Draw.EMIT, 4, 1))
    '0x30401'
    """
    return (purpose << 16) | (setting << 8) | layer


@rule
def octave(high, low):
    """A 64-bit word as (zeros, mantissa): the word is 2**(63 - zeros) · (1 + mantissa / 2**32), cut to 32 bits."""
    above = 0
    if high == 0:
        above = 32
        high = low
        low = 0
    # No shift here is ever by 64 or more, nor by less than 0, in no branch: what such a one gives is undefined.
    zeros = leading_zeros(high)
    return above + zeros, ((high << (zeros + 1)) & MASK) | ((low << zeros) >> 31)


def purpose_of(purpose):
    """`use_of` a purpose that has neither setting nor layer, for Python.

    >>> purpose_of(Draw.EMIT) == use_of(Draw.EMIT, 0, 0)
    True
    """
    return int(purpose) << 16


def _logarithms():
    """ln(1 + i / 1024) in units of 2**-32, i from 0 to 1024."""
    with localcontext() as context:
        context.prec = 30
        return np.array([int((Decimal(1024 + i) / 1024).ln() * 2**32 + Decimal("0.5")) for i in range(1025)], np.int64)


LOGARITHM = _logarithms()
LN_2 = int(LOGARITHM[1024])


@rule
def exponential(high, low):
    """An exponential of mean 1 in units of 2**-32: -ln of the 64-bit word as a share of 2**64, error below 2e-7."""
    zeros, mantissa = octave(high, low)
    entry = mantissa >> 22
    rest = mantissa & 0x3FFFFF
    below = LOGARITHM[entry]
    return (zeros + 1) * LN_2 - below - (((LOGARITHM[entry + 1] - below) * rest) >> 22)


@rule
def one_of(count, high, low):
    """One of 0 to count - 1, each with the same chance to 2**-64 · count; count below 2**31."""
    return (high * count + ((low * count) >> 32)) >> 32


@rule
def happens(chance, word):
    """Whether an event of the given chance [2**-30] happens, by a 32-bit word."""
    # Both signed: compiled, a signed and an unsigned integer are compared as floats.
    return np.int64(word >> 2) < chance


def chance_of(share):
    """A probability in units of 2**-30, rounded to the nearest.

    >>> chance_of(0.5) == CERTAIN // 2
    True
    """
    return round(share * CERTAIN)


def alias_table(weights):
    """Walker's alias table in integers.

    Args:
        weights: Non-negative weights, one an outcome; not all zero.

    Returns:
        (threshold [2**-32], alias), both (outcomes,) int64: draw a column, keep it if a word is below its threshold.

    Source:
        Walker (1977), doi:10.1145/355744.355749; the linear-time build is Vose (1991), doi:10.1109/32.92917.
    """
    count = len(weights)
    whole = [int(Decimal(float(weight)) * 2**40 / Decimal(float(max(weights)))) for weight in weights]
    total = sum(whole)
    threshold, alias = [1 << 32] * count, list(range(count))
    scaled = [weight * count for weight in whole]
    small = [i for i in range(count) if scaled[i] < total]
    large = [i for i in range(count) if scaled[i] >= total]
    while small and large:
        less, more = small.pop(), large.pop()
        threshold[less], alias[less] = (scaled[less] << 32) // total, more
        scaled[more] -= total - scaled[less]
        (small if scaled[more] < total else large).append(more)
    return np.array(threshold, np.int64), np.array(alias, np.int64)


@rule
def pick_weighted(threshold, alias, row, high, low):
    """One outcome of row `row` of alias tables (rows, outcomes)."""
    count = threshold.shape[1]
    column = (high * count) >> 32
    return column if low < threshold[row, column] else alias[row, column]
