"""What stands in offices, the library, the nurse's room and other rooms of a class-room's depth."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from school.classrooms import BEHIND
from school.frame import BACK, FRONT, LEFT, RIGHT

if TYPE_CHECKING:
    from school.frame import Frame

WIDE, DEEP = 1.2, 0.7
"""An office desk [m]."""


def island(frame: Frame, u: float, v: float, pairs: int, kind: str) -> None:
    """Desks in pairs, face to face; u and v are the corner of the desks."""
    for place in range(pairs):
        left = v + place * WIDE
        frame.thing(u, left, DEEP, WIDE, "desk")
        frame.thing(u + DEEP, left, DEEP, WIDE, "desk")
        frame.seat(u - BEHIND - 0.05, left + WIDE / 2, kind, BACK)
        frame.seat(u + 2 * DEEP + BEHIND + 0.05, left + WIDE / 2, kind, FRONT)


def teachers(frame: Frame, islands: int) -> None:
    """Desks of teachers: islands of six, cabinets at the back."""
    for place in range(islands):
        island(frame, 1.2 + place * 3.6, 1.5, 3, "teacher")
    frame.thing(frame.length - 0.45, 0.6, 0.45, 5.0, "cabinet")
    if frame.length - islands * 3.6 > 2.5:
        frame.thing(frame.length - 1.5, 2.4, 0.7, 1.6, "desk")
        frame.seat(frame.length - 1.8, 3.2, "staff", BACK)
        frame.seat(frame.length - 2.2, 5.0, "visitor", BACK)


OFFICE = partial(teachers, islands=2)
MAIN_OFFICE = partial(teachers, islands=3)


def administration(frame: Frame) -> None:
    """An island of six and a counter."""
    frame.thing(0.9, 5.2, 3.0, 0.6, "counter", movable=False)
    frame.seat(2.4, 4.8, "staff", RIGHT)
    island(frame, 5.0, 1.2, 3, "staff")
    frame.thing(0.0, 0.4, 0.5, 4.0, "cabinet")


def principal(frame: Frame) -> None:
    """A large desk, and a table for guests."""
    frame.thing(0.9, 1.2, 0.9, 2.0, "desk")
    frame.seat(0.5, 2.2, "staff", BACK)
    frame.thing(3.2, 2.2, 1.0, 2.4, "table")
    for v in (2.6, 3.4, 4.2):
        frame.seat(3.2 - BEHIND, v, "visitor", BACK)
        frame.seat(4.2 + BEHIND, v, "visitor", FRONT)


def printing(frame: Frame) -> None:
    """Two copiers and shelves with paper."""
    frame.thing(0.0, 1.0, 0.7, 1.2, "copier")
    frame.thing(0.0, 2.6, 0.7, 1.2, "copier")
    frame.thing(frame.length - 0.5, 0.4, 0.5, 4.5, "shelf", movable=False)


def nurse(frame: Frame) -> None:
    """Four beds by the windows, a desk and a cabinet of medicines."""
    for place in range(4):
        u = 2.4 + place * 1.7
        frame.thing(u, 0.1, 0.9, 2.0, "bed")
        frame.seat(u - 0.35, 1.1, "bed", BACK)
    frame.thing(0.9, 4.2, 0.7, 1.4, "desk")
    frame.seat(0.5, 4.9, "staff", BACK)
    frame.seat(2.0, 4.9, "visitor", FRONT)
    frame.thing(frame.length - 0.45, 3.0, 0.45, 3.0, "cabinet")


def counselling(frame: Frame) -> None:
    """A round of four at a low table, and a desk."""
    frame.thing(2.0, 3.4, 0.8, 1.2, "table")
    for v in (3.7, 4.3):
        frame.seat(2.0 - BEHIND, v, "visitor", BACK)
        frame.seat(2.8 + BEHIND, v, "visitor", FRONT)
    frame.thing(1.0, 0.9, 0.7, 1.4, "desk")
    frame.seat(0.6, 1.6, "staff", BACK)


def broadcasting(frame: Frame) -> None:
    """A mixing desk under the windows, racks with equipment."""
    frame.thing(0.8, 0.8, 2.6, 0.8, "mixing desk")
    frame.seat(1.5, 1.9, "staff", LEFT)
    frame.seat(2.7, 1.9, "staff", LEFT)
    frame.thing(0.0, 3.0, 0.6, 3.0, "rack")
    frame.thing(frame.length - 0.4, 3.0, 0.4, 3.0, "shelf")


def caretaker(frame: Frame) -> None:
    """A desk, a workbench and tools."""
    frame.thing(0.9, 0.9, 0.7, 1.2, "desk")
    frame.seat(0.5, 1.5, "staff", BACK)
    frame.thing(frame.length - 0.7, 0.6, 0.7, 4.0, "workbench")


def library(frame: Frame) -> None:
    """A counter, six tables for four, and double shelves."""
    frame.thing(0.9, 4.6, 0.6, 1.8, "counter", movable=False)
    frame.seat(0.5, 5.5, "staff", BACK)
    for u in (1.5, 4.2, 6.9):
        for v in (0.7, 3.0):
            frame.thing(u + 0.6, v, 0.9, 1.6, "table")
            for part in (0.4, 1.2):
                frame.seat(u + 0.6 - BEHIND, v + part, "reader", BACK)
                frame.seat(u + 1.5 + BEHIND, v + part, "reader", FRONT)
    for place in range(5):
        frame.thing(10.4 + place * 1.5, 0.8, 0.6, 5.3, "shelf", movable=False)


def lobby(frame: Frame) -> None:
    """Cases with trophies along both walls."""
    frame.thing(0.0, 1.5, 0.5, 4.0, "trophy case", movable=False)
    frame.thing(frame.length - 0.5, 1.5, 0.5, 4.0, "trophy case", movable=False)
