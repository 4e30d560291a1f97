"""What a native file of a floor plan holds: every key, its unit and its limits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, StrictBool

from hyosan.errors import did_you_mean
from hyosan.floorplan.plan import DoorState, Ring, RoomKind, Segment, StairKind
from hyosan.scenario.quantities import shown
from hyosan.scenario.section import Finding, Section, at_most, count, number, text, word

FORMAT, VERSION = "hyosan-floorplan", 1
OUTSIDE_NAME = "outside"
"""How a file calls the far side of a door through which one leaves."""

FARTHEST = 100_000
"""Largest coordinate [m]."""
MOST_CORNERS = 5_000
MOST_GUESSES = 20
"""Unknown names for which the nearest known one is looked for."""
MOST_NAMES_TO_GUESS = 500

PlainPoint = tuple[float, ...]


def _point(value: object, axes: int) -> PlainPoint:
    """Coordinates to the millimetre."""
    if not isinstance(value, list | tuple) or len(value) != axes:
        wanted = "[x, y]" if axes == 2 else "[x, y, height]"
        raise ValueError(f"{shown(value)} is no point. Write {wanted} in metres.")
    for part in value:
        # Compared before it is made a float: a whole number of a thousand digits has none; NaN is in no range.
        if isinstance(part, bool) or not isinstance(part, int | float) or not -FARTHEST <= part <= FARTHEST:
            raise ValueError(f"{shown(part)} is no coordinate. Write metres from {-FARTHEST} to {FARTHEST}.")
    return tuple(round(float(part), 3) + 0.0 for part in value)


def _points(value: object, axes: int, least: int, most: int) -> tuple[PlainPoint, ...]:
    """A list of points."""
    if not isinstance(value, list | tuple) or not least <= len(value) <= most:
        found = (
            f"has {len(value)} points" if isinstance(value, list | tuple) else f"{shown(value)} is no list of points"
        )
        wanted = f"{least}" if least == most else f"{least} to {most}"
        raise ValueError(f"{found}. Write {wanted} points in brackets.")
    found_points = []
    for place, each in enumerate(value, start=1):
        try:
            found_points.append(_point(each, axes))
        except ValueError as error:
            raise ValueError(f"point {place}: {error}") from None
    return tuple(found_points)


def _ring(value: object) -> tuple[PlainPoint, ...]:
    """Corners of a polygon, without the first one again at the end and without repeated ones."""
    corners = _points(value, 2, 3, MOST_CORNERS)
    kept = tuple(
        corner for corner, following in zip(corners, (*corners[1:], corners[0]), strict=True) if corner != following
    )
    if len(kept) < 3:
        raise ValueError(f"has {len(kept)} different corners. Write 3 at least.")
    return kept


def _holes(value: object) -> tuple[tuple[PlainPoint, ...], ...]:
    """Polygons within a polygon."""
    if not isinstance(value, list | tuple) or len(value) > 1000:
        raise ValueError(f"{shown(value)} is no list of holes. Write at most 1000 lists of corners in brackets.")
    return tuple(_ring(each) for each in value)


def _segment(value: object) -> tuple[PlainPoint, ...]:
    """Two different points."""
    ends = _points(value, 2, 2, 2)
    if ends[0] == ends[1]:
        raise ValueError("both ends are the same point. Write two different ones.")
    return ends


def _path(value: object) -> tuple[PlainPoint, ...]:
    """A line that climbs."""
    return _points(value, 3, 2, 1000)


def _length(low: float, high: float, what: str) -> Callable[[object], float]:
    """A check of a length in a range, which rounds it to the millimetre."""
    check = number(low, high, what)
    return lambda value: round(check(value), 3) + 0.0


def _name(value: object) -> str:
    """A name on one line."""
    found = text(100)(value)
    if not found.strip() or found != found.strip() or not found.isprintable():
        raise ValueError(f"{shown(found)} is no name. Write 1 to 100 letters on one line, without spaces around them.")
    return found


def _room_name(value: object) -> str:
    """A name of a room that is not the outside."""
    found = _name(value)
    if found == OUTSIDE_NAME:
        raise ValueError(f"{OUTSIDE_NAME!r} means the outside of the building. Choose another name.")
    return found


def _known(what: str, wanted: object) -> Callable[[object], object]:
    """A check that a value is the only one there is."""

    def check(value: object) -> object:
        if isinstance(value, bool) or value != wanted:
            raise ValueError(f"is {shown(value)}, but this hyosan knows {what} {wanted!r} only. Write {wanted!r}.")
        return value

    return check


Name = Annotated[str, BeforeValidator(_name)]
RoomName = Annotated[str, BeforeValidator(_room_name)]
Text = Annotated[str, BeforeValidator(text(2000))]
Corners = Annotated[Any, BeforeValidator(_ring)]
Holes = Annotated[Any, BeforeValidator(_holes)]
Ends = Annotated[Any, BeforeValidator(_segment)]
Place = Annotated[Any, BeforeValidator(lambda value: _point(value, 2))]
Line = Annotated[Any, BeforeValidator(_path)]


class WrittenStorey(Section):
    """One level."""

    name: Name
    """One of its kind."""
    elevation_m: Annotated[float, BeforeValidator(_length(-FARTHEST, FARTHEST, "a height in metres"))]
    """Height of its floor [m]."""


class WrittenRoom(Section):
    """A floor that people can walk on."""

    name: RoomName
    """One of its kind in the plan; `outside` is none."""
    storey: Name
    """Name of its storey."""
    outline_m: Corners
    """Corners, in turn [m]."""
    holes_m: Holes = ()
    """Corners of what is cut out of it [m]."""
    kind: Annotated[RoomKind, BeforeValidator(word(map(str, RoomKind)))] = RoomKind.ROOM
    """What it is for."""
    title: Text = ""
    """What people call it."""
    capacity: Annotated[int, BeforeValidator(count(0, 1_000_000, "a count of people"))] | None = None
    """Most people it is meant for."""
    background_noise_db: Annotated[float, BeforeValidator(number(0, 150, "a level in dB"))] | None = None
    """Level of its usual noise [dB]."""
    ventilation_per_h: Annotated[float, BeforeValidator(number(0, 1000, "a count of air changes"))] | None = None
    """Changes of air per hour [1/h]."""


class WrittenDoor(Section):
    """An opening on the outlines of two rooms, or of one and the outside."""

    name: Name
    """One of its kind in the plan."""
    rooms: tuple[Name, Name]
    """Names of the rooms on its two sides; the second may be `outside`."""
    segment_m: Ends
    """Its two ends [m]."""
    state: Annotated[DoorState, BeforeValidator(word(map(str, DoorState)))] = DoorState.OPEN
    """What can be done with it at the start."""
    leaf: StrictBool = True
    """Whether there is something to shut."""
    strength: Annotated[float, BeforeValidator(number(0, 1_000_000, "a count of blows"))] | None = None
    """Blows that it stands; the scenario's if left out."""
    keys: Annotated[tuple[Name, ...], BeforeValidator(at_most(100, "keys"))] = ()
    """Who can lock and unlock it, such as `teacher`."""
    locks_from: Annotated[tuple[Name, ...], BeforeValidator(at_most(2, "sides"))] = ()
    """Rooms from which it can be locked without a key."""
    transparent: StrictBool = False
    """Whether one sees through it when it is shut."""
    sound_loss_db: Annotated[float, BeforeValidator(number(0, 150, "a loss in dB"))] | None = None
    """What it takes off a sound when it is shut [dB]; the scenario's if left out."""
    flow_limit_per_s: Annotated[float, BeforeValidator(number(0, 1000, "a flow of people"))] | None = None
    """Most people through it in a second [1/s]."""
    emergency: StrictBool = False
    """Whether it is meant to be used in an emergency only."""


