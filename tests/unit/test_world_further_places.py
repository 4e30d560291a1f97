"""Hospitals, care homes and lines: who is in them, how many there are, how large they are."""

import csv

import numpy as np
import pytest
from made_world import ANDONG, SIZES, city, rows_of

from hyosan.rules.codes import Setting
from hyosan.world.care import MEAN_SIZE, SMALLEST, care_homes, in_care
from hyosan.world.facts import table
from hyosan.world.hospitals import WARD_BEDS
from hyosan.world.lines import VEHICLE, WINDOW, departures
from hyosan.world.residents import residents
from hyosan.world.world import NOWHERE


def _members(world, row):
    return world.places.members[world.places.start[row] : world.places.start[row + 1]]


@pytest.mark.parametrize("people", SIZES)
def test_there_are_as_many_beds_as_in_the_country(people):
    world = city(people)
    rows = rows_of(world, Setting.HOSPITAL)
    beds = (world.places.capacity - np.diff(world.places.start))[rows]
    assert beds.sum() == (people * 128 + 5000) // 10_000
    assert beds.max(initial=0) <= WARD_BEDS
    assert len(rows) == -(-beds.sum() // WARD_BEDS)


def test_wards_have_a_staff_around_the_clock_and_hospitals_a_name():
    world = city()
    hours = world.present_hours[world.people.schedule]
    names = {world.sites[site] for site in world.places.site[rows_of(world, Setting.HOSPITAL)]}
    assert "Hyosan General Hospital" in names
    assert all("Hospital" in name for name in names)
    for row in rows_of(world, Setting.HOSPITAL):
        staff = _members(world, row)
        assert (world.places.parent[world.people.team[staff]] == row).all()
        assert ((world.people.age[staff] >= 20) & (world.people.age[staff] < 65)).all()
        assert (hours[staff, Setting.HOSPITAL] > 0).all()
    # Shifts cover the week: at any minute somebody of all wards is at work.
    on = np.zeros(len(world.schedules), bool)
    on[np.unique(world.people.schedule[hours[:, Setting.HOSPITAL] > 0])] = True
    schedules = world.schedules
    for weekday in range(7):
        for minute in range(0, 1440, 5):
            rows = [
                schedules.start[7 * s + weekday]
                + np.searchsorted(
                    schedules.until[schedules.start[7 * s + weekday] : schedules.start[7 * s + weekday + 1]],
                    minute * 60,
                    "right",
                )
                for s in np.flatnonzero(on)
            ]
            assert (schedules.settings[rows] == 1 << Setting.HOSPITAL).any()


def test_the_old_live_in_care_homes_as_the_shares_by_age_say():
    people = residents(ANDONG, 1)
    taken = in_care(people)
    assert (taken >= 0).all()
    assert (taken <= people).all()
    for first, last, per_mille in table("care").rows:
        ages = slice(int(first), int(last) + 1)
        assert taken[:, ages].sum() == pytest.approx(people[:, ages].sum() * int(per_mille) / 1000, abs=1)
    assert not taken[:, :75].any()
    world = city()
    in_home = world.places.setting[world.people.household] == Setting.CARE
    found = np.zeros_like(taken)
    where = (world.people.district, world.people.age, world.people.sex)
    np.add.at(found, tuple(axis[in_home] for axis in where), 1)
    assert (found == taken).all()


def test_the_shares_by_age_give_the_countrys_residents_of_care_homes(data):
    with data("demography/korea_population_age_sex_2024-06.csv").open(encoding="utf-8") as lines:
        ages = [(int(row["age_group"][:-1].split("-")[0]), int(row["population"])) for row in csv.DictReader(lines)]
    total = sum(
        count * int(share) / 1000
        for first, last, share in table("care").rows
        for age, count in ages
        if int(first) <= age <= int(last)
    )
    assert total == pytest.approx(0.85 * 270_000, rel=0.02)


@pytest.mark.parametrize("people", [20_000, ANDONG])
def test_care_homes_are_of_usual_sizes_with_a_staff(people):
    world = city(people)
    lives = world.people.household
    sizes = []
    for row in rows_of(world, Setting.CARE):
        members = _members(world, row)
        old = lives[members] == row
        sizes.append(old.sum())
        assert (world.people.age[members[old]] >= 75).all()
        assert (world.people.team[members[old]] == NOWHERE).all()
        assert (world.places.parent[world.people.team[members[~old]]] == row).all()
        assert (~old).sum() == pytest.approx(0.55 * old.sum(), abs=2)
    assert min(sizes) >= SMALLEST - 2
    assert max(sizes) <= 80
    assert np.mean(sizes) == pytest.approx(MEAN_SIZE, rel=0.3)


def test_nobody_leaves_the_children_of_a_district_alone():
    people = np.zeros((2, 101, 2), np.int64)
    people[0, 5, 0], people[0, 95, 0] = 3, 10
    people[1, 90, 1] = 1000
    taken = in_care(people)
    assert not taken[0].any() or taken[0, 95, 0] < 10
    assert taken[1].sum() == 160
    people[0, 95, 0] = 1
    assert not in_care(people)[0].any()
    assert not in_care(people[:1]).any()


def test_no_residents_make_no_homes():
    none = np.zeros(0, np.int64)
    homes, others = care_homes(none, np.zeros(3, np.uint8), np.zeros(3, np.int16), np.arange(3))
    assert len(homes) == 0
    assert others.tolist() == [0, 1, 2]


@pytest.mark.parametrize("people", SIZES)
def test_vehicles_hold_those_who_set_out_at_the_same_time(people):
    world = city(people)
    window = departures(world.schedules) // WINDOW
    rows = rows_of(world, Setting.TRANSPORT)
    assert np.diff(world.places.start)[rows].max(initial=0) <= VEHICLE
    for row in rows:
        riders = _members(world, row)
        assert len(set(window[world.people.schedule[riders]])) == 1
    if people == ANDONG:
        districts = [len(set(world.people.district[_members(world, row)])) for row in rows]
        assert np.median(districts) <= 2


def test_as_many_ride_to_work_as_the_census_counts():
    world = city()
    at_work = world.people.team != NOWHERE
    assert (world.people.line[at_work] != NOWHERE).mean() == pytest.approx(0.134, abs=0.01)
