"""Standing: in which cell and building people are, and whom hunters can reach there."""

from hyosan.engine.city.given import (
    MEMBERSHIP,
    OPEN,
    PLACES,
    SETTING,
    SHIFT_OF_CLOCK,
    SYMPTOMS_AT,
    TRAITS,
    WEEKDAY,
    WHEREABOUTS,
)
from hyosan.engine.city.hunted import (
    ANCHOR,
    BROKEN,
    BUILDING_CELL,
    CORDON_LEAK,
    CORDON_ORDER,
    CORDONED,
    ERRAND,
    FIRST,
    FORAYS,
    GUEST,
    HEAD,
    HOME,
    HOUSE,
    LIVING,
    LIVING_COUNT,
    MOVED,
    MOVER,
    NEXT,
    NOBODY,
    PHASE,
    ROLE,
    SHELTER_BUILDING,
    SHOP,
    SIDE,
    STREETS,
    WORK,
)
from hyosan.engine.city.obey import lives_there, reason_at_home, takes_part
from hyosan.engine.city.where import minute_of, schedule_of
from hyosan.engine.crowd import is_open
from hyosan.jit import part, routine
from hyosan.rules.codes import Errand, Setting
from hyosan.rules.random import Draw, purpose_of
from hyosan.units import day as DAY
from hyosan.units import hour as HOUR

OUT, ABOARD = 3, 4
"""Beside the columns of anchors: outdoors in the street of the home, and on a line of transport."""

DAWN = 9
"""First hour of forays; they last until eight hours later."""

_ADHERENCE = purpose_of(Draw.ADHERENCE)
_HOME = int(Setting.HOME)
_CARE = int(Setting.CARE)
_COMMUNITY = int(Setting.COMMUNITY)
_STREET = int(Setting.STREET)
_SHOP = int(Setting.SHOP)
_LEISURE = int(Setting.LEISURE)
_TRANSPORT = int(Setting.TRANSPORT)
_SCHEDULE = int(Errand.SCHEDULE)
_STAYS = int(Errand.STAYS)
_AWAY = int(Errand.AWAY)
_SHELTERED = int(Errand.SHELTERED)


@routine
def setting_kept(person, setting, second, seed, world, orders, symptoms_at):
    """Setting of somebody whom orders may keep at home."""
    if setting == _HOME or lives_there(person, setting, world[MEMBERSHIP], world[PLACES]):
        return setting
    reason = reason_at_home(
        person, setting, second, world[WHEREABOUTS][SHIFT_OF_CLOCK], seed, orders, world, symptoms_at
    )
    return _HOME if reason > 0 else setting


@part
def is_cut_off(person, column, seed, law, street):
    """Whether a cordon lies between somebody's home and where it works or shops, and it may not pass."""
    if column not in (WORK, SHOP):
        return False
    sides, cells = street[SIDE], street[BUILDING_CELL]
    if sides[cells[street[ANCHOR][person, HOME]]] == sides[cells[street[ANCHOR][person, column]]]:
        return False
    return not takes_part(seed, _ADHERENCE, person, law[CORDON_ORDER], law[CORDON_LEAK])


@part
def setting_at(person, second, seed, law, street, world, orders, crowd):
    """Setting of somebody who lives by the schedule."""
    minute = minute_of(second, world[WHEREABOUTS][SHIFT_OF_CLOCK], world[WHEREABOUTS][WEEKDAY])
    return setting_in(person, minute, second, seed, law, street, world, orders, crowd)


@part
def setting_in(person, minute, second, seed, law, street, world, orders, crowd):
    """`setting_at` for whoever knows the minute of the week."""
    setting = int(world[WHEREABOUTS][SETTING][schedule_of(world[TRAITS], person), minute])
    if (law[MOVED] >> setting) & 1:
        setting = setting_kept(person, setting, second, seed, world, orders, crowd[SYMPTOMS_AT])
    if law[CORDONED] and is_cut_off(person, column_of(person, setting, world), seed, law, street):
        setting = _HOME
    return setting


@part
def column_of(person, setting, world):
    """Where that is: a column of anchors, `OUT` or `ABOARD`."""
    column = WORK
    if setting == _HOME or (setting == _CARE and lives_there(person, setting, world[MEMBERSHIP], world[PLACES])):
        column = HOME
    elif setting in (_COMMUNITY, _STREET):
        column = OUT
    elif setting in (_SHOP, _LEISURE):
        column = SHOP
    elif setting == _TRANSPORT:
        column = ABOARD
    return column


