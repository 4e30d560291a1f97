"""JuPedSim, collision-free speed model: the crowd of a file walks as long as the file says, and one line says how fast.

`python run_jupedsim.py CROWD.json DT`; the file is what `benchmarks/jupedsim_building.py` writes.
"""

import json
import sys
import time
from pathlib import Path

import jupedsim
from shapely import Polygon

BEYOND = 1.0
"""Floor behind the line over which people leave [m]: whoever is on it is taken out."""


def begun(crowd: dict, dt: float) -> tuple[jupedsim.Simulation, dict[int, float]]:
    """A simulation before its first step, and where along x each of its people starts [m]."""
    end, width = crowd["end"], max(y for _, y in crowd["outline"])
    behind = [(end, 0.0), (end + BEYOND, 0.0), (end + BEYOND, width), (end, width)]
    floor = Polygon(crowd["outline"]).union(Polygon(behind))
    simulation = jupedsim.Simulation(model=jupedsim.CollisionFreeSpeedModel(), geometry=floor, dt=dt)
    stage = simulation.add_exit_stage(behind)
    journey = simulation.add_journey(jupedsim.JourneyDescription([stage]))
    starts = {}
    for x, y in crowd["starts"]:
        parameters = jupedsim.CollisionFreeSpeedModelAgentParameters(
            position=(x, y),
            time_gap=1.0,
            desired_speed=crowd["speed"],
            radius=crowd["radius"],
            journey_id=journey,
            stage_id=stage,
        )
        starts[simulation.add_agent(parameters)] = x
    return simulation, starts


def main() -> None:
    """Walk, and print what it took."""
    crowd, dt = json.loads(Path(sys.argv[1]).read_text()), float(sys.argv[2])
    clock, cpu = time.perf_counter(), time.process_time()
    simulation, starts = begun(crowd, dt)
    setup_s = time.process_time() - cpu
    person_steps, door = 0, crowd["door"]
    clock, cpu = time.perf_counter(), time.process_time()
    for _ in range(round(crowd["seconds"] / dt)):
        person_steps += simulation.agent_count()
        simulation.iterate()
    cpu_s, run_s = time.process_time() - cpu, time.perf_counter() - clock
    inside = {agent.id: agent.position[0] for agent in simulation.agents()}
    gone = len(starts) - len(inside)
    line = {
        "name": "JuPedSim",
        "version": "1.4.2",
        "dt": dt,
        "setup_s": setup_s,
        "run_s": run_s,
        "cpu_s": cpu_s,
        "person_steps": person_steps,
        "gone": gone,
        "advance_m": sum(x - starts[row] for row, x in inside.items()) / max(1, len(inside)),
        "through": gone + sum(x > door for x in inside.values()),
    }
    print(json.dumps(line))


main()
