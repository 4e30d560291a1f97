"""Paths over streets: the kernels against a search written plainly."""

from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyosan.world.paths import STAY, UNREACHED, distances, distances_of, next_steps, steps_of
from hyosan.world.streets import streets


def plain_search(target, start, neighbours, closed):
    """(Distances, next steps) to a target."""
    cells = len(start) - 1
    distance, queue = [UNREACHED] * cells, deque([target])
    distance[target] = 0
    while queue:
        cell = queue.popleft()
        for entry in range(start[cell], start[cell + 1]):
            if not closed[entry] and distance[neighbours[entry]] == UNREACHED:
                distance[neighbours[entry]] = distance[cell] + 1
                queue.append(neighbours[entry])
    steps = [STAY] * cells
    for cell in range(cells):
        for slot, entry in enumerate(range(start[cell], start[cell + 1])):
            if distance[cell] > 0 and not closed[entry] and distance[neighbours[entry]] == distance[cell] - 1:
                steps[cell] = slot
                break
    return distance, steps


def network(cells, pairs, shut):
    """(start, neighbours, closed) of pairs of cells, some of them shut in both directions."""
    pairs = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    both = sorted([*pairs, *((b, a) for a, b in pairs)])
    start = np.searchsorted([a for a, _ in both], np.arange(cells + 1)).astype(np.int32)
    closed = [shut[pairs.index((min(pair), max(pair))) % len(shut)] for pair in both]
    return start, np.array([b for _, b in both], np.int32), np.array(closed, bool)


@st.composite
def networks(draw):
    cells = draw(st.integers(1, 25))
    cell = st.integers(0, cells - 1)
    pairs = draw(st.lists(st.tuples(cell, cell), max_size=60))
    return network(cells, pairs, draw(st.lists(st.booleans(), min_size=1, max_size=7)))


def both_of(first, last, start, neighbours, closed, *, compiled=True):
    """Distances and steps of a range of targets."""
    cells = len(start) - 1
    distance, steps = np.full((cells, cells), -9, np.int16), np.full((cells, cells), 77, np.uint8)
    queue, room = np.empty(cells, np.int32), np.empty((1, cells), np.int32)
    one, other = (distances, next_steps) if compiled else (distances.py_func, next_steps.py_func)
    one(first, last, start, neighbours, closed, queue, distance)
    other(first, last, start, neighbours, closed, queue, room, steps)
    return distance, steps


@settings(max_examples=100, deadline=None)
@given(networks())
def test_the_kernels_find_what_a_plain_search_finds(made):
    distance, steps = both_of(0, len(made[0]) - 1, *made)
    for target in range(len(made[0]) - 1):
        plain = plain_search(target, *made)
        assert distance[target].tolist() == plain[0]
        assert steps[target].tolist() == plain[1]


@settings(max_examples=30, deadline=None)
@given(networks(), st.integers(0, 25))
def test_any_split_into_ranges_gives_the_same(made, cut):
    cells = len(made[0]) - 1
    cut = min(cut, cells)
    whole = both_of(0, cells, *made)
    low, high = both_of(0, cut, *made), both_of(cut, cells, *made)
    for every, before, after in zip(whole, low, high, strict=True):
        assert (np.concatenate([before[:cut], after[cut:]]) == every).all()
        assert (set(before[cut:].ravel().tolist()) | set(after[:cut].ravel().tolist())) <= {-9, 77}


def test_the_map_of_the_town():
    made = streets()
    steps, distance = steps_of(made), distances_of(made)
    assert steps.dtype == np.uint8
    assert ((steps == STAY) == np.eye(len(made), dtype=bool)).all()
    assert (distance == distance.T).all()
    closed = np.zeros(len(made.neighbours), bool)
    for target in (0, 500, len(made) - 1):
        plain = plain_search(target, made.start.tolist(), made.neighbours.tolist(), closed)
        assert (distance[target] == plain[0]).all()
        assert (steps[target] == plain[1]).all()
    rows = np.arange(len(made))
    going = np.flatnonzero(rows != 3)
    onward = made.neighbours[made.start[going] + steps[3, going]]
    assert (distance[3, onward] == distance[3, going] - 1).all()


@pytest.mark.parametrize("shut", ["all", "bridges"])
def test_shut_streets_are_not_walked(shut):
    made = streets()
    origin = np.repeat(np.arange(len(made)), np.diff(made.start))
    closed = (made.bridge[origin] | made.bridge[made.neighbours]) if shut == "bridges" else np.ones(len(origin), bool)
    steps, distance = steps_of(made, closed), distances_of(made, closed)
    assert ((distance <= 0) == (steps == STAY)).all()
    assert (distance[made.bridge][:, ~made.bridge] == UNREACHED).all()
    assert ((distance > 0).any()) == (shut == "bridges")
