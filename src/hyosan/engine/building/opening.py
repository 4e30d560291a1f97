"""How a step opens: queues are counted, doors change, errands begin."""

from hyosan.engine.building.awake import call_back, set_out
from hyosan.engine.building.choose import count_queues
from hyosan.engine.building.columns import (
    DOOR,
    ERRANDS,
    GOALS,
    NEAR_COUNT,
    QUIET,
    REVIEW,
    SECOND,
    SHIFTS,
    STEP,
    TO_SPOT,
    UNLISTED,
    UNTIL,
    WALKERS,
    WHEN,
)
from hyosan.engine.building.given import (
    BODY_ROWS,
    END_OF_ROWS,
    ERRAND_ROWS,
    FAR_ROWS,
    GATE_ROWS,
    INNER_FIRST_ROWS,
    INNER_ROWS,
    KIND_ROWS,
    OPEN_SIDE_ROWS,
    PASSABLE_ROWS,
    PLACE_ROWS,
    QUEUE_ROWS,
    ROOM_ROWS,
    ROUTE_ROWS,
    SETTLED_ROWS,
    SHIFT_ROWS,
    SIDE_ROWS,
    SPOT_OF_ROWS,
    TARGET_ROWS,
    TILE_ROWS,
    WAITING_ROWS,
    WALKER_ROWS,
    WAY_ROWS,
    WHO_ROWS,
    WIDE_ROWS,
)
from hyosan.engine.building.routes import find_ways
from hyosan.jit import float_part, float_routine, part


@float_routine
def review_ways(kinds, clock, pace, law, ground, doors, goals):
    """Reckon the ways to goals anew: to exits (0), or to all (1)."""
    room, _, side, gate, inner, inner_first = (
        ground[ROOM_ROWS],
        ground[TILE_ROWS],
        ground[SIDE_ROWS],
        ground[GATE_ROWS],
        ground[INNER_ROWS],
        ground[INNER_FIRST_ROWS],
    )
    passable, waiting, settled = doors[PASSABLE_ROWS], doors[WAITING_ROWS], doors[SETTLED_ROWS]
    goal_kind, target, route = goals[KIND_ROWS], goals[TARGET_ROWS], goals[ROUTE_ROWS]
    for goal in range(pace[GOALS]):
        if kinds == 1 or goal_kind[goal] != TO_SPOT:
            find_ways(goal, room, side, gate, inner, inner_first, passable, waiting, target, law, route, settled)


@float_part
def _refresh(clock, pace, law, ground, doors, goals, people):
    """Each second queues are counted; ways to exits are reckoned anew with them, less often."""
    room, tile, side, gate, far, way, wide = (
        ground[ROOM_ROWS],
        ground[TILE_ROWS],
        ground[SIDE_ROWS],
        ground[GATE_ROWS],
        ground[FAR_ROWS],
        ground[WAY_ROWS],
        ground[WIDE_ROWS],
    )
    queue, waiting = doors[QUEUE_ROWS], doors[WAITING_ROWS]
    place, who, walkers = people[PLACE_ROWS], people[WHO_ROWS], people[WALKER_ROWS]
    if clock[STEP] % pace[SECOND] == 0 and (clock[WALKERS] > 0 or clock[QUIET] == 0):
        count_queues(walkers, clock[WALKERS], room, tile, side, gate, far, way, wide, place, who, queue, waiting)
        quiet = 1
        for this in range(len(side)):
            if waiting[this] > 0:
                quiet = 0
        if clock[STEP] % pace[REVIEW] == 0 or (quiet == 1 and clock[QUIET] == 0):
            review_ways(0, clock, pace, law, ground, doors, goals)
        clock[QUIET] = quiet


@part
def opens(passable):
    """Who gets through a side of a door: 0 nobody, 1 who opens doors, 2 everybody."""
    return (3 - passable) if passable > 0 else 0


@float_part
def _shift_doors(clock, pace, law, ground, doors, goals, people):
    """Doors whose time has come are opened, shut or locked."""
    side = ground[SIDE_ROWS]
    passable, open_side, shift = doors[PASSABLE_ROWS], doors[OPEN_SIDE_ROWS], doors[SHIFT_ROWS]
    changed = False
    while clock[SHIFTS] < len(shift) and shift[clock[SHIFTS], 0] <= clock[STEP]:
        passable[shift[clock[SHIFTS], 1]] = shift[clock[SHIFTS], 2]
        clock[SHIFTS] += 1
        changed = True
    if changed:
        for this in range(len(side)):
            open_side[this] = opens(passable[side[this, DOOR]])
        review_ways(1, clock, pace, law, ground, doors, goals)
        call_back(clock, people[WALKER_ROWS], people[PLACE_ROWS], people[WHO_ROWS])
        for turn in range(clock[WALKERS]):
            people[WHO_ROWS][people[WALKER_ROWS][turn], NEAR_COUNT] = UNLISTED


@float_part
def _begin_errands(clock, goals, people):
    """Errands whose time has come are begun."""
    goal_spot, errand, goal_end = goals[SPOT_OF_ROWS], goals[ERRAND_ROWS], goals[END_OF_ROWS]
    while clock[ERRANDS] < len(errand) and errand[clock[ERRANDS], WHEN] <= clock[STEP]:
        set_out(
            clock[ERRANDS],
            clock,
            errand,
            goal_spot,
            goal_end,
            people[PLACE_ROWS],
            people[WALKER_ROWS],
            people[WHO_ROWS],
            people[BODY_ROWS],
        )
        clock[ERRANDS] += 1


@part
def next_event(clock, pace, goals, doors):
    """The step at which something happens though nobody walks, at most the last of the stretch."""
    errand, shift = goals[ERRAND_ROWS], doors[SHIFT_ROWS]
    step = pace[UNTIL]
    if clock[ERRANDS] < len(errand):
        step = min(step, errand[clock[ERRANDS], WHEN])
    if clock[SHIFTS] < len(shift):
        step = min(step, shift[clock[SHIFTS], 0])
    if clock[QUIET] == 0:
        step = min(step, (clock[STEP] // pace[SECOND] + 1) * pace[SECOND])
    return max(step, clock[STEP])


@float_part
def open_step(clock, pace, law, ground, doors, goals, people):
    """What comes first in a step, on one thread."""
    _refresh(clock, pace, law, ground, doors, goals, people)
    _shift_doors(clock, pace, law, ground, doors, goals, people)
    _begin_errands(clock, goals, people)
