"""Geometry and chance of the generator: lengths in metres, nothing but + - * / and square roots."""

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Coordinates [m], (n, 2)."""

STEP = 18.0
"""Distance at which a line is looked at [m]."""


class Chance:
    """Numbers of chance; Python promises the same `random()` for a seed in every version."""

    def __init__(self, seed: int) -> None:
        self._source = random.Random(seed)

    def unit(self) -> float:
        """From 0 to 1."""
        return self._source.random()

    def between(self, first: int, last: int) -> int:
        """A whole number from `first` to `last`."""
        return first + int(self.unit() * (last - first + 1))

    def pick(self, weights: Sequence[int]) -> int:
        """An index, by whole-number weights."""
        left = self.between(0, sum(weights) - 1)
        for index, weight in enumerate(weights):
            left -= weight
            if left < 0:
                return index
        raise AssertionError("weights sum to more than nothing")

    def shuffled(self, count: int) -> list[int]:
        """Numbers below `count` in random order."""
        keys = [self.unit() for _ in range(count)]
        return sorted(range(count), key=keys.__getitem__)


class Noise:
    """A smooth random field between -1 and 1."""

    SIZE = 64

    def __init__(self, chance: Chance) -> None:
        values = [2 * chance.unit() - 1 for _ in range(self.SIZE**2)]
        self._values = np.array(values).reshape(self.SIZE, self.SIZE)

    def at(self, points: Points, scale: float) -> NDArray[np.float64]:
        """Values at points; `scale` is the distance over which they change [m]."""
        place = points / scale
        corner = np.floor(place)
        rest = place - corner
        weight = rest * rest * (3 - 2 * rest)
        column, row = (corner.astype(int) % self.SIZE).T
        right, above = (column + 1) % self.SIZE, (row + 1) % self.SIZE
        low = self._values[row, column] * (1 - weight[:, 0]) + self._values[row, right] * weight[:, 0]
        high = self._values[above, column] * (1 - weight[:, 0]) + self._values[above, right] * weight[:, 0]
        return low * (1 - weight[:, 1]) + high * weight[:, 1]


def lengths(vectors: Points) -> NDArray[np.float64]:
    """Length of each vector."""
    return np.sqrt(vectors[:, 0] * vectors[:, 0] + vectors[:, 1] * vectors[:, 1])


def rounded_off(corners: Sequence[tuple[int, int]], times: int) -> Points:
    """A line through the middles of `corners` without sharp corners (Chaikin's cutting), in whole metres."""
    line = np.array(corners, float)
    for _ in range(times):
        cut = np.empty((2 * len(line) - 2, 2))
        cut[0::2] = 0.75 * line[:-1] + 0.25 * line[1:]
        cut[1::2] = 0.25 * line[:-1] + 0.75 * line[1:]
        line = np.concatenate([line[:1], cut[1:-1], line[-1:]])
    return np.round(line)


def distance_to_line(points: Points, line: Points) -> NDArray[np.float64]:
    """Distance of each point to a line of several segments [m], (points,)."""
    start, way = line[:-1], np.diff(line, axis=0)
    x, y = points[:, :1] - start[:, 0], points[:, 1:] - start[:, 1]
    square = np.maximum(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1], 1.0)
    share = np.clip((x * way[:, 0] + y * way[:, 1]) / square, 0, 1)
    x -= share * way[:, 0]
    y -= share * way[:, 1]
    return np.sqrt((x * x + y * y).min(axis=1, initial=np.inf))


def inside(points: Points, polygon: Points) -> NDArray[np.bool_]:
    """Whether each point is inside a closed polygon, (points,)."""
    a, b = polygon, np.roll(polygon, -1, axis=0)
    x, y = points[:, :1], points[:, 1:]
    between = (y >= a[:, 1]) != (y >= b[:, 1])
    rise = np.where(a[:, 1] == b[:, 1], 1.0, b[:, 1] - a[:, 1])
    left = x < a[:, 0] + (y - a[:, 1]) * (b[:, 0] - a[:, 0]) / rise
    odd: NDArray[np.bool_] = (between & left).sum(axis=1) % 2 == 1
    return odd


def along(a: Points, b: Points) -> Points:
    """Points on the way from `a` to `b`, both (2,), (n, 2)."""
    count = 2 + int(lengths((b - a)[None])[0] / STEP)
    share = np.arange(count) / (count - 1)
    return a + share[:, None] * (b - a)


def turned(points: Points, direction: tuple[float, float]) -> Points:
    """Points turned around the origin by the direction (cosine, sine)."""
    cosine, sine = direction
    return np.stack([cosine * points[:, 0] - sine * points[:, 1], sine * points[:, 0] + cosine * points[:, 1]], axis=1)


def crosses(a: Points, b: Points, others: Points) -> NDArray[np.bool_]:
    """Whether the segment from `a` to `b` crosses each of the others, (n, 2, 2); touching ends do not count."""

    def side(p: Points, q: Points, r: Points) -> NDArray[np.float64]:
        return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])

    c, d = others[:, 0], others[:, 1]
    return (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)
