"""What stands between people: the walls near a place, and whether one of them hides somebody."""

from hyosan.engine.building.columns import (
    BLOCK,
    BLOCKS_X,
    BLOCKS_Y,
    FIRST_BLOCK,
    TILE_X,
    TILE_Y,
)
from hyosan.jit import float_rule
from hyosan.rules.plane import touches


@float_rule
def block_of(x, y, row, room, tile):
    """Block of a room in which a place lies."""
    i = int((x - tile[row, TILE_X]) / tile[row, BLOCK])
    j = int((y - tile[row, TILE_Y]) / tile[row, BLOCK])
    i = min(max(i, 0), room[row, BLOCKS_X] - 1)
    j = min(max(j, 0), room[row, BLOCKS_Y] - 1)
    return room[row, FIRST_BLOCK] + i * room[row, BLOCKS_Y] + j


@float_rule
def hides(x, y, to_x, to_y, here, wall, wall_side):
    """Whether a wall stands between two places."""
    ax, ay, bx, by = wall[here, 0], wall[here, 1], wall[here, 2], wall[here, 3]
    # Most walls lie quite beside the line.
    return (
        wall_side[here] == -1
        and max(ax, bx) >= min(x, to_x)
        and min(ax, bx) <= max(x, to_x)
        and max(ay, by) >= min(y, to_y)
        and min(ay, by) <= max(y, to_y)
        and touches(x, y, to_x, to_y, ax, ay, bx, by)
    )


@float_rule
def is_hidden(x, y, to_x, to_y, row, room, tile, wall, wall_side, wall_first, wall_near):
    """Whether a wall of a room stands between two places in it that are at most 2 m apart."""
    for end in range(2):
        block = block_of(x, y, row, room, tile) if end == 0 else block_of(to_x, to_y, row, room, tile)
        for number in range(wall_first[block], wall_first[block + 1]):
            if hides(x, y, to_x, to_y, wall_near[number], wall, wall_side):
                return True
    return False
