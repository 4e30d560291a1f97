"""Steps of a building, one after another; reads as the list of what happens in one.

`stretch` does all of it on one thread, any number of steps in a call; `threaded` has its parts for several threads.
"""

from hyosan.engine.building.columns import (
    LOOK,
    STEP,
    STEPPED,
    STOPPED,
    UNTIL,
    WALKERS,
)
from hyosan.engine.building.enter import claim_doors, enter
from hyosan.engine.building.fresh import renew
from hyosan.engine.building.given import (
    BASED_ROWS,
    BODY_ROWS,
    CLAIM_ROWS,
    DUE_ROWS,
    ERRAND_ROWS,
    FOLLOWING_ROWS,
    GATE_ROWS,
    GRID_CORNER_ROWS,
    GRID_ROWS,
    HEAD_ROWS,
    LEAVERS_ROWS,
    MOVED_ROWS,
    PASSAGE_TABLE,
    PASSED_ROWS,
    PLACE_ROWS,
    PRESSED_ROWS,
    ROOM_ROWS,
    SIDE_ROWS,
    SPOT_PLACE_ROWS,
    SPOT_ROWS,
    STOPPED_ROWS,
    TRACK_TABLE,
    WALKER_ROWS,
    WHO_ROWS,
)
from hyosan.engine.building.looks import has_room, look
from hyosan.engine.building.opening import next_event, open_step
from hyosan.engine.building.ranges import (
    choose_ways,
    gather_groups,
    press_all,
    rest_the_wayless,
    rouse_all,
    settle_all,
    turn_all,
)
from hyosan.jit import float_kernel, float_part

ROUNDS = 2
"""How often bodies are parted in a step."""


@float_part
def close_step(clock, pace, law, ground, doors, goals, people, tables):
    """What comes last in a step, on one thread."""
    side, gate = ground[SIDE_ROWS], ground[GATE_ROWS]
    walkers, passed = people[WALKER_ROWS], people[PASSED_ROWS]
    claim_doors(clock, side, gate, doors[DUE_ROWS], walkers, passed, doors[CLAIM_ROWS])
    clock[STEPPED] += clock[WALKERS]
    turn = 0
    while turn < clock[WALKERS]:
        person = walkers[turn]
        enter(
            *(
                turn,
                clock,
                pace,
                law,
                ground[ROOM_ROWS],
                side,
                gate,
                ground[GRID_ROWS],
                ground[GRID_CORNER_ROWS],
                goals[SPOT_ROWS],
                goals[SPOT_PLACE_ROWS],
                goals[ERRAND_ROWS],
            ),
            *(
                walkers,
                doors[CLAIM_ROWS],
                people[PLACE_ROWS],
                people[MOVED_ROWS],
                passed,
                people[BASED_ROWS],
                people[WHO_ROWS],
                people[BODY_ROWS],
                people[HEAD_ROWS],
                people[FOLLOWING_ROWS],
                doors[DUE_ROWS],
                doors[LEAVERS_ROWS],
            ),
            *(people[STOPPED_ROWS], tables[PASSAGE_TABLE]),
        )
        # Both places of those who sleep are read by those who do not.
        people[PRESSED_ROWS][person, 0], people[PRESSED_ROWS][person, 1] = (
            people[MOVED_ROWS][person, 0],
            people[MOVED_ROWS][person, 1],
        )
        if turn < clock[WALKERS] and walkers[turn] == person:
            turn += 1
    clock[STEP] += 1
    if clock[STEP] % pace[LOOK] == 0:
        look(clock, people, tables[TRACK_TABLE])


@float_part
def move_all(clock, pace, law, fan, ground, doors, goals, people, work, tables):
    """Everybody who is stepped chooses a way, turns, walks, is parted from others and held back by walls."""
    choose_ways(0, clock[WALKERS], clock, pace, law, ground, doors, goals, people)
    rest_the_wayless(clock, pace, people)
    renew(law, clock, ground, doors, people)
    gather_groups(clock, pace, people)
    turn_all(0, clock[WALKERS], 0, clock, law, fan, ground, doors, goals, people, work)
    rouse_all(clock, law, ground, doors, people)
    for round_ in range(ROUNDS):
        press_all(0, clock[WALKERS], (round_ + 1) % 2, clock, law, ground, doors, people)
    settle_all(0, clock[WALKERS], ground, doors, people)
    close_step(clock, pace, law, ground, doors, goals, people, tables)


@float_kernel
def stretch(clock, pace, law, fan, ground, doors, goals, people, work, tables):
    """Step a building until the last step of the stretch, or until a table is full.

    Args:
        clock: Columns `STEP` to `QUIET` of `columns`, (11,).
        pace: Columns `SECOND` to `UNTIL`, (7,).
        law: Columns `DT` to `TOUCHING`, (26,).
        fan: `rules.walking.fan`.
        ground: Arrays of `Ground`, in the order of `ground.arrays`.
        doors: Arrays of doors, in the order of `state.doors`; so are `goals`, `people` and `work`.
        tables: Tracks and passages.
    """
    while clock[STEP] < pace[UNTIL] and has_room(clock, people, tables):
        open_step(clock, pace, law, ground, doors, goals, people)
        if clock[WALKERS] == 0:
            step = next_event(clock, pace, goals, doors)
            if step == clock[STEP]:
                step += 1
            if clock[STOPPED] > 0:
                step = min(step, (clock[STEP] // pace[LOOK] + 1) * pace[LOOK])
            clock[STEP] = step
            if clock[STEP] % pace[LOOK] == 0:
                look(clock, people, tables[TRACK_TABLE])
            continue
        move_all(clock, pace, law, fan, ground, doors, goals, people, work, tables)
