"""Ways inside a room: for each door, from every cell the next corner on the shortest way to it, and how far it is.

Source:
    Nash, Koenig & Tovey (2010), "Lazy Theta*: any-angle path planning and path length analysis in 3D", AAAI-10,
    147-154: Dijkstra's search in which a cell inherits the corner of its neighbour, if it sees it when its turn comes.
"""

import numpy as np

from hyosan.engine.building.heap import pop_least, push_least
from hyosan.jit import float_kernel, float_part, float_rule
from hyosan.rules.plane import length_of, nearest_on, square_from

BLOCKED, TIGHT, FREE = range(3)
"""Cells where nobody can stand, where one squeezes past something, and all others."""

EASY, LEAST = 0.25, 0.1
"""Clearances from walls at which a cell is free, and at which one can just stand in it [m]; assumed: half the breadth
of a person with the arms drawn in, and half of what is left of it sideways."""

SQUEEZING = 3.0
"""So much longer counts a way past something [1]; assumed: people take it only if there is hardly another."""

UNSEEN, SEEN, SETTLED = range(3)
"""Of cells while ways are found: its corner may not be in sight, it is, the way is found."""

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
        # No way leads through a thin wall between two long cells.
        least = LEAST if cell <= 2.0 * LEAST else 0.71 * cell
        if nearest >= max(EASY, least) * max(EASY, least):
            kind[place] = FREE
        elif nearest >= least * least:
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
def _offer(place, corner, seen, key, far, way, mark, heap_key, heap_cell, field, size):
    """Offer a cell a way by a corner; returns the heap's new size."""
    if key < far[place]:
        far[place], way[field + place], mark[place] = key, corner, seen
        return push_least(heap_key, heap_cell, size, key, place)
    return size


