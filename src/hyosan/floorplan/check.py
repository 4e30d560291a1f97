"""Checks of a floor plan: everything that would stop a run, or that somebody should look at, named with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hyosan.floorplan import furniture, passages
from hyosan.floorplan.findings import Findings, PlanProblem, Severity, middle
from hyosan.floorplan.plan import OUTSIDE, area_of
from hyosan.scenario.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.floorplan.plan import Floorplan, Room

__all__ = ["PlanProblem", "Severity", "faults", "problems"]

SMALLEST = 0.05
"""Smallest floor that is taken for a room [m²]."""


def problems(plan: Floorplan) -> tuple[PlanProblem, ...]:
    r"""Everything that is wrong with a plan, faults first.

    >>> from hyosan.floorplan import text
    >>> for problem in problems(text.loads("storey Ground 0\n####\n#..#\n####")):
    ...     print(problem.severity, problem.message)
    fault the plan has no exit: nobody can leave it. Write a door whose second room is 'outside'.
    warning room 'room-1' (Ground) has no door: nobody gets in or out. Draw a door, or leave the room out.
    """
    found = Findings(plan)
    _rows(found)
    if not found.problems:
        _names(found)
        _outlines(found)
        _overlaps(found)
        passages.check(found)
        furniture.check(found)
        _ways_out(found)
    return tuple(sorted(found.problems, key=lambda problem: problem.severity != Severity.FAULT))


def faults(plan: Floorplan) -> tuple[PlanProblem, ...]:
    """What stops a run of a plan."""
    return tuple(problem for problem in problems(plan) if problem.severity is Severity.FAULT)


def _rows(found: Findings) -> None:
    """Rows that things refer to are there; nothing else can be looked at before."""
    plan = found.plan
    if not plan.rooms:
        found.add("rooms", "the plan has no rooms. Draw one.")
    rooms, storeys = range(len(plan.rooms)), range(len(plan.storeys))
    wrong = [f"room {shown(room.name)}" for room in plan.rooms if room.storey not in storeys]
    wrong += [f"door {shown(door.name)}" for door in plan.doors if not {*door.rooms} <= {OUTSIDE, *rooms}]
    wrong += [f"stair {shown(stair.name)}" for stair in plan.stairs if not {end.room for end in stair.ends} <= {*rooms}]
    wrong += [f"{each.kind} {row}" for row, each in enumerate(plan.obstacles) if each.room not in rooms]
    wrong += [f"{each.kind} {row}" for row, each in enumerate(plan.seats) if each.room not in rooms]
    wrong += [f"zone {shown(zone.name)}" for zone in plan.zones if zone.storey not in storeys]
    wrong += [f"gate {shown(gate.name)}" for gate in plan.gates if gate.storey not in storeys]
    for what in wrong:
        found.add("rows", f"{what} refers to a room or storey that is not there. Correct its row.")


def _names(found: Findings) -> None:
    """Names tell things apart."""
    plan = found.plan
    for row, room in enumerate(plan.rooms):
        if room.name == "outside":
            found.add("names", "a room is called 'outside', which means no room. Choose another name.", room=row)
    for what, names in (
        ("storey", [storey.name for storey in plan.storeys]),
        ("room", [room.name for room in plan.rooms]),
        ("door", [door.name for door in plan.doors]),
        ("stair", [stair.name for stair in plan.stairs]),
        ("zone", [zone.name for zone in plan.zones]),
        ("gate", [gate.name for gate in plan.gates]),
    ):
        seen: set[str] = set()
        for row, name in enumerate(names):
            where: dict[str, Any] = {"room": row} if what == "room" else {}
            if what == "door":
                where = {"door": row, "at": middle(plan.doors[row].segment), "room": max(plan.doors[row].rooms)}
            if not name:
                found.add("names", f"{what} {row} has no name. Give it one.", **where)
            elif name in seen:
                found.add("names", f"two {what}s are called {shown(name)}. Give each a name of its own.", **where)
            seen.add(name)


def _outlines(found: Findings) -> None:
    """Outlines are simple polygons with an area; those that are not are left out of all that follows."""
    from shapely import is_valid_reason
    from shapely.geometry import Polygon

    for row, room in enumerate(found.plan.rooms):
        name = found.room_name(row)
        found.polygons.append(None)
        if len(room.outline) < 3 or any(len(hole) < 3 for hole in room.holes):
            found.add("outline", f"{name} has an outline or a hole of fewer than 3 corners. Draw it anew.", room=row)
            continue
        polygon = Polygon(room.outline, room.holes)
        if not polygon.is_valid:
            reason = is_valid_reason(polygon)
            found.add("outline", f"{name} {_what_is_wrong(reason)}", room=row, at=_place_in(reason))
        elif polygon.area < SMALLEST:
            found.add("outline", f"{name} has no area to stand on. Draw it larger, or leave it out.", room=row)
        elif _turns_wrong(room):
            found.add("outline", f"{name} has an outline clockwise or a hole counter-clockwise. Turn it.", room=row)
        else:
            found.polygons[row] = polygon


def _turns_wrong(room: Room) -> bool:
    """Whether the outline runs clockwise or a hole counter-clockwise."""
    return area_of(room.outline) < 0 or any(area_of(hole) > 0 for hole in room.holes)


def _what_is_wrong(reason: str) -> str:
    """What shapely says of an invalid polygon, in our words."""
    if "Hole lies outside" in reason or "Nested" in reason:
        return "has a hole that is not within its outline. Move the hole, or leave it out."
    if "Interior is disconnected" in reason:
        return "is cut in two by its holes. Draw two rooms."
    return "has an outline that crosses or touches itself. Draw its corners in turn."


def _place_in(reason: str) -> tuple[float, float] | None:
    """The place that shapely names."""
    try:
        x, y = reason.partition("[")[2].rstrip("]").split()
        return float(x), float(y)
    except ValueError:
        return None


def _pairs(found: Findings) -> Iterator[tuple[int, int]]:
    """Rooms of one storey that have a point in common."""
    import numpy as np
    from shapely import STRtree

    for storey in range(len(found.plan.storeys)):
        rows = [row for row, _ in found.plan.rooms_on(storey) if found.polygons[row] is not None]
        tree = STRtree([found.polygons[row] for row in rows])
        for place, row in enumerate(rows):
            near = np.sort(tree.query(found.polygons[row], predicate="intersects"))
            for other in near[near > place].tolist():
                yield row, rows[other]


def _overlaps(found: Findings) -> None:
    """No floor belongs to two rooms; walls may be off by the tolerance."""
    for one, other in _pairs(found):
        if found.full("overlap"):
            return
        common = found.polygons[one].intersection(found.polygons[other])
        if common.area > 0 and not (deep := common.buffer(-TOLERANCE_OF_WALLS)).is_empty:
            at = deep.representative_point()
            found.add(
                "overlap",
                f"{found.room_name(one)} overlaps {found.room_name(other)} by {common.area:.2f} m². "
                "Move a wall of one of them.",
                at=(at.x, at.y),
                room=other,
            )


TOLERANCE_OF_WALLS = 0.01
"""Half of how far one room may reach into another [m]."""


def _ways_out(found: Findings) -> None:
    """Every room has a door, and a way out if every door is open."""
    plan = found.plan
    if not plan.exits:
        found.add("exit", "the plan has no exit: nobody can leave it. Write a door whose second room is 'outside'.")
    near: dict[int, list[int]] = {row: [] for row in (OUTSIDE, *range(len(plan.rooms)))}
    joined = {row for door in plan.doors for row in door.rooms} | {
        end.room for stair in plan.stairs for end in stair.ends
    }
    for one, other in passages.passable(plan):
        near[one].append(other)
        near[other].append(one)
    reached, ahead = {OUTSIDE}, [OUTSIDE]
    while ahead:
        for row in near[ahead.pop()]:
            if row not in reached:
                reached.add(row)
                ahead.append(row)
    for row in range(len(plan.rooms)):
        if row not in joined:
            message = f"{found.room_name(row)} has no door: nobody gets in or out. Draw a door, or leave the room out."
            found.warn("no door", message, room=row)
        elif row not in reached and plan.exits:
            message = f"{found.room_name(row)} has no way to an exit, even with every door open. Draw the missing door."
            found.warn("no way", message, room=row)
