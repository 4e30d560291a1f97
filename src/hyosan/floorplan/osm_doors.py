"""Doors, stairs and open edges of a building of OpenStreetMap: what joins its rooms."""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from hyosan.floorplan.draft import DOOR_WIDTH, ENTRANCE_WIDTH, RISER, TREAD, Draft, plain
from hyosan.floorplan.openings import NARROWEST, shared_stretches
from hyosan.floorplan.osm_tags import is_stairwell, level_name, levels_of, metres, whole
from hyosan.floorplan.plan import DoorState

if TYPE_CHECKING:
    from hyosan.floorplan.osm_xml import Map, Shape
    from hyosan.floorplan.plan import Point

TOUCH = 0.1
"""How far a door may lie off the outline of a room that does not have it as a corner, if another has it [m]."""

FAR_TOUCH = 0.3
"""How far it may lie off the outlines of rooms, if none has it as a corner [m]: it was drawn for another level."""


def add_doors(draft: Draft, drawn: Map, levels: list[float], corners: dict[tuple[int, str], list[int]]) -> None:
    """Put doors between the rooms that have them as corners, or nearly lie at them."""
    for node, tags in sorted(drawn.doors.items()):
        if node not in drawn.places:
            continue
        own, _ = levels_of(tags)
        if not own and not tags.keys() & {"level", "repeat_on"}:
            own = [level for storey, level in enumerate(levels) if (storey, node) in corners]
        label = plain(tags.get("ref", "")) or f"door {plain(node, 20)}"
        if not own:
            draft.lose("doors without a level that can be read, left out", label)
        for level in own:
            if level in levels:
                name = f"door {plain(node, 20)}" + (f"@{level_name(level)}" if len(own) > 1 else "")
                _add_door(draft, drawn, name, node, levels.index(level), corners)
            else:
                draft.lose("doors on levels without rooms, left out", f"{label}@{level_name(level)}")


def _add_door(
    draft: Draft, drawn: Map, name: str, node: str, storey: int, corners: dict[tuple[int, str], list[int]]
) -> None:
    """Put one door on one storey."""
    import shapely

    tags, place = drawn.doors[node], drawn.places[node]
    rows = list(corners.get((storey, node), []))
    if len(rows) < 2:
        touch = TOUCH if rows else FAR_TOUCH
        spot = shapely.Point(place)
        near = [
            (distance, row)
            for row, room in enumerate(draft.rooms)
            if room.storey == storey and row not in rows
            if (distance := room.polygon.boundary.distance(spot)) <= touch
        ]
        rows += [row for _, row in sorted(near)][: 2 - len(rows)]
    entrance = tags.get("entrance", "no") != "no"
    width = metres(tags.get("door:width")) or metres(tags.get("width")) or (ENTRANCE_WIDTH if entrance else DOOR_WIDTH)
    how: dict[str, Any] = {
        "leaf": tags.get("door") != "no",
        "emergency": tags.get("entrance") == "emergency",
        "state": DoorState.LOCKED if tags.get("locked") == "yes" else DoorState.OPEN,
    }
    if not rows:
        draft.lose("doors on the outline of no room, left out", name)
    elif len(rows) > 1:
        if not any(draft.join(name, pair, place, width, **how) for pair in combinations(rows, 2)):
            draft.lose("doors whose rooms share no straight wall of 0.5 m there, left out", name)
    elif not entrance and float(draft.storeys[storey].name) > 0:
        draft.lose("doors of one room above the ground, which lead nowhere, left out", name)
    elif not draft.lead_out(name, rows[0], place, width, **how):
        draft.lose("exits for which the wall has less than 0.5 m, left out", name)


