"""Simulation: wires world, engine and records; the only place that does."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from hyosan.engine.attempts import IMPORTATION, START, Counter
from hyosan.engine.calendar import count_waiting
from hyosan.engine.city.emit import EMITTED
from hyosan.engine.groundwork import Groundwork, groundwork_of
from hyosan.engine.happenings import Happenings
from hyosan.engine.hunted_tables import hunted_tables, turned
from hyosan.engine.hunting import Hunting
from hyosan.engine.orders import asks_for_symptoms, row_of_a_guest, rows_of
from hyosan.engine.response import Response
from hyosan.engine.start import begin
from hyosan.engine.state import State, fresh_state
from hyosan.engine.step import Step
from hyosan.errors import HyosanError
from hyosan.jit import Threads
from hyosan.records.digest import digest
from hyosan.records.residents import people_columns
from hyosan.rules.codes import Route
from hyosan.rules.progression import IMMUNE, SUSCEPTIBLE
from hyosan.rules.random import CERTAIN
from hyosan.scenario.cost import MOST_TOWNS
from hyosan.scenario.interventions import TraceContacts, Vaccinate
from hyosan.scenario.model import FEW_PEOPLE
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
        guests: Objects of the user's with `intervene(now, view)` or `observe(now, view)`, asked before each step of the
            scenario and, to observe, at the end; see `View`. Who only observes changes nothing.
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
        guests: Sequence[object] = (),
    ) -> None:
        self.scenario, self.world, self.seed = scenario, world, seed
        self.end = int(scenario.duration)
        self.wall_s = 0.0
        self.guests = _checked(guests)
        self._asked_at = -1
        ground = groundwork or groundwork_of(scenario, world)
        assert ground.scenario is scenario, "a groundwork belongs to its scenario"
        assert ground.world is world, "a groundwork belongs to its world"
        if self._intervening():
            ground = replace(ground, places=(*ground.places[:-1], True))
        self.course, self.streams = ground.course, ground.streams
        self.hazard_scale, self.reproduction_number = ground.hazard_scale, ground.reproduction_number
        self._hunting: Hunting | None = None
        if ground.hunt is not None:
            course = ground.course.as_tuple(CERTAIN)
            self._hunting = Hunting(scenario, ground, course, np.int64(np.uint64(seed)), asked=self._intervening())
        fresh = self._fresh(len(world.people), -(-self.end // DAY))
        vaccine = begin(scenario, world, fresh, np.int64(np.uint64(seed)), self.end)
        fresh.orders = rows_of(scenario, world)
        fresh.capacity = [order.capacity if isinstance(order, TraceContacts) else 0 for order in scenario.interventions]
        fresh.origin = self._origin()
        if state is not None and state.origin != fresh.origin:
            raise HyosanError("this state was taken from another scenario, world or seed. Put it back there.")
        self._state = state.copy() if state is not None else fresh
        pool = Threads(threads)
        cuts = pieces or (4 * threads if threads > 1 else 1)
        # A small run hands transitions over whether they are written or not: they are part of its digest.
        recording = scenario.writes_transitions or self.course.repeated or scenario.people_in_all < FEW_PEOPLE
        recording |= self.course.hunted
        response = Response(scenario, ground, vaccine, np.int64(np.uint64(seed)), fresh.vaccinated)
        self._step = Step(
            seed, ground, vaccine, self.end, pool, cuts, recording=recording, response=response, hunting=self._hunting
        )
        trial = self._fresh(1, 1)
        trial.orders, trial.capacity = fresh.orders.copy(), fresh.capacity
        self._step.load(trial)
        self._happened = Happenings(self._step)

    def _fresh(self, people: int, days: int) -> State:
        """A state in which nothing has happened."""
        given = self.scenario.interventions
        state = fresh_state(
            people,
            days,
            repeated=self.course.repeated,
            vaccines=self.scenario.vaccinated_at_start is not None or any(isinstance(x, Vaccinate) for x in given),
            onsets=asks_for_symptoms(given) or self._intervening(),
            tracing=any(isinstance(order, TraceContacts) for order in given),
        )
        state.hunted = None if self._hunting is None else self._hunting.fresh()
        return state

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
        state = self._state
        arrived = int(state.tally[:, START : IMPORTATION + 1, :EMITTED].sum())
        if state.now == 0 or arrived < int(state.counters[Counter.ARRIVALS]):
            return False
        if self._hunting is not None:
            return self._hunting.over(state)
        if state.now % DAY:
            return not self.course.active[self.states()].any()
        return state.begun == int(state.over[: state.now // DAY].sum())

    @property
    def finished(self) -> bool:
        """Whether the run is at its end; one that ends when it is over does so at midnight, whatever the step."""
        now = self._state.now
        return now >= self.end or (bool(self.scenario.end_when_over) and now % DAY == 0 and self.over)

    def _intervening(self) -> bool:
        """Whether any guest may give orders."""
        return any(hasattr(guest, "intervene") for guest in self.guests)

    def _ask(self) -> None:
        """Let guests look, and take their orders, once at each moment."""
        if self._asked_at == self.now:
            return
        self._asked_at = self.now
        for guest in self.guests:
            if hasattr(guest, "observe"):
                guest.observe(self.now, View(self))
            if hasattr(guest, "intervene") and not self.finished:
                for order in guest.intervene(self.now, View(self)) or ():
                    given = self._state.orders
                    row = np.array([row_of_a_guest(self.scenario, self.world, self.now, given, order)], np.int64)
                    self._state.orders = np.concatenate([self._state.orders, row])
                    self._state.capacity.append(0)

    def step(self) -> None:
        """Advance by one step of the scenario."""
        if self.guests:
            self._ask()
        self._advance(min(self._state.now + int(self.scenario.step), self.end))

    def run(self, until: int | None = None, progress: Callable[[int, int], None] | None = None) -> Self:
        """Advance to second `until`, or to the end.

        Args:
            until: Time since the start [s].
            progress: Hears (now, end) about once a simulated day.
        """
        end = self.end if until is None else min(int(until), self.end)
        while self._state.now < end and not self.finished:
            if self.guests:
                self._ask()
            length = int(self.scenario.step) if self.guests else DAY
            self._advance(min((self._state.now // length + 1) * length, end))
            if progress is not None and self._state.now % DAY == 0:
                progress(self._state.now, end)
        if self.guests and self.finished:
            self._ask()
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
            "immune_at_start": self.states_at_start() == IMMUNE,
            "vaccinated": self.vaccinated(),
        }

    def infections(self) -> dict[str, NDArray[Any]]:
        """The transmission tree so far, ordered by (time, infectee)."""
        return self._happened.infections(self._state)

    def transitions(self) -> dict[str, NDArray[Any]]:
        """Changes of state so far, ordered by (time, person); of one person's in the same second, the first first."""
        return self._happened.transitions(self._state)

    def states(self) -> NDArray[np.uint8]:
        """State of everybody now, an index into `state_names`, (people,)."""
        return self._happened.states(self._state)

    def states_at_start(self) -> NDArray[np.uint8]:
        """State of everybody before anybody was infected, (people,)."""
        return self._happened.states_at_start(self._state)

    def refusals(self) -> dict[str, NDArray[Any]]:
        """Attempts decided by day, setting, layer and reason; reason 0 is accepted."""
        tally = self._state.tally[:, :, :EMITTED]
        days, streams, reasons = np.nonzero(tally)
        setting = np.zeros(tally.shape[1], np.uint8)
        layer = np.zeros(tally.shape[1], np.uint8)
        setting[: len(self.streams.setting)] = self.streams.setting
        layer[: len(self.streams.layer)] = self.streams.layer
        return {
            "day": days.astype(np.int32),
            "setting": setting[streams],
            "layer": layer[streams],
            "reason": reasons.astype(np.uint8),
            "count": tally[days, streams, reasons],
        }

    def hunt(self) -> dict[str, dict[str, NDArray[Any]]]:
        """Tables of who hunted whom, by name; none where nobody hunts."""
        if self._hunting is None or self._state.hunted is None:
            return {}
        return hunted_tables(self._state.hunted, self._hunting, self.world.streets)

    def emitted(self) -> int:
        """Attempts and arrivals that there have been so far."""
        return int(self._state.tally[:, :, EMITTED].sum())

    def waiting(self) -> int:
        """Attempts and arrivals not yet decided, counted in the calendar."""
        s = self._state
        return int(count_waiting(s.blocks, s.link, s.head)) + len(s.today)

    def counts(self) -> dict[str, NDArray[Any]]:
        """People in every state, by town, every `records.counts` and at the end."""
        towns = self.world.town_count
        town = self.world.people.town if towns <= MOST_TOWNS else np.full(len(self.world.people), -1, np.int32)
        low = 0 if towns <= MOST_TOWNS else -1
        rows, states = max(1, towns if low == 0 else 1), len(self.state_names)
        every = int(self.scenario.records.counts)
        times = np.unique(np.append(np.arange(0, self.now + 1, every), self.now))
        table = np.zeros((len(times), rows, states), np.int64)
        inside = town >= low
        np.add.at(table[0], (town[inside] - low, self.states_at_start()[inside]), 1)
        self._happened.add_changes(self._state, times, every, town - low, table)
        table = table.cumsum(axis=0)
        when, place, state = (axis.ravel() for axis in np.indices(table.shape))
        return {
            "time_s": times[when].astype(np.int64),
            "town": (place + low).astype(np.int32),
            "state": state.astype(np.uint8),
            "count": table.ravel(),
        }

    def vaccinated(self) -> NDArray[np.bool_]:
        """Whether somebody was vaccinated when the run began, (people,)."""
        given = self._state.vaccinated
        return given == 1 if len(given) else np.zeros(len(self.world.people), np.bool_)

    def totals(self) -> dict[str, int]:
        """People in every state now, by its name."""
        counts = np.bincount(self.states(), minlength=len(self.state_names))
        return {name: int(count) for name, count in zip(self.state_names, counts, strict=True)}

    def summary(self) -> dict[str, object]:
        """The numbers that every run reports."""
        infections = self.infections()
        times, infectees = infections["time_s"], infections["infectee"]
        initial = self.states_at_start()
        ever = np.zeros(len(initial), np.bool_)
        ever[infectees] = True
        # Importations in the first second are not part of the start.
        at_start = np.zeros_like(ever)
        at_start[infectees[np.isin(infections["route"], (Route.START, Route.ANIMAL))]] = True
        susceptible = int((initial == SUSCEPTIBLE).sum()) - int(at_start.sum())
        during = int((ever & ~at_start).sum())
        first = int(times[0]) if len(times) else None
        totals = self.totals()
        return {
            "scenario": self.scenario.name,
            "seed": self.seed,
            "people": len(self.world.people),
            "infected": int(ever.sum()),
            "dead": int(self.course.dead[self.states()].sum()),
            "turned": turned(self.course, self.transitions()),
            "destroyed": totals.get("destroyed", 0),
            "in_camp": 0,
            "attack_rate": during / susceptible if susceptible else 0.0,
            "first_infection": self._date(first),
            "first_report": None,
            "steps": self.step_count,
            "wall_s": self.wall_s,
            "digest": digest(infections, self.transitions()),
            "infections": len(times),
            "immune_at_start": int((initial == IMMUNE).sum()),
            "vaccinated_at_start": int(self.vaccinated().sum()),
            "reproduction_number": self.reproduction_number,
            "ended": self._date(self.now),
        }

    def _date(self, second: int | None) -> str | None:
        """ISO 8601 date and time of a second since the start."""
        return None if second is None else (self.scenario.start + timedelta(seconds=second)).isoformat()


