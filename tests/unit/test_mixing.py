"""Gaps between attempts and individual variation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from chance import assert_counts, assert_law, assert_mean
from hyosan.rules.dwell import quantile_table
from hyosan.rules.mixing import MANTISSA_BITS, NO_GAP, POSITION_BITS, gap, gap_for, mean_gap, variation
from hyosan.rules.random import draw, exponential


@given(st.floats(2.0**-47, 1000.0))
def test_the_mean_gap_is_kept_to_25_bits(hazard):
    mantissa, shift = mean_gap(hazard)
    mean = mantissa * 2.0**-shift * 2.0**32 / 2.0**POSITION_BITS
    assert 1 <= mantissa <= 1 << MANTISSA_BITS
    assert mean == pytest.approx(1 / hazard, rel=2.0**-MANTISSA_BITS)


@given(st.floats(2.0**-40, 1.0), st.integers(1, 2**24))
def test_a_factor_divides_the_mean_gap(hazard, factor):
    mantissa, shift = mean_gap(hazard)
    new, moved = gap_for(mantissa, shift, factor)
    assert new * 2.0**-moved == pytest.approx(mantissa * 2.0**-shift / (factor / 65536), rel=2e-6)


def test_a_stream_without_hazard_never_emits():
    assert mean_gap(0.0) == (NO_GAP, 0)
    assert mean_gap(2.0**-49)[0] == NO_GAP


@pytest.mark.parametrize("hazard", [1 / 3600, 1 / 86400, 1 / 864000])
def test_gaps_follow_the_exponential_law(hazard):
    mantissa, shift = mean_gap(hazard)
    gaps = [
        gap(mantissa, shift, exponential(*draw(2, 3 << 16, who, 0, 1)[:2])) / 2**POSITION_BITS for who in range(20_000)
    ]
    assert_law(gaps, stats.expon(scale=1 / hazard).cdf)


def test_attempts_of_a_day_are_poisson():
    """Gaps put end to end give a Poisson number of attempts in a day: a bias of the first gap would show."""
    mantissa, shift = mean_gap(2.0 / 86400)
    counts = []
    for who in range(20_000):
        position, ordinal = 0, 0
        while True:
            words = draw(4, 3 << 16, who, ordinal, 1)
            position += gap(mantissa, shift, exponential(words[0], words[1]))
            if position >> POSITION_BITS >= 86400:
                break
            ordinal += 1
        counts.append(ordinal)
    shares = np.append(stats.poisson.pmf(range(9), 2.0), stats.poisson.sf(8, 2.0))
    assert_counts(np.bincount(np.minimum(counts, 9), minlength=10), shares)


@pytest.mark.parametrize("k", [0.16, 0.5, 2.0])
def test_variation_is_gamma_of_mean_one(k):
    table = quantile_table("gamma", k, 65536.0 / k)[None]
    values = np.array([variation(7, person, 1, table) for person in range(20_000)]) / 65536
    assert_mean(values, 1.0, 1 / math.sqrt(k))
    assert values.var() == pytest.approx(1 / k, rel=6 * math.sqrt((2 + 6 / k) / 20_000))
