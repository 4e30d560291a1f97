"""Floor plans from files of any known format, by their endings, and from the catalogue, by their names."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from hyosan.errors import PlanError, Problem, did_you_mean
from hyosan.floorplan.files import refused, shown_path
from hyosan.scenario.quantities import shown

if TYPE_CHECKING:
    from hyosan.floorplan.plan import Floorplan

SHELF = Path(__file__).parent / "catalog"

FORMATS = {".json": "native", ".txt": "text", ".wkt": "wkt", ".osm": "osm", ".ifc": "ifc"}
"""Modules that read files, by the ending."""

NOTING = ("wkt", "osm", "ifc")
"""Those that say what they had to guess or leave out."""


def read(path: str | Path) -> Floorplan:
    """The plan of a file; its ending says in which format it is.

    Raises:
        PlanError: With every problem that could be found.
    """
    ending = Path(path).suffix.lower()
    if ending not in FORMATS:
        known = ", ".join(FORMATS)
        raise refused(shown_path(path), f"{shown(ending)} is no ending of a floor plan. Known: {known}.")
    # Imported when used: some bring large libraries.
    plan: Floorplan = import_module(f"hyosan.floorplan.{FORMATS[ending]}").read(path)
    return plan


def read_with_notes(path: str | Path) -> tuple[Floorplan, tuple[str, ...]]:
    """The plan of a file, and what its importer had to guess or leave out.

    Raises:
        PlanError: With every problem that could be found.
    """
    module = FORMATS.get(Path(path).suffix.lower())
    if module in NOTING:
        plan, notes = import_module(f"hyosan.floorplan.{module}").read_with_notes(path)
        return plan, notes
    return found(path), ()


def names() -> list[str]:
    """Names of the plans in the catalogue, in alphabetical order."""
    return sorted(file.stem for file in SHELF.glob("*.json"))


@cache
def named(name: str) -> Floorplan:
    """A plan of the catalogue.

    Raises:
        PlanError: There is none of this name.
    """
    if name not in names():
        raise PlanError([Problem(f"no floor plan is called {shown(name)}. {did_you_mean(name, names())}".rstrip())])
    return read(SHELF / f"{name}.json")


def found(source: str | Path) -> Floorplan:
    """A plan by its name in the catalogue, or of a file.

    Raises:
        PlanError: With every problem that could be found.
    """
    if isinstance(source, str) and source in names():
        return named(source)
    if not Path(source).suffix and not os.path.lexists(source):
        known = did_you_mean(str(source), names())
        raise PlanError([Problem(f"no floor plan and no file is called {shown(str(source))}. {known}".rstrip())])
    return read(source)
