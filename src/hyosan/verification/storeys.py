"""Floor plans of several storeys for the verification tests: a block of small rooms, and a choice of two ways."""

from __future__ import annotations

from hyosan.floorplan.plan import OUTSIDE, Door, Floorplan, Room, Stair, StairEnd
from hyosan.verification.halls import STOREY_HEIGHT, box, opening, plan_of, room

CELL_WIDTH, CELL_DEPTH = 2.0, 3.0
"""Of each room of the block [m]."""

FLIGHT = 4.0
"""Horizontal length of a flight of its stairs [m]; assumed, as is their width."""

STAIR_WIDTH = 1.2


def block() -> tuple[Floorplan, tuple[int, ...]]:
    """Three storeys of rooms of 2 x 3 m on two corridors of 1 m, and the rows of these rooms.

    Rows of rooms from below: 11, corridor, 8, 8, corridor, 11 (on the ground floor 9, and the entrance hall with a
    double door). The stair hall is at the right; from it stairs of two flights lead up.
    """
    rooms: list[Room] = []
    doors: list[Door] = []
    stairs: list[Stair] = []
    cells: list[int] = []
    halls: list[int] = []
    for storey in range(3):
        base = len(rooms)
        rooms += [
            room(f"lower corridor {storey}", box(0.0, 3.0, 16.0, 4.0), storey),
            room(f"upper corridor {storey}", box(0.0, 10.0, 16.0, 11.0), storey),
            room(f"stair hall {storey}", box(16.0, 3.0, 22.0, 11.0), storey),
        ]
        lower, upper, hall = base, base + 1, base + 2
        halls.append(hall)
        doors += [
            opening(f"lower way {storey}", lower, hall, (16.0, 3.0), (16.0, 4.0)),
            opening(f"upper way {storey}", upper, hall, (16.0, 10.0), (16.0, 11.0)),
        ]
        rows = ((0.0, 11, lower, True), (4.0, 8, lower, False), (7.0, 8, upper, True), (11.0, 11, upper, False))
        for low, count, corridor, door_above in rows:
            shown = 9 if storey == 0 and low == 11.0 else count
            for number in range(shown):
                left, high = CELL_WIDTH * number, low + CELL_DEPTH
                name, outline = f"room {storey}.{len(rooms) - base}", box(left, low, left + CELL_WIDTH, high)
                cells.append(len(rooms))
                rooms.append(room(name, outline, storey))
                y = high if door_above else low
                leads = corridor if left < 16.0 else hall
                doors.append(opening(f"door {len(doors)}", cells[-1], leads, (left + 0.5, y), (left + 1.5, y)))
    entrance = len(rooms)
    rooms.append(room("entrance", box(18.0, 11.0, 22.0, 14.0)))
    doors.append(opening("way to the entrance", halls[0], entrance, (18.0, 11.0), (22.0, 11.0)))
    doors.append(opening("double door", entrance, OUTSIDE, (19.0, 14.0), (21.0, 14.0)))
    for storey in range(2):
        stairs.append(_flights(halls[storey], halls[storey + 1], storey))
    return plan_of("block", rooms, doors, stairs), tuple(cells)


def _flights(lower: int, upper: int, storey: int) -> Stair:
    """Two flights out of the right wall of a stair hall and back to it, a storey above."""
    up_y, down_y, far, floor = 5.0, 7.0, 22.0 + FLIGHT, STOREY_HEIGHT * storey
    half, middle = floor + STOREY_HEIGHT / 2, STAIR_WIDTH / 2
    ends = (
        StairEnd(lower, ((22.0, up_y), (22.0, up_y + STAIR_WIDTH))),
        StairEnd(upper, ((22.0, down_y), (22.0, down_y + STAIR_WIDTH))),
    )
    path = (
        (22.0, up_y + middle, floor),
        (far, up_y + middle, half),
        (far, down_y + middle, half),
        (22.0, down_y + middle, floor + STOREY_HEIGHT),
    )
    return Stair(f"stair {storey}", ends, path)


def two_ways(detour: float) -> Floorplan:
    """A start and a target on the upper floor: round by a corridor there, or by stairs and the floor below.

    Room 0 is the start, room 1 has the exit, room 2 is the corridor between them, room 3 the floor below; doors 1 and 2
    join the corridor to them.

    Args:
        detour: How far the corridor goes aside [m].
    """
    high = 4.0 + detour
    outline = (
        *((0.0, 4.0), (2.0, 4.0), (2.0, high - 2.0), (20.0, high - 2.0), (20.0, 4.0), (22.0, 4.0)),
        *((22.0, high), (0.0, high)),
    )
    rooms = [
        room("start", box(0.0, 0.0, 4.0, 4.0), 1),
        room("goal", box(18.0, 0.0, 22.0, 4.0), 1),
        room("detour", outline, 1),
        room("below", box(9.0, 0.0, 13.0, 4.0), 0),
    ]
    doors = [
        opening("exit", 1, OUTSIDE, (22.0, 1.0), (22.0, 3.0)),
        opening("into the detour", 0, 2, (0.0, 4.0), (2.0, 4.0)),
        opening("out of the detour", 2, 1, (20.0, 4.0), (22.0, 4.0)),
    ]
    down = Stair(
        "down",
        (StairEnd(3, ((9.0, 1.0), (9.0, 3.0))), StairEnd(0, ((4.0, 1.0), (4.0, 3.0)))),
        ((9.0, 2.0, 0.0), (4.0, 2.0, STOREY_HEIGHT)),
    )
    up = Stair(
        "up",
        (StairEnd(3, ((13.0, 1.0), (13.0, 3.0))), StairEnd(1, ((18.0, 1.0), (18.0, 3.0)))),
        ((13.0, 2.0, 0.0), (18.0, 2.0, STOREY_HEIGHT)),
    )
    return plan_of("two ways", rooms, doors, [down, up])
