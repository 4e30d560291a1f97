"""What hunters do: wander, go after what they hear, chase whom they see, beat on doors, linger after a strike."""

from hyosan.engine.building.columns import (
    AX,
    AY,
    BX,
    BY,
    DOOR,
    FIRST_SIDE,
    HASTE,
    HEAD_X,
    HEAD_Y,
    IN,
    NX,
    NY,
    OTHER,
    POSTURE,
    ROLE,
    ROOM,
    SIDE,
    SIDE_COUNT,
    SPEED,
    STANDING,
    STEP,
    WALKING,
    X,
    Y,
)
from hyosan.engine.building.given import (
    BODY_ROWS,
    GATE_ROWS,
    PASSABLE_ROWS,
    PLACE_ROWS,
    ROOM_ROWS,
    SIDE_ROWS,
    WHO_ROWS,
)
from hyosan.engine.building.outbreak.columns import (
    AT,
    DECISIONS,
    DOOR_AT,
    DUE,
    EVIDENCE,
    GROWL,
    HEALTHY,
    HUNTER_LOSES,
    MODE,
    PACE_OF,
    PATH_AT,
    PATH_LENGTH,
    POLICE,
    READY,
    ROOM_TO,
    SEEN_PREY,
    SINCE,
    SPEED_OF,
    STAGE,
    TARGET,
    TICKS,
    WHERE,
)
from hyosan.engine.building.outbreak.given import MEMORY_ROWS, MIND_ROWS, NERVE_ROWS, PATH_ROWS, TO_ROWS
from hyosan.engine.building.outbreak.moving import follow_path, make_for, stay, take_mode
from hyosan.engine.building.outbreak.paths import ANY_ROOM, find_path, keep_path
from hyosan.engine.building.outbreak.sights import seen_from
from hyosan.engine.building.outbreak.sounds import make_sound
from hyosan.jit import float_part, float_routine
from hyosan.rules.behaviour import meeting_time
from hyosan.rules.codes import Mind, Sound
from hyosan.rules.plane import length_of
from hyosan.rules.random import Draw, draw, use_of

HUNTERS_GAP = 0.2
"""Hunters keep this share of the usual time gap to each other [1]; assumed."""

AT_DOOR = 0.9
"""Hunters so near to a door beat on it [m]; assumed: an arm's length."""

BY_A_DOOR = 2.5
"""A hunter that has lost somebody takes the door that is so near to where it saw it last [m]; assumed."""

GIVES_UP_DOOR = 90.0
"""A hunter that hears nothing new leaves a door after so long on average [s]; assumed."""

LOOKS_ROUND = 4.0
"""A hunter stands and looks round for so long on average [s]; assumed."""

SEARCHES, BORED = 6.0, 60.0
"""A hunter looks round for so long in a room where it heard something, and does not come back for so long [s];
assumed."""

GROWLS = 3.0
"""A hunter that chases growls so often [s]; assumed."""

QUESTIONS_WANDER = 4

_WANDERING, _INVESTIGATING, _CHASING, _BREAKING, _LINGERING = (
    int(Mind.WANDERING),
    int(Mind.INVESTIGATING),
    int(Mind.CHASING),
    int(Mind.BREAKING),
    int(Mind.LINGERING),
)
_GROWL = int(Sound.GROWL)
_WANDER = use_of(int(Draw.DECISION), QUESTIONS_WANDER, 0)


@float_part
def is_prey(person, who):
    """Whether hunters hunt somebody: the bitten and carriers are left alone."""
    return who[person, IN] >= 0 and (who[person, ROLE] == HEALTHY or who[person, ROLE] == POLICE)


@float_routine
def hunters_pace(hunter, speed, lie, people):
    """Let a hunter go at a speed on the level [m/s]."""
    people[BODY_ROWS][hunter, HASTE] = speed / lie[NERVE_ROWS][SPEED_OF]


