"""Alighting: who gets off when somebody turns in a vehicle."""

from hyosan.engine.city.flee import listens, react
from hyosan.engine.city.given import MEMBERSHIP, PLACE_MEMBERS, PLACES
from hyosan.engine.city.hunted import CELL, ERRAND, LIVES, READY, ROLE
from hyosan.engine.city.living import column_of_living
from hyosan.engine.city.stand import ABOARD
from hyosan.engine.city.where import LINE
from hyosan.jit import part
from hyosan.rules.codes import Errand

_ABOARD = int(Errand.ABOARD)


@part
def stop_vehicle(person, second, cell, seed, law, street, world, course, orders, crowd, hunt, scratch):
    """Have all who ride with somebody who turns get off in a cell."""
    line = world[MEMBERSHIP][person, LINE]
    if line < 0:
        return
    for at in range(world[PLACES][line, 0], world[PLACES][line, 0] + world[PLACES][line, 1]):
        other = world[PLACE_MEMBERS][at]
        if other == person or not listens(other, hunt):
            continue
        stands = column_of_living(other, second, seed, law, street, world, course, orders, crowd, scratch)
        if stands == ABOARD:
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
