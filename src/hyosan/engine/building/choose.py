"""Which door a person takes next: the way behind it, the queue before it, what others do, and habit."""

from hyosan.engine.building.aim import side_length
from hyosan.engine.building.columns import (
    CALM,
    CAME,
    CHOOSE,
    CORNER,
    DOOR,
    FIRST_SIDE,
    GOAL,
    HERD,
    IN,
    LOYALTY,
    OTHER,
    POSTURE,
    ROOM,
    SIDE,
    SIDE_COUNT,
    SPOT,
    SPOT_ROOM,
    STRANGE,
    TASTE,
    TO_EXITS,
    USUAL,
    WALKING,
    WAYLESS,
    X,
    Y,
)
from hyosan.engine.building.routes import FAR_OFF, flow_of
from hyosan.jit import float_part, float_rule, part

BACK_AGAIN, TURNING_BACK = 1.25, 5.0
"""Going back into the room that one came out of counts so many times as long [1], and so much more [s]; assumed: people
do not run to and fro between two rooms whose ways are as long."""

BINS = 24
"""Queues are counted by metres before a door, this many."""


@float_rule
def fancy(taste, this):
    """What a person likes about a door, -1 to 1: the same each time it is asked, and another for each door.

    For taste evenly spread, so is the fancy of each door, and of two doors either is liked better as often: no two
    factors stand in a ratio of whole numbers smaller than 1 to 62, since 61 does not divide 97.
    """
    mixed = taste * (97.0 + 61.0 * this)
    return 2.0 * (mixed - int(mixed)) - 1.0


@float_part
def count_queues(walkers, count, room, tile, side, gate, far, way, wide, place, who, queue, waiting):
    """Count who makes for each side: by metres before it, and in all."""
    for this in range(len(side)):
        waiting[this] = 0
        for bin_ in range(BINS):
            queue[this, bin_] = 0
    for turn in range(count):
        person = walkers[turn]
        this = who[person, SIDE]
        if this >= 0 and who[person, POSTURE] == WALKING:
            length = side_length(
                place[person, X], place[person, Y], who[person, IN], this, room, tile, side, gate, far, way, wide
            )
            waiting[this] += 1
            if length < BINS:
                queue[this, int(length)] += 1


@part
def _leads_back(this, came, side):
    """Whether a side leads into the room out of which one has come, by the same door or another."""
    if came < 0 or side[this, OTHER] < 0:
        return False
    return side[side[this, OTHER], ROOM] == side[side[came, OTHER], ROOM]


@float_part
def choose_door(
    person,
    room,
    tile,
    side,
    gate,
    far,
    way,
    wide,
    passable,
    route,
    target,
    goal_kind,
    spot,
    queue,
    waiting,
    law,
    place,
    who,
    body,
):
    """Choose the side of its room by which a person goes on."""
    goal, row, old = who[person, GOAL], who[person, IN], who[person, SIDE]
    who[person, CHOOSE] = CALM
    if who[person, SPOT] >= 0 and spot[who[person, SPOT], SPOT_ROOM] == row:
        who[person, SIDE] = -1
        return
    first, end = room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]
    others = 0
    for this in range(first, end):
        others += waiting[this]
    best, found, stay = FAR_OFF, -1, FAR_OFF
    for this in range(first, end):
        if passable[side[this, DOOR]] == 0:
            continue
        # A way out of the building that is in sight need not be known before.
        in_sight = goal_kind[goal] == TO_EXITS and side[this, OTHER] < 0
        behind = 0.0 if in_sight else route[goal, this]
        if behind >= FAR_OFF:
            continue
        length = side_length(place[person, X], place[person, Y], row, this, room, tile, side, gate, far, way, wide)
        if length >= FAR_OFF:
            continue
        ahead = 0
        for bin_ in range(min(BINS, int(length))):
            ahead += queue[this, bin_]
        cost = max(length / law[USUAL], ahead / flow_of(this, gate, law)) + behind
        if others > 0:
            cost *= 1.0 - law[HERD] * waiting[this] / (others + 1.0)
        if in_sight and target[goal, this] < 0.0:
            cost *= 1.0 + law[STRANGE]
        cost *= 1.0 + 0.05 * fancy(body[person, TASTE], this)
        if _leads_back(this, who[person, CAME], side):
            cost = BACK_AGAIN * cost + TURNING_BACK
        if this == old:
            stay = cost
        if cost < best:
            best, found = cost, this
    if old >= 0 and stay < FAR_OFF and found != old and best > law[LOYALTY] * stay:
        found = old
    if found != old:
        who[person, CORNER] = -1
    who[person, SIDE] = found
    if found < 0:
        who[person, CHOOSE] = WAYLESS
