"""What measuring areas and measuring lines of a plan see of those who walk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.floorplan.plan import area_of
from hyosan.rules.codes import Posture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.floorplan.plan import Floorplan, Gate, Ring, Zone

Columns = dict[str, "NDArray[Any]"]

MEASURED = "area"
"""The kind of zones in which density and speed are measured."""


@dataclass(frozen=True)
class Walked:
    """Tracks in the plan, in order of step and person."""

    step: NDArray[np.int64]
    person: NDArray[np.int64]
    storey: NDArray[np.int64]
    posture: NDArray[np.int64]
    place: NDArray[np.float64]
    """In the plan [m], (rows, 2)."""
    on_stair: NDArray[np.bool_]
    dt: float
    """Length of a step [s]."""
    look: int
    """Steps between rows of those who move."""
    now: int
    """The last step."""

    def pieces(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows that follow another of the same person, and that other row."""
        order = np.lexsort((self.posture == Posture.GONE, self.step, self.person))
        same = self.person[order[1:]] == self.person[order[:-1]]
        return order[1:][same], order[:-1][same]

    def begun(self, row: NDArray[np.int64], before: NDArray[np.int64]) -> NDArray[np.int64]:
        """Steps at which the walks began that ended in rows: who has no row at a look did not move until then."""
        return np.maximum(self.step[before], (self.step[row] - 1) // self.look * self.look)


def seconds(steps: NDArray[np.int64], dt: float) -> NDArray[np.float64]:
    """Steps as times [s], without the last bits of the length of a step."""
    return np.round(steps * dt, 6)


def measures(walked: Walked, plan: Floorplan) -> Columns:
    """People in the measuring areas at every look, how dense they stand and how fast they are."""
    areas = [row for row, zone in enumerate(plan.zones) if zone.kind == MEASURED]
    looks = np.arange(walked.now // walked.look + 1)
    counts, speeds = np.zeros((len(areas), len(looks)), np.int64), np.zeros((len(areas), len(looks)))
    for place, row in enumerate(areas):
        counts[place], speeds[place] = _inside(walked, plan.zones[row], len(looks))
    floor = np.array([abs(area_of(plan.zones[row].outline)) for row in areas])
    with np.errstate(invalid="ignore"):
        mean = np.where(counts > 0, speeds / counts, np.nan)
    return {
        "time_s": np.repeat(seconds(looks * walked.look, walked.dt), len(areas)),
        "area": np.tile(np.array(areas, np.int32), len(looks)),
        "count": counts.T.ravel().astype(np.int32),
        "density_1_m2": (counts / floor[:, None]).T.ravel().astype(np.float32),
        "speed_m_s": mean.T.ravel().astype(np.float32),
    }


def _inside(walked: Walked, zone: Zone, looks: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """People in a zone at each look, and the sum of their speeds [m/s]."""
    here = (walked.storey == zone.storey) & ~walked.on_stair & (walked.posture != Posture.GONE)
    here &= in_ring(zone.outline, walked.place)
    look = -(-walked.step // walked.look)
    row, before = walked.pieces()
    until = np.full(len(walked.step), looks)
    until[before] = look[row]
    change = np.zeros(looks + 1, np.int64)
    np.add.at(change, np.minimum(look[here], looks), 1)
    np.add.at(change, np.minimum(until[here], looks), -1)
    speed = np.zeros(looks)
    begun = walked.begun(row, before)
    shown = here[row] & (look[row] < looks) & (walked.step[row] > begun)
    row, before, begun = row[shown], before[shown], begun[shown]
    gone = np.hypot(*(walked.place[row] - walked.place[before]).T)
    np.add.at(speed, look[row], gone / ((walked.step[row] - begun) * walked.dt))
    return change[:looks].cumsum(), speed


def in_ring(ring: Ring, place: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which places are inside a polygon, (n,)."""
    inside = np.zeros(len(place), np.bool_)
    x, y = place[:, 0], place[:, 1]
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if ay != by:
            inside ^= ((ay > y) != (by > y)) & (x < ax + (y - ay) / (by - ay) * (bx - ax))
    return inside


def lines(walked: Walked, plan: Floorplan) -> Columns:
    """Crossings of the measuring lines by straight ways from row to row, in order of time and person."""
    row, before = walked.pieces()
    begun = walked.begun(row, before)
    moved = (walked.step[row] > begun) & (walked.storey[row] == walked.storey[before])
    row, before, begun = row[moved], before[moved], begun[moved]
    found = [_crossed(walked, gate, row, before, begun) for gate in plan.gates]
    time = np.concatenate([np.zeros(0), *(each[0] for each in found)])
    person = np.concatenate([np.zeros(0, np.int64), *(each[1] for each in found)])
    line = np.repeat(np.arange(len(found)), [len(each[0]) for each in found])
    order = np.lexsort((line, person, time))
    direction = np.concatenate([np.zeros(0, np.int8), *(each[2] for each in found)])
    speed = np.concatenate([np.zeros(0, np.float32), *(each[3] for each in found)])
    return {
        "time_s": time[order],
        "person": person[order].astype(np.int32),
        "line": line[order].astype(np.int32),
        "direction": direction[order],
        "speed_m_s": speed[order],
    }


def _crossed(
    walked: Walked, gate: Gate, row: NDArray[np.int64], before: NDArray[np.int64], begun: NDArray[np.int64]
) -> tuple[NDArray[Any], ...]:
    """Times [s], people, directions and speeds [m/s] at one line."""
    a, b = np.array(gate.segment)
    along = b - a
    old, new = walked.place[before] - a, walked.place[row] - a
    # On the line counts as left of it, so that who stops on it crosses once.
    left_of = along[0] * old[:, 1] - along[1] * old[:, 0], along[0] * new[:, 1] - along[1] * new[:, 0]
    over = ((left_of[0] >= 0) != (left_of[1] >= 0)) & (walked.storey[row] == gate.storey)
    row, before, begun, old, new = row[over], before[over], begun[over], old[over], new[over]
    was, now = left_of[0][over], left_of[1][over]
    share = was / (was - now)
    at = old + share[:, None] * (new - old)
    where = at @ along / (along @ along)
    inside = (where >= 0) & (where <= 1)
    steps = walked.step[row] - begun
    step = np.rint(begun + share * steps).astype(np.int64)
    speed = np.hypot(*(new - old).T) / (steps * walked.dt)
    direction = np.where(now >= 0, 1, -1)
    return (
        seconds(step[inside], walked.dt),
        walked.person[row[inside]],
        direction[inside].astype(np.int8),
        speed[inside].astype(np.float32),
    )
