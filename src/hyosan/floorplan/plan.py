"""The floor plan of a building: storeys, rooms, doors, stairs, obstacles, seats and zones.

Walls are lines: a wall is whatever of a room's outline is no door. Rooms that a door joins touch along it, so whoever
crosses the line of a door is in the other room. Importers whose walls are thick let rooms grow to the middle of a
doorway.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Point = tuple[float, float]
"""x and y in the frame of the storey [m]."""

Ring = tuple[Point, ...]
"""Corners of a polygon, the last joined to the first; outlines run counter-clockwise, holes clockwise [m]."""

Segment = tuple[Point, Point]
"""Two ends of a straight opening [m]."""

OUTSIDE = -1
"""The room on the far side of a door through which one leaves the plan."""


class DoorState(StrEnum):
    """What can be done with a door now."""

    OPEN = "open"
    CLOSED = "closed"
    """Shut; anybody opens it by walking through it."""
    LOCKED = "locked"
    """Only who has a key opens it."""
    BARRICADED = "barricaded"
    BROKEN = "broken"
    """Cannot be shut any more."""


class RoomKind(StrEnum):
    """What a room is for."""

    ROOM = "room"
    CLASSROOM = "classroom"
    LABORATORY = "laboratory"
    OFFICE = "office"
    HALL = "hall"
    CORRIDOR = "corridor"
    STAIRWELL = "stairwell"
    """The floor at the foot and the head of stairs; the stairs themselves are `Stair`."""
    TOILET = "toilet"
    KITCHEN = "kitchen"
    DINING = "dining"
    GYM = "gym"
    LIBRARY = "library"
    STORE = "store"
    LIFT = "lift"
    ROOF = "roof"
    YARD = "yard"
    """Ground in the open that belongs to the plan."""


OPEN_AIR = (RoomKind.YARD, RoomKind.ROOF)
"""Kinds of rooms without a ceiling."""


@dataclass(frozen=True)
class Storey:
    """One level of the building."""

    name: str
    elevation: float
    """Height of its floor [m]."""


@dataclass(frozen=True)
class Room:
    """A floor that people can walk on, bounded by walls and doors."""

    name: str
    """One of its kind in the plan."""
    storey: int
    outline: Ring
    holes: tuple[Ring, ...] = ()
    kind: RoomKind = RoomKind.ROOM
    title: str = ""
    """What people call it."""
    capacity: int | None = None
    """Most people it is meant for."""
    background_noise: float | None = None
    """Level of its usual noise [dB]."""
    ventilation: float | None = None
    """Changes of air per hour [1/h]."""

    @property
    def area(self) -> float:
        """Floor within the outline and outside the holes [m²]."""
        return area_of(self.outline) - sum(abs(area_of(hole)) for hole in self.holes)


@dataclass(frozen=True)
class Door:
    """An opening between two rooms, or between a room and the outside; it lies on the outlines of both."""

    name: str
    rooms: tuple[int, int]
    """Rooms on its two sides; the second is `OUTSIDE` where the door leaves the plan."""
    segment: Segment
    state: DoorState = DoorState.OPEN
    leaf: bool = True
    """Whether there is something to shut; a mere opening has none."""
    strength: float | None = None
    """Blows that it stands [1]; the scenario's if not given."""
    keys: tuple[str, ...] = ()
    """Who can lock and unlock it, such as `teacher`."""
    locks_from: tuple[int, ...] = ()
    """Sides, 0 or 1, from which it can be locked without a key."""
    transparent: bool = False
    """Whether one sees through it when it is shut."""
    sound_loss: float | None = None
    """What it takes off a sound when it is shut [dB]; the scenario's if not given."""
    flow_limit: float | None = None
    """Most people through it in a second [1/s], for rules that plan with one."""
    emergency: bool = False
    """Whether it is meant to be used in an emergency only."""

    @property
    def width(self) -> float:
        """Clear width [m]."""
        return math.dist(*self.segment)

    @property
    def is_exit(self) -> bool:
        """Whether it leads out of the plan."""
        return OUTSIDE in self.rooms


