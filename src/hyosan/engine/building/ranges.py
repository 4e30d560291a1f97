"""What ranges of walkers do in a step, each with the arrays that it takes: these may be shared out to threads."""

from hyosan.engine.building.awake import give_up, rouse, step_roused
from hyosan.engine.building.choose import choose_door
from hyosan.engine.building.columns import (
    AHEAD,
    ANEW,
    CHOOSE,
    FLOW_X,
    FLOW_Y,
    GROUP,
    GROUPS,
    LEFT,
    MAKES_FOR,
    PLANNED,
    POSTURE,
    SECOND,
    STEP,
    WALKERS,
    WALKING,
    WAYLESS,
)
from hyosan.engine.building.fresh import renew
from hyosan.engine.building.given import (
    BODY_ROWS,
    CLOSE_ROWS,
    FAN_WORK,
    FAR_ROWS,
    FLOW_ROWS,
    GATE_ROWS,
    GROUP_LEFT_ROWS,
    KIND_ROWS,
    LEAVERS_ROWS,
    MOVED_ROWS,
    NEAR_ROWS,
    NEAR_WALL_WORK,
    OPEN_SIDE_ROWS,
    OVER_ROWS,
    OVER_SIDE_ROWS,
    PASSABLE_ROWS,
    PASSED_ROWS,
    PLACE_ROWS,
    PRESSED_ROWS,
    QUEUE_ROWS,
    ROOM_ROWS,
    ROUTE_ROWS,
    SEEN_WORK,
    SIDE_ROWS,
    SPOT_PLACE_ROWS,
    SPOT_ROWS,
    TARGET_ROWS,
    TILE_ROWS,
    WAITING_ROWS,
    WALKER_ROWS,
    WALL_FIRST_ROWS,
    WALL_NEAR_ROWS,
    WALL_ROWS,
    WALL_SIDE_ROWS,
    WAY_ROWS,
    WHO_ROWS,
    WIDE_ROWS,
)
from hyosan.engine.building.head import turn_and_walk
from hyosan.engine.building.press import press
from hyosan.engine.building.settle import settle
from hyosan.jit import float_part


@float_part
def choose_ways(first, last, clock, pace, law, ground, doors, goals, people):
    """Walkers in rows `first` to `last` choose a door, if it is time."""
    room, tile, side, gate, far, way, wide = (
        ground[ROOM_ROWS],
        ground[TILE_ROWS],
        ground[SIDE_ROWS],
        ground[GATE_ROWS],
        ground[FAR_ROWS],
        ground[WAY_ROWS],
        ground[WIDE_ROWS],
    )
    place, who, body, walkers = people[PLACE_ROWS], people[WHO_ROWS], people[BODY_ROWS], people[WALKER_ROWS]
    for turn in range(first, last):
        person = walkers[turn]
        if who[person, POSTURE] != WALKING or who[person, PLANNED] == 1:
            continue
        if who[person, CHOOSE] == ANEW or (clock[STEP] + person) % pace[SECOND] == 0:
            choose_door(
                *(
                    person,
                    room,
                    tile,
                    side,
                    gate,
                    far,
                    way,
                    wide,
                    doors[PASSABLE_ROWS],
                    goals[ROUTE_ROWS],
                    goals[TARGET_ROWS],
                    goals[KIND_ROWS],
                    goals[SPOT_ROWS],
                ),
                *(doors[QUEUE_ROWS], doors[WAITING_ROWS], law, place, who, body),
            )


@float_part
def gather_groups(clock, pace, people):
    """Find the longest way left in each group [m]."""
    who, body, walkers, group_left = people[WHO_ROWS], people[BODY_ROWS], people[WALKER_ROWS], people[GROUP_LEFT_ROWS]
    for group in range(pace[GROUPS]):
        group_left[group] = 0.0
    for turn in range(clock[WALKERS]):
        person = walkers[turn]
        group = who[person, GROUP]
        if group >= 0 and who[person, POSTURE] == WALKING:
            group_left[group] = max(group_left[group], body[person, LEFT])


