"""Plans made to measure: a corridor, a hall with one door, two rooms joined by a corridor."""

from __future__ import annotations

import math

from hyosan.floorplan.plan import OUTSIDE, Door, Floorplan, Room, RoomKind, Storey, Zone

DENSITY = 1.5
"""People on a square metre at the start [1/m²]. Source: the geometry in which pedestrian simulators are compared."""

HALL = 10.0
"""Length of the hall behind a bottleneck, and of the rooms of a counterflow [m]."""


def rows_of(people: int, width: float) -> tuple[int, float]:
    """People abreast at the start, and how long the crowd is [m]."""
    gap = 1.0 / math.sqrt(DENSITY)
    abreast = max(1, int((width - 0.6) / gap))
    return abreast, math.ceil(people / abreast) * gap + 0.6


def corridor(people: int, width: float, length: float) -> Floorplan:
    """A corridor, as long as the crowd at its left end and `length` more, open on the right."""
    total = rows_of(people, width)[1] + length
    rooms = (Room("corridor", 0, _box(0.0, 0.0, total, width), kind=RoomKind.CORRIDOR, title="Corridor"),)
    doors = (Door("end", (0, OUTSIDE), ((total, 0.0), (total, width)), leaf=False),)
    return Floorplan("corridor", (Storey("Ground", 0.0),), rooms, doors, title="Corridor")


def bottleneck(people: int, width: float, length: float) -> Floorplan:
    """A square hall for the crowd, an opening of `width` that is `length` long, and room behind it."""
    side = math.sqrt(people / DENSITY)
    side = max(side, width + 1.0)
    depth = rows_of(people, side)[1]
    low, high = side / 2 - width / 2, side / 2 + width / 2
    rooms = (
        Room("hall", 0, _box(0.0, 0.0, depth, side), kind=RoomKind.HALL, title="Hall"),
        Room("neck", 0, _box(depth, low, depth + length, high), kind=RoomKind.CORRIDOR, title="Neck"),
        Room("beyond", 0, _box(depth + length, 0.0, depth + length + HALL, side), kind=RoomKind.HALL, title="Beyond"),
    )
    doors = (
        Door("in", (0, 1), ((depth, low), (depth, high)), leaf=False),
        Door("out", (1, 2), ((depth + length, low), (depth + length, high)), leaf=False),
        Door("end", (2, OUTSIDE), ((depth + length + HALL, 0.0), (depth + length + HALL, side)), leaf=False),
    )
    zones = (Zone("before-the-door", 0, _box(depth - 2.0, side / 2 - 1.0, depth, side / 2 + 1.0)),)
    return Floorplan("bottleneck", (Storey("Ground", 0.0),), rooms, doors, zones=zones, title="Bottleneck")


def counterflow(width: float, length: float) -> Floorplan:
    """Two rooms of 10 by 10 m joined by a corridor; each has an exit as wide as itself at its far end."""
    low, high = HALL / 2 - width / 2, HALL / 2 + width / 2
    far = HALL + length
    rooms = (
        Room("left", 0, _box(0.0, 0.0, HALL, HALL), kind=RoomKind.HALL, title="Left"),
        Room("corridor", 0, _box(HALL, low, far, high), kind=RoomKind.CORRIDOR, title="Corridor"),
        Room("right", 0, _box(far, 0.0, far + HALL, HALL), kind=RoomKind.HALL, title="Right"),
    )
    doors = (
        Door("left-mouth", (0, 1), ((HALL, low), (HALL, high)), leaf=False),
        Door("right-mouth", (1, 2), ((far, low), (far, high)), leaf=False),
        Door("right-end", (2, OUTSIDE), ((far + HALL, 0.0), (far + HALL, HALL)), leaf=False),
        Door("left-end", (0, OUTSIDE), ((0.0, 0.0), (0.0, HALL)), leaf=False),
    )
    zones = (Zone("middle", 0, _box(HALL + length / 2 - 1.0, low, HALL + length / 2 + 1.0, high)),)
    return Floorplan("counterflow", (Storey("Ground", 0.0),), rooms, doors, zones=zones, title="Counterflow")


def chase() -> Floorplan:
    """Two rooms of 8 by 6 m on one side of a corridor of 20 by 3 m, whose exits are at its ends."""
    rooms = (
        Room("corridor", 0, _box(0.0, 0.0, 20.0, 3.0), kind=RoomKind.CORRIDOR, title="Corridor"),
        Room("left", 0, _box(1.0, 3.0, 9.0, 9.0), kind=RoomKind.CLASSROOM, title="Left room"),
        Room("right", 0, _box(11.0, 3.0, 19.0, 9.0), kind=RoomKind.CLASSROOM, title="Right room"),
    )
    doors = (
        Door("left-door", (1, 0), ((2.0, 3.0), (3.0, 3.0)), locks_from=(0,)),
        Door("right-door", (2, 0), ((17.0, 3.0), (18.0, 3.0)), locks_from=(0,)),
        Door("west-end", (0, OUTSIDE), ((0.0, 0.5), (0.0, 2.5)), leaf=False),
        Door("east-end", (0, OUTSIDE), ((20.0, 0.5), (20.0, 2.5)), leaf=False),
    )
    return Floorplan("chase", (Storey("Ground", 0.0),), rooms, doors, title="Two rooms and a corridor")


def _box(left: float, low: float, right: float, high: float) -> tuple[tuple[float, float], ...]:
    """A rectangle, counter-clockwise."""
    return ((left, low), (right, low), (right, high), (left, high))
