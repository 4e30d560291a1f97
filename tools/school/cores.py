"""Stairs that turn back at a half landing, and the toilets beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyosan.floorplan.plan import DoorState, Gate, RoomKind
from school.draft import box
from school.frame import LEFT, RIGHT, Frame
from school.sizes import (
    CORE,
    DOUBLE,
    FLIGHT,
    FLOOR,
    LANDING,
    NORTH,
    OUTDOOR_FLIGHT,
    RISER,
    RUN,
    SMALL,
    STOREY_HEIGHT,
    TREAD,
    WING,
)

if TYPE_CHECKING:
    from school.draft import Draft

STAIRS = {"west": 18.0, "east": 68.0}
"""Where the stairs begin, from west to east [m]."""
SHAFT = 4.0
"""Width of the stairs with their well [m]."""
OUTSIDE_X = 6.3
"""Where the outside stair begins [m]."""
OUTSIDE_SHAFT = 3.9
PLATFORM = 2.0
"""Depth of the platforms of the outside stair [m]."""
ROOF = 4
"""Row of the roof's storey."""


def flights(
    draft: Draft,
    name: str,
    rooms: tuple[str, str],
    at: tuple[float, float, float],
    size: tuple[float, float, float],
    *,
    outdoor: bool = False,
) -> None:
    """A stair of two flights, up to the north in the west of its shaft and back in the east.

    Args:
        draft: What is drawn.
        name: Its name.
        rooms: The lower and the upper one.
        at: Corner of its foot in the south-west, and height of its foot [m].
        size: Width of the shaft, of a flight, and depth of the half landing [m].
        outdoor: Whether it stands in the open.
    """
    x, y, z = at
    shaft, flight, landing = size
    up, down = x + flight / 2, x + shaft - flight / 2
    half, turn = z + STOREY_HEIGHT / 2, y + RUN + landing / 2
    path = (
        (up, y, z),
        (up, y + RUN, half),
        (up, turn, half),
        (down, turn, half),
        (down, y + RUN, half),
        (down, y, z + STOREY_HEIGHT),
    )
    ends = (((x, y), (x + flight, y)), ((x + shaft - flight, y), (x + shaft, y)))
    draft.stair(name, rooms, ends, path, steps=(RISER, TREAD), outdoor=outdoor)


def stairwell(draft: Draft, side: str, storey: int, corridor: str) -> None:
    """The floor at the stairs of a storey, behind a fire door that stands open."""
    x, name = STAIRS[side], f"stairwell-{side}-{storey + 1}"
    draft.room(name, storey, box(x, NORTH, x + SHAFT, NORTH + FLOOR), RoomKind.STAIRWELL, f"Stairs, {side}")
    line = ((x + 0.8, NORTH), (x + SHAFT - 0.8, NORTH))
    if storey < ROOF:
        draft.door(name, (name, corridor), line, state=DoorState.OPEN, keys=())
        draft.gates.append(Gate(f"stairs-{side}-{storey + 1}", storey, line))
    else:
        draft.door("roof-door", (name, corridor), line, state=DoorState.LOCKED)
    if storey > 0:
        below = f"stairwell-{side}-{storey}"
        at = (x, NORTH + FLOOR, (storey - 1) * STOREY_HEIGHT)
        flights(draft, f"stair-{side}-{storey}", (below, name), at, (SHAFT, FLIGHT, CORE - FLOOR - RUN))


def outside_platform(draft: Draft, storey: int, corridor: str) -> None:
    """A platform of the outside stair at the end of the wing, and the stair below it."""
    x, name = OUTSIDE_X, f"stairwell-outside-{storey + 1}"
    outline = box(x, WING, x + OUTSIDE_SHAFT, WING + PLATFORM)
    draft.room(name, storey, outline, RoomKind.STAIRWELL, "Outside stairs")
    line = ((7.95, WING), (7.95 + DOUBLE, WING))
    draft.door(name, (corridor, name), line, latch=True, emergency=True)
    draft.gates.append(Gate(f"stairs-outside-{storey + 1}", storey, line))
    below = f"stairwell-outside-{storey}" if storey > 1 else "yard"
    at = (x, WING + PLATFORM, (storey - 1) * STOREY_HEIGHT)
    size = (OUTSIDE_SHAFT, OUTDOOR_FLIGHT, LANDING)
    flights(draft, f"stair-outside-{storey}", (below, name), at, size, outdoor=True)


