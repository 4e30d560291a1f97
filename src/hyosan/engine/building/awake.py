"""Who is stepped: people whose errand has come, who are pushed, or who have just arrived and need not be any more."""

from hyosan.engine.building.columns import (
    AHEAD,
    ALL_AWAKE,
    ANCHOR_X,
    ANCHOR_Y,
    ANEW,
    CAME,
    CHOOSE,
    CORNER,
    ERRAND,
    FLOW_X,
    FLOW_Y,
    GOAL,
    GONE,
    LEFT,
    MAKES_FOR,
    MOVED,
    MOVES,
    NEAR_COUNT,
    NOTED,
    PATIENCE,
    PLANNED,
    POSTURE,
    RADIUS,
    ROUSED,
    SIDE,
    SPOT,
    STANDERS,
    STANDING,
    STOPPED,
    SWING,
    TURN,
    UNLISTED,
    WALKERS,
    WALKING,
    WAYLESS,
    WHAT,
    WHO,
    X,
    Y,
)
from hyosan.engine.building.press import is_active
from hyosan.jit import float_part, part


@part
def wake(person, clock, walkers, who):
    """Step a person from now on."""
    if who[person, TURN] < 0:
        walkers[clock[WALKERS]] = person
        who[person, TURN] = clock[WALKERS]
        clock[WALKERS] += 1
    who[person, NEAR_COUNT] = UNLISTED


@part
def put_to_sleep(person, pace, clock, walkers, who, stopped):
    """Step a person no more, unless nobody sleeps or it still stands in the way; who has gone is never stepped."""
    if who[person, POSTURE] != GONE and (pace[ALL_AWAKE] == 1 or is_active(person, who)):
        return
    turn = who[person, TURN]
    if turn < 0:
        return
    clock[WALKERS] -= 1
    last = walkers[clock[WALKERS]]
    walkers[turn] = last
    who[last, TURN] = turn
    who[person, TURN] = -1
    # Once between two looks, however often somebody stops.
    if who[person, MOVED] == MOVES:
        who[person, MOVED] = NOTED
        stopped[clock[STOPPED]] = person
        clock[STOPPED] += 1


@float_part
def take_posture(person, posture, clock, place, who):
    """Sit, stand, walk or go, and keep count of who stands; others see at once that somebody goes nowhere."""
    if who[person, POSTURE] == STANDING:
        clock[STANDERS] -= 1
    if posture == STANDING:
        clock[STANDERS] += 1
    who[person, POSTURE], who[person, ROUSED] = posture, 0
    place[person, FLOW_X], place[person, FLOW_Y] = 0.0, 0.0
    place[person, AHEAD], place[person, MAKES_FOR] = 0.0, -1.0


@float_part
def set_out(row, clock, errand, goal_spot, goal_end, place, walkers, who, body):
    """Begin an errand."""
    person = errand[row, WHO]
    # Whom an outbreak moves does not keep to the timetable.
    if who[person, POSTURE] == GONE or who[person, PLANNED] == 1:
        return
    take_posture(person, WALKING, clock, place, who)
    who[person, ERRAND] = row
    who[person, GOAL] = goal_end[errand[row, WHAT]]
    who[person, SPOT] = goal_spot[errand[row, WHAT]]
    who[person, SIDE], who[person, CHOOSE], who[person, CAME] = -1, ANEW, -1
    who[person, CORNER] = -1
    body[person, LEFT], body[person, PATIENCE], body[person, SWING] = 0.0, 0.0, 0.0
    body[person, ANCHOR_X], body[person, ANCHOR_Y] = place[person, X], place[person, Y]
    wake(person, clock, walkers, who)


@float_part
def give_up(person, clock, place, who):
    """Stand and wait until a door changes: no way leads on."""
    take_posture(person, STANDING, clock, place, who)
    who[person, CHOOSE] = WAYLESS


@float_part
def call_back(clock, walkers, place, who):
    """After a door has changed: everybody on its way chooses anew, also who had given up."""
    for person in range(len(place)):
        who[person, CAME] = -1
        if who[person, POSTURE] == WALKING:
            who[person, CHOOSE] = ANEW
        elif who[person, POSTURE] == STANDING and who[person, CHOOSE] == WAYLESS:
            take_posture(person, WALKING, clock, place, who)
            who[person, CHOOSE] = ANEW
            wake(person, clock, walkers, who)


@float_part
def rouse(clock, walkers, near, place, moved, who, body):
    """Mark those who stand and are about to be touched by somebody who walks or is pushed; returns how many.

    Marks only: who is roused here must not rouse others before the next step.
    """
    marked = 0
    if clock[STANDERS] == 0:
        return marked
    for turn in range(clock[WALKERS]):
        person = walkers[turn]
        if not is_active(person, who):
            continue
        for number in range(who[person, NEAR_COUNT]):
            other = near[person, number]
            if who[other, POSTURE] != STANDING or who[other, ROUSED] != 0:
                continue
            dx, dy = place[other, X] - moved[person, 0], place[other, Y] - moved[person, 1]
            touch = body[person, RADIUS] + body[other, RADIUS]
            if dx * dx + dy * dy < touch * touch:
                who[other, ROUSED] = 2
                marked += 1
    return marked


@part
def step_roused(clock, walkers, near, who):
    """Step those whom `rouse` marked."""
    count = clock[WALKERS]
    for turn in range(count):
        person = walkers[turn]
        for number in range(who[person, NEAR_COUNT]):
            other = near[person, number]
            if who[other, ROUSED] == 2:
                who[other, ROUSED] = 1
                wake(other, clock, walkers, who)
