"""Who is in the building of a scenario, and what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.berths import in_rows, spread
from hyosan.engine.building.chance import speeds, start_times
from hyosan.engine.building.crowd import Crowd, Errand, Goal, ToExits, ToSpot
from hyosan.engine.building.shapes import in_ring
from hyosan.engine.building.timetable import school_day
from hyosan.errors import ScenarioError, did_you_mean
from hyosan.floorplan.halls import DENSITY, HALL, rows_of
from hyosan.rules.walking import free_speed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.engine.building.ground import Ground
    from hyosan.floorplan.plan import Floorplan, Seat
    from hyosan.scenario.walking import BuildingScenario

KINDS = ("person", "pupil", "teacher", "officer")
"""What people are in a building."""

PUPIL_AGE, TEACHER_AGE = 17, 43
"""Mean ages of pupils and teachers of Korean general high schools [years]; assumed: 16 to 18, and 25 to 62."""

STATES = {"locked": 0, "open": 1, "closed": 2}
ROOMY = 0.9
"""Distance of those who gather in the yard [m]; assumed: about one person on a square metre."""


@dataclass(frozen=True)
class Populated:
    """People, and what they are."""

    crowd: Crowd
    kind: NDArray[np.uint8]
    """Row of `KINDS`, (people,)."""


def populate(scenario: BuildingScenario, plan: Floorplan, ground: Ground, seed: int) -> Populated:
    """The people of a scenario.

    Raises:
        HyosanError: They do not fit in, or a door that changes is not in the plan.
    """
    if scenario.floorplan in ("corridor", "bottleneck", "counterflow"):
        return _in_a_hall(scenario, ground, seed)
    pupils = [seat for seat in plan.seats if seat.kind == "pupil"]
    teachers = [seat for seat in plan.seats if seat.kind == "teacher"]
    seats = len(pupils) + len(teachers)
    count = scenario.people if scenario.people is not None else seats or 100
    shifts = _shifts(scenario, plan)
    if seats and count <= seats:
        taught = pupils[: max(0, count - len(teachers))]
        return _at_school(scenario, plan, taught, teachers[: count - len(taught)], seed, shifts)
    if scenario.activity == "timetable":
        raise ScenarioError.at(
            "people" if seats else "activity",
            f"a timetable needs a seat for everybody, and {plan.name} has {seats}. Write people = {seats} at most, "
            'or activity = "evacuate".',
        )
    if scenario.floorplan == "chase":
        return _for_a_chase(scenario, ground, count, seed)
    rooms, places = spread(ground, plan, count, seed)
    goals, targets = _ways_out(plan, count)
    return _crowd(scenario, seed, rooms, places, goals, targets, shifts, sits=False)


def _shifts(scenario: BuildingScenario, plan: Floorplan) -> tuple[tuple[float, int, int], ...]:
    """Changes of doors."""
    names = {door.name: row for row, door in enumerate(plan.doors)}
    found = []
    for number, change in enumerate(scenario.door_changes):
        if change.door not in names:
            raise ScenarioError.at(
                f"door_changes[{number}].door",
                f"{change.door!r:.80}: no such door in {plan.name}. {did_you_mean(change.door, names)}",
            )
        found.append((float(change.after), names[change.door], STATES[change.state]))
    return tuple(found)


def _crowd(
    scenario: BuildingScenario,
    seed: int,
    rooms: NDArray[np.int64],
    places: NDArray[np.float64],
    goals: Sequence[Goal],
    targets: Sequence[int],
    shifts: tuple[tuple[float, int, int], ...] = (),
    *,
    sits: bool,
    kind: NDArray[np.uint8] | None = None,
) -> Populated:
    """People who set out once."""
    count = len(rooms)
    kinds = np.zeros(count, np.uint8) if kind is None else kind
    means = np.array([scenario.speed.mean, free_speed(PUPIL_AGE), free_speed(TEACHER_AGE)])[kinds]
    times = start_times(seed, count, scenario.premovement)
    setting_out = range(0 if scenario.activity == "stay" else count)
    errands = tuple(Errand(float(times[person]), person, targets[person], 1) for person in setting_out)
    crowd = Crowd(
        rooms, places, speeds(seed, means, scenario.speed), tuple(goals), errands, np.full(count, sits), shifts=shifts
    )
    return Populated(crowd, kinds)


def _in_a_hall(scenario: BuildingScenario, ground: Ground, seed: int) -> Populated:
    """A crowd at the left end of a plan made to measure, or two that face each other."""
    plan, people, shifts = ground.plan, scenario.people or 100, _shifts(scenario, ground.plan)
    gap = 1.0 / DENSITY**0.5
    if scenario.floorplan != "counterflow":
        width = max(y for _, y in plan.rooms[0].outline)
        places = in_rows(people, rows_of(people, width)[0], width, seed, gap=gap)
        return _crowd(
            scenario, seed, np.zeros(people, np.int64), places, (ToExits(),), [0] * people, shifts, sits=False
        )
    opposite = 50 if scenario.opposite is None else scenario.opposite
    abreast = 17
    most = abreast * 17
    for key, number in (("people", people), ("opposite", opposite)):
        if number > most:
            raise ScenarioError.at(key, f"{number} people do not fit into a room of 10 by 10 m. Write {most} at most.")
    left = in_rows(people, abreast, HALL, seed, gap=0.55)
    right = in_rows(opposite, abreast, HALL, seed + 1, gap=0.55)
    far = max(x for x, _ in plan.rooms[2].outline)
    right[:, 0] = far - right[:, 0]
    rooms = np.array([0] * people + [2] * opposite, np.int64)
    goals = (ToExits((2,), learns=False), ToExits((3,), learns=False))
    targets = [0] * people + [1] * opposite
    return _crowd(scenario, seed, rooms, np.concatenate([left, right]), goals, targets, shifts, sits=False)


def _for_a_chase(scenario: BuildingScenario, ground: Ground, count: int, seed: int) -> Populated:
    """Hunters in the left room, everybody else in the right one."""
    places = in_rows(count, 7, 6.0, seed, left=1.0, gap=0.75)
    if float(places[:, 0].max(initial=0.0)) > 7.7:
        raise ScenarioError.at("people", f"is {count}, more than the rooms of a chase hold. Write 60 at most.")
    left = np.arange(count) < scenario.hunters
    rooms = np.where(left, 1, 2)
    places = places + np.where(left, 1.0, 11.0)[:, None] * np.array([1.0, 0.0]) + np.array([0.0, 3.0])
    goals, targets = _ways_out(ground.plan, count)
    return _crowd(scenario, seed, rooms, places, goals, targets, _shifts(scenario, ground.plan), sits=False)


def _ways_out(plan: Floorplan, count: int) -> tuple[list[Goal], list[int]]:
    """Goals of an evacuation: the zones where people gather, shared out evenly, or the exits."""
    zones = [zone for zone in plan.zones if zone.kind == "assembly"]
    if not zones:
        return [ToExits()], [0] * count
    goals: list[Goal] = []
    for person in range(count):
        zone = zones[person % len(zones)]
        xs, ys = [x for x, _ in zone.outline], [y for _, y in zone.outline]
        across = max(1, int((max(xs) - min(xs)) / ROOMY))
        number = person // len(zones)
        place = (
            min(xs) + (number % across + 0.5) * ROOMY,
            min(max(ys) - 0.3, min(ys) + (number // across + 0.5) * ROOMY),
        )
        middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        goals.append(ToSpot(_room_of(plan, zone.storey, middle), place, 0.4, by=middle))
    return goals, list(range(count))


def _room_of(plan: Floorplan, storey: int, place: tuple[float, float]) -> int:
    """The room of a storey in which a place lies."""
    for row, room in plan.rooms_on(storey):
        if in_ring(room.outline, place) and not any(in_ring(hole, place) for hole in room.holes):
            return row
    raise ScenarioError.at("floorplan", f"the place where people gather, {place}, is in no room. Move the zone.")


def _at_school(
    scenario: BuildingScenario,
    plan: Floorplan,
    pupils: list[Seat],
    teachers: list[Seat],
    seed: int,
    shifts: tuple[tuple[float, int, int], ...],
) -> Populated:
    """Pupils and teachers at their seats: they leave at an alarm, or live by the timetable."""
    seats = [*pupils, *teachers]
    kind = np.array([1] * len(pupils) + [2] * len(teachers), np.uint8)
    rooms = np.array([seat.room for seat in seats], np.int64)
    places = np.array([seat.place for seat in seats])
    if scenario.activity != "timetable":
        goals, targets = _ways_out(plan, len(seats))
        return _crowd(scenario, seed, rooms, places, goals, targets, shifts, sits=True, kind=kind)
    means = np.array([scenario.speed.mean, free_speed(PUPIL_AGE), free_speed(TEACHER_AGE)])[kind]
    day = school_day(scenario, plan, pupils, teachers, seed)
    crowd = Crowd(
        *(rooms, places, speeds(seed, means, scenario.speed), day.goals, day.errands),
        *(np.ones(len(seats), np.bool_),),
        shifts=shifts,
    )
    return Populated(crowd, kind)
