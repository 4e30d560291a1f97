"""From a scenario to the outbreak in its building: who is bitten when and where, who hunts, what is ordered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.chance import words_of
from hyosan.engine.building.crowd import ToSpot
from hyosan.engine.building.outbreak import columns as c
from hyosan.engine.building.outbreak.courses import courses_of
from hyosan.engine.building.outbreak.plan import FirstBite, Officer, Order, Outbreak
from hyosan.engine.course import course_of
from hyosan.errors import ScenarioError, did_you_mean
from hyosan.floorplan.plan import RoomKind
from hyosan.rules.random import CERTAIN, Draw, use_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.crowd import Crowd
    from hyosan.engine.building.outbreak.courses import Courses
    from hyosan.engine.course import Course
    from hyosan.floorplan.plan import Floorplan
    from hyosan.scenario.walking import BuildingScenario

ORDERS = {"announce": c.ANNOUNCE, "lock-down": c.LOCK_DOWN, "evacuate": c.EVACUATE}
PERSON, PUPIL, TEACHER, OFFICER = range(4)
"""What people in a building are."""

AGES = (40, 17, 43, 35)
"""Age of each kind [years]; assumed: as their walking speeds."""

OFFICERS, APART = 4, 2.0
"""Officers of an order that does not say how many, and how long after one the next comes in [s]; assumed."""

CLASS_OF = 8
"""A room with so many pupils in it has a class; assumed."""


@dataclass(frozen=True)
class Prepared:
    """An outbreak, and the courses that its infections take."""

    outbreak: Outbreak
    courses: Courses
    course: Course
    ages: NDArray[np.int64]


def officers_of(scenario: BuildingScenario) -> int:
    """How many officers the orders of a scenario send."""
    return sum(order.units or OFFICERS for order in scenario.orders if order.kind == "police")


def nerves_of(scenario: BuildingScenario, course: Course) -> dict[int, float]:
    """What is the same for all, as people write it."""
    pathogen, behaviour = scenario.pathogen, scenario.behaviour
    assert pathogen is not None, "an outbreak has a pathogen"
    bite, alpha, speed = pathogen.bite, pathogen.alpha, pathogen.pursuit_speed
    assert bite is not None, "hunters have a bite"
    assert alpha is not None, "hunters have an alpha"
    own = {
        c.SIGHT: behaviour.sight, c.HALF_VIEW: behaviour.field_of_view, c.MEMORY: behaviour.memory,
        c.SCREAM: behaviour.scream, c.FOOTSTEPS: behaviour.footsteps, c.BANG: behaviour.bang, c.PHONE: behaviour.phone,
        c.GROWL: behaviour.growl, c.BAR_LOSS: behaviour.barricade_loss, c.SPEECH: behaviour.audible,
        c.HESITATION: behaviour.hesitation, c.RUNNING: behaviour.running, c.SNEAKING: behaviour.sneaking,
        c.HIDING_LIKED: behaviour.hiding, c.LOCK_TIME: behaviour.lock_time, c.PILING: behaviour.piling,
        c.MOST_PILED: behaviour.most_piled, c.HOLDING: behaviour.holding, c.RINGS: behaviour.ringing,
        c.FEND: behaviour.fending, c.MEANS: behaviour.means, c.HELPING: behaviour.helping,
        c.FIGHTING: behaviour.fighting, c.CALLING: behaviour.calling, c.TEXTING: behaviour.texting,
        c.SNEAK_AFTER: behaviour.sneak_after,
        c.LATCH_STRENGTH: behaviour.latch_strength, c.BLOWS: behaviour.blows, c.DANGER: behaviour.danger,
        c.SHOTS: behaviour.shots, c.HIT: behaviour.hit, c.FLEES: 1.0,
    }  # fmt: skip
    hunters = {
        c.REACH_OF: bite.reach, c.HUNTER_SIGHT: bite.sight, c.HUNTER_EAR: bite.hears, c.HUNTER_LOSES: bite.loses,
        c.HUNTERS_HALF_VIEW: bite.field_of_view, c.PACE_OF: bite.pace.value, c.PAUSE: bite.pause,
        c.SPEED_OF: bite.pace.value if speed is None else speed.value, c.ALPHA: alpha.value,
        c.COMPANY: bite.company, c.TAKES: course.take_chance / CERTAIN,
    }  # fmt: skip
    response = ORDERS.get(scenario.response)
    return {
        **own, **hunters, c.RESPONSE: 0.0 if response is None else response + 1.0,
        c.RESPONSE_AFTER: scenario.response_after, c.RESPONSE_SHARE: scenario.credible,
    }  # fmt: skip


def outbreak_of(
    scenario: BuildingScenario, plan: Floorplan, crowd: Crowd, kind: NDArray[np.uint8], seed: int
) -> Prepared:
    """The outbreak of a scenario among its people.

    Raises:
        ScenarioError: A room or door is not in the plan, or nobody is where somebody should be bitten.
    """
    assert scenario.pathogen is not None, "an outbreak has a pathogen"
    course = course_of(scenario.pathogen)
    ages = _ages(kind, seed)
    courses = courses_of(course, ages, seed)
    first, courses = _first_bites(scenario, plan, crowd, kind, courses, seed)
    behaviour = scenario.behaviour
    outbreak = Outbreak(
        nerve=nerves_of(scenario, course),
        turn_after=courses.turn_after(),
        tire_after=courses.tire_after(),
        strength=behaviour.door_strength,
        door_loss=behaviour.door_loss,
        wall_loss=behaviour.wall_loss,
        floor_loss=behaviour.floor_loss,
        background=behaviour.background,
        locked_doors=scenario.locked_doors,
        siblings=behaviour.siblings,
        first=first,
        hunters=_hunters(scenario, plan, crowd, kind, courses, first, seed),
        officers=_officers(scenario, plan, kind),
        orders=_orders(scenario, plan),
        leads=kind == TEACHER,
        pupils=kind == PUPIL,
    )
    return Prepared(outbreak, courses, course, ages)


def _ages(kind: NDArray[np.uint8], seed: int) -> NDArray[np.int64]:
    """Ages: pupils are 16 to 18, (people,) [years]."""
    ages = np.array(AGES, np.int64)[kind]
    words = words_of(seed, use_of(int(Draw.TRAITS), 0, 0), len(kind), 2)
    spread = np.array([word[1] for word in words]) * 3 >> 32
    return np.where(kind == PUPIL, 16 + spread, ages)


def _order_of_chance(people: NDArray[np.int64], count: int, seed: int) -> list[int]:
    """People in an order by chance."""
    words = words_of(seed, use_of(int(Draw.TRAITS), 0, 0), count, 2)
    return sorted(people.tolist(), key=lambda person: (words[person][0], person))


def rooms_at(crowd: Crowd, time: float) -> NDArray[np.int64]:
    """Rooms in which people are meant to be at a time [s], (people,)."""
    rooms = np.array(crowd.room, np.int64)
    for errand in sorted(crowd.errands, key=lambda errand: (errand.time, errand.person)):
        goal = crowd.goals[errand.goal]
        if errand.time <= time:
            rooms[errand.person] = goal.room if isinstance(goal, ToSpot) else -1
    return rooms


def _room_named(plan: Floorplan, name: str, key: str) -> int:
    """The row of a room."""
    names = {room.name: row for row, room in enumerate(plan.rooms)}
    if name not in names:
        raise ScenarioError.at(key, f"{name!r:.80}: no such room in {plan.name}. {did_you_mean(name, names)}")
    return names[name]


def _first_bites(
    scenario: BuildingScenario,
    plan: Floorplan,
    crowd: Crowd,
    kind: NDArray[np.uint8],
    courses: Courses,
    seed: int,
) -> tuple[tuple[FirstBite, ...], Courses]:
    """Who is bitten by an animal; they turn when the scenario says, or by their courses."""
    if not scenario.bitten:
        return (), courses
    begin = scenario.start.hour * 3600 + scenario.start.minute * 60 + scenario.start.second
    time = 0.0 if scenario.first_bite is None else float(scenario.first_bite - begin)
    rooms = rooms_at(crowd, time)
    able = (rooms >= 0) & (kind != OFFICER)
    if (kind == PUPIL).any():
        able &= kind == PUPIL
    if scenario.bitten_in is not None:
        able &= rooms == _room_named(plan, scenario.bitten_in, "bitten_in")
    elif scenario.activity == "timetable":
        able &= np.isin(rooms, _laboratories(plan, rooms[able]))
    if scenario.first_turn is not None:
        able &= courses.turn_after() >= 0
    chosen = _order_of_chance(np.flatnonzero(able), len(kind), seed)[: scenario.bitten]
    if len(chosen) < scenario.bitten:
        where = scenario.bitten_in or ("a laboratory" if scenario.activity == "timetable" else "the building")
        raise ScenarioError.at(
            "bitten",
            f"is {scenario.bitten}, but {len(chosen)} people who can be bitten are in {where} at that time. Lower it, "
            "or write another first_bite.",
        )
    found = []
    for person in chosen:
        if scenario.first_turn is not None:
            courses = courses.turning_at(person, int(scenario.first_turn - begin - time))
        found.append(FirstBite(person, time, float(courses.turn_after()[person])))
    return tuple(found), courses


def _laboratories(plan: Floorplan, rooms: NDArray[np.int64]) -> NDArray[np.int64]:
    """Laboratories in which there is a class, or where there are none all rooms with one."""
    counts = np.bincount(rooms, minlength=len(plan.rooms))
    full = np.flatnonzero(counts[: len(plan.rooms)] >= CLASS_OF)
    labs = [row for row in full.tolist() if plan.rooms[row].kind is RoomKind.LABORATORY]
    return np.array(labs or full.tolist(), np.int64)


def _hunters(
    scenario: BuildingScenario,
    plan: Floorplan,
    crowd: Crowd,
    kind: NDArray[np.uint8],
    courses: Courses,
    first: tuple[FirstBite, ...],
    seed: int,
) -> tuple[int, ...]:
    """Who hunts from the start."""
    able = (kind != OFFICER) & (courses.turn_after() >= 0)
    able[[bite.person for bite in first]] = False
    if scenario.hunters_in is not None:
        able &= np.asarray(crowd.room) == _room_named(plan, scenario.hunters_in, "hunters_in")
    chosen = _order_of_chance(np.flatnonzero(able), len(kind), seed)[: scenario.hunters]
    if len(chosen) < scenario.hunters:
        where = "there" if scenario.hunters_in is None else f"in {scenario.hunters_in}"
        raise ScenarioError.at(
            "hunters",
            f"is {scenario.hunters}, but {len(chosen)} people who would ever turn, and are not bitten later, are "
            f"{where} at the start. Lower it.",
        )
    return tuple(chosen)


def _door_named(plan: Floorplan, name: str, key: str) -> int:
    """The row of an exit."""
    names = {plan.doors[row].name: row for row in plan.exits}
    if name not in names:
        raise ScenarioError.at(key, f"{name!r:.80}: no such exit of {plan.name}. {did_you_mean(name, names)}")
    return names[name]


def _officers(scenario: BuildingScenario, plan: Floorplan, kind: NDArray[np.uint8]) -> tuple[Officer, ...]:
    """Officers, who are the last people."""
    person, found = int((kind != OFFICER).sum()), []
    for number, order in enumerate(scenario.orders):
        if order.kind != "police":
            continue
        door = _door_named(plan, str(order.door), f"orders[{number}].door")
        for unit in range(order.units or OFFICERS):
            found.append(Officer(person, scenario.second_of(order.at) + APART * unit, door))
            person += 1
    return tuple(found)


def _orders(scenario: BuildingScenario, plan: Floorplan) -> tuple[Order, ...]:
    """What is said to everybody."""
    found = []
    for number, order in enumerate(scenario.orders):
        if order.kind != "police":
            door = -1 if order.door is None else _door_named(plan, order.door, f"orders[{number}].door")
            found.append(Order(float(scenario.second_of(order.at)), ORDERS[order.kind], order.credible, door))
    return tuple(found)


def with_officers(crowd: Crowd, kind: NDArray[np.uint8], count: int, room: int, place: Any) -> tuple[Crowd, Any]:
    """A crowd with officers behind its people, who come in later, and what everybody is.

    Args:
        room: Room and place at which they stand in the arrays until then.
    """
    if not count:
        return crowd, kind
    radius = crowd.radius
    if isinstance(radius, np.ndarray):
        radius = np.append(radius, np.full(count, 0.15))
    walk = (1.4, 0.64, 0.73)
    return (
        replace(
            crowd,
            room=np.append(crowd.room, np.full(count, room)),
            place=np.concatenate([crowd.place, np.tile(place, (count, 1))]),
            speed=np.concatenate([crowd.speed, np.tile(walk, (count, 1))]),
            sits=np.append(crowd.sits, np.zeros(count, np.bool_)),
            radius=radius,
            group=None if crowd.group is None else np.append(crowd.group, np.full(count, -1)),
            later=count,
        ),
        np.append(kind, np.full(count, OFFICER, np.uint8)),
    )
