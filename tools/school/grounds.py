"""The yard with its field, trees and gates, the doors that lead into it, and the roof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyosan.floorplan.plan import DoorState, Gate, Ring, RoomKind, Zone
from school.annexes import END, GYM, GYM_END, KITCHEN, WEST, across, along
from school.cores import OUTSIDE_SHAFT, OUTSIDE_X, PLATFORM, ROOF, STAIRS, stairwell
from school.draft import box
from school.sizes import BAR, CORE, DEPTH, LANDING, NORTH, RUN, SMALL, WING

if TYPE_CHECKING:
    from school.draft import Draft

FENCE = (-12.0, -70.0, 128.0, 66.0)
"""The site [m]."""
FIELD = (-2.0, -65.0, 90.0, -13.0)
"""The sports field [m]."""
MAIN_GATE = 101.0
"""Where the main gate begins in the southern fence [m]."""
FOOT = WING + PLATFORM
"""Where the outside stair begins [m]."""

FOOTPRINT: Ring = (
    (0.0, 0.0),
    (BAR, 0.0),
    (BAR, DEPTH),
    (GYM[0], DEPTH),
    (GYM[0], GYM[1]),
    (GYM[2], GYM[1]),
    (GYM[2], GYM_END),
    (GYM[0], GYM_END),
    (GYM[0], NORTH),
    (BAR, NORTH),
    (BAR, END),
    (WEST, END),
    (WEST, NORTH + CORE),
    (59.0, NORTH + CORE),
    (59.0, NORTH + SMALL),
    (56.0, NORTH + SMALL),
    (56.0, NORTH),
    (34.0, NORTH),
    (34.0, NORTH + SMALL),
    (31.0, NORTH + SMALL),
    (31.0, NORTH + CORE),
    (STAIRS["west"], NORTH + CORE),
    (STAIRS["west"], NORTH),
    (NORTH, NORTH),
    (NORTH, WING),
    (0.0, WING),
)
"""What the building covers, counter-clockwise."""


def yard(draft: Draft) -> None:
    """The ground around the building, without the building and the flights of the outside stair."""
    stair = box(OUTSIDE_X, FOOT, OUTSIDE_X + OUTSIDE_SHAFT, FOOT + RUN + LANDING)
    holes = tuple(tuple(reversed(ring)) for ring in (FOOTPRINT, stair))
    draft.room("yard", 0, box(*FENCE), RoomKind.YARD, "School yard", holes)
    for name, line in (
        ("main-gate", across(MAIN_GATE, FENCE[1], 6.0)),
        ("back-gate", across(40.0, FENCE[3], 3.0)),
        ("kitchen-gate", along(FENCE[2], 40.0, 4.0)),
    ):
        draft.door(name, ("yard", ""), line, state=DoorState.OPEN, glazed=True)
        draft.gates.append(Gate(name, 0, line))


def ways_out(draft: Draft) -> None:
    """Doors between the building and the yard; they open from within without a key."""
    for name, x in (("main-entrance-west", 42.9), ("main-entrance-east", 45.3)):
        draft.door(name, ("lobby", "yard"), across(x, 0.0), state=DoorState.OPEN, latch=True, glazed=True)
    draft.opening("lobby", ("lobby", "corridor-1"), across(41.5, DEPTH, 7.0))
    for name, room, line in (
        ("back-entrance", "corridor-1", across(44.1, NORTH)),
        ("side-exit-west", "corridor-1", along(0.0, DEPTH + 0.45)),
        ("wing-exit", "corridor-1-west", across(7.95, WING)),
        ("passage-exit", "passage", across(92.1, DEPTH)),
        ("dining-exit-west", "dining-hall", along(WEST, 25.0)),
        ("dining-exit-east", "dining-hall", along(BAR, 25.0)),
        ("kitchen-exit", "kitchen", across(WEST + 1.5, END, 1.2)),
        ("delivery-door", "food-store", along(BAR, KITCHEN + 1.0, 1.2)),
        ("gym-exit-south", "gym", across(105.6, GYM[1])),
        ("gym-exit-east", "gym", along(GYM[2], 10.2)),
    ):
        glazed = room not in ("kitchen", "food-store", "gym")
        state = DoorState.OPEN if name == "back-entrance" else DoorState.CLOSED
        draft.door(name, (room, "yard"), line, state=state, latch=True, glazed=glazed)
    draft.gates.append(Gate("main-entrance", 0, across(42.9, 0.0, 4.2)))
    draft.gates.append(Gate("back-entrance", 0, across(44.1, NORTH)))


def octagon(x: float, y: float, radius: float) -> Ring:
    """A round thing, to the centimetre."""
    short = round(radius * 0.414, 2)
    corners = ((1, -1), (1, 1), (-1, 1), (-1, -1))
    ring: list[tuple[float, float]] = []
    for right, up in corners:
        near, far = (x + right * radius, y + up * short), (x + right * short, y + up * radius)
        ring += [near, far] if right * up > 0 else [far, near]
    return tuple(ring)


def planted(draft: Draft) -> None:
    """Trees along the fence and in the court, flower beds, goals and the platform of the assembly."""
    west, south, east, north = FENCE
    trees = [(west + 3.0, south + 8.0 + 9.0 * row) for row in range(14)]
    trees += [(east - 3.0, south + 8.0 + 9.0 * row) for row in range(11)]
    trees += [(west + 7.0 + 9.0 * row, north - 3.0) for row in range(5)]
    trees += [(west + 66.0 + 9.0 * row, north - 3.0) for row in range(8)]
    trees += [(15.0 + 8.0 * row, 48.0) for row in range(7)] + [(15.0, 32.0), (15.0, 40.0), (63.0, 32.0), (63.0, 40.0)]
    for x, y in trees:
        draft.obstacle("yard", octagon(x, y, 0.5), "tree", movable=False)
    for x in (1.0, 12.0, 23.0, 51.0, 62.0, 73.0):
        draft.obstacle("yard", box(x, -3.0, x + 9.0, -1.6), "flower bed", movable=False)
    draft.obstacle("yard", octagon(39.0, 32.0, 5.0), "pond", movable=False)
    for x, y in ((26.0, 25.0), (50.0, 25.0), (26.0, 39.0), (50.0, 39.0)):
        draft.obstacle("yard", box(x, y, x + 1.8, y + 0.5), "bench", movable=False)
    draft.obstacle("yard", box(38.0, -11.5, 44.0, -9.0), "platform", movable=False)
    for x in (FIELD[0] + 3.0, FIELD[2] - 4.5):
        middle = (FIELD[1] + FIELD[3]) / 2
        draft.obstacle("yard", box(x, middle - 3.66, x + 1.5, middle + 3.66), "goal", movable=False)
    draft.obstacle("yard", box(119.5, -1.0, 121.5, 14.0), "bicycle stand", movable=False)


def zones(draft: Draft) -> None:
    """Where classes gather, where people arrive, and the field."""
    for grade, x in ((1, 4.0), (2, 32.0), (3, 60.0)):
        draft.zones.append(Zone(f"assembly-grade-{grade}", 0, box(x, -30.0, x + 24.0, -18.0), "assembly"))
    draft.zones.append(
        Zone("arrival", 0, box(MAIN_GATE - 3.0, FENCE[1] + 1.0, MAIN_GATE + 9.0, FENCE[1] + 9.0), "start")
    )
    draft.zones.append(Zone("field", 0, box(*FIELD)))


def roof(draft: Draft) -> None:
    """The roof of the bar and of the west wing, and the head of the stairs that lead to it."""
    outline = ((0.0, 0.0), (BAR, 0.0), (BAR, NORTH), (NORTH, NORTH), (NORTH, WING), (0.0, WING))
    draft.room("roof", ROOF, outline, RoomKind.ROOF, "Roof")
    stairwell(draft, "east", ROOF, "roof")
    for x, y, size, kind in (
        (14.0, 3.0, 3.5, "water tank"),
        (18.5, 3.0, 3.5, "water tank"),
        (48.0, 4.0, 2.0, "ventilator"),
        (60.0, 4.0, 2.0, "ventilator"),
        (82.0, 4.0, 2.0, "ventilator"),
        (3.0, 24.0, 2.0, "ventilator"),
        (3.0, 42.0, 2.0, "ventilator"),
    ):
        draft.obstacle("roof", box(x, y, x + size, y + size), kind, movable=False)
