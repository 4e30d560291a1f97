"""Who sees whom: hunters see people, and people and officers see hunters, a few times a second."""

from hyosan.engine.building.columns import (
    AX,
    AY,
    BX,
    BY,
    HEAD_X,
    HEAD_Y,
    IN,
    POSTURE,
    ROLE,
    SITTING,
    STEP,
    WALKING,
    X,
    Y,
)
from hyosan.engine.building.given import BODY_ROWS, GATE_ROWS, PLACE_ROWS, WHO_ROWS
from hyosan.engine.building.outbreak.columns import (
    BITTEN,
    HALF_VIEW,
    HEALTHY,
    HUNTER,
    HUNTER_SIGHT,
    HUNTERS_HALF_VIEW,
    MODE,
    N_HUNTERS,
    POLICE,
    SEEN_AT,
    SIGHT,
    TARGET,
    TICKS,
)
from hyosan.engine.building.outbreak.flight import scream_at_sight
from hyosan.engine.building.outbreak.given import COUNT_ROWS, MIND_ROWS, NERVE_ROWS, VISIBLE_ROWS
from hyosan.engine.building.outbreak.hunters import is_prey, spot_prey
from hyosan.engine.building.outbreak.memory import notice
from hyosan.engine.building.outbreak.rooms import list_by_room, next_seen
from hyosan.engine.building.outbreak.sights import APERTURES, find_visible, seen_from
from hyosan.jit import float_part, float_routine
from hyosan.rules.codes import Mind
from hyosan.rules.perception import in_view
from hyosan.rules.plane import length_of

LOOKS = 4
"""Each hunter is looked at every so many steps, in turn."""

FAITHFUL = 0.7
"""A hunter takes another prey only if it is nearer than this share of the distance to the one that it chases [1]."""

SCREAMS_AGAIN = 20.0
"""Whoever has seen no hunter for so long screams at sight of one [s]; assumed."""

CLOSE_BY = 1.5
"""Somebody so near is noticed whichever way one looks [m]; assumed."""

HIDDEN = 0.25
"""Who sits still, hidden, is seen by hunters at this share of the distance only [1]; assumed."""

_HIDING, _CHASING = int(Mind.HIDING), int(Mind.CHASING)


@float_routine
def _sees_hunter(person, hunter, dx, dy, seed, clock, people, lie, outbreak, tables):
    """Let somebody see a hunter that is (dx, dy) away from it, if it looks that way."""
    body, who, place, nerve, mind = (
        people[BODY_ROWS],
        people[WHO_ROWS],
        people[PLACE_ROWS],
        lie[NERVE_ROWS],
        outbreak[MIND_ROWS],
    )
    if dx * dx + dy * dy > nerve[SIGHT] * nerve[SIGHT]:
        return
    # Whoever walks looks ahead, others look round; within an arm's length and some nobody needs to look.
    ahead = who[person, POSTURE] != WALKING or dx * dx + dy * dy <= CLOSE_BY * CLOSE_BY
    if not ahead and not in_view(dx, dy, body[person, HEAD_X], body[person, HEAD_Y], nerve[HALF_VIEW]):
        return
    before = mind[person, SEEN_AT]
    new = notice(
        *(person, hunter, place[hunter, X], place[hunter, Y], who[hunter, IN], seed, clock, people, lie),
        *(outbreak, tables),
    )
    quiet = mind[person, MODE] == _HIDING or who[person, ROLE] == POLICE
    if new and not quiet and clock[STEP] - before > SCREAMS_AGAIN * nerve[TICKS]:
        scream_at_sight(person, clock, people, lie, outbreak, tables)


@float_routine
def look_of(hunter, seed, clock, ground, doors, people, lie, outbreak, work, tables):
    """A hunter and everybody whom it can see look at each other."""
    place, who, body, mind, nerve = (
        people[PLACE_ROWS],
        people[WHO_ROWS],
        people[BODY_ROWS],
        outbreak[MIND_ROWS],
        lie[NERVE_ROWS],
    )
    visible, row = outbreak[VISIBLE_ROWS], who[hunter, IN]
    x, y = place[hunter, X], place[hunter, Y]
    farthest = max(nerve[SIGHT], nerve[HUNTER_SIGHT])
    best, found, by = 1e30, -1, -1
    here, person = -1, -1
    while True:
        here, person = next_seen(row, here, person, visible, work)
        if person < 0:
            break
        role = who[person, ROLE]
        if person == hunter or (role != HEALTHY and role != BITTEN and role != POLICE):
            continue
        dx, dy = place[person, X] - x, place[person, Y] - y
        # Places on stairs are in frames of their own.
        apart = visible[row, here] > APERTURES + 1
        if not apart and dx * dx + dy * dy > farthest * farthest:
            continue
        in_sight, first = seen_from(x, y, row, place[person, X], place[person, Y], here, ground, doors, lie)
        if not in_sight:
            continue
        if apart:
            dx, dy = nearness(hunter, first, place, ground)
        _sees_hunter(person, hunter, -dx, -dy, seed, clock, people, lie, outbreak, tables)
        away = length_of(dx, dy)
        most = nerve[HUNTER_SIGHT]
        if mind[person, MODE] == _HIDING and who[person, POSTURE] == SITTING:
            most *= HIDDEN
        if not is_prey(person, who) or away > most:
            continue
        if away > CLOSE_BY and not in_view(
            dx, dy, body[hunter, HEAD_X], body[hunter, HEAD_Y], nerve[HUNTERS_HALF_VIEW]
        ):
            continue
        if mind[hunter, MODE] == _CHASING and mind[hunter, TARGET] == person:
            away *= FAITHFUL
        if away < best:
            best, found, by = away, person, first
    if found >= 0:
        spot_prey(hunter, found, by, clock, people, lie, outbreak, tables)


@float_part
def nearness(person, first, place, ground):
    """The way from somebody to the middle of a side, in place of the way to who is behind it in another frame [m]."""
    gate = ground[GATE_ROWS]
    return (
        0.5 * (gate[first, AX] + gate[first, BX]) - place[person, X],
        0.5 * (gate[first, AY] + gate[first, BY]) - place[person, Y],
    )


@float_routine
def look_all(seed, clock, ground, doors, people, lie, outbreak, work, tables):
    """Hunters look, each in its turn."""
    if outbreak[COUNT_ROWS][N_HUNTERS] == 0:
        return
    find_visible(ground, doors, lie, outbreak)
    list_by_room(people, work)
    who = people[WHO_ROWS]
    for hunter in range(len(who)):
        if who[hunter, ROLE] == HUNTER and who[hunter, IN] >= 0 and (clock[STEP] + hunter) % LOOKS == 0:
            look_of(hunter, seed, clock, ground, doors, people, lie, outbreak, work, tables)
