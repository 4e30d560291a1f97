"""Where a person makes for inside its room: the next corner, the door, or the spot it wants to reach."""

from hyosan.engine.building.columns import (
    AX,
    AY,
    CELL,
    CELLS_X,
    CELLS_Y,
    CONVEX,
    FIELD,
    FIRST_CELL,
    KX,
    KY,
    MX,
    MY,
    NX,
    NY,
    OTHER,
    TILE_X,
    TILE_Y,
    WIDTH,
)
from hyosan.engine.building.fields import AT_TARGET, NO_WAY
from hyosan.jit import float_part
from hyosan.rules.plane import length_of, nearest_on

BEYOND_DOOR = 0.5
"""People in front of a door make for a place so far beyond it [m]."""

BOTH_WAYS = 1.1
"""Through openings at least so wide people keep to the right of those who come the other way [m]; assumed: two abreast
need as much."""

LOST = 4
"""Cells over which who stands where nobody can stand looks for a way."""

IN_GATEWAY = 0.3
"""Who is so near to the gateway at a corner has reached it [m]."""

INWARD = 0.3
"""Who comes along the wall makes for a place so far before the door [m]."""

IN_FRONT = 0.4
"""Who is so near to a door, between its ends, needs no field: cells on its line are in neither room [m]."""


@float_part
def field_aim(x, y, row, field, ax, ay, bx, by, room, tile, far, way, wide):
    """Where to go from a place toward a target by a field, and how far the target is.

    Args:
        field: Where the field begins.
        ax: The target's ends are (ax, ay) and (bx, by).

    Returns:
        x and y of the next corner, length of the way [m] (1e30 if there is none), whether the target is in sight.
    """
    cell, cells_x, cells_y = tile[row, CELL], room[row, CELLS_X], room[row, CELLS_Y]
    i = min(max(int((x - tile[row, TILE_X]) / cell), 0), cells_x - 1)
    j = min(max(int((y - tile[row, TILE_Y]) / cell), 0), cells_y - 1)
    corner = way[field + i * cells_y + j]
    corner_x, corner_y, left = x, y, 0.0
    if corner == NO_WAY:
        # Pushed against something: to the cell near by from which the way is shortest.
        best, here = 1e30, -1
        for u in range(max(i - LOST, 0), min(i + LOST + 1, cells_x)):
            for v in range(max(j - LOST, 0), min(j + LOST + 1, cells_y)):
                if way[field + u * cells_y + v] != NO_WAY:
                    away = length_of(tile[row, TILE_X] + (u + 0.5) * cell - x, tile[row, TILE_Y] + (v + 0.5) * cell - y)
                    if away + far[field + u * cells_y + v] < best:
                        best, here = away + far[field + u * cells_y + v], u * cells_y + v
        if here < 0:
            return x, y, 1e30, False
        to_x, to_y = nearest_on(x, y, ax, ay, bx, by)
        near = length_of(to_x - x, to_y - y)
        if way[field + here] == AT_TARGET and near <= best:
            # On the threshold: the middle of the cell may already be outside.
            return to_x, to_y, near, True
        return (
            tile[row, TILE_X] + (here // cells_y + 0.5) * cell,
            tile[row, TILE_Y] + (here % cells_y + 0.5) * cell,
            best,
            False,
        )
    for _ in range(2):
        if corner == AT_TARGET:
            break
        corner_x = tile[row, TILE_X] + (corner // cells_y + 0.5) * cell
        corner_y = tile[row, TILE_Y] + (corner % cells_y + 0.5) * cell
        left = length_of(corner_x - x, corner_y - y) + far[field + corner]
        # Not everybody hugs the corner: its whole breadth is a gateway. Who is in it makes for what comes next.
        here = room[row, FIRST_CELL] + corner
        to_x, to_y = nearest_on(x, y, corner_x, corner_y, corner_x + wide[here, 0], corner_y + wide[here, 1])
        if length_of(to_x - x, to_y - y) > IN_GATEWAY:
            return to_x, to_y, left, False
        corner = way[field + corner]
    if corner != AT_TARGET:
        return corner_x, corner_y, left, False
    to_x, to_y = nearest_on(x, y, ax, ay, bx, by)
    return to_x, to_y, length_of(to_x - x, to_y - y), True


@float_part
def door_aim(x, y, row, this, room, tile, side, gate, waiting, far, way, wide):
    """Where to go from a place toward a side of its room; returns as `field_aim`.

    Args:
        waiting: People who make for each side, (sides,).
    """
    ax, ay, bx, by = gate[this, MX], gate[this, MY], gate[this, KX], gate[this, KY]
    if side[this, OTHER] >= 0 and waiting[side[this, OTHER]] > 0 and gate[this, WIDTH] >= BOTH_WAYS:
        # Others come the other way: the left end, as seen from here, is theirs.
        ax, ay = (ax + bx) / 2, (ay + by) / 2
    to_x, to_y = nearest_on(x, y, ax, ay, bx, by)
    left, seen = length_of(to_x - x, to_y - y), True
    # Whoever stands in front of the opening walks through it, not to its line.
    along = (to_x - x) * (bx - ax) + (to_y - y) * (by - ay)
    square = (bx - ax) * (bx - ax) + (by - ay) * (by - ay)
    before = along * along <= 1e-6 * square * square
    away = (gate[this, AX] - x) * gate[this, NX] + (gate[this, AY] - y) * gate[this, NY]
    if room[row, CONVEX] == 0 and not (before and away <= IN_FRONT and away >= -0.1):
        to_x, to_y, left, seen = field_aim(x, y, row, side[this, FIELD], ax, ay, bx, by, room, tile, far, way, wide)
    if seen and before:
        to_x += BEYOND_DOOR * gate[this, NX]
        to_y += BEYOND_DOOR * gate[this, NY]
    elif seen and away < INWARD:
        # Along the wall in which the door is, not in its line.
        to_x -= (INWARD - away) * gate[this, NX]
        to_y -= (INWARD - away) * gate[this, NY]
    return to_x, to_y, left, seen


@float_part
def side_length(x, y, row, this, room, tile, side, gate, far, way, wide):
    """Length of the way from a place to a side of its room [m]."""
    ax, ay, bx, by = gate[this, MX], gate[this, MY], gate[this, KX], gate[this, KY]
    if room[row, CONVEX] == 1:
        to_x, to_y = nearest_on(x, y, ax, ay, bx, by)
        return length_of(to_x - x, to_y - y)
    _, _, left, _ = field_aim(x, y, row, side[this, FIELD], ax, ay, bx, by, room, tile, far, way, wide)
    return left
