"""Hunters among people who mix: who wins, how many are left, and who bites whom."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.units import hour as HOUR
from hyosan.units import minute as MINUTE
from hyosan.verification.checks import Check, Close, Mean, Same, Share, counts_of
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.hunting_oracles import (
    all_destroyed,
    end_law,
    end_means,
    total_sizes,
)
from hyosan.verification.runs import batches, finished, scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.scenario.model import Scenario
    from hyosan.simulation import Simulation
    from hyosan.verification.checks import Counts

WINNERS = (
    (10, 0.8, 10_000, (0.27779930, 0.72220070, 6.434335, 1.713133)),
    (10, 1.25, 10_000, (0.09724913, 0.90275087, 8.042919, 0.510730)),
    (100, 0.8, 2_000, (0.20310007, 0.79689993, 76.948599, 5.610280)),
    (199, 0.8, 1_000, (0.20040909, 0.79959091, 156.023275, 9.595345)),
    (199, 1.0, 1_000, (0.03996923, 0.96003077, 184.052279, 1.000000)),
    (500, 0.6, 500, (0.40000000, 0.60000000, 299.100000, 81.360000)),
)
"""People around one hunter, alpha, cells of a quick run; (P(hunters win), P(people win), E[people], E[hunters])."""

STEPS = ((1, 0.05), (MINUTE, 0.05), (10 * MINUTE, 0.2), (24 * HOUR, 1.0))
"""A step [s], and strikes of a hunter at one person in it."""

LONG = 600
"""Steps of a run: that neither side is gone by then is out of the question, even if each step is one generation."""

ALEMI = "Alemi, Bierbaum, Myers & Sethna (2015), doi:10.1103/PhysRevE.92.052801"


def virus(alpha: float, hazard: float) -> dict[str, Any]:
    """A virus whose infected hunt at once and for good.

    Args:
        hazard: Strikes of a hunter at one person [1/s].
    """
    return {
        "name": "szr",
        "alpha": alpha,
        "bite": {"hazard": hazard * HOUR},
        "states": {"hunting": {"behaviour": "hunts", "infectiousness": 1.0}},
    }


def hunt(kind: str, alpha: float, step: int, often: float, steps: int = LONG, **more: Any) -> Scenario:
    """A scenario of hunters, so many steps of so many seconds long.

    Args:
        often: Strikes of a hunter at one person in a step.
    """
    times = {"step": f"{step} seconds", "duration": f"{step * steps} seconds"}
    return scenario(kind, virus(alpha, often / step), **times, **more)


def sides(run: Simulation, second: int | None = None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """People who are susceptible and hunters, of each cell, before a second or in the end."""
    town = run.world.people.town
    cells = int(town.max()) + 1
    infections, changes = run.infections(), run.transitions()
    until = np.iinfo(np.int64).max if second is None else second
    bitten = infections["infectee"][infections["time_s"] < until]
    gone = (changes["to_state"] == run.state_names.index("destroyed")) & (changes["time_s"] < until)
    ever = np.bincount(town[bitten], minlength=cells)
    return np.bincount(town) - ever, ever - np.bincount(town[changes["person"][gone]], minlength=cells)


def coarse(values: NDArray[np.int64], shares: Sequence[float], parts: int = 20) -> Counts:
    """Counts of the values, neighbours taken together to about so many parts; those of chance 0 stay apart."""
    law = np.array(shares)
    part = np.minimum((law.cumsum() - law) * parts, parts - 1).astype(np.int64)
    part[law <= 0.0] = parts
    _, part = np.unique(part, return_inverse=True)
    beyond = np.append(part, part.max() + 1)
    return counts_of(beyond[np.minimum(values, len(law))], np.bincount(part, weights=law).tolist())


def ends(left: NDArray[np.int64], hunting: NDArray[np.int64], people: int, hunters: int) -> NDArray[np.int64]:
    """How each cell ended: people bitten if no hunter is left, else people and hunters left; last if it is not over."""
    over = np.where(hunting > 0, people + hunting, people - left)
    return np.where((left > 0) & (hunting > 0), 2 * people + hunters + 1, over)


@cache
def end_shares(people: int, hunters: int, alpha: float) -> tuple[float, ...]:
    """Chance of each of `ends`."""
    left, hunting = end_law(people, hunters, alpha)
    return (*left[::-1], *hunting[1:], 0.0)


def winners(effort: Effort) -> Finding:
    """Who wins and how many are left, at steps from a second to a day."""
    checks: list[Check] = []
    for people, alpha, few, published in WINNERS:
        checks.append(Close(published, end_means(people, 1, alpha), 1e-6))
        runs, each = batches(effort.size(few, 10 * few))
        for step, often in STEPS:
            plan = hunt("closed-cells", alpha, step, often, cells=each, people=people, hunters=1)
            pairs = [sides(run) for run in finished(plan, None, effort.seeds(runs))]
            left, hunting = (np.concatenate(side) for side in zip(*pairs, strict=True))
            checks.append(Share(int((left == 0).sum()), len(left), published[0]))
            checks.append(coarse(ends(left, hunting, people, 1), end_shares(people, 1, alpha)))
    cells = sum(effort.size(few, 10 * few) for _, _, few, _ in WINNERS)
    return Finding(f"{cells:,} cells of six kinds, at four lengths of a step", checks)


def sizes(effort: Effort) -> Finding:
    """How many one hunter and how many three hunters bite before they are destroyed."""
    cells = effort.size(10_000, 100_000)
    checks: list[Check] = []
    for hunters, alpha in ((1, 0.8), (1, 1.25), (3, 0.8)):
        runs, each = batches(cells)
        plan = hunt("closed-cells", alpha, MINUTE, 0.05, cells=each, people=30, hunters=hunters)
        left = np.concatenate([sides(run)[0] for run in finished(plan, None, effort.seeds(runs))])
        law = total_sizes(alpha, 29, hunters)
        checks.append(counts_of(30 - left, [*law, 1.0 - sum(law)]))
        checks.append(Close((all_destroyed(alpha, hunters),), (sum(total_sizes(alpha, 500, hunters)),), 1e-4))
    return Finding(f"{cells:,} cells of 30 people each", checks)


def among_many(people: int, hunters: int, alpha: float, step: int, often: float, seed: int) -> Simulation:
    """A finished run of a large population in which a hunter strikes so often in a step at first."""
    plan = hunt("well-mixed", alpha, step, often / people, people=people, hunters=hunters)
    return next(finished(plan, None, (seed,)))


def martingale(effort: Effort) -> Finding:
    """Hunters in the end are those at the start and what bites add, less what strikes take, on average."""
    people = effort.size(20_000, 200_000)
    hunters = people // 100
    checks: list[Check] = []
    sorts = ((0.6, MINUTE, 0.5), (0.8, 10 * MINUTE, 1.0), (1.25, HOUR, 2.0))
    for (alpha, step, often), seed in zip(sorts, effort.seeds(3), strict=True):
        left, hunting = (int(side[0]) for side in sides(among_many(people, hunters, alpha, step, often, seed)))
        # A strike adds alpha with chance 1 / (1 + alpha), or takes 1: of one, alpha is the variance.
        bites = people if alpha < 1.0 else hunters / (alpha - 1.0)
        strikes = bites + (alpha * people if alpha < 1.0 else hunters + bites)
        got = hunting - (1.0 - alpha) * (people - left)
        checks.append(Mean(got, float(hunters), float(np.sqrt(alpha * strikes))))
    return Finding(f"{people:,} people, three times", checks)


def offspring(effort: Effort) -> Finding:
    """Where people are never used up, each hunter's strikes are coins until it is destroyed."""
    people = effort.size(200_000, 1_000_000)
    hunters = people // 50
    checks: list[Check] = []
    sorts = ((1.25, MINUTE, 0.5), (2.0, HOUR, 2.0))
    for (alpha, step, often), seed in zip(sorts, effort.seeds(2), strict=True):
        run = among_many(people, hunters, alpha, step, often, seed)
        infectee, infector = (run.infections()[column] for column in ("infectee", "infector"))
        bites = np.bincount(infector[infector >= 0], minlength=len(run.world.people))
        missed = alpha / (1.0 + alpha)
        checks.append(Same(0, int(sides(run)[1].sum())))
        checks.append(Share(int((bites[infectee[infector < 0]] == 0).sum()), hunters, missed))
        checks.append(counts_of(bites[infectee], [missed * (1.0 - missed) ** count for count in range(200)]))
    return Finding(f"{hunters:,} hunters and those whom they turn, twice", checks)


