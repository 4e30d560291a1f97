"""The layered world: households, classes or workplaces and a community, drawn from shares; for measuring speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.rules.random import Draw, chance_of, use_of
from hyosan.world.assembly import Part, nameless, people_of, places_of_parts, pools_of_neighbours
from hyosan.world.groups import draw_residents, draw_sizes
from hyosan.world.schedule import DAY_HOURS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World

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


def layered(scenario: Scenario) -> World:
    """One town in which households are neighbours, and groups and the community are drawn from everybody."""
    seed, count = scenario.world.seed, int(scenario.people or 0)
    age, chosen = _residents(count, seed)
    # Classes and workplaces are alike here, and so stand in one setting.
    places = places_of_parts(
        [
            Part(Setting.HOME, _sizes(Setting.HOME, count, seed), np.arange(count, dtype=np.int32)),
            Part(Setting.TEAM, _sizes(Setting.TEAM, len(chosen), seed), chosen),
        ]
    )
    people = people_of(age, places)
    # Presence is around the clock, so that a hazard per hour is 1 / 24 of that of a day and contact.
    return nameless(scenario.world.kind, seed, people, places, pools_of_neighbours(1, count, CONTACTS * DAY_HOURS))


def _residents(count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Everybody's age, and who has a class or workplace, in random order."""
    age, chosen = np.empty(count, np.uint8), np.empty(count, np.int32)
    use = use_of(int(Draw.RESIDENT), 0, 0)
    with_group = draw_residents(0, count, np.int64(seed), use, OLDEST + 1, chance_of(GROUP_SHARE), age, chosen)
    return age, chosen[:with_group]


def _sizes(setting: Setting, people: int, seed: int) -> NDArray[np.int64]:
    """Sizes of the places of a setting, which hold these people together, (places,)."""
    if setting == Setting.HOME:
        choice = np.repeat(list(HOUSEHOLD_PERCENT), list(HOUSEHOLD_PERCENT.values()))
    else:
        choice = np.array(GROUP_SIZES)
    size = np.empty(people // int(choice.min()) + 1, np.uint8)
    use = use_of(int(Draw.PLACE_SIZE), int(setting), 0)
    return size[: draw_sizes(0, people, np.int64(seed), use, choice, size)].astype(np.int64)
