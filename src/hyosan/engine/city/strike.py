"""Strikes: drawn for each hunter and the people in its reach, and settled one after another in each cell."""

from hyosan.engine.city.flee import react, tell_all
from hyosan.engine.city.given import DEAD, HUNTING, INFECTED_AT, MEMBERSHIP, OPEN, TRAITS
from hyosan.engine.city.hunted import (
    AIMED,
    BITE_CHANCE,
    BONDS,
    CAUGHT,
    COUNTS,
    DESTROYED,
    ENDS,
    ERRAND,
    EVADES,
    GONE,
    HEAD,
    HUNTER,
    LATTICE,
    MANTISSA,
    N_BITTEN,
    N_STRIKES,
    NEXT,
    NOBODY,
    ORDER,
    ORDER_APART,
    ORDINAL,
    PAUSE,
    REACH,
    READY,
    REST,
    ROLE,
    SHIFT,
    SLOT,
    STATES,
    STREETS,
    STRIKES,
    TAKE,
    UNTIL,
    WAKE,
    WHO,
    WITHIN,
    WORD,
    end,
    is_moving,
    is_over,
    push,
    unlink,
)
from hyosan.engine.city.progress import follow_again
from hyosan.engine.city.prowl import LOUD, make_noise
from hyosan.engine.city.stand import setting_at
from hyosan.engine.city.where import age_of
from hyosan.engine.crowd import close, is_open
from hyosan.jit import part
from hyosan.rules.bite import MOST_COMPANY
from hyosan.rules.codes import Errand, Outcome, Setting
from hyosan.rules.mixing import POSITION_BITS, gap
from hyosan.rules.progression import FOREVER
from hyosan.rules.random import CERTAIN, Draw, draw, exponential, happens, purpose_of

INSERTED = 24
"""So many strikes are sorted by insertion."""

LATTICE_BONDS = 4

_STRIKE = purpose_of(Draw.STRIKE)
_PARRY = purpose_of(Draw.PARRY)
_BITTEN = int(Outcome.BITTEN)
_SPARED = int(Outcome.SPARED)
_DESTROYED = int(Outcome.DESTROYED)
_EVADED = int(Outcome.EVADED)
_SCHEDULE = int(Errand.SCHEDULE)
_SHELTERED = int(Errand.SHELTERED)
_SHELTER = int(Setting.SHELTER)
_STREET = int(Setting.STREET)
_HOME = int(Setting.HOME)
_COMMUNITY = int(Setting.COMMUNITY)


@part
def aim_strikes(cell, start, until, people, seed, law, street, hunt, scratch):
    """Draw when the hunters of a cell strike at whom; the count, beyond the arrays if they are too small.

    As attempts are: a Poisson stream over (people in reach x second), its gaps integer exponentials.
    """
    keys, order, who, slots_of, ordinals, word_of = (
        scratch[AIMED],
        scratch[ORDER],
        scratch[WHO],
        scratch[SLOT],
        scratch[ORDINAL],
        scratch[WORD],
    )
    mantissa, shift = street[MANTISSA][cell], street[SHIFT][cell]
    slots = LATTICE_BONDS if law[LATTICE] else people
    found = 0
    hunter = hunt[HEAD][cell, HUNTER]
    while hunter >= 0:
        begin = max(start, hunt[REST][hunter])
        last = min(until, hunt[UNTIL][hunter])
        position = 0
        ordinal = 0
        while begin < last:
            words = draw(seed, _STRIKE, hunter, ordinal, start)
            position += gap(mantissa, shift, exponential(words[0], words[1]))
            index = position >> POSITION_BITS
            second = begin + index // slots
            if second >= last:
                break
            if found < len(keys):
                keys[found] = ((second - start) << 32) | words[2]
                order[found] = found
                who[found] = hunter
                slots_of[found] = index % slots
                ordinals[found] = ordinal
                word_of[found] = words[3]
            found += 1
            ordinal += 1
            if law[PAUSE] > 0:
                position = ((second - begin + law[PAUSE]) * slots) << POSITION_BITS
        hunter = hunt[NEXT][hunter]
    return found


