"""The response: what is done at midnight about orders in force, doses given and cases traced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine import orders
from hyosan.engine.city import obey
from hyosan.engine.city.protect import give
from hyosan.engine.tracing import Tracing
from hyosan.interventions.vaccination import doses_by
from hyosan.rules.progression import IMMUNE, SUSCEPTIBLE
from hyosan.rules.random import Draw, chance_of, use_of
from hyosan.scenario.interventions import TraceContacts, Vaccinate
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.groundwork import Groundwork
    from hyosan.engine.state import State
    from hyosan.scenario.model import Scenario

_VACCINE = use_of(int(Draw.VACCINE), 0, 0)


class Response:
    """Carries out what cannot be decided attempt by attempt."""

    def __init__(
        self, scenario: Scenario, ground: Groundwork, vaccine: int, seed: np.int64, at_start: NDArray[np.uint8]
    ) -> None:
        self.seed = seed
        self.tracing: Tracing | None = None
        if any(isinstance(order, TraceContacts) for order in scenario.interventions):
            self.tracing = Tracing(ground, vaccine, seed, int(scenario.duration))
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
        immune = np.empty(given[1] - given[0], np.int32)
        efficacy = chance_of(float(order.efficacy.value))
        leaky = order.action == "leaky"
        count = give(
            self.seed,
            _VACCINE,
            number,
            people[given[0] : given[1]],
            efficacy,
            leaky,
            state.infected_at,
            state.open_bits,
            state.vaccinated,
            immune,
        )
        if count:
            changes = np.zeros((count, 4), np.int32)
            changes[:, 0] = day * DAY
            changes[:, 1] = immune[:count]
            changes[:, 2] = SUSCEPTIBLE << 8 | IMMUNE
            state.transitions.append(changes)

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
            rows, flags = np.zeros(0, np.int32), np.zeros(0, np.uint8)
            give(self.seed, _VACCINE, 0, rows, 0, True, rows, np.zeros(0, np.uint64), flags, rows)
