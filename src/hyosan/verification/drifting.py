"""Random walkers of whom some hunt: how often they meet, and who wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.outbreak import columns as c
from hyosan.engine.building.outbreak.drifting import FROM_WALL
from hyosan.engine.building.outbreak.turns import RISES
from hyosan.rules.codes import Outcome
from hyosan.verification.checks import FewMean, Share
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.drifting_oracles import encounter_rate, with_rests
from hyosan.verification.hunting import ALEMI, coarse, end_shares, ends, hunt, sides
from hyosan.verification.hunting_oracles import end_law
from hyosan.verification.prey import (
    ALONE,
    DRIFTING,
    THIN,
    between,
    cells,
    corner_of,
    crowd,
    hunted,
    outbreak,
    roles,
    rows_of,
)
from hyosan.verification.runs import batches, finished

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.verification.checks import Check

REACH = 0.5
"""Of all hunters here [m]."""

SPEED = 1.4
"""Of all people here [m/s]."""

WIDE, ROOMS = 6.0, 40
"""Side of the rooms in which encounters are counted, and rooms of a building [m]."""

PACES = (1.4, 2.8)
"""Speeds of hunters whose encounters are counted [m/s]."""

FINE, COARSE = 0.02, 0.1
"""Lengths of a step: where encounters are counted, and where only the order of strikes matters [s]."""

NARROW, CELLS = 4.0, 40
"""Side of the rooms in which hunters win or lose, and rooms of a building [m]."""

SIDES = ((10, 1, 0.8), (10, 1, 1.25), (6, 3, 0.8))
"""People and hunters of a room, alpha."""

LONGEST = 1200.0
"""By then one side is gone in every room [s]: a pair that is left meets several times a minute."""


def walkers(
    rooms: int, side: float, each: int, hunters: int, seed: int, changes: dict[int, float], turn: int
) -> Building:
    """Random walkers in closed rooms, in each so many, of whom the first hunt.

    Args:
        side: Of the rooms [m].
        each: People of a room; `hunters` of them.
        changes: To `DRIFTING`.
        turn: Time from a bite until the bitten hunt [s], -1 never.
    """
    where = np.repeat(np.arange(rooms), each)
    corners = np.array([corner_of(int(row), side) for row in where])
    places = corners + between(seed, 0, (FROM_WALL,) * 2, (side - FROM_WALL,) * 2, len(where))
    hunting = np.flatnonzero(np.arange(len(where)) % each < hunters)
    plan = outbreak(len(where), hunting.tolist(), DRIFTING | changes, turn_after=turn)
    people = crowd(where.tolist(), places, SPEED, radius=THIN)
    step = FINE if turn < 0 else COARSE
    return hunted(cells(rooms, side), people, plan, seed=seed, dt=step, law=ALONE)


def encounters(run: Building) -> NDArray[np.int64]:
    """How often each hunter has come within reach of somebody: strikes that follow no strike of the step before."""
    rows = rows_of(run, "strikes")[:, :2]
    rows = rows[np.lexsort((rows[:, 0], rows[:, 1]))]
    fresh = np.ones(len(rows), bool)
    fresh[1:] = (np.diff(rows[:, 1]) != 0) | (np.diff(rows[:, 0]) > 1)
    return np.bincount(rows[fresh, 1], minlength=len(run.crowd.room))


def rests(run: Building, hunters: NDArray[np.bool_], pace: float, looks: int) -> tuple[float, float]:
    """Share of the time for which people stand between two legs, and hunters do; looks at so many steps."""
    stood = np.zeros(2)
    for _ in range(looks):
        run.run(run.now + 0.5)
        before = run.places()
        run.run(run.now + FINE)
        moved = np.hypot(*(run.places() - before).T) / FINE
        stood += (1.0 - moved[~hunters].mean() / SPEED, 1.0 - moved[hunters].mean() / pace)
    return float(stood[0] / looks), float(stood[1] / looks)


def encounter_test(effort: Effort) -> Finding:
    """One hunter and one person in each room."""
    seconds, count = effort.size(400, 900), effort.size(5, 12)
    checks: list[Check] = []
    for pace in PACES:
        ratios: list[float] = []
        for seed in effort.seeds(count):
            # With alpha 0 and no infection a strike changes nothing, and is made anew each step.
            changes = {c.TAKES: 0.0, c.REACH_OF: REACH, c.SPEED_OF: pace, c.PACE_OF: pace}
            run = walkers(ROOMS, WIDE, 2, 1, seed, changes, -1)
            hunters = np.arange(2 * ROOMS) % 2 == 0
            standing = rests(run, hunters, pace, 40)
            run.run(float(seconds))
            speed = with_rests(SPEED, pace, *standing)
            rate = encounter_rate(speed, REACH, WIDE - 2.0 * FROM_WALL)
            ratios += (encounters(run)[hunters] / ((run.now - RISES) * rate)).tolist()
        checks.append(FewMean(tuple(ratios), 1.0))
    return Finding(f"{count * ROOMS} pairs for {seconds} s at two speeds; encounters over those expected", checks)


def is_over(run: Building, each: int) -> NDArray[np.bool_]:
    """Whether in each room no hunter is left, or nobody else."""
    left, hunting = sides_of(run, each)
    return np.asarray((left == 0) | (hunting == 0))


def sides_of(run: Building, each: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """People who are healthy and hunters (or about to turn), of each room."""
    role = roles(run).reshape(-1, each)
    return (role == c.HEALTHY).sum(axis=1), ((role == c.HUNTER) | (role == c.BITTEN)).sum(axis=1)


def fought(people: int, hunters: int, alpha: float, seed: int) -> Building:
    """Rooms of random walkers until one side of each is gone."""
    each = people + hunters
    run = walkers(CELLS, NARROW, each, hunters, seed, {c.ALPHA: alpha, c.REACH_OF: REACH}, 0)
    while run.now < LONGEST and not is_over(run, each).all():
        run.run(run.now + 10.0)
    return run


def seeds_first(run: Building, hunter: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether the first strike of each hunter of the start destroyed it, of those who struck."""
    rows = rows_of(run, "strikes")
    rows = rows[hunter[rows[:, 1]]]
    _, first = np.unique(rows[:, 1], return_index=True)
    return np.asarray(rows[first, 3] == Outcome.DESTROYED)


