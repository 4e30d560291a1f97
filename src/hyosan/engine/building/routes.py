"""Ways through the building: for each goal, the time from each side of each room, over doors and stairs."""

from hyosan.engine.building.columns import (
    DOOR,
    DOWN_COST,
    FIRST_SIDE,
    FLOW,
    KIND,
    OTHER,
    QUEUE,
    ROOM,
    SIDE_COUNT,
    UP_COST,
    UPWARD,
    USUAL,
    WIDTH,
)
from hyosan.jit import float_part, float_routine, float_rule

FAR_OFF = 1e29
"""Longer than any way."""

OPENING_TIME = 1.0
"""What a shut door costs [s]; assumed: the time to open it."""


@float_rule
def flow_of(this, gate, law):
    """People whom a side lets through in a second [1/s]."""
    flow = law[QUEUE] * gate[this, WIDTH]
    return min(flow, gate[this, FLOW]) if gate[this, FLOW] > 0.0 else flow


@float_part
def _pass_time(this, side, gate, passable, waiting, law):
    """Time to get through a side [s]: to open it, and until half of those are through who wait now."""
    shut = OPENING_TIME if passable[side[this, DOOR]] == 2 else 0.0
    return shut + 0.5 * waiting[this] / flow_of(this, gate, law)


@float_rule
def slope_cost(row, out, room, side, law):
    """So much longer counts a way in a room that ends at a side: on stairs, by direction."""
    if room[row, KIND] == 0:
        return 1.0
    return law[UP_COST] if side[out, UPWARD] == 1 else law[DOWN_COST]


@float_routine
def find_ways(goal, room, side, gate, inner, inner_first, passable, waiting, target, law, route, settled):
    """Find the time from each side to a goal by Dijkstra's search, from the goal outward.

    Args:
        goal: Which.
        passable: 0 nobody passes a door, 1 it is open, 2 it is shut but not locked, (doors,).
        waiting: People who make for each side, (sides,).
        target: Time from sides behind which the goal lies to it [s], -1 for all others, (goals, sides).
        route: Written: time from each side to the goal [s], (goals, sides).
        settled: Room for one mark a side.
    """
    sides = len(side)
    for this in range(sides):
        route[goal, this], settled[this] = FAR_OFF, 0
        if target[goal, this] >= 0.0 and passable[side[this, DOOR]] > 0:
            route[goal, this] = target[goal, this] + _pass_time(this, side, gate, passable, waiting, law)
    while True:
        best, here = FAR_OFF, -1
        for this in range(sides):
            if settled[this] == 0 and route[goal, this] < best:
                best, here = route[goal, this], this
        if here < 0:
            break
        settled[here] = 1
        row = side[here, ROOM]
        slope = slope_cost(row, here, room, side, law) / law[USUAL]
        for entry in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
            before = side[entry, OTHER]
            if entry == here or before < 0 or settled[before] == 1 or passable[side[entry, DOOR]] == 0:
                continue
            length = inner[inner_first[entry] + here - room[row, FIRST_SIDE]]
            if length < FAR_OFF:
                time = best + length * slope + _pass_time(before, side, gate, passable, waiting, law)
                route[goal, before] = min(route[goal, before], time)
