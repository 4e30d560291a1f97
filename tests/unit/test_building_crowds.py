"""What crowds do at exits, at wide corners, between people who sit, and where they touch."""

import numpy as np
import pytest

from hyosan.engine.building.building import Building
from hyosan.engine.building.columns import IN, POSTURE, SITTING, TOUCHING, WALKING
from hyosan.engine.building.crowd import Crowd, Errand, ToExits, ToSpot
from hyosan.engine.building.ground import ground_of
from hyosan.engine.building.leaving import gone_on
from hyosan.floorplan import formats
from hyosan.records.digest import digest_of_places
from hyosan.verification.halls import corner, hall
from hyosan.verification.rimea_necks import through
from hyosan.verification.walks import Party, crowd_of, exit_times, flow_of, scattered, walk


def _digest(run):
    who = run.state.people.who
    return digest_of_places(run.places(), who[:, IN], who[:, POSTURE], run.exits())


@pytest.fixture(scope="module")
def school():
    return ground_of(formats.found("hyosan-high-school"))


def test_whoever_has_left_gets_up_to_speed_and_then_goes_on_evenly():
    """From .4 to 1.2 m/s in 2 s is 1.6 m, and 1.2 m more each second."""
    assert gone_on(0.0, 0.4, 1.2, 2.0) == 0.0
    assert gone_on(2.0, 0.4, 1.2, 2.0) == pytest.approx(1.6)
    assert gone_on(3.0, 0.4, 1.2, 2.0) == pytest.approx(2.8)
    assert gone_on(2.0, 1.2, 0.9, 2.0) == pytest.approx(2.4)  # nobody is slowed down


def test_an_exit_lets_through_what_laboratories_measured():
    """1 m wide: 1.5 to 2.8 a second; 3.7 where those who have left are forgotten at once."""
    crowd = Party(0, scattered((0.5, 0.5, 9.5, 9.0), 120, 1))
    run = walk(hall(10.0, 10.0, (("high", 4.5, 5.5),)), [crowd], until=300.0)

    assert run.gone == 120
    assert 1.5 < flow_of(exit_times(run)) < 2.8


def test_bodies_that_count_as_close_are_all_that_touch():
    """Looking twice as far for bodies that may touch changes nothing; looking not as far as a body does."""
    digests = []
    for factor in (1.0, 2.0, 0.3):
        run = through([(1.0, 0.2)], 5.0, 1)
        again = Building(run.ground, run.crowd)
        again.law[TOUCHING] *= factor
        again.run(60.0)
        digests.append(_digest(again))
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


def test_crowds_use_the_breadth_of_a_wide_corner():
    """200 people round a corner of 10 m: where nobody goes wide they take 80 s."""
    plan = corner(10.0, 8.0, 15.0)
    run = walk(plan, [Party(0, scattered((0.3, 0.3, 5.0, 9.7), 200, 1))], until=300.0)

    assert run.gone == 200
    assert run.now <= 60.0


@pytest.mark.parametrize("place", [(23.2, 16.1), (23.22, 16.06), (23.22, 16.1), (23.24, 16.12)])
def test_nobody_is_left_standing_behind_a_thin_wall(school, place):
    """In the inner corner of a cubicle the best cell is beyond its wall; who kept to it would stand there for ever."""
    row = [room.name for room in school.plan.rooms].index("toilet-girls-west-1")
    run = walk(school, [Party(row, np.array([place]))], until=200.0)

    assert run.gone == 1


def test_whoever_is_held_up_squeezes_by_those_who_sit():
    """Eight sit so close across a corridor of 2 m that no gap is left, and somebody wants to a seat behind them."""
    plan = hall(8.0, 2.0, (("high", 0.5, 1.5),))
    sitting = [(4.0, 0.125 + 0.25 * row) for row in range(8)]
    crowd = Crowd(
        room=np.zeros(9, np.int64),
        place=np.array([*sitting, (1.0, 1.0)]),
        speed=np.full((9, 3), 1.34),
        goals=(ToSpot(0, (7.0, 1.0)), ToExits()),
        errands=(Errand(0.0, 8, 0),),
        sits=np.array([True] * 8 + [False]),
    )
    run = Building(ground_of(plan), crowd)
    run.run(60.0)
    who = run.state.people.who

    assert who[8, POSTURE] == SITTING
    assert np.hypot(*(run.places()[8] - (7.0, 1.0))) < 0.2
    assert np.allclose(run.places()[:8], sitting)
    assert not (who[:, POSTURE] == WALKING).any()


def test_people_of_equal_ways_walk_the_same_whatever_their_numbers():
    """Pushes are added up exactly, so their order plays no part, though bodies overlap by half at first."""
    places = scattered((0.5, 0.5, 3.5, 2.5), 150, 3, apart=0.1)
    ground = ground_of(hall(10.0, 10.0, (("high", 4.5, 5.5),)))
    found = []
    for order in (np.arange(150), np.arange(150)[::-1], np.argsort(places[:, 0])):
        run = Building(ground, crowd_of([Party(0, places[order])]))
        # Tastes go with numbers, and there is one exit.
        run.run(40.0)
        at = np.empty((150, 2))
        at[order] = run.places()
        found.append(at)
    for other in found[1:]:
        assert np.array_equal(found[0], other, equal_nan=True)
