"""Whereabouts: the schedules of a world as tables that kernels look things up in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.units import day as DAY
from hyosan.units import minute as MINUTE
from hyosan.world.holidays import holidays
from hyosan.world.schedule import WEEK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.scenario.model import Scenario
    from hyosan.world.schedule import Schedules
    from hyosan.world.world import World

MINUTES = DAY // MINUTE
"""Minutes of a day; a schedule changes at whole minutes."""

SUNDAY = 6


@dataclass(frozen=True)
class Whereabouts:
    """Who is where on each day of a run."""

    everywhere: bool
    """Whether everybody is everywhere around the clock: the world has no hours of day."""
    shift: int
    """Second of the day at which the run begins [s]."""
    weekday: NDArray[np.int64]
    """0 Monday to 6 Sunday, holidays included, of each calendar day of the run, (days,)."""
    clock: NDArray[np.int32]
    """Seconds that a schedule has spent in a setting from the first day to the beginning of a day [s],
    (schedules, days + 1, settings)."""
    first: NDArray[np.int32]
    """Spans of a schedule in a setting on a weekday are rows `first[s, w, t]` to `first[s, w, t + 1]`,
    (schedules, weekdays, settings + 1)."""
    span: NDArray[np.int32]
    """Begin and end of a span [s of the day], (spans, 2)."""
    setting: NDArray[np.uint8]
    """Where a schedule is in a minute of the week, (schedules, weekdays · 1440)."""
    present: NDArray[np.uint64]
    """A bit a schedule: who is in a setting in a minute of the week, (settings, weekdays · 1440)."""

    def as_tuple(self) -> tuple[Any, ...]:
        """Arrays in the order in which kernels take them apart."""
        return (
            self.everywhere,
            self.shift,
            self.weekday,
            self.clock,
            self.first,
            self.span,
            self.setting,
            self.present,
        )


def weekdays(scenario: Scenario, days: int) -> NDArray[np.int64]:
    """Weekday of each day of a run; a holiday is lived like a Sunday, (days,)."""
    first = scenario.start.date()
    free: set[int] = set()
    for year in range(first.year, (first + timedelta(days=days)).year + 1):
        free.update((day - first).days for day in holidays(year))
    found = (first.weekday() + np.arange(days)) % WEEK
    off = [day for day in free if 0 <= day < days]
    found[off] = SUNDAY
    return found.astype(np.int64)


def whereabouts_of(scenario: Scenario, world: World) -> Whereabouts:
    """The whereabouts of a world during a scenario."""
    schedules = world.schedules
    everywhere = len(schedules) == 1
    start = scenario.start
    shift = (start.hour * 60 + start.minute) * MINUTE + start.second
    days = -(-(int(scenario.duration) + shift) // DAY) + 1
    if everywhere:
        return Whereabouts(
            True,
            0,
            np.zeros(1, np.int64),
            np.zeros((1, 1, 1), np.int32),
            np.zeros((1, 1, 1), np.int32),
            np.zeros((1, 2), np.int32),
            np.zeros((1, 1), np.uint8),
            np.zeros((1, 1), np.uint64),
        )
    return _tables(schedules, weekdays(scenario, days), shift)


def _tables(schedules: Schedules, weekday: NDArray[np.int64], shift: int) -> Whereabouts:
    """The tables of schedules for days of these weekdays."""
    count, settings = len(schedules), len(Setting)
    where = np.zeros((count, WEEK * MINUTES), np.uint8)
    spans: list[tuple[int, int]] = []
    first = np.zeros((count, WEEK, settings + 1), np.int32)
    seconds = np.zeros((count, WEEK, settings), np.int32)
    for schedule in range(count):
        for day in range(WEEK):
            rows = slice(*schedules.start[WEEK * schedule + day :][:2])
            until, masks = schedules.until[rows], schedules.settings[rows]
            begun = np.concatenate([[0], until[:-1]])
            assert not (until % MINUTE).any(), "schedules change at whole minutes"
            codes = np.log2(masks).astype(np.uint8)
            where[schedule, day * MINUTES : (day + 1) * MINUTES] = np.repeat(codes, (until - begun) // MINUTE)
            for setting in range(settings):
                first[schedule, day, setting] = len(spans)
                inside = codes == setting
                spans += list(zip(begun[inside].tolist(), until[inside].tolist(), strict=True))
                seconds[schedule, day, setting] = (until - begun)[inside].sum()
            first[schedule, day, settings] = len(spans)
    clock = np.zeros((count, len(weekday) + 1, settings), np.int32)
    np.cumsum(seconds[:, weekday], axis=1, out=clock[:, 1:])
    bit = np.uint64(1) << np.arange(count, dtype=np.uint64)
    present = np.stack(
        [np.where(where == setting, bit[:, None], np.uint64(0)).sum(axis=0, dtype=np.uint64) for setting in Setting]
    )
    return Whereabouts(False, shift, weekday, clock, first, np.array(spans, np.int32), where, present)
