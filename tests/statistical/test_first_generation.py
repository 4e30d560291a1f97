"""The reproduction number means what it says where people live by schedules."""

import math

import numpy as np
import pytest
from scipy import stats

from chance import FALSE_ALARM
from hyosan.engine.course import course_of
from hyosan.engine.groundwork import groundwork_of
from hyosan.engine.reproduction import NextGeneration
from hyosan.engine.streams import hazards_of
from hyosan.rules.codes import Setting
from hyosan.scenario.load import load
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build

PEOPLE, SEEDS, RUNS = 20_000, 200, 400
NUMBER = 0.1
"""Low, so that hardly anybody is infected by two."""
WEEK = [f"2026-06-{day:02d}" for day in range(8, 15)]
"""Starts on each day of a week, no holiday in the weeks after: what is expected is an average over the week."""


@pytest.fixture(scope="module")
def first_generation():
    """(Seen, sum of squares, expected): infections by the infected at the start, by age group and setting."""
    seen, squares = np.zeros((2, 16, len(Setting)))
    seeds = np.zeros(16)
    world = matrix = None
    for number, start in enumerate(WEEK):
        changes = {"people": PEOPLE, "start": start, "duration": "14 days", "pathogen.reproduction_number": NUMBER}
        place = {"infected_at_start.where": "anywhere", "infected_at_start.school": None}
        scenario = load("hyosan-influenza", set={**changes, **place, "infected_at_start.count": SEEDS})
        world = build(scenario) if world is None else world
        ground = groundwork_of(scenario, world)
        course = course_of(scenario.pathogen)
        matrix = matrix or NextGeneration(scenario, world, course, hazards_of(scenario, world, course.peak))
        group = world.pools.age_group[world.people.age]
        for seed in range(RUNS):
            infections = Simulation(scenario, world, seed=seed + RUNS * number, groundwork=ground).run().infections()
            first = infections["infectee"][infections["infector"] < 0]
            own = np.isin(infections["infector"], first)
            count = np.zeros((PEOPLE, len(Setting)), np.int64)
            np.add.at(count, (infections["infector"][own], infections["setting"][own]), 1)
            seeds += np.bincount(group[first], minlength=16)
            np.add.at(seen, group[first], count[first])
            np.add.at(squares, group[first], count[first] ** 2)
    # The others infected at the start are drawn from everybody, and cannot be infected.
    left = (PEOPLE - SEEDS) / (PEOPLE - 1)
    expected = np.zeros_like(seen)
    for setting in matrix.rates:
        only = {other: float(other == setting) for other in matrix.rates}
        expected[:, setting] = left * seeds * matrix.matrix(ground.hazard_scale, only).sum(axis=1)
    return seen, squares, expected


def assert_fits(seen, squares, expected, what):
    """A sum of many small independent counts fits; the sum of their squares bounds its variance."""
    z = (seen - expected) / math.sqrt(squares)
    assert 2 * stats.norm.sf(abs(z)) > FALSE_ALARM, f"{what}: {seen:.0f} seen, {expected:.1f} expected (z = {z:.1f})"


def test_infections_of_all_settings_add_up_to_the_row_sums(first_generation):
    """40,000 infections: one part in fifty too many or too few would show."""
    assert_fits(*(table.sum() for table in first_generation), "all")


def test_every_setting_has_its_part(first_generation):
    """Streams that emit at the average hazard, and not at that of the hours there, would have 24 over those hours too
    few: 30 times in a shop. One part in fifteen of the community, which met nobody once, would show too."""
    columns = [table.sum(axis=0) for table in first_generation]
    tried = [setting for setting in Setting if columns[2][setting] > 100]
    assert len(tried) >= 9
    for setting in tried:
        assert_fits(*(column[setting] for column in columns), setting.name)


def test_every_age_group_has_its_row(first_generation):
    """At least 700 infections each: a fifth too few would show, as of pupils or of who lives in a care home."""
    rows = [table.sum(axis=1) for table in first_generation]
    for group in range(16):
        assert_fits(*(row[group] for row in rows), f"age group {group}")
