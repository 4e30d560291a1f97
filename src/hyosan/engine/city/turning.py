"""Turning: what the courses of the infected make of them in time: hunters, the dead, and those who hunt no longer."""

from hyosan.engine.city.alight import stop_bus, stop_vehicle
from hyosan.engine.city.given import HUNTING, INFECTED_AT, PRESENT, TOWN, TRAITS
from hyosan.engine.city.hunted import (
    BROKEN,
    BUILDING_CELL,
    CELL,
    COUNTS,
    ENDS,
    ERRAND,
    GONE,
    HOSPITAL,
    HUNTER,
    HUNTS,
    LIVES,
    LOOK,
    N_TURNED,
    NOBODY,
    READY,
    REST,
    ROLE,
    SHELTER_BUILDING,
    STATES,
    STREETS,
    UNTIL,
    house_of,
    hunt_on,
    is_over,
    leave_list,
    leave_schedule,
    link,
    make_room,
    note_break,
    push,
)
from hyosan.engine.city.living import forages
from hyosan.engine.city.progress import follow_again, visit_at
from hyosan.engine.city.prowl import LOUD, make_noise
from hyosan.engine.city.stand import ABOARD, building_in, cell_in, column_of, setting_at
from hyosan.engine.city.strike import push_next
from hyosan.engine.city.where import schedule_of
from hyosan.jit import part, routine
from hyosan.rules.codes import Errand, Setting
from hyosan.rules.progression import FOREVER

_SCHEDULE = int(Errand.SCHEDULE)
_STAYS = int(Errand.STAYS)
_AWAY = int(Errand.AWAY)
_ABOARD = int(Errand.ABOARD)
_SHELTERED = int(Errand.SHELTERED)
_TRANSPORT = int(Setting.TRANSPORT)


@part
def building_of_turning(person, second, state, seed, law, street, world, course, orders, crowd, hunt):
    """(Building, or -1, and cell) in which somebody turns; also whether in a vehicle."""
    home = house_of(person, street, hunt)
    errand = hunt[ERRAND][person]
    building = -1
    cell = hunt[CELL][person]
    rides = False
    if errand == _SHELTERED:
        # Of a shelter that has just been closed the street is known.
        open_here = law[SHELTER_BUILDING] >= 0 and street[BUILDING_CELL][law[SHELTER_BUILDING]] == cell
        building = law[SHELTER_BUILDING] if open_here else -1
    elif errand == _STAYS:
        building = home
        if forages(person, second, state, seed, law, street, world, course, orders, crowd, hunt):
            building, cell = NOBODY, street[BUILDING_CELL][home]
    elif errand == _SCHEDULE:
        present = course[PRESENT][state]
        if present & 1 and law[HOSPITAL] >= 0:
            building = law[HOSPITAL]
        elif not (present >> _TRANSPORT) & 1:
            building = home
        else:
            column = column_of(person, setting_at(person, second, seed, law, street, world, orders, crowd), world)
            building = building_in(person, column, street)
            cell = cell_in(person, column, street)
            rides = column == ABOARD
    if building >= 0:
        cell = street[BUILDING_CELL][building]
    return building, cell, rides


@part
def turn(person, second, now, before, until, seed, law, street, world, course, orders, crowd, hunt, scratch):
    """Make somebody a hunter, wherever it is.

    Args:
        second: When it turned [s].
        now: First second at which it hunts [s].
        before: State before.
        until: When it no longer hunts [s].
    """
    arrives = hunt[READY][person]
    hunt[UNTIL][person] = until
    if hunt[ROLE][person] != LIVES:
        hunt_on(person, now, law, hunt)
        return
    hunt[COUNTS][N_TURNED] += 1
    hunt[READY][person] = now
    hunt[REST][person] = now
    errand = hunt[ERRAND][person]
    if not law[STREETS]:
        link(person, world[TOWN][person], HUNTER, hunt)
        hunt[ROLE][person] = HUNTS
        return
    if errand == _AWAY:
        hunt[ROLE][person] = GONE
        return
    building, cell, rides = building_of_turning(
        person, second, before, seed, law, street, world, course, orders, crowd, hunt
    )
    if errand == _SCHEDULE:
        leave_schedule(person, schedule_of(world[TRAITS], person), street, hunt)
    else:
        leave_list(person, hunt)
        make_room(person, hunt)
    hunt[ROLE][person] = HUNTS
    link(person, cell, HUNTER, hunt)
    hunt[LOOK][cell] = now
    make_noise(second, cell, LOUD, street, hunt)
    if building >= 0 and not hunt[BROKEN][building]:
        note_break(second, building, cell, 1, hunt)
    if errand == _ABOARD:
        stop_bus(person, second, cell, arrives, law, street, world, hunt)
    if rides:
        stop_vehicle(person, second, cell, seed, law, street, world, course, orders, crowd, hunt, scratch)


@routine
def change(key, now, seed, law, street, world, course, orders, crowd, hunt, scratch):
    """Carry out what the heap says of a person: it turns, dies or hunts no longer."""
    person, second = key & 0xFFFFFFFF, key >> 32
    if is_over(person, hunt):
        return
    ends, states = scratch[ENDS], scratch[STATES]
    follow_again(person, 1, int(crowd[INFECTED_AT][person]), seed, world[TRAITS], course, ends, states)
    visit = visit_at(second, ends)
    until = int(ends[visit])
    if course[HUNTING][states[visit]]:
        before = states[visit - 1] if visit > 0 else states[visit]
        turn(person, second, now, before, until, seed, law, street, world, course, orders, crowd, hunt, scratch)
        if until < FOREVER:
            push(until, person, hunt)
        return
    leave_list(person, hunt)
    make_room(person, hunt)
    if hunt[ROLE][person] == LIVES and hunt[ERRAND][person] == _SCHEDULE and law[STREETS]:
        leave_schedule(person, schedule_of(world[TRAITS], person), street, hunt)
    hunt[ROLE][person] = GONE
    push_next(person, int(crowd[INFECTED_AT][person]), second + 1, seed, world, course, hunt, scratch)
