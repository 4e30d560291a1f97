"""NIST TN 1822 and ISO 20414: times before movement, speeds, counterflow, groups, and what is out of scope."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.ground import ground_of
from hyosan.verification.checks import Band, Check, Law, Rising, Same
from hyosan.verification.claim import Effort, Experiment, Finding, OutOfScope
from hyosan.verification.decks import ramp
from hyosan.verification.halls import hall
from hyosan.verification.imo import (
    CABIN,
    STEP,
    along_corridor,
    corner_test,
    first_moves,
    off_by_a_step,
    on_stair,
    speeds_walked,
    stair_time,
    walking_alone,
)
from hyosan.verification.imo_crowds import counterflow_test
from hyosan.verification.starts import LAWS, StartLaw, start_times
from hyosan.verification.walks import (
    Party,
    crowd_of,
    exit_times,
    normals,
    passing_times,
    scattered,
    walk,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building

NIST, ISO = "NIST TN 1822 (2013), doi:10.6028/NIST.TN.1822", "ISO 20414:2020"

MEAN_SPEED, SPREAD = 1.2, 0.2
"""Of test 2.4 [m/s]."""

TOGETHER = 10.0
"""Most time between the first and the last of a group [s]. Source: ISO 20414:2020, test 14."""

FOUR_AND_ONE = (1.25, 0.5)
"""Free speed of four of a group, and of the fifth [m/s]; as in JuPedSim's suite of test 2.9."""


def starts_of(law: StartLaw, runs: int, seed: int) -> NDArray[np.float64]:
    """When ten people each in some runs of a room of 8 x 5 m set out, (people,) [s]."""
    ground = ground_of(hall(8.0, 5.0, [("right", 2.0, 3.0)]))
    found = []
    for number in range(runs):
        due = start_times(seed, 10, law, number % 256)
        party = Party(0, scattered(CABIN, 10, seed), 1.25, start=due)
        run = walk(ground, [party], until=float(due.max()) + 60.0, seed=seed, look=STEP)
        found.append(first_moves(run))
    return np.concatenate(found)


def premovement_test(effort: Effort) -> Finding:
    """Verification test 1.1."""
    rounds = list(effort.seeds(effort.size(1, 4)))
    checks: list[Check] = []
    for law in LAWS:
        times = np.sort(np.concatenate([starts_of(law, 40, seed) for seed in rounds]))
        checks.append(Law.of(times, law.below(times)))
    return Finding(f"{400 * len(rounds)} people, four laws", checks)


def speed_test(effort: Effort) -> Finding:
    """Test 2.1."""
    run = along_corridor()
    speed = 40.0 / float(passing_times(run, 1)[0] - passing_times(run, 0)[0])
    return Finding("one person, 40 m", [Band((speed,), 0.95, 1.05)])


def long_stair_test(effort: Effort) -> Finding:
    """Test 2.2: half a second more than the bound allows would be a speed off by 0.005 m/s."""
    speeds = [100.0 / stair_time(on_stair(upward, 100.0)) for upward in (True, False)]
    return Finding("one person, 100 m up and down", [Band((speed,), 0.95, 1.05) for speed in speeds])


