"""NIST TN 1822 and ISO 20414: crowds at exits, on stairs and in corridors; flow through bottlenecks by width."""

from __future__ import annotations

from functools import partial

import numpy as np

from hyosan.engine.building.building import Building
from hyosan.engine.building.crowd import ToExits
from hyosan.verification.checks import Band, Check, Rising
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.decks import hall_and_stair
from hyosan.verification.halls import halls_in_a_row, ring
from hyosan.verification.imo_crowds import MOST_FLOW, queues_test, through_exit
from hyosan.verification.nist import ISO, NIST
from hyosan.verification.walks import (
    Party,
    crowd_of,
    exit_times,
    flow_of,
    flow_of_ranks,
    passing_times,
    scattered,
    walk,
)

WALL = 0.4
"""Depth of a doorway or short bottleneck [m]. Source: doi:10.1088/1742-5468/2006/10/P10014 (Kretz et al. 2006)."""

STUDIES = {
    0.8: (1.288, 1.737),
    0.9: (1.53, 2.264),
    1.0: (1.71, 2.77),
    1.1: (1.988, 2.62),
    1.2: (2.03, 2.751),
}
"""Lowest and highest flow measured at a width [1/s]. Sources: Seyfried et al. 2009 (doi:10.1287/trsc.1090.0263), Kretz
et al. 2006 (doi:10.1088/1742-5468/2006/10/P10014), a laboratory in Duesseldorf 2006, Mueller 1981, Nagai et al. 2006,
Daamen & Hoogendoorn 2010, as collected for the validation of JuPedSim."""

ALLOWED = 0.1
"""By which share a flow may lie beyond the lowest and the highest measured [1]; assumed: one study is one crowd."""

WIDTHS = (0.6, 0.8, 0.9, 1.0, 1.1, 1.2, 1.6, 2.0, 2.5)
"""Of bottlenecks [m]."""

LINEAR = 0.977
"""Least squared correlation of flow and width [1]: that of the flows measured in Duesseldorf 2006 at 0.9 to 2.5 m."""

CROWD = 150
"""People before a bottleneck."""

STAIR_WIDTHS = (1.0, 1.2, 1.4, 1.6, 1.8)
"""Of test 12 of ISO [m]."""


def bottleneck(width: float, seed: int = 1, *, depth: float = WALL, speed: float = 1.34) -> Building:
    """A crowd goes from a hall of 10 x 8 m into another through a bottleneck."""
    where = halls_in_a_row([10.0, 10.0], [(width, depth)], width=8.0)
    return walk(where, [Party(0, scattered((0.3, 0.3, 9.7, 7.7), CROWD, seed), speed)], until=400.0, seed=seed)


def steady_flow(run: Building, door: int = 0) -> float:
    """People a second through a door, while the third to the eighth tenth pass [1/s]."""
    return flow_of_ranks(passing_times(run, door), 0.2, 0.8)


def bottleneck_flow(width: float, seeds: list[int], depth: float = WALL) -> float:
    """Mean flow through a bottleneck over some runs [1/s]."""
    return float(np.mean([steady_flow(bottleneck(width, seed, depth=depth)) for seed in seeds]))


def width_test(effort: Effort) -> Finding:
    """Flow by width against what laboratories measured."""
    seeds = list(effort.seeds(effort.size(3, 10)))
    flows = [bottleneck_flow(width, seeds) for width in WIDTHS]
    checks: list[Check] = [
        Band((flow,), (1.0 - ALLOWED) * STUDIES[width][0], (1.0 + ALLOWED) * STUDIES[width][1])
        for width, flow in zip(WIDTHS, flows, strict=True)
        if width in STUDIES
    ]
    checks += [
        Rising(tuple(round(flow, 3) for flow in flows)),
        Band((squared_correlation(WIDTHS, flows),), LINEAR, 1.0),
    ]
    return Finding(f"{CROWD} people, nine widths, {len(seeds)} times each", checks)


def squared_correlation(one: tuple[float, ...], other: list[float]) -> float:
    """Share of the variation of one number that goes with another."""
    return float(np.corrcoef(one, other)[0, 1] ** 2)


def exit_flow_test(effort: Effort) -> Finding:
    """Test 5.2: as regulations plan with the limit, and without it as laboratories measure."""
    seeds = list(effort.seeds(effort.size(3, 10)))
    low, high = STUDIES[1.0]
    planned = float(np.mean([flow_of(exit_times(through_exit(seed))) for seed in seeds]))
    free = bottleneck_flow(1.0, seeds)
    return Finding(
        f"100 and {CROWD} people, {len(seeds)} times",
        [
            Band((planned,), 0.98 * MOST_FLOW, MOST_FLOW),
            Band((free,), (1.0 - ALLOWED) * low, (1.0 + ALLOWED) * high),
        ],
    )


