"""Lines: who rides public transport together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.rules.random import Draw
from hyosan.world.draws import words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.world.schedule import Schedules

VEHICLE = 45
"""Riders of a vehicle, at most; assumed: a city bus with its seats and as many standing."""

WINDOW = 20 * 60
"""People who set out within these seconds may share a vehicle; assumed, a bus every 20 minutes [s]."""


def departures(schedules: Schedules) -> NDArray[np.int64]:
    """Second of the day at which each schedule's first ride of the week begins, or -1, (schedules,) [s]."""
    first = np.full(len(schedules), -1, np.int64)
    rides = (schedules.settings >> int(Setting.TRANSPORT) & 1) == 1
    for number in range(len(schedules)):
        rows = np.flatnonzero(rides[schedules.start[7 * number] : schedules.start[7 * number + 7]])
        if len(rows):
            first[number] = schedules.until[schedules.start[7 * number] + rows[0] - 1]
    return first


def lines(
    schedules: Schedules, schedule: NDArray[np.uint8], district: NDArray[np.int16], seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """(Riders of each line, the riders): who sets out in the same window, from the same or a near district.

    Args:
        schedule: Schedule of everybody, (people,).
        district: District of everybody, (people,).
        seed: Seed of the world.
    """
    departure = departures(schedules)
    window = np.where(departure >= 0, departure // WINDOW, -1)[schedule]
    riders = np.flatnonzero(window >= 0)
    word = words_of(seed, Draw.LINE, len(schedule))[riders]
    key = (window[riders] << 47) | (district[riders].astype(np.int64) << 31) | (word & 0x7FFFFFFF)
    riders = riders[np.argsort(key, kind="stable")]
    count = np.bincount(window[riders])
    vehicles = -(-count // VEHICLE)
    of_line = np.repeat(np.arange(len(count)), vehicles)
    number = np.arange(len(of_line)) - np.repeat(np.cumsum(vehicles) - vehicles, vehicles)
    size = count[of_line] * (number + 1) // vehicles[of_line] - count[of_line] * number // vehicles[of_line]
    return size, riders.astype(np.int32)
