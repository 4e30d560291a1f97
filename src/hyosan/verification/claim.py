"""A claim: one published or exactly known result, what this installation gave, and the verdict."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any, Literal

from hyosan.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hyosan.verification.checks import Check

SUITE_FALSE_ALARM = 1e-3
"""Chance that a right engine fails anywhere in the suite, at fresh seeds; shared out equally over the claims."""


@dataclass(frozen=True)
class Claim:
    """One result of `hyosan verify`."""

    name: str
    claim: str
    """What is claimed, in one sentence."""
    source: str
    """Where it was published, or how it is known."""
    expected: Any
    """One value a check; numbers, lists of numbers or digests."""
    got: Any
    tolerance: Any
    """Largest deviation of each check that passes."""
    verdict: Literal["pass", "fail", "skip"]
    sample: str
    """How large the sample was."""
    false_alarm: float
    """Chance that a right engine fails this claim at a fresh seed."""
    chance: float
    """Smallest chance of the checks, times their number: the claim fails if it is below `false_alarm`."""
    defect: str
    """The mistake that it is sized to catch."""
    wall_s: float


@dataclass(frozen=True)
class Effort:
    """How much a claim may cost, and which seeds it takes."""

    quick: bool = False
    seed: int = 1
    stop: Event = field(default_factory=Event)
    """Set when nobody waits for the claims any more: no further run begins."""

    def size(self, quick: int, full: int) -> int:
        """A sample size."""
        return quick if self.quick else full

    def seeds(self, count: int) -> Iterator[int]:
        """Seeds of that many runs."""
        for number in range(count):
            if self.stop.is_set():
                raise RunError("the verification was stopped.")
            yield self.seed * 1000 + number


@dataclass(frozen=True)
class Finding:
    """What a claim's experiment found."""

    sample: str
    checks: Sequence[Check]


def _plain(value: Any) -> Any:
    """Python numbers rounded to 10 digits; a list of one is that one."""
    if isinstance(value, list | tuple):
        return _plain(value[0]) if len(value) == 1 else [_plain(each) for each in value]
    return float(f"{float(value):.10g}") if isinstance(value, float) else value


@dataclass(frozen=True)
class Experiment:
    """A claim and how it is put to the test."""

    name: str
    claim: str
    source: str
    defect: str
    find: Callable[[Effort], Finding]

    def judge(self, effort: Effort, false_alarm: float) -> Claim:
        """Run it and compare; each check has an equal part of the false-alarm chance."""
        begun = time.perf_counter()
        finding = self.find(effort)
        checks = finding.checks
        # What is no number, such as a rate of nobody, fails.
        chances = [0.0 if math.isnan(chance) else chance for chance in (check.chance() for check in checks)]
        chance = min(1.0, min(chances) * len(checks))
        tolerances = [check.tolerance(false_alarm / len(checks)) for check in checks]
        return Claim(
            name=self.name,
            claim=self.claim,
            source=self.source,
            expected=_plain([check.expected for check in checks]),
            got=_plain([check.got for check in checks]),
            tolerance=_plain(tolerances),
            verdict="pass" if chance >= false_alarm else "fail",
            sample=finding.sample,
            false_alarm=false_alarm,
            chance=chance,
            defect=self.defect,
            wall_s=time.perf_counter() - begun,
        )


@dataclass(frozen=True)
class OutOfScope:
    """A test of a guideline that asks for what the simulator does not have."""

    name: str
    claim: str
    """What would be claimed, in one sentence."""
    source: str
    reason: str
    """Why it is not put to the test."""

    def judge(self, effort: Effort, false_alarm: float) -> Claim:
        """Say so."""
        return Claim(
            name=self.name,
            claim=f"{self.claim}. Not put to the test: {self.reason}",
            source=self.source,
            expected=None,
            got=None,
            tolerance=None,
            verdict="skip",
            sample="none",
            false_alarm=0.0,
            chance=1.0,
            defect="",
            wall_s=0.0,
        )
