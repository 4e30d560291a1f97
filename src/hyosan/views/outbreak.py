"""One run from its scenario to its records, and into a folder if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan import jit
from hyosan.engine.hunted_tables import names_of_buildings
from hyosan.errors import HyosanError
from hyosan.records.digest import digest
from hyosan.records.provenance import provenance
from hyosan.records.residents import places_columns
from hyosan.records.run import Records, taken
from hyosan.records.write import release, write
from hyosan.scenario.bite import HUNTED_BUILT_IN
from hyosan.scenario.model import resolved
from hyosan.scenario.walking import BuildingScenario
from hyosan.simulation import Simulation
from hyosan.tables import EVERY_RUN, Names
from hyosan.views.patience import Stopped, told_of_kernels
from hyosan.views.visit import followed
from hyosan.world.synthesis import build

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hyosan.scenario.model import Scenario
    from hyosan.views.patience import Patience

    Tell = Callable[[str, int, int], None]

FINISHED, INTERRUPTED = "finished", "interrupted"


class Interrupted(KeyboardInterrupt):
    """A run was stopped by the person; what happened until then is in `records`."""

    def __init__(self, records: Records, folder: Path | None) -> None:
        super().__init__("interrupted")
        self.records = records
        self.folder = folder


def outbreak(
    scenario: Scenario | BuildingScenario,
    patience: Patience,
    *,
    seed: int,
    threads: int,
    folder: Path | None = None,
    tell: Tell | None = None,
    guests: Sequence[object] = (),
) -> Records:
    """Run a scenario once.

    Args:
        scenario: What to run.
        patience: Waits with Ctrl-C for a good moment; open.
        seed: Seed of the run, 64 bits.
        threads: Threads to use.
        folder: Empty folder for the tables; without it nothing is written.
        guests: The user's own objects that observe or intervene.
        tell: Hears (stage, done, of) where stage is `world`, `kernels`, `seconds` or `tables`.

    Raises:
        Interrupted: After Ctrl-C; the folder holds what happened until then.
    """
    tell = tell or (lambda stage, done, of: None)
    try:
        if isinstance(scenario, BuildingScenario):
            if guests:
                raise HyosanError("guests look at cities; people in a building have none. Leave them out.")
            records, _ = followed(scenario, seed, threads, tell, patience)
        else:
            records = _followed(scenario, seed, threads, tell, patience, guests)
        if folder is not None:
            tell("tables", 0, 1)
            write(folder, records.manifest, {name: records.table(name) for name in records.names})
    except BaseException as error:
        if folder is not None:
            release(folder)
        if patience.asked and isinstance(error, RuntimeError):
            raise KeyboardInterrupt from None  # asked twice while the compiler was at work
        raise
    if patience.asked or records.manifest["status"] == INTERRUPTED:
        raise Interrupted(records, folder)
    return records


def _followed(
    scenario: Scenario, seed: int, threads: int, tell: Tell, patience: Patience, guests: Sequence[object]
) -> Records:
    """Records of a run that went to its end or to where the person stopped it."""

    def advanced(now: int, end: int) -> None:
        tell("seconds", now, end)
        patience.check()

    with jit.compilations_told_to(told_of_kernels(patience, tell)):
        try:
            patience.let_go()
            tell("world", 0, 1)
            world = build(scenario)
            patience.hold()
            simulation = Simulation(scenario, world, seed=seed, threads=threads, guests=guests)
            patience.check()
        except KeyboardInterrupt:
            patience.hold()
            return _not_begun(scenario, seed)
        status = FINISHED
        try:
            simulation.run(progress=advanced)
        except Stopped:
            status = INTERRUPTED
        finally:
            simulation.close()
    return records_of(simulation, status)


def records_of(simulation: Simulation, status: str = FINISHED) -> Records:
    """The records of a simulation as far as it has come."""
    world, scenario = simulation.world, simulation.scenario
    columns = {
        "people": simulation.people(),
        "places": places_columns(world),
        "infections": simulation.infections(),
        "transitions": simulation.transitions(),
        "counts": simulation.counts(),
        "refusals": simulation.refusals(),
    }
    columns |= simulation.hunt()
    if not scenario.writes_transitions:
        del columns["transitions"]
    manifest = _manifest(scenario, simulation.seed, status, simulation.now, simulation.summary())
    course = simulation.course
    for place, state in enumerate(manifest["states"]):
        state["active"] = bool(course.active[place])
    names = {
        Names.STATES: simulation.state_names,
        Names.DISTRICTS: world.districts,
        Names.SITES: world.sites,
        Names.SCHEDULES: world.schedules.names,
        Names.BUILDINGS: names_of_buildings(world.streets),
    }
    return taken(manifest, columns, names)


def _manifest(scenario: Scenario, seed: int, status: str, now: int, summary: dict[str, Any]) -> dict[str, Any]:
    """What a run folder says of its run, without its files."""
    specs = scenario.pathogen.states
    states: list[dict[str, Any]] = [{"name": name} for name in ("susceptible", "immune", *specs)]
    if scenario.pathogen.bite is not None:
        states += [{"name": name} for name in HUNTED_BUILT_IN]
    for state in states:
        spec = specs.get(state["name"])
        state["symptomatic"] = spec is not None and spec.symptomatic
        state["dead"] = (spec is not None and spec.dead) or state["name"] == "killed"
        state["behaviour"] = spec.behaviour if spec is not None else "normal"
        state["active"] = False
    return {
        "status": status,
        "finished": status == FINISHED,
        "seed": seed,
        "start": scenario.start.isoformat(),
        "simulated_s": now,
        "scenario": resolved(scenario),
        "states": states,
        "summary": summary,
        **provenance(),
    }


def _not_begun(scenario: Scenario, seed: int) -> Records:
    """Records of a run that was stopped before its people were made: tables without rows."""
    columns = {table.name: {column.name: np.zeros(0, column.kind) for column in table.columns} for table in EVERY_RUN}
    summary = {
        "scenario": scenario.name,
        "seed": seed,
        "people": 0,
        "infected": 0,
        "dead": 0,
        "turned": 0,
        "destroyed": 0,
        "in_camp": 0,
        "attack_rate": 0.0,
        "first_infection": None,
        "first_report": None,
        "steps": 0,
        "wall_s": 0.0,
        "digest": digest(columns["infections"], columns["transitions"]),
        "infections": 0,
        "immune_at_start": 0,
        "vaccinated_at_start": 0,
        "reproduction_number": None,
        "ended": scenario.start.isoformat(),
    }
    manifest = _manifest(scenario, seed, INTERRUPTED, 0, summary)
    names = dict.fromkeys(Names, ()) | {Names.STATES: [state["name"] for state in manifest["states"]]}
    return taken(manifest, columns, names)
