"""The oracles of hunters against the numbers in print, and against strikes drawn one after another."""

import numpy as np
import pytest

from chance import assert_counts, assert_mean
from hyosan.verification.hunting_oracles import (
    all_destroyed,
    course_law,
    end_law,
    end_means,
    mean_field,
    mean_field_covariances,
    moments,
    stepped_law,
    stepped_mean_field,
    total_sizes,
)

TEN_LEFT = (
    0.44444444, 0.10973937, 0.05419228, 0.03345203, 0.02312733,
    0.01713135, 0.01329417, 0.01066816, 0.00878038, 0.00737118,
)  # fmt: skip
"""Ten people and one hunter, alpha 0.8: chance that 10, 9, … 1 are left and no hunter."""

TEN_HUNTING = (
    0.00921398, 0.02073145, 0.03292643, 0.04321593, 0.04861793,
    0.04688157, 0.03786589, 0.02434235, 0.01120302, 0.00280075,
)  # fmt: skip
"""That nobody is left and 2, 3, … 11 hunt."""


@pytest.mark.parametrize(
    ("people", "alpha", "hunters_win", "people_win", "left", "hunting", "before_biting"),
    [
        (10, 0.8, 0.27779930, 0.72220070, 6.434335, 1.713133, 0.444444),
        (10, 1.25, 0.09724913, 0.90275087, 8.042919, 0.510730, 0.555556),
        (100, 0.8, 0.20310007, 0.79689993, 76.948599, 5.610280, 0.444444),
        (199, 0.8, 0.20040909, 0.79959091, 156.023275, 9.595345, 0.444444),
        (199, 1.0, 0.03996923, 0.96003077, 184.052279, 1.000000, 0.500000),
        (500, 0.6, 0.40000000, 0.60000000, 299.100000, 81.360000, 0.375000),
    ],
)
def test_who_wins(people, alpha, hunters_win, people_win, left, hunting, before_biting):
    won, lost, mean_left, mean_hunting = end_means(people, 1, alpha)
    assert (won, lost) == pytest.approx((hunters_win, people_win), abs=6e-9)
    assert (mean_left, mean_hunting) == pytest.approx((left, hunting), abs=6e-7)
    assert end_law(people, 1, alpha)[0][people] == pytest.approx(before_biting, abs=6e-7)
    assert total_sizes(alpha, 0)[0] == pytest.approx(before_biting, abs=6e-7)
    # The martingale.
    assert mean_hunting == pytest.approx(1 + (1 - alpha) * (people - mean_left), abs=1e-9)


def test_how_it_ends_among_ten():
    left, hunting = end_law(10, 1, 0.8)
    assert left[:0:-1] == pytest.approx(TEN_LEFT, abs=6e-9)
    assert hunting[2:] == pytest.approx(TEN_HUNTING, abs=6e-9)
    assert left[0] == hunting[0] == hunting[1] == 0.0


def test_without_destructions_hunters_take_everybody():
    assert end_means(5, 2, 0.0) == (1.0, 0.0, 0.0, 7.0)


@pytest.mark.parametrize("hunters", [1, 3])
@pytest.mark.parametrize("alpha", [0.8, 1.25])
def test_sizes_without_end_are_those_among_many(alpha, hunters):
    """As long as anybody is left, it does not matter how many there were."""
    left, _ = end_law(200, hunters, alpha)
    assert total_sizes(alpha, 60, hunters) == pytest.approx(left[:139:-1], abs=1e-12)
    assert sum(total_sizes(alpha, 500, hunters)) == pytest.approx(all_destroyed(alpha, hunters), abs=1e-3)


def test_sizes_of_one_hunter_are_catalan_numbers():
    catalan = (1, 1, 2, 5, 14, 42, 132)
    expected = [count * (1 / 1.8) ** n * (0.8 / 1.8) ** (n + 1) for n, count in enumerate(catalan)]
    assert total_sizes(0.8, 6) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("time", "left", "hunting", "no_hunter", "nobody"),
    [
        (0.5, 9.504376, 1.099125, 0.273826, 0.000000),
        (1, 9.033272, 1.193346, 0.413068, 0.000024),
        (2, 8.228767, 1.354247, 0.548390, 0.002277),
        (4, 7.236487, 1.552703, 0.645841, 0.045664),
        (8, 6.608075, 1.678385, 0.696597, 0.181945),
        (16, 6.450684, 1.709863, 0.716139, 0.264009),
    ],
)
def test_course(time, left, hunting, no_hunter, nobody):
    assert moments(course_law(10, 1, 0.8, 0.1, time)) == pytest.approx((left, hunting, no_hunter, nobody), abs=6e-7)


def test_course_ends_as_the_strikes_do():
    late = course_law(6, 2, 0.7, 1.0, 200.0)
    left, hunting = end_law(6, 2, 0.7)
    assert late[:, 0] == pytest.approx(left, abs=1e-9)
    assert late[0] == pytest.approx(hunting, abs=1e-9)


