"""Small floor plans for tests, and changes of them."""

from dataclasses import replace

from hyosan.floorplan.plan import OUTSIDE, Door, Floorplan, Room, RoomKind, Stair, StairEnd, Storey


def box(x, y, wide=4.0, deep=4.0):
    """Corners of a rectangle, counter-clockwise [m]."""
    return ((x, y), (x + wide, y), (x + wide, y + deep), (x, y + deep))


SOUND = Floorplan(
    name="sound",
    storeys=(Storey("Ground", 0.0), Storey("First", 3.4)),
    rooms=(
        Room("lab", 0, box(0, 0), kind=RoomKind.LABORATORY, title="Science lab"),
        Room("hall", 0, box(4, 0), kind=RoomKind.HALL),
        Room("attic", 1, box(4, 0)),
    ),
    doors=(
        Door("inner", (0, 1), ((4.0, 1.0), (4.0, 2.0))),
        Door("front", (1, OUTSIDE), ((8.0, 1.0), (8.0, 2.0))),
    ),
    stairs=(
        Stair(
            "stair",
            (StairEnd(1, ((5.0, 4.0), (6.0, 4.0))), StairEnd(2, ((5.0, 4.0), (6.0, 4.0)))),
            ((5.5, 4.0, 0.0), (5.5, 6.8, 1.7), (5.5, 4.0, 3.4)),
        ),
    ),
)
"""Two rooms side by side, an exit, and a stair to a third room."""


def changed(what, row, **values):
    """The sound plan with one thing changed."""
    return put(what, row, replace(getattr(SOUND, what)[row], **values))


def put(what, row, thing):
    """The sound plan with one thing in another's place."""
    things = list(getattr(SOUND, what))
    things[row : row + 1] = [thing]
    return replace(SOUND, **{what: tuple(things)})


def added(what, *things):
    """The sound plan with more things."""
    return replace(SOUND, **{what: (*getattr(SOUND, what), *things)})
