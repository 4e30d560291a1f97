"""Mixing: how long people share a place, and whom of the town they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.world.facts import table
from hyosan.world.world import MOST_AGES, Pools

if TYPE_CHECKING:
    from numpy.typing import NDArray

YEARS = 5
WEEK = 7

HOURS_AT_HOME = (12.0, 14.0)
"""Hours that two of a household are at home together on a working day and a day off; assumed: night and evening."""

SCHOOL_DAY_HOURS = 8.0
"""From 08:00 to 16:00, five days a week (a Korean high school's day); assumed for the other schools."""

WORKING_WEEK_HOURS = 40.0
"""The week of the Korean Labour Standards Act, article 50; assumed to be spent with the team."""

UNITS = 2.0**30
"""Hours are whole numbers of 2**-30, so that a sum of them is the same in any order."""


def age_groups() -> tuple[str, ...]:
    """Labels of the age groups of the community."""
    return table("community").columns[1:]


def shared_hours() -> NDArray[np.float64]:
    """Hours a day that two members of a place share, averaged over the week, by `Setting`, (settings,)."""
    hours = np.zeros(len(Setting))
    hours[Setting.HOME] = (5 * HOURS_AT_HOME[0] + 2 * HOURS_AT_HOME[1]) / WEEK
    hours[Setting.CLASS] = 5 * SCHOOL_DAY_HOURS / WEEK
    hours[Setting.TEAM] = WORKING_WEEK_HOURS / WEEK
    return hours


def pools_of(age: NDArray[np.uint8]) -> Pools:
    """One town's people by age group, and the hours that the groups spend together.

    Args:
        age: Age of everybody [years], (people,).
    """
    count = len(age_groups())
    group_of_age = np.minimum(np.arange(MOST_AGES) // YEARS, count - 1).astype(np.uint8)
    group = group_of_age[age]
    people = np.bincount(group, minlength=count)
    return Pools(
        age_group=group_of_age,
        group_count=count,
        start=np.concatenate([[0], people.cumsum()]).astype(np.int64),
        members=np.argsort(group, kind="stable").astype(np.int32),
        contact_hours=contact_hours(people),
    )


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
