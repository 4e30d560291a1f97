"""Whom and what a person sees: the people near by, in its room and through doors, and the walls."""

import numpy as np

from hyosan.engine.building.beyond import room_beyond
from hyosan.engine.building.columns import (
    AHEAD,
    AX,
    AY,
    BX,
    BY,
    COS,
    FLOW_X,
    FLOW_Y,
    MAKES_FOR,
    NEAR_COUNT,
    OVER_COUNT,
    POSTURE,
    ROLE,
    ROOM_OF,
    SHIFT_X,
    SHIFT_Y,
    SIN,
    SITTING,
    X,
    Y,
)
from hyosan.engine.building.neighbours import add_close, begin_close
from hyosan.engine.building.outbreak.columns import HUNTER
from hyosan.engine.building.sight import block_of
from hyosan.jit import float_part, float_rule
from hyosan.rules.plane import crosses, length_of, nearest_on

CLOSE, ACROSS = 0.7, 0.5
"""Somebody so near [m], whose way is at more than 60 degrees (its cosine) to one's own, is in it; assumed."""

ABREAST = 0.5
"""Two so near to each other who make for the same door do not both stop [m]; assumed: the breadth of a person."""

ROOM_TO_SEE = 320
"""Places for those whom a person sees, at least as many as its lists hold and leave."""

ARM = 1.0
"""Whoever is so near counts always [m]; assumed: an arm's length and some."""

NEARER = 0.5
"""Walls nearer than this count [m]."""


@float_rule
def _seen_through(x, y, px, py, this, second, gate):
    """Whether the line between two places leads through an opening of the first room, and a second behind it if any."""
    if not crosses(x, y, px, py, gate[this, AX], gate[this, AY], gate[this, BX], gate[this, BY]):
        return False
    if second < 0:
        return True
    # The second opening is in the frame beyond the first.
    cos, sin, shift_x, shift_y = gate[this, COS], gate[this, SIN], gate[this, SHIFT_X], gate[this, SHIFT_Y]
    return crosses(
        *(cos * x - sin * y + shift_x, sin * x + cos * y + shift_y),
        *(cos * px - sin * py + shift_x, sin * px + cos * py + shift_y),
        *(gate[second, AX], gate[second, AY], gate[second, BX], gate[second, BY]),
    )


@float_part
def note(dx, dy, fx, fy, want_x, want_y, half, oncoming, same, count, beyond, seen, piece):
    """Note somebody seen: from the front of the rows who is near or comes the other way, from their end who is not."""
    against = want_x * fx + want_y * fy <= 0.0
    far = dx * dx + dy * dy >= ARM * ARM and not against
    spot = ROOM_TO_SEE - 1 - beyond if far else count
    seen[piece, 0, spot], seen[piece, 1, spot], seen[piece, 2, spot], seen[piece, 3, spot] = dx, dy, fx, fy
    seen[piece, 4, spot] = half * oncoming if against else half
    seen[piece, 5, spot] = same
    return (count, beyond + 1) if far else (count + 1, beyond)


