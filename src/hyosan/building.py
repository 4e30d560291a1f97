"""Visit: wires a scenario of people in a building, its plan and the engine; the counterpart of `simulation`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from hyosan.engine.building.building import Building
from hyosan.engine.building.columns import IN, POSTURE, STEP
from hyosan.engine.building.ground import ground_of
from hyosan.engine.building.outbreak.setting import officers_of, outbreak_of, with_officers
from hyosan.engine.building.outbreak.tables import outbreak_summary, outbreak_tables
from hyosan.engine.building.outcome import outcome_of
from hyosan.engine.building.populate import KINDS, Populated, populate
from hyosan.engine.building.tables import names_of, tables_of
from hyosan.errors import PlanError, Problem
from hyosan.floorplan import check, formats, halls
from hyosan.records.digest import digest, digest_of_both, digest_of_places
from hyosan.tables import Names

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyosan.engine.building.ground import Ground
    from hyosan.engine.building.outbreak.setting import Prepared
    from hyosan.floorplan.plan import Floorplan
    from hyosan.scenario.walking import BuildingScenario

LOOK = 30.0
"""Between two looks at whether everybody has left, and at who waits for the end [s]."""


def plan_of(scenario: BuildingScenario) -> Floorplan:
    """The plan of a scenario: made to measure, of the catalogue, or of a file.

    Raises:
        PlanError: With every fault of it.
    """
    people, width, length = scenario.people or 100, scenario.width, scenario.length
    if scenario.floorplan == "corridor":
        return halls.corridor(people, width or 10.0, length or 40.0)
    if scenario.floorplan == "bottleneck":
        return halls.bottleneck(people, width or 1.6, length or 1.0)
    if scenario.floorplan == "counterflow":
        return halls.counterflow(width or 2.0, length or 10.0)
    if scenario.floorplan == "chase":
        return halls.chase()
    try:
        plan = formats.found(scenario.floorplan)
    except PlanError as error:
        # What is wrong in a file stands in the file; that there is none, in the scenario.
        raise PlanError(
            problem if problem.file else replace(problem, key="floorplan") for problem in error.problems
        ) from None
    faults = check.faults(plan)
    if faults:
        raise PlanError(Problem(fault.message, file=scenario.floorplan) for fault in faults)
    return plan


class Visit:
    """People in a building, from the start of a scenario to its end.

    Args:
        scenario: What to run.
        seed: Seed of the run, 64 bits.
        threads: Threads to use; may exceed the cores.
        plan: `plan_of(scenario)`, for whoever has it.
        ground: `ground_of(plan)`, likewise.
    """

    def __init__(
        self,
        scenario: BuildingScenario,
        *,
        seed: int = 1,
        threads: int = 1,
        plan: Floorplan | None = None,
        ground: Ground | None = None,
    ) -> None:
        self.scenario, self.seed = scenario, seed
        self.plan = plan or plan_of(scenario)
        self.ground = ground or ground_of(self.plan)
        self.signed = signed = int(np.int64(np.uint64(seed)))
        self.populated = populate(scenario, self.plan, self.ground, signed)
        self.prepared = self._outbreak(signed)
        self.end = float(scenario.duration)
        self.building = Building(
            *(self.ground, self.populated.crowd),
            seed=signed,
            dt=scenario.building.step,
            look=scenario.records.tracks,
            sleep=scenario.building.sleep,
            threads=threads,
            outbreak=None if self.prepared is None else self.prepared.outbreak,
        )

    def _outbreak(self, seed: int) -> Prepared | None:
        """The outbreak, if the scenario has one; officers join the people."""
        if self.scenario.pathogen is None:
            return None
        crowd, kind = with_officers(
            *(self.populated.crowd, self.populated.kind, officers_of(self.scenario)),
            *(int(self.populated.crowd.room[0]), self.populated.crowd.place[0]),
        )
        self.populated = Populated(crowd, kind)
        return outbreak_of(self.scenario, self.plan, crowd, kind, seed)

    @property
    def now(self) -> float:
        """Time since the start [s]."""
        return self.building.now

    @property
    def wall_s(self) -> float:
        """Time that the steps took [s]."""
        return self.building.wall_s

    @property
    def finished(self) -> bool:
        """Whether the run is at its end, or nobody will walk any more."""
        return self.now >= self.end or self.building.at_rest

    def run(self, until: float | None = None, progress: Callable[[int, int], None] | None = None) -> Self:
        """Advance to second `until`, or to the end.

        Args:
            until: Time since the start [s].
            progress: Hears (now, end) now and then.
        """
        end = self.end if until is None else min(until, self.end)
        while self.now < end and not self.finished:
            self.building.run(min(end, self.now + LOOK))
            if progress is not None:
                progress(int(self.now), int(self.end))
        return self

    def close(self) -> None:
        """End the threads."""
        self.building.close()

    def tables(self) -> dict[str, dict[str, Any]]:
        """Every table of the run, columns by name."""
        tables = tables_of(self.building, self.plan, kind=self.populated.kind)
        if self.prepared is not None:
            tables |= outbreak_tables(self.building, self.plan, self.prepared, self.signed)
        return tables

    def names(self) -> dict[Names, tuple[str, ...]]:
        """What the codes of the tables stand for."""
        names = names_of(self.plan)
        if self.prepared is not None:
            names |= {Names.STATES: self.prepared.courses.names, Names.SCHEDULES: ("timetable",), Names.DISTRICTS: ()}
        return names

    def _digest(self) -> str:
        """The digest of what happened so far."""
        who = self.building.state.people.who
        places = digest_of_places(self.building.places(), who[:, IN], who[:, POSTURE], self.building.exits())
        if self.prepared is None:
            return places
        tables = outbreak_tables(self.building, self.plan, self.prepared, self.signed)
        return digest_of_both(digest(tables["infections"], tables["transitions"]), places)

    def _outcome(self) -> dict[str, Any]:
        """The numbers of the outbreak, if there is one; dates in words."""
        if self.prepared is None:
            return {}
        numbers = outbreak_summary(self.building, self.prepared, self.plan)
        for key in ("first_infection", "first_call"):
            second = numbers.pop(f"{key}_s")
            moment = self.scenario.start + timedelta(seconds=int(second or 0))
            numbers[key] = None if second is None else moment.isoformat()
        return {**numbers, "first_report": numbers.pop("first_call")}

    def summary(self) -> dict[str, Any]:
        """The numbers that every run reports, and those of buildings."""
        return {
            "scenario": self.scenario.name,
            "seed": self.seed,
            "people": len(self.populated.crowd.room),
            "infected": 0,
            "dead": 0,
            "turned": 0,
            "destroyed": 0,
            "in_camp": 0,
            "attack_rate": 0.0,
            "first_infection": None,
            "first_report": None,
            "steps": int(self.building.state.clock[STEP]),
            "wall_s": self.wall_s,
            "digest": self._digest(),
            **self._outcome(),
            **outcome_of(self.building, self.plan),
            "person_steps": self.building.person_steps,
            "ended": (self.scenario.start + timedelta(seconds=self.now)).isoformat(),
        }

    def states(self) -> list[dict[str, Any]]:
        """What the states of the pathogen mean, as the manifest has them."""
        if self.prepared is None:
            return []
        course, pathogen = self.prepared.course, self.scenario.pathogen
        found: list[dict[str, Any]] = []
        for place, name in enumerate(course.names):
            spec = None if pathogen is None else pathogen.states.get(name)
            found.append(
                {
                    "name": name,
                    "infectious": bool(course.infectiousness[place] > 0),
                    "symptomatic": bool(course.symptomatic[place]),
                    "dead": bool(course.dead[place]),
                    "behaviour": "normal" if spec is None else spec.behaviour,
                    "active": bool(course.active[place]),
                }
            )
        return found

    @property
    def kinds(self) -> tuple[str, ...]:
        """What people are, by their number."""
        return KINDS
