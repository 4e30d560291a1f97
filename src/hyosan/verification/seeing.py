"""What is in sight in a building, against segments of another library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.columns import FRAME
from hyosan.engine.building.outbreak.sights import seen_from
from hyosan.engine.building.outbreak.state import arrays
from hyosan.engine.building.state import arrays as arrays_of
from hyosan.verification.checks import Band, Same
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.floors import LONG, floor_of, room_of, seen_by_segments
from hyosan.verification.prey import between, crowd, hunted, outbreak

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.verification.checks import Check

PAIRS = 250
"""Pairs of places on a floor."""

NEAR = 10.0
"""Places of every other pair are no farther apart along either side [m]: most of the others are hidden."""


def still(plan: object) -> Building:
    """A building with nobody in it but one person who stands in the corner of room 0."""
    return hunted(plan, crowd([0], np.array([[0.2, 0.2]]), 1.0), outbreak(1, [], {}))  # type: ignore[arg-type]


def given(run: Building) -> tuple[tuple[NDArray[np.float64], ...], ...]:
    """Ground, doors and what does not change, as kernels take them."""
    assert run.running is not None, "there is an outbreak"
    ground = (*run.ground.arrays(), run.grid.cells, run.grid.corner)
    return ground, arrays_of(run.state.doors), arrays(run.running.lie)


def seen_by_engine(
    run: Building,
    one: NDArray[np.float64],
    one_room: NDArray[np.int64],
    other: NDArray[np.float64],
    other_room: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Whether each place is in sight of the other, (pairs,)."""
    ground, doors, lie = given(run)
    shift = run.ground.origin[run.ground.room[:, FRAME]]
    found = np.zeros(len(one), bool)
    for pair, (from_, to) in enumerate(zip(one_room.tolist(), other_room.tolist(), strict=True)):
        found[pair], _ = seen_from(
            *(one[pair, 0] + shift[from_], one[pair, 1], from_),
            *(other[pair, 0] + shift[to], other[pair, 1], to, ground, doors, lie),
        )
    return found


def sight_test(effort: Effort) -> Finding:
    """Pairs of places on random floors."""
    count = effort.size(8, 40)
    wrong, lopsided, seen, across = 0, 0, 0, 0
    for number in range(count):
        seed = effort.seed * 1000 + number
        floor = floor_of(seed)
        drawn = between(seed, 5000, (0.01,) * 4, (LONG - 0.01,) * 4, PAIRS)
        one, other = drawn[:, :2], drawn[:, 2:].copy()
        near = np.arange(PAIRS) % 2 == 0
        step = (other[near] / LONG - 0.5) * 2.0 * NEAR
        other[near] = np.clip(one[near] + step, 0.01, LONG - 0.01)
        rooms, others = room_of(floor.plan, one), room_of(floor.plan, other)
        run = still(floor.plan)
        by_segments = seen_by_segments(floor, one, other)
        found = seen_by_engine(run, one, rooms, other, others)
        back = seen_by_engine(run, other, others, one, rooms)
        wrong += int((found != by_segments).sum())
        lopsided += int((found != back).sum())
        seen += int(found.sum())
        across += int((found & (rooms != others)).sum())
    share = (seen / (count * PAIRS), across / (count * PAIRS))
    checks: list[Check] = [Same(0, wrong), Same(0, lopsided), Band(share, 0.05, 0.95)]
    return Finding(f"{count * PAIRS:,} pairs on {count} floors", checks)


EXPERIMENTS = (
    Experiment(
        "chase-occlusion",
        "Two places are in sight of each other, either way, if no wall, shut door or tall thing is on the line between "
        "them, and no more than three openings",
        "intersections of segments by shapely",
        "things that one sees over hide people",
        sight_test,
    ),
)