def up_or_down(width: float, upward: bool, seed: int = 1) -> Building:
    """A hundred people take a stair of 6 m."""
    party = Party(0, scattered((0.3, 0.3, 7.7, 7.7), 100, seed), 1.25)
    return walk(hall_and_stair(width, upward=upward), [party], until=400.0, seed=seed)


def stair_flow(width: float, upward: bool, seeds: list[int]) -> float:
    """Mean flow at the far end of a stair [1/s]."""
    return float(np.mean([steady_flow(up_or_down(width, upward, seed), 2 if upward else 1) for seed in seeds]))


def stair_width_test(effort: Effort) -> Finding:
    """Test 12 of ISO."""
    seeds = list(effort.seeds(effort.size(3, 10)))
    flows = [[round(stair_flow(width, up, seeds), 3) for width in STAIR_WIDTHS] for up in (True, False)]
    return Finding(
        f"100 people, five widths, {len(seeds)} times each, up and down", [Rising(tuple(row)) for row in flows]
    )


RING = (26.0, 2.0)
"""Length and width of the corridor of test 13 of ISO, which is closed round [m]."""

FREE_SPEED = 1.0
"""Of everybody in it [m/s]."""


def fastest(density: float, seed: int = 1, seconds: float = 20.0) -> tuple[float, float]:
    """Largest speed of anybody in any step, and mean speed after 5 s, in a corridor that is closed round [m/s]."""
    length, width = RING
    places = scattered((0.2, 0.25, length - 0.2, width - 0.25), round(density * length * width), seed, apart=0.31)
    half = (places[:, 0] >= length / 2).astype(int)
    goal = ToExits((1,), learns=False)
    crowd = crowd_of([Party(row, places[half == row], FREE_SPEED, goal) for row in (0, 1)])
    run = Building(ring(length, width), crowd, seed=seed)
    before, most, along = run.state.people.place[:, :2].copy(), 0.0, []
    for step in range(round(seconds / run.dt)):
        run.run((step + 1) * run.dt)
        now = run.state.people.place[:, :2].copy()
        moved = now - before
        moved[:, 0] -= length * np.round(moved[:, 0] / length)
        most = max(most, float(np.hypot(moved[:, 0], moved[:, 1]).max()) / run.dt)
        along.append(float(moved[:, 0].mean()) / run.dt)
        before = now
    return most, float(np.mean(along[round(5.0 / run.dt) :]))


def local_speed_test(effort: Effort) -> Finding:
    """Test 13 of ISO: nobody is faster than its free speed in any step, pushed or not, and crowds are slower."""
    densities = (0.5, 1.0, 2.0, 3.0, 4.0)
    found = [fastest(density, effort.seed, effort.size(15, 30)) for density in densities]
    # Sums of coordinates of some hundred metres are exact to 1e-13 m, a step lasts 0.05 s.
    checks: list[Check] = [Band((most,), 0.0, FREE_SPEED + 1e-9) for most, _ in found]
    checks.append(Rising(tuple(-round(mean, 4) for _, mean in found)))
    return Finding("0.5 to 4 people on a square metre", checks)


EXPERIMENTS = (
    Experiment(
        "nist-5-1",
        "A hundred people queue before the way out of their room and, less, before the stair at the corridor's end",
        f"{NIST}, test 5.1; {ISO}, test 10",
        "speed on the level used on stairs",
        partial(queues_test, 100),
    ),
    Experiment(
        "nist-5-2",
        "An exit of 1 m lets 1.33 people a second through where a regulation says so, else as many as in laboratories",
        f"{NIST}, test 5.2; {ISO}, test 11",
        "a limit of the flow that is not heeded",
        exit_flow_test,
    ),
    Experiment(
        "nist-iso-12",
        "The flow on stairs grows with their width from 1.0 to 1.8 m, up and down",
        f"{ISO}, test 12",
        "all stairs as wide as the narrowest",
        stair_width_test,
    ),
    Experiment(
        "nist-iso-13",
        "Nobody in a corridor is ever faster than its free speed, however dense the crowd",
        f"{ISO}, test 13",
        "people pushed farther than they walk",
        local_speed_test,
    ),
    Experiment(
        "bottleneck-width",
        "Through short bottlenecks of 0.8 to 1.2 m as many people pass as in one study or another, to a tenth, and "
        "from 0.6 to 2.5 m the flow grows with the width in a straight line",
        "Seyfried et al. 2009, doi:10.1287/trsc.1090.0263; Kretz et al. 2006, doi:10.1088/1742-5468/2006/10/P10014; "
        "and four more studies",
        "people heed others 0.6 m to either side",
        width_test,
    ),
)
