"""Residents: the public counts are met exactly."""

import csv

import numpy as np
import pytest
from made_world import ANDONG, SIZES, city

from hyosan.world.facts import TABLES, table
from hyosan.world.residents import districts, registered, residents, scaled


def _cells(world):
    """People of a world by district, age group and sex."""
    people = world.people
    counts = np.zeros((len(world.districts), 21, 2), np.int64)
    np.add.at(counts, (people.district, np.minimum(people.age // 5, 20), people.sex), 1)
    return counts


def test_every_table_says_where_it_comes_from():
    for name in TABLES:
        facts = table(name)
        assert all((facts.office, facts.title, facts.date, facts.reshaped))
        assert all(len(row) == len(facts.columns) for row in facts.rows)


def test_the_city_of_the_registered_size_has_the_registered_residents():
    assert (_cells(city()) == registered()).all()


@pytest.mark.parametrize("people", [*SIZES, 1_000_000, 51_271_480])
def test_no_cell_of_another_size_is_off_by_more_than_one(people):
    cells = scaled(people)
    assert cells.sum() == people
    assert (cells >= 0).all()
    exact = registered() * (people / ANDONG)
    assert np.abs(cells - exact).max() <= 1 + 1e-9
    assert np.abs(cells.sum(axis=(0, 2)) - exact.sum(axis=(0, 2))).max() <= 2 + 1e-9


def test_the_only_resident_is_of_the_age_in_the_middle():
    ages = np.repeat(np.arange(21), registered().sum(axis=(0, 2)))
    assert np.flatnonzero(scaled(1).sum(axis=(0, 2))).tolist() == [np.median(ages)]


@pytest.mark.parametrize("people", SIZES)
def test_single_years_add_up_to_age_groups_and_are_even(people):
    single = residents(people, 1)
    assert single.sum() == people
    groups = single[:, :100].reshape(len(single), 20, 5, 2)
    assert (groups.max(axis=2) - groups.min(axis=2)).max() <= 1


def test_which_year_has_one_more_depends_on_the_seed():
    assert (residents(ANDONG, 1) != residents(ANDONG, 2)).any()


def test_residents_are_those_of_the_register(data):
    sexes = {"F": 0, "M": 1}
    found = np.zeros_like(registered())
    with data("demography/andong_population_dong_age_sex_2024-06.csv").open(encoding="utf-8") as lines:
        header, *rows = csv.reader(lines)
    names = list(dict.fromkeys(row[2] for row in rows))
    for row in rows:
        found[names.index(row[2]), :, sexes[row[3]]] = [int(entry) for entry in row[4:]]
    assert header[4:] == table("residents").column("age_group")[:21]
    assert (found == registered()).all()
    with data("demography/andong_dong_statistics_2024-06.csv").open(encoding="utf-8") as lines:
        households = {row["dong_ko"]: int(row["households"]) for row in csv.DictReader(lines)}
    assert [households[name] for name in names] == table("districts").integers("households")
    assert len(districts()) == len(names)
