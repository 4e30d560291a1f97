"""Building models in the Industry Foundation Classes, IFC 2x3 and IFC 4, as text files.

Rooms are the spaces of the model. Its walls are thick: a doorway is shared between its two rooms, which grow to the
middle of the wall there, so that the door lies on the outlines of both. Needs ifcopenshell.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from hyosan.errors import PlanError, ScenarioError
from hyosan.floorplan.draft import Draft, DraftRoom, cleaned, largest, plain, ring
from hyosan.floorplan.files import refused, shown_path
from hyosan.floorplan.ifc_doors import add_doors
from hyosan.floorplan.ifc_stairs import add_stairs
from hyosan.floorplan.plan import Obstacle, RoomKind, Storey
from hyosan.scenario import limits

if TYPE_CHECKING:
    from hyosan.floorplan.plan import Floorplan

MOST_BYTES = 500 * 2**20
LONGEST_READING = 600.0
"""Seconds after which a model that is still being read is given up."""

READER = "hyosan.floorplan.ifc_reading"
"""What the process runs."""

WIDEST = 5_000.0
"""Largest extent of a building [m]."""

_SCHEMA = re.compile(rb"FILE_SCHEMA\s*\(\s*\(\s*'([^']{0,40})'", re.IGNORECASE)

_WORDS = {
    RoomKind.STAIRWELL: ("treppe", "stair"),
    RoomKind.LIFT: ("aufzug", "elevator", "fahrstuhl"),
    RoomKind.CORRIDOR: ("flur", "korridor", "corridor", "hallway", "gang"),
    RoomKind.TOILET: ("wc", "toilet", "restroom", "bathroom", "bad", "lavatory"),
    RoomKind.LABORATORY: ("labor", "laboratory", "lab"),
    RoomKind.CLASSROOM: ("seminar", "classroom", "lecture", "unterricht", "klasse", "klassenzimmer"),
    RoomKind.OFFICE: ("büro", "buero", "office"),
    RoomKind.KITCHEN: ("küche", "kueche", "kitchen"),
    RoomKind.STORE: ("lager", "abstellraum", "storage", "store"),
    RoomKind.LIBRARY: ("bibliothek", "library"),
}
"""Words in names of spaces, German and English, that say what a room is for."""


def read(path: str | Path) -> Floorplan:
    """The plan of a building model.

    Raises:
        PlanError: It cannot be read, has no spaces, or ifcopenshell is missing.
    """
    return read_with_notes(path)[0]


def read_with_notes(path: str | Path) -> tuple[Floorplan, tuple[str, ...]]:
    """The plan of a building model, and what a person should know of it.

    Raises:
        PlanError: It cannot be read, has no spaces, or ifcopenshell is missing.
    """
    file = shown_path(path)
    _check(path, file)
    if importlib.util.find_spec("ifcopenshell") is None:
        message = "needs the library ifcopenshell, which is not installed. Install it: pip install 'hyosan[building]'."
        raise refused(file, message)
    model = _model(path, file)
    if not model["spaces"]:
        raise refused(file, _no_spaces(model))
    return _plan(model, file)


def _check(path: str | Path, file: str) -> None:
    """Refuse what no model of a known schema can be, before a library is brought for it."""
    try:
        data = limits.content(Path(path), file, most=MOST_BYTES, what="a building model")
    except ScenarioError as error:
        raise PlanError(error.problems) from None
    if len(data) > MOST_BYTES:
        raise refused(file, f"is larger than {MOST_BYTES // 2**20} MB. Export rooms, doors, stairs and columns only.")
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"ISO-10303-21"):
        raise refused(
            file, "is no IFC file, which begins with ISO-10303-21. Export the model as IFC (not ifcXML or ifcZIP)."
        )
    schema = _SCHEMA.search(data[:100_000])
    if schema is None:
        raise refused(file, "says nothing of its schema. Export the model as IFC 4 or IFC 2x3.")
    name = schema[1].decode("latin-1").upper()
    if name != "IFC2X3" and not name.startswith("IFC4"):
        raise refused(file, f"has the schema {plain(name)!r}, which is not read. Export the model as IFC 4 or IFC 2x3.")


def _model(path: str | Path, file: str) -> dict[str, Any]:
    """What the model holds, read by a process of its own: a broken file can bring the library down."""
    command = [sys.executable, "-P", "-m", READER, str(Path(path).absolute())]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONGEST_READING, env=environment, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise refused(file, f"was still being read after {LONGEST_READING:g} s. Export a smaller part of it.") from None
    except OSError as error:
        raise refused(file, f"no process could be started to read it ({error.strerror or error}).") from None
    try:
        model = json.loads(done.stdout)
    except ValueError:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = plain(said[-1]) if said else f"it ended with {done.returncode}"
        raise refused(file, f"ifcopenshell cannot read it ({reason}). Export the model again.") from None
    if "error" in model:
        raise refused(file, f"ifcopenshell cannot read it ({plain(model['error'])}). Export the model again.")
    found: dict[str, Any] = model
    return found


def _no_spaces(model: dict[str, Any]) -> str:
    """Why a model gives no rooms."""
    if model["space_count"]:
        return (
            f"none of its {model['space_count']} rooms (IfcSpace) has a floor that can be used. "
            "Export them with 3D bodies."
        )
    return (
        "has no rooms (IfcSpace are missing), only what is around them. Place rooms or zones in the program that drew "
        "it and export them too (Revit: Export rooms in 3D views; ArchiCAD: zones; FreeCAD: Space)."
    )


def _plan(model: dict[str, Any], file: str) -> tuple[Floorplan, tuple[str, ...]]:
    """The plan of what the model holds."""
    corners = [corner for space in model["spaces"] for corner in space["rings"][0]]
    west, south, east, north = (
        find(corner[axis] for corner in corners) for find, axis in ((min, 0), (min, 1), (max, 0), (max, 1))
    )
    if max(east - west, north - south) > WIDEST:
        raise refused(file, f"rooms lie more than {WIDEST / 1000:g} km apart. Export one building a file.")
    _shift(model, west, south)
    draft = Draft([])
    if model["skipped"]:
        draft.lost["things without a usable shape, left out"] = [plain(label) for label in model["skipped"]]
    row_of_space = _add_rooms(draft, model)
    if not draft.rooms:
        raise refused(file, _no_spaces(model))
    left = draft.part()
    row_of_space = {space: left[row] for space, row in row_of_space.items() if row in left}
    add_doors(draft, model, row_of_space)
    add_stairs(draft, model)
    _add_columns(draft, model)
    source = f"building model {plain(PurePath(file).name)}"
    return draft.finish(plain(PurePath(file).stem) or "building", title=plain(model["title"]), source=source)


def _shift(model: dict[str, Any], west: float, south: float) -> None:
    """Put the origin at the lower left of all rooms."""

    def moved(corner: list[float]) -> tuple[float, float]:
        return corner[0] - west, corner[1] - south

    for space in model["spaces"]:
        space["rings"] = [[moved(corner) for corner in line] for line in space["rings"]]
    for door in model["doors"]:
        door["middle"] = moved(door["middle"])
    for stair in model["stairs"]:
        stair["low"], stair["high"] = moved(stair["low"]), moved(stair["high"])
    for thing in [*model["stairs"], *model["columns"]]:
        thing["outline"] = [moved(corner) for corner in thing["outline"]]


def _add_rooms(draft: Draft, model: dict[str, Any]) -> dict[int, int]:
    """Put spaces on storeys by their heights; rows of rooms by spaces."""
    from statistics import median

    written = {storey["id"]: storey for storey in model["storeys"]}
    floors: dict[int, list[float]] = {}
    for space in model["spaces"]:
        floors.setdefault(space["storey"] if space["storey"] in written else 0, []).append(space["bottom"])
    floor = {key: median(bottoms) for key, bottoms in floors.items()}
    order = sorted(floor, key=lambda key: (floor[key], key))
    for key in order:
        name = plain(written[key]["name"]) if key in written else ""
        name = name or f"storey {len(draft.storeys)}"
        taken = {storey.name for storey in draft.storeys}
        draft.storeys.append(Storey(name if name not in taken else f"{name} {len(taken)}", round(floor[key], 3)))
    for key, storey in written.items():
        if key not in floor:
            draft.lose(
                "storeys without rooms (IfcSpace), left out, so nobody can go there", plain(storey["name"]) or "?"
            )
    rows: dict[int, int] = {}
    names = {"outside"}
    for space in model["spaces"]:
        polygon = cleaned(space["rings"][0], space["rings"][1:])
        label = plain(space["name"] or space["long_name"]) or f"space {space['id']}"
        if polygon is None:
            draft.lose("rooms without area, or with a long outline that crosses itself, left out", label)
            continue
        key = space["storey"] if space["storey"] in written else 0
        if abs(space["bottom"] - floor[key]) > 1.5:
            key = min(order, key=lambda other: abs(floor[other] - space["bottom"]))
        storey = order.index(key)
        name = label if label not in names else f"{label} ({draft.storeys[storey].name})"
        name = name if name not in names else f"{label} #{space['id']}"
        names.add(name)
        title = plain(space["long_name"])
        rows[space["id"]] = len(draft.rooms)
        draft.rooms.append(DraftRoom(name, polygon, storey, _kind(space), title))
    return rows


def _kind(space: dict[str, Any]) -> RoomKind:
    """What a room is for, by the words of its names."""
    words = set(re.findall(r"[a-zäöüß]+", f"{space['name']} {space['long_name']} {space['kind']}".lower()))
    for kind, known in _WORDS.items():
        if any(word == each or (len(each) > 4 and word.startswith(each)) for word in words for each in known):
            return kind
    return RoomKind.ROOM


def _add_columns(draft: Draft, model: dict[str, Any]) -> None:
    """Put columns into the rooms they stand in."""
    for column in model["columns"]:
        polygon = cleaned(column["outline"], least=0.01)
        for row, room in enumerate(draft.rooms if polygon is not None else []):
            floor = draft.storeys[room.storey].elevation
            if column["bottom"] > floor + 1 or column["top"] < floor + 0.5:
                continue
            part = largest(room.polygon.intersection(polygon), least=0.01)
            if part is not None:
                draft.obstacles.append(Obstacle(row, ring(part.exterior, clockwise=False), "column"))
