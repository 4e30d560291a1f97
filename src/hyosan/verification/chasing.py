"""Hunters after one prey: when they catch it, and where they go to meet it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.crowd import Errand, ToSpot
from hyosan.engine.building.outbreak import columns as c
from hyosan.engine.building.outbreak.plan import FirstBite
from hyosan.engine.building.outbreak.turns import RISES
from hyosan.rules.behaviour import LONGEST_LEAD, meeting_time
from hyosan.verification.checks import Band, Close, Same
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.halls import corridor
from hyosan.verification.prey import ALONE, THIN, between, cells, crowd, hunted, outbreak, rows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.verification.checks import Check

REACH = 0.8
"""Of all hunters here [m]."""

STEP = 0.05
"""Length of a step [s]."""

OFF = 2
"""Steps by which a catch may be early or late."""

WIDE = 160.0
"""Side of the open floor [m]."""

SLOWER = ((1.5, 0.5), (1.5, 0.95), (2.5, 0.99), (2.5, 1.0))
"""Speed of the prey [m/s], and that of the hunter as a share of it."""

AWAKE = 1.0
"""Who is bitten at the start turns after so long, and hunts `RISES` later: the prey is running by then [s]."""


def first_strike(run: Building) -> int:
    """Step of the first strike of a hunter, -1 if there is none."""
    rows = rows_of(run, "strikes")
    rows = rows[rows[:, 1] >= 0]
    return int(rows[0, 0]) if len(rows) else -1


def on_a_line(gap: float, prey: float, hunter: float, *, cuts: tuple[float, ...] = (), until: float) -> Building:
    """A prey that runs along a corridor once the hunter behind it has risen.

    Args:
        gap: Between them at the start [m].
        prey: Speed of the prey [m/s]; `hunter`: that of the hunter.
        cuts: Where one room of the corridor ends and the next begins [m].
        until: End of the run [s].
    """
    length = 240.0
    plan = corridor(length, 3.0, cuts)
    people = crowd([0, 0], np.array([[2.0, 1.5], [2.0 + gap, 1.5]]), prey)

    goal = ToSpot(len(plan.rooms) - 1, (length - 1.0, 1.5))
    people = replace(people, goals=(goal,), errands=(Errand(RISES, 1, 0, 1),))
    run = hunted(plan, people, outbreak(2, [0], {c.SPEED_OF: hunter, c.REACH_OF: REACH}), dt=STEP)
    while run.now < until and first_strike(run) < 0:
        run.run(min(until, run.now + 5.0))
    return run


def line_test(effort: Effort) -> Finding:
    """A faster hunter behind a prey."""
    count = effort.size(10, 60)
    expected, got = [], []
    for gap, prey, faster in between(effort.seed, 0, (2.0, 0.5, 0.4), (12.0, 2.5, 2.0), count):
        expected.append((RISES + (gap - REACH) / faster) / STEP)
        got.append(float(first_strike(on_a_line(gap, prey, prey + faster, until=60.0))))
    off = tuple(one - other for one, other in zip(got, expected, strict=True))
    return Finding(f"{count} pairs on a straight line", [Band(off, -OFF, OFF)])


def slower_test(effort: Effort) -> Finding:
    """A hunter that is no faster."""
    until = effort.size(40, 90)
    strikes, nearest = [], []
    cuts = tuple(np.arange(24.0, 240.0, 24.0).tolist())
    for prey, share in SLOWER:
        for openings in ((), cuts):
            run = on_a_line(1.0, prey, share * prey, cuts=openings, until=min(until, 230.0 / prey))
            strikes.append(len(rows_of(run, "strikes")))
            place = run.places()
            nearest.append(float(place[1, 0] - place[0, 0] - 1.0 - (1.0 - share) * prey * (run.now - RISES)))
    checks: list[Check] = [Same([0] * len(strikes), strikes), Band(tuple(nearest), -0.1)]
    return Finding(f"{len(strikes)} runs of {until} s, the prey a metre ahead at the start", checks)


def meeting(away: NDArray[np.float64], velocity: NDArray[np.float64], speed: float) -> float:
    """Time in which who runs straight on at `speed` meets somebody, by halving; for one who is faster [s]."""
    low, high = 0.0, 1.0
    while math.hypot(*(away + velocity * high)) > speed * high:
        high *= 2.0
    for _ in range(80):
        middle = (low + high) / 2.0
        if math.hypot(*(away + velocity * middle)) > speed * middle:
            low = middle
        else:
            high = middle
    return high


def across(start: NDArray[np.float64], velocity: NDArray[np.float64], hunter: float) -> Building:
    """A prey that runs straight across an open floor; in its middle somebody turns after a second, and hunts.

    Args:
        start: Of the prey, from the middle [m].
        velocity: Of the prey [m/s].
        hunter: Speed of the hunter [m/s].
    """
    middle = np.full(2, WIDE / 2.0)
    speed = math.hypot(*velocity)
    goal = middle + start + velocity / speed * 40.0
    people = crowd([0, 0], np.array([middle, middle + start]), speed, {1: tuple(goal.tolist())}, radius=THIN)
    plan = outbreak(2, [], {c.SPEED_OF: hunter, c.REACH_OF: REACH}, first=(FirstBite(0, 0.0, AWAKE),))
    run = hunted(cells(1, WIDE), people, plan, dt=STEP, law=ALONE)
    while run.now < 12.0 and first_strike(run) < 0:
        run.run(run.now + STEP)
    return run


def crossings(effort: Effort, count: int) -> list[tuple[NDArray[np.float64], NDArray[np.float64], float, float]]:
    """Preys that a hunter can meet in time: where they are when it sets out, their velocity, its speed, the time."""
    found: list[tuple[NDArray[np.float64], NDArray[np.float64], float, float]] = []
    for away, angle, pace, course, hunter in between(
        effort.seed, 1, (4.0, 0.0, 0.5, 0.0, 2.5), (10.0, 2 * math.pi, 2.4, 2 * math.pi, 4.0), 20 * count
    ):
        place = away * np.array([math.cos(angle), math.sin(angle)])
        velocity = pace * np.array([math.cos(course), math.sin(course)])
        time = meeting(place, velocity, hunter)
        if time < LONGEST_LEAD - 0.2 and len(found) < count:
            found.append((place, velocity, hunter, time))
    return found


def interception_test(effort: Effort) -> Finding:
    """Where and when a hunter meets a prey that runs across its way."""
    count = effort.size(15, 80)
    late, beside, ruled = [], [], []
    for place, velocity, hunter, time in crossings(effort, count):
        run = across(place - velocity * (AWAKE + RISES), velocity, hunter)
        middle = np.full(2, WIDE / 2.0)
        # On courses that meet, the distance falls evenly.
        due = AWAKE + RISES + time * (1.0 - REACH / math.hypot(*place))
        late.append((first_strike(run) * STEP - due) / STEP)
        walked = run.places()[0] - middle
        aim = (place + velocity * time) / (hunter * time)
        beside.append(float(abs(walked[0] * aim[1] - walked[1] * aim[0])))
        ruled.append(float(meeting_time(*place, *velocity, hunter)) - time)
    checks: list[Check] = [
        Band(tuple(late), -OFF, OFF),
        Band(tuple(beside), 0.0, 0.1),
        Close((0.0,) * len(ruled), tuple(ruled), 1e-9),
    ]
    return Finding(f"{count} preys across an open floor", checks)


SOURCE = "by hand; the tests of hunters in the project's list of tests for buildings"

EXPERIMENTS = (
    Experiment(
        "chase-line",
        "A hunter behind a prey that runs straight on strikes first after (gap - reach) / (difference of speeds), to "
        "two steps",
        "by hand: two people on a line",
        "a hunter that keeps the distance to its prey that people keep to each other",
        line_test,
    ),
    Experiment(
        "chase-slower",
        "A hunter that is not faster than its prey never strikes it, and the gap grows by the difference of speeds",
        "by hand: two people on a line",
        "a hunter that goes a tenth faster than it should",
        slower_test,
    ),
    Experiment(
        "chase-interception",
        "A hunter on an open floor goes straight to where it meets a prey that runs across, which lies on the circle "
        "of Apollonius, to 0.1 m and two steps",
        "Apollonius: places to which two runners need the same time",
        "a hunter that goes for where its prey is now",
        interception_test,
    ),
)
