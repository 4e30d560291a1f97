"""The dining hall with its kitchen in the east wing, and the gym beside the school; all on the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyosan.floorplan.plan import DoorState, RoomKind, Segment
from school.draft import box
from school.frame import Frame
from school.sizes import BAR, DEPTH, DOUBLE, LEAF, NORTH

if TYPE_CHECKING:
    from school.draft import Draft

WEST = 72.0
"""Where the east wing begins [m]."""
KITCHEN = 34.2
"""Where the dining hall ends and the kitchen begins [m]."""
END = 44.2
"""Where the kitchen ends [m]."""
GYM = (96.0, -2.0, 117.0, 31.0)
"""Floor of the gym: a court of 28 m by 15 m and room around it [m]."""
GYM_END = 36.0
"""Where the rooms behind the gym end [m]."""

TABLE = (1.8, 0.75)
"""A table for six [m]."""


def across(x: float, y: float, width: float = DOUBLE) -> Segment:
    """A door in a wall from west to east."""
    return ((x, y), (x + width, y))


def along(x: float, y: float, width: float = DOUBLE) -> Segment:
    """A door in a wall from south to north."""
    return ((x, y), (x, y + width))


def meals(frame: Frame) -> None:
    """Six rows of eight tables for pupils, and half a row for teachers; x is u, y is v."""
    for row in range(7):
        v = 2.0 + row * 2.5
        for group in (1.2, 9.6) if row < 6 else (9.6,):
            for place in range(4):
                u = group + place * TABLE[0]
                frame.thing(u, v, *TABLE, "table")
                for part in (0.3, 0.9, 1.5):
                    frame.seat(u + part, v - 0.3, "meal", 270)
                    frame.seat(u + part, v + TABLE[1] + 0.3, "meal", 90)
    frame.thing(4.0, 22.0, 10.0, 0.7, "serving counter", movable=False)
    frame.thing(0.0, 20.0, 0.7, 3.0, "tray return", movable=False)


def dining(draft: Draft) -> None:
    """The dining hall and the kitchen."""
    hall, kitchen, corridor = "dining-hall", "kitchen", "corridor-1"
    draft.room(hall, 0, box(WEST, NORTH, BAR, KITCHEN), RoomKind.DINING, "Dining hall")
    draft.door("dining-west", (hall, corridor), across(WEST + 1.2, NORTH), state=DoorState.OPEN, glazed=True)
    draft.door("dining-east", (hall, corridor), across(BAR - 3.0, NORTH), state=DoorState.OPEN, glazed=True)
    meals(Frame(draft, hall, (WEST, NORTH), BAR - WEST, KITCHEN - NORTH))
    draft.room(kitchen, 0, box(WEST, KITCHEN, 84.0, END), RoomKind.KITCHEN, "Kitchen")
    for word, x in (("west", WEST + 1.0), ("east", 82.6)):
        draft.door(f"kitchen-{word}", (kitchen, hall), across(x, KITCHEN, LEAF), latch=True)
    frame = Frame(draft, kitchen, (WEST, KITCHEN), 12.0, END - KITCHEN)
    for v in (2.4, 5.2):
        frame.thing(2.0, v, 7.0, 1.0, "stove" if v > 3 else "worktop", movable=False)
        for u in (3.2, 5.5, 7.8):
            frame.seat(u, v - 0.35, "staff", 270)
    frame.thing(4.5, END - KITCHEN - 0.8, 6.5, 0.8, "sinks", movable=False)
    draft.room("food-store", 0, box(84.0, KITCHEN, BAR, 39.2), RoomKind.STORE, "Food store")
    draft.door("food-store", ("food-store", kitchen), along(84.0, 36.0, LEAF))
    Frame(draft, "food-store", (84.0, KITCHEN), 6.0, 5.0).thing(0.6, 0.0, 5.0, 0.6, "shelf", movable=False)
    draft.room("kitchen-staff", 0, box(84.0, 39.2, BAR, END), RoomKind.ROOM, "Kitchen staff's room")
    draft.door("kitchen-staff", ("kitchen-staff", kitchen), along(84.0, 40.2, LEAF), latch=True)
    frame = Frame(draft, "kitchen-staff", (84.0, 39.2), 6.0, 5.0)
    frame.thing(2.4, 2.0, 1.6, 0.8, "table")
    for u in (2.8, 3.6):
        frame.seat(u, 1.7, "staff", 270)
        frame.seat(u, 3.1, "staff", 90)
    frame.thing(0.8, 4.5, 4.8, 0.5, "lockers")


def gym(draft: Draft) -> None:
    """The gym, the passage that leads to it, its store and its changing rooms."""
    x, y, x1, y1 = GYM
    draft.room("passage", 0, box(BAR, DEPTH, x, NORTH), RoomKind.CORRIDOR, "Passage to the gym")
    draft.door("passage", ("passage", "corridor-1"), along(BAR, DEPTH + 0.45), state=DoorState.OPEN, glazed=True)
    draft.room("gym", 0, box(*GYM), RoomKind.GYM, "Gym")
    draft.door("gym", ("gym", "passage"), along(x, DEPTH + 0.45), keys=("teacher", "caretaker"), latch=True)
    frame = Frame(draft, "gym", (x, y), x1 - x, y1 - y)
    for v in (3.0, 15.0):
        frame.thing(frame.length - 0.8, v, 0.8, 8.0, "folded stand", movable=False)
    rooms = (("gym-store", "Gym store", RoomKind.STORE), ("changing-girls", "Changing room, girls", RoomKind.ROOM))
    for place, (name, title, kind) in enumerate((*rooms, ("changing-boys", "Changing room, boys", RoomKind.ROOM))):
        left = x + place * 7.0
        draft.room(name, 0, box(left, y1, left + 7.0, GYM_END), kind, title)
        width = DOUBLE if kind is RoomKind.STORE else LEAF
        keys = ("teacher", "caretaker")
        draft.door(name, (name, "gym"), across(left + 1.2, y1, width), keys=keys, latch=kind is not RoomKind.STORE)
        inner = Frame(draft, name, (left, y1), 7.0, GYM_END - y1)
        if kind is RoomKind.STORE:
            inner.thing(3.6, 2.5, 2.4, 2.0, "mats")
            inner.thing(0.0, 3.0, 2.0, 1.2, "vaulting box")
        else:
            inner.thing(0.8, 4.5, 5.6, 0.5, "lockers")
            inner.thing(2.0, 2.0, 3.6, 0.4, "bench")
