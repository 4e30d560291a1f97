"""RiMEA tests of whole evacuations and of ways: a block of rooms, exits, and corners (8, 9, 11, 14, 15)."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.crowd import ToExits
from hyosan.engine.building.ground import ground_of
from hyosan.verification.checks import Band, Rising, Same
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.halls import corner, corridor, hall
from hyosan.verification.rimea_necks import JAM
from hyosan.verification.rimea_single import RIMEA
from hyosan.verification.storeys import block, two_ways
from hyosan.verification.walks import (
    Party,
    egress_time,
    exits_taken,
    film_of,
    normals,
    passing_times,
    scattered,
    walk,
)

if TYPE_CHECKING:
    from hyosan.engine.building.building import Building
    from hyosan.engine.building.ground import Ground
    from hyosan.verification.checks import Check

SPEEDS = (1.25, 1.0, 0.75, 0.5)
"""Of everybody in the block [m/s], the fastest first."""

SPREAD = 0.26
"""Standard deviation of speeds about 1 m/s [m/s]; as of adults about 1.34."""

FOUR = (("low", 4.0, 5.0), ("low", 25.0, 26.0), ("high", 4.0, 5.0), ("high", 25.0, 26.0))
"""Exits of the hall."""

DETOURS = (4.0, 8.0, 12.0, 20.0)
"""How far the corridor on the same floor goes aside [m]."""


@cache
def _block() -> tuple[Ground, tuple[int, ...]]:
    """The block of small rooms."""
    plan, cells = block()
    return ground_of(plan), cells


def block_walk(seed: int, speed: float, spread: float = 0.0) -> Building:
    """Four people in each of 112 rooms on three storeys leave; some are faster than others, if there is a spread."""
    ground, cells = _block()
    places = []
    for number, cell in enumerate(cells):
        (left, low), (right, high) = ground.plan.rooms[cell].outline[0], ground.plan.rooms[cell].outline[2]
        places.append(scattered((left + 0.3, low + 0.3, right - 0.3, high - 0.3), 4, seed * 200 + number))
    speeds = np.clip(speed + spread * normals(seed, 4 * len(cells)), 0.3, 2.0).reshape(-1, 4)
    goal = ToExits()
    parties = [Party(cell, places[number], speeds[number], goal) for number, cell in enumerate(cells)]
    return walk(ground, parties, until=1500.0)


def test_8(effort: Effort) -> Finding:
    """Speed and the time that a block takes."""
    seeds = list(effort.seeds(effort.size(1, 5)))
    times = tuple(float(np.mean([egress_time(block_walk(seed, speed)) for seed in seeds])) for speed in SPEEDS)
    spread = float(np.mean([egress_time(block_walk(seed, 1.0, SPREAD)) for seed in seeds]))
    words = ", ".join(f"{speed:g}" for speed in SPEEDS)
    return Finding(
        f"three storeys, 112 rooms, 448 people; mean times of {len(seeds)} seeds at {words} m/s, and at 1 m/s without "
        f"and with a spread of {SPREAD:g} m/s [s]",
        [Rising(times), Rising((times[1], spread))],
    )


def hall_walk(seed: int, exits: int) -> Building:
    """A thousand people in a hall with all four exits, or the two of one wall."""
    return walk(hall(30.0, 20.0, FOUR[:exits]), [Party(0, scattered((2.0, 2.0, 28.0, 18.0), 1000, seed))], until=1500.0)


def test_9(effort: Effort) -> Finding:
    """Half of the exits."""
    ratios, gone = [], []
    for seed in effort.seeds(effort.size(1, 3)):
        runs = [hall_walk(seed, exits) for exits in (4, 2)]
        ratios.append(egress_time(runs[1]) / egress_time(runs[0]))
        gone += [run.gone for run in runs]
    return Finding(
        f"hall of 30 x 20 m, 1,000 people, four and two exits of 1 m; {len(ratios)} seeds; ratio of times",
        [Band(tuple(ratios), 1.6, 2.4), Same([1000] * len(gone), gone)],
    )


def choice_walk(seed: int) -> Building:
    """A thousand people at the left of a hall whose two exits are at the right of its long wall."""
    exits = [("low", 21.0, 22.0), ("low", 27.0, 28.0)]
    return walk(hall(30.0, 20.0, exits), [Party(0, scattered((2.0, 2.0, 15.5, 18.0), 1000, seed))], until=1500.0)


def test_11(effort: Effort) -> Finding:
    """The nearer and the farther exit."""
    far, before, gone = [], [], []
    for seed in effort.seeds(effort.size(1, 3)):
        run = choice_walk(seed)
        taken = exits_taken(run)
        far.append(float((taken == 1).sum()))
        film = film_of(run)
        half = film.room.shape[0] // 2
        square = (20.5, 0.0, 22.5, 2.0)
        x, y = film.place[half // 2 : half, :, 0], film.place[half // 2 : half, :, 1]
        there = (x >= square[0]) & (x < square[2]) & (y >= square[1]) & (y < square[3])
        before.append(float(there.sum(axis=1).mean() / 4.0))
        gone.append(run.gone)
    return Finding(
        f"hall of 30 x 20 m, 1,000 people at the left, exits of 1 m at 21 and 27 m; {len(far)} seeds; people by the "
        "farther exit, mean density before the nearer one in the second quarter of the time [1/m²]",
        [Band(tuple(far), 1.0, 499.0), Band(tuple(before), JAM, math.inf), Same([1000] * len(gone), gone)],
    )


def ways_walk(detour: float, seed: int) -> Building:
    """Sixty people who choose between a detour on their floor and the stairs down and up."""
    return walk(two_ways(detour), [Party(0, scattered((0.3, 0.3, 3.7, 3.7), 60, seed))], until=600.0)


def test_14(effort: Effort) -> Finding:
    """A way on the same floor, or down and up again."""
    short, gone = [], []
    for detour in DETOURS:
        runs = [ways_walk(detour, seed) for seed in effort.seeds(effort.size(2, 5))]
        aside = [np.isfinite(passing_times(run, 1)) for run in runs]
        short.append(1.0 - float(np.mean(aside)))
        gone += [run.gone for run in runs]
    words = ", ".join(f"{22.0 + 2 * detour - 4.0:g}" for detour in DETOURS)
    checks: list[Check] = [
        Rising(tuple(short), or_equal=True),
        Band((short[0],), 0.0, 0.5),
        Band((short[-1],), 0.5, 1.0),
        Same([60] * len(gone), gone),
    ]
    sample = f"60 people; {words} m on the same floor, or down 5.8 m, 4 m on and up 5.8 m; share by the stairs"
    return Finding(sample, checks)


def broad_walk(kind: str, seed: int) -> Building:
    """Five hundred people in the first 6 m of a corridor of 20 m width: `short`, `corner` or `long`."""
    plan = {"short": corridor(44.0, 20.0), "corner": corner(20.0, 14.0, 30.0), "long": corridor(75.4, 20.0)}[kind]
    return walk(plan, [Party(0, scattered((0.2, 0.2, 6.0, 19.8), 500, seed))], until=600.0)


def test_15(effort: Effort) -> Finding:
    """A crowd round a corner."""
    seeds = list(effort.seeds(effort.size(1, 5)))
    kinds = ("short", "corner", "long")
    times = tuple(float(np.mean([egress_time(broad_walk(kind, seed)) for seed in seeds])) for kind in kinds)
    return Finding(
        f"500 people, corridors 20 m wide: 44 m straight, 34 m and round to 30 m, 75.4 m straight; mean times of "
        f"{len(seeds)} seeds [s]",
        [Rising(times, or_equal=True)],
    )


EXPERIMENTS = (
    Experiment(
        "rimea-8",
        "The faster people walk the sooner a block of rooms is empty; a spread of speeds makes it later.",
        f"{RIMEA}, test 8; falls with speed and rises with spread: proposed, the guideline asks for a report",
        "everybody at one speed",
        test_8,
    ),
    Experiment(
        "rimea-9",
        "With half of the exits a thousand people take about twice as long.",
        f"{RIMEA}, test 9; about twice: guideline, 1.6 to 2.4: JuPedSim's suite",
        "doors that let through as many as come",
        test_9,
    ),
    Experiment(
        "rimea-11",
        "Most take the nearer exit, before which they jam, and some the farther one.",
        f"{RIMEA}, test 11; some: guideline, fewer than by the nearer: JuPedSim's suite, 2 /m² for a jam: proposed",
        "exits chosen by distance only",
        test_11,
    ),
    Experiment(
        "rimea-14",
        "The longer the way on the same floor, the more go down and up again; none is lost.",
        f"{RIMEA}, test 14; the guideline asks for a report, the order: proposed",
        "stairs that count as much as the level",
        test_14,
    ),
    Experiment(
        "rimea-15",
        "A crowd takes as long round a corner as on a straight way between its inner and its outer length.",
        f"{RIMEA}, test 15; guideline, 'ideally'",
        "a crowd that hugs the corner in single file",
        test_15,
    ),
)
