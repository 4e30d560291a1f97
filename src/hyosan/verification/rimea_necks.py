"""RiMEA tests of bottlenecks, and of a stair behind a corridor (12a to 12d, 12 and 13 of version 3)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from hyosan.floorplan.plan import OUTSIDE, Floorplan, Stair, StairEnd
from hyosan.verification.checks import Band, Rising, Same
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.halls import box, halls_in_a_row, opening, plan_of, room
from hyosan.verification.rimea_single import RIMEA
from hyosan.verification.walks import (
    Party,
    densities_in,
    film_of,
    flow_of,
    flow_of_ranks,
    passing_times,
    scattered,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyosan.engine.building.building import Building
    from hyosan.verification.walks import Film

CROWD = 150
LONG_NECK, SHORT_NECK = 5.0, 0.2
"""Lengths of bottlenecks [m]."""

WIDTHS = (0.8, 1.0, 1.2)
STUDIES = {0.8: (1.288, 1.737), 1.0: (1.71, 2.77), 1.2: (2.03, 2.751)}
"""Width of a bottleneck: smallest and largest flow measured at it [1/s]: Seyfried 2009, EG 2006, Kretz 2006, Mueller
1981, Nagai 2006, Daamen 2010."""

GOALS = (0.0, 2.0, 5.0, 10.0)
"""How far behind the bottleneck people have arrived [m]."""

ROUGHLY = 0.1
"""Flows that differ by less than this share are taken for the same [1]; proposed."""

JAM = 2.0
"""Where more are on a square metre people jam [1/m²]; proposed: beyond the densities of the largest flow, 1.75."""


def crowd(seed: int) -> Party:
    """A crowd in the left half of the first hall."""
    return Party(0, scattered((0.3, 0.3, 5.0, 9.7), CROWD, seed))


def through(necks: Sequence[tuple[float, float]], last: float, seed: int, exit_width: float | None = None) -> Building:
    """A crowd that walks through bottlenecks (width, length), with halls of 10 m between and one of `last` m behind."""
    plan = halls_in_a_row((*[10.0] * len(necks), last), necks, exit_width=exit_width)
    return walk(plan, [crowd(seed)], until=600.0)


def neck_flow(run: Building, door: int = 0) -> float:
    """Flow at a door of those between the first and the last fifth [1/s]."""
    return flow_of_ranks(passing_times(run, door), 0.2, 0.8)


def mean_flow(effort: Effort, neck: tuple[float, float], last: float = 10.0) -> float:
    """Mean flow into a bottleneck over the seeds [1/s]."""
    return float(np.mean([neck_flow(through([neck], last, seed)) for seed in effort.seeds(effort.size(1, 5))]))


def largest(film: Film, x: float, y: float, side: float = 2.0) -> float:
    """Largest density, averaged over 10 s, in a square that ends at x and has its middle at y [1/m²]."""
    density = densities_in(film, (x - side, y - side / 2, x, y + side / 2))
    window = max(1, round(10.0 / film.look))
    return float(np.convolve(density, np.ones(window) / window, mode="valid").max())


def test_12_v3(effort: Effort) -> Finding:
    """A bottleneck and an exit as wide."""
    necks, exits, before, behind = [], [], [], []
    for seed in effort.seeds(effort.size(1, 5)):
        run = through([(1.0, LONG_NECK)], 10.0, seed, exit_width=1.0)
        film = film_of(run)
        necks.append(neck_flow(run))
        exits.append(neck_flow(run, 2))
        before.append(largest(film, 10.0, 5.0))
        behind.append(largest(film, 25.0, 5.0))
    slack = tuple(one - other for one, other in zip(necks, exits, strict=True))
    return Finding(
        f"halls of 10 x 10 m, neck 5 x 1 m, exit 1 m, 150 people; {len(necks)} seeds; flow of the neck less that of "
        "the exit [1/s], largest density before the neck and before the exit [1/m²]",
        [Band(slack, -0.05, math.inf), Band(tuple(before), JAM, math.inf), Band(tuple(behind), 0.0, JAM)],
    )


def test_12a(effort: Effort) -> Finding:
    """How far behind the bottleneck people have arrived."""
    flows = [mean_flow(effort, (1.0, SHORT_NECK), last) for last in GOALS]
    shares = tuple(flow / flows[-1] for flow in flows)
    words = ", ".join(f"{goal:g}" for goal in GOALS)
    return Finding(
        f"neck .2 x 1 m, 150 people, goal {words} m behind it; flow as a share of that at {GOALS[-1]:g} m",
        [Band(shares, 1.0 - ROUGHLY, 1.0 + ROUGHLY)],
    )


def test_12b(effort: Effort) -> Finding:
    """How long the bottleneck is."""
    times = [
        np.mean([through([(1.0, length)], 10.0, seed).now for seed in effort.seeds(effort.size(1, 5))])
        for length in (SHORT_NECK, LONG_NECK)
    ]
    flows = [mean_flow(effort, (1.0, length)) for length in (LONG_NECK, SHORT_NECK)]
    return Finding(
        "necks 1 m wide, .2 and 5 m long, 150 people; times until all have left [s], flows of the long and the short "
        "one [1/s]",
        [Rising(tuple(map(float, times))), Rising(tuple(flows), or_equal=True)],
    )


def test_12c(effort: Effort) -> Finding:
    """Two bottlenecks, one behind the other."""
    first, second, gone = [], [], []
    for seed in effort.seeds(effort.size(1, 5)):
        run = through([(1.0, SHORT_NECK), (1.0, SHORT_NECK)], 5.0, seed)
        film = film_of(run)
        gone.append(run.gone)
        first.append(largest(film, 10.0, 5.0))
        second.append(largest(film, 20.2, 5.0))
    return Finding(
        f"three halls, two necks of 1 m, 150 people; {len(gone)} seeds; largest density before the first and before "
        "the second [1/m²]",
        [Band(tuple(first), JAM, math.inf), Band(tuple(second), 0.0, JAM), Same([CROWD] * len(gone), gone)],
    )


def test_12d(effort: Effort) -> Finding:
    """How wide the bottleneck is."""
    flows = tuple(mean_flow(effort, (width, LONG_NECK)) for width in WIDTHS)
    within = [
        Band((flow,), round(0.9 * STUDIES[width][0], 3), round(1.1 * STUDIES[width][1], 3))
        for width, flow in zip(WIDTHS, flows, strict=True)
    ]
    return Finding(
        "necks 5 m long and .8, 1 and 1.2 m wide, 150 people; flows [1/s], each within a tenth of the studies",
        [Rising(flows), *within],
    )


def stair_hall() -> Floorplan:
    """A room of 5 x 8 m, a corridor of 12 x 2 m, a stair up of 3 x 2 m, and a landing of 1 m, all along x."""
    run = math.sqrt(3.0**2 - 1.8**2)
    rooms = [
        room("room", box(0.0, 0.0, 5.0, 8.0)),
        room("corridor", box(5.0, 3.0, 17.0, 5.0)),
        room("landing", box(17.0 + run, 3.0, 18.0 + run, 5.0), 1),
    ]
    doors = [
        opening("room exit", 0, 1, (5.0, 3.0), (5.0, 5.0)),
        opening("exit", 2, OUTSIDE, (18.0 + run, 3.0), (18.0 + run, 5.0)),
    ]
    ends = (StairEnd(1, ((17.0, 3.0), (17.0, 5.0))), StairEnd(2, ((17.0 + run, 3.0), (17.0 + run, 5.0))))
    stair = Stair("stair", ends, ((17.0, 4.0, 0.0), (17.0 + run, 4.0, 1.8)))
    return plan_of("stair hall", rooms, doors, [stair])


def stair_hall_walk(seed: int) -> Building:
    """150 people out of the room and up the stair."""
    places = scattered((0.2, 0.2, 4.8, 7.8), CROWD, seed)
    return walk(stair_hall(), [Party(0, places)], until=600.0)


def test_13_v3(effort: Effort) -> Finding:
    """A stair behind a corridor."""
    room_exit, foot, slower, growth = [], [], [], []
    for seed in effort.seeds(effort.size(1, 5)):
        run = stair_hall_walk(seed)
        film = film_of(run)
        room_exit.append(largest(film, 5.0, 4.0))
        foot.append(largest(film, 17.0, 4.0))
        queue = densities_in(film, (9.0, 3.0, 17.0, 5.0), [1])
        reached, left = passing_times(run, 2), passing_times(run, 0)
        first = float(np.nanmin(reached))
        # Before the stair's queue is back at the room, what leaves the room is the corridor's own flow.
        corridor = flow_of(left, 2.0, first)
        slower.append(flow_of(reached, first + 10.0, float(np.nanmax(left))) / corridor)
        at = [int((first + after) / film.look) for after in (0.0, 10.0)]
        growth.append(float(queue[at[1]] - queue[at[0]]))
    return Finding(
        f"room 5 x 8 m, corridor 12 x 2 m, stair up 3 x 2 m, 150 people; {len(foot)} seeds; largest density at the "
        "room's exit and at the foot [1/m²], growth of the queue before the stair in its first 10 s [1/m²], flow of "
        "the stair to that of the corridor",
        [
            Band(tuple(room_exit), JAM, math.inf),
            Band(tuple(foot), JAM, math.inf),
            Band(tuple(growth), 0.0, math.inf),
            Band(tuple(slower), 0.0, 1.0),
        ],
    )


EXPERIMENTS = (
    Experiment(
        "rimea-12-v3",
        "Of a neck and an exit as wide only the neck has a jam before it.",
        "RiMEA guideline 3.0 (2016), test 12; flows: JuPedSim's suite, 2 /m² for a jam: proposed",
        "exits that let .7 people a second through",
        test_12_v3,
    ),
    Experiment(
        "rimea-12a",
        "Flow through a bottleneck does not depend on how far behind it people arrive, to a tenth.",
        f"{RIMEA}, test 12a; not to depend: JuPedSim's suite, a tenth: proposed",
        "people behind a short neck who are not seen from before it",
        test_12a,
    ),
    Experiment(
        "rimea-12b",
        "A longer bottleneck is slower.",
        f"{RIMEA}, test 12b; JuPedSim's suite",
        "bodies that do not hinder each other",
        test_12b,
    ),
    Experiment(
        "rimea-12c",
        "The second of two bottlenecks has no jam before it.",
        f"{RIMEA}, test 12c; JuPedSim's suite, 2 /m² for a jam: proposed",
        "necks that let fewer through who come in a stream than out of a crowd",
        test_12c,
    ),
    Experiment(
        "rimea-12d",
        "Flow rises with the width of a bottleneck, and is that of the studies to a tenth.",
        f"{RIMEA}, test 12d; rises: JuPedSim's suite, a tenth beyond lowest and highest study: proposed",
        "nobody keeps a distance",
        test_12d,
    ),
    Experiment(
        "rimea-13-v3",
        "People jam at a room's exit and, ever more, at the foot of a stair; its flow is below the corridor's.",
        "RiMEA guideline 3.0 (2016), test 13; guideline, 2 /m² for a jam: proposed",
        "stairs walked at the speed of the level",
        test_13_v3,
    ),
)
