"""What is written down of a building, as columns of tables in the frame of its plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.columns import (
    FRAME,
    IN,
    LOOK,
    POSTURE,
    STEP,
)
from hyosan.engine.building.measuring import Walked, lines, measures, seconds
from hyosan.engine.building.shapes import joined_parts
from hyosan.floorplan import native
from hyosan.rules.codes import Posture
from hyosan.tables import Names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.floorplan.plan import Floorplan, Stair

Columns = dict[str, "NDArray[Any]"]

FLAT = 1e-6
"""A part of a stair's path that is no longer than this in the plan runs on as the part before it [m]."""


def names_of(plan: Floorplan) -> dict[Names, tuple[str, ...]]:
    """What the codes of the tables stand for: rooms and then stairs, doors and then stairs, and the plan itself."""
    rooms, doors = [room.name for room in plan.rooms], [door.name for door in plan.doors]
    stairs = [stair.name for stair in plan.stairs]
    return {
        Names.STOREYS: tuple(storey.name for storey in plan.storeys),
        Names.ROOMS: (*rooms, *_apart(stairs, rooms)),
        Names.DOORS: (*doors, *_apart(stairs, doors)),
        Names.ZONES: tuple(zone.name for zone in plan.zones),
        Names.GATES: tuple(gate.name for gate in plan.gates),
        Names.PLAN: (native.dumps(plan),),
    }


def _apart(stairs: list[str], others: list[str]) -> list[str]:
    """Names of stairs; one that something else has too says what it is."""
    taken = set(others)
    return [f"{name} (stair)" if name in taken else name for name in stairs]


def tables_of(building: Building, plan: Floorplan, *, kind: NDArray[np.uint8] | None = None) -> dict[str, Columns]:
    """Every table of a run in a building, by its name.

    Args:
        building: As far as it has come.
        plan: The plan of its ground.
        kind: What each person is, the row of `kinds` in the manifest; 0 for all if not given, (people,).
    """
    walked, room, z = _tracks(building, plan)
    return {
        "occupants": _occupants(building, kind),
        "tracks": {
            "time_s": seconds(walked.step, building.dt),
            "person": walked.person.astype(np.int32),
            "storey": walked.storey.astype(np.int16),
            "room": room.astype(np.int32),
            "x_cm": _centimetres(walked.place[:, 0]),
            "y_cm": _centimetres(walked.place[:, 1]),
            "z_cm": _centimetres(z),
            "posture": walked.posture.astype(np.uint8),
        },
        "passages": _passages(building, plan),
        "measures": measures(walked, plan),
        "lines": lines(walked, plan),
        "floorplan": {"json": np.zeros(1, np.int32)},
    }


def _centimetres(lengths: NDArray[np.float64]) -> NDArray[np.int32]:
    """Lengths [m] in whole centimetres."""
    return np.rint(100 * lengths).astype(np.int32)


def _occupants(building: Building, kind: NDArray[np.uint8] | None) -> Columns:
    """Everybody, as they were at the start."""
    crowd = building.crowd
    people = len(crowd.room)
    starts = np.full(people, np.inf)
    errands = crowd.errands
    np.minimum.at(starts, np.array([each.person for each in errands], np.int64), [each.time for each in errands])
    starts[np.isinf(starts)] = np.nan
    speed = np.asarray(crowd.speed, float).reshape(people, 3)
    return {
        "person": np.arange(people, dtype=np.int32),
        "kind": np.zeros(people, np.uint8) if kind is None else kind,
        "group": np.full(people, -1, np.int32) if crowd.group is None else crowd.group.astype(np.int32),
        "radius_m": np.full(people, crowd.radius, np.float32),
        "level_m_s": speed[:, 0].astype(np.float32),
        "up_m_s": speed[:, 1].astype(np.float32),
        "down_m_s": speed[:, 2].astype(np.float32),
        "starts_s": starts,
        "room": crowd.room.astype(np.int32),
        "x_m": crowd.place[:, 0].astype(np.float32),
        "y_m": crowd.place[:, 1].astype(np.float32),
    }


