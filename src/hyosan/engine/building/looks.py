"""Tracks: where people were who have moved since the last look."""

from hyosan.engine.building.columns import (
    IN,
    MOVED,
    PASSAGE_ROWS,
    POSTURE,
    STEP,
    STILL_THERE,
    STOPPED,
    TRACK_ROWS,
    WALKERS,
    X,
    Y,
)
from hyosan.engine.building.given import (
    PASSAGE_TABLE,
    PLACE_ROWS,
    STOPPED_ROWS,
    TRACK_TABLE,
    WALKER_ROWS,
    WHO_ROWS,
)
from hyosan.jit import float_part, part


@float_part
def look(clock, people, track):
    """Write down where those are who have moved since the last look."""
    place, who, walkers, stopped = people[PLACE_ROWS], people[WHO_ROWS], people[WALKER_ROWS], people[STOPPED_ROWS]
    for number in range(clock[STOPPED]):
        _write(stopped[number], clock, place, who, track)
    clock[STOPPED] = 0
    for turn in range(clock[WALKERS]):
        _write(walkers[turn], clock, place, who, track)


@float_part
def _write(person, clock, place, who, track):
    """Write one row of tracks, unless it has been written."""
    if who[person, MOVED] == STILL_THERE:
        return
    who[person, MOVED] = STILL_THERE
    row = clock[TRACK_ROWS]
    clock[TRACK_ROWS] += 1
    track[row, 0], track[row, 1], track[row, 2] = clock[STEP], person, who[person, IN]
    track[row, 3] = who[person, POSTURE]
    # Whole millimetres.
    track[row, 4], track[row, 5] = _thousandths(place[person, X]), _thousandths(place[person, Y])


@float_part
def _thousandths(length):
    """A length in whole millimetres, rounded down."""
    whole = int(length * 1000.0)
    return whole - 1 if whole > length * 1000.0 else whole


@part
def has_room(clock, people, tables):
    """Whether a step can be written down whatever happens in it."""
    most = len(people[PLACE_ROWS])
    return clock[TRACK_ROWS] + 2 * most <= len(tables[TRACK_TABLE]) and clock[PASSAGE_ROWS] + most <= len(
        tables[PASSAGE_TABLE]
    )
