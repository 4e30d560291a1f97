"""The oracles against published numbers and against scipy, and the verdicts against known answers."""

import math

import numpy as np
import pytest
from scipy import linalg, stats

from hyosan.errors import HyosanError
from hyosan.verification import _chosen, names, run
from hyosan.verification.branching import PUBLISHED_EXTINCTION, PUBLISHED_GROWTH
from hyosan.verification.checks import (
    Band,
    Between,
    Close,
    Counts,
    FewMean,
    Law,
    Mean,
    Rising,
    Same,
    Share,
    Vector,
    counts_of,
)
from hyosan.verification.claim import SUITE_FALSE_ALARM, Effort, Experiment, Finding
from hyosan.verification.oracles import (
    chain_sizes,
    epidemic_law,
    expected_descendants,
    exponential_of,
    extinction,
    final_size_covariance,
    final_sizes,
    growth_rate,
    late_arrival,
    network_escape,
    outbreak_sizes,
)
from hyosan.verification.runs import shuffled
from hyosan.verification.small import PUBLISHED_CHAINS, PUBLISHED_SIZES
from hyosan.verification.tails import (
    binomial_tail,
    chi_square_tail,
    kolmogorov_tail,
    limit,
    normal_tail,
    student_tail,
)


@pytest.mark.parametrize("hits", [0, 1, 30, 47, 100, 399, 400])
@pytest.mark.parametrize("share", [1e-4, 0.1, 0.25, 0.9])
def test_binomial_tail(hits, share):
    law = stats.binom(400, share)
    expected = min(1.0, 2 * min(law.cdf(hits), law.sf(hits - 1)))
    assert binomial_tail(hits, 400, share) == pytest.approx(expected, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("freedom", [1, 2, 3, 9, 10, 50])
@pytest.mark.parametrize("statistic", [0.01, 1.0, 20.0, 90.0])
def test_chi_square_and_student_tails(freedom, statistic):
    assert chi_square_tail(statistic, freedom) == pytest.approx(stats.chi2.sf(statistic, freedom), rel=1e-9)
    t = math.sqrt(statistic)
    assert student_tail(t, freedom) == pytest.approx(2 * stats.t.sf(t, freedom), rel=1e-6, abs=1e-14)


def test_normal_and_kolmogorov_tails():
    assert normal_tail(4.5) == pytest.approx(2 * stats.norm.sf(4.5), rel=1e-12)
    assert kolmogorov_tail(0.03, 5000) >= stats.kstwo.sf(0.03, 5000)
    assert kolmogorov_tail(0.03, 5000) < 2 * stats.kstwo.sf(0.03, 5000)
    assert limit(normal_tail, 1e-3) == pytest.approx(stats.norm.isf(5e-4), abs=1e-9)


@pytest.mark.parametrize("size", PUBLISHED_CHAINS)
def test_chains_by_two_methods(size):
    chains = chain_sizes(size - 1, 1, 0.3)
    assert chains == pytest.approx(PUBLISHED_CHAINS[size], abs=1e-8)
    assert outbreak_sizes(size - 1, 1, str(-math.log(0.7)), "fixed") == pytest.approx(chains, abs=1e-12)


def test_reed_frost_of_another_test_suite():
    """Values of cdcgov/reedfrost."""
    assert chain_sizes(10, 1, 0.1)[0] == pytest.approx(3.486784e-01, rel=1e-6)
    assert chain_sizes(11, 2, 0.2)[1] == pytest.approx(4.902243e-03, rel=1e-6)
    assert chain_sizes(12, 3, 0.3)[3] == pytest.approx(5.321873e-07, rel=1e-6)


@pytest.mark.parametrize("law", PUBLISHED_SIZES)
def test_sizes_among_ten(law):
    assert outbreak_sizes(9, 1, "0.2", law) == pytest.approx(PUBLISHED_SIZES[law], abs=6e-8)


def test_sizes_in_large_cells_stay_exact():
    """Of a hundred by the time-dependent law after a long time: another method altogether."""
    late = epidemic_law(40, 1, 1.5, 1.0, 400.0)[:, 0]
    assert outbreak_sizes(39, 1, str(1.5 / 40), "exponential") == pytest.approx(late[:40][::-1], abs=1e-9)
    assert sum(outbreak_sizes(199, 1, str(1.5 / 200), "gamma-0.16")) == pytest.approx(1.0, abs=1e-9)


def test_matrix_exponential():
    matrix = np.random.default_rng(1).normal(size=(12, 12)) * 3
    assert exponential_of(matrix) == pytest.approx(linalg.expm(matrix), rel=1e-8, abs=1e-8)


def test_final_sizes_and_their_spread():
    assert final_sizes(np.array([[2.0]]), np.ones(1), np.zeros(1))[0] == pytest.approx(0.79681213, abs=1e-9)
    # One group: the textbook variance n z (1-z) (1 + c (1-z) R²) / (1 - (1-z) R)².
    z, number, people = 0.79681213, 2.0, np.array([1e4])
    for spread in (0.0, 1.0):
        covariance = final_size_covariance(np.array([[number]]), people, np.zeros(1), np.array([z]), spread)
        expected = 1e4 * z * (1 - z) * (1 + spread * (1 - z) * number**2) / (1 - (1 - z) * number) ** 2
        assert covariance[0, 0] == pytest.approx(expected, rel=1e-9)
    # Two groups that do not differ are one.
    half = np.full((2, 2), 1.0)
    two = final_size_covariance(half, people.repeat(2) / 2, np.zeros(2), np.array([z, z]), 1.0)
    assert two.sum() == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("number", "latent", "infectious", "stages", "rate", "doubling"), PUBLISHED_GROWTH)
