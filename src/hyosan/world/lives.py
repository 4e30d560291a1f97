"""Lives: what kind of people everybody is, by age, school and work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.random import Draw
from hyosan.world.draws import words_of
from hyosan.world.facts import table
from hyosan.world.weeks import PER_MILLE, weeks
from hyosan.world.world import MOST_AGES, NOWHERE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.world.care import CareHomes
    from hyosan.world.hospitals import Hospitals
    from hyosan.world.schools import Schools
    from hyosan.world.workplaces import Workplaces

WITHOUT_WORK = ((0, "small child"), (18, "student"), (25, "at home"), (65, "retired"))
"""(From this age, kind of those who are not at work); assumed: the young study, the middle-aged keep house."""


def kinds_of_people(
    age: NDArray[np.uint8], schools: Schools, hospitals: Hospitals, care: CareHomes, work: Workplaces, seed: int
) -> NDArray[np.uint8]:
    """Kind of everybody, an index into the kinds of `weeks`, (people,).

    Args:
        age: Age of everybody [years], (people,).
        schools: Pupils and teachers.
        hospitals: Staff of wards.
        care: Residents and staff of care homes.
        work: Everybody else at work.
        seed: Seed of the world.
    """
    kind = kinds_by_age()[age]
    kind[schools.staff] = weeks().kind("teacher without a class")
    levels = [f"class teacher, {row[0].lower()} school" for row in table("schools").rows]
    kind[schools.class_teachers] = np.array([weeks().kind(name) for name in levels], np.uint8)[
        schools.class_teachers_level
    ]
    kind[hospitals.workers] = weeks().kind("ward staff")
    kind[care.workers] = weeks().kind("care staff")
    kind[care.people] = weeks().kind("care home resident")
    kind[work.members] = np.repeat(kinds_of_teams(work.team_site != NOWHERE, seed), work.team_size)
    return kind


def kinds_by_age() -> NDArray[np.uint8]:
    """Kind of pupils and of those without work at each age, (101,)."""
    kinds = np.zeros(MOST_AGES, np.uint8)
    for first, name in WITHOUT_WORK:
        kinds[first:] = weeks().kind(name)
    for name, first_age, last_age, *_ in table("schools").rows:
        kinds[int(first_age) : int(last_age) + 1] = weeks().kind(f"pupil, {name.lower()} school")
    return kinds


def kinds_of_teams(large: NDArray[np.bool_], seed: int) -> NDArray[np.uint8]:
    """Kind of the people of each team, drawn by its hours of work, (teams,).

    Args:
        large: Whether the workplace has several teams, (teams,).
        seed: Seed of the world.
    """
    hours = table("hours")
    share = hours.integers("share")
    assert sum(share) == PER_MILLE, "shares of the hours are of a thousand"
    names = np.array([[weeks().kind(name) for name in hours.column(column)] for column in ("kind", "large_kind")])
    row = np.repeat(np.arange(len(share)), share)[(words_of(seed, Draw.HOURS, len(large)) >> 31) * PER_MILLE >> 31]
    kinds: NDArray[np.uint8] = names[large.astype(np.int64), row].astype(np.uint8)
    return kinds
