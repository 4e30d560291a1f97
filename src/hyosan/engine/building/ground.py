"""The ground of a building: its spaces, openings, walls and fields as arrays; nothing in it changes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.columns import (
    AX,
    BLOCK,
    BLOCKS_X,
    BLOCKS_Y,
    CELL,
    CELLS_X,
    CELLS_Y,
    CONVEX,
    DOOR,
    FIELD,
    FIRST_BLOCK,
    FIRST_CELL,
    FIRST_SIDE,
    FRAME,
    KIND,
    OTHER,
    ROOM,
    SIDE_COUNT,
    SOLID,
    TILE_X,
    TILE_Y,
    UPWARD,
)
from hyosan.engine.building.lengths import inner_lengths
from hyosan.engine.building.openings import flow_limit, hang, join, laid_out, moved
from hyosan.engine.building.shapes import shapes_of
from hyosan.engine.building.tiles import fields_of, opened, surveyed
from hyosan.engine.building.walls import near_walls

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.shapes import Opening, Shapes, Space
    from hyosan.floorplan.plan import Floorplan

FINE = 0.2
"""Length of a cell [m]; twice, four times … as long in rooms with more than `MOST_CELLS`."""

MOST_CELLS = 60_000
"""Cells of a room at most, if that leaves them at most 0.8 m long."""

HEEDED = 1.0
"""People heed walls that are so near [m]."""


@dataclass(frozen=True)
class Ground:
    """What people walk on."""

    plan: Floorplan
    shapes: Shapes
    room: NDArray[np.int64]
    """Columns `FRAME` to `SOLID` of `columns`, (rooms, 12)."""
    tile: NDArray[np.float64]
    """Columns `TILE_X` to `BLOCK`, (rooms, 4)."""
    side: NDArray[np.int64]
    """Columns `DOOR` to `UPWARD`, (sides, 5); the sides of a room follow each other."""
    gate: NDArray[np.float64]
    """Columns `AX` to `KY`, (sides, 16)."""
    sides_of_door: NDArray[np.int64]
    """Sides of a door, -1 for the outside, (doors, 2)."""
    wall: NDArray[np.float64]
    """Ends of walls and openings [m], (walls, 4)."""
    wall_side: NDArray[np.int64]
    """The side that is an opening; -1: wall, -2: something people see over, (walls,)."""
    wall_first: NDArray[np.int64]
    """First row of each block in `wall_near`, (blocks + 1,)."""
    wall_near: NDArray[np.int64]
    """Walls near each block."""
    kind: NDArray[np.uint8]
    """What can be done in each cell; see `fields`."""
    far: NDArray[np.float32]
    """Length of the way from each cell to each target [m]."""
    way: NDArray[np.int32]
    """The next corner of it."""
    wide: NDArray[np.float32]
    """Of cells that are corners of ways, how far the open floor reaches beside them, away from the wall (x, y) [m]."""
    inner: NDArray[np.float64]
    """Length of the way from one side of a room to another; row of a side, then places of sides [m]."""
    inner_first: NDArray[np.int64]
    """First entry of each side in `inner`, (sides,)."""
    origin: NDArray[np.float64]
    """What has been added to x in each frame [m], (frames,)."""
    spans: tuple[tuple[int, int], ...]
    """First wall of each room, and behind its last."""

    def arrays(self) -> tuple[NDArray[Any], ...]:
        """Its arrays in the order in which kernels take them."""
        return (
            *(self.room, self.tile, self.side, self.gate, self.wall, self.wall_side, self.wall_first, self.wall_near),
            *(self.far, self.way, self.wide, self.inner, self.inner_first),
        )


def ground_of(plan: Floorplan) -> Ground:
    """The ground of a plan.

    Raises:
        HyosanError: A door does not lie on a wall.
    """
    shapes = shapes_of(plan)
    draft = _Draft(plan, shapes)
    for row, space in enumerate(shapes.spaces):
        draft.add(row, space)
    draft.join()
    room, tile, side, gate = draft.room, draft.tile, draft.side, draft.gate
    wall = np.array(draft.walls).reshape(-1, 4)
    wall_side = np.array(draft.wall_side, np.int64)
    wall_first, wall_near = near_walls(room, tile, wall, draft.spans, HEEDED)
    kind = surveyed(room, tile, wall, wall_side, draft.spans, draft.cells)
    far, way = fields_of(room, tile, side, gate, kind)
    inner, inner_first = inner_lengths(room, tile, side, gate, far)
    return Ground(
        plan=plan,
        shapes=shapes,
        room=room,
        tile=tile,
        side=side,
        gate=gate,
        sides_of_door=draft.sides_of_door,
        wall=wall,
        wall_side=wall_side,
        wall_first=wall_first,
        wall_near=wall_near,
        kind=kind,
        far=far,
        way=way,
        wide=opened(room, tile, wall, draft.spans, kind, side, way),
        inner=inner,
        inner_first=inner_first,
        origin=np.array(draft.origin),
        spans=tuple((begin, end) for begin, _, end in draft.spans),
    )


class _Draft:
    """Arrays of the ground while rooms are added to them."""

    def __init__(self, plan: Floorplan, shapes: Shapes) -> None:
        self.plan, self.shapes = plan, shapes
        self.origin = laid_out(shapes, len(plan.storeys) + len(shapes.strips))
        self.mine: list[list[Opening]] = [[] for _ in shapes.spaces]
        for pair in shapes.openings:
            for opening in pair:
                if opening is not None:
                    self.mine[opening.space].append(opening)
        sides = sum(map(len, self.mine))
        self.room, self.tile = np.zeros((len(shapes.spaces), 12), np.int64), np.zeros((len(shapes.spaces), 4))
        self.side, self.gate = np.zeros((sides, 5), np.int64), np.zeros((sides, 16))
        self.sides_of_door = np.full((len(shapes.openings), 2), -1, np.int64)
        self.walls: list[tuple[float, ...]] = []
        self.wall_side: list[int] = []
        self.spans: list[tuple[int, int, int]] = []
        self.sides = self.cells = self.blocks = 0

    def add(self, row: int, space: Space) -> None:
        """Add a room: its tiles, its walls and openings, and what stands in it."""
        room, convex = self.room[row], _is_convex(space) and not space.holes
        room[[FRAME, FIRST_SIDE, SIDE_COUNT, KIND]] = space.frame, self.sides, len(self.mine[row]), int(space.is_stair)
        room[CONVEX], room[SOLID] = convex and not space.obstacles, not convex
        move_x = self.origin[space.frame]
        _lay_tiles(space, move_x, room, self.tile[row], self.cells, self.blocks)
        self.cells += 0 if room[CONVEX] else int(room[CELLS_X] * room[CELLS_Y])
        self.blocks += int(room[BLOCKS_X] * room[BLOCKS_Y])
        begin = len(self.walls)
        for a, b in space.walls:
            self._wall(moved(a, b, move_x), -1)
        for opening in self.mine[row]:
            self._open(row, opening, move_x)
        edges = len(self.walls)
        for ring, low in space.obstacles:
            for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
                self._wall(moved(a, b, move_x), -2 if low else -1)
        self.spans.append((begin, edges, len(self.walls)))

    def _wall(self, ends: tuple[float, ...], side: int) -> None:
        """Add a wall; `side` as in `Ground.wall_side`."""
        self.walls.append(ends)
        self.wall_side.append(side)

    def _open(self, row: int, opening: Opening, move_x: float) -> None:
        """Add an opening as seen from a room."""
        this, (one, other) = self.sides, self.shapes.openings[opening.door]
        self.sides += 1
        self.sides_of_door[opening.door, int(opening is other and one is not other)] = this
        self.side[this, [DOOR, ROOM, OTHER, FIELD, UPWARD]] = opening.door, row, -1, -1, opening.upward
        hang(opening, move_x, self.gate[this], flow_limit(self.plan, opening.door))
        self._wall(tuple(self.gate[this, AX : AX + 4]), this)

    def join(self) -> None:
        """Note of each side which one is on the other side of the door, and how places change frames there."""
        for one, two in self.sides_of_door:
            if two >= 0:
                self.side[one, OTHER], self.side[two, OTHER] = two, one
                join(self.gate[one], self.gate[two])
                join(self.gate[two], self.gate[one])


def closed_round(ground: Ground, last: int, first: int) -> Ground:
    """The ground on which whoever leaves by exit `last` comes in again by exit `first`, as in a ring.

    Args:
        last: Door of the plan; so is `first`, as wide, and of another room.
    """
    side, gate = ground.side.copy(), ground.gate.copy()
    one, two = int(ground.sides_of_door[last, 0]), int(ground.sides_of_door[first, 0])
    assert side[one, ROOM] != side[two, ROOM], "a ring needs two rooms"
    side[one, OTHER], side[two, OTHER] = two, one
    join(gate[one], gate[two])
    join(gate[two], gate[one])
    return replace(ground, side=side, gate=gate)


def _is_convex(space: Space) -> bool:
    """Whether an outline has no corner that turns inward."""
    ring = space.outline
    for a, b, c in zip(ring, (*ring[1:], ring[0]), (*ring[2:], *ring[:2]), strict=True):
        bent = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
        if bent < -1e-3 * math.dist(a, b) * math.dist(b, c):
            return False
    return True


def _lay_tiles(space: Space, move_x: float, room: NDArray[Any], tile: NDArray[Any], cell: int, block: int) -> None:
    """Lay cells and blocks over the box around a space."""
    xs, ys = [x + move_x for x, _ in space.outline], [y for _, y in space.outline]
    width, depth = max(xs) - min(xs), max(ys) - min(ys)
    length = FINE
    while width * depth / length**2 > MOST_CELLS and length < 0.8:
        length *= 2
    tile[[TILE_X, TILE_Y, CELL, BLOCK]] = min(xs), min(ys), length, 3 * FINE
    room[[FIRST_CELL, CELLS_X, CELLS_Y]] = cell, max(1, math.ceil(width / length)), max(1, math.ceil(depth / length))
    across, along = max(1, math.ceil(width / (3 * FINE))), max(1, math.ceil(depth / (3 * FINE)))
    room[[FIRST_BLOCK, BLOCKS_X, BLOCKS_Y]] = block, across, along
