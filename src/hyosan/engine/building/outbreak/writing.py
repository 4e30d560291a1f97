"""What an outbreak writes down beside tracks: what happens to doors, and what people do for each other."""

from hyosan.engine.building.columns import IN, STEP
from hyosan.engine.building.outbreak.columns import N_DEEDS, N_DOORS
from hyosan.engine.building.outbreak.given import COUNT_ROWS, DEED_TABLE, DOOR_TABLE
from hyosan.jit import float_routine


@float_routine
def note_door(event, door, person, clock, outbreak, tables):
    """Write down what happened to a door, and by whom."""
    count, rows = outbreak[COUNT_ROWS], tables[DOOR_TABLE]
    row = count[N_DOORS]
    rows[row, 0], rows[row, 1], rows[row, 2], rows[row, 3] = clock[STEP], door, event, person
    count[N_DOORS] = row + 1


@float_routine
def note_deed(deed, person, other, clock, who, outbreak, tables):
    """Write down what somebody did for somebody else, or for how many."""
    count, rows = outbreak[COUNT_ROWS], tables[DEED_TABLE]
    row = count[N_DEEDS]
    rows[row, 0], rows[row, 1], rows[row, 2], rows[row, 3] = clock[STEP], deed, person, other
    rows[row, 4] = who[person, IN]
    count[N_DEEDS] = row + 1
