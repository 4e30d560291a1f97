"""A floor plan in the making: rooms get doors, stairs and exits, and what of a file is lost is noted."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hyosan.floorplan.flights import flight
from hyosan.floorplan.openings import SLACK, Polygon, cut_in, opening, shared_stretches, straight_edges
from hyosan.floorplan.plan import (
    OUTSIDE,
    Door,
    Floorplan,
    Obstacle,
    Point,
    Room,
    RoomKind,
    Stair,
    StairEnd,
    StairKind,
    Storey,
)
from hyosan.scenario.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyosan.floorplan.plan import Ring, Segment

STOREY_HEIGHT = 3.6
"""From floor to floor, where a file says nothing [m]; assumed: usual in public buildings."""

RISER, TREAD = 0.17, 0.29
"""Height and depth of a step, where a file says nothing [m]; assumed: 2 × 0.17 + 0.29 m is a stride of 0.63 m."""

DOOR_WIDTH, ENTRANCE_WIDTH = 0.9, 1.8
"""Clear width of a door and of an entrance, where a file says nothing [m]; assumed: a leaf, and two of them."""

ROUGH = 0.12
"""How far an outline may be moved for an opening in a bent wall, where none fits a straight one [m]."""

MOST_TO_MEND = 500
"""Corners of an outline and its holes that are mended if they cross; the time that takes grows with their square."""

LISTED = 12
"""Names that one note lists."""


@dataclass
class DraftRoom:
    """A room whose outline still changes."""

    name: str
    polygon: Polygon
    storey: int
    kind: RoomKind = RoomKind.ROOM
    title: str = ""
    capacity: int | None = None
    openings: list[Segment] = field(default_factory=list)
    """Doors and ends of stairs on its outline."""


@dataclass
class Draft:
    """Rooms, doors and stairs so far; rows are those of the plan."""

    storeys: list[Storey]
    rooms: list[DraftRoom] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)
    stairs: list[Stair] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lost: dict[str, list[str]] = field(default_factory=dict)
    """What went wrong, and with which things."""

    def lose(self, why: str, what: str) -> None:
        """Remember that something of the file is not in the plan as it stands there."""
        self.lost.setdefault(why, []).append(what)

    def part(self) -> dict[int, int]:
        """Have no two rooms of a storey overlap: the larger gives way; rows before, and rows of those that are left."""
        from shapely import STRtree

        polygons = [room.polygon for room in self.rooms]
        gone: set[int] = set()
        for one, other in sorted(map(tuple, STRtree(polygons).query(polygons, predicate="intersects").T.tolist())):
            if one >= other or self.rooms[one].storey != self.rooms[other].storey or gone & {one, other}:
                continue
            large, small = sorted((one, other), key=lambda row: -self.rooms[row].polygon.area)
            room, smaller = self.rooms[large], self.rooms[small]
            common = room.polygon.intersection(smaller.polygon).area
            rest = room.polygon if common <= 1e-6 else largest(_exact(room.polygon.difference(smaller.polygon)))
            if rest is None:
                gone.add(large)
                self.lose("rooms on the place of another, left out", f"{room.name} (on {smaller.name})")
                continue
            room.polygon = rest
            if common > 0.01:
                what = f"{room.name} ({common:.2f} m² to {smaller.name})"
                self.lose("rooms that overlapped another and gave way", what)
        kept = [row for row in range(len(self.rooms)) if row not in gone]
        self.rooms = [self.rooms[row] for row in kept]
        return {row: place for place, row in enumerate(kept)}

    def join(
        self, name: str, rooms: tuple[int, int], near: Point, width: float, *, reach: float = 0.5, **how: Any
    ) -> bool:
        """Put a door between two rooms that touch; say whether there was room for it."""
        one, other = (self.rooms[row] for row in rooms)
        taken = [*one.openings, *other.openings]
        for slack in (SLACK, ROUGH):
            stretches = shared_stretches(one.polygon, other.polygon, slack)
            segment = opening(stretches, near, width, taken, reach=reach)
            if segment is not None and self.add_door(name, rooms, segment, slack=slack, **how):
                return True
        return False

    def lead_out(self, name: str, room: int, near: Point, width: float, *, reach: float = 0.5, **how: Any) -> bool:
        """Put an exit on the outline of a room; say whether there was room for it."""
        inside = self.rooms[room]
        for slack in (SLACK, ROUGH):
            segment = opening(straight_edges(inside.polygon, slack), near, width, inside.openings, reach=reach)
            if segment is not None and self.add_door(name, (room, OUTSIDE), segment, slack=slack, **how):
                return True
        return False

    def add_door(
        self, name: str, rooms: tuple[int, int], segment: Segment, *, slack: float = SLACK, **how: Any
    ) -> bool:
        """Put a door at a segment, if the outlines of its rooms can run along it."""
        segment = to_the_millimetre(segment)
        if not self._open([row for row in rooms if row != OUTSIDE], [segment, segment], slack):
            return False
        self.doors.append(Door(name, rooms, segment, **how))
        return True

    def _open(self, rooms: Sequence[int], segments: Sequence[Segment], slack: float) -> bool:
        """Have the outline of each room run along its segment, all or none."""
        outlines = [
            cut_in(self.rooms[row].polygon, segment, slack) for row, segment in zip(rooms, segments, strict=False)
        ]
        if any(outline is None for outline in outlines):
            return False
        for row, outline, segment in zip(rooms, outlines, segments, strict=False):
            if slack > SLACK:
                self.lose("outlines straightened by up to 0.12 m for an opening in a bent wall", self.rooms[row].name)
            self.rooms[row].polygon = outline
            self.rooms[row].openings.append(segment)
        return True

    def climb(
        self,
        name: str,
        rooms: tuple[int, int],
        *,
        near: tuple[Point, Point] | None = None,
        kind: StairKind = StairKind.STAIR,
        riser: float = RISER,
        tread: float = TREAD,
    ) -> bool:
        """Put a stair between two rooms, the lower first; say whether their walls have room for its ends."""
        lower, upper = (self.rooms[row] for row in rooms)
        heights = tuple(self.storeys[room.storey].elevation for room in (lower, upper))
        run = (heights[1] - heights[0]) / riser * tread if kind is StairKind.STAIR else (heights[1] - heights[0]) / 0.06
        for slack in (SLACK, ROUGH):
            found = flight(
                (lower.polygon, upper.polygon),
                (lower.openings, upper.openings),
                (heights[0], heights[1]),
                run,
                near,
                slack,
            )
            ends = [to_the_millimetre(end) for end in found[0]] if found is not None else []
            if found is not None and self._open(rooms, ends, slack):
                low, high = (StairEnd(row, end) for row, end in zip(rooms, ends, strict=True))
                self.stairs.append(Stair(name, (low, high), found[1], kind, round(riser, 4), round(tread, 4)))
                return True
        return False

    def unreachable(self) -> list[int]:
        """Rooms from which no door or stair leads to an exit, lifts apart."""
        beyond: dict[int, set[int]] = {}
        for one, other in [door.rooms for door in self.doors] + [
            (stair.ends[0].room, stair.ends[1].room) for stair in self.stairs
        ]:
            beyond.setdefault(one, set()).add(other)
            beyond.setdefault(other, set()).add(one)
        reached, edge = {OUTSIDE}, [OUTSIDE]
        while edge:
            for row in beyond.get(edge.pop(), set()) - reached:
                reached.add(row)
                edge.append(row)
        return [row for row in range(len(self.rooms)) if row not in reached]

    def finish(
        self, name: str, *, title: str = "", licence: str = "", source: str = ""
    ) -> tuple[Floorplan, tuple[str, ...]]:
        """The plan, and what a person should know of it."""
        plan = replace(self._plan(name), title=title, licence=licence, source=source)
        while self._clear(plan):
            plan = replace(plan, doors=tuple(self.doors), stairs=tuple(self.stairs), obstacles=tuple(self.obstacles))
        if plan.exits and (cut_off := self.unreachable()):
            self.lost["rooms from which no exit can be reached"] = [self.rooms[row].name for row in cut_off]
        for why, things in self.lost.items():
            once = list(dict.fromkeys(things))
            more = f" and {len(once) - LISTED} more" if len(once) > LISTED else ""
            self.notes.append(f"{why}: {', '.join(once[:LISTED])}{more}.")
        return plan, tuple(self.notes)

    def _plan(self, name: str) -> Floorplan:
        """The plan as it is now."""
        rooms = tuple(
            Room(
                name=room.name,
                storey=room.storey,
                outline=ring(room.polygon.exterior, clockwise=False),
                holes=tuple(ring(hole, clockwise=True) for hole in room.polygon.interiors),
                kind=room.kind,
                title=room.title,
                capacity=room.capacity,
            )
            for room in self.rooms
        )
        things = tuple(self.doors), tuple(self.stairs), tuple(self.obstacles)
        return Floorplan(name, tuple(self.storeys), rooms, *things)

    def _clear(self, plan: Floorplan) -> bool:
        """Leave out doors and stairs that the check of plans finds unusable; say whether there were any.

        Where obstacles are in the way, they go first.
        """
        from hyosan.floorplan.check import faults

        before = len(self.doors), len(self.stairs), len(self.obstacles)
        furnished = {obstacle.room for obstacle in plan.obstacles}
        for fault in faults(plan):
            if fault.room in furnished:
                self.obstacles = [obstacle for obstacle in self.obstacles if obstacle.room != fault.room]
                self.lose("rooms whose obstacles were left out, since they block doors", plan.rooms[fault.room].name)
                continue
            for door in [door for door in self.doors if fault.message.startswith(f"door {shown(door.name)} ")]:
                self.doors.remove(door)
                self.lose("doors left out, since nobody could walk through them", door.name)
            for stair in [each for each in self.stairs if fault.message.startswith(f"{each.kind} {shown(each.name)} ")]:
                self.stairs.remove(stair)
                self.lose("stairs left out, since nobody could walk on them", stair.name)
        return before != (len(self.doors), len(self.stairs), len(self.obstacles))


def to_the_millimetre(segment: Segment) -> Segment:
    """A segment as files have it."""
    (x, y), (end_x, end_y) = segment
    return (round(x, 3), round(y, 3)), (round(end_x, 3), round(end_y, 3))


def largest(shape: Polygon, least: float = 0.1) -> Polygon | None:
    """The largest polygon of a shape, if it has one of an area of `least` or more [m²]."""
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon" and part.area >= least]
    return max(parts, key=lambda part: part.area, default=None)


def cleaned(corners: Sequence[Point], holes: Sequence[Sequence[Point]] = (), *, least: float = 0.1) -> Polygon | None:
    """A valid polygon of corners, to the millimetre; none if hardly anything is left."""
    import shapely

    if len(corners) < 3 or not all(math.isfinite(part) for corner in corners for part in corner):
        return None
    polygon = shapely.Polygon(corners, [hole for hole in holes if len(hole) >= 3])
    if not polygon.is_valid:
        if len(corners) + sum(map(len, holes)) > MOST_TO_MEND:
            return None
        polygon = shapely.make_valid(polygon)
    return largest(_exact(polygon), least)


def _exact(shape: Polygon) -> Polygon:
    """A shape to the millimetre, still valid."""
    import shapely

    return shapely.set_precision(shape, 0.001)


def ring(line: Polygon, *, clockwise: bool) -> Ring:
    """Corners to the millimetre, the first not repeated."""
    corners = [(round(x, 3) + 0.0, round(y, 3) + 0.0) for x, y in line.coords[:-1]]
    kept = [corner for place, corner in enumerate(corners) if corner != corners[place - 1]]
    return tuple(kept if line.is_ccw != clockwise else (kept[0], *reversed(kept[1:])))


def plain(written: str, most: int = 80) -> str:
    r"""A name on one line.

    >>> plain(" Room\n 12 ")
    'Room 12'
    """
    return " ".join("".join(letter if letter.isprintable() else " " for letter in written).split())[:most].strip()