@float_routine
def spot_prey(hunter, prey, first, clock, people, lie, outbreak, tables):
    """Let a hunter see somebody whom it goes after from now on."""
    mind, who, place = outbreak[MIND_ROWS], people[WHO_ROWS], people[PLACE_ROWS]
    if mind[hunter, MODE] == _LINGERING or mind[hunter, READY] > clock[STEP]:
        return
    if mind[hunter, MODE] == _BREAKING and mind[hunter, DOOR_AT] == first:
        # Behind the pane of the door on which it beats.
        mind[hunter, SINCE] = clock[STEP]
        return
    if mind[hunter, MODE] != _CHASING:
        take_mode(hunter, _CHASING, clock[STEP], clock, who, outbreak, tables)
    mind[hunter, TARGET], mind[hunter, SEEN_PREY], mind[hunter, DUE] = prey, clock[STEP], clock[STEP]
    mind[hunter, ROOM_TO], mind[hunter, DOOR_AT] = who[prey, IN], first
    if first < 0:
        outbreak[TO_ROWS][hunter, 0], outbreak[TO_ROWS][hunter, 1] = place[prey, X], place[prey, Y]
    hunters_pace(hunter, lie[NERVE_ROWS][SPEED_OF], lie, people)


@float_routine
def _take_side(hunter, this, clock, people, outbreak):
    """Make for one side of the room."""
    outbreak[PATH_ROWS][hunter, 0] = this
    outbreak[MIND_ROWS][hunter, PATH_LENGTH] = 1
    follow_path(hunter, clock, people, outbreak)


@float_part
def _meet(hunter, prey, clock, ground, doors, people, lie, outbreak):
    """Make for where the prey will be, if that is in sight, else for where it is."""
    place, body, nerve, who = people[PLACE_ROWS], people[BODY_ROWS], lie[NERVE_ROWS], people[WHO_ROWS]
    x, y, px, py = place[hunter, X], place[hunter, Y], place[prey, X], place[prey, Y]
    pace = body[prey, SPEED] if who[prey, POSTURE] == WALKING else 0.0
    vx, vy = body[prey, HEAD_X] * pace, body[prey, HEAD_Y] * pace
    time = meeting_time(px - x, py - y, vx, vy, nerve[SPEED_OF])
    to_x, to_y = px + time * vx, py + time * vy
    row = who[hunter, IN]
    ahead, _ = seen_from(px, py, row, to_x, to_y, row, ground, doors, lie)
    inside = ahead and is_in_room(to_x, to_y, row, ground)
    if not inside:
        to_x, to_y = px, py
    make_for(hunter, to_x, to_y, clock, people, outbreak)


@float_part
def is_in_room(x, y, row, ground):
    """Whether a place is inside the box of a room, and before all its doors."""
    room, gate = ground[ROOM_ROWS], ground[GATE_ROWS]
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        beyond = (x - gate[this, AX]) * gate[this, NX] + (y - gate[this, AY]) * gate[this, NY]
        along = (x - gate[this, AX]) * (gate[this, BX] - gate[this, AX]) + (y - gate[this, AY]) * (
            gate[this, BY] - gate[this, AY]
        )
        width = (gate[this, BX] - gate[this, AX]) ** 2 + (gate[this, BY] - gate[this, AY]) ** 2
        if beyond > 0.0 and along > 0.0 and along < width:
            return False
    return True


@float_part
def _door_by(hunter, x, y, ground, people):
    """The side of the hunter's room nearest to a place, if it is near; -1 without one."""
    room, gate, row = ground[ROOM_ROWS], ground[GATE_ROWS], people[WHO_ROWS][hunter, IN]
    least, found = BY_A_DOOR, -1
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        if ground[SIDE_ROWS][this, OTHER] < 0:
            continue
        at_x, at_y = 0.5 * (gate[this, AX] + gate[this, BX]), 0.5 * (gate[this, AY] + gate[this, BY])
        away = length_of(at_x - x, at_y - y)
        if away < least:
            least, found = away, this
    return found


