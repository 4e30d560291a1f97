"""Every entry of the catalogue is complete, sourced, and what others call it by."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime

import pytest

from hyosan.scenario.estimates import WRITTEN
from hyosan.scenario.load import from_table, load, pathogen_names, scenario_names, text_of
from hyosan.scenario.model import resolved
from hyosan.scenario.walking import BuildingScenario
from hyosan.units import day, minute

BUILDINGS = {name for name in scenario_names() if isinstance(load(name), BuildingScenario)}
"""Scenarios without a pathogen."""


def sources(value, path=""):
    """(Path, source) of everything below a table that has one."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "source":
                yield path, each
            yield from sources(each, f"{path}.{key}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from sources(each, f"{path}[{number}]")


@pytest.mark.parametrize("name", scenario_names())
def test_a_scenario_is_complete_and_can_be_read_back(name):
    scenario = load(name)
    assert scenario.name == name
    assert scenario.title
    assert len(scenario.description) > 80
    assert text_of(name).startswith("# ")
    assert from_table(resolved(scenario)) == scenario
    own = tomllib.loads(text_of(name))
    assert own["name"] == name
    assert own["title"]


@pytest.mark.parametrize("name", pathogen_names())
def test_a_pathogen_is_complete_in_every_scenario(name):
    # Households have no place for a reproduction number, and hunters from the start need those who hunt at once.
    for scenario in set(scenario_names()) - {"households", "szr"} - BUILDINGS:
        # What is ordered against hunters has no meaning without them.
        changes = {"pathogen": name, "step": "1 minute", "interventions": []}
        assert load(scenario, set=changes).pathogen.name == name
    pathogen = load("well-mixed", set={"pathogen": name}).pathogen
    assert pathogen.title
    assert pathogen.description
    assert (pathogen.reproduction_number is None) == (pathogen.bite is not None)


@pytest.mark.parametrize("name", [*scenario_names(), *pathogen_names()])
def test_every_number_about_nature_has_a_source(name):
    scenario = load(name) if name in scenario_names() else load("well-mixed", set={"pathogen": name})
    found = dict(sources(resolved(scenario)))
    assert len(found) >= (2 if name in BUILDINGS else 3)
    for path, source in found.items():
        assert source != WRITTEN, path
        assert re.match(r"doi:10\.\d{4,5}/\S+$|assumed: .{8,}|fiction: hyosan|fiction: Alemi", source), path


def test_the_fixed_scenarios_have_the_fixed_keys():
    hyosan = load("hyosan")
    assert (hyosan.world.kind, hyosan.people, hyosan.duration) == ("city", 153_816, 14 * day)
    begun = hyosan.infected_at_start
    assert (begun.count, begun.where, begun.school, begun.by) == (1, "one class", "Hyosan High School", "animal")
    assert (hyosan.pathogen.name, hyosan.step, hyosan.start) == ("jonas", 10 * minute, datetime(2026, 3, 2, 10))

    influenza = load("hyosan-influenza")
    assert (influenza.world.kind, influenza.people, influenza.duration) == ("city", 153_816, 180 * day)
    begun = influenza.infected_at_start
    assert (begun.count, begun.where, begun.school) == (3, "one class", "Hyosan High School")
    assert (influenza.pathogen.name, influenza.step) == ("influenza-h1n1-2009", day)

    szr = load("szr")
    assert (szr.world.kind, szr.people, szr.hunters, szr.people_in_all) == ("well-mixed", 199, 1, 200)
    assert load("szr", set={"pathogen.alpha": 0.6}).pathogen.alpha.value == 0.6

    mixed = load("well-mixed", set={"people": 50, "infected_at_start": 2, "pathogen.reproduction_number": 1.5})
    assert (mixed.world.kind, mixed.people, mixed.end_when_over) == ("well-mixed", 50, True)
    assert list(mixed.pathogen.states) == ["exposed", "infectious", "recovered"]

    cells = load("closed-cells", set={"cells": 7, "people": 5, "infected_at_start": 2})
    assert (cells.world.kind, cells.people_in_all, cells.infected_at_start.count) == ("closed-cells", 35, 2)
    for law in ("{distribution='erlang', mean='2 days', stages=2}", "{distribution='fixed', mean='2 days'}"):
        assert load("closed-cells", set={"pathogen.infectious_period": law}).pathogen.infectious_period.mean == 2 * day

    homes = load("households", set={"households": 9, "size": 4, "pair_probability": 0.5})
    assert (homes.world.kind, homes.people_in_all, homes.pair_probability) == ("households", 36, 0.5)


@pytest.mark.parametrize("name", [name for name in scenario_names() if name.startswith("hyosan-")])
def test_a_respiratory_outbreak_takes_nothing_from_the_story(name):
    scenario = load(name)
    assert scenario.start == datetime(2026, 3, 2)
    assert (scenario.step, scenario.records.counts, scenario.interventions) == (day, day, ())
    assert scenario.infected_at_start.by == "somebody"
    assert scenario.pathogen.routes


def test_measles_meets_immunity_and_mers_is_imported():
    measles = load("hyosan-measles")
    assert all(0 < measles.immune_at_start.at(age) < 1 for age in range(101))
    assert load("hyosan-mers").importations.per_day > 0
    assert load("hyosan-mers").infected_at_start.count == 0


def test_the_benchmark_scales_with_its_people():
    city = load("benchmark-city")
    assert (city.world.kind, city.people, city.duration, city.step) == ("layered", 100_000, 180 * day, day)
    for people, infected in ((1, 1), (20_000, 2), (1_000_000, 100), (10_000_000, 1000)):
        assert load("benchmark-city", set={"people": people}).infected_of_a_group == infected
    assert load("benchmark-city", set={"infected_at_start": 5}).infected_of_a_group == 5
