"""Many runs of one scenario over one world, in threads of one process."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from hyosan.building import Visit, plan_of
from hyosan.engine.building.ground import ground_of
from hyosan.engine.groundwork import Groundwork, groundwork_of
from hyosan.errors import HyosanError, RunError
from hyosan.simulation import Simulation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hyosan.scenario.model import Scenario
    from hyosan.scenario.walking import BuildingScenario
    from hyosan.world.world import World

FIELDS = {
    "scenario": pa.string(),
    "seed": pa.uint64(),
    "people": pa.int64(),
    "infected": pa.int64(),
    "dead": pa.int64(),
    "turned": pa.int64(),
    "destroyed": pa.int64(),
    "in_camp": pa.int64(),
    "attack_rate": pa.float64(),
    "first_infection": pa.string(),
    "first_report": pa.string(),
    "steps": pa.int64(),
    "wall_s": pa.float64(),
    "digest": pa.string(),
    "infections": pa.int64(),
    "immune_at_start": pa.int64(),
    "vaccinated_at_start": pa.int64(),
    "reproduction_number": pa.float64(),
    "ended": pa.string(),
}
"""The numbers that every run reports, in order, with their Arrow types."""


def walk(
    scenario: BuildingScenario,
    seeds: Sequence[int],
    *,
    threads: int | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> pa.Table:
    """One row a seed, in the order of the seeds: what the run of people in a building reports.

    Args:
        scenario: What to run.
        seeds: Seeds of the runs, 64 bits each.
        threads: Runs at the same time; as many as there are processors if not given.
        tell: Hears (runs done, runs in all).
    """
    plan = plan_of(scenario)
    ground = ground_of(plan)
    rows = []
    with ThreadPoolExecutor(threads or processors(), "hyosan-walk") as pool:
        visits = pool.map(lambda seed: Visit(scenario, seed=seed, plan=plan, ground=ground).run().summary(), seeds)
        for row in visits:
            rows.append({**row, "by_exit": list(row["by_exit"].items())})
            if tell is not None:
                tell(len(rows), len(seeds))
    kinds = {**FIELDS, "evacuated": pa.int64(), "last_out_s": pa.float64(), "stuck": pa.int64()}
    kinds |= {"by_exit": pa.map_(pa.string(), pa.int64()), "person_steps": pa.int64()}
    known = ("infections", "immune_at_start", "vaccinated_at_start", "reproduction_number")
    return pa.Table.from_pylist(rows, pa.schema({name: kind for name, kind in kinds.items() if name not in known}))


def execute(
    scenario: Scenario,
    world: World,
    seeds: Sequence[int],
    *,
    threads: int | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> pa.Table:
    """One row a seed, in the order of the seeds: what its run reports, and the final count of every state.

    A row depends on its seed alone: not on the other seeds, on their order or on the count of threads.

    Args:
        scenario: What to run.
        world: Where; read by all runs, written by none.
        seeds: Seeds of the runs, 64 bits each.
        threads: Runs at the same time; as many as there are processors if not given.
        tell: Hears (runs done, runs in all).
    """
    groundwork = groundwork_of(scenario, world)
    rows = []
    with ThreadPoolExecutor(threads or processors(), "hyosan-run") as pool:
        try:
            for row in pool.map(lambda seed: _row(groundwork, seed), seeds):
                rows.append(row)
                if tell is not None:
                    tell(len(rows), len(seeds))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return _table(rows, groundwork.course.names)


def processors() -> int:
    """Count of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def column_of(state: str) -> str:
    """Column of a state's final count: its name, with `_state` behind it where a number of the run has that name."""
    return f"{state}_state" if state in FIELDS else state


def _row(groundwork: Groundwork, seed: int) -> dict[str, Any]:
    """What the run of one seed reports."""
    try:
        simulation = Simulation(groundwork.scenario, groundwork.world, seed=seed, groundwork=groundwork)
        simulation.run()
        counts = {column_of(name): count for name, count in simulation.totals().items()}
        row = {**simulation.summary(), **counts}
    except HyosanError as error:
        raise RunError(f"seed {seed}: {error}") from error
    except MemoryError as error:
        raise RunError(f"seed {seed}: not enough memory. Run fewer at the same time with fewer threads.") from error
    except Exception as error:
        error.add_note(f"It happened in the run of seed {seed}.")
        raise
    assert list(FIELDS) == list(row)[: len(FIELDS)], f"a run reports {list(row)}"
    return row


def _table(rows: Sequence[Mapping[str, Any]], states: Sequence[str]) -> pa.Table:
    """Rows as an Arrow table, with all its columns even if there are no rows."""
    fields = [pa.field(name, kind) for name, kind in FIELDS.items()]
    fields += [pa.field(column_of(name), pa.int64()) for name in states]
    arrays = [pa.array([row[field.name] for row in rows], field.type) for field in fields]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))
