"""Households: how many of each size and kind a district has, and who lives in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from hyosan.world.facts import table
from hyosan.world.family import ADULT, COUPLE, ONE_ADULT, THREE_GENERATIONS, compose
from hyosan.world.residents import registered
from hyosan.world.world import MOST_AGES

if TYPE_CHECKING:
    from numpy.typing import NDArray

TURNS = 16
"""Turns of fitting sizes to districts; more of them change no household."""

LARGEST = 24
"""The largest household that may be needed, in cities of a few people."""

ONE_ADULT_PERCENT = {1: 100, 2: 17, 3: 10, 4: 5}
"""Households of a size with one adult; assumed, so that 7 % of all are one parent with children of any age."""

THREE_GENERATIONS_PERCENT = {5: 40, 6: 60}
"""Households of a size with a grandparent; assumed, three generations are rare and large."""

WITH_PARENTS = ((20, 80), (25, 60), (30, 35), (35, 25), (40, 18), (45, 13), (50, 8), (55, 6), (60, 3), (65, 0))
"""(From this age, percent who live with their parents before households are filled); assumed, marriage is late."""

WIVES = (
    *((20, 2), (25, 10), (30, 25), (35, 20), (40, 15), (45, 20), (50, 35), (55, 50)),
    *((60, 60), (65, 60), (70, 55), (75, 45), (80, 30), (85, 15)),
)
"""(From this age, weight of women among those who live with a husband alone); assumed, children leave, then men die."""


@dataclass(frozen=True)
class Households:
    """People in the order of their households, districts one after another."""

    size: NDArray[np.int64]
    """Members of each household, (households,)."""
    district: NDArray[np.int16]
    """(households,)."""
    age: NDArray[np.uint8]
    """(people,)."""
    sex: NDArray[np.uint8]
    """(people,)."""


def households(people: NDArray[np.int64], seed: int) -> Households:
    """Put everybody into exactly one household.

    Args:
        people: People by district, age and sex, (districts, 101, 2).
        seed: Seed of the world.
    """
    kinds = np.zeros((len(people), LARGEST + 1, 3), np.int64)
    children = np.zeros_like(people)
    for district, counts in enumerate(people):
        minors = int(counts[:ADULT].sum())
        kinds[district] = _kinds(_sizes(district, int(counts.sum()), minors), minors)
        children[district] = _children(counts, _child_places(kinds[district]))
    count = kinds.sum(axis=(1, 2))
    household_start = np.concatenate([[0], count.cumsum()])
    person_start = np.concatenate([[0], people.sum(axis=(1, 2)).cumsum()])
    size, kind = np.zeros(household_start[-1], np.int64), np.zeros(household_start[-1], np.uint8)
    age, sex = np.zeros(person_start[-1], np.uint8), np.zeros(person_start[-1], np.uint8)
    compose(
        0,
        len(people),
        np.int64(seed),
        household_start,
        person_start,
        _by_age(WIVES),
        kinds,
        children,
        people - children,
        size,
        kind,
        age,
        sex,
        np.zeros((len(people), MOST_AGES, 2), np.int64),
    )
    return Households(size, np.repeat(np.arange(len(people), dtype=np.int16), count), age, sex)


@cache
def size_shares() -> tuple[tuple[float, ...], ...]:
    """Share of each size among the households of each district, sizes from 1.

    The shares of the whole city are those of the census; districts differ as much as their registered households say.
    The solution of largest entropy is found by turns, with operations that every machine rounds alike.
    """
    census = table("households").integers("households")
    target = [count / fsum(census) for count in census]
    mean = fsum(size * share for size, share in enumerate(target, 1))
    people = [int(count) for count in registered().sum(axis=(1, 2))]
    listed = table("districts").integers("households")
    scale = fsum(people) / mean / fsum(listed)
    counts = [count * scale for count in listed]
    weight, rows = list(target), []
    for _ in range(TURNS):
        rows = [_tilted(weight, persons / count) for persons, count in zip(people, counts, strict=True)]
        for size, share in enumerate(target):
            reached = fsum(count * row[size] for count, row in zip(counts, rows, strict=True))
            weight[size] *= share * fsum(counts) / reached
    return tuple(map(tuple, rows))


def _tilted(weight: list[float], mean: float) -> list[float]:
    """Shares proportional to weight times a power of the size, of the wanted mean."""
    low, high = 1.0 / 64, 64.0
    for _ in range(40):
        tilt = (low + high) / 2
        power, total, moment = 1.0, 0.0, 0.0
        for size, base in enumerate(weight, 1):
            total += base * power
            moment += size * base * power
            power *= tilt
        low, high = (tilt, high) if moment < mean * total else (low, tilt)
    shares, power = [], 1.0
    for base in weight:
        shares.append(base * power / total)
        power *= tilt
    return shares


def _sizes(district: int, people: int, minors: int) -> list[int]:
    """Households of each size, sizes from 0, that hold exactly these people, one adult in each at least."""
    sizes = [0] * (LARGEST + 1)
    if people == 0:
        return sizes
    shares = size_shares()[district]
    mean = sum(size * share for size, share in enumerate(shares, 1))
    count = max(1, min(round(people / mean), people - minors))
    exact = [count * share for share in shares]
    sizes[1 : len(shares) + 1] = map(int, exact)
    order = sorted(range(len(shares)), key=lambda at: (int(exact[at]) - exact[at], at))
    for at in order[: count - sum(sizes)]:
        sizes[at + 1] += 1
    left = people - sum(size * number for size, number in enumerate(sizes))
    step = 1 if left > 0 else -1
    # What rounding left over: some household gets one member more or less, a middling one if there is any.
    order = sorted(range(1, LARGEST), key=lambda size: (abs(2 * size - 5), size))
    for _ in range(abs(left)):
        size = next(size for size in order if sizes[size if step > 0 else size + 1] > 0)
        sizes[size] -= step
        sizes[size + 1] += step
    return sizes


def _kinds(sizes: list[int], minors: int) -> NDArray[np.int64]:
    """Households of each size and kind, with at least as many places for children as there are minors."""
    kinds = np.zeros((LARGEST + 1, 3), np.int64)
    for size, count in enumerate(sizes):
        kinds[size, ONE_ADULT] = (count * ONE_ADULT_PERCENT.get(size, 0) + 50) // 100
        kinds[size, THREE_GENERATIONS] = (count * THREE_GENERATIONS_PERCENT.get(size, 0) + 50) // 100
        kinds[size, COUPLE] = count - kinds[size, ONE_ADULT] - kinds[size, THREE_GENERATIONS]
    for kind, fewer in ((THREE_GENERATIONS, COUPLE), (COUPLE, ONE_ADULT)):
        for size in range(2, LARGEST + 1):
            change = min(int(kinds[size, kind]), max(0, minors - _child_places(kinds)))
            kinds[size, kind] -= change
            kinds[size, fewer] += change
    return kinds


def _child_places(kinds: NDArray[np.int64]) -> int:
    """Places for children of any age in these households."""
    size = np.arange(LARGEST + 1)[:, None]
    return int((kinds * (size - np.array([2, 1, 3]))).sum())


def _children(counts: NDArray[np.int64], places: int) -> NDArray[np.int64]:
    """Who lives with parents: all minors, and grown-up children in the other places, by age and sex, (101, 2)."""
    children = np.zeros_like(counts)
    children[:ADULT] = counts[:ADULT]
    grown = places - int(children.sum())
    weight = counts[ADULT:].ravel() * np.repeat(_by_age(WITH_PARENTS)[ADULT:], 2)
    total = int(weight.sum())
    taken = np.diff(weight.cumsum() * min(grown * 100, total) // max(total, 1) // 100, prepend=0)
    room = counts[ADULT:].ravel() - taken
    short = grown - int(taken.sum())
    # The youngest stay when the shares by age leave places empty.
    extra = np.diff(np.minimum(room.cumsum(), short), prepend=0)
    children[ADULT:] = (taken + extra).reshape(-1, 2)
    return children


def _by_age(steps: tuple[tuple[int, int], ...]) -> NDArray[np.int64]:
    """A number for each age from (from this age, number), 0 before the first, (101,)."""
    values = np.zeros(MOST_AGES, np.int64)
    for age, value in steps:
        values[age:] = value
    return values
