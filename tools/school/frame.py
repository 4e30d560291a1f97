"""A room seen from its front: u runs from the front wall to the back, v from the windows to the corridor.

Whoever sits in a class-room looks to the front and has the windows on the left, as in most Korean schools.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyosan.floorplan.plan import Point, Ring, RoomKind, Segment
from school.draft import Draft, box
from school.sizes import LEAF

if TYPE_CHECKING:
    from collections.abc import Callable

FRONT, LEFT, BACK, RIGHT = 0, 90, 180, 270
"""Directions as those see them who look to the front; the windows are on the left [degrees]."""

AXES = {0: ((1, 0), (0, 1)), 90: ((0, 1), (-1, 0)), 180: ((-1, 0), (0, -1)), 270: ((0, -1), (1, 0))}
"""Where u and v point in a frame that is turned by so many degrees."""


@dataclass(frozen=True)
class Frame:
    """A rectangular room with a front."""

    draft: Draft
    room: str
    corner: Point
    """Corner between the front wall and the windows."""
    length: float
    """From the front to the back [m]."""
    width: float
    """From the windows to the corridor [m]."""
    turn: int = 0
    """Turn of the room [degrees]: 0 has the front in the west and the windows in the south."""

    def at(self, u: float, v: float) -> Point:
        """A point of the room in the frame of the storey."""
        (ux, uy), (vx, vy) = AXES[self.turn]
        return (self.corner[0] + u * ux + v * vx, self.corner[1] + u * uy + v * vy)

    def thing(self, u: float, v: float, du: float, dv: float, kind: str, *, movable: bool = True) -> None:
        """Put a rectangular thing into the room, its corner at u, v."""
        self.draft.obstacle(self.room, box(*self.at(u, v), *self.at(u + du, v + dv)), kind, movable=movable)

    def seat(self, u: float, v: float, kind: str, facing: int = FRONT) -> None:
        """Put a seat into the room."""
        self.draft.seat(self.room, self.at(u, v), self.turn + 180 + facing, kind)

    def line(self, u0: float, u1: float) -> Segment:
        """A piece of the wall to the corridor."""
        return (self.at(u0, self.width), self.at(u1, self.width))

    @property
    def outline(self) -> Ring:
        """Its walls."""
        return box(*self.at(0, 0), *self.at(self.length, self.width))


def bar_frame(draft: Draft, name: str, x: float, length: float, depth: float) -> Frame:
    """A room of the bar: windows in the south, front in the west."""
    return Frame(draft, name, (x, 0.0), length, depth)


def wing_frame(draft: Draft, name: str, y: float, length: float, depth: float) -> Frame:
    """A room of the west wing whose northern end is at y: windows in the west, front in the north."""
    return Frame(draft, name, (0.0, y), length, depth, 270)


def build(
    frame: Frame,
    storey: int,
    corridor: str,
    kind: RoomKind,
    title: str,
    furnish: Callable[[Frame], None],
    doors: tuple[float, ...] = (0.6, -1.5),
) -> None:
    """Add a room with its sliding doors and its furniture.

    Args:
        frame: Where it is.
        storey: Row of its storey.
        corridor: Room that its doors lead to.
        kind: What it is for.
        title: What people call it.
        furnish: Puts furniture into it.
        doors: Where its doors begin, from the front or, below zero, from the back [m].
    """
    frame.draft.room(frame.room, storey, frame.outline, kind, title)
    names = (f"{frame.room}-front", f"{frame.room}-back") if len(doors) > 1 else (frame.room,) * len(doors)
    glazed = kind in (RoomKind.CLASSROOM, RoomKind.LABORATORY, RoomKind.LIBRARY)
    keys = ("caretaker",) if kind is RoomKind.STORE else ("teacher", "caretaker")
    for name, start in zip(names, doors, strict=True):
        u = start if start >= 0 else frame.length + start
        frame.draft.door(
            name,
            (frame.room, corridor),
            frame.line(u, u + LEAF),
            keys=keys,
            latch=kind is not RoomKind.STORE,
            glazed=glazed,
        )
    furnish(frame)
