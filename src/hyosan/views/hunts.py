"""The numbers behind pictures of a hunt: who hunts, who strikes whom, and where the hunters are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Building, Outcome
from hyosan.units import day, hour
from hyosan.views.figures import ORIGINS, length_of, span_of, start_of, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.records.run import Records

HEALTHY = ("susceptible", "immune")
"""States of those whom the pathogen does not have."""

DESTROYED = "destroyed"
"""State of hunters that people have destroyed, who do not count as dead."""

KINDS = tuple(kind.name.lower() for kind in Building)
OUTCOMES = tuple(outcome.name.lower() for outcome in Outcome)

BITTEN, ILL = "bitten, not ill yet", "ill, not hunting yet"
"""Stages between a bite and a hunt."""

MOST_STAGES = 3
"""States between bite and hunt that are told apart."""

HOURLY = 21 * day
"""Runs up to this long [s] are shown by hour, longer ones by day."""

DAYTIME = range(7, 20)
"""Hours of the clock that count as day."""

TELLING = (1, 13)
"""Hours of the clock, by night and by day, at which pictures are taken in turn."""

FREE = 6 * hour
"""How far a moment may move to come closer to such an hour [s]."""


@dataclass(frozen=True)
class Strikes:
    """Strikes by time and outcome."""

    noun: str
    """What a bin is called."""
    edges: NDArray[np.float64]
    """Edges of the bins, since the start [days], (bins + 1,)."""
    counts: dict[str, NDArray[np.int64]]
    """Strikes by outcome, (bins,)."""


@dataclass(frozen=True)
class Presence:
    """Where hunters and people on the move are, at regular times; a moment at which nobody is has no rows."""

    times: NDArray[np.int64]
    """Moments, since the start [s], (moments,)."""
    first: NDArray[np.int64]
    """First row of each moment, and the end of the last, (moments + 1,)."""
    cell: NDArray[np.int64]
    hunters: NDArray[np.int64]
    moving: NDArray[np.int64]

    def rows(self, moment: int) -> slice:
        """The rows of a moment."""
        return slice(int(self.first[moment]), int(self.first[moment + 1]))

    def totals(self, column: NDArray[np.int64]) -> NDArray[np.int64]:
        """Sum of a column at each moment, (moments,)."""
        sums = np.concatenate([[0], np.cumsum(column)])
        return np.diff(sums[self.first])


def is_hunted(records: Records) -> bool:
    """Whether people hunt in the streets of this run."""
    return "strikes" in records.names and "minds" not in records.names


def has_map(records: Records) -> bool:
    """Whether the run has streets, and says where hunters were in them."""
    return {"cells", "presence"} <= set(records.names) and records.table("cells").num_rows > 0


def hunting_states(records: Records) -> tuple[str, ...]:
    """Names of the states in which people hunt."""
    states = records.manifest["states"]
    named = tuple(state["name"] for state in states if state.get("behaviour") == "hunts")
    return named or tuple(state["name"] for state in states if state["name"] == "hunting")


def gone_states(records: Records) -> tuple[str, ...]:
    """Names of the states from which nobody comes back: the dead, and hunters that were destroyed."""
    return tuple(state["name"] for state in records.manifest["states"] if state["dead"] or state["name"] == DESTROYED)


def people_by_state(records: Records, times: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """People in each state at some times: from the changes where the run has kept them, else as last counted.

    Args:
        records: The run.
        times: Since the start [s], (times,).
    """
    table = records.table("counts")
    counted, when = np.unique(table["time_s"].to_numpy(), return_inverse=True)
    state, count = words_of(table, "state"), table["count"].to_numpy()
    changes = records.table("transitions") if "transitions" in records.names else None
    lines = {}
    for name in (state["name"] for state in records.manifest["states"]):
        rows = state == name
        line = np.bincount(when[rows], weights=count[rows], minlength=len(counted)).astype(np.int64)
        if changes is None:
            lines[name] = line[np.maximum(np.searchsorted(counted, times, side="right") - 1, 0)]
            continue
        happened = changes["time_s"].to_numpy()
        lines[name] = np.full(len(times), line[0] if len(line) else 0)
        for column, sign in (("to_state", 1), ("from_state", -1)):
            own = happened[words_of(changes, column) == name]
            since = np.searchsorted(own, times, side="right") - np.searchsorted(own, counted[:1], side="right").sum()
            lines[name] += sign * since
    return lines


def people_by_stage(records: Records, times: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """Like `people_by_state`, with the states between bite and hunt taken together where they are many."""
    lines = people_by_state(records, times)
    hunting, gone = hunting_states(records), gone_states(records)
    waiting = {
        state["name"]: ILL if state["symptomatic"] else BITTEN
        for state in records.manifest["states"]
        if state["active"] and state["name"] not in (*hunting, *gone)
    }
    if len(waiting) <= MOST_STAGES:
        return lines
    found: dict[str, NDArray[np.int64]] = {}
    for name, line in lines.items():
        stage = waiting.get(name, name)
        found[stage] = found.get(stage, np.zeros_like(line)) + line
    return found


def hunting_in_all(records: Records, times: NDArray[np.int64]) -> NDArray[np.int64]:
    """People who hunt, wherever they are, at some times since the start [s]."""
    lines = people_by_state(records, times)
    return sum((lines[name] for name in hunting_states(records)), np.zeros(len(times), np.int64))


def people_away(records: Records, times: NDArray[np.int64]) -> NDArray[np.int64]:
    """People who have left the town and not come back, at some times since the start [s]."""
    flights = records.table("flights")
    order = np.argsort(flights["person"].to_numpy(), kind="stable")
    person, time = (flights[name].to_numpy()[order] for name in ("person", "time_s"))
    away = words_of(flights, "errand")[order] == "away"
    back = away[:-1] & (person[1:] == person[:-1])
    left, came = np.sort(time[away]), np.sort(time[1:][back])
    return np.searchsorted(left, times, side="right") - np.searchsorted(came, times, side="right")


def regular_times(records: Records) -> NDArray[np.int64]:
    """Times at which to draw who is in which state [s]: every hour, or day of a long run, if the changes are known."""
    if "transitions" not in records.names:
        return np.unique(records.table("counts")["time_s"].to_numpy())
    end, step = int(records.manifest["simulated_s"]), hour if span_of(records) <= HOURLY else day
    return np.unique(np.append(np.arange(0, end + 1, step), end))


def strikes(records: Records) -> Strikes:
    """Strikes by hour, or by day in a long run, and by outcome."""
    length = span_of(records)
    width, noun = (hour, "hour") if length <= HOURLY else (day, "day")
    bins = -(-length // width)
    table = records.table("strikes")
    places = np.minimum(table["time_s"].to_numpy() // width, bins - 1)
    outcome = words_of(table, "outcome")
    counts = {name: np.bincount(places[outcome == name], minlength=bins) for name in OUTCOMES}
    edges = np.minimum(np.arange(bins + 1) * width, length) / day
    return Strikes(noun, edges, {name: line for name, line in counts.items() if line.any()})


def bites(records: Records) -> dict[str, int]:
    """Count of bites by setting, those of animals among them under `animal`."""
    table = records.table("infections")
    route, setting = words_of(table, "route"), words_of(table, "setting")
    names = np.where(route == "animal", "animal", setting)[np.isin(route, ("bite", "animal"))]
    found = dict(zip(*(part.tolist() for part in np.unique(names, return_counts=True)), strict=True))
    return {name: found[name] for name in ("animal", *ORIGINS) if name in found}


def breaks(records: Records) -> dict[str, int]:
    """Count of buildings broken into, by what they are for; none where there are no streets."""
    if not {"breaks", "buildings"} <= set(records.names):
        return {}
    buildings = records.table("buildings")
    kinds = dict(zip(buildings["building"].to_pylist(), words_of(buildings, "kind").tolist(), strict=True))
    broken = np.unique(records.table("breaks")["building"].to_numpy()).tolist()
    found = [kinds[building] for building in broken if building in kinds]
    return {name: found.count(name) for name in KINDS if name in found}


def presence(records: Records) -> Presence:
    """Where hunters and people on the move are, from just before the first to just after the last of them."""
    table = records.table("presence")
    time = table["time_s"].to_numpy()
    seen = np.unique(time)
    if len(seen):
        gaps, often = np.unique(np.diff(seen), return_counts=True)
        step = int(gaps[often.argmax()]) if len(gaps) else hour
        end = int(records.manifest["simulated_s"])
        grid = np.arange(seen[0] % step, seen[-1] + step + 1, step)
        around = grid[(grid >= seen[0] - step) & (grid < end)]
        seen = np.union1d(seen, around)
    first = np.append(np.searchsorted(time, seen), len(time))
    columns = (table[name].to_numpy().astype(np.int64) for name in ("cell", "hunters", "moving"))
    return Presence(seen, first, *columns)


def telling_moments(records: Records, where: Presence, wanted: int) -> list[int]:
    """Places of the moments that show how it went: spread over time and what happened, by day and by night in turn.

    Args:
        records: The run.
        where: Where hunters were.
        wanted: How many moments at most.
    """
    totals = where.totals(where.hunters)
    there = np.flatnonzero(totals)
    if not len(there):
        return []
    shown = np.arange(there[0], min(there[-1] + 2, len(where.times)))
    changed = np.abs(np.diff(totals[shown], prepend=0)) + np.diff(
        np.searchsorted(records.table("strikes")["time_s"].to_numpy(), where.times[shown]), prepend=0
    ).clip(0)
    progress = np.linspace(0, 1, len(shown)) + np.cumsum(changed) / max(1, int(changed.sum()))
    times, clock = where.times[shown], hours_of_the_clock(records, where.times[shown])
    chosen: list[int] = []
    for place, share in enumerate(np.linspace(progress[0], progress[-1], wanted)):
        near = int(np.abs(progress - share).argmin())
        if 0 < place < wanted - 1:
            off = np.abs((clock - TELLING[place % 2] + 12) % 24 - 12)
            near = int(np.where(np.abs(times - times[near]) <= FREE, off, 24).argmin())
        chosen.append(int(shown[near]))
    return sorted(set(chosen))


def hours_of_the_clock(records: Records, times: NDArray[np.int64]) -> NDArray[np.int64]:
    """Hour of the clock, 0 to 23, at times since the start [s]."""
    start = start_of(records)
    begun = start.hour * hour + start.minute * 60 + start.second
    return (times + begun) % day // hour


def nights(records: Records) -> list[tuple[float, float]]:
    """Beginning and end of each night of the run, since the start [days]."""
    length = length_of(records)
    dark = ~np.isin(hours_of_the_clock(records, np.arange(0, length + hour, hour)), DAYTIME)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], dark.astype(np.int8), [0]])))
    offset = (start_of(records).minute * 60 + start_of(records).second) % hour
    bounds = (edges * hour - offset).clip(0, length) / day
    return [(float(left), float(right)) for left, right in zip(bounds[::2], bounds[1::2], strict=True) if right > left]
