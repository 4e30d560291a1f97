"""The hunt: what happens in a stretch of time, in its order."""

from hyosan.engine.city.alight import stop_bus, stop_vehicle
from hyosan.engine.city.flee import hear, walk
from hyosan.engine.city.hunted import (
    AIMED,
    BROKEN,
    BUILDING_CELL,
    BUSY,
    CELL,
    COUNTS,
    ENDS,
    ERRAND,
    EVERY,
    FIELD,
    FLIGHTS,
    GONE,
    HEAP,
    HOSPITAL,
    HUNTER,
    HUNTS,
    LATTICE,
    LIVES,
    LOOK,
    N_FLIGHTS,
    N_HEAP,
    N_LISTED,
    N_MOVING,
    N_PRESENCE,
    N_SEEN,
    N_STRIKES,
    N_TURNED,
    NEWS,
    NOBODY,
    NUMBER,
    OUTDOORS,
    PICK,
    PRESENCE,
    REACH,
    READY,
    REST,
    ROLE,
    SHELTER_BUILDING,
    SIEGE,
    STATES,
    STREETS,
    STRETCH,
    STRIKES,
    UNTIL,
    WARNING,
    WATCH,
    WITHIN,
    house_of,
    hunt_on,
    is_over,
    leave_list,
    leave_schedule,
    link,
    make_room,
    note_break,
    pop,
    push,
    walkers_in,
)
from hyosan.engine.city.living import forages
from hyosan.engine.city.progress import follow_again, visit_at
from hyosan.engine.city.prowl import LOUD, beat, draw_near, make_noise, prowl
from hyosan.engine.city.stand import ABOARD, building_in, cell_in, collect, column_of, setting_at
from hyosan.engine.city.strike import (
    aim_strikes,
    leave_all,
    leave_walled_in,
    push_next,
    scatter,
    settle_strikes,
    sort_strikes,
)
from hyosan.engine.city.where import schedule_of
from hyosan.jit import kernel, part, routine
from hyosan.rules.codes import Errand, Setting
from hyosan.rules.progression import FOREVER
from hyosan.rules.random import Draw, draw, one_of, purpose_of
from hyosan.units import minute as MINUTE

DONE, GROW_STRIKES, GROW_PRESENCE, GROW_FLIGHTS, GROW_CANDIDATES = range(5)
"""What the kernel returns: it is done, or an array is too small."""

QUIET, FIGHTING, BEATING = range(3)
"""What goes on in a cell with hunters: nothing, strikes, or hunters beat on a door."""

MOST_TURNS = 4
"""So often a person can change its errand in a stretch, at most."""

GLANCE = 10 * MINUTE
"""How often hunters look for people where they found none [s]; schedules change little in between."""

_SIEGE = purpose_of(Draw.SIEGE)
_SCHEDULE = int(Errand.SCHEDULE)
_STAYS = int(Errand.STAYS)
_AWAY = int(Errand.AWAY)
_ABOARD = int(Errand.ABOARD)
_SHELTERED = int(Errand.SHELTERED)
_TRANSPORT = int(Setting.TRANSPORT)
_HOME = int(Setting.HOME)


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
        present = course[6][state]
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
        link(person, world[5][person], HUNTER, hunt)
        hunt[ROLE][person] = HUNTS
        return
    if errand == _AWAY:
        hunt[ROLE][person] = GONE
        return
    building, cell, rides = building_of_turning(
        person, second, before, seed, law, street, world, course, orders, crowd, hunt
    )
    if errand == _SCHEDULE:
        leave_schedule(person, schedule_of(world[0], person), street, hunt)
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
    follow_again(person, 1, int(crowd[0][person]), seed, world[0], course, ends, states)
    visit = visit_at(second, ends)
    until = int(ends[visit])
    if course[14][states[visit]]:
        before = states[visit - 1] if visit > 0 else states[visit]
        turn(person, second, now, before, until, seed, law, street, world, course, orders, crowd, hunt, scratch)
        if until < FOREVER:
            push(until, person, hunt)
        return
    leave_list(person, hunt)
    make_room(person, hunt)
    if hunt[ROLE][person] == LIVES and hunt[ERRAND][person] == _SCHEDULE and law[STREETS]:
        leave_schedule(person, schedule_of(world[0], person), street, hunt)
    hunt[ROLE][person] = GONE
    push_next(person, int(crowd[0][person]), second + 1, seed, world, course, hunt, scratch)


@part
def note_presence(second, law, street, hunt):
    """Write down where hunters and people on the move are."""
    rows, number = hunt[PRESENCE], hunt[NUMBER]
    at = hunt[COUNTS][N_PRESENCE]
    for cell in range(len(number)):
        moving = walkers_in(cell, law, street, hunt)
        if number[cell, HUNTER] > 0 or moving > 0:
            rows[at, 0] = second
            rows[at, 1] = cell
            rows[at, 2] = number[cell, HUNTER]
            rows[at, 3] = moving
            rows[at, 4] = hunt[OUTDOORS][cell]
            at += 1
    hunt[COUNTS][N_PRESENCE] = at


@part
def is_news(second, law, hunt):
    """Whether anybody may hear anything new: what happens is heard by the next look, or by phone a little later."""
    news = hunt[COUNTS][N_SEEN] > 0 and second <= hunt[COUNTS][NEWS] + 2 * law[WATCH]
    return news or law[WARNING] > 0


