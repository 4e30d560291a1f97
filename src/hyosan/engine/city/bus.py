"""Buses: who is taken out of the town, and in which order."""

from hyosan.engine.city.given import ORDER_ROWS, TRAITS
from hyosan.engine.city.hunted import (
    CELL,
    EFFECTS,
    ERRAND,
    FIRST,
    GUEST,
    HEAD,
    HOME,
    HOUSE,
    LIVES,
    MOVER,
    NEXT,
    NUMBER,
    READY,
    RESIDENTS,
    ROLE,
    leave_list,
    leave_schedule,
    note_flight,
)
from hyosan.engine.city.living import column_of_living
from hyosan.engine.city.obey import AMOUNT, AREA, BEGIN, DURATION, UNTIL
from hyosan.engine.city.obey import NUMBER as ORDER_NUMBER
from hyosan.engine.city.rank import CELLS, KEYS, NEAR, is_in, near_hunters, sort_keys
from hyosan.engine.city.where import schedule_of
from hyosan.jit import part
from hyosan.rules.codes import Effect, Errand
from hyosan.units import day as DAY

_SCHEDULE = int(Errand.SCHEDULE)
_STAYS = int(Errand.STAYS)
_HOMEWARD = int(Errand.HOMEWARD)
_LEAVING = int(Errand.LEAVING)
_ABOARD = int(Errand.ABOARD)
_BOARDED = int(Effect.BOARDED)


@part
def queue_up(cell, second, seed, law, street, world, course, orders, crowd, hunt, scratch, room):
    """Write who takes a bus in a cell: who is on the move or taken in, then who is at home; how many."""
    keys = room[KEYS]
    found = 0
    person = hunt[HEAD][cell, MOVER]
    while person >= 0:
        if hunt[ERRAND][person] in (_HOMEWARD, _LEAVING):
            keys[found] = person
            found += 1
        person = hunt[NEXT][person]
    person = hunt[HEAD][cell, GUEST]
    while person >= 0:
        keys[found] = person
        found += 1
        person = hunt[NEXT][person]
    sort_keys(found, keys)
    for at in range(street[FIRST][HOME, cell], street[FIRST][HOME, cell + 1]):
        person = street[RESIDENTS][at]
        errand = hunt[ERRAND][person]
        is_here = errand == _SCHEDULE or (errand == _STAYS and hunt[HOUSE][person] < 0)
        if hunt[ROLE][person] != LIVES or not is_here:
            continue
        if errand == _SCHEDULE:
            stands = column_of_living(person, second, seed, law, street, world, course, orders, crowd, scratch)
            if stands != HOME:
                continue
        keys[found] = person
        found += 1
    return found


@part
def get_in(person, second, cell, arrives, street, world, hunt):
    """Have somebody get into a bus."""
    errand = hunt[ERRAND][person]
    if errand == _SCHEDULE:
        leave_schedule(person, schedule_of(world[TRAITS], person), street, hunt)
    else:
        leave_list(person, hunt)
    note_flight(second, person, _ABOARD, cell, hunt)
    hunt[CELL][person] = cell
    hunt[READY][person] = arrives


@part
def seats_by(second, rows, row):
    """Seats that an order has had in all by a second."""
    return max(0, second - rows[row, BEGIN]) * rows[row, AMOUNT] // rows[row, DURATION]


@part
def evacuate(row, second, until, seed, law, street, world, course, orders, crowd, hunt, scratch, room):
    """Fill the buses of an order that leave from `second` to `until`: not where hunters are, but next to them first."""
    rows = orders[ORDER_ROWS]
    number, area = rows[row, ORDER_NUMBER], rows[row, AREA]
    seats = seats_by(min(until, rows[row, UNTIL]), rows, row) - seats_by(second, rows, row)
    if seats <= 0:
        return
    near_hunters(street, hunt, room)
    for at in range(len(hunt[NUMBER])):
        cell = room[CELLS][at]
        if room[NEAR][cell] == 0 or not is_in(cell, area, street):
            continue
        found = queue_up(cell, second, seed, law, street, world, course, orders, crowd, hunt, scratch, room)
        taken = min(found, seats)
        for place in range(taken):
            get_in(room[KEYS][place], second, cell, second + rows[row, DURATION] // 2, street, world, hunt)
        hunt[EFFECTS][second // DAY, number, _BOARDED] += taken
        seats -= taken
        if seats == 0:
            return
