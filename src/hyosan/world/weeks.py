"""Weeks: the schedules of a city, and which kind of people lives by which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.rules.random import Draw
from hyosan.world.draws import words_of
from hyosan.world.facts import table
from hyosan.world.schedule import DAY_SECONDS, Interval, Schedules, schedules_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

PER_MILLE = 1000


@dataclass(frozen=True)
class Weeks:
    """Schedules by kind of people."""

    schedules: Schedules
    kinds: tuple[str, ...]
    """Kinds of people, such as `pupil, high school`."""
    variant: NDArray[np.uint8]
    """Schedule of each kind at each per mille of its people, (kinds, 1000)."""

    def kind(self, name: str) -> int:
        """Number of a kind.

        >>> weeks().kinds[weeks().kind("retired")]
        'retired'
        """
        return self.kinds.index(name)

    def choose(self, kind: NDArray[np.uint8], seed: int) -> NDArray[np.uint8]:
        """Schedule of everybody, drawn from those of the kind.

        Args:
            kind: Kind of everybody, (people,).
            seed: Seed of the world.
        """
        word = words_of(seed, Draw.SCHEDULE, len(kind))
        schedule: NDArray[np.uint8] = self.variant[kind, (word >> 31) * PER_MILLE >> 31]
        return schedule


@cache
def weeks() -> Weeks:
    """The weeks of `schedules.csv`."""
    plans = dict(zip(table("days").column("day"), table("days").column("plan"), strict=True))
    week: dict[str, list[list[Interval]]] = {}
    shares: dict[str, list[int]] = {}
    for kind, name, share, later, way, rest, days in table("schedules").rows:
        words = {"way": way, "break": rest}
        week[f"{kind}, {name}"] = [day_of(plans[day], plans, words, int(later)) for day in days.split()]
        shares.setdefault(kind, []).append(int(share))
    assert all(sum(parts) == PER_MILLE for parts in shares.values()), "shares of a kind are of a thousand"
    first = np.cumsum([0, *map(len, shares.values())])
    variant = [at + np.repeat(np.arange(len(parts)), parts) for at, parts in zip(first, shares.values(), strict=False)]
    return Weeks(schedules_of(week), tuple(shares), np.stack(variant).astype(np.uint8))


def day_of(plan: str, plans: Mapping[str, str], words: Mapping[str, str], later: int = 0) -> list[Interval]:
    """Intervals of a day from its plan.

    >>> day_of("home 08:00 way 08:30 team", {}, {"way": "home"}, later=5)
    [(30900, 2), (86400, 8)]

    Args:
        plan: Where, until when, where, …; @name stands for the plan of that name.
        plans: Plans by name.
        words: What other words than the settings stand for.
        later: Minutes by which every time is later.
    """
    parts = " ".join(plans[part[1:]] if part.startswith("@") else part for part in plan.split()).split()
    day: list[Interval] = []
    for where, until in zip(parts[::2], [*parts[1::2], "24:00"], strict=True):
        second = _second(until, later) if until != "24:00" else DAY_SECONDS
        mask = 1 << int(Setting[words.get(where, where).upper()])
        if day and day[-1][1] == mask:
            day.pop()
        day.append((second, mask))
    return day


def _second(clock: str, later: int) -> int:
    """Second of the day of a time such as 08:30, some minutes later."""
    hours, minutes = clock.split(":")
    return (int(hours) * 60 + int(minutes) + later) * 60
