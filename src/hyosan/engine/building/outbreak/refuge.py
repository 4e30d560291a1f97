"""Hiding: doors are shut, locked, barricaded and held; people keep still, and steal away when it is long quiet."""

from hyosan.engine.building.columns import (
    AX,
    AY,
    BX,
    BY,
    CELL,
    CELLS_X,
    CELLS_Y,
    CONVEX,
    DOOR,
    FIRST_CELL,
    FIRST_SIDE,
    IN,
    NX,
    NY,
    POSTURE,
    SIDE_COUNT,
    SITTING,
    STANDING,
    STEP,
    TILE_X,
    TILE_Y,
    WALKING,
    X,
    Y,
)
from hyosan.engine.building.fields import FREE
from hyosan.engine.building.given import (
    GATE_ROWS,
    PASSABLE_ROWS,
    PLACE_ROWS,
    ROOM_ROWS,
    SIDE_ROWS,
    TILE_ROWS,
    WHO_ROWS,
)
from hyosan.engine.building.outbreak.columns import (
    BARRED,
    BEATERS,
    CARED_BY,
    DECISIONS,
    DOOR_AT,
    DUE,
    EPISODE,
    HELPFUL,
    LEADER,
    LEADS,
    LOCK_TIME,
    LOCKED_BY,
    MODE,
    MOST_PILED,
    PHONE,
    PILING,
    POINTS,
    RINGS,
    SEEN_AT,
    SINCE,
    SNEAK_AFTER,
    SNEAKS,
    STAGE,
    STALE,
    TICKS,
)
from hyosan.engine.building.outbreak.flight import BRISK, RUNNERS_GAP, choose_flight, set_pace
from hyosan.engine.building.outbreak.given import (
    BIT_ROWS,
    COUNT_ROWS,
    DOOR_LOAD_ROWS,
    DOOR_STATE_ROWS,
    FLOOR_ROWS,
    LOCKS_ROWS,
    MIND_ROWS,
    NERVE_ROWS,
    TRAIT_ROWS,
)
from hyosan.engine.building.outbreak.memory import danger_near, is_alive
from hyosan.engine.building.outbreak.moving import make_for, stay, take_mode
from hyosan.engine.building.outbreak.people import sneak_out
from hyosan.engine.building.outbreak.sounds import make_sound
from hyosan.engine.building.outbreak.writing import note_door
from hyosan.engine.building.routes import FAR_OFF
from hyosan.jit import float_part, float_routine
from hyosan.rules.codes import DoorEvent, Mind, Sound
from hyosan.rules.plane import length_of
from hyosan.rules.random import Draw, draw, use_of

AT_HAND = 0.9
"""Whoever is so near to the middle of a door can shut it [m]."""

LEAF, KEY = 4, 8
"""Bits of `locks`: a door has a leaf; teachers have its key."""

WORKERS = 0.5
"""Whoever is at least so helpful carries furniture and holds doors [1]; assumed: half."""

MOST_HANDS = 3
"""More do not hold a door; assumed: there is no room."""

PILES_FOR = 20.0
"""Nobody piles up furniture for longer [s]; assumed."""

AWAY_FROM_DOORS = 2.0
"""Nobody hides nearer to a door, if there is room [m]; assumed."""

PLACES_TRIED = 8
STILL_FOR = 20.0
"""Who hides thinks it over so often [s]; assumed."""

QUESTIONS_STILL, QUESTIONS_PLACE = 2, 3

_SECURING, _HIDING, _HOLDING = int(Mind.SECURING), int(Mind.HIDING), int(Mind.HOLDING)
_PHONE = int(Sound.PHONE)
_SHUT, _LOCKED, _BARRICADED, _HELD = (
    int(DoorEvent.SHUT),
    int(DoorEvent.LOCKED),
    int(DoorEvent.BARRICADED),
    int(DoorEvent.HELD),
)
_STILL = use_of(int(Draw.DECISION), QUESTIONS_STILL, 0)
_PLACE = use_of(int(Draw.DECISION), QUESTIONS_PLACE, 0)


@float_part
def can_lock(person, this, ground, lie, outbreak):
    """Whether somebody can lock a door from its room: without a key, or as a teacher who has it."""
    locks = lie[LOCKS_ROWS][ground[SIDE_ROWS][this, DOOR]]
    return locks & lie[BIT_ROWS][this] != 0 or (outbreak[MIND_ROWS][person, LEADER] == LEADS and locks & KEY != 0)


