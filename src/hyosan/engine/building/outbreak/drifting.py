"""Random walkers: straight legs in random directions, thrown back by walls; for laws of the well-mixed limit."""

from hyosan.engine.building.columns import (
    CELL,
    CELLS_X,
    CELLS_Y,
    HEAD_X,
    HEAD_Y,
    IN,
    TILE_X,
    TILE_Y,
    X,
    Y,
)
from hyosan.engine.building.given import BODY_ROWS, PLACE_ROWS, ROOM_ROWS, TILE_ROWS, WHO_ROWS
from hyosan.engine.building.outbreak.columns import DECISIONS, DUE, STAGE
from hyosan.engine.building.outbreak.given import MEMORY_PLACE_ROWS, MIND_ROWS
from hyosan.engine.building.outbreak.moving import NEVER, make_for
from hyosan.jit import float_part, float_routine
from hyosan.rules.plane import length_of
from hyosan.rules.random import Draw, draw, exponential, purpose_of

FREE_PATH = 5.0
"""Mean length of a leg [m]."""

FROM_WALL = 0.3
"""Random walkers turn so far before a wall [m]."""

_DRIFT = purpose_of(Draw.DRIFT)


@float_part
def _direction(person, leg, seed):
    """A unit vector in any direction."""
    tries = 0
    while True:
        words = draw(seed, _DRIFT, person, leg, tries)
        x, y = words[0] / 2147483648.0 - 1.0, words[1] / 2147483648.0 - 1.0
        length = length_of(x, y)
        if length <= 1.0 and length > 0.01:
            return x / length, y / length
        tries += 1


@float_routine
def drift(person, seed, clock, ground, people, outbreak):
    """Begin a leg, or go on with one after a wall."""
    place, who, body, mind = people[PLACE_ROWS], people[WHO_ROWS], people[BODY_ROWS], outbreak[MIND_ROWS]
    room, tile, left = ground[ROOM_ROWS], ground[TILE_ROWS], outbreak[MEMORY_PLACE_ROWS]
    row = who[person, IN]
    low_x, low_y = tile[row, TILE_X] + FROM_WALL, tile[row, TILE_Y] + FROM_WALL
    high_x = tile[row, TILE_X] + room[row, CELLS_X] * tile[row, CELL] - FROM_WALL
    high_y = tile[row, TILE_Y] + room[row, CELLS_Y] * tile[row, CELL] - FROM_WALL
    x, y, dx, dy = place[person, X], place[person, Y], body[person, HEAD_X], body[person, HEAD_Y]
    if mind[person, STAGE] == 0 or left[person, 3, 0] <= 0.001:
        leg = mind[person, DECISIONS]
        dx, dy = _direction(person, leg, seed)
        words = draw(seed, _DRIFT, person, leg, 1000)
        left[person, 3, 0] = FREE_PATH * (exponential(words[2], words[3]) / 4294967296.0)
        mind[person, DECISIONS], mind[person, STAGE] = leg + 1, 1
    if (x <= low_x + 0.001 and dx < 0.0) or (x >= high_x - 0.001 and dx > 0.0):
        dx = -dx
    if (y <= low_y + 0.001 and dy < 0.0) or (y >= high_y - 0.001 and dy > 0.0):
        dy = -dy
    reach = left[person, 3, 0]
    if dx != 0.0:
        reach = min(reach, ((high_x if dx > 0.0 else low_x) - x) / dx)
    if dy != 0.0:
        reach = min(reach, ((high_y if dy > 0.0 else low_y) - y) / dy)
    reach = max(reach, 0.0)
    left[person, 3, 0] -= reach
    make_for(person, x + reach * dx, y + reach * dy, clock, people, outbreak)
    mind[person, DUE] = NEVER
