"""Cases: every infection with a name of its own, its infector's and its dates, as line lists and trees want them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Collection

    import pyarrow as pa
    from numpy.typing import NDArray

    from hyosan.records.run import Records

NOBODY = -1
"""Row of an infector who is no case, and time of what did not happen."""


@dataclass(frozen=True)
class Cases:
    """One row an infection, in the order of the table `infections`."""

    person: NDArray[np.int64]
    """Who was infected, (infections,)."""
    time: NDArray[np.int64]
    """When [s], (infections,)."""
    episode: NDArray[np.int64]
    """How often by then, (infections,)."""
    infector: NDArray[np.int64]
    """Row of the infection from which this one came, or `NOBODY`, (infections,)."""

    def __len__(self) -> int:
        """Count of infections."""
        return len(self.person)

    def names(self) -> list[str]:
        """`P7` for the first infection of person 7, `P7_2` for the second: safe in every format."""
        pairs = zip(self.person.tolist(), self.episode.tolist(), strict=True)
        return [f"P{person}" if episode <= 1 else f"P{person}_{episode}" for person, episode in pairs]

    def first(self, changes: pa.Table, states: Collection[str]) -> NDArray[np.int64]:
        """When each case first came into one of the states [s], `NOBODY` if it never did, (infections,).

        Args:
            changes: The table `transitions`.
            states: Names of states.
        """
        when = np.full(len(self), NOBODY, np.int64)
        entering = changes.filter(pc.is_in(changes["to_state"].cast("string"), _strings(states)))
        person, time = _numbers(entering, "person"), _numbers(entering, "time_s")
        case = _latest(self.person, self.time, person, time)
        # Transitions stand in order of time: the first of each case is the one that counts.
        cases, places = np.unique(case, return_index=True)
        known = cases != NOBODY
        when[cases[known]] = time[places[known]]
        return when


def cases_of(records: Records) -> Cases:
    """The cases of a run."""
    table = records.table("infections")
    person, time = _numbers(table, "infectee"), _numbers(table, "time_s")
    infector = _latest(person, time, _numbers(table, "infector"), time)
    return Cases(person, time, _numbers(table, "episode"), infector)


def _latest(
    person: NDArray[np.int64], time: NDArray[np.int64], who: NDArray[np.int64], when: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Row of the latest infection of `who` up to `when`, or `NOBODY`, (who,)."""
    key = person << 32 | time
    order = np.argsort(key, kind="stable")
    place = np.searchsorted(key[order], who << 32 | when, side="right") - 1
    row = order[np.maximum(place, 0)] if len(order) else np.zeros(len(who), np.int64)
    found = (place >= 0) & (who >= 0)
    found[found] = person[row[found]] == who[found]
    return np.where(found, row, NOBODY)


def _numbers(table: pa.Table, name: str) -> NDArray[np.int64]:
    """A column of whole numbers."""
    numbers: NDArray[np.int64] = table[name].to_numpy().astype(np.int64)
    return numbers


def _strings(words: Collection[str]) -> pa.Array:
    """Words as Arrow knows them, also when there are none."""
    import pyarrow as pa

    return pa.array(sorted(words), pa.string())
