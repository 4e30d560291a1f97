"""Dwell tables: quantiles, means and variances against SciPy and closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from chance import assert_law, assert_share
from hyosan.rules.dwell import CELLS, FRACTION_BITS, OCTAVES, dwell_time, mean_of, quantile, quantile_table
from hyosan.rules.random import MASK, draw

DAY = 86400.0
LAWS = [
    ("fixed", 0.0, DAY, None),
    ("exponential", 1.0, 4 * DAY, stats.expon(scale=4 * DAY)),
    *(("gamma", k, 2 * DAY, stats.gamma(k, scale=2 * DAY)) for k in (0.1, 0.16, 0.5, 1.0, 2.0, 3.7, 20.0, 1000.0)),
    *(("weibull", k, 2 * DAY, stats.weibull_min(k, scale=2 * DAY)) for k in (0.25, 0.5, 1.0, 2.3, 1000.0)),
    *(("lognormal", s, 5 * DAY, stats.lognorm(s, scale=5 * DAY)) for s in (0.1, 0.418, 1.0, 1.7)),
]
NAMES = [f"{family} {shape:g}" for family, shape, _, _ in LAWS]


def _nodes(table):
    return table.reshape(2, OCTAVES, CELLS + 1) / (1 << FRACTION_BITS)


def _variance_of(table):
    """Variance of the law in force, interpolation included, (E x² integrated cell by cell)."""
    nodes = _nodes(table)
    weights = (0.25 * 0.5 ** np.arange(OCTAVES) / CELLS)[None, :, None]
    left, right = nodes[..., :-1], nodes[..., 1:]
    square = ((left * left + left * right + right * right) / 3 * weights).sum()
    square += (nodes[:, -1, 0] ** 2 * 0.25 * 0.5 ** (OCTAVES - 1)).sum()
    return square - mean_of(table) ** 2


@pytest.mark.parametrize(("family", "shape", "scale", "law"), LAWS, ids=NAMES)
def test_nodes_are_the_quantiles(family, shape, scale, law):
    if law is None:
        assert (_nodes(quantile_table(family, shape, scale)) == scale).all()
        return
    tails = 0.25 * 0.5 ** np.arange(OCTAVES)[:, None] * (1 + np.arange(CELLS + 1)[None, :] / CELLS)
    expected = np.stack([law.ppf(tails), law.isf(tails)])
    found = _nodes(quantile_table(family, shape, scale))
    assert np.allclose(found, expected, rtol=1e-8, atol=0.51 / (1 << FRACTION_BITS))


@pytest.mark.parametrize(("family", "shape", "scale", "law"), LAWS, ids=NAMES)
def test_mean_and_variance_are_right(family, shape, scale, law):
    """Within 0.1 % of the published law, as the table in force has them."""
    table = quantile_table(family, shape, scale)
    mean, variance = (scale, 0.0) if law is None else (law.mean(), law.var())
    assert mean_of(table) == pytest.approx(mean, rel=1e-3)
    assert _variance_of(table) == pytest.approx(variance, rel=1e-3, abs=1e-6)


@pytest.mark.parametrize(("family", "shape", "scale", "law"), LAWS[1:], ids=NAMES[1:])
def test_drawn_times_follow_the_law(family, shape, scale, law):
    """Below a minute only the share counts: the laws of small shape crowd there, below the table's unit."""
    table = quantile_table(family, shape, scale)
    drawn = [
        quantile(table[None], 0, *draw(11, 1 << 16, who, 0, 1)[:2]) / (1 << FRACTION_BITS) for who in range(20_000)
    ]
    long = np.array([value for value in drawn if value > 60])
    below = law.cdf(60.0)
    if len(long) < len(drawn):
        assert_share(len(drawn) - len(long), len(drawn), below)
    assert_law(long, lambda x: (law.cdf(x) - below) / (1 - below))


@given(st.integers(0, 2**64 - 2))
def test_a_quantile_rises_with_its_word_in_the_lower_tail_and_falls_in_the_upper(word):
    """The two tails are walked from the middle outwards: neighbours differ in order and never jump over each other."""
    table = quantile_table("gamma", 2.0, DAY)
    first = quantile(table[None], 0, word >> 32, word & MASK)
    second = quantile(table[None], 0, (word + 1) >> 32, (word + 1) & MASK)
    if word >> 63 == (word + 1) >> 63:
        assert (second >= first) if word >> 63 == 0 else (second <= first)


def test_the_extreme_words():
    table = quantile_table("exponential", 1.0, DAY)
    assert dwell_time(table[None], 0, 0, 0) == 0
    assert dwell_time(table[None], 0, 0x80000000, 0) > 20 * DAY
    assert dwell_time(table[None], 0, MASK, MASK) < dwell_time(table[None], 0, 0x80000000, 0)


def test_a_fixed_time_is_always_itself():
    table = quantile_table("fixed", 0.0, 123.0)
    assert {dwell_time(table[None], 0, *draw(1, 1, who, 0, 0)[:2]) for who in range(200)} == {123}


def test_tables_cannot_be_written():
    with pytest.raises(ValueError, match="read-only"):
        quantile_table("gamma", 2.0, DAY)[0] = 1
