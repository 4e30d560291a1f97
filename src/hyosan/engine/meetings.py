"""Meetings: pairs of place-mates and how long they are together, and who is met where there are no places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.units import hour as HOUR
from hyosan.units import minute as MINUTE
from hyosan.world.schedule import DAY_SECONDS, WEEK, shared_seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.world.schedule import Schedules
    from hyosan.world.world import World

    Pairs = list[tuple[int, float, NDArray[np.float64]]]
    """(Capacity, time together over the average, ordered pairs by age groups (groups, groups))."""

LEVELS = 16
"""Levels of the time that two are together, a quarter of the average apart; within one, pairs count as alike."""


def pairs_of(world: World, setting: Setting) -> Pairs:
    """Ordered pairs of place-mates who are ever together."""
    places, groups = world.places, world.pools.group_count
    chosen = np.flatnonzero(places.setting == setting)
    if not len(chosen):
        return []
    members = places.members[places.start[chosen[0]] : places.start[chosen[-1] + 1]]
    place = np.repeat(np.arange(len(chosen)), np.diff(places.start)[chosen])
    schedules = len(world.schedules)
    kinds = groups * schedules
    kind = world.pools.age_group[world.people.age[members]].astype(np.int64) * schedules
    key, count = np.unique(place * kinds + kind + world.people.schedule[members], return_counts=True)
    place, group, schedule = key // kinds, key % kinds // schedules, key % schedules
    one, other = _mates(place, len(chosen))
    number = count[one] * count[other] - np.where(one == other, count[one], 0)
    together = _together(world, setting)[schedule[one], schedule[other]]
    level = np.clip(np.ceil(4.0 * together).astype(np.int64), 0, LEVELS)
    sizes, size = np.unique(places.capacity[chosen], return_inverse=True)
    row = size.ravel()[place[one]] * (LEVELS + 1) + level
    rows = len(sizes) * (LEVELS + 1)
    cell = (row * groups + group[one]) * groups + group[other]
    tables = np.bincount(cell, number, rows * groups * groups).reshape(rows, groups, groups)
    total, time = np.bincount(row, number, rows), np.bincount(row, number * together, rows)
    # Whoever is never together, level 0, does not count.
    used = [row for row in np.flatnonzero(total) if row % (LEVELS + 1)]
    return [(int(sizes[row // (LEVELS + 1)]), float(time[row] / total[row]), tables[row]) for row in used]


def _mates(place: NDArray[np.int64], places: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All ordered pairs of rows of the same place, each row with itself too.

    Args:
        place: Place of each row, rising, (rows,).
        places: Count of places.
    """
    width = np.bincount(place, minlength=places)
    own = width[place]
    one = np.repeat(np.arange(len(place)), own)
    first = (width.cumsum() - width)[place]
    begun = own.cumsum() - own
    return one, np.arange(len(one)) - begun[one] + first[one]


def _together(world: World, setting: Setting) -> NDArray[np.float64]:
    """Time that people of two schedules share in a place, over the average of all pairs [1], (schedules, schedules)."""
    average = float(world.shared_hours[setting])
    if len(world.schedules) == 1 or average == 0.0:
        return np.ones((len(world.schedules),) * 2)
    hours: NDArray[np.float64] = shared_seconds(world.schedules)[setting] / (WEEK * HOUR * average)
    return hours


def shares_of(world: World, setting: Setting) -> NDArray[np.float64]:
    """Age groups of the people met in a setting without places, by the age group of who meets them, (groups, groups).

    They add up to less than 1 by the share of attempts that meet nobody.
    """
    if setting == Setting.COMMUNITY:
        met = world.pools.contact_hours
    else:
        # Whoever is there; districts and hours of the day are not told apart.
        hours = world.present_hours[world.people.schedule, setting]
        group = world.pools.age_group[world.people.age]
        met = np.tile(np.bincount(group, hours, world.pools.group_count), (world.pools.group_count, 1))
    total = met.sum(axis=1, keepdims=True)
    shares: NDArray[np.float64] = np.divide(met, total, out=np.zeros_like(met), where=total > 0)
    if setting == Setting.COMMUNITY and len(world.schedules) > 1:
        shares = shares * _somebody_out(world)
    return shares


def _somebody_out(world: World) -> NDArray[np.float64]:
    """Share of the time out of a row's age group in which somebody of the column's is out too, (groups, groups)."""
    groups = world.pools.group_count
    counts = np.diff(world.pools.schedule_start, axis=1).reshape(-1, groups, len(world.schedules))
    outside = minutes_in(world.schedules, Setting.COMMUNITY).astype(np.float64)
    both, alone = np.zeros((groups, groups)), np.zeros(groups)
    for count in counts:  # of each town
        out = count @ outside
        both += out @ (out > 0.0).T
        alone += out.sum(axis=1)
    shares: NDArray[np.float64] = np.ones_like(both)
    np.divide(both, alone[:, None], out=shares, where=alone[:, None] > 0)
    return shares


def minutes_in(schedules: Schedules, setting: Setting) -> NDArray[np.bool_]:
    """Whether a schedule is in a setting in each minute of the week, (schedules, weekdays · 1440)."""
    begun = np.concatenate([[0], schedules.until[:-1]]) % DAY_SECONDS
    inside = (schedules.settings >> int(setting) & 1).astype(np.bool_)
    return np.repeat(inside, (schedules.until - begun) // MINUTE).reshape(len(schedules), -1)