@part
def before(one, other, keys, who, ordinals):
    """Whether a strike comes before another: by second, tie draw, hunter and ordinal."""
    if keys[one] != keys[other]:
        return keys[one] < keys[other]
    if who[one] != who[other]:
        return who[one] < who[other]
    return ordinals[one] < ordinals[other]


@part
def sort_strikes(count, scratch):
    """Put strikes in order."""
    keys, who, ordinals = scratch[AIMED], scratch[WHO], scratch[ORDINAL]
    rows, apart = scratch[ORDER], scratch[ORDER_APART]
    for first in range(0, count, INSERTED):
        for at in range(first + 1, min(first + INSERTED, count)):
            row = rows[at]
            place = at - 1
            while place >= first and before(row, rows[place], keys, who, ordinals):
                rows[place + 1] = rows[place]
                place -= 1
            rows[place + 1] = row
    width = INSERTED
    while width < count:
        for first in range(0, count, 2 * width):
            merge(first, min(first + width, count), min(first + 2 * width, count), keys, who, ordinals, rows, apart)
        for at in range(count):
            rows[at] = apart[at]
        width *= 2


@part
def merge(first, middle, last, keys, who, ordinals, rows, apart):
    """Merge two sorted runs of rows into another array."""
    one, other = first, middle
    for at in range(first, last):
        if one < middle and (other >= last or not before(rows[other], rows[one], keys, who, ordinals)):
            apart[at] = rows[one]
            one += 1
        else:
            apart[at] = rows[other]
            other += 1


@part
def setting_of_strike(person, building, second, seed, law, street, world, orders, crowd, hunt):
    """`Setting` in which somebody is struck."""
    if not law[STREETS]:
        return _COMMUNITY
    if building < 0:
        return _STREET
    if hunt[ERRAND][person] == _SCHEDULE:
        return setting_at(person, second, seed, law, street, world, orders, crowd)
    return _SHELTER if hunt[ERRAND][person] == _SHELTERED else _HOME


@part
def outcome_of(hunter, person, building, ordinal, word, start, people, seed, law, street, world, hunt):
    """`Outcome` of a strike."""
    parries = law[EVADES] or law[TAKE] < CERTAIN
    words = draw(seed, _PARRY, hunter, ordinal, start) if parries else (0, 0, 0, 0)
    runs = law[EVADES] and building < 0 and hunt[ERRAND][person] != _SCHEDULE
    if runs and not happens(street[CAUGHT][age_of(world[TRAITS], person)], words[0]):
        return _EVADED
    if not happens(street[BITE_CHANCE][min(people, MOST_COMPANY)], word):
        return _DESTROYED
    if law[TAKE] < CERTAIN and not happens(law[TAKE], words[1]):
        return _SPARED
    return _BITTEN


@part
def infect(person, second, seed, world, course, crowd, hunt, scratch):
    """Infect somebody, and put into the heap when it turns or dies."""
    crowd[INFECTED_AT][person] = second
    close(crowd[OPEN], person)
    hunt[COUNTS][N_BITTEN] += 1
    push_next(person, second, second, seed, world, course, hunt, scratch)


@part
def push_next(person, infected, after, seed, world, course, hunt, scratch):
    """Put into the heap when, from a second on, an infected person turns or dies."""
    ends, states = scratch[ENDS], scratch[STATES]
    hunts, dead = course[HUNTING], course[DEAD]
    count, _, _ = follow_again(person, 1, infected, seed, world[TRAITS], course, ends, states)
    begin = infected
    for visit in range(count):
        if begin >= after and (hunts[states[visit]] or dead[states[visit]]):
            push(begin, person, hunt)
            break
        begin = ends[visit]
        if begin == FOREVER:
            break


@part
def note_strike(second, hunter, person, outcome, setting, cell, building, hunt):
    """Write a strike down."""
    at = hunt[COUNTS][N_STRIKES]
    rows = hunt[STRIKES]
    rows[at, 0] = second
    rows[at, 1] = hunter
    rows[at, 2] = person
    rows[at, 3] = outcome
    rows[at, 4] = setting
    rows[at, 5] = cell
    rows[at, 6] = building
    hunt[COUNTS][N_STRIKES] = at + 1


