"""Reckoning: what is settled one attempt after another, and the arrays that it needs for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.attempts import COLUMNS, DUE_DAY, FRESH_COLUMNS, MOST_EPISODES
from hyosan.engine.calendar import DROPPED
from hyosan.engine.city.begin import LOG_COLUMNS, SPAN_COLUMNS, TRANSITION_COLUMNS
from hyosan.engine.city.settle import (
    CHANGED,
    COUNTS,
    DONE,
    FRESH,
    GROW_FRESH,
    GROW_LOG,
    GROW_TRANSITIONS,
    LOGGED,
    TOO_OFTEN,
    gather_due,
    settle,
)
from hyosan.engine.workspace import Workspace, larger
from hyosan.errors import RunError
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.state import State
    from hyosan.engine.step import Step


class Reckoning:
    """Settles windows for a `Step`."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self._log = np.empty((64, LOG_COLUMNS), np.int32)
        self._ended = np.zeros((3 * 64, 2), np.int32)

    def load(self, state: State) -> None:
        """Compile or load the kernels."""
        none = np.zeros((0, COLUMNS), np.int32)
        log, spent = np.empty((0, LOG_COLUMNS), np.int32), np.empty(0, np.int32)
        span = np.zeros((0, SPAN_COLUMNS), np.int32)
        space = self.step._spaces[0]
        self._settle(state, none, log, spent, span, 0, DAY, space)
        space.clear()

    def one_by_one(self, state: State, due: NDArray[np.int32], day: int, until: int, space: Workspace) -> None:
        """Settle every attempt of a window, where people can be infected again."""
        fresh = np.empty((2 * len(due) + 1024, FRESH_COLUMNS), np.int32)
        fresh[: len(due), :COLUMNS] = due
        fresh[: len(due), DUE_DAY] = day
        space.fresh, space.fresh_count = fresh, len(due)
        none = due[:0]
        log, spent = np.empty((0, LOG_COLUMNS), np.int32), np.empty(0, np.int32)
        span = np.zeros((0, SPAN_COLUMNS), np.int32)
        more, ended = self._settle(state, none, log, spent, span, day, until, space)
        self._keep(state, more, ended)

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
        cuts: list[tuple[int, int]],
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Settle attempts that arose and are due in one window; the winners' log and ends without those undone."""
        first = spaces[0]
        rows = np.zeros(2, np.int64)
        for space, (begin, end) in zip(spaces, cuts, strict=False):
            span[begin:end, :2] += rows[0]
            span[begin:end, 2:] += rows[1]
            rows += (space.fresh_count, space.transition_count)
        if len(cuts) > 1:
            fresh = np.concatenate([space.fresh[: space.fresh_count] for space in spaces])
            begun = np.concatenate([space.transitions[: space.transition_count] for space in spaces])
            for space in spaces:
                space.clear()
            first.fresh, first.fresh_count = larger(fresh, len(fresh)), len(fresh)
            if first.recording:
                first.transitions, first.transition_count = larger(begun, len(begun)), len(begun)
        more, ended = self._settle(state, winners, log, spent, span, day, until, first)
        self._keep(state, more, ended)
        stays = log[:, 1] != DROPPED
        if stays.all():
            return log, spent
        kept = first.transitions[: first.transition_count]
        kept = kept[kept[:, 1] != DROPPED]
        first.transitions[: len(kept)] = kept
        first.transition_count = len(kept)
        return log[stays], spent[stays]

    def _settle(
        self,
        state: State,
        winners: NDArray[np.int32],
        log: NDArray[np.int32],
        spent: NDArray[np.int32],
        span: NDArray[np.int32],
        day: int,
        until: int,
        space: Workspace,
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Settle a window: (infections more, courses that end with a sign)."""
        step = self.step
        tie, turn = np.empty(len(space.fresh), np.int64), np.empty(len(space.fresh), np.int64)
        heap = np.empty(len(space.fresh), np.int32)
        counts = np.zeros(COUNTS, np.int64)
        counts[FRESH], counts[CHANGED] = space.fresh_count, space.transition_count
        more_log, more_begun = self._log, space.transitions
        ended = self._ended
        ended[:] = 0
        crowd = state.crowd()
        gather_due(
            day, until, step.seed, winners, span, step.streams, crowd, space.fresh, tie, turn, heap, counts
        )
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
                span,
                crowd,
                space.scratch,
                space.fresh,
                log,
                spent,
                tie,
                turn,
                heap,
                counts,
                more_log,
                more_begun,
                ended,
                space.tally,
            )
            used = int(counts[FRESH])
            if status == DONE:
                break
            if status == TOO_OFTEN:
                raise RunError(f"one person was infected {MOST_EPISODES} times, and no more can be counted.")
            if status == GROW_FRESH:
                space.fresh = larger(space.fresh, used)
                tie, turn, heap = larger(tie, used), larger(turn, used), larger(heap, used)
            elif status == GROW_LOG:
                more_log = larger(more_log, len(more_log))
                ended = np.concatenate([ended, np.zeros_like(ended)])
            elif status == GROW_TRANSITIONS:
                more_begun = larger(more_begun, int(counts[CHANGED]))
        space.fresh_count = used
        self._log, self._ended = more_log, ended
        space.transitions, space.transition_count = more_begun, int(counts[CHANGED])
        logged = int(counts[LOGGED])
        return more_log[:logged].copy(), ended[: 3 * logged]

    def _keep(self, state: State, log: NDArray[np.int32], ended: NDArray[np.int32]) -> None:
        """Keep the infections settled, and when they are over."""
        if len(log):
            state.infections.append(log)
            state.begun += len(log)
            rows = ended[(ended[:, 1] != 0) & (ended[:, 0] < self.step.end)]
            np.add.at(state.over, rows[:, 0] // DAY, rows[:, 1])
