"""The rooms of the bar and of the west wing, storey by storey."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hyosan.floorplan.plan import DoorState, RoomKind
from school import classrooms, offices
from school.cores import cores, outside_platform
from school.draft import box
from school.frame import Frame, bar_frame, build, wing_frame
from school.sizes import BAR, BAY, CORRIDOR, DEPTH, DOUBLE, LEAF, NORTH, SMALL, SPECIAL, STOREYS, WING

if TYPE_CHECKING:
    from collections.abc import Callable

    from school.draft import Draft


class Planned(NamedTuple):
    """A room in a row of rooms."""

    name: str
    title: str
    kind: RoomKind
    length: float
    furnish: Callable[[Frame], None]
    doors: tuple[float, ...] = (0.6, -1.5)


K = RoomKind
ONE = (0.6,)
LAST = (-1.5,)
"""A single door at the front, or at the back."""

GROUND = (
    Planned("library", "Library", K.LIBRARY, 18.0, offices.library, (2.4, -1.5)),
    Planned("teachers-office", "Teachers' office", K.OFFICE, 13.5, offices.MAIN_OFFICE),
    Planned("print-room", "Print room", K.ROOM, 3.0, offices.printing, (1.1,)),
    Planned("principal", "Principal's office", K.OFFICE, 6.0, offices.principal, LAST),
    Planned("lobby", "Entrance hall", K.HALL, BAY, offices.lobby, ()),
    Planned("administration", "Administration office", K.OFFICE, BAY, offices.administration, ONE),
    Planned("nurse", "Nurse's room", K.ROOM, BAY, offices.nurse, ONE),
    Planned("counselling", "Counselling room", K.OFFICE, SMALL, offices.counselling, ONE),
    Planned("broadcasting", "Broadcasting room", K.ROOM, SMALL, offices.broadcasting, (1.8,)),
    Planned("level-group", "Level group room", K.CLASSROOM, BAY, classrooms.subject_room),
    Planned("caretaker", "Caretaker's room", K.OFFICE, SMALL, offices.caretaker, ONE),
)
"""The bar on the ground, from the west; 90 m."""

SUBJECTS = {
    3: ("english-room", "English room"),
    2: ("mathematics-room", "Mathematics room"),
    1: ("social-studies-room", "Social studies room"),
}
"""Room of one subject beside the classes of each grade."""

TOOLS = ("tool-store", "Tool store", K.STORE, SMALL, classrooms.shelves, (1.8,))
WINGS: tuple[tuple[Planned, ...], ...] = (
    (
        Planned("technology-room", "Technology workshop", K.LABORATORY, SPECIAL, classrooms.tables),
        Planned(*TOOLS),
        Planned("home-economics", "Home economics room", K.LABORATORY, SPECIAL, classrooms.laboratory),
        Planned("art-room", "Art room", K.CLASSROOM, SPECIAL, classrooms.tables),
    ),
    (
        Planned("science-lab", "Science laboratory", K.LABORATORY, SPECIAL, classrooms.science),
        Planned("science-store", "Science preparation room", K.STORE, SMALL, classrooms.shelves, (1.8,)),
        Planned("physics-lab", "Physics and chemistry laboratory", K.LABORATORY, SPECIAL, classrooms.laboratory),
        Planned("biology-lab", "Biology laboratory", K.LABORATORY, SPECIAL, classrooms.laboratory),
    ),
    (
        Planned("computer-room-1", "Computer room 1", K.CLASSROOM, SPECIAL, classrooms.machines),
        Planned("server-room", "Server room", K.STORE, SMALL, classrooms.shelves, (1.8,)),
        Planned("computer-room-2", "Computer room 2", K.CLASSROOM, SPECIAL, classrooms.machines),
        Planned("language-lab", "Language laboratory", K.CLASSROOM, SPECIAL, classrooms.machines),
    ),
    (
        Planned("music-room", "Music room", K.CLASSROOM, SPECIAL, classrooms.music),
        Planned("instrument-store", "Instrument store", K.STORE, SMALL, classrooms.shelves, (1.8,)),
        Planned("audiovisual-room", "Audiovisual room", K.CLASSROOM, SPECIAL, classrooms.audiovisual),
        Planned("drama-room", "Drama room", K.CLASSROOM, SPECIAL, classrooms.drama),
    ),
)
"""The west wing from storey to storey, each from the south."""


INNER = (
    (0, "tool-store", "technology-room"),
    (1, "science-store", "science-lab"),
    (1, "science-store", "physics-lab"),
    (3, "instrument-store", "music-room"),
)
"""Stores of the wing that have a door to a room beside them, with the row of the storey."""


def pupils(number: int) -> int:
    """Desks of a class: 24 in classes 1, 4 and 7 of a grade and 23 in the others, 561 in all."""
    return 24 if number % 3 == 1 else 23


def upper_bar(grade: int) -> list[Planned]:
    """The bar of an upper storey: four classes, the office of the grade, a subject's room, four classes."""
    classes = [
        Planned(f"{grade}-{number}", f"Class {grade}-{number}", K.CLASSROOM, BAY, classrooms.class_of(pupils(number)))
        for number in range(1, 9)
    ]
    name, title = SUBJECTS[grade]
    office = Planned(f"office-grade-{grade}", f"Teachers' office, grade {grade}", K.OFFICE, BAY, offices.OFFICE)
    subject = Planned(name, title, K.CLASSROOM, BAY, classrooms.subject_room)
    return [*classes[:4], office, subject, *classes[4:]]


def corridors(draft: Draft, storey: int) -> tuple[str, str]:
    """Corridors of the bar and of the wing, and the fire door between them; their names."""
    bar, wing = f"corridor-{storey + 1}", f"corridor-{storey + 1}-west"
    draft.room(bar, storey, box(0.0, DEPTH, BAR, NORTH), K.CORRIDOR, f"Corridor, storey {storey + 1}")
    draft.room(wing, storey, box(DEPTH, NORTH, NORTH, WING), K.CORRIDOR, f"West corridor, storey {storey + 1}")
    middle = DEPTH + CORRIDOR / 2
    line = ((middle - DOUBLE / 2, NORTH), (middle + DOUBLE / 2, NORTH))
    draft.door(f"fire-door-{storey + 1}", (bar, wing), line, state=DoorState.OPEN, keys=())
    return bar, wing


def storey_of(draft: Draft, storey: int) -> None:
    """Everything of a storey that lies in the bar, in the west wing and behind the corridor."""
    bar, wing = corridors(draft, storey)
    x = 0.0
    for each in GROUND if storey == 0 else upper_bar(STOREYS - storey):
        build(
            bar_frame(draft, each.name, x, each.length, DEPTH),
            storey,
            bar,
            each.kind,
            each.title,
            each.furnish,
            each.doors,
        )
        x += each.length
    y = NORTH
    for each in WINGS[storey]:
        y += each.length
        build(
            wing_frame(draft, each.name, y, each.length, DEPTH),
            storey,
            wing,
            each.kind,
            each.title,
            each.furnish,
            each.doors,
        )
    for level, inner, room in INNER:
        if level == storey:
            y = NORTH + SPECIAL + (0.0 if room == WINGS[storey][0].name else SMALL)
            line = ((DEPTH - 0.2 - LEAF, y), (DEPTH - 0.2, y))
            draft.door(f"{inner}-to-{room}", (room, inner), line, keys=("teacher", "caretaker"), latch=True)
    cores(draft, storey, bar)
    if storey > 0:
        outside_platform(draft, storey, wing)
