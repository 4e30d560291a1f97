"""How fast a scenario runs here: medians of several runs of one seed, and the memory they take."""

from __future__ import annotations

import gc
import statistics
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hyosan.engine.groundwork import Groundwork, groundwork_of
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyosan.scenario.model import Scenario

CASES = {"city": "benchmark-city"}
"""What can be measured, and the scenario that is run if no other is named."""

SCHEDULES = {"world.schedules": "weeks", "step": "10 minutes"}
"""What `--schedules` changes in the scenario."""

PEOPLE = 1_000_000
"""People of those scenarios if no other count is asked for."""

RUNS = 3
"""Runs whose medians are told, after one that is not counted."""

SEED = 1
"""Seed of every run, that of `hyosan run`."""

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Measured:
    """One case as `hyosan bench` prints it, field by field."""

    scenario: str
    people: int
    threads: int
    steps: int
    """Steps of each run."""
    setup_s: float
    """Making the world, its groundwork and a fresh state [s]."""
    run_s: float
    """All steps, by the clock [s]."""
    cpu_s: float
    """All steps, processor time of all threads [s]."""
    infections: int
    attack_rate: float
    peak_rss_mb: float | None
    """Largest memory of the process, world and interpreter included [2**20 bytes]; None where nobody says."""
    bytes_per_person: float | None
    """Largest growth of that memory by a run, its state included and the world not [bytes/person]; None likewise."""
    digest: str


def measured(scenario: Scenario, *, threads: int = 1, tell: Callable[[str, int, int], None] | None = None) -> Measured:
    """Run a scenario several times and measure it.

    Args:
        scenario: What to run.
        threads: Threads of a run.
        tell: Hears (stage, done, of) where stage is `world` or `runs`.
    """
    tell = tell or (lambda stage, done, of: None)
    memory = _Memory()
    tell("world", 0, 1)
    # The first of everything loads compiled kernels, and is not counted.
    _run(_ground(scenario)[0], threads, memory)
    tell("world", 0, 1)
    ground, ground_s = _ground(scenario)
    runs = []
    for done in range(RUNS):
        tell("runs", done, RUNS)
        runs.append(_run(ground, threads, memory))
    summaries = [run.summary for run in runs]
    summary = summaries[0]
    assert len({str(each["digest"]) for each in summaries}) == 1, "runs of one seed differ"
    people, grown = int(str(summary["people"])), [run.grown for run in runs if run.grown is not None]
    return Measured(
        scenario=scenario.name,
        people=people,
        threads=threads,
        steps=int(str(summary["steps"])),
        setup_s=ground_s + statistics.median(run.begin_s for run in runs),
        run_s=statistics.median(run.run_s for run in runs),
        cpu_s=statistics.median(run.cpu_s for run in runs),
        infections=int(str(summary["infections"])),
        attack_rate=float(str(summary["attack_rate"])),
        peak_rss_mb=memory.largest(),
        bytes_per_person=max(grown) / people if grown else None,
        digest=str(summary["digest"]),
    )


def _ground(scenario: Scenario) -> tuple[Groundwork, float]:
    """World and groundwork of a scenario, and the time they took [s]."""
    begun = time.perf_counter()
    groundwork = groundwork_of(scenario, build(scenario))
    return groundwork, time.perf_counter() - begun


@dataclass(frozen=True)
class _Run:
    """What one run took."""

    begin_s: float
    run_s: float
    cpu_s: float
    grown: int | None
    """Growth of the process [bytes]."""
    summary: dict[str, object]


def _run(ground: Groundwork, threads: int, memory: _Memory) -> _Run:
    """Run once and measure it."""
    before = memory.now()
    begun = time.perf_counter()
    simulation = Simulation(ground.scenario, ground.world, seed=SEED, threads=threads, groundwork=ground)
    begin_s = time.perf_counter() - begun
    memory.reset()
    cpu = time.process_time()
    simulation.run()
    cpu_s = time.process_time() - cpu
    peak = memory.peak()
    simulation.close()
    grown = None if before is None or peak is None else max(0, peak - before)
    return _Run(begin_s, simulation.wall_s, cpu_s, grown, simulation.summary())


class _Memory:
    """Resident memory of this process now, and its largest since it was last reset [bytes]; None where nobody says."""

    def __init__(self) -> None:
        self._resets = True
        self._seen = 0.0

    def now(self) -> int | None:
        """Memory held now, after what is no longer needed was given back."""
        gc.collect()
        with suppress(OSError, AttributeError):  # only glibc keeps what was freed, and can be asked for it
            import ctypes

            ctypes.CDLL(None).malloc_trim(0)
        return _status("VmRSS")

    def reset(self) -> None:
        """Let the largest begin anew from what is held now."""
        self._seen = max(self._seen, self.largest() or 0.0)
        try:
            _RESET.write_text("5")
        except OSError:
            self._resets = False

    def peak(self) -> int | None:
        """Largest memory since the reset; None if it could not be reset."""
        return _status("VmHWM") if self._resets else None

    def largest(self) -> float | None:
        """Largest memory of the process so far [2**20 bytes]."""
        high = _status("VmHWM")
        if high is None:
            with suppress(ImportError):  # not on Windows
                import resource
                import sys

                high = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return None if high is None else max(self._seen, high / MEGABYTE)


def _status(name: str) -> int | None:
    """A line of what Linux says of this process [bytes]; None elsewhere."""
    with suppress(OSError):
        for line in _STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
    return None
