"""The numbers behind the figures: what happened in a run, counted for the eye."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from hyosan.units import day, hour, week

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from hyosan.records.run import Records

ORIGINS = (
    "start", "importation", "home", "class", "school", "team", "site", "community", "shop", "leisure", "transport",
    "hospital", "care", "street", "shelter",
)  # fmt: skip
"""Where infections come from, in the order of the figures."""

AT_START = ("start", "animal")
"""Origins of those who are infected when a run begins: they are not new."""

AGE_STEP = 5
"""Width of an age group [years]."""

OLDEST = 90
"""Ages from here on are one group [years]."""

MOST_LINES = 8
"""States drawn as lines of their own; the others are drawn together."""

OTHERS = "others"


@dataclass(frozen=True)
class Incidence:
    """New infections by time and origin; those infected at the start are not new."""

    width: int
    """Length of a bin [s]."""
    noun: str
    """What a bin is called."""
    edges: NDArray[np.float64]
    """Edges of the bins, since the start [days], (bins + 1,)."""
    counts: dict[str, NDArray[np.int64]]
    """New infections by origin, (bins,)."""


@dataclass(frozen=True)
class AgeGroups:
    """Infected people by age."""

    labels: list[str]
    infected: NDArray[np.int64]
    """People ever infected, (groups,)."""
    people: NDArray[np.int64]
    """People of that age, (groups,)."""


def start_of(records: Records) -> datetime:
    """When the run began."""
    return datetime.fromisoformat(records.manifest["start"])


def length_of(records: Records) -> int:
    """How long the run went on [s], an hour at least."""
    return max(int(records.manifest["simulated_s"]), hour)


def span_of(records: Records) -> int:
    """How much of the run is worth looking at [s]: a long quiet end is left out."""
    length = length_of(records)
    infected = records.table("infections")["time_s"].to_numpy()
    times, lines = prevalence(records)
    moving = [np.flatnonzero(np.diff(line)) for line in lines.values()]
    last = max([0.0, *(float(times[places[-1] + 1]) for places in moving if len(places))]) * day
    last = max(last, float(infected[-1]) if len(infected) else 0.0)
    quiet = length - last
    return length if not last or quiet < length / 5 else max(int(1.05 * last), hour)


def origins(records: Records) -> NDArray[Any]:
    """Where each infection came from: one of `ORIGINS`, or another setting or route, (infections,)."""
    table = records.table("infections")
    route, setting = words_of(table, "route"), words_of(table, "setting")
    return np.where(setting == "none", route, setting)


def by_origin(records: Records) -> dict[str, int]:
    """Count of infections by origin; those without any are left out."""
    names, counts = np.unique(origins(records), return_counts=True)
    found = dict(zip(names.tolist(), counts.tolist(), strict=True))
    return {name: found[name] for name in (*ORIGINS, *sorted(set(found) - set(ORIGINS))) if name in found}


def incidence(records: Records) -> Incidence:
    """New infections in bins that suit the length of the run."""
    length = span_of(records)
    width, noun = (hour, "hour") if length <= 4 * day else (day, "day") if length <= 500 * day else (week, "week")
    bins = -(-length // width)
    times, origin = records.table("infections")["time_s"].to_numpy(), origins(records)
    places = np.minimum(times // width, bins - 1)
    counts = {
        name: np.bincount(places[origin == name], minlength=bins) for name in by_origin(records) if name not in AT_START
    }
    return Incidence(width, noun, np.minimum(np.arange(bins + 1) * width, length) / day, counts)


def prevalence(records: Records) -> tuple[NDArray[np.float64], dict[str, NDArray[np.int64]]]:
    """(Times since the start [days], people by state at those times).

    States are those in which somebody is exposed, infectious, ill or dead; the healthy would hide them.
    """
    table = records.table("counts")
    shown = [s["name"] for s in records.manifest["states"] if s["active"] or s["symptomatic"] or s["dead"]]
    times, when = np.unique(table["time_s"].to_numpy(), return_inverse=True)
    state, count = words_of(table, "state"), table["count"].to_numpy()
    lines = {}
    for name in shown:
        rows = state == name
        line = np.bincount(when[rows], weights=count[rows], minlength=len(times)).astype(np.int64)
        if line.any():
            lines[name] = line
    if len(lines) > MOST_LINES:
        largest = sorted(lines, key=lambda name: -int(lines[name].max()))[: MOST_LINES - 1]
        rest = np.sum([line for name, line in lines.items() if name not in largest], axis=0)
        lines = {name: line for name, line in lines.items() if name in largest} | {OTHERS: rest}
    return times / day, lines


def by_age(records: Records) -> AgeGroups:
    """Infected people by age group, from the youngest to the oldest who are there."""
    ages = records.table("people")["age_years"].to_numpy().astype(np.int64)
    groups = np.minimum(ages, OLDEST) // AGE_STEP
    infectees = np.unique(records.table("infections")["infectee"].to_numpy())
    people = np.bincount(groups, minlength=1)
    infected = np.bincount(groups[infectees], minlength=len(people))
    there = np.flatnonzero(people)
    kept = slice(int(there[0]), int(there[-1]) + 1) if len(there) else slice(0, 0)
    labels = [f"{group * AGE_STEP}–{group * AGE_STEP + AGE_STEP - 1}" for group in range(len(people))]
    if len(labels) > OLDEST // AGE_STEP:
        labels[OLDEST // AGE_STEP] = f"{OLDEST}+"
    return AgeGroups(labels[kept], infected[kept], people[kept])


def words_of(table: pa.Table, name: str) -> NDArray[Any]:
    """A column of names as text."""
    column = pc.fill_null(table[name].cast("string"), "")
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=object).astype(str)
