"""What `hyosan verify` runs: published and exactly known results against this installation.

One file a theme: `large`, `small`, `branching`, `blame`, `invariance`, `networks`, `interventions`, `closures`. Their
claims compare samples with exact laws, and one run with another only to the last byte; `oracles` has the laws, `tails`
and `checks` the chance of a false alarm.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import TYPE_CHECKING

from hyosan.errors import HyosanError, did_you_mean
from hyosan.verification.claim import SUITE_FALSE_ALARM, Claim, Effort, Experiment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def _experiments() -> dict[str, Experiment]:
    """Every claim by its name, in the order in which they run."""
    from hyosan.verification import blame, branching, closures, interventions, invariance, large, networks, small

    themes = (large, small, branching, blame, invariance, networks, interventions, closures)
    return {experiment.name: experiment for theme in themes for experiment in theme.EXPERIMENTS}


def names() -> tuple[str, ...]:
    """Names of all claims."""
    return tuple(_experiments())


def run(
    names: Sequence[str] = (), quick: bool = False, tell: Callable[[str], None] | None = None, *, seed: int = 1
) -> Iterator[Claim]:
    """Put claims to the test, two at a time where there are two cores; their results come in order.

    Args:
        names: Which claims; all if empty.
        quick: Smaller samples, for a minute in all.
        tell: Hears the name of each claim that begins.
        seed: Another seed repeats the tests with other draws; a right engine then fails once in a thousand times.
    """
    known = _experiments()
    for name in names:
        if name not in known:
            raise HyosanError(f"{name!r:.80}: no such claim. {did_you_mean(name[:80], known)}")
    # What one claim may cost in false alarms does not depend on how many are asked for.
    false_alarm = SUITE_FALSE_ALARM / len(known)
    effort = Effort(quick, seed)

    def judge(name: str) -> Claim:
        if tell is not None:
            tell(name)
        return known[name].judge(effort, false_alarm)

    pool = ThreadPoolExecutor(min(2, cpu_count() or 1), "verify")
    try:
        yield from pool.map(judge, names or known)
    finally:
        effort.stop.set()
        pool.shutdown(cancel_futures=True)


__all__ = ["Claim", "names", "run"]
