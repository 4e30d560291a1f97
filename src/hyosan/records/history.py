"""The columns of a run that its indicators are made of: who was infected when, by whom, and who could have been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hyosan.errors import RecordsError
from hyosan.records.cases import NOBODY, cases_of
from hyosan.rules.codes import PLACE_SETTINGS, Route, Setting
from hyosan.scenario.quantities import seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.records.run import Records

PLACES = dict(zip(("household", "school_class", "team"), PLACE_SETTINGS, strict=True))
"""Columns of `people` that say where somebody belongs, and the setting of such a place."""


@dataclass(frozen=True)
class History:
    """One run as columns; what indicators need, and no more."""

    start: datetime
    """When the run began."""
    person: NDArray[np.int64]
    """Who was infected, (infections,)."""
    time: NDArray[np.int64]
    """When [s], (infections,)."""
    first: NDArray[np.bool_]
    """Whether it is that person's first infection, (infections,)."""
    infector: NDArray[np.int64]
    """Row of the infector, -1 from outside, (infections,)."""
    setting: NDArray[np.int64]
    """Where, (infections,)."""
    route: NDArray[np.int64]
    """How, (infections,)."""
    onset: NDArray[np.float64] | None
    """Of symptoms [s], NaN if there was none, (infections,); None if transitions were not recorded."""
    settled: NDArray[np.bool_]
    """Whether it cannot infect any more, (infections,)."""
    over: NDArray[np.bool_]
    """Whether its course is over, so that symptoms cannot come any more, (infections,)."""
    immune: NDArray[np.bool_]
    """Whether immune at the start, (people,)."""
    age: NDArray[np.int64]
    """In whole years, (people,)."""
    district: NDArray[np.int64]
    """Place in `districts`, -1 for none, (people,)."""
    districts: list[str]
    """Names of the districts."""
    places: dict[str, NDArray[np.int64]]
    """Where each person belongs, -1 nowhere, by column of `people`, (people,)."""


def history_of(records: Records) -> History:
    """The history of a run, if its tables fit each other."""
    people, infections = records.table("people"), records.table("infections")
    cases = cases_of(records)
    if len(cases) and (cases.person.min() < 0 or cases.person.max() >= people.num_rows or cases.time.min() < 0):
        raise RecordsError("the table of infections names people or times that the run does not have.")
    onset = None
    over = np.full(len(cases), _all_over(records))
    settled = over | (cases.time + _longest_infectious(records) <= records.manifest["simulated_s"])
    if "transitions" in records.names:
        states, changes = records.manifest["states"], records.table("transitions")
        symptoms = cases.first(changes, [state["name"] for state in states if state["symptomatic"]])
        onset = np.where(symptoms == NOBODY, np.nan, symptoms.astype(np.float64))

        def left(key: str) -> NDArray[np.bool_]:
            """Whether each infection has come into a state beyond those that lead to `key`."""
            beyond = {state["name"] for state in states} - _leading_to(records, key)
            return np.not_equal(cases.first(changes, beyond), NOBODY)

        over, settled = over | left("symptomatic"), settled | left("infectiousness")
    district, districts = _coded(people, "district")
    return History(
        start=datetime.fromisoformat(records.manifest["start"]),
        person=cases.person,
        time=cases.time,
        first=cases.episode <= 1,
        infector=cases.infector,
        setting=_codes(infections, "setting", [member.name for member in Setting]),
        route=_codes(infections, "route", [member.name for member in Route]),
        onset=onset,
        settled=settled,
        over=over,
        immune=people["immune_at_start"].to_numpy(zero_copy_only=False),
        age=people["age_years"].to_numpy().astype(np.int64),
        district=district,
        districts=districts,
        places={name: people[name].to_numpy().astype(np.int64) for name in PLACES},
    )


def _all_over(records: Records) -> bool:
    """Whether nobody's course was going on at the last count."""
    table = records.table("counts")
    active = pa.array([state["name"] for state in records.manifest["states"] if state["active"]], pa.string())
    last = pc.equal(table["time_s"], pc.max(table["time_s"]))
    left = table.filter(pc.and_(last, pc.is_in(table["state"].cast("string"), active)))
    return table.num_rows > 0 and not pc.any(pc.greater(left["count"], 0)).as_py()


def _pathogen(records: Records) -> dict[str, Any]:
    """The pathogen of a run as resolved, or nothing where the manifest does not say."""
    return dict(records.manifest["scenario"].get("pathogen") or {})


def _leading_to(records: Records, key: str) -> set[str]:
    """States with something, such as `infectiousness`, or that lead to one without being susceptible in between."""
    states = _pathogen(records).get("states")
    if not states:
        return {state["name"] for state in records.manifest["states"] if state["active"]}
    found = {name for name, state in states.items() if state[key]}
    for _ in states:
        found |= {name for name, state in states.items() if found & {branch["to"] for branch in state["next"]}}
    return found


def _longest_infectious(records: Records) -> float:
    """Time from infection after which nobody infects [s]: the end of the profile of infectiousness, or infinity."""
    profile = _pathogen(records).get("infectiousness")
    return seconds(profile["after"][-1]) if profile and profile["relative"][-1] == 0 else np.inf


def _codes(table: pa.Table, name: str, members: list[str]) -> NDArray[np.int64]:
    """A column of names as the codes of an enum, 0 where it is null, (rows,)."""
    codes, words = _coded(table, name)
    known = {member.lower(): code for code, member in enumerate(members)}
    return np.array([known.get(word, 0) for word in words] + [0], np.int64)[codes]


def _coded(table: pa.Table, name: str) -> tuple[NDArray[np.int64], list[str]]:
    """(Places in a list of words, -1 for null or no name; the words in order of appearance) of a column of names."""
    column = table[name].combine_chunks().cast("string").dictionary_encode()
    words = [word or "" for word in column.dictionary.to_pylist()]
    codes = pc.fill_null(column.indices, -1).to_numpy().astype(np.int64)
    if "" in words:
        codes[codes == words.index("")] = -1
    return codes, words
