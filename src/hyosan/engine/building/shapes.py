"""Rooms as the engine walks them: their walls, the doors in them, and the strips of stairs, out of a floor plan."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hyosan.errors import HyosanError
from hyosan.floorplan.plan import OUTSIDE, DoorState, StairKind

if TYPE_CHECKING:
    from hyosan.floorplan.plan import Floorplan, Point, Ring, Segment

NEAR = 0.03
"""A door lies on an outline if its ends are so near to it [m]."""

STEEP = 0.02
"""A part of a stair that rises more than this for its length is no landing [1]."""

SHORT = 0.5
"""Parts of stairs shorter than this are joined to their neighbours: nobody may pass two openings in a step [m]."""

SEES_OVER = ("desk", "table", "bench", "chair", "seat", "counter", "locker", "furniture")
"""Kinds of obstacles that people see each other over."""


@dataclass
class Space:
    """A room or a part of a stair."""

    name: str
    frame: int
    storey: int
    outline: Ring
    holes: tuple[Ring, ...] = ()
    obstacles: list[tuple[Ring, bool]] = field(default_factory=list)
    """Outline, and whether people see over it."""
    is_stair: bool = False
    sides: list[int] = field(default_factory=list)
    walls: list[Segment] = field(default_factory=list)
    """Outline and holes without doors."""


@dataclass(frozen=True)
class Opening:
    """A door, the end of a stair or the joint of two of its parts, as seen from one of its rooms."""

    door: int
    space: int
    segment: Segment
    """In the frame of the space, the left end first for whoever looks out of the room."""
    upward: int = 0


@dataclass
class Shapes:
    """All spaces and openings; openings 2k and 2k + 1 are the two sides of door k, the second `None` outside."""

    spaces: list[Space]
    openings: list[tuple[Opening, Opening | None]]
    plan_doors: int
    """The first so many doors are those of the plan."""
    states: list[DoorState]
    stair_parts: int
    """Spaces that are parts of stairs."""
    strips: list[tuple[int, int, float]]
    """Of each frame beyond the storeys: the stair, its first space, and its length [m]."""


def shapes_of(plan: Floorplan) -> Shapes:
    """Spaces and openings of a plan.

    Raises:
        HyosanError: A door or the end of a stair does not lie on the outline of its room.
    """
    spaces = [Space(room.name, room.storey, room.storey, room.outline, room.holes) for room in plan.rooms]
    for thing in plan.obstacles:
        spaces[thing.room].obstacles.append((thing.outline, thing.kind in SEES_OVER))
    parts = sum(len(joined_parts(stair.parts)) for stair in plan.stairs)
    shapes = Shapes(spaces, [], len(plan.doors), [], parts, [])
    for row, door in enumerate(plan.doors):
        first, second = door.rooms if door.rooms[0] != OUTSIDE else door.rooms[::-1]
        one = Opening(row, first, _looking_out(spaces[first], door.segment, door.name))
        other = None
        if second != OUTSIDE:
            left, right = one.segment
            other = Opening(row, second, (right, left))
        shapes.openings.append((one, other))
        shapes.states.append(door.state)
    for number in range(len(plan.stairs)):
        _add_stair(plan, number, shapes)
    for pair in shapes.openings:
        for opening in pair:
            if opening is not None:
                spaces[opening.space].sides.append(len(spaces[opening.space].sides))
    for row, space in enumerate(spaces):
        mine = [each for pair in shapes.openings for each in pair if each is not None and each.space == row]
        _wall_up(space, mine, plan)
    return shapes


def _looking_out(space: Space, segment: Segment, name: str) -> Segment:
    """A segment on the outline of a space, its left end first for whoever looks out of it."""
    (ax, ay), (bx, by) = segment
    length = math.dist(*segment)
    if length < NEAR:
        raise HyosanError(f"door {name!r}: has no width. Give its two ends.")
    middle = ((ax + bx) / 2, (ay + by) / 2)
    # To the left of the way from a to b.
    left = (-(by - ay) / length, (bx - ax) / length)
    for reach in (0.05, 0.15):
        inside = [
            _holds(space, (middle[0] + sign * reach * left[0], middle[1] + sign * reach * left[1])) for sign in (1, -1)
        ]
        if inside[0] != inside[1]:
            # Who looks out has the room behind: the left end is b if the room is to the left of a-b.
            return ((bx, by), (ax, ay)) if inside[0] else ((ax, ay), (bx, by))
    raise HyosanError(
        f"door {name!r}: does not lie on the outline of room {space.name!r}, near ({middle[0]:.2f}, {middle[1]:.2f}). "
        "Put both its ends on the wall."
    )


def _holds(space: Space, point: Point) -> bool:
    """Whether a point is inside a space."""
    return in_ring(space.outline, point) and not any(in_ring(hole, point) for hole in space.holes)


def in_ring(ring: Ring, point: Point) -> bool:
    """Whether a point is inside a polygon."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside


