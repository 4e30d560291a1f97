"""Hours that members of a place are there together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.jit import kernel
from hyosan.rules.codes import Setting
from hyosan.world.schedule import HOUR_SECONDS, WEEK, shared_seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.world.schedule import Schedules
    from hyosan.world.world import Places


@kernel
def add_pairs(
    first,
    last,
    # reads
    setting,
    start,
    members,
    schedule,
    seconds,
    # writes
    pairs,
    together,
    count,
    kept,
):
    """Add the ordered pairs of members of each place, and the seconds of a week that they are there together.

    Args:
        seconds: Seconds of a week that two schedules are both in a setting, (settings, schedules, schedules).
        pairs: Pairs by setting, (settings,).
        together: Their seconds by setting, (settings,).
        count: Members of a place by schedule, zeros at first and at last, (schedules,).
        kept: Schedules that a place has, (schedules,).
    """
    for place in range(first, last):
        where = setting[place]
        found = 0
        for slot in range(start[place], start[place + 1]):
            own = schedule[members[slot]]
            if count[own] == 0:
                kept[found] = own
                found += 1
            count[own] += 1
        size = start[place + 1] - start[place]
        pairs[where] += size * (size - 1)
        for one in range(found):
            own = kept[one]
            together[where] -= count[own] * seconds[where, own, own]
            for other in range(found):
                together[where] += count[own] * count[kept[other]] * seconds[where, own, kept[other]]
        for one in range(found):
            count[kept[one]] = 0


def shared_hours(schedules: Schedules, schedule: NDArray[np.uint8], places: Places) -> NDArray[np.float64]:
    """Hours a day that two members of a place share, averaged over the week and all pairs, by setting, (settings,).

    Args:
        schedule: Schedule of everybody, (people,).
    """
    pairs, together = np.zeros(len(Setting), np.int64), np.zeros(len(Setting), np.int64)
    seconds = shared_seconds(schedules)
    count, kept = np.zeros(len(schedules), np.int64), np.zeros(len(schedules), np.int64)
    add_pairs(
        0, len(places), places.setting, places.start, places.members, schedule, seconds, pairs, together, count, kept
    )
    return together / np.maximum(pairs, 1) / (WEEK * HOUR_SECONDS)
