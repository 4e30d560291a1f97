"""A floor plan while it is drawn: things are added by name, and come out as rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hyosan.floorplan.plan import (
    OUTSIDE,
    Door,
    DoorState,
    Floorplan,
    Gate,
    Obstacle,
    Point,
    Ring,
    Room,
    RoomKind,
    Seat,
    Segment,
    Stair,
    StairEnd,
    Storey,
    Zone,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def box(x0: float, y0: float, x1: float, y1: float) -> Ring:
    """A rectangle, counter-clockwise."""
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


@dataclass
class Draft:
    """What has been drawn so far."""

    storeys: tuple[Storey, ...]
    rooms: list[Room] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)
    stairs: list[Stair] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)

    def row(self, room: str) -> int:
        """Row of a room."""
        return next(row for row, each in enumerate(self.rooms) if each.name == room) if room else OUTSIDE

    def room(
        self, name: str, storey: int, outline: Ring, kind: RoomKind, title: str, holes: tuple[Ring, ...] = ()
    ) -> None:
        """Add a room."""
        self.rooms.append(Room(name, storey, outline, holes, kind, title))

    def door(
        self,
        name: str,
        rooms: tuple[str, str],
        segment: Segment,
        *,
        state: DoorState = DoorState.CLOSED,
        keys: tuple[str, ...] = ("caretaker",),
        latch: bool = False,
        glazed: bool = False,
        emergency: bool = False,
    ) -> None:
        """Add a door between rooms; no name for the second leads out, `latch` locks it from the first."""
        self.doors.append(
            Door(
                name,
                (self.row(rooms[0]), self.row(rooms[1])),
                segment,
                state=state,
                keys=keys,
                locks_from=(0,) if latch else (),
                transparent=glazed,
                emergency=emergency,
            )
        )

    def opening(self, name: str, rooms: tuple[str, str], segment: Segment) -> None:
        """Add an opening without a door."""
        self.doors.append(Door(name, (self.row(rooms[0]), self.row(rooms[1])), segment, leaf=False))

    def stair(
        self,
        name: str,
        rooms: tuple[str, str],
        ends: tuple[Segment, Segment],
        path: Sequence[tuple[float, float, float]],
        *,
        steps: tuple[float, float],
        outdoor: bool = False,
    ) -> None:
        """Add a stair from the lower room to the upper one."""
        lower, upper = (StairEnd(self.row(room), end) for room, end in zip(rooms, ends, strict=True))
        self.stairs.append(Stair(name, (lower, upper), tuple(path), riser=steps[0], tread=steps[1], outdoor=outdoor))

    def obstacle(self, room: str, outline: Ring, kind: str, *, movable: bool = True) -> None:
        """Add a thing that stands in the way."""
        self.obstacles.append(Obstacle(self.row(room), outline, kind, movable))

    def seat(self, room: str, place: Point, facing: float, kind: str) -> None:
        """Add a place to be at."""
        self.seats.append(Seat(self.row(room), place, facing % 360, kind))

    def plan(self, **words: str) -> Floorplan:
        """The plan; rooms with seats are meant for as many people."""
        seats = Counter(seat.room for seat in self.seats)
        return Floorplan(
            storeys=self.storeys,
            rooms=tuple(replace(room, capacity=seats.get(row)) for row, room in enumerate(self.rooms)),
            doors=tuple(self.doors),
            stairs=tuple(self.stairs),
            obstacles=tuple(self.obstacles),
            seats=tuple(self.seats),
            zones=tuple(self.zones),
            gates=tuple(self.gates),
            **words,
        )
