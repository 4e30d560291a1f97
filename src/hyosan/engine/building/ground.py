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
    COS,
    DOOR,
    FIELD,
    FIRST_BLOCK,
    FIRST_CELL,
    FIRST_SIDE,
    FLOW,
    FRAME,
    KIND,
    MX,
    NX,
    OTHER,
    ROOM,
    SHIFT_X,
    SIDE_COUNT,
    SIN,
    SOLID,
    TILE_X,
    TILE_Y,
    UPWARD,
    WIDTH,
)
from hyosan.engine.building.fields import open_up, spread, survey
from hyosan.engine.building.shapes import shapes_of
from hyosan.engine.building.walls import near_walls

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.shapes import Opening, Shapes, Space
    from hyosan.floorplan.plan import Floorplan

FINE = 0.2
"""Length of a cell [m]; twice, four times … as long in rooms with more than `MOST_CELLS`."""

MOST_CELLS = 60_000
"""Cells of a room at most, if that leaves them at most 0.8 m long."""

APART = 100.0
"""Distance between frames [m]."""

HEEDED = 1.0
"""People heed walls that are so near [m]."""

MARGIN = 0.2
"""Ends of a door that people keep clear of [m]; assumed: half the breadth of a person."""


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
    spaces = shapes.spaces
    origin = _laid_out(shapes, len(plan.storeys) + len(shapes.strips))
    mine: list[list[Opening]] = [[] for _ in spaces]
    for pair in shapes.openings:
        for opening in pair:
            if opening is not None:
                mine[opening.space].append(opening)
    rooms = len(spaces)
    room, tile = np.zeros((rooms, 12), np.int64), np.zeros((rooms, 4))
    side_count = sum(map(len, mine))
    side, gate = np.zeros((side_count, 5), np.int64), np.zeros((side_count, 16))
    sides_of_door = np.full((len(shapes.openings), 2), -1, np.int64)
    next_side = next_cell = next_block = 0
    walls: list[tuple[float, ...]] = []
    wall_side: list[int] = []
    spans = []
    for row, space in enumerate(spaces):
        room[row, [FRAME, FIRST_SIDE, SIDE_COUNT, KIND]] = space.frame, next_side, len(mine[row]), int(space.is_stair)
        room[row, CONVEX] = not space.holes and not space.obstacles and _is_convex(space)
        room[row, SOLID] = not (_is_convex(space) and not space.holes)
        move_x = origin[space.frame]
        _lay_tiles(space, move_x, room[row], tile[row], next_cell, next_block)
        next_cell += int(room[row, CELLS_X] * room[row, CELLS_Y]) if not room[row, CONVEX] else 0
        next_block += int(room[row, BLOCKS_X] * room[row, BLOCKS_Y])
        begin = len(walls)
        walls += [_moved(a, b, move_x) for a, b in space.walls]
        wall_side += [-1] * len(space.walls)
        for number, opening in enumerate(mine[row]):
            this = next_side + number
            one, other = shapes.openings[opening.door]
            sides_of_door[opening.door, int(opening is other and one is not other)] = this
            side[this, [DOOR, ROOM, OTHER, FIELD, UPWARD]] = opening.door, row, -1, -1, opening.upward
            _hang(opening, move_x, gate[this], _limit(plan, opening.door))
            walls.append(tuple(gate[this, AX : AX + 4]))
            wall_side.append(this)
        edges = len(walls)
        for ring, low in space.obstacles:
            pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
            walls += [_moved(a, b, move_x) for a, b in pairs]
            wall_side += [-2 if low else -1] * len(pairs)
        spans.append((begin, edges, len(walls)))
        next_side += len(mine[row])
    for one, two in sides_of_door:
        if two >= 0:
            side[one, OTHER], side[two, OTHER] = two, one
            _join(gate[one], gate[two])
            _join(gate[two], gate[one])
    wall = np.array(walls).reshape(-1, 4)
    sides = np.array(wall_side, np.int64)
    first, near = near_walls(room, tile, wall, spans, HEEDED)
    kind = _surveyed(room, tile, wall, sides, spans, next_cell)
    far, way = _fields(room, tile, side, gate, kind)
    wide = _opened(room, tile, wall, spans, kind, side, way)
    inner, inner_first = _inner(room, tile, side, gate, far)
    return Ground(
        plan,
        shapes,
        room,
        tile,
        side,
        gate,
        sides_of_door,
        wall,
        sides,
        first,
        near,
        kind,
        far,
        way,
        wide,
        inner,
        inner_first,
        np.array(origin),
        tuple((begin, end) for begin, _, end in spans),
    )


