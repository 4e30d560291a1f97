"""Who is near whom: a grid of everybody, and for those who walk a list of the people whom they heed."""

from hyosan.engine.building.columns import (
    AX,
    AY,
    BLOCK,
    BLOCKS_X,
    BLOCKS_Y,
    BX,
    BY,
    CELL_OF,
    COS,
    FIRST_BLOCK,
    FIRST_SIDE,
    FRAME,
    IN,
    NEAR_COUNT,
    NEXT,
    NX,
    NY,
    OTHER,
    OVER_COUNT,
    REACH,
    ROOM,
    SHIFT_X,
    SHIFT_Y,
    SIDE_COUNT,
    SIN,
    SKIN,
    SOLID,
    TILE_X,
    TILE_Y,
    X,
    Y,
)
from hyosan.jit import float_part, float_rule, part
from hyosan.rules.plane import square_from, touches

MOST_NEAR, MOST_OVER = 96, 32
"""Neighbours of a person in the same room, and through doors; beyond that the farthest are left out."""


@float_rule
def grid_cell(x, y, frame, law, grid, grid_corner):
    """Cell of the grid in which a place lies; cells are as long as neighbours are looked for."""
    i = int((x - grid_corner[frame, 0]) / (law[REACH] + law[SKIN]))
    j = int((y - grid_corner[frame, 1]) / (law[REACH] + law[SKIN]))
    i = min(max(i, 0), grid[frame, 1] - 1)
    j = min(max(j, 0), grid[frame, 2] - 1)
    return grid[frame, 0] + i * grid[frame, 2] + j


@float_part
def leave_cell(person, who, head):
    """Take a person out of its cell."""
    cell = who[person, CELL_OF]
    if cell < 0:
        return
    before, here = -1, head[cell]
    while here != person:
        before, here = here, who[here, NEXT]
    if before < 0:
        head[cell] = who[person, NEXT]
    else:
        who[before, NEXT] = who[person, NEXT]
    who[person, CELL_OF] = -1


@float_part
def enter_cell(person, cell, who, head):
    """Put a person into a cell."""
    who[person, NEXT] = head[cell]
    head[cell] = person
    who[person, CELL_OF] = cell


@part
def _insert(row, count, person, near):
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


@float_rule
def block_of(x, y, row, room, tile):
    """Block of a room in which a place lies."""
    i = int((x - tile[row, TILE_X]) / tile[row, BLOCK])
    j = int((y - tile[row, TILE_Y]) / tile[row, BLOCK])
    i = min(max(i, 0), room[row, BLOCKS_X] - 1)
    j = min(max(j, 0), room[row, BLOCKS_Y] - 1)
    return room[row, FIRST_BLOCK] + i * room[row, BLOCKS_Y] + j


@float_rule
def is_hidden(x, y, to_x, to_y, row, room, tile, wall, wall_side, wall_first, wall_near):
    """Whether a wall of a room stands between two places in it that are at most 2 m apart."""
    low_x, high_x, low_y, high_y = min(x, to_x), max(x, to_x), min(y, to_y), max(y, to_y)
    for end in range(2):
        block = block_of(x, y, row, room, tile) if end == 0 else block_of(to_x, to_y, row, room, tile)
        for number in range(wall_first[block], wall_first[block + 1]):
            near = wall_near[number]
            # Most walls lie quite beside the line.
            if (
                wall_side[near] == -1
                and max(wall[near, 0], wall[near, 2]) >= low_x
                and min(wall[near, 0], wall[near, 2]) <= high_x
                and max(wall[near, 1], wall[near, 3]) >= low_y
                and min(wall[near, 1], wall[near, 3]) <= high_y
                and touches(x, y, to_x, to_y, wall[near, 0], wall[near, 1], wall[near, 2], wall[near, 3])
            ):
                return True
    return False