@dataclass(frozen=True)
class _Rows:
    """Rows of tracks as the engine has them: spaces, and places in their frames [m]."""

    step: NDArray[np.int64]
    person: NDArray[np.int64]
    space: NDArray[np.int64]
    posture: NDArray[np.int64]
    place: NDArray[np.float64]

    def then(self, other: _Rows) -> _Rows:
        """Rows of both."""
        return _Rows(*(np.concatenate([one, two]) for one, two in zip(_parts(self), _parts(other), strict=True)))

    def only(self, which: NDArray[Any]) -> _Rows:
        """Some of the rows, or all in another order."""
        return _Rows(*(column[which] for column in _parts(self)))


def _parts(rows: _Rows) -> tuple[NDArray[Any], ...]:
    """The columns of rows."""
    return rows.step, rows.person, rows.space, rows.posture, rows.place


def _tracks(building: Building, plan: Floorplan) -> tuple[Walked, NDArray[np.int64], NDArray[np.float64]]:
    """Tracks in the plan from the start to the end, with the room (-1 outside) and the height of each row [m]."""
    looks = building.tracks()
    looks = looks[looks[:, 2] >= 0]
    rows = _at_start(building).then(
        _Rows(looks[:, 0], looks[:, 1], looks[:, 2], looks[:, 3], looks[:, 4:6].astype(float) / 1000 + 0.0005)
    )
    rows = rows.then(_at_end(building))
    # The last row of a person and step is the latest.
    order = np.lexsort((np.arange(len(rows.step)), rows.person, rows.step))
    rows = rows.only(order)
    later = np.append((rows.person[1:] != rows.person[:-1]) | (rows.step[1:] != rows.step[:-1]), True)
    rows = rows.only(later[: len(rows.step)])
    place, z, storey = in_plan(building, plan, rows.space, rows.place)
    rooms = len(plan.rooms)
    room = np.where(rows.space < rooms, rows.space, rooms + stair_of(building, plan)[rows.space])
    gone = _gone(building, plan, rows, place)
    if gone is not None:
        step, person, last, at = gone
        count = len(step)
        rows = rows.then(_Rows(step, person, rows.space[last], np.full(count, int(Posture.GONE)), at))
        place, z = np.concatenate([place, at]), np.concatenate([z, z[last]])
        storey, room = np.concatenate([storey, storey[last]]), np.concatenate([room, np.full(count, -1)])
        order = np.lexsort((rows.posture == Posture.GONE, rows.person, rows.step))
        rows, place, z, storey, room = rows.only(order), place[order], z[order], storey[order], room[order]
    walked = Walked(
        *(rows.step, rows.person, storey, rows.posture, place, rows.space >= rooms),
        *(building.dt, int(building.pace[LOOK]), int(building.state.clock[STEP])),
    )
    return walked, room, z


def _at_start(building: Building) -> _Rows:
    """Where everybody was at first."""
    crowd = building.crowd
    people = len(crowd.room) - crowd.later
    posture = np.where(crowd.sits[:people], int(Posture.SITTING), int(Posture.STANDING))
    room, place = np.asarray(crowd.room[:people], np.int64), np.asarray(crowd.place[:people], float).reshape(people, 2)
    return _Rows(np.zeros(people, np.int64), np.arange(people), room, posture, place)


def _at_end(building: Building) -> _Rows:
    """Where those are now who have not left; nobody before the first step."""
    who = building.state.people.who
    there = np.flatnonzero(who[:, IN] >= 0) if building.state.clock[STEP] else np.zeros(0, np.int64)
    now = np.full(len(there), int(building.state.clock[STEP]))
    return _Rows(now, there, who[there, IN], who[there, POSTURE], building.places()[there])


