"""RiMEA tests of people who hinder nobody: speeds, setting out, a corner, ages and assigned exits (1-3, 5-7, 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.crowd import ToExits
from hyosan.rules.random import Draw
from hyosan.rules.walking import free_speed
from hyosan.verification.checks import Band, Close, Same
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.halls import cabins, corner, corridor, hall, stair
from hyosan.verification.walks import (
    Party,
    chance,
    exits_taken,
    film_of,
    passing_times,
    scattered,
    setting_out,
    walk,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.verification.checks import Check

RIMEA = "RiMEA guideline 4.1.1 (2025), annex 1"

STAIR_SPEEDS = {True: (0.58, 0.61, 0.42), False: (0.81, 0.694, 0.59)}
"""Up and down: Fruin, outside stairs, under 30; Weidmann's mean; Fruin, over 50 [m/s]."""

AGES = {20: (10, 1.60, 1.64), 30: (10, 1.52, 1.56), 40: (10, 1.46, 1.50), 50: (10, 1.39, 1.43)}
AGES |= {60: (5, 1.24, 1.30), 70: (5, 1.04, 1.10)}
"""Age: how many people, and between which speeds their mean must lie [m/s]."""

TO_MAIN = (1, 2, 3, 4, 7, 8, 9, 10)
"""Cabins whose people go to the main exit; the others go to the secondary one."""

MILLIMETRE = 1e-3


def corridor_walk() -> Building:
    """One person at 1.33 m/s, from a second on, past lines 40 m apart."""
    return walk(corridor(42.0, 2.0, (1.0, 41.0)), [Party(0, np.array([[0.5, 1.0]]), 1.33, start=1.0)], until=120.0)


def test_1(effort: Effort) -> Finding:
    """A corridor."""
    run = corridor_walk()
    took = float((passing_times(run, 1) - passing_times(run, 0))[0])
    checks: list[Check] = [Band((took,), 26.0, 34.0), Close((40.0 / 1.33,), (took,), 0.1)]
    return Finding("40 m of a corridor 2 m wide, one person at 1.33 m/s who sets out after 1 s", checks)


def stair_time(upward: bool, speed: float) -> float:
    """Time of one person between the ends of a stair of 10 m [s]."""
    place = np.array([[0.5, 1.0]])
    run = walk(stair(upward=upward), [Party(0, place, np.array([[1.34, speed, speed]]))], until=120.0)
    first, last = (1, 2) if upward else (2, 1)
    return float((passing_times(run, last) - passing_times(run, first))[0])


def stairs(upward: bool) -> Finding:
    """A stair at several speeds."""
    speeds = STAIR_SPEEDS[upward]
    shares = tuple(stair_time(upward, speed) * speed / 10.0 for speed in speeds)
    words = ", ".join(f"{speed:g}" for speed in speeds)
    sample = f"a stair of 10 x 2 m, one person at {words} m/s; share of length / speed"
    return Finding(sample, [Band(shares, 0.95, 1.05)])


def starts(seed: int, count: int) -> NDArray[np.float64]:
    """Times before people set out, even from 10 to 100 [s]."""
    return 10.0 + 90.0 * chance(seed, Draw.PACE, count, 1)[:, 1]


def room_5(seed: int) -> tuple[NDArray[np.float64], Building]:
    """Ten people who set out at their own times; the times, and the run."""
    times = starts(seed, 10)
    places = scattered((0.5, 0.5, 7.0, 4.5), 10, seed)
    run = walk(hall(8.0, 5.0, [("right", 2.0, 3.0)]), [Party(0, places, start=times)], until=150.0, look=0.05)
    return times, run


def test_5(effort: Effort) -> Finding:
    """Times before setting out."""
    checks: list[Check] = []
    late = []
    for seed in effort.seeds(effort.size(2, 5)):
        times, run = room_5(seed)
        late.append(float(np.abs(setting_out(run) - times).max()))
        checks.append(Same(10, run.gone))
    checks.insert(0, Band(tuple(late), 0.0, 0.1))
    return Finding(f"8 x 5 m, exit 1 m, 10 people, times even from 10 to 100 s; {len(late)} seeds", checks)


def corner_walk(seed: int) -> Building:
    """Twenty people round a corner, seen at each step."""
    return walk(corner(), [Party(0, scattered((0.25, 0.25, 6.0, 1.75), 20, seed))], until=120.0, look=0.05)


def beyond_corner(places: NDArray[np.float64]) -> float:
    """Farthest that places are beyond the walls of the corner, 0 if none is (places, 2) [m]."""
    x, y = places[np.isfinite(places[:, 0])].T
    outer = np.maximum.reduce([-x, -y, x - 12.0])
    inner = np.minimum(10.0 - x, y - 2.0)
    return float(np.maximum(np.maximum(outer, inner), 0.0).max())


