"""Simulation: wires world, engine and records; the only place that does."""

from __future__ import annotations

import hashlib
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from hyosan.engine.attempts import ACTIVE, ARRIVALS, INFECTIONS, TRANSITIONS, count_attempts
from hyosan.engine.groundwork import Groundwork, groundwork_of
from hyosan.engine.start import begin
from hyosan.engine.state import State, fresh_state
from hyosan.engine.step import Step
from hyosan.errors import HyosanError
from hyosan.jit import Threads
from hyosan.records.digest import digest
from hyosan.records.residents import people_columns
from hyosan.rules.codes import Route, Scale, Setting
from hyosan.rules.progression import IMMUNE, SUSCEPTIBLE
from hyosan.scenario.cost import MOST_TOWNS
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World


class Simulation:
    """One outbreak, advanced a step at a time.

    The same scenario, world and seed give the same outbreak on any number of threads, however the rows are cut.

    Args:
        scenario: What to run.
        world: Where; made by `hyosan.world.synthesis.build`.
        seed: Seed of the run, 64 bits.
        threads: Threads to use; may exceed the cores.
        pieces: Ranges into which rows are cut; 4 a thread if not given.
        state: A state taken from another simulation of the same scenario, world and seed.
        groundwork: `groundwork_of(scenario, world)`, for whoever runs many seeds; made here if not given.
    """

    def __init__(
        self,
        scenario: Scenario,
        world: World,
        *,
        seed: int = 1,
        threads: int = 1,
        pieces: int | None = None,
        state: State | None = None,
        groundwork: Groundwork | None = None,
    ) -> None:
        self.scenario, self.world, self.seed = scenario, world, seed
        self.end = int(scenario.duration)
        self.wall_s = 0.0
        self._ordered: dict[str, NDArray[np.int32]] = {}
        ground = groundwork or groundwork_of(scenario, world)
        assert ground.scenario is scenario, "a groundwork belongs to its scenario"
        assert ground.world is world, "a groundwork belongs to its world"
        self.course, self.streams = ground.course, ground.streams
        self.hazard_scale, self.reproduction_number = ground.hazard_scale, ground.reproduction_number
        fresh = fresh_state(len(world.people), -(-self.end // DAY), len(self.streams.setting))
        vaccine = begin(scenario, world, fresh, np.int64(np.uint64(seed)), self.end)
        self._at_start = fresh.state.copy()
        fresh.origin = self._origin()
        if state is not None and state.origin != fresh.origin:
            raise HyosanError("this state was taken from another scenario, world or seed. Put it back there.")
        self._state = state.copy() if state is not None else fresh
        self._step = Step(
            seed, self.course, self.streams, ground.places, vaccine, Threads(threads), pieces or 4 * threads
        )
        self._step.load(fresh_state(1, 1, len(self.streams.setting)))

    def _origin(self) -> str:
        """What a state belongs to: scenario, people, seed."""
        text = f"{self.seed} {self.world.seed} {len(self.world.people)} {self.scenario.model_dump_json()}"
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def state_names(self) -> tuple[str, ...]:
        """Names of the states, in the order of their numbers."""
        return self.course.names

    @property
    def now(self) -> int:
        """Time since the start [s]."""
        return self._state.now

    @property
    def step_count(self) -> int:
        """Steps done."""
        return -(-self._state.now // int(self.scenario.step))

    @property
    def over(self) -> bool:
        """Whether nobody is infectious, may become so or is dying, and nobody is still to come back infected."""
        counters = self._state.counters
        return self._state.now > 0 and int(counters[ACTIVE]) == 0 and int(counters[ARRIVALS]) == 0

    @property
    def finished(self) -> bool:
        """Whether the run is at its end; one that ends when it is over does so at midnight, whatever the step."""
        now = self._state.now
        return now >= self.end or (bool(self.scenario.end_when_over) and now % DAY == 0 and self.over)

    def step(self) -> None:
        """Advance by one step of the scenario."""
        self._advance(min(self._state.now + int(self.scenario.step), self.end))

    def run(self, until: int | None = None, progress: Callable[[int, int], None] | None = None) -> Self:
        """Advance to second `until`, or to the end.

        Args:
            until: Time since the start [s].
            progress: Hears (now, end) about once a simulated day.
        """
        end = self.end if until is None else min(int(until), self.end)
        while self._state.now < end and not self.finished:
            self._advance(min((self._state.now // DAY + 1) * DAY, end))
            if progress is not None and self._state.now % DAY == 0:
                progress(self._state.now, end)
        return self

    def _advance(self, until: int) -> None:
        """Advance and keep the time it took."""
        begun = time.perf_counter()
        self._step.advance(self._state, until)
        self.wall_s += time.perf_counter() - begun

    def state(self) -> State:
        """A copy of everything that changes: put into a new `Simulation`, it goes on to the same digest."""
        return self._state.copy()

    def close(self) -> None:
        """End the threads."""
        self._step.threads.close()

    def people(self) -> dict[str, NDArray[Any]]:
        """Everybody, as the world has them and as the run began."""
        return {
            **people_columns(self.world),
            "immune_at_start": self._at_start == IMMUNE,
            "vaccinated": self._state.vaccinated > 0,
        }

    def infections(self) -> dict[str, NDArray[Any]]:
        """The transmission tree so far, ordered by (time, infectee)."""
        rows = self._in_order("infections", self._state.infections, INFECTIONS)
        count = len(rows)
        return {
            "time_s": rows[:, 0].astype(np.int64),
            "infectee": rows[:, 1].copy(),
            "infector": rows[:, 2].copy(),
            "route": rows[:, 3].astype(np.uint8),
            "setting": rows[:, 4].astype(np.uint8),
            "scale": np.full(count, Scale.CITY, np.uint8),
            "town": self.world.people.town[rows[:, 1]].astype(np.int32),
            "place": rows[:, 5].copy(),
            "room": np.full(count, -1, np.int32),
            "x_m": np.full(count, np.nan, np.float32),
            "y_m": np.full(count, np.nan, np.float32),
            "episode": rows[:, 6].astype(np.uint16),
        }

    def transitions(self) -> dict[str, NDArray[Any]]:
        """Changes of state so far, ordered by (time, person); of one person's in the same second, the first first."""
        rows = self._in_order("transitions", self._state.transitions, TRANSITIONS)
        return {
            "time_s": rows[:, 0].astype(np.int64),
            "person": rows[:, 1].copy(),
            "from_state": rows[:, 2].astype(np.uint8),
            "to_state": rows[:, 3].astype(np.uint8),
        }

    def _in_order(self, name: str, buffer: NDArray[np.int32], counter: int) -> NDArray[np.int32]:
        """Rows of an event buffer by (second, person), put in order once for all who ask."""
        count = int(self._state.counters[counter])
        kept = self._ordered.get(name)
        if kept is None or len(kept) != count:
            rows = buffer[:count]
            # Stable, so what happened first to a person in a second stays first.
            kept = rows[np.argsort(rows[:, 0].astype(np.int64) << 32 | rows[:, 1], kind="stable")]
            self._ordered[name] = kept
        return kept

    def refusals(self) -> dict[str, NDArray[Any]]:
        """Attempts done by day, setting, layer and reason; reason 0 is accepted."""
        days, streams, reasons = np.nonzero(self._state.tally)
        setting = np.append(self.streams.setting, Setting.NONE)
        layer = np.append(self.streams.layer, 0)
        return {
            "day": days.astype(np.int32),
            "setting": setting[streams].astype(np.uint8),
            "layer": layer[streams].astype(np.uint8),
            "reason": reasons.astype(np.uint8),
            "count": self._state.tally[days, streams, reasons],
        }

    def emitted(self) -> int:
        """Attempts and arrivals put into the calendar so far."""
        return int(self._state.emitted.sum())

    def waiting(self) -> int:
        """Attempts and arrivals not yet done, counted in the calendar."""
        s = self._state
        return int(count_attempts(s.pool, s.head, s.today, s.heap, s.counters))

    def counts(self) -> dict[str, NDArray[Any]]:
        """People in every state, by town, every `records.counts` and at the end."""
        towns = self.world.town_count
        town = self.world.people.town if towns <= MOST_TOWNS else np.full(len(self._at_start), -1, np.int32)
        low = 0 if towns <= MOST_TOWNS else -1
        rows, states = max(1, towns if low == 0 else 1), len(self.state_names)
        every = int(self.scenario.records.counts)
        times = np.unique(np.append(np.arange(0, self.now + 1, every), self.now))
        changes = self.transitions()
        bins = np.searchsorted(times, changes["time_s"], side="left")
        table = np.zeros((len(times), rows, states), np.int64)
        inside = town >= low
        np.add.at(table[0], (town[inside] - low, self._at_start[inside]), 1)
        person = changes["person"]
        kept = (bins < len(times)) & (town[person] >= low)
        where = (bins[kept], town[person[kept]] - low)
        np.add.at(table, (*where, changes["from_state"][kept]), -1)
        np.add.at(table, (*where, changes["to_state"][kept]), 1)
        table = table.cumsum(axis=0)
        when, place, state = (axis.ravel() for axis in np.indices(table.shape))
        return {
            "time_s": times[when].astype(np.int64),
            "town": (place + low).astype(np.int32),
            "state": state.astype(np.uint8),
            "count": table.ravel(),
        }

    def totals(self) -> dict[str, int]:
        """People in every state now, by its name."""
        counts = np.bincount(self._state.state, minlength=len(self.state_names))
        return {name: int(count) for name, count in zip(self.state_names, counts, strict=True)}

    def summary(self) -> dict[str, object]:
        """The numbers that every run reports."""
        infections = self.infections()
        times, infectees = infections["time_s"], infections["infectee"]
        ever = np.zeros(len(self._at_start), np.bool_)
        ever[infectees] = True
        # Importations in the first second are not part of the start.
        at_start = np.zeros_like(ever)
        at_start[infectees[infections["route"] == Route.START]] = True
        susceptible = int((self._at_start == SUSCEPTIBLE).sum()) - int(at_start.sum())
        during = int((ever & ~at_start).sum())
        first = int(times[0]) if len(times) else None
        return {
            "scenario": self.scenario.name,
            "seed": self.seed,
            "people": len(self.world.people),
            "infected": int(ever.sum()),
            "dead": int(self.course.dead[self._state.state].sum()),
            "turned": 0,
            "destroyed": 0,
            "in_camp": 0,
            "attack_rate": during / susceptible if susceptible else 0.0,
            "first_infection": self._date(first),
            "first_report": None,
            "steps": self.step_count,
            "wall_s": self.wall_s,
            "digest": digest(infections, self.transitions()),
            "infections": len(times),
            "immune_at_start": int((self._at_start == IMMUNE).sum()),
            "vaccinated_at_start": int((self._state.vaccinated > 0).sum()),
            "reproduction_number": self.reproduction_number,
            "ended": self._date(self.now),
        }

    def _date(self, second: int | None) -> str | None:
        """ISO 8601 date and time of a second since the start."""
        return None if second is None else (self.scenario.start + timedelta(seconds=second)).isoformat()
