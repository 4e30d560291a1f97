"""What changes where people hunt, and what is written down about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from hyosan.engine.city import hunted as h
from hyosan.engine.crowd import NEVER
from hyosan.engine.hunt_orders import MOST_ORDERS
from hyosan.rules.codes import Effect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.hunt_ground import HuntGround

RECORDS = {
    "strikes": (h.STRIKES, h.N_STRIKES),
    "flights": (h.FLIGHTS, h.N_FLIGHTS),
    "breaks": (h.BREAKS, h.N_BREAKS),
    "presence": (h.PRESENCE, h.N_PRESENCE),
}
"""Records by name: place of their rows in the arrays, and of the count of rows."""

ABOUT = {"strikes": 5, "flights": 1, "breaks": 1, "presence": 1}
"""Column by which rows of one second are ordered: cell, person, building, cell."""


@dataclass
class HuntedState:
    """The state of hunters and hunted between two steps."""

    done: int
    """Everything before this second has been hunted [s]."""
    arrays: tuple[NDArray[Any], ...]
    """In the order of `engine.city.hunted`."""
    written: dict[str, list[NDArray[np.int32]]] = field(default_factory=lambda: {name: [] for name in RECORDS})
    """Rows of records so far, in pieces that are never written again."""

    def copy(self) -> Self:
        """A state of its own."""
        arrays = tuple(array.copy() for array in self.arrays)
        return type(self)(self.done, arrays, {name: list(pieces) for name, pieces in self.written.items()})

    def grow(self, place: int, rows: int) -> None:
        """Make room for more rows of a record."""
        old = self.arrays[place]
        larger = np.empty((len(old) + rows, *old.shape[1:]), old.dtype)
        larger[: len(old)] = old
        self.arrays = (*self.arrays[:place], larger, *self.arrays[place + 1 :])

    def put_away(self) -> dict[str, NDArray[np.int32]]:
        """Keep the rows written since the last time, and hand them over."""
        counts = self.arrays[h.COUNTS]
        fresh = {}
        for name, (place, count) in RECORDS.items():
            fresh[name] = self.arrays[place][: counts[count]].copy()
            if len(fresh[name]):
                self.written[name].append(fresh[name])
            counts[count] = 0
        return fresh

    def rows(self, name: str) -> NDArray[np.int32]:
        """All rows of a record so far, in order of time and what it is about; else as they were written."""
        place, _ = RECORDS[name]
        rows = np.concatenate([self.arrays[place][:0], *self.written[name]])
        order: NDArray[np.int64] = np.lexsort((rows[:, ABOUT[name]], rows[:, 0]))
        return rows[order]


def fresh_hunted(ground: HuntGround, people: int, days: int, places: int) -> HuntedState:
    """The state before anybody hunts.

    Args:
        ground: What does not change.
        people: Count of people.
        days: Days of the run.
        places: Places of the world.
    """
    cells, buildings = ground.cell_count, len(ground.arrays[h.BUILDING_CELL])
    living = ground.living.copy()
    streets = bool(ground.law[h.STREETS])
    out = cells if streets else 0
    arrays: dict[int, NDArray[Any]] = {
        h.COUNTS: np.zeros(h.COUNT_NUMBERS, np.int64),
        h.HEAP: np.zeros(people + 1, np.int64),
        h.ROLE: np.zeros(people, np.uint8),
        h.CELL: np.full(people, -1, np.int32),
        h.READY: np.zeros(people, np.int32),
        h.REST: np.zeros(people, np.int32),
        h.UNTIL: np.zeros(people, np.int32),
        h.NEXT: np.full(people, -1, np.int32),
        h.BEFORE: np.full(people, -1, np.int32),
        h.HEAD: np.full((cells, 3), -1, np.int32),
        h.NUMBER: np.zeros((cells, 3), np.int32),
        h.ERRAND: np.zeros(people, np.uint8),
        h.HOUSE: np.full(people, -1, np.int32),
        h.ENDED_AT: np.full(people, NEVER, np.int32),
        h.ENDED_AS: np.zeros(people, np.uint8),
        h.ALARM: np.full(places if streets else 0, NEVER, np.int32),
        h.TOLD: np.zeros(places if streets else 0, np.int32),
        h.LEVEL: np.zeros(out, np.int64),
        h.RAISED: np.zeros(out, np.uint8),
        h.NOISE: np.zeros(out, np.int64),
        h.LURE: np.zeros((3, out), np.int64),
        h.WAY: np.zeros((out, h.NEIGHBOURS), np.int64),
        h.OUTDOORS: np.zeros(cells, np.int64),
        h.BROKEN: np.zeros(buildings, np.uint8),
        h.LOOK: np.zeros(cells, np.int32),
        h.WAKE: np.zeros(cells, np.int32),
        h.BUSY: np.zeros(cells, np.uint8),
        h.SIEGE: np.zeros((out, 2), np.int32),
        h.STILL: ground.still.copy(),
        h.LIVING: living,
        h.LIVING_COUNT: ground.living_count.copy(),
        h.EFFECTS: np.zeros((days, MOST_ORDERS if streets else 1, len(Effect)), np.int64),
        h.STRIKES: np.zeros((1024, h.STRIKE_COLUMNS), np.int32),
        h.FLIGHTS: np.zeros((5 * people + 1 if streets else 0, h.FLIGHT_COLUMNS), np.int32),
        h.BREAKS: np.zeros((buildings, h.BREAK_COLUMNS), np.int32),
        h.PRESENCE: np.zeros((3 * cells + 1, h.PRESENCE_COLUMNS), np.int32),
    }
    return HuntedState(0, tuple(arrays[place] for place in range(len(arrays))))
