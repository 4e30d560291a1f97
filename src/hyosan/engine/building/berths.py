"""Where people are at first: at their seats, or spread over the floor."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.chance import share_of, words_of
from hyosan.errors import RunError
from hyosan.floorplan.plan import OPEN_AIR, RoomKind
from hyosan.rules.random import Draw, use_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.ground import Ground
    from hyosan.floorplan.plan import Floorplan, Ring

UNUSUAL = (*OPEN_AIR, RoomKind.STAIRWELL, RoomKind.LIFT, RoomKind.STORE, RoomKind.TOILET)
"""Kinds of rooms in which nobody is at first, unless there are no others."""

FROM_WALLS, APART = 0.25, 0.35
"""Nobody begins nearer to a wall, or to somebody else [m]; assumed: bodies of 0.3 m do not touch."""

TRIES = 400
"""Places that are tried for each person."""


def spread(ground: Ground, plan: Floorplan, people: int, seed: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Rooms and places of people who are spread over the rooms by their area.

    Returns:
        Rooms, (people,), and places in the frames of their storeys, (people, 2) [m].

    Raises:
        RunError: They do not fit.
    """
    usual = [row for row, room in enumerate(plan.rooms) if room.kind not in UNUSUAL and ground.room[row, 2] > 0]
    usual = usual or list(range(len(plan.rooms)))
    areas = np.array([plan.rooms[row].area for row in usual]).cumsum()
    rooms, places = np.zeros(people, np.int64), np.zeros((people, 2))
    taken: dict[tuple[int, int, int], list[tuple[float, float]]] = {}
    use = use_of(int(Draw.BERTH), 0, 0)
    for person in range(people):
        for number in range(TRIES):
            words = words_of(seed, use, 1, number, person)[0]
            row = usual[int(np.searchsorted(areas, share_of(words[0], words[1]) * areas[-1], side="right"))]
            place = _somewhere(plan.rooms[row].outline, words[2] / 2**32, words[3] / 2**32)
            if _is_free(ground, row, place, taken):
                rooms[person], places[person] = row, place
                taken.setdefault(_square(row, place), []).append(place)
                break
        else:
            raise RunError(f"{people} people do not fit into {plan.name}. Lower people: {person} found a place.")
    return rooms, places


def _somewhere(ring: Ring, across: float, along: float) -> tuple[float, float]:
    """A place in the box around an outline."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs) + across * (max(xs) - min(xs)), min(ys) + along * (max(ys) - min(ys))


def _square(row: int, place: tuple[float, float]) -> tuple[int, int, int]:
    """The square of a room in which a place lies."""
    return row, math.floor(place[0] / APART), math.floor(place[1] / APART)


def _is_free(
    ground: Ground, row: int, place: tuple[float, float], taken: dict[tuple[int, int, int], list[tuple[float, float]]]
) -> bool:
    """Whether a place is in the room, off its walls and off other people."""
    x, y = place[0] + ground.origin[ground.room[row, 0]], place[1]
    begin, end = ground.spans[row]
    inside = False
    for ax, ay, bx, by in ground.wall[begin:end].tolist():
        if _distance(x, y, ax, ay, bx, by) < FROM_WALLS:
            return False
        # Outline, holes and obstacles: an odd number of lines to the right is inside all of them.
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    if not inside:
        return False
    _, i, j = _square(row, place)
    near = [other for u in (-1, 0, 1) for v in (-1, 0, 1) for other in taken.get((row, i + u, j + v), [])]
    return all(math.dist(place, other) >= APART for other in near)


def _distance(x: float, y: float, ax: float, ay: float, bx: float, by: float) -> float:
    """Distance of a place from a wall [m]."""
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    along = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / square)) if square else 0.0
    return math.sqrt((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2)


def in_rows(
    people: int, abreast: int, width: float, seed: int, *, left: float = 0.3, gap: float
) -> NDArray[np.float64]:
    """Places in rows across a hall, each person a little off its place by chance, (people, 2) [m]."""
    use = use_of(int(Draw.BERTH), 1, 0)
    places = np.zeros((people, 2))
    for person, words in enumerate(words_of(seed, use, people)):
        x = left + (person // abreast + 0.5) * gap + 0.1 * (words[0] / 2**32 - 0.5)
        y = 0.3 + (person % abreast + 0.5) * (width - 0.6) / abreast + 0.1 * (words[1] / 2**32 - 0.5)
        places[person] = x, y
    return places
