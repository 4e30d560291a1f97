"""Every array that changes during a run."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from hyosan.engine.attempts import COLUMNS, COUNTERS, FIRST, FREE
from hyosan.rules.codes import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

INFECTION_COLUMNS = 8
"""Second, infectee, infector, route, setting, place, episode, layer."""

TRANSITION_COLUMNS = 4
"""Second, person, state before, state after."""


@dataclass
class State:
    """The state of a run between two steps. A copy, put into a new simulation, goes on to the same end."""

    origin: str
    """What the state belongs to: a digest of scenario, world and seed."""
    now: int
    """Time since the start [s]."""
    day_open: int
    """The day whose list of today is made, or -1."""
    state: NDArray[np.uint8]
    """Index into the names of the course's states, (people,)."""
    episode: NDArray[np.uint16]
    """How often a person was infected, (people,)."""
    visit: NDArray[np.uint8]
    """States visited before this one in the episode, (people,)."""
    infected_at: NDArray[np.int32]
    """When the episode began [s], (people,)."""
    infectious_until: NDArray[np.int32]
    """End of the infectious spell of the episode [s], (people,); 0 if never infected."""
    vaccinated: NDArray[np.uint8]
    """1 if vaccinated, (people,)."""
    pool: NDArray[np.int32]
    """Records of the calendar, (records, 6)."""
    head: NDArray[np.int32]
    """First record and count of records of each day; the last row is everything after the end, (days + 1, 2)."""
    counters: NDArray[np.int64]
    """See `engine.attempts`."""
    today: NDArray[np.int32]
    """Rows due on the open day, in order, then those that arose on the day itself, (rows, 6)."""
    tie: NDArray[np.int64]
    """Tie draws of today's rows, (rows,)."""
    unsorted: NDArray[np.int32]
    """The list of today before it is put in order, (rows, 6)."""
    unsorted_tie: NDArray[np.int64]
    """Tie draws of its rows, (rows,)."""
    order: NDArray[np.int32]
    """Its rows in order, (rows,)."""
    heap: NDArray[np.int32]
    """Heap of today's rows that arose on the day itself, (rows,)."""
    emitted: NDArray[np.int64]
    """Attempts emitted by stream or kind, (256,)."""
    tally: NDArray[np.int64]
    """Attempts done by day, stream (arrivals last) and reason; reason 0 is accepted, (days, streams + 1, reasons)."""
    infections: NDArray[np.int32]
    """Events so far, (rows, 8)."""
    transitions: NDArray[np.int32]
    """Events so far, (rows, 4)."""

    def crowd(self) -> tuple[NDArray[Any], ...]:
        """What kernels know of people, in the order in which they take it apart."""
        return (self.state, self.episode, self.visit, self.infected_at, self.infectious_until, self.vaccinated)

    def copy(self) -> Self:
        """A state of its own."""
        values: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            values[field.name] = value.copy() if isinstance(value, np.ndarray) else value
        return type(self)(**values)

    def grow(self, name: str, rows: int) -> None:
        """Make an array hold at least `rows` rows, doubling it."""
        old = getattr(self, name)
        new = np.zeros((max(rows, 2 * len(old)), *old.shape[1:]), old.dtype)
        new[: len(old)] = old
        setattr(self, name, new)


def fresh_state(people: int, days: int, streams: int) -> State:
    """The state before anything has happened: everybody susceptible, the calendar empty."""
    rows = 256
    counters = np.zeros(COUNTERS, np.int64)
    counters[FREE] = -1
    head = np.zeros((days + 1, 2), np.int32)
    head[:, FIRST] = -1
    return State(
        origin="",
        now=0,
        day_open=-1,
        state=np.zeros(people, np.uint8),
        episode=np.zeros(people, np.uint16),
        visit=np.zeros(people, np.uint8),
        infected_at=np.zeros(people, np.int32),
        infectious_until=np.zeros(people, np.int32),
        vaccinated=np.zeros(people, np.uint8),
        pool=np.zeros((rows, COLUMNS), np.int32),
        head=head,
        counters=counters,
        today=np.zeros((rows, COLUMNS), np.int32),
        tie=np.zeros(rows, np.int64),
        unsorted=np.zeros((rows, COLUMNS), np.int32),
        unsorted_tie=np.zeros(rows, np.int64),
        order=np.zeros(rows, np.int32),
        heap=np.zeros(rows, np.int32),
        emitted=np.zeros(256, np.int64),
        tally=np.zeros((days, streams + 1, len(Reason)), np.int64),
        infections=np.zeros((rows, INFECTION_COLUMNS), np.int32),
        transitions=np.zeros((rows, TRANSITION_COLUMNS), np.int32),
    )
