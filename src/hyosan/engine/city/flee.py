"""Flight: who hears of hunters, what they do about it, and how they get on."""

from hyosan.engine.city.given import MEMBERSHIP, OPEN, PLACE_MEMBERS, PLACES, TRAITS
from hyosan.engine.city.hunted import (
    ALARM,
    ANCHOR,
    BARRIER,
    BROKEN,
    BUILDING_CELL,
    CELL,
    COUNTS,
    EASE,
    EFFECTS,
    ERRAND,
    EXIT,
    FIRST,
    FITS,
    GUEST,
    HEAD,
    HOME,
    HOSPITAL,
    HOUSE,
    HUNTER,
    LEAK,
    LEVEL,
    LIVES,
    LOOK,
    MOVER,
    N_BITTEN,
    N_SHELTERED,
    N_TOLD,
    NEIGHBOUR,
    NEWS,
    NEXT,
    NUMBER,
    PHONE,
    PLAN,
    RAISED,
    READY,
    RESIDENTS,
    ROLE,
    RUMOUR,
    SCREEN,
    SHELTER_BUILDING,
    SHELTER_ORDER,
    SHELTER_ROOM,
    STEPS,
    STRETCH,
    TALK,
    TOLD,
    WAKE,
    WALK,
    WARNED,
    WARNING,
    house_of,
    leave_list,
    leave_schedule,
    link,
    note_flight,
    unlink,
    walkers_in,
)
from hyosan.engine.city.living import LIES, column_of_living
from hyosan.engine.city.stand import ABOARD, building_in, cell_in
from hyosan.engine.city.where import FIRST as FIRST_MEMBER
from hyosan.engine.city.where import MEMBERS, schedule_of
from hyosan.engine.crowd import NEVER, is_open
from hyosan.jit import part, routine
from hyosan.rules.codes import Effect, Errand
from hyosan.rules.random import Draw, draw, happens, purpose_of
from hyosan.units import day as DAY
from hyosan.units import minute as MINUTE

NO_WAY = 255
"""Step where there is none."""

_FLIGHT = purpose_of(Draw.FLIGHT)
_CROSS = purpose_of(Draw.CROSS)
_SCHEDULE = int(Errand.SCHEDULE)
_STAYS = int(Errand.STAYS)
_HOMEWARD = int(Errand.HOMEWARD)
_LEAVING = int(Errand.LEAVING)
_AWAY = int(Errand.AWAY)
_TO_SHELTER = int(Errand.TO_SHELTER)
_SHELTERED = int(Errand.SHELTERED)
_WARNED = int(Effect.WARNED)
_STOPPED = int(Effect.STOPPED)
_LEAKED = int(Effect.LEAKED)
_LET_IN = int(Effect.SHELTERED)
_TURNED_AWAY = int(Effect.TURNED_AWAY)

WAITS = 10 * MINUTE
"""After how long somebody whom a cordon keeps from getting home tries again [s]; assumed."""

CALLS = 1 << 29
"""Chance that somebody who hears of hunters away from home phones home [2**-30]; assumed: a half."""


@part
def tell(place, second, hunt):
    """Have the members of a place know from a second on."""
    if place >= 0 and second < hunt[ALARM][place]:
        if hunt[ALARM][place] == NEVER:
            hunt[TOLD][hunt[COUNTS][N_TOLD]] = place
            hunt[COUNTS][N_TOLD] += 1
        hunt[ALARM][place] = second
        hunt[COUNTS][NEWS] = max(hunt[COUNTS][NEWS], second)


@part
def tell_all(person, second, law, world, hunt):
    """Have household, class and team of somebody know after a phone call."""
    membership = world[MEMBERSHIP]
    for column in range(3):
        tell(membership[person, column], second + law[PHONE], hunt)


@part
def host_of(person, own, world, street, hunt):
    """Building of whoever takes a household in, or -1.

    Its members ask those of their classes and teams, one after another, for a house that is whole and not their own.
    """
    membership, places, members = world[MEMBERSHIP], world[PLACES], world[PLACE_MEMBERS]
    home = membership[person, 0]
    if home < 0:
        return -1
    for at in range(places[home, FIRST_MEMBER], places[home, FIRST_MEMBER] + places[home, MEMBERS]):
        for column in range(1, 3):
            place = membership[members[at], column]
            if place < 0:
                continue
            for other in range(places[place, FIRST_MEMBER], places[place, FIRST_MEMBER] + places[place, MEMBERS]):
                building = street[ANCHOR][members[other], HOME]
                if building != own and not hunt[BROKEN][building]:
                    return building
    return -1


@routine
def find_house(person, world, street, hunt):
    """Find a house for somebody whose house is broken; whether there is one."""
    house = host_of(person, house_of(person, street, hunt), world, street, hunt)
    if house >= 0:
        hunt[HOUSE][person] = house
    return house >= 0


