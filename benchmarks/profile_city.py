"""Where the time of a run goes, and what it holds in memory: one line a case, shares within one run.

`python benchmarks/profile_city.py [SCENARIO] [people ...]`; the kernels should be compiled already (run it twice).
"""

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hyosan.engine.step as step
from hyosan.scenario.load import load
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build

KERNELS = ("take", "split", "sift", "admit", "begin", "file_fresh")


def _timed(name: str, kernel: Callable[..., Any], spent: Counter[str]) -> Callable[..., Any]:
    """The kernel, its time added up under its name."""

    def call(*arguments: Any) -> Any:
        begun = time.perf_counter()
        try:
            return kernel(*arguments)
        finally:
            spent[name] += time.perf_counter() - begun

    return call


def _memory() -> int:
    """Memory that this process holds now [bytes]."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def profile(name: str, people: int) -> dict[str, object]:
    """Run one scenario and say where its time went."""
    scenario = load(name, set={"people": people})
    load_begun = time.perf_counter()
    world = build(scenario)
    world_s = time.perf_counter() - load_begun
    with_world = _memory()
    simulation = Simulation(scenario, world, seed=1)
    spent: Counter[str] = Counter()
    for kernel in KERNELS:
        setattr(step, kernel, _timed(kernel, PLAIN[kernel], spent))
    simulation.run()
    state = simulation.state()
    held = sum(getattr(value, "nbytes", 0) for value in vars(state).values())
    summary = simulation.summary()
    attempts = simulation.emitted()
    return {
        "scenario": name,
        "people": people,
        "infected": summary["infected"],
        "attempts": attempts,
        "world_s": round(world_s, 3),
        "wall_s": round(simulation.wall_s, 4),
        "ns_per_attempt": round(1e9 * simulation.wall_s / max(1, attempts)),
        "shares": {name: round(value / simulation.wall_s, 3) for name, value in spent.most_common()},
        "state_bytes_per_person": round(held / people, 1),
        "memory_mb_beyond_world": round((_memory() - with_world) / 1e6, 1),
    }


PLAIN = {name: getattr(step, name) for name in KERNELS}


def main() -> None:
    """Print one line a case."""
    name = sys.argv[1] if len(sys.argv) > 1 else "hyosan-influenza"
    for people in [int(text) for text in sys.argv[2:]] or [153_816, 1_000_000]:
        print(json.dumps(profile(name, people)), flush=True)


if __name__ == "__main__":
    main()