@float_part
def turn_all(first, last, piece, clock, law, fan, ground, doors, goals, people, work):
    """`turn_and_walk` of walkers in rows `first` to `last`."""
    turn_and_walk(
        *(
            first,
            last,
            piece,
            clock[STEP],
            law,
            fan,
            ground[ROOM_ROWS],
            ground[TILE_ROWS],
            ground[SIDE_ROWS],
            ground[GATE_ROWS],
            doors[OPEN_SIDE_ROWS],
            doors[WAITING_ROWS],
            doors[LEAVERS_ROWS],
            ground[WALL_ROWS],
        ),
        *(
            ground[WALL_SIDE_ROWS],
            ground[WALL_FIRST_ROWS],
            ground[WALL_NEAR_ROWS],
            ground[FAR_ROWS],
            ground[WAY_ROWS],
            ground[WIDE_ROWS],
            goals[SPOT_ROWS],
            goals[SPOT_PLACE_ROWS],
            goals[ROUTE_ROWS],
            people[GROUP_LEFT_ROWS],
            people[WALKER_ROWS],
            people[NEAR_ROWS],
        ),
        *(
            people[OVER_ROWS],
            people[OVER_SIDE_ROWS],
            people[PLACE_ROWS],
            people[WHO_ROWS],
            people[BODY_ROWS],
            people[MOVED_ROWS],
            people[FLOW_ROWS],
            people[CLOSE_ROWS],
            work[SEEN_WORK],
            work[NEAR_WALL_WORK],
            work[FAN_WORK],
        ),
    )


@float_part
def press_all(first, last, even, clock, law, ground, doors, people):
    """`press` of walkers in rows `first` to `last`: from where they would be, or back."""
    here, there = people[MOVED_ROWS], people[PRESSED_ROWS]
    if even == 0:
        here, there = there, here
    press(
        *(
            first,
            last,
            clock[STEP],
            law,
            ground[ROOM_ROWS],
            ground[TILE_ROWS],
            ground[SIDE_ROWS],
            ground[GATE_ROWS],
            doors[OPEN_SIDE_ROWS],
            ground[WALL_ROWS],
            ground[WALL_SIDE_ROWS],
            ground[WALL_FIRST_ROWS],
        ),
        *(
            ground[WALL_NEAR_ROWS],
            people[WALKER_ROWS],
            people[NEAR_ROWS],
            people[OVER_ROWS],
            people[OVER_SIDE_ROWS],
            people[PLACE_ROWS],
            people[WHO_ROWS],
            people[BODY_ROWS],
            here,
            people[CLOSE_ROWS],
            there,
        ),
    )


@float_part
def settle_all(first, last, ground, doors, people):
    """`settle` of walkers in rows `first` to `last`."""
    settle(
        *(
            first,
            last,
            ground[ROOM_ROWS],
            ground[TILE_ROWS],
            ground[SIDE_ROWS],
            ground[GATE_ROWS],
            doors[OPEN_SIDE_ROWS],
            ground[WALL_ROWS],
            ground[WALL_SIDE_ROWS],
            ground[WALL_FIRST_ROWS],
        ),
        *(
            ground[WALL_NEAR_ROWS],
            people[WALKER_ROWS],
            people[PLACE_ROWS],
            people[WHO_ROWS],
            people[MOVED_ROWS],
            people[PASSED_ROWS],
        ),
    )


@float_part
def show_flow(first, last, people):
    """Others see from now on where walkers in rows `first` to `last` want to go."""
    place, walkers, flow = people[PLACE_ROWS], people[WALKER_ROWS], people[FLOW_ROWS]
    for turn in range(first, last):
        person = walkers[turn]
        place[person, FLOW_X], place[person, FLOW_Y] = flow[person, 0], flow[person, 1]
        place[person, AHEAD], place[person, MAKES_FOR] = flow[person, 2], flow[person, 3]


@float_part
def rest_the_wayless(clock, pace, people):
    """Who has found no way stands and waits."""
    who, walkers = people[WHO_ROWS], people[WALKER_ROWS]
    for turn in range(clock[WALKERS]):
        person = walkers[turn]
        if who[person, POSTURE] == WALKING and who[person, CHOOSE] == WAYLESS:
            give_up(person, clock, people[PLACE_ROWS], who)


@float_part
def rouse_all(clock, law, ground, doors, people):
    """Others see where walkers want to go, and who is about to be touched is stepped; on one thread."""
    show_flow(0, clock[WALKERS], people)
    if (
        rouse(
            clock,
            people[WALKER_ROWS],
            people[NEAR_ROWS],
            people[PLACE_ROWS],
            people[MOVED_ROWS],
            people[WHO_ROWS],
            people[BODY_ROWS],
        )
        > 0
    ):
        step_roused(clock, people[WALKER_ROWS], people[NEAR_ROWS], people[WHO_ROWS])
        renew(law, clock, ground, doors, people)
