"""Mixing: pools hold everybody once, contacts are reciprocal, hours are exact sums."""

import csv
import gzip

import numpy as np
import pytest
from made_world import SIZES, city

from hyosan.world.facts import table
from hyosan.world.mixing import UNITS, contact_hours

HOURS = {"1": 2.5 / 60, "2": 10 / 60, "3": 37.5 / 60, "4": 2.5, "5": 6.0}


@pytest.mark.parametrize("people", SIZES)
def test_pools_hold_everybody_once_by_age_group(people):
    pools, age = city(people).pools, city(people).people.age
    assert (np.sort(pools.members) == np.arange(people)).all()
    groups = np.repeat(np.arange(pools.group_count), np.diff(pools.start))
    assert (pools.age_group[age[pools.members]] == groups).all()
    assert pools.group_count == len(city(people).age_groups) == 16


@pytest.mark.parametrize("people", SIZES)
def test_pools_stand_in_the_order_of_schedules(people):
    world = city(people)
    pools, shops, schedule = world.pools, world.district_pools, world.people.schedule
    count = len(world.schedules)
    assert (pools.schedule_start[:, 0] == pools.start[:-1]).all()
    assert (pools.schedule_start[:, -1] == pools.start[1:]).all()
    assert shops.start.shape == (len(world.districts), count + 1)
    assert (shops.start[1:, 0] == shops.start[:-1, -1]).all()
    assert (shops.start[0, 0], shops.start[-1, -1]) == (0, people)
    assert (np.sort(shops.members) == np.arange(people)).all()
    for start, members in ((pools.schedule_start, pools.members), (shops.start, shops.members)):
        sizes = np.diff(start, axis=1)
        assert (sizes >= 0).all()
        assert (schedule[members] == np.repeat(np.tile(np.arange(count), len(start)), sizes.ravel())).all()
    districts = np.repeat(np.arange(len(world.districts)), np.diff(shops.start).sum(axis=1))
    assert (world.people.district[shops.members] == districts).all()


@pytest.mark.parametrize("people", SIZES)
def test_two_groups_spend_the_same_hours_with_each_other(people):
    pools = city(people).pools
    total = pools.contact_hours * np.diff(pools.start)[:, None]
    assert total == pytest.approx(total.T, rel=1e-6, abs=1e-3)


def test_nobody_meets_an_empty_group():
    hours = contact_hours(np.array([0, 5, *[0] * 13, 7]))
    assert not hours[0].any()
    assert not hours[:, 0].any()
    assert hours[1, 15] * 5 == pytest.approx(hours[15, 1] * 7)


def test_sums_of_hours_do_not_depend_on_their_order():
    hours = city().pools.contact_hours
    assert (hours * UNITS == np.rint(hours * UNITS)).all()
    assert (hours.sum(axis=1) == hours[:, ::-1].cumsum(axis=1)[:, -1]).all()


def test_groups_of_the_surveys_shares_keep_the_reported_hours():
    reported = np.array([[float(entry) for entry in row[1:]] for row in table("community").rows])
    people = np.full(16, 1000)
    assert contact_hours(people).sum() == pytest.approx(reported.sum(), rel=1e-6)


def _rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def test_community_hours_are_those_of_the_diaries(data):
    group, weight = {}, {}
    days = {"0": 0, "6": 0, "": 0, "weekday": 0}
    for row in _rows(data("matrices/polymod_participants.csv.gz")):
        if row["part_age_exact"]:
            day = row["dayofweek"].removesuffix(".0")
            key = day if day in ("0", "6", "") else "weekday"
            days[key] += 1
            group[row["part_id"]] = min(int(float(row["part_age_exact"])) // 5, 15)
            weight[row["part_id"]] = key
    known = days["0"] + days["6"] + days["weekday"]
    end = 2 / 7 * known / (days["0"] + days["6"])
    factor = {"0": end, "6": end, "": 1.0, "weekday": 5 / 7 * known / days["weekday"]}
    people, hours, ages = np.zeros(16), np.zeros(16), np.zeros((16, 16))
    for part, where in group.items():
        people[where] += factor[weight[part]]
    kept = []
    for row in _rows(data("matrices/polymod_contacts.csv.gz")):
        places = {name for name in row if name.startswith("cnt_") and row[name] in ("1", "1.0")}
        outside = {"cnt_transport", "cnt_leisure", "cnt_otherplace"}
        if row["part_id"] in group and places & outside and not places & {"cnt_home", "cnt_work", "cnt_school"}:
            kept.append(row)
    unknown = np.mean([HOURS[d] for row in kept if (d := row["duration_multi"].removesuffix(".0")) in HOURS])
    for row in kept:
        spent = HOURS.get(row["duration_multi"].removesuffix(".0"), unknown)
        spent *= factor[weight[row["part_id"]]]
        mine = group[row["part_id"]]
        hours[mine] += spent
        limits = (
            [row["cnt_age_exact"]] * 2 if row["cnt_age_exact"] else [row["cnt_age_est_min"], row["cnt_age_est_max"]]
        )
        if all(limits):
            ages[mine, min(int(sum(map(float, limits)) / 2) // 5, 15)] += spent
    expected = ages / ages.sum(axis=1, keepdims=True) * (hours / people)[:, None]
    table_hours = np.array([[float(entry) for entry in row[1:]] for row in table("community").rows])
    assert table_hours == pytest.approx(expected, abs=1e-3)
