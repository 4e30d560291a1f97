"""Generations, offspring and dispersion, against hand-made trees, closed forms, scipy and published numbers."""

import csv
import math

import numpy as np
import pytest
from scipy import optimize, stats

from chance import FALSE_ALARM, assert_counts
from hyosan.indicators.tree import dispersion, generations, negative_binomial, offspring, share_causing

# 0 came in and infected 1 and 2; 1 infected 3; 3 infected 4 and 5; 6 came in and infected nobody.
TREE = np.array([-1, 0, 0, 1, 3, 3, -1])


def test_generations_and_offspring_of_a_tree_by_hand():
    assert generations(TREE).tolist() == [0, 1, 1, 2, 3, 3, 0]
    assert offspring(TREE).tolist() == [2, 1, 0, 2, 0, 0, 0]


def test_generations_do_not_need_infectors_to_stand_first():
    assert generations(np.array([1, 2, -1])).tolist() == [2, 1, 0]


def test_a_long_chain():
    assert generations(np.arange(-1, 99_999)).tolist() == list(range(100_000))


def test_nobody_descends_from_themselves():
    for tree in ([0], [1, 0], [-1, 2, 3, 1]):
        with pytest.raises(ValueError, match="own descendant"):
            generations(np.array(tree))


def test_no_infections():
    nothing = np.zeros(0, np.int64)
    assert len(generations(nothing)) == len(offspring(nothing)) == 0
    assert dispersion(nothing) is None
    assert share_causing(nothing) is None


def test_nobody_infected_anybody():
    assert dispersion(np.zeros(5, np.int64)) is None
    assert share_causing(np.zeros(5, np.int64)) is None


def test_even_offspring_have_infinite_k_and_a_lower_bound():
    found = dispersion(np.ones(50, np.int64))
    assert found.k == found.high == math.inf
    assert 1 < found.low < math.inf


@pytest.mark.parametrize("counts", [[0, 0, 0, 5], [0, 1, 2, 3, 9, 0, 0, 1], [0] * 56 + [1, 2, 3, 4, 11, 11], [7, 0]])
def test_k_and_its_interval_are_those_of_a_general_optimiser(counts):
    """Catches a wrong term of the likelihood or of its derivative, which share no code with scipy's."""
    counts = np.array(counts)
    mean = counts.mean()

    def likelihood(logarithm):
        k = math.exp(logarithm)
        return stats.nbinom.logpmf(counts, k, k / (k + mean)).sum()

    best = optimize.minimize_scalar(
        lambda x: -likelihood(x), bounds=(-8, 8), method="bounded", options={"xatol": 1e-10}
    )
    found = dispersion(counts)
    assert found.mean == mean
    assert found.k == pytest.approx(math.exp(best.x), rel=1e-5)
    floor = -best.fun - stats.chi2.ppf(0.95, 1) / 2
    assert likelihood(math.log(found.low)) == pytest.approx(floor, abs=1e-6)
    if found.high < math.inf:
        assert likelihood(math.log(found.high)) == pytest.approx(floor, abs=1e-6)
    else:
        assert stats.poisson.logpmf(counts, mean).sum() >= floor


@pytest.mark.parametrize(("mean", "k"), [(1.5, 0.16), (2.0, 0.5), (0.8, 4.0)])
def test_k_of_a_known_law_is_found(mean, k):
    """The likelihood ratio at the truth is chi-square. Catches k off by 10 % or the inverse of k, in 20,000."""
    counts = np.random.default_rng(7).negative_binomial(k, k / (k + mean), 20_000)
    found = dispersion(counts)

    def likelihood(k):
        return stats.nbinom.logpmf(counts, k, k / (k + found.mean)).sum()

    assert stats.chi2.sf(2 * (likelihood(found.k) - likelihood(k)), 1) > FALSE_ALARM
    assert found.low < found.k < found.high


def test_the_interval_covers_k_as_often_as_it_says():
    """600 samples of 200: catches a half-width off by a fifth (95 % would become 88 %)."""
    chance = np.random.default_rng(11)
    found = [dispersion(chance.negative_binomial(0.5, 0.25, 200)) for _ in range(600)]
    covered = sum(one.low <= 0.5 <= one.high for one in found)
    # 0.93 to 0.97 is what the chi-square approximation leaves open at this size.
    assert stats.binom.cdf(covered, 600, 0.93) > FALSE_ALARM
    assert stats.binom.sf(covered - 1, 600, 0.97) > FALSE_ALARM


def test_exponential_infectious_times_make_offspring_geometric():
    """Early in an epidemic, k is 1. Catches a fixed infectious time (k infinite) and Erlang-2 (k = 2)."""
    chance = np.random.default_rng(3)
    children = chance.poisson(2.0 * chance.exponential(1.0, 20_000))
    assert_counts(
        np.bincount(children),
        stats.geom.pmf(np.arange(children.max() + 1) + 1, 1 / 3) / (1 - (2 / 3) ** (children.max() + 1)),
    )
    infector = np.concatenate((np.full(20_000, -1), np.repeat(np.arange(20_000), children)))
    found = dispersion(offspring(infector)[:20_000])
    spread = (found.high - found.low) / (2 * 1.96)
    assert 2 * stats.norm.sf(abs(found.k - 1) / spread) > FALSE_ALARM


def test_probabilities_are_those_of_scipy():
    assert negative_binomial(2.0, 0.5, 30) == pytest.approx(stats.nbinom.pmf(np.arange(31), 0.5, 0.2), rel=1e-12)
    assert negative_binomial(2.0, math.inf, 30) == pytest.approx(stats.poisson.pmf(np.arange(31), 2.0), rel=1e-12)


def test_the_smallest_share_that_caused_most_by_hand():
    assert share_causing(np.array([0, 8, 1, 1, 0, 0, 0, 0, 0, 0])) == 0.1
    assert share_causing(np.array([1, 1, 1, 1, 1])) == 0.8
    assert share_causing(np.array([0, 0, 3, 0]), 0.5) == 0.25


def test_the_share_that_causes_80_percent_is_the_published_one():
    """0.264 for mean 2 and k 0.5 (superspreading, `proportion_transmission`); catches the gamma version, 0.316."""
    quantiles = stats.nbinom.ppf((np.arange(100_000) + 0.5) / 100_000, 0.5, 0.2).astype(int)
    assert share_causing(quantiles) == pytest.approx(0.264, abs=5e-4)


def test_measles_in_hagelloch(data):
    """Mean 0.98, k 0.255, at most 30 infectees: the outbreak of 1861, 188 children."""
    with data("outbreaks/measles_hagelloch_1861.csv").open() as file:
        rows = list(csv.DictReader(file))
    place = {row["case_ID"]: number for number, row in enumerate(rows)}
    infector = np.array([place.get(row["infector"], -1) for row in rows])
    found = dispersion(offspring(infector))
    assert found.mean == pytest.approx(0.98, abs=0.005)
    assert found.k == pytest.approx(0.255, abs=0.0005)
    assert found.low < 0.255 < found.high
    assert offspring(infector).max() == 30
