"""Streams of attempts: one for each setting and layer that has a hazard, with its mean gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.attempts import ORDINAL_BITS, WINDOW
from hyosan.engine.orders import layers_of
from hyosan.errors import ScenarioError
from hyosan.rules.codes import Route, Setting
from hyosan.rules.dwell import FRACTION_BITS, quantile_table
from hyosan.rules.mixing import mean_gap
from hyosan.rules.random import CERTAIN, alias_table, chance_of
from hyosan.units import hour as HOUR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World

PICKED_SETTINGS: tuple[Setting, ...] = (Setting.COMMUNITY, Setting.SHOP, Setting.LEISURE)
"""Settings whose contacts are picked by age or district."""

SETTINGS: tuple[Setting, ...] = tuple(s for s in Setting if s not in (Setting.NONE, Setting.STREET, Setting.SHELTER))

NEAR = 25
"""People whose air one shares in a place, however large it is; assumed: as many as in a class."""


@dataclass(frozen=True)
class Hazards:
    """Infection hazards of a fully infectious person at a fully susceptible one, before any scale.

    They are averages over the day and the week. While somebody is there, the hazard is larger by `while_there`.
    """

    rates: dict[tuple[Setting, Route], NDArray[np.float64]]
    """Of one slot of a place [1/s], by capacity, or of all contacts by age group of the infector."""
    while_there: dict[Setting, NDArray[np.float64]]
    """Hazard in the hours of the setting over the average [1], by capacity or age group."""


@dataclass(frozen=True)
class Streams:
    """Arrays of the streams, in the order in which kernels take them apart."""

    setting: NDArray[np.int64]
    layer: NDArray[np.int64]
    gap_mantissa: NDArray[np.int64]
    """(streams, capacities or age groups)."""
    gap_shift: NDArray[np.int64]
    level: NDArray[np.int64]
    """Rate in force over the rate emitted [2**-30], (streams,)."""
    varies: bool
    variation_table: NDArray[np.int64]
    route_chance: NDArray[np.int64]
    """Cumulated chances of the routes [2**-30], (settings, capacities or age groups, routes)."""
    routes: NDArray[np.int64]

    def as_tuple(self) -> tuple[Any, ...]:
        """Arrays in the order in which kernels take them apart."""
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def hazards_of(scenario: Scenario, world: World, peak: float) -> Hazards:
    """Hazards of the pathogen's routes in the places of a world.

    Args:
        peak: Largest relative infectiousness times largest relative susceptibility [1].
    """
    rates = {}
    hours = {setting: _hours(world, setting) for setting in SETTINGS}
    for name, spec in scenario.pathogen.routes.items():
        for setting in SETTINGS:
            average = spec.hazard(setting.name.lower()) / HOUR * hours[setting] / 24 * peak
            if setting not in PICKED_SETTINGS:
                size = np.maximum(np.arange(len(average)), 1.0)
                average = average / size**spec.size_exponent
            if average.any():
                rates[setting, Route[name.upper()]] = average
    there = {}
    for setting in SETTINGS:
        present = _present_hours(world, setting)
        there[setting] = np.divide(24.0, present, out=np.zeros_like(present), where=present > 0)
    return Hazards(rates, there)


def _hours(world: World, setting: Setting) -> NDArray[np.float64]:
    """Hours of contact a day, on average: with one member by the capacity of the place, with all by age group."""
    if setting in PICKED_SETTINGS:
        hours: NDArray[np.float64] = world.pools.contact_hours.sum(axis=1)
        out = sum(_group_hours(world, other) for other in PICKED_SETTINGS)
        if len(world.schedules) == 1:
            return hours if setting == Setting.COMMUNITY else np.zeros_like(hours)
        shared = hours * _group_hours(world, setting)
        return np.asarray(np.divide(shared, out, out=np.zeros_like(hours), where=out > 0))
    capacity = world.places.capacity[world.places.setting == setting]
    hours = np.zeros(1 + int(capacity.max(initial=0)))
    hours[np.unique(capacity)] = world.shared_hours[setting]
    if len(world.schedules) > 1 and setting not in (Setting.HOME, Setting.CLASS, Setting.TEAM):
        hours *= np.minimum(1.0, NEAR / np.maximum(np.arange(len(hours)), 1.0))
    return hours


def _group_hours(world: World, setting: Setting) -> NDArray[np.float64]:
    """Hours a day that people of each age group spend in a setting, on average, (groups,)."""
    groups = world.pools.group_count
    group = world.pools.age_group[world.people.age].astype(np.int64)
    schedules = len(world.schedules)
    people = np.bincount(group * schedules + world.people.schedule, minlength=groups * schedules)
    people = people.reshape(groups, schedules).astype(np.float64)
    total = people.sum(axis=1)
    hours: NDArray[np.float64] = np.zeros(groups)
    np.divide(people @ world.present_hours[:, setting], total, out=hours, where=total > 0)
    return hours


def _present_hours(world: World, setting: Setting) -> NDArray[np.float64]:
    """Hours a day in which a hazard is at work, of which the average is taken, by capacity or age group."""
    if len(world.schedules) == 1:
        return np.full(1, 24.0)
    if setting in PICKED_SETTINGS:
        return _group_hours(world, setting)
    return np.full(1, world.shared_hours[setting])


def streams_of(scenario: Scenario, world: World, hazards: Hazards, scale: float) -> Streams:
    """All streams: the base of each setting, then the layers."""
    routes = [Route[name.upper()] for name in scenario.pathogen.routes]
    width = max(world.pools.group_count, max([2, *(len(rates) for rates in hazards.rates.values())]))
    rows: list[tuple[Setting, int, float, int]] = []
    for setting in SETTINGS:
        base = base_level(scenario, setting)
        if base > 0:
            rows.append((setting, 0, base, CERTAIN))
    for number, layer in enumerate(scenario.layers, 1):
        if layer.bound > 0:
            setting = Setting[layer.setting.upper()]
            rows.append((setting, number, layer.bound, chance_of(layer.level / layer.bound)))
    rows += [(Setting.COMMUNITY, layer, factor, CERTAIN) for layer, factor in layers_of(scenario)]
    kept, mantissas, shifts = [], [], []
    for setting, number, factor, level in rows:
        average = sum_over_routes(hazards, setting, width) * factor * scale
        if not average.any():
            continue
        there = hazards.while_there[setting]
        rates = average * (there if len(there) == 1 else np.pad(there, (0, width - len(there))))
        _refuse_if_too_many(scenario, setting, average, rates)
        gaps = [mean_gap(float(rate)) for rate in rates]
        kept.append((int(setting), number, level))
        mantissas.append([mantissa for mantissa, _ in gaps])
        shifts.append([shift for _, shift in gaps])
    table = np.array(kept, np.int64).reshape(-1, 3)
    shares = np.stack([_route_chances(hazards, setting, routes, width) for setting in Setting])
    return Streams(
        setting=table[:, 0].copy(),
        layer=table[:, 1].copy(),
        gap_mantissa=np.array(mantissas, np.int64).reshape(-1, width),
        gap_shift=np.array(shifts, np.int64).reshape(-1, width),
        level=table[:, 2].copy(),
        varies=scenario.pathogen.dispersion is not None,
        variation_table=_variation_table(scenario),
        route_chance=shares,
        routes=np.array([int(route) for route in routes] or [0], np.int64),
    )


def base_level(scenario: Scenario, setting: Setting) -> float:
    """Factor on the base hazard of a setting that the scenario asks for [1]."""
    return scenario.base_level.of(setting.name.lower())


def levels_in_force(scenario: Scenario) -> dict[Setting, float]:
    """Rate in force over the base hazard, base and layers together, by setting [1]."""
    levels = {setting: base_level(scenario, setting) for setting in SETTINGS}
    for layer in scenario.layers:
        levels[Setting[layer.setting.upper()]] += layer.level
    return levels


def sum_over_routes(hazards: Hazards, setting: Setting, width: int) -> NDArray[np.float64]:
    """Hazard of one slot by capacity, or of the community by age group [1/s], (width,)."""
    rates = np.zeros(width)
    for (where, _), values in hazards.rates.items():
        if where == setting:
            rates[: len(values)] += values
    return rates


def mixing_tables(world: World) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Alias tables for the age group of a community contact, two arrays (groups, groups)."""
    groups = world.pools.group_count
    pairs = [
        alias_table(row) if row.any() else (np.full(groups, 1 << 32, np.int64), np.arange(groups, dtype=np.int64))
        for row in world.pools.contact_hours
    ]
    return np.stack([threshold for threshold, _ in pairs]), np.stack([alias for _, alias in pairs])


