"""Meetings: pairs and their hours against every pair of place-mates, counted one by one."""

from itertools import permutations

import numpy as np
import pytest
from made_world import city, rows_of

from hyosan.engine.meetings import minutes_in, pairs_of, shares_of
from hyosan.rules.codes import Setting
from hyosan.world.schedule import shared_seconds

PLACES = (Setting.HOME, Setting.CLASS, Setting.TEAM, Setting.SITE, Setting.CARE, Setting.HOSPITAL, Setting.TRANSPORT)


@pytest.mark.parametrize("setting", PLACES)
def test_pairs_and_their_hours_are_those_of_a_count(setting):
    world = city(2000)
    group = world.pools.age_group[world.people.age]
    seconds = shared_seconds(world.schedules)[setting]
    sizes = int(world.places.capacity.max()) + 1
    expected = np.zeros((sizes, 2, world.pools.group_count, world.pools.group_count))
    for place in rows_of(world, setting):
        members = world.places.members[world.places.start[place] : world.places.start[place + 1]]
        for one, other in permutations(members, 2):
            shared = seconds[world.people.schedule[one], world.people.schedule[other]]
            cell = expected[world.places.capacity[place], :, group[one], group[other]]
            cell += (shared > 0, shared / (7 * 3600) / world.shared_hours[setting])
    seen = np.zeros_like(expected)
    for size, together, pairs in pairs_of(world, setting):
        seen[size] += pairs, together * pairs
    assert (seen[:, 0] == expected[:, 0]).all()
    # Within a level pairs count as alike, so hours are kept in all, of each capacity, and not of each cell.
    assert seen[:, 1].sum(axis=(1, 2)) == pytest.approx(expected[:, 1].sum(axis=(1, 2)))
    assert np.abs(seen[:, 1] - expected[:, 1]).max() <= 0.25 * expected[:, 0].max()


def test_who_is_out_may_meet_nobody():
    """Of what the young children of a small city try in the community, much meets nobody, minute by minute."""
    world = city(2000)
    out = minutes_in(world.schedules, Setting.COMMUNITY)
    group = world.pools.age_group[world.people.age]
    hours = world.pools.contact_hours
    for own in (0, 7, 15):
        there = np.stack([out[world.people.schedule[group == other]].sum(axis=0) for other in range(len(hours))])
        found = sum(hours[own, other] * there[own][there[other] > 0].sum() for other in range(len(hours)))
        expected = found / hours[own].sum() / there[own].sum()
        assert shares_of(world, Setting.COMMUNITY)[own].sum() == pytest.approx(expected)
        assert expected < 1
