"""The parts of a step of a building as kernels of their own, for several threads; `stretch` is all of them in a row."""

from hyosan.engine.building.fresh import gather_fresh, list_fresh, tell_neighbours
from hyosan.engine.building.given import (
    FRESH_ROWS,
    WALKER_ROWS,
    WHO_ROWS,
)
from hyosan.engine.building.opening import open_step, review_ways
from hyosan.engine.building.ranges import (
    choose_ways,
    gather_groups,
    press_all,
    rest_the_wayless,
    rouse_all,
    settle_all,
    turn_all,
)
from hyosan.engine.building.stretch import close_step
from hyosan.jit import float_kernel


@float_kernel
def opening(clock, pace, law, ground, doors, goals, people):
    """What comes first in a step."""
    open_step(clock, pace, law, ground, doors, goals, people)


@float_kernel
def reviewing(kinds, clock, pace, law, ground, doors, goals):
    """Ways are reckoned anew: to exits (0), or to all (1)."""
    review_ways(kinds, clock, pace, law, ground, doors, goals)


@float_kernel
def choosing(first, last, clock, pace, law, ground, doors, goals, people):
    """Walkers in rows `first` to `last` choose a door, if it is time."""
    choose_ways(first, last, clock, pace, law, ground, doors, goals, people)


@float_kernel
def between(clock, pace, people):
    """Who has no way stands, groups are looked at, and who needs a list is noted; returns how many do."""
    rest_the_wayless(clock, pace, people)
    gather_groups(clock, pace, people)
    return gather_fresh(clock, people[WALKER_ROWS], people[WHO_ROWS], people[FRESH_ROWS])


@float_kernel
def listing(first, last, law, ground, doors, people):
    """Neighbours of those in rows `first` to `last` of the fresh are listed."""
    list_fresh(first, last, law, ground, doors, people)


@float_kernel
def telling(count, ground, people):
    """The fresh are put into the lists of those near them."""
    tell_neighbours(count, ground, people)


@float_kernel
def turning(first, last, piece, clock, law, fan, ground, doors, goals, people, work):
    """Walkers in rows `first` to `last` turn and walk."""
    turn_all(first, last, piece, clock, law, fan, ground, doors, goals, people, work)


@float_kernel
def rousing(clock, law, ground, doors, people):
    """Others see where walkers want to go, and who is touched is stepped."""
    rouse_all(clock, law, ground, doors, people)


@float_kernel
def pressing(first, last, even, clock, law, ground, doors, people):
    """Bodies of walkers in rows `first` to `last` are parted once."""
    press_all(first, last, even, clock, law, ground, doors, people)


@float_kernel
def settling(first, last, ground, doors, people):
    """Walkers in rows `first` to `last` are held back by walls."""
    settle_all(first, last, ground, doors, people)


@float_kernel
def closing(clock, pace, law, ground, doors, goals, people, tables):
    """What comes last in a step."""
    close_step(clock, pace, law, ground, doors, goals, people, tables)
