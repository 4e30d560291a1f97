"""Tracing: who becomes a case, whom it has met, and who is sent home for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.attempts import TARGET
from hyosan.engine.city import obey
from hyosan.engine.city.contacts import (
    CASE,
    CASE_COLUMNS,
    CASE_EPISODE,
    CASE_INFECTED,
    CASE_ORDER,
    CASE_PERSON,
    CASE_SECOND,
    CASE_UNTIL,
    CONTACT_COLUMNS,
    meet,
)
from hyosan.engine.city.look import date_courses
from hyosan.engine.city.protect import draw_people
from hyosan.engine.crowd import NEVER
from hyosan.engine.scratch import MOST_VISITS, scratch
from hyosan.engine.workspace import larger
from hyosan.interventions.tracing import takes_place
from hyosan.rules.random import Draw, purpose_of, use_of
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.groundwork import Groundwork
    from hyosan.engine.state import State

_TRACE = purpose_of(Draw.TRACE)
_ADHERENCE = purpose_of(Draw.ADHERENCE)
_FOUND = int(Draw.FOUND)


class Tracing:
    """Notes of who will be a case, and finds the contacts of those whose day has come."""

    def __init__(self, ground: Groundwork, course: tuple[Any, ...], seed: np.int64, end: int) -> None:
        self.ground, self.course, self.seed, self.end = ground, course, seed, end
        self.streams: tuple[Any, ...] = ground.streams.as_tuple()
        self._scratch = scratch()
        self._met = np.empty((4096, CONTACT_COLUMNS), np.int32)

    def load(self, state: State) -> None:
        """Compile the kernels, or load them from the cache."""
        none = np.zeros(0, np.int64)
        self._words(_TRACE, none, none, none)
        self.contacts(state, 0, np.zeros((0, CASE_COLUMNS), np.int64))
        if self.ground.course.repeated:
            self._onsets(state, np.zeros((0, 4), np.int32))

    def take_note(self, state: State, log: NDArray[np.int32], day: int) -> None:
        """Note those of the newly infected who will be cases, for the day on which their contacts are traced."""
        onset = self._onsets(state, log)
        for row in state.orders[state.orders[:, obey.KIND] == obey.TRACE]:
            second = onset + row[obey.DELAY]
            due = np.maximum(second // DAY, day + 1)
            may = np.flatnonzero((second >= row[obey.BEGIN]) & (second < row[obey.UNTIL]) & (due < len(state.head)))
            person, episode = log[may, 1].astype(np.int64), log[may, 3].astype(np.int64) >> 13
            words = self._words(_TRACE, person, np.full_like(person, row[obey.NUMBER]), episode)[0]
            case = takes_place(int(row[obey.CHANCE]), words)
            noted = np.full((int(case.sum()), CASE_COLUMNS), NEVER, np.int64)
            noted[:, CASE_ORDER], noted[:, CASE_INFECTED] = row[obey.NUMBER], log[may, 0][case]
            noted[:, CASE_PERSON], noted[:, CASE_EPISODE] = person[case], episode[case]
            noted[:, CASE_SECOND] = second[may][case]
            due = due[may][case]
            for when in np.unique(due):
                earlier = state.cases.get(int(when), noted[:0])
                state.cases[int(when)] = np.concatenate([earlier, noted[due == when]])
        if self.ground.course.repeated:
            _cut_short(state, log)

    def trace(self, state: State, day: int) -> None:
        """Send home the contacts of the cases of a day."""
        cases = state.cases.pop(day, None)
        if cases is None:
            return
        for number in np.unique(cases[:, CASE_ORDER]):
            row = state.orders[number]
            mine = cases[cases[:, CASE_ORDER] == number]
            mine = mine[mine[:, CASE_SECOND] - row[obey.DELAY] < mine[:, CASE_UNTIL]]
            mine = mine[np.lexsort((mine[:, CASE_EPISODE], mine[:, CASE_PERSON], mine[:, CASE_SECOND]))]
            traced = mine[: state.capacity[int(number)]]
            person, case = self.contacts(state, day, traced)
            pairs = (person, traced[case, CASE_PERSON], traced[case, CASE_EPISODE])
            named = takes_place(int(row[obey.SECOND_CHANCE]), self._words(use_of(_FOUND, 0, int(number)), *pairs)[0])
            person, second = person[named], np.maximum(traced[case[named], CASE_SECOND], day * DAY)
            words = self._words(_ADHERENCE, person, np.full_like(person, number), np.zeros_like(person))[0]
            home = takes_place(int(row[obey.THIRD_CHANCE]), words)
            _send_home(state, person[home], second[home], day * DAY, int(row[obey.DURATION]))

    def contacts(self, state: State, day: int, cases: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(Contacts, rows of the cases) of some cases up to the midnight when a day begins, each pair once."""
        asked = cases.copy()
        asked[:, CASE_UNTIL] = np.minimum(asked[:, CASE_UNTIL], day * DAY)
        done, count = 0, 0
        while True:
            more, count = meet(
                done,
                len(asked),
                self.seed,
                self.end,
                asked,
                self.streams,
                self.ground.places,
                self.course,
                state.orders_for_kernels(),
                state.symptoms_at,
                self._scratch,
                self._met,
                count,
            )
            done += more
            if done >= len(asked):
                break
            self._met = larger(self._met, count)
        pairs = np.unique(self._met[:count, CASE].astype(np.int64) << 32 | self._met[:count, TARGET])
        return pairs & (2**32 - 1), pairs >> 32

    def _words(
        self, use: int, people: NDArray[np.int64], ordinals: NDArray[np.int64], episodes: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Four words at each of some addresses, (4, addresses)."""
        words = np.empty((4, len(people)), np.int64)
        draw_people(0, len(people), self.seed, use, people, ordinals, episodes, words)
        return words

    def _onsets(self, state: State, log: NDArray[np.int32]) -> NDArray[np.int64]:
        """When symptoms of infections begin [s], or a second that never comes, (rows,)."""
        if not self.ground.course.repeated:
            return state.symptoms_at[log[:, 1]].astype(np.int64)
        # Of whoever is in the log twice the state knows the later infection only.
        dates = np.empty((3, len(log)), np.int64)
        ends, states = np.zeros(MOST_VISITS, np.int64), np.zeros(MOST_VISITS, np.int64)
        date_courses(0, len(log), self.seed, log, self.ground.places[0], self.course, ends, states, dates)
        return np.where(dates[1] >= 0, dates[1], NEVER)


def _cut_short(state: State, log: NDArray[np.int32]) -> None:
    """Say of noted cases when they were infected anew: what comes after belongs to another episode."""
    anew = log[log[:, 3] >> 13 > 1].astype(np.int64)
    if not len(anew):
        return
    keys = anew[:, 1] << 10 | (anew[:, 3] >> 13) - 1
    order = np.argsort(keys)
    for when, cases in list(state.cases.items()):
        own = cases[:, CASE_PERSON] << 10 | cases[:, CASE_EPISODE]
        at = order[np.minimum(np.searchsorted(keys[order], own), len(order) - 1)]
        hit = keys[at] == own
        if hit.any():
            state.cases[when] = cases = cases.copy()  # what a copied state holds is not written to
            cases[hit, CASE_UNTIL] = anew[at[hit], 0]


def _send_home(state: State, people: NDArray[np.int64], begin: NDArray[np.int64], midnight: int, duration: int) -> None:
    """Begin or prolong quarantines; one that ends on the day on which another begins goes on until then."""
    who, row = np.unique(people, return_inverse=True)
    first = np.full(len(who), NEVER, np.int64)
    last = np.zeros(len(who), np.int64)
    np.minimum.at(first, row, begin)
    np.maximum.at(last, row, np.minimum(begin + duration, NEVER))
    over = state.traced_until[who] <= midnight
    state.traced_from[who] = np.where(over, first, np.minimum(state.traced_from[who], first))
    state.traced_until[who] = np.maximum(state.traced_until[who], last)
