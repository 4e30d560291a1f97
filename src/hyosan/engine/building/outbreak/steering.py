"""Between a decision and a step: the next door on a path, the next bend around furniture, what one shies away from."""

from hyosan.engine.building.columns import (
    AIM_X,
    AIM_Y,
    AIMED,
    AX,
    AY,
    BX,
    BY,
    CORNER,
    DOOR,
    FEAR_X,
    FEAR_Y,
    IN,
    NEEDS,
    OTHER,
    PATIENCE,
    PLANNED,
    POSTURE,
    ROLE,
    ROOM,
    SIDE,
    SITTING,
    STANDING,
    STEP,
    WALKING,
    X,
    Y,
)
from hyosan.engine.building.given import (
    BODY_ROWS,
    GATE_ROWS,
    OPEN_SIDE_ROWS,
    PASSABLE_ROWS,
    PLACE_ROWS,
    SIDE_ROWS,
    WHO_ROWS,
)
from hyosan.engine.building.outbreak.columns import (
    AT,
    BARRED,
    DRIFT,
    DUE,
    HELPFUL,
    HUNTER,
    LOCK_TIME,
    LOCKED_BY,
    MEMORIES,
    MODE,
    N_EVER,
    PATH_AT,
    PATH_LENGTH,
    POINTS,
    POLICE,
    STALE,
    TICKS,
    TRIED,
    TRIED_DOORS,
    WHERE,
    WHOSE,
)
from hyosan.engine.building.outbreak.floor import step_toward
from hyosan.engine.building.outbreak.given import (
    COUNT_ROWS,
    DOOR_LOAD_ROWS,
    DOOR_STATE_ROWS,
    MEMORY_PLACE_ROWS,
    MEMORY_ROWS,
    MIND_ROWS,
    NERVE_ROWS,
    PATH_ROWS,
    TO_ROWS,
    TRAIT_ROWS,
    TRIED_ROWS,
)
from hyosan.engine.building.outbreak.hunters import AT_DOOR, begin_to_beat
from hyosan.engine.building.outbreak.memory import danger_near, is_alive
from hyosan.engine.building.outbreak.moving import stay, take_mode
from hyosan.engine.building.outbreak.refuge import can_lock
from hyosan.engine.building.outbreak.writing import note_deed, note_door
from hyosan.engine.building.routes import FAR_OFF
from hyosan.jit import float_part, float_routine
from hyosan.rules.behaviour import shyness
from hyosan.rules.codes import Deed, DoorEvent, Mind
from hyosan.rules.plane import length_of, nearest_on

THERE, EXACTLY = 0.25, 0.001
"""Who is so near to a place in its room has come there, and a random walker [m]."""

SHY = 5.0
"""People shy away from hunters that are nearer than this [m]; assumed."""

BENDS = 3
"""The way around furniture is looked for anew every so many steps."""

STUCK = 6.0
"""Whoever does not get on for so long thinks again [s]; assumed."""

STUCK_IN_FLIGHT = 2.0
"""Whoever runs does so sooner [s]; assumed."""

OPENS = 0.6
"""Whoever is at least so helpful opens to who knocks [1]; assumed: four in ten."""

_OPENED, _LET_IN = int(DoorEvent.OPENED), int(Deed.LET_IN)
_HIDING, _SECURING, _FIGHTING = int(Mind.HIDING), int(Mind.SECURING), int(Mind.FIGHTING)


@float_part
def _who_opens(this, clock, ground, doors, people, lie, outbreak):
    """Who hides behind a locked door, is helpful and knows of no hunter near by, and so opens; -1 for nobody."""
    who, mind, side = people[WHO_ROWS], outbreak[MIND_ROWS], ground[SIDE_ROWS]
    door, beyond = side[this, DOOR], side[this, OTHER]
    state = outbreak[DOOR_STATE_ROWS]
    if beyond < 0 or door >= len(state) or state[door, BARRED] == 1 or state[door, LOCKED_BY] < 0:
        return -1
    for person in range(len(who)):
        mode = mind[person, MODE]
        if who[person, IN] != side[beyond, ROOM] or not is_alive(person, who) or mode not in (_HIDING, _SECURING):
            continue
        helpful = outbreak[TRAIT_ROWS][person, HELPFUL] >= OPENS
        if helpful and danger_near(person, clock, ground, doors, people, lie, outbreak) >= FAR_OFF:
            return person
    return -1


@float_routine
def _try_door(person, this, clock, ground, doors, people, lie, outbreak, tables):
    """Before a door that is shut: unlock it from inside, beat on it, or remember that it is."""
    who, body, mind, nerve = people[WHO_ROWS], people[BODY_ROWS], outbreak[MIND_ROWS], lie[NERVE_ROWS]
    door, state = ground[SIDE_ROWS][this, DOOR], outbreak[DOOR_STATE_ROWS]
    if who[person, ROLE] == HUNTER:
        begin_to_beat(person, this, clock, ground, people, lie, outbreak, tables)
        return
    mine = door < len(state) and state[door, LOCKED_BY] >= 0
    mine = mine and can_lock(person, this, ground, lie, outbreak)
    if mine or (who[person, ROLE] == POLICE and door < len(state)):
        if body[person, PATIENCE] * nerve[TICKS] >= nerve[LOCK_TIME]:
            doors[PASSABLE_ROWS][door], state[door, LOCKED_BY], state[door, BARRED] = 2, -1, 0
            outbreak[DOOR_LOAD_ROWS][door, POINTS] = 0.0
            outbreak[COUNT_ROWS][STALE] = 1
            note_door(_OPENED, door, person, clock, outbreak, tables)
        return
    inside = _who_opens(this, clock, ground, doors, people, lie, outbreak)
    if inside >= 0:
        if body[person, PATIENCE] * nerve[TICKS] >= nerve[LOCK_TIME]:
            doors[PASSABLE_ROWS][door], state[door, LOCKED_BY] = 2, -1
            outbreak[COUNT_ROWS][STALE] = 1
            note_door(_OPENED, door, inside, clock, outbreak, tables)
            note_deed(_LET_IN, inside, person, clock, who, outbreak, tables)
            # And locks it again once the other is in.
            take_mode(inside, _SECURING, clock[STEP] + 4 * int(nerve[TICKS]), clock, who, outbreak, tables)
        return
    outbreak[TRIED_ROWS][person, mind[person, TRIED] % TRIED_DOORS] = door
    mind[person, TRIED] += 1
    mind[person, PATH_LENGTH], mind[person, PATH_AT] = 0, 0
    who[person, SIDE], mind[person, DUE] = -1, clock[STEP] + 1


