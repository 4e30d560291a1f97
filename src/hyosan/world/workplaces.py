"""Workplaces: who is at work, and in which team."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.random import Draw, chance_of
from hyosan.world.draws import shuffled, words_of
from hyosan.world.facts import table
from hyosan.world.world import MOST_AGES, NOWHERE

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST_TEAM = 20
"""Larger workplaces are cut into teams of nearly equal size; assumed: those who work side by side."""


@dataclass(frozen=True)
class Workplaces:
    """Teams of all workplaces, one workplace after another."""

    team_size: NDArray[np.int64]
    team_site: NDArray[np.int32]
    """Index of the workplace among all sites; `NOWHERE` where the workplace is a single team."""
    team_district: NDArray[np.int16]
    members: NDArray[np.int32]
    """People, team by team."""
    site_size: NDArray[np.int64]
    """Workers of each workplace of more than one team, (sites,)."""
    sites: tuple[str, ...]
    """Names of the workplaces of more than one team."""

    def at_sites(self) -> NDArray[np.int32]:
        """People of the workplaces of more than one team, one workplace after another."""
        at_site: NDArray[np.int32] = self.members[np.repeat(self.team_site != NOWHERE, self.team_size)]
        return at_site


def employed(age: NDArray[np.uint8], seed: int) -> NDArray[np.int64]:
    """People at work, in random order.

    Args:
        age: Age of everybody [years], (people,).
        seed: Seed of the world.
    """
    word = words_of(seed, Draw.JOB, len(age))
    rows = np.flatnonzero((word >> 32) < employment()[age])
    return shuffled(rows, word[rows])


def employment() -> NDArray[np.int64]:
    """Chance to be at work at each age [2**-30], (101,)."""
    chance = np.zeros(MOST_AGES, np.int64)
    shares = table("employment")
    for first, last, percent in shares.rows:
        chance[int(first) : int(last) + 1] = chance_of(Fraction(percent) / 100)
    return chance


def first_of_age(
    workers: NDArray[np.int64], age: NDArray[np.uint8], ages: tuple[int, int], wanted: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first workers of fitting age, and all other workers.

    Args:
        workers: People at work, in random order.
        age: Age of everybody [years], (people,).
        ages: Lowest and highest age that fit [years].
        wanted: How many, if there are so many.
    """
    years = age[workers]
    fits = (years >= ages[0]) & (years <= ages[1])
    chosen = fits & (np.cumsum(fits) <= wanted)
    return workers[chosen], workers[~chosen]


def workplaces(workers: NDArray[np.int64], district: NDArray[np.int16], seed: int, *, first_site: int) -> Workplaces:
    """Put everybody at work into a workplace and one of its teams.

    Args:
        workers: People at work, in random order.
        district: District in which everybody lives, (people,).
        seed: Seed of the world.
        first_site: Index of the first workplace among the sites.
    """
    sizes = workplace_sizes(len(workers), seed)
    team_size, workplace = teams(sizes)
    large = sizes > LARGEST_TEAM
    site = np.where(large, first_site + np.cumsum(large) - 1, NOWHERE)
    # A workplace stands where the first of its people lives.
    stands = district[workers[np.cumsum(sizes) - sizes]]
    return Workplaces(
        team_size,
        site[workplace].astype(np.int32),
        stands[workplace],
        workers.astype(np.int32),
        sizes[large],
        tuple(f"Workplace {at}" for at in range(1, int(large.sum()) + 1)),
    )


def teams(sizes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(Members of each team, its workplace): workplaces of these sizes cut into teams.

    >>> [part.tolist() for part in teams(np.array([3, 41]))]
    [[3, 13, 14, 14], [0, 1, 1, 1]]
    """
    count = -(-sizes // LARGEST_TEAM)
    workplace = np.repeat(np.arange(len(sizes)), count)
    number = np.arange(len(workplace)) - np.repeat(np.cumsum(count) - count, count)
    size, parts = sizes[workplace], count[workplace]
    return size * (number + 1) // parts - size * number // parts, workplace


def workplace_sizes(workers: int, seed: int) -> NDArray[np.int64]:
    """Workers of each workplace, in random order; together exactly `workers`."""
    bands = table("workplaces")
    low, high, share = (bands.integers(name) for name in bands.columns)
    moment = sum((a + b) * part for a, b, part in zip(low, high, share, strict=True))
    sizes = []
    for a, b, part in zip(low, high, share, strict=True):
        # A few more than needed, so that the order decides which are left out.
        count = -(-workers * 2 * part * 21 // (moment * 20)) + 1
        sizes.append(a + ((2 * np.arange(count) + 1) * (b - a + 1)) // (2 * count))
    every = np.concatenate(sizes)
    every = every[shuffled(np.arange(len(every)), words_of(seed, Draw.WORKPLACE, len(every)))]
    until = np.cumsum(every)
    needed = int(np.searchsorted(until, workers))
    every = every[: needed + 1] if workers else every[:0]
    if workers:
        every[-1] -= until[needed] - workers
    return every
