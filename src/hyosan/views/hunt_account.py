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
    # Where all the dead are of one kind, their number is there already.
    found += [(name, f"{end[name]:,}") for name in ("killed", "spent") if 0 < end.get(name, 0) != summary["dead"]]
    gone, bitten = away(records)
    if gone:
        found.append(("away", f"{gone:,} left the town, {bitten:,} of them bitten"))
    found += _most_hunters(records)
    ended = {ENDINGS.get(name, name): int(counts.sum()) for name, counts in hunts.strikes(records).counts.items()}
    parts = ", ".join(f"{count:,} {name}" for name, count in ended.items())
    found.append(("strikes", f"{sum(ended.values()):,}: {parts}" if ended else "0"))
    broken = hunts.breaks(records)
    if broken:
        kinds = ", ".join(f"{name} {count:,}" for name, count in broken.items())
        found.append(("buildings broken into", f"{sum(broken.values()):,}: {kinds}"))
    return found


def numbers(records: Records) -> dict[str, int]:
    """Further numbers of a run in which people hunt, by name; none of other runs."""
    if not hunts.is_hunted(records):
        return {}
    end = people_at_the_end(records)
    strikes = sum(int(counts.sum()) for counts in hunts.strikes(records).counts.values())
    return {**{name: end.get(name, 0) for name in ("killed", "spent")}, "away": away(records)[0], "strikes": strikes}


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
    hunters = hunts.hunting_in_all(records, times)
    if not np.any(hunters):
        return None
    top = int(np.argmax(hunters))
    return int(times[top]), int(hunters[top])


def away(records: Records) -> tuple[int, int]:
    """People who have left the town and not come back, and how many of them have ever been infected."""
    flights = records.table("flights")
    person, errand = flights["person"].to_numpy()[::-1], words_of(flights, "errand")[::-1]
    people, last = np.unique(person, return_index=True)
    gone = people[errand[last] == "away"]
    return len(gone), int(np.isin(gone, records.table("infections")["infectee"].to_numpy()).sum())


def _most_hunters(records: Records) -> list[tuple[str, str]]:
    """When most people hunted, and when most of them did so on the map."""
    most = peak(records)
    if most is None:
        return []
    text = f"{most[1]:,} on {_date(records, most[0])}"
    where = hunts.presence(records)
    here = where.totals(where.hunters)
    if hunts.has_map(records) and 0 < here.max(initial=0) < most[1]:
        text += f"; on the map {here.max():,} on {_date(records, int(where.times[here.argmax()]))}"
    return [("most hunters", text)]


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
