"""Who is in a building and what they are about: people, their errands, and where these lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from hyosan.floorplan.plan import Point


@dataclass(frozen=True)
class ToExits:
    """Leave the building."""

    doors: tuple[int, ...] | None = None
    """Doors of the plan that are known; all exits if not given."""
    learns: bool = True
    """Whether another exit is taken when it is seen."""


@dataclass(frozen=True)
class ToSpot:
    """Go to a place in a room."""

    room: int
    """Row of the plan's rooms."""
    place: Point
    """In the frame of its storey [m]."""
    radius: float = 0.15
    """So near is there [m]."""
    by: Point | None = None
    """A place from which it is in sight, to which the way is found: places near each other may share it [m]."""


Goal = ToExits | ToSpot


@dataclass(frozen=True)
class Errand:
    """Something that somebody sets out for at a time."""

    time: float
    """Since the start [s]."""
    person: int
    goal: int
    """Row of the crowd's goals."""
    after: int = 0
    """Posture on arrival: 0 sit, 1 stand."""


@dataclass(frozen=True)
class Crowd:
    """People in a building, one row a person."""

    room: NDArray[np.int64]
    """Room of the plan, (people,)."""
    place: NDArray[np.float64]
    """In the frame of its storey, (people, 2) [m]."""
    speed: NDArray[np.float64]
    """Free speed on the level, up and down stairs, (people, 3) [m/s]."""
    goals: tuple[Goal, ...]
    errands: tuple[Errand, ...]
    sits: NDArray[np.bool_]
    """Whether somebody sits at first, or else stands, (people,)."""
    radius: float | NDArray[np.float64] = 0.15
    """Radius of the body, of all or of each, (people,) [m]: with the arms at its sides a person is 0.3 m deep."""
    group: NDArray[np.int64] | None = None
    """Group of each person, counted from 0, -1 without one, (people,)."""
    shifts: tuple[tuple[float, int, int], ...] = field(default=())
    """Changes of doors: time [s], door of the plan, 0 locked, 1 open, 2 shut."""
    later: int = 0
    """The last so many people are not in the building at first."""
