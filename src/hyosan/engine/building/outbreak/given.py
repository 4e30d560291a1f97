"""Given: places in the tuples of arrays of an outbreak that kernels take."""

(
    MIND_ROWS,
    TRAIT_ROWS,
    MEMORY_ROWS,
    MEMORY_PLACE_ROWS,
    TRIED_ROWS,
    PATH_ROWS,
    TO_ROWS,
    DOOR_STATE_ROWS,
    DOOR_LOAD_ROWS,
    SOUND_ROWS,
    COUNT_ROWS,
    VISIBLE_ROWS,
) = range(12)
"""Of what changes, as `state.OutbreakArrays` has them."""

(
    NERVE_ROWS,
    TURN_AFTER_ROWS,
    TIRE_AFTER_ROWS,
    USUAL_ROWS,
    REFUGE_ROWS,
    LOCKS_ROWS,
    BIT_ROWS,
    STRONG_ROWS,
    LOSS_ROWS,
    GLAZED_ROWS,
    NOISE_ROWS,
    REACHES_ROWS,
    BESIDE_FIRST_ROWS,
    BESIDE_ROWS,
    BESIDE_LOSS_ROWS,
    FLOOR_ROWS,
    SPAN_ROWS,
    ORDER_ROWS,
) = range(18)
"""Of what does not, as `state.Lie` has them."""

STRIKE_TABLE, MIND_TABLE, DOOR_TABLE, DEED_TABLE, SOUND_TABLE = range(5)
"""Of what is written down."""

(
    COST_WORK,
    BEFORE_WORK,
    KEY_WORK,
    ENTRY_WORK,
    LENGTH_WORK,
    FROM_WORK,
    STAMP_WORK,
    RANK_WORK,
    RUNNERS_WORK,
    FIRST_WORK,
    NEXT_WORK,
) = range(11)
"""Of room to work in."""
