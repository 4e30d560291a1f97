"""The oracles of hunters in buildings against other ways to the same numbers, and what the claims read off tables."""

import math
from types import SimpleNamespace

import networkx
import numpy as np
import pytest
from scipy import stats
from shapely import LineString, Polygon

from hyosan.rules.codes import DoorEvent
from hyosan.verification import breaking, drifting, names
from hyosan.verification.chasing import meeting
from hyosan.verification.checks import AtMost
from hyosan.verification.drifting_oracles import encounter_rate, mean_relative_speed, with_rests
from hyosan.verification.floors import floor_of, room_of, seen_by_segments
from hyosan.verification.hearing import least_costs
from hyosan.verification.incubating import below


@pytest.mark.parametrize(("one", "other"), [(1.4, 1.4), (1.4, 2.8), (0.0, 2.0), (3.0, 2.9)])
def test_relative_speeds_against_chance(one, other):
    angle = np.random.default_rng(1).uniform(0, 2 * math.pi, 400_000)
    drawn = np.sqrt(one**2 + other**2 - 2 * one * other * np.cos(angle))
    assert mean_relative_speed(one, other) == pytest.approx(drawn.mean(), abs=5 * drawn.std() / 600)
    assert with_rests(one, other, 0.0, 0.0) == mean_relative_speed(one, other)
    assert with_rests(one, other, 1.0, 0.0) == other


def test_encounters_of_points_that_jump():
    """Pairs even in a square that move on a little: how many come within reach, over how many that should."""
    rng, side, reach, stride = np.random.default_rng(2), 4.0, 0.5, 0.01
    count = 4_000_000
    apart = rng.uniform(0, side, (count, 2)) - rng.uniform(0, side, (count, 2))
    angle = rng.uniform(0, 2 * math.pi, count)
    moved = apart + stride * np.column_stack([np.cos(angle), np.sin(angle)])
    came = ((np.hypot(*apart.T) > reach) & (np.hypot(*moved.T) <= reach)).sum()
    expected = count * encounter_rate(stride, reach, side)
    assert abs(came - expected) < 5 * math.sqrt(expected)


def test_who_is_met_where():
    """The place of meeting lies on the circle of Apollonius."""
    away, velocity, speed = np.array([3.0, 4.0]), np.array([1.0, -0.5]), 2.0
    time = meeting(away, velocity, speed)
    assert math.hypot(*(away + velocity * time)) == pytest.approx(speed * time)
    assert meeting(np.array([6.0, 0.0]), np.array([1.0, 0.0]), 3.0) == pytest.approx(3.0)


@pytest.mark.parametrize("seed", range(3))
def test_cheapest_ways_against_another_library(seed):
    rng = np.random.default_rng(seed)
    graph = {side: [(int(to), float(rng.uniform(1, 9))) for to in rng.integers(0, 40, 4)] for side in range(40)}
    web = networkx.DiGraph()
    web.add_nodes_from([*graph, "source"])
    for side, onward in graph.items():
        for to, cost in onward:
            if not web.has_edge(side, to) or web[side][to]["weight"] > cost:
                web.add_edge(side, to, weight=cost)
    web.add_edge("source", 3, weight=2.0)
    web.add_edge("source", 7, weight=1.0)
    expected = networkx.single_source_dijkstra_path_length(web, "source")
    found = least_costs(graph, [(3, 2.0), (7, 1.0)])
    assert found == pytest.approx({side: cost for side, cost in expected.items() if side != "source"})


def test_gamma_laws():
    times = np.array([1_000.0, 20_000.0, 60_000.0])
    assert below(times, 8.0, 3.0) == pytest.approx(stats.gamma((8 / 3) ** 2, scale=9 / 8 * 3600).cdf(times), abs=1e-12)


def test_floors_are_whole():
    """Rooms cover the floor, and doors lie between those that they name."""
    floor = floor_of(4)
    assert sum(Polygon(room.outline).area for room in floor.plan.rooms) == pytest.approx(24.0**2)
    for door in floor.plan.doors[1:]:
        for room in door.rooms:
            assert Polygon(floor.plan.rooms[room].outline).exterior.distance(LineString(door.segment)) < 1e-9
    one, other = np.array([[0.5, 0.5], [0.5, 0.5]]), np.array([[0.6, 0.6], [23.5, 23.5]])
    assert room_of(floor.plan, one).tolist() == [0, 0]
    assert seen_by_segments(floor, one, other).tolist() == [True, False]


def told(monkeypatch, module, **tables):
    """Let a claim read tables made by hand."""
    monkeypatch.setattr(module, "rows_of", lambda run, name: np.array(tables[name]))


def test_encounters_are_told_from_strikes(monkeypatch):
    told(monkeypatch, drifting, strikes=[[4, 0], [5, 0], [6, 2], [7, 0], [8, 0], [9, 0], [10, 2]])
    run = SimpleNamespace(crowd=SimpleNamespace(room=np.zeros(3)))
    assert drifting.encounters(run).tolist() == [2, 0, 2]


def test_who_comes_through_doors_when(monkeypatch):
    strikes = [[95, 0, 1, 0, 1], [300, 0, 1, 0, 3]]
    told(monkeypatch, breaking, doors=[[10, 0, DoorEvent.BEATEN, 0], [100, 0, DoorEvent.BROKEN, 0]], strikes=strikes)
    run = SimpleNamespace(passages=lambda: np.array([[99, 0, 0, 0, 1], [120, 2, 0, 0, 1]]), now=60.0)
    steps = breaking.first_steps(run, DoorEvent.BROKEN)
    assert steps[0] == 100
    assert np.isnan(steps[1:]).all()
    # One came through door 0 and one was struck at behind it too early, and one behind door 1, which still stands.
    assert breaking.too_early(run, steps) == 3
    assert breaking.not_passed(run, steps) == 0
    run.passages = lambda: np.zeros((0, 5), np.int64)
    assert breaking.not_passed(run, steps) == 1


def test_a_bound_of_a_few_means():
    assert AtMost((-0.1, 0.05, -0.2), 0.0).chance() == 1.0
    assert AtMost((0.1, 0.12, 0.11, 0.1), 0.0).chance() < 1e-3
    assert AtMost((0.1, -0.12, 0.11, -0.05), 0.0).chance() > 1e-3
    assert AtMost((), 0.0).chance() == AtMost((0.1, 0.1), 0.0).chance() == 0.0
    assert AtMost((0.1, 0.2), 0.0).tolerance(1e-3).endswith("above it")


def test_claims_about_hunters_in_buildings_come_by_one_word():
    assert len([name for name in names() if name.startswith("chase-")]) == 16
