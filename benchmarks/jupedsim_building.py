"""Processor time of walking people in JuPedSim's collision-free speed model and here, side by side in one call.

`python benchmarks/jupedsim_building.py [--people N]... [--repeat N] [--json FILE]`; see the README beside this file.
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import platformdirs
from peers import Skipped, environment, line_of, shown

CASES = ("corridor", "bottleneck")

DTS = (0.05, 0.01)
"""Steps at which both walk [s]; the first is our default, the second JuPedSim's."""

COLUMNS = ("case", "people", "name", "dt", "cpu_s", "clock_s", "ns", "seconds_per_s", "advance_m", "through", "gone")
"""Columns of the table: `ns` of processor time a person-step, time walked by people in a second of a processor."""


def measured(case: str, people: int, repeat: int, peer: Path) -> list[dict[str, Any]]:
    """Rows of a case: both simulators at both steps, medians of runs that took turns."""
    here, found = Path(sys.executable), {}
    with tempfile.TemporaryDirectory() as folder:
        crowd = Path(folder) / "crowd.json"
        line_of(here, "walking", [case, str(people), "write", str(crowd)], says=False)
        for _ in range(repeat):
            for dt in DTS:
                ours = line_of(here, "walking", [case, str(people), "run", str(dt)])
                theirs = line_of(peer, "jupedsim", [str(crowd), str(dt)])
                for line in (ours, theirs):
                    found.setdefault((line["name"], dt), []).append(line)
    return [_row(case, people, lines) for lines in found.values()]


def _row(case: str, people: int, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians of the runs of one simulator at one step."""
    first, cpu = lines[0], statistics.median(line["cpu_s"] for line in lines)
    return {
        **first,
        "case": case,
        "people": people,
        "cpu_s": cpu,
        "clock_s": statistics.median(line["run_s"] for line in lines),
        "ns": 1e9 * cpu / first["person_steps"],
        "seconds_per_s": first["person_steps"] * first["dt"] / cpu,
    }


def ratios(rows: list[dict[str, Any]]) -> dict[str, float]:
    """How many times as much processor time JuPedSim takes: per person-step at each step, and each at its default."""
    by = {(row["name"], row["dt"]): row for row in rows}
    found = {f"step {dt:g} s": by["JuPedSim", dt]["ns"] / by["hyosan", dt]["ns"] for dt in DTS}
    found["defaults"] = by["hyosan", DTS[0]]["seconds_per_s"] / by["JuPedSim", DTS[1]]["seconds_per_s"]
    return found


def main() -> int:
    """Measure every case; 1 if JuPedSim cannot be run."""
    parser = argparse.ArgumentParser(description="Compare walking people with JuPedSim.")
    parser.add_argument("--people", type=int, action="append", help="people, may be repeated (default: 200 and 1000)")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each, whose medians are told (default: 3)")
    parser.add_argument("--json", type=Path, help="file to write the rows into")
    cache = Path(platformdirs.user_cache_dir("hyosan", appauthor=False)) / "peers"
    parser.add_argument("--cache", type=Path, default=cache, help="folder of JuPedSim's virtual environment")
    given = parser.parse_args()
    rows: list[dict[str, Any]] = []
    print(" ".join(f"{name:>13}" for name in COLUMNS))
    try:
        peer = environment("jupedsim", given.cache)
        for case in CASES:
            for people in given.people or (200, 1000):
                mine = measured(case, people, given.repeat, peer)
                rows += mine
                print("\n".join(" ".join(f"{shown(row[name]):>13}" for name in COLUMNS) for row in mine))
                print(
                    f"{case}, {people:,} people: JuPedSim takes "
                    + ", ".join(f"{ratio:.1f} times as much ({name})" for name, ratio in ratios(mine).items()),
                    flush=True,
                )
    except Skipped as skipped:
        parser.exit(1, f"JuPedSim could not be measured: {skipped}\n")
    if given.json is not None:
        given.json.write_text(json.dumps(rows, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
