"""The indicators of a run, gathered from its tables."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.errors import RecordsError
from hyosan.indicators import counts, intervals, reproduction, tree
from hyosan.records.history import PLACES, history_of
from hyosan.rules.codes import Route, Setting
from hyosan.units import day

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.records.history import History
    from hyosan.records.run import Records


def indicators(records: Records) -> dict[str, Any]:
    """Attack rates, reproduction numbers, intervals and dispersion of a run, as JSON could hold them.

    What is not known is None. What a reader may want as a table is a list of rows, one mapping each.
    """
    history = history_of(records)
    time = history.time.astype(np.float64)
    try:
        generation = tree.generations(history.infector)
    except ValueError as error:
        raise RecordsError(f"the table of infections: {error}.") from None
    until = intervals.complete_until(time, history.settled)
    complete = time < until
    return {
        "infections": len(time),
        "settled_until": None if np.isinf(until) else (history.start + timedelta(seconds=until)).isoformat(),
        "settled_infections": int(complete.sum()),
        "transitions_recorded": history.onset is not None,
        "attack_rate": _attack_rates(history),
        "settings": _settings(history),
        "secondary_attack_rate": _secondary(history, complete),
        "generations": _generations(history, generation),
        "dates": _dates(history, time, until),
        "generation_interval": _generation_interval(history, time, until),
        "serial_interval": _serial_interval(history),
        "offspring": _offspring(tree.offspring(history.infector)[complete]),
    }


def _attack_rates(history: History) -> dict[str, Any]:
    """Attack rate of everybody, by age group and by district."""
    infected = np.zeros(len(history.age), np.bool_)
    infected[history.person] = True
    at_start = np.zeros_like(infected)
    at_start[history.person[np.isin(history.route, (Route.START, Route.ANIMAL))]] = True
    susceptible = ~history.immune & ~at_start
    ages, labels = counts.age_groups(history.age)
    alike = np.zeros(len(infected), np.int64)
    everybody = _rates("group", alike, ["all"], susceptible, infected)
    return {
        "susceptible": int(susceptible.sum()),
        "infected": int((susceptible & infected).sum()),
        "attack_rate": everybody[0]["attack_rate"] if everybody else None,
        "by_age": _rates("age_years", ages, labels, susceptible, infected),
        "by_district": _rates("district", history.district, history.districts, susceptible, infected),
    }


def _rates(
    word: str, group: NDArray[np.int64], names: list[str], susceptible: NDArray[np.bool_], infected: NDArray[np.bool_]
) -> list[dict[str, Any]]:
    """Attack rate of each group in which there is anybody."""
    found = counts.attack_rates(group, susceptible, infected, len(names))
    people = np.bincount(group[group >= 0], minlength=len(names)).tolist()
    columns = (names, people, found.susceptible.tolist(), found.infected.tolist(), _numbers(found.rate))
    keys = (word, "people", "susceptible", "infected", "attack_rate")
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True) if row[1]]


def _settings(history: History) -> list[dict[str, Any]]:
    """Infections by setting, and those from outside by route; shares are of the infections in a setting."""
    found = counts.setting_counts(history.setting)
    outside = history.route[history.setting == Setting.NONE]
    within = len(history.setting) - len(outside)
    rows: list[dict[str, Any]] = [
        {"setting": setting.name.lower(), "infections": count, "share": _number(count / within)}
        for setting, count in found.items()
        if setting is not Setting.NONE
    ]
    routes = np.bincount(outside, minlength=len(Route)).tolist()
    return rows + [
        {"setting": route.name.lower(), "infections": routes[route], "share": None} for route in Route if routes[route]
    ]


def _secondary(history: History, complete: NDArray[np.bool_]) -> list[dict[str, Any]]:
    """Secondary attack rate of every infector, and of the first in its place, by kind of place."""
    rows: list[dict[str, Any]] = []
    for name, place in history.places.items():
        if not (place >= 0).any():
            continue
        began = counts.primary(place, history.person, history.time, history.first)
        for whose, counted in (("primary", complete & began), ("every", complete)):
            found = counts.secondary_attack_rate(
                place, history.immune, history.person, history.time, history.first, history.infector,
                history.setting == PLACES[name], counted,
            )  # fmt: skip
            rows.append(
                {
                    "place": name,
                    "infector": whose,
                    "infectors": found.infectors,
                    "contacts": found.contacts,
                    "infected": found.infected,
                    "secondary_attack_rate": _number(found.rate),
                }
            )
    return rows


def _generations(history: History, generation: NDArray[np.int64]) -> list[dict[str, Any]]:
    """Size and reproduction number of each generation."""
    found = reproduction.by_generation(generation, tree.offspring(history.infector), history.settled)
    rows = zip(found.infections.tolist(), found.infectees.tolist(), _numbers(found.number), strict=True)
    return [
        {"generation": place, "infections": size, "infectees": infectees, "reproduction_number": number}
        for place, (size, infectees, number) in enumerate(rows)
    ]


def _dates(history: History, time: NDArray[np.float64], until: float) -> list[dict[str, Any]]:
    """What belongs to each day, from the first of the run to that of the last infection or onset."""
    nowhere = np.full(len(time), np.nan)
    onset = nowhere if history.onset is None else history.onset
    latest = max(np.nanmax(time, initial=-1), float(onset[~np.isnan(onset)].max(initial=-1)))
    days = int(latest // day) + 1
    infector = history.infector
    cohorts = reproduction.by_cohort(time, tree.offspring(infector), until, day, days)
    pressure = reproduction.pressure(time, reproduction.weights(time, infector, until, day), day, days)
    on_day = np.bincount((time[infector >= 0] // day).astype(np.int64), minlength=days)
    interval = intervals.since_infector(time, infector)
    serial = intervals.since_infector(onset, infector)
    onsets_until = intervals.complete_until(
        onset, intervals.onsets_known(infector, onset, history.settled, history.over)
    )
    columns = {
        "date": [(history.start + timedelta(days=place)).date().isoformat() for place in range(days)],
        "infections": cohorts.infections.tolist(),
        "from_within": on_day.tolist(),
        "infectees": cohorts.infectees.tolist(),
        "cohort_reproduction_number": _numbers(cohorts.number),
        "pressure": _numbers(pressure),
        "instantaneous_reproduction_number": _numbers(reproduction.instantaneous(on_day, pressure)),
        "generation_interval_forward_days": _forward(interval, time, infector, until, days),
        "generation_interval_backward_days": _numbers(intervals.means(interval, _days(time), days) / day),
        "serial_interval_forward_days": _forward(serial, onset, infector, onsets_until, days),
        "serial_interval_backward_days": _numbers(intervals.means(serial, _days(onset), days) / day),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _forward(
    interval: NDArray[np.float64], moment: NDArray[np.float64], infector: NDArray[np.int64], until: float, days: int
) -> list[float | None]:
    """Mean interval by the day of the infector's moment, where that day is complete [days]."""
    whose = np.where(infector >= 0, _days(moment)[infector], -1)
    found = intervals.means(interval, whose, days) / day
    return _numbers(np.where((np.arange(days) + 1) * day <= until, found, np.nan))


