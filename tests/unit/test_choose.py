"""What people like about doors, and which exits they take."""

import numpy as np
import pytest

from hyosan.engine.building.choose import fancy
from hyosan.engine.building.crowd import ToExits
from hyosan.engine.building.ground import ground_of
from hyosan.rules.walking import Law
from hyosan.verification.halls import hall
from hyosan.verification.walks import Party, exits_taken, walk

TASTES = (np.arange(20_000) + 0.5) / 20_000


def liking(this):
    """The fancy of evenly spread tastes for a door."""
    return np.array([fancy(taste, this) for taste in TASTES])


@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 2), (0, 3), (2, 9), (0, 97), (17, 400)])
def test_either_of_two_doors_is_liked_better_as_often(one, other):
    """Even tastes, so no chance; two fancies whose factors are as 1 to 62, the smallest ratio, correlate by 1 / 62."""
    first, second = liking(one), liking(other)
    assert (first > second).mean() == pytest.approx(0.5, abs=0.01)
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(0.0, abs=0.017)


def test_fancies_are_evenly_spread():
    counts, _ = np.histogram(liking(5), bins=20, range=(-1.0, 1.0))
    assert counts.min() > 990
    assert counts.max() < 1010


def taken(x, goal, seeds=8):
    """Exits that somebody takes who stands so far along a hall of 20 m with an exit at either end."""
    ground = ground_of(hall(20.0, 4.0, [("left", 1.0, 3.0), ("right", 1.0, 3.0)]))
    runs = [walk(ground, [Party(0, np.array([[x, 2.0]]), 1.25, goal)], until=40.0, seed=seed) for seed in range(seeds)]
    return {int(exits_taken(run)[0]) for run in runs}


def test_the_exit_that_is_known_is_taken_unless_another_is_much_nearer():
    """From the middle always; from 4 m before the other one, which counts a quarter more, never."""
    assert Law().unfamiliar > 0.1, "more than two fancies differ by"
    assert taken(10.0, ToExits()) == {0, 1}
    assert taken(10.0, ToExits((1,))) == {1}
    assert taken(10.0, ToExits((0,))) == {0}
    assert taken(4.0, ToExits((1,))) == {0}


def test_who_does_not_learn_takes_the_exit_that_it_was_told():
    assert taken(4.0, ToExits((1,), learns=False)) == {1}
