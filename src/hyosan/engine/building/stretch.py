"""Steps of a building, one after another; reads as the list of what happens in one.

`stretch` does all of it on one thread, any number of steps in a call; `threaded` has its parts for several threads.
"""

from hyosan.engine.building.awake import call_back, give_up, rouse, set_out, step_roused
from hyosan.engine.building.choose import choose_door, count_queues
from hyosan.engine.building.columns import (
    AHEAD,
    ANEW,
    CHOOSE,
    DOOR,
    ERRANDS,
    FLOW_X,
    FLOW_Y,
    GOALS,
    GROUP,
    GROUPS,
    IN,
    LEFT,
    LOOK,
    MAKES_FOR,
    MOVED,
    NEAR_COUNT,
    PASSAGE_ROWS,
    POSTURE,
    QUIET,
    REVIEW,
    SECOND,
    SHIFTS,
    STEP,
    STEPPED,
    STILL_THERE,
    STOPPED,
    TO_SPOT,
    TRACK_ROWS,
    UNLISTED,
    UNTIL,
    WALKERS,
    WALKING,
    WAYLESS,
    WHEN,
    X,
    Y,
)
from hyosan.engine.building.enter import claim_doors, enter
from hyosan.engine.building.fresh import renew
from hyosan.engine.building.head import turn_and_walk
from hyosan.engine.building.press import press
from hyosan.engine.building.routes import find_ways
from hyosan.engine.building.settle import settle
from hyosan.jit import float_kernel, float_part, float_routine, part

ROUNDS = 2
"""How often bodies are parted in a step."""


@float_routine
def review_ways(kinds, clock, pace, law, ground, doors, goals):
    """Reckon the ways to goals anew: to exits (0), or to all (1)."""
    room, _, side, gate, inner, inner_first = ground[0], ground[1], ground[2], ground[3], ground[11], ground[12]
    passable, waiting, settled = doors[0], doors[3], doors[6]
    goal_kind, target, route = goals[0], goals[4], goals[5]
    for goal in range(pace[GOALS]):
        if kinds == 1 or goal_kind[goal] != TO_SPOT:
            find_ways(goal, room, side, gate, inner, inner_first, passable, waiting, target, law, route, settled)


@float_part
def _refresh(clock, pace, law, ground, doors, goals, people):
    """Each second queues are counted; ways to exits are reckoned anew with them, less often."""
    room, tile, side, gate, far, way, wide = (
        ground[0],
        ground[1],
        ground[2],
        ground[3],
        ground[8],
        ground[9],
        ground[10],
    )
    queue, waiting = doors[2], doors[3]
    place, who, walkers = people[0], people[1], people[3]
    if clock[STEP] % pace[SECOND] == 0 and (clock[WALKERS] > 0 or clock[QUIET] == 0):
        count_queues(walkers, clock[WALKERS], room, tile, side, gate, far, way, wide, place, who, queue, waiting)
        quiet = 1
        for this in range(len(side)):
            if waiting[this] > 0:
                quiet = 0
        if clock[STEP] % pace[REVIEW] == 0 or (quiet == 1 and clock[QUIET] == 0):
            review_ways(0, clock, pace, law, ground, doors, goals)
        clock[QUIET] = quiet


@float_part
def _shift_doors(clock, pace, law, ground, doors, goals, people):
    """Doors whose time has come are opened, shut or locked."""
    side = ground[2]
    passable, open_side, shift = doors[0], doors[1], doors[7]
    changed = False
    while clock[SHIFTS] < len(shift) and shift[clock[SHIFTS], 0] <= clock[STEP]:
        passable[shift[clock[SHIFTS], 1]] = shift[clock[SHIFTS], 2]
        clock[SHIFTS] += 1
        changed = True
    if changed:
        for this in range(len(side)):
            open_side[this] = 1 if passable[side[this, DOOR]] > 0 else 0
        review_ways(1, clock, pace, law, ground, doors, goals)
        call_back(clock, people[3], people[0], people[1])
        for turn in range(clock[WALKERS]):
            people[1][people[3][turn], NEAR_COUNT] = UNLISTED


@float_part
def _begin_errands(clock, goals, people):
    """Errands whose time has come are begun."""
    goal_spot, errand, goal_end = goals[1], goals[6], goals[7]
    while clock[ERRANDS] < len(errand) and errand[clock[ERRANDS], WHEN] <= clock[STEP]:
        set_out(clock[ERRANDS], clock, errand, goal_spot, goal_end, people[0], people[3], people[1], people[2])
        clock[ERRANDS] += 1


