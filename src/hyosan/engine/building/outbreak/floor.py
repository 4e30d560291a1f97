"""Ways inside a room to any place in it, around furniture: by the cells of its floor."""

from hyosan.engine.building.columns import CELL, CELLS_X, CELLS_Y, CONVEX, FIRST_CELL, TILE_X, TILE_Y
from hyosan.engine.building.fields import BLOCKED, FREE, in_sight
from hyosan.engine.building.given import ROOM_ROWS, TILE_ROWS
from hyosan.engine.building.heap import pop_least, push_least
from hyosan.engine.building.outbreak.given import (
    ENTRY_WORK,
    FLOOR_ROWS,
    FROM_WORK,
    KEY_WORK,
    RANK_WORK,
    STAMP_WORK,
)
from hyosan.jit import float_part, float_routine
from hyosan.rules.plane import length_of

MOST_TRIED = 4000
"""Cells that are tried for a way; then it leads to the one nearest to its end."""

TIGHT_COST = 3.0
"""So much longer counts a way past something [1]; as in fields."""


@float_part
def _cell_of(x, y, row, room, tile):
    """Column and row of the cell of a room in which a place lies."""
    i = int((x - tile[row, TILE_X]) / tile[row, CELL])
    j = int((y - tile[row, TILE_Y]) / tile[row, CELL])
    return min(max(i, 0), room[row, CELLS_X] - 1), min(max(j, 0), room[row, CELLS_Y] - 1)


@float_routine
def _first_bend(last, begin, x, y, row, room, tile, kind, work):
    """Of the cells of a way, back from its last, the first in sight of its begin; else the second of the way."""
    came = work[FROM_WORK]
    cells_y, base = room[row, CELLS_Y], room[row, FIRST_CELL]
    here = last
    while came[here] != begin and here != begin:
        to_x = tile[row, TILE_X] + (here // cells_y + 0.5) * tile[row, CELL]
        to_y = tile[row, TILE_Y] + (here % cells_y + 0.5) * tile[row, CELL]
        if in_sight(
            *(x, y, to_x, to_y, tile[row, TILE_X], tile[row, TILE_Y], tile[row, CELL]),
            *(room[row, CELLS_X], cells_y, kind, base),
        ):
            break
        # One cell further on than what is next to one: whoever stands between cells does not swing.
        if came[came[here]] == begin:
            break
        here = came[here]
    return here


@float_routine
def step_toward(x, y, to_x, to_y, row, ground, lie, work):
    """The next bend on the way between two places in a room (x, y) [m], the end itself if it is straight ahead."""
    room, tile, kind = ground[ROOM_ROWS], ground[TILE_ROWS], lie[FLOOR_ROWS]
    if room[row, CONVEX] == 1:
        return to_x, to_y
    cells_x, cells_y, base, cell = room[row, CELLS_X], room[row, CELLS_Y], room[row, FIRST_CELL], tile[row, CELL]
    if (
        in_sight(x, y, to_x, to_y, tile[row, TILE_X], tile[row, TILE_Y], cell, cells_x, cells_y, kind, base)
        or length_of(to_x - x, to_y - y) < 1.5 * cell
    ):
        return to_x, to_y
    i, j = _cell_of(x, y, row, room, tile)
    u, v = _cell_of(to_x, to_y, row, room, tile)
    begin = i * cells_y + j
    rank, came, stamp, key, entry = work[RANK_WORK], work[FROM_WORK], work[STAMP_WORK], work[KEY_WORK], work[ENTRY_WORK]
    # Marks of earlier searches are told by their number.
    stamp[0] += 1
    mark, size, tried = stamp[0], 0, 0
    rank[begin], came[begin], stamp[1 + begin] = 0.0, begin, mark
    size = push_least(key, entry, size, 0.0, begin)
    nearest, found = 1e30, begin
    while size > 0 and tried < MOST_TRIED:
        here = entry[0]
        size = pop_least(key, entry, size)
        tried += 1
        a, b = here // cells_y, here % cells_y
        left = length_of((a - u) * cell, (b - v) * cell)
        if left < nearest:
            nearest, found = left, here
        if a >= u - 1 and a <= u + 1 and b >= v - 1 and b <= v + 1:
            break
        for near in range(9):
            p, q = a + near // 3 - 1, b + near % 3 - 1
            if p < 0 or q < 0 or p >= cells_x or q >= cells_y or near == 4:
                continue
            other = p * cells_y + q
            # Whoever stands where nobody can may step out of there.
            if kind[base + other] == BLOCKED and (kind[base + here] != BLOCKED or tried > 30):
                continue
            stride = cell if p == a or q == b else 1.4142135623730951 * cell
            total = rank[here] + (stride if kind[base + other] == FREE else TIGHT_COST * stride)
            if stamp[1 + other] != mark or total < rank[other]:
                rank[other], came[other], stamp[1 + other] = total, here, mark
                size = push_least(key, entry, size, total + length_of((p - u) * cell, (q - v) * cell), other)
    if found == begin:
        return to_x, to_y
    bend = _first_bend(found, begin, x, y, row, room, tile, kind, work)
    return (
        tile[row, TILE_X] + (bend // cells_y + 0.5) * cell,
        tile[row, TILE_Y] + (bend % cells_y + 0.5) * cell,
    )
