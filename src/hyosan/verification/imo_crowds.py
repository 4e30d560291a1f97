"""IMO MSC.1/Circ.1533, annex 3: crowds at doors, against each other, in cabins and at stairs, tests 4 and 8 to 11."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.crowd import ToExits
from hyosan.verification.checks import Band, Check, Rising, Same
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.decks import deck
from hyosan.verification.halls import cabins, hall, halls_in_a_row
from hyosan.verification.imo import CABIN, IMO, men
from hyosan.verification.walks import (
    Party,
    densities_in,
    egress_time,
    exit_times,
    exits_taken,
    film_of,
    flow_of,
    flow_of_ranks,
    passing_times,
    scattered,
    walk,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.verification.walks import Box

MOST_FLOW = 1.33
"""People a second through each metre of a door, with which regulations plan [1/(m s)]. Source: IMO MSC.1/Circ.1533,
annex 3, test 4; SFPE the same."""

OPPOSITE = (0, 10, 50, 100)
"""People in room 2 of test 8."""

SECONDARY = (5, 6, 11, 12)
"""Cabins of test 10 that are to leave by the secondary exit; the others by the main one."""

MAIN_DOOR, SECONDARY_DOOR = 13, 14


def through_exit(seed: int = 1, limit: float | None = MOST_FLOW) -> Building:
    """A hundred people leave a room of 8 x 5 m by an exit of 1 m."""
    party = Party(0, scattered(CABIN, 100, seed), men(seed, 100))
    return walk(hall(8.0, 5.0, [("right", 2.0, 3.0)], limit), [party], until=300.0, seed=seed)


def exit_flow_test(effort: Effort) -> Finding:
    """Test 4, as regulations plan: the flow over the whole time at most 1.33, and not wasted."""
    checks: list[Check] = []
    for seed in effort.seeds(effort.size(2, 10)):
        run = through_exit(seed)
        checks += [Same(100, run.gone), Band((flow_of(exit_times(run)),), 0.98 * MOST_FLOW, MOST_FLOW)]
    return Finding(f"100 people, {len(checks) // 2} times", checks)


def counterflow(opposite: int, seed: int = 1, speed: float | None = None) -> Building:
    """A hundred people go to the other of two rooms of 10 x 10 m by a corridor of 10 x 2 m, others come toward them.

    Args:
        speed: Of everybody [m/s]; that of men of 30 to 50 years if not given.
    """
    where = halls_in_a_row([10.0, 10.0], [(2.0, 10.0)], back_exit=True)
    own = men(seed, 100) if speed is None else speed
    parties = [Party(0, scattered((0.3, 0.3, 9.7, 9.7), 100, seed), own, ToExits((2,), learns=False))]
    if opposite:
        places = scattered((20.3, 0.3, 29.7, 9.7), opposite, seed, series=1)
        others = men(seed, opposite, 1) if speed is None else speed
        parties.append(Party(2, places, others, ToExits((3,), learns=False)))
    return walk(where, parties, until=600.0, seed=seed)


def last_across(run: Building) -> float:
    """When the last of the hundred entered the other room; NaN if somebody did not [s]."""
    return float(np.max(passing_times(run, 1, 2)[:100]))


def counterflow_test(speed: float | None, effort: Effort) -> Finding:
    """Test 8; 2.8 of NIST is the same."""
    seeds = list(effort.seeds(effort.size(4, 12)))
    runs = [[counterflow(opposite, seed, speed) for seed in seeds] for opposite in OPPOSITE]
    left = [sorted({run.gone for run in row}) for row in runs]
    means = tuple(round(float(np.mean([last_across(run) for run in row])), 2) for row in runs)
    checks: list[Check] = [Same([[100 + opposite] for opposite in OPPOSITE], left), Rising(means)]
    return Finding(f"0, 10, 50 and 100 people against 100, {len(seeds)} times each", checks)


FOUR_EXITS = [("low", 4.0, 5.0), ("low", 25.0, 26.0), ("high", 4.0, 5.0), ("high", 25.0, 26.0)]


def out_of_hall(people: int, exits: int, seed: int = 1) -> Building:
    """People leave a hall of 30 x 20 m by the first of four exits of 1 m."""
    where = hall(30.0, 20.0, FOUR_EXITS[:exits])
    party = Party(0, scattered((2.0, 2.0, 28.0, 18.0), people, seed), men(seed, people))
    return walk(where, [party], until=1200.0, seed=seed)


def exits_shut_test(effort: Effort) -> Finding:
    """Test 9."""
    people = 1000
    checks: list[Check] = []
    for seed in effort.seeds(effort.size(1, 3)):
        four, two = (out_of_hall(people, exits, seed) for exits in (4, 2))
        checks += [Same([people, people], [four.gone, two.gone])]
        checks.append(Band((egress_time(two) / egress_time(four),), 1.6, 2.4))
    return Finding(f"{people} people, {len(checks) // 2} times", checks)


def out_of_cabins(seed: int = 1) -> tuple[Building, NDArray[np.int64]]:
    """The people of twelve cabins leave, and the exit that is assigned to each, (people,)."""
    where = cabins()
    parties, assigned = [], []
    for row in range(12):
        count, door = (1 if row == 2 else 2), (SECONDARY_DOOR if row + 1 in SECONDARY else MAIN_DOOR)
        x, y = zip(*where.rooms[row].outline, strict=True)
        inner: Box = (min(x) + 0.3, min(y) + 0.3, max(x) - 0.3, max(y) - 0.3)
        goal = ToExits((door,), learns=False)
        parties.append(Party(row, scattered(inner, count, seed, series=row), men(seed, count, row), goal))
        assigned += [door] * count
    return walk(where, parties, until=300.0, seed=seed), np.array(assigned)


def assigned_exits_test(effort: Effort) -> Finding:
    """Test 10; 3.1 of NIST is the same."""
    checks: list[Check] = []
    for seed in effort.seeds(effort.size(4, 20)):
        run, assigned = out_of_cabins(seed)
        taken = exits_taken(run)
        counts = [int((taken == door).sum()) for door in (MAIN_DOOR, SECONDARY_DOOR)]
        checks.append(Same([15, 8, 23], [*counts, int((taken == assigned).sum())]))
    return Finding(f"23 people, {len(checks)} times", checks)


DECK_BOXES: dict[str, tuple[Box, int]] = {
    "before the way out of the room": ((7.0, 1.5, 8.0, 3.5), 0),
    "in the middle of the corridor": ((13.0, 1.5, 15.0, 3.5), 1),
    "before the stair": ((18.0, 1.5, 20.0, 3.5), 1),
}
"""Where the density is measured, and in which room."""


def to_the_stair(people: int, seed: int = 1) -> Building:
    """People leave a room by a corridor and a stair as wide as that."""
    return walk(deck(), [Party(0, scattered(CABIN, people, seed), men(seed, people))], until=400.0, seed=seed)


def queue_densities(run: Building) -> tuple[float, ...]:
    """Peak of the density in each of `DECK_BOXES` [1/m²]."""
    film = film_of(run)
    return tuple(float(densities_in(film, area, [row]).max()) for area, row in DECK_BOXES.values())


def queues_test(people: int, effort: Effort) -> Finding:
    """Test 11; 5.1 of NIST with fewer people: two queues, and the stair lets fewer through than the way to it."""
    seeds = list(effort.seeds(effort.size(3, 10)))
    runs = [to_the_stair(people, seed) for seed in seeds]
    room, middle, foot = np.mean([queue_densities(run) for run in runs], axis=0)
    flows = [[flow_of_ranks(passing_times(run, door), 0.2, 0.8) for door in (3, 0)] for run in runs]
    up, out = np.mean(flows, axis=0)
    checks: list[Check] = [
        Same([people] * len(runs), [run.gone for run in runs]),
        Rising((round(float(middle), 3), round(float(room), 3))),
        Rising((round(float(middle), 3), round(float(foot), 3))),
        Band((float(up / out),), 0.0, math.nextafter(1.0, 0.0)),
    ]
    return Finding(f"{people} people, {len(seeds)} times", checks)


EXPERIMENTS = (
    Experiment(
        "imo-4",
        "A door of 1 m with the flow limit of the regulation lets a hundred people out at no more than 1.33 a second, "
        "over the whole time, and hardly fewer",
        f"{IMO}, test 4",
        "the limit of the flow passed over for the first two",
        exit_flow_test,
    ),
    Experiment(
        "imo-8",
        "A hundred people and 0, 10, 50, 100 who come toward them in a corridor of 2 m all arrive, and the more there "
        "are the later the last of the hundred does",
        f"{IMO}, test 8",
        "nobody turns shoulders toward those who come the other way",
        partial(counterflow_test, None),
    ),
    Experiment(
        "imo-9",
        "With two of four exits shut a hall takes about twice the time to empty",
        f"{IMO}, test 9; 1.6 to 2.4 as JuPedSim's suite takes it",
        "a queue before an exit is not heeded",
        exits_shut_test,
    ),
    Experiment(
        "imo-10",
        "Of the 23 people of twelve cabins 15 take the main exit and 8 the secondary, each the one assigned",
        f"{IMO}, test 10",
        "whoever sees another exit takes it",
        assigned_exits_test,
    ),
    Experiment(
        "imo-11",
        "150 people queue before the way out of their room and, less, before the stair at the end of the corridor",
        f"{IMO}, test 11",
        "speed on the level used on stairs",
        partial(queues_test, 150),
    ),
)
