"""How loud a sound is in a building: in the open, through doors, and by whichever way loses least."""

from __future__ import annotations

import heapq
import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.columns import DOOR, FIRST_SIDE, OTHER, ROOM, SIDE_COUNT
from hyosan.engine.building.outbreak import columns as c
from hyosan.engine.building.outbreak.sounds import level_at, spread_sound
from hyosan.engine.building.outbreak.state import arrays
from hyosan.floorplan.plan import Door, DoorState, Room
from hyosan.verification.checks import Band, Close, Same
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.floors import LONG, floor_of, room_of
from hyosan.verification.halls import box
from hyosan.verification.prey import between, cells, crowd, hunted, outbreak, plan_of_rooms
from hyosan.verification.seeing import given

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.floorplan.plan import Floorplan, Point
    from hyosan.verification.checks import Check

DOUBLING = 20.0 * math.log10(2.0)
"""What a sound loses over twice the distance [dB]."""

LOUD = 100.0
"""Level of sounds here at 1 m [dB]."""

THRESHOLDS = (60.0, 65.0, 72.5, 80.0)
"""Levels down to which a sound is heard [dB]."""

STATES = (DoorState.OPEN, DoorState.CLOSED, DoorState.LOCKED, DoorState.BARRICADED)
LOSS, BARRED = 25.0, 5.0
"""What a shut door takes off, and a barricade besides [dB]."""

A_METRE = 1.0
"""A metre of the way counts as so much, where ways are compared [dB]."""

ROUNDED = 0.1
"""Levels are kept in tenths of a decibel, rounded down [dB]."""

HALF_A_METRE = 0.5
"""Lengths of ways from door to door may be off by so much for each room [m]."""

THROUGH = 5.0
"""What a wall takes off where sound shall go through walls; where it shall not, `DEAF` [dB]."""

DEAF = 99.0

FOLLOWED = 10_000.0
"""Sounds are followed until they have lost so much [0.1 dB]."""