def test_6(effort: Effort) -> Finding:
    """Round a corner."""
    gone, out = [], []
    for seed in effort.seeds(effort.size(3, 10)):
        run = corner_walk(seed)
        places = film_of(run).place
        gone.append(run.gone)
        # Half way between two steps too: nobody cuts the corner.
        middles = (places[1:] + places[:-1]) / 2
        out.append(beyond_corner(np.concatenate([places.reshape(-1, 2), middles.reshape(-1, 2)])))
    checks: list[Check] = [Same([20] * len(gone), gone), Band((max(out),), 0.0, MILLIMETRE)]
    return Finding(f"legs of 2 m width, 10 m long inside; 20 people, {len(gone)} seeds, each step looked at", checks)


def speeds_by_age() -> dict[int, float]:
    """Mean speed over 40 m of people of each age, side by side on lanes of their own [m/s]."""
    ages = [age for age, (count, *_) in AGES.items() for _ in range(count)]
    lanes = np.column_stack([np.full(len(ages), 0.5), 1.0 + np.arange(len(ages))])
    plan = corridor(42.0, 52.0, (1.0, 41.0))
    run = walk(plan, [Party(0, lanes, np.array([free_speed(age) for age in ages]))], until=200.0)
    speeds = 40.0 / (passing_times(run, 1) - passing_times(run, 0))
    return {age: float(speeds[np.array(ages) == age].mean()) for age in AGES}


def test_7(effort: Effort) -> Finding:
    """Speeds by age."""
    found = speeds_by_age()
    words = ", ".join(f"{count} of {age}" for age, (count, *_) in AGES.items())
    checks = [Band((found[age],), low, high) for age, (_, low, high) in AGES.items()]
    return Finding(f"people aged {words}, each on a lane of 40 m", checks)


def cabins_walk(seed: int) -> tuple[list[int], Building]:
    """Two people a cabin and one in cabin 3, to the exits that they are assigned: these, and the run."""
    plan = cabins()
    parties, assigned = [], []
    for number in range(1, 13):
        door = 13 if number in TO_MAIN else 14
        outline = plan.rooms[number - 1].outline
        (left, low), (right, high) = outline[0], outline[2]
        count = 1 if number == 3 else 2
        places = scattered((left + 0.3, low + 0.3, right - 0.3, high - 0.3), count, seed, series=number)
        parties.append(Party(number - 1, places, goal=ToExits((door,), learns=False)))
        assigned += [door] * count
    return assigned, walk(plan, parties, until=120.0)


def test_10(effort: Effort) -> Finding:
    """Assigned exits."""
    right, people = 0, 0
    for seed in effort.seeds(effort.size(2, 5)):
        assigned, run = cabins_walk(seed)
        right += int((exits_taken(run) == assigned).sum())
        people += len(assigned)
    return Finding(f"12 cabins, 23 people, two exits; {people // 23} seeds", [Same(people, right)])


EXPERIMENTS = (
    Experiment(
        "rimea-1",
        "A person keeps its speed in a corridor: 40 m at 1.33 m/s take 26 to 34 s, and 40 / 1.33 to two steps.",
        f"{RIMEA}, test 1; 26 to 34 s: guideline, to two steps: proposed",
        "people a tenth slower than they should be",
        test_1,
    ),
    Experiment(
        "rimea-2",
        "A person keeps its speed up a stair, to 5 %.",
        f"{RIMEA}, test 2; 5 %: JuPedSim's suite",
        "stairs walked at the speed of the level",
        lambda effort: stairs(upward=True),
    ),
    Experiment(
        "rimea-3",
        "A person keeps its speed down a stair, to 5 %.",
        f"{RIMEA}, test 3; 5 %: JuPedSim's suite",
        "stairs walked at the speed of the level",
        lambda effort: stairs(upward=False),
    ),
    Experiment(
        "rimea-5",
        "Everybody sets out at its own time, to two steps, and all leave.",
        f"{RIMEA}, test 5; two steps: JuPedSim's suite",
        "everybody sets out at once",
        test_5,
    ),
    Experiment(
        "rimea-6",
        "Twenty people go round a corner; all arrive and none is beyond a wall by more than 1 mm.",
        f"{RIMEA}, test 6; 1 mm: NIST TN 1822, verification 2.3",
        "walls that hold nobody back",
        test_6,
    ),
    Experiment(
        "rimea-7",
        "Mean speeds of six ages are those of Weidmann, to .03 m/s.",
        f"{RIMEA}, test 7; bands by age: JuPedSim's suite",
        "everybody at one speed",
        test_7,
    ),
    Experiment(
        "rimea-10",
        "Everybody takes the exit that it is assigned.",
        f"{RIMEA}, test 10; all: guideline",
        "exits chosen by distance only",
        test_10,
    ),
)
