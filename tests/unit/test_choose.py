"""What people like about doors, and which exits they take."""

import numpy as np
import pytest

from hyosan.engine.building.choose import fancy

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
