"""The native format of floor plans: JSON, read with all its problems at once, written the same every time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hyosan.errors import PlanError, Problem
from hyosan.floorplan.files import check_nesting, refused, shown_path, text_of
from hyosan.floorplan.plan import (
    OUTSIDE,
    Door,
    Floorplan,
    Gate,
    Obstacle,
    Room,
    Seat,
    Stair,
    StairEnd,
    Storey,
    Zone,
)
from hyosan.floorplan.written import FORMAT, OUTSIDE_NAME, VERSION, WrittenPlan, facing, ring_of, segment_of
from hyosan.scenario.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pydantic import ValidationError

MOST_PROBLEMS = 100
"""Problems that one message lists."""


def read(path: str | Path) -> Floorplan:
    """The plan of a native file.

    Raises:
        PlanError: With every problem that could be found.
    """
    return loads(text_of(path), shown_path(path))


def loads(text: str, file: str = "plan.json") -> Floorplan:
    """The plan of a native text.

    Args:
        text: The JSON.
        file: Name of the file, for messages.

    Raises:
        PlanError: With every problem that could be found.
    """
    from pydantic import ValidationError

    table = _parsed(text, file)
    try:
        written = WrittenPlan.model_validate(table)
    except ValidationError as error:
        raise PlanError(_problems(error, file)) from None
    return _plan(written)


def _parsed(text: str, file: str) -> dict[str, Any]:
    """The table of a JSON text."""
    check_nesting(text, file)
    try:
        table = json.loads(text, parse_constant=_no_number, object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        message = f"is no JSON ({error.msg}). Write a floor plan in JSON."
        raise refused(file, message, line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise refused(file, f"holds a value that cannot be read: {error}"[:200]) from None
    if not isinstance(table, dict):
        raise refused(file, f'is no table. Begin with {{"format": "{FORMAT}", "version": {VERSION}, …}}.')
    return table


def _no_number(name: str) -> float:
    """Refuse NaN and infinities."""
    raise ValueError(f"{name} is no number. Write one.")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A table, if no key stands in it twice."""
    table = dict(pairs)
    if len(table) < len(pairs):
        twice = twice_in(key for key, _ in pairs)
        raise ValueError(f"the key {shown(twice)} stands twice in one table. Leave one out.")
    return table


def _problems(error: ValidationError, file: str) -> Iterator[Problem]:
    """Problems with their keys, the first hundred."""
    from hyosan.scenario.model import dotted
    from hyosan.scenario.section import finding_of

    details = error.errors(include_url=False)
    for detail in details[:MOST_PROBLEMS]:
        path, message = finding_of(detail)
        yield Problem(message, key=dotted(path), file=file)
    if len(details) > MOST_PROBLEMS:
        yield Problem(f"and {len(details) - MOST_PROBLEMS} more problems.", file=file)


def _plan(written: WrittenPlan) -> Floorplan:
    """The plan, with rows for names."""
    storey = {each.name: row for row, each in enumerate(written.storeys)}
    room = {each.name: row for row, each in enumerate(written.rooms)} | {OUTSIDE_NAME: OUTSIDE}
    return Floorplan(
        name=written.name,
        title=written.title,
        licence=written.licence,
        source=written.source,
        storeys=tuple(Storey(each.name, each.elevation_m) for each in written.storeys),
        rooms=tuple(_rooms(written, storey)),
        doors=tuple(_doors(written, room)),
        stairs=tuple(_stairs(written, room)),
        obstacles=tuple(
            Obstacle(room[each.room], ring_of(each.outline_m), each.kind, each.movable) for each in written.obstacles
        ),
        seats=tuple(Seat(room[each.room], each.place_m, facing(each.facing_deg), each.kind) for each in written.seats),
        zones=tuple(Zone(each.name, storey[each.storey], ring_of(each.outline_m), each.kind) for each in written.zones),
        gates=tuple(Gate(each.name, storey[each.storey], segment_of(each.segment_m)) for each in written.gates),
    )


def _rooms(written: WrittenPlan, storey: dict[str, int]) -> Iterator[Room]:
    """Rooms of a file."""
    for each in written.rooms:
        yield Room(
            name=each.name,
            storey=storey[each.storey],
            outline=ring_of(each.outline_m),
            holes=tuple(ring_of(hole, clockwise=True) for hole in each.holes_m),
            kind=each.kind,
            title=each.title,
            capacity=each.capacity,
            background_noise=each.background_noise_db,
            ventilation=each.ventilation_per_h,
        )


def _doors(written: WrittenPlan, room: dict[str, int]) -> Iterator[Door]:
    """Doors of a file."""
    for each in written.doors:
        yield Door(
            name=each.name,
            rooms=(room[each.rooms[0]], room[each.rooms[1]]),
            segment=segment_of(each.segment_m),
            state=each.state,
            leaf=each.leaf,
            strength=each.strength,
            keys=each.keys,
            locks_from=tuple(sorted({each.rooms.index(side) for side in each.locks_from})),
            transparent=each.transparent,
            sound_loss=each.sound_loss_db,
            flow_limit=each.flow_limit_per_s,
            emergency=each.emergency,
        )


def _stairs(written: WrittenPlan, room: dict[str, int]) -> Iterator[Stair]:
    """Stairs of a file."""
    for each in written.stairs:
        lower, upper = (StairEnd(room[end.room], segment_of(end.segment_m)) for end in (each.lower, each.upper))
        yield Stair(
            name=each.name,
            ends=(lower, upper),
            path=each.path_m,
            kind=each.kind,
            riser=each.riser_m,
            tread=each.tread_m,
            outdoor=each.outdoor,
        )


