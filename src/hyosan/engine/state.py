"""Every array that changes during a run."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from hyosan.engine.attempts import COLUMNS, STREAMS, Counter
from hyosan.engine.calendar import BLOCK, FILLED, LAST
from hyosan.engine.city.emit import TALLY_COLUMNS
from hyosan.engine.city.obey import ORDER_COLUMNS
from hyosan.engine.crowd import NEVER
from hyosan.engine.hunted_state import HuntedState

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass
class State:
    """The state of a run between two steps. A copy, put into a new simulation, goes on to the same end."""

    origin: str
    """What the state belongs to: a digest of scenario, world and seed."""
    now: int
    """Time since the start [s]."""
    day_open: int
    """The day whose attempts have been taken out of the calendar, or -1."""
    infected_at: NDArray[np.int32]
    """When somebody's last infection happened [s], or `NEVER`, (people,)."""
    episode: NDArray[np.uint16]
    """How often a person was infected, (people,); empty where nobody can be infected twice."""
    open_bits: NDArray[np.uint64]
    """A bit a person, 64 a word: not immune for good, nor infected before where nobody can be twice."""
    midnight_bits: NDArray[np.uint64]
    """The same as of the last midnight."""
    start_bits: NDArray[np.uint64]
    """The same as of the start, before anybody was infected."""
    vaccinated: NDArray[np.uint8]
    """1 if vaccinated, (people,); empty if nobody is."""
    symptoms_at: NDArray[np.int32]
    """When symptoms begin [s], or `NEVER`, (people,); empty where nothing asks for it."""
    orders: NDArray[np.int64]
    """Orders given so far, as `engine.city.obey` reads them, (orders, columns)."""
    capacity: list[int]
    """Cases that each order can trace a day; 0 for all but tracing."""
    traced_from: NDArray[np.int32]
    """When the quarantine of a traced contact begins [s], (people,); empty where nobody is traced."""
    traced_until: NDArray[np.int32]
    """When it ends [s], likewise."""
    cases: dict[int, NDArray[np.int64]]
    """By the day on which contacts are traced: who will be a case then; see `engine.city.contacts.CASE_COLUMNS`."""
    blocks: NDArray[np.int32]
    """Attempts of the calendar, (blocks, rows, 4)."""
    link: NDArray[np.int32]
    """Next block of the same day, or -1, (blocks,)."""
    head: NDArray[np.int32]
    """Block being filled and count of rows of each day, (days, 2)."""
    counters: NDArray[np.int64]
    """See `engine.attempts.Counter`."""
    today: NDArray[np.int32]
    """Attempts due later on the open day, in no order, (rows, 4)."""
    over: NDArray[np.int64]
    """Courses that are over on each day, (days + 1,)."""
    begun: int
    """Courses begun so far."""
    tally: NDArray[np.int64]
    """By day, stream or kind: attempts refused and accepted by reason, emitted, due after the end."""
    infections: list[NDArray[np.int32]]
    """Infections so far, in pieces; see `engine.city.begin.LOG_COLUMNS`."""
    transitions: list[NDArray[np.int32]]
    """Changes of state so far and to come, in pieces; see `engine.city.begin.TRANSITION_COLUMNS`."""
    hunted: HuntedState | None = None
    """Hunters and hunted, where anybody hunts."""

    def crowd(self) -> tuple[NDArray[Any], ...]:
        """What kernels know of people, in the order in which they take it apart."""
        return (
            self.infected_at,
            self.episode,
            self.open_bits,
            self.vaccinated,
            self.symptoms_at,
            self.midnight_bits,
        )

    def orders_for_kernels(self) -> tuple[NDArray[Any], ...]:
        """Orders, in the order in which kernels take them apart."""
        return (self.orders, self.traced_from, self.traced_until)

    def copy(self) -> Self:
        """A state of its own."""
        values: dict[str, Any] = {}
        used = max(1, int(self.counters[Counter.USED]))
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in ("blocks", "link"):
                value = value[:used]  # what was never used is no memory yet
            if isinstance(value, np.ndarray | HuntedState):
                value = value.copy()
            # Pieces of what has happened are never written again.
            values[field.name] = type(value)(value) if isinstance(value, (list, dict)) else value
        return type(self)(**values)

    def make_room(self, rows: int) -> None:
        """Make the calendar large enough for so many rows more, each perhaps opening a block of its day."""
        needed = int(self.counters[Counter.USED]) + -(-rows // BLOCK) + min(rows, len(self.head))
        if needed > len(self.link):
            count = max(needed, len(self.link) * 5 // 4)
            blocks = np.empty((count, BLOCK, COLUMNS), np.int32)
            used = int(self.counters[Counter.USED])
            blocks[:used] = self.blocks[:used]
            link = np.empty(count, np.int32)
            link[:used] = self.link[:used]
            self.blocks, self.link = blocks, link


def fresh_state(
    people: int, days: int, *, repeated: bool, vaccines: bool, onsets: bool, tracing: bool = False
) -> State:
    """The state before anything has happened: everybody susceptible, the calendar empty.

    Args:
        people: Count of people.
        days: Days of the run, the last perhaps not whole.
        repeated: Whether somebody can be infected again.
        vaccines: Whether anybody may be vaccinated.
        onsets: Whether anything asks when symptoms begin.
        tracing: Whether contacts are traced.
    """
    counters = np.zeros(len(Counter), np.int64)
    counters[Counter.FREE] = -1
    head = np.zeros((days, 2), np.int32)
    head[:, LAST] = -1
    head[:, FILLED] = 0
    bits = np.full((people >> 6) + 1, ~np.uint64(0), np.uint64)
    return State(
        origin="",
        now=0,
        day_open=-1,
        infected_at=np.full(people, NEVER, np.int32),
        episode=np.zeros(people if repeated else 0, np.uint16),
        open_bits=bits,
        midnight_bits=bits.copy(),
        start_bits=bits.copy(),
        vaccinated=np.zeros(people if vaccines else 0, np.uint8),
        symptoms_at=np.full(people if onsets else 0, NEVER, np.int32),
        orders=np.zeros((0, ORDER_COLUMNS), np.int64),
        capacity=[],
        traced_from=np.full(people if tracing else 0, NEVER, np.int32),
        traced_until=np.zeros(people if tracing else 0, np.int32),
        cases={},
        # Memory that is not written to is not taken.
        blocks=np.empty((people // BLOCK + 4, BLOCK, COLUMNS), np.int32),
        link=np.empty(people // BLOCK + 4, np.int32),
        head=head,
        counters=counters,
        today=np.empty((0, COLUMNS), np.int32),
        over=np.zeros(days + 1, np.int64),
        begun=0,
        tally=np.zeros((days, STREAMS, TALLY_COLUMNS), np.int64),
        infections=[],
        transitions=[],
    )