def _generation_interval(history: History, time: NDArray[np.float64], until: float) -> dict[str, Any] | None:
    """Generation intervals of infectors whose infectious time is over."""
    interval = intervals.since_infector(time, history.infector)
    return _interval(interval, time, history.infector, until)


def _serial_interval(history: History) -> dict[str, Any] | None:
    """Serial intervals of infectors all of whose serial intervals are known."""
    if history.onset is None:
        return None
    known = intervals.onsets_known(history.infector, history.onset, history.settled, history.over)
    until = intervals.complete_until(history.onset, known)
    return _interval(intervals.since_infector(history.onset, history.infector), history.onset, history.infector, until)


def _interval(
    interval: NDArray[np.float64], moment: NDArray[np.float64], infector: NDArray[np.int64], until: float
) -> dict[str, Any] | None:
    """Spread and histogram of the intervals whose infector's moment lies before `until`."""
    early = (infector >= 0) & (moment[infector] < until) if len(moment) else np.zeros(0, np.bool_)
    found = intervals.spread(interval[early])
    if found is None:
        return None
    width, edges, heights = intervals.histogram(interval[early])
    return {
        "pairs": found.count,
        "mean_days": _number(found.mean / day),
        "sd_days": None if found.sd is None else _number(found.sd / day),
        "q05_days": _number(found.low / day),
        "median_days": _number(found.median / day),
        "q95_days": _number(found.high / day),
        "histogram": {
            "width_days": width / day,
            "from_days": _numbers(edges / day),
            "pairs": heights.tolist(),
        },
    }


def _offspring(offspring: NDArray[np.int64]) -> dict[str, Any] | None:
    """The offspring distribution of infections whose infectious time is over."""
    if not len(offspring):
        return None
    found = tree.dispersion(offspring)
    return {
        "infections": len(offspring),
        "mean": _number(float(offspring.mean())),
        "largest": int(offspring.max()),
        "none_share": _number(float((offspring == 0).mean())),
        "dispersion": None if found is None else _number(found.k),
        "dispersion_low": None if found is None else _number(found.low),
        "dispersion_high": None if found is None else _number(found.high),
        "share_causing_80_percent": _number(tree.share_causing(offspring)),
        "counts": np.bincount(offspring).tolist(),
    }


def _days(moment: NDArray[np.float64]) -> NDArray[np.int64]:
    """Day of each moment, -1 where there is none."""
    return np.where(np.isnan(moment), -1, np.nan_to_num(moment) // day).astype(np.int64)


def _number(value: float | None) -> float | None:
    """A number None where there is none."""
    return None if value is None or not np.isfinite(value) else float(value)


def _numbers(values: NDArray[np.float64]) -> list[float | None]:
    """Numbers, None where there is none."""
    return [_number(value) for value in values.tolist()]