def write(path: str | Path, plan: Floorplan) -> None:
    """Write a plan into a file, in place of what was there."""
    from pathlib import Path as File

    File(path).write_text(dumps(plan), encoding="utf-8", newline="\n")


def dumps(plan: Floorplan) -> str:
    """The native text of a plan: one thing a line, coordinates to the millimetre, the same for the same plan.

    Raises:
        PlanError: Two rooms or storeys have one name, so that a file cannot tell them apart.
    """
    for what, names in (
        ("storeys", [each.name for each in plan.storeys]),
        ("rooms", [OUTSIDE_NAME, *(each.name for each in plan.rooms)]),
    ):
        if (twice := twice_in(names)) is not None:
            raise PlanError([Problem(f"two {what} are called {shown(twice)}. Give each a name of its own.")])
    head: list[tuple[str, object]] = [("format", FORMAT), ("version", VERSION), ("name", plan.name)]
    head += [(key, getattr(plan, key)) for key in ("title", "licence", "source") if getattr(plan, key)]
    parts = [f'"{key}": {_json(value)}' for key, value in head]
    for key, things in _tables(plan):
        lines = [f"  {_json(thing)}" for thing in things]
        if lines or key in ("storeys", "rooms"):
            parts.append(f'"{key}": [\n' + ",\n".join(lines) + "\n]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def twice_in(names: Iterable[str]) -> str | None:
    """The first name that stands there again, if any."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _json(value: object) -> str:
    """JSON on one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _length(value: float) -> float | int:
    """A length to the millimetre, as short as it can be written."""
    return _short(round(value, 3))


def _short(value: float) -> float | int:
    """A number as short as it can be written."""
    return int(value) if value == int(value) else value


def _maybe(value: float | None) -> float | int | None:
    """A number as short as it can be written, or nothing."""
    return None if value is None else _short(value)


def _places(points: Iterable[Iterable[float]]) -> list[list[float | int]]:
    """Points to the millimetre."""
    return [[_length(part) for part in point] for point in points]


def _without(defaults: dict[str, object], table: dict[str, object]) -> dict[str, object]:
    """A table without what need not be said."""
    return {key: value for key, value in table.items() if key not in defaults or value != defaults[key]}


def _defaults(section: Any) -> dict[str, object]:
    """Values of keys that may be left out, as JSON has them."""
    fields = section.model_fields.items()
    return {
        name: list(field.default) if isinstance(field.default, tuple) else field.default
        for name, field in fields
        if not field.is_required()
    }


def _tables(plan: Floorplan) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Lists of a file, by key."""
    from hyosan.floorplan import written

    storeys = [each.name for each in plan.storeys]
    rooms = [*(each.name for each in plan.rooms), OUTSIDE_NAME]  # the last one has row -1
    tables: dict[str, list[dict[str, object]]] = {
        "storeys": [{"name": each.name, "elevation_m": _length(each.elevation)} for each in plan.storeys],
        "rooms": [_room_table(each, storeys) for each in plan.rooms],
        "doors": [_door_table(each, rooms) for each in plan.doors],
        "stairs": [_stair_table(each, rooms) for each in plan.stairs],
        "obstacles": [
            {"room": rooms[each.room], "outline_m": _places(each.outline), "kind": each.kind, "movable": each.movable}
            for each in plan.obstacles
        ],
        "seats": [
            {
                "room": rooms[each.room],
                "place_m": _places([each.place])[0],
                "facing_deg": _short(facing(each.facing)),
                "kind": each.kind,
            }
            for each in plan.seats
        ],
        "zones": [
            {
                "name": each.name,
                "storey": storeys[each.storey],
                "outline_m": _places(each.outline),
                "kind": each.kind,
            }
            for each in plan.zones
        ],
        "gates": [
            {"name": each.name, "storey": storeys[each.storey], "segment_m": _places(each.segment)}
            for each in plan.gates
        ],
    }
    for key, things in tables.items():
        defaults = _defaults(getattr(written, "Written" + key[:-1].capitalize()))
        yield key, [_without(defaults, thing) for thing in things]


def _room_table(room: Room, storeys: list[str]) -> dict[str, object]:
    """A room as a file has it."""
    return {
        "name": room.name,
        "title": room.title,
        "kind": str(room.kind),
        "storey": storeys[room.storey],
        "outline_m": _places(room.outline),
        "holes_m": [_places(hole) for hole in room.holes],
        "capacity": room.capacity,
        "background_noise_db": _maybe(room.background_noise),
        "ventilation_per_h": _maybe(room.ventilation),
    }


def _door_table(door: Door, rooms: list[str]) -> dict[str, object]:
    """A door as a file has it."""
    return {
        "name": door.name,
        "rooms": [rooms[row] for row in door.rooms],
        "segment_m": _places(door.segment),
        "state": str(door.state),
        "leaf": door.leaf,
        "strength": _maybe(door.strength),
        "keys": list(door.keys),
        "locks_from": [rooms[door.rooms[side]] for side in door.locks_from],
        "transparent": door.transparent,
        "sound_loss_db": _maybe(door.sound_loss),
        "flow_limit_per_s": _maybe(door.flow_limit),
        "emergency": door.emergency,
    }


def _stair_table(stair: Stair, rooms: list[str]) -> dict[str, object]:
    """A stair as a file has it."""
    lower, upper = ({"room": rooms[end.room], "segment_m": _places(end.segment)} for end in stair.ends)
    return {
        "name": stair.name,
        "kind": str(stair.kind),
        "lower": lower,
        "upper": upper,
        "path_m": _places(stair.path),
        "riser_m": _length(stair.riser),
        "tread_m": _length(stair.tread),
        "outdoor": stair.outdoor,
    }
