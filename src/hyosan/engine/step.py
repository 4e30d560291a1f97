"""The order of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.attempts import BITE, COLUMNS
from hyosan.engine.calendar import FILLED, file_fresh, split, take
from hyosan.engine.city.admit import admit
from hyosan.engine.city.begin import LOG_COLUMNS, SPAN_COLUMNS, begin
from hyosan.engine.city.emit import EMITTED
from hyosan.engine.city.sift import sift
from hyosan.engine.orders import longest_window
from hyosan.engine.reckoning import Reckoning
from hyosan.engine.scratch import BLOCK
from hyosan.engine.workspace import Workspace
from hyosan.jit import ranges
from hyosan.rules.codes import Reason, Route
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hyosan.engine.groundwork import Groundwork
    from hyosan.engine.hunting import Hunting
    from hyosan.engine.response import Response
    from hyosan.engine.state import State
    from hyosan.jit import Threads

MANY = 1 << 18
"""Rows in which the attempts of a block of people fit, unless something is out of the ordinary."""

NONE = int(Reason.NONE)

FEW = 512
"""Rows for which it is not worth while to wake another thread."""


class Step:
    """Advances a state; knows the fixed arrays of a run and how many threads there are.

    A day begins by taking its attempts out of the calendar. A window of it, the whole day unless somebody looks
    in between, is sifted, admitted, begun and filed. Nothing but the end of a window depends on the length of a step.
    """

    def __init__(
        self,
        seed: int,
        ground: Groundwork,
        vaccine_susceptibility: int,
        end: int,
        threads: Threads,
        pieces: int,
        *,
        recording: bool,
        response: Response,
        hunting: Hunting | None = None,
    ) -> None:
        self.seed = np.int64(np.uint64(seed))
        self.end = end
        self.course: tuple[Any, ...] = ground.course.as_tuple(vaccine_susceptibility)
        self.repeated = ground.course.repeated
        self.streams: tuple[Any, ...] = ground.streams.as_tuple()
        self.world = ground.places
        self.threads = threads
        self.pieces = pieces
        self.recording = recording
        self.response = response
        self.hunting = hunting
        by_animal = ground.scenario.infected_at_start.by == "animal"
        self.route_at_start = Route.ANIMAL if by_animal else Route.START
        self._spaces = [Workspace(recording) for _ in range(pieces)]
        self._reckoning = Reckoning(self, recording=recording)
        self._all_spaces = [*self._spaces, self._reckoning.space]

    def load(self, state: State) -> None:
        """Compile every kernel, or load it from the cache, by calling it on no rows; then no step has to wait for it.

        Args:
            state: A fresh state of its own, of any number of people.
        """
        none = np.zeros((0, COLUMNS), np.int32)
        self._begin(state, none, 0, DAY, load=True)
        self._admit(state, none, load=True)
        split(0, none, none, none)
        take(0, state.blocks, state.link, state.head, state.counters, none, none)
        self._file(state, self._spaces[0].fresh, 0, 0, DAY, none, 0)
        if self.hunting is None:  # where people hunt nobody emits, so nothing arises and is due at once
            self._reckoning.load(state)
        if len(state.orders):
            self.response.load(state)
        if self.hunting is not None:
            self.hunting.load(state)

    def advance(self, state: State, until: int) -> None:
        """Do everything that is due before second `until`."""
        while state.now < until:
            day = state.now // DAY
            if state.day_open != day:
                self._open(state, day)
            end = min(until, (day + 1) * DAY, state.now + longest_window(state.orders))
            if self.hunting is not None:
                end = min(end, self.hunting.window(state))
            if len(state.today):
                self._window(state, day, end - day * DAY)
            state.now = end
            if self.hunting is not None:
                self._hunt(state, self.hunting, day)

    def _open(self, state: State, day: int) -> None:
        """Take a day's attempts out of the calendar; emit the windows that begin today."""
        state.day_open = day
        self.response.midnight(state, day)
        count = int(state.head[day, FILLED])
        if not count:
            return
        state.midnight_bits[:] = state.open_bits
        today = np.empty((count, COLUMNS), np.int32)
        emissions = np.empty((count, COLUMNS), np.int32)
        rows, apart = take(day, state.blocks, state.link, state.head, state.counters, today, emissions)
        state.today = today[:rows]
        if apart:
            self._begin(state, emissions[:apart], day, 0, newly=False)
            self._count(state, day)
            self._file_all(state, day, 0, state.today)

    def _window(self, state: State, day: int, until: int) -> None:
        """Everything due today before second `until` of the day."""
        due, later = self._due(state, until)
        if self.repeated:
            self._reckoning.one_by_one(state, due, day, until)
        else:
            winners = self._admit(state, due, day)
            cuts, log, spent, span, chained = self._begin(state, winners, day, until)
            if chained:
                log, spent = self._reckoning.of_the_day(
                    state, winners, log, spent, span, day, until, self._spaces, cuts
                )
            self._keep(state, log, spent, day)
            if self.hunting is not None:
                self.hunting.take_note(state, log)
        self._put_away(state, day, until, later)

    def _put_away(self, state: State, day: int, until: int, later: NDArray[np.int32]) -> None:
        """Keep what every range has written: transitions, attempts, counts."""
        state.transitions += [
            space.transitions[: space.transition_count].copy() for space in self._all_spaces if space.transition_count
        ]
        self._file_all(state, day, until, later)
        self._count(state, day)

    def _hunt(self, state: State, hunting: Hunting, day: int) -> None:
        """Hunt up to now, and begin the courses of the bitten."""
        bitten = hunting.advance(state, state.now)
        if len(bitten):
            _, log, spent, _, _ = self._begin(state, bitten, day, DAY)
            state.tally[day, BITE, [NONE, EMITTED]] += len(bitten)
            self._keep(state, log, spent, day)
            self._put_away(state, day, DAY, state.today)

    def _due(self, state: State, until: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """(Attempts due before second `until` of the day, those due later)."""
        if until == DAY:
            return state.today, state.today[:0]
        due, later = np.empty_like(state.today), np.empty_like(state.today)
        count = split(until, state.today, due, later)
        return due[:count], later[: len(state.today) - count]

    def _admit(self, state: State, due: NDArray[np.int32], day: int = 0, *, load: bool = False) -> NDArray[np.int32]:
        """The attempts that infect, where nobody is infected twice."""
        kept = np.empty(len(due), np.int32)
        bounds = np.zeros(self.pieces, np.int64)
        counts = np.zeros(self.pieces, np.int64)
        crowd = state.crowd()

        def sifted(piece: int, first: int, last: int) -> None:
            bounds[piece] = first
            space = self._spaces[piece]
            counts[piece] = sift(
                first,
                last,
                day,
                self.seed,
                due,
                self.streams,
                self.world,
                self.course,
                crowd,
                state.orders_for_kernels(),
                kept,
                space.tally,
            )

        self._over(sifted, len(due), load=load)
        people = len(state.infected_at)
        parts = self.threads.count if len(due) > FEW else 1
        words = -(-people // 64)
        cuts = [(64 * first, min(64 * last, people)) for first, last in ranges(words, parts)]
        found: list[NDArray[np.int32]] = [due[:0]] * len(cuts)

        def admitted(piece: int, lowest: int, highest: int) -> None:
            winners = np.empty((int(counts.sum()), COLUMNS), np.int32)
            space = self._spaces[piece]
            count = admit(
                lowest,
                highest,
                day,
                self.seed,
                due,
                kept,
                bounds,
                counts,
                self.streams,
                crowd,
                winners,
                space.tally,
            )
            found[piece] = winners[:count]

        self.threads.each(admitted, cuts)
        return found[0] if len(found) == 1 else np.concatenate(found)

    def _begin(
        self,
        state: State,
        rows: NDArray[np.int32],
        day: int,
        until: int,
        *,
        newly: bool = True,
        load: bool = False,
    ) -> tuple[list[tuple[int, int]], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], int]:
        """Begin the courses of the infected.

        Returns:
            Ranges of them, their log, when each is over, where their rows are, attempts due in the window.
        """
        count = len(rows) if newly else 0
        log = np.empty((count, LOG_COLUMNS), np.int32)
        spent = np.empty(count, np.int32)
        span = np.zeros((count, SPAN_COLUMNS), np.int32)
        chains = np.zeros(self.pieces, np.int64)

        def work(piece: int, first: int, last: int) -> None:
            space = self._spaces[piece]
            block = BLOCK
            while True:
                done, space.fresh_count, space.transition_count, chained = begin(
                    first,
                    last,
                    day,
                    until,
                    block,
                    newly,
                    self.seed,
                    self.end,
                    rows,
                    self.streams,
                    self.world,
                    self.course,
                    state.crowd(),
                    space.scratch,
                    space.fresh,
                    space.fresh_count,
                    space.transitions,
                    space.transition_count,
                    log,
                    spent,
                    span,
                    space.tally,
                )
                chains[piece] += chained
                first += done
                if first >= last:
                    return
                if len(space.fresh) - space.fresh_count > MANY:
                    block = 1  # somebody makes so many attempts that a block of such people would fill the memory
                space.grow()

        cuts = self._over(work, len(rows), load=load)
        return cuts, log, spent, span, int(chains.sum())

    def _over(self, work: Callable[[int, int, int], None], count: int, *, load: bool) -> list[tuple[int, int]]:
        """Call `work(piece, first, last)` for ranges of rows on threads, the ranges; for no rows only to load it."""
        pieces = min(self.pieces, -(-count // FEW)) if not load else 1
        cuts = ranges(count, pieces) if count else [(0, 0)] * load
        self.threads.each(work, cuts)
        return cuts

    def _keep(self, state: State, log: NDArray[np.int32], spent: NDArray[np.int32], day: int) -> None:
        """Keep the infections of a window, and when they are over."""
        if len(log):
            state.infections.append(log)
            state.begun += len(log)
            self.note(state, log, day)
            days = np.minimum(spent[spent < self.end] // DAY, len(state.over) - 1)
            state.over += np.bincount(days, minlength=len(state.over))

    def note(self, state: State, log: NDArray[np.int32], day: int) -> None:
        """Tell the response who has been infected."""
        self.response.take_note(state, log, day)

    def _file_all(self, state: State, day: int, until: int, later: NDArray[np.int32]) -> None:
        """File what every range has emitted."""
        fresh_count = sum(space.fresh_count for space in self._all_spaces)
        state.make_room(fresh_count)
        kept = np.empty((len(later) + fresh_count, COLUMNS), np.int32)
        kept[: len(later)] = later
        count = len(later)
        for space in self._all_spaces:
            if space.fresh_count:
                count = self._file(state, space.fresh, space.fresh_count, day, until, kept, count)
            space.clear()
        state.today = kept[:count]

    def _file(
        self,
        state: State,
        fresh: NDArray[np.int32],
        fresh_count: int,
        day: int,
        until: int,
        kept: NDArray[np.int32],
        count: int,
    ) -> int:
        """File the rows of one array; rows in `kept` afterwards."""
        return int(
            file_fresh(
                day, until, fresh, fresh_count, state.blocks, state.link, state.head, state.counters, kept, count
            )
        )

    def _count(self, state: State, day: int) -> None:
        """Add up what every range has counted."""
        for space in self._all_spaces:
            state.tally[day] += space.tally
            space.tally[:] = 0