@routine
def react(person, second, cell, building, law, street, world, hunt):
    """Choose what somebody does who learns of hunters while in a cell, in a building or outdoors."""
    errand = hunt[ERRAND][person]
    plan = street[PLAN][person]
    if errand == _SCHEDULE:
        leave_schedule(person, schedule_of(world[TRAITS], person), street, hunt)
    leave_list(person, hunt)
    if plan == _TO_SHELTER and (law[SHELTER_BUILDING] < 0 or hunt[BROKEN][law[SHELTER_BUILDING]]):
        plan = _STAYS
    if plan == _STAYS and hunt[BROKEN][house_of(person, street, hunt)] and not find_house(person, world, street, hunt):
        plan = _LEAVING
    if plan == _STAYS and building == house_of(person, street, hunt):
        note_flight(second, person, _STAYS, cell, hunt)
        if hunt[HOUSE][person] >= 0:
            link(person, cell, GUEST, hunt)
        return
    note_flight(second, person, _HOMEWARD if plan == _STAYS else plan, cell, hunt)
    link(person, cell, MOVER, hunt)
    hunt[READY][person] = second + street[WALK][cell]
    hunt[LOOK][cell] = second


@part
def has_heard(person, second, level, world, street, hunt):
    """Whether somebody knows of hunters by what is seen and said in its street, or from family, class or team."""
    membership = world[MEMBERSHIP]
    known = street[EASE][person] < max(level, hunt[LEVEL][street[BUILDING_CELL][street[ANCHOR][person, HOME]]])
    for column in range(3):
        place = membership[person, column]
        known |= place >= 0 and hunt[ALARM][place] <= second
    return known


@part
def listens(person, hunt):
    """Whether somebody is alive and goes on as if nothing were."""
    return hunt[ERRAND][person] == _SCHEDULE and hunt[ROLE][person] == LIVES