@float_part
def is_secured(person, this, ground, doors, lie, outbreak):
    """Whether nothing is left to do at a door: it is locked or broken, has no leaf, or is shut and has no lock here."""
    side = ground[SIDE_ROWS]
    door = side[this, DOOR]
    if door >= len(lie[LOCKS_ROWS]):
        return True
    locks, passable = lie[LOCKS_ROWS][door], doors[PASSABLE_ROWS][door]
    if passable == 0 or locks & LEAF == 0 or outbreak[DOOR_STATE_ROWS][door, EPISODE] > 0:
        return True
    return passable == 2 and not can_lock(person, this, ground, lie, outbreak)


@float_part
def _before_door(this, inward, ground):
    """A place in the room before the middle of a side, and that middle."""
    gate = ground[GATE_ROWS]
    at_x, at_y = 0.5 * (gate[this, AX] + gate[this, BX]), 0.5 * (gate[this, AY] + gate[this, BY])
    return at_x - inward * gate[this, NX], at_y - inward * gate[this, NY], at_x, at_y


@float_part
def _door_to_see_to(person, ground, doors, people, lie, outbreak):
    """The nearest side of one's room at which something is left to do and nobody does it; -1 if there is none."""
    room, place, who = ground[ROOM_ROWS], people[PLACE_ROWS], people[WHO_ROWS]
    row, state, mind = who[person, IN], outbreak[DOOR_STATE_ROWS], outbreak[MIND_ROWS]
    least, found = FAR_OFF, -1
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        if is_secured(person, this, ground, doors, lie, outbreak):
            continue
        other = state[ground[SIDE_ROWS][this, DOOR], CARED_BY]
        cared = other >= 0 and other != person and who[other, IN] == row and is_alive(other, who)
        if cared and mind[other, MODE] == _SECURING:
            continue
        _, _, at_x, at_y = _before_door(this, 0.5, ground)
        away = length_of(at_x - place[person, X], at_y - place[person, Y])
        if away < least:
            least, found = away, this
    return found


@float_part
def _door_to_pile_at(person, ground, lie, doors, outbreak, people):
    """The side of one's room with the lowest barricade, below the highest that is built; -1 if there is none."""
    room, row = ground[ROOM_ROWS], people[WHO_ROWS][person, IN]
    load, least, found = outbreak[DOOR_LOAD_ROWS], lie[NERVE_ROWS][MOST_PILED], -1
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        door = ground[SIDE_ROWS][this, DOOR]
        if door >= len(lie[LOCKS_ROWS]) or lie[LOCKS_ROWS][door] & LEAF == 0 or doors[PASSABLE_ROWS][door] == 1:
            continue
        if load[door, POINTS] < least:
            least, found = load[door, POINTS], this
    return found


@float_routine
def _shut(person, this, clock, ground, doors, people, lie, outbreak, tables):
    """Shut a door, and lock it where that can be done from this side."""
    side, passable, state = ground[SIDE_ROWS], doors[PASSABLE_ROWS], outbreak[DOOR_STATE_ROWS]
    door = side[this, DOOR]
    state[door, CARED_BY] = -1
    if is_secured(person, this, ground, doors, lie, outbreak):
        return
    if can_lock(person, this, ground, lie, outbreak):
        passable[door], state[door, LOCKED_BY] = 0, person
        note_door(_LOCKED, door, person, clock, outbreak, tables)
    else:
        passable[door] = 2
        note_door(_SHUT, door, person, clock, outbreak, tables)
    outbreak[COUNT_ROWS][STALE] = 1


@float_routine
def _spot_to_hide(person, seed, clock, ground, people, lie, outbreak):
    """A free place of one's room away from its doors (x, y) [m]; where one is, if none is found."""
    room, tile, place, mind = ground[ROOM_ROWS], ground[TILE_ROWS], people[PLACE_ROWS], outbreak[MIND_ROWS]
    row = people[WHO_ROWS][person, IN]
    best, found_x, found_y = -1.0, place[person, X], place[person, Y]
    for tried in range(PLACES_TRIED):
        words = draw(seed, _PLACE, person, mind[person, DECISIONS] + tried, 0)
        i = (words[0] * room[row, CELLS_X]) >> 32
        j = (words[1] * room[row, CELLS_Y]) >> 32
        if room[row, CONVEX] == 0 and lie[FLOOR_ROWS][room[row, FIRST_CELL] + i * room[row, CELLS_Y] + j] != FREE:
            continue
        x = tile[row, TILE_X] + (i + 0.5) * tile[row, CELL]
        y = tile[row, TILE_Y] + (j + 0.5) * tile[row, CELL]
        if room[row, CONVEX] == 1 and (i == 0 or j == 0 or i + 2 >= room[row, CELLS_X] or j + 2 >= room[row, CELLS_Y]):
            continue
        away = FAR_OFF
        for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
            _, _, at_x, at_y = _before_door(this, 0.0, ground)
            away = min(away, length_of(at_x - x, at_y - y))
        if away > best:
            best, found_x, found_y = away, x, y
    mind[person, DECISIONS] += PLACES_TRIED
    return found_x, found_y


