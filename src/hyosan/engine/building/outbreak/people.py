"""What people decide: to do as the teacher says, to go on, to leave as told, to steal away, to go on fighting."""

from hyosan.engine.building.columns import (
    IN,
    POSTURE,
    STANDING,
    STEP,
    WALKING,
    X,
    Y,
)
from hyosan.engine.building.given import PLACE_ROWS, WHO_ROWS
from hyosan.engine.building.outbreak.columns import (
    AT,
    DUE,
    EVIDENCE,
    LEADER,
    LEADS,
    MEMORIES,
    MODE,
    PATH_AT,
    PATH_LENGTH,
    REACH_OF,
    ROOM_TO,
    SEEN_AT,
    SIBLING,
    SNEAKING,
    TARGET,
    TICKS,
    WHERE,
    WHOSE,
)
from hyosan.engine.building.outbreak.flight import (
    BRISK,
    CARELESS,
    RUNNERS_GAP,
    THINKS_AGAIN,
    attacks,
    choose_flight,
    run_pace,
    set_pace,
)
from hyosan.engine.building.outbreak.given import (
    MEMORY_PLACE_ROWS,
    MEMORY_ROWS,
    MIND_ROWS,
    NERVE_ROWS,
    PATH_ROWS,
)
from hyosan.engine.building.outbreak.memory import (
    CERTAINTY,
    FRESH,
    alarm,
    danger_near,
    is_alive,
    share_memories,
    unsettle,
)
from hyosan.engine.building.outbreak.moving import follow_path, make_for, stay, take_mode
from hyosan.engine.building.outbreak.paths import OUT, find_path, keep_path
from hyosan.engine.building.outbreak.writing import note_deed
from hyosan.engine.building.routes import FAR_OFF
from hyosan.jit import float_part, float_routine
from hyosan.rules.codes import Deed, Mind
from hyosan.rules.plane import length_of

_EVACUATING, _FLEEING, _SEEKING = int(Mind.EVACUATING), int(Mind.FLEEING), int(Mind.SEEKING)
_TO_REFUGE, _SECURING, _SNEAKING = int(Mind.TO_REFUGE), int(Mind.SECURING), int(Mind.SNEAKING)
_FOLLOWING, _ALARMED, _UNAWARE = int(Mind.FOLLOWING), int(Mind.ALARMED), int(Mind.UNAWARE)
_LED, _FETCHED = int(Deed.LED), int(Deed.FETCHED)


@float_routine
def lead(person, clock, people, lie, outbreak, tables):
    """A teacher tells those in the room what to do: what it does itself."""
    mind, who, path = outbreak[MIND_ROWS], people[WHO_ROWS], outbreak[PATH_ROWS]
    if mind[person, MODE] not in (_FLEEING, _TO_REFUGE, _SECURING):
        return
    for other in range(len(who)):
        if other == person or who[other, IN] != who[person, IN] or not is_alive(other, who):
            continue
        mode = mind[other, MODE]
        if mind[other, LEADER] == LEADS or (mode != _UNAWARE and mode != _ALARMED and mode != _FOLLOWING):
            continue
        mind[other, EVIDENCE], mind[other, LEADER] = max(mind[other, EVIDENCE], CERTAINTY), person
        share_memories(person, other, outbreak)
        mine = mind[person, MODE]
        if mine in (_FLEEING, _TO_REFUGE):
            for number in range(path.shape[1]):
                path[other, number] = path[person, number]
            mind[other, PATH_LENGTH] = mind[person, PATH_LENGTH]
            mind[other, ROOM_TO] = mind[person, ROOM_TO]
            run_pace(other, people, lie, outbreak)
            follow_path(other, clock, people, outbreak)
            take_mode(other, mine, mind[person, DUE] + other % 10, clock, who, outbreak, tables)
        elif mine == _SECURING:
            mind[other, ROOM_TO] = mind[person, ROOM_TO]
            set_pace(other, BRISK, RUNNERS_GAP, people)
            stay(other, who[other, POSTURE] if who[other, POSTURE] < WALKING else STANDING, clock, people, outbreak)
            take_mode(other, _SECURING, clock[STEP] + 2 + other % 10, clock, who, outbreak, tables)
        note_deed(_LED, person, other, clock, who, outbreak, tables)


@float_routine
def teacher_in(row, people, outbreak):
    """A teacher in a room who leads and is no hunter; -1 without one."""
    who, mind = people[WHO_ROWS], outbreak[MIND_ROWS]
    for other in range(len(who)):
        if mind[other, LEADER] == LEADS and who[other, IN] == row and is_alive(other, who):
            return other
    return -1