@float_part
def list_neighbours(
    person,
    # reads
    law,
    room,
    tile,
    side,
    gate,
    open_side,
    wall,
    wall_side,
    wall_first,
    wall_near,
    grid,
    grid_corner,
    head,
    place,
    # writes
    who,
    near,
    over,
    over_side,
):
    """List the people whom a person heeds, in order: those in its room, then those beyond open doors.

    Args:
        near: Of each person those in its room, (people, MOST_NEAR).
        over: Those beyond doors, (people, MOST_OVER).
        over_side: The side through which each is seen, and a second one behind it or -1, (people, MOST_OVER, 2).
    """
    x, y, row = place[person, X], place[person, Y], who[person, IN]
    frame, reach = room[row, FRAME], law[REACH] + law[SKIN]
    count = 0
    i, j = int((x - grid_corner[frame, 0]) / reach), int((y - grid_corner[frame, 1]) / reach)
    for u in range(max(i - 1, 0), min(i + 2, grid[frame, 1])):
        for v in range(max(j - 1, 0), min(j + 2, grid[frame, 2])):
            other = head[grid[frame, 0] + u * grid[frame, 2] + v]
            while other >= 0:
                dx, dy = place[other, X] - x, place[other, Y] - y
                square = dx * dx + dy * dy
                if (
                    square < reach * reach
                    and other != person
                    and who[other, IN] == row
                    and not (
                        room[row, SOLID] == 1
                        and is_hidden(
                            x,
                            y,
                            place[other, X],
                            place[other, Y],
                            row,
                            room,
                            tile,
                            wall,
                            wall_side,
                            wall_first,
                            wall_near,
                        )
                    )
                ):
                    if count < MOST_NEAR:
                        count = _insert(person, count, other, near)
                    else:
                        worst = _farthest(person, count, near, x, y, place)
                        far = near[person, worst]
                        dx, dy = place[far, X] - x, place[far, Y] - y
                        if square < dx * dx + dy * dy:
                            for number in range(worst, count - 1):
                                near[person, number] = near[person, number + 1]
                            count = _insert(person, count - 1, other, near)
                other = who[other, NEXT]
    who[person, NEAR_COUNT] = count
    count = 0
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        if side[this, OTHER] < 0 or open_side[this] == 0:
            continue
        away = (gate[this, AX] - x) * gate[this, NX] + (gate[this, AY] - y) * gate[this, NY]
        dx, dy = (gate[this, AX] + gate[this, BX]) / 2 - x, (gate[this, AY] + gate[this, BY]) / 2 - y
        half = reach + 0.5 * (
            (gate[this, BX] - gate[this, AX]) * gate[this, NY] - (gate[this, BY] - gate[this, AY]) * gate[this, NX]
        )
        if away < -0.1 or away > reach or dx * dx + dy * dy > half * half:
            continue
        count = _list_beyond(
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
            place,
            who,
            over,
            over_side,
        )
    who[person, OVER_COUNT] = count


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


@float_part
def _insert_beyond(person, count, other, this, second, gate, place, over, over_side):
    """Put somebody beyond a side into a list in order of (sides, person), the nearest if it is full; its new length."""
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
    while (
        spot > 0
        and over_side[person, spot - 1, 0] == this
        and over_side[person, spot - 1, 1] == second
        and over[person, spot - 1] > other
    ):
        _move_entry(person, spot - 1, spot, over, over_side)
        spot -= 1
    over[person, spot] = other
    over_side[person, spot, 0], over_side[person, spot, 1] = this, second
    return count + 1


@float_rule
def is_plain(this, gate):
    """Whether the rooms on both sides of a door are in one frame."""
    return gate[this, COS] == 1.0 and gate[this, SHIFT_X] == 0.0 and gate[this, SHIFT_Y] == 0.0


@float_part
def _list_in(person, this, second, row, count, reach, room, gate, grid, grid_corner, head, place, who, over, over_side):
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
                if near < reach * reach and who[other, IN] == row and other != person:
                    count = _insert_beyond(person, count, other, this, second, gate, place, over, over_side)
                other = who[other, NEXT]
    return count


@float_part
def _list_beyond(
    person, this, count, reach, room, side, gate, open_side, grid, grid_corner, head, place, who, over, over_side
):
    """List the people beyond one open side, and beyond those behind it in the same frame; the list's new length."""
    row = side[side[this, OTHER], ROOM]
    count = _list_in(
        person, this, -1, row, count, reach, room, gate, grid, grid_corner, head, place, who, over, over_side
    )
    cos, sin = gate[this, COS], gate[this, SIN]
    x = cos * place[person, X] - sin * place[person, Y] + gate[this, SHIFT_X]
    y = sin * place[person, X] + cos * place[person, Y] + gate[this, SHIFT_Y]
    for second in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        beyond = side[second, OTHER]
        if beyond < 0 or open_side[second] == 0 or second == side[this, OTHER] or not is_plain(second, gate):
            continue
        third = side[beyond, ROOM]
        if (
            third == who[person, IN]
            or square_from(x, y, gate[second, AX], gate[second, AY], gate[second, BX], gate[second, BY]) > reach * reach
        ):
            continue
        count = _list_in(
            person, this, second, third, count, reach, room, gate, grid, grid_corner, head, place, who, over, over_side
        )
    return count
