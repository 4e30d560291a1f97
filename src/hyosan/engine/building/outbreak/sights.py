"""Who may see whom: a straight line through the rooms on the way, by openings that are open or glazed."""

from hyosan.engine.building.beyond import is_plain
from hyosan.engine.building.columns import (
    AX,
    AY,
    BX,
    BY,
    COS,
    DOOR,
    FIRST_SIDE,
    OTHER,
    ROOM,
    SHIFT_X,
    SHIFT_Y,
    SIDE_COUNT,
    SIN,
)
from hyosan.engine.building.given import GATE_ROWS, PASSABLE_ROWS, ROOM_ROWS, SIDE_ROWS, WALL_ROWS, WALL_SIDE_ROWS
from hyosan.engine.building.outbreak.columns import SIGHTS_STALE
from hyosan.engine.building.outbreak.given import COUNT_ROWS, GLAZED_ROWS, SPAN_ROWS, VISIBLE_ROWS
from hyosan.engine.building.sight import hides
from hyosan.jit import float_part, float_routine
from hyosan.rules.plane import touches

APERTURES = 3
"""Nobody sees through more openings in a row; assumed."""


@float_part
def is_clear(this, side, passable, glazed):
    """Whether one sees through a side: its door is open or broken, or has a pane."""
    door = side[this, DOOR]
    return passable[door] == 1 or (door < len(glazed) and glazed[door] == 1)


@float_routine
def is_walled_off(x, y, to_x, to_y, row, span, wall, wall_side):
    """Whether a wall of a room, or something in it that nobody sees over, crosses a line."""
    here = span[row, 0]
    while here < span[row, 1] and not hides(x, y, to_x, to_y, here, wall, wall_side):
        here += 1
    return here < span[row, 1]


@float_part
def side_crossed(x, y, to_x, to_y, row, came, ground, doors, lie):
    """The side of a room through which a line leads and one sees; -1 if there is none.

    Args:
        came: A side that does not count, by which the line has come in.
    """
    room, side, gate = ground[ROOM_ROWS], ground[SIDE_ROWS], ground[GATE_ROWS]
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        if this == came or side[this, OTHER] < 0 or not is_clear(this, side, doors[PASSABLE_ROWS], lie[GLAZED_ROWS]):
            continue
        if touches(x, y, to_x, to_y, gate[this, AX], gate[this, AY], gate[this, BX], gate[this, BY]):
            return this
    return -1


@float_part
def _beyond(x, y, this, gate):
    """A place in the frame behind a side."""
    cos, sin = gate[this, COS], gate[this, SIN]
    return cos * x - sin * y + gate[this, SHIFT_X], sin * x + cos * y + gate[this, SHIFT_Y]


@float_part
def _back(x, y, this, gate):
    """A place behind a side in the frame before it."""
    cos, sin = gate[this, COS], gate[this, SIN]
    bx, by = x - gate[this, SHIFT_X], y - gate[this, SHIFT_Y]
    return cos * bx + sin * by, cos * by - sin * bx


@float_routine
def seen_from(x, y, row, to_x, to_y, to_row, ground, doors, lie):
    """(Whether a place in one room is in sight of one in another; the first side on the way, -1 in the same room).

    Onto stairs one sees from the next room only.
    """
    side, gate, wall, wall_side, span = (
        ground[SIDE_ROWS],
        ground[GATE_ROWS],
        ground[WALL_ROWS],
        ground[WALL_SIDE_ROWS],
        lie[SPAN_ROWS],
    )
    if row == to_row:
        return not is_walled_off(x, y, to_x, to_y, row, span, wall, wall_side), -1
    room = ground[ROOM_ROWS]
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        beyond = side[this, OTHER]
        if beyond < 0 or side[beyond, ROOM] != to_row or is_plain(this, gate):
            continue
        # The next room is in another frame.
        if is_clear(this, side, doors[PASSABLE_ROWS], lie[GLAZED_ROWS]):
            there_x, there_y = _back(to_x, to_y, this, gate)
            if touches(x, y, there_x, there_y, gate[this, AX], gate[this, AY], gate[this, BX], gate[this, BY]):
                from_x, from_y = _beyond(x, y, this, gate)
                hidden = is_walled_off(x, y, there_x, there_y, row, span, wall, wall_side) or is_walled_off(
                    from_x, from_y, to_x, to_y, to_row, span, wall, wall_side
                )
                return not hidden, this
    came, first, here = -1, -1, row
    for _ in range(APERTURES):
        if is_walled_off(x, y, to_x, to_y, here, span, wall, wall_side):
            return False, -1
        this = side_crossed(x, y, to_x, to_y, here, came, ground, doors, lie)
        if this < 0 or not is_plain(this, gate):
            return False, -1
        if first < 0:
            first = this
        came = side[this, OTHER]
        here = side[came, ROOM]
        if here == to_row:
            return not is_walled_off(x, y, to_x, to_y, here, span, wall, wall_side), first
    return False, -1


@float_routine
def find_visible(ground, doors, lie, outbreak):
    """Find anew into which rooms one may see from which, if a door has changed."""
    count, visible = outbreak[COUNT_ROWS], outbreak[VISIBLE_ROWS]
    if count[SIGHTS_STALE] == 0:
        return
    count[SIGHTS_STALE] = 0
    room, side, gate = ground[ROOM_ROWS], ground[SIDE_ROWS], ground[GATE_ROWS]
    for row in range(len(room)):
        for other in range(len(room)):
            visible[row, other] = 0
        visible[row, row] = 1
        for distance in range(1, APERTURES + 1):
            for here in range(len(room)):
                if visible[row, here] != distance:
                    continue
                for this in range(room[here, FIRST_SIDE], room[here, FIRST_SIDE] + room[here, SIDE_COUNT]):
                    beyond = side[this, OTHER]
                    if beyond < 0 or not is_clear(this, side, doors[PASSABLE_ROWS], lie[GLAZED_ROWS]):
                        continue
                    plain = is_plain(this, gate)
                    if (plain or distance == 1) and visible[row, side[beyond, ROOM]] == 0:
                        visible[row, side[beyond, ROOM]] = distance + 1 if plain else APERTURES + 2
