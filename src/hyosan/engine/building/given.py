"""Given: places in the tuples of arrays that kernels of buildings take."""

(
    ROOM_ROWS,
    TILE_ROWS,
    SIDE_ROWS,
    GATE_ROWS,
    WALL_ROWS,
    WALL_SIDE_ROWS,
    WALL_FIRST_ROWS,
    WALL_NEAR_ROWS,
    FAR_ROWS,
    WAY_ROWS,
    WIDE_ROWS,
    INNER_ROWS,
    INNER_FIRST_ROWS,
    GRID_ROWS,
    GRID_CORNER_ROWS,
) = range(15)
"""Of the ground: `Ground.arrays`, then the first cells and corners of the grid of each frame."""

(
    PASSABLE_ROWS,
    OPEN_SIDE_ROWS,
    QUEUE_ROWS,
    WAITING_ROWS,
    DUE_ROWS,
    CLAIM_ROWS,
    SETTLED_ROWS,
    LEAVERS_ROWS,
    SHIFT_ROWS,
) = range(9)
"""Of doors, as `state.DoorArrays` has them."""

(
    KIND_ROWS,
    SPOT_OF_ROWS,
    SPOT_ROWS,
    SPOT_PLACE_ROWS,
    TARGET_ROWS,
    ROUTE_ROWS,
    ERRAND_ROWS,
    END_OF_ROWS,
) = range(8)
"""Of goals, as `state.GoalArrays` has them."""

(
    PLACE_ROWS,
    WHO_ROWS,
    BODY_ROWS,
    WALKER_ROWS,
    HEAD_ROWS,
    NEAR_ROWS,
    OVER_ROWS,
    OVER_SIDE_ROWS,
    MOVED_ROWS,
    PRESSED_ROWS,
    FLOW_ROWS,
    BASED_ROWS,
    PASSED_ROWS,
    GROUP_LEFT_ROWS,
    STOPPED_ROWS,
    FRESH_ROWS,
    CLOSE_ROWS,
    FOLLOWING_ROWS,
) = range(18)
"""Of people, as `state.PeopleArrays` has them."""

(
    TRACK_TABLE,
    PASSAGE_TABLE,
) = range(2)
"""Of what is written down."""

(
    SEEN_WORK,
    NEAR_WALL_WORK,
    FAN_WORK,
) = range(3)
"""Of room to work in, one row a range of walkers."""
