"""The city as a whole: the same on any machine, another for another seed, of any size."""

import time

import numpy as np
import pytest
from made_world import ANDONG, SIZES, arrays_of, city, digest_of

from hyosan.rules.codes import MEMBERSHIP_SETTINGS, Setting
from hyosan.world.world import NOWHERE

DIGEST = "14ca7bb933e5dd93141baa4ea107f79a242cb24d0cec55170e395eb706913574"
"""Of the city of the registered size and seed 1; whoever changes the synthesis on purpose changes it."""


def test_the_city_is_the_same_on_any_machine():
    assert digest_of(city()) == DIGEST


def test_the_same_seed_makes_the_same_city_and_another_seed_another():
    first = digest_of(city(1000, 5))
    city.cache_clear()
    assert digest_of(city(1000, 5)) == first
    assert digest_of(city(1000, 6)) != first
    assert digest_of(city(1000, 2**63 - 1)) != first


@pytest.mark.parametrize("people", SIZES)
def test_places_and_members_agree(people):
    world = city(people)
    places, membership = world.places, world.people.membership
    size = np.diff(places.start)
    ward = places.setting == Setting.HOSPITAL
    assert (places.capacity[~ward] == size[~ward]).all()
    assert (places.capacity[ward] > size[ward]).all()
    assert (places.capacity > 0).all()
    assert (np.diff(places.setting.astype(int)) >= 0).all()
    of_member = np.repeat(np.arange(len(places)), size)
    for column, setting in enumerate(MEMBERSHIP_SETTINGS):
        inside = places.setting[of_member] == setting
        assert (membership[places.members[inside], column] == of_member[inside]).all()
        named = membership[:, column][membership[:, column] != NOWHERE]
        assert set(places.setting[named]) <= ({setting, Setting.CARE} if setting == Setting.HOME else {setting})
        assert inside.sum() == (places.setting[named] == setting).sum()
    assert places.site.max(initial=NOWHERE) < len(world.sites)
    assert len(set(world.sites)) == len(world.sites)
    assert "Hyosan High School" in world.sites


def test_no_run_can_write_into_a_city():
    for values in arrays_of(city()).values():
        assert not values.flags.writeable
        assert values.flags.c_contiguous


def test_a_million_people_are_made_in_seconds():
    city(1000)
    begun = time.perf_counter()
    world = city.__wrapped__(1_000_000)
    assert time.perf_counter() - begun < 10
    assert len(world.people) == 1_000_000
    assert len(world.places) == pytest.approx(1_000_000 / ANDONG * len(city().places), rel=0.02)
