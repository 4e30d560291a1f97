"""Who is near beyond open doors: people in the next room, and behind one more door in the same frame."""

from hyosan.engine.building.columns import (
    AX,
    AY,
    BX,
    BY,
    COS,
    FIRST_SIDE,
    FRAME,
    IN,
    OTHER,
    OVER_COUNT,
    REACH,
    ROOM,
    ROOM_OF,
    SHIFT_X,
    SHIFT_Y,
    SIDE_COUNT,
    SIN,
    SKIN,
    X,
    Y,
)
from hyosan.jit import float_part, float_rule, part
from hyosan.rules.plane import square_from

MOST_OVER = 64
"""Neighbours of a person beyond doors; beyond that the farthest are left out."""


@part
def room_beyond(this, second, side):
    """Room of those who are seen through one side, or through a second one behind it."""
    return side[side[this if second < 0 else second, OTHER], ROOM]


@float_rule
def is_plain(this, gate):
    """Whether the rooms on both sides of a door are in one frame."""
    return gate[this, COS] == 1.0 and gate[this, SHIFT_X] == 0.0 and gate[this, SHIFT_Y] == 0.0


@float_rule
def _square_beyond(x, y, other, this, gate, place):
    """Square of the distance of somebody beyond a side from a place in this room [m²]."""
    cos, sin = gate[this, COS], gate[this, SIN]
    dx = cos * x - sin * y + gate[this, SHIFT_X] - place[other, X]
    dy = sin * x + cos * y + gate[this, SHIFT_Y] - place[other, Y]
    return dx * dx + dy * dy


@part
def _move_entry(person, old, new, over, over_side):
    """Move an entry of a list to another place."""
    over[person, new] = over[person, old]
    over_side[person, new, 0], over_side[person, new, 1] = over_side[person, old, 0], over_side[person, old, 1]


@part
def _comes_before(person, number, this, second, other, over, over_side):
    """Whether an entry of a list stands before somebody seen through one or two sides."""
    if over_side[person, number, 0] != this:
        return over_side[person, number, 0] < this
    if over_side[person, number, 1] != second:
        return over_side[person, number, 1] < second
    return over[person, number] < other


@float_part
def insert_beyond(person, count, other, this, second, gate, place, over, over_side):
    """Put somebody into a list in order of (sides, person), unless it is there; a full one keeps the nearest.

    Returns:
        The list's new length.
    """
    for number in range(count):
        if over[person, number] == other:
            return count
    x, y = place[person, X], place[person, Y]
    if count == MOST_OVER:
        worst, found = -1.0, 0
        for number in range(count):
            square = _square_beyond(x, y, over[person, number], over_side[person, number, 0], gate, place)
            if square >= worst:
                worst, found = square, number
        if _square_beyond(x, y, other, this, gate, place) >= worst:
            return count
        count -= 1
        for number in range(found, count):
            _move_entry(person, number + 1, number, over, over_side)
    spot = count
    while spot > 0 and not _comes_before(person, spot - 1, this, second, other, over, over_side):
        _move_entry(person, spot - 1, spot, over, over_side)
        spot -= 1
    over[person, spot] = other
    over_side[person, spot, 0], over_side[person, spot, 1] = this, second
    return count + 1


@float_part
def _list_in(
    person, this, second, row, count, reach, room, gate, grid, grid_corner, head, following, place, over, over_side
):
    """List the people in a room beyond one open side, or beyond a second one behind it; the list's new length."""
    cos, sin = gate[this, COS], gate[this, SIN]
    x = cos * place[person, X] - sin * place[person, Y] + gate[this, SHIFT_X]
    y = sin * place[person, X] + cos * place[person, Y] + gate[this, SHIFT_Y]
    frame = room[row, FRAME]
    i, j = int((x - grid_corner[frame, 0]) / reach), int((y - grid_corner[frame, 1]) / reach)
    for u in range(max(i - 1, 0), min(i + 2, grid[frame, 1])):
        for v in range(max(j - 1, 0), min(j + 2, grid[frame, 2])):
            other = head[grid[frame, 0] + u * grid[frame, 2] + v]
            while other >= 0:
                near = _square_beyond(place[person, X], place[person, Y], other, this, gate, place)
                if near < reach * reach and place[other, ROOM_OF] == row and other != person:
                    count = insert_beyond(person, count, other, this, second, gate, place, over, over_side)
                other = following[other]
    return count


@float_part
def _list_through(
    person,
    this,
    count,
    reach,
    room,
    side,
    gate,
    open_side,
    grid,
    grid_corner,
    head,
    following,
    place,
    who,
    over,
    over_side,
):
    """List the people beyond one open side, and beyond those behind it in the same frame; the list's new length."""
    row = side[side[this, OTHER], ROOM]
    count = _list_in(
        person, this, -1, row, count, reach, room, gate, grid, grid_corner, head, following, place, over, over_side
    )
    cos, sin = gate[this, COS], gate[this, SIN]
    x = cos * place[person, X] - sin * place[person, Y] + gate[this, SHIFT_X]
    y = sin * place[person, X] + cos * place[person, Y] + gate[this, SHIFT_Y]
    for second in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        beyond = side[second, OTHER]
        if beyond < 0 or open_side[second] == 0 or second == side[this, OTHER] or not is_plain(second, gate):
            continue
        third = side[beyond, ROOM]
        away = square_from(x, y, gate[second, AX], gate[second, AY], gate[second, BX], gate[second, BY])
        if third == who[person, IN] or away > reach * reach:
            continue
        count = _list_in(
            *(person, this, second, third, count, reach, room, gate, grid, grid_corner),
            *(head, following, place, over, over_side),
        )
    return count


@float_part
def list_beyond(
    person, law, room, side, gate, open_side, grid, grid_corner, head, following, place, who, over, over_side
):
    """List the people whom a person heeds beyond open doors, in order of (sides, person).

    Args:
        over: Of each person those beyond doors, written, (people, MOST_OVER).
        over_side: The side through which each is seen, and a second one behind it or -1, (people, MOST_OVER, 2).
    """
    x, y, row = place[person, X], place[person, Y], who[person, IN]
    reach, count = law[REACH] + law[SKIN], 0
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        if side[this, OTHER] < 0 or open_side[this] == 0:
            continue
        away = square_from(x, y, gate[this, AX], gate[this, AY], gate[this, BX], gate[this, BY])
        if away > reach * reach:
            continue
        count = _list_through(
            *(person, this, count, reach, room, side, gate, open_side, grid, grid_corner),
            *(head, following, place, who, over, over_side),
        )
    who[person, OVER_COUNT] = count
