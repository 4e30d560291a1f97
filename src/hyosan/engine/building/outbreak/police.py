"""Officers: they come in by a door, go where they hear something, and shoot the hunters that they see."""

from hyosan.engine.building.awake import take_posture, wake
from hyosan.engine.building.cells import enter_cell, grid_cell
from hyosan.engine.building.columns import (
    AX,
    AY,
    BX,
    BY,
    DOOR,
    FIRST_SIDE,
    FRAME,
    IN,
    NX,
    NY,
    OTHER,
    ROLE,
    ROOM,
    ROOM_OF,
    SIDE_COUNT,
    STANDING,
    STEP,
    X,
    Y,
)
from hyosan.engine.building.given import (
    BASED_ROWS,
    FOLLOWING_ROWS,
    GATE_ROWS,
    GRID_CORNER_ROWS,
    GRID_ROWS,
    HEAD_ROWS,
    MOVED_ROWS,
    PLACE_ROWS,
    PRESSED_ROWS,
    ROOM_ROWS,
    SIDE_ROWS,
    WALKER_ROWS,
    WHO_ROWS,
)
from hyosan.engine.building.outbreak.columns import (
    AT,
    DECISIONS,
    DUE,
    ENTERS_AT,
    ENTERS_BY,
    HIT,
    HUNTER,
    MEMORIES,
    MODE,
    PATH_AT,
    PATH_LENGTH,
    ROOM_TO,
    SHOTS,
    TICKS,
    WHERE,
    WHOSE,
)
from hyosan.engine.building.outbreak.flight import set_pace
from hyosan.engine.building.outbreak.given import (
    MEMORY_PLACE_ROWS,
    MEMORY_ROWS,
    MIND_ROWS,
    NERVE_ROWS,
    PATH_ROWS,
    USUAL_ROWS,
)
from hyosan.engine.building.outbreak.moving import follow_path, make_for, stay, take_mode
from hyosan.engine.building.outbreak.paths import ANY_ROOM, find_path, keep_path
from hyosan.engine.building.outbreak.sounds import make_sound
from hyosan.engine.building.outbreak.strikes import end_hunter
from hyosan.engine.building.outbreak.writing import note_deed
from hyosan.jit import float_routine
from hyosan.rules.codes import Deed, Mind, Sound
from hyosan.rules.plane import length_of
from hyosan.rules.random import Draw, draw, happens, use_of

IN_THE_WAY = 0.4
"""Nobody comes in while somebody stands so near to where it would stand [m]; assumed: a body and some."""

SEES = 0.6
"""A hunter seen so lately is in sight [s]; assumed: one that is looked at every 0.4 s."""

FARTHEST, REMEMBERS = 1000.0, 10.0
"""Officers go to where they have seen a hunter so lately [m], [s]; assumed."""

RANGE = 15.0
"""Officers shoot at hunters so near [m]; assumed."""

LOUD_SHOT = 1400.0
"""Level of a shot at 1 m [0.1 dB]; assumed: louder than anything else here."""

QUESTIONS_POLICE = 5

_PATROLLING, _SHOOTING = int(Mind.PATROLLING), int(Mind.SHOOTING)
_SHOT = int(Sound.SHOT)
_SHOT_DOWN = int(Deed.DESTROYED)
_POLICE = use_of(int(Draw.DECISION), QUESTIONS_POLICE, 0)


@float_routine
def come_in(person, clock, law, ground, people, outbreak, tables):
    """Let an officer come in by a door."""
    who, place, mind, gate = people[WHO_ROWS], people[PLACE_ROWS], outbreak[MIND_ROWS], ground[GATE_ROWS]
    this = mind[person, ENTERS_BY]
    x = 0.5 * (gate[this, AX] + gate[this, BX]) - 0.4 * gate[this, NX]
    y = 0.5 * (gate[this, AY] + gate[this, BY]) - 0.4 * gate[this, NY]
    row = ground[SIDE_ROWS][this, ROOM]
    for other in range(len(who)):
        dx, dy = place[other, X] - x, place[other, Y] - y
        if who[other, IN] == row and dx * dx + dy * dy < IN_THE_WAY * IN_THE_WAY:
            mind[person, DUE] = clock[STEP] + 1
            return
    who[person, IN], place[person, X], place[person, Y], place[person, ROOM_OF] = row, x, y, row
    for rows in (people[MOVED_ROWS], people[PRESSED_ROWS], people[BASED_ROWS]):
        rows[person, 0], rows[person, 1] = x, y
    frame = ground[ROOM_ROWS][row, FRAME]
    cell = grid_cell(x, y, frame, law, ground[GRID_ROWS], ground[GRID_CORNER_ROWS])
    enter_cell(person, cell, who, people[HEAD_ROWS], people[FOLLOWING_ROWS])
    take_posture(person, STANDING, clock, place, who)
    wake(person, clock, people[WALKER_ROWS], who)
    mind[person, ENTERS_AT] = -1
    take_mode(person, _PATROLLING, clock[STEP] + 1, clock, who, outbreak, tables)


