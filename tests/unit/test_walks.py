"""What is measured of a walking crowd, on tables made by hand, and the halls in which it walks."""

import math

import numpy as np
import pytest

from hyosan.engine.building.ground import ground_of
from hyosan.floorplan.plan import OUTSIDE
from hyosan.rules.random import Draw
from hyosan.verification import halls
from hyosan.verification.walks import (
    Party,
    chance,
    crowd_of,
    densities_in,
    film_of_rows,
    flow_of,
    flow_of_ranks,
    inside,
    mean_speed_in,
    normals,
    scattered,
    speeds_of,
    times_of,
)

PASSAGES = np.array(
    [[20, 0, 3, 0, 1], [40, 1, 3, 0, 1], [50, 0, 3, 1, 0], [60, 0, 4, 0, -1], [80, 0, 3, 0, 1], [90, 2, 3, 0, 1]]
)
"""Person 0 passes door 3, comes back, and leaves by door 4; it cannot be seen after step 60."""


def test_first_passages():
    assert times_of(PASSAGES[:4], 4, 0.05, 3) == pytest.approx([1.0, 2.0, math.nan, math.nan], nan_ok=True)
    assert times_of(PASSAGES[:4], 4, 0.05, 3, to_room=0) == pytest.approx([2.5] + [math.nan] * 3, nan_ok=True)
    assert times_of(PASSAGES, 4, 0.05, None, -1) == pytest.approx([3.0] + [math.nan] * 3, nan_ok=True)


def test_flow_counts_the_gaps_between_people():
    times = np.array([math.nan, 12.0, 10.0, 14.0, 16.0])
    assert flow_of(times) == 0.5
    assert flow_of(times, after=11.0) == 0.5
    assert math.isnan(flow_of(times, before=11.0))
    # The slow first and last fifth are left out.
    ranked = np.array([0.0, 100.0, 101.0, 102.0, 103.0, 104.0, 105.0, 106.0, 107.0, 999.0])
    assert flow_of_ranks(ranked, 0.1, 0.9) == 1.0
    assert flow_of_ranks(ranked, 0.0, 1.0) < 0.01


def made_film():
    """Two people, looks each 10 steps of .05 s: one walks along x and then stands, the other leaves at step 25."""
    tracks = np.array(
        [[10, 0, 0, 2, 1500, 1000], [10, 1, 0, 2, 5000, 1600], [20, 1, 0, 2, 5000, 2200], [20, 0, 1, 2, 2000, 1000]]
    )
    passages = np.array([[25, 1, 0, 0, -1]])
    room, place = np.array([0, 0]), np.array([[1.0, 1.0], [5.0, 1.0]])
    return film_of_rows(tracks, passages, room, place, 10, 5, 0.05, np.array([0, 0]))


def test_a_film_keeps_those_who_do_not_move():
    film = made_film()
    assert film.time.tolist() == [0.0, 0.5, 1.0, 1.5, 2.0]
    assert film.room.tolist() == [[0, 0], [0, 0], [1, 0], [1, -1], [1, -1]]
    assert film.place[:, 0, 0].tolist() == [1.0, 1.5, 2.0, 2.0, 2.0]
    assert film.place[:3, 1, 1].tolist() == [1.0, 1.6, 2.2]
    assert np.isnan(film.place[3:, 1]).all()


def test_speeds_and_densities():
    film = made_film()
    assert speeds_of(film)[:, 0] == pytest.approx([1.0, 1.0, 0.0, 0.0])
    assert speeds_of(film)[:, 1] == pytest.approx([1.2, 1.2, math.nan, math.nan], nan_ok=True)
    assert speeds_of(film, axis=0)[:2, 1] == pytest.approx([0.0, 0.0])
    # In a ring of .8 m, half a metre on is .3 m back.
    assert speeds_of(film, period=0.8, axis=0)[:2, 0] == pytest.approx([-0.6, -0.6])
    area = (1.4, 0.0, 6.0, 2.0)
    assert inside(film, area).tolist() == [[False, True], [True, True], [True, False], [True, False], [True, False]]
    assert densities_in(film, area) == pytest.approx(np.array([1, 2, 1, 1, 1]) / 9.2)
    assert densities_in(film, area, [0])[2] == 0.0
    assert mean_speed_in(film, area) == pytest.approx([1.2, 1.1, 0.0, 0.0])
    assert math.isnan(mean_speed_in(film, (8.0, 0.0, 9.0, 1.0))[0])


