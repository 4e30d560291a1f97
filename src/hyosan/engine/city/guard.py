"""Guarding: what is done against hunters at the beginning of a step: shelters, patrols, and buses out of the town."""

from hyosan.engine.city.bus import evacuate
from hyosan.engine.city.given import ORDER_ROWS
from hyosan.engine.city.hunted import (
    BROKEN,
    BUILDING_CELL,
    CELL,
    COUNTS,
    ERRAND,
    HEAP,
    LIVES,
    LOOK,
    MOVER,
    N_ABOARD,
    N_HEAP,
    OPEN_SHELTER,
    PLAN,
    READY,
    ROLE,
    SHELTER_BUILDING,
    SHELTER_ORDER,
    WAKE,
    WALK,
    house_of,
    leave_list,
    link,
    note_flight,
    pop,
)
from hyosan.engine.city.obey import AMOUNT, BEGIN, EVACUATE, KIND, MANTISSA, PATROL, UNTIL
from hyosan.engine.city.patrol import patrol
from hyosan.engine.city.turning import change
from hyosan.jit import kernel, part
from hyosan.rules.codes import Errand

_SCHEDULE = int(Errand.SCHEDULE)
_STAYS = int(Errand.STAYS)
_HOMEWARD = int(Errand.HOMEWARD)
_AWAY = int(Errand.AWAY)
_TO_SHELTER = int(Errand.TO_SHELTER)
_SHELTERED = int(Errand.SHELTERED)
_ABOARD = int(Errand.ABOARD)


@part
def settle_in(second, law, street, hunt):
    """Let arrived buses go, and send those of a shelter that closes on, with those who wait for one that opens."""
    shelter = law[SHELTER_BUILDING]
    opened = law[SHELTER_ORDER] + 1 if shelter >= 0 else 0
    changed = hunt[COUNTS][OPEN_SHELTER] != opened
    if not changed and hunt[COUNTS][N_ABOARD] == 0:
        return
    opens = changed and opened > 0 and not hunt[BROKEN][shelter]
    for person in range(len(hunt[ROLE])):
        errand = hunt[ERRAND][person]
        if errand == _SCHEDULE or hunt[ROLE][person] != LIVES:
            continue
        cell = hunt[CELL][person]
        if errand == _ABOARD and hunt[READY][person] <= second:
            note_flight(second, person, _AWAY, cell, hunt)
        elif errand == _SHELTERED and changed:
            note_flight(second, person, _TO_SHELTER if opens else _HOMEWARD, cell, hunt)
            hunt[READY][person] = second + street[WALK][cell]
            hunt[WAKE][cell] = 0
            hunt[LOOK][cell] = second
        elif errand == _STAYS and opens and street[PLAN][person] == _TO_SHELTER:
            cell = street[BUILDING_CELL][house_of(person, street, hunt)]
            leave_list(person, hunt)
            note_flight(second, person, _TO_SHELTER, cell, hunt)
            link(person, cell, MOVER, hunt)
            hunt[READY][person] = second + street[WALK][cell]
            hunt[LOOK][cell] = second
    hunt[COUNTS][OPEN_SHELTER] = opened


@kernel
def guard(
    first,
    last,
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
    room,
):
    """Carry out at second `first` what orders do in the step until second `last`."""
    if first >= last:
        return
    while hunt[COUNTS][N_HEAP] > 0 and hunt[HEAP][0] >> 32 <= first:
        change(pop(hunt), first, seed, law, street, world, course, orders, crowd, hunt, scratch)
    settle_in(first, law, street, hunt)
    rows = orders[ORDER_ROWS]
    for row in range(len(rows)):
        in_force = rows[row, BEGIN] <= first < rows[row, UNTIL] and rows[row, AMOUNT] > 0
        if rows[row, KIND] == PATROL and in_force and rows[row, MANTISSA] > 0:
            patrol(row, first, last, seed, law, street, world, course, orders, crowd, hunt, scratch, room)
    for row in range(len(rows)):
        in_force = rows[row, BEGIN] <= first < rows[row, UNTIL] and rows[row, AMOUNT] > 0
        if rows[row, KIND] == EVACUATE and in_force:
            evacuate(
                row,
                first,
                last,
                seed,
                law,
                street,
                world,
                course,
                orders,
                crowd,
                hunt,
                scratch,
                room,
            )
