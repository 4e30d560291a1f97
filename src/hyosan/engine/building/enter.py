"""What a step leads to, one after another: doors are passed, people arrive, and leave the building."""

from hyosan.engine.building.awake import put_to_sleep, take_posture
from hyosan.engine.building.cells import enter_cell, grid_cell, leave_cell
from hyosan.engine.building.columns import (
    AFTER,
    ANCHOR_X,
    ANCHOR_Y,
    ANEW,
    CAME,
    CELL_OF,
    CHOOSE,
    CORNER,
    DOOR,
    DT,
    ERRAND,
    FLOW,
    FRAME,
    GONE,
    GONE_COUNT,
    IN,
    MOVED,
    MOVES,
    NEAR_COUNT,
    OTHER,
    PASSAGE_ROWS,
    PASSED,
    PATIENCE,
    POSTURE,
    ROOM,
    ROOM_OF,
    ROUSED,
    SIDE,
    SKIN,
    SPEED,
    SPOT,
    SPOT_RADIUS,
    SPOT_ROOM,
    SPOT_X,
    SPOT_Y,
    STANDING,
    STEP,
    STILL_THERE,
    SWING,
    UNLISTED,
    WALKERS,
    WALKING,
    X,
    Y,
)
from hyosan.engine.building.fresh import THIRD
from hyosan.engine.building.leaving import note_leaver
from hyosan.engine.building.press import is_active
from hyosan.jit import float_part
from hyosan.rules.plane import length_of

NOWHERE = 1e9
"""Where those are kept who have left [m]."""

GETTING_ON = 0.2
"""Who does not come so far loses patience [m]; assumed."""

STILL = 1e-6
"""Who is pushed less than this in a step stands still again [m]."""

CROWDED, WAITED = 4.0, 3.0
"""Who waits so long for a place that others hold arrives, if it is no farther than so many times its radius [1], [s];
assumed."""


@float_part
def claim_doors(clock, side, gate, door_due, walkers, passed, claim):
    """Of those who want through a door of limited flow now, the first by number may."""
    for turn in range(clock[WALKERS]):
        this = passed[walkers[turn]]
        if this >= 0 and gate[this, FLOW] > 0.0:
            claim[side[this, DOOR]] = -1
    for turn in range(clock[WALKERS]):
        person = walkers[turn]
        this = passed[person]
        if this >= 0 and gate[this, FLOW] > 0.0:
            door = side[this, DOOR]
            if door_due[door] > clock[STEP]:
                continue
            if claim[door] < 0 or person < claim[door]:
                claim[door] = person


@float_part
def _leave(person, clock, head, following, place, there, who):
    """Take somebody out of the building."""
    leave_cell(person, who, head, following)
    who[person, IN], who[person, SIDE] = -1, -1
    take_posture(person, GONE, clock, place, who)
    x = NOWHERE + 10.0 * person
    place[person, X], place[person, Y] = x, NOWHERE
    there[person, 0], there[person, 1], place[person, ROOM_OF] = x, NOWHERE, -1.0
    clock[GONE_COUNT] += 1


@float_part
def _pass_door(
    person, this, clock, law, side, gate, place, there, who, body, head, following, door_due, leavers, passage
):
    """Let somebody through a door."""
    door = side[this, DOOR]
    row = clock[PASSAGE_ROWS]
    clock[PASSAGE_ROWS] += 1
    beyond = side[this, OTHER]
    passage[row, 0], passage[row, 1], passage[row, 2] = clock[STEP], person, door
    passage[row, 3] = side[this, ROOM]
    passage[row, 4] = side[beyond, ROOM] if beyond >= 0 else -1
    who[person, PASSED] += 1
    if gate[this, FLOW] > 0.0:
        # The part of a step for which somebody waited counts; the time for which nobody came does not.
        since = door_due[door] if door_due[door] > clock[STEP] - 1.0 else clock[STEP] + 0.0
        door_due[door] = since + 1.0 / (gate[this, FLOW] * law[DT])
    if beyond < 0:
        if gate[this, FLOW] == 0.0:
            note_leaver(person, this, clock, law, gate, there, body, leavers)
        _leave(person, clock, head, following, place, there, who)
        return
    row = side[beyond, ROOM]
    who[person, IN], who[person, SIDE], place[person, ROOM_OF] = row, -1, row
    who[person, CHOOSE], who[person, NEAR_COUNT], who[person, CAME] = ANEW, UNLISTED, beyond
    who[person, CORNER], body[person, SWING] = -1, 0.0


