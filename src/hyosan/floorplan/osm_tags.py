"""What tags of Simple Indoor Tagging say: levels, lengths, what a room is for."""

from __future__ import annotations

import math
import re

from hyosan.floorplan.plan import RoomKind

Tags = dict[str, str]

ROOMS = ("room", "corridor", "area")
"""Values of `indoor` that make a closed way a room."""

HIGHEST = 200
"""Levels farther from the ground than this are mistakes."""

_NUMBER = r"[+-]?\d{1,4}(?:\.\d{1,2})?"
_RANGE = re.compile(rf"({_NUMBER})\s*-\s*({_NUMBER})")
_LEVEL = re.compile(_NUMBER)
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*(m|cm|mm|ft|'|)")
_UNITS = {"m": 1.0, "": 1.0, "cm": 0.01, "mm": 0.001, "ft": 0.3048, "'": 0.3048}

_KINDS = {
    "room": {
        "class": RoomKind.CLASSROOM,
        "classroom": RoomKind.CLASSROOM,
        "lecture": RoomKind.CLASSROOM,
        "auditorium": RoomKind.HALL,
        "hall": RoomKind.HALL,
        "lobby": RoomKind.HALL,
        "entrance": RoomKind.HALL,
        "laboratory": RoomKind.LABORATORY,
        "office": RoomKind.OFFICE,
        "administration": RoomKind.OFFICE,
        "toilet": RoomKind.TOILET,
        "toilets": RoomKind.TOILET,
        "bathroom": RoomKind.TOILET,
        "kitchen": RoomKind.KITCHEN,
        "canteen": RoomKind.DINING,
        "restaurant": RoomKind.DINING,
        "gym": RoomKind.GYM,
        "sport": RoomKind.GYM,
        "library": RoomKind.LIBRARY,
        "storage": RoomKind.STORE,
        "store": RoomKind.STORE,
        "technical": RoomKind.STORE,
        "corridor": RoomKind.CORRIDOR,
    },
    "amenity": {
        "toilets": RoomKind.TOILET,
        "cafe": RoomKind.DINING,
        "restaurant": RoomKind.DINING,
        "canteen": RoomKind.DINING,
        "food_court": RoomKind.DINING,
        "library": RoomKind.LIBRARY,
    },
}


def levels_of(tags: Tags) -> tuple[list[float], bool]:
    """Levels of a thing in order, and whether it rises through all of them; none where they cannot be read.

    >>> levels_of({"level": "0-2"})
    ([0.0, 1.0, 2.0], True)
    >>> levels_of({"level": "-1-1;5", "repeat_on": "7"})
    ([-1.0, 0.0, 1.0, 5.0, 7.0], False)
    >>> levels_of({"level": "ground"})
    ([], False)
    """
    written = [part.strip() for key in ("level", "repeat_on") for part in re.split("[;,]", tags.get(key, "")) if part]
    found: set[float] = set()
    for part in written:
        if match := _RANGE.fullmatch(part):
            first, last = float(match[1]), float(match[2])
            if not -HIGHEST <= first <= last <= HIGHEST:
                return [], False
            found.update(first + step for step in range(int(last - first) + 1))
        elif _LEVEL.fullmatch(part) and abs(float(part)) <= HIGHEST:
            found.add(float(part))
        else:
            return [], False
    return sorted(found), len(written) == 1 and len(found) > 1


def metres(written: str | None) -> float | None:
    """A length; none where it cannot be read [m].

    >>> metres("0.9"), metres("90 cm"), metres("wide")
    (0.9, 0.9, None)
    """
    match = _LENGTH.fullmatch((written or "").strip())
    return round(float(match[1]) * _UNITS[match[2]], 3) if match else None


def whole(written: str | None) -> int | None:
    """A count; none where it cannot be read."""
    return int(written) if written and re.fullmatch(r"\d{1,6}", written, re.ASCII) else None


def is_stairwell(tags: Tags) -> bool:
    """Whether stairs lead from a room to its other levels."""
    return tags.get("stairs", "no") != "no" or tags.get("room") in ("stairs", "stairwell", "staircase")


def is_lift(tags: Tags) -> bool:
    """Whether a room is the shaft of a lift."""
    return tags.get("highway") == "elevator" or tags.get("room") in ("elevator", "lift")


def kind_of(tags: Tags) -> RoomKind:
    """What a room is for."""
    if is_stairwell(tags):
        return RoomKind.STAIRWELL
    if is_lift(tags):
        return RoomKind.LIFT
    for key, kinds in _KINDS.items():
        if (kind := kinds.get(tags.get(key, ""))) is not None:
            return kind
    if "office" in tags:
        return RoomKind.OFFICE
    return RoomKind.CORRIDOR if tags.get("indoor") == "corridor" else RoomKind.ROOM


def level_name(level: float) -> str:
    """A level as a storey is called.

    >>> level_name(-1.0), level_name(0.5)
    ('-1', '0.5')
    """
    return f"{level:g}"


def rise_of(written: str | None) -> float | None:
    """A height from floor to floor that a storey can have; none otherwise [m]."""
    height = metres(written)
    return height if height is not None and 2.0 <= height <= 20.0 and math.isfinite(height) else None