def levels(
    run: Building, source: tuple[float, float, int], places: NDArray[np.float64], rooms: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Level of a sound at places in rooms [dB].

    Args:
        source: Where it is made, and in which room.
    """
    assert run.running is not None, "there is an outbreak"
    ground, doors, lie = given(run)
    x, y, row = source
    spread_sound(x, y, row, FOLLOWED, ground, doors, lie, arrays(run.running.state), run.running._work)
    found = np.zeros(len(places))
    for number, ((to_x, to_y), to_row) in enumerate(zip(places.tolist(), rooms.tolist(), strict=True)):
        tenths, _ = level_at(to_x, to_y, to_row, 10.0 * LOUD, x, y, row, ground, lie, run.running._work)
        found[number] = tenths / 10.0
    return found


def quiet(plan: Floorplan, wall_loss: float = DEAF) -> Building:
    """A building with one person in it, in the corner of its first room."""
    people = crowd([0], np.array([[0.2, 0.2]]), 1.0)
    return hunted(plan, people, outbreak(1, [], {c.BAR_LOSS: BARRED}, door_loss=LOSS, wall_loss=wall_loss))


def hearers(threshold: float, distances: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of people at some distances from a hunter that growls hear it, (people,)."""
    side = 130.0
    places = np.column_stack([np.append(1.0, 1.0 + distances), np.full(len(distances) + 1, side / 2)])
    changes = {c.GROWL: LOUD, c.SPEECH: 5.0, c.SIGHT: 0.0, c.HUNTER_SIGHT: 0.0}
    plan = outbreak(len(places), [0], changes, background=threshold - 5.0)
    run = hunted(cells(1, side), crowd([0] * len(places), places, 1.0), plan)
    run.run(0.3)
    assert run.running is not None, "there is an outbreak"
    return np.asarray(run.running.state.mind[1:, c.EVIDENCE] > 0)


def free_test(effort: Effort) -> Finding:
    """A sound in the open."""
    run = quiet(cells(1, 130.0))
    doubled = 2.0 ** np.arange(7)
    places = np.column_stack([1.0 + doubled, np.full(7, 65.0)])
    found = levels(run, (1.0, 65.0, 0), places, np.zeros(7, np.int64))
    falls = tuple((-np.diff(found)).tolist())
    checks: list[Check] = [Close((DOUBLING,) * 6, falls, ROUNDED), Close((LOUD,), (float(found[0]),), ROUNDED)]
    for threshold in THRESHOLDS:
        radius = 10.0 ** ((LOUD - threshold) / 20.0)
        distances = radius * np.geomspace(0.8, 1.25, 200)
        heard = distances[hearers(threshold, distances)]
        decibels = 20.0 * math.log10(float(heard.max(initial=0.01)) / radius)
        checks.append(Close((0.0,), (decibels,), 1.5 * ROUNDED))
        checks.append(Same(int((distances <= heard.max(initial=0.0)).sum()), len(heard)))
    return Finding("1 to 64 m; 200 people at 80 to 125 % of each radius", checks)


def three_rooms(one: DoorState, two: DoorState) -> Floorplan:
    """Three rooms of 8 x 6 m in a row, with a door between each two."""
    rooms = [Room(f"room {row}", 0, box(8.0 * row, 0.0, 8.0 * row + 8.0, 6.0)) for row in range(3)]
    doors = [
        Door(f"door {row}", (row, row + 1), ((8.0 * row + 8.0, 2.5), (8.0 * row + 8.0, 3.5)), state)
        for row, state in enumerate((one, two))
    ]
    return plan_of_rooms(rooms, doors)


def loss_of(state: DoorState) -> float:
    """What a door takes off [dB]."""
    return 0.0 if state is DoorState.OPEN else LOSS + (BARRED if state is DoorState.BARRICADED else 0.0)


def row_checks() -> list[Check]:
    """Levels in three rooms in a row, in all states of their doors; and through a wall."""
    source, middles = (2.0, 4.5), ((8.0, 3.0), (16.0, 3.0))
    places: tuple[Point, ...] = ((6.0, 1.0), (13.0, 1.5), (22.0, 2.0))
    expected, got = [], []
    for one in STATES:
        for two in STATES:
            found = levels(quiet(three_rooms(one, two)), (*source, 0), np.array(places), np.arange(3))
            for row, place in enumerate(places):
                stops = (source, *middles[:row], place)
                way = sum(math.dist(a, b) for a, b in pairwise(stops))
                lost = sum(loss_of(state) for state in (one, two)[:row])
                expected.append(LOUD - lost - 20.0 * math.log10(way))
            got += found.tolist()
    off = np.array(got) - np.array(expected)
    most = 20.0 * math.log10(1.0 + 2.0 * HALF_A_METRE / 16.0) + ROUNDED
    checks: list[Check] = [Band((float(off.min()), float(off.max())), -most, most)]
    run = quiet(three_rooms(DoorState.LOCKED, DoorState.LOCKED), THROUGH)
    through = levels(run, (*source, 0), np.array(places[1:2]), np.array([1]))
    straight = LOUD - THROUGH - 20.0 * math.log10(math.dist(source, places[1]))
    checks.append(Close((straight,), (float(through[0]),), ROUNDED))
    return checks


Graph = dict[int, list[tuple[int, float]]]
"""Of each side, those that can be passed next, and what that costs [dB]."""


def least_costs(graph: Graph, begin: list[tuple[int, float]]) -> dict[int, float]:
    """Cost of the cheapest way to each side, by Dijkstra (1959); ways begin with some of them."""
    found: dict[int, float] = {}
    waiting = [(cost, side) for side, cost in begin]
    heapq.heapify(waiting)
    while waiting:
        cost, side = heapq.heappop(waiting)
        if side not in found:
            found[side] = cost
            for onward, more in graph[side]:
                heapq.heappush(waiting, (cost + more, onward))
    return found


def graph_of(run: Building, losses: list[float]) -> Graph:
    """What it costs to pass each side of a building after each other one, with the loss of its door.

    Lengths of ways within rooms are those by which people reckon too.
    """
    ground = run.ground
    graph: Graph = {}
    for this in range(len(ground.side)):
        came = int(ground.side[this, OTHER])
        graph[this] = []
        if came < 0:
            continue
        room = ground.room[ground.side[came, ROOM]]
        for number in range(int(room[SIDE_COUNT])):
            onward = int(room[FIRST_SIDE]) + number
            if onward != came and ground.side[onward, OTHER] >= 0:
                length = float(ground.inner[ground.inner_first[came] + number])
                graph[this].append((onward, losses[int(ground.side[onward, DOOR])] + A_METRE * length))
    return graph


def ways_checks(effort: Effort) -> list[Check]:
    """Costs of ways through random floors of nine rooms."""
    off = []
    for number in range(effort.size(6, 40)):
        seed = effort.seed * 1000 + number
        plan = floor_of(seed).plan
        run = quiet(plan)
        assert run.running is not None, "there is an outbreak"
        losses = [0.0 if door.state in (DoorState.OPEN, DoorState.BROKEN) else LOSS for door in plan.doors]
        graph, ground = graph_of(run, losses), run.ground
        place = between(seed, 7000, (0.1, 0.1), (LONG - 0.1,) * 2, 1)
        row = int(room_of(plan, place)[0])
        levels(run, (float(place[0, 0]), float(place[0, 1]), row), np.zeros((0, 2)), np.zeros(0, np.int64))
        begin = []
        for this in np.flatnonzero((ground.side[:, ROOM] == row) & (ground.side[:, OTHER] >= 0)).tolist():
            middle = (ground.gate[this, 0:2] + ground.gate[this, 2:4]) / 2.0
            cost = losses[int(ground.side[this, DOOR])] + A_METRE * math.dist(place[0].tolist(), middle.tolist())
            begin.append((this, cost))
        for side, cost in least_costs(graph, begin).items():
            off.append(float(run.running._work[0][side]) / 10.0 - cost)
    return [Band((min(off), max(off)), -1e-6, 1e-6)]


def doors_test(effort: Effort) -> Finding:
    """A sound through doors and walls."""
    return Finding("16 states of two doors; random floors of nine rooms", row_checks() + ways_checks(effort))


EXPERIMENTS = (
    Experiment(
        "chase-hearing-free",
        "In the open a sound loses 6.02 dB over twice the distance, and is heard as far as 10^((level - threshold) / "
        "20) m, to 0.1 dB",
        "spherical spreading",
        "a sound that loses 10 log10 d",
        free_test,
    ),
    Experiment(
        "chase-hearing-doors",
        "Through two doors in any state a sound has lost what they take off and what the way from door to door costs; "
        "in many rooms it takes the cheapest way, a metre counting 1 dB; through a wall it goes straight",
        "by hand; Dijkstra (1959), doi:10.1007/BF01386390",
        "doors that take nothing off; the way with the fewest doors taken",
        doors_test,
    ),
)
