"""What a run in a building comes to: who got out, by which exit, and who is stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.columns import (
    CHOOSE,
    ERRAND,
    GOAL,
    IN,
    POSTURE,
    WAYLESS,
)
from hyosan.engine.building.crowd import ToExits
from hyosan.rules.codes import Posture

if TYPE_CHECKING:
    from hyosan.engine.building.building import Building
    from hyosan.floorplan.plan import Floorplan

WAITED, GOT_ON = 60.0, 0.5
"""Stuck is who wants to walk and has not come so far [m] in so long [s]; assumed: a queue that moves does."""


def outcome_of(building: Building, plan: Floorplan) -> dict[str, Any]:
    """The numbers that every run in a building reports.

    `evacuated`: people who left; `last_out_s`: when the last of them did [s], None if nobody did; `stuck`: people who
    want to go somewhere and hardly moved in the last minute, or see no way; `by_exit`: people who left by each exit.
    """
    rows = building.passages()
    out = rows[rows[:, 4] < 0]
    counts = np.bincount(out[:, 2], minlength=len(plan.doors))
    return {
        "evacuated": len(out),
        "last_out_s": round(float(out[-1, 0] * building.dt), 6) if len(out) else None,
        "stuck": _stuck(building),
        "by_exit": {plan.doors[door].name: int(counts[door]) for door in plan.exits},
    }


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
    who = building.state.people.who
    exits = np.array([isinstance(goal, ToExits) for goal in building.crowd.goals] + [False])
    return (who[:, ERRAND] >= 0) & exits[who[:, GOAL]]
