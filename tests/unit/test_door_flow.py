"""Doors that let through no more people in a second than they are said to."""

import numpy as np
import pytest

from hyosan.verification.halls import hall
from hyosan.verification.walks import Party, exit_times, scattered, walk


@pytest.mark.parametrize("limit", [0.9, 1.33])
def test_no_more_than_the_limit_pass_between_any_two(limit):
    """Also while the crowd arrives, and without losing the part of a step that somebody waits longer."""
    crowd = Party(0, scattered((2.0, 0.3, 7.7, 4.7), 60, 1), 1.25)
    times = np.sort(exit_times(walk(hall(8.0, 5.0, [("right", 2.0, 3.0)], limit), [crowd], until=120.0)))
    for apart in range(1, len(times)):
        assert (times[apart:] - times[:-apart]).min() > apart / limit - 0.05
    assert times[-1] - times[0] == pytest.approx(59 / limit, abs=0.051)


def test_nobody_makes_up_for_the_time_without_people():
    """Two come together after ten seconds: the second waits."""
    places = np.array([[7.0, 2.3], [7.0, 2.7]])
    late = Party(0, places, 1.25, start=10.0)
    first, second = np.sort(exit_times(walk(hall(8.0, 5.0, [("right", 2.0, 3.0)], 0.5), [late], until=30.0)))
    assert second - first == pytest.approx(2.0, abs=0.051)
