"""The transmission tree counted: generations, offspring, and how unevenly people infect.

An infection is a row, (person, episode); `infector` is the row that it came from, or -1 if it came from outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

HALF_CHI_SQUARE = 1.920729410347062
"""Half the 95 % point of chi-square with one degree of freedom: how far a profile likelihood may fall."""

HALVINGS = 200
"""Steps of a bisection; each halves what is left."""


@dataclass(frozen=True)
class Dispersion:
    """A negative binomial fitted to offspring: variance = mean + mean² / k."""

    mean: float
    """Offspring of one infection [infections]."""
    k: float
    """Dispersion [1]; infinite where offspring vary no more than Poisson."""
    low: float
    """Lower end of the 95 % interval of k [1]."""
    high: float
    """Upper end of the 95 % interval of k [1], infinite where Poisson is within it."""


def generations(infector: NDArray[np.int64]) -> NDArray[np.int64]:
    """Generation of each infection, (infections,): 0 if it came from outside, else one more than its infector's.

    Args:
        infector: Row of the infector, -1 from outside, (infections,).

    Raises:
        ValueError: Somebody descends from themselves.
    """
    ancestor = np.array(infector, np.int64)
    climbed = (ancestor >= 0).astype(np.int64)
    for _ in range(len(ancestor).bit_length() + 1):  # each round doubles the height of the steps
        climbing = np.flatnonzero(ancestor >= 0)
        if not len(climbing):
            return climbed
        climbed[climbing] += climbed[ancestor[climbing]]
        ancestor[climbing] = ancestor[ancestor[climbing]]
    raise ValueError("somebody was infected by their own descendant")


def offspring(infector: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many infections came from each infection, (infections,).

    Args:
        infector: Row of the infector, -1 from outside, (infections,).
    """
    return np.bincount(infector[infector >= 0], minlength=len(infector)).astype(np.int64)


def dispersion(counts: NDArray[np.int64]) -> Dispersion | None:
    """Mean and dispersion k of an offspring distribution by maximum likelihood, or None if nobody infected anybody.

    The interval is where the profile likelihood of k stays within half the 95 % point of chi-square of its top.

    Args:
        counts: Offspring of infections whose infectious time is over, (infections,).

    Source:
        Lloyd-Smith (2007), doi:10.1371/journal.pone.0000180; the law is that of Lloyd-Smith et al. (2005),
        doi:10.1038/nature04153.
    """
    if not counts.any():
        return None
    mean = float(counts.mean())
    more = len(counts) - np.cumsum(np.bincount(counts))[:-1]

    def likelihood(a: float) -> float:
        return _likelihood(a, more, len(counts), mean)

    top = _root(lambda a: _slope(a, more, len(counts), mean)) if counts.var() > mean else 0.0
    floor = likelihood(top) - HALF_CHI_SQUARE
    most = _root(lambda a: likelihood(a) - floor, least=top)
    least = 0.0 if likelihood(0.0) >= floor else _root(lambda a: floor - likelihood(a), most=top)
    return Dispersion(mean, _inverse(top), _inverse(most), _inverse(least))


def negative_binomial(mean: float, k: float, most: int) -> NDArray[np.float64]:
    """Probability of 0, 1, … `most` offspring, (most + 1,).

    Args:
        mean: Offspring of one infection [infections].
        k: Dispersion [1]; infinite for Poisson.
        most: Largest count.

    Source:
        Lloyd-Smith et al. (2005), doi:10.1038/nature04153.
    """
    a = _inverse(k)
    none = np.exp(-mean * _logarithm_over(a * mean))
    count = np.arange(most)
    return np.asarray(
        none * np.concatenate(([1.0], np.cumprod(mean * (1 + a * count) / ((1 + a * mean) * (count + 1)))))
    )


def share_causing(counts: NDArray[np.int64], share: float = 0.8) -> float | None:
    """Smallest share of infections that caused a share of all offspring, or None if nobody infected anybody.

    Args:
        counts: Offspring of infections whose infectious time is over, (infections,).
        share: Of the offspring [1], 0 to 1.

    Source:
        Endo et al. (2020), doi:10.12688/wellcomeopenres.15842.3.
    """
    if not counts.any():
        return None
    caused = np.cumsum(np.sort(counts)[::-1])
    return float(np.searchsorted(caused, share * caused[-1]) + 1) / len(counts)


def _likelihood(a: float, more: NDArray[np.int64], count: int, mean: float) -> float:
    """Log-likelihood of a = 1 / k at the mean, but for what a does not change; `more[j]` rows have more than j."""
    places = np.arange(len(more))
    return float((more * np.log1p(a * places)).sum() - count * mean * (np.log1p(a * mean) + _logarithm_over(a * mean)))


def _slope(a: float, more: NDArray[np.int64], count: int, mean: float) -> float:
    """Derivative of `_likelihood` by a."""
    places, x = np.arange(len(more)), a * mean
    # (ln(1 + x) - x) / x² loses its digits for small x.
    curve = (np.log1p(x) - x) / x**2 if x > 1e-4 else -1 / 2 + x / 3 - x**2 / 4
    return float((more * places / (1 + a * places)).sum() + count * mean**2 * curve)


def _logarithm_over(x: float) -> float:
    """ln(1 + x) / x, also at 0."""
    return float(np.log1p(x) / x) if x > 0 else 1.0


def _inverse(number: float) -> float:
    """1 / number, where the inverse of 0 is infinite and the other way round."""
    return 1 / number if number else float("inf")


def _root(function: Callable[[float], float], *, least: float = 0.0, most: float | None = None) -> float:
    """Where a function changes its sign: positive just above `least`, negative at `most` or far above."""
    if most is None:
        most = max(2 * least, 1e-6)
        while function(most) > 0:
            least, most = most, 2 * most
    for _ in range(HALVINGS):
        middle = (least + most) / 2
        least, most = (middle, most) if function(middle) > 0 else (least, middle)
    return (least + most) / 2
