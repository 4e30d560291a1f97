"""Every array of a building that changes, in the order in which kernels take them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass
class DoorArrays:
    """Doors."""

    passable: NDArray[np.int64]
    """0 nobody passes, 1 open, 2 shut but not locked, (doors,)."""
    open_side: NDArray[np.int64]
    """Who gets through a side: 0 nobody, 1 who opens doors, 2 everybody, (sides,)."""
    queue: NDArray[np.int64]
    """People who make for a side, by metres before it, (sides, 24)."""
    waiting: NDArray[np.int64]
    """People who make for a side, (sides,)."""
    due: NDArray[np.float64]
    """Step from which the next may pass a door of limited flow, (doors,)."""
    claim: NDArray[np.int64]
    """Who passes it in this step, (doors,)."""
    settled: NDArray[np.int64]
    """Room to work in, (sides,)."""
    leavers: NDArray[np.float64]
    """Who left last by each side, the latest first, columns `LEFT_AT` to `LEFT_FREE`, (sides, rows, 5)."""
    shift: NDArray[np.int64]
    """Changes to come: step, door, passable; in order, (shifts, 3)."""


@dataclass
class GoalArrays:
    """Goals, the spots of them, errands, and ways to their ends."""

    kind: NDArray[np.int64]
    """`TO_EXITS`, `TO_SPOT` or `TO_DOORS`, (ends,)."""
    spot_of: NDArray[np.int64]
    """Spot of a goal, -1 without one, (goals,)."""
    spot: NDArray[np.int64]
    """Columns `SPOT_ROOM` and `SPOT_FIELD`, (spots, 2)."""
    spot_place: NDArray[np.float64]
    """Columns `SPOT_X` to `SPOT_RADIUS`, (spots, 3)."""
    target: NDArray[np.float64]
    """Time from sides behind which an end of ways lies to it [s], -1 for all others, (ends, sides)."""
    route: NDArray[np.float64]
    """Time from each side to each end [s], (ends, sides)."""
    errand: NDArray[np.int64]
    """Columns `WHEN` to `AFTER`, in order of (step, person), (errands, 4)."""
    end_of: NDArray[np.int64]
    """Where the ways to a goal end: a room, or a set of exits, (goals,)."""


@dataclass
class PeopleArrays:
    """People, one row each."""

    place: NDArray[np.float64]
    """Columns `X` to `ROOM_OF`, and one that is free, (people, 8)."""
    who: NDArray[np.int64]
    """Columns `IN` to `PLANNED`, (people, 21)."""
    body: NDArray[np.float64]
    """Columns `RADIUS` to `AIM_Y`, (people, 19)."""
    walkers: NDArray[np.int64]
    """Who is stepped; the first `clock[WALKERS]` rows count, (people,)."""
    head: NDArray[np.int64]
    """First person in each cell of the grid, -1 for none, (cells,)."""
    near: NDArray[np.int32]
    """Neighbours in the same room, (people, 192)."""
    over: NDArray[np.int32]
    """Neighbours through doors, (people, 64)."""
    over_side: NDArray[np.int32]
    """The one or two sides through which they are seen, (people, 64, 2)."""
    moved: NDArray[np.float64]
    """Where people are about to be, (people, 2) [m]."""
    pressed: NDArray[np.float64]
    """Likewise, every other time, (people, 2) [m]."""
    flow: NDArray[np.float64]
    """What others will see next, columns `FLOW_X` to `MAKES_FOR`, (people, 4)."""
    based: NDArray[np.float64]
    """Where people were when their lists were made, (people, 2) [m]."""
    passed: NDArray[np.int64]
    """The side that each passes in this step, or `STAYS`, (people,)."""
    group_left: NDArray[np.float64]
    """Longest way left in each group, (groups,) [m]."""
    stopped: NDArray[np.int64]
    """People who stopped since the last look, (people,)."""
    fresh: NDArray[np.int64]
    """Walkers whose lists are being made, (people,)."""
    close: NDArray[np.int32]
    """Step for which it holds, how many, and those who may touch a person in it, (people, 50)."""
    following: NDArray[np.int64]
    """The next person in the same cell of the grid, -1 for none, (people,)."""


def arrays(part: DoorArrays | GoalArrays | PeopleArrays) -> tuple[NDArray[Any], ...]:
    """Its arrays in order, as kernels take them."""
    return tuple(getattr(part, each.name) for each in fields(part))


Part = TypeVar("Part", DoorArrays, GoalArrays, PeopleArrays)


def _copied(part: Part) -> Part:
    """A copy of some arrays."""
    return type(part)(**{each.name: getattr(part, each.name).copy() for each in fields(part)})


@dataclass
class BuildingState:
    """Everything of a building that changes."""

    clock: NDArray[np.int64]
    """Columns `STEP` to `QUIET`, (11,)."""
    doors: DoorArrays
    goals: GoalArrays
    people: PeopleArrays

    def copy(self) -> Self:
        """A copy that shares nothing."""
        return type(self)(self.clock.copy(), _copied(self.doors), _copied(self.goals), _copied(self.people))
