"""What a run in a building comes to: who got out, by which exit, and who is stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.columns import (
    CHOOSE,
    ERRAND,
    IN,
    POSTURE,
    WAYLESS,
    WHAT,
)
from hyosan.engine.building.crowd import ToExits
from hyosan.engine.building.shapes import joined_parts
from hyosan.floorplan.plan import OPEN_AIR
from hyosan.rules.codes import Posture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.floorplan.plan import Floorplan

WAITED, GOT_ON = 60.0, 0.5
"""Stuck is who wants to walk and has not come so far [m] in so long [s]; assumed: a queue that moves does."""


def outcome_of(building: Building, plan: Floorplan) -> dict[str, Any]:
    """The numbers that every run in a building reports.

    `evacuated`: people who are out, or in the open; `last_out_s`: when the last of them came out [s], None if nobody
    did; `stuck`: people who want to go somewhere and hardly moved in the last minute, or see no way; `by_exit`: people
    by the door by which they came into the open.
    """
    out = ways_out(building, plan)
    counts = np.bincount(out[:, 2], minlength=len(plan.doors) + len(plan.stairs))
    names = [door.name for door in plan.doors] + [stair.name for stair in plan.stairs]
    shown = {*plan.exits, *np.flatnonzero(counts).tolist()}
    return {
        "evacuated": len(out),
        "last_out_s": round(float(out[-1, 0] * building.dt), 6) if len(out) else None,
        "stuck": _stuck(building),
        "by_exit": {names[door]: int(counts[door]) for door in sorted(shown)},
    }


def ways_out(building: Building, plan: Floorplan) -> NDArray[np.int64]:
    """The last passage into the open of everybody who is outside or in the open, in order of time.

    Returns:
        Columns step, person, door or stair (stairs after the plan's doors), (people, 3).
    """
    open_air = np.array([room.kind in OPEN_AIR for room in plan.rooms] + [False] * building.ground.shapes.stair_parts)
    rows = building.passages()
    into = (rows[:, 4] < 0) | open_air[rows[:, 4]]
    if not all(room.kind in OPEN_AIR for room in plan.rooms):
        # From a yard into the street: one was in the open before.
        into &= ~open_air[rows[:, 3]]
    rows = rows[into]
    rooms = building.state.people.who[:, IN]
    outside = (rooms < 0) | open_air[np.maximum(rooms, 0)]
    rows = rows[outside[rows[:, 1]]]
    _, last = np.unique(rows[::-1, 1], return_index=True)
    kept = np.sort(len(rows) - 1 - last)
    doors = rows[kept, 2]
    stairs = len(plan.doors) + _stair_of_joint(building, plan)[np.maximum(doors - len(plan.doors), 0)]
    return np.column_stack([rows[kept, 0], rows[kept, 1], np.where(doors < len(plan.doors), doors, stairs)])


def _stair_of_joint(building: Building, plan: Floorplan) -> NDArray[np.int64]:
    """The stair of each end or joint of stairs, which follow the plan's doors, (ends and joints or one,)."""
    counts = [len(joined_parts(stair.parts)) + 1 for stair in plan.stairs]
    return np.repeat(np.arange(len(counts)), counts) if counts else np.zeros(1, np.int64)


def _stuck(building: Building) -> int:
    """People who want to walk and do not get on."""
    who = building.state.people.who
    wayless = (who[:, IN] >= 0) & (who[:, CHOOSE] == WAYLESS) & _leaving(building)
    wants = (who[:, IN] >= 0) & ((who[:, POSTURE] == Posture.WALKING) | wayless)
    begin = building.now - WAITED
    if begin < 0:
        return int(wayless.sum())
    tracks = building.tracks()
    room, place = np.array(building.crowd.room), np.array(building.crowd.place, float)
    before = tracks[(tracks[:, 0] * building.dt <= begin) & (tracks[:, 2] >= 0)]
    room[before[:, 1]], place[before[:, 1]] = before[:, 2], before[:, 4:6] / 1000.0
    away = np.hypot(*(np.nan_to_num(building.places()) - place).T)
    still = (room == who[:, IN]) & (away < GOT_ON) & _begun(building, begin)
    return int((wants & (still | wayless)).sum())


def _begun(building: Building, time: float) -> Any:
    """Whether people had set out by a time, (people,)."""
    begun = np.zeros(len(building.crowd.room), np.bool_)
    for errand in building.crowd.errands:
        begun[errand.person] |= errand.time <= time
    return begun


def _leaving(building: Building) -> Any:
    """Whether people are about to leave the building, (people,)."""
    errands = building.state.people.who[:, ERRAND]
    if not building.crowd.errands:
        return np.zeros(len(errands), np.bool_)
    goals = building.state.goals.errand[np.maximum(errands, 0), WHAT]
    exits = np.array([isinstance(goal, ToExits) for goal in building.crowd.goals])
    return (errands >= 0) & exits[goals]
