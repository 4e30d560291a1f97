"""Ways inside a room: for each door, from every cell the next corner on the shortest way to it, and how far it is.

Source:
    Nash, Daniel, Koenig & Felner (2007), "Theta*: any-angle path planning on grids", AAAI-07, 1177-1183: Dijkstra's
    search in which a cell inherits the corner of its neighbour if it sees it.
"""

import numpy as np

from hyosan.jit import float_kernel, float_part, float_rule
from hyosan.rules.plane import nearest_on, square_from

BLOCKED, TIGHT, FREE = range(3)
"""Cells where nobody can stand, where one squeezes past something, and all others."""

EASY, LEAST = 0.25, 0.1
"""Clearances from walls at which a cell is free, and at which one can just stand in it [m]; assumed: half the breadth
of a person with the arms drawn in, and half of what is left of it sideways."""

SQUEEZING = 3.0
"""So much longer counts a way past something [1]; assumed: people take it only if there is hardly another."""

AT_TARGET, NO_WAY = -1, -2
"""Instead of a corner: the target is in sight; no way leads to it."""

BEYOND = 1e30


@float_rule
def is_inside(x, y, walls, first, last):
    """Whether a point is inside the closed line of segments; an odd number of them crosses the way to the right."""
    inside = False
    for row in range(first, last):
        ay, by = walls[row, 1], walls[row, 3]
        if (ay > y) != (by > y) and x < walls[row, 0] + (y - ay) / (by - ay) * (walls[row, 2] - walls[row, 0]):
            inside = not inside
    return inside


