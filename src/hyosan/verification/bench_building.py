"""How fast people walk here: a crowd in a corridor and before a narrow door, medians of several runs."""

from __future__ import annotations

import math
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.building import Building
from hyosan.engine.building.columns import IN, POSTURE
from hyosan.engine.building.crowd import Crowd, Errand, ToExits
from hyosan.engine.building.ground import ground_of
from hyosan.errors import HyosanError
from hyosan.floorplan.plan import OUTSIDE, Door, Floorplan, Room, Storey
from hyosan.records.digest import digest_of_places

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hyosan.engine.building.ground import Ground

CASES = ("corridor", "bottleneck")

PEOPLE = (200, 1_000, 5_000)
"""People of each case if no other count is asked for."""

SECONDS = 30.0
"""Time that is walked [s]."""

STEP = 0.05
"""Length of a step [s]."""

RUNS = 3
"""Runs whose medians are told, after one that is not counted."""

DENSITY = 1.5
"""People on a square metre at the start [1/m²]."""

FREE_SPEED = 1.34
"""Of everybody [m/s]. Source: Weidmann (1993), ETH IVT Schriftenreihe 90."""

RADIUS = 0.15
"""Of everybody [m]."""

CORRIDOR, AHEAD, MARGIN = 10.0, {"corridor": 40.0, "bottleneck": 10.0}, 0.3
"""Width of the corridor, floor before the crowd, and what is left free along the walls at the start [m]."""

DOOR, THICK = 1.6, 1.0
"""Clear width of the narrow door and thickness of the wall that it is in [m]."""

JITTER = 0.05
"""So far from its place in the lattice people start, along each axis at most [m]."""


@dataclass(frozen=True)
class Measured:
    """One case as `hyosan bench building` prints it, field by field."""

    scenario: str
    people: int
    threads: int
    dt: float
    """Length of a step [s]."""
    steps: int
    """Steps of each run."""
    setup_s: float
    """Making the ground out of the plan, and a fresh state [s]."""
    run_s: float
    """All steps, by the clock [s]."""
    cpu_s: float
    """All steps, processor time of all threads [s]."""
    person_steps: int
    """Steps of all people who were in the building."""
    person_steps_per_s: float
    """By the clock [1/s]."""
    person_seconds_per_s: float
    """Time that people walked, by the clock [1]."""
    gone: int
    """People who have left at the end."""
    advance_m: float
    """Mean way along the axis of who is still inside [m]."""
    digest: str
    """`digest_of_places` at the end."""


def measured(
    case: str,
    people: int,
    *,
    threads: int = 1,
    dt: float = STEP,
    runs: int = RUNS,
    tell: Callable[[str, int, int], None] | None = None,
) -> Measured:
    """Let a crowd walk several times and measure it.

    Args:
        case: One of `CASES`.
        people: How many.
        threads: Threads of a run.
        dt: Length of a step [s].
        runs: How often, after a first second that is not counted.
        tell: Hears (stage, done, of) where stage is `world` or `runs`.

    Raises:
        HyosanError: There is more than one thread: people in a building walk on one.
    """
    if threads != 1:
        raise HyosanError(f"threads is {threads}, but people in a building walk on one thread. Leave it out.")
    tell = tell or (lambda stage, done, of: None)
    tell("world", 0, 1)
    crowd, plan = crowd_of(case, people), plan_of(case, people)
    # The first of everything loads compiled kernels, and is not counted.
    Building(ground_of(plan), crowd, dt=dt).run(1.0)
    begun = time.perf_counter()
    ground = ground_of(plan)
    ground_s = time.perf_counter() - begun
    found = []
    for done in range(runs):
        tell("runs", done, runs)
        found.append(_run(ground, crowd, dt))
    first = found[0]
    assert len({each.digest for each in found}) == 1, "runs of one crowd differ"
    run_s = statistics.median(each.run_s for each in found)
    return Measured(
        scenario=case,
        people=people,
        threads=threads,
        dt=dt,
        steps=round(SECONDS / dt),
        setup_s=ground_s + statistics.median(each.begin_s for each in found),
        run_s=run_s,
        cpu_s=statistics.median(each.cpu_s for each in found),
        person_steps=first.person_steps,
        person_steps_per_s=first.person_steps / run_s,
        person_seconds_per_s=first.person_steps * dt / run_s,
        gone=first.gone,
        advance_m=first.advance,
        digest=first.digest,
    )


