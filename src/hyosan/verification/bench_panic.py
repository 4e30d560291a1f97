"""How fast a panic in a school is here: every rule of an outbreak on, one person in ten a hunter at the start."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from hyosan.building import Visit, plan_of
from hyosan.engine.building.ground import ground_of
from hyosan.errors import ScenarioError
from hyosan.scenario.load import load
from hyosan.scenario.walking import BuildingScenario
from hyosan.verification.bench_building import RUNS, Measured

if TYPE_CHECKING:
    from collections.abc import Callable

PANIC = "panic"
PEOPLE = 602
"""Pupils and teachers of the school."""
FEWEST, MOST = 20, 615
"""So few people make no panic, and the school has so many seats."""
SECONDS, STEP = 300.0, 0.1
"""Time of a run, and length of a step [s]."""


def panic(people: int) -> BuildingScenario:
    """The scenario: everybody stepped, so that all who are in the building count."""
    changes = {
        "people": people, "hunters": people // 10, "bitten": 0, "start": "2026-03-03T08:30:00", "duration": "1 hour",
        "first_bite": "08:40", "first_turn": "08:45", "building.sleep": False, "records.tracks": "60 s",
    }  # fmt: skip
    scenario = load("school-bite", set=changes)
    assert isinstance(scenario, BuildingScenario), "the school is a building"
    return scenario


def measured_panic(
    people: int | None, *, threads: int = 1, runs: int = RUNS, tell: Callable[[str, int, int], None] | None = None
) -> Measured:
    """Run a panic several times and measure it; see `bench_building.measured`.

    Raises:
        ScenarioError: The school has not as many seats.
    """
    tell = tell or (lambda stage, done, of: None)
    tell("world", 0, 1)
    count = PEOPLE if people is None else people
    if not FEWEST <= count <= MOST:
        raise ScenarioError.at("people", f"is {count}; the school of the panic holds {FEWEST} to {MOST}.")
    scenario = panic(count)
    plan = plan_of(scenario)
    Visit(scenario, plan=plan).run(1.0)
    begun = time.perf_counter()
    ground = ground_of(plan)
    ground_s, found = time.perf_counter() - begun, []
    for done in range(runs):
        tell("runs", done, runs)
        begun = time.perf_counter()
        visit = Visit(scenario, plan=plan, ground=ground, threads=threads)
        begin_s, cpu = time.perf_counter() - begun, time.process_time()
        visit.run(SECONDS)
        found.append((visit.wall_s, time.process_time() - cpu, begin_s, visit))
        visit.close()
    summary, visit = found[0][3].summary(), found[0][3]
    assert len({each[3].summary()["digest"] for each in found}) == 1, "runs of one panic differ"
    run_s = statistics.median(each[0] for each in found)
    steps = visit.building.person_steps
    return Measured(
        scenario=PANIC,
        people=count,
        threads=threads,
        dt=STEP,
        steps=round(SECONDS / STEP),
        setup_s=ground_s + statistics.median(each[2] for each in found),
        run_s=run_s,
        cpu_s=statistics.median(each[1] for each in found),
        person_steps=steps,
        person_steps_per_s=steps / run_s,
        person_seconds_per_s=steps * STEP / run_s,
        gone=visit.building.gone,
        advance_m=0.0,
        digest=str(summary["digest"]),
    )
