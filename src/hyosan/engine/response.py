"""The response: what is done at midnight about orders in force, doses given and cases traced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine import orders
from hyosan.engine.city import obey
from hyosan.engine.city.protect import give
from hyosan.engine.scratch import MOST_VISITS
from hyosan.engine.tracing import Tracing
from hyosan.interventions.vaccination import doses_by
from hyosan.rules.progression import IMMUNE
from hyosan.rules.random import Draw, chance_of, purpose_of
from hyosan.scenario.interventions import TraceContacts, Vaccinate
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.groundwork import Groundwork
    from hyosan.engine.state import State
    from hyosan.scenario.model import Scenario

_VACCINE = purpose_of(Draw.VACCINE)


class Response:
    """Carries out what cannot be decided attempt by attempt."""

    def __init__(
        self, scenario: Scenario, ground: Groundwork, vaccine: int, seed: np.int64, at_start: NDArray[np.uint8]
    ) -> None:
        self.seed = seed
        self.course: tuple[Any, ...] = ground.course.as_tuple(vaccine)
        self.traits = ground.places[0]
        self.tracing: Tracing | None = None
        if any(isinstance(order, TraceContacts) for order in scenario.interventions):
            self.tracing = Tracing(ground, self.course, seed, int(scenario.duration))
        self.vaccines: list[tuple[Vaccinate, NDArray[np.int32]]] = []
        for number, order in enumerate(scenario.interventions):
            if isinstance(order, Vaccinate):
                people = orders.vaccine_order(order, number, seed, ground.world.people.age)
                if len(at_start):
                    people = people[at_start[people] == 0]
                self.vaccines.append((order, people))
        self.vaccine_numbers = [
            number for number, order in enumerate(scenario.interventions) if isinstance(order, Vaccinate)
        ]

    def midnight(self, state: State, day: int) -> None:
        """Do what falls due when a day begins."""
        for number, (order, people) in zip(self.vaccine_numbers, self.vaccines, strict=True):
            self._vaccinate(state, day, number, order, people)
        if self.tracing is not None:
            self.tracing.trace(state, day)

    def _vaccinate(self, state: State, day: int, number: int, order: Vaccinate, people: NDArray[np.int32]) -> None:
        """Protect those whose delay is over since the last midnight."""
        row = state.orders[number]
        begin, until = int(row[obey.BEGIN]), int(row[obey.UNTIL])
        given = [
            doses_by(midnight - order.delay, begin, until, order.per_day, len(people))
            for midnight in ((day - 1) * DAY, day * DAY)
        ]
        if given[0] == given[1]:
            return
        efficacy = chance_of(float(order.efficacy.value))
        immune = self._give(state, day, number, people[given[0] : given[1]], efficacy, order.action == "leaky")
        if len(immune):
            changes = np.zeros((len(immune), 4), np.int32)
            changes[:, 0] = day * DAY
            changes[:, 1] = immune[:, 0]
            changes[:, 2] = immune[:, 1] << 8 | IMMUNE
            # After what the course of this very episode did in the same second.
            changes[:, 3] = state.episode[immune[:, 0]] if len(state.episode) else 0
            state.transitions.append(changes)

    def _give(
        self, state: State, day: int, number: int, people: NDArray[np.int32], efficacy: int, leaky: bool
    ) -> NDArray[np.int32]:
        """Give doses; people who are immune by them, and their states before, (people, 2)."""
        immune = np.empty((len(people), 2), np.int32)
        ends, states = np.zeros(MOST_VISITS, np.int64), np.zeros(MOST_VISITS, np.int64)
        count = give(
            day * DAY,
            self.seed,
            _VACCINE,
            number,
            people,
            efficacy,
            leaky,
            self.traits,
            self.course,
            state.infected_at,
            state.episode,
            state.open_bits,
            state.vaccinated,
            ends,
            states,
            immune,
        )
        return immune[:count]

    def take_note(self, state: State, log: NDArray[np.int32], day: int) -> None:
        """Be told who has been infected."""
        if self.tracing is not None:
            self.tracing.take_note(state, log, day)

    def load(self, state: State) -> None:
        """Compile the kernels, or load them from the cache, if they will be needed.

        Args:
            state: A fresh state of its own, of any number of people.
        """
        if self.tracing is not None:
            self.tracing.load(state)
        if self.vaccines:
            self._give(state, 0, 0, np.zeros(0, np.int32), 0, True)
