"""Care homes: which of the old live there, and how many care for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.world.facts import table
from hyosan.world.family import ADULT
from hyosan.world.workplaces import first_of_age, teams
from hyosan.world.world import MOST_AGES

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEAN_SIZE = 41
"""Residents of a home: 270,000 places in 6,600 homes for older persons in 2024 (Chosun Biz, 2 December 2025)."""

SMALLEST = 20
"""A city with fewer residents has no home of its own."""

SIZES = (1, 2, 3)
"""Relative sizes of homes, by turns; assumed, so that homes have 20 to 62 residents."""

STAFF_PERCENT = 55
"""Staff for 100 residents: a care worker for 2.3 (Enforcement Rule of the Welfare of Older Persons Act, table 4, 2022),
and, assumed, one more for every nine in kitchen, nursing and office."""

STAFF_AGES = (20, 69)
"""Ages of the staff [years]; assumed: many care workers are past 60."""


@dataclass(frozen=True)
class CareHomes:
    """Homes, one after another, with their residents and their staff in teams."""

    residents: NDArray[np.int64]
    """Residents of each home, (homes,)."""
    staff: NDArray[np.int64]
    """Staff of each home, (homes,)."""
    district: NDArray[np.int16]
    """Where most of its first residents come from, (homes,)."""
    team_size: NDArray[np.int64]
    team_home: NDArray[np.int64]
    """(teams,)."""
    people: NDArray[np.int64]
    """Residents, home by home."""
    workers: NDArray[np.int64]
    """Staff, home by home and team by team."""

    def __len__(self) -> int:
        """Count of homes."""
        return len(self.residents)

    def names(self) -> tuple[str, ...]:
        """Names of the homes."""
        return tuple(f"Care Home {number}" for number in range(1, len(self) + 1))

    def members(self) -> NDArray[np.int64]:
        """People of each home, home by home: residents, then staff."""
        home = np.concatenate([np.repeat(np.arange(len(self)), count) for count in (self.residents, self.staff)])
        return np.concatenate([self.people, self.workers])[np.argsort(home, kind="stable")]


def in_care(people: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many live in care homes, by district, age and sex, (districts, 101, 2).

    Shares by age are those of the table; cumulated counts are rounded, age by age, over the districts.
    """
    share = np.zeros(MOST_AGES, np.int64)
    for first, last, per_mille in table("care").rows:
        share[int(first) : int(last) + 1] = int(per_mille)
    weight = people.transpose(1, 2, 0) * share[:, None, None]
    cumulated = weight.ravel().cumsum()
    taken = np.diff((cumulated + 500) // 1000, prepend=0).reshape(weight.shape).transpose(2, 0, 1)
    # Children stay with the last adult of their district.
    left = (people - taken)[:, ADULT:].sum(axis=(1, 2))
    taken = np.where(((left == 0) & (people[:, :ADULT].sum(axis=(1, 2)) > 0))[:, None, None], 0, taken)
    return taken if taken.sum() >= SMALLEST else np.zeros_like(people)


def care_homes(
    residents: NDArray[np.int64], age: NDArray[np.uint8], district: NDArray[np.int16], workers: NDArray[np.int64]
) -> tuple[CareHomes, NDArray[np.int64]]:
    """Put residents into homes with others of near districts, and the first workers into their staffs.

    Args:
        residents: People who live in care homes, in the order of their districts.
        age: Age of everybody [years], (people,).
        district: District of everybody, (people,).
        workers: People at work, in random order.

    Returns:
        The homes, and the workers who are not on a staff, in the same order.
    """
    count = max(int(len(residents) > 0), (2 * len(residents) + MEAN_SIZE) // (2 * MEAN_SIZE))
    weight = np.resize(np.array(SIZES), count).cumsum()
    until = weight * len(residents) // max(int(weight[-1]) if count else 0, 1)
    size = np.diff(until, prepend=0)
    wanted = (size * STAFF_PERCENT + 50) // 100
    chosen, others = first_of_age(workers, age, STAFF_AGES, int(wanted.sum()))
    staff = np.diff(np.minimum(wanted.cumsum(), len(chosen)), prepend=0)
    team_size, team_home = teams(staff)
    made = CareHomes(
        size,
        staff,
        district[residents[until - size + size // 2]] if count else np.zeros(0, np.int16),
        team_size,
        team_home,
        residents,
        chosen,
    )
    return made, others
