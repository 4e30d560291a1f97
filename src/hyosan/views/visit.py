"""A run of people in a building, from its scenario to its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hyosan import jit
from hyosan.building import Visit
from hyosan.records.provenance import provenance
from hyosan.records.run import Records, taken
from hyosan.scenario.model import resolved
from hyosan.views.patience import Stopped, told_of_kernels

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyosan.scenario.walking import BuildingScenario
    from hyosan.views.patience import Patience


def followed(
    scenario: BuildingScenario, seed: int, threads: int, tell: Callable[[str, int, int], None], patience: Patience
) -> tuple[Records, bool]:
    """Records of a run, and whether it went to its end or to where the person stopped it."""

    def advanced(now: int, end: int) -> None:
        tell("seconds", now, end)
        patience.check()

    with jit.compilations_told_to(told_of_kernels(patience, tell)):
        tell("world", 0, 1)
        visit = Visit(scenario, seed=seed, threads=threads)
        finished = True
        try:
            visit.run(progress=advanced)
        except Stopped:
            finished = False
        finally:
            visit.close()
    return records_of(visit, finished=finished), finished


def records_of(visit: Visit, *, finished: bool = True) -> Records:
    """The records of a visit as far as it has come."""
    manifest: dict[str, Any] = {
        "status": "finished" if finished else "interrupted",
        "finished": finished,
        "seed": visit.seed,
        "start": visit.scenario.start.isoformat(),
        "simulated_s": round(visit.now, 6),
        "scenario": resolved(visit.scenario),
        "states": visit.states(),
        "kinds": list(visit.kinds),
        "summary": visit.summary(),
        **provenance(),
    }
    return taken(manifest, visit.tables(), visit.names())