def firsts(run: Simulation, column: str, size: int) -> NDArray[np.int64]:
    """The first to bite, or to be bitten, in each cell of so many people: which of those who could be; 0 if nobody."""
    infections = run.infections()
    begun = infections["infector"] < 0
    hunting = np.zeros(len(run.world.people), bool)
    hunting[infections["infectee"][begun]] = True
    could = hunting if column == "infector" else ~hunting
    number = could.reshape(-1, size).cumsum(axis=1).ravel()
    rows = np.flatnonzero(~begun)[np.argsort(infections["time_s"][~begun], kind="stable")]
    cells, first = np.unique(infections["infectee"][rows] // size, return_index=True)
    found = np.zeros(len(hunting) // size, np.int64)
    found[cells] = number[infections[column][rows[first]]]
    return found


def blame(effort: Effort) -> Finding:
    """Three hunters at one person, one hunter at three people: none comes first more often than another."""
    cells = effort.size(8_000, 80_000)
    runs, each = batches(cells)
    bite = 1.0 / 1.8
    bitten = 1.0 - (1.0 - bite) ** 3
    # In steps of a second all strikes happen in the same one.
    sorts = [(1, 3, "infector", bitten, step) for step in (1, HOUR, 24 * HOUR)]
    sorts += [(3, 1, "infectee", bite, step) for step in (HOUR, 24 * HOUR)]
    checks: list[Check] = []
    for people, hunters, column, chance, step in sorts:
        plan = hunt("closed-cells", 0.8, step, 1.0, 25, cells=each, people=people, hunters=hunters)
        found = [firsts(run, column, people + hunters) for run in finished(plan, None, effort.seeds(runs))]
        checks.append(counts_of(np.concatenate(found), [1.0 - chance, *[chance / 3.0] * 3]))
    return Finding(f"{cells:,} cells of four each, five times", checks)


EXPERIMENTS = (
    Experiment(
        "szr-winner",
        "One hunter among 10 to 500 people: who wins, how many people are left and how many hunters follow the exact "
        "law, at steps of a second, a minute, ten minutes and a day",
        f"{ALEMI}; the law by counting sequences of strikes",
        "bites and destructions swapped; hunters who strike on in the step in which they are destroyed",
        winners,
    ),
    Experiment(
        "szr-total-size",
        "How many people one hunter and its victims bite before all are destroyed follows Catalan's numbers, of three "
        "hunters ballot numbers",
        "Dwass (1969), Journal of Applied Probability 6:682-686",
        "alpha counted in strikes in place of in bites",
        sizes,
    ),
    Experiment(
        "szr-martingale",
        "Hunters in the end are on average those at the start and 1 - alpha for everybody bitten",
        f"{ALEMI}: the sum is a martingale",
        "alpha six percent too small",
        martingale,
    ),
    Experiment(
        "szr-killed-first",
        "A share alpha / (1 + alpha) of hunters is destroyed before it bites anybody, and bites of all are geometric",
        f"{ALEMI}: every strike is a coin of its own",
        "one coin for all strikes of a hunter in a step",
        offspring,
    ),
    Experiment(
        "szr-blame",
        "Of hunters who could bite first, and of people who could be bitten first, all are as likely, at any step",
        "by symmetry",
        "strikes settled in the order of hunters, all of them or those of one second",
        blame,
    ),
)
