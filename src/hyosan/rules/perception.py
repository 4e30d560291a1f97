"""What reaches somebody in a building: sounds, and sights within a field of view."""

from decimal import Decimal, localcontext

import numpy as np

from hyosan.jit import float_rule

MOST_LOSS = 1500
"""No sound is followed farther than it takes to lose so much [0.1 dB]."""

TRADE = 10.0
"""Ways of a sound are compared by what they lose and by their length: a metre counts as so much [0.1 dB]. Source: the
slope of 20 log10 d at 9 m; assumed for all distances, so that ways add up."""


def reaches():
    """Distance at which a sound has lost so many tenths of a decibel since 1 m from its source [m], (1501,).

    Source:
        Spherical spreading: 20 log10(d) decibels, 6.02 for each doubling.

    >>> table = reaches()
    >>> float(table[0]), float(table[200]), round(float(table[60]), 4)
    (1.0, 10.0, 1.9953)
    """
    with localcontext() as context:
        context.prec = 30
        return np.array([float(Decimal(10) ** (Decimal(tenths) / 200)) for tenths in range(MOST_LOSS + 1)])


@float_rule
def lost_over(distance, table):
    """What a sound has lost at a distance [0.1 dB], rounded down; nothing up to 1 m.

    Source:
        The last entry of `reaches` that is no farther.
    """
    low, high = 0, len(table)
    while high - low > 1:
        middle = (low + high) >> 1
        if table[middle] <= distance:
            low = middle
        else:
            high = middle
    return low


@float_rule
def in_view(dx, dy, head_x, head_y, cosine):
    """Whether a place (dx, dy) away is in view of who looks along a unit vector; one that has none looks round.

    Args:
        cosine: Of half the field of view.

    Source:
        The scalar product.
    """
    ahead = dx * head_x + dy * head_y
    return (head_x == 0.0 and head_y == 0.0) or ahead >= cosine * np.sqrt(dx * dx + dy * dy)