@float_part
def _lose(hunter, clock, ground, people, lie, outbreak, tables):
    """Go to where the prey was seen last; then by the door that is near, or look round."""
    mind, who, place, to = outbreak[MIND_ROWS], people[WHO_ROWS], people[PLACE_ROWS], outbreak[TO_ROWS]
    if clock[STEP] - mind[hunter, SEEN_PREY] > lie[NERVE_ROWS][HUNTER_LOSES]:
        take_mode(hunter, _WANDERING, clock[STEP], clock, who, outbreak, tables)
        return
    mind[hunter, DUE] = clock[STEP] + max(1, int(0.3 * lie[NERVE_ROWS][TICKS]))
    if mind[hunter, PATH_AT] < mind[hunter, PATH_LENGTH]:
        return
    if mind[hunter, STAGE] == 0:
        if length_of(to[hunter, 0] - place[hunter, X], to[hunter, 1] - place[hunter, Y]) > 0.6:
            make_for(hunter, to[hunter, 0], to[hunter, 1], clock, people, outbreak)
            return
        this = _door_by(hunter, to[hunter, 0], to[hunter, 1], ground, people)
        mind[hunter, STAGE] = 1
        if this >= 0:
            _take_side(hunter, this, clock, people, outbreak)


@float_part
def _chase(hunter, clock, ground, doors, people, lie, outbreak, tables):
    """Go after the prey: meet it in the room, follow through the door by which it is seen, or seek it where it was."""
    mind, who, nerve = outbreak[MIND_ROWS], people[WHO_ROWS], lie[NERVE_ROWS]
    prey = mind[hunter, TARGET]
    if prey < 0 or not is_prey(prey, who):
        take_mode(hunter, _WANDERING, clock[STEP], clock, who, outbreak, tables)
        mind[hunter, TARGET] = -1
        return
    if clock[STEP] - mind[hunter, SINCE] > 0 and (clock[STEP] + hunter) % int(GROWLS * nerve[TICKS]) == 0:
        place = people[PLACE_ROWS]
        make_sound(
            *(_GROWL, nerve[GROWL], place[hunter, X], place[hunter, Y], who[hunter, IN], hunter, clock[STEP]),
            *(outbreak, tables),
        )
    seen = clock[STEP] - mind[hunter, SEEN_PREY] <= nerve[TICKS]
    if not seen:
        _lose(hunter, clock, ground, people, lie, outbreak, tables)
        return
    mind[hunter, STAGE] = 0
    mind[hunter, DUE] = clock[STEP] + max(1, int(0.2 * nerve[TICKS]))
    if who[prey, IN] == who[hunter, IN]:
        _meet(hunter, prey, clock, ground, doors, people, lie, outbreak)
        return
    this = mind[hunter, DOOR_AT]
    # A way that it already takes is not begun anew.
    if this >= 0 and ground[SIDE_ROWS][this, ROOM] == who[hunter, IN] and who[hunter, SIDE] != this:
        _take_side(hunter, this, clock, people, outbreak)


@float_part
def _go_to_any_door(hunter, word, clock, ground, people, lie, outbreak):
    """Go to any door of a room out of which none is open, and beat on it."""
    room, row = ground[ROOM_ROWS], people[WHO_ROWS][hunter, IN]
    count = room[row, SIDE_COUNT]
    outbreak[MIND_ROWS][hunter, DUE] = clock[STEP] + int(20.0 * lie[NERVE_ROWS][TICKS])
    if count > 0:
        this = room[row, FIRST_SIDE] + ((word * count) >> 32)
        if ground[SIDE_ROWS][this, OTHER] >= 0:
            _take_side(hunter, this, clock, people, outbreak)


