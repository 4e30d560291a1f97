"""The response: what is done at midnight about orders in force, doses given and cases traced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine import orders
from hyosan.engine.city import obey
from hyosan.engine.city.protect import draw_people, give
from hyosan.interventions.tracing import becomes_case, found
from hyosan.interventions.vaccination import doses_by
from hyosan.rules.codes import MEMBERSHIPS, Setting
from hyosan.rules.progression import IMMUNE, SUSCEPTIBLE
from hyosan.rules.random import Draw, chance_of, use_of
from hyosan.scenario.interventions import Vaccinate
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.state import State
    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World

REMEMBERED = 60 * DAY
"""Contacts of a case are looked for among the infections of so long [s]."""

_TRACE = use_of(int(Draw.TRACE), 0, 0)
_VACCINE = use_of(int(Draw.VACCINE), 0, 0)


class Response:
    """Carries out what cannot be decided attempt by attempt."""

    def __init__(self, scenario: Scenario, world: World, seed: np.int64, at_start: NDArray[np.uint8]) -> None:
        self.world, self.seed = world, seed
        self.vaccines: list[tuple[Vaccinate, NDArray[np.int32]]] = []
        for number, order in enumerate(scenario.interventions):
            if isinstance(order, Vaccinate):
                people = orders.vaccine_order(order, number, seed, world.people.age)
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
        cases = state.cases.pop(day, None)
        if cases is not None:
            self._trace(state, day, cases)

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
        """Note of newly infected people when their contacts will be traced, should they become cases."""
        for row in state.orders[state.orders[:, obey.KIND] == obey.TRACE]:
            person = log[:, 1]
            second = state.symptoms_at[person].astype(np.int64) + row[obey.DELAY]
            due = np.maximum(second // DAY, day + 1)
            noted = np.stack([np.full(len(log), row[obey.NUMBER]), person, second, log[:, 3] >> 13], axis=1)
            for when in np.unique(due[due < len(state.head)]):
                earlier = state.cases.get(int(when), noted[:0])
                state.cases[int(when)] = np.concatenate([earlier, noted[due == when]])

    def _trace(self, state: State, day: int, cases: NDArray[np.int64]) -> None:
        """Send the contacts of cases home."""
        for number in np.unique(cases[:, 0]):
            row = state.orders[number]
            mine = cases[cases[:, 0] == number]
            mine = mine[(mine[:, 2] >= row[obey.BEGIN]) & (mine[:, 2] < row[obey.UNTIL])]
            mine = mine[np.lexsort((mine[:, 1], mine[:, 2]))]
            case = becomes_case(int(row[obey.CHANCE]), self._words(mine[:, 1], int(number), mine[:, 3])[0])
            traced = mine[case][: state.capacity[int(number)]]
            contacts = self._contacts(state, day, traced)
            words = self._words(contacts[:, 0], int(number), np.zeros(len(contacts), np.int64))
            home = found(int(row[obey.SECOND_CHANCE]), int(row[obey.THIRD_CHANCE]), words[1], words[2])
            for person, second in contacts[home]:
                self._send_home(state, int(person), max(int(second), day * DAY), int(row[obey.DURATION]))

    def _words(self, people: NDArray[np.int64], number: int, episodes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Four words for each of some people in an episode, (4, people)."""
        words = np.empty((4, len(people)), np.int64)
        draw_people(0, len(people), self.seed, _TRACE, number, people.copy(), episodes.copy(), words)
        return words

    def load(self) -> None:
        """Compile the kernels, or load them from the cache, if they will be needed."""
        none = np.zeros(0, np.int64)
        self._words(none, 0, none)
        rows, flags = np.zeros(0, np.int32), np.zeros(0, np.uint8)
        give(self.seed, _VACCINE, 0, rows, 0, True, rows, np.zeros(0, np.uint64), flags, rows)

    def _contacts(self, state: State, day: int, traced: NDArray[np.int64]) -> NDArray[np.int64]:
        """Person and second of the quarantine, for households of traced cases and whom they infected, (contacts, 2)."""
        when = dict(zip(traced[:, 1].tolist(), traced[:, 2].tolist(), strict=True))
        cases = np.array(sorted(when), np.int32)
        contacts: list[tuple[int, int]] = []
        for log in state.infections:
            if len(log) and log[0, 0] >= day * DAY - REMEMBERED:
                for infectee, infector in log[np.isin(log[:, 2], cases), 1:3]:
                    contacts.append((int(infectee), when[int(infector)]))
        people, places = self.world.people, self.world.places
        for case in cases:
            home = int(people.membership[case, MEMBERSHIPS.index("dwelling")])
            if home >= 0 and places.setting[home] == Setting.HOME:
                members = places.members[places.start[home] : places.start[home + 1]]
                contacts += [(int(member), when[int(case)]) for member in members if member != case]
        return np.array(contacts, np.int64).reshape(-1, 2)

    def _send_home(self, state: State, person: int, begin: int, duration: int) -> None:
        """Begin or prolong a person's quarantine."""
        if state.traced_until[person] < begin:
            state.traced_from[person] = begin
        state.traced_until[person] = max(int(state.traced_until[person]), begin + duration)
