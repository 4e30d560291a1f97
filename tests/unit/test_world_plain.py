"""Plain worlds: exactly the people and places that were asked for, and nobody else to meet."""

import numpy as np
import pytest
from made_world import arrays_of

from hyosan.rules.codes import Setting
from hyosan.scenario.load import load
from hyosan.world.synthesis import build
from hyosan.world.world import NOWHERE


def _world(name, **sizes):
    return build(load(name, set=sizes))


@pytest.mark.parametrize("people", [1, 2, 7, 10_000])
def test_well_mixed_is_one_pool_of_everybody(people):
    world = _world("well-mixed", people=people, infected_at_start=0)
    assert len(world.people) == people
    assert world.pools.start.tolist() == [0, people]
    assert world.pools.members.tolist() == list(range(people))
    assert world.pools.contact_hours.tolist() == [[24.0]]
    assert (world.people.membership == NOWHERE).all()
    assert len(world.places) == 0
    assert world.town_count == 1


def test_closed_cells_are_towns_of_one_size():
    world = _world("closed-cells", cells=50, people=8, infected_at_start=1)
    assert world.town_count == 50
    assert world.towns == ("",)
    assert world.pools.start.tolist() == list(range(0, 401, 8))
    assert (world.people.town[world.pools.members].reshape(50, 8) == np.arange(50)[:, None]).all()
    assert len(world.places) == 0


@pytest.mark.parametrize(("households", "size"), [(1, 1), (1, 5), (200, 3)])
def test_households_are_of_one_size_and_meet_nobody_else(households, size):
    world = _world("households", households=households, size=size, infected_at_start=1)
    assert len(world.places) == households
    assert (world.places.setting == Setting.HOME).all()
    assert (np.diff(world.places.start) == size).all()
    assert (world.places.capacity == size).all()
    assert (world.people.household[world.places.members] == np.repeat(np.arange(households), size)).all()
    assert (world.people.school_class == NOWHERE).all()
    assert (world.people.team == NOWHERE).all()
    assert len(world.pools.members) == 0
    assert world.shared_hours[Setting.HOME] == 24.0
    assert not world.pools.contact_hours.any()


@pytest.mark.parametrize("name", ["well-mixed", "closed-cells", "households"])
def test_everybody_of_a_plain_world_is_everywhere_around_the_clock(name):
    world = _world(name)
    assert len(world.schedules) == 1
    assert not world.people.schedule.any()
    assert world.people.membership.shape == (len(world.people), 4)
    assert (world.present_hours[0, 1:] == 24).all()
    assert (world.pools.schedule_start == np.stack([world.pools.start[:-1], world.pools.start[1:]], axis=1)).all()
    assert world.district_pools.start.tolist() == [[0, 0]]
    assert len(world.district_pools.members) == 0
    assert (world.places.parent == NOWHERE).all()


@pytest.mark.parametrize("name", ["well-mixed", "closed-cells", "households"])
def test_no_run_can_write_into_a_world(name):
    for values in arrays_of(_world(name)).values():
        assert not values.flags.writeable
        assert values.flags.c_contiguous
