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
from hyosan.jit import float_part, float_rule
from hyosan.rules.plane import length_of, nearest_on

BEYOND_DOOR = 0.5
"""People in front of a door make for a place so far beyond it [m]."""

BOTH_WAYS = 1.1
"""Through openings at least so wide people keep to the right of those who come the other way [m]; assumed: two abreast
need as much."""

LOST = 4
"""Cells over which who stands where nobody can stand looks for a way."""

GIVES_UP, LAST_RESORT = 3.0, 1e3
"""Whoever does not get on for so long [s] goes wide no more, and where nobody can stand tries another cell around it:
others count so much farther [m]."""

EASILY = 2.0
"""Nobody swings wider round a corner than this unless it is crowded [m]; assumed."""

ONWARD = 0.7
"""Nobody swings wider round a corner than this share of the way to it [1]; assumed: about 45 degrees off."""

IN_GATEWAY = 0.3
"""Who is so near to the gateway at a corner has reached it [m]."""

INWARD = 0.3
"""Who comes along the wall makes for a place so far before the door [m]."""

IN_FRONT = 0.4
"""Who is so near to a door, between its ends, needs no field: cells on its line are in neither room [m]."""


@float_part
def _gateway(x, y, corner, swing, row, room, tile, wide):
    """Where to pass a corner: the nearest place of its gateway, or farther out (x, y), and how far the nearest is."""
    corner_x = tile[row, TILE_X] + (corner // room[row, CELLS_Y] + 0.5) * tile[row, CELL]
    corner_y = tile[row, TILE_Y] + (corner % room[row, CELLS_Y] + 0.5) * tile[row, CELL]
    here = room[row, FIRST_CELL] + corner
    out = length_of(wide[here, 0], wide[here, 1])
    away = length_of(corner_x - x, corner_y - y)
    if out <= 0.0:
        return corner_x, corner_y, away
    # No farther out than leads on.
    swing = min(swing, ONWARD * away)
    along = ((x - corner_x) * wide[here, 0] + (y - corner_y) * wide[here, 1]) / out
    reach = min(max(along, 0.0), out) / out
    away = length_of(corner_x + reach * wide[here, 0] - x, corner_y + reach * wide[here, 1] - y)
    share = min(max(along, swing), EASILY + swing, out) / out
    to_x, to_y = corner_x + share * wide[here, 0], corner_y + share * wide[here, 1]
    return to_x, to_y, away


@float_rule
def _is_on_the_way(x, y, corner_x, corner_y, to_x, to_y):
    """Whether a corner lies within 60 degrees of the way to a place."""
    dx, dy, ex, ey = corner_x - x, corner_y - y, to_x - x, to_y - y
    return dx * ex + dy * ey > 0.5 * length_of(dx, dy) * length_of(ex, ey)


@float_part
def _aim_when_lost(x, y, row, field, i, j, ax, ay, bx, by, patience, room, tile, far, way):
    """As `field_aim`, from a cell (i, j) in which nobody can stand.

    To the cell next to this one from which the way is shortest; else a bit farther off. Whoever looked farther at once
    would find a better cell round a corner, and walk against the wall. The best may still be behind a thin wall:
    whoever does not get on tries another each second.
    """
    cell, cells_x, cells_y = tile[row, CELL], room[row, CELLS_X], room[row, CELLS_Y]
    least, best, here, reach = 1e30, 1e30, -1, 1
    while here < 0 and reach <= LOST:
        for u in range(max(i - reach, 0), min(i + reach + 1, cells_x)):
            for v in range(max(j - reach, 0), min(j + reach + 1, cells_y)):
                if way[field + u * cells_y + v] != NO_WAY:
                    dx, dy = tile[row, TILE_X] + (u + 0.5) * cell - x, tile[row, TILE_Y] + (v + 0.5) * cell - y
                    length = length_of(dx, dy) + far[field + u * cells_y + v]
                    tried = patience <= GIVES_UP or 3 * (u - i + 1) + v - j + 1 == int(patience) % 9
                    score = length if tried else length + LAST_RESORT
                    if score < least:
                        least, best, here = score, length, u * cells_y + v
        reach += 1
    if here < 0:
        return x, y, 1e30, False, -1
    to_x, to_y = nearest_on(x, y, ax, ay, bx, by)
    near = length_of(to_x - x, to_y - y)
    if way[field + here] == AT_TARGET and near <= best:
        # On the threshold: the middle of the cell may already be outside.
        return to_x, to_y, near, True, -1
    to_x, to_y = tile[row, TILE_X] + (here // cells_y + 0.5) * cell, tile[row, TILE_Y] + (here % cells_y + 0.5) * cell
    return to_x, to_y, best, False, -1


@float_part
def field_aim(x, y, row, field, ax, ay, bx, by, swing, kept, patience, room, tile, far, way, wide):
    """Where to go from a place toward a target by a field, and how far the target is.

    Args:
        field: Where the field begins.
        ax: The target's ends are (ax, ay) and (bx, by).
        swing: So far beside the nearest place of a gateway it makes for [m].
        kept: Cell of the corner that it has been going round, -1 for none.
        patience: For how long it has not got on [s].

    Returns:
        x and y of the next corner, length of the way [m] (1e30 if there is none), whether the target is in sight, and
        the cell of the corner, -1 if it is the target.
    """
    cell, cells_x, cells_y = tile[row, CELL], room[row, CELLS_X], room[row, CELLS_Y]
    i = min(max(int((x - tile[row, TILE_X]) / cell), 0), cells_x - 1)
    j = min(max(int((y - tile[row, TILE_Y]) / cell), 0), cells_y - 1)
    corner = way[field + i * cells_y + j]
    if corner == NO_WAY:
        return _aim_when_lost(x, y, row, field, i, j, ax, ay, bx, by, patience, room, tile, far, way)
    to_x, to_y, left, turns_at = x, y, 0.0, -1
    for _ in range(2):
        if corner == AT_TARGET:
            break
        to_x, to_y, away = _gateway(x, y, corner, swing, row, room, tile, wide)
        corner_x = tile[row, TILE_X] + (corner // cells_y + 0.5) * cell
        corner_y = tile[row, TILE_Y] + (corner % cells_y + 0.5) * cell
        left = length_of(corner_x - x, corner_y - y) + far[field + corner]
        here = room[row, FIRST_CELL] + corner
        turns_at = corner if wide[here, 0] != 0.0 or wide[here, 1] != 0.0 else -1
        # Not everybody hugs the corner: its whole breadth is a gateway. Who is in it makes for what comes next.
        if away > IN_GATEWAY:
            break
        corner = way[field + corner]
        to_x, to_y = corner_x, corner_y
    if corner == AT_TARGET:
        to_x, to_y = nearest_on(x, y, ax, ay, bx, by)
        left, turns_at = length_of(to_x - x, to_y - y), -1
    if swing > 0.0 and kept >= 0 and kept != turns_at:
        # In a crowd whoever is going round a corner goes on to do so when it sees beyond.
        px, py, away = _gateway(x, y, kept, swing, row, room, tile, wide)
        if away > IN_GATEWAY and _is_on_the_way(x, y, px, py, to_x, to_y):
            return px, py, left, False, kept
    return to_x, to_y, left, corner == AT_TARGET, turns_at


@float_part
def door_aim(x, y, row, this, swing, kept, patience, room, tile, side, gate, waiting, far, way, wide):
    """Where to go from a place toward a side of its room; returns as `field_aim`.

    Args:
        waiting: People who make for each side, (sides,).
    """
    ax, ay, bx, by = gate[this, MX], gate[this, MY], gate[this, KX], gate[this, KY]
    if side[this, OTHER] >= 0 and waiting[side[this, OTHER]] > 0 and gate[this, WIDTH] >= BOTH_WAYS:
        # Others come the other way: the left end, as seen from here, is theirs.
        ax, ay = (ax + bx) / 2, (ay + by) / 2
    to_x, to_y = nearest_on(x, y, ax, ay, bx, by)
    left, seen, corner = length_of(to_x - x, to_y - y), True, -1
    # Whoever stands in front of the opening walks through it, not to its line.
    along = (to_x - x) * (bx - ax) + (to_y - y) * (by - ay)
    square = (bx - ax) * (bx - ax) + (by - ay) * (by - ay)
    before = along * along <= 1e-6 * square * square
    away = (gate[this, AX] - x) * gate[this, NX] + (gate[this, AY] - y) * gate[this, NY]
    if room[row, CONVEX] == 0 and not (before and away <= IN_FRONT and away >= -0.1):
        to_x, to_y, left, seen, corner = field_aim(
            x, y, row, side[this, FIELD], ax, ay, bx, by, swing, kept, patience, room, tile, far, way, wide
        )
    if seen and not before and gate[this, WIDTH] >= 2.0 * BOTH_WAYS:
        # Not everybody takes the near end of a wide opening.
        first = length_of(to_x - ax, to_y - ay) <= length_of(to_x - bx, to_y - by)
        share = min(0.5, min(swing, ONWARD * left) / gate[this, WIDTH])
        to_x += share * (bx - ax if first else ax - bx)
        to_y += share * (by - ay if first else ay - by)
    if seen and before:
        to_x += BEYOND_DOOR * gate[this, NX]
        to_y += BEYOND_DOOR * gate[this, NY]
    elif seen and away < INWARD:
        # Along the wall in which the door is, not in its line.
        to_x -= (INWARD - away) * gate[this, NX]
        to_y -= (INWARD - away) * gate[this, NY]
    return to_x, to_y, left, seen, corner


@float_part
def side_length(x, y, row, this, room, tile, side, gate, far, way, wide):
    """Length of the way from a place to a side of its room [m]."""
    ax, ay, bx, by = gate[this, MX], gate[this, MY], gate[this, KX], gate[this, KY]
    if room[row, CONVEX] == 1:
        to_x, to_y = nearest_on(x, y, ax, ay, bx, by)
        return length_of(to_x - x, to_y - y)
    _, _, left, _, _ = field_aim(x, y, row, side[this, FIELD], ax, ay, bx, by, 0.0, -1, 0.0, room, tile, far, way, wide)
    return left