@part
def next_event(clock, pace, goals, doors):
    """The step at which something happens though nobody walks, at most the last of the stretch."""
    errand, shift = goals[6], doors[7]
    step = pace[UNTIL]
    if clock[ERRANDS] < len(errand):
        step = min(step, errand[clock[ERRANDS], WHEN])
    if clock[SHIFTS] < len(shift):
        step = min(step, shift[clock[SHIFTS], 0])
    if clock[QUIET] == 0:
        step = min(step, (clock[STEP] // pace[SECOND] + 1) * pace[SECOND])
    return max(step, clock[STEP])


@float_part
def choose_ways(first, last, clock, pace, law, ground, doors, goals, people):
    """Walkers in rows `first` to `last` choose a door, if it is time."""
    room, tile, side, gate, far, way, wide = (
        ground[0],
        ground[1],
        ground[2],
        ground[3],
        ground[8],
        ground[9],
        ground[10],
    )
    place, who, body, walkers = people[0], people[1], people[2], people[3]
    for turn in range(first, last):
        person = walkers[turn]
        if who[person, POSTURE] != WALKING:
            continue
        if who[person, CHOOSE] == ANEW or (clock[STEP] + person) % pace[SECOND] == 0:
            choose_door(
                *(person, room, tile, side, gate, far, way, wide, doors[0], goals[5], goals[4], goals[0], goals[2]),
                *(doors[2], doors[3], law, place, who, body),
            )


@float_part
def gather_groups(clock, pace, people):
    """Find the longest way left in each group [m]."""
    who, body, walkers, group_left = people[1], people[2], people[3], people[13]
    for group in range(pace[GROUPS]):
        group_left[group] = 0.0
    for turn in range(clock[WALKERS]):
        person = walkers[turn]
        group = who[person, GROUP]
        if group >= 0 and who[person, POSTURE] == WALKING:
            group_left[group] = max(group_left[group], body[person, LEFT])


@float_part
def turn_all(first, last, piece, law, fan, ground, doors, goals, people, work):
    """`turn_and_walk` of walkers in rows `first` to `last`."""
    turn_and_walk(
        *(
            first,
            last,
            piece,
            law,
            fan,
            ground[0],
            ground[1],
            ground[2],
            ground[3],
            doors[1],
            doors[3],
            ground[4],
            ground[5],
        ),
        *(
            ground[6],
            ground[7],
            ground[8],
            ground[9],
            ground[10],
            goals[2],
            goals[3],
            goals[5],
            people[13],
            people[3],
            people[5],
        ),
        *(people[6], people[7], people[0], people[1], people[2], people[8], people[10], work[0], work[1], work[2]),
    )


@float_part
def press_all(first, last, even, law, ground, doors, people):
    """`press` of walkers in rows `first` to `last`: from where they would be, or back."""
    here, there = (people[8], people[9]) if even == 1 else (people[9], people[8])
    press(
        *(first, last, law, ground[0], ground[1], ground[2], ground[3], doors[1], ground[4], ground[5], ground[6]),
        *(ground[7], people[3], people[5], people[6], people[7], people[0], people[1], people[2], here, there),
    )


@float_part
def settle_all(first, last, ground, doors, people):
    """`settle` of walkers in rows `first` to `last`."""
    settle(
        *(first, last, ground[0], ground[1], ground[2], ground[3], doors[1], ground[4], ground[5], ground[6]),
        *(ground[7], people[3], people[0], people[1], people[8], people[12]),
    )


@float_part
def open_step(clock, pace, law, ground, doors, goals, people):
    """What comes first in a step, on one thread."""
    _refresh(clock, pace, law, ground, doors, goals, people)
    _shift_doors(clock, pace, law, ground, doors, goals, people)
    _begin_errands(clock, goals, people)


@float_part
def rest_the_wayless(clock, pace, people):
    """Who has found no way stands and waits."""
    who, walkers = people[1], people[3]
    for turn in range(clock[WALKERS]):
        person = walkers[turn]
        if who[person, POSTURE] == WALKING and who[person, CHOOSE] == WAYLESS:
            give_up(person, clock, people[0], who)


@float_part
def close_step(clock, pace, law, ground, doors, goals, people, tables):
    """What comes last in a step, on one thread."""
    side, gate = ground[2], ground[3]
    walkers, passed = people[3], people[12]
    claim_doors(clock, side, gate, doors[4], walkers, passed, doors[5])
    clock[STEPPED] += clock[WALKERS]
    turn = 0
    while turn < clock[WALKERS]:
        person = walkers[turn]
        enter(
            *(turn, clock, pace, law, ground[0], side, gate, ground[13], ground[14], goals[2], goals[3], goals[6]),
            *(
                walkers,
                doors[5],
                people[0],
                people[8],
                passed,
                people[11],
                people[1],
                people[2],
                people[4],
                people[16],
                doors[4],
            ),
            *(people[14], tables[1]),
        )
        # Both places of those who sleep are read by those who do not.
        people[9][person, 0], people[9][person, 1] = people[8][person, 0], people[8][person, 1]
        if turn < clock[WALKERS] and walkers[turn] == person:
            turn += 1
    clock[STEP] += 1
    if clock[STEP] % pace[LOOK] == 0:
        _look(clock, people, tables[0])


@float_part
def _look(clock, people, track):
    """Write down where those are who have moved since the last look."""
    place, who, walkers, stopped = people[0], people[1], people[3], people[14]
    for number in range(clock[STOPPED]):
        _write(stopped[number], clock, place, who, track)
    clock[STOPPED] = 0
    for turn in range(clock[WALKERS]):
        _write(walkers[turn], clock, place, who, track)


@float_part
def _write(person, clock, place, who, track):
    """Write one row of tracks, unless it has been written."""
    if who[person, MOVED] == STILL_THERE:
        return
    who[person, MOVED] = STILL_THERE
    row = clock[TRACK_ROWS]
    clock[TRACK_ROWS] += 1
    track[row, 0], track[row, 1], track[row, 2] = clock[STEP], person, who[person, IN]
    track[row, 3] = who[person, POSTURE]
    # Whole millimetres.
    track[row, 4], track[row, 5] = _thousandths(place[person, X]), _thousandths(place[person, Y])


@float_part
def _thousandths(length):
    """A length in whole millimetres, rounded down."""
    whole = int(length * 1000.0)
    return whole - 1 if whole > length * 1000.0 else whole


@part
def has_room(clock, people, tables):
    """Whether a step can be written down whatever happens in it."""
    most = len(people[0])
    return clock[TRACK_ROWS] + 2 * most <= len(tables[0]) and clock[PASSAGE_ROWS] + most <= len(tables[1])


@float_part
def show_flow(first, last, people):
    """Others see from now on where walkers in rows `first` to `last` want to go."""
    place, walkers, flow = people[0], people[3], people[10]
    for turn in range(first, last):
        person = walkers[turn]
        place[person, FLOW_X], place[person, FLOW_Y] = flow[person, 0], flow[person, 1]
        place[person, AHEAD], place[person, MAKES_FOR] = flow[person, 2], flow[person, 3]


@float_kernel
def stretch(clock, pace, law, fan, ground, doors, goals, people, work, tables):
    """Step a building until the last step of the stretch, or until a table is full.

    Args:
        clock: Columns `STEP` to `QUIET` of `columns`, (11,).
        pace: Columns `SECOND` to `UNTIL`, (7,).
        law: Columns `DT` to `STRANGE`, (24,).
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
                _look(clock, people, tables[0])
            continue
        choose_ways(0, clock[WALKERS], clock, pace, law, ground, doors, goals, people)
        rest_the_wayless(clock, pace, people)
        renew(law, clock, ground, doors, people)
        gather_groups(clock, pace, people)
        turn_all(0, clock[WALKERS], 0, law, fan, ground, doors, goals, people, work)
        show_flow(0, clock[WALKERS], people)
        if rouse(clock, people[3], people[5], people[0], people[8], people[1], people[2]) > 0:
            step_roused(clock, people[3], people[5], people[1])
            renew(law, clock, ground, doors, people)
        for round_ in range(ROUNDS):
            press_all(0, clock[WALKERS], (round_ + 1) % 2, law, ground, doors, people)
        settle_all(0, clock[WALKERS], ground, doors, people)
        close_step(clock, pace, law, ground, doors, goals, people, tables)
