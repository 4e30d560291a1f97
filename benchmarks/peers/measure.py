"""What every runner of a peer prints: medians over seeds, in one line of JSON."""

import json
import resource
import statistics
import sys
from collections.abc import Callable

DAYS = 180

Outbreak = dict[str, float]
"""`setup_s`, `cpu_s`: processor seconds before and in the loop over days; `infections`, `attack_rate`, `peak_day`."""

WARM_UP = 10_000
"""People of the run that compiles and loads, and is not counted."""


def seeds_of(people: int) -> int:
    """People infected at the start, as in the scenario `benchmark-city`."""
    return max(1, round(people / 10_000))


def report(name: str, version: str, run: Callable[[int, int], Outbreak]) -> None:
    """Run `run(people, seed)` for the people and the count of seeds of the command line, and print what it took."""
    people, repeat = int(sys.argv[1]), int(sys.argv[2])
    run(min(people, WARM_UP), 1)
    rows = [run(people, seed) for seed in range(1, repeat + 1)]
    medians = {key: statistics.median(row[key] for row in rows) for key in rows[0]}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"name": name, "version": version, "people": people, **medians, "peak_mb": round(peak)}))
