"""Who is hidden from whom in one room, against shapely: exactly, walls that are just touched included."""

import os

import numpy as np
import pytest
import shapely

from hyosan.engine.building.ground import ground_of
from hyosan.engine.building.sight import is_hidden
from made_floors import Floor

FLOORS = int(os.environ.get("HYOSAN_FLOORS", "6"))
"""Floors of each test; `HYOSAN_FLOORS=1000 pytest tests/property/test_building_sight.py` takes more."""

PAIRS = 500
REACH = 2.0
"""The rule speaks of people who are so near to each other [m]."""


def _pairs(floor, rng, grid):
    """Random pairs of places that are at most 2 m apart, (pairs, 4) [m], and whether each is hidden.

    As many of each as there are, up to half of `PAIRS`.
    """
    low_x, low_y, high_x, high_y = floor.shape.bounds
    x, y = rng.uniform(low_x, high_x, 20 * PAIRS), rng.uniform(low_y, high_y, 20 * PAIRS)
    angle, away = rng.uniform(0, 2 * np.pi, len(x)), REACH * np.sqrt(rng.uniform(0, 1, len(x)))
    pairs = np.stack([x, y, x + away * np.cos(angle), y + away * np.sin(angle)], axis=1)
    if grid:
        pairs = np.round(pairs / grid) * grid
    shape = floor.shape.buffer(1e-9)
    fits = shapely.contains_xy(shape, pairs[:, :2]) & shapely.contains_xy(shape, pairs[:, 2:])
    fits &= np.hypot(pairs[:, 2] - pairs[:, 0], pairs[:, 3] - pairs[:, 1]) <= REACH
    fits &= (pairs[:, :2] != pairs[:, 2:]).any(axis=1)
    pairs = pairs[fits]
    walls = floor.walls
    hidden = shapely.intersects(walls, shapely.linestrings(pairs.reshape(-1, 2, 2)))
    # Those with both ends far from what is between them are the likeliest to be missed.
    away = shapely.distance(walls, shapely.points(pairs.reshape(-1, 2, 2))).min(axis=1)
    rows = np.flatnonzero(hidden)
    remote = rows[np.argsort(-away[rows])][: PAIRS // 4]
    chosen = np.unique(np.concatenate([remote, rows[: PAIRS // 4], np.flatnonzero(~hidden)[: PAIRS // 2]]))
    return pairs[chosen], hidden[chosen]


@pytest.mark.parametrize("grid", [0.0, 0.25])
def test_sight_is_what_shapely_says(grid):
    """On a grid of quarters ways end on walls, run along them and pass corners; floats hold all of it exactly."""
    hidden = seen = 0
    for seed in range(FLOORS):
        floor = Floor(seed, grid=grid, things=8)
        ground = ground_of(floor.plan)
        for (x, y, to_x, to_y), expected in zip(*_pairs(floor, np.random.default_rng(seed), grid), strict=True):
            got = is_hidden(
                *(x, y, to_x, to_y, 0, ground.room, ground.tile, ground.wall, ground.wall_side),
                *(ground.wall_first, ground.wall_near),
            )
            assert got == expected, (seed, x, y, to_x, to_y)
            hidden += expected
            seen += not expected
    assert min(hidden, seen) > 50 * FLOORS
