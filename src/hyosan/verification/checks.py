"""Checks: one comparison of what the engine did with what is known, and the chance of a false alarm."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from hyosan.verification.tails import (
    binomial_tail,
    chi_square_tail,
    kolmogorov_tail,
    limit,
    normal_tail,
    student_tail,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEWEST_EXPECTED = 10.0
"""Cells of a chi-square test are merged until each expects this many."""


class Check(Protocol):
    """One comparison."""

    @property
    def expected(self) -> Any:
        """What is known."""

    @property
    def got(self) -> Any:
        """What the engine did."""

    def chance(self) -> float:
        """Chance of a deviation at least as large if the engine is right."""

    def tolerance(self, false_alarm: float) -> str:
        """Largest deviation that passes."""


@dataclass(frozen=True)
class Same:
    """Two things that must be equal, without any chance."""

    expected: Any
    got: Any

    def chance(self) -> float:
        """1 if they are equal."""
        return float(self.expected == self.got)

    def tolerance(self, false_alarm: float) -> str:
        """None."""
        return "equal"


@dataclass(frozen=True)
class Close:
    """Numbers computed in two ways, without any chance."""

    expected: tuple[float, ...]
    got: tuple[float, ...]
    within: float

    def chance(self) -> float:
        """1 if they agree."""
        pairs = zip(self.expected, self.got, strict=True)
        return float(all(abs(expected - got) <= self.within for expected, got in pairs))

    def tolerance(self, false_alarm: float) -> str:
        """The rounding of the published numbers."""
        return f"±{self.within:g} each"


@dataclass(frozen=True)
class Band:
    """Numbers that must lie between two bounds, without any chance."""

    got: tuple[float, ...]
    low: float = -math.inf
    high: float = math.inf

    @property
    def expected(self) -> str:
        """The bounds in words."""
        if self.low == -math.inf:
            return f"at most {self.high:g}"
        if self.high == math.inf:
            return f"at least {self.low:g}"
        return f"{self.low:g} to {self.high:g}"

    def chance(self) -> float:
        """1 if all are between them; there must be one, and what is no number is not."""
        return float(len(self.got) > 0 and all(self.low <= got <= self.high for got in self.got))

    def tolerance(self, false_alarm: float) -> str:
        """None beyond the bounds."""
        return "none"


@dataclass(frozen=True)
class Rising:
    """Numbers each of which must be larger than the one before it, without any chance."""

    got: tuple[float, ...]
    or_equal: bool = False

    @property
    def expected(self) -> str:
        """What they do, in words."""
        return "none smaller than the one before" if self.or_equal else "rising"

    def chance(self) -> float:
        """1 if they rise."""
        pairs = zip(self.got, self.got[1:], strict=False)
        if len(self.got) < 2 or any(math.isnan(got) for got in self.got):
            return 0.0
        return float(all(one < other or (self.or_equal and one == other) for one, other in pairs))

    def tolerance(self, false_alarm: float) -> str:
        """None."""
        return "none"


@dataclass(frozen=True)
class Share:
    """A share of independent trials (exact binomial test)."""

    hits: int
    trials: int
    expected: float

    @property
    def got(self) -> float:
        """Share of the trials."""
        return self.hits / self.trials

    def chance(self) -> float:
        """Twice the smaller tail."""
        return binomial_tail(self.hits, self.trials, self.expected)

    def tolerance(self, false_alarm: float) -> str:
        """Half width in the normal approximation; the test itself is exact."""
        spread = math.sqrt(self.expected * (1.0 - self.expected) / self.trials)
        return f"±{limit(normal_tail, false_alarm) * spread:.2g}"


@dataclass(frozen=True)
class Between:
    """A share of independent trials whose chance is known to lie between two numbers (exact binomial test)."""

    hits: int
    trials: int
    low: float
    high: float

    @property
    def expected(self) -> list[float]:
        """The two numbers."""
        return [self.low, self.high]

    @property
    def got(self) -> float:
        """Share of the trials."""
        return self.hits / self.trials if self.trials else math.nan

    def chance(self) -> float:
        """1 between them; outside twice the smaller tail of the nearer one."""
        if self.low <= self.got <= self.high:
            return 1.0
        if not self.trials:
            return 0.0
        return binomial_tail(self.hits, self.trials, self.low if self.got < self.low else self.high)

    def tolerance(self, false_alarm: float) -> str:
        """Beyond the nearer one: half width in the normal approximation; the test itself is exact."""
        if not self.trials:
            return "none"
        spread = math.sqrt(self.high * (1.0 - self.high) / self.trials)
        return f"±{limit(normal_tail, false_alarm) * spread:.2g} beyond them"


@dataclass(frozen=True)
class Mean:
    """A mean whose standard error is known, or estimated from more than 1,000 independent values."""

    got: float
    expected: float
    error: float
    """Standard error."""

    @classmethod
    def of(cls, values: NDArray[np.float64], expected: float) -> Mean:
        """The mean of many independent values, its error estimated from them."""
        return cls(float(values.mean()), expected, float(values.std(ddof=1)) / math.sqrt(len(values)))

    def chance(self) -> float:
        """Two tails of a normal."""
        if self.error == 0.0:
            return float(self.got == self.expected)
        return normal_tail((self.got - self.expected) / self.error)

    def tolerance(self, false_alarm: float) -> str:
        """Half width."""
        return f"±{limit(normal_tail, false_alarm) * self.error:.2g}"


@dataclass(frozen=True)
class FewMean:
    """The mean of a few independent values that are nearly normal (Student's t)."""

    values: tuple[float, ...]
    expected: float

    @property
    def got(self) -> float:
        """Their mean."""
        return float(np.mean(self.values)) if self.values else 0.0

    @property
    def _error(self) -> float:
        if len(self.values) < 2:
            return 0.0
        return float(np.std(self.values, ddof=1)) / math.sqrt(len(self.values))

    def chance(self) -> float:
        """Two tails of Student's t."""
        if self._error == 0.0:
            return float(self.got == self.expected)
        return student_tail((self.got - self.expected) / self._error, len(self.values) - 1)

    def tolerance(self, false_alarm: float) -> str:
        """Half width."""
        if self._error == 0.0:
            return "equal"
        return f"±{limit(lambda t: student_tail(t, len(self.values) - 1), false_alarm) * self._error:.2g}"


@dataclass(frozen=True)
class AtMost:
    """The mean of a few independent values that are nearly normal may not be above a bound (Student's t, one tail)."""

    values: tuple[float, ...]
    bound: float

    @property
    def expected(self) -> str:
        """The bound in words."""
        return f"at most {self.bound:g}"

    @property
    def got(self) -> float:
        """Their mean."""
        return float(np.mean(self.values)) if self.values else math.nan

    @property
    def _error(self) -> float:
        return float(np.std(self.values, ddof=1)) / math.sqrt(len(self.values)) if len(self.values) > 1 else 0.0

    def chance(self) -> float:
        """1 up to the bound; above it the upper tail of Student's t."""
        if not self.got > self.bound:
            return 1.0 if self.values else 0.0
        if self._error == 0.0:
            return 0.0
        return student_tail((self.got - self.bound) / self._error, len(self.values) - 1) / 2.0

    def tolerance(self, false_alarm: float) -> str:
        """Above the bound."""
        if self._error == 0.0:
            return "none"
        return f"{limit(lambda t: student_tail(t, len(self.values) - 1) / 2.0, false_alarm) * self._error:.2g} above it"


@dataclass(frozen=True)
class Vector:
    """Several means with a known covariance, judged together (chi-square)."""

    got: tuple[float, ...]
    expected: tuple[float, ...]
    covariance: NDArray[np.float64]

    def chance(self) -> float:
        """Upper tail of the squared Mahalanobis distance."""
        if not np.diag(self.covariance).all():
            return 0.0
        gap = np.array(self.got) - np.array(self.expected)
        return chi_square_tail(float(gap @ np.linalg.solve(self.covariance, gap)), len(gap))

    def tolerance(self, false_alarm: float) -> str:
        """Half width of each alone; together the limit of the chi-square holds."""
        freedom = len(self.expected)
        most = limit(lambda x: chi_square_tail(x, freedom), false_alarm)
        widths = ", ".join(f"{math.sqrt(most * v):.2g}" for v in np.diag(self.covariance))
        return f"chi-square at most {most:.1f} on {freedom} df, alone ±{widths}"


@dataclass(frozen=True)
class Counts:
    """Counts of categories (chi-square; categories merged until each expects 10)."""

    counts: tuple[int, ...]
    shares: tuple[float, ...]

    @property
    def expected(self) -> list[float]:
        """Chance of each category."""
        return [round(share, 7) for share in self.shares]

    @property
    def got(self) -> list[float]:
        """Share of each category."""
        return [round(count / max(1, sum(self.counts)), 7) for count in self.counts]

    def _merged(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Counts and expected counts of merged categories."""
        total = sum(self.counts)
        rows: list[list[float]] = []
        for count, share in zip(self.counts, self.shares, strict=True):
            if rows and rows[-1][1] < FEWEST_EXPECTED:
                rows[-1][0] += count
                rows[-1][1] += share * total
            else:
                rows.append([count, share * total])
        if len(rows) > 1 and rows[-1][1] < FEWEST_EXPECTED:
            last = rows.pop()
            rows[-1][0] += last[0]
            rows[-1][1] += last[1]
        table = np.array(rows, float)
        return table[:, 0], table[:, 1]

    def chance(self) -> float:
        """Upper tail of the chi-square statistic; 0 where an impossible category happened."""
        if any(count and share <= 0.0 for count, share in zip(self.counts, self.shares, strict=True)):
            return 0.0
        counts, expected = self._merged()
        return chi_square_tail(float(((counts - expected) ** 2 / expected).sum()), len(counts) - 1)

    def tolerance(self, false_alarm: float) -> str:
        """Largest chi-square."""
        freedom = len(self._merged()[0]) - 1
        return f"chi-square at most {limit(lambda x: chi_square_tail(x, freedom), false_alarm):.1f} on {freedom} df"


@dataclass(frozen=True)
class Law:
    """Independent values of a continuous law (largest distance of the two distribution functions)."""

    got: float
    """Largest distance."""
    count: int
    expected: float = 0.0

    @classmethod
    def of(cls, values: NDArray[np.float64], cumulated: NDArray[np.float64]) -> Law:
        """Distance of sorted values from the law whose distribution function at them is `cumulated`."""
        count = len(values)
        above = np.arange(1, count + 1) / count - cumulated
        below = cumulated - np.arange(count) / count
        return cls(float(max(above.max(), below.max())), count)

    def chance(self) -> float:
        """Massart's bound."""
        return kolmogorov_tail(self.got, self.count)

    def tolerance(self, false_alarm: float) -> str:
        """Largest distance."""
        return f"distance at most {limit(lambda d: kolmogorov_tail(d, self.count), false_alarm):.2g}"


def counts_of(values: NDArray[np.int64], shares: Sequence[float]) -> Counts:
    """Counts of the values 0, 1, … against their chances."""
    counts = np.bincount(values, minlength=len(shares))
    return Counts(tuple(int(count) for count in counts), (*map(float, shares), *([0.0] * (len(counts) - len(shares)))))