@part
def settle_strikes(cell, start, count, people, seed, law, street, world, course, crowd, orders, hunt, scratch):
    """Settle the strikes of a cell in their order, each seeing what the earlier ones did; how many happened."""
    reach, within = scratch[REACH], scratch[WITHIN]
    happened = 0
    for at in range(count):
        row = scratch[ORDER][at]
        hunter, slot = scratch[WHO][row], scratch[SLOT][row]
        person = street[BONDS][hunter, slot] if law[LATTICE] else reach[slot]
        if is_over(hunter, hunt) or not is_open(crowd[OPEN], person):
            continue
        building = within[slot] if law[STREETS] else NOBODY
        second = start + (scratch[AIMED][row] >> 32)
        ordinal, word = scratch[ORDINAL][row], scratch[WORD][row]
        outcome = outcome_of(hunter, person, building, ordinal, word, start, people, seed, law, street, world, hunt)
        setting = setting_of_strike(person, building, second, seed, law, street, world, orders, crowd, hunt)
        note_strike(second, hunter, person, outcome, setting, cell, building, hunt)
        happened += 1
        hunt[REST][hunter] = second + law[PAUSE]
        if outcome == _BITTEN:
            infect(person, second, seed, world, course, crowd, hunt, scratch)
        elif outcome == _DESTROYED:
            end(hunter, second, law[DESTROYED], hunt)
        elif outcome == _EVADED and is_moving(hunt[ERRAND][person]):
            hunt[READY][person] = second  # and runs on into the next cell
            hunt[WAKE][cell] = 0
        if law[STREETS]:
            tell_all(person, second, law, world, hunt)
            make_noise(second, cell, LOUD, street, hunt)
    return happened


@part
def belongs_to(person, other, world):
    """Whether two people are of one household, class or team."""
    membership = world[MEMBERSHIP]
    together = False
    for column in range(3):
        together |= membership[person, column] >= 0 and membership[person, column] == membership[other, column]
    return together


@part
def saw(at, happened, world, hunt, scratch):
    """Whether somebody in reach saw one of the last strikes: outdoors anybody does, in a building those around."""
    building = scratch[WITHIN][at]
    seen = building < 0
    row = hunt[COUNTS][N_STRIKES] - happened
    while not seen and row < hunt[COUNTS][N_STRIKES]:
        struck = hunt[STRIKES][row, 2]
        seen = building == hunt[STRIKES][row, 6] and belongs_to(scratch[REACH][at], struck, world)
        row += 1
    return seen


@part
def scatter(cell, second, people, happened, law, street, world, hunt, scratch):
    """Have everybody run who saw one of the last strikes and is not on the way already."""
    for at in range(people):
        person, building = scratch[REACH][at], scratch[WITHIN][at]
        runs = hunt[ERRAND][person] == _SHELTERED or not is_moving(hunt[ERRAND][person])
        if runs and saw(at, happened, world, hunt, scratch):
            react(person, second, cell, building, law, street, world, hunt)


@part
def is_walled_in(hunter, street, crowd):
    """Whether no neighbour of a hunter on a lattice is left to strike at."""
    left = 0
    for slot in range(LATTICE_BONDS):
        left += is_open(crowd[OPEN], street[BONDS][hunter, slot])
    return left == 0


@part
def leave_walled_in(cell, street, crowd, hunt):
    """Take hunters of a patch that have nobody left around them out of its list."""
    hunter = hunt[HEAD][cell, HUNTER]
    while hunter >= 0:
        after = hunt[NEXT][hunter]
        if is_walled_in(hunter, street, crowd):
            leave(hunter, hunt)
        hunter = after


@part
def leave(hunter, hunt):
    """Take a hunter for whom nobody is left, and never will be, out of the list of its cell."""
    unlink(hunter, HUNTER, hunt)
    hunt[ROLE][hunter] = GONE


@part
def leave_all(cell, hunt):
    """Take all hunters of a cell out of its list."""
    while hunt[HEAD][cell, HUNTER] >= 0:
        leave(hunt[HEAD][cell, HUNTER], hunt)