@float_part
def _wander(hunter, seed, clock, ground, doors, people, lie, outbreak, tables):
    """Stand for a while, or go by any open door of the room."""
    mind, who, nerve, room = outbreak[MIND_ROWS], people[WHO_ROWS], lie[NERVE_ROWS], ground[ROOM_ROWS]
    words = draw(seed, _WANDER, hunter, mind[hunter, DECISIONS], 0)
    mind[hunter, DECISIONS] += 1
    hunters_pace(hunter, nerve[PACE_OF], lie, people)
    row, ways = who[hunter, IN], 0
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        door = ground[SIDE_ROWS][this, DOOR]
        if ground[SIDE_ROWS][this, OTHER] >= 0 and doors[PASSABLE_ROWS][door] == 1:
            ways += 1
    if ways == 0 and words[3] >= 0x80000000:
        _go_to_any_door(hunter, words[2], clock, ground, people, lie, outbreak)
        return
    wait = int((0.5 + words[1] / 4294967296.0) * LOOKS_ROUND * nerve[TICKS])
    if ways == 0 or words[0] < 0x40000000:
        stay(hunter, STANDING, clock, people, outbreak)
        mind[hunter, DUE] = clock[STEP] + max(1, wait)
        return
    wanted = (words[2] * ways) >> 32
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        door = ground[SIDE_ROWS][this, DOOR]
        if ground[SIDE_ROWS][this, OTHER] >= 0 and doors[PASSABLE_ROWS][door] == 1:
            if wanted == 0:
                _take_side(hunter, this, clock, people, outbreak)
                break
            wanted -= 1
    mind[hunter, DUE] = clock[STEP] + int(60.0 * nerve[TICKS])


