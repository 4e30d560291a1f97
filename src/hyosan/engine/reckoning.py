"""Reckoning: what is settled one attempt after another, and the arrays that it needs for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.attempts import COLUMNS, DUE_DAY, FRESH_COLUMNS, INFECTOR, MOST_EPISODES, TARGET
from hyosan.engine.calendar import DROPPED
from hyosan.engine.city.begin import LOG_COLUMNS, SPAN_COLUMNS
from hyosan.engine.city.queue import CHANGED, COUNTS, FRESH, LOGGED, gather
from hyosan.engine.city.settle import DONE, GROW_FRESH, GROW_LOG, GROW_TRANSITIONS, TOO_OFTEN, settle
from hyosan.engine.workspace import Workspace, larger
from hyosan.errors import RunError
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.state import State
    from hyosan.engine.step import Step

    Range = tuple[int, int]


class Reckoning:
    """Settles windows for a `Step`; what it emits lies in a workspace of its own."""

    def __init__(self, step: Step, *, recording: bool) -> None:
        self.step = step
        self.space = Workspace(recording)
        self._log = np.empty((64, LOG_COLUMNS), np.int32)
        self._ended = np.zeros((3 * 64, 2), np.int32)
        self._tie, self._turn = np.empty(0, np.int64), np.empty(0, np.int64)
        self._heap = np.empty(0, np.int32)

    def load(self, state: State) -> None:
        """Compile or load the kernels."""
        self.one_by_one(state, np.zeros((0, COLUMNS), np.int32), 0, DAY)
        self.space.clear()

    def one_by_one(self, state: State, due: NDArray[np.int32], day: int, until: int) -> None:
        """Settle every attempt of a window, where people can be infected again."""
        rows = np.empty((len(due), FRESH_COLUMNS), np.int32)
        rows[:, :COLUMNS] = due
        rows[:, DUE_DAY] = day
        counts = self._counts(len(due))
        none, span, log = due[:0], np.zeros((0, SPAN_COLUMNS), np.int32), np.empty((0, LOG_COLUMNS), np.int32)
        self._gather(state, (0, 0), rows, len(due), none, span, day, until, counts)
        self._settle(state, none, log, day, until, counts)

    def of_the_day(
        self,
        state: State,
        winners: NDArray[np.int32],
        log: NDArray[np.int32],
        spent: NDArray[np.int32],
        span: NDArray[np.int32],
        day: int,
        until: int,
        spaces: list[Workspace],
        cuts: list[Range],
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Settle attempts that arose and are due in one window; the winners' log and ends without those undone."""
        counts = self._counts(sum(space.fresh_count for space in spaces))
        for cut, space in zip(cuts, spaces, strict=False):
            self._gather(state, cut, space.fresh, space.fresh_count, winners, span, day, until, counts)
        self._settle(state, winners, log, day, until, counts)
        stays = log[:, 1] != DROPPED
        if stays.all():
            return log, spent
        for row in np.flatnonzero(~stays):
            piece = next(piece for piece, (_, last) in enumerate(cuts) if row < last)
            space, (first, last, begun, changed) = spaces[piece], span[row]
            emitted = space.fresh[first:last]
            emitted[emitted[:, INFECTOR] == winners[row, TARGET], TARGET] = DROPPED
            space.transitions[begun:changed, 1] = DROPPED
        return log[stays], spent[stays]

    def _counts(self, rows: int) -> NDArray[np.int64]:
        """Counts of settling, nothing being in the arrays, which have room for some rows."""
        space = self.space
        while len(space.fresh) < rows:
            space.fresh = larger(space.fresh, 0)
        if len(self._heap) < len(space.fresh):
            self._tie, self._turn = np.empty(len(space.fresh), np.int64), np.empty(len(space.fresh), np.int64)
            self._heap = np.empty(len(space.fresh), np.int32)
        self._ended[:] = 0
        return np.zeros(COUNTS, np.int64)

    def _gather(
        self,
        state: State,
        cut: Range,
        emitted: NDArray[np.int32],
        emitted_count: int,
        winners: NDArray[np.int32],
        span: NDArray[np.int32],
        day: int,
        until: int,
        counts: NDArray[np.int64],
    ) -> None:
        """Gather what a range has emitted and is due in the window."""
        gather(
            *cut,
            day,
            until,
            self.step.seed,
            emitted,
            emitted_count,
            winners,
            span,
            self.step.streams,
            state.crowd(),
            self.space.fresh,
            self._tie,
            self._turn,
            self._heap,
            counts,
        )

    def _settle(
        self,
        state: State,
        winners: NDArray[np.int32],
        log: NDArray[np.int32],
        day: int,
        until: int,
        counts: NDArray[np.int64],
    ) -> None:
        """Settle a window, and keep the infections that come of it and when they are over."""
        step, space, crowd = self.step, self.space, state.crowd()
        while True:
            status = settle(
                day,
                until,
                step.seed,
                step.end,
                winners,
                step.streams,
                step.world,
                step.course,
                state.orders_for_kernels(),
                crowd,
                space.scratch,
                space.fresh,
                log,
                (self._tie, self._turn, self._heap, counts),
                (self._log, space.transitions, self._ended),
                space.tally,
            )
            if status == DONE:
                break
            self._grow(status, counts)
        space.fresh_count, space.transition_count = int(counts[FRESH]), int(counts[CHANGED])
        logged = int(counts[LOGGED])
        if logged:
            state.infections.append(self._log[:logged].copy())
            step.note(state, state.infections[-1], day)
            state.begun += logged
            ended = self._ended[: 3 * logged]
            rows = ended[(ended[:, 1] != 0) & (ended[:, 0] < step.end)]
            np.add.at(state.over, rows[:, 0] // DAY, rows[:, 1])

    def _grow(self, status: int, counts: NDArray[np.int64]) -> None:
        """Make the array larger that was too small."""
        space, used = self.space, int(counts[FRESH])
        if status == TOO_OFTEN:
            raise RunError(f"one person was infected {MOST_EPISODES} times, and no more can be counted.")
        if status == GROW_FRESH:
            space.fresh = larger(space.fresh, used)
            self._tie, self._turn = larger(self._tie, used), larger(self._turn, used)
            self._heap = larger(self._heap, used)
        elif status == GROW_LOG:
            self._log = larger(self._log, len(self._log))
            self._ended = np.concatenate([self._ended, np.zeros_like(self._ended)])
        elif status == GROW_TRANSITIONS:
            space.transitions = larger(space.transitions, int(counts[CHANGED]))
