"""Hunting: carries out the hunt of a run, step by step, and hands the bitten over to the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.attempts import BITE, COLUMNS, INFECTOR, MOMENT, ORDINAL, TARGET, moment
from hyosan.engine.city import hunted as h
from hyosan.engine.city.guard import guard
from hyosan.engine.city.hunt import (
    DONE,
    GROW_CANDIDATES,
    GROW_FLIGHTS,
    GROW_PRESENCE,
    GROW_STRIKES,
    MOST_TURNS,
    chase,
    wait_for_changes,
)
from hyosan.engine.city.protect import draw_people
from hyosan.engine.hunt_orders import MOST_ORDERS, Orders, acts
from hyosan.engine.hunted_state import fresh_hunted
from hyosan.engine.scratch import MOST_VISITS
from hyosan.rules.codes import Errand, Outcome
from hyosan.rules.random import Draw, chance_of, purpose_of
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.groundwork import Groundwork
    from hyosan.engine.hunted_state import HuntedState
    from hyosan.engine.state import State
    from hyosan.scenario.model import Scenario

TOO_SMALL = {GROW_STRIKES: h.STRIKES, GROW_PRESENCE: h.PRESENCE, GROW_FLIGHTS: h.FLIGHTS}
"""Which array is too small."""

CANDIDATES = 4096
"""Strikes of a cell in a stretch for which there is room at first."""


class Hunting:
    """The hunt of one run.

    Args:
        scenario: What is run.
        ground: Its groundwork, with `hunt`.
        course: The course of the pathogen, as kernels take it.
        seed: Seed of the run.
        asked: Whether somebody may give orders during the run.
    """

    def __init__(
        self, scenario: Scenario, ground: Groundwork, course: tuple[Any, ...], seed: np.int64, *, asked: bool
    ) -> None:
        assert ground.hunt is not None, "somebody hunts"
        self.scenario, self.ground, self.course, self.seed = scenario, ground.hunt, course, seed
        self.world, self.end = ground.places, int(scenario.duration)
        self.people, self.places = len(ground.world.people), len(ground.world.places)
        self.law = ground.hunt.law.copy()
        self.step, self.asked = int(scenario.step), asked
        self.streets = self._streets(ground, scenario)
        self.orders = Orders(self.law, self.streets, ground.world.streets, int(ground.places[12][1]))
        self.scratch = self._scratch(CANDIDATES)
        cells = self.ground.cell_count
        self.room = np.zeros(max(self.people, cells), np.int64), *np.zeros((2, cells), np.int64)

    def fresh(self) -> HuntedState:
        """The state before anybody hunts."""
        return fresh_hunted(self.ground, self.people, -(-self.end // DAY), self.places)

    def _scratch(self, candidates: int) -> tuple[NDArray[Any], ...]:
        """Scratch of the kernels, in their order."""
        people = np.zeros((3, self.people + 1), np.int32)
        rows = np.zeros((7, candidates), np.int64)
        return (*people, *rows, np.zeros(MOST_VISITS, np.int64), np.zeros(MOST_VISITS, np.int64))

    def _streets(self, ground: Groundwork, scenario: Scenario) -> tuple[NDArray[Any], ...]:
        """What does not change, in the order of kernels, with what this run draws of its people."""
        arrays = dict(self.ground.arrays)
        words = self._words(Draw.FLIGHT, self.people)
        arrays[h.EASE] = (words[0] >> 24).astype(np.uint8)
        arrays[h.PHASE] = (words[1] >> 24).astype(np.uint8)
        homes = ground.world.people.household
        plan = np.full(self.places + 1, Errand.STAYS, np.uint8)
        word = self._words(Draw.REFUGE, self.places)[0]
        leaves = chance_of(float(scenario.flight.leave.value))
        shelters = leaves + chance_of(float(scenario.flight.shelter.value))
        plan[: len(word)][word >> 2 < shelters] = Errand.TO_SHELTER
        plan[: len(word)][word >> 2 < leaves] = Errand.LEAVING
        arrays[h.PLAN] = plan[homes]
        arrays[h.BARRIER] = np.zeros((self.ground.cell_count, h.NEIGHBOURS), np.int16)
        arrays[h.LEAK] = np.zeros(MOST_ORDERS, np.int64)
        arrays[h.SIDE] = np.zeros(self.ground.cell_count, np.int32)
        return tuple(arrays[place] for place in range(len(arrays)))

    def _words(self, purpose: Draw, count: int) -> NDArray[np.int64]:
        """Four words for each of 0 to `count` - 1, (4, count); none where there are no streets."""
        count = count if self.law[h.STREETS] else 0
        who, zero = np.arange(count, dtype=np.int64), np.zeros(count, np.int64)
        words = np.empty((4, count), np.int64)
        draw_people(0, count, self.seed, purpose_of(purpose), who, zero, zero, words)
        return words

    def _by_steps(self, state: State) -> bool:
        """Whether anything may come in between, so that a step is hunted at a time, however far one advances."""
        return self.asked or bool(len(state.orders)) or self.scenario.importations is not None

    def window(self, state: State) -> int:
        """Until when one may advance at once [s]."""
        longest = self.step if self._by_steps(state) else DAY
        return (state.now // longest + 1) * longest

    def take_note(self, state: State, log: NDArray[np.int32]) -> None:
        """Be told who has been infected by something else than a bite."""
        hunted = state.hunted
        assert hunted is not None, "somebody hunts"
        wait_for_changes(
            0, len(log), self.seed, log, self.world, self.course, state.crowd(), hunted.arrays, self.scratch
        )

    def advance(self, state: State, until: int) -> NDArray[np.int32]:
        """Hunt as far as time has come; attempts that infect, all of one day, in order of time.

        Args:
            until: Now [s]; only whole stretches before it are hunted, or the last of the run.
        """
        hunted = state.hunted
        assert hunted is not None, "somebody hunts"
        by_steps = self._by_steps(state)
        grain = self.step if by_steps else int(self.law[h.STRETCH])
        last = until if until == self.end else until // grain * grain
        while hunted.done < last:
            begin, end = hunted.done, last
            if by_steps:
                end = min(last, (begin // self.step + 1) * self.step)
                self._obey(state, hunted, begin, end)
            self._hunt(state, hunted, end)
        fresh = hunted.put_away()["strikes"]
        bitten = fresh[fresh[:, 3] == Outcome.BITTEN]
        rows = np.zeros((len(bitten), COLUMNS), np.int32)
        rows[:, TARGET], rows[:, INFECTOR], rows[:, ORDINAL] = bitten[:, 2], bitten[:, 1], bitten[:, 4]
        rows[:, MOMENT] = moment_of_bites(bitten[:, 0] % DAY)
        return rows

    def _obey(self, state: State, hunted: HuntedState, begin: int, end: int) -> None:
        """Put in force what is ordered for a step, and do what is done at its beginning."""
        self.orders.put_in_force(state.orders, begin, end)
        if acts(state.orders, begin):
            if int(hunted.arrays[h.COUNTS][h.N_FLIGHTS]) + MOST_TURNS * self.people > len(hunted.arrays[h.FLIGHTS]):
                hunted.grow(h.FLIGHTS, 6 * self.people)
            self._guard(state, hunted, begin, end)

    def _guard(self, state: State, hunted: HuntedState, begin: int, end: int) -> None:
        """One call of the kernel of what is done at the beginning of a step."""
        guard(
            begin,
            end,
            self.seed,
            self.law,
            self.streets,
            self.world,
            self.course,
            state.orders_for_kernels(),
            state.crowd(),
            hunted.arrays,
            self.scratch,
            self.room,
        )

    def _hunt(self, state: State, hunted: HuntedState, last: int) -> None:
        """Hunt from where one was until a second [s], in arrays that are large enough."""
        cell = -1
        while hunted.done < last or cell >= 0:
            hunted.done, cell, hinder = self._chase(state, hunted, last, cell)
            if hinder == GROW_CANDIDATES:
                self.scratch = self._scratch(2 * len(self.scratch[-3]))
            elif hinder != DONE:
                place = TOO_SMALL[hinder]
                hunted.grow(place, max(len(hunted.arrays[place]), len(self.scratch[-3]), 6 * self.people))

    def _chase(self, state: State, hunted: HuntedState, last: int, cell: int) -> tuple[int, int, int]:
        """One call of the kernel."""
        second, cell, hinder = chase(
            hunted.done,
            last,
            cell,
            self.seed,
            self.law,
            self.streets,
            self.world,
            self.course,
            state.orders_for_kernels(),
            state.crowd(),
            hunted.arrays,
            self.scratch,
        )
        return int(second), int(cell), int(hinder)

    def load(self, state: State) -> None:
        """Compile the kernels or load them from the cache."""
        self.take_note(state, np.zeros((0, 4), np.int32))
        self.advance(state, 0)
        hunted = state.hunted
        assert hunted is not None, "somebody hunts"
        self._chase(state, hunted, 0, -1)
        if self.law[h.STREETS] and (self.asked or acts(state.orders, self.end)):
            self._guard(state, hunted, 0, 0)

    def over(self, state: State) -> bool:
        """Whether nothing can happen any more: nobody will turn, and nobody hunts where anybody is left."""
        hunted = state.hunted
        assert hunted is not None, "somebody hunts"
        counts = hunted.arrays[h.COUNTS]
        if counts[h.N_HEAP]:
            return False
        return not counts[h.N_LISTED]


def moment_of_bites(second: NDArray[np.int32]) -> NDArray[np.int32]:
    """Column `MOMENT` of bites at seconds of the day, (bites,)."""
    column: NDArray[np.int32] = (second.astype(np.int64) + moment(0, BITE, 1)).astype(np.int32)
    return column