@float_part
def _investigate(hunter, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Go on to the room from which a sound came, and look round there."""
    mind, who, nerve = outbreak[MIND_ROWS], people[WHO_ROWS], lie[NERVE_ROWS]
    if who[hunter, IN] == mind[hunter, ROOM_TO] or clock[STEP] - mind[hunter, SINCE] > 120 * nerve[TICKS]:
        take_mode(hunter, _WANDERING, clock[STEP] + int(SEARCHES * nerve[TICKS]), clock, who, outbreak, tables)
        stay(hunter, STANDING, clock, people, outbreak)
        mind[hunter, EVIDENCE] = 0
        memory = outbreak[MEMORY_ROWS]
        memory[hunter, 0, WHERE], memory[hunter, 0, AT] = mind[hunter, ROOM_TO], clock[STEP]
        return
    mind[hunter, DUE] = clock[STEP] + int(5.0 * nerve[TICKS])
    if mind[hunter, PATH_AT] < mind[hunter, PATH_LENGTH] and mind[hunter, STAGE] == 1:
        return
    _, _, _, _, last, _ = find_path(
        hunter, ANY_ROOM, mind[hunter, ROOM_TO], clock, law, ground, doors, people, lie, outbreak, work
    )
    if last < 0:
        take_mode(hunter, _WANDERING, clock[STEP], clock, who, outbreak, tables)
        return
    keep_path(hunter, last, outbreak, work)
    mind[hunter, STAGE] = 1
    hunters_pace(hunter, 0.5 * (nerve[PACE_OF] + nerve[SPEED_OF]), lie, people)
    follow_path(hunter, clock, people, outbreak)


@float_routine
def hear_prey(hunter, row, level, clock, people, lie, outbreak, tables):
    """Go where something is heard, if it is louder than what one goes after, or that was long ago."""
    mind, who, nerve = outbreak[MIND_ROWS], people[WHO_ROWS], lie[NERVE_ROWS]
    mode = mind[hunter, MODE]
    if mode == _LINGERING or (mode == _CHASING and clock[STEP] - mind[hunter, SEEN_PREY] <= 2 * nerve[TICKS]):
        return
    memory = outbreak[MEMORY_ROWS]
    searched = memory[hunter, 0, WHERE] == row and clock[STEP] - memory[hunter, 0, AT] < BORED * nerve[TICKS]
    if row == who[hunter, IN] or searched:
        return
    old = mode == _WANDERING or clock[STEP] - mind[hunter, SINCE] > 10 * nerve[TICKS]
    if mode == _BREAKING and ground_room_is_heard(hunter, row, mind):
        mind[hunter, SINCE] = clock[STEP]
        return
    if level <= mind[hunter, EVIDENCE] and not old:
        return
    mind[hunter, EVIDENCE], mind[hunter, ROOM_TO] = level, row
    take_mode(hunter, _INVESTIGATING, clock[STEP], clock, who, outbreak, tables)
    mind[hunter, STAGE], mind[hunter, SINCE] = 0, clock[STEP]


@float_part
def ground_room_is_heard(hunter, row, mind):
    """Whether a sound comes from behind the door on which a hunter beats."""
    return mind[hunter, ROOM_TO] == row


@float_routine
def begin_to_beat(hunter, this, clock, ground, people, lie, outbreak, tables):
    """Beat on the door of a side from now on."""
    mind, who = outbreak[MIND_ROWS], people[WHO_ROWS]
    beyond = ground[SIDE_ROWS][this, OTHER]
    take_mode(hunter, _BREAKING, clock[STEP] + int(lie[NERVE_ROWS][TICKS]), clock, who, outbreak, tables)
    stay(hunter, STANDING, clock, people, outbreak)
    mind[hunter, DOOR_AT], mind[hunter, SINCE] = this, clock[STEP]
    mind[hunter, ROOM_TO] = ground[SIDE_ROWS][beyond, ROOM] if beyond >= 0 else -1


@float_part
def _break_on(hunter, seed, clock, ground, doors, people, lie, outbreak, tables):
    """Go on beating, through the door once it has given way, or away if nothing is heard any more."""
    mind, who, nerve = outbreak[MIND_ROWS], people[WHO_ROWS], lie[NERVE_ROWS]
    this = mind[hunter, DOOR_AT]
    if doors[PASSABLE_ROWS][ground[SIDE_ROWS][this, DOOR]] == 1:
        take_mode(hunter, _WANDERING, clock[STEP] + int(30 * nerve[TICKS]), clock, who, outbreak, tables)
        hunters_pace(hunter, nerve[SPEED_OF], lie, people)
        _take_side(hunter, this, clock, people, outbreak)
        return
    words = draw(seed, _WANDER, hunter, mind[hunter, DECISIONS], 1)
    mind[hunter, DECISIONS] += 1
    mind[hunter, DUE] = clock[STEP] + int(2.0 * nerve[TICKS])
    waited = clock[STEP] - mind[hunter, SINCE] > 20 * nerve[TICKS]
    if waited and words[0] / 4294967296.0 < 2.0 / GIVES_UP_DOOR:
        take_mode(hunter, _WANDERING, clock[STEP], clock, who, outbreak, tables)
        mind[hunter, EVIDENCE] = 0


@float_routine
def decide_hunter(hunter, seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """What a hunter does next."""
    mind = outbreak[MIND_ROWS]
    mode = mind[hunter, MODE]
    if mode == _LINGERING:
        if clock[STEP] >= mind[hunter, READY]:
            take_mode(hunter, _WANDERING, clock[STEP], clock, people[WHO_ROWS], outbreak, tables)
            mode = _WANDERING
        else:
            mind[hunter, DUE] = mind[hunter, READY]
            return
    if mode == _CHASING:
        _chase(hunter, clock, ground, doors, people, lie, outbreak, tables)
        mode = mind[hunter, MODE]
    if mode == _INVESTIGATING:
        _investigate(hunter, clock, law, ground, doors, people, lie, outbreak, work, tables)
        mode = mind[hunter, MODE]
    if mode == _BREAKING:
        _break_on(hunter, seed, clock, ground, doors, people, lie, outbreak, tables)
        return
    if mode == _WANDERING and mind[hunter, DUE] <= clock[STEP]:
        _wander(hunter, seed, clock, ground, doors, people, lie, outbreak, tables)