def sides_test(effort: Effort) -> Finding:
    """Who wins among random walkers."""
    runs = effort.size(15, 60)
    checks: list[Check] = []
    for kind, (people, hunters, alpha) in enumerate(SIDES):
        each = people + hunters
        found, first = [], []
        for seed in effort.seeds(runs):
            run = fought(people, hunters, alpha, seed + kind * 1_000_000)
            found.append(ends(*sides_of(run, each), people, hunters))
            first.append(seeds_first(run, np.arange(CELLS * each) % each < hunters))
        checks.append(coarse(np.concatenate(found), end_shares(people, hunters, alpha)))
        if hunters == 1:
            killed = np.concatenate(first)
            checks.append(Share(int(killed.sum()), len(killed), alpha / (1.0 + alpha)))
            won = sum(end_law(people, hunters, alpha)[1])
            over = np.concatenate(found)
            checks.append(Share(int((over > people).sum()), len(over), won))
    return Finding(f"{runs * CELLS} rooms of each of {len(SIDES)} kinds", checks)


def scales_test(effort: Effort) -> Finding:
    """The same law in a building and in a city."""
    people, hunters, alpha = SIDES[0]
    each, shares = people + hunters, end_shares(*SIDES[0])
    count = effort.size(8, 40)
    inside = [ends(*sides_of(fought(*SIDES[0], seed), each), people, hunters) for seed in effort.seeds(count)]
    runs, size = batches(effort.size(2_000, 20_000))
    plan = hunt("closed-cells", alpha, 60, 0.05, cells=size, people=people, hunters=hunters)
    outside = [ends(*sides(run), people, hunters) for run in finished(plan, None, effort.seeds(runs))]
    checks: list[Check] = [coarse(np.concatenate(found), shares) for found in (inside, outside)]
    return Finding(f"{count * CELLS} rooms, {runs * size} cells of a city", checks)


EXPERIMENTS = (
    Experiment(
        "chase-encounters",
        "Random walkers come within reach of each other as often as molecules of a gas in two dimensions, "
        "2 · reach · relative speed · density, at equal speeds and unequal ones",
        "Clausius (1858), doi:10.1002/andp.18581811102, in two dimensions; walls by hand",
        "a reach a tenth too long",
        encounter_test,
    ),
    Experiment(
        "chase-szr",
        "Of random walkers in a room, who wins, how many are left, and how many hunters are destroyed before they bite "
        "follow the exact law",
        f"{ALEMI}; the law by counting sequences of strikes",
        "bites and destructions swapped; alpha counted twice",
        sides_test,
    ),
    Experiment(
        "chase-scales",
        "Rooms of random walkers and closed cells of a city end by one and the same law",
        f"{ALEMI}; the law by counting sequences of strikes",
        "one coin for all strikes of a hunter",
        scales_test,
    ),
)
