"""Tails: how likely a deviation at least as large is, for the laws that the claims compare with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def normal_tail(z: float) -> float:
    """Chance that a standard normal is at least as far from 0.

    >>> round(normal_tail(1.959964), 6)
    0.05
    """
    return math.erfc(abs(z) / math.sqrt(2.0))


def student_tail(t: float, freedom: int) -> float:
    """Chance that a Student t of whole degrees of freedom is at least as far from 0.

    Source:
        Abramowitz & Stegun (1964), equations 26.7.3 and 26.7.4: finite sums.

    >>> round(student_tail(2.093024, 19), 6)
    0.05
    """
    angle = math.atan(abs(t) / math.sqrt(freedom))
    cosine, sine = math.cos(angle), math.sin(angle)
    odd = freedom % 2
    term = total = cosine if odd else 1.0
    for power in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine * cosine * (power - 1) / power
        total += term
    if not odd:
        return max(0.0, 1.0 - sine * total)
    return max(0.0, 1.0 - 2.0 / math.pi * (angle + (sine * total if freedom > 1 else 0.0)))


def chi_square_tail(statistic: float, freedom: int) -> float:
    """Chance that a chi-square of whole degrees of freedom is at least as large.

    Source:
        Abramowitz & Stegun (1964), equations 26.4.4 and 26.4.5: finite sums.

    >>> round(chi_square_tail(16.918978, 9), 6), round(chi_square_tail(18.307038, 10), 6)
    (0.05, 0.05)
    """
    half = statistic / 2.0
    if half <= 0.0:
        return 1.0
    first = 0.5 if freedom % 2 else 0.0
    total = math.erfc(math.sqrt(half)) if freedom % 2 else 0.0
    for term in range(freedom // 2):
        power = term + first
        total += math.exp(power * math.log(half) - half - math.lgamma(power + 1.0))
    return min(1.0, total)


def binomial_tail(hits: int, trials: int, share: float) -> float:
    """Twice the smaller tail of a binomial, at most 1; exact.

    >>> round(binomial_tail(2, 10, 0.5), 6)
    0.109375
    """
    if share <= 0.0 or share >= 1.0:
        return 1.0 if hits == round(share) * trials else 0.0
    log_mass = (
        math.lgamma(trials + 1) - math.lgamma(hits + 1) - math.lgamma(trials - hits + 1)
        + hits * math.log(share) + (trials - hits) * math.log1p(-share)
    )  # fmt: skip
    odds = share / (1.0 - share)
    down = up = 1.0
    term = 1.0
    for below in range(hits, 0, -1):
        term *= below / ((trials - below + 1) * odds)
        down += term
        if term < 1e-18 * down and below < trials * share:
            break
    term = 1.0
    for above in range(hits, trials):
        term *= (trials - above) * odds / (above + 1)
        up += term
        if term < 1e-18 * up and above > trials * share:
            break
    return min(1.0, 2.0 * math.exp(log_mass + math.log(min(down, up))))


def kolmogorov_tail(distance: float, count: int) -> float:
    """Bound on the chance that an empirical law of `count` values is at least as far from the true one.

    Source:
        Massart (1990), doi:10.1214/aop/1176990746: 2 exp(-2 n d²), for every n.
    """
    return min(1.0, 2.0 * math.exp(-2.0 * count * distance * distance))


def limit(tail: Callable[[float], float], chance: float) -> float:
    """Where a falling tail comes down to a chance.

    >>> round(limit(normal_tail, 0.05), 4)
    1.96
    """
    low, high = 0.0, 1.0
    while tail(high) > chance:
        low, high = high, 2.0 * high
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if tail(middle) > chance else (low, middle)
    return high