@part
def building_in(person, column, street):
    """Building of a column of anchors, or `NOBODY` outdoors and aboard."""
    return street[ANCHOR][person, column] if column <= SHOP else NOBODY


@part
def cell_in(person, column, street):
    """Cell of a column of anchors; outdoors and aboard that of the home."""
    return street[BUILDING_CELL][street[ANCHOR][person, column if column <= SHOP else HOME]]


@part
def turn_of_forays(second, law, world):
    """(Hour of the day counted from `DAWN`, -1 when nobody goes out; day of the round of forays, days of a round)."""
    days = max(law[FORAYS] // DAY, 1)
    clock = second + world[WHEREABOUTS][SHIFT_OF_CLOCK]
    hour = clock % DAY // HOUR - DAWN
    return hour if law[FORAYS] >= DAY and hour < 8 else -1, clock // DAY % days, days


@part
def is_on_foray(person, hour, day, days, street):
    """Whether somebody who stays at home is out for an hour, for water and food; see `turn_of_forays`."""
    phase = int(street[PHASE][person])
    return phase & 7 == hour and (phase >> 3) % days == day


@part
def may_go_out(person, second, seed, law, world, orders, crowd):
    """Whether no order keeps somebody at home who would go out into the street."""
    may = (law[MOVED] >> _COMMUNITY) & 1 == 0
    return may or setting_kept(person, _COMMUNITY, second, seed, world, orders, crowd[SYMPTOMS_AT]) == _COMMUNITY


@part
def add(person, building, hunt, reach, within, found, inside, pick):
    """Put somebody among those in reach, or count it inside; (in reach, inside)."""
    if building < 0 or hunt[BROKEN][building]:
        reach[found] = person
        within[found] = building
        return found + 1, inside
    pick[inside] = 2 * building + (hunt[ERRAND][person] != _SCHEDULE)
    return found, inside + 1


@part
def collect(cell, second, seed, law, street, world, orders, crowd, hunt, reach, within, pick):
    """Write the people of a cell whom hunters can reach, and their buildings; (count, people behind doors).

    Args:
        pick: Hears of each of those behind doors twice its building, plus 1 if it knows of hunters.
    """
    bits, living = crowd[OPEN], hunt[LIVING]
    found, inside = 0, 0
    minute = minute_of(second, world[WHEREABOUTS][SHIFT_OF_CLOCK], world[WHEREABOUTS][WEEKDAY]) if law[STREETS] else 0
    hour, day, days = turn_of_forays(second, law, world)
    for column in range(3 if law[STREETS] else 1):
        first = street[FIRST][column, cell]
        kept = 0
        for at in range(first, first + hunt[LIVING_COUNT][column, cell]):
            person = living[column, at]
            # Who was infected or killed, has left or lives elsewhere is never looked at again, nor at work who hides.
            errand = hunt[ERRAND][person]
            moved = errand != _SCHEDULE and (column != HOME or errand == _AWAY or hunt[HOUSE][person] >= 0)
            if moved or not is_open(bits, person):
                continue
            living[column, first + kept] = person
            kept += 1
            if not law[STREETS]:
                reach[found] = person
                within[found] = NOBODY
                found += 1
                continue
            if errand == _SCHEDULE:
                setting = setting_in(person, minute, second, seed, law, street, world, orders, crowd)
                stands = column_of(person, setting, world)
                if stands == column or (column == HOME and stands == OUT):
                    building = building_in(person, stands, street)
                    found, inside = add(person, building, hunt, reach, within, found, inside, pick)
            elif errand == _STAYS:
                out = is_on_foray(person, hour, day, days, street)
                out = out and may_go_out(person, second, seed, law, world, orders, crowd)
                building = NOBODY if out else street[ANCHOR][person, HOME]
                found, inside = add(person, building, hunt, reach, within, found, inside, pick)
        hunt[LIVING_COUNT][column, cell] = kept
    person = hunt[HEAD][cell, GUEST]
    while person >= 0:
        if is_open(bits, person):
            found, inside = add(person, hunt[HOUSE][person], hunt, reach, within, found, inside, pick)
        person = hunt[NEXT][person]
    person = hunt[HEAD][cell, MOVER]
    while person >= 0:
        if hunt[ROLE][person] == 0 and is_open(bits, person):
            building = law[SHELTER_BUILDING] if hunt[ERRAND][person] == _SHELTERED else NOBODY
            found, inside = add(person, building, hunt, reach, within, found, inside, pick)
        person = hunt[NEXT][person]
    return found, inside
