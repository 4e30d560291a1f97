"""Strikes: hunters strike whoever is in reach, one after another; each sees what the earlier ones did."""

from hyosan.engine.building.columns import (
    DOOR,
    IN,
    ROLE,
    SITTING,
    STANDING,
    STEP,
    X,
    Y,
)
from hyosan.engine.building.given import PASSABLE_ROWS, PLACE_ROWS, SIDE_ROWS, WHO_ROWS
from hyosan.engine.building.outbreak.columns import (
    ALPHA,
    BITTEN,
    BITTEN_AT,
    BITTEN_BY,
    BOLD,
    COMPANY,
    DESTROYED,
    FEND,
    HUNTER,
    MEANS,
    MODE,
    N_BITTEN,
    N_DESTROYED,
    N_HUNTERS,
    N_STRIKES,
    NEXT_TURN,
    PAUSE,
    REACH_OF,
    READY,
    SCREAM,
    STRIKES,
    TAKES,
    TICKS,
    TIRES_AT,
    TURNS_AT,
)
from hyosan.engine.building.outbreak.given import (
    COUNT_ROWS,
    ENTRY_WORK,
    FIRST_WORK,
    KEY_WORK,
    MIND_ROWS,
    NERVE_ROWS,
    NEXT_WORK,
    STRIKE_TABLE,
    TRAIT_ROWS,
    TURN_AFTER_ROWS,
    VISIBLE_ROWS,
)
from hyosan.engine.building.outbreak.hunters import is_prey
from hyosan.engine.building.outbreak.moving import NEVER, stay, take_mode
from hyosan.engine.building.outbreak.rooms import list_by_room, next_seen
from hyosan.engine.building.outbreak.sights import seen_from
from hyosan.engine.building.outbreak.sounds import make_sound
from hyosan.engine.building.outbreak.writing import note_deed
from hyosan.jit import float_part, float_routine
from hyosan.rules.behaviour import odds
from hyosan.rules.bite import MOST_COMPANY
from hyosan.rules.codes import Deed, Mind, Outcome, Sound
from hyosan.rules.random import CERTAIN, Draw, draw, happens, use_of

BETWEEN_BLOWS = 4.0
"""People who attack a hunter leave so long between two blows [s]; assumed."""

INDOORS = 1
"""Layer of draws of strikes in buildings."""

_STRIKE, _PARRY = use_of(int(Draw.STRIKE), 0, INDOORS), use_of(int(Draw.PARRY), 0, INDOORS)
_BITTEN, _SPARED, _DESTROYED, _EVADED = (
    int(Outcome.BITTEN),
    int(Outcome.SPARED),
    int(Outcome.DESTROYED),
    int(Outcome.EVADED),
)
_FIGHTING, _HOLDING, _UNAWARE = int(Mind.FIGHTING), int(Mind.HOLDING), int(Mind.UNAWARE)
_LINGERING, _OVER = int(Mind.LINGERING), int(Mind.OVER)
_SCREAM = int(Sound.SCREAM)
_FENDED, _BY_DEFENDER = int(Deed.FENDED), int(Deed.DESTROYED)


@float_routine
def target_in_reach(hunter, ground, doors, people, lie, outbreak, work):
    """Whom a hunter can reach: the nearest, not through walls or shut doors, be they of glass; -1 if nobody."""
    place, who, visible = people[PLACE_ROWS], people[WHO_ROWS], outbreak[VISIBLE_ROWS]
    reach, row = lie[NERVE_ROWS][REACH_OF], who[hunter, IN]
    x, y = place[hunter, X], place[hunter, Y]
    least, found = reach * reach, -1
    here, person = -1, -1
    while True:
        here, person = next_seen(row, here, person, visible, work)
        if person < 0:
            break
        if not is_prey(person, who):
            continue
        dx, dy = place[person, X] - x, place[person, Y] - y
        square = dx * dx + dy * dy
        if square > least or (square == least and found >= 0):
            continue
        in_sight, first = seen_from(x, y, row, place[person, X], place[person, Y], here, ground, doors, lie)
        if in_sight and (first < 0 or doors[PASSABLE_ROWS][ground[SIDE_ROWS][first, DOOR]] == 1):
            least, found = square, person
    return found


