"""A building before the first step: people in their rooms, doors as the plan has them, errands in order."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.beyond import MOST_OVER
from hyosan.engine.building.cells import enter_cell, grid_cell
from hyosan.engine.building.choose import BINS
from hyosan.engine.building.columns import (
    ANCHOR_X,
    AX,
    AY,
    BX,
    BY,
    CALM,
    CELLS_X,
    CELLS_Y,
    CHOOSE,
    CONVEX,
    DOOR,
    FRAME,
    GROUP,
    HASTE,
    HEADWAY,
    IN,
    LEVEL_SPEED,
    MAKES_FOR,
    MOVED,
    NEAR_COUNT,
    NX,
    NY,
    OTHER,
    OVER_COUNT,
    PASSED,
    POSTURE,
    RADIUS,
    REACH,
    ROLE,
    ROOM,
    ROOM_OF,
    ROUSED,
    SITTING,
    SKIN,
    STANDERS,
    STANDING,
    TASTE,
    TO_DOORS,
    TO_EXITS,
    TO_SPOT,
    UNLISTED,
    WIDTH,
    X,
    Y,
)
from hyosan.engine.building.crowd import ToExits
from hyosan.engine.building.leaving import FIELDS, LEAVERS, LEAVERS_A_METRE, LONG_AGO
from hyosan.engine.building.lengths import nearest_length
from hyosan.engine.building.neighbours import MOST_CLOSE, MOST_NEAR
from hyosan.engine.building.state import BuildingState, DoorArrays, GoalArrays, PeopleArrays
from hyosan.engine.building.tiles import fill
from hyosan.floorplan.plan import DoorState
from hyosan.jit import float_kernel
from hyosan.rules.random import Draw, draw, use_of
from hyosan.rules.walking import Law

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.crowd import Crowd, Goal, ToSpot
    from hyosan.engine.building.ground import Ground

PASSABLE = {DoorState.OPEN: 1, DoorState.CLOSED: 2, DoorState.LOCKED: 0, DoorState.BARRICADED: 0, DoorState.BROKEN: 1}
"""Whether one gets through a door: not, freely, or by opening it."""

OPENS = np.array([0, 2, 1])
"""`open_side` by passable."""


def begin(
    ground: Ground, crowd: Crowd, law: NDArray[np.float64], grid: Grid, dt: float, seed: int
) -> tuple[BuildingState, Ground]:
    """The state before the first step, and the ground with the fields of the spots that people go to."""
    goals, ground = _goals(ground, crowd, dt)
    people = _people(ground, crowd, law, grid, seed)
    clock = np.zeros(11, np.int64)
    clock[STANDERS] = int((~crowd.sits).sum())
    return BuildingState(clock, _doors(ground, crowd, dt), goals, people), ground


@dataclass(frozen=True)
class Grid:
    """Cells in which neighbours are looked for."""

    cells: NDArray[np.int64]
    """First cell, cells along x and y of each frame, (frames, 3)."""
    corner: NDArray[np.float64]
    """Lower left corner of each frame [m], (frames, 2)."""
    count: int


@float_kernel
def settle_in(seed, use, law, grid, grid_corner, asked, frames, place, body, who, head, following):
    """Give everybody a taste, and put it into its cell of the grid.

    Args:
        use: `use_of` of tastes.
        asked: Whose taste each person has, (people,).
    """
    for person in range(len(place)):
        word, _, _, _ = draw(seed, use, asked[person], 0, 0)
        body[person, TASTE] = word / 4294967296.0
        cell = grid_cell(place[person, X], place[person, Y], frames[person], law, grid, grid_corner)
        enter_cell(person, cell, who, head, following)


def grid_of(ground: Ground, law: NDArray[np.float64]) -> Grid:
    """Cells as long as neighbours are looked for, over each frame."""
    length = float(law[REACH] + law[SKIN])
    frames = len(ground.origin)
    cells, corner, count = np.zeros((frames, 3), np.int64), np.zeros((frames, 2)), 0
    frame_of_wall = np.zeros(len(ground.wall), np.int64)
    for row, (begin, end) in enumerate(ground.spans):
        frame_of_wall[begin:end] = ground.room[row, FRAME]
    for frame in range(frames):
        walls = ground.wall[frame_of_wall == frame]
        if not len(walls):
            cells[frame] = count, 1, 1
            count += 1
            continue
        xs, ys = walls[:, [0, 2]], walls[:, [1, 3]]
        corner[frame] = xs.min(), ys.min()
        along = [int((high - low) / length) + 1 for low, high in ((xs.min(), xs.max()), (ys.min(), ys.max()))]
        cells[frame] = count, *along
        count += along[0] * along[1]
    return Grid(cells, corner, count)


def _goals(ground: Ground, crowd: Crowd, dt: float) -> tuple[GoalArrays, Ground]:
    """Goals and errands as arrays; fields are added for spots in rooms that need them."""
    ends = _Ends(ground)
    spots = _Spots(ground)
    end_of, spot_of = np.zeros(len(crowd.goals), np.int64), np.full(len(crowd.goals), -1, np.int64)
    for row, goal in enumerate(crowd.goals):
        if not isinstance(goal, ToExits):
            spot_of[row] = spots.add(goal)
        end_of[row] = ends.of(goal, spots)
    order = sorted(crowd.errands, key=lambda errand: (errand.time, errand.person))
    errand = np.array([(round(e.time / dt), e.person, e.goal, e.after) for e in order], np.int64).reshape(-1, 4)
    arrays = GoalArrays(
        kind=np.array(ends.kinds, np.int64),
        spot_of=spot_of,
        spot=np.array(spots.rooms, np.int64).reshape(-1, 2),
        spot_place=np.array(spots.places).reshape(-1, 3),
        target=np.array(ends.targets).reshape(-1, len(ground.side)),
        route=np.full((len(ends.kinds), len(ground.side)), 1e29),
        errand=errand,
        end_of=end_of,
    )
    return arrays, replace(ground, far=np.concatenate(spots.far), way=np.concatenate(spots.way))


class _Ends:
    """Where ways end: rooms and sets of exits, each once."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        out = ground.side[:, OTHER] < 0
        self.beyond = np.where(out, -1, ground.side[np.maximum(ground.side[:, OTHER], 0), ROOM])
        self.kinds: list[int] = []
        self.targets: list[NDArray[np.float64]] = []
        self._rows: dict[object, int] = {}

    def of(self, goal: Goal, spots: _Spots) -> int:
        """The end of the ways to a goal."""
        key: object = goal if isinstance(goal, ToExits) else (goal.room, goal.by)
        if key not in self._rows:
            self._rows[key] = len(self.kinds)
            if isinstance(goal, ToExits):
                target = np.full(len(self.beyond), -1.0)
                leads = self.ground.plan.exits if goal.doors is None else goal.doors
                target[self.ground.sides_of_door[list(leads), 0]] = 0.0
                self.kinds.append(TO_EXITS if goal.learns else TO_DOORS)
            else:
                target = np.where(self.beyond == goal.room, 0.0, -1.0)
                if goal.by is not None:
                    # In a yard it matters where one comes out.
                    for this in np.flatnonzero(self.beyond == goal.room):
                        target[this] = spots.length_to_last(int(self.ground.side[this, OTHER])) / Law().usual_speed
                self.kinds.append(TO_SPOT)
            self.targets.append(target)
        return self._rows[key]