@float_kernel
def survey(first, last, tile_x, tile_y, cell, cells_y, walls, edges, is_wall, kind):
    """Say of cells `first` to `last` of a room whether people can stand in them.

    Args:
        walls: Segments of the room: outline, holes and obstacles, doors included, (walls, 4) [m].
        edges: Of them the first so many are outline and holes, the rest are obstacles.
        is_wall: Whether a segment is wall; the others are doors.
        kind: Written: `BLOCKED`, `TIGHT` or `FREE`, (cells,).
    """
    for place in range(first, last):
        x = tile_x + (place // cells_y + 0.5) * cell
        y = tile_y + (place % cells_y + 0.5) * cell
        kind[place] = BLOCKED
        if not is_inside(x, y, walls, 0, edges) or is_inside(x, y, walls, edges, len(walls)):
            continue
        nearest = BEYOND
        for row in range(len(walls)):
            if is_wall[row]:
                nearest = min(nearest, square_from(x, y, walls[row, 0], walls[row, 1], walls[row, 2], walls[row, 3]))
        if nearest >= EASY * EASY:
            kind[place] = FREE
        elif nearest >= LEAST * LEAST:
            kind[place] = TIGHT


@float_rule
def in_sight(x, y, to_x, to_y, tile_x, tile_y, cell, cells_x, cells_y, kind, base):
    """Whether the straight way between two points leads through free cells only, the ends apart."""
    across, along = to_x - x, to_y - y
    count = int(np.sqrt(across * across + along * along) / (0.4 * cell)) + 1
    for step in range(1, count):
        i = int((x + across * step / count - tile_x) / cell)
        j = int((y + along * step / count - tile_y) / cell)
        if i < 0 or j < 0 or i >= cells_x or j >= cells_y or kind[base + i * cells_y + j] != FREE:
            return False
    return True


@float_part
def _push(heap_key, heap_cell, size, key, place):
    """Put an entry into the heap, whose least is in row 0; returns its new size."""
    row = size
    while row > 0:
        above = (row - 1) >> 1
        if heap_key[above] < key or (heap_key[above] == key and heap_cell[above] <= place):
            break
        heap_key[row], heap_cell[row] = heap_key[above], heap_cell[above]
        row = above
    heap_key[row], heap_cell[row] = key, place
    return size + 1


@float_part
def _pop(heap_key, heap_cell, size):
    """Take the least entry, row 0, out of the heap; returns its new size."""
    size -= 1
    key, place = heap_key[size], heap_cell[size]
    row = 0
    while True:
        below = 2 * row + 1
        if below >= size:
            break
        other = below + 1
        if other < size and (
            heap_key[other] < heap_key[below]
            or (heap_key[other] == heap_key[below] and heap_cell[other] < heap_cell[below])
        ):
            below = other
        if key < heap_key[below] or (key == heap_key[below] and place <= heap_cell[below]):
            break
        heap_key[row], heap_cell[row] = heap_key[below], heap_cell[below]
        row = below
    heap_key[row], heap_cell[row] = key, place
    return size


@float_part
def _offer(place, corner, key, far, way, heap_key, heap_cell, field, size):
    """Offer a cell a way by a corner; returns the heap's new size."""
    if key < far[place]:
        far[place] = key
        way[field + place] = corner
        return _push(heap_key, heap_cell, size, key, place)
    return size


@float_kernel
def spread(
    # reads
    tile,
    target,
    base,
    cells_x,
    cells_y,
    kind,
    field,
    # writes
    far,
    way,
    heap_key,
    heap_cell,
):
    """Fill the field of one target in one room: the length of the way from each cell, and its next corner.

    Args:
        tile: Lower left corner of the tile and length of a cell [m], (3,).
        target: Ends of the segment that is the target, (4,) [m].
        base: First cell of the room in `kind`.
        kind: What `survey` found.
        field: First cell of the field in `way`.
        far: Length of the way in the room [m], `BEYOND` where there is none, (cells,).
        way: The next corner, a cell of the room, or `AT_TARGET` or `NO_WAY`.
        heap_key: Room for 9 entries a cell, as `heap_cell`.
    """
    tile_x, tile_y, cell = tile[0], tile[1], tile[2]
    ax, ay, bx, by = target[0], target[1], target[2], target[3]
    count, size = cells_x * cells_y, 0
    for place in range(count):
        far[place] = BEYOND
        way[field + place] = NO_WAY
    reach = 4.0 * cell * cell
    for place in range(count):
        if kind[base + place] != BLOCKED:
            x, y = tile_x + (place // cells_y + 0.5) * cell, tile_y + (place % cells_y + 0.5) * cell
            square = square_from(x, y, ax, ay, bx, by)
            if square <= reach:
                squeezed = 1.0 if kind[base + place] == FREE else SQUEEZING
                size = _offer(place, AT_TARGET, squeezed * np.sqrt(square), far, way, heap_key, heap_cell, field, size)
    while size > 0:
        key, place = heap_key[0], heap_cell[0]
        size = _pop(heap_key, heap_cell, size)
        if key > far[place]:
            continue
        i, j = place // cells_y, place % cells_y
        corner = way[field + place]
        from_x, from_y = tile_x + (i + 0.5) * cell, tile_y + (j + 0.5) * cell
        for near in range(9):
            u, v = i + near // 3 - 1, j + near % 3 - 1
            if near == 4 or u < 0 or v < 0 or u >= cells_x or v >= cells_y:
                continue
            other = u * cells_y + v
            if kind[base + other] == BLOCKED or far[other] <= key:
                continue
            if (
                u != i
                and v != j
                and (kind[base + u * cells_y + j] == BLOCKED or kind[base + i * cells_y + v] == BLOCKED)
            ):
                continue
            x, y = tile_x + (u + 0.5) * cell, tile_y + (v + 0.5) * cell
            length = np.sqrt((x - from_x) * (x - from_x) + (y - from_y) * (y - from_y))
            if kind[base + other] == FREE and kind[base + place] == FREE:
                if corner >= 0:
                    to_x = tile_x + (corner // cells_y + 0.5) * cell
                    to_y = tile_y + (corner % cells_y + 0.5) * cell
                    beyond = far[corner]
                else:
                    to_x, to_y = nearest_on(x, y, ax, ay, bx, by)
                    beyond = 0.0
                if in_sight(x, y, to_x, to_y, tile_x, tile_y, cell, cells_x, cells_y, kind, base):
                    straight = np.sqrt((x - to_x) * (x - to_x) + (y - to_y) * (y - to_y)) + beyond
                    size = _offer(other, corner, straight, far, way, heap_key, heap_cell, field, size)
                    continue
            else:
                length *= SQUEEZING
            size = _offer(other, place, key + length, far, way, heap_key, heap_cell, field, size)
