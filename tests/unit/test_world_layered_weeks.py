"""The layered world by weeks: everybody has the place that the week says, and the hours of a day add up.

Each assertion about chance fails with `chance.FALSE_ALARM`, 1e-6, though the law holds.
"""

import numpy as np
import pytest
from made_world import arrays_of, digest_of

from chance import assert_counts, assert_share
from hyosan.rules.codes import Setting
from hyosan.scenario.load import load
from hyosan.simulation import Simulation
from hyosan.world.layered import CONTACTS
from hyosan.world.synthesis import build
from hyosan.world.weeks import weeks
from hyosan.world.world import NOWHERE

PEOPLE = 200_000
FOUR = [Setting.HOME, Setting.CLASS, Setting.TEAM, Setting.COMMUNITY]


def _plan(people, **changes):
    return load("benchmark-city", set={"people": people, "world.schedules": "weeks", **changes})


def _world(people, seed=1):
    return build(_plan(people, **{"world.seed": seed}))


@pytest.fixture(scope="module")
def world():
    return _world(PEOPLE)


def _hours(world):
    return world.present_hours[world.people.schedule]


def _places(world, setting):
    """Members of each place of a setting."""
    rows = np.flatnonzero(world.places.setting == setting)
    return [world.places.members[world.places.start[row] : world.places.start[row + 1]] for row in rows]


def _names(world):
    """Schedule of everybody without its variant."""
    return np.array([name.rpartition(", ")[0] for name in world.schedules.names])[world.people.schedule]


@pytest.mark.parametrize("people", [1, 2, 7, 10_000])
def test_everybody_has_the_place_that_the_week_says(people):
    for seed in range(5):
        world = _world(people, seed)
        hours, age = _hours(world), world.people.age
        assert ((hours[:, Setting.CLASS] > 0) == (world.people.school_class != NOWHERE)).all()
        assert ((hours[:, Setting.TEAM] > 0) == (world.people.team != NOWHERE)).all()
        assert ((age >= 6) & (age <= 17) == (world.people.school_class != NOWHERE)).all()
        assert (age[world.people.team != NOWHERE] >= 18).all()
        assert (world.people.household != NOWHERE).all()
        assert world.pools.start.tolist() == [0, people]
        assert sorted(world.pools.members) == list(range(people))


def test_hours_in_the_four_settings_add_up_to_a_day(world):
    hours = _hours(world)[:, FOUR]
    assert hours.sum(axis=1) == pytest.approx(24)
    assert (hours[:, 0] > 0).all()
    assert (hours[:, 3] > 0).all()