class StairKind(StrEnum):
    """How a strip rises."""

    STAIR = "stair"
    RAMP = "ramp"


@dataclass(frozen=True)
class StairEnd:
    """Where a stair meets a floor: a segment on the outline of a room, as wide as the stair."""

    room: int
    segment: Segment


@dataclass(frozen=True)
class Stair:
    """A strip of one width between two rooms, walked along its length; the plan shows it along `path`."""

    name: str
    ends: tuple[StairEnd, StairEnd]
    """The lower and the upper one."""
    path: tuple[tuple[float, float, float], ...]
    """Middle line from the lower to the upper end, in x, y and height; level parts are landings [m]."""
    kind: StairKind = StairKind.STAIR
    riser: float = 0.17
    """Height of a step [m]."""
    tread: float = 0.28
    """Depth of a step [m]."""
    outdoor: bool = False

    @property
    def width(self) -> float:
        """Clear width [m]."""
        return math.dist(*self.ends[0].segment)

    @property
    def parts(self) -> tuple[tuple[float, float], ...]:
        """Length along the slope and rise of each straight part [m]."""
        return tuple(
            (math.dist(one, other), other[2] - one[2]) for one, other in zip(self.path, self.path[1:], strict=False)
        )

    @property
    def length(self) -> float:
        """Length along the slope [m]."""
        return sum(length for length, _ in self.parts)


@dataclass(frozen=True)
class Obstacle:
    """Something in a room that nobody walks through: a pillar, a desk, a shelf."""

    room: int
    outline: Ring
    kind: str = "obstacle"
    movable: bool = False
    """Furniture that can be pushed against a door."""


@dataclass(frozen=True)
class Seat:
    """A place to sit or work at."""

    room: int
    place: Point
    facing: float = 0.0
    """Direction in which one looks [degrees], 0 along x, counter-clockwise."""
    kind: str = "seat"


@dataclass(frozen=True)
class Zone:
    """A part of a storey with a purpose: where people start, gather, or are measured."""

    name: str
    storey: int
    outline: Ring
    kind: str = "area"
    """`start`, `assembly`, `area` (density and speed are measured in it), or a word of the scenario's."""


@dataclass(frozen=True)
class Gate:
    """A line at which the flow of people is measured; nobody notices it."""

    name: str
    storey: int
    segment: Segment


@dataclass(frozen=True)
class Floorplan:
    """A building; rows of its tuples are what rooms and doors are numbered by."""

    name: str
    storeys: tuple[Storey, ...]
    rooms: tuple[Room, ...]
    doors: tuple[Door, ...] = ()
    stairs: tuple[Stair, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    seats: tuple[Seat, ...] = ()
    zones: tuple[Zone, ...] = ()
    gates: tuple[Gate, ...] = ()
    title: str = ""
    licence: str = ""
    source: str = ""
    """Where it comes from, for people."""

    @property
    def exits(self) -> tuple[int, ...]:
        """Doors that lead out of the plan."""
        return tuple(row for row, door in enumerate(self.doors) if door.is_exit)

    @property
    def area(self) -> float:
        """Floor of all rooms, stairs apart [m²]."""
        return sum(room.area for room in self.rooms)

    def rooms_on(self, storey: int) -> Iterator[tuple[int, Room]]:
        """Rooms of a storey with their rows."""
        return ((row, room) for row, room in enumerate(self.rooms) if room.storey == storey)


def area_of(ring: Ring) -> float:
    """Area of a polygon, negative if it runs clockwise [m²].

    >>> area_of(((0.0, 0.0), (2.0, 0.0), (2.0, 3.0), (0.0, 3.0)))
    6.0
    """
    following = (*ring[1:], ring[0])
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in zip(ring, following, strict=True)) / 2
