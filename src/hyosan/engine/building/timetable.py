"""A school day: who goes where at each bell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyosan.engine.building.chance import share_of, start_times, words_of
from hyosan.engine.building.crowd import Errand, Goal, ToExits, ToSpot
from hyosan.errors import ScenarioError
from hyosan.rules.random import Draw, use_of
from hyosan.world.facts import table

if TYPE_CHECKING:
    from hyosan.floorplan.plan import Floorplan, Seat
    from hyosan.scenario.walking import BuildingScenario

SPECIAL = 3
"""One lesson in so many is in a special room, as far as there are rooms; assumed: science, music, art, computing, sport
make up about a third of 29 to 34 lessons a week."""

THIRST = 0.35
"""Share of pupils who go to a toilet or a washbasin in a break; assumed."""

LEAVE = 0.3
"""Pupils leave the room within so large a part of the time before movement after the bell; assumed: who stays behind
does so to talk."""


@dataclass(frozen=True)
class Day:
    """Goals and errands of a day."""

    goals: tuple[Goal, ...]
    errands: tuple[Errand, ...]


class _Diary:
    """Errands while they are gathered; goals that are alike are one."""

    def __init__(self) -> None:
        self.goals: list[Goal] = []
        self.errands: list[Errand] = []
        self._rows: dict[Goal, int] = {}

    def go(self, time: float, person: int, goal: Goal, after: int = 0) -> None:
        """Somebody sets out at a time [s]."""
        if goal not in self._rows:
            self._rows[goal] = len(self.goals)
            self.goals.append(goal)
        self.errands.append(Errand(time, person, self._rows[goal], after))


def _spot(seat: Seat) -> ToSpot:
    """A seat as a goal."""
    return ToSpot(seat.room, (float(seat.place[0]), float(seat.place[1])))


def school_day(scenario: BuildingScenario, plan: Floorplan, pupils: list[Seat], teachers: list[Seat], seed: int) -> Day:
    """The day of pupils and teachers who are at their seats when it begins.

    Raises:
        ScenarioError: The plan has no seats for meals, or none for lessons.
    """
    diary = _Diary()
    begin = scenario.start.hour * 3600 + scenario.start.minute * 60 + scenario.start.second
    seats = {
        kind: [seat for seat in plan.seats if seat.kind == kind] for kind in ("lesson", "meal", "toilet", "urinal")
    }
    for kind in ("lesson", "meal", "toilet"):
        if not seats[kind]:
            raise ScenarioError.at("floorplan", f"{plan.name} has no seats of kind {kind!r}. Choose another plan.")
    classes = _classes(pupils)
    specials = _rooms(seats["lesson"])
    desks = {seat.room: seat for seat in plan.seats if seat.kind == "teaching"}
    hours = table("school_day")
    bells = zip(hours.column("begin"), hours.column("what"), hours.integers("number"), strict=True)
    for row, (clock, what, number) in enumerate(bells):
        bell = _seconds(clock) - begin
        if not 0 <= bell < scenario.duration:
            continue
        late = start_times(seed, len(pupils) + len(teachers), scenario.premovement, row + 1).tolist()
        if what == "lesson":
            _lesson(diary, bell, number, classes, specials, pupils, teachers, desks, late)
        elif what == "break":
            _break(diary, bell, row, len(pupils), seats["toilet"] + seats["urinal"], late, seed)
        elif what == "lunch":
            _lunch(diary, bell, number, classes, seats["meal"], pupils, teachers, late)
        elif what == "cleaning":
            for person in range(len(pupils) + len(teachers)):
                diary.go(bell + 4.0 * float(late[person]), person, ToExits())
    return Day(tuple(diary.goals), tuple(diary.errands))


def _seconds(clock: str) -> int:
    """Seconds since midnight of a time such as 08:20."""
    hour, minute = clock.split(":")
    return int(hour) * 3600 + int(minute) * 60


def _classes(pupils: list[Seat]) -> list[list[int]]:
    """Pupils by class-room."""
    rooms: dict[int, list[int]] = {}
    for person, seat in enumerate(pupils):
        rooms.setdefault(seat.room, []).append(person)
    return list(rooms.values())


def _rooms(seats: list[Seat]) -> list[list[Seat]]:
    """Seats by room, those rooms that hold a class."""
    rooms: dict[int, list[Seat]] = {}
    for seat in seats:
        rooms.setdefault(seat.room, []).append(seat)
    return [room for room in rooms.values() if len(room) >= 20]


def _lesson(
    diary: _Diary,
    bell: int,
    number: int,
    classes: list[list[int]],
    specials: list[list[Seat]],
    pupils: list[Seat],
    teachers: list[Seat],
    desks: dict[int, Seat],
    times: list[float],
) -> None:
    """Each class to its room or to a special one, in turn; a teacher goes to each class, the others to their desks."""
    free = list(specials)
    for row, members in enumerate(classes):
        special = (row + number) % SPECIAL == 0 and free
        room = free.pop((row + number) % len(free)) if special else None
        for place, person in enumerate(members):
            seat = room[place] if room is not None and place < len(room) else pupils[person]
            diary.go(bell - 120 + LEAVE * times[person], person, _spot(seat))
        teacher = len(pupils) + (row * 7 + number * 5) % max(1, len(teachers)) if teachers else -1
        if teacher >= 0:
            front = desks.get((room[0] if room is not None else pupils[members[0]]).room)
            if front is not None:
                diary.go(bell - 60 + times[teacher], teacher, _spot(front), 1)


def _break(diary: _Diary, bell: int, row: int, count: int, seats: list[Seat], times: list[float], seed: int) -> None:
    """Some pupils go to a toilet and back to where they had been; lessons call them anyway."""
    use = use_of(int(Draw.BERTH), 2, 0)
    for person, words in enumerate(words_of(seed, use, count, row)):
        if share_of(words[0], words[1]) < THIRST:
            seat = seats[int(share_of(words[2], words[3]) * len(seats))]
            diary.go(bell + times[person], person, ToSpot(seat.room, seat.place, 0.8), 1)


def _lunch(
    diary: _Diary,
    bell: int,
    sitting: int,
    classes: list[list[int]],
    meals: list[Seat],
    pupils: list[Seat],
    teachers: list[Seat],
    times: list[float],
) -> None:
    """Every other class, and half the teachers, eat; those who have eaten go back."""
    eaters = [person for row, members in enumerate(classes) if row % 2 == sitting % 2 for person in members]
    eaters += [len(pupils) + number for number in range(len(teachers)) if number % 2 == sitting % 2]
    for place, person in enumerate(eaters):
        diary.go(bell + times[person], person, _spot(meals[place % len(meals)]))
    for row, members in enumerate(classes):
        if row % 2 != sitting % 2:
            for person in members:
                diary.go(bell + LEAVE * times[person], person, _spot(pupils[person]))
    for number, seat in enumerate(teachers):
        if number % 2 != sitting % 2:
            diary.go(bell + times[len(pupils) + number], len(pupils) + number, _spot(seat))