@float_part
def _next_side(person, clock, ground, doors, people, lie, outbreak, tables):
    """Make for the next side of the path."""
    who, mind, path, place = people[WHO_ROWS], outbreak[MIND_ROWS], outbreak[PATH_ROWS], people[PLACE_ROWS]
    side, gate = ground[SIDE_ROWS], ground[GATE_ROWS]
    at, length = mind[person, PATH_AT], mind[person, PATH_LENGTH]
    while at < length and side[path[person, at], ROOM] != who[person, IN]:
        at += 1
    mind[person, PATH_AT] = at
    if at >= length:
        who[person, SIDE] = -1
        mind[person, DUE] = min(mind[person, DUE], clock[STEP] + 1)
        return
    this = path[person, at]
    if who[person, SIDE] != this:
        who[person, SIDE], who[person, CORNER] = this, -1
    if doors[OPEN_SIDE_ROWS][this] <= who[person, NEEDS]:
        x, y = place[person, X], place[person, Y]
        at_x, at_y = nearest_on(x, y, gate[this, AX], gate[this, AY], gate[this, BX], gate[this, BY])
        if length_of(at_x - x, at_y - y) < AT_DOOR:
            _try_door(person, this, clock, ground, doors, people, lie, outbreak, tables)


@float_part
def _go_around(person, clock, ground, people, lie, outbreak, work):
    """Make for the next bend on the way to a place in the room, or stay there."""
    who, body, mind, place, to = (
        people[WHO_ROWS],
        people[BODY_ROWS],
        outbreak[MIND_ROWS],
        people[PLACE_ROWS],
        outbreak[TO_ROWS],
    )
    x, y = place[person, X], place[person, Y]
    away = length_of(to[person, 0] - x, to[person, 1] - y)
    hunts = who[person, ROLE] == HUNTER
    drifts = lie[NERVE_ROWS][DRIFT] > 0.0
    if away < (EXACTLY if drifts else THERE) or (not hunts and body[person, PATIENCE] > STUCK):
        mind[person, DUE] = min(mind[person, DUE], clock[STEP] + 1)
        if not hunts and not drifts:
            stay(person, SITTING if mind[person, MODE] == _HIDING else STANDING, clock, people, outbreak)
        return
    if who[person, AIMED] == 2 or (clock[STEP] + person) % BENDS == 0:
        who[person, AIMED] = 1
        body[person, AIM_X], body[person, AIM_Y] = step_toward(
            x, y, to[person, 0], to[person, 1], who[person, IN], ground, lie, work
        )


@float_part
def _shy_away(person, clock, people, lie, outbreak):
    """Shy away from hunters that were seen just now."""
    memory, where, place, body = (
        outbreak[MEMORY_ROWS],
        outbreak[MEMORY_PLACE_ROWS],
        people[PLACE_ROWS],
        people[BODY_ROWS],
    )
    fear_x, fear_y = 0.0, 0.0
    if outbreak[MIND_ROWS][person, MODE] != _FIGHTING:
        for number in range(MEMORIES):
            if memory[person, number, WHOSE] < 0 or memory[person, number, WHERE] != people[WHO_ROWS][person, IN]:
                continue
            if clock[STEP] - memory[person, number, AT] > lie[NERVE_ROWS][TICKS]:
                continue
            dx, dy = place[person, X] - where[person, number, 0], place[person, Y] - where[person, number, 1]
            away = length_of(dx, dy)
            if away > 0.0 and away < SHY:
                fear_x += shyness(away, SHY) * dx / away
                fear_y += shyness(away, SHY) * dy / away
    body[person, FEAR_X], body[person, FEAR_Y] = fear_x, fear_y


@float_routine
def steer_all(clock, ground, doors, people, lie, outbreak, work, tables):
    """Steer everybody whom an outbreak moves and who walks."""
    who, mind, body = people[WHO_ROWS], outbreak[MIND_ROWS], people[BODY_ROWS]
    nerve = lie[NERVE_ROWS]
    for person in range(len(who)):
        if who[person, PLANNED] == 0 or who[person, POSTURE] != WALKING:
            continue
        if who[person, AIMED] != 0:
            _go_around(person, clock, ground, people, lie, outbreak, work)
        else:
            _next_side(person, clock, ground, doors, people, lie, outbreak, tables)
        if who[person, ROLE] != HUNTER and outbreak[COUNT_ROWS][N_EVER] > 0:
            _shy_away(person, clock, people, lie, outbreak)
            if body[person, PATIENCE] > STUCK_IN_FLIGHT:
                mind[person, DUE] = min(mind[person, DUE], clock[STEP] + int(nerve[TICKS]))
