"""Streams of attempts: one for each setting and layer that has a hazard, with its mean gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.attempts import ORDINAL_BITS, WINDOW
from hyosan.errors import ScenarioError
from hyosan.rules.codes import PLACE_SETTINGS, Route, Setting
from hyosan.rules.dwell import FRACTION_BITS, quantile_table
from hyosan.rules.mixing import mean_gap
from hyosan.rules.random import CERTAIN, alias_table, chance_of
from hyosan.units import hour as HOUR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World

_NAMES = {Setting.HOME: "home", Setting.CLASS: "class_", Setting.TEAM: "team", Setting.COMMUNITY: "community"}


@dataclass(frozen=True)
class Hazards:
    """Infection hazards of a fully infectious person at a fully susceptible one, before any scale."""

    by_size: dict[tuple[Setting, Route], NDArray[np.float64]]
    """Of one slot of a place [1/s], by capacity, (largest capacity + 1,)."""
    community: dict[Route, NDArray[np.float64]]
    """Of all community contacts by age group of the infector [1/s], (groups,)."""


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

    def as_tuple(self) -> tuple[object, ...]:
        """Arrays in the order in which kernels take them apart."""
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def hazards_of(scenario: Scenario, world: World, peak: float) -> Hazards:
    """Hazards of the pathogen's routes in the places of a world.

    Args:
        peak: Largest relative infectiousness times largest relative susceptibility [1].
    """
    sizes = np.arange(1 + int(world.places.capacity.max(initial=1)))
    by_size, community = {}, {}
    for name, spec in scenario.pathogen.routes.items():
        route = Route[name.upper()]
        for setting in PLACE_SETTINGS:
            hazard = getattr(spec, _NAMES[setting]) / HOUR * world.shared_hours[setting] / 24 * peak
            if hazard > 0:
                exponent = spec.size_exponent
                by_size[setting, route] = hazard / np.array([float(max(int(n), 1)) ** exponent for n in sizes])
        hours = world.pools.contact_hours.sum(axis=1)
        if spec.community > 0:
            community[route] = spec.community / HOUR * hours / 24 * peak
    return Hazards(by_size, community)


def streams_of(scenario: Scenario, world: World, hazards: Hazards, scale: float) -> Streams:
    """All streams: the base of each setting, then the layers."""
    routes = [Route[name.upper()] for name in scenario.pathogen.routes]
    width = max(world.pools.group_count, max([2, *(len(rates) for rates in hazards.by_size.values())]))
    rows: list[tuple[Setting, int, float, int]] = []
    for setting in (*PLACE_SETTINGS, Setting.COMMUNITY):
        base = base_level(scenario, setting)
        if base > 0:
            rows.append((setting, 0, base, CERTAIN))
    for number, layer in enumerate(scenario.layers, 1):
        if layer.bound > 0:
            setting = Setting[layer.setting.upper()]
            rows.append((setting, number, layer.bound, chance_of(layer.level / layer.bound)))
    kept, mantissas, shifts = [], [], []
    for setting, number, factor, level in rows:
        rates = sum_over_routes(hazards, setting, width) * factor * scale
        if not rates.any():
            continue
        _refuse_if_too_many(scenario, setting, rates)
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
    return float(getattr(scenario.base_level, _NAMES[setting]))


def levels_in_force(scenario: Scenario) -> dict[Setting, float]:
    """Rate in force over the base hazard, base and layers together, by setting [1]."""
    levels = {setting: base_level(scenario, setting) for setting in (*PLACE_SETTINGS, Setting.COMMUNITY)}
    for layer in scenario.layers:
        levels[Setting[layer.setting.upper()]] += layer.level
    return levels


def sum_over_routes(hazards: Hazards, setting: Setting, width: int) -> NDArray[np.float64]:
    """Hazard of one slot by capacity, or of the community by age group [1/s], (width,)."""
    rates = np.zeros(width)
    for (place_setting, _), values in hazards.by_size.items():
        if place_setting == setting:
            rates[: len(values)] += values
    if setting == Setting.COMMUNITY:
        for values in hazards.community.values():
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
        rates = hazards.community.get(route) if setting == Setting.COMMUNITY else hazards.by_size.get((setting, route))
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


def _refuse_if_too_many(scenario: Scenario, setting: Setting, rates: NDArray[np.float64]) -> None:
    """A person may not emit more attempts in a window than can be numbered."""
    slots = np.arange(len(rates)) if setting != Setting.COMMUNITY else np.ones(len(rates))
    largest = _variation_table(scenario).max() / (1 << (16 + FRACTION_BITS))
    expected = float((rates * slots).max()) * WINDOW * largest
    most = 1 << (ORDINAL_BITS - 1)
    if expected > most or float(rates.max()) >= 1.0:
        raise ScenarioError.at(
            f"pathogen.routes.*.{_NAMES[setting].rstrip('_')}",
            f"the hazard makes up to {expected:.3g} attempts of one person in 32 days, and {rates.max():.3g} a second "
            f"and contact. At most {most} and 1 are possible: lower the hazard or the reproduction number.",
        )
