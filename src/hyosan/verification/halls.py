"""Small floor plans of the verification tests: rooms, corridors, corners, bottlenecks, stairs and cabins."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hyosan.engine.building.ground import closed_round, ground_of
from hyosan.floorplan.plan import OUTSIDE, Door, Floorplan, Room, Stair, StairEnd, StairKind, Storey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyosan.engine.building.ground import Ground
    from hyosan.floorplan.plan import Point, Ring, Segment

STOREY_HEIGHT = 3.0
"""From floor to floor [m]."""


def box(left: float, low: float, right: float, high: float) -> Ring:
    """A rectangle as an outline [m]."""
    return ((left, low), (right, low), (right, high), (left, high))


def room(name: str, outline: Ring, storey: int = 0) -> Room:
    """A room of any kind."""
    return Room(name, storey, outline)


def opening(name: str, one: int, other: int, start: Point, end: Point, flow_limit: float | None = None) -> Door:
    """An opening without a leaf.

    Args:
        one: Row of the room on its one side, `other` of that on the other, or `OUTSIDE`.
        flow_limit: Most people in a second [1/s].
    """
    return Door(name, (one, other), (start, end), leaf=False, flow_limit=flow_limit)


def plan_of(name: str, rooms: Sequence[Room], doors: Sequence[Door], stairs: Sequence[Stair] = ()) -> Floorplan:
    """A plan of as many storeys as its rooms are on."""
    top = max(each.storey for each in rooms)
    storeys = tuple(Storey(str(level), STOREY_HEIGHT * level) for level in range(top + 1))
    return Floorplan(name, storeys, tuple(rooms), tuple(doors), tuple(stairs))


def corridor(length: float, width: float, cuts: Sequence[float] = (), flow_limit: float | None = None) -> Floorplan:
    """A corridor along x from 0, cut across into rooms, with the exit over its whole far end.

    Args:
        cuts: Where one room ends and the next begins [m]; door k is at cut k, the exit is the last.
    """
    edges = (0.0, *cuts, length)
    rooms = [room(f"part {row}", box(left, 0.0, edges[row + 1], width)) for row, left in enumerate(edges[:-1])]
    doors = [
        opening(f"line {row}", row, row + 1 if row + 1 < len(rooms) else OUTSIDE, (x, 0.0), (x, width))
        for row, x in enumerate(edges[1:])
    ]
    if flow_limit is not None:
        doors[-1] = opening("exit", len(rooms) - 1, OUTSIDE, (length, 0.0), (length, width), flow_limit)
    return plan_of("corridor", rooms, doors)


def ring(length: float, width: float) -> Ground:
    """The ground of a corridor along x that is closed round: whoever leaves at `length` is at 0 again.

    Door 0 is half way, door 1 at `length`, door 2 at 0; people go round who make for door 1 and no other.
    """
    half = length / 2
    rooms = [room("one half", box(0.0, 0.0, half, width)), room("other half", box(half, 0.0, length, width))]
    doors = [
        opening("half way", 0, 1, (half, 0.0), (half, width)),
        opening("end", 1, OUTSIDE, (length, 0.0), (length, width)),
        opening("start", 0, OUTSIDE, (0.0, 0.0), (0.0, width)),
    ]
    return closed_round(ground_of(plan_of("ring", rooms, doors)), last=1, first=2)


def corner(width: float = 2.0, leg: float = 10.0, outer: float | None = None) -> Floorplan:
    """A corridor along x that turns left.

    Args:
        leg: Length of the inner side of the first leg [m].
        outer: Length of the inner side of the second [m]; as the first if not given.
    """
    far, high = leg + width, width + (leg if outer is None else outer)
    outline = ((0.0, 0.0), (far, 0.0), (far, high), (leg, high), (leg, width), (0.0, width))
    return plan_of("corner", [room("corner", outline)], [opening("exit", 0, OUTSIDE, (leg, high), (far, high))])


def hall(
    width: float, depth: float, exits: Sequence[tuple[str, float, float]], flow_limit: float | None = None
) -> Floorplan:
    """A room with exits.

    Args:
        width: Along x [m]; `depth` along y.
        exits: Of each the wall (`low`, `high`, `left` or `right`) and where along it the exit begins and ends [m].
        flow_limit: Most people in a second through each metre of an exit [1/(m s)].
    """
    doors = []
    for number, (wall, start, end) in enumerate(exits):
        ends: dict[str, Segment] = {
            "low": ((start, 0.0), (end, 0.0)),
            "high": ((start, depth), (end, depth)),
            "left": ((0.0, start), (0.0, end)),
            "right": ((width, start), (width, end)),
        }
        limit = None if flow_limit is None else flow_limit * (end - start)
        doors.append(opening(f"exit {number + 1}", 0, OUTSIDE, *ends[wall], limit))
    return plan_of("hall", [room("hall", box(0.0, 0.0, width, depth))], doors)


def halls_in_a_row(
    depths: Sequence[float],
    necks: Sequence[tuple[float, float]],
    *,
    width: float = 10.0,
    exit_width: float | None = None,
    back_exit: bool = False,
) -> Floorplan:
    """Halls one behind the other along x, each joined to the next by a bottleneck in the middle.

    Rooms are hall, neck, hall, neck …; doors follow each other along x, two of each neck (one, if it has no length),
    then the exit out of the last hall, then that out of the first.

    Args:
        depths: Length of each hall along x [m]; if the last is 0, the exit is at the end of the last neck.
        necks: Width and length of each bottleneck [m].
        width: Of all halls, along y [m].
        exit_width: Of the exit in the middle of the far wall [m]; as wide as the hall if not given.
        back_exit: Whether there is an exit over the whole near wall too.
    """
    rooms: list[Room] = []
    doors: list[Door] = []
    lines: list[tuple[float, float]] = []
    x = 0.0
    for row, depth in enumerate(depths):
        if depth > 0.0:
            rooms.append(room(f"hall {row + 1}", box(x, 0.0, x + depth, width)))
            x += depth
        if row < len(necks):
            across, length = necks[row]
            lines.append((x, across))
            if length > 0.0:
                low, high = (width - across) / 2, (width + across) / 2
                rooms.append(room(f"neck {row + 1}", box(x, low, x + length, high)))
                x += length
                lines.append((x, across))
    if depths[-1] > 0.0:
        lines.append((x, width if exit_width is None else exit_width))
    for row, (at, across) in enumerate(lines):
        low, high = (width - across) / 2, (width + across) / 2
        beyond = row + 1 if row + 1 < len(rooms) else OUTSIDE
        doors.append(opening(f"line {row + 1}", row, beyond, (at, low), (at, high)))
    if back_exit:
        doors.append(opening("back", 0, OUTSIDE, (0.0, 0.0), (0.0, width)))
    return plan_of("halls", rooms, doors)


def stair(
    *,
    length: float = 10.0,
    width: float = 2.0,
    upward: bool = True,
    before: float = 2.0,
    after: float = 2.0,
    rise: float = STOREY_HEIGHT,
    back_exit: bool = False,
) -> Floorplan:
    """A straight stair between two floors, along x; people start in room 0 and leave by door 0, out of room 1.

    The last two doors of the ground are the lower and the upper end of the stair.

    Args:
        length: Along the slope [m].
        before: Length of the floor from which people come [m]; `after` of that to which they go.
        rise: Height of the stair [m].
        back_exit: Whether door 1 leads outside over the near end of room 0.
    """
    run = math.sqrt(length * length - rise * rise)
    start, goal = (0, 1) if upward else (1, 0)
    from_x, to_x = before, before + run
    rooms = [
        room("before", box(0.0, 0.0, before, width), start),
        room("after", box(to_x, 0.0, to_x + after, width), goal),
    ]
    exit_x = to_x + after
    doors = [opening("exit", 1, OUTSIDE, (exit_x, 0.0), (exit_x, width))]
    if back_exit:
        doors.append(opening("back", 0, OUTSIDE, (0.0, 0.0), (0.0, width)))
    near = StairEnd(0, ((from_x, 0.0), (from_x, width)))
    far = StairEnd(1, ((to_x, 0.0), (to_x, width)))
    middle, low = width / 2, 0.0
    path = ((from_x, middle, low), (to_x, middle, rise)) if upward else ((to_x, middle, low), (from_x, middle, rise))
    ends = (near, far) if upward else (far, near)
    return plan_of("stair", rooms, doors, [Stair("stair", ends, path, StairKind.STAIR)])


def stair_ring(*, length: float = 10.0, width: float = 2.0, upward: bool = True, floor: float = 2.0) -> Ground:
    """The ground of a stair whose upper floor leads on to its lower one, as an endless stair.

    People go round who make for door 0 and no other.

    Args:
        floor: Length of the floor before and after the stair [m].
    """
    plan = stair(length=length, width=width, upward=upward, before=floor, after=floor, back_exit=True)
    return closed_round(ground_of(plan), last=0, first=1)


def cabins(flow_limit: float | None = None) -> Floorplan:
    """Twelve cabins along a corridor of 18 x 1 m, with a main exit between cabins and another at its right end.

    Rooms 0 to 11 are cabins 1 to 12, room 12 is the corridor, room 13 the way to the main exit; doors 0 to 11 are those
    of the cabins, 12 joins corridor and way, 13 is the main exit, 14 the secondary one. Cabins 1 to 6 are on the upper
    side, counted from the left, 7 to 12 on the lower one; the way to the main exit takes 1.2 m of cabin 3.
    """
    low, high = 5.0, 6.0
    edges = [0.0, 3.0, 6.0, 9.0, 12.0, 15.0, 18.0]
    rooms, doors = [], []
    for number in range(12):
        left, right = edges[number % 6], edges[number % 6 + 1]
        if number == 2:
            right -= 1.2
        upper = number < 6
        outline = box(left, high, right, 11.0) if upper else box(left, 0.0, right, low)
        rooms.append(room(f"cabin {number + 1}", outline))
        middle, y = (left + right) / 2, high if upper else low
        doors.append(opening(f"door {number + 1}", number, 12, (middle - 0.45, y), (middle + 0.45, y)))
    rooms += [room("corridor", box(0.0, low, 18.0, high)), room("way out", box(7.8, high, 9.0, 11.0))]
    doors += [
        opening("turning", 12, 13, (7.8, high), (9.0, high)),
        opening("main exit", 13, OUTSIDE, (7.8, 11.0), (9.0, 11.0), flow_limit),
        opening("secondary exit", 12, OUTSIDE, (18.0, low), (18.0, high), flow_limit),
    ]
    return plan_of("cabins", rooms, doors)