def closed_round(ground: Ground, last: int, first: int) -> Ground:
    """The ground on which whoever leaves by exit `last` comes in again by exit `first`, as in a ring.

    Args:
        last: Door of the plan; so is `first`, as wide, and of another room.
    """
    side, gate = ground.side.copy(), ground.gate.copy()
    one, two = int(ground.sides_of_door[last, 0]), int(ground.sides_of_door[first, 0])
    assert side[one, ROOM] != side[two, ROOM], "a ring needs two rooms"
    side[one, OTHER], side[two, OTHER] = two, one
    _join(gate[one], gate[two])
    _join(gate[two], gate[one])
    return replace(ground, side=side, gate=gate)


def _laid_out(shapes: Shapes, frames: int) -> list[float]:
    """What is added to x in each frame, so that no two lie over each other: all places are in one plane [m]."""
    low, high = [0.0] * frames, [0.0] * frames
    for frame in range(frames):
        xs = [x for space in shapes.spaces if space.frame == frame for x, _ in space.outline]
        low[frame], high[frame] = (min(xs), max(xs)) if xs else (0.0, 0.0)
    origin, free = [], 0.0
    for frame in range(frames):
        # The first frame stays where it is; whole metres keep what can be kept of the last bits of the others.
        shift = 0.0 if frame == 0 else float(math.ceil(free - low[frame]))
        origin.append(shift)
        free = high[frame] + shift + APART
    return origin


def _moved(a: tuple[float, float], b: tuple[float, float], move_x: float) -> tuple[float, float, float, float]:
    """Ends of a wall in the one plane."""
    return a[0] + move_x, a[1], b[0] + move_x, b[1]


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


def _limit(plan: Floorplan, door: int) -> float:
    """Most people in a second through a door; 0 without a limit [1/s]."""
    return (plan.doors[door].flow_limit or 0.0) if door < len(plan.doors) else 0.0


def _hang(opening: Opening, move_x: float, gate: NDArray[Any], limit: float) -> None:
    """Write the ends of an opening, and the way out of it."""
    ax, ay, bx, by = _moved(*opening.segment, move_x)
    width = math.dist(*opening.segment)
    # The left end first: the way out is to the left of a-b.
    gate[AX : AX + 4] = ax, ay, bx, by
    gate[NX : NX + 2] = -(by - ay) / width, (bx - ax) / width
    gate[COS : COS + 4] = 1.0, 0.0, 0.0, 0.0
    gate[[WIDTH, FLOW]] = width, limit
    margin = min(MARGIN, 0.4 * width) / width
    gate[MX : MX + 4] = (
        *(ax + margin * (bx - ax), ay + margin * (by - ay)),
        *(bx - margin * (bx - ax), by - margin * (by - ay)),
    )


def _join(gate: NDArray[Any], other: NDArray[Any]) -> None:
    """Write how places are turned and shifted from one frame into the other, in which left and right change ends."""
    ax, ay, bx, by = gate[AX : AX + 4]
    px, py, qx, qy = other[AX : AX + 4]
    if (ax, ay, bx, by) == (qx, qy, px, py):
        return
    length, beyond = math.hypot(bx - ax, by - ay), math.hypot(px - qx, py - qy)
    ux, uy = (bx - ax) / length, (by - ay) / length
    vx, vy = (px - qx) / beyond, (py - qy) / beyond
    cos, sin = ux * vx + uy * vy, ux * vy - uy * vx
    mx, my = (ax + bx) / 2, (ay + by) / 2
    gate[[COS, SIN]] = cos, sin
    gate[SHIFT_X] = (px + qx) / 2 - (cos * mx - sin * my)
    gate[SHIFT_X + 1] = (py + qy) / 2 - (sin * mx + cos * my)


def _surveyed(
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


def _fields(
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


def _opened(
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


def _inner(
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
    length = tile[row, CELL]
    best = 1e30
    i0, j0 = int((x - tile[row, TILE_X]) // length), int((y - tile[row, TILE_Y]) // length)
    for reach in range(4):
        for i in range(max(0, i0 - reach), min(int(room[row, CELLS_X]), i0 + reach + 1)):
            for j in range(max(0, j0 - reach), min(int(room[row, CELLS_Y]), j0 + reach + 1)):
                best = min(best, float(far[side[to, FIELD] + i * room[row, CELLS_Y] + j]))
        if best < 1e29:
            return best
    return 1e30