@float_routine
def decide_alarmed(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Whoever has been alarmed decides, or asks the teacher."""
    mind, who, nerve = outbreak[MIND_ROWS], people[WHO_ROWS], lie[NERVE_ROWS]
    unsettle(person, seed, clock, people, lie, outbreak, tables)
    near = danger_near(person, clock, ground, doors, people, lie, outbreak)
    if near >= FAR_OFF and mind[person, LEADER] != LEADS:
        teacher = teacher_in(who[person, IN], people, outbreak)
        if teacher >= 0:
            mind[teacher, EVIDENCE] = max(mind[teacher, EVIDENCE], mind[person, EVIDENCE])
            share_memories(person, teacher, outbreak)
            take_mode(person, _FOLLOWING, clock[STEP] + int(6 * nerve[TICKS]), clock, who, outbreak, tables)
            return
    choose_flight(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
    if mind[person, LEADER] == LEADS:
        lead(person, clock, people, lie, outbreak, tables)


@float_part
def _find_each_other(person, seed, clock, people, lie, outbreak, tables):
    """Whoever has come for a brother or sister tells it what it knows, if it is there."""
    other, who = -2 - outbreak[MIND_ROWS][person, SIBLING], people[WHO_ROWS]
    if other >= 0 and who[other, IN] == who[person, IN] and is_alive(other, who):
        share_memories(person, other, outbreak)
        alarm(other, CERTAINTY, seed, clock, people, lie, outbreak, tables)
        note_deed(_FETCHED, person, other, clock, who, outbreak, tables)


@float_routine
def keep_fleeing(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Whoever runs goes on, and thinks again if it has seen a hunter since, or its path has ended."""
    mind, nerve, who = outbreak[MIND_ROWS], lie[NERVE_ROWS], people[WHO_ROWS]
    over = mind[person, PATH_AT] >= mind[person, PATH_LENGTH]
    if mind[person, MODE] == _TO_REFUGE and who[person, IN] == mind[person, ROOM_TO] and over:
        take_mode(person, _SECURING, clock[STEP] + 1, clock, who, outbreak, tables)
        return
    if mind[person, MODE] == _SEEKING and over:
        _find_each_other(person, seed, clock, people, lie, outbreak, tables)
        choose_flight(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
        return
    new = clock[STEP] - mind[person, SEEN_AT] < THINKS_AGAIN * nerve[TICKS]
    if over or new or mind[person, MODE] == _SEEKING:
        choose_flight(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
    else:
        mind[person, DUE] = clock[STEP] + int(CARELESS * nerve[TICKS])


@float_routine
def leave_as_told(person, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Walk out, as told."""
    nerve = lie[NERVE_ROWS]
    out, _, _, _, _, _ = find_path(person, OUT, -1, clock, law, ground, doors, people, lie, outbreak, work)
    if out < 0 and outbreak[MIND_ROWS][person, TARGET] >= 0:
        # By the exit that was named there is no way: then by any.
        outbreak[MIND_ROWS][person, TARGET] = -1
        out, _, _, _, _, _ = find_path(person, OUT, -1, clock, law, ground, doors, people, lie, outbreak, work)
    take_mode(person, _EVACUATING, clock[STEP] + int(10 * nerve[TICKS]), clock, people[WHO_ROWS], outbreak, tables)
    if out < 0:
        stay(person, STANDING, clock, people, outbreak)
        return
    keep_path(person, out, outbreak, work)
    set_pace(person, BRISK, 1.0, people)
    follow_path(person, clock, people, outbreak)


@float_routine
def sneak_out(person, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Steal away, out of the building; whether there is a way."""
    nerve = lie[NERVE_ROWS]
    out, cost, _, _, _, _ = find_path(person, OUT, -1, clock, law, ground, doors, people, lie, outbreak, work)
    if out < 0 or cost >= FAR_OFF:
        return False
    keep_path(person, out, outbreak, work)
    take_mode(person, _SNEAKING, clock[STEP] + int(3 * nerve[TICKS]), clock, people[WHO_ROWS], outbreak, tables)
    set_pace(person, nerve[SNEAKING], 1.0, people)
    follow_path(person, clock, people, outbreak)
    return True


@float_part
def keep_sneaking(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Whoever steals away goes on, unless it sees a hunter or its path has ended."""
    mind = outbreak[MIND_ROWS]
    near = danger_near(person, clock, ground, doors, people, lie, outbreak)
    if near < FAR_OFF or mind[person, PATH_AT] >= mind[person, PATH_LENGTH]:
        choose_flight(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
    else:
        mind[person, DUE] = clock[STEP] + int(THINKS_AGAIN * lie[NERVE_ROWS][TICKS])


@float_routine
def go_on_fighting(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Whoever fights goes at the hunter, as long as there is one."""
    nerve, memory, who = lie[NERVE_ROWS], outbreak[MEMORY_ROWS], people[WHO_ROWS]
    where, place = outbreak[MEMORY_PLACE_ROWS], people[PLACE_ROWS]
    if not attacks(person, clock, people, lie, outbreak):
        choose_flight(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
        return
    outbreak[MIND_ROWS][person, DUE] = clock[STEP] + int(0.5 * nerve[TICKS])
    for number in range(MEMORIES):
        fresh = clock[STEP] - memory[person, number, AT] <= FRESH * nerve[TICKS]
        if memory[person, number, WHOSE] >= 0 and fresh and memory[person, number, WHERE] == who[person, IN]:
            dx, dy = where[person, number, 0] - place[person, X], where[person, number, 1] - place[person, Y]
            if length_of(dx, dy) > nerve[REACH_OF]:
                make_for(person, where[person, number, 0], where[person, number, 1], clock, people, outbreak)
            return
