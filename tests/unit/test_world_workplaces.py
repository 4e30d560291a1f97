"""Workplaces: who is at work, sizes of workplaces, teams."""

import csv

import numpy as np
import pytest
from made_world import SIZES, city, rows_of

from chance import assert_share
from hyosan.rules.codes import Setting
from hyosan.world.facts import table
from hyosan.world.residents import registered
from hyosan.world.workplaces import LARGEST_TEAM, employment, teams, workplace_sizes
from hyosan.world.world import NOWHERE


@pytest.mark.parametrize("people", SIZES)
def test_no_child_is_in_a_team_and_no_pupil_works(people):
    world = city(people)
    at_work = world.people.team != NOWHERE
    assert not at_work[world.people.age < 18].any()
    both = at_work & (world.people.school_class != NOWHERE)
    assert (world.people.age[both] >= 23).all()  # teachers


def test_as_many_work_as_the_shares_by_age_say():
    world = city()
    age, at_work = world.people.age, world.people.team != NOWHERE
    chance = employment() / 2**30
    for first, last, _ in table("employment").rows:
        group = (age >= int(first)) & (age <= int(last))
        assert_share(at_work[group].sum(), group.sum(), chance[int(first)])


def test_teams_are_small_and_of_nearly_equal_size():
    world = city()
    rows = rows_of(world, Setting.TEAM)
    sizes = np.diff(world.places.start)[rows]
    assert sizes.min() >= 1
    assert sizes.max() <= LARGEST_TEAM
    large = world.places.site[rows] != NOWHERE
    for site in np.unique(world.places.site[rows][large])[:200]:
        of_site = sizes[world.places.site[rows] == site]
        assert np.ptp(of_site) <= 1


@pytest.mark.parametrize("workers", [0, 1, 2, 5, 19, 1000, 70_000, 1_000_000])
def test_workplaces_hold_exactly_the_workers(workers):
    sizes = workplace_sizes(workers, 1)
    assert sizes.sum() == workers
    assert (sizes >= 1).all()
    assert teams(sizes)[0].sum() == workers


def test_workplaces_are_as_large_as_in_the_country():
    sizes = workplace_sizes(2_000_000, 1)
    bands = np.histogram(sizes, [1, 5, 100, 300, 10_000])[0] / len(sizes)
    assert bands == pytest.approx([0.8127, 0.18281, 0.00358, 0.00091], abs=2e-3)
    # 25,321,526 workers in 6,238,580 establishments (2023), and about 4.7 a workplace when the bands were counted.
    assert 4.0 < sizes.mean() < 5.5


def test_employment_by_age_gives_the_published_shares_of_the_country(data):
    with data("demography/korea_population_age_sex_2024-06.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    people = np.zeros(101)
    for row in rows:
        first = int(row["age_group"][:-1].split("-")[0])
        years = slice(first, first + 5) if first < 100 else slice(100, 101)
        people[years] += int(row["population"]) / (5 if first < 100 else 1)
    chance = employment() / 2**30
    for first, last, share in ((15, 39, 0.567), (40, 64, 0.676), (65, 100, 0.329)):
        ages = slice(first, last + 1)
        assert np.average(chance[ages], weights=people[ages]) == pytest.approx(share, abs=0.005)


def test_workplaces_are_those_published(data):
    with data("demography/korea_workplace_size.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    bands = table("workplaces")
    low, high, count = (np.array(bands.integers(name)) for name in bands.columns)
    korea = {
        row["workers_band"]: float(row["share_of_establishments"]) for row in rows if row["place"] == "South Korea"
    }
    for band, first, last in (("1-4", 1, 4), ("5-99", 5, 99), ("100-299", 100, 299), ("300+", 300, 9999)):
        inside = (low >= first) & (high <= last)
        assert count[inside].sum() / 1e6 == pytest.approx(korea[band], abs=2e-5)
    for row in rows:
        if row["place"] == "Daegu Seo-gu" and row["workers_band"] in (
            "1-4",
            "5-9",
            "10-19",
            "20-49",
            "50-99",
            "100-299",
        ):
            first, last = map(int, row["workers_band"].split("-"))
            inside = (low >= first) & (high <= last)
            mean = np.average((low + high)[inside] / 2, weights=count[inside])
            assert mean == pytest.approx(int(row["workers"]) / int(row["establishments"]), rel=0.03)


def test_the_residents_are_a_city_of_workers_like_the_country():
    share = (city().people.team != NOWHERE).sum() / registered().sum()
    assert share == pytest.approx(25_321_526 / 51_271_480, abs=0.03)