class _Spots:
    """Places in rooms, and the fields of those in rooms that need them."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.rooms: list[tuple[int, int]] = []
        self.places: list[tuple[float, float, float]] = []
        self.far, self.way = [ground.far], [ground.way]
        self._size = len(ground.far)
        self._fields: dict[tuple[int, float, float], int] = {}

    def add(self, goal: ToSpot) -> int:
        """The number of a new spot."""
        shift = self.ground.origin[self.ground.room[goal.room, FRAME]]
        x, y = goal.place[0] + shift, goal.place[1]
        field = -1
        if not self.ground.room[goal.room, CONVEX]:
            field = self._field(goal.room, *((goal.by[0] + shift, goal.by[1]) if goal.by is not None else (x, y)))
        self.rooms.append((goal.room, field))
        self.places.append((x, y, goal.radius))
        return len(self.rooms) - 1

    def length_to_last(self, entry: int) -> float:
        """Length of the way from a side of its room to the spot added last [m]."""
        room, field = self.rooms[-1]
        gate = self.ground.gate[entry]
        x, y = (gate[AX] + gate[BX]) / 2 - 0.3 * gate[NX], (gate[AY] + gate[BY]) / 2 - 0.3 * gate[NY]
        if field < 0:
            return float(np.hypot(self.places[-1][0] - x, self.places[-1][1] - y))
        length = nearest_length(self.ground.room, self.ground.tile, np.concatenate(self.far), field, room, x, y)
        return length if length < 1e29 else 0.0

    def _field(self, room: int, x: float, y: float) -> int:
        """Where the field of a place begins; it is made once."""
        key = (room, x, y)
        if key not in self._fields:
            self._fields[key] = self._size
            count = int(self.ground.room[room, CELLS_X] * self.ground.room[room, CELLS_Y])
            self.far.append(np.empty(count, np.float32))
            self.way.append(np.empty(count, np.int32))
            fill(
                *(self.ground.room, self.ground.tile, room, np.array([x, y, x, y]), self.ground.kind),
                *(self.far[-1], self.way[-1], 0),
            )
            self._size += count
        return self._fields[key]


def _leavers(ground: Ground) -> int:
    """How many of those who left last by an exit are kept: enough for the widest."""
    widest = float(ground.gate[ground.side[:, OTHER] < 0, WIDTH].max(initial=0.0))
    return LEAVERS + math.ceil(LEAVERS_A_METRE * widest)


def _doors(ground: Ground, crowd: Crowd, dt: float) -> DoorArrays:
    """Doors as the plan has them."""
    sides, doors = len(ground.side), len(ground.sides_of_door)
    passable = np.array([PASSABLE[state] for state in ground.shapes.states], np.int64)
    shifts = sorted((round(time / dt), door, state) for time, door, state in crowd.shifts)
    return DoorArrays(
        passable=passable,
        open_side=OPENS[passable[ground.side[:, DOOR]]],
        queue=np.zeros((sides, BINS), np.int64),
        waiting=np.zeros(sides, np.int64),
        due=np.zeros(doors),
        claim=np.full(doors, -1, np.int64),
        settled=np.zeros(sides, np.int64),
        leavers=np.full((sides, _leavers(ground), FIELDS), LONG_AGO),
        shift=np.array(shifts, np.int64).reshape(-1, 3),
    )


def _people(ground: Ground, crowd: Crowd, law: NDArray[np.float64], grid: Grid, seed: int) -> PeopleArrays:
    """People where the crowd has them."""
    count = len(crowd.room)
    place, who, body = np.zeros((count, 8)), np.full((count, 21), -1, np.int64), np.zeros((count, 19))
    frames = ground.room[crowd.room, FRAME]
    place[:, 0], place[:, 1] = crowd.place[:, 0] + ground.origin[frames], crowd.place[:, 1]
    place[:, MAKES_FOR], place[:, ROOM_OF] = -1.0, crowd.room
    who[:, IN] = crowd.room
    who[:, POSTURE] = np.where(crowd.sits, SITTING, STANDING)
    who[:, [PASSED, CHOOSE, NEAR_COUNT, OVER_COUNT, ROUSED, MOVED]] = 0, CALM, UNLISTED, 0, 0, 0
    who[:, ROLE:], body[:, HASTE : HEADWAY + 1] = 0, 1.0
    if crowd.group is not None:
        who[:, GROUP] = crowd.group
    body[:, RADIUS], body[:, LEVEL_SPEED : LEVEL_SPEED + 3] = crowd.radius, crowd.speed
    body[:, ANCHOR_X : ANCHOR_X + 2] = place[:, :2]
    head, following = np.full(grid.count, -1, np.int64), np.full(count, -1, np.int64)
    # A group has one taste.
    asked = np.arange(count)
    if crowd.group is not None:
        for group in range(int(crowd.group.max(initial=-1)) + 1):
            members = np.flatnonzero(crowd.group == group)
            asked[members] = members[0] if len(members) else 0
    settle_in(
        *(np.int64(seed), use_of(int(Draw.TASTE), 0, 0), law, grid.cells, grid.corner),
        *(asked, frames.astype(np.int64), place, body, who, head, following),
    )
    groups = 0 if crowd.group is None else int(crowd.group.max(initial=-1)) + 1
    here = place[:, :2].copy()
    return PeopleArrays(
        place=place,
        who=who,
        body=body,
        walkers=np.zeros(count, np.int64),
        head=head,
        near=np.zeros((count, MOST_NEAR), np.int32),
        over=np.zeros((count, MOST_OVER), np.int32),
        over_side=np.zeros((count, MOST_OVER, 2), np.int32),
        moved=here.copy(),
        pressed=here.copy(),
        flow=np.zeros((count, 4)),
        based=here.copy(),
        passed=np.full(count, -1, np.int64),
        group_left=np.zeros(max(groups, 1)),
        stopped=np.zeros(count, np.int64),
        fresh=np.zeros(count, np.int64),
        close=np.full((count, MOST_CLOSE + 2), -1, np.int32),
        following=following,
    )