@part
def consider(person, second, talk, seed, law, street, world, course, orders, crowd, hunt, scratch):
    """Have somebody who has come to know of hunters act on it."""
    known = has_heard(person, second, talk, world, street, hunt)
    if not known and street[EASE][person] < law[WARNING]:
        known = True
        hunt[EFFECTS][second // DAY, law[WARNED], _WARNED] += 1
    if not known:
        return
    column = column_of_living(person, second, seed, law, street, world, course, orders, crowd, scratch)
    # Whoever rides is taken home; who lies in a hospital that is not on the map is at home too.
    if column == ABOARD or (column == LIES and law[HOSPITAL] < 0):
        column = HOME
    building = law[HOSPITAL] if column == LIES else building_in(person, column, street)
    cell = street[BUILDING_CELL][building] if building >= 0 else cell_in(person, column, street)
    react(person, second, cell, building, law, street, world, hunt)
    if happens(CALLS, draw(seed, _FLIGHT, person, 0, 0)[2]):
        tell(world[MEMBERSHIP][person, HOME], second + law[PHONE], hunt)


@routine
def consider_again(person, second, talk, seed, law, street, world, course, orders, crowd, hunt, scratch):
    """`consider`, compiled once for all who call it."""
    consider(person, second, talk, seed, law, street, world, course, orders, crowd, hunt, scratch)


@part
def hear(second, seed, law, street, world, course, orders, crowd, hunt, scratch):
    """Have everybody who has come to know of hunters act on it: only those are asked for whom anything has changed."""
    bitten = hunt[COUNTS][N_BITTEN]
    talk = 256 * bitten // (bitten + law[RUMOUR])
    loudest = max(talk, law[WARNING])
    if loudest > hunt[COUNTS][TALK]:
        hunt[COUNTS][TALK] = loudest
        for person in range(len(hunt[ROLE])):
            if listens(person, hunt) and street[EASE][person] < loudest:
                consider_again(person, second, talk, seed, law, street, world, course, orders, crowd, hunt, scratch)
    told, kept = hunt[TOLD], 0
    at = 0
    while at < hunt[COUNTS][N_TOLD]:
        place = told[at]
        at += 1
        if hunt[ALARM][place] > second:
            told[kept] = place
            kept += 1
            continue
        first = world[PLACES][place, FIRST_MEMBER]
        for member in range(first, first + world[PLACES][place, MEMBERS]):
            person = world[PLACE_MEMBERS][member]
            if listens(person, hunt):
                consider_again(person, second, talk, seed, law, street, world, course, orders, crowd, hunt, scratch)
    hunt[COUNTS][N_TOLD] = kept
    for cell in range(len(hunt[RAISED])):
        if hunt[RAISED][cell]:
            hunt[RAISED][cell] = 0
            for at in range(street[FIRST][HOME, cell], street[FIRST][HOME, cell + 1]):
                person = street[RESIDENTS][at]
                if listens(person, hunt) and street[EASE][person] < hunt[LEVEL][cell]:
                    consider_again(person, second, talk, seed, law, street, world, course, orders, crowd, hunt, scratch)


@part
def arrive(person, second, cell, seed, law, street, world, crowd, hunt):
    """What somebody does at the end of its way; whether it is there."""
    errand = hunt[ERRAND][person]
    if errand == _HOMEWARD and cell == street[BUILDING_CELL][house_of(person, street, hunt)]:
        if hunt[BROKEN][house_of(person, street, hunt)]:
            found = find_house(person, world, street, hunt)
            note_flight(second, person, _HOMEWARD if found else _LEAVING, cell, hunt)
            return False
        unlink(person, MOVER, hunt)
        note_flight(second, person, _STAYS, cell, hunt)
        if hunt[HOUSE][person] >= 0:
            link(person, cell, GUEST, hunt)
        return True
    if errand == _LEAVING and street[EXIT][cell]:
        unlink(person, MOVER, hunt)
        note_flight(second, person, _AWAY, cell, hunt)
        return True
    if errand == _TO_SHELTER:
        shelter = law[SHELTER_BUILDING]
        if shelter < 0 or hunt[BROKEN][shelter]:
            note_flight(second, person, _HOMEWARD, cell, hunt)
            return False
        if cell == street[BUILDING_CELL][shelter]:
            bitten = not is_open(crowd[OPEN], person) and happens(law[SCREEN], draw(seed, _CROSS, person, 1, second)[0])
            day, order = second // DAY, law[SHELTER_ORDER]
            if bitten or hunt[COUNTS][N_SHELTERED] >= law[SHELTER_ROOM]:
                hunt[EFFECTS][day, order, _TURNED_AWAY] += 1
                note_flight(second, person, _HOMEWARD, cell, hunt)
                return False
            hunt[EFFECTS][day, order, _LET_IN] += 1
            hunt[COUNTS][N_SHELTERED] += 1
            note_flight(second, person, _SHELTERED, cell, hunt)
            hunt[READY][person] = NEVER
            return True
    return hunt[ERRAND][person] == _SHELTERED


@part
def passes(person, second, cell, slot, use, seed, street, hunt):
    """Whether somebody gets over an edge that an order may have closed."""
    order = street[BARRIER][cell, slot] - 1
    if order < 0:
        return True
    leaks = happens(street[LEAK][order], draw(seed, use, person, 0, second)[1])
    hunt[EFFECTS][second // DAY, order, _LEAKED if leaks else _STOPPED] += 1
    return leaks


@part
def way_of(person, cell, law, street, hunt):
    """Slot of the neighbour next on somebody's way, or `NO_WAY`."""
    errand = hunt[ERRAND][person]
    row = len(street[EXIT])
    if errand == _HOMEWARD:
        row = street[BUILDING_CELL][house_of(person, street, hunt)]
    elif errand == _TO_SHELTER:
        row = street[BUILDING_CELL][law[SHELTER_BUILDING]]
    return int(street[STEPS][row, cell])


@part
def walk(second, seed, law, street, world, crowd, hunt):
    """Have everybody on the move who has crossed its cell go on to the next."""
    for cell in range(len(street[EXIT])):
        if second < hunt[WAKE][cell]:
            continue
        hunt[WAKE][cell] = NEVER
        person = hunt[HEAD][cell, MOVER]
        while person >= 0:
            after = hunt[NEXT][person]
            if hunt[READY][person] <= second:
                if not arrive(person, second, cell, seed, law, street, world, crowd, hunt):
                    step_on(person, second, cell, seed, law, street, hunt)
                stays = hunt[CELL][person] == cell
            else:
                stays = True
            if stays:
                hunt[WAKE][cell] = min(hunt[WAKE][cell], hunt[READY][person])
            person = after


@part
def turn_back(person, second, cell, street, hunt):
    """Have somebody whom a cordon stopped go home again, or wait if that is on the other side, or nowhere."""
    if not hunt[BROKEN][house_of(person, street, hunt)] and hunt[ERRAND][person] != _HOMEWARD:
        note_flight(second, person, _HOMEWARD, cell, hunt)
    else:
        hunt[READY][person] = second + WAITS


@part
def step_on(person, second, cell, seed, law, street, hunt):
    """Go on to the next cell of the way, unless it is closed, full, or has hunters in it."""
    slot = way_of(person, cell, law, street, hunt)
    hunt[READY][person] = second + law[STRETCH]
    if slot == NO_WAY:
        return
    ahead = street[NEIGHBOUR][cell, slot]
    if walkers_in(ahead, law, street, hunt) >= street[FITS][ahead]:
        return
    # Seeing hunters ahead and none around them, people hesitate, every second time.
    danger = hunt[NUMBER][ahead, HUNTER] > 0 and hunt[NUMBER][cell, HUNTER] == 0
    if danger and draw(seed, _CROSS, person, 0, second)[0] & 1:
        return
    if not passes(person, second, cell, slot, _CROSS, seed, street, hunt):
        turn_back(person, second, cell, street, hunt)
        return
    unlink(person, MOVER, hunt)
    link(person, ahead, MOVER, hunt)
    hunt[READY][person] = second + street[WALK][ahead]
    hunt[LOOK][ahead] = second
