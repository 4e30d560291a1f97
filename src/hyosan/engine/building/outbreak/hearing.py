"""Who hears the sounds of the last step, and what they make of them."""

from hyosan.engine.building.columns import IN, ROLE, STEP, X, Y
from hyosan.engine.building.given import PLACE_ROWS, ROOM_ROWS, WHO_ROWS
from hyosan.engine.building.outbreak.columns import (
    AT,
    BY,
    HUNTER,
    HUNTER_EAR,
    KIND_OF,
    LEVEL,
    MEMORIES,
    MEMORY,
    MODE,
    N_SOUNDS,
    POLICE,
    QUIETEST,
    ROOM_TO,
    SEEN_AT,
    SOUND_ROOM,
    SOUND_X,
    SOUND_Y,
    SPEECH,
    WHERE,
    WHOSE,
)
from hyosan.engine.building.outbreak.given import (
    COUNT_ROWS,
    FIRST_WORK,
    MEMORY_ROWS,
    MIND_ROWS,
    NERVE_ROWS,
    NEXT_WORK,
    NOISE_ROWS,
    SOUND_ROWS,
)
from hyosan.engine.building.outbreak.hunters import hear_prey
from hyosan.engine.building.outbreak.memory import alarm, is_alive, remember
from hyosan.engine.building.outbreak.rooms import list_by_room
from hyosan.engine.building.outbreak.sounds import SILENT, level_at, loudest_in, spread_sound
from hyosan.jit import float_part, float_routine
from hyosan.rules.codes import Mind, Sound

_FOOTSTEPS, _PHONE = int(Sound.FOOTSTEPS), int(Sound.PHONE)
_GROWL, _SHOT = int(Sound.GROWL), int(Sound.SHOT)
_HIDING, _SNEAKING, _PATROLLING = int(Mind.HIDING), int(Mind.SNEAKING), int(Mind.PATROLLING)

EVIDENCE_OF = (60, 15, 60, 0, 60, 90)
"""Evidence that a sound is to who hears it, by `Sound` [1/100]; assumed: two screams alarm most people."""

NEAR_BY = 150
"""A sound so far above what is heard at all counts twice [0.1 dB]; assumed."""

REMEMBERED = 0.5
"""A place that is only heard of counts as if seen so large a part of a memory ago [1]; assumed."""


@float_routine
def _believe(person, kind, excess, row, seed, clock, people, lie, outbreak, tables):
    """Let somebody make something of a sound: that something is wrong, and where."""
    mind, memory, nerve = outbreak[MIND_ROWS], outbreak[MEMORY_ROWS], lie[NERVE_ROWS]
    if kind == _PHONE:
        return
    evidence = EVIDENCE_OF[kind] * (2 if excess >= NEAR_BY else 1)
    if kind != _FOOTSTEPS:
        mode = mind[person, MODE]
        if mode in (_HIDING, _SNEAKING):
            mind[person, SEEN_AT] = clock[STEP]
        known = False
        for number in range(MEMORIES):
            known = known or (memory[person, number, WHOSE] != -1 and memory[person, number, WHERE] == row)
        if not known:
            remember(person, -2 - row, 0.0, 0.0, row, clock, outbreak)
            for number in range(MEMORIES):
                if memory[person, number, WHOSE] == -2 - row:
                    memory[person, number, AT] = clock[STEP] - int(REMEMBERED * nerve[MEMORY])
    alarm(person, evidence, seed, clock, people, lie, outbreak, tables)


@float_part
def _hears(person, kind, by, level, x, y, row, seed, clock, ground, people, lie, outbreak, work, tables):
    """Let somebody hear a sound, if it is loud enough for it."""
    nerve, mind, place, who = lie[NERVE_ROWS], outbreak[MIND_ROWS], people[PLACE_ROWS], people[WHO_ROWS]
    hunts, here = who[person, ROLE] == HUNTER, who[person, IN]
    # Who hunts does not heed its like.
    if person == by or (hunts and kind == _GROWL):
        return
    least = int(nerve[HUNTER_EAR]) if hunts else lie[NOISE_ROWS][here] + int(nerve[SPEECH])
    heard, _ = level_at(place[person, X], place[person, Y], here, level, x, y, row, ground, lie, work)
    if heard < least or heard == SILENT:
        return
    if hunts:
        hear_prey(person, row, heard, clock, people, lie, outbreak, tables)
    elif who[person, ROLE] == POLICE:
        if kind != _FOOTSTEPS and kind != _SHOT and mind[person, MODE] == _PATROLLING:
            mind[person, ROOM_TO] = row
    elif is_alive(person, who):
        _believe(person, kind, heard - least, row, seed, clock, people, lie, outbreak, tables)


@float_routine
def hear_all(seed, clock, ground, doors, people, lie, outbreak, work, tables):
    """Let everybody hear the sounds of the last step, one sound after another."""
    count, sound, nerve = outbreak[COUNT_ROWS], outbreak[SOUND_ROWS], lie[NERVE_ROWS]
    made = count[N_SOUNDS]
    if made == 0:
        return
    count[N_SOUNDS] = 0
    list_by_room(people, work)
    for number in range(made):
        kind, row, by = int(sound[number, KIND_OF]), int(sound[number, SOUND_ROOM]), int(sound[number, BY])
        x, y, level = sound[number, SOUND_X], sound[number, SOUND_Y], int(sound[number, LEVEL])
        spread_sound(x, y, row, level - int(nerve[QUIETEST]), ground, doors, lie, outbreak, work)
        for here in range(len(ground[ROOM_ROWS])):
            person = work[FIRST_WORK][here]
            if person < 0:
                continue
            least = min(int(nerve[HUNTER_EAR]), lie[NOISE_ROWS][here] + int(nerve[SPEECH]))
            if here != row and loudest_in(here, level, row, ground, lie, work) < least:
                continue
            while person >= 0:
                _hears(person, kind, by, level, x, y, row, seed, clock, ground, people, lie, outbreak, work, tables)
                person = work[NEXT_WORK][person]
