"""Assertions about chance: each compares a sample with an exact law and has a stated chance of a false alarm.

The suite may raise a false alarm once in a thousand fresh seeds; it has fewer than a thousand such assertions, so each
may do so with `FALSE_ALARM`. Seeds are fixed, so a test that passes keeps passing until the code changes its draws.
"""

import math

import numpy as np
from scipy import stats

FALSE_ALARM = 1e-6
"""Chance that one assertion fails though the law holds."""


def assert_share(hits, trials, share):
    """`hits` of `trials` independent trials fit a probability (exact binomial test)."""
    p = stats.binomtest(int(hits), int(trials), float(share)).pvalue
    assert p > FALSE_ALARM, f"{hits} of {trials} is {hits / trials:.6f}, expected {share:.6f} (p = {p:.1e})"


def assert_mean(values, mean, sd):
    """The mean of many independent values fits, each having the known standard deviation (normal approximation)."""
    values = np.asarray(values, float)
    z = (values.mean() - mean) / (sd / math.sqrt(len(values)))
    assert 2 * stats.norm.sf(abs(z)) > FALSE_ALARM, f"mean {values.mean():.6g}, expected {mean:.6g} (z = {z:.1f})"


def assert_counts(counts, shares):
    """Counts of categories fit their probabilities (chi-square; categories merged until each expects 10)."""
    counts, expected = np.asarray(counts, float), np.asarray(shares, float) * np.sum(counts)
    merged_counts, merged_expected = [0.0], [0.0]
    for count, expect in zip(counts, expected, strict=True):
        if merged_expected[-1] >= 10:
            merged_counts.append(0.0)
            merged_expected.append(0.0)
        merged_counts[-1] += count
        merged_expected[-1] += expect
    if len(merged_expected) > 1 and merged_expected[-1] < 10:
        last_count, last_expected = merged_counts.pop(), merged_expected.pop()
        merged_counts[-1] += last_count
        merged_expected[-1] += last_expected
    assert math.isclose(sum(merged_expected), counts.sum(), rel_tol=1e-9), "shares do not add up to 1"
    assert len(merged_counts) > 1, "too few trials for a chi-square test"
    p = stats.chisquare(merged_counts, merged_expected).pvalue
    assert p > FALSE_ALARM, f"counts {merged_counts}, expected {np.round(merged_expected, 1)} (p = {p:.1e})"


def assert_law(values, cdf):
    """Independent values follow a continuous law (Kolmogorov–Smirnov)."""
    p = stats.kstest(values, cdf).pvalue
    assert p > FALSE_ALARM, f"Kolmogorov-Smirnov p = {p:.1e}"
