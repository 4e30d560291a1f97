"""Points, segments and crossings in a plane, by operations that round the same everywhere."""

import numpy as np

from hyosan.jit import float_rule

NEVER = 1e30
"""Farther than anything."""


@float_rule
def nearest_on(x, y, ax, ay, bx, by):
    """The point of segment a-b that is nearest to a point (x, y) [m].

    Source:
        Foot of the perpendicular, held between the ends.
    """
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    along = 0.0
    if square > 0.0:
        along = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / square))
    return ax + along * dx, ay + along * dy


@float_rule
def square_from(x, y, ax, ay, bx, by):
    """Square of the distance of a point (x, y) from segment a-b [m²].

    Source:
        As `nearest_on`.
    """
    px, py = nearest_on(x, y, ax, ay, bx, by)
    return (x - px) * (x - px) + (y - py) * (y - py)


@float_rule
def turn(ax, ay, bx, by, x, y):
    """Twice the area of the triangle a, b, (x, y) [m²]: positive to the left of a-b, negative to the right.

    Source:
        The cross product.
    """
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax)


@float_rule
def touches(px, py, qx, qy, ax, ay, bx, by):
    """Whether the way p-q meets segment a-b, ends included.

    Source:
        Each segment's ends lie on different sides of the other, or on it.
    """
    one, other = turn(ax, ay, bx, by, px, py), turn(ax, ay, bx, by, qx, qy)
    if (one > 0.0 and other > 0.0) or (one < 0.0 and other < 0.0):
        return False
    one, other = turn(px, py, qx, qy, ax, ay), turn(px, py, qx, qy, bx, by)
    if (one > 0.0 and other > 0.0) or (one < 0.0 and other < 0.0):
        return False
    # Where all four lie on one line the cross products say nothing: compare extents.
    return (
        min(px, qx) <= max(ax, bx)
        and min(ax, bx) <= max(px, qx)
        and min(py, qy) <= max(ay, by)
        and min(ay, by) <= max(py, qy)
    )


@float_rule
def crosses(px, py, qx, qy, ax, ay, bx, by):
    """Whether the way p-q passes from the left of a-b to the right or back, strictly between a and b.

    A point on the line of a-b counts as on its left.

    Source:
        As `touches`.
    """
    if (turn(ax, ay, bx, by, px, py) >= 0.0) == (turn(ax, ay, bx, by, qx, qy) >= 0.0):
        return False
    one, other = turn(px, py, qx, qy, ax, ay), turn(px, py, qx, qy, bx, by)
    return (one > 0.0 and other < 0.0) or (one < 0.0 and other > 0.0)


@float_rule
def length_of(x, y):
    """Length of a vector [m]."""
    return np.sqrt(x * x + y * y)
