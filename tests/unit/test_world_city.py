"""The city as a whole: the same on any machine, another for another seed, of any size."""

import time

import numpy as np
import pytest
from made_world import ANDONG, SIZES, arrays_of, city, digest_of

from hyosan.rules.codes import PLACE_SETTINGS
from hyosan.world.world import NOWHERE

DIGEST = "187ecc636ce964b9253c316121dce3d367db76e9a5332143aed471ebd5e87f79"
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
    assert (places.capacity == np.diff(places.start)).all()
    assert (places.capacity > 0).all()
    for column, setting in enumerate(PLACE_SETTINGS):
        rows = np.flatnonzero(places.setting == setting)
        for row in rows[:50]:
            members = places.members[places.start[row] : places.start[row + 1]]
            assert (membership[members, column] == row).all()
        assert np.diff(places.start)[rows].sum() == (membership[:, column] != NOWHERE).sum()
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
