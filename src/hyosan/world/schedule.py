"""Schedules: who is where by weekday and second of the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

MOST_SCHEDULES = 64
WEEK = 7
DAY_SECONDS = 86_400
DAY_HOURS = 24.0
HOUR_SECONDS = 3_600
EVERYWHERE = (1 << len(Setting)) - 2
"""Mask of every setting but `NONE`."""

Interval = tuple[int, int]
"""(Second of the day at which it ends, mask of settings)."""


@dataclass(frozen=True)
class Schedules:
    """Who is where by weekday and second of the day."""

    start: NDArray[np.int32]
    """Intervals of schedule s on weekday w (0 Monday to 6 Sunday) are rows `start[7 * s + w]` to
    `start[7 * s + w + 1]`, (7 * schedules + 1,)."""
    until: NDArray[np.int32]
    """Second of the day at which an interval ends [s], rising within a day, the last one 86,400, (intervals,)."""
    settings: NDArray[np.int32]
    """Where the person then is: a mask of `1 << Setting`, (intervals,)."""
    names: tuple[str, ...]
    """Such as `pupil, high school, 2`."""

    def __len__(self) -> int:
        """Count of schedules, at most 64."""
        return len(self.names)


def schedules_of(weeks: Mapping[str, Sequence[Sequence[Interval]]]) -> Schedules:
    """Schedules from the seven days of each name.

    >>> schedules_of({"at home": [[(86_400, 1 << Setting.HOME)]] * 7}).until.tolist()
    [86400, 86400, 86400, 86400, 86400, 86400, 86400]
    """
    assert len(weeks) <= MOST_SCHEDULES, "schedules are numbered with 6 bits"
    days = [day for week in weeks.values() for day in week]
    assert len(days) == WEEK * len(weeks), "a week has seven days"
    rows = np.array([interval for day in days for interval in day], np.int32).reshape(-1, 2)
    start = np.zeros(len(days) + 1, np.int32)
    np.cumsum([len(day) for day in days], out=start[1:])
    return Schedules(start, rows[:, 0].copy(), rows[:, 1].copy(), tuple(weeks))


def around_the_clock() -> Schedules:
    """The one schedule of worlds without hours of day: everybody is everywhere, always."""
    return schedules_of({"around the clock": [[(DAY_SECONDS, EVERYWHERE)]] * WEEK})


def present_hours(schedules: Schedules) -> NDArray[np.float64]:
    """Hours a day, averaged over the week, that each schedule spends in each setting, (schedules, settings)."""
    begun = np.concatenate([[0], schedules.until[:-1]]) % DAY_SECONDS
    length = schedules.until - begun
    seconds = np.zeros((WEEK * len(schedules), len(Setting)), np.int64)
    day = np.repeat(np.arange(WEEK * len(schedules)), np.diff(schedules.start))
    for setting in Setting:
        np.add.at(seconds[:, setting], day, length * (schedules.settings >> int(setting) & 1))
    week = seconds.reshape(len(schedules), WEEK, len(Setting)).sum(axis=1)
    hours: NDArray[np.float64] = week / (WEEK * HOUR_SECONDS)
    return hours


def shared_seconds(schedules: Schedules) -> NDArray[np.int64]:
    """Seconds of a week that two schedules are both in a setting, (settings, schedules, schedules)."""
    count = len(schedules)
    shared = np.zeros((len(Setting), count, count), np.int64)
    for weekday in range(WEEK):
        rows = [range(*schedules.start[WEEK * s + weekday :][:2]) for s in range(count)]
        cuts = np.unique(np.concatenate([schedules.until[list(row)] for row in rows]))
        begun = np.concatenate([[0], cuts[:-1]])
        masks = np.stack(
            [
                schedules.settings[row.start + np.searchsorted(schedules.until[row.start : row.stop], begun, "right")]
                for row in rows
            ]
        )
        for setting in Setting:
            inside = (masks >> int(setting) & 1).astype(np.int64)
            shared[setting] += (inside * (cuts - begun)) @ inside.T
    return shared
