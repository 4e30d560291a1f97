"""Every array of an outbreak in a building, in the order in which kernels take them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass
class OutbreakArrays:
    """What changes."""

    mind: NDArray[np.int64]
    """Columns `MODE` to `TRIED` of `columns`, (people, 29)."""
    trait: NDArray[np.float64]
    """Columns `BOLD` to `TALKS`, (people, 6)."""
    memory: NDArray[np.int64]
    """Hunters that people remember, columns `WHOSE` to `AT`, (people, 4, 3)."""
    memory_place: NDArray[np.float64]
    """Where they were, (people, 4, 2) [m]."""
    tried: NDArray[np.int64]
    """Doors that people have found shut, -1 for none, (people, 16)."""
    path: NDArray[np.int32]
    """Sides by which people mean to go, (people, 24)."""
    to: NDArray[np.float64]
    """Place in its room that each makes for, (people, 2) [m]."""
    door: NDArray[np.int64]
    """Columns `LOCKED_BY` to `BARRED`, (doors, 6)."""
    load: NDArray[np.float64]
    """Columns `POINTS` to `TOUGH`, (doors, 3)."""
    sound: NDArray[np.float64]
    """Sounds of this step, columns `KIND_OF` to `BY`, (sounds, 6)."""
    count: NDArray[np.int64]
    """Columns `N_SOUNDS` to `SIGHTS_STALE`, (19,)."""
    visible: NDArray[np.uint8]
    """Whether somebody in a room may see into another now, (rooms, rooms)."""

    def copy(self) -> Self:
        """A copy that shares nothing."""
        return type(self)(*(array.copy() for array in arrays(self)))


@dataclass(frozen=True)
class Lie:
    """How things lie: what does not change."""

    nerve: NDArray[np.float64]
    """Columns `SIGHT` to `QUIETEST`, (49,)."""
    turn_after: NDArray[np.int64]
    """Steps from a bite to when somebody would turn, -1 never, (people,)."""
    tire_after: NDArray[np.int64]
    """Steps from then to when it would tire, -1 never, (people,)."""
    usual: NDArray[np.int64]
    """`passable` of each door as everybody knows it, (doors,)."""
    refuge: NDArray[np.float64]
    """What hiding in a room costs beyond the way to it [s], negative where nobody hides, (rooms,)."""
    locks: NDArray[np.int64]
    """1: people in its first room can lock a door, 2: in its second, 4: it has a leaf to shut,
    8: teachers have its key, (doors,)."""
    bit: NDArray[np.int64]
    """Bit of `locks` of the room of each side: 1 the first of its door, 2 the second, (sides,)."""
    strong: NDArray[np.float64]
    """Blows that a door stands when it is locked, (doors,)."""
    loss: NDArray[np.int64]
    """What a door takes off a sound when it is shut [0.1 dB], (doors,)."""
    glazed: NDArray[np.int64]
    """Whether one sees through it when it is shut, (doors,)."""
    noise: NDArray[np.int64]
    """Usual noise of each room [0.1 dB], (rooms,)."""
    reaches: NDArray[np.float64]
    """Distance at which a sound has lost so many tenths of a decibel [m], (losses,)."""
    beside_first: NDArray[np.int64]
    """First entry of each room in `beside`, (rooms + 1,)."""
    beside: NDArray[np.int64]
    """Rooms behind a wall or a floor, (entries,)."""
    beside_loss: NDArray[np.float64]
    """What that takes off a sound [0.1 dB], the height between the floors, and what their frames differ by in x [m],
    (entries, 3)."""
    floor: NDArray[np.uint8]
    """What can be done in each cell of the floor, as `Ground.kind`."""
    span: NDArray[np.int64]
    """First wall of each room, and behind its last, (rooms, 2)."""
    order: NDArray[np.int64]
    """Columns `ORDER_AT` to `ORDER_SHARE`, in order of time, (orders, 4)."""


def arrays(part: OutbreakArrays | Lie) -> tuple[NDArray[Any], ...]:
    """Its arrays in order, as kernels take them."""
    return tuple(getattr(part, each.name) for each in fields(part))