@part
def begin_stretch(second, seed, law, street, world, course, orders, crowd, hunt, scratch):
    """What comes before strikes: people turn, hear and walk, hunters are drawn and go."""
    while hunt[COUNTS][N_HEAP] > 0 and hunt[HEAP][0] >> 32 <= second:
        change(pop(hunt), second, seed, law, street, world, course, orders, crowd, hunt, scratch)
    if not law[STREETS]:
        return
    if second >= hunt[COUNTS][FIELD] and hunt[COUNTS][N_LISTED] + hunt[COUNTS][N_MOVING] > 0:
        draw_near(second, law, street, world, orders, hunt)
    if second % law[WATCH] == 0 and is_news(second, law, hunt):
        hear(second, seed, law, street, world, course, orders, crowd, hunt, scratch)
    if hunt[COUNTS][N_MOVING] > 0:
        walk(second, seed, law, street, world, crowd, hunt)
    if hunt[COUNTS][N_LISTED] > 0:
        prowl(second, seed, law, street, hunt)
    if second % law[EVERY] == 0:
        note_presence(second, law, street, hunt)


@part
def fight(cell, start, until, seed, law, street, world, course, orders, crowd, hunt, scratch):
    """What goes on in a cell with hunters; `DONE`, or which array is too small, nothing having been done."""
    people, inside = 0, 0
    if law[LATTICE]:
        people = 1
    else:
        if start < hunt[LOOK][cell] and hunt[BUSY][cell] == QUIET:
            return DONE
        if start >= hunt[LOOK][cell]:
            people, inside = collect(
                cell,
                start,
                seed,
                law,
                street,
                world,
                orders,
                crowd,
                hunt,
                scratch[REACH],
                scratch[WITHIN],
                scratch[PICK],
            )
    if people > 0:
        count = aim_strikes(cell, start, until, people, seed, law, street, hunt, scratch)
        if count > len(scratch[AIMED]):
            return GROW_CANDIDATES
        if hunt[COUNTS][N_STRIKES] + count > len(hunt[STRIKES]):
            return GROW_STRIKES
        hunt[BUSY][cell] = FIGHTING
        sort_strikes(count, scratch)
        happened = settle_strikes(
            cell, start, count, people, seed, law, street, world, course, crowd, orders, hunt, scratch
        )
        if happened > 0 and law[STREETS]:
            scatter(cell, until - 1, people, happened, law, street, world, hunt, scratch)
        if law[LATTICE]:
            leave_walled_in(cell, street, crowd, hunt)
        return DONE
    if start >= hunt[LOOK][cell]:
        hunt[LOOK][cell] = start + GLANCE
        hunt[BUSY][cell] = QUIET
        if inside > 0:
            words = draw(seed, _SIEGE, cell, 0, start)
            hunt[BUSY][cell] = BEATING
            before_them = scratch[PICK][one_of(inside, words[0], words[1])]
            hunt[SIEGE][cell, 0] = before_them >> 1
            hunt[SIEGE][cell, 1] = before_them & 1
        elif not law[STREETS]:
            leave_all(cell, hunt)
    if hunt[BUSY][cell] == BEATING:
        beat(cell, start, until, seed, law, street, hunt)
    return DONE


@part
def next_event(second, last, law, hunt):
    """First stretch from a second on in which anything can happen [s]."""
    if hunt[COUNTS][N_LISTED] > 0 or hunt[COUNTS][N_MOVING] > 0:
        return second
    until = last
    if hunt[COUNTS][N_HEAP] > 0:
        until = min(until, -(-(hunt[HEAP][0] >> 32) // law[STRETCH]) * law[STRETCH])
    if law[STREETS] and is_news(second, law, hunt):
        until = min(until, -(-second // law[WATCH]) * law[WATCH])
    return max(second, until)


@kernel
def chase(
    first,
    last,
    start_cell,
    # now
    seed,
    # reads
    law,
    street,
    world,
    course,
    orders,
    # writes
    crowd,
    hunt,
    scratch,
):
    """Hunt from second `first` to second `last`, stretch by stretch; (second, cell, what hinders it from going on).

    Args:
        start_cell: Cell with which to go on in the first stretch; -1 to begin it.
    """
    cells = len(hunt[NUMBER])
    second = first
    while second < last:
        if start_cell < 0:
            second = next_event(second, last, law, hunt)
            if second >= last:
                break
            if hunt[COUNTS][N_PRESENCE] + cells > len(hunt[PRESENCE]):
                return second, -1, GROW_PRESENCE
            if hunt[COUNTS][N_FLIGHTS] + MOST_TURNS * len(hunt[ROLE]) > len(hunt[FLIGHTS]) and law[STREETS]:
                return second, -1, GROW_FLIGHTS
            begin_stretch(second, seed, law, street, world, course, orders, crowd, hunt, scratch)
        until = min(second + law[STRETCH], last)
        if hunt[COUNTS][N_LISTED] > 0:
            for cell in range(max(start_cell, 0), cells):
                if hunt[NUMBER][cell, HUNTER] > 0:
                    found = fight(cell, second, until, seed, law, street, world, course, orders, crowd, hunt, scratch)
                    if found != DONE:
                        return second, cell, found
        start_cell = -1
        second = until
    return last, -1, DONE


@kernel
def wait_for_changes(
    first,
    last,
    # now
    seed,
    # reads
    rows,
    world,
    course,
    # writes
    crowd,
    hunt,
    scratch,
):
    """Put into the heap what becomes of the people `first` to `last` of a log who were not infected by a bite."""
    for row in range(first, last):
        push_next(rows[row, 1], int(rows[row, 0]), int(rows[row, 0]), seed, world, course, hunt, scratch)
