"""Walkable areas of one level as well-known text (ISO 19125): what JuPedSim and others read and write.

Everything that polygons cover can be walked, and each connected part of it is one room. The format has no exits. An
addition of ours gives them: a geometry after the word `EXIT`, a LINESTRING of two points along a wall. Lines that
begin with # are comments.

    POLYGON ((0 0, 8 0, 8 5, 0 5, 0 0))
    EXIT LINESTRING (8 2, 8 3)
"""

from __future__ import annotations

import math
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from hyosan.floorplan.draft import ROUGH, Draft, DraftRoom, cleaned, plain
from hyosan.floorplan.files import refused, shown_path, text_of
from hyosan.floorplan.openings import NARROWEST, at
from hyosan.floorplan.plan import RoomKind, Storey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hyosan.floorplan.plan import Floorplan, Point, Segment

WIDEST = 5_000.0
"""Largest extent of an area [m]."""

NEAR = 0.25
"""How far from a wall an exit may be drawn [m]."""

MOST_DEPTH = 16
MOST_GEOMETRIES = 20_000
MOST_CORNERS = 500_000

_PIECE = re.compile(r"(EXIT\b)?\s*([A-Z]+)(?:\s+(?:Z|M|ZM)\b)?\s*(?=\(|EMPTY)", re.IGNORECASE)


def read(path: str | Path) -> Floorplan:
    """The plan of a file of well-known text.

    Raises:
        PlanError: It cannot be read, or has no area.
    """
    return read_with_notes(path)[0]


def read_with_notes(path: str | Path) -> tuple[Floorplan, tuple[str, ...]]:
    """The plan of a file of well-known text, and what a person should know of it.

    Raises:
        PlanError: It cannot be read, or has no area.
    """
    return _plan(text_of(path), shown_path(path))


def _plan(text: str, file: str) -> tuple[Floorplan, tuple[str, ...]]:
    """The plan of a text."""
    import shapely

    draft = Draft([Storey("0", 0.0)])
    areas: list[Any] = []
    exits: list[tuple[int, Segment]] = []
    for line, is_exit, written in _pieces(text, file):
        geometry = _geometry(written, line, file)
        if is_exit:
            exits.append((line, _exit_line(geometry, line, file)))
            continue
        for part in _parts(geometry):
            if part.geom_type != "Polygon":
                draft.lose("geometries that are no area, left out", f"{part.geom_type} of line {line}")
            elif not part.is_valid:
                fault = shapely.is_valid_reason(part)
                raise refused(
                    file, f"a polygon crosses itself ({fault}). Draw its outline without that.", line=line, column=1
                )
            else:
                areas.append(part)
    if not areas:
        raise refused(file, "has no area. Write POLYGON ((x y, x y, x y, x y)) in metres.")
    whole = shapely.union_all(areas)
    idle = _idle(areas)
    if idle:
        draft.notes.append(f"polygons that lie within another one and add nothing, perhaps starts or exits: {idle}.")
    west, south, east, north = whole.bounds
    if max(east - west, north - south) > WIDEST:
        raise refused(file, f"is more than {WIDEST / 1000:g} km wide. Write coordinates in metres.")
    whole = shapely.transform(whole, lambda corners: corners - (west, south))
    exits = [(line, _moved(segment, west, south)) for line, segment in exits]
    if (west, south) != (0.0, 0.0):
        draft.notes.append(f"the origin was put at the lower left, ({west:.3f}, {south:.3f}) of the file.")
    _add_rooms(draft, whole)
    if not draft.rooms:
        raise refused(file, "has no area of 0.1 m² or more. Write coordinates in metres.")
    for number, (line, segment) in enumerate(exits, start=1):
        _add_exit(draft, f"exit {number}", segment, line, file)
    if not exits:
        draft.notes.append("no exit: the format has none. Add a line such as EXIT LINESTRING (x y, x y), along a wall.")
    return draft.finish(plain(PurePath(file).stem) or "area", source=f"well-known text {plain(PurePath(file).name)}")


def _idle(areas: list[Any]) -> int:
    """How many areas lie within a larger one."""
    from shapely import STRtree

    pairs = STRtree(areas).query(areas, predicate="covered_by").T.tolist()
    return len({one for one, other in pairs if (areas[other].area, other) > (areas[one].area, one)})