@float_part
def _defenders(hunter, people, lie, outbreak):
    """People near a hunter in its room who know of it and may defend each other; and the boldest of those who fight."""
    place, who, mind = people[PLACE_ROWS], people[WHO_ROWS], outbreak[MIND_ROWS]
    reach = 1.5 * lie[NERVE_ROWS][REACH_OF]
    count, boldest, fighter = 0, -1.0, -1
    for person in range(len(who)):
        if who[person, IN] != who[hunter, IN] or not is_prey(person, who):
            continue
        dx, dy = place[person, X] - place[hunter, X], place[person, Y] - place[hunter, Y]
        if dx * dx + dy * dy > reach * reach:
            continue
        count += 1
        mode = mind[person, MODE]
        if (mode in (_FIGHTING, _HOLDING)) and outbreak[TRAIT_ROWS][person, BOLD] > boldest:
            boldest, fighter = outbreak[TRAIT_ROWS][person, BOLD], person
    return count, fighter


@float_part
def outcome_of(hunter, person, count, ordinal, word, seed, lie, outbreak):
    """`Outcome` of a strike at somebody, beside whom so many stand."""
    nerve, mode = lie[NERVE_ROWS], outbreak[MIND_ROWS][person, MODE]
    words = draw(seed, _PARRY, hunter, ordinal, 0)
    fights = mode in (_FIGHTING, _HOLDING)
    # Who does not see it coming does not parry.
    if mode != _UNAWARE and happens(int(nerve[FEND] * (1.0 if fights else 0.5)), words[0]):
        return _EVADED
    means = nerve[MEANS] if fights else 1.0
    chance = CERTAIN / (1.0 + odds(nerve[ALPHA], means, nerve[COMPANY], min(max(count, 1), MOST_COMPANY)))
    if not happens(int(chance + 0.5), word):
        return _DESTROYED
    return _BITTEN if happens(int(nerve[TAKES]), words[1]) else _SPARED


@float_routine
def end_hunter(hunter, clock, people, outbreak, tables):
    """Let a hunter do nothing any more."""
    who, mind, count = people[WHO_ROWS], outbreak[MIND_ROWS], outbreak[COUNT_ROWS]
    who[hunter, ROLE] = DESTROYED
    count[N_HUNTERS] -= 1
    count[N_DESTROYED] += 1
    stay(hunter, SITTING, clock, people, outbreak)
    take_mode(hunter, _OVER, NEVER, clock, who, outbreak, tables)
    mind[hunter, TIRES_AT] = -1


@float_routine
def infect(person, hunter, clock, people, lie, outbreak):
    """Infect somebody: it goes on as before, until it turns."""
    mind, count = outbreak[MIND_ROWS], outbreak[COUNT_ROWS]
    people[WHO_ROWS][person, ROLE] = BITTEN
    mind[person, BITTEN_AT], mind[person, BITTEN_BY] = clock[STEP], hunter
    count[N_BITTEN] += 1
    after = lie[TURN_AFTER_ROWS][person]
    if after >= 0:
        mind[person, TURNS_AT] = clock[STEP] + after
        count[NEXT_TURN] = min(count[NEXT_TURN], mind[person, TURNS_AT])


@float_routine
def note_strike(hunter, person, outcome, clock, people, outbreak, tables):
    """Write a strike down."""
    count, rows, place, who = outbreak[COUNT_ROWS], tables[STRIKE_TABLE], people[PLACE_ROWS], people[WHO_ROWS]
    row = count[N_STRIKES]
    rows[row, 0], rows[row, 1], rows[row, 2], rows[row, 3] = clock[STEP], hunter, person, outcome
    rows[row, 4] = who[person, IN]
    rows[row, 5], rows[row, 6] = int(place[person, X] * 1000.0), int(place[person, Y] * 1000.0)
    count[N_STRIKES] = row + 1