def _gone(building: Building, plan: Floorplan, rows: _Rows, place: NDArray[np.float64]) -> Any:
    """Of those who left: step, person, their last row so far, and the place at the exit [m]; None if nobody has."""
    passed = building.passages()
    passed = passed[passed[:, 4] < 0]
    if not len(passed):
        return None
    last = np.zeros(len(building.crowd.room), np.int64)
    last[rows.person] = np.arange(len(rows.person))
    last = last[passed[:, 1]]
    ends = np.array([plan.doors[door].segment for door in range(len(plan.doors))])[passed[:, 2]]
    along = ends[:, 1] - ends[:, 0]
    share = ((place[last] - ends[:, 0]) * along).sum(axis=1) / (along**2).sum(axis=1)
    at = ends[:, 0] + np.clip(share, 0.1, 0.9)[:, None] * along
    return passed[:, 0], passed[:, 1], last, at


def stair_of(building: Building, plan: Floorplan) -> NDArray[np.int64]:
    """The stair of each space of the engine, -1 for rooms, (spaces,)."""
    frame = building.ground.room[:, FRAME]
    return np.where(np.arange(len(frame)) < len(plan.rooms), -1, frame - len(plan.storeys))


def in_plan(
    building: Building, plan: Floorplan, space: NDArray[np.int64], place: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Places in the plan [m], heights of the floor there [m] and storeys of places in rooms and on stairs."""
    there, strip = place.copy(), stair_of(building, plan)
    floors = np.array([room.storey for room in plan.rooms] + [0] * (len(strip) - len(plan.rooms)), np.int64)
    storey = floors[space]
    z = np.array([each.elevation for each in plan.storeys])[storey]
    stairs = strip[space]
    for row in np.unique(stairs[stairs >= 0]).tolist():
        mine, stair = np.flatnonzero(stairs == row), plan.stairs[row]
        there[mine], z[mine] = along_path(stair, place[mine])
        lower, upper = (plan.rooms[end.room].storey for end in stair.ends)
        storey[mine] = np.where(place[mine, 0] < stair.length / 2, lower, upper)
    return there, z, storey


def along_path(stair: Stair, place: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places on a stair in the plan of its storeys, and the height there.

    Args:
        stair: Which.
        place: From its lower end along the slope, and across it from the right of who goes up [m], (n, 2).
    """
    path = np.array(stair.path, float)
    starts = np.concatenate([[0.0], np.cumsum([length for length, _ in stair.parts])])
    part = np.clip(np.searchsorted(starts, place[:, 0], side="right") - 1, 0, len(starts) - 2)
    share = np.clip((place[:, 0] - starts[part]) / (starts[part + 1] - starts[part]), 0.0, 1.0)
    middle = path[part] + share[:, None] * (path[part + 1] - path[part])
    left = _lefts(path)[part]
    return middle[:, :2] + (place[:, 1:2] - stair.width / 2) * left, middle[:, 2]


def _lefts(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors to the left of each part of a path in the plan, (parts, 2)."""
    found: list[Sequence[float]] = []
    for (x, y), (other_x, other_y) in zip(path[:-1, :2], path[1:, :2], strict=True):
        run = float(np.hypot(other_x - x, other_y - y))
        if run > FLAT:
            found.append((-(other_y - y) / run, (other_x - x) / run))
        else:
            found.append(found[-1] if found else (0.0, 1.0))
    return np.array(found)


def _passages(building: Building, plan: Floorplan) -> Columns:
    """Who passed which door or the end of which stair; joints of the parts of a stair are left out."""
    rows = building.passages()
    rooms, doors, strip = len(plan.rooms), len(plan.doors), stair_of(building, plan)
    name = np.where(strip < 0, np.arange(len(strip)), rooms + strip)
    name = np.append(name, -1)  # the outside, which is space -1
    left, entered = name[rows[:, 3]], name[rows[:, 4]]
    ends = np.repeat(np.arange(len(plan.stairs)), [len(joined_parts(stair.parts)) + 1 for stair in plan.stairs])
    door_name = np.concatenate([np.arange(doors), doors + ends]).astype(np.int64)
    kept = left != entered
    return {
        "time_s": seconds(rows[kept, 0], building.dt),
        "person": rows[kept, 1].astype(np.int32),
        "door": door_name[rows[kept, 2]].astype(np.int32),
        "from_room": left[kept].astype(np.int32),
        "to_room": entered[kept].astype(np.int32),
    }
