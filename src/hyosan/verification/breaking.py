"""Doors between hunters and people: how long they stand, and that nobody is bitten through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.outbreak import columns as c
from hyosan.floorplan.plan import Door, DoorState, Room
from hyosan.rules.codes import DoorEvent
from hyosan.verification.checks import Law, Same
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.halls import box
from hyosan.verification.prey import crowd, hunted, outbreak, plan_of_rooms, rows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.floorplan.plan import Floorplan, Point
    from hyosan.verification.checks import Check

STEP = 0.1
"""Length of a step [s]."""

BLOWS = 0.5
"""Of one hunter [1/s]."""

SHOULDERS = 0.45
"""Width of a door that a hunter needs to beat on it [m]."""

BEFORE_DOORS = ((1, 1.0, 20.0), (2, 1.0, 40.0), (4, 1.0, 40.0), (3, 1.5, 60.0), (2, 0.6, 20.0))
"""Hunters before a door, its width [m], and the blows that it stands on average."""

SOON = 5.0
"""Somebody is through a door that has given way after so long [s]."""

PAIRS = 60
"""Pairs of rooms of a building."""

DOORS = (
    ("locked", DoorState.LOCKED, False, 0),
    ("shut", DoorState.CLOSED, False, 0),
    ("locked and glazed", DoorState.LOCKED, True, 0),
    ("shut and glazed", DoorState.CLOSED, True, 0),
    ("barricaded", DoorState.BARRICADED, False, 0),
    ("wall", None, False, 0),
    ("open", DoorState.OPEN, False, 1),
)
"""What is between a hunter and somebody in reach behind it; the state of the door, whether it is of glass, and whether
somebody is bitten."""


def pairs(count: int, width: float, strength: float, state: DoorState = DoorState.LOCKED) -> Floorplan:
    """Pairs of rooms of 4 x 4 m, in each a door of glass between the two: rooms 2 k and 2 k + 1 have door k.

    Args:
        width: Of the doors [m].
        strength: Blows that they stand.
    """
    rooms, doors = [], []
    for number in range(count):
        x, y = 12.0 * (number % 10), 6.0 * (number // 10)
        rooms.append(Room(f"before {number}", 0, box(x, y, x + 4.0, y + 4.0)))
        rooms.append(Room(f"behind {number}", 0, box(x + 4.0, y, x + 8.0, y + 4.0)))
        low, high = y + 2.0 - width / 2, y + 2.0 + width / 2
        ends = ((x + 4.0, low), (x + 4.0, high))
        both = (2 * number, 2 * number + 1)
        doors.append(Door(f"door {number}", both, ends, state, transparent=True, strength=strength))
    return plan_of_rooms(rooms, doors)


def besieged(hunters: int, width: float, strength: float, seed: int, until: float) -> Building:
    """Hunters before each door of `pairs`, who see somebody behind it.

    Args:
        hunters: Before each door.
        until: End of the run [s].
    """
    rooms: list[int] = []
    places: list[Point] = []
    hunting: list[int] = []
    for number in range(PAIRS):
        x, y = 12.0 * (number % 10), 6.0 * (number // 10)
        for hunter in range(hunters):
            hunting.append(len(rooms))
            rooms.append(2 * number)
            places.append((x + 3.7, y + 2.0 + 0.34 * (hunter - (hunters - 1) / 2)))
        rooms.append(2 * number + 1)
        places.append((x + 7.0, y + 2.0))
    people = crowd(rooms, np.array(places), 1.0)
    plan = outbreak(len(rooms), hunting, {c.BLOWS: BLOWS, c.PAUSE: 1000.0})
    run = hunted(pairs(PAIRS, width, strength), people, plan, seed=seed, dt=STEP)
    run.run(until)
    return run


def first_steps(run: Building, event: DoorEvent) -> NDArray[np.float64]:
    """Step at which something first happened to each door, NaN if it did not, (doors,)."""
    rows = rows_of(run, "doors")
    rows = rows[rows[:, 2] == event]
    found = np.full(PAIRS, np.nan)
    np.fmin.at(found, rows[:, 1], rows[:, 0])
    return found


def too_early(run: Building, steps: NDArray[np.float64]) -> int:
    """People who came through a door, or were struck at behind it, before it gave way."""
    passed, struck = run.passages(), rows_of(run, "strikes")
    # A door counts as standing for ever if it never gave way.
    until = np.where(np.isnan(steps), np.inf, steps)
    return int((passed[:, 0] < until[passed[:, 2]]).sum() + (struck[:, 0] < until[struck[:, 4] // 2]).sum())


def not_passed(run: Building, steps: NDArray[np.float64]) -> int:
    """Doors that gave way more than `SOON` before the end, and by which nobody came for so long after."""
    passed, soon = run.passages(), SOON / STEP
    due = np.flatnonzero(steps + soon < run.now / STEP)
    through = [(passed[passed[:, 2] == door, 0] <= steps[door] + soon).any() for door in due]
    return int(len(due) - np.sum(through))


def break_test(effort: Effort) -> Finding:
    """How long locked doors stand."""
    checks: list[Check] = []
    seeds = list(effort.seeds(effort.size(2, 8)))
    early = shut = 0
    for kind, (hunters, width, strength) in enumerate(BEFORE_DOORS):
        mean = strength / (BLOWS * min(hunters, int(width / SHOULDERS)))
        times = []
        for seed in seeds:
            run = besieged(hunters, width, strength, seed + kind * 1_000_000, 12.0 * mean)
            steps, begun = first_steps(run, DoorEvent.BROKEN), first_steps(run, DoorEvent.BEATEN)
            early += too_early(run, steps)
            shut += not_passed(run, steps)
            times.append(np.where(np.isnan(steps), 12.0 * mean, (steps - begun + 0.5) * STEP))
        values = np.sort(np.concatenate(times))
        checks.append(Law.of(values, 1.0 - np.exp(-values / mean)))
    checks += [Same(0, early), Same(0, shut)]
    return Finding(f"{PAIRS * len(seeds)} doors of each of {len(BEFORE_DOORS)} kinds", checks)


def beside(state: DoorState | None, glazed: bool) -> Building:
    """A hunter and somebody 0.4 m away from it, with a door or a wall between them, for half a minute."""
    rooms = [Room("one", 0, box(0.0, 0.0, 4.0, 4.0)), Room("other", 0, box(4.0, 0.0, 8.0, 4.0))]
    # Of a wall, the door is elsewhere.
    low = 3.0 if state is None else 1.5
    door = Door("door", (0, 1), ((4.0, low), (4.0, low + 1.0)), state or DoorState.LOCKED, transparent=glazed)
    people = crowd([0, 1], np.array([[3.8, 2.0], [4.2, 2.0]]), 1.0)
    plan = outbreak(2, [0], {c.BLOWS: 1e-9, c.LATCH_STRENGTH: 1e9})
    run = hunted(plan_of_rooms(rooms, [door]), people, plan, dt=STEP)
    run.run(30.0)
    return run


def through_test(effort: Effort) -> Finding:
    """Who is bitten through doors."""
    checks: list[Check] = []
    for _, state, glazed, bitten in DOORS:
        checks.append(Same(bitten, len(rows_of(beside(state, glazed), "strikes"))))
    return Finding(", ".join(word for word, *_ in DOORS), checks)


EXPERIMENTS = (
    Experiment(
        "chase-locked-door",
        "Times until locked doors give way are exponential, of mean strength / (blows · hunters that the width has "
        "room for), and nobody comes through, or is struck at behind them, before; then hunters come through",
        "the set law; by hand",
        "hunters that do not fit before a door beat on it all the same",
        break_test,
    ),
    Experiment(
        "chase-shut-doors",
        "Nobody is struck at through a wall or a door that is locked, barricaded, or shut, be it of glass; through an "
        "open one somebody is",
        "by hand",
        "strikes that reach whoever is seen",
        through_test,
    ),
)
