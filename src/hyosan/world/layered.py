"""The layered world: households, classes or workplaces and a community, drawn from shares; for measuring speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.rules.random import Draw, chance_of, use_of
from hyosan.world.assembly import freeze, membership_of, no_district_pools, places_of, pools_around_the_clock
from hyosan.world.groups import draw_residents, draw_sizes
from hyosan.world.schedule import around_the_clock, present_hours
from hyosan.world.world import MOST_AGES, NOWHERE, People, Places, Pools, World

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.scenario.model import Scenario

HOUSEHOLD_PERCENT = {1: 18, 2: 28, 3: 19, 4: 20, 5: 10, 6: 5}
"""Households of each size; assumed, of mean 2.91, as peers are measured with."""

GROUP_SHARE = 0.75
"""People with a class or workplace; assumed."""

GROUP_SIZES = range(5, 36)
"""Members of a class or workplace, each size with the same chance; assumed."""

OLDEST = 89
"""Ages are 0 to 89, each with the same chance; assumed [years]."""

CONTACTS = 20
"""People met in the community a day, each as long as a member of the household; assumed."""

DAY_HOURS = 24.0
"""Presence around the clock, so that a hazard per hour is 1 / 24 of that of a day and contact."""


def layered(scenario: Scenario) -> World:
    """One town in which households are neighbours, and groups and the community are drawn from everybody."""
    seed, count = scenario.world.seed, int(scenario.people or 0)
    age, chosen = _residents(count, seed)
    # Classes and workplaces are alike here, and so stand in one setting.
    places = _places(_sizes(Setting.HOME, count, seed), _sizes(Setting.TEAM, len(chosen), seed), chosen)
    people = People(
        age=age,
        sex=(np.arange(count, dtype=np.uint32) & 1).astype(np.uint8),
        town=np.zeros(count, np.int32),
        district=np.zeros(count, np.int16),
        membership=membership_of(places, count),
        schedule=np.zeros(count, np.uint8),
    )
    schedules = around_the_clock()
    shared_hours = np.zeros(len(Setting))
    shared_hours[[Setting.HOME, Setting.TEAM]] = DAY_HOURS
    return freeze(
        World(
            kind=scenario.world.kind,
            seed=seed,
            people=people,
            places=places,
            pools=_pool(count),
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


def _residents(count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Everybody's age, and who has a class or workplace, in random order."""
    age, chosen = np.empty(count, np.uint8), np.empty(count, np.int32)
    use = use_of(int(Draw.RESIDENT), 0, 0)
    with_group = draw_residents(0, count, np.int64(seed), use, OLDEST + 1, chance_of(GROUP_SHARE), age, chosen)
    return age, chosen[:with_group]


def _sizes(setting: Setting, people: int, seed: int) -> NDArray[np.uint8]:
    """Sizes of the places of a setting, which hold these people together, (places,)."""
    if setting == Setting.HOME:
        choice = np.repeat(list(HOUSEHOLD_PERCENT), list(HOUSEHOLD_PERCENT.values()))
    else:
        choice = np.array(GROUP_SIZES)
    size = np.empty(people // int(choice.min()) + 1, np.uint8)
    use = use_of(int(Draw.PLACE_SIZE), int(setting), 0)
    return size[: draw_sizes(0, people, np.int64(seed), use, choice, size)]


def _places(homes: NDArray[np.uint8], groups: NDArray[np.uint8], chosen: NDArray[np.int32]) -> Places:
    """Households of people who follow each other, then groups of the chosen who follow each other."""
    return places_of(
        [Setting.HOME, Setting.TEAM],
        [homes.astype(np.int64), groups.astype(np.int64)],
        [np.arange(homes.sum(dtype=np.int64), dtype=np.int32), chosen],
        [np.zeros(len(homes), np.int16), np.zeros(len(groups), np.int16)],
        [np.full(len(homes), NOWHERE, np.int32), np.full(len(groups), NOWHERE, np.int32)],
    )


def _pool(count: int) -> Pools:
    """One pool of everybody, so that community contacts are uniform over all."""
    return pools_around_the_clock(
        np.zeros(MOST_AGES, np.uint8),
        1,
        np.array([0, count], np.int64),
        np.arange(count, dtype=np.int32),
        np.full((1, 1), CONTACTS * DAY_HOURS),
    )
