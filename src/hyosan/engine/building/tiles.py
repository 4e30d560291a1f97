"""Tiles of cells over rooms: what can be done in each cell, and the fields of ways to doors and places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.columns import (
    CELL,
    CELLS_X,
    CELLS_Y,
    CONVEX,
    FIELD,
    FIRST_CELL,
    FIRST_SIDE,
    MX,
    ROOM,
    SIDE_COUNT,
    TILE_X,
    TILE_Y,
)
from hyosan.engine.building.fields import open_up, spread, survey

if TYPE_CHECKING:
    from numpy.typing import NDArray


def surveyed(
    room: NDArray[Any], tile: NDArray[Any], wall: NDArray[Any], sides: NDArray[Any], spans: list[Any], cells: int
) -> NDArray[np.uint8]:
    """What can be done in each cell of the rooms that need fields."""
    kind = np.zeros(cells, np.uint8)
    for row, (begin, edges, end) in enumerate(spans):
        if room[row, CONVEX]:
            continue
        base, count = int(room[row, FIRST_CELL]), int(room[row, CELLS_X] * room[row, CELLS_Y])
        survey(
            *(0, count, tile[row, TILE_X], tile[row, TILE_Y], tile[row, CELL], int(room[row, CELLS_Y])),
            *(wall[begin:end], edges - begin, sides[begin:end] < 0, kind[base : base + count]),
        )
    return kind


def fields_of(
    room: NDArray[Any], tile: NDArray[Any], side: NDArray[Any], gate: NDArray[Any], kind: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """The field of each side of each room that needs one; their places are written into `side`."""
    size = 0
    for this in range(len(side)):
        row = int(side[this, ROOM])
        if not room[row, CONVEX]:
            side[this, FIELD] = size
            size += int(room[row, CELLS_X] * room[row, CELLS_Y])
    far, way = np.empty(size, np.float32), np.empty(size, np.int32)
    for this in range(len(side)):
        if side[this, FIELD] >= 0:
            fill(
                room,
                tile,
                int(side[this, ROOM]),
                gate[this, MX : MX + 4].copy(),
                kind,
                far,
                way,
                int(side[this, FIELD]),
            )
    return far, way


def fill(
    room: NDArray[Any],
    tile: NDArray[Any],
    row: int,
    target: NDArray[np.float64],
    kind: NDArray[np.uint8],
    far: NDArray[np.float32],
    way: NDArray[np.int32],
    field: int,
) -> None:
    """Fill one field.

    Args:
        row: The room.
        target: Ends of the segment made for, (4,) [m].
        field: Where it begins in `far` and `way`.
    """
    cells_x, cells_y = int(room[row, CELLS_X]), int(room[row, CELLS_Y])
    heap = 9 * cells_x * cells_y + 1
    # Rounded lengths would be offered again and again.
    lengths = np.empty(cells_x * cells_y)
    spread(
        *(np.ascontiguousarray(tile[row, TILE_X : CELL + 1]), target, int(room[row, FIRST_CELL]), cells_x, cells_y),
        *(kind, field, lengths, way, np.empty(heap, np.uint8), np.empty(heap), np.empty(heap, np.int64)),
    )
    far[field : field + len(lengths)] = lengths


def opened(
    room: NDArray[Any],
    tile: NDArray[Any],
    wall: NDArray[Any],
    spans: list[Any],
    kind: NDArray[np.uint8],
    side: NDArray[Any],
    way: NDArray[np.int32],
) -> NDArray[np.float32]:
    """How far the open floor reaches beside the corners of ways."""
    wide = np.zeros((len(kind), 2), np.float32)
    for row, (begin, _, end) in enumerate(spans):
        if room[row, CONVEX]:
            continue
        base, count = int(room[row, FIRST_CELL]), int(room[row, CELLS_X] * room[row, CELLS_Y])
        first = int(room[row, FIRST_SIDE])
        fields = [int(field) for field in side[first : first + int(room[row, SIDE_COUNT]), FIELD]]
        ways = [way[field : field + count] for field in fields]
        corners = np.unique(np.concatenate([each[each >= 0] for each in ways])) if ways else np.zeros(0, np.int64)
        open_up(
            *(corners.astype(np.int64), np.ascontiguousarray(tile[row, TILE_X : CELL + 1]), base),
            *(int(room[row, CELLS_X]), int(room[row, CELLS_Y]), wall[begin:end], kind, wide),
        )
    return wide
