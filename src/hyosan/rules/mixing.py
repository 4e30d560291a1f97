"""Who is met: gaps between attempts on the axis of slots and seconds, and the person in a slot."""

import numpy as np

from hyosan.jit import rule
from hyosan.rules.dwell import FRACTION_BITS, quantile
from hyosan.rules.random import Draw, draw, purpose_of

POSITION_BITS = 8
"""Positions on the axis of slots and seconds are in units of 2**-8."""

MANTISSA_BITS = 25
"""Mean gaps are mantissa · 2**-shift, the mantissa having 25 bits."""

NO_GAP = 0
"""Mantissa of a stream that never emits."""

_VARIATION = purpose_of(Draw.VARIATION)


def mean_gap(hazard):
    """(mantissa, shift) such that exponential · mantissa >> shift is a gap, in units of 2**-8 slot-seconds.

    Args:
        hazard: Attempts a slot and second [1/s], below 2**10; a stream below 2**-48 never emits.

    >>> mean_gap(0.0)
    (0, 0)
    """
    if hazard < 2.0**-48:
        return NO_GAP, 0
    mean = 2.0**POSITION_BITS / hazard / 2.0**32
    exponent = int(np.frexp(mean)[1])
    return round(float(np.ldexp(mean, MANTISSA_BITS - exponent))), MANTISSA_BITS - exponent


@rule
def gap_for(mantissa, shift, factor):
    """(mantissa, shift) of the mean gap when the hazard is multiplied by a factor [2**-16], above 0."""
    mantissa = (mantissa << 36) // factor
    shift += 20
    while mantissa >= 1 << MANTISSA_BITS:
        mantissa >>= 1
        shift -= 1
    return mantissa, shift


@rule
def gap(mantissa, shift, unit):
    """Gap to the next attempt in units of 2**-8 slot-seconds, rounded to the nearest, for an exponential of mean 1."""
    return ((unit * mantissa >> (shift - 1)) + 1) >> 1


@rule
def variation(seed, person, episode, table):
    """Factor on a person's infectiousness in an episode [2**-16], of mean 1.

    Source:
        Lloyd-Smith, Schreiber, Kopp & Getz (2005), doi:10.1038/nature04153: gamma of shape k.
    """
    words = draw(seed, _VARIATION, person, 0, episode)
    return quantile(table, 0, words[0], words[1]) >> FRACTION_BITS
