"""Doors that hunters beat on give way in the end, the sooner the more of them reach it."""

from hyosan.engine.building.columns import AX, AY, BX, BY, DOOR, IN, ROLE, STEP, WIDTH
from hyosan.engine.building.given import GATE_ROWS, PASSABLE_ROWS, SIDE_ROWS, WHO_ROWS
from hyosan.engine.building.outbreak.columns import (
    BANG,
    BARRED,
    BEATEN,
    BEATERS,
    BLOWS,
    DOOR_AT,
    EPISODE,
    HOLDERS,
    HOLDING,
    HUNTER,
    LATCH_STRENGTH,
    LOCKED_BY,
    MODE,
    N_HUNTERS,
    POINTS,
    STAGE,
    STALE,
    TICKS,
    TOUGH,
)
from hyosan.engine.building.outbreak.given import (
    COUNT_ROWS,
    DOOR_LOAD_ROWS,
    DOOR_STATE_ROWS,
    MIND_ROWS,
    NERVE_ROWS,
    STRONG_ROWS,
)
from hyosan.engine.building.outbreak.sounds import make_sound
from hyosan.engine.building.outbreak.writing import note_door
from hyosan.jit import float_part, float_routine
from hyosan.rules.codes import DoorEvent, Mind, Sound
from hyosan.rules.random import Draw, draw, exponential, use_of

SHOULDERS = 0.45
"""So much of a door's width a hunter needs to beat on it [m]; assumed: as broad as shoulders."""

_BREAKING, _HOLDING = int(Mind.BREAKING), int(Mind.HOLDING)
_BROKEN, _BEATEN = int(DoorEvent.BROKEN), int(DoorEvent.BEATEN)
_BANG = int(Sound.BANG)
_GIVES_WAY = use_of(int(Draw.GIVES_WAY), 0, 0)


@float_part
def toughness(door, episode, seed):
    """What a door stands, as a share of the average: an exponential of mean 1."""
    words = draw(seed, _GIVES_WAY, door, 0, episode)
    return exponential(words[0], words[1]) / 4294967296.0


@float_part
def strength_of(door, passable, lie, outbreak):
    """Blows that a door stands on average now."""
    nerve, load, state = lie[NERVE_ROWS], outbreak[DOOR_LOAD_ROWS], outbreak[DOOR_STATE_ROWS]
    own = lie[STRONG_ROWS][door] if passable == 0 else nerve[LATCH_STRENGTH]
    return own + load[door, POINTS] + nerve[HOLDING] * state[door, HOLDERS]


@float_part
def _count_hands(clock, ground, people, outbreak):
    """Count who beats on each door, and who holds it."""
    who, mind, state = people[WHO_ROWS], outbreak[MIND_ROWS], outbreak[DOOR_STATE_ROWS]
    for door in range(len(state)):
        state[door, BEATERS], state[door, HOLDERS] = 0, 0
    for person in range(len(who)):
        mode = mind[person, MODE]
        if who[person, IN] < 0 or (mode != _BREAKING and mode != _HOLDING):
            continue
        door = ground[SIDE_ROWS][mind[person, DOOR_AT], DOOR]
        if door >= len(state):
            continue
        if mode == _BREAKING and who[person, ROLE] == HUNTER:
            state[door, BEATERS] += 1
        elif mode == _HOLDING and mind[person, STAGE] == 2:
            state[door, HOLDERS] += 1


@float_part
def _bang(door, first, clock, ground, people, lie, outbreak, tables):
    """Make the noise of a door that is beaten on."""
    gate = ground[GATE_ROWS]
    mind, who = outbreak[MIND_ROWS], people[WHO_ROWS]
    this = mind[first, DOOR_AT]
    x, y = 0.5 * (gate[this, AX] + gate[this, BX]), 0.5 * (gate[this, AY] + gate[this, BY])
    make_sound(*(_BANG, lie[NERVE_ROWS][BANG], x, y, who[first, IN], first, clock[STEP]), *(outbreak, tables))


@float_routine
def beat_doors(seed, clock, ground, doors, people, lie, outbreak, tables):
    """Let hunters beat on doors for a step."""
    if outbreak[COUNT_ROWS][N_HUNTERS] == 0:
        return
    nerve, state, load, passable = (
        lie[NERVE_ROWS],
        outbreak[DOOR_STATE_ROWS],
        outbreak[DOOR_LOAD_ROWS],
        doors[PASSABLE_ROWS],
    )
    who, mind, side, gate = people[WHO_ROWS], outbreak[MIND_ROWS], ground[SIDE_ROWS], ground[GATE_ROWS]
    _count_hands(clock, ground, people, outbreak)
    second = int(nerve[TICKS])
    for first in range(len(who)):
        if who[first, ROLE] != HUNTER or mind[first, MODE] != _BREAKING or who[first, IN] < 0:
            continue
        this = mind[first, DOOR_AT]
        door = side[this, DOOR]
        # Once a door: by the first by number who beats on it.
        if door >= len(state) or state[door, BEATERS] <= 0 or passable[door] == 1:
            continue
        hands = min(state[door, BEATERS], max(1, int(gate[this, WIDTH] / SHOULDERS)))
        if load[door, TOUGH] <= 0.0:
            load[door, TOUGH] = toughness(door, state[door, EPISODE], seed)
            note_door(_BEATEN, door, first, clock, outbreak, tables)
        load[door, BEATEN] += hands * nerve[BLOWS] / (nerve[TICKS] * strength_of(door, passable[door], lie, outbreak))
        state[door, BEATERS] = -state[door, BEATERS]
        if (clock[STEP] + door) % second == 0:
            _bang(door, first, clock, ground, people, lie, outbreak, tables)
        if load[door, BEATEN] >= load[door, TOUGH]:
            passable[door], state[door, LOCKED_BY], state[door, BARRED] = 1, -1, 0
            load[door, POINTS], load[door, BEATEN], load[door, TOUGH] = 0.0, 0.0, 0.0
            state[door, EPISODE] += 1
            outbreak[COUNT_ROWS][STALE] = 1
            note_door(_BROKEN, door, first, clock, outbreak, tables)
    for door in range(len(state)):
        if state[door, BEATERS] < 0:
            state[door, BEATERS] = -state[door, BEATERS]
