"""Who is near whom in a room: for those who walk a list of the people whom they heed."""

from hyosan.engine.building.columns import (
    FRAME,
    IN,
    NEAR_COUNT,
    REACH,
    ROOM_OF,
    SKIN,
    SOLID,
    X,
    Y,
)
from hyosan.engine.building.sight import is_hidden
from hyosan.jit import float_part, part

MOST_NEAR = 192
"""Neighbours of a person in its room; beyond that the farthest are left out."""

MOST_CLOSE = 48
"""People who may touch somebody in a step; whoever has more goes through the whole list."""

STEP_OF, COUNT_OF, FIRST_CLOSE = range(3)
"""Columns of a row of people who are close."""


@part
def begin_close(person, step, close):
    """Begin the row of those who may touch a person in a step."""
    close[person, STEP_OF], close[person, COUNT_OF] = step, 0


@part
def add_close(person, other, close):
    """Put somebody into that row; the count goes on beyond its end."""
    count = close[person, COUNT_OF]
    if count < MOST_CLOSE:
        close[person, FIRST_CLOSE + count] = other
    close[person, COUNT_OF] = count + 1


@part
def insert_near_row(row, count, person, near):
    """Put a person into a list that stands in order; returns its new length."""
    place = count
    while place > 0 and near[row, place - 1] > person:
        near[row, place] = near[row, place - 1]
        place -= 1
    near[row, place] = person
    return count + 1


@float_part
def _farthest(row, count, near, x, y, place):
    """Position in a list of who is farthest from (x, y); the last of equals."""
    worst, found = -1.0, 0
    for number in range(count):
        other = near[row, number]
        dx, dy = place[other, X] - x, place[other, Y] - y
        if dx * dx + dy * dy >= worst:
            worst, found = dx * dx + dy * dy, number
    return found


@float_part
def insert_near(person, count, other, square, near, place):
    """Put somebody into a person's list, which keeps the nearest if it is full; returns its new length.

    Args:
        square: Square of the distance of the two [m²].
    """
    if count < MOST_NEAR:
        return insert_near_row(person, count, other, near)
    x, y = place[person, X], place[person, Y]
    worst = _farthest(person, count, near, x, y, place)
    far = near[person, worst]
    dx, dy = place[far, X] - x, place[far, Y] - y
    if square >= dx * dx + dy * dy:
        return count
    for number in range(worst, count - 1):
        near[person, number] = near[person, number + 1]
    return insert_near_row(person, count - 1, other, near)


@float_part
def list_near(
    person,
    # reads
    law,
    room,
    tile,
    wall,
    wall_side,
    wall_first,
    wall_near,
    grid,
    grid_corner,
    head,
    following,
    place,
    # writes
    who,
    near,
):
    """List the people whom a person heeds in its room, in order of their numbers.

    Args:
        near: Of each person those in its room, (people, MOST_NEAR).
    """
    x, y, row = place[person, X], place[person, Y], who[person, IN]
    frame, reach = room[row, FRAME], law[REACH] + law[SKIN]
    solid, count = room[row, SOLID] == 1, 0
    i, j = int((x - grid_corner[frame, 0]) / reach), int((y - grid_corner[frame, 1]) / reach)
    for u in range(max(i - 1, 0), min(i + 2, grid[frame, 1])):
        for v in range(max(j - 1, 0), min(j + 2, grid[frame, 2])):
            other = head[grid[frame, 0] + u * grid[frame, 2] + v]
            while other >= 0:
                px, py = place[other, X], place[other, Y]
                square = (px - x) * (px - x) + (py - y) * (py - y)
                if square < reach * reach and place[other, ROOM_OF] == row and other != person:
                    hidden = solid and is_hidden(x, y, px, py, row, room, tile, wall, wall_side, wall_first, wall_near)
                    if not hidden:
                        count = insert_near(person, count, other, square, near, place)
                other = following[other]
    who[person, NEAR_COUNT] = count