def test_growth_rates(number, latent, infectious, stages, rate, doubling):
    found = growth_rate(number, latent, infectious, stages)
    assert found == pytest.approx(rate, abs=6e-7)
    assert math.log(2) / found == pytest.approx(doubling, abs=6e-5)
    if stages is not None and number < 10:
        first, second = expected_descendants(number, latent, infectious, stages, [20 * doubling, 21 * doubling])
        assert second / first == pytest.approx(2.0, rel=1e-4)


@pytest.mark.parametrize("dispersion", PUBLISHED_EXTINCTION)
def test_extinction(dispersion):
    assert extinction(1.5, dispersion) == pytest.approx(PUBLISHED_EXTINCTION[dispersion], abs=6e-7)


def test_networks():
    """Attack rates and chances of an outbreak in the table of regular networks."""
    three, four, six = ((0.0,) * degree + (1.0,) for degree in (3, 4, 6))
    assert 1 - network_escape(three, 0.75, None) == pytest.approx(0.962963, abs=6e-7)
    assert 1 - network_escape(four, 0.5, None) == pytest.approx(0.854102, abs=6e-7)
    assert 1 - network_escape(four, None, 1.0) == pytest.approx(0.662742, abs=6e-7)
    assert 1 - network_escape(four, None, 2.0) == pytest.approx(0.858330, abs=6e-7)
    assert 1 - network_escape(six, None, 0.5) == pytest.approx(0.599252, abs=6e-7)


def test_truncated_exponential():
    times = np.array([0.0, 1.0, 5.0])
    assert late_arrival(0.6, 5.0, times) == pytest.approx(stats.truncexpon(3.0).cdf(times * 0.6))


def test_shuffled_groups_keep_their_people():
    rows = shuffled(50, 10, 1)
    assert (np.sort(rows, axis=1) == np.arange(500).reshape(50, 10)).all()
    assert (rows != shuffled(50, 10, 2)).any()