@dataclass(frozen=True)
class _Run:
    """What one run took, and where it led."""

    begin_s: float
    run_s: float
    cpu_s: float
    person_steps: int
    gone: int
    advance: float
    digest: str


def _run(ground: Ground, crowd: Crowd, dt: float) -> _Run:
    """Walk once and measure it."""
    begun = time.perf_counter()
    building = Building(ground, crowd, dt=dt)
    begin_s = time.perf_counter() - begun
    clock, cpu = time.perf_counter(), time.process_time()
    building.run(SECONDS)
    cpu_s, run_s = time.process_time() - cpu, time.perf_counter() - clock
    places, who = building.places(), building.state.people.who
    inside = who[:, IN] >= 0
    advance = float((places[inside, 0] - crowd.place[inside, 0]).mean()) if inside.any() else 0.0
    digest = digest_of_places(places, who[:, IN], who[:, POSTURE])
    return _Run(begin_s, run_s, cpu_s, building.person_steps, building.gone, advance, digest)


def _lattice(case: str, people: int) -> tuple[float, float, int]:
    """Width of the room, length of the part of it that the crowd fills, and people in a row across it [m]."""
    width = CORRIDOR if case == "corridor" else math.sqrt(people / DENSITY)
    gap = 1 / math.sqrt(DENSITY)
    across = max(1, int((width - 2 * MARGIN) / gap))
    return width, math.ceil(people / across) * gap + 2 * MARGIN, across


def starts_of(case: str, people: int) -> NDArray[np.float64]:
    """Where people start: a lattice, each a little beside its point of it, (people, 2) [m]."""
    width, _, across = _lattice(case, people)
    row = np.arange(people)
    # Multiples of two irrational numbers fill the square evenly: the same everywhere, and no draw of chance.
    aside = [2 * JITTER * ((row * number) % 1.0 - 0.5) for number in (0.7548776662466927, 0.5698402909980532)]
    x = MARGIN + (row // across + 0.5) / math.sqrt(DENSITY) + aside[0]
    y = MARGIN + (row % across + 0.5) * (width - 2 * MARGIN) / across + aside[1]
    return np.stack([x, y], axis=1)


def walls_of(case: str, people: int) -> tuple[tuple[tuple[float, float], ...], float]:
    """Outline of the floor on which a case walks, counter-clockwise, and where along x it is left [m]."""
    width, crowded, _ = _lattice(case, people)
    end = crowded + AHEAD[case]
    if case == "corridor":
        return ((0.0, 0.0), (end, 0.0), (end, width), (0.0, width)), end
    low, high, beyond = (width - DOOR) / 2, (width + DOOR) / 2, crowded + THICK
    near = ((crowded, high), (crowded, width), (0.0, width), (0.0, 0.0), (crowded, 0.0), (crowded, low))
    far = ((beyond, low), (beyond, 0.0), (end, 0.0), (end, width), (beyond, width), (beyond, high))
    return (*near, *far), end


def plan_of(case: str, people: int) -> Floorplan:
    """The plan of a case: the whole end is an exit; the narrow door stands in the middle of its wall."""
    outline, end = walls_of(case, people)
    width = max(y for _, y in outline)
    exit_ = ((end, 0.0), (end, width))
    storeys = (Storey("ground", 0.0),)
    if case == "corridor":
        rooms: tuple[Room, ...] = (Room("corridor", 0, outline),)
        return Floorplan(case, storeys, rooms, (Door("end", (0, OUTSIDE), exit_, leaf=False),))
    (x, low), (_, high) = outline[5], outline[0]
    middle = x + THICK / 2
    # As importers have it, each room grows to the middle of the doorway.
    rooms = (
        Room("room", 0, (*outline[:6], (middle, low), (middle, high))),
        Room("beyond", 0, ((middle, low), *outline[6:], (middle, high))),
    )
    doors = (
        Door("door", (0, 1), ((middle, low), (middle, high)), leaf=False),
        Door("end", (1, OUTSIDE), exit_, leaf=False),
    )
    return Floorplan(case, storeys, rooms, doors)


def crowd_of(case: str, people: int) -> Crowd:
    """The people of a case: all stand at the start, and set out at once."""
    return Crowd(
        room=np.zeros(people, np.int64),
        place=starts_of(case, people),
        speed=np.full((people, 3), FREE_SPEED),
        goals=(ToExits(),),
        errands=tuple(Errand(0.0, person, 0) for person in range(people)),
        sits=np.zeros(people, bool),
        radius=RADIUS,
    )
