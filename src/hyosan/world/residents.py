"""Residents: how many people of each district, age and sex a city has."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.random import Draw
from hyosan.world.draws import words_of
from hyosan.world.facts import table
from hyosan.world.family import ADULT
from hyosan.world.world import MOST_AGES

if TYPE_CHECKING:
    from numpy.typing import NDArray

YEARS = 5
"""Single years in an age group of the public counts; the last group is 100 and older."""


@cache
def districts() -> tuple[str, ...]:
    """Names of the districts, in official order."""
    return tuple(dict.fromkeys(table("residents").column("district")))


@cache
def registered() -> NDArray[np.int64]:
    """Registered residents by district, age group and sex, (districts, 21, 2)."""
    rows = table("residents")
    counts = np.array([rows.integers("female"), rows.integers("male")], np.int64).T
    counts = counts.reshape(len(districts()), -1, 2)
    counts.setflags(write=False)
    return counts


def scaled(people: int) -> NDArray[np.int64]:
    """The registered residents as a city of another size, (districts, 21, 2).

    Cumulated counts are rounded, age by age: no cell, no age group and no sum of neighbouring cells is off by more than
    one person. A city as large as the registered one is the registered one.
    """
    cells = registered().transpose(1, 2, 0)
    total = int(cells.sum())
    cumulated = cells.ravel().cumsum()
    rounded = (cumulated * people + total // 2) // total
    return np.diff(rounded, prepend=0).reshape(cells.shape).transpose(2, 0, 1).copy()


def residents(people: int, seed: int) -> NDArray[np.int64]:
    """People by district, single year of age and sex, (districts, 101, 2).

    Inside an age group the years are as equal as they can be; a draw says which of them have one more.
    """
    groups = scaled(people)
    _no_children_alone(groups)
    offset = (words_of(seed, Draw.YEARS, groups.size) % YEARS).reshape(groups.shape)[:, :-1]
    young = groups[:, :-1]
    years = np.arange(YEARS)[:, None]
    upto = young[:, :, None, :] * (years + 1) + offset[:, :, None, :]
    before = young[:, :, None, :] * years + offset[:, :, None, :]
    single = (upto // YEARS - before // YEARS).reshape(len(groups), -1, 2)
    return np.concatenate([single, groups[:, -1:]], axis=1)[:, :MOST_AGES]


def _no_children_alone(groups: NDArray[np.int64]) -> None:
    """Move the people of a district without adults (there is one in very small cities only) to the largest district."""
    first = ADULT // YEARS
    adults = groups[:, first:].sum(axis=(1, 2))
    home = int(adults.argmax())
    assert adults[home], "the age in the middle of the registered residents is an adult's"
    for district in np.flatnonzero((adults == 0) & (groups.sum(axis=(1, 2)) > 0)):
        groups[home] += groups[district]
        groups[district] = 0