class View:
    """What a guest may look at: the truth so far, as tables that are its own.

    Args:
        simulation: Whose.
    """

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation

    @property
    def date(self) -> datetime:
        """Date and time of the place where the outbreak is."""
        return self._simulation.scenario.start + timedelta(seconds=self._simulation.now)

    def totals(self) -> dict[str, int]:
        """People in every state now, by its name."""
        return self._simulation.totals()

    def table(self, name: str) -> dict[str, NDArray[Any]]:
        """Columns of `people`, `infections`, `transitions`, `counts`, `refusals` or a table of the hunt, by name."""
        hunt = self._simulation.hunt()
        known = sorted(["people", "infections", "transitions", "counts", "refusals", *hunt])
        if name not in known:
            raise HyosanError(f"{name!r:.80}: no such table. Known: {', '.join(known)}.")
        columns: dict[str, NDArray[Any]] = hunt[name] if name in hunt else getattr(self._simulation, name)()
        return {name: column.copy() for name, column in columns.items()}


def _checked(guests: Sequence[object]) -> tuple[object, ...]:
    """Guests, each of which can do something."""
    for guest in guests:
        if not any(callable(getattr(guest, name, None)) for name in ("intervene", "observe")):
            raise HyosanError(f"{guest!r:.80} has neither `intervene(now, view)` nor `observe(now, view)`.")
    return tuple(guests)