def _pieces(text: str, file: str) -> Iterator[tuple[int, bool, str]]:
    """Geometries of a text: line, whether it is an exit, and its own text."""
    # Comments become empty lines, so that lines keep their numbers.
    text = re.sub(r"(?m)^[ \t]*#.*$", "", text)
    place, count = 0, 0
    while True:
        place += len(text) - place - len(text[place:].lstrip(" \t\r\n;"))
        if place >= len(text):
            return
        line = text.count("\n", 0, place) + 1
        match = _PIECE.match(text, place)
        count += 1
        if match is None or count > MOST_GEOMETRIES:
            wanted = "POLYGON, MULTIPOLYGON, GEOMETRYCOLLECTION or EXIT LINESTRING"
            found = text[place : place + 20].splitlines()[0]
            raise refused(file, f"{plain(found)!r} begins no geometry. Write {wanted}.", line=line, column=1)
        end = _end(text, match.end(), line, file)
        yield line, match[1] is not None, text[match.start(2) : end]
        place = end


def _end(text: str, place: int, line: int, file: str) -> int:
    """Where the brackets of a geometry end."""
    if text[place : place + 5].upper() == "EMPTY":
        return place + 5
    depth = 0
    for match in re.compile(r"[()]").finditer(text, place):
        depth += 1 if match.group() == "(" else -1
        if depth > MOST_DEPTH:
            raise refused(file, f"brackets are nested more than {MOST_DEPTH} deep.", line=line, column=1)
        if depth <= 0:
            return match.end()
    raise refused(file, "a bracket is opened and never closed. Close it with ).", line=line, column=1)


def _geometry(written: str, line: int, file: str) -> Any:
    """A geometry of its text."""
    import numpy as np
    import shapely

    try:
        with np.errstate(all="ignore"):  # what overflows is refused below
            geometry = shapely.from_wkt(written)
    except (shapely.errors.ShapelyError, ValueError, TypeError) as error:
        reason = plain(str(error).removeprefix("ParseException: "))
        raise refused(file, f"is no well-known text ({reason}).", line=line, column=1) from None
    corners = shapely.get_coordinates(geometry)
    if len(corners) > MOST_CORNERS:
        raise refused(file, f"has more than {MOST_CORNERS} corners. Simplify the area.", line=line, column=1)
    if not all(math.isfinite(part) and abs(part) < 1e9 for corner in corners.tolist() for part in corner):
        raise refused(file, "has a coordinate that is no number of metres. Write finite numbers.", line=line, column=1)
    return shapely.force_2d(geometry)


def _parts(geometry: Any) -> Iterator[Any]:
    """Single geometries of a collection, whatever it is nested in; empty ones are none."""
    if geometry.is_empty:
        return
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from _parts(part)
    else:
        yield geometry


def _exit_line(geometry: Any, line: int, file: str) -> Segment:
    """The two ends of an exit."""
    ends = list(geometry.coords) if geometry.geom_type == "LineString" else []
    if len(ends) != 2 or math.dist(*ends) < NARROWEST:
        message = f"an exit is no line of two points {NARROWEST:g} m or more apart. Write EXIT LINESTRING (x y, x y)."
        raise refused(file, message, line=line, column=1)
    return ends[0], ends[1]


def _moved(segment: Segment, west: float, south: float) -> Segment:
    """A segment with the origin at the lower left."""
    (x, y), (end_x, end_y) = segment
    return (x - west, y - south), (end_x - west, end_y - south)


def _add_rooms(draft: Draft, whole: Any) -> None:
    """Put each connected area into the plan as a room, the largest first."""
    parts = sorted(getattr(whole, "geoms", [whole]), key=lambda part: (-part.area, part.bounds))
    for part in parts:
        holes = [list(hole.coords)[:-1] for hole in part.interiors]
        polygon = cleaned(list(part.exterior.coords)[:-1], holes)
        if polygon is None:
            draft.lose(
                "areas of less than 0.1 m², left out",
                f"{part.area:.3f} m² at {part.bounds[0]:.2f}, {part.bounds[1]:.2f}",
            )
        else:
            draft.rooms.append(DraftRoom(f"area {len(draft.rooms) + 1}", polygon, 0, RoomKind.HALL))


def _add_exit(draft: Draft, name: str, segment: Segment, line: int, file: str) -> None:
    """Put an exit on the nearest wall."""
    middle: Point = at(segment, math.dist(*segment) / 2)
    import shapely

    spot = shapely.Point(middle)
    gap, row = min((room.polygon.boundary.distance(spot), row) for row, room in enumerate(draft.rooms))
    if gap > NEAR:
        message = f"{name} is {gap:.2f} m from the nearest wall. Draw it along the outline of an area."
        raise refused(file, message, line=line, column=1)
    if not draft.lead_out(name, row, middle, math.dist(*segment), reach=NEAR + ROUGH, leaf=False):
        message = f"{name} lies on a wall that is not straight for {NARROWEST:g} m, or on another exit. Move it."
        raise refused(file, message, line=line, column=1)
    found = draft.doors[-1].width
    if found < math.dist(*segment) - 0.05:
        draft.notes.append(f"{name} got {found:.2f} m, for its wall is not straight any longer.")