def _add_stair(plan: Floorplan, number: int, shapes: Shapes) -> None:
    """Add the parts of a stair as spaces in a frame of their own: x along the slope, y across it."""
    stair = plan.stairs[number]
    width, frame = stair.width, len(plan.storeys) + len(shapes.strips)
    lower, upper = stair.ends
    shapes.strips.append((number, len(shapes.spaces), stair.length))
    begin = 0.0
    joint: tuple[int, float, int] | None = None
    for length, rise in joined_parts(stair.parts):
        row, end = len(shapes.spaces), begin + length
        outline = ((begin, 0.0), (end, 0.0), (end, width), (begin, width))
        steep = stair.kind is StairKind.STAIR and abs(rise) > STEEP * length
        storey = plan.rooms[lower.room].storey
        shapes.spaces.append(Space(f"{stair.name}", frame, storey, outline, is_stair=steep))
        door = len(shapes.openings)
        if joint is None:
            segment = _looking_out(shapes.spaces[lower.room], lower.segment, stair.name)
            below = Opening(door, lower.room, segment, 1)
        else:
            below = Opening(door, joint[0], ((begin, width), (begin, 0.0)), 1)
        shapes.openings.append((below, Opening(door, row, ((begin, 0.0), (begin, width)), -1)))
        shapes.states.append(DoorState.OPEN)
        joint, begin = (row, end, 1), end
    if joint is None:
        raise HyosanError(f"stair {stair.name!r}: its path has fewer than two points. Give the middle line.")
    door = len(shapes.openings)
    segment = _looking_out(shapes.spaces[upper.room], upper.segment, stair.name)
    above = Opening(door, joint[0], ((begin, width), (begin, 0.0)), 1)
    shapes.openings.append((above, Opening(door, upper.room, segment, -1)))
    shapes.states.append(DoorState.OPEN)


def joined_parts(parts: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Length and rise of the parts of a stair, those too short for a step joined to the one before, or behind.

    >>> joined_parts(((0.25, 0.0), (3.0, 1.5), (0.125, 0.0), (1.5, 0.0)))
    [(3.375, 1.5), (1.5, 0.0)]
    """
    joined: list[tuple[float, float]] = []
    for length, rise in parts:
        if joined and min(length, joined[-1][0]) < SHORT:
            joined[-1] = (joined[-1][0] + length, joined[-1][1] + rise)
        else:
            joined.append((length, rise))
    return joined


def _wall_up(space: Space, openings: list[Opening], plan: Floorplan) -> None:
    """Find the walls of a space: its outline and holes but for the openings."""
    rings = [_Line(ring) for ring in (space.outline, *space.holes)]
    for opening in openings:
        left, right = opening.segment
        found = [(line, line.place_of(left), line.place_of(right)) for line in rings]
        fitting = [each for each in found if each[1] is not None and each[2] is not None]
        if not fitting:
            name = plan.doors[opening.door].name if opening.door < len(plan.doors) else "an end of a stair"
            raise HyosanError(
                f"door {name!r}: its ends do not lie on the outline of room {space.name!r}. Put both on the wall."
            )
        line, one, other = fitting[0]
        line.cut(one or 0.0, other or 0.0, opening.segment)
    for line in rings:
        space.walls += line.rest()


class _Line:
    """A closed line out of which openings are cut."""

    def __init__(self, ring: Ring) -> None:
        self.points = ring
        self.starts = [0.0]
        for one, other in zip(ring, (*ring[1:], ring[0]), strict=True):
            self.starts.append(self.starts[-1] + math.dist(one, other))
        self.length = self.starts[-1]
        self.cuts: list[tuple[float, float, Point, Point]] = []

    def place_of(self, point: Point) -> float | None:
        """How far along the line a point lies, or None if it lies beside it."""
        best, place = NEAR, None
        for row, (a, b) in enumerate(zip(self.points, (*self.points[1:], self.points[0]), strict=True)):
            length = self.starts[row + 1] - self.starts[row]
            if not length:
                continue
            along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length
            along = min(length, max(0.0, along))
            foot = (a[0] + along / length * (b[0] - a[0]), a[1] + along / length * (b[1] - a[1]))
            if math.dist(foot, point) < best:
                best, place = math.dist(foot, point), self.starts[row] + along
        return place

    def cut(self, one: float, other: float, segment: Segment) -> None:
        """Cut out what lies between two places, the shorter way."""
        (first, begin), (last, end) = sorted(((one, segment[0]), (other, segment[1])))
        if last - first <= self.length / 2:
            self.cuts.append((first, last, begin, end))
        else:
            self.cuts.append((last, first + self.length, end, begin))

    def rest(self) -> list[Segment]:
        """What is left, as segments whose ends are just those of the openings."""
        if not self.cuts:
            return list(zip(self.points, (*self.points[1:], self.points[0]), strict=True))
        cuts = sorted(self.cuts)
        walls: list[Segment] = []
        for row, (_, last, _, end) in enumerate(cuts):
            first, _, begin, _ = cuts[(row + 1) % len(cuts)]
            if row + 1 == len(cuts):
                first += self.length
            corners = [end, *self._corners(last, first), begin]
            walls += [pair for pair in itertools.pairwise(corners) if math.dist(*pair) > 0.0]
        return walls

    def _corners(self, first: float, last: float) -> list[Point]:
        """Corners strictly between two places, in order; places may be more than a round ahead."""
        found = []
        for lap in (0.0, self.length, 2 * self.length):
            for start, point in zip(self.starts[:-1], self.points, strict=True):
                if first + 1e-6 < start + lap < last - 1e-6:
                    found.append((start + lap, point))
        return [point for _, point in sorted(found)]