def cubicles(frame: Frame, count: int, v: float, facing: int) -> None:
    """Cubicles from the back wall on, along a side of a toilet, each with its partition and a narrow way in."""
    depth, wide = 1.4, 1.0
    front = v if v > 0 else depth - 0.05
    for place in range(count):
        u = frame.length - (place + 1) * wide
        frame.thing(u, v, 0.05, depth, "partition", movable=False)
        frame.thing(u + 0.05, front, 0.35, 0.05, "partition", movable=False)
        frame.seat(u + 0.6, v + depth / 2, "toilet", facing)


def toilet(draft: Draft, storey: int, corridor: str, who: str, name: str, x: float, x1: float) -> None:
    """A toilet with wash-basins by the door; boys have urinals along one side."""
    depth = SMALL if who == "staff" else CORE
    # Seen from the corridor: u runs north, v to the west.
    frame = Frame(draft, name, (x1, NORTH), depth, x1 - x, 90)
    draft.room(name, storey, box(x, NORTH, x1, NORTH + depth), RoomKind.TOILET, f"Toilet, {who}")
    door = x + 0.3 if who == "girls" else x1 - 1.2
    line = ((door, NORTH), (door + 0.9, NORTH))
    draft.door(name, (name, corridor), line, latch=who == "staff")
    far = frame.width - 1.4
    if who == "staff":
        cubicles(frame, 2, far, LEFT)
        frame.thing(0.8, frame.width - 0.5, 1.2, 0.5, "basins", movable=False)
        return
    cubicles(frame, 4, far, LEFT)
    if who == "girls":
        cubicles(frame, 4, 0.0, RIGHT)
    else:
        for place in range(5):
            frame.thing(frame.length - 0.9 - place * 0.8, 0.0, 0.5, 0.35, "urinal", movable=False)
            frame.seat(frame.length - 0.65 - place * 0.8, 0.65, "urinal", LEFT)
    frame.thing(1.0, 0.0 if who == "girls" else frame.width - 0.5, 1.8, 0.5, "basins", movable=False)


def store(draft: Draft, storey: int, corridor: str, x: float, x1: float) -> None:
    """A store with cleaning things."""
    name = f"store-{storey + 1}"
    draft.room(name, storey, box(x, NORTH, x1, NORTH + SMALL), RoomKind.STORE, "Store room")
    draft.door(name, (name, corridor), ((x + 1.0, NORTH), (x + 1.9, NORTH)))
    frame = Frame(draft, name, (x1, NORTH), SMALL, x1 - x, 90)
    frame.thing(SMALL - 0.5, 0.0, 0.5, frame.width, "shelf", movable=False)


def cores(draft: Draft, storey: int, corridor: str) -> None:
    """Everything north of the corridor of the bar."""
    stairwell(draft, "west", storey, corridor)
    number = storey + 1
    for who, name, x, x1 in (
        ("girls", f"toilet-girls-west-{number}", 22.0, 26.5),
        ("boys", f"toilet-boys-west-{number}", 26.5, 31.0),
        ("staff", f"toilet-staff-{number}", 31.0, 34.0),
        ("boys", f"toilet-boys-east-{number}", 59.0, 63.5),
        ("girls", f"toilet-girls-east-{number}", 63.5, 68.0),
    ):
        toilet(draft, storey, corridor, who, name, x, x1)
    store(draft, storey, corridor, 56.0, 59.0)
    stairwell(draft, "east", storey, corridor)
