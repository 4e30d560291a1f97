"""The courses of an infection that everybody in a building would have: followed once, before anybody is bitten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.city.progress import follow_again
from hyosan.engine.scratch import MOST_VISITS
from hyosan.jit import kernel
from hyosan.rules.progression import FOREVER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.course import Course


@kernel
def follow_all(
    # now
    seed,
    # reads
    ages,
    course,
    # writes
    count,
    states,
    ends,
):
    """Follow everybody's course from second 0."""
    for person in range(len(ages)):
        visits, _, _ = follow_again(person, 1, 0, seed, ages, course, ends[person], states[person])
        count[person] = visits


@dataclass(frozen=True)
class Courses:
    """What an infection would be in everybody, by time since the bite."""

    names: tuple[str, ...]
    """Of states; the first two are `susceptible` and `immune`."""
    count: NDArray[np.int64]
    """States that each person goes through, (people,)."""
    states: NDArray[np.int64]
    """They, in order, (people, visits)."""
    ends: NDArray[np.int64]
    """When each ends [s], (people, visits)."""
    hunts: NDArray[np.bool_]
    """Whether a state hunts, (states,)."""

    def turn_after(self) -> NDArray[np.int64]:
        """When everybody would turn [s], -1 never, (people,)."""
        return self._hunting()[0]

    def tire_after(self) -> NDArray[np.int64]:
        """How long after turning it would hunt no longer [s], -1 never, (people,)."""
        begin, end = self._hunting()
        return np.where((begin < 0) | (end >= FOREVER), -1, end - begin)

    def _hunting(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """When everybody begins and ceases to hunt [s], -1 for who never does, (people,)."""
        begin, end = np.full(len(self.count), -1, np.int64), np.full(len(self.count), -1, np.int64)
        for person, visits in enumerate(self.count.tolist()):
            for visit in range(visits):
                if self.hunts[self.states[person, visit]]:
                    begin[person] = self.ends[person, visit - 1] if visit else 0
                    end[person] = self.ends[person, visit]
                    break
        return begin, end

    def turning_at(self, person: int, second: int) -> Courses:
        """The same, but one person goes through its states so much slower or faster that it turns at a second [s]."""
        begin = int(self.turn_after()[person])
        assert begin >= 0, "it turns some time"
        ends = self.ends.copy()
        for visit in range(int(self.count[person])):
            end = int(ends[person, visit])
            if end <= begin:
                ends[person, visit] = end * second // begin if begin else 0
            elif end < FOREVER:
                ends[person, visit] = end - begin + second
        return Courses(self.names, self.count, self.states, ends, self.hunts)


def courses_of(course: Course, ages: NDArray[np.int64], seed: int) -> Courses:
    """The courses of everybody.

    Args:
        course: Of the pathogen.
        ages: Of everybody, (people,) [years].
        seed: Of the run.
    """
    people = len(ages)
    count, states = np.zeros(people, np.int64), np.zeros((people, MOST_VISITS), np.int64)
    ends = np.full((people, MOST_VISITS), FOREVER, np.int64)
    follow_all(np.int64(seed), np.asarray(ages, np.int64), course.as_tuple(0), count, states, ends)
    return Courses(course.names, count, states, ends, course.hunts.astype(np.bool_))
