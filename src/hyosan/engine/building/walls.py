"""Which walls are near: for each block of a room, the walls that people in it heed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.columns import (
    BLOCK,
    BLOCKS_X,
    BLOCKS_Y,
    FIRST_BLOCK,
    TILE_X,
    TILE_Y,
)
from hyosan.jit import float_kernel
from hyosan.rules.plane import square_from

if TYPE_CHECKING:
    from numpy.typing import NDArray


@float_kernel
def find_near(first, last, begin, end, corner, blocks_y, reach, walls, counts, found, writing):
    """Count, or write down, the walls near blocks `first` to `last` of a room.

    Args:
        begin: First wall of the room.
        end: Behind its last.
        corner: Lower left corner of its tile, and length of a block [m], (3,).
        reach: Walls so near to any point of a block are near [m].
        counts: Walls of each block, written; or, when writing, where each block's walls begin, (blocks,).
        found: Rows of walls, written when `writing` is 1.
    """
    length = corner[2]
    half = 0.7072 * length
    for block in range(first, last):
        x = corner[0] + (block // blocks_y + 0.5) * length
        y = corner[1] + (block % blocks_y + 0.5) * length
        count = 0
        for row in range(begin, end):
            far = square_from(x, y, walls[row, 0], walls[row, 1], walls[row, 2], walls[row, 3])
            if far <= (reach + half) * (reach + half):
                if writing == 1:
                    found[counts[block] + count] = row
                count += 1
        if writing == 0:
            counts[block] = count


def near_walls(
    room: NDArray[Any], tile: NDArray[Any], wall: NDArray[Any], spans: list[tuple[int, int, int]], reach: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First row of each block, and the walls near it.

    Args:
        room: As in `Ground`; so are `tile` and `wall`.
        spans: First wall, first of obstacles and end of the walls of each room.
        reach: How near [m].
    """
    blocks = int((room[:, BLOCKS_X] * room[:, BLOCKS_Y]).sum())
    first = np.zeros(blocks + 1, np.int64)
    for writing in (0, 1):
        found = np.zeros(int(first[-1]) if writing else 1, np.int64)
        for row, (begin, _, end) in enumerate(spans):
            base, count = int(room[row, FIRST_BLOCK]), int(room[row, BLOCKS_X] * room[row, BLOCKS_Y])
            corner = np.array([tile[row, TILE_X], tile[row, TILE_Y], tile[row, BLOCK]])
            rows = first[base + 1 : base + 1 + count] if writing == 0 else first[base : base + count]
            find_near(0, count, begin, end, corner, int(room[row, BLOCKS_Y]), reach, wall, rows, found, writing)
        if writing == 0:
            np.cumsum(first, out=first)
    return first, found
