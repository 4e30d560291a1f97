"""A building before the first step: people in their rooms, doors as the plan has them, errands in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.choose import BINS
from hyosan.engine.building.columns import (
    ANCHOR_X,
    CALM,
    CELLS_X,
    CELLS_Y,
    CELL_OF,
    CHOOSE,
    CONVEX,
    DOOR,
    FRAME,
    GROUP,
    IN,
    LEVEL_SPEED,
    MAKES_FOR,
    MOVED,
    NEAR_COUNT,
    NEXT,
    OTHER,
    OVER_COUNT,
    PASSED,
    POSTURE,
    RADIUS,
    REACH,
    ROOM,
    ROUSED,
    SITTING,
    SKIN,
    STALE,
    STANDERS,
    STANDING,
    TASTE,
    TO_DOORS,
    TO_EXITS,
    TO_SPOT,
    UNLISTED,
)
from hyosan.engine.building.crowd import ToExits
from hyosan.engine.building.ground import fill
from hyosan.engine.building.neighbours import MOST_NEAR, MOST_OVER, grid_cell
from hyosan.engine.building.state import BuildingState, DoorArrays, GoalArrays, PeopleArrays
from hyosan.floorplan.plan import DoorState
from hyosan.rules.random import Draw, draw, use_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.crowd import Crowd
    from hyosan.engine.building.ground import Ground

PASSABLE = {DoorState.OPEN: 1, DoorState.CLOSED: 2, DoorState.LOCKED: 0, DoorState.BARRICADED: 0, DoorState.BROKEN: 1}
"""Whether one gets through a door: not, freely, or by opening it."""


def begin(
    ground: Ground, crowd: Crowd, law: NDArray[np.float64], grid: Grid, dt: float, seed: int
) -> tuple[BuildingState, Ground]:
    """The state before the first step, and the ground with the fields of the spots that people go to."""
    goals, ground = _goals(ground, crowd, dt)
    people = _people(ground, crowd, law, grid, seed)
    clock = np.zeros(12, np.int64)
    clock[STALE], clock[STANDERS] = 1, int((~crowd.sits).sum())
    return BuildingState(clock, _doors(ground, crowd, dt), goals, people), ground


@dataclass(frozen=True)
class Grid:
    """Cells in which neighbours are looked for."""

    cells: NDArray[np.int64]
    """First cell, cells along x and y of each frame, (frames, 3)."""
    corner: NDArray[np.float64]
    """Lower left corner of each frame [m], (frames, 2)."""
    count: int


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
    sides = len(ground.side)
    kind, spot_of = np.zeros(len(crowd.goals), np.int64), np.full(len(crowd.goals), -1, np.int64)
    target = np.zeros((len(crowd.goals), sides), np.int64)
    spots: list[tuple[int, int]] = []
    places: list[tuple[float, float, float]] = []
    known: dict[tuple[int, float, float], int] = {}
    far, way = [ground.far], [ground.way]
    size = len(ground.far)
    out = ground.side[:, OTHER] < 0
    beyond = np.where(out, -1, ground.side[np.maximum(ground.side[:, OTHER], 0), ROOM])
    for row, goal in enumerate(crowd.goals):
        if isinstance(goal, ToExits):
            kind[row] = TO_EXITS if goal.learns else TO_DOORS
            leads = ground.plan.exits if goal.doors is None else goal.doors
            target[row, ground.sides_of_door[list(leads), 0]] = 1
            continue
        kind[row], spot_of[row] = TO_SPOT, len(spots)
        target[row] = beyond == goal.room
        x, y = goal.place[0] + ground.origin[ground.room[goal.room, FRAME]], goal.place[1]
        field = -1
        if not ground.room[goal.room, CONVEX]:
            by = (goal.by[0] + x - goal.place[0], goal.by[1]) if goal.by is not None else (x, y)
            key = (goal.room, *by)
            if key not in known:
                known[key] = size
                count = int(ground.room[goal.room, CELLS_X] * ground.room[goal.room, CELLS_Y])
                far.append(np.empty(count, np.float32))
                way.append(np.empty(count, np.int32))
                fill(ground.room, ground.tile, goal.room, np.array([*by, *by]), ground.kind, far[-1], way[-1], 0)
                size += count
            field = known[key]
        spots.append((goal.room, field))
        places.append((x, y, goal.radius))
    order = sorted(crowd.errands, key=lambda errand: (errand.time, errand.person))
    errand = np.array([(round(e.time / dt), e.person, e.goal, e.after) for e in order], np.int64).reshape(-1, 4)
    arrays = GoalArrays(
        kind=kind,
        spot_of=spot_of,
        spot=np.array(spots, np.int64).reshape(-1, 2),
        spot_place=np.array(places).reshape(-1, 3),
        target=target,
        route=np.full((len(crowd.goals), sides), 1e29),
        errand=errand,
    )
    return arrays, replace(ground, far=np.concatenate(far), way=np.concatenate(way))


def _doors(ground: Ground, crowd: Crowd, dt: float) -> DoorArrays:
    """Doors as the plan has them."""
    sides, doors = len(ground.side), len(ground.sides_of_door)
    passable = np.array([PASSABLE[state] for state in ground.shapes.states], np.int64)
    shifts = sorted((round(time / dt), door, state) for time, door, state in crowd.shifts)
    return DoorArrays(
        passable=passable,
        open_side=(passable[ground.side[:, DOOR]] > 0).astype(np.int64),
        queue=np.zeros((sides, BINS), np.int64),
        waiting=np.zeros(sides, np.int64),
        due=np.zeros(doors),
        claim=np.full(doors, -1, np.int64),
        settled=np.zeros(sides, np.int64),
        shift=np.array(shifts, np.int64).reshape(-1, 3),
    )


def _people(ground: Ground, crowd: Crowd, law: NDArray[np.float64], grid: Grid, seed: int) -> PeopleArrays:
    """People where the crowd has them."""
    count = len(crowd.room)
    place, who, body = np.zeros((count, 6)), np.full((count, 16), -1, np.int64), np.zeros((count, 12))
    frames = ground.room[crowd.room, FRAME]
    place[:, 0], place[:, 1] = crowd.place[:, 0] + ground.origin[frames], crowd.place[:, 1]
    place[:, MAKES_FOR] = -1.0
    who[:, IN] = crowd.room
    who[:, POSTURE] = np.where(crowd.sits, SITTING, STANDING)
    who[:, [PASSED, CHOOSE, NEAR_COUNT, OVER_COUNT, ROUSED, MOVED]] = 0, CALM, UNLISTED, 0, 0, 0
    if crowd.group is not None:
        who[:, GROUP] = crowd.group
    body[:, RADIUS], body[:, LEVEL_SPEED : LEVEL_SPEED + 3] = crowd.radius, crowd.speed
    body[:, ANCHOR_X : ANCHOR_X + 2] = place[:, :2]
    use = use_of(Draw.TASTE, 0, 0)
    first_of: dict[int, int] = {}
    head = np.full(grid.count, -1, np.int64)
    for person in range(count):
        group = int(who[person, GROUP])
        # A group has one taste.
        asked = person if group < 0 else first_of.setdefault(group, person)
        body[person, TASTE] = draw(seed, use, asked, 0, 0)[0] / 2**32
        cell = int(grid_cell(place[person, 0], place[person, 1], int(frames[person]), law, grid.cells, grid.corner))
        who[person, NEXT], who[person, CELL_OF] = head[cell], cell
        head[cell] = person
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
    )