@float_routine
def settle_strike(hunter, person, ordinal, word, clock, seed, people, lie, outbreak, tables):
    """Settle one strike."""
    who, mind, nerve, place = people[WHO_ROWS], outbreak[MIND_ROWS], lie[NERVE_ROWS], people[PLACE_ROWS]
    count, fighter = _defenders(hunter, people, lie, outbreak)
    outcome = outcome_of(hunter, person, count, ordinal, word, seed, lie, outbreak)
    note_strike(hunter, person, outcome, clock, people, outbreak, tables)
    if fighter >= 0 and fighter != person and (outcome in (_EVADED, _DESTROYED)):
        deed = _FENDED if outcome == _EVADED else _BY_DEFENDER
        note_deed(deed, fighter, person, clock, who, outbreak, tables)
    make_sound(
        *(_SCREAM, nerve[SCREAM], place[person, X], place[person, Y], who[person, IN], person, clock[STEP]),
        *(outbreak, tables),
    )
    if outcome == _DESTROYED:
        end_hunter(hunter, clock, people, outbreak, tables)
        return
    mind[hunter, READY] = clock[STEP] + int(nerve[PAUSE])
    if nerve[PAUSE] > 0.0:
        stay(hunter, STANDING, clock, people, outbreak)
        take_mode(hunter, _LINGERING, mind[hunter, READY], clock, who, outbreak, tables)
    if outcome == _BITTEN:
        infect(person, hunter, clock, people, lie, outbreak)


@float_part
def _is_attacked(hunter, clock, people, lie, outbreak, work):
    """Whether somebody who fights is in reach of a hunter that has not just struck: then it strikes back at once."""
    place, who, mind, nerve = people[PLACE_ROWS], people[WHO_ROWS], outbreak[MIND_ROWS], lie[NERVE_ROWS]
    if mind[hunter, READY] - clock[STEP] > nerve[PAUSE] - BETWEEN_BLOWS * nerve[TICKS]:
        return False
    person = work[FIRST_WORK][who[hunter, IN]]
    while person >= 0:
        if mind[person, MODE] == _FIGHTING and is_prey(person, who):
            dx, dy = place[person, X] - place[hunter, X], place[person, Y] - place[hunter, Y]
            if dx * dx + dy * dy <= nerve[REACH_OF] * nerve[REACH_OF]:
                return True
        person = work[NEXT_WORK][person]
    return False


@float_routine
def strike_all(seed, clock, ground, doors, people, lie, outbreak, work, tables):
    """Let hunters strike who are ready and can reach somebody, in order of their tie draws."""
    who, mind, key, entry = people[WHO_ROWS], outbreak[MIND_ROWS], work[KEY_WORK], work[ENTRY_WORK]
    found = 0
    list_by_room(people, work)
    for hunter in range(len(who)):
        if who[hunter, ROLE] != HUNTER or who[hunter, IN] < 0:
            continue
        if mind[hunter, READY] > clock[STEP] and not _is_attacked(hunter, clock, people, lie, outbreak, work):
            continue
        if target_in_reach(hunter, ground, doors, people, lie, outbreak, work) < 0:
            continue
        words = draw(seed, _STRIKE, hunter, mind[hunter, STRIKES], 0)
        place = found
        while place > 0 and key[place - 1] > words[2]:
            key[place], entry[place] = key[place - 1], entry[place - 1]
            place -= 1
        key[place], entry[place] = words[2], hunter
        found += 1
    for number in range(found):
        hunter = entry[number]
        # An earlier strike may have bitten whom it reached.
        person = target_in_reach(hunter, ground, doors, people, lie, outbreak, work)
        if person < 0:
            continue
        ordinal = mind[hunter, STRIKES]
        mind[hunter, STRIKES] += 1
        word = draw(seed, _STRIKE, hunter, ordinal, 0)[3]
        settle_strike(hunter, person, ordinal, word, clock, seed, people, lie, outbreak, tables)