class WrittenEnd(Section):
    """Where a stair meets a floor."""

    room: Name
    """Name of the room."""
    segment_m: Ends
    """Its two ends, on the outline of the room [m]."""


class WrittenStair(Section):
    """A strip between two rooms."""

    name: Name
    """One of its kind in the plan."""
    lower: WrittenEnd
    """Its foot."""
    upper: WrittenEnd
    """Its head."""
    path_m: Line
    """Middle line from the foot to the head, in x, y and height [m]."""
    kind: Annotated[StairKind, BeforeValidator(word(map(str, StairKind)))] = StairKind.STAIR
    """`stair` or `ramp`."""
    riser_m: Annotated[float, BeforeValidator(_length(0, 1, "a height of a step"))] = 0.17
    """Height of a step [m]."""
    tread_m: Annotated[float, BeforeValidator(_length(0, 5, "a depth of a step"))] = 0.28
    """Depth of a step [m]."""
    outdoor: StrictBool = False
    """Whether it is in the open."""


class WrittenObstacle(Section):
    """Something that nobody walks through."""

    room: Name
    """Name of the room it stands in."""
    outline_m: Corners
    """Corners, in turn [m]."""
    kind: Name = "obstacle"
    """What it is."""
    movable: StrictBool = False
    """Furniture that can be pushed against a door."""


class WrittenSeat(Section):
    """A place to sit or work at."""

    room: Name
    """Name of the room it is in."""
    place_m: Place
    """Where it is [m]."""
    facing_deg: Annotated[float, BeforeValidator(number(-360, 360, "a direction in degrees"))] = 0.0
    """Direction in which one looks [degrees], 0 along x, counter-clockwise."""
    kind: Name = "seat"
    """What it is."""


class WrittenZone(Section):
    """A part of a storey with a purpose."""

    name: Name
    """One of its kind in the plan."""
    storey: Name
    """Name of its storey."""
    outline_m: Corners
    """Corners, in turn [m]."""
    kind: Name = "area"
    """`start`, `assembly`, `area`, or a word of the scenario's."""


class WrittenGate(Section):
    """A line at which the flow of people is measured."""

    name: Name
    """One of its kind in the plan."""
    storey: Name
    """Name of its storey."""
    segment_m: Ends
    """Its two ends [m]."""