@float_routine
def _is_by_a_door(person, ground, people):
    """Whether somebody is near a door of its room."""
    room, place, row = ground[ROOM_ROWS], people[PLACE_ROWS], people[WHO_ROWS][person, IN]
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        _, _, at_x, at_y = _before_door(this, 0.0, ground)
        if length_of(at_x - place[person, X], at_y - place[person, Y]) < AWAY_FROM_DOORS:
            return True
    return False


@float_routine
def hide(person, seed, clock, ground, people, lie, outbreak, tables):
    """Keep still, away from the doors."""
    mind, who, nerve = outbreak[MIND_ROWS], people[WHO_ROWS], lie[NERVE_ROWS]
    take_mode(person, _HIDING, clock[STEP] + int(STILL_FOR * nerve[TICKS]), clock, who, outbreak, tables)
    if _is_by_a_door(person, ground, people):
        x, y = _spot_to_hide(person, seed, clock, ground, people, lie, outbreak)
        set_pace(person, BRISK, RUNNERS_GAP, people)
        make_for(person, x, y, clock, people, outbreak)
        mind[person, STAGE] = 1
    else:
        stay(person, SITTING, clock, people, outbreak)


@float_routine
def secure(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """See to the doors of one's room: stage 0 looks for one, 1 goes there, 2 shuts it, 3 goes to pile, 4 piles up."""
    mind, nerve, place = outbreak[MIND_ROWS], lie[NERVE_ROWS], people[PLACE_ROWS]
    side, state, load = ground[SIDE_ROWS], outbreak[DOOR_STATE_ROWS], outbreak[DOOR_LOAD_ROWS]
    if danger_near(person, clock, ground, doors, people, lie, outbreak) < FAR_OFF:
        choose_flight(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
        return
    tick = max(1, int(0.5 * nerve[TICKS]))
    mind[person, DUE] = clock[STEP] + tick
    this, stage = mind[person, DOOR_AT], mind[person, STAGE]
    waited = clock[STEP] - mind[person, SINCE] > PILES_FOR * nerve[TICKS]
    if stage == 1 or stage == 3:
        _, _, at_x, at_y = _before_door(this, 0.5, ground)
        near = length_of(at_x - place[person, X], at_y - place[person, Y]) < AT_HAND
        if near:
            stay(person, STANDING, clock, people, outbreak)
            mind[person, STAGE] = stage + 1
            if stage == 1:
                mind[person, DUE] = clock[STEP] + int(nerve[LOCK_TIME])
            return
        if not waited:
            return
        stage = 5
    elif stage == 2:
        _shut(person, this, clock, ground, doors, people, lie, outbreak, tables)
        stage = 0
    elif stage == 4:
        door = side[this, DOOR]
        if load[door, POINTS] <= 0.0:
            state[door, BARRED] = 1
            note_door(_BARRICADED, door, person, clock, outbreak, tables)
        load[door, POINTS] = min(load[door, POINTS] + nerve[PILING] * tick / nerve[TICKS], nerve[MOST_PILED])
        if load[door, POINTS] < nerve[MOST_PILED] and not waited:
            return
        stage = 5
    if stage == 0:
        this = _door_to_see_to(person, ground, doors, people, lie, outbreak)
        if this >= 0:
            state[side[this, DOOR], CARED_BY] = person
            _go_to_door(person, this, 1, clock, ground, people, outbreak)
            return
        if outbreak[TRAIT_ROWS][person, HELPFUL] >= WORKERS and not waited:
            this = _door_to_pile_at(person, ground, lie, doors, outbreak, people)
            if this >= 0:
                _go_to_door(person, this, 3, clock, ground, people, outbreak)
                return
    hide(person, seed, clock, ground, people, lie, outbreak, tables)


@float_routine
def _go_to_door(person, this, stage, clock, ground, people, outbreak):
    """Go to a door of one's room."""
    mind = outbreak[MIND_ROWS]
    x, y, _, _ = _before_door(this, 0.5, ground)
    mind[person, DOOR_AT], mind[person, STAGE] = this, stage
    make_for(person, x, y, clock, people, outbreak)


@float_part
def _door_beaten(person, ground, people, outbreak):
    """A side of one's room on whose door hunters beat; -1 without one."""
    room, row = ground[ROOM_ROWS], people[WHO_ROWS][person, IN]
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        door = ground[SIDE_ROWS][this, DOOR]
        if door < len(outbreak[DOOR_STATE_ROWS]) and outbreak[DOOR_STATE_ROWS][door, BEATERS] > 0:
            return this
    return -1


@float_part
def _hands_at(this, outbreak):
    """How many hold the door of a side, or are about to."""
    mind, hands = outbreak[MIND_ROWS], 0
    for person in range(len(mind)):
        if mind[person, MODE] == _HOLDING and mind[person, DOOR_AT] == this:
            hands += 1
    return hands


@float_routine
def keep_hidden(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Whoever hides keeps still, holds a door that is beaten on, makes a noise by mistake, or steals away."""
    mind, who, nerve, place = outbreak[MIND_ROWS], people[WHO_ROWS], lie[NERVE_ROWS], people[PLACE_ROWS]
    trait = outbreak[TRAIT_ROWS]
    if danger_near(person, clock, ground, doors, people, lie, outbreak) < FAR_OFF:
        choose_flight(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
        return
    tick = int(nerve[TICKS])
    if mind[person, STAGE] == 1 and who[person, POSTURE] == WALKING:
        if clock[STEP] - mind[person, SINCE] > 10 * tick:
            stay(person, SITTING, clock, people, outbreak)
        mind[person, DUE] = clock[STEP] + tick
        return
    this = _door_beaten(person, ground, people, outbreak)
    if this >= 0 and trait[person, HELPFUL] >= WORKERS and _hands_at(this, outbreak) < MOST_HANDS:
        take_mode(person, _HOLDING, clock[STEP] + tick, clock, who, outbreak, tables)
        _go_to_door(person, this, 1, clock, ground, people, outbreak)
        return
    words = draw(seed, _STILL, person, mind[person, DECISIONS], 0)
    mind[person, DECISIONS] += 1
    mind[person, DUE] = clock[STEP] + int((STILL_FOR * (0.5 + words[1] / 4294967296.0)) * nerve[TICKS])
    if words[0] / 4294967296.0 < nerve[RINGS]:
        make_sound(
            *(_PHONE, nerve[PHONE], place[person, X], place[person, Y], who[person, IN], person, clock[STEP]),
            *(outbreak, tables),
        )
    quiet = clock[STEP] - max(mind[person, SEEN_AT], mind[person, SINCE])
    if this < 0 and quiet > nerve[SNEAK_AFTER] * (0.5 + 2.0 * trait[person, SNEAKS]):
        sneak_out(person, clock, law, ground, doors, people, lie, outbreak, work, tables)


@float_routine
def hold(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Hold a door shut as long as it is beaten on: stage 1 goes there, 2 holds it."""
    mind, nerve, place = outbreak[MIND_ROWS], lie[NERVE_ROWS], people[PLACE_ROWS]
    if danger_near(person, clock, ground, doors, people, lie, outbreak) < FAR_OFF:
        choose_flight(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
        return
    this = mind[person, DOOR_AT]
    door = ground[SIDE_ROWS][this, DOOR]
    mind[person, DUE] = clock[STEP] + max(1, int(0.5 * nerve[TICKS]))
    if doors[PASSABLE_ROWS][door] == 1 or clock[STEP] - mind[person, SINCE] > 600 * nerve[TICKS]:
        hide(person, seed, clock, ground, people, lie, outbreak, tables)
        return
    _, _, at_x, at_y = _before_door(this, 0.5, ground)
    if mind[person, STAGE] == 1 and length_of(at_x - place[person, X], at_y - place[person, Y]) < AT_HAND:
        mind[person, STAGE] = 2
        stay(person, STANDING, clock, people, outbreak)
        note_door(_HELD, door, person, clock, outbreak, tables)
    if outbreak[DOOR_STATE_ROWS][door, BEATERS] == 0 and clock[STEP] - mind[person, SINCE] > 30 * nerve[TICKS]:
        hide(person, seed, clock, ground, people, lie, outbreak, tables)
