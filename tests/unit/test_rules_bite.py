"""Rules of bites against what they are in closed form, and against chance."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from chance import assert_mean, assert_share
from hyosan.rules.bite import (
    MOST_COMPANY,
    RUNNING,
    SIGHT,
    bite_chance,
    bite_chances,
    break_rate,
    breaks,
    caught_share,
    running_at,
)
from hyosan.rules.random import CERTAIN, Draw, draw, exponential, happens, purpose_of

ALPHAS = st.floats(0.0, 1000.0)
SPEEDS = st.floats(0.05, 12.0)


@given(ALPHAS)
def test_alone_a_bite_has_the_chance_of_szr(alpha):
    """Of the events of a pair the share 1 / (1 + alpha) are bites, whatever company would add."""
    assert bite_chance(alpha) == pytest.approx(1 / (1 + alpha), rel=1e-12)
    assert bite_chance(alpha, 0.7, 1) == bite_chance(alpha)
    assert bite_chance(alpha, 0.0, 9) == bite_chance(alpha)


@given(ALPHAS, st.floats(0.0, 10.0), st.integers(1, 40))
def test_company_multiplies_alpha_up_to_a_number_of_people(alpha, company, people):
    effective = alpha * (1 + company * (min(people, MOST_COMPANY) - 1))
    assert bite_chance(alpha, company, people) == pytest.approx(1 / (1 + effective), rel=1e-12)
    assert bite_chance(alpha, company, people + 1) <= bite_chance(alpha, company, people)


@pytest.mark.parametrize(("alpha", "company"), [(0.05, 0.1), (0.8, 0.0), (0.0, 3.0), (1000.0, 10.0)])
def test_the_table_of_bite_chances_is_the_rule(alpha, company):
    table = bite_chances(alpha, company)
    assert (len(table), table[0]) == (MOST_COMPANY + 1, 0)
    for people in range(1, MOST_COMPANY + 1):
        assert table[people] / CERTAIN == pytest.approx(bite_chance(alpha, company, people), abs=2.0**-30)


def test_strikes_bite_as_often_as_the_table_says():
    purpose, chance = purpose_of(Draw.STRIKE), int(bite_chances(0.8, 0.1)[4])
    bitten = sum(happens(chance, draw(3, purpose, hunter, 0, 60)[3]) for hunter in range(20_000))
    assert_share(bitten, 20_000, 1 / (1 + 0.8 * 1.3))


@given(SPEEDS, SPEEDS, st.floats(1.0, 10_000.0))
def test_who_is_caught_is_the_integral_over_the_distance_at_which_a_hunter_is_seen(hunter, runner, refuge):
    found = caught_share(hunter, runner, refuge)
    if hunter <= runner:
        assert found == 0.0
        return
    gain = (hunter / runner - 1) * refuge
    # exp(-d / gain) is nearly 0 from 40 gains on.
    integral, _ = integrate.quad(lambda distance: math.exp(-distance / gain), 0, min(SIGHT, 40 * gain))
    assert found == pytest.approx(integral / SIGHT, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(("hunter", "runner", "refuge"), [(3.3, 3.0, 40.0), (6.0, 3.0, 40.0), (3.3, 0.9, 20.0)])
def test_who_is_caught_is_who_does_not_reach_the_door(hunter, runner, refuge):
    """A chase: somebody sees a hunter, runs for a door, and is caught if the hunter has come up before."""
    chance = np.random.default_rng(5)
    seen, door = chance.uniform(0, SIGHT, 100_000), chance.exponential(refuge, 100_000)
    caught = (hunter - runner) * (door / runner) > seen
    assert_share(caught.sum(), 100_000, caught_share(hunter, runner, refuge))


def test_running_is_by_steps_of_age():
    assert [running_at(age) for age, _ in RUNNING] == [speed for _, speed in RUNNING]
    assert [running_at(age) for age in (5, 14, 49, 64, 79, 100)] == [0.5, 0.8, 1.0, 0.85, 0.6, 0.3]


@given(st.floats(1.0, 1000.0), st.floats(0.01, 100.0))
def test_the_rate_of_breaking_is_one_over_the_strength(strength, breaking):
    assert break_rate(strength, breaking) * 2.0**-32 == pytest.approx(breaking / (strength * 3600), abs=2.0**-32)


@pytest.mark.parametrize(("hunters", "strength", "length"), [(1, 0.5, 60), (3, 1.0, 300), (20, 6.0, 50)])
def test_a_door_holds_for_strength_over_hunters_on_average(hunters, strength, length):
    """Stretch by stretch a door gives way with 1 - exp(-x), so that it holds geometrically many stretches."""
    purpose, rate, lasted = purpose_of(Draw.BREAK), break_rate(strength), []
    for building in range(3000):
        stretch = 0
        while True:
            words = draw(11, purpose, building, 0, stretch * length)
            stretch += 1
            if breaks(rate, hunters, length, exponential(words[0], words[1])):
                break
        lasted.append(stretch)
    mean = strength * 3600 / hunters
    share = -math.expm1(-length / mean)
    assert_mean(lasted, 1 / share, math.sqrt(1 - share) / share)
    assert abs(np.mean(lasted) * length - mean - length / 2) < 0.1 * mean


def test_doors_that_nobody_beats_on_or_nobody_can_break_hold():
    assert not breaks(break_rate(1.0), 0, 3600, exponential(0, 0))
    assert not breaks(break_rate(1.0, 0.0), 1000, 86400, exponential(0, 0))
