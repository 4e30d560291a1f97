"""Where people in a building were at any moment, out of the tables of a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.measuring import in_ring
from hyosan.engine.building.tables import names_of
from hyosan.errors import RecordsError
from hyosan.floorplan import native
from hyosan.rules.codes import Posture
from hyosan.tables import Names

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.floorplan.plan import Floorplan
    from hyosan.records.run import Records

ASSEMBLY = "assembly"
"""The kind of zones in which people gather."""
USUAL_LOOK = 0.5
"""Time between rows of tracks if nobody has two [s]."""


def is_walked(records: Records) -> bool:
    """Whether the run was in a building."""
    return {"tracks", "occupants", "floorplan"} <= set(records.names)


def plan_of(records: Records) -> Floorplan:
    """The plan of the building of a run."""
    text = records.table("floorplan")["json"].to_pylist()
    if len(text) != 1 or not text[0]:
        raise RecordsError("The table floorplan has no plan in its one row. Run again.")
    return native.loads(text[0], "floorplan.parquet")


@dataclass(frozen=True)
class Moment:
    """Who is where, one row a person who is in the building."""

    person: NDArray[np.int64]
    storey: NDArray[np.int64]
    room: NDArray[np.int64]
    """Rows of `Walks.room_names`."""
    place: NDArray[np.float64]
    """In the plan [m], (people, 2)."""
    heading: NDArray[np.float64]
    """Unit vectors in which people last walked, 0 for who has not, (people, 2)."""
    share: NDArray[np.float64]
    """Speed over the free speed there, 0 to 1."""
    posture: NDArray[np.int64]


@dataclass(frozen=True)
class Walks:
    """Tracks of a run in a building, in order of person and time."""

    records: Records
    plan: Floorplan
    time: NDArray[np.float64]
    person: NDArray[np.int64]
    storey: NDArray[np.int64]
    room: NDArray[np.int64]
    """Rows of the plan's rooms, then of its stairs; -1 outside."""
    place: NDArray[np.float64]
    """In the plan, and the height [m], (rows, 3)."""
    posture: NDArray[np.int64]
    free: NDArray[np.float64]
    """Free speeds of everybody: level, up, down [m/s], (people, 3)."""

    @property
    def people(self) -> int:
        """Everybody who was in the building at first."""
        return len(self.free)

    @cached_property
    def room_names(self) -> tuple[str, ...]:
        """Names of rooms and stairs."""
        return tuple(each.title or each.name for each in self.plan.rooms) + tuple(
            each.name for each in self.plan.stairs
        )

    @cached_property
    def end(self) -> float:
        """When the run ended [s]."""
        return float(self.records.manifest["simulated_s"])

    @cached_property
    def look(self) -> float:
        """Time between rows of those who move [s]."""
        between = np.diff(self.time)[self.person[1:] == self.person[:-1]]
        between = np.round(between[between > 0], 3)
        if not len(between):
            return USUAL_LOOK
        values, counts = np.unique(between, return_counts=True)
        return float(values[counts.argmax()])

    @cached_property
    def begun(self) -> NDArray[np.float64]:
        """When the walk began that ended in each row [s]: who has no row at a look did not move until then, (rows,)."""
        before = np.roll(self.time, 1)
        same = self._follows
        grid = (np.ceil(self.time / self.look - 1e-6) - 1) * self.look
        return np.where(same, np.maximum(before, grid), self.time)

    @cached_property
    def _follows(self) -> NDArray[np.bool_]:
        """Whether a row follows another of the same person, (rows,)."""
        same = np.zeros(len(self.time), np.bool_)
        same[1:] = self.person[1:] == self.person[:-1]
        return same

    @cached_property
    def onward(self) -> NDArray[np.bool_]:
        """Whether somebody was on the way who came to each row; who stands may be pushed, (rows,)."""
        walks = (self.posture == Posture.WALKING) | (self.posture == Posture.GONE)
        onward: NDArray[np.bool_] = self._follows & (walks | np.roll(self.posture == Posture.WALKING, 1))
        return onward

    @cached_property
    def speed(self) -> NDArray[np.float64]:
        """Speed of the walk that ended in each row, along the slope [m/s], (rows,)."""
        gone = self.place - np.roll(self.place, 1, axis=0)
        lasted = np.where(self._follows, self.time - self.begun, 0.0)
        speed: NDArray[np.float64] = np.sqrt((gone**2).sum(axis=1)) / np.where(lasted > 0, lasted, np.inf)
        return speed

    @cached_property
    def share(self) -> NDArray[np.float64]:
        """Speed of the walk that ended in each row over the free speed there, at most 1, (rows,)."""
        rise = self.place[:, 2] - np.roll(self.place[:, 2], 1)
        which = np.where((self.room >= len(self.plan.rooms)) & (np.abs(rise) > 1e-6), np.where(rise > 0, 1, 2), 0)
        return np.minimum(1.0, self.speed / np.maximum(self.free[self.person, which], 1e-6))

    @cached_property
    def heading(self) -> NDArray[np.float64]:
        """Direction of the last walk that ended at or before each row, 0 if there was none, (rows, 2)."""
        gone = self.place[:, :2] - np.roll(self.place[:, :2], 1, axis=0)
        length = np.hypot(gone[:, 0], gone[:, 1])
        moved = self._follows & (length > 0.01)
        unit = np.where(moved[:, None], gone / np.maximum(length, 1e-9)[:, None], 0.0)
        # Rows without a walk take the last that there was; the first row of a person takes none.
        last = np.maximum.accumulate(np.where(moved | ~self._follows, np.arange(len(moved)), 0))
        return unit[last]

    @cached_property
    def _keys(self) -> NDArray[np.float64]:
        """Person and time of each row as one number that grows, (rows,)."""
        return self.person * (self.end + 10.0) + self.time

    def at(self, time: float) -> Moment:
        """Who is where at a time [s]."""
        everybody = np.arange(self.people)
        row = np.searchsorted(self._keys, everybody * (self.end + 10.0) + time + 1e-6, side="right") - 1
        after = np.minimum(row + 1, len(self.time) - 1)
        known = (row >= 0) & (self.person[np.maximum(row, 0)] == everybody)
        there = known & (self.posture[np.maximum(row, 0)] != Posture.GONE)
        row, after, everybody = row[there], after[there], everybody[there]
        going = (self.person[after] == everybody) & (after > row) & (self.begun[after] <= time)
        lasts = np.maximum(self.time[after] - self.begun[after], 1e-9)
        part = np.where(going, np.clip((time - self.begun[after]) / lasts, 0.0, 1.0), 0.0)
        place = self.place[row, :2] + part[:, None] * (self.place[after, :2] - self.place[row, :2])
        here = np.where(part < 0.5, row, after)
        posture = np.where(going & self.onward[after], int(Posture.WALKING), self.posture[row])
        arrived = (self.time[row] >= time - 1e-6) & (self.posture[row] == Posture.WALKING) & ~going
        share = np.where(going, self.share[after], np.where(arrived, self.share[row], 0.0))
        heading = np.where(going[:, None], self.heading[after], self.heading[row])
        return Moment(everybody, self.storey[here], self.room[here], place, heading, share, posture)

    @cached_property
    def gathered(self) -> NDArray[np.float64]:
        """When each who stands in an assembly zone at the end had come into it for good [s], in order."""
        inside = np.zeros(len(self.time), np.bool_)
        for zone in self.plan.zones:
            if zone.kind == ASSEMBLY:
                inside |= (self.storey == zone.storey) & in_ring(zone.outline, self.place[:, :2])
        inside &= self.posture != Posture.GONE
        last = np.flatnonzero(np.append(self.person[1:] != self.person[:-1], True)[: len(self.person)])
        # The row after the last one outside, or the first row of who never was outside.
        begin = np.maximum.accumulate(
            np.where(~inside, np.arange(len(inside)) + 1, np.where(self._follows, 0, np.arange(len(inside))))
        )
        came = last[inside[last]]
        return np.sort(self.time[begin[came]])

    @cached_property
    def safe(self) -> NDArray[np.float64]:
        """When people had left or gathered for good [s], in order."""
        return np.sort(np.concatenate([self.out[0], self.gathered]))

    @cached_property
    def still_from(self) -> float:
        """When the last of those who moved had done so [s]."""
        moved = self._follows & (self.speed > 0)
        return float(max(self.time[moved].max(initial=0.0), self.out[0].max(initial=0.0)))

    def gone_by(self, time: float) -> int:
        """People who have left by a time [s]."""
        return int((self.out[0] <= time + 1e-6).sum())

    @cached_property
    def out(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """When people left [s], in order, and by which exit, a row of the plan's doors."""
        passages = self.records.table("passages")
        left = np.asarray(passages["to_room"].is_null())
        words = {door.name: row for row, door in enumerate(self.plan.doors)}
        doors = [words[name] for name, out in zip(passages["door"].to_pylist(), left, strict=True) if out]
        return passages["time_s"].to_numpy()[left], np.array(doors, np.int64)


def walks_of(records: Records) -> Walks:
    """The walks of a run in a building."""
    plan = plan_of(records)
    tracks, occupants = records.table("tracks"), records.table("occupants")
    spaces = names_of(plan)[Names.ROOMS]
    storeys = {storey.name: row for row, storey in enumerate(plan.storeys)}
    postures = {posture.name.lower(): int(posture) for posture in Posture}
    rooms = {name: row for row, name in enumerate(spaces)}
    columns: dict[str, Any] = {
        "time": tracks["time_s"].to_numpy(),
        "person": tracks["person"].to_numpy().astype(np.int64),
        "storey": coded(tracks["storey"], storeys.__getitem__),
        "posture": coded(tracks["posture"], postures.__getitem__),
        "room": coded(tracks["room"], rooms.__getitem__),
    }
    columns["place"] = np.stack([tracks[f"{axis}_cm"].to_numpy() for axis in "xyz"], axis=1) / 100.0
    order = np.lexsort((columns["posture"] == Posture.GONE, columns["time"], columns["person"]))
    free = np.stack([occupants[f"{name}_m_s"].to_numpy() for name in ("level", "up", "down")], axis=1)
    return Walks(records, plan, free=free.astype(float), **{name: column[order] for name, column in columns.items()})


def coded(column: Any, code: Any) -> NDArray[np.int64]:
    """A column of names as numbers; -1 for null."""
    whole = column.combine_chunks()
    words = np.array([code(name) for name in whole.dictionary.to_pylist()] + [-1], np.int64)
    codes: NDArray[np.int64] = words[whole.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)]
    return codes
