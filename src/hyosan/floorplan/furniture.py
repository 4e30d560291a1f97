"""Checks of what stands in rooms: it is inside, leaves the seats free, and lets people through to the doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hyosan.floorplan.findings import BODY, NARROWEST, TOLERANCE, Findings, middle
from hyosan.floorplan.plan import OUTSIDE, Segment
from hyosan.scenario.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.floorplan.plan import Point

SLACK = 0.01
"""By how much a body may be squeezed on its way to a door [m]."""
MOST_OBSTACLES = 2000
"""Obstacles of a room up to which ways from door to door are looked for; beyond, only those near doors count."""
REACH = 0.05
"""How near a body comes to the line of a door it can reach, beyond its radius [m]."""


def check(found: Findings) -> None:
    """Check obstacles, seats, zones, and the ways between them."""
    obstacles = _obstacles(found)
    _seats(found, obstacles)
    _zones(found)
    doors = _doors(found)
    for room, polygon in enumerate(found.polygons):
        if polygon is not None and doors.get(room):
            _ways(found, room, polygon, obstacles.get(room, []), doors[room])


def _obstacles(found: Findings) -> dict[int, list[Any]]:
    """Check obstacles, and give their polygons by room."""
    from shapely.geometry import Polygon

    proper: dict[int, list[Any]] = {}
    for obstacle in found.plan.obstacles:
        name = f"{obstacle.kind} in {found.room_name(obstacle.room)}"
        where: dict[str, Any] = {"at": _centre(obstacle.outline), "room": obstacle.room}
        polygon = Polygon(obstacle.outline) if len(obstacle.outline) > 2 else None
        if polygon is None or not polygon.is_valid or polygon.area <= 0:
            found.add("obstacle", f"{name} has an outline that is no simple polygon. Draw it anew.", **where)
            continue
        room = found.polygons[obstacle.room]
        if room is not None and not room.intersects(polygon):
            found.add("obstacle", f"{name} stands outside of the room. Move it, or name the room it is in.", **where)
            continue
        proper.setdefault(obstacle.room, []).append(polygon)
        if room is not None and (out := polygon.difference(room.buffer(TOLERANCE)).area) > TOLERANCE**2:
            message = f"{name} reaches {max(out, 0.01):.2f} m² out of the room. Move it inside."
            found.warn("obstacle out", message, **where)
    return proper


def _centre(outline: tuple[Point, ...]) -> Point:
    """Mean of the corners [m]."""
    count = max(len(outline), 1)
    return sum(x for x, _ in outline) / count, sum(y for _, y in outline) / count


def _seats(found: Findings, obstacles: dict[int, list[Any]]) -> None:
    """Seats are in their rooms, and nothing stands on them."""
    from shapely import STRtree
    from shapely.geometry import Point as Place

    trees = {room: STRtree(polygons) for room, polygons in obstacles.items()}
    for seat in found.plan.seats:
        name, room = f"{seat.kind} in {found.room_name(seat.room)}", found.polygons[seat.room]
        place = Place(seat.place)
        if room is not None and not room.covers(place):
            message = f"{name} is outside of the room. Move it, or name the room it is in."
            found.add("seat", message, at=seat.place, room=seat.room)
        elif seat.room in trees and len(trees[seat.room].query(place, predicate="within")):
            found.add("seat", f"{name} is inside an obstacle. Move one of them.", at=seat.place, room=seat.room)


def _zones(found: Findings) -> None:
    """Zones are proper polygons."""
    from shapely.geometry import Polygon

    for zone in found.plan.zones:
        if len(zone.outline) < 3 or not (polygon := Polygon(zone.outline)).is_valid or polygon.area <= 0:
            message = f"zone {shown(zone.name)} has an outline that is no simple polygon. Draw it anew."
            found.add("zone", message, at=_centre(zone.outline), storey=zone.storey)


Way = tuple[str, Segment, int | None]
"""What messages call an opening, where it is, and its row if it is a door."""


def _doors(found: Findings) -> dict[int, list[Way]]:
    """Openings of each room that a body passes."""
    by_room: dict[int, list[Way]] = {}
    for row, door in enumerate(found.plan.doors):
        if door.width >= NARROWEST - 1e-6 and door.segment not in found.misplaced:
            for room in dict.fromkeys(door.rooms):
                if room != OUTSIDE:
                    by_room.setdefault(room, []).append((f"door {shown(door.name)}", door.segment, row))
    for stair in found.plan.stairs:
        for end in stair.ends:
            if stair.width >= NARROWEST - 1e-6 and end.segment not in found.misplaced:
                by_room.setdefault(end.room, []).append((f"{stair.kind} {shown(stair.name)}", end.segment, None))
    return by_room


def _ways(found: Findings, room: int, polygon: Any, obstacles: list[Any], doors: list[Way]) -> None:
    """A body comes to every door of a room, and from each door to the others."""
    from shapely import STRtree, prepare

    approaches = [_approach(way[1]) for way in doors]
    crowded = len(obstacles) > MOST_OBSTACLES
    parts = _free(polygon, _near(obstacles, approaches) if crowded else obstacles)
    prepare(parts)
    tree = STRtree(parts)
    reached: list[tuple[set[int], Way]] = []
    for way, approach in zip(doors, approaches, strict=True):
        near = {place for place in tree.query(approach).tolist() if parts[place].intersects(approach)}
        if near:
            reached.append((near, way))
            continue
        what = "is blocked: an obstacle or a wall" if obstacles else "cannot be reached: a wall"
        message = f"{way[0]} {what} of {found.room_name(room)} leaves no room for a body before it. Clear the way."
        found.add("blocked", message, at=middle(way[1]), room=room, door=way[2])
    for one, other in () if crowded else _apart(reached):
        message = (
            f"nobody comes from {one[0]} to {other[0]} through {found.room_name(room)}: the way is narrower "
            "than a body. Move an obstacle or a wall."
        )
        found.warn("apart", message, at=middle(other[1]), room=room, door=other[2])


def _free(polygon: Any, obstacles: list[Any]) -> list[Any]:
    """Where the middle of a body can be in a room, a part for all that hangs together."""
    from shapely import union_all

    radius = BODY - SLACK
    free = polygon.buffer(-radius)
    if obstacles:
        free = free.difference(union_all(obstacles).buffer(radius))
    return [part for part in getattr(free, "geoms", [free]) if not part.is_empty]


def _near(obstacles: list[Any], approaches: list[Any]) -> list[Any]:
    """Obstacles that can be in the way to a door."""
    from shapely import STRtree

    tree = STRtree(obstacles)
    rows = {row for approach in approaches for row in tree.query(approach.buffer(BODY)).tolist()}
    return [obstacles[row] for row in sorted(rows)]


def _approach(segment: Segment) -> Any:
    """Where the middle of a body is that stands in a door or right before it."""
    from shapely.geometry import LineString

    line = LineString(segment)
    cut = min(BODY, line.length / 2 - TOLERANCE)
    start, end = line.interpolate(cut), line.interpolate(line.length - cut)
    return LineString([start, end]).buffer(BODY + REACH)


def _apart(reached: list[tuple[set[int], Way]]) -> Iterator[tuple[Way, Way]]:
    """The first opening, and one of each group of openings that cannot be reached from it."""
    groups: list[tuple[set[int], Way]] = []
    for own, way in reached:
        joined = [group for group in groups if group[0] & own]
        kept = [group for group in groups if not group[0] & own]
        parts = own.union(*(group[0] for group in joined))
        first = joined[0][1] if joined else way
        groups = [(parts, first), *kept] if groups and groups[0] in joined else [*kept, (parts, first)]
    for _, way in groups[1:]:
        yield groups[0][1], way
