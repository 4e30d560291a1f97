"""What differs between people in a building by chance: how fast they walk, when they set out, where they are."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from hyosan.jit import kernel
from hyosan.rules.dwell import FRACTION_BITS, quantile, quantile_table
from hyosan.rules.random import Draw, draw, use_of
from hyosan.rules.walking import STAIRS_DOWN, STAIRS_UP
from hyosan.scenario.walking import Uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.scenario.distributions import Distribution
    from hyosan.scenario.walking import Speeds


@kernel
def draw_words(seed, use, who, ordinal, words):
    """Write down the words of draws.

    Args:
        who: Persons, (draws,).
        ordinal: Their ordinals, (draws,).
        words: Written: four words each, (draws, 4).
    """
    for row in range(len(who)):
        words[row, 0], words[row, 1], words[row, 2], words[row, 3] = draw(seed, use, who[row], ordinal[row], 0)


def words_of(seed: int, use: int, count: int, ordinal: int = 0, first: int = 0) -> list[list[int]]:
    """Four words for each of `count` persons from `first` on, at one ordinal."""
    who, words = np.arange(first, first + count), np.zeros((count, 4), np.int64)
    draw_words(np.int64(seed), np.int64(use), who, np.full(count, ordinal, np.int64), words)
    drawn: list[list[int]] = words.tolist()
    return drawn


def share_of(high: int, low: int) -> float:
    """A number from 0 up to 1 out of two words."""
    return (high + low / 2**32) / 2**32


def start_times(seed: int, count: int, law: Uniform | Distribution, series: int = 0) -> NDArray[np.float64]:
    """Time before each person sets out, (people,) [s].

    Args:
        series: Another number gives other times.
    """
    if isinstance(law, Uniform):
        return drawn_times(seed, count, "uniform", law.least, law.most, series)
    return drawn_times(seed, count, *law.canonical, series)


def drawn_times(seed: int, count: int, family: str, shape: float, scale: float, series: int = 0) -> NDArray[np.float64]:
    """Times by draws addressed by person, (people,) [s].

    Args:
        family: `uniform`, `fixed`, or one of `rules.dwell.quantile_table`.
        shape: Of the family; the least time of `uniform` [s].
        scale: Of the family [s]; the largest time of `uniform`, the one time of `fixed`.
        series: Another number gives other times.
    """
    if family == "fixed":
        return np.full(count, scale)
    words = [each[2:] for each in words_of(seed, use_of(int(Draw.PACE), series, 0), count)]
    if family == "uniform":
        return np.array([shape + (scale - shape) * share_of(high, low) for high, low in words])
    table = quantile_table(family, shape, scale)[None, :]
    return np.array([quantile(table, 0, high, low) / (1 << FRACTION_BITS) for high, low in words])


def speeds(seed: int, means: NDArray[np.float64], law: Speeds) -> NDArray[np.float64]:
    """Free speeds on the level, up and down stairs, (people, 3) [m/s].

    Args:
        means: Mean free speed of each person, (people,) [m/s]; it varies in proportion as the law does.
    """
    use = use_of(int(Draw.PACE), 0, 0)
    found = np.zeros((len(means), 3))
    for person, (mean, words) in enumerate(zip(means, words_of(seed, use, len(means)), strict=True)):
        scale = mean / law.mean
        level = min(law.most * scale, max(law.least * scale, mean + law.sd * scale * normal(share_of(*words[:2]))))
        found[person] = level, level * STAIRS_UP, level * STAIRS_DOWN
    return found


def normal(share: float) -> float:
    """Quantile of the standard normal law, to 5e-4.

    Source:
        Abramowitz & Stegun (1964), equation 26.2.23.

    >>> abs(normal(0.975) - 1.95996) < 5e-4, normal(0.5)
    (True, 0.0)
    """
    if share == 0.5:
        return 0.0
    tail = min(max(min(share, 1.0 - share), 2.0**-40), 0.5)
    # The logarithm of `decimal` is the same on every machine.
    t = float((Decimal(-2) * Decimal(tail).ln()).sqrt())
    top = 2.515517 + 0.802853 * t + 0.010328 * t * t
    size = t - top / (1.0 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t)
    return size if share > 0.5 else -size
