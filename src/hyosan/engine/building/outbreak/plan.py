"""What an outbreak needs to know before the first step, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class FirstBite:
    """Somebody whom an animal bites."""

    person: int
    time: float
    """Since the start [s]."""
    turn_after: float
    """Time from the bite until it turns [s], negative if never."""


@dataclass(frozen=True)
class Officer:
    """An officer who comes in later."""

    person: int
    time: float
    """Since the start [s]."""
    door: int
    """Door of the plan, an exit."""


@dataclass(frozen=True)
class Order:
    """Something said to everybody."""

    time: float
    """Since the start [s]."""
    kind: int
    """`ANNOUNCE`, `LOCK_DOWN` or `EVACUATE` of `columns`."""
    credible: float
    door: int = -1


@dataclass(frozen=True)
class Outbreak:
    """An outbreak in a building, before the first step."""

    nerve: dict[int, float]
    """What is the same for all, by column, as people write it: levels [dB], times [s], shares."""
    turn_after: NDArray[np.int64]
    """From a bite to when each would turn [s], -1 never, (people,)."""
    tire_after: NDArray[np.int64]
    """From then to when it would tire [s], -1 never, (people,)."""
    strength: float = 200.0
    """Blows that a locked door stands of which the plan does not say it."""
    door_loss: float = 25.0
    wall_loss: float = 45.0
    floor_loss: float = 52.0
    background: float = 45.0
    """Levels [dB] of which the plan does not say it."""
    locked_doors: float = 0.5
    """Share of doors that can be locked from inside without a key."""
    siblings: float = 0.0
    """Share of pupils who have a brother or sister."""
    first: tuple[FirstBite, ...] = ()
    hunters: tuple[int, ...] = ()
    """Who hunts from the start."""
    officers: tuple[Officer, ...] = ()
    orders: tuple[Order, ...] = ()
    leads: NDArray[np.bool_] | None = None
    """Who leads a class, (people,)."""
    pupils: NDArray[np.bool_] | None = None
    """Who is a pupil, (people,)."""
    traits: NDArray[np.float64] | None = field(default=None)
    """Columns `BOLD` to `TALKS` of `columns`, in place of drawn ones, (people, 6)."""
