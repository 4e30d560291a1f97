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
    place, who, fresh, based = people[0], people[1], people[15], people[11]
    for number in range(first, last):
        person = fresh[number]
        list_near(
            *(person, law, ground[0], ground[1], ground[4], ground[5], ground[6], ground[7], ground[13], ground[14]),
            *(people[4], people[16], place, who, people[5]),
        )
        list_beyond(
            *(person, law, ground[0], ground[2], ground[3], doors[1], ground[13], ground[14]),
            *(people[4], people[16], place, who, people[6], people[7]),
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
    side, gate = ground[2], ground[3]
    place, who, near, over, over_side, fresh = people[0], people[1], people[5], people[6], people[7], people[15]
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
    count = gather_fresh(clock, people[3], people[1], people[15])
    list_fresh(0, count, law, ground, doors, people)
    tell_neighbours(count, ground, people)
