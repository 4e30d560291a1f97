"""Lists of neighbours kept true: whoever has moved on gets a new one, and is put into those of the people near by.

Nobody misses anybody: who is not in a list was farther than `REACH` + `SKIN` when the later of the two lists was made,
and since then neither has moved more than two thirds and one third of `SKIN`.
"""

from hyosan.engine.building.beyond import insert_beyond, list_beyond
from hyosan.engine.building.columns import (
    NEAR_COUNT,
    OTHER,
    OVER_COUNT,
    TURN,
    UNLISTED,
    WALKERS,
    X,
    Y,
)
from hyosan.engine.building.given import (
    BASED_ROWS,
    FOLLOWING_ROWS,
    FRESH_ROWS,
    GATE_ROWS,
    GRID_CORNER_ROWS,
    GRID_ROWS,
    HEAD_ROWS,
    NEAR_ROWS,
    OPEN_SIDE_ROWS,
    OVER_ROWS,
    OVER_SIDE_ROWS,
    PLACE_ROWS,
    ROOM_ROWS,
    SIDE_ROWS,
    TILE_ROWS,
    WALKER_ROWS,
    WALL_FIRST_ROWS,
    WALL_NEAR_ROWS,
    WALL_ROWS,
    WALL_SIDE_ROWS,
    WHO_ROWS,
)
from hyosan.engine.building.neighbours import insert_near, list_near
from hyosan.jit import float_part, float_routine, part

THIRD = 0.333
"""Whoever has moved so large a part of `SKIN` gets a new list."""


@part
def gather_fresh(clock, walkers, who, fresh):
    """Note the walkers without a list; returns how many."""
    count = 0
    for turn in range(clock[WALKERS]):
        if who[walkers[turn], NEAR_COUNT] == UNLISTED:
            fresh[count] = walkers[turn]
            count += 1
    return count


@float_routine
def list_fresh(first, last, law, ground, doors, people):
    """List the neighbours of those in rows `first` to `last` of the fresh."""
    place, who, fresh, based = people[PLACE_ROWS], people[WHO_ROWS], people[FRESH_ROWS], people[BASED_ROWS]
    for number in range(first, last):
        person = fresh[number]
        list_near(
            *(
                person,
                law,
                ground[ROOM_ROWS],
                ground[TILE_ROWS],
                ground[WALL_ROWS],
                ground[WALL_SIDE_ROWS],
                ground[WALL_FIRST_ROWS],
                ground[WALL_NEAR_ROWS],
                ground[GRID_ROWS],
                ground[GRID_CORNER_ROWS],
            ),
            *(people[HEAD_ROWS], people[FOLLOWING_ROWS], place, who, people[NEAR_ROWS]),
        )
        list_beyond(
            *(
                person,
                law,
                ground[ROOM_ROWS],
                ground[SIDE_ROWS],
                ground[GATE_ROWS],
                doors[OPEN_SIDE_ROWS],
                ground[GRID_ROWS],
                ground[GRID_CORNER_ROWS],
            ),
            *(
                people[HEAD_ROWS],
                people[FOLLOWING_ROWS],
                place,
                who,
                people[OVER_ROWS],
                people[OVER_SIDE_ROWS],
            ),
        )
        based[person, 0], based[person, 1] = place[person, X], place[person, Y]


@part
def _has(row, count, person, near):
    """Whether somebody is in a list that stands in order."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if near[row, middle] < person:
            low = middle + 1
        else:
            high = middle
    return low < count and near[row, low] == person


@float_routine
def tell_neighbours(count, ground, people):
    """Put the fresh into the lists of those whom they have in theirs."""
    side, gate = ground[SIDE_ROWS], ground[GATE_ROWS]
    place, who, near, over, over_side, fresh = (
        people[PLACE_ROWS],
        people[WHO_ROWS],
        people[NEAR_ROWS],
        people[OVER_ROWS],
        people[OVER_SIDE_ROWS],
        people[FRESH_ROWS],
    )
    for number in range(count):
        person = fresh[number]
        for entry in range(who[person, NEAR_COUNT]):
            other = near[person, entry]
            if who[other, TURN] >= 0 and not _has(other, who[other, NEAR_COUNT], person, near):
                dx, dy = place[other, X] - place[person, X], place[other, Y] - place[person, Y]
                who[other, NEAR_COUNT] = insert_near(
                    other, who[other, NEAR_COUNT], person, dx * dx + dy * dy, near, place
                )
        for entry in range(who[person, OVER_COUNT]):
            other = over[person, entry]
            if who[other, TURN] >= 0:
                first, second = over_side[person, entry, 0], over_side[person, entry, 1]
                # The way back leads through the same doors.
                back = side[first, OTHER] if second < 0 else side[second, OTHER]
                behind = -1 if second < 0 else side[first, OTHER]
                who[other, OVER_COUNT] = insert_beyond(
                    other, who[other, OVER_COUNT], person, back, behind, gate, place, over, over_side
                )


@float_part
def renew(law, clock, ground, doors, people):
    """List all who are fresh, on one thread."""
    count = gather_fresh(clock, people[WALKER_ROWS], people[WHO_ROWS], people[FRESH_ROWS])
    list_fresh(0, count, law, ground, doors, people)
    tell_neighbours(count, ground, people)
