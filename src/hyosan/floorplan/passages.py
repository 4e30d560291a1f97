"""Checks of doors and stairs: they lie on the walls of their rooms, and a body passes them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hyosan.floorplan.findings import NARROWEST, TOLERANCE, Findings, middle
from hyosan.floorplan.plan import OUTSIDE, StairKind
from hyosan.scenario.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.floorplan.plan import Door, Floorplan, Point, Segment, Stair

FARTHEST_FROM_PATH = 0.25
"""How far the path of a stair may begin from the middle of its end [m]."""
STEEPEST = 1.2
"""Rise over run above which a stair is a ladder: 50 degrees."""
STEEPEST_RAMP = 0.2
"""Rise over run above which a ramp should be a stair."""
BEHIND = 0.05
"""How far behind an exit somebody would stand in another room [m]."""


def passable(plan: Floorplan) -> Iterator[tuple[int, int]]:
    """Pairs of rooms that a door or a stair joins, if it is wide enough for a body."""
    for door in plan.doors:
        if door.width >= NARROWEST - 1e-6:
            yield door.rooms
    for stair in plan.stairs:
        if stair.width >= NARROWEST - 1e-6:
            yield stair.ends[0].room, stair.ends[1].room


def check(found: Findings) -> None:
    """Check all doors and stairs of a plan."""
    walls = _Walls(found)
    for row, door in enumerate(found.plan.doors):
        _door(found, walls, row, door)
    for stair in found.plan.stairs:
        _stair(found, walls, stair)
    _on_each_other(found)
    _exits_into_rooms(found)


class _Walls:
    """Outlines of rooms, a tolerance wide; made when first asked for."""

    def __init__(self, found: Findings) -> None:
        self.found = found
        self.wide: dict[int, Any] = {}

    def distance(self, room: int, segment: Segment) -> float:
        """How far a segment is off the outline of a room at its ends and middle; 0 within the tolerance [m]."""
        from shapely import prepare
        from shapely.geometry import LineString, Point

        polygon = self.found.polygons[room]
        if polygon is None:
            return 0.0
        if room not in self.wide:
            self.wide[room] = polygon.boundary.buffer(TOLERANCE + 1e-6)
            prepare(self.wide[room])
        if self.wide[room].covers(LineString(segment)):
            return 0.0
        off: list[float] = [polygon.boundary.distance(Point(point)) for point in (*segment, middle(segment))]
        return max(*off, TOLERANCE)


def _door(found: Findings, walls: _Walls, row: int, door: Door) -> None:
    """Check one door."""
    plan, name, at = found.plan, f"door {shown(door.name)}", middle(door.segment)
    room = next((room for room in door.rooms if room != OUTSIDE), None)
    where: dict[str, Any] = {"at": at, "door": row, "room": room}
    if room is None:
        found.add("sides", f"{name} leads from the outside to the outside. Name the room it belongs to.", **where)
        return
    if door.rooms[0] == door.rooms[1]:
        found.add("sides", f"{name} joins {found.room_name(room)} with itself. Name the room behind it.", **where)
    elif door.rooms[0] == OUTSIDE:
        found.add("sides", f"{name} has the outside as its first room. Write the room first.", **where)
    elif OUTSIDE not in door.rooms and len({plan.rooms[side].storey for side in door.rooms}) > 1:
        found.add("sides", f"{name} joins rooms of two storeys. Draw a stair between them.", **where)
    for side in dict.fromkeys(door.rooms):
        if side == OUTSIDE:
            continue
        if (off := walls.distance(side, door.segment)) > 0:
            message = (
                f"{name} is not on the outline of {found.room_name(side)}: {off:.2f} m off. Move it into the wall."
            )
            found.add("off the wall", message, at=at, door=row, room=side)
            found.misplaced.add(door.segment)
    if door.width < NARROWEST - 1e-6:
        found.warn(
            "narrow", f"{name} is {door.width:.2f} m wide, too narrow to pass. Make it {NARROWEST} m at least.", **where
        )


def _stair(found: Findings, walls: _Walls, stair: Stair) -> None:
    """Check one stair."""
    plan, name = found.plan, f"{stair.kind} {shown(stair.name)}"
    where: dict[str, Any] = {"at": middle(stair.ends[0].segment), "room": stair.ends[0].room}
    for end in stair.ends:
        if (off := walls.distance(end.room, end.segment)) > 0:
            message = (
                f"{name} does not end on the outline of {found.room_name(end.room)}: {off:.2f} m off. Move its end."
            )
            found.add("stair", message, at=middle(end.segment), room=end.room)
            found.misplaced.add(end.segment)
    widths = [math.dist(*end.segment) for end in stair.ends]
    if abs(widths[0] - widths[1]) > TOLERANCE:
        message = f"{name} is {widths[0]:.2f} m wide at its foot and {widths[1]:.2f} m at its head. Make both the same."
        found.add("stair", message, **where)
    if min(widths) < NARROWEST - 1e-6:
        message = f"{name} is {min(widths):.2f} m wide, too narrow to pass. Make it {NARROWEST} m at least."
        found.warn("narrow", message, **where)
    heights = [plan.storeys[plan.rooms[end.room].storey].elevation for end in stair.ends]
    if heights[0] >= heights[1]:
        message = f"{name} has its lower end at {heights[0]:g} m and its upper one at {heights[1]:g} m. Swap its ends."
        found.add("stair", message, **where)
        return
    if len(stair.path) < 2 or stair.length <= 0:
        found.add("stair", f"{name} has a path without length. Draw it from its foot to its head.", **where)
        return
    for what, point, end, height in zip(
        ("foot", "head"), (stair.path[0], stair.path[-1]), stair.ends, heights, strict=True
    ):
        _stair_end(found, name, what, point, end.segment, end.room, height)
    _slope(found, name, stair, where)


def _stair_end(
    found: Findings, name: str, what: str, point: tuple[float, ...], segment: Segment, room: int, height: float
) -> None:
    """Check where the path of a stair begins or ends."""
    if abs(point[2] - height) > TOLERANCE:
        message = (
            f"{name} has its {what} at {point[2]:.2f} m, but the floor of {found.room_name(room)} is at {height:.2f} m."
        )
        found.add("stair", f"{message} Let its path begin and end on the floors.", at=middle(segment), room=room)
    if math.dist(point[:2], middle(segment)) > FARTHEST_FROM_PATH:
        message = (
            f"{name} has a path whose {what} is not in the middle of its end in {found.room_name(room)}. Move it there."
        )
        found.warn("path", message, at=middle(segment), room=room)


def _slope(found: Findings, name: str, stair: Stair, where: dict[str, Any]) -> None:
    """Warn of stairs like ladders and ramps like stairs."""
    steepest = STEEPEST_RAMP if stair.kind is StairKind.RAMP else STEEPEST
    for one, other in zip(stair.path, stair.path[1:], strict=False):
        rise, run = abs(other[2] - one[2]), math.dist(one[:2], other[:2])
        if rise > steepest * run + 1e-6:
            message = f"{name} rises {rise:.2f} m over {run:.2f} m, which is too steep to walk. Draw its path longer."
            found.warn("steep", message, **where)
            return


def _segments(found: Findings) -> Iterator[tuple[int, str, Segment, int | None, int | None]]:
    """Storey, name, segment, room and door row of all doors and ends of stairs."""
    plan = found.plan
    for row, door in enumerate(plan.doors):
        room = next((room for room in door.rooms if room != OUTSIDE), None)
        if room is not None:
            yield plan.rooms[room].storey, f"door {shown(door.name)}", door.segment, room, row
    for stair in plan.stairs:
        for end in stair.ends:
            yield plan.rooms[end.room].storey, f"{stair.kind} {shown(stair.name)}", end.segment, end.room, None


def _on_each_other(found: Findings) -> None:
    """No two doors, and no door and stair, share a part of a wall."""
    from shapely import STRtree
    from shapely.geometry import LineString

    listed = list(_segments(found))
    for storey in {each[0] for each in listed}:
        here = [each for each in listed if each[0] == storey]
        lines = [LineString(each[2]) for each in here]
        tree = STRtree(lines)
        for place, each in enumerate(here):
            wide = lines[place].buffer(TOLERANCE, cap_style="flat")
            for other in sorted(tree.query(wide, predicate="intersects").tolist()):
                if found.full("doors overlap"):
                    return
                common = wide.intersection(lines[other])
                # Doors side by side touch at an end.
                if other > place and _crosses(lines[place], lines[other], common.length):
                    message = f"{here[other][1]} lies on {each[1]}. Move one of them, or leave it out."
                    at: Point = (common.centroid.x, common.centroid.y)
                    found.add("doors overlap", message, at=at, storey=storey, room=here[other][3], door=here[other][4])


def _crosses(one: Any, other: Any, common: float) -> bool:
    """Whether two segments lie on each other or cross."""
    return common > 4 * TOLERANCE or bool(one.crosses(other))


def _exits_into_rooms(found: Findings) -> None:
    """An exit has no room behind it."""
    from shapely import STRtree
    from shapely.geometry import Point as PlacePoint

    plan = found.plan
    rows = [row for row, polygon in enumerate(found.polygons) if polygon is not None]
    tree = STRtree([found.polygons[row] for row in rows])
    for row in plan.exits:
        door = plan.doors[row]
        room = max(door.rooms)
        if room == OUTSIDE or found.polygons[room] is None or door.width <= 0:
            continue
        (x, y), (other_x, other_y) = door.segment
        aside = ((other_y - y) / door.width * BEHIND, (x - other_x) / door.width * BEHIND)
        at = middle(door.segment)
        for sign in (1, -1):
            point = PlacePoint(at[0] + sign * aside[0], at[1] + sign * aside[1])
            for place in tree.query(point, predicate="within").tolist():
                other = rows[place]
                if other != room and plan.rooms[other].storey == plan.rooms[room].storey:
                    message = (
                        f"door {shown(door.name)} leads outside, but {found.room_name(other)} is behind it. "
                        "Name that room as its second one."
                    )
                    found.warn("exit into a room", message, at=at, door=row, room=room)
