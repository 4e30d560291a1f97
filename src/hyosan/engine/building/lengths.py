"""Lengths of ways inside rooms: between doors, and from a place to a door."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.columns import (
    AX,
    CELL,
    CELLS_X,
    CELLS_Y,
    FIELD,
    FIRST_SIDE,
    MX,
    NX,
    ROOM,
    SIDE_COUNT,
    TILE_X,
    TILE_Y,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray


def inner_lengths(
    room: NDArray[Any], tile: NDArray[Any], side: NDArray[Any], gate: NDArray[Any], far: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Lengths of the ways between the sides of each room."""
    first = np.zeros(len(side), np.int64)
    rows = []
    size = 0
    for this in range(len(side)):
        row = int(side[this, ROOM])
        begin, count = int(room[row, FIRST_SIDE]), int(room[row, SIDE_COUNT])
        first[this] = size
        size += count
        lengths = np.zeros(count)
        x, y = (gate[this, AX] + gate[this, AX + 2]) / 2, (gate[this, AX + 1] + gate[this, AX + 3]) / 2
        for number in range(count):
            to = begin + number
            if to != this:
                lengths[number] = way_length(
                    room, tile, side, gate, far, row, to, x - 0.3 * gate[this, NX], y - 0.3 * gate[this, NX + 1]
                )
        rows.append(lengths)
    return (np.concatenate(rows) if rows else np.zeros(0)), first


def way_length(
    room: NDArray[Any],
    tile: NDArray[Any],
    side: NDArray[Any],
    gate: NDArray[Any],
    far: NDArray[np.float32],
    row: int,
    to: int,
    x: float,
    y: float,
) -> float:
    """Length of the way from a place in a room to one of its sides [m]; 1e30 where there is none."""
    if side[to, FIELD] < 0:
        ax, ay, bx, by = gate[to, MX : MX + 4]
        dx, dy = bx - ax, by - ay
        square = dx * dx + dy * dy
        along = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / square)) if square else 0.0
        return math.dist((x, y), (ax + along * dx, ay + along * dy))
    return nearest_length(room, tile, far, int(side[to, FIELD]), row, x, y)


def nearest_length(
    room: NDArray[Any], tile: NDArray[Any], far: NDArray[np.float32], field: int, row: int, x: float, y: float
) -> float:
    """Length of the way that a field gives for the cells next to a place [m]; 1e30 where there is none."""
    length, best = tile[row, CELL], 1e30
    i0, j0 = int((x - tile[row, TILE_X]) // length), int((y - tile[row, TILE_Y]) // length)
    for reach in range(4):
        for i in range(max(0, i0 - reach), min(int(room[row, CELLS_X]), i0 + reach + 1)):
            for j in range(max(0, j0 - reach), min(int(room[row, CELLS_Y]), j0 + reach + 1)):
                best = min(best, float(far[field + i * room[row, CELLS_Y] + j]))
        if best < 1e29:
            return best
    return 1e30
