"""Mixing: whom of the town and of the district people may meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.world.facts import table
from hyosan.world.world import MOST_AGES, DistrictPools, Pools

if TYPE_CHECKING:
    from numpy.typing import NDArray

YEARS = 5
UNITS = 2.0**30
"""Hours are whole numbers of 2**-30, so that a sum of them is the same in any order."""


def age_groups() -> tuple[str, ...]:
    """Labels of the age groups of the community."""
    return table("community").columns[1:]


def pools_of(age: NDArray[np.uint8], schedule: NDArray[np.uint8], schedules: int) -> Pools:
    """One town's people by age group and schedule, and the hours that the groups spend together.

    Args:
        age: Age of everybody [years], (people,).
        schedule: Schedule of everybody, (people,).
        schedules: Count of schedules.
    """
    count = len(age_groups())
    group_of_age = np.minimum(np.arange(MOST_AGES) // YEARS, count - 1).astype(np.uint8)
    bounds, members = _in_order(group_of_age[age], count, schedule, schedules)
    start = np.append(bounds[:, 0], bounds[-1, -1])
    return Pools(
        age_group=group_of_age,
        group_count=count,
        start=start,
        members=members,
        contact_hours=contact_hours(np.diff(start)),
        schedule_start=bounds,
    )


def district_pools_of(
    district: NDArray[np.int16], districts: int, schedule: NDArray[np.uint8], schedules: int
) -> DistrictPools:
    """The people of each district by schedule: whom one may meet there in shops and at leisure.

    Args:
        district: District of everybody, (people,).
        districts: Count of districts.
        schedule: Schedule of everybody, (people,).
        schedules: Count of schedules.
    """
    return DistrictPools(*_in_order(district, districts, schedule, schedules))


def pool_of_everybody(schedule: NDArray[np.uint8], schedules: int, contact_hours: float) -> Pools:
    """One pool of all people of all ages, by schedule.

    Args:
        schedule: Schedule of everybody, (people,).
        schedules: Count of schedules.
        contact_hours: Hours a day that a person shares with the others, all together, on average.
    """
    bounds, members = _in_order(np.zeros(len(schedule), np.uint8), 1, schedule, schedules)
    return Pools(
        age_group=np.zeros(MOST_AGES, np.uint8),
        group_count=1,
        start=bounds[0, [0, -1]],
        members=members,
        contact_hours=np.full((1, 1), contact_hours),
        schedule_start=bounds,
    )


def _in_order(
    pool: NDArray[np.uint8] | NDArray[np.int16], pools: int, schedule: NDArray[np.uint8], schedules: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """(Bounds of each pool's schedules, (pools, schedules + 1); people in the order of pool, schedule and row)."""
    assert pools * schedules < 1 << 16, "pools and schedules are numbered with 16 bits"
    key = pool.astype(np.uint16) * np.uint16(schedules) + schedule
    ends = np.bincount(key, minlength=pools * schedules).cumsum().reshape(pools, schedules)
    first = np.concatenate([[0], ends[:-1, -1]])
    bounds = np.concatenate([first[:, None], ends], axis=1).astype(np.int64)
    # Sorting 16 bits takes two sweeps.
    return bounds, np.argsort(key, kind="stable").astype(np.int32)


def contact_hours(people: NDArray[np.int64]) -> NDArray[np.float64]:
    """Hours a day that a person of the row's age group spends with people of the column's, (groups, groups).

    The survey's people are not ours: the time that two groups report of each other is averaged, so that all of the one
    spend as many hours with the other as the other with the one.

    Args:
        people: People of each age group, (groups,).

    Source:
        Mossong et al. (2008), doi:10.1371/journal.pmed.0050074; averaging as Wallinga, Teunis & Kretzschmar (2006),
        doi:10.1093/aje/kwj317.
    """
    rows = table("community").rows
    reported = np.array([[float(entry) for entry in row[1:]] for row in rows])
    total = reported * people[:, None]
    mutual = (total + total.T) / 2.0
    mutual *= (people[:, None] > 0) & (people[None, :] > 0)
    hours = np.divide(mutual, people[:, None], out=np.zeros_like(mutual), where=people[:, None] > 0)
    return np.rint(hours * UNITS) / UNITS
