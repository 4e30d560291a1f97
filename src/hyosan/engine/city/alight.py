"""Alighting: who gets off when somebody turns in a vehicle."""

from hyosan.engine.city.flee import react
from hyosan.engine.city.hunted import CELL, ERRAND, LIVES, READY, ROLE
from hyosan.engine.city.where import LINE, minute_of, schedule_of
from hyosan.jit import part
from hyosan.rules.codes import Errand, Setting

_SCHEDULE = int(Errand.SCHEDULE)
_ABOARD = int(Errand.ABOARD)
_TRANSPORT = int(Setting.TRANSPORT)


@part
def stop_vehicle(person, second, cell, seed, law, street, world, orders, crowd, hunt):
    """Have all who ride with somebody who turns get off in a cell."""
    line = world[1][person, LINE]
    if line < 0:
        return
    whereabouts = world[12]
    minute = minute_of(second, whereabouts[1], whereabouts[2])
    for at in range(world[2][line, 0], world[2][line, 0] + world[2][line, 1]):
        other = world[3][at]
        rides = whereabouts[6][schedule_of(world[0], other), minute] == _TRANSPORT
        if rides and other != person and hunt[ROLE][other] == LIVES and hunt[ERRAND][other] == _SCHEDULE:
            react(other, second, cell, -1, law, street, world, hunt)


@part
def stop_bus(person, second, cell, arrives, law, street, world, hunt):
    """Have all who got into a bus that leaves the town with somebody who turns get off where they got in.

    Args:
        arrives: When the bus would have been out of the town [s]; who got in in the same step and cell is in the bus.
    """
    for other in range(len(hunt[ERRAND])):
        rides = hunt[ERRAND][other] == _ABOARD and hunt[CELL][other] == cell and hunt[READY][other] == arrives
        if rides and other != person and hunt[ROLE][other] == LIVES:
            react(other, second, cell, -1, law, street, world, hunt)