def normal_below(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance of less than each speed of test 2.4."""
    return np.array([0.5 * math.erfc(-(v - MEAN_SPEED) / (SPREAD * math.sqrt(2.0))) for v in values])


def speeds_test(effort: Effort) -> Finding:
    """Test 2.4."""
    rounds = list(effort.seeds(effort.size(1, 10)))
    wanted = np.concatenate([MEAN_SPEED + SPREAD * normals(seed, 100) for seed in rounds])
    walked = speeds_walked(walking_alone(wanted))
    checks: list[Check] = [
        Law.of(np.sort(walked), normal_below(np.sort(walked))),
        Band((float(np.abs(walked - wanted).max()),), 0.0, off_by_a_step(wanted)),
    ]
    return Finding(f"{len(wanted)} people", checks)


def group_of_five(seed: int = 1, *, together: bool = True, slow_crowd: bool = False) -> Building:
    """Five people at the far end of a room of 20 x 15 m with an exit of 1 m, the fifth of them slow.

    Args:
        together: Whether the five are a group.
        slow_crowd: Whether ten more people, as slow as the fifth, are on the way.
    """
    fast, slow = FOUR_AND_ONE
    parties = [Party(0, scattered((0.5, 6.0, 3.0, 9.0), 5, seed), np.array([fast] * 4 + [slow]))]
    if slow_crowd:
        parties.append(Party(0, scattered((8.0, 4.0, 13.0, 11.0), 10, seed, series=1), slow))
    crowd = crowd_of(parties)
    if together:
        member = np.full(len(crowd.room), -1, np.int64)
        member[:5] = 0
        crowd = replace(crowd, group=member)
    return walk(hall(20.0, 15.0, [("right", 7.0, 8.0)]), crowd, until=200.0, seed=seed)


def apart(run: Building) -> float:
    """Time between the first and the last of the five at the exit [s]."""
    times = exit_times(run)[:5]
    return float(times.max() - times.min())


def group_test(effort: Effort) -> Finding:
    """Test 2.9, and 14 of ISO with a slow crowd on the way."""
    checks: list[Check] = []
    for seed in effort.seeds(effort.size(3, 20)):
        for slow_crowd in (False, True):
            checks.append(Band((apart(group_of_five(seed, slow_crowd=slow_crowd)),), 0.0, TOGETHER))
        # Who are no group do not wait: the bound is not met by itself.
        checks.append(Band((apart(group_of_five(seed, together=False)),), 2.0 * TOGETHER, math.inf))
    return Finding(f"five people, {len(checks) // 3} times", checks)


def on_ramp(disabled: bool, seed: int = 1) -> Building:
    """Twenty-four people and one before them go up a ramp of 1.5 m.

    Args:
        disabled: Whether the one is slow, and as wide as more than half of the ramp.
    """
    one = (0.8, 0.4, 0.4) if disabled else (1.25, 1.0, 1.0)
    parties = [
        Party(0, scattered((0.3, 0.3, 3.0, 4.7), 24, seed), np.tile([1.25, 1.0, 1.0], (24, 1))),
        Party(0, np.array([[3.5, 2.5]]), np.array([one])),
    ]
    radius = np.full(25, 0.15)
    radius[24] = 0.4 if disabled else 0.15
    return walk(ramp(), replace(crowd_of(parties), radius=radius), until=300.0, seed=seed)


def ramp_test(effort: Effort) -> Finding:
    """Test 2.10."""
    seeds = list(effort.seeds(effort.size(5, 20)))
    runs = [[on_ramp(disabled, seed) for seed in seeds] for disabled in (False, True)]
    checks: list[Check] = [Same([25] * len(seeds), [run.gone for run in row]) for row in runs]
    last = [[float(exit_times(run)[:24].max()) for run in row] for row in runs]
    checks += [Rising((round(free, 2), round(held, 2))) for free, held in zip(*last, strict=True)]
    return Finding(f"24 people and one, {len(seeds)} times", checks)


EXPERIMENTS: tuple[Experiment | OutOfScope, ...] = (
    Experiment(
        "nist-1-1",
        "People set out at times drawn from a uniform, gamma, lognormal and Weibull law, and follow these laws",
        f"{NIST}, test 1.1; {ISO}, test 1",
        "a gamma law drawn as a Weibull one of the same shape and scale",
        premovement_test,
    ),
    Experiment(
        "nist-2-1",
        "A person with 1 m/s walks 40 m at 0.95 to 1.05 m/s",
        f"{NIST}, test 2.1; {ISO}, test 2",
        "free speed 6 % too low",
        speed_test,
    ),
    Experiment(
        "nist-2-2",
        "A person with 1 m/s on stairs walks 100 m up and down at 0.95 to 1.05 m/s",
        f"{NIST}, test 2.2; {ISO}, test 3",
        "speed on the level used on stairs",
        long_stair_test,
    ),
    Experiment(
        "nist-2-3",
        "Twenty people go round a corner in less than a minute, and none is ever 1 mm outside the walls",
        f"{NIST}, test 2.3; {ISO}, test 4",
        "walls that do not hold people back",
        corner_test,
    ),
    Experiment(
        "nist-2-4",
        "A hundred people with free speeds from a normal law of mean 1.2 and deviation 0.2 m/s walk at these",
        f"{NIST}, test 2.4; {ISO}, test 5",
        "free speed 2 % too low",
        speeds_test,
    ),
    OutOfScope(
        "nist-2-5",
        "People walk more slowly in smoke, by the factor of Frantzich and Nilsson",
        f"{NIST}, test 2.5",
        "there is no smoke in these buildings.",
    ),
    Experiment(
        "nist-2-8",
        "People who go against each other in a corridor of 2 m all arrive, the later the more of them there are",
        f"{NIST}, test 2.8; {ISO}, test 6",
        "nobody turns shoulders toward those who come the other way",
        partial(counterflow_test, 1.25),
    ),
    Experiment(
        "nist-2-9",
        "Four people of a group wait for the slow fifth: the five leave within 10 s, also through a slow crowd",
        f"{NIST}, test 2.9; {ISO}, test 14",
        "nobody waits for the last of its group",
        group_test,
    ),
    Experiment(
        "nist-2-10",
        "Behind somebody slow and wide on a ramp 24 people need longer than behind somebody like themselves",
        f"{NIST}, test 2.10; {ISO}, test 7",
        "bodies all of one size and speeds all those of the level",
        ramp_test,
    ),
    OutOfScope(
        "nist-iso-18",
        "People walk at the speed that smoke of a given density allows",
        f"{ISO}, test 18",
        "there is no smoke in these buildings.",
    ),
    OutOfScope(
        "nist-iso-19",
        "Fractional doses of toxic gases add up until people are incapacitated",
        f"{ISO}, test 19",
        "there is no smoke and no toxic gas in these buildings.",
    ),
)
