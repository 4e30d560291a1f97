"""People who run from hunters and lock themselves in: fewer survive faster hunters, more with more locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.ground import ground_of
from hyosan.engine.building.outbreak import columns as c
from hyosan.floorplan.plan import OUTSIDE, Door, DoorState, Room, RoomKind
from hyosan.verification.checks import Band
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.halls import box, hall
from hyosan.verification.panics import differences, in_words, panic, shares
from hyosan.verification.prey import crowd, hunted, outbreak, plan_of_rooms, roles
from hyosan.verification.walks import scattered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.ground import Ground
    from hyosan.floorplan.plan import Floorplan
    from hyosan.verification.checks import Check

WALKING, RUNNING = 1.5, 3.0
"""Speeds of everybody on the open floor, and about those of pupils [m/s]."""

RATIOS = (0.5, 0.7, 0.9, 1.1, 1.3, 1.5)
"""Speeds of hunters over that of runners on the open floor; `SCHOOL_RATIOS` in the school."""

SCHOOL_RATIOS = (0.5, 1.0, 1.5)

OPEN = 120.0
"""Side of the open floor, which has an exit of 6 m in the middle of the left and of the right wall [m]."""

PEOPLE, HUNTERS = 60, 6
"""On the open floor."""

ALERT = {c.FLEES: 1.0, c.HALF_VIEW: 200.0, c.HUNTERS_HALF_VIEW: 200.0, c.HESITATION: 1.0, c.PAUSE: 5.0, c.SCREAM: 100.0}
"""Changes to who is calm: people see, hear and run."""

LEAST_FALL = 0.1
"""By so much more survive the slowest hunters than the fastest on the open floor; with whatever speed they have, .2."""


LOCKS = (0.0, 0.5, 1.0)
"""Shares of doors that can be locked."""

CLASSES, CLASS, IN_CORRIDOR = 8, 4, 4
"""Rooms along a corridor, people in each, and hunters in the corridor."""

DEEP, BROAD = 9.0, 6.0
"""Where the far walls of the rooms are, and how broad each room is [m]; the corridor is 3 m wide."""

IN_SCHOOL = 30
"""Panics in the school of each kind; they take long, so they are left out where samples are small."""

LOCKED_OUT = 120.0
"""Length of a run in that corridor [s]."""


def survivors(ratio: float, seed: int) -> float:
    """Share of people on the open floor who are not bitten in two minutes."""
    middle = OPEN / 2
    plan = hall(OPEN, OPEN, [("left", middle - 3.0, middle + 3.0), ("right", middle - 3.0, middle + 3.0)])
    people = crowd([0] * PEOPLE, scattered((2.0, 2.0, OPEN - 2.0, OPEN - 2.0), PEOPLE, seed), WALKING)
    changes = ALERT | {c.SPEED_OF: ratio * RUNNING, c.RUNNING: RUNNING / WALKING}
    run = hunted(plan, people, outbreak(PEOPLE, range(HUNTERS), changes), seed=seed)
    run.run(120.0)
    return float((roles(run) == c.HEALTHY).sum()) / (PEOPLE - HUNTERS)


def steepest(found: NDArray[np.float64]) -> str:
    """Between which ratios the mean share falls most."""
    means = found.mean(axis=1)
    row = int(np.argmax(means[:-1] - means[1:]))
    return f"most between {RATIOS[row]:g} and {RATIOS[row + 1]:g}"


def speed_test(effort: Effort) -> Finding:
    """Hunters from half as fast as runners to half as fast again."""
    seeds = list(effort.seeds(effort.size(15, 60)))
    found = np.array([[survivors(ratio, seed) for seed in seeds] for ratio in RATIOS])
    means = found.mean(axis=1)
    checks: list[Check] = [*differences(found), Band((float(means[0] - means[-1]),), LEAST_FALL)]
    sample = f"{len(seeds)} seeds, share surviving by ratio {in_words(RATIOS, found)}, {steepest(found)}"
    if not effort.quick:
        inside = shares(effort, [panic(pathogen__hunter_speed=ratio * RUNNING) for ratio in SCHOOL_RATIOS], IN_SCHOOL)
        checks += differences(inside)
        sample += f"; {IN_SCHOOL} in a school, {in_words(SCHOOL_RATIOS, inside)}"
    return Finding(sample, checks)


def classes() -> Floorplan:
    """Rooms along a corridor with an exit at its end; their doors are shut, and of glass."""
    rooms = [Room("corridor", 0, box(0.0, 0.0, BROAD * CLASSES, 3.0), kind=RoomKind.CORRIDOR)]
    doors = [Door("exit", (0, OUTSIDE), ((0.0, 0.5), (0.0, 2.5)), leaf=False)]
    for number in range(CLASSES):
        x = BROAD * number
        rooms.append(Room(f"class {number}", 0, box(x, 3.0, x + BROAD, DEEP), kind=RoomKind.CLASSROOM))
        ends = ((x + 2.5, 3.0), (x + 3.5, 3.0))
        doors.append(Door(f"door {number}", (0, number + 1), ends, DoorState.CLOSED, transparent=True))
    return plan_of_rooms(rooms, doors)


def bitten(ground: Ground, locks: float, seed: int) -> float:
    """Share of people in `classes` whom hunters in the corridor bite.

    Args:
        locks: Share of doors that can be locked.
    """
    rooms = [0] * IN_CORRIDOR + [1 + number for number in range(CLASSES) for _ in range(CLASS)]
    places = [scattered((1.0, 0.5, BROAD * CLASSES - 1.0, 2.5), IN_CORRIDOR, seed)]
    for number in range(CLASSES):
        x = BROAD * number
        places.append(scattered((x + 0.5, 4.5, x + BROAD - 0.5, DEEP - 0.5), CLASS, seed, series=number + 1))
    changes = ALERT | {c.HIDING_LIKED: 0.3, c.SPEED_OF: 2.0, c.BANG: 95.0, c.GROWL: 75.0, c.HOLDING: 20.0}
    plan = outbreak(len(rooms), range(IN_CORRIDOR), changes, locked_doors=locks, strength=60.0)
    run = hunted(ground, crowd(rooms, np.concatenate(places), WALKING), plan, seed=seed)
    run.run(LOCKED_OUT)
    return float((roles(run) == c.BITTEN).sum()) / (CLASSES * CLASS)


def lock_test(effort: Effort) -> Finding:
    """No locks, half, all."""
    seeds, ground = list(effort.seeds(effort.size(60, 200))), ground_of(classes())
    found = np.array([[bitten(ground, share, seed) for seed in seeds] for share in LOCKS])
    checks = [*differences(found), Band((float((found[0] - found[-1]).mean()),), 0.0)]
    sample = f"{len(seeds)} seeds, share bitten by share of locks {in_words(LOCKS, found)}"
    if not effort.quick:
        inside = 1.0 - shares(effort, [panic(locked_doors=share) for share in LOCKS], IN_SCHOOL)
        checks += differences(inside)
        sample += f"; {IN_SCHOOL} in a school, {in_words(LOCKS, inside)}"
    return Finding(sample, checks)


EXPERIMENTS = (
    Experiment(
        "chase-speed-ratio",
        "The faster hunters are, from half to one and a half times the speed of runners, the fewer people survive them "
        "on an open floor, and in a school no more",
        "by hand: who is faster than its prey catches it",
        "hunters as fast as people run, whatever is set",
        speed_test,
    ),
    Experiment(
        "chase-lock-share",
        "No more people are bitten if more doors can be locked, be it along a corridor or in a school; along the "
        "corridor fewer",
        "by hand: who can lock a door need not",
        "doors that have locks taken for those that have none",
        lock_test,
    ),
)
