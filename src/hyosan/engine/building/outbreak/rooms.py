"""Who is in which room: lists that are made anew before hunters look or strike."""

from hyosan.engine.building.columns import IN
from hyosan.engine.building.given import WHO_ROWS
from hyosan.engine.building.outbreak.given import FIRST_WORK, NEXT_WORK
from hyosan.jit import float_part, float_routine


@float_routine
def list_by_room(people, work):
    """List people by room, in their order: the first of each room, and after each person the next, -1 at the end."""
    who, first, following = people[WHO_ROWS], work[FIRST_WORK], work[NEXT_WORK]
    for row in range(len(first)):
        first[row] = -1
    for person in range(len(who) - 1, -1, -1):
        row = who[person, IN]
        if row >= 0:
            following[person] = first[row]
            first[row] = person


@float_part
def next_seen(row, here, person, visible, work):
    """The next person in the rooms into which one may see from a room: (its room, it), -1 after the last.

    Args:
        here: Room of the person before; -1 for the first.
    """
    first, following = work[FIRST_WORK], work[NEXT_WORK]
    if here >= 0:
        person = following[person]
    while person < 0:
        here += 1
        if here == len(first):
            return here, -1
        if visible[row, here] != 0:
            person = first[here]
    return here, person
