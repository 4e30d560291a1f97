"""What people learn of hunters: whom they saw where, what they heard, and how sure they are that something is wrong."""

from hyosan.engine.building.columns import DOOR, FIRST_SIDE, IN, OTHER, ROLE, ROOM, SIDE_COUNT, STEP, X, Y
from hyosan.engine.building.given import PASSABLE_ROWS, PLACE_ROWS, ROOM_ROWS, SIDE_ROWS, WHO_ROWS
from hyosan.engine.building.outbreak.columns import (
    AT,
    BITTEN,
    CALLS_AT,
    DECISIONS,
    DUE,
    EVIDENCE,
    HEALTHY,
    HESITATION,
    MEMORIES,
    MODE,
    NERVE,
    SEEN_AT,
    TALKS,
    TEXTING,
    TEXTS_AT,
    TICKS,
    WHERE,
    WHOSE,
)
from hyosan.engine.building.outbreak.columns import CALLING as CALLING_SHARE
from hyosan.engine.building.outbreak.given import (
    MEMORY_PLACE_ROWS,
    MEMORY_ROWS,
    MIND_ROWS,
    NERVE_ROWS,
    TRAIT_ROWS,
)
from hyosan.engine.building.outbreak.moving import take_mode
from hyosan.engine.building.routes import FAR_OFF
from hyosan.jit import float_part, float_routine
from hyosan.rules.codes import Mind
from hyosan.rules.plane import length_of
from hyosan.rules.random import Draw, draw, use_of

CERTAINTY = 1000
"""Evidence of who has seen for itself [1/100]."""

LEAST_EVIDENCE, MORE_EVIDENCE = 50.0, 150.0
"""Evidence from which the least and, so much more, the most reluctant are alarmed [1/100]; assumed."""

UNREST = 30
"""Evidence that somebody alarmed is to each other person of the room [1/100]; assumed."""

RING_AFTER, RING_WITHIN = 5.0, 45.0
"""Who telephones does so so long after it is alarmed at least, and so much longer at most [s]; assumed."""

HESITATES = 1
"""Questions of `Draw.DECISION`, its setting."""

FRESH = 3.0
"""A hunter seen so lately is where it was seen [s]; assumed."""

BEHIND_A_DOOR = 8.0
"""A hunter that is so near behind an open door is as good as in the room [m]; assumed."""

_UNAWARE = int(Mind.UNAWARE)
_ALARMED = int(Mind.ALARMED)
_HESITATION = use_of(int(Draw.DECISION), HESITATES, 0)


@float_part
def is_alive(person, who):
    """Whether somebody is in the building and no hunter."""
    return who[person, IN] >= 0 and (who[person, ROLE] == HEALTHY or who[person, ROLE] == BITTEN)


@float_routine
def remember(person, hunter, x, y, row, clock, outbreak):
    """Remember a hunter, in place of what is oldest; whether that is news."""
    memory, where = outbreak[MEMORY_ROWS], outbreak[MEMORY_PLACE_ROWS]
    oldest, found, news = 1 << 60, 0, True
    for number in range(MEMORIES):
        if memory[person, number, WHOSE] == hunter:
            found, news = number, memory[person, number, WHERE] != row
            break
        if memory[person, number, AT] < oldest:
            oldest, found = memory[person, number, AT], number
    memory[person, found, WHOSE], memory[person, found, WHERE], memory[person, found, AT] = hunter, row, clock[STEP]
    where[person, found, 0], where[person, found, 1] = x, y
    return news


@float_routine
def share_memories(person, other, outbreak):
    """Let somebody know what another remembers, as far as that is later."""
    memory, where = outbreak[MEMORY_ROWS], outbreak[MEMORY_PLACE_ROWS]
    for number in range(MEMORIES):
        whose = memory[person, number, WHOSE]
        if whose == -1:
            continue
        oldest, found = memory[person, number, AT], -1
        for place in range(MEMORIES):
            if memory[other, place, WHOSE] == whose:
                found = place if memory[other, place, AT] < memory[person, number, AT] else -1
                break
            if memory[other, place, AT] < oldest:
                oldest, found = memory[other, place, AT], place
        if found >= 0:
            for column in range(3):
                memory[other, found, column] = memory[person, number, column]
            where[other, found, 0], where[other, found, 1] = where[person, number, 0], where[person, number, 1]


