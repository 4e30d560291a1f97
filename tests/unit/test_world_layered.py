"""The layered world: shares as written, groups drawn from everybody, and everybody in exactly one household.

Each assertion about chance fails with `chance.FALSE_ALARM`, 1e-6, though the law holds.
"""

import numpy as np
import pytest
from made_world import arrays_of, digest_of
from scipy import stats

from chance import FALSE_ALARM, assert_counts, assert_law, assert_share
from hyosan.rules.codes import Setting
from hyosan.scenario.load import load
from hyosan.simulation import Simulation
from hyosan.world.groups import draw_residents
from hyosan.world.synthesis import build
from hyosan.world.world import NOWHERE

PEOPLE = 200_000


def _world(people, seed=1):
    return build(load("benchmark-city", set={"people": people, "world.seed": seed}))


@pytest.fixture(scope="module")
def world():
    return _world(PEOPLE)


def _sizes(world, setting):
    return np.diff(world.places.start)[world.places.setting == setting]


@pytest.mark.parametrize("people", [1, 2, 7, 10_000])
def test_everybody_has_one_household_and_at_most_one_group(people):
    world = _world(people)
    places, membership = world.places, world.people.membership
    homes = _sizes(world, Setting.HOME)
    assert len(world.people) == people
    assert homes.sum() == people
    assert homes.min() >= 1
    assert homes.max() <= 6
    assert places.members[:people].tolist() == list(range(people))
    grouped = places.members[people:]
    assert len(np.unique(grouped)) == len(grouped) == (world.people.team != NOWHERE).sum()
    assert (world.people.school_class == NOWHERE).all()
    assert (places.capacity == np.diff(places.start)).all()
    for column, setting in ((0, Setting.HOME), (2, Setting.TEAM)):
        for place in np.flatnonzero(places.setting == setting)[:50]:
            assert (membership[places.members[places.start[place] : places.start[place + 1]], column] == place).all()


@pytest.mark.parametrize("people", [1, 7])
def test_a_few_people_fill_one_household_or_more_and_meet_each_other(people):
    for seed in range(20):
        world = _world(people, seed)
        assert world.pools.start.tolist() == [0, people]
        assert world.pools.members.tolist() == list(range(people))
        assert _sizes(world, Setting.TEAM).sum() == (world.people.team != NOWHERE).sum() <= people
    assert len({digest_of(_world(people, seed)) for seed in range(20)}) > 1


def test_households_have_the_shares_of_sizes(world):
    drawn = _sizes(world, Setting.HOME)[:-1]  # the last takes who is left
    assert_counts(np.bincount(drawn, minlength=7)[1:], [0.18, 0.28, 0.19, 0.20, 0.10, 0.05])


def test_three_of_four_have_a_group_of_5_to_35(world):
    assert_share((world.people.team != NOWHERE).sum(), PEOPLE, 0.75)
    sizes = _sizes(world, Setting.TEAM)
    assert_counts(np.bincount(sizes[:-1], minlength=36)[5:], np.full(31, 1 / 31))
    assert sizes[-1] <= 35


def test_groups_are_drawn_from_the_whole_city(world):
    """A neighbour in a group is anybody: the distance on a ring of all people is uniform."""
    members = world.places.members[PEOPLE:].astype(np.int64)
    distance = (members[1::2] - members[: len(members) // 2 * 2 : 2]) % PEOPLE
    assert_law(distance / PEOPLE, stats.uniform.cdf)
    first = members[world.places.start[world.places.setting.searchsorted(Setting.TEAM) :][:-1] - PEOPLE]
    assert_law(first / PEOPLE, stats.uniform.cdf)


def test_every_order_of_the_chosen_is_equally_likely():
    orders = {}
    for seed in range(6_000):
        age, chosen = np.empty(3, np.uint8), np.empty(3, np.int32)
        assert draw_residents(0, 3, np.int64(seed), 70 << 16, 90, 1 << 30, age, chosen) == 3
        orders[tuple(chosen)] = orders.get(tuple(chosen), 0) + 1
    assert len(orders) == 6
    assert_counts(list(orders.values()), np.full(6, 1 / 6))


def test_ages_are_uniform_and_do_not_decide_who_has_a_group(world):
    age = world.people.age
    assert_counts(np.bincount(age, minlength=90), np.full(90, 1 / 90))
    table = [np.bincount(age[world.people.team == NOWHERE], minlength=90)]
    table.append(np.bincount(age, minlength=90) - table[0])
    assert stats.chi2_contingency(table).pvalue > FALSE_ALARM


def test_hours_make_weights_of_a_contact_and_day(world):
    """20 contacts in the community, each as long as one of the household: around the clock."""
    assert world.shared_hours[[Setting.HOME, Setting.TEAM]].tolist() == [24.0, 24.0]
    assert world.pools.contact_hours.tolist() == [[20 * 24.0]]


def test_the_same_seed_makes_the_same_world_and_another_another():
    one, same, other = _world(3000), _world(3000), _world(3000, seed=2)
    assert digest_of(one) == digest_of(same) != digest_of(other)


def test_no_run_can_write_into_it(world):
    for values in arrays_of(world).values():
        assert not values.flags.writeable
        assert values.flags.c_contiguous


def test_infections_of_the_first_generations_have_the_shares_of_the_weights(world):
    """Weights 3 : 0.6 : 0.3 of a contact and day, for the contacts that a person has in each setting.

    With few secondary cases a contact is hardly met twice: what households saturate is below half a percentage point.
    """
    changes = {"people": PEOPLE, "infected_at_start.share": 0.1, "pathogen.reproduction_number": 0.3}
    rows = Simulation(load("benchmark-city", set=changes), world, seed=1).run().infections()
    size = np.arange(7)
    percent = np.array([0, 18, 28, 19, 20, 10, 5])
    housemates = (percent * size**2).sum() / (percent * size).sum() - 1
    sizes = np.arange(5, 36)
    weights = [3 * housemates, 0.6 * 0.75 * ((sizes**2).sum() / sizes.sum() - 1), 0.3 * 20]
    found = [int((rows["setting"] == setting).sum()) for setting in (Setting.HOME, Setting.TEAM, Setting.COMMUNITY)]
    assert sum(found) > 5000
    assert_counts(found, np.array(weights) / sum(weights))


def test_the_benchmark_infects_85_percent():
    """Seeds of 100,000 people differ by a standard deviation of 0.0012, reckoned from ten."""
    plan = load("benchmark-city")
    attack_rate = Simulation(plan, build(plan), seed=1).run().summary()["attack_rate"]
    assert attack_rate == pytest.approx(0.853, abs=5 * 0.0012)
