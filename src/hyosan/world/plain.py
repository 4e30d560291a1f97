"""Plain worlds: everybody alike, for laws that are known exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.world.assembly import freeze, membership_of, no_district_pools, places_of, pools_around_the_clock
from hyosan.world.schedule import around_the_clock, present_hours
from hyosan.world.world import MOST_AGES, NOWHERE, People, Places, Pools, World

if TYPE_CHECKING:
    from hyosan.scenario.model import Scenario

AGE = 30
"""Age of everybody [years]: one, so that no estimate by age makes people differ."""

DAY_HOURS = 24.0
"""Everybody meets all the others around the clock, so that a hazard per hour of presence is a hazard per hour."""


def well_mixed(scenario: Scenario) -> World:
    """One town where anybody meets anybody, and no places."""
    count = int(scenario.people or 0)
    return _world(scenario, _people(count, np.zeros(count, np.int32)), _no_places(), _pools(1, count))


def closed_cells(scenario: Scenario) -> World:
    """Many towns without names and without travel, each well-mixed; all of one size."""
    cells, size = int(scenario.cells or 0), int(scenario.people or 0)
    town = np.repeat(np.arange(cells, dtype=np.int32), size)
    return _world(scenario, _people(cells * size, town), _no_places(), _pools(cells, size))


def households(scenario: Scenario) -> World:
    """Households of one size whose members meet each other and nobody else."""
    count, size = int(scenario.households or 0), int(scenario.size or 0)
    places = places_of(
        [Setting.HOME],
        [np.full(count, size, np.int64)],
        [np.arange(count * size, dtype=np.int32)],
        [np.zeros(count, np.int16)],
        [np.full(count, NOWHERE, np.int32)],
    )
    people = _people(count * size, np.zeros(count * size, np.int32), places)
    return _world(scenario, people, places, _pools(1, 0))


def _people(count: int, town: np.ndarray[tuple[int], np.dtype[np.int32]], places: Places | None = None) -> People:
    """People of one age, women and men by turns."""
    return People(
        age=np.full(count, AGE, np.uint8),
        sex=(np.arange(count, dtype=np.uint32) & 1).astype(np.uint8),
        town=town,
        district=np.zeros(count, np.int16),
        membership=membership_of(places or _no_places(), count),
        schedule=np.zeros(count, np.uint8),
    )


def _no_places() -> Places:
    """A table of places without a row."""
    return places_of([], [], [], [], [])


def _pools(towns: int, size: int) -> Pools:
    """One pool a town, of the people who follow each other there."""
    return pools_around_the_clock(
        age_group=np.zeros(MOST_AGES, np.uint8),
        group_count=1,
        start=np.arange(towns + 1, dtype=np.int64) * size,
        members=np.arange(towns * size, dtype=np.int32),
        contact_hours=np.full((1, 1), DAY_HOURS if size else 0.0),
    )


def _world(scenario: Scenario, people: People, places: Places, pools: Pools) -> World:
    """A plain world of these parts."""
    shared_hours = np.zeros(len(Setting))
    shared_hours[Setting.HOME] = DAY_HOURS if len(places) else 0.0
    schedules = around_the_clock()
    return freeze(
        World(
            kind=scenario.world.kind,
            seed=scenario.world.seed,
            people=people,
            places=places,
            pools=pools,
            district_pools=no_district_pools(),
            schedules=schedules,
            shared_hours=shared_hours,
            present_hours=present_hours(schedules),
            towns=("",),
            districts=("",),
            sites=(),
            age_groups=("all",),
        )
    )
