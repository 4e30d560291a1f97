"""The parts of a step of a building as kernels of their own, for several threads; `stretch` is all of them in a row."""

from hyosan.engine.building.awake import rouse, step_roused
from hyosan.engine.building.columns import (
    WALKERS,
)
from hyosan.engine.building.stretch import (
    choose_ways,
    close_step,
    gather_groups,
    list_all,
    mark_base,
    open_step,
    press_all,
    rest_the_wayless,
    settle_all,
    show_flow,
    turn_all,
)
from hyosan.jit import float_kernel


@float_kernel
def before(clock, pace, law, ground, doors, goals, people):
    """What comes first in a step."""
    open_step(clock, pace, law, ground, doors, goals, people)


@float_kernel
def choosing(first, last, clock, pace, law, ground, doors, goals, people):
    """Walkers in rows `first` to `last` choose a door, if it is time."""
    choose_ways(first, last, clock, pace, law, ground, doors, goals, people)


@float_kernel
def listing(first, last, only_new, law, ground, doors, people):
    """Neighbours of walkers in rows `first` to `last` are listed."""
    list_all(first, last, only_new, law, ground, doors, people)


@float_kernel
def between(stale, clock, pace, people):
    """Before lists are made: who has no way stands, and groups are looked at."""
    rest_the_wayless(clock, pace, people)
    if stale == 1:
        mark_base(people)
    gather_groups(clock, pace, people)


@float_kernel
def turning(first, last, piece, law, fan, ground, doors, goals, people, work):
    """Walkers in rows `first` to `last` turn and walk."""
    turn_all(first, last, piece, law, fan, ground, doors, goals, people, work)


@float_kernel
def rousing(clock, law, ground, doors, people):
    """Others see where walkers want to go, and who is touched is stepped."""
    show_flow(0, clock[WALKERS], people)
    if rouse(clock, people[3], people[5], people[0], people[8], people[1], people[2]) > 0:
        step_roused(clock, people[3], people[5], people[1])
        list_all(0, clock[WALKERS], 1, law, ground, doors, people)


@float_kernel
def pressing(first, last, even, law, ground, doors, people):
    """Bodies of walkers in rows `first` to `last` are parted once."""
    press_all(first, last, even, law, ground, doors, people)


@float_kernel
def settling(first, last, ground, doors, people):
    """Walkers in rows `first` to `last` are held back by walls."""
    settle_all(first, last, ground, doors, people)


@float_kernel
def after(clock, pace, law, ground, doors, goals, people, tables):
    """What comes last in a step."""
    close_step(clock, pace, law, ground, doors, goals, people, tables)
