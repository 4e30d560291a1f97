"""What stands in class-rooms and special rooms: desks, benches, machines, and a seat at each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from school.frame import BACK, FRONT, RIGHT
from school.sizes import DESK

if TYPE_CHECKING:
    from collections.abc import Callable

    from school.frame import Frame

COLUMNS = 5
FIRST_ROW = 2.0
"""From the front wall to the first desks [m]."""
ROW_PITCH = 1.2
"""From desk to desk, one behind the other [m]: a desk, a chair and a way."""
COLUMN_PITCH = DESK[1] + 0.7
"""From desk to desk, side by side [m]: aisles are 0.7 m wide."""
BEHIND = 0.3
"""From the edge of a desk or bench to the middle of who sits at it [m]."""


def teaching(frame: Frame) -> None:
    """The teacher's desk by the windows and the lectern in the middle, both with a place to be."""
    frame.thing(0.7, 0.5, 0.6, 1.2, "desk")
    frame.seat(0.4, 1.1, "teaching", BACK)
    frame.thing(0.8, frame.width / 2 - 0.35, 0.45, 0.7, "lectern")


def desks(frame: Frame, count: int, kind: str) -> None:
    """Single desks in five columns; the last row is filled from its middle."""
    across = (frame.width - (COLUMNS - 1) * COLUMN_PITCH - DESK[1]) / 2
    for place in range(count):
        row, column = divmod(place, COLUMNS)
        last = min(count - row * COLUMNS, COLUMNS)
        column += (COLUMNS - last) // 2
        u, v = FIRST_ROW + row * ROW_PITCH, across + column * COLUMN_PITCH
        frame.thing(u, v, *DESK, "desk")
        frame.seat(u + DESK[0] + BEHIND, v + DESK[1] / 2, kind)


def classroom(frame: Frame, count: int) -> None:
    """A class's own room: a desk for every pupil, lockers along the back wall."""
    teaching(frame)
    desks(frame, count, "pupil")
    frame.thing(frame.length - 0.45, 0.3, 0.45, frame.width - 1.2, "lockers")


def subject_room(frame: Frame) -> None:
    """A room to which classes come for one subject."""
    teaching(frame)
    desks(frame, 24, "lesson")
    frame.thing(frame.length - 0.4, 0.6, 0.4, 3.0, "shelf")


def benches(frame: Frame, *, kind: str, size: tuple[float, float], movable: bool) -> None:
    """Six tables for four: two on the near side, two on the far side, all four look at what is on it."""
    du, dv = size
    frame.thing(1.2, frame.width / 2 - 1.2, 0.7, 2.4, kind, movable=movable)
    frame.seat(0.8, frame.width / 2, "teaching", BACK)
    gap = (frame.width - 2 * dv) / 3
    for u in (3.6, 6.7, 9.8):
        for v in (gap, 2 * gap + dv):
            frame.thing(u, v, du, dv, kind, movable=movable)
            for part in (0.25, 0.75):
                frame.seat(u - BEHIND, v + part * dv, "lesson", BACK)
                frame.seat(u + du + BEHIND, v + part * dv, "lesson", FRONT)
    frame.thing(frame.length - 0.5, 0.4, 0.5, frame.width - 1.6, "cabinet")


def laboratory(frame: Frame) -> None:
    """Benches with gas and water, fixed to the floor."""
    benches(frame, kind="bench", size=(1.2, 2.2), movable=False)


def science(frame: Frame) -> None:
    """The science laboratory, where animals are kept."""
    laboratory(frame)
    frame.thing(frame.length - 1.4, 0.0, 0.8, 0.5, "cage")


def tables(frame: Frame) -> None:
    """Tables for drawing and the like."""
    benches(frame, kind="table", size=(0.9, 1.8), movable=True)


def machines(frame: Frame, kind: str = "computer") -> None:
    """Six rows of four desks in pairs."""
    teaching(frame)
    for row in range(6):
        u = 2.4 + row * 1.6
        for pair in (1.1, 4.4):
            frame.thing(u, pair, 0.7, 2.0, kind)
            for part in (0.5, 1.5):
                frame.seat(u + 0.7 + BEHIND, pair + part, "lesson")
    frame.thing(frame.length - 0.4, 0.6, 0.4, 4.0, "cabinet")


def chairs(frame: Frame, rows: int, columns: int, first: float) -> None:
    """Rows of chairs with a way in the middle."""
    half = columns // 2
    for row in range(rows):
        for side in (-1, 1):
            for place in range(half):
                v = frame.width / 2 + side * (0.75 + place * 0.6)
                frame.seat(first + row * 1.0, v, "lesson")


def music(frame: Frame) -> None:
    """A piano, and chairs without desks."""
    frame.thing(0.7, 0.8, 1.5, 1.5, "piano")
    frame.seat(0.4, 1.5, "teaching", BACK)
    chairs(frame, 4, 8, 4.0)
    frame.thing(frame.length - 0.6, 0.4, 0.6, 5.6, "cabinet")


def audiovisual(frame: Frame) -> None:
    """A screen and rows of chairs for two classes."""
    frame.thing(0.8, 0.8, 0.6, 1.6, "desk")
    frame.seat(0.4, 1.6, "teaching", BACK)
    chairs(frame, 7, 8, 4.0)


def drama(frame: Frame) -> None:
    """An open floor for theatre and dance, with benches along the windows."""
    for u in (2.0, 5.5, 9.0):
        frame.thing(u, 0.0, 2.5, 0.4, "bench")
        frame.seat(u + 0.6, 0.7, "lesson", RIGHT)
        frame.seat(u + 1.9, 0.7, "lesson", RIGHT)
    frame.thing(frame.length - 0.8, 0.6, 0.8, 3.0, "props")


def shelves(frame: Frame) -> None:
    """A small store: shelves along the front and the back."""
    frame.thing(0.0, 0.4, 0.5, frame.width - 1.6, "shelf", movable=False)
    frame.thing(frame.length - 0.5, 0.4, 0.5, frame.width - 1.6, "shelf", movable=False)


def class_of(count: int) -> Callable[[Frame], None]:
    """The furniture of a class of so many."""
    return partial(classroom, count=count)
