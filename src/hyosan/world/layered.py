"""The layered world: households, classes or workplaces and a community, drawn from shares; for measuring speed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.rules.random import Draw, chance_of, purpose_of, use_of
from hyosan.world.assembly import Part, nameless, people_of, places_of_parts, pools_of_neighbours
from hyosan.world.draws import words_of
from hyosan.world.facts import table
from hyosan.world.groups import draw_residents, draw_sizes
from hyosan.world.hours import shared_hours
from hyosan.world.lives import kinds_by_age, kinds_of_teams
from hyosan.world.mixing import pool_of_everybody
from hyosan.world.schedule import DAY_HOURS, present_hours
from hyosan.world.weeks import weeks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.scenario.model import Scenario
    from hyosan.world.schedule import Schedules
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
"""People around somebody in the community at any time, each met as closely as a member of the household; assumed."""

IN_PLACE_OF = {
    Setting.SCHOOL: Setting.CLASS,
    Setting.SITE: Setting.TEAM,
    Setting.SHOP: Setting.COMMUNITY,
    Setting.LEISURE: Setting.COMMUNITY,
    Setting.TRANSPORT: Setting.COMMUNITY,
}
"""Where people are whose week has them in a setting that this world has not."""


def layered(scenario: Scenario) -> World:
    """One town in which households are neighbours, and groups and the community are drawn from everybody."""
    seed, count = scenario.world.seed, int(scenario.people or 0)
    age, chosen = _residents(count, seed)
    homes = _places(Setting.HOME, np.arange(count, dtype=np.int32), seed)
    if scenario.world.schedules == "weeks":
        return _by_weeks(scenario.world.kind, seed, age, chosen, homes)
    # Classes and workplaces are alike here, and so stand in one setting.
    places = places_of_parts([homes, _places(Setting.TEAM, chosen, seed)])
    # Presence is around the clock, so that a hazard per hour is 1 / 24 of that of a day and contact.
    pools = pools_of_neighbours(1, count, CONTACTS * DAY_HOURS)
    return nameless(scenario.world.kind, seed, people_of(age, places), places, pools)


def _by_weeks(kind: str, seed: int, age: NDArray[np.uint8], chosen: NDArray[np.int32], homes: Part) -> World:
    """The world in which everybody lives by a week of the city: pupils in classes, the chosen older ones in teams."""
    pupils = _pupils(age, seed)
    workers = chosen[age[chosen] > _school_ages()[1]]
    classes, teams = _places(Setting.CLASS, pupils, seed), _places(Setting.TEAM, workers, seed)
    places = places_of_parts([homes, classes, teams])
    life = kinds_by_age()[age]
    life[workers] = np.repeat(kinds_of_teams(np.zeros(len(teams.size), bool), seed), teams.size)
    schedule = weeks().choose(life, seed)
    schedules = _in_four_settings(weeks().schedules)
    hours_out = float(present_hours(schedules)[schedule, Setting.COMMUNITY].mean())
    return nameless(
        kind,
        seed,
        people_of(age, places, schedule=schedule),
        places,
        pool_of_everybody(schedule, len(schedules), CONTACTS * hours_out),
        schedules=schedules,
        shared_hours=shared_hours(schedules, schedule, places),
    )


def _school_ages() -> tuple[int, int]:
    """First and last age of pupils [years]."""
    schools = table("schools")
    return min(schools.integers("first_age")), max(schools.integers("last_age"))


def _pupils(age: NDArray[np.uint8], seed: int) -> NDArray[np.int32]:
    """All people of school age, one year after another, in random order inside a year."""
    first, last = _school_ages()
    rows = np.flatnonzero((age >= first) & (age <= last))
    word = words_of(seed, Draw.PUPIL, len(age))
    return rows[np.lexsort((word[rows], age[rows]))].astype(np.int32)


def _in_four_settings(schedules: Schedules) -> Schedules:
    """The schedules in a world that has homes, classes, teams and a community only."""
    settings = schedules.settings.copy()
    for missing, other in IN_PLACE_OF.items():
        settings[schedules.settings == 1 << missing] = 1 << other
    return replace(schedules, settings=settings)


def _residents(count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Everybody's age, and who has a class or workplace, in random order."""
    age, chosen = np.empty(count, np.uint8), np.empty(count, np.int32)
    use = purpose_of(Draw.RESIDENT)
    with_group = draw_residents(0, count, np.int64(seed), use, OLDEST + 1, chance_of(GROUP_SHARE), age, chosen)
    return age, chosen[:with_group]


def _places(setting: Setting, members: NDArray[np.int32], seed: int) -> Part:
    """Households, or classes or teams, of people who follow each other."""
    if setting == Setting.HOME:
        choice = np.repeat(list(HOUSEHOLD_PERCENT), list(HOUSEHOLD_PERCENT.values()))
    else:
        choice = np.array(GROUP_SIZES)
    size = np.empty(len(members) // int(choice.min()) + 1, np.uint8)
    use = use_of(int(Draw.PLACE_SIZE), int(setting), 0)
    count = draw_sizes(0, len(members), np.int64(seed), use, choice, size)
    return Part(setting, size[:count].astype(np.int64), members)