def _route_chances(hazards: Hazards, setting: Setting, routes: list[Route], width: int) -> NDArray[np.int64]:
    """Cumulated shares of the routes in the hazard of a setting [2**-30], (capacities or age groups, routes)."""
    total = sum_over_routes(hazards, setting, width)
    shares = np.full((width, max(1, len(routes))), CERTAIN, np.int64)
    cumulated = np.zeros(width)
    for number, route in enumerate(routes[:-1]):
        rates = hazards.rates.get((setting, route))
        if rates is not None:
            cumulated[: len(rates)] += rates
        shares[:, number] = [
            chance_of(min(float(part / whole), 1.0)) if whole > 0 else CERTAIN
            for part, whole in zip(cumulated, total, strict=True)
        ]
    return shares


def _variation_table(scenario: Scenario) -> NDArray[np.int64]:
    """Quantiles of individual infectiousness [2**-24], gamma of mean 1."""
    dispersion = scenario.pathogen.dispersion
    law = ("fixed", 0.0, 65536.0)
    if dispersion is not None:
        law = ("gamma", float(dispersion.value), 65536.0 / float(dispersion.value))
    table: NDArray[np.int64] = quantile_table(*law)
    return table.reshape(1, -1)


def _refuse_if_too_many(
    scenario: Scenario, setting: Setting, average: NDArray[np.float64], rates: NDArray[np.float64]
) -> None:
    """A person may not emit more attempts in a window than can be numbered."""
    slots = np.ones(len(rates)) if setting in PICKED_SETTINGS else np.arange(len(rates))
    largest = _variation_table(scenario).max() / (1 << (16 + FRACTION_BITS))
    # Not more than two days in three are spent in one place, on average over a window.
    expected = float((np.minimum(rates, 3.0 * average) * slots).max()) * WINDOW * largest
    most = 1 << (ORDINAL_BITS - 1)
    if expected > most or float(rates.max()) >= 1.0:
        raise ScenarioError.at(
            f"pathogen.routes.*.{setting.name.lower()}",
            f"the hazard makes up to {expected:.3g} attempts of one person in 32 days, and {rates.max():.3g} a second "
            f"and contact. At most {most} and 1 are possible: lower the hazard or the reproduction number.",
        )
