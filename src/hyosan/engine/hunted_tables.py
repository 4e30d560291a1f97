"""What is written down about hunters and hunted, as columns of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.city import hunted as h

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hyosan.engine.course import Course
    from hyosan.engine.hunted_state import HuntedState
    from hyosan.engine.hunting import Hunting
    from hyosan.world.streets import Streets

Columns = dict[str, "NDArray[Any]"]

COLUMNS = {
    "strikes": (
        ("time_s", np.int64),
        ("hunter", np.int32),
        ("person", np.int32),
        ("outcome", np.uint8),
        ("setting", np.uint8),
        ("cell", np.int32),
        ("building", np.int32),
    ),
    "presence": (
        ("time_s", np.int64),
        ("cell", np.int32),
        ("hunters", np.int32),
        ("moving", np.int32),
        ("outdoors", np.int32),
    ),
    "flights": (("time_s", np.int64), ("person", np.int32), ("errand", np.uint8), ("cell", np.int32)),
    "breaks": (
        ("time_s", np.int64),
        ("building", np.int32),
        ("cell", np.int32),
        ("hunters", np.int32),
        ("from_inside", np.bool_),
    ),
}
"""Columns of each record and their types, in the order in which kernels write them."""


def hunted_tables(state: HuntedState, hunting: Hunting, streets: Streets | None) -> dict[str, Columns]:
    """Every table of hunting, by name."""
    tables = {
        name: {column: rows[:, at].astype(kind) for at, (column, kind) in enumerate(COLUMNS[name])}
        for name, rows in ((name, state.rows(name)) for name in COLUMNS)
    }
    strikes = len(tables["strikes"]["time_s"])
    tables["strikes"] |= {
        "room": np.full(strikes, -1, np.int32),
        "x_m": np.full(strikes, np.nan, np.float32),
        "y_m": np.full(strikes, np.nan, np.float32),
    }
    days, orders, effects = np.nonzero(state.arrays[h.EFFECTS])
    tables["effects"] = {
        "day": days.astype(np.int32),
        "intervention": orders.astype(np.int16),
        "effect": effects.astype(np.uint8),
        "count": state.arrays[h.EFFECTS][days, orders, effects],
    }
    if streets is None:
        return tables
    tables["cells"] = {
        "cell": np.arange(len(streets), dtype=np.int32),
        **{name: getattr(streets, name) for name in ("x_m", "y_m", "length_m", "width_m", "district")},
        "bridge": streets.bridge,
        "exit": streets.exit,
    }
    names = names_of_buildings(streets)
    tables["buildings"] = {
        "building": np.arange(len(streets.building_cell), dtype=np.int32),
        "cell": streets.building_cell,
        "kind": streets.building_kind,
        "name": np.array([names.index(name) if name else -1 for name in streets.building_name], np.int16),
        "strength": streets.building_strength,
    }
    return tables


def names_of_buildings(streets: Streets | None) -> tuple[str, ...]:
    """Names that buildings have, each once, in order of the buildings."""
    return () if streets is None else tuple(dict.fromkeys(name for name in streets.building_name if name))


def turned(course: Course, transitions: Mapping[str, NDArray[Any]]) -> int:
    """How many people have ever hunted."""
    hunts = course.hunts[transitions["to_state"]] > 0
    return len(np.unique(transitions["person"][hunts]))