def test_no_speed_is_measured_from_one_frame_to_another():
    tracks = np.array([[10, 0, 1, 2, 0, 0]])
    film = film_of_rows(tracks, np.zeros((0, 5), int), np.zeros(1, int), np.ones((1, 2)), 10, 3, 0.05, np.array([0, 1]))
    assert speeds_of(film)[:, 0] == pytest.approx([math.nan, 0.0], nan_ok=True)


@pytest.mark.parametrize(("count", "area"), [(1, (0, 0, 1, 1)), (150, (0.3, 0.3, 5, 9.7)), (312, (0, 0.2, 26, 1.8))])
def test_scattered_people_keep_apart(count, area):
    places = scattered(area, count, 1, apart=0.31)
    assert len(places) == count
    assert (places >= area[:2]).all()
    assert (places <= area[2:]).all()
    gaps = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) + 9.0 * np.eye(count)
    assert gaps.min() >= 0.31 - 1e-9
    assert (places != scattered(area, count, 2, apart=0.31)).any()


def test_too_many_people_do_not_fit():
    with pytest.raises(AssertionError, match="do not fit"):
        scattered((0, 0, 1, 1), 40, 1)


def test_draws_are_spread_evenly():
    """Kolmogorov's distance of 2,000 draws from the law is below .05 in all but 2e-4 of seeds; the seed is fixed."""
    drawn = np.sort(chance(1, Draw.PACE, 2000)[:, 0])
    assert np.abs(drawn - np.arange(2000) / 2000).max() < 0.05
    values = np.sort(normals(1, 2000))
    law = np.array([0.5 * (1 + math.erf(value / math.sqrt(2))) for value in values])
    assert np.abs(law - np.arange(2000) / 2000).max() < 0.05


def test_a_crowd_of_parties():
    parties = [
        Party(0, np.ones((2, 2)), 1.0, start=[1.0, 2.0]),
        Party(3, np.zeros((1, 2)), np.array([[1.0, 0.5, 0.6]])),
    ]
    crowd = crowd_of(parties)
    assert crowd.room.tolist() == [0, 0, 3]
    assert crowd.speed[0] == pytest.approx([1.0, 0.61 / 1.34, 0.694 / 1.34])
    assert crowd.speed[2].tolist() == [1.0, 0.5, 0.6]
    assert [(errand.time, errand.person, errand.goal) for errand in crowd.errands] == [
        (1.0, 0, 0),
        (2.0, 1, 0),
        (0.0, 2, 1),
    ]


PLANS = {
    "corridor": (halls.corridor(40.0, 2.0, (1.0, 30.0)), 80.0, 3),
    "corner": (halls.corner(), 44.0, 1),
    "hall": (halls.hall(30.0, 20.0, [("low", 4, 5), ("right", 2, 4)], 1.3), 600.0, 2),
    "halls": (halls.halls_in_a_row((10.0, 10.0), ((1.0, 5.0),), exit_width=1.0), 205.0, 3),
    "no length": (halls.halls_in_a_row((10.0, 5.0), ((1.0, 0.0),), back_exit=True), 150.0, 3),
    "no hall behind": (halls.halls_in_a_row((10.0, 0.0), ((0.8, 5.0),)), 104.0, 2),
    "stair": (halls.stair(), 8.0, 1),
    "cabins": (halls.cabins(), 12 * 15.0 + 18.0, 15),
}


@pytest.mark.parametrize("name", PLANS)
def test_halls_have_their_measures(name):
    plan, area, doors = PLANS[name]
    assert plan.area == pytest.approx(area)
    assert len(plan.doors) == doors
    assert plan.exits
    ground = ground_of(plan)
    # Each door has two sides, unless it leads outside.
    assert (
        (ground.sides_of_door[:doors] >= 0).sum(axis=1) == [1 + (OUTSIDE not in door.rooms) for door in plan.doors]
    ).all()


def test_a_stair_is_as_long_as_it_should_be():
    for upward in (True, False):
        plan = halls.stair(length=12.0, width=1.5, upward=upward)
        (stair,) = plan.stairs
        assert (stair.length, stair.width) == pytest.approx((12.0, 1.5))
        assert [plan.rooms[end.room].storey for end in stair.ends] == [0, 1]
        assert plan.rooms[0].storey == (0 if upward else 1)


def test_limits_of_flow_are_of_the_whole_door():
    plan = halls.hall(30.0, 20.0, [("low", 4, 6)], 1.3)
    assert plan.doors[0].flow_limit == 2.6