def test_hours_are_those_of_the_citys_weeks_with_breaks_in_class_and_shops_outside(world):
    city, here = weeks().schedules, world.present_hours
    assert world.schedules.names == city.names
    week = {setting: np.zeros(len(city)) for setting in Setting}
    begun = np.concatenate([[0], city.until[:-1]]) % 86_400
    schedule = np.repeat(np.arange(7 * len(city)) // 7, np.diff(city.start))
    for setting in Setting:
        inside = city.settings == 1 << setting
        np.add.at(week[setting], schedule[inside], (city.until - begun)[inside] / (7 * 3600))
    out = (Setting.COMMUNITY, Setting.SHOP, Setting.LEISURE, Setting.TRANSPORT)
    assert here[:, Setting.HOME] == pytest.approx(week[Setting.HOME])
    assert here[:, Setting.CLASS] == pytest.approx(week[Setting.CLASS] + week[Setting.SCHOOL])
    assert here[:, Setting.TEAM] == pytest.approx(week[Setting.TEAM] + week[Setting.SITE])
    assert here[:, Setting.COMMUNITY] == pytest.approx(sum(week[setting] for setting in out))


def test_ages_and_households_are_those_of_the_world_around_the_clock(world):
    plain = build(load("benchmark-city", set={"people": PEOPLE}))
    assert (world.people.age == plain.people.age).all()
    assert (world.people.household == plain.people.household).all()
    # At work are those of the same group of people who are old enough.
    grown = plain.people.age >= 18
    assert ((world.people.team != NOWHERE) == (plain.people.team != NOWHERE) & grown).all()
    assert_share((world.people.team != NOWHERE).sum(), int(grown.sum()), 0.75)


def test_classes_are_of_one_year_of_age_and_of_5_to_35(world):
    classes = _places(world, Setting.CLASS)
    mixed = sum(len(np.unique(world.people.age[members])) > 1 for members in classes)
    assert mixed <= 11
    assert_counts(np.bincount([len(members) for members in classes[:-1]], minlength=36)[5:], np.full(31, 1 / 31))
    assert_counts(
        np.bincount([len(members) for members in _places(world, Setting.TEAM)[:-1]], minlength=36)[5:],
        np.full(31, 1 / 31),
    )


def test_pupils_live_by_the_week_of_their_level_and_a_team_begins_together(world):
    names, age = _names(world), world.people.age
    for level, first, last in (("elementary", 6, 11), ("middle", 12, 14), ("high", 15, 17)):
        assert set(names[(age >= first) & (age <= last)]) == {f"pupil, {level} school"}
    for members in _places(world, Setting.TEAM)[:300]:
        assert len(set(names[members])) == 1
        assert "worker" in names[members[0]]
    idle = world.people.team == NOWHERE
    for kind, first, last in (("small child", 0, 5), ("student", 18, 24), ("at home", 25, 64), ("retired", 65, 89)):
        assert set(names[idle & (age >= first) & (age <= last)]) == {kind}


def test_whoever_is_out_is_among_20_people(world):
    out = _hours(world)[:, Setting.COMMUNITY].mean()
    assert world.pools.contact_hours[0, 0] == pytest.approx(CONTACTS * out)


def test_shared_hours_are_shorter_than_those_around_the_clock(world):
    shared = world.shared_hours[FOUR]
    assert shared == pytest.approx([14.7, 5.0, 5.6, 0.0], abs=0.1)
    assert not np.delete(world.shared_hours, FOUR).any()


def test_the_same_seed_makes_the_same_world_and_no_run_writes_into_it():
    one, same, other = _world(3000), _world(3000), _world(3000, seed=2)
    assert digest_of(one) == digest_of(same) != digest_of(other)
    for values in arrays_of(one).values():
        assert not values.flags.writeable
        assert values.flags.c_contiguous


def test_around_the_clock_is_what_there_is_without_the_key():
    said = load("benchmark-city", set={"people": 3000, "world.schedules": "around the clock"})
    assert digest_of(build(said)) == digest_of(build(load("benchmark-city", set={"people": 3000})))


@pytest.mark.parametrize("people", [1, 2, 7])
def test_a_few_people_run(people):
    plan = _plan(people)
    run = Simulation(plan, build(plan), seed=1).run()
    assert sum(run.totals().values()) == people


def test_people_are_infected_only_where_both_are_by_their_weeks(world):
    """But for homes, where isolation keeps people at hours at which their week has them elsewhere."""
    plan = _plan(PEOPLE, duration="20 days", **{"infected_at_start.share": 0.05})
    rows = Simulation(plan, world, seed=1).run().infections()
    by = rows["infector"] >= 0
    hours = _hours(world)
    for setting in (Setting.CLASS, Setting.TEAM, Setting.COMMUNITY):
        here = by & (rows["setting"] == setting)
        assert here.any()
        assert (hours[rows["infector"][here], setting] > 0).all()
        assert (hours[rows["infectee"][here], setting] > 0).all()
    day = rows["time_s"][by & (rows["setting"] == Setting.CLASS)] // 86_400 % 7
    assert (day < 5).all()  # the run begins on a Monday


def test_the_step_does_not_matter():
    plans = [_plan(5000, step=step) for step in ("1 day", "10 minutes")]
    digests = {Simulation(plan, build(plan), seed=1).run().summary()["digest"] for plan in plans}
    assert len(digests) == 1


def test_the_benchmark_infects_85_percent_by_weeks_too():
    """Seeds of 100,000 people differ by a standard deviation of 0.0025, reckoned from twelve."""
    plan = _plan(100_000)
    run = Simulation(plan, build(plan), seed=1).run().summary()
    assert run["reproduction_number"] == pytest.approx(3.0)
    assert run["attack_rate"] == pytest.approx(0.849, abs=5 * 0.0025)