def test_steps_against_strikes_one_after_another():
    """Whoever is bitten waits for the next step; and with ever shorter steps that makes no difference."""
    random = np.random.default_rng(3)
    cells, people, hunters, alpha, rate, step, steps = 100_000, 6, 2, 0.7, 0.15, 1.0, 3
    left, hunting = np.full(cells, people), np.full(cells, hunters)
    for _ in range(steps):
        new, clock = np.zeros(cells, int), np.zeros(cells)
        for _ in range(people + hunters + people):
            pace = (1 + alpha) * rate * left * hunting
            clock += random.exponential(1.0, cells) / np.where(pace > 0, pace, 1e-9)
            strikes = clock < step
            bites = strikes & (random.random(cells) < 1 / (1 + alpha))
            left, new, hunting = left - bites, new + bites, hunting - (strikes & ~bites)
        hunting = hunting + new
    (law,) = stepped_law(people, hunters, alpha, rate, step, [step * steps])
    assert_counts(np.bincount(left * (people + hunters + 1) + hunting, minlength=law.size), np.maximum(0, law.ravel()))


def test_error_of_a_step_is_in_proportion_to_it():
    exact = np.array(moments(course_law(10, 1, 0.8, 0.1, 4.0)))
    off = [np.array(moments(stepped_law(10, 1, 0.8, 0.1, 1 / parts, [4.0])[0])) - exact for parts in (32, 64, 128)]
    assert off[1] / off[0] == pytest.approx(0.5, rel=0.02)
    assert off[2] / off[1] == pytest.approx(0.5, rel=0.01)
    assert (np.sign(off[0]) == [1, -1, -1, -1]).all()


FIELDS = (
    ((199, 1, 0.6), 2, (195.987401, 2.205040)),
    ((199, 1, 0.6), 5, (184.147716, 6.940914)),
    ((199, 1, 0.6), 10, (118.057503, 33.376999)),
    ((199, 1, 0.6), 20, (4.942972, 78.622811)),
    ((199, 1, 1.2), 2, (197.364178, 0.672836)),
    ((199, 1, 1.2), 5, (195.865561, 0.373112)),
    ((199, 1, 1.2), 10, (194.703005, 0.140601)),
    ((199, 1, 1.2), 20, (194.100712, 0.020142)),
    ((490, 10, 0.8), 2, (466.652876, 14.669425)),
    ((490, 10, 0.8), 5, (415.232096, 24.953581)),
    ((490, 10, 0.8), 10, (286.501032, 50.699794)),
    ((490, 10, 0.8), 20, (62.267154, 95.546569)),
)


@pytest.mark.parametrize(("setting", "time", "expected"), FIELDS)
def test_mean_field(setting, time, expected):
    assert mean_field(*setting, time) == pytest.approx(expected, abs=6e-7)
    coarse, fine = (
        np.array(stepped_mean_field(*setting, time, step)) - mean_field(*setting, time) for step in (0.01, 0.005)
    )
    assert fine / coarse == pytest.approx(0.5, rel=0.02)


def test_steps_of_the_mean_field_are_those_of_many():
    """One step among so many that chance is small, and one in which both sides are in balance."""
    for people, hunters, alpha in ((24, 12, 0.6), (24, 12, 0.5)):
        law = stepped_law(people, hunters, alpha, 1 / 36, 0.5, [0.5])[0]
        left, hunting = stepped_mean_field(people, hunters, alpha, 0.5, 0.5)
        mean_left, mean_hunting, _, _ = moments(law)
        assert (left, hunting) == pytest.approx((mean_left, mean_hunting), rel=0.01)


def test_covariance_of_the_mean_field_against_the_course():
    """Of twice as many it is twice as large; of few the law itself is near."""
    (few,) = mean_field_covariances(20, 10, 0.5, [0.7])
    (many,) = mean_field_covariances(200, 100, 0.5, [0.7])
    assert many == pytest.approx(10 * few, rel=1e-9)
    law = course_law(20, 10, 0.5, 1 / 30, 0.7)
    left, hunting = np.arange(21)[:, None], np.arange(31)[None]
    mean_left, mean_hunting = (law * left).sum(), (law * hunting).sum()
    products = [(left - mean_left) ** 2, (left - mean_left) * (hunting - mean_hunting), (hunting - mean_hunting) ** 2]
    exact = [(law * product).sum() for product in products]
    assert [few[0, 0], few[0, 1], few[1, 1]] == pytest.approx(exact, rel=0.05)


def test_strikes_are_so_many_that_the_martingale_has_its_variance():
    """Of Z - (1 - alpha) (S0 - S) it is alpha times the mean count of strikes."""
    left, hunting = end_law(30, 4, 0.8)
    ends = [(s, 0, p) for s, p in enumerate(left)] + [(0, z, p) for z, p in enumerate(hunting)]
    off = [(z - 0.2 * (30 - s) - 4, 30 - s + (34 - s - z), p) for s, z, p in ends]
    assert sum(gap * p for gap, _, p in off) == pytest.approx(0.0, abs=1e-12)
    assert sum(gap * gap * p for gap, _, p in off) == pytest.approx(0.8 * sum(n * p for _, n, p in off), rel=1e-9)


def test_coins_end_as_the_law_says():
    random = np.random.default_rng(4)
    cells, people, hunters, alpha = 50_000, 8, 2, 0.9
    left, hunting = np.full(cells, people), np.full(cells, hunters)
    for _ in range(2 * people + hunters):
        goes_on = (left > 0) & (hunting > 0)
        bites = goes_on & (random.random(cells) < 1 / (1 + alpha))
        left, hunting = left - bites, hunting + bites - (goes_on & ~bites)
    law_left, law_hunting = end_law(people, hunters, alpha)
    counts = np.bincount(np.where(hunting > 0, people + hunting, left))
    assert_counts(counts, [*law_left, *law_hunting[1:]])
    assert_mean(left, end_means(people, hunters, alpha)[2], left.std())
