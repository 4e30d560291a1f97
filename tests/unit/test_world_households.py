"""Households: everybody is in one, sizes are the census', ages are plausible."""

import csv
import os
import subprocess
import sys

import numpy as np
import pytest
from made_world import SIZES, ages_by_household, city, rows_of

import hyosan.world.households as module
from hyosan.rules.codes import Setting
from hyosan.world.facts import table
from hyosan.world.family import compose
from hyosan.world.households import households, size_shares
from hyosan.world.residents import registered, residents

CHILD_AGE = 20


@pytest.mark.parametrize("people", SIZES)
def test_everybody_is_in_exactly_one_household_or_care_home(people):
    world = city(people)
    homes = rows_of(world, Setting.HOME)
    members = world.places.members[: world.places.start[len(homes)]]
    assert (homes == np.arange(len(homes))).all()
    in_care = world.places.setting[world.people.household] == Setting.CARE
    assert (np.sort(members) == np.flatnonzero(~in_care)).all()
    assert (world.people.household[members] == np.repeat(homes, np.diff(world.places.start)[homes])).all()
    district = world.places.district[world.people.household]
    assert (world.people.district == district)[~in_care].all()


@pytest.mark.parametrize("people", SIZES)
def test_no_household_is_of_children_only(people):
    assert all(ages.max() >= CHILD_AGE for ages in ages_by_household(city(people)))


@pytest.mark.parametrize("children", [0, 1, 7, 20])
@pytest.mark.parametrize("adults", [1, 2, 9])
def test_few_adults_take_in_all_children(children, adults):
    people = np.zeros((len(size_shares()), 101, 2), np.int64)
    people[3, 4, 1], people[3, 80, 0] = children, adults
    made = households(people, 1)
    assert made.size.sum() == children + adults
    assert len(made.size) <= adults
    assert all(ages.max() == 80 for ages in np.split(made.age, made.size.cumsum()[:-1]))


def test_sizes_are_those_of_the_census():
    census = np.array(table("households").integers("households"))
    sizes = np.bincount([len(ages) for ages in ages_by_household(city())], minlength=len(census) + 1)[1:]
    assert len(sizes) == len(census)
    assert sizes / sizes.sum() == pytest.approx(census / census.sum(), abs=5e-4)
    assert np.average(np.arange(1, 7), weights=sizes) == pytest.approx(2.21, abs=0.005)


def test_districts_differ_in_size_as_their_registered_households_do():
    listed = registered().sum(axis=(1, 2)) / np.array(table("districts").integers("households"))
    means = [sum(size * share for size, share in enumerate(row, 1)) for row in size_shares()]
    assert np.array(means) / listed == pytest.approx(np.full(len(listed), 2.2098 * 80_146 / 153_816), rel=1e-3)


def test_children_live_with_somebody_of_a_parents_age():
    fits, total, gaps = 0, 0, []
    for ages in ages_by_household(city()):
        for child in ages[ages < CHILD_AGE]:
            gap = ages - child
            fits += ((gap >= 20) & (gap <= 45)).any()
            total += 1
            gaps.append(gap[0])
    assert total == int(registered()[:, :4].sum())
    assert fits / total > 0.98
    assert 28 <= np.median(gaps) <= 34


def test_couples_are_near_in_age():
    world = city()
    pairs = np.array([ages for ages in ages_by_household(world) if len(ages) == 2])
    gap = np.abs(pairs[:, 0] - pairs[:, 1])
    couples = gap <= 15
    assert 0.78 < couples.mean() < 0.88  # 17 % are a parent and a child
    assert np.median(gap[couples]) <= 3
    sizes = np.diff(world.places.start)[rows_of(world, Setting.HOME)]
    first = world.places.start[np.flatnonzero(sizes == 2)[couples]]
    sex = world.people.sex[world.places.members]
    assert (sex[first] != sex[first + 1]).mean() > 0.95


def test_the_old_live_alone_or_as_two():
    """Statistics Korea's life-cycle statistics 2023: of households of the old, 37.8 % are one person, 43.5 % two."""
    sizes = np.array([len(ages) for ages in ages_by_household(city()) if ages.max() >= 65])
    assert (sizes == 1).mean() == pytest.approx(0.378, abs=0.05)
    assert (sizes <= 2).mean() == pytest.approx(0.813, abs=0.05)


def test_the_young_who_keep_house_mostly_live_alone():
    """Statistics Korea's life-cycle statistics 2023: of households of people aged 15 to 39, 56.9 % are one person."""
    sizes = np.array([len(ages) for ages in ages_by_household(city()) if ages.max() < 40])
    assert (sizes == 1).mean() == pytest.approx(0.569, abs=0.05)


def test_any_split_into_ranges_of_districts_makes_the_same_households(monkeypatch):
    people = residents(20_000, 1)
    whole = households(people, 1)

    def by_pieces(first, last, *rest):
        for district in reversed(range(first, last)):
            compose(district, district + 1, *rest)

    monkeypatch.setattr(module, "compose", by_pieces)
    pieces = households(people, 1)
    assert (whole.size == pieces.size).all()
    assert (whole.age == pieces.age).all()
    assert (whole.sex == pieces.sex).all()


def test_interpreted_and_compiled_make_the_same_world():
    program = "from made_world import *; print(digest_of(city(700)))"
    found = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "NUMBA_DISABLE_JIT": switch},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for switch in ("0", "1")
    ]
    assert found[0] == found[1]


def test_sizes_are_those_published(data):
    with data("demography/korea_household_size.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["year"] == "2023"]
    published = [float(row["percent_of_general_households"]) for row in rows]
    counts = table("households").integers("households")
    assert [*counts[:4], counts[4] + counts[5]] == pytest.approx([100 * percent for percent in published])