@float_routine
def _hunter_in_sight(person, farthest, lately, clock, people, lie, outbreak):
    """Place in memory of the nearest hunter that an officer saw lately [s], up to a distance [m]; -1 without one."""
    memory, where, place = outbreak[MEMORY_ROWS], outbreak[MEMORY_PLACE_ROWS], people[PLACE_ROWS]
    least, found = farthest, -1
    for number in range(MEMORIES):
        hunter = memory[person, number, WHOSE]
        if hunter < 0 or people[WHO_ROWS][hunter, ROLE] != HUNTER:
            continue
        if clock[STEP] - memory[person, number, AT] > lately * lie[NERVE_ROWS][TICKS]:
            continue
        away = length_of(where[person, number, 0] - place[person, X], where[person, number, 1] - place[person, Y])
        if away < least:
            least, found = away, number
    return found


@float_routine
def patrol(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """What an officer does next: shoot, go on to where something was heard, or to any next room."""
    mind, who, nerve, place = outbreak[MIND_ROWS], people[WHO_ROWS], lie[NERVE_ROWS], people[PLACE_ROWS]
    words = draw(seed, _POLICE, person, mind[person, DECISIONS], 0)
    mind[person, DECISIONS] += 1
    seen = _hunter_in_sight(person, RANGE, SEES, clock, people, lie, outbreak)
    if seen >= 0:
        hunter = outbreak[MEMORY_ROWS][person, seen, WHOSE]
        if mind[person, MODE] != _SHOOTING:
            stay(person, STANDING, clock, people, outbreak)
        else:
            make_sound(
                *(_SHOT, LOUD_SHOT, place[person, X], place[person, Y], who[person, IN], person, clock[STEP]),
                *(outbreak, tables),
            )
            if happens(int(nerve[HIT]), words[0]):
                end_hunter(hunter, clock, people, outbreak, tables)
                note_deed(_SHOT_DOWN, person, hunter, clock, who, outbreak, tables)
        take_mode(person, _SHOOTING, clock[STEP] + int(nerve[SHOTS]), clock, who, outbreak, tables)
        return
    take_mode(person, _PATROLLING, clock[STEP] + int(3.0 * nerve[TICKS]), clock, who, outbreak, tables)
    set_pace(person, 1.2, 0.6, people)
    if mind[person, ROOM_TO] == who[person, IN]:
        mind[person, ROOM_TO] = -1
    seen = _hunter_in_sight(person, FARTHEST, REMEMBERS, clock, people, lie, outbreak)
    if seen >= 0 and outbreak[MEMORY_ROWS][person, seen, WHERE] == who[person, IN]:
        where = outbreak[MEMORY_PLACE_ROWS]
        make_for(person, where[person, seen, 0], where[person, seen, 1], clock, people, outbreak)
        mind[person, DUE] = clock[STEP] + int(nerve[TICKS])
        return
    if mind[person, PATH_AT] < mind[person, PATH_LENGTH]:
        return
    last = -1
    if mind[person, ROOM_TO] >= 0:
        _, _, _, _, last, _ = find_path(
            person, ANY_ROOM, mind[person, ROOM_TO], clock, law, ground, doors, people, lie, outbreak, work
        )
    if last >= 0:
        keep_path(person, last, outbreak, work)
        follow_path(person, clock, people, outbreak)
        return
    mind[person, ROOM_TO] = -1
    room, side, row = ground[ROOM_ROWS], ground[SIDE_ROWS], who[person, IN]
    wanted, found = words[1], -1
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        door = side[this, DOOR]
        usual = door >= len(lie[USUAL_ROWS]) or lie[USUAL_ROWS][door] > 0
        if side[this, OTHER] >= 0 and usual:
            mixed = (wanted * (this + 7)) & 0xFFFF
            if found < 0 or mixed > (wanted * (found + 7)) & 0xFFFF:
                found = this
    if found >= 0:
        outbreak[PATH_ROWS][person, 0] = found
        mind[person, PATH_LENGTH] = 1
        follow_path(person, clock, people, outbreak)
