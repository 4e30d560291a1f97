"""What the checks of a floor plan share: problems with their places, and the polygons that they measure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from hyosan.floorplan.plan import OUTSIDE
from hyosan.scenario.quantities import shown

if TYPE_CHECKING:
    from hyosan.floorplan.plan import Floorplan, Point, Segment

TOLERANCE = 0.01
"""How far a door may be off the outline of its room [m]."""
BODY = 0.2
"""Radius of a body [m]."""
NARROWEST = 0.5
"""Narrowest door that a body passes [m]."""
MOST_OF_A_KIND = 100
"""Problems of one kind that are listed."""


class Severity(StrEnum):
    """What a problem does to a run."""

    FAULT = "fault"
    """Stops it."""
    WARNING = "warning"
    """Lets it run; somebody should look."""


@dataclass(frozen=True)
class PlanProblem:
    """One thing that is wrong with a floor plan, and where."""

    message: str
    """What was found, and what to do."""
    severity: Severity
    storey: int | None = None
    """Row of the storey."""
    x: float | None = None
    y: float | None = None
    """Where on the storey [m]."""
    room: int | None = None
    """Row of the room."""
    door: int | None = None
    """Row of the door."""


@dataclass
class Findings:
    """A plan, its polygons, and the problems found so far."""

    plan: Floorplan
    polygons: list[Any] = field(default_factory=list)
    """Floor of each room, or nothing where its outline is wrong."""
    problems: list[PlanProblem] = field(default_factory=list)
    misplaced: set[Segment] = field(default_factory=set)
    """Doors and ends of stairs that are not on their walls; nothing more is said about them."""
    _counts: Counter[str] = field(default_factory=Counter)

    def full(self, kind: str) -> bool:
        """Whether no more problems of a kind are wanted."""
        return self._counts[kind] > MOST_OF_A_KIND

    def add(
        self,
        kind: str,
        message: str,
        *,
        severity: Severity = Severity.FAULT,
        at: Point | None = None,
        storey: int | None = None,
        room: int | None = None,
        door: int | None = None,
    ) -> None:
        """Keep a problem, unless there are enough of its kind."""
        self._counts[kind] += 1
        if self._counts[kind] > MOST_OF_A_KIND + 1:
            return
        if self._counts[kind] == MOST_OF_A_KIND + 1:
            message, at, room, door = "and more of the same.", None, None, None
        if room == OUTSIDE:
            room = None
        if storey is None and room is not None:
            storey = self.plan.rooms[room].storey
        if at is None and room is not None:
            polygon = self.polygons[room] if room < len(self.polygons) else None
            at = inside(polygon, self.plan.rooms[room].outline)
        x, y = (round(part, 3) for part in at) if at is not None else (None, None)
        self.problems.append(PlanProblem(message, severity, storey, x, y, room, door))

    def warn(self, kind: str, message: str, **where: Any) -> None:
        """Keep a problem that stops no run."""
        self.add(kind, message, severity=Severity.WARNING, **where)

    def room_name(self, row: int) -> str:
        """A room as messages call it."""
        if row == OUTSIDE:
            return "the outside"
        room = self.plan.rooms[row]
        return f"room {shown(room.name)} ({self.plan.storeys[room.storey].name})"


def inside(polygon: Any, outline: tuple[Point, ...]) -> Point | None:
    """A point of a room that stands for it."""
    if polygon is None:
        return outline[0] if outline else None
    point = polygon.representative_point()
    return float(point.x), float(point.y)


def middle(segment: tuple[Point, Point]) -> Point:
    """Middle of a segment [m]."""
    (x, y), (other_x, other_y) = segment
    return (x + other_x) / 2, (y + other_y) / 2
