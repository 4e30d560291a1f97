"""Turning: the bitten become hunters where they are, and hunters tire."""

from hyosan.engine.building.awake import wake
from hyosan.engine.building.columns import (
    DOWN_SPEED,
    HEADWAY,
    IN,
    LEVEL_SPEED,
    NEEDS,
    ROLE,
    SITTING,
    STANDING,
    STEP,
    UP_SPEED,
    X,
    Y,
)
from hyosan.engine.building.given import BODY_ROWS, PLACE_ROWS, WALKER_ROWS, WHO_ROWS
from hyosan.engine.building.outbreak.columns import (
    BITTEN,
    BITTEN_AT,
    BITTEN_BY,
    EVIDENCE,
    GROWL,
    HEALTHY,
    HUNTER,
    N_EVER,
    N_HUNTERS,
    N_TURNED,
    NEXT_TURN,
    READY,
    SPEED_OF,
    SPENT,
    TARGET,
    TICKS,
    TIRES_AT,
    TURNS_AT,
)
from hyosan.engine.building.outbreak.given import COUNT_ROWS, MIND_ROWS, NERVE_ROWS, TIRE_AFTER_ROWS
from hyosan.engine.building.outbreak.hunters import HUNTERS_GAP
from hyosan.engine.building.outbreak.moving import NEVER, stay, take_mode
from hyosan.engine.building.outbreak.sounds import make_sound
from hyosan.engine.building.outbreak.strikes import infect, note_strike
from hyosan.jit import float_routine
from hyosan.rules.codes import Mind, Outcome, Sound
from hyosan.rules.walking import STAIRS_DOWN, STAIRS_UP

RISES = 2.0
"""Whoever turns stands still for so long first [s]; assumed."""

BY_ANIMAL = -2
"""In place of who bites: an animal, when the step of the bite has come."""

_BITTEN = int(Outcome.BITTEN)
_WANDERING, _OVER = int(Mind.WANDERING), int(Mind.OVER)
_GROWL = int(Sound.GROWL)


@float_routine
def turn_person(person, clock, people, lie, outbreak, tables):
    """Make a hunter of somebody."""
    who, body, mind, nerve, count = (
        people[WHO_ROWS],
        people[BODY_ROWS],
        outbreak[MIND_ROWS],
        lie[NERVE_ROWS],
        outbreak[COUNT_ROWS],
    )
    who[person, ROLE], who[person, NEEDS] = HUNTER, 1
    mind[person, TURNS_AT] = -1
    after = lie[TIRE_AFTER_ROWS][person]
    mind[person, TIRES_AT] = clock[STEP] + after if after >= 0 else -1
    if mind[person, TIRES_AT] >= 0:
        count[NEXT_TURN] = min(count[NEXT_TURN], mind[person, TIRES_AT])
    count[N_TURNED] += 1
    if who[person, IN] < 0:
        return
    count[N_HUNTERS] += 1
    count[N_EVER] = 1
    speed = nerve[SPEED_OF]
    body[person, LEVEL_SPEED], body[person, UP_SPEED], body[person, DOWN_SPEED] = (
        speed,
        speed * STAIRS_UP,
        speed * STAIRS_DOWN,
    )
    body[person, HEADWAY] = HUNTERS_GAP
    stay(person, STANDING, clock, people, outbreak)
    wake(person, clock, people[WALKER_ROWS], who)
    mind[person, TARGET], mind[person, EVIDENCE] = -1, 0
    mind[person, READY] = clock[STEP] + int(RISES * nerve[TICKS])
    take_mode(person, _WANDERING, mind[person, READY], clock, who, outbreak, tables)
    place = people[PLACE_ROWS]
    make_sound(
        *(_GROWL, nerve[GROWL], place[person, X], place[person, Y], who[person, IN], person, clock[STEP]),
        *(outbreak, tables),
    )


@float_routine
def turn_all_due(clock, people, lie, outbreak, tables):
    """Turn everybody whose time has come, and let hunters tire."""
    count, mind, who = outbreak[COUNT_ROWS], outbreak[MIND_ROWS], people[WHO_ROWS]
    if clock[STEP] < count[NEXT_TURN]:
        return
    count[NEXT_TURN] = NEVER
    for person in range(len(who)):
        bitten = who[person, ROLE] == HEALTHY and mind[person, BITTEN_BY] == BY_ANIMAL
        if bitten and mind[person, BITTEN_AT] <= clock[STEP] and who[person, IN] < 0:
            # It has left, and the animal finds nobody.
            mind[person, BITTEN_AT], mind[person, BITTEN_BY] = -1, -1
        elif bitten and mind[person, BITTEN_AT] <= clock[STEP]:
            infect(person, -1, clock, people, lie, outbreak)
            note_strike(-1, person, _BITTEN, clock, people, outbreak, tables)
        if who[person, ROLE] == BITTEN and mind[person, TURNS_AT] >= 0 and mind[person, TURNS_AT] <= clock[STEP]:
            turn_person(person, clock, people, lie, outbreak, tables)
        if who[person, ROLE] == HUNTER and mind[person, TIRES_AT] >= 0 and mind[person, TIRES_AT] <= clock[STEP]:
            who[person, ROLE] = SPENT
            if who[person, IN] >= 0:
                count[N_HUNTERS] -= 1
                stay(person, SITTING, clock, people, outbreak)
            take_mode(person, _OVER, NEVER, clock, who, outbreak, tables)
            mind[person, TIRES_AT] = -1
        if who[person, ROLE] == HEALTHY and mind[person, BITTEN_BY] == BY_ANIMAL:
            count[NEXT_TURN] = min(count[NEXT_TURN], mind[person, BITTEN_AT])
        for column in (TURNS_AT, TIRES_AT):
            if mind[person, column] >= 0 and (column == TURNS_AT or who[person, ROLE] == HUNTER):
                count[NEXT_TURN] = min(count[NEXT_TURN], mind[person, column])
