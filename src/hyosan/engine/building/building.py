"""One building, stepped; what is written down of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.begin import begin, grid_of
from hyosan.engine.building.columns import (
    ALL_AWAKE,
    ERRANDS,
    FRAME,
    GOALS,
    GONE_COUNT,
    GROUPS,
    IN,
    LOOK,
    PASSAGE_ROWS,
    POSTURE,
    REVIEW,
    SECOND,
    SHIFTS,
    STEP,
    STEPPED,
    TRACK_ROWS,
    TURN,
    UNTIL,
    WALKERS,
    WALKING,
)
from hyosan.engine.building.outbreak.columns import RUNNING, SPEED_OF
from hyosan.engine.building.outbreak.running import Running
from hyosan.engine.building.seeing import ROOM_TO_SEE
from hyosan.engine.building.state import arrays
from hyosan.engine.building.stretch import stretch
from hyosan.engine.building.threaded import (
    between,
    choosing,
    closing,
    listing,
    opening,
    pressing,
    reviewing,
    rousing,
    settling,
    telling,
    turning,
)
from hyosan.jit import Threads, ranges
from hyosan.rules.walking import Law, fan

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hyosan.engine.building.crowd import Crowd
    from hyosan.engine.building.ground import Ground
    from hyosan.engine.building.outbreak.plan import Outbreak
    from hyosan.engine.building.outbreak.state import OutbreakArrays
    from hyosan.engine.building.state import BuildingState

SKIN_LENGTH = 0.6
"""Lists of neighbours reach so much farther than people look; made anew once somebody has gone a third of it [m]."""

MANY = 1500
"""Walkers from which on several threads are worth their while."""

FASTER = 1.5
"""Nobody runs faster than this times the running speed, not even with help [1]."""

MOST_REACH = 1.85
"""Nobody heeds people who are farther away [m]; those slower than 1.55 m/s would not slow down for them."""

MOST_WALLS = 12
"""Walls that a person heeds at a time."""

TRACK_COLUMNS = ("step", "person", "room", "posture", "x_mm", "y_mm")
PASSAGE_COLUMNS = ("step", "person", "door", "from_room", "to_room")


@dataclass(frozen=True)
class Taken:
    """A building at a time."""

    state: BuildingState
    written: tuple[list[NDArray[np.int64]], list[NDArray[np.int64]]]
    """Tracks and passages so far."""
    outbreak: tuple[OutbreakArrays, dict[str, list[NDArray[np.int64]]]] | None


class Building:
    """People walking in a building.

    Args:
        ground: `ground_of(plan)`.
        crowd: Who is in it and what they are about.
        seed: Seed of the run.
        dt: Length of a step [s].
        law: How people walk.
        look: Time between rows of tracks of those who move [s].
        sleep: Whether who sits or stands is not stepped; without it everybody is, to the same end.
        threads: Threads to use; crowds of fewer than `MANY` walkers, and outbreaks, are stepped on one.
        outbreak: Infected people who hunt in it, if there are any.
    """

    def __init__(
        self,
        ground: Ground,
        crowd: Crowd,
        *,
        seed: int = 1,
        dt: float = 0.05,
        law: Law | None = None,
        look: float = 0.5,
        sleep: bool = True,
        threads: int = 1,
        outbreak: Outbreak | None = None,
    ) -> None:
        self.dt, self.crowd = dt, crowd
        fastest, widest = float(crowd.speed.max(initial=0.0)), float(np.max(crowd.radius, initial=0.0))
        if outbreak is not None:
            fastest = max(FASTER * outbreak.nerve[RUNNING] * fastest, outbreak.nerve[SPEED_OF])
        self.law = law_array(law or Law(), dt, fastest, widest)
        self.grid = grid_of(ground, self.law)
        self.state, self.ground = begin(ground, crowd, self.law, self.grid, dt, seed)
        self.pace = np.zeros(7, np.int64)
        self.pace[SECOND], self.pace[LOOK] = max(1, round(1.0 / dt)), max(1, round(look / dt))
        self.pace[REVIEW] = 2 * self.pace[SECOND]
        self.pace[GROUPS] = len(self.state.people.group_left) if crowd.group is not None else 0
        self.pace[GOALS], self.pace[ALL_AWAKE] = len(self.state.goals.kind), int(not sleep)
        self.fan = fan()
        self._threads = Threads(threads)
        pieces = 2 * threads if threads > 1 else 1
        self.work = (np.zeros((pieces, 6, ROOM_TO_SEE)), np.zeros((pieces, 4, MOST_WALLS)), np.zeros((pieces, 4, 12)))
        people = len(crowd.room)
        self._tables = (np.zeros((max(4 * people, 4096), 6), np.int64), np.zeros((max(2 * people, 4096), 5), np.int64))
        self._tracks: list[NDArray[np.int64]] = []
        self._passages: list[NDArray[np.int64]] = []
        self.wall_s = 0.0
        self.running = None if outbreak is None else Running(self.ground, self.state, outbreak, dt, seed)
        self._bind()
        if not sleep:
            self._awaken()
        # Kernels are compiled, or loaded, before the first step is timed.
        self._stretch()
        reviewing(1, self.state.clock, self.pace, self.law, self._ground, self._doors, self._goals)

    def _bind(self) -> None:
        """Gather arrays as kernels take them."""
        state = self.state
        self._ground = (*self.ground.arrays(), self.grid.cells, self.grid.corner)
        self._doors, self._goals, self._people = arrays(state.doors), arrays(state.goals), arrays(state.people)

    def _awaken(self) -> None:
        """Let everybody be stepped who is in the building: officers come in later."""
        people = self.state.people
        there = np.flatnonzero(people.who[:, IN] >= 0)
        people.walkers[: len(there)] = there
        people.who[there, TURN] = np.arange(len(there))
        self.state.clock[WALKERS] = len(there)

    @property
    def now(self) -> float:
        """Time since the start [s]."""
        return float(self.state.clock[STEP]) * self.dt

    @property
    def gone(self) -> int:
        """People who have left."""
        return int(self.state.clock[GONE_COUNT])

    @property
    def at_rest(self) -> bool:
        """Whether nobody walks and nobody will set out any more."""
        clock, people = self.state.clock, self.state.people
        if self.running is not None:
            return False
        begun = clock[ERRANDS] == len(self.state.goals.errand) and clock[SHIFTS] == len(self.state.doors.shift)
        return bool(begun and not (people.who[:, POSTURE] == WALKING).any())

    @property
    def person_steps(self) -> int:
        """Steps of all people who were stepped."""
        return int(self.state.clock[STEPPED])

    def run(self, until: float, progress: Callable[[float], None] | None = None) -> None:
        """Step to a time [s]."""
        last = round(until / self.dt)
        while self.state.clock[STEP] < last:
            self.pace[UNTIL] = last
            begun = time.perf_counter()
            if self.running is None and self._threads.count > 1 and self.state.clock[WALKERS] >= MANY:
                self._step_on_threads()
            else:
                self._stretch()
            self.wall_s += time.perf_counter() - begun
            self._drain()
            if progress is not None:
                progress(self.now)

    def take(self) -> Taken:
        """Everything that has changed since the start, and what was written down: `put_back` goes on from there."""
        running = self.running
        return Taken(
            self.state.copy(),
            (list(self._tracks), list(self._passages)),
            None if running is None else (running.state.copy(), running.kept()),
        )

    def put_back(self, taken: Taken) -> None:
        """Go on from what another building of the same people, plan and seed was at a time."""
        self.state = taken.state.copy()
        self._tracks, self._passages = list(taken.written[0]), list(taken.written[1])
        if self.running is not None and taken.outbreak is not None:
            self.running.put_back(*taken.outbreak)
        self._bind()

    def _stretch(self) -> None:
        """Steps on one thread, up to the end of the stretch or until a table is full."""
        given = (
            *(self.state.clock, self.pace, self.law, self.fan, self._ground, self._doors, self._goals),
            *(self._people, self.work, self._tables),
        )
        if self.running is not None:
            self.running.stretch(*given)
        else:
            stretch(*given)

    def _step_on_threads(self) -> None:
        """Steps in which ranges of walkers are worked on at the same time, to the same end."""
        clock, pace, law = self.state.clock, self.pace, self.law
        places = (self._ground, self._doors, self._people)
        while clock[STEP] < pace[UNTIL] and clock[WALKERS] >= MANY and _has_room(clock, self._people, self._tables):
            opening(clock, pace, law, self._ground, self._doors, self._goals, self._people)
            cuts = ranges(int(clock[WALKERS]), len(self.work[0]))
            self._threads.each(
                lambda _, first, last: choosing(first, last, clock, pace, law, *places[:2], self._goals, self._people),
                cuts,
            )
            fresh = int(between(clock, pace, self._people))
            self._threads.each(
                lambda _, first, last: listing(first, last, law, *places), ranges(fresh, len(self.work[0]))
            )
            telling(fresh, self._ground, self._people)
            self._threads.each(
                lambda piece, first, last: turning(
                    first, last, piece, clock, law, self.fan, *places[:2], self._goals, self._people, self.work
                ),
                cuts,
            )
            rousing(clock, law, *places)
            cuts = ranges(int(clock[WALKERS]), len(self.work[0]))
            self._threads.each(lambda _, first, last: pressing(first, last, 1, clock, law, *places), cuts)
            self._threads.each(lambda _, first, last: pressing(first, last, 0, clock, law, *places), cuts)
            self._threads.each(lambda piece, first, last: settling(first, last, *places), cuts)
            closing(clock, pace, law, self._ground, self._doors, self._goals, self._people, self._tables)

    def close(self) -> None:
        """End the threads."""
        self._threads.close()

    def _drain(self) -> None:
        """Take what was written into the tables."""
        clock = self.state.clock
        for column, table, kept in (
            (TRACK_ROWS, self._tables[0], self._tracks),
            (PASSAGE_ROWS, self._tables[1], self._passages),
        ):
            rows = table[: clock[column]].copy()
            kept.append(rows[np.lexsort((rows[:, 1], rows[:, 0]))])
            clock[column] = 0
        if self.running is not None:
            self.running.drain()

    def tracks(self) -> NDArray[np.int64]:
        """Where people were who had moved, columns as `TRACK_COLUMNS`; x of each storey as in its plan, (rows, 6)."""
        rows = np.concatenate(self._tracks) if self._tracks else np.zeros((0, 6), np.int64)
        inside = rows[:, 2] >= 0
        shift = np.round(self.ground.origin * 1000).astype(np.int64)
        rows[inside, 4] -= shift[self.ground.room[rows[inside, 2], FRAME]]
        return rows

    def passages(self) -> NDArray[np.int64]:
        """Who passed which door when, columns as `PASSAGE_COLUMNS`, (rows, 5)."""
        return np.concatenate(self._passages) if self._passages else np.zeros((0, 5), np.int64)

    def exits(self) -> NDArray[np.int64]:
        """Step, person and door of everybody who has left, in order, (gone, 3)."""
        rows = self.passages()
        return rows[rows[:, 4] < 0][:, :3]

    def places(self) -> NDArray[np.float64]:
        """Where people are, in the frames of their storeys and stairs; NaN for who has left, (people, 2) [m]."""
        people = self.state.people
        rooms = people.who[:, IN]
        there = people.place[:, :2].copy()
        inside = rooms >= 0
        there[inside, 0] -= self.ground.origin[self.ground.room[rooms[inside], FRAME]]
        there[~inside] = np.nan
        return there


def _has_room(
    clock: NDArray[np.int64], people: tuple[NDArray[Any], ...], tables: tuple[NDArray[np.int64], ...]
) -> bool:
    """As `stretch.has_room`, for Python."""
    most = len(people[0])
    return bool(clock[TRACK_ROWS] + 2 * most <= len(tables[0]) and clock[PASSAGE_ROWS] + most <= len(tables[1]))


def law_array(law: Law, dt: float, fastest: float, widest: float) -> NDArray[np.float64]:
    """The law of walking as kernels take it, columns `DT` to `TOUCHING`, (26,)."""
    # Who is farther away than this does not slow down even the fastest.
    # Nobody is moved farther in a step than it could walk; the rest is for rounding.
    touching = 2.0 * (widest + fastest * dt) + 1e-6
    reach = max(touching, min(MOST_REACH, max(1.2, fastest * law.time_gap + law.space)))
    return np.array(
        [
            *(dt, law.time_gap, law.space, law.half_width, reach, SKIN_LENGTH, law.foresight, law.turning),
            *(law.rightward, law.wall_gap, law.wall_time, law.squeeze, law.patience, law.queue_flow, law.herding),
            *(law.loyalty, law.usual_speed, law.up_cost, law.down_cost, law.group_near, law.group_far, law.seen_speed),
            *(law.oncoming, law.unfamiliar, law.keeping_right, touching),
        ]
    )
