"""The order of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.attempts import COLUMNS, COUNT, NEED, ROWS, file_attempts, file_windows, room, take
from hyosan.engine.city.admit import (
    DONE,
    GROW_FRESH,
    GROW_INFECTIONS,
    GROW_POOL,
    GROW_TODAY,
    GROW_TRANSITIONS,
    MOST_EPISODES,
    TOO_OFTEN,
    admit,
)
from hyosan.engine.city.emit import emit
from hyosan.engine.city.resolve import resolve
from hyosan.engine.today import put_in_order
from hyosan.errors import RunError
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.course import Course
    from hyosan.engine.state import State
    from hyosan.engine.streams import Streams
    from hyosan.jit import Threads

_TODAY = ("today", "tie", "unsorted", "unsorted_tie", "order", "heap")


class Step:
    """Advances a state; knows the fixed arrays of a run and how many threads there are.

    A day begins by opening it: who becomes infectious emits, the attempts due are resolved and put in order. Then
    the day is admitted, up to the end of each step. Nothing but the end of a step depends on its length.
    """

    def __init__(
        self,
        seed: int,
        course: Course,
        streams: Streams,
        world: tuple[NDArray[np.generic], ...],
        vaccine_susceptibility: int,
        threads: Threads,
        pieces: int,
    ) -> None:
        self.seed = np.int64(np.uint64(seed))
        self.entry = course.entry
        self.course = course.as_tuple(vaccine_susceptibility)
        self.final = course.final
        self.streams = streams.as_tuple()
        self.world = world
        self.threads = threads
        self.pieces = pieces
        self._fresh = np.zeros((256, COLUMNS), np.int32)

    def load(self, state: State) -> None:
        """Compile every kernel, or load it from the cache, by calling it on no rows; then no step has to wait for it.

        Args:
            state: A fresh state of its own, of any number of people.
        """
        self._open(state, 0)
        none = np.zeros((0, COLUMNS), np.int32)
        emit(0, 0, self.seed, none, self.streams, self.world, state.crowd(), self._fresh)
        file_attempts(0, 0, none, state.pool, state.head, state.counters, state.unsorted, state.emitted)
        file_windows(0, none, state.crowd(), state.pool, state.head, state.counters)
        self._admit(state, 0, DAY)

    def advance(self, state: State, until: int) -> None:
        """Do everything that is due before second `until`."""
        while state.now < until:
            day = state.now // DAY
            if state.day_open != day:
                self._open(state, day)
            end = min(until, (day + 1) * DAY)
            self._admit(state, end, (day + 1) * DAY)
            state.now = end

    def _open(self, state: State, day: int) -> None:
        """Take a day's records out of the calendar, emit, resolve, put in order."""
        due = int(state.head[day, COUNT])
        self._grow_today(state, due)
        emissions = np.empty((due, COLUMNS), np.int32)
        count = take(day, state.pool, state.head, state.counters, state.unsorted, emissions)
        if count:
            self._emit(state, emissions[:count], (day + 1) * DAY)
        reason = np.empty(int(state.counters[ROWS]), np.uint8)
        self.threads.map(
            lambda first, last: resolve(
                first,
                last,
                self.seed,
                self.streams,
                self.world,
                state.state,
                self.final,
                state.unsorted,
                state.unsorted_tie,
                reason,
            ),
            len(reason),
            self.pieces,
        )
        put_in_order(
            day,
            state.unsorted,
            state.unsorted_tie,
            reason,
            state.order,
            state.heap,
            state.today,
            state.tie,
            state.counters,
            state.tally[day],
        )
        state.day_open = day

    def _emit(self, state: State, emissions: NDArray[np.int32], day_end: int) -> None:
        """Emit the windows that begin today; each range of people fills a buffer of its own."""
        crowd = state.crowd()

        def work(first: int, last: int) -> list[NDArray[np.int32]]:
            buffers = []
            rows = 64 * (last - first) + 1024
            while first < last:
                buffer = np.empty((rows, COLUMNS), np.int32)
                done, written = emit(first, last, self.seed, emissions, self.streams, self.world, crowd, buffer)
                buffers.append(buffer[:written])
                first += done
                rows = rows if done else 2 * rows
            return buffers

        for buffers in self.threads.map(work, len(emissions), self.pieces):
            for attempts in buffers:
                self._grow_pool(state, len(attempts))
                self._grow_today(state, int(state.counters[ROWS]) + len(attempts))
                file_attempts(
                    len(attempts),
                    day_end,
                    attempts,
                    state.pool,
                    state.head,
                    state.counters,
                    state.unsorted,
                    state.emitted,
                )
        self._grow_pool(state, len(emissions))
        file_windows(len(emissions), emissions, crowd, state.pool, state.head, state.counters)

    def _admit(self, state: State, until: int, day_end: int) -> None:
        """Admit what is due before `until`; arrays that are too small grow on the way."""
        while True:
            status = admit(
                until,
                day_end,
                self.seed,
                self.entry,
                self.streams,
                self.world,
                self.course,
                state.crowd(),
                state.pool,
                state.head,
                state.counters,
                state.today,
                state.tie,
                state.heap,
                self._fresh,
                state.emitted,
                state.tally[day_end // DAY - 1],
                state.infections,
                state.transitions,
            )
            need = int(state.counters[NEED])
            if status == DONE:
                return
            if status == TOO_OFTEN:
                raise RunError(f"one person was infected {MOST_EPISODES} times, and no more can be counted.")
            if status == GROW_FRESH:
                self._fresh = np.zeros((2 * need, COLUMNS), np.int32)
            elif status == GROW_TODAY:
                self._grow_today(state, need)
            else:
                names = {GROW_INFECTIONS: "infections", GROW_TRANSITIONS: "transitions", GROW_POOL: "pool"}
                state.grow(names[status], need)

    def _grow_pool(self, state: State, more: int) -> None:
        """Make room for more records in the calendar."""
        if room(state.pool, state.counters) < more:
            state.grow("pool", len(state.pool) + more)

    def _grow_today(self, state: State, rows: int) -> None:
        """Make room for rows in the list of today."""
        if rows > len(state.today):
            for name in _TODAY:
                state.grow(name, rows)
