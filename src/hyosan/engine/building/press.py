"""Bodies do not overlap: who touches somebody or a wall is pushed, all at once, no farther than it could walk.

The bodies of those who sit are not in the way: others squeeze by.
"""

from hyosan.engine.building.beyond import room_beyond
from hyosan.engine.building.columns import (
    COS,
    DT,
    IN,
    LINGER,
    NEAR_COUNT,
    NEEDS,
    OVER_COUNT,
    PATIENCE,
    POSTURE,
    RADIUS,
    ROOM_OF,
    ROUSED,
    SHIFT_X,
    SHIFT_Y,
    SIDE,
    SIN,
    SITTING,
    STANDING,
    TOUCHING,
    WALKING,
    X,
    Y,
)
from hyosan.engine.building.head import speed_in
from hyosan.engine.building.neighbours import COUNT_OF, FIRST_CLOSE, MOST_CLOSE, STEP_OF, add_close, begin_close
from hyosan.engine.building.sight import block_of
from hyosan.jit import float_part, float_routine, float_rule, part
from hyosan.rules.plane import length_of, nearest_on

LEAST_DISTANCE = 1e-9
"""Two who stand on the very same place are parted along x [m]."""

EXACT = 2.0**40
"""Parts of a metre in which pushes are added up."""

NARROW = 0.8
"""Radius of who turns the shoulders, as a share of the usual [1]; assumed."""

YIELD = 0.5
"""Who stands gives way with this share of the free speed at most [1]; assumed."""


@part
def is_active(person, who):
    """Whether a person walks or is pushed."""
    return who[person, POSTURE] == WALKING or (who[person, POSTURE] == STANDING and who[person, ROUSED] == 1)


@float_rule
def girth(person, law, body):
    """Radius of a body [m]: less for who has lost patience and turns the shoulders."""
    turned = NARROW if body[person, PATIENCE] > law[LINGER] else 1.0
    return turned * body[person, RADIUS]


@float_part
def _push(dx, dy, touch, share, person, other):
    """Push that parts two bodies whose centres are (dx, dy) apart [m]; (x, y)."""
    distance = length_of(dx, dy)
    if distance >= touch:
        return 0.0, 0.0
    if distance < LEAST_DISTANCE:
        return (share * touch if person > other else -share * touch), 0.0
    return -share * (touch - distance) / distance * dx, -share * (touch - distance) / distance * dy


@float_part
def _pushed(person, x, y, law, here, side, gate, near, over, over_side, place, who, body, close):
    """Sum of the pushes of all others (x, y) [m], added up as whole numbers: in any order it is the same."""
    sum_x, sum_y = 0, 0
    radius = girth(person, law, body)
    all_close = close[person, COUNT_OF] <= MOST_CLOSE
    for number in range(close[person, COUNT_OF] if all_close else who[person, NEAR_COUNT]):
        other = close[person, FIRST_CLOSE + number] if all_close else near[person, number]
        # Whoever sits lets others squeeze by.
        if who[other, POSTURE] == SITTING:
            continue
        dx, dy = here[other, 0] - x, here[other, 1] - y
        if dx * dx + dy * dy < law[TOUCHING] * law[TOUCHING] and place[other, ROOM_OF] == place[person, ROOM_OF]:
            touch = radius + girth(other, law, body)
            push_x, push_y = _push(dx, dy, touch, 0.5 if is_active(other, who) else 1.0, person, other)
            sum_x += int(push_x * EXACT)
            sum_y += int(push_y * EXACT)
    for number in range(who[person, OVER_COUNT]):
        other, this, second = over[person, number], over_side[person, number, 0], over_side[person, number, 1]
        if place[other, ROOM_OF] != room_beyond(this, second, side) or who[other, POSTURE] == SITTING:
            continue
        cos, sin = gate[this, COS], gate[this, SIN]
        bx, by = here[other, 0] - gate[this, SHIFT_X], here[other, 1] - gate[this, SHIFT_Y]
        dx, dy = cos * bx + sin * by - x, cos * by - sin * bx - y
        if dx * dx + dy * dy < law[TOUCHING] * law[TOUCHING]:
            touch = radius + girth(other, law, body)
            push_x, push_y = _push(dx, dy, touch, 0.5 if is_active(other, who) else 1.0, person, other)
            sum_x += int(push_x * EXACT)
            sum_y += int(push_y * EXACT)
    return sum_x / EXACT, sum_y / EXACT


@float_part
def _list_close(person, step, law, near, place, who, close):
    """List those who may touch somebody in a step, unless that is done."""
    if close[person, STEP_OF] == step:
        return
    begin_close(person, step, close)
    for number in range(who[person, NEAR_COUNT]):
        other = near[person, number]
        dx, dy = place[other, X] - place[person, X], place[other, Y] - place[person, Y]
        if dx * dx + dy * dy < law[TOUCHING] * law[TOUCHING] and place[other, ROOM_OF] == place[person, ROOM_OF]:
            add_close(person, other, close)


@float_part
def _off_walls(person, x, y, needs, row, room, tile, wall, wall_side, wall_first, wall_near, open_side, place, body):
    """A place held off the walls by the radius of the body (x, y) [m]."""
    block = block_of(place[person, X], place[person, Y], row, room, tile)
    radius = body[person, RADIUS]
    for number in range(wall_first[block], wall_first[block + 1]):
        here = wall_near[number]
        if wall_side[here] >= 0 and open_side[wall_side[here]] > needs:
            continue
        px, py = nearest_on(x, y, wall[here, 0], wall[here, 1], wall[here, 2], wall[here, 3])
        dx, dy = x - px, y - py
        square = dx * dx + dy * dy
        if square < radius * radius and square > 0.0:
            distance = length_of(dx, dy)
            x += (radius - distance) / distance * dx
            y += (radius - distance) / distance * dy
    return x, y


@float_routine
def press(
    first,
    last,
    step,
    # reads
    law,
    room,
    tile,
    side,
    gate,
    open_side,
    wall,
    wall_side,
    wall_first,
    wall_near,
    walkers,
    near,
    over,
    over_side,
    place,
    who,
    body,
    here,
    # writes
    close,
    there,
):
    """Part the bodies of walkers in rows `first` to `last` once.

    Args:
        step: Now.
        here: Where everybody is about to be, (people, 2) [m].
        there: Written: where these are then, (people, 2) [m].
    """
    for turn in range(first, last):
        person = walkers[turn]
        x, y = here[person, 0], here[person, 1]
        if is_active(person, who):
            row = who[person, IN]
            _list_close(person, step, law, near, place, who, close)
            push_x, push_y = _pushed(
                person, x, y, law, here, side, gate, near, over, over_side, place, who, body, close
            )
            x, y = _off_walls(
                *(person, x + push_x, y + push_y, who[person, NEEDS], row, room, tile, wall, wall_side),
                *(wall_first, wall_near, open_side, place, body),
            )
            most = speed_in(row, who[person, SIDE], person, room, side, body) * law[DT]
            if who[person, POSTURE] == STANDING:
                most *= YIELD
            dx, dy = x - place[person, X], y - place[person, Y]
            length = length_of(dx, dy)
            if length > most:
                x, y = place[person, X] + dx * most / length, place[person, Y] + dy * most / length
        there[person, 0], there[person, 1] = x, y
