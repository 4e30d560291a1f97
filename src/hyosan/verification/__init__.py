"""What `hyosan verify` runs: published and exactly known results against this installation.

One file a theme: `large`, `small`, `branching`, `blame`, `invariance`, `networks`, `interventions`, `closures`, and of
bites `hunting`, `hunting_times`, `lattices`. Their claims compare samples with exact laws, and one run with another
only to the last byte; `oracles`, `hunting_oracles` and `lattice_oracles` have the laws, `tails` and `checks` the chance
of a false alarm. Of people in buildings `imo`, `imo_crowds`, `nist`, `nist_choices`, `nist_flows`, and of RiMEA
`rimea_single`, `rimea_diagrams`, `rimea_exits` and `rimea_necks` have the tests of guidelines, whose bounds
(bands and orders of `checks`) are mostly theirs; `walks` measures, `halls`, `decks` and `storeys` have the plans.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import TYPE_CHECKING

from hyosan.errors import HyosanError, did_you_mean
from hyosan.verification.claim import SUITE_FALSE_ALARM, Claim, Effort, Experiment, OutOfScope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def _experiments() -> dict[str, Experiment | OutOfScope]:
    """Every claim by its name, in the order in which they run."""
    from hyosan.verification import (
        blame,
        branching,
        breaking,
        chasing,
        closures,
        drifting,
        fleeing,
        hearing,
        hunting,
        hunting_times,
        imo,
        imo_crowds,
        incubating,
        interventions,
        invariance,
        large,
        lattices,
        networks,
        nist,
        nist_choices,
        nist_flows,
        panics,
        rimea_diagrams,
        rimea_exits,
        rimea_necks,
        rimea_single,
        seeing,
        small,
    )

    spread = (large, small, branching, blame, invariance, networks, interventions, closures)
    rimea = (rimea_single, rimea_diagrams, rimea_exits, rimea_necks)
    guidelines = (imo, imo_crowds, nist, nist_choices, nist_flows, *rimea)
    chase = (chasing, breaking, seeing, hearing, drifting, incubating, fleeing, panics)
    themes = (*spread, hunting, hunting_times, lattices, *guidelines, *chase)
    return {experiment.name: experiment for theme in themes for experiment in theme.EXPERIMENTS}


def names() -> tuple[str, ...]:
    """Names of all claims."""
    return tuple(_experiments())


def _chosen(words: Sequence[str], known: Sequence[str]) -> list[str]:
    """Names of the claims that are meant: each by its name, or several by the word or words with which they begin."""
    chosen = []
    for word in words:
        found = [word] if word in known else [name for name in known if name.startswith(f"{word}-")]
        if not found:
            raise HyosanError(f"{word!r:.80}: no such claim. {did_you_mean(word[:80], known)}")
        chosen += found
    return list(dict.fromkeys(chosen))


def run(
    names: Sequence[str] = (), quick: bool = False, tell: Callable[[str], None] | None = None, *, seed: int = 1
) -> Iterator[Claim]:
    """Put claims to the test, two at a time where there are two cores; their results come in order.

    Args:
        names: Which claims, each by its name, or by the words with which the names of several begin, such as `szr`; all
            if empty.
        quick: Smaller samples, for a minute in all.
        tell: Hears the name of each claim that begins.
        seed: Another seed repeats the tests with other draws; a right engine then fails once in a thousand times.
    """
    known = _experiments()
    wanted = _chosen(names, tuple(known)) or list(known)
    # What one claim may cost in false alarms does not depend on how many are asked for.
    false_alarm = SUITE_FALSE_ALARM / len(known)
    effort = Effort(quick, seed)

    def judge(name: str) -> Claim:
        if tell is not None:
            tell(name)
        return known[name].judge(effort, false_alarm)

    pool = ThreadPoolExecutor(min(2, cpu_count() or 1), "verify")
    try:
        yield from pool.map(judge, wanted)
    finally:
        effort.stop.set()
        pool.shutdown(cancel_futures=True)


__all__ = ["Claim", "names", "run"]