def test_checks_of_right_and_wrong_samples():
    random = np.random.default_rng(3)
    values = np.sort(random.random(5000))
    pairs = [
        (Share(2540, 5000, 0.5), Share(2700, 5000, 0.5)),
        (Between(2540, 5000, 0.4, 0.5), Between(2700, 5000, 0.4, 0.5)),
        (Between(1950, 5000, 0.4, 0.5), Between(1800, 5000, 0.4, 0.5)),
        (Mean(0.1, 0.0, 0.1), Mean(0.6, 0.0, 0.1)),
        (FewMean((0.9, 1.1, 1.0, 1.05), 1.0), FewMean((0.91, 0.92, 0.913, 0.911, 0.917), 1.0)),
        (Vector((1.0, 2.0), (1.1, 2.1), np.eye(2)), Vector((9.0, 2.0), (1.1, 2.1), np.eye(2))),
        (Counts((480, 520), (0.5, 0.5)), Counts((400, 600), (0.5, 0.5))),
        (Law.of(values, values), Law.of(values, values**1.2)),
        (Same("a", "a"), Same("a", "b")),
        (Close((1.0,), (1.0,), 1e-9), Close((1.0,), (1.1,), 1e-9)),
        (Band((1.0, 2.0), 1.0, 2.0), Band((1.5, 2.1), 1.0, 2.0)),
        (Band((1.0,), high=1.0), Band((1.1,), high=1.0)),
        (Band((1.0,), low=1.0), Band((math.nan,), low=0.0)),
        (Band((1.0,), low=1.0), Band((), low=0.0)),
        (Rising((1.0, 1.1)), Rising((1.0, 1.0))),
        (Rising((1.0, 1.0, 2.0), or_equal=True), Rising((1.0, 2.0, 1.9), or_equal=True)),
        (Rising((1.0, 1.1)), Rising((1.0,))),
        (Rising((1.0, 1.1)), Rising((1.0, math.nan))),
    ]
    for right, wrong in pairs:
        assert right.chance() > 1e-3 > wrong.chance()
        assert right.tolerance(1e-3)
    assert Between(2200, 5000, 0.4, 0.5).chance() == 1.0
    assert Between(0, 0, 0.4, 0.5).chance() == 0.0
    assert Between(0, 0, 0.4, 0.5).tolerance(1e-3)
    assert counts_of(np.array([0, 1, 3]), (0.5, 0.5)).chance() == 0.0


def test_counts_are_merged_until_ten_are_expected():
    check = Counts((990, 6, 3, 1), (0.99, 0.006, 0.003, 0.001))
    assert check.tolerance(1e-3).endswith("1 df")
    assert check.chance() == pytest.approx(stats.chisquare([990, 10], [990, 10]).pvalue)


def test_judgement():
    def find(hits):
        return Experiment("x", "a", "b", "c", lambda effort: Finding("1,000", [Share(hits, 1000, 0.5)]))

    assert find(500).judge(Effort(), 1e-5).verdict == "pass"
    failed = find(600).judge(Effort(), 1e-5)
    assert (failed.verdict, failed.expected, failed.got) == ("fail", 0.5, 0.6)


def test_unknown_claims_are_refused():
    with pytest.raises(HyosanError, match="Did you mean 'final-size'"):
        list(run(["final-sise"]))


def test_words_with_which_names_begin_choose_claims():
    """A claim of that very name comes alone, and none comes twice."""
    known = names()
    assert _chosen(["reed-frost-3", "reed", "szr"], known) == [
        *(f"reed-frost-{size}" for size in (3, 4, 5)),
        *(name for name in known if name.startswith("szr-")),
    ]
    assert _chosen(["isolation"], known) == ["isolation"]
    assert _chosen(["szr-lattice"], known) == ["szr-lattice"]
    assert _chosen([], known) == []
    for word in ("sz", "szr-", "reed-frost-", ""):
        with pytest.raises(HyosanError, match="no such claim"):
            _chosen([word], known)


def test_cheap_claims_pass():
    """The others run with `hyosan verify --quick`."""
    told = []
    wanted = ["reed-frost-3", "ten-people-exponential", "layer-at-half-its-bound"]
    claims = list(run(wanted, quick=True, tell=told.append))
    assert [claim.name for claim in claims] == wanted
    assert sorted(told) == sorted(wanted)
    for claim in claims:
        assert claim.verdict == "pass"
        assert claim.false_alarm == SUITE_FALSE_ALARM / len(names())
        assert claim.defect
        assert claim.source
