"""Random floors of rooms with doors, open and shut, and things in them; what is seen on them by another library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from hyosan.floorplan.plan import OUTSIDE, Door, DoorState, Obstacle, Room
from hyosan.verification.halls import box
from hyosan.verification.prey import between, plan_of_rooms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.floorplan.plan import Floorplan, Point, Segment

LONG = 24.0
"""Side of a floor [m]."""

MOST_OPENINGS = 3
"""Nobody sees through more openings in a row."""

STATES = (DoorState.OPEN, DoorState.OPEN, DoorState.BROKEN, DoorState.CLOSED, DoorState.LOCKED)

DOOR_WIDTH = 1.6


@dataclass(frozen=True)
class Floor:
    """A floor, and what hides people on it from each other."""

    plan: Floorplan
    hides: shapely.MultiLineString
    """Walls, doors that one does not see through, and things that one does not see over."""
    openings: list[shapely.LineString]
    """Doors that one sees through."""


def _door(seed: int, number: int, rooms: tuple[int, int], wall: Segment) -> tuple[Door, list[Segment]]:
    """A door somewhere in a wall between two rooms, and what is left of the wall."""
    (ax, ay), (bx, by) = wall
    length = abs(bx - ax) + abs(by - ay)
    ux, uy = (bx - ax) / length, (by - ay) / length
    at, state, glass = between(seed, number + 100, (0.2, 0.0, 0.0), (length - DOOR_WIDTH - 0.2, len(STATES), 1.0), 1)[0]
    begin = round(float(at), 2)
    one = (ax + begin * ux, ay + begin * uy)
    other = (one[0] + DOOR_WIDTH * ux, one[1] + DOOR_WIDTH * uy)
    door = Door(f"door {number}", rooms, (one, other), STATES[int(state)], transparent=bool(glass < 0.3))
    return door, [(wall[0], one), (other, wall[1])]


def _things(seed: int, room: Room, row: int) -> list[tuple[Obstacle, shapely.Polygon]]:
    """Things in a room, one in each quarter of it at most: boxes turned at random, a third of them low."""
    (left, low), (right, high) = room.outline[0], room.outline[2]
    found = []
    for quarter in range(4):
        x0 = left + (right - left) * (0.5 * (quarter % 2))
        y0 = low + (high - low) * (0.5 * (quarter // 2))
        width, depth = (right - left) / 2, (high - low) / 2
        size = min(width, depth)
        wide, deep, angle, kind, there = between(
            seed, 1000 + 10 * row + quarter, (0.2, 0.2, 0.0, 0.0, 0.0), (0.6 * size, 0.6 * size, 90.0, 1.0, 1.0), 1
        )[0]
        if there < 0.4:
            continue
        shape = shapely.box(-wide / 2, -deep / 2, wide / 2, deep / 2)
        middle = (x0 + width / 2, y0 + depth / 2)
        shape = shapely.affinity.translate(shapely.affinity.rotate(shape, angle), *middle)
        corners: tuple[Point, ...] = tuple((float(x), float(y)) for x, y in shape.exterior.coords[:-1])
        found.append((Obstacle(row, corners, "table" if kind < 0.35 else "shelf"), shape))
    return found


def floor_of(seed: int) -> Floor:
    """A floor of nine rooms in three rows, cut at random, with a door in every wall between two of them."""
    cuts = np.round(between(seed, 0, (6.0, 14.0, 6.0, 14.0), (10.0, 18.0, 10.0, 18.0), 1)[0], 2)
    xs, ys = (0.0, *cuts[:2].tolist(), LONG), (0.0, *cuts[2:].tolist(), LONG)
    rooms = [
        Room(f"room {row}", 0, box(xs[row % 3], ys[row // 3], xs[row % 3 + 1], ys[row // 3 + 1])) for row in range(9)
    ]
    doors: list[Door] = [Door("exit", (0, OUTSIDE), ((0.5, 0.0), (1.5, 0.0)), DoorState.LOCKED)]
    hides: list[Segment] = [((0.0, 0.0), (LONG, 0.0)), ((LONG, 0.0), (LONG, LONG))]
    hides += [((LONG, LONG), (0.0, LONG)), ((0.0, LONG), (0.0, 0.0))]
    for row in range(9):
        right, high = xs[row % 3 + 1], ys[row // 3 + 1]
        if row % 3 < 2:
            wall = ((right, ys[row // 3]), (right, high))
            door, left = _door(seed, 2 * row, (row, row + 1), wall)
            doors.append(door)
            hides += left
        if row < 6:
            wall = ((xs[row % 3], high), (right, high))
            door, left = _door(seed, 2 * row + 1, (row, row + 3), wall)
            doors.append(door)
            hides += left
    clear = [door.transparent or door.state in (DoorState.OPEN, DoorState.BROKEN) for door in doors]
    hides += [door.segment for door, seen in zip(doors[1:], clear[1:], strict=True) if not seen]
    openings = [shapely.LineString(door.segment) for door, seen in zip(doors[1:], clear[1:], strict=True) if seen]
    things = [thing for row, room in enumerate(rooms) for thing in _things(seed, room, row)]
    tall = [shape.exterior for obstacle, shape in things if obstacle.kind == "shelf"]
    lines = shapely.MultiLineString([*[shapely.LineString(each) for each in hides], *tall])
    return Floor(plan_of_rooms(rooms, doors, [obstacle for obstacle, _ in things]), lines, openings)


def seen_by_segments(floor: Floor, one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether nothing is on the line between each two places, and not too many openings, (pairs,)."""
    lines = shapely.linestrings(np.stack([one, other], axis=1))
    shapely.prepare(floor.hides)
    through = np.sum([shapely.intersects(lines, opening) for opening in floor.openings], axis=0)
    return np.asarray(~shapely.intersects(lines, floor.hides) & (through <= MOST_OPENINGS))


def room_of(plan: Floorplan, places: NDArray[np.float64]) -> NDArray[np.int64]:
    """Room in whose outline each place lies, (places,)."""
    found = np.full(len(places), -1)
    for row, room in enumerate(plan.rooms):
        (left, low), (right, high) = room.outline[0], room.outline[2]
        x, y = places.T
        found[(x > left) & (x < right) & (y > low) & (y < high)] = row
    return found
