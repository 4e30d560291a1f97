"""What is ordered inside the building, and what the office does once somebody has called."""

from hyosan.engine.building.columns import ROLE, STEP
from hyosan.engine.building.given import WHO_ROWS
from hyosan.engine.building.outbreak.columns import (
    BITTEN,
    CALLS_AT,
    EVACUATE,
    FIRST_CALL,
    HEALTHY,
    MODE,
    N_CALLS,
    NEXT_ORDER,
    ORDER_AT,
    ORDER_DOOR,
    ORDER_KIND,
    ORDER_SHARE,
    ORDERED,
    RESPONDED,
    RESPONSE,
    RESPONSE_AFTER,
    RESPONSE_SHARE,
    TARGET,
    TEXTS_AT,
    TICKS,
)
from hyosan.engine.building.outbreak.given import COUNT_ROWS, MIND_ROWS, NERVE_ROWS, ORDER_ROWS
from hyosan.engine.building.outbreak.memory import CERTAINTY, alarm, is_alive, share_memories
from hyosan.engine.building.outbreak.moving import NEVER
from hyosan.engine.building.outbreak.writing import note_deed
from hyosan.jit import float_routine
from hyosan.rules.codes import Deed, Mind
from hyosan.rules.random import Draw, draw, happens, use_of

QUESTIONS_BELIEF, QUESTIONS_FRIEND = 6, 7

RINGS_AGAIN = 5.0
"""Who cannot telephone because it fights tries again after so long [s]; assumed."""

FRIENDS, TEXTED = 4, 120
"""To so many friends somebody writes, and it is so much evidence to each [1/100]; assumed: one message alarms half."""

_BELIEF = use_of(int(Draw.DECISION), QUESTIONS_BELIEF, 0)
_FRIEND = use_of(int(Draw.DECISION), QUESTIONS_FRIEND, 0)
_FIGHTING = int(Mind.FIGHTING)
_CALLED = int(Deed.CALLED)


@float_routine
def announce(kind, door, share, number, seed, clock, people, lie, outbreak, tables):
    """Tell everybody; who believes it does what it says as soon as it decides anything."""
    who, mind = people[WHO_ROWS], outbreak[MIND_ROWS]
    for person in range(len(who)):
        if not is_alive(person, who):
            continue
        if happens(share, draw(seed, _BELIEF, person, number, 0)[0]):
            mind[person, ORDERED] = kind + 1
            if kind == EVACUATE:
                mind[person, TARGET] = door
            alarm(person, CERTAINTY, seed, clock, people, lie, outbreak, tables)


@float_routine
def _call(person, clock, people, lie, outbreak, tables):
    """Somebody telephones for help."""
    mind, count, nerve = outbreak[MIND_ROWS], outbreak[COUNT_ROWS], lie[NERVE_ROWS]
    if mind[person, MODE] == _FIGHTING:
        mind[person, CALLS_AT] = clock[STEP] + int(RINGS_AGAIN * nerve[TICKS])
        return
    mind[person, CALLS_AT] = -1
    count[N_CALLS] += 1
    if count[N_CALLS] == 1:
        count[FIRST_CALL] = clock[STEP]
        if nerve[RESPONSE] > 0.0:
            count[RESPONDED] = clock[STEP] + int(nerve[RESPONSE_AFTER])
    note_deed(_CALLED, person, -1, clock, people[WHO_ROWS], outbreak, tables)


@float_routine
def _write_to_friends(person, seed, clock, people, lie, outbreak, tables):
    """Write to friends anywhere in the building, who learn that something is wrong, and where."""
    mind, who = outbreak[MIND_ROWS], people[WHO_ROWS]
    mind[person, TEXTS_AT] = -1
    for number in range(FRIENDS):
        words = draw(seed, _FRIEND, person, number, 0)
        other = (words[0] * len(who)) >> 32
        if other != person and is_alive(other, who):
            share_memories(person, other, outbreak)
            alarm(other, TEXTED, seed, clock, people, lie, outbreak, tables)


@float_routine
def obey_all(seed, clock, people, lie, outbreak, tables):
    """Calls, orders that are due, and the response of the office."""
    count, order, nerve, mind, who = (
        outbreak[COUNT_ROWS],
        lie[ORDER_ROWS],
        lie[NERVE_ROWS],
        outbreak[MIND_ROWS],
        people[WHO_ROWS],
    )
    for person in range(len(who)):
        if mind[person, CALLS_AT] >= 0 and mind[person, CALLS_AT] <= clock[STEP]:
            if is_alive(person, who):
                _call(person, clock, people, lie, outbreak, tables)
            else:
                mind[person, CALLS_AT] = -1
        if mind[person, TEXTS_AT] >= 0 and mind[person, TEXTS_AT] <= clock[STEP]:
            if who[person, ROLE] == HEALTHY or who[person, ROLE] == BITTEN:
                _write_to_friends(person, seed, clock, people, lie, outbreak, tables)
            else:
                mind[person, TEXTS_AT] = -1
    while count[NEXT_ORDER] < len(order) and order[count[NEXT_ORDER], ORDER_AT] <= clock[STEP]:
        row = count[NEXT_ORDER]
        count[NEXT_ORDER] += 1
        announce(
            *(order[row, ORDER_KIND], order[row, ORDER_DOOR], order[row, ORDER_SHARE], row + 1, seed, clock),
            *(people, lie, outbreak, tables),
        )
    if count[RESPONDED] <= clock[STEP]:
        count[RESPONDED] = NEVER
        announce(
            int(nerve[RESPONSE]) - 1, -1, int(nerve[RESPONSE_SHARE]), 0, seed, clock, people, lie, outbreak, tables
        )