def add_stairs(draft: Draft, shapes: list[Shape]) -> None:
    """Put a stair between any two levels of a stairwell that follow each other."""
    for shape in shapes:
        if not is_stairwell(shape.tags):
            continue
        pairs = list(pairwise(sorted(shape.rows)))
        steps = whole(shape.tags.get("step_count"))
        for low, high in pairs:
            rows = shape.rows[low], shape.rows[high]
            rise = (
                draft.storeys[draft.rooms[rows[1]].storey].elevation
                - draft.storeys[draft.rooms[rows[0]].storey].elevation
            )
            counted = rise * len(pairs) / steps if steps else 0.0
            if steps and not 0.1 <= counted <= 0.25:
                draft.lose("count of steps that does not fit the height, not used", f"{shape.label} ({steps})")
            riser = counted if 0.1 <= counted <= 0.25 else RISER
            name = f"{shape.label} {level_name(low)} to {level_name(high)}"
            if any(stair.name == name for stair in draft.stairs):
                name += f" ({plain(shape.name, 20)})"
            if not draft.climb(name, rows, riser=riser, tread=TREAD):
                draft.lose("stairs for which the walls have no room, left out", name)


def add_steps(draft: Draft, drawn: Map) -> None:
    """Put a stair where a line with `highway=steps` leads from level to level."""
    row_of = {storey.name: row for row, storey in enumerate(draft.storeys)}
    for name, tags, nodes in drawn.steps:
        levels = [level for level in levels_of(tags)[0] if level_name(level) in row_of]
        if len(levels) < 2:
            draft.lose("steps that do not lead from one level with rooms to another, left out", f"steps {name}")
            continue
        ends = [drawn.places[nodes[0]], drawn.places[nodes[-1]]]
        foot, head = ends[::-1] if tags.get("incline") == "down" else ends
        for low, high in pairwise(levels):
            label = f"steps {name} {level_name(low)} to {level_name(high)}"
            below = _room_at(draft, row_of[level_name(low)], foot)
            above = _room_at(draft, row_of[level_name(high)], head)
            if below is None or above is None:
                draft.lose("steps without a room at their foot or head, left out", label)
            elif any((stair.ends[0].room, stair.ends[1].room) == (below, above) for stair in draft.stairs):
                continue  # the stairwell around them has its stair already
            elif not draft.climb(label, (below, above), near=(foot, head)):
                draft.lose("stairs for which the walls have no room, left out", label)


def _room_at(draft: Draft, storey: int, place: Point) -> int | None:
    """The room of a storey at a place, or within a metre of it."""
    import shapely

    spot = shapely.Point(place)
    rows = [row for row, room in enumerate(draft.rooms) if room.storey == storey]
    gap, row = min(((draft.rooms[row].polygon.distance(spot), row) for row in rows), default=(math.inf, -1))
    return row if gap <= 1.0 else None


def open_areas(draft: Draft, shapes: list[Shape]) -> None:
    """Let areas without a way out be left over their open edges: `indoor=area` has no walls.

    Areas that doors lead out of keep their edges shut, for many are drawn where there are walls.
    """
    walls = {row: shape.tags["indoor"] for shape in shapes for row in shape.rows.values()}
    opened = True
    while opened:
        opened = False
        cut_off = set(draft.unreachable())
        for row in sorted(cut_off):
            for other, room in enumerate(draft.rooms):
                kinds = {walls[row], walls[other]}
                if room.storey != draft.rooms[row].storey or other in cut_off or "room" in kinds or "area" not in kinds:
                    continue
                stretches = shared_stretches(draft.rooms[row].polygon, room.polygon)
                longest = max(stretches, key=lambda stretch: math.dist(*stretch), default=None)
                if longest is None or math.dist(*longest) < NARROWEST:
                    continue
                middle = ((longest[0][0] + longest[1][0]) / 2, (longest[0][1] + longest[1][1]) / 2)
                name = f"open edge {draft.rooms[row].name} to {room.name}"
                if draft.join(name, (row, other), middle, math.dist(*longest), leaf=False):
                    draft.lose("areas without doors, opened where they touch another", draft.rooms[row].name)
                    opened = True
                    break
            if opened:
                break