@float_routine
def alarm(person, evidence, seed, clock, people, lie, outbreak, tables):
    """Let somebody have evidence [1/100]; who has enough of it hesitates, and then decides."""
    mind, trait, nerve, who = outbreak[MIND_ROWS], outbreak[TRAIT_ROWS], lie[NERVE_ROWS], people[WHO_ROWS]
    mind[person, EVIDENCE] = min(mind[person, EVIDENCE] + evidence, 10 * CERTAINTY)
    enough = LEAST_EVIDENCE + MORE_EVIDENCE * trait[person, NERVE]
    if mind[person, MODE] != _UNAWARE or mind[person, EVIDENCE] < enough:
        return
    words = draw(seed, _HESITATION, person, mind[person, DECISIONS], 0)
    hesitates = 1 + int(2.0 * nerve[HESITATION] * (words[0] / 4294967296.0))
    mind[person, DECISIONS] += 1
    take_mode(person, _ALARMED, clock[STEP] + hesitates, clock, who, outbreak, tables)
    if trait[person, TALKS] < nerve[CALLING_SHARE]:
        after = RING_AFTER + RING_WITHIN * (words[1] / 4294967296.0)
        mind[person, CALLS_AT] = clock[STEP] + int(after * nerve[TICKS])
    if words[2] / 4294967296.0 < nerve[TEXTING]:
        after = RING_AFTER + RING_WITHIN * (words[3] / 4294967296.0)
        mind[person, TEXTS_AT] = clock[STEP] + int(after * nerve[TICKS])


@float_routine
def unsettle(person, seed, clock, people, lie, outbreak, tables):
    """Whoever is in the room with somebody alarmed notices."""
    who = people[WHO_ROWS]
    row = who[person, IN]
    for other in range(len(who)):
        if other != person and who[other, IN] == row and is_alive(other, who):
            alarm(other, UNREST, seed, clock, people, lie, outbreak, tables)


@float_routine
def notice(person, hunter, x, y, row, seed, clock, people, lie, outbreak, tables):
    """Let somebody see a hunter at a place; whether that is news."""
    mind = outbreak[MIND_ROWS]
    news = remember(person, hunter, x, y, row, clock, outbreak)
    news = news or clock[STEP] - mind[person, SEEN_AT] > lie[NERVE_ROWS][TICKS] * 3
    mind[person, SEEN_AT] = clock[STEP]
    mind[person, EVIDENCE] = max(mind[person, EVIDENCE], CERTAINTY)
    if mind[person, MODE] == _UNAWARE:
        alarm(person, 0, seed, clock, people, lie, outbreak, tables)
        news = True
    if news:
        # It takes a moment to take it in.
        mind[person, DUE] = min(mind[person, DUE], clock[STEP] + 1 + int(0.3 * lie[NERVE_ROWS][TICKS]))
    return news


@float_part
def is_open_to(row, other, ground, doors):
    """Whether an open or broken door leads from a room into another."""
    room, side = ground[ROOM_ROWS], ground[SIDE_ROWS]
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        beyond = side[this, OTHER]
        if beyond >= 0 and side[beyond, ROOM] == other and doors[PASSABLE_ROWS][side[this, DOOR]] == 1:
            return True
    return False


@float_routine
def danger_near(person, clock, ground, doors, people, lie, outbreak):
    """How far the nearest hunter is that somebody has seen lately in its room [m]; `FAR_OFF` without one.

    One that is near behind an open door counts too.
    """
    memory, where, place = outbreak[MEMORY_ROWS], outbreak[MEMORY_PLACE_ROWS], people[PLACE_ROWS]
    row, least, fresh = people[WHO_ROWS][person, IN], FAR_OFF, FRESH * lie[NERVE_ROWS][TICKS]
    for number in range(MEMORIES):
        if memory[person, number, WHOSE] < 0 or clock[STEP] - memory[person, number, AT] > fresh:
            continue
        dx, dy = where[person, number, 0] - place[person, X], where[person, number, 1] - place[person, Y]
        away, there = length_of(dx, dy), memory[person, number, WHERE]
        if there == row or (away < BEHIND_A_DOOR and is_open_to(row, there, ground, doors)):
            least = min(least, away)
    return least
