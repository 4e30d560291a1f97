"""Buildings of OpenStreetMap, drawn by its Simple Indoor Tagging (wiki.openstreetmap.org/wiki/Simple_Indoor_Tagging).

Rooms are closed ways and multipolygons with `indoor=room`, `corridor` or `area`; doors are nodes on their outlines.
Longitude and latitude become metres by a local equirectangular map, with the origin at the lower left.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from pathlib import PurePath
from statistics import median
from typing import TYPE_CHECKING

from hyosan.floorplan.draft import (
    STOREY_HEIGHT,
    Draft,
    DraftRoom,
    cleaned,
    largest,
    plain,
    ring,
)
from hyosan.floorplan.files import refused, shown_path, text_of
from hyosan.floorplan.osm_doors import add_doors, add_stairs, add_steps, open_areas
from hyosan.floorplan.osm_tags import (
    ROOMS,
    is_lift,
    is_stairwell,
    kind_of,
    level_name,
    levels_of,
    rise_of,
    whole,
)
from hyosan.floorplan.osm_xml import parsed
from hyosan.floorplan.plan import Obstacle, Storey

if TYPE_CHECKING:
    from pathlib import Path

    from hyosan.floorplan.osm_xml import Map, Shape
    from hyosan.floorplan.plan import Floorplan

EQUATOR, FLATNESS = 6_378_137.0, 0.00669437999014
"""Radius at the equator [m] and squared eccentricity [1] of the ellipsoid WGS 84; NIMA TR8350.2, tables 3.1 and 3.3."""

WIDEST = 5_000.0
"""Largest extent of a building [m]."""

OBSTACLES = ("yes", "wall", "column")
"""Values of `indoor` of closed ways that one walks around."""


def read(path: str | Path) -> Floorplan:
    """The plan of a file of OpenStreetMap.

    Raises:
        PlanError: It cannot be read, or has no rooms.
    """
    return read_with_notes(path)[0]


def read_with_notes(path: str | Path) -> tuple[Floorplan, tuple[str, ...]]:
    """The plan of a file of OpenStreetMap, and what a person should know of it.

    Raises:
        PlanError: It cannot be read, or has no rooms.
    """
    return _plan(parsed(text_of(path), shown_path(path)))


def _plan(drawn: Map) -> tuple[Floorplan, tuple[str, ...]]:
    """The plan of what was drawn."""
    _project(drawn)
    draft = Draft([])
    rooms = _rooms(draft, drawn)
    levels = sorted({level for _, levels in rooms for level in levels})
    draft.storeys += _storeys(rooms, levels)
    corners = _add_rooms(draft, drawn, rooms, levels)
    left = draft.part()
    corners = {key: [left[row] for row in rows if row in left] for key, rows in corners.items()}
    for shape, _ in rooms:
        shape.rows = {level: left[row] for level, row in shape.rows.items() if row in left}
    add_doors(draft, drawn, levels, corners)
    add_stairs(draft, [shape for shape, _ in rooms])
    add_steps(draft, drawn)
    open_areas(draft, [shape for shape, _ in rooms])
    _add_obstacles(draft, drawn, levels)
    name = plain(PurePath(drawn.file).stem) or "building"
    return draft.finish(
        name,
        title=plain(drawn.title),
        licence="ODbL 1.0, © OpenStreetMap contributors",
        source=f"OpenStreetMap, Simple Indoor Tagging: {plain(PurePath(drawn.file).name)}",
    )


def _project(drawn: Map) -> None:
    """Make metres of longitude and latitude, with the radii of the ellipsoid at the middle latitude φ.

    x = N cos φ Δlongitude and y = M Δlatitude, where N curves across and M along the meridian.
    """
    used = {node for shape in drawn.shapes for ring in (shape.corners, *shape.holes) for node in ring}
    west, south, east, north = (
        find(drawn.places[node][axis] for node in used) for find, axis in ((min, 0), (min, 1), (max, 0), (max, 1))
    )
    middle = math.radians((south + north) / 2)
    flat = 1 - FLATNESS * math.sin(middle) ** 2
    wide = math.radians(1) * EQUATOR / math.sqrt(flat) * math.cos(middle)
    high = math.radians(1) * EQUATOR * (1 - FLATNESS) / flat**1.5
    if (east - west) * wide > WIDEST or (north - south) * high > WIDEST:
        message = f"rooms lie more than {WIDEST / 1000:g} km apart. Save one building a file."
        raise refused(drawn.file, message)
    stairs = {node for _, _, nodes in drawn.steps for node in (nodes[0], nodes[-1])}
    drawn.places = {
        node: (round((place[0] - west) * wide, 3), round((place[1] - south) * high, 3))
        for node, place in drawn.places.items()
        if node in used or node in drawn.doors or node in stairs
    }


def _rooms(draft: Draft, drawn: Map) -> list[tuple[Shape, list[float]]]:
    """Shapes that are rooms, with the levels on which they have a floor."""
    found = []
    for shape in drawn.shapes:
        if shape.tags["indoor"] not in ROOMS:
            continue
        levels, rises = levels_of(shape.tags)
        if not levels:
            draft.lose("rooms without a level that can be read, left out", shape.label)
        elif rises and not (is_stairwell(shape.tags) or is_lift(shape.tags)):
            draft.lose("rooms that rise through several levels, with a floor on the lowest", shape.label)
            found.append((shape, levels[:1]))
        else:
            found.append((shape, levels))
    if not found:
        raise refused(drawn.file, "has no room with a level. Give rooms a level, such as level=0.")
    # A level on which there is nothing but shafts that pass through it is none that was drawn.
    real = {level for shape, levels in found if len(levels) == 1 for level in levels}
    real = real or {level for _, levels in found for level in levels}
    passed = sorted({level for _, levels in found for level in levels} - real)
    if passed:
        listed = ", ".join(map(level_name, passed))
        draft.notes.append(f"levels left out, since nothing but stairs and lifts was drawn there: {listed}.")
    return [(shape, kept) for shape, levels in found if (kept := [level for level in levels if level in real])]


def _storeys(rooms: list[tuple[Shape, list[float]]], levels: list[float]) -> list[Storey]:
    """Storeys with their elevations, level 0 on the ground."""
    elevations = [0.0]
    for one, other in pairwise(levels):
        heights = [rise_of(shape.tags.get("height")) for shape, own in rooms if own == [one]]
        known = [height for height in heights if height is not None]
        elevations.append(elevations[-1] + (other - one) * (median(known) if known else STOREY_HEIGHT))
    ground = elevations[levels.index(0.0)] if 0.0 in levels else elevations[0] - levels[0] * STOREY_HEIGHT
    return [
        Storey(level_name(level), round(elevation - ground, 3))
        for level, elevation in zip(levels, elevations, strict=True)
    ]


def _add_rooms(
    draft: Draft, drawn: Map, rooms: list[tuple[Shape, list[float]]], levels: list[float]
) -> dict[tuple[int, str], list[int]]:
    """Put rooms on their storeys; rows of rooms by storey and node."""
    names = {"outside"}
    uses = Counter(shape.label for shape, own in rooms for _ in own)
    corners: dict[tuple[int, str], list[int]] = {}
    for shape, own in rooms:
        outline = [drawn.places[node] for node in shape.corners]
        polygon = cleaned(outline, [[drawn.places[node] for node in hole] for hole in shape.holes])
        if polygon is None:
            draft.lose("rooms without area, or with a long outline that crosses itself, left out", shape.label)
            continue
        for level in own:
            name = shape.label if uses[shape.label] == 1 else f"{shape.label}@{level_name(level)}"
            name = name if name not in names else f"{name} ({plain(shape.name, 20)})"
            name = name if name not in names else f"{name} {len(names)}"
            names.add(name)
            storey = levels.index(level)
            for node in {node for line in (shape.corners, *shape.holes) for node in line}:
                corners.setdefault((storey, node), []).append(len(draft.rooms))
            title = plain(shape.tags.get("name", ""))
            capacity = whole(shape.tags.get("capacity"))
            draft.rooms.append(DraftRoom(name, polygon, storey, kind_of(shape.tags), title, capacity))
            shape.rows[level] = len(draft.rooms) - 1
    return corners


def _add_obstacles(draft: Draft, drawn: Map, levels: list[float]) -> None:
    """Put closed shapes that are no rooms, such as pillars and statues, into the rooms they stand in."""
    for shape in drawn.shapes:
        if shape.tags["indoor"] not in OBSTACLES:
            continue
        polygon = cleaned([drawn.places[node] for node in shape.corners])
        placed = False
        for row, room in enumerate(draft.rooms if polygon is not None else []):
            if levels[room.storey] not in levels_of(shape.tags)[0]:
                continue
            part = largest(room.polygon.intersection(polygon), least=0.01)
            if part is not None:
                draft.obstacles.append(Obstacle(row, ring(part.exterior, clockwise=False), plain(shape.tags["indoor"])))
                placed = True
        if not placed:
            draft.lose("closed shapes that are no rooms and stand in none, left out", shape.label)
