"""The arrays of an outbreak while a building is stepped, and what has been taken out of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.columns import CELLS_X, CELLS_Y
from hyosan.engine.building.outbreak import columns as c
from hyosan.engine.building.outbreak.begin import begin_outbreak
from hyosan.engine.building.outbreak.state import arrays
from hyosan.engine.building.outbreak_stretch import outbreak_stretch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.ground import Ground
    from hyosan.engine.building.outbreak.plan import Outbreak
    from hyosan.engine.building.outbreak.state import OutbreakArrays
    from hyosan.engine.building.state import BuildingState

STRIKE_COLUMNS = ("step", "hunter", "person", "outcome", "room", "x_mm", "y_mm")
MIND_COLUMNS = ("step", "person", "mind", "room")
DOOR_COLUMNS = ("step", "door", "event", "person")
DEED_COLUMNS = ("step", "deed", "person", "other", "room")
SOUND_COLUMNS = ("step", "sound", "room", "level", "person", "x_mm", "y_mm")
TABLES = {
    "strikes": (c.N_STRIKES, STRIKE_COLUMNS),
    "minds": (c.N_MINDS, MIND_COLUMNS),
    "doors": (c.N_DOORS, DOOR_COLUMNS),
    "deeds": (c.N_DEEDS, DEED_COLUMNS),
    "sounds": (c.N_HEARD, SOUND_COLUMNS),
}
"""Of each table the column of counts that has its rows, and its columns."""

HEAP_ROOM = 40_000
"""Entries for which there is room while ways are looked for."""


class Running:
    """An outbreak in a building that is being stepped.

    Args:
        ground: Of the building; so is `state`, before the first step.
        outbreak: What is planned.
        dt: Length of a step [s].
        seed: Of the run.
    """

    def __init__(self, ground: Ground, state: BuildingState, outbreak: Outbreak, dt: float, seed: int) -> None:
        self.outbreak, self.seed = outbreak, np.int64(seed)
        self.state, self.lie = begin_outbreak(ground, state, outbreak, dt, seed)
        self.shift = ground.origin
        cells = int((ground.room[:, CELLS_X] * ground.room[:, CELLS_Y]).max(initial=1))
        sides, rooms, people = len(ground.side), len(ground.room), len(state.people.who)
        heap = max(HEAP_ROOM, 8 * sides, people) + 64
        self._work = (
            *(np.zeros(sides), np.zeros(sides), np.zeros(heap), np.zeros(heap, np.int64), np.zeros(sides)),
            *(np.zeros(cells, np.int64), np.zeros(cells + 1, np.int64), np.zeros(cells), np.zeros(rooms, np.int64)),
            *(np.zeros(rooms, np.int64), np.zeros(people, np.int64)),
        )
        rows = max(16_384, 24 * people)
        self._tables = tuple(np.zeros((rows, len(columns)), np.int64) for _, columns in TABLES.values())
        self._kept: dict[str, list[NDArray[np.int64]]] = {name: [] for name in TABLES}
        self.bind()

    def bind(self) -> None:
        """Gather arrays as kernels take them."""
        self._lie, self._outbreak = arrays(self.lie), arrays(self.state)

    def stretch(self, *given: Any) -> None:
        """Steps of the building, as `stretch` takes them."""
        outbreak_stretch(self.seed, *given, self._lie, self._outbreak, self._work, self._tables)

    def drain(self) -> None:
        """Take what was written into the tables."""
        for (name, (count, _)), table in zip(TABLES.items(), self._tables, strict=True):
            self._kept[name].append(table[: self.state.count[count]].copy())
            self.state.count[count] = 0

    def rows(self, name: str) -> NDArray[np.int64]:
        """What was written into a table so far, in order, columns as in `TABLES`, (rows, columns)."""
        kept = self._kept[name]
        return np.concatenate(kept) if kept else np.zeros((0, len(TABLES[name][1])), np.int64)

    def kept(self) -> dict[str, list[NDArray[np.int64]]]:
        """What was written into each table so far."""
        return {name: list(rows) for name, rows in self._kept.items()}

    def put_back(self, state: OutbreakArrays, kept: dict[str, list[NDArray[np.int64]]]) -> None:
        """Go on from other arrays, and what had been written by then."""
        self.state = state.copy()
        self._kept = {name: list(rows) for name, rows in kept.items()}
        self.bind()
