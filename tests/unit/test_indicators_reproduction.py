"""Reproduction numbers by generation, cohort and moment, by hand and in a steady state."""

import numpy as np
import pytest

from hyosan.indicators import reproduction
from hyosan.indicators.tree import generations, offspring

# 0 came in at 0 and infected 1 and 2, 1 infected 3 and 4, 2 infected 5; 6 came in later.
INFECTOR = np.array([-1, 0, 0, 1, 1, 2, -1])
TIME = np.array([0.0, 10, 11, 20, 21, 22, 30])
NAN = np.nan


def same(found, expected):
    return found == pytest.approx(np.array(expected, float), nan_ok=True)


def test_by_generation():
    settled = np.ones(7, bool)
    found = reproduction.by_generation(generations(INFECTOR), offspring(INFECTOR), settled)
    assert found.infections.tolist() == [2, 2, 3]
    assert found.infectees.tolist() == [2, 3, 0]
    assert same(found.number, [1, 1.5, 0])


def test_a_generation_grows_until_the_one_before_is_settled():
    settled = np.array([True, True, False, True, True, True, True])
    found = reproduction.by_generation(generations(INFECTOR), offspring(INFECTOR), settled)
    assert same(found.number, [1, NAN, NAN]), "2 may infect, so generations 1 and 2 are not complete"


def test_by_cohort():
    found = reproduction.by_cohort(TIME, offspring(INFECTOR), np.inf, 10, 5)
    assert found.infections.tolist() == [1, 2, 3, 1, 0]
    assert same(found.number, [2, 1.5, 0, 0, NAN])
    late = reproduction.by_cohort(TIME, offspring(INFECTOR), 20, 10, 5)
    assert same(late.number, [2, 1.5, NAN, NAN, NAN])


def test_at_a_moment_by_hand():
    weights = reproduction.weights(TIME, INFECTOR, np.inf, 10)
    assert same(weights, [0, 1])
    pressure = reproduction.pressure(TIME, weights, 10, 5)
    assert same(pressure, [0, 1, 2, 3, 1])
    within = np.array([0, 2, 3, 0, 0])
    assert same(reproduction.instantaneous(within, pressure), [NAN, 2, 1.5, 0, 0])


def test_weights_leave_out_infectors_who_may_still_infect():
    assert same(reproduction.weights(np.array([0.0, 10, 30]), np.array([-1, 0, 1]), 5, 10), [0, 1])
    assert len(reproduction.weights(TIME, INFECTOR, 0, 10)) == 0


def test_nobody():
    nothing, none = np.zeros(0), np.zeros(0, np.int64)
    assert len(reproduction.by_generation(none, none, none.astype(bool)).number) == 0
    assert len(reproduction.by_cohort(nothing, none, np.inf, 10, 0).number) == 0
    assert len(reproduction.pressure(nothing, reproduction.weights(nothing, none, np.inf, 10), 10, 0)) == 0
    assert np.isnan(reproduction.pressure(TIME, nothing, 10, 3)).all()


def test_growth_by_a_fixed_factor_has_that_number_whichever_way_it_is_counted():
    """Everybody infects three, a generation of one window: R is 3 by cohort, by generation and at each moment."""
    sizes = 3 ** np.arange(7)
    first = np.cumsum(sizes) - sizes
    infector = np.concatenate([[-1], *(first[g] + np.arange(sizes[g + 1]) // 3 for g in range(6))])
    time = np.repeat(np.arange(7) * 10.0, sizes)
    settled = time < 60
    cohorts = reproduction.by_cohort(time, offspring(infector), 60, 10, 7)
    by_generation = reproduction.by_generation(generations(infector), offspring(infector), settled)
    pressure = reproduction.pressure(time, reproduction.weights(time, infector, 60, 10), 10, 7)
    now = reproduction.instantaneous(np.where(np.arange(7), sizes, 0), pressure)
    assert same(cohorts.number, [3] * 6 + [NAN])
    assert same(by_generation.number, [3] * 6 + [NAN])
    assert same(now, [NAN] + [3] * 6)


def test_cohorts_look_forward_and_moments_do_not():
    """R falls from 2 to 0.5 at window 5. The cohort of window 4 already has 0.5: it infects in window 5."""
    sizes = [1, 2, 4, 8, 16, 8, 4]
    first = np.cumsum(sizes) - sizes
    infector = np.concatenate(
        [[-1], *(first[g] + np.arange(sizes[g + 1]) * sizes[g] // sizes[g + 1] for g in range(6))]
    ).astype(np.int64)
    time = np.repeat(np.arange(7) * 10.0, sizes)
    cohorts = reproduction.by_cohort(time, offspring(infector), 60, 10, 7)
    pressure = reproduction.pressure(time, reproduction.weights(time, infector, 60, 10), 10, 7)
    now = reproduction.instantaneous(np.array([0, *sizes[1:]]), pressure)
    assert same(cohorts.number, [2, 2, 2, 2, 0.5, 0.5, NAN])
    assert same(now, [NAN, 2, 2, 2, 2, 0.5, 0.5])