@float_part
def _arrive(person, spot, spot_place, errand, clock, place, there, who, body):
    """Sit down or stand at the spot, if it is reached."""
    mark = who[person, SPOT]
    if mark < 0 or spot[mark, SPOT_ROOM] != who[person, IN]:
        return
    dx, dy = spot_place[mark, SPOT_X] - place[person, X], spot_place[mark, SPOT_Y] - place[person, Y]
    away, radius = length_of(dx, dy), spot_place[mark, SPOT_RADIUS]
    if away <= radius or (body[person, PATIENCE] > WAITED and away <= CROWDED * radius):
        after = errand[who[person, ERRAND], AFTER]
        take_posture(person, after, clock, place, who)
        body[person, SPEED] = 0.0


@float_part
def _keep_patience(person, law, place, body):
    """Note whether somebody gets on."""
    if length_of(place[person, X] - body[person, ANCHOR_X], place[person, Y] - body[person, ANCHOR_Y]) > GETTING_ON:
        body[person, ANCHOR_X], body[person, ANCHOR_Y] = place[person, X], place[person, Y]
        body[person, PATIENCE] = 0.0
    else:
        body[person, PATIENCE] += law[DT]


@float_part
def enter(
    turn,
    clock,
    pace,
    law,
    room,
    side,
    gate,
    grid,
    grid_corner,
    spot,
    spot_place,
    errand,
    walkers,
    claim,
    place,
    there,
    passed,
    based,
    who,
    body,
    head,
    following,
    door_due,
    leavers,
    stopped,
    passage,
):
    """Let the walker in a row be where it is after the step, and do what follows from it."""
    person = walkers[turn]
    if is_active(person, who):
        this = passed[person]
        if this >= 0 and gate[this, FLOW] > 0.0 and claim[side[this, DOOR]] != person:
            there[person, 0], there[person, 1] = place[person, X], place[person, Y]
            this = -1
        dx, dy = there[person, 0] - place[person, X], there[person, 1] - place[person, Y]
        still = dx * dx + dy * dy < STILL * STILL
        if (dx != 0.0 or dy != 0.0) and who[person, MOVED] == STILL_THERE:
            who[person, MOVED] = MOVES
        place[person, X], place[person, Y] = there[person, 0], there[person, 1]
        if this >= 0:
            _pass_door(
                *(person, this, clock, law, side, gate, place, there, who, body, head, following, door_due),
                *(leavers, passage),
            )
            body[person, PATIENCE] = 0.0
        else:
            _keep_patience(person, law, place, body)
        if who[person, POSTURE] != GONE:
            cell = grid_cell(place[person, X], place[person, Y], room[who[person, IN], FRAME], law, grid, grid_corner)
            if cell != who[person, CELL_OF]:
                leave_cell(person, who, head, following)
                enter_cell(person, cell, who, head, following)
            dx, dy = place[person, X] - based[person, 0], place[person, Y] - based[person, 1]
            if dx * dx + dy * dy > THIRD * THIRD * law[SKIN] * law[SKIN]:
                who[person, NEAR_COUNT] = UNLISTED
            if who[person, POSTURE] == WALKING and who[person, SIDE] < 0:
                _arrive(person, spot, spot_place, errand, clock, place, there, who, body)
            elif who[person, POSTURE] == STANDING and still:
                who[person, ROUSED] = 0
    put_to_sleep(person, pace, clock, walkers, who, stopped)
