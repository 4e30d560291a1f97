"""Floor plans of the tests of IMO, NIST and ISO that are no plain halls: decks, ramps, rooms with two exits."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from hyosan.floorplan.plan import OUTSIDE, Stair, StairEnd, StairKind, Storey
from hyosan.verification.halls import box, corridor, hall, opening, plan_of, room

if TYPE_CHECKING:
    from hyosan.floorplan.plan import Floorplan

LANE = 2.0
"""Distance of people who walk side by side and do not heed each other [m]."""


def at_heights(plan: Floorplan, rise: float) -> Floorplan:
    """A plan of two storeys with the upper one so high [m]."""
    return replace(plan, storeys=(Storey("lower", 0.0), Storey("upper", rise)))


def lanes(count: int) -> Floorplan:
    """A field 50 m long, so wide that each of `count` people walks straight and alone; 40 m between doors 0 and 1."""
    return corridor(50.0, LANE * count, (5.0, 45.0))


def deck() -> Floorplan:
    """A room of 8 x 5 m, a corridor of 12 x 2 m, a stair up of 3 x 2 m, and a landing of 1 m.

    Doors: 0 out of the room, 1 the exit, 2 and 3 the ends of the stair.
    """
    rise = 1.5
    x = 20.0 + math.sqrt(9.0 - rise * rise)
    rooms = [
        room("cabin", box(0.0, 0.0, 8.0, 5.0)),
        room("corridor", box(8.0, 1.5, 20.0, 3.5)),
        room("landing", box(x, 1.5, x + 1.0, 3.5), 1),
    ]
    doors = [
        opening("out of the room", 0, 1, (8.0, 1.5), (8.0, 3.5)),
        opening("exit", 2, OUTSIDE, (x + 1.0, 1.5), (x + 1.0, 3.5)),
    ]
    ends = (StairEnd(1, ((20.0, 1.5), (20.0, 3.5))), StairEnd(2, ((x, 1.5), (x, 3.5))))
    stair = Stair("stair", ends, ((20.0, 2.5, 0.0), (x, 2.5, rise)))
    return at_heights(plan_of("deck", rooms, doors, [stair]), rise)


def ramp() -> Floorplan:
    """Two rooms of 4 x 5 m, the far one with an exit of 1 m, joined by a ramp of 12 x 1.5 m.

    Doors: 0 the exit, 1 and 2 the ends of the ramp.
    """
    rise = 1.0
    x = 4.0 + math.sqrt(144.0 - rise * rise)
    rooms = [room("near", box(0.0, 0.0, 4.0, 5.0)), room("far", box(x, 0.0, x + 4.0, 5.0), 1)]
    doors = [opening("exit", 1, OUTSIDE, (x + 4.0, 2.0), (x + 4.0, 3.0))]
    ends = (StairEnd(0, ((4.0, 1.75), (4.0, 3.25))), StairEnd(1, ((x, 1.75), (x, 3.25))))
    path = ((4.0, 2.5, 0.0), (x, 2.5, rise))
    return at_heights(plan_of("ramp", rooms, doors, [Stair("ramp", ends, path, StairKind.RAMP)]), rise)


def two_exits() -> Floorplan:
    """A room of 10 x 15 m with an exit of 1 m in each of the long walls, near the same end."""
    return hall(10.0, 15.0, [("left", 13.0, 14.0), ("right", 13.0, 14.0)])


def hall_and_stair(width: float, *, upward: bool, length: float = 6.0) -> Floorplan:
    """A hall of 8 x 8 m from the middle of one of whose walls a stair leads to another storey.

    Doors: 0 the exit, over the whole end of the floor beyond, 1 and 2 the lower and the upper end of the stair.
    """
    rise = length / 2
    low, high = 4.0 - width / 2, 4.0 + width / 2
    x = 8.0 + math.sqrt(length * length - rise * rise)
    near, far = (0, 1) if upward else (1, 0)
    rooms = [room("hall", box(0.0, 0.0, 8.0, 8.0), near), room("beyond", box(x, 0.0, x + 4.0, 8.0), far)]
    doors = [opening("exit", 1, OUTSIDE, (x + 4.0, 0.0), (x + 4.0, 8.0))]
    ends = (StairEnd(0, ((8.0, low), (8.0, high))), StairEnd(1, ((x, low), (x, high))))
    if upward:
        return plan_of("stair", rooms, doors, [Stair("stair", ends, ((8.0, 4.0, 0.0), (x, 4.0, rise)))])
    return plan_of("stair", rooms, doors, [Stair("stair", ends[::-1], ((x, 4.0, 0.0), (8.0, 4.0, rise)))])
