"""What hunters did in a run, in a few lines that a person can read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from hyosan.views import hunts
from hyosan.views.figures import start_of, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.records.run import Records

ENDINGS = {"destroyed": "destroyed the hunter"}
"""Outcomes of strikes whose names need another word."""


def facts(records: Records) -> list[tuple[str, str]]:
    """Names and values to print of a run in which people hunt; nothing of other runs."""
    if not hunts.is_hunted(records):
        return []
    summary = records.summary
    found = [("turned", f"{summary['turned']:,}")]
    turned = first_turned(records)
    if turned is not None:
        found = [("turned", f"{summary['turned']:,}, the first on {_date(records, turned)}")]
    found.append(("destroyed", f"{summary['destroyed']:,}"))
    end = people_at_the_end(records)
    found += [(name, f"{end[name]:,}") for name in ("killed", "spent") if end.get(name)]
    gone = away(records)
    if gone:
        found.append(("away", f"{gone:,} left the town"))
    most = peak(records)
    if most is not None:
        found.append(("most hunters", f"{most[1]:,} on {_date(records, most[0])}"))
    ended = {ENDINGS.get(name, name): int(counts.sum()) for name, counts in hunts.strikes(records).counts.items()}
    parts = ", ".join(f"{count:,} {name}" for name, count in ended.items())
    found.append(("strikes", f"{sum(ended.values()):,}: {parts}" if ended else "0"))
    broken = hunts.breaks(records)
    if broken:
        kinds = ", ".join(f"{name} {count:,}" for name, count in broken.items())
        found.append(("buildings broken into", f"{sum(broken.values()):,}: {kinds}"))
    return found


def people_at_the_end(records: Records) -> dict[str, int]:
    """People in each state at the end."""
    end = np.array([records.manifest["simulated_s"]])
    return {name: int(line[0]) for name, line in hunts.people_by_state(records, end).items()}


def first_turned(records: Records) -> int | None:
    """When the first person began to hunt [s]; None if nobody did, or the changes were not kept."""
    times = _turned(records)
    return int(times[0]) if len(times) else None


def peak(records: Records) -> tuple[int, int] | None:
    """(First second at which most hunters were there, their count); None if nobody hunted."""
    if "transitions" in records.names:
        times = np.unique(np.append(_turned(records), 0))
    else:
        times = hunts.regular_times(records)
    lines = hunts.people_by_state(records, times)
    hunters = np.sum([lines[name] for name in hunts.hunting_states(records)], axis=0, initial=0)
    if not np.any(hunters):
        return None
    top = int(np.argmax(hunters))
    return int(times[top]), int(hunters[top])


def away(records: Records) -> int:
    """People who have left the town and not come back."""
    flights = records.table("flights")
    person, errand = flights["person"].to_numpy()[::-1], words_of(flights, "errand")[::-1]
    last = np.unique(person, return_index=True)[1]
    return int((errand[last] == "away").sum())


def _turned(records: Records) -> NDArray[np.int64]:
    """When people began to hunt [s], in order; nothing if the changes were not kept."""
    if "transitions" not in records.names:
        return np.zeros(0, np.int64)
    table = records.table("transitions")
    times: NDArray[np.int64] = table["time_s"].to_numpy()
    return times[np.isin(words_of(table, "to_state"), hunts.hunting_states(records))]


def _date(records: Records, seconds: int) -> str:
    """Date and time, to the minute."""
    return f"{start_of(records) + timedelta(seconds=seconds):%Y-%m-%d %H:%M}"