@float_rule
def _middle(place, tile, cells_y):
    """Middle of a cell (x, y) [m]."""
    return tile[0] + (place // cells_y + 0.5) * tile[2], tile[1] + (place % cells_y + 0.5) * tile[2]


@float_rule
def _corner_of(x, y, corner, tile, target, cells_y):
    """Where a corner is: the middle of its cell, or the nearest part of the target (x, y) [m]."""
    if corner >= 0:
        return _middle(corner, tile, cells_y)
    return nearest_on(x, y, target[0], target[1], target[2], target[3])


@float_part
def _begin_near(tile, target, base, cells_x, cells_y, kind, field, far, way, mark, heap_key, heap_cell):
    """Begin with the cells next to the target; returns the heap's size."""
    size = 0
    for place in range(cells_x * cells_y):
        far[place], way[field + place], mark[place] = BEYOND, NO_WAY, UNSEEN
    for place in range(cells_x * cells_y):
        if kind[base + place] == BLOCKED:
            continue
        x, y = _middle(place, tile, cells_y)
        square = square_from(x, y, target[0], target[1], target[2], target[3])
        if square <= 4.0 * tile[2] * tile[2]:
            squeezed = 1.0 if kind[base + place] == FREE else SQUEEZING
            size = _offer(
                *(place, AT_TARGET, SEEN, squeezed * np.sqrt(square), far, way, mark),
                *(heap_key, heap_cell, field, size),
            )
    return size


@float_rule
def _joined(i, j, u, v, base, cells_x, cells_y, kind):
    """Whether one gets from a cell into one of the eight around it, not between two that are blocked."""
    if u < 0 or v < 0 or u >= cells_x or v >= cells_y or (u == i and v == j):
        return False
    if kind[base + u * cells_y + v] == BLOCKED:
        return False
    return u == i or v == j or (kind[base + u * cells_y + j] != BLOCKED and kind[base + i * cells_y + v] != BLOCKED)


@float_rule
def _stride(i, j, u, v, cell):
    """Length of the way between the middles of two neighbouring cells [m]."""
    return cell if u == i or v == j else 1.4142135623730951 * cell


@float_part
def _by_a_neighbour(place, tile, base, cells_x, cells_y, kind, field, far, way, mark):
    """Let a cell that does not see its corner go by the best of its neighbours that are settled."""
    i, j = place // cells_y, place % cells_y
    best, found = BEYOND, -1
    for near in range(9):
        u, v = i + near // 3 - 1, j + near % 3 - 1
        if _joined(i, j, u, v, base, cells_x, cells_y, kind):
            other = u * cells_y + v
            if mark[other] == SETTLED and far[other] + _stride(i, j, u, v, tile[2]) < best:
                best, found = far[other] + _stride(i, j, u, v, tile[2]), other
    far[place], way[field + place], mark[place] = best, found, SEEN


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
    mark,
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
        mark: Room for one mark a cell.
        heap_key: Room for 9 entries a cell, as `heap_cell`.
    """
    size = _begin_near(tile, target, base, cells_x, cells_y, kind, field, far, way, mark, heap_key, heap_cell)
    while size > 0:
        key, place = heap_key[0], heap_cell[0]
        size = pop_least(heap_key, heap_cell, size)
        if mark[place] == SETTLED or key > far[place]:
            continue
        x, y = _middle(place, tile, cells_y)
        corner = way[field + place]
        if mark[place] == UNSEEN:
            to_x, to_y = _corner_of(x, y, corner, tile, target, cells_y)
            if not in_sight(x, y, to_x, to_y, tile[0], tile[1], tile[2], cells_x, cells_y, kind, base):
                _by_a_neighbour(place, tile, base, cells_x, cells_y, kind, field, far, way, mark)
                size = push_least(heap_key, heap_cell, size, far[place], place)
                continue
        mark[place] = SETTLED
        i, j = place // cells_y, place % cells_y
        for near in range(9):
            u, v = i + near // 3 - 1, j + near % 3 - 1
            if not _joined(i, j, u, v, base, cells_x, cells_y, kind):
                continue
            other = u * cells_y + v
            if mark[other] == SETTLED:
                continue
            if kind[base + other] == FREE and kind[base + place] == FREE:
                # Whether it sees the corner is asked when its turn has come.
                x, y = _middle(other, tile, cells_y)
                to_x, to_y = _corner_of(x, y, corner, tile, target, cells_y)
                straight = length_of(x - to_x, y - to_y) + (far[corner] if corner >= 0 else 0.0)
                size = _offer(other, corner, UNSEEN, straight, far, way, mark, heap_key, heap_cell, field, size)
            else:
                onward = key + SQUEEZING * _stride(i, j, u, v, tile[2])
                size = _offer(other, place, SEEN, onward, far, way, mark, heap_key, heap_cell, field, size)


BREADTH = 25.0
"""Nobody goes farther than this round a corner [m]; assumed."""

ROOMY = 2.0
"""Round a corner beside which there is less open floor nobody goes wide [m]; assumed: in corridors and halls, not
between pieces of furniture."""

AT_CORNER = 3.0
"""A corner of a way is one of the walls if it is no farther from it than so many cells [1]."""

BENT = 0.1
"""Walls that meet at a smaller angle than about so much [radians] run straight on."""


@float_part
def _off_corner(x, y, cell, walls):
    """The way off the nearest corner of walls, halving the open angle, as a unit vector; (0, 0) where none is near."""
    nearest, corner_x, corner_y = (AT_CORNER * cell) ** 2, BEYOND, BEYOND
    for row in range(len(walls)):
        for end in range(2):
            px, py = walls[row, 2 * end], walls[row, 2 * end + 1]
            square = (x - px) * (x - px) + (y - py) * (y - py)
            if square < nearest:
                nearest, corner_x, corner_y = square, px, py
    sum_x, sum_y = 0.0, 0.0
    for row in range(len(walls)):
        for end in range(2):
            if walls[row, 2 * end] == corner_x and walls[row, 2 * end + 1] == corner_y:
                dx, dy = walls[row, 2 - 2 * end] - corner_x, walls[row, 3 - 2 * end] - corner_y
                length = length_of(dx, dy)
                if length > 0.0:
                    sum_x -= dx / length
                    sum_y -= dy / length
    length = length_of(sum_x, sum_y)
    return (sum_x / length, sum_y / length) if length > BENT else (0.0, 0.0)


@float_kernel
def open_up(corners, tile, base, cells_x, cells_y, walls, kind, wide):
    """Say of corners how far the open floor reaches beside them, off the corner of the walls.

    Args:
        corners: Cells of the room, (corners,).
        walls: Segments of the room, (walls, 4) [m].
        wide: Written: (x, y) of that reach, in rows from `base` on, (cells, 2) [m].
    """
    for number in range(len(corners)):
        x, y = _middle(corners[number], tile, cells_y)
        away_x, away_y = _off_corner(x, y, tile[2], walls)
        if away_x == 0.0 and away_y == 0.0:
            continue
        reach = 0.0
        while reach + 0.1 < BREADTH:
            i = int((x + (reach + 0.1) * away_x - tile[0]) / tile[2])
            j = int((y + (reach + 0.1) * away_y - tile[1]) / tile[2])
            if i < 0 or j < 0 or i >= cells_x or j >= cells_y or kind[base + i * cells_y + j] != FREE:
                break
            reach += 0.1
        if reach >= ROOMY:
            wide[base + corners[number], 0] = reach * away_x
            wide[base + corners[number], 1] = reach * away_y
