"""Hyosan's side of `benchmarks/jupedsim_building.py`: the crowd of a case as a file, or one run of it as a line.

`python run_walking.py CASE PEOPLE write CROWD.json` or `python run_walking.py CASE PEOPLE run DT`.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np

import hyosan
from hyosan.engine.building.building import Building
from hyosan.engine.building.ground import ground_of
from hyosan.verification import bench_building as bench


def door_of(case: str, people: int) -> float:
    """Where along x the narrow door stands, or where the corridor ends [m]."""
    return bench.plan_of(case, people).doors[0].segment[0][0]


def written(case: str, people: int) -> dict[str, object]:
    """What another simulator must know of a case."""
    outline, end = bench.walls_of(case, people)
    return {
        "outline": outline,
        "end": end,
        "door": door_of(case, people),
        "starts": bench.starts_of(case, people).tolist(),
        "speed": bench.FREE_SPEED,
        "radius": bench.RADIUS,
        "seconds": bench.SECONDS,
    }


def run(case: str, people: int, dt: float) -> dict[str, object]:
    """Walk once, kernels loaded before, and say what it took."""
    crowd = bench.crowd_of(case, people)
    ground = ground_of(bench.plan_of(case, people))
    Building(ground, crowd, dt=dt).run(1.0)
    cpu = time.process_time()
    building = Building(ground_of(bench.plan_of(case, people)), crowd, dt=dt)
    setup_s = time.process_time() - cpu
    clock, cpu = time.perf_counter(), time.process_time()
    building.run(bench.SECONDS)
    cpu_s, run_s = time.process_time() - cpu, time.perf_counter() - clock
    x = building.places()[:, 0]
    inside = np.isfinite(x)
    return {
        "name": "hyosan",
        "version": hyosan.__version__,
        "dt": dt,
        "setup_s": setup_s,
        "run_s": run_s,
        "cpu_s": cpu_s,
        "person_steps": building.person_steps,
        "gone": building.gone,
        "advance_m": float((x - crowd.place[:, 0])[inside].mean()) if inside.any() else 0.0,
        "through": building.gone + int((x[inside] > door_of(case, people)).sum()),
    }


def main() -> None:
    """Write the crowd, or print the line of a run."""
    case, people, what, argument = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
    if what == "write":
        Path(argument).write_text(json.dumps(written(case, people)))
    else:
        print(json.dumps(run(case, people, float(argument))))


main()
