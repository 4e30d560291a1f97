"""Checks against bounds that a guideline or a measurement sets, without any chance."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Bounded:
    """A number that must lie between two others."""

    got: float
    low: float
    high: float

    @property
    def expected(self) -> list[float]:
        """The two bounds."""
        return [self.low, self.high]

    def chance(self) -> float:
        """1 between them."""
        return float(self.low <= self.got <= self.high)

    def tolerance(self, false_alarm: float) -> str:
        """None beyond the bounds."""
        return "between them"


@dataclass(frozen=True)
class Rising:
    """Numbers each of which must be larger than the one before."""

    got: tuple[float, ...]

    @property
    def expected(self) -> str:
        """In words."""
        return "rising"

    def chance(self) -> float:
        """1 if they rise."""
        return float(all(one < other for one, other in pairwise(self.got)))

    def tolerance(self, false_alarm: float) -> str:
        """None."""
        return "each above the last"
