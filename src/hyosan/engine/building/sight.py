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