def _once(plan: WrittenPlan) -> Iterator[Finding]:
    """No two things of a list have one name."""
    for key in ("storeys", "rooms", "doors", "stairs", "zones", "gates"):
        first: dict[str, int] = {}
        for row, each in enumerate(getattr(plan, key)):
            if first.setdefault(each.name, row) != row:
                yield (
                    (key, row, "name"),
                    f"{shown(each.name)} is the name of {key}[{first[each.name]}] already. Choose another one.",
                )


def _references(plan: WrittenPlan) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Path, name, and list in which the name should be."""
    for key in ("rooms", "zones", "gates"):
        for row, each in enumerate(getattr(plan, key)):
            yield (key, row, "storey"), each.storey, "storeys"
    for row, door in enumerate(plan.doors):
        yield ("doors", row, "rooms", 0), door.rooms[0], "rooms"
        if door.rooms[1] != OUTSIDE_NAME:
            yield ("doors", row, "rooms", 1), door.rooms[1], "rooms"
    for row, stair in enumerate(plan.stairs):
        yield ("stairs", row, "lower", "room"), stair.lower.room, "rooms"
        yield ("stairs", row, "upper", "room"), stair.upper.room, "rooms"
    for key in ("obstacles", "seats"):
        for row, each in enumerate(getattr(plan, key)):
            yield (key, row, "room"), each.room, "rooms"


def _known_names(plan: WrittenPlan) -> Iterator[Finding]:
    """Rooms and storeys that are named are there."""
    known = {key: {each.name for each in getattr(plan, key)} for key in ("storeys", "rooms")}
    listed = {key: sorted(names)[:MOST_NAMES_TO_GUESS] for key, names in known.items()}
    guesses = 0
    for path, name, key in _references(plan):
        if name in known[key]:
            continue
        guesses += 1
        hint = did_you_mean(name, listed[key]) if guesses <= MOST_GUESSES else f"Write one of {key}."
        if name == OUTSIDE_NAME:
            hint = f"Write the room first and {OUTSIDE_NAME!r} second." if path[0] == "doors" else "Write a room."
        yield path, f"{shown(name)}: no such name among {key}. {hint}"


def _sides(plan: WrittenPlan) -> Iterator[Finding]:
    """A door is locked from one of its rooms."""
    for row, door in enumerate(plan.doors):
        for place, side in enumerate(door.locks_from):
            if side not in door.rooms:
                yield (
                    ("doors", row, "locks_from", place),
                    f"{shown(side)} is on no side of the door. {did_you_mean(side, door.rooms)}",
                )


class WrittenPlan(Section):
    """A floor plan."""

    checks: ClassVar[tuple[Callable[[Any], Iterator[Finding]], ...]] = (_once, _known_names, _sides)

    format: Annotated[Literal["hyosan-floorplan"], BeforeValidator(_known("the format", FORMAT))]
    """`hyosan-floorplan`."""
    version: Annotated[Literal[1], BeforeValidator(_known("version", VERSION))]
    """Version of the format, 1."""
    name: Name
    """Name of the plan."""
    title: Text = ""
    """What people call it."""
    licence: Text = ""
    """Under which terms it may be used."""
    source: Text = ""
    """Where it comes from."""
    storeys: Annotated[tuple[WrittenStorey, ...], BeforeValidator(at_most(200, "storeys"))]
    """Levels."""
    rooms: Annotated[tuple[WrittenRoom, ...], BeforeValidator(at_most(20_000, "rooms"))]
    """Floors that people can walk on."""
    doors: Annotated[tuple[WrittenDoor, ...], BeforeValidator(at_most(50_000, "doors"))] = ()
    """Openings between rooms."""
    stairs: Annotated[tuple[WrittenStair, ...], BeforeValidator(at_most(2_000, "stairs"))] = ()
    """Strips between rooms."""
    obstacles: Annotated[tuple[WrittenObstacle, ...], BeforeValidator(at_most(30_000, "obstacles"))] = ()
    """What nobody walks through."""
    seats: Annotated[tuple[WrittenSeat, ...], BeforeValidator(at_most(50_000, "seats"))] = ()
    """Places to sit at."""
    zones: Annotated[tuple[WrittenZone, ...], BeforeValidator(at_most(10_000, "zones"))] = ()
    """Parts of storeys with a purpose."""
    gates: Annotated[tuple[WrittenGate, ...], BeforeValidator(at_most(10_000, "gates"))] = ()
    """Lines at which flows are measured."""


def facing(degrees: float) -> float:
    """A direction from 0 to 360, to the tenth [degrees]."""
    return round(math.fmod(degrees + 360, 360), 1) % 360 + 0.0


def ring_of(corners: Any, *, clockwise: bool = False) -> Ring:
    """Corners counter-clockwise, or clockwise; the first one stays the first."""
    from hyosan.floorplan.plan import area_of

    ring: Ring = corners
    return (ring[0], *reversed(ring[1:])) if (area_of(ring) < 0) != clockwise else ring


def segment_of(ends: Any) -> Segment:
    """Two ends."""
    segment: Segment = ends
    return segment