@float_part
def see_people(
    person,
    aimed,
    left,
    want_x,
    want_y,
    half,
    oncoming,
    hurried,
    side,
    gate,
    place,
    who,
    near,
    over,
    over_side,
    reach,
    touching,
    step,
    close,
    seen,
    piece,
):
    """Write down where people are whom a person heeds, and where they want to go; returns how many near, and far.

    Those who may touch it in this step go into its row of `close`.
    """
    x, y, row, count, beyond = place[person, X], place[person, Y], place[person, ROOM_OF], 0, 0
    begin_close(person, step, close)
    for number in range(who[person, NEAR_COUNT]):
        other = near[person, number]
        dx, dy = place[other, X] - x, place[other, Y] - y
        square = dx * dx + dy * dy
        if square >= reach * reach or place[other, ROOM_OF] != row:
            continue
        if square < touching * touching:
            add_close(person, other, close)
        # Hunters do not keep away from those whom they hunt.
        if who[person, ROLE] == HUNTER and who[other, ROLE] != HUNTER:
            continue
        # Whoever is held up squeezes by those who sit.
        if hurried and who[other, POSTURE] == SITTING:
            continue
        same = 1.0 if aimed >= 0 and place[other, MAKES_FOR] == aimed else 0.0
        # Of two abreast, whoever is nearer to the door goes first.
        if square < ABREAST * ABREAST and place[other, MAKES_FOR] == aimed and place[other, AHEAD] > left:
            continue
        fx, fy = place[other, FLOW_X], place[other, FLOW_Y]
        count, beyond = note(dx, dy, fx, fy, want_x, want_y, half, oncoming, same, count, beyond, seen, piece)
    for number in range(who[person, OVER_COUNT]):
        other, this, second = over[person, number], over_side[person, number, 0], over_side[person, number, 1]
        if place[other, ROOM_OF] != room_beyond(this, second, side):
            continue
        if who[person, ROLE] == HUNTER and who[other, ROLE] != HUNTER:
            continue
        # Its place in the frame of the other room, turned back into this one.
        cos, sin = gate[this, COS], gate[this, SIN]
        bx, by = place[other, X] - gate[this, SHIFT_X], place[other, Y] - gate[this, SHIFT_Y]
        px, py = cos * bx + sin * by, cos * by - sin * bx
        dx, dy = px - x, py - y
        if dx * dx + dy * dy < reach * reach and _seen_through(x, y, px, py, this, second, gate):
            fx, fy = place[other, FLOW_X], place[other, FLOW_Y]
            fx, fy = cos * fx + sin * fy, cos * fy - sin * fx
            same = 1.0 if aimed >= 0 and place[other, MAKES_FOR] == aimed else 0.0
            count, beyond = note(dx, dy, fx, fy, want_x, want_y, half, oncoming, same, count, beyond, seen, piece)
    return count, beyond


@float_part
def is_crossed(count, want_x, want_y, seen, piece):
    """Whether somebody close by wants to cross the way of a person, or come against it, and not by the same door."""
    for number in range(count):
        dx, dy, fx, fy = seen[piece, 0, number], seen[piece, 1, number], seen[piece, 2, number], seen[piece, 3, number]
        speed = length_of(fx, fy)
        if (
            dx * dx + dy * dy < CLOSE * CLOSE
            and speed > 0.0
            and seen[piece, 5, number] == 0.0
            and want_x * fx + want_y * fy < ACROSS * speed
        ):
            return True
    return False


@float_part
def is_opposed(count, want_x, want_y, seen, piece):
    """Whether somebody near by, ahead of a person, wants to come the other way."""
    for number in range(count):
        ahead = want_x * seen[piece, 0, number] + want_y * seen[piece, 1, number]
        if ahead > 0.0 and want_x * seen[piece, 2, number] + want_y * seen[piece, 3, number] < 0.0:
            return True
    return False


@float_part
def see_walls(
    person, aimed, needs, row, room, tile, wall, wall_side, wall_first, wall_near, open_side, place, walls, piece
):
    """Write down the walls that are near: the way to them, and their distance; returns how many."""
    x, y, count = place[person, X], place[person, Y], 0
    block = block_of(x, y, row, room, tile)
    for number in range(wall_first[block], wall_first[block + 1]):
        here = wall_near[number]
        # Nobody strays through a door for which it does not make.
        if wall_side[here] >= 0 and wall_side[here] == aimed and open_side[aimed] > needs:
            continue
        px, py = nearest_on(x, y, wall[here, 0], wall[here, 1], wall[here, 2], wall[here, 3])
        dx, dy = px - x, py - y
        square = dx * dx + dy * dy
        if square < NEARER * NEARER and square > 0.0 and count < walls.shape[2]:
            distance = np.sqrt(square)
            walls[piece, 0, count], walls[piece, 1, count] = dx / distance, dy / distance
            walls[piece, 2, count] = distance
            # Nobody slides along the line of an open door, which would lead round its end.
            walls[piece, 3, count] = 1.0 if wall_side[here] < 0 else 0.0
            count += 1
    return count
