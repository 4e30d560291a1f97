"""Steps of a building in which infected people hunt, as `stretch` without them; reads as the list of one."""

from hyosan.engine.building.awake import call_back
from hyosan.engine.building.columns import (
    DOOR,
    IN,
    LOOK,
    NEAR_COUNT,
    PLANNED,
    POSTURE,
    ROLE,
    SECOND,
    STEP,
    STOPPED,
    UNLISTED,
    UNTIL,
    WALKERS,
    WALKING,
    X,
    Y,
)
from hyosan.engine.building.given import (
    OPEN_SIDE_ROWS,
    PASSABLE_ROWS,
    PLACE_ROWS,
    SIDE_ROWS,
    TRACK_TABLE,
    WALKER_ROWS,
    WHO_ROWS,
)
from hyosan.engine.building.looks import has_room, look
from hyosan.engine.building.opening import next_event, open_step, opens, review_ways
from hyosan.engine.building.outbreak.columns import (
    CALLS_AT,
    DRIFT,
    DUE,
    ENTERS_AT,
    EVACUATE,
    FLEES,
    FOOTSTEPS,
    HUNTER,
    MODE,
    N_DEEDS,
    N_DOORS,
    N_HEARD,
    N_HUNTERS,
    N_MINDS,
    N_SOUNDS,
    N_STRIKES,
    NEXT_ORDER,
    NEXT_TURN,
    ORDER_AT,
    ORDERED,
    POLICE,
    RESPONDED,
    SEEN_AT,
    SIGHTS_STALE,
    STALE,
    TEXTS_AT,
    TICKS,
    WAYS_STALE,
)
from hyosan.engine.building.outbreak.drifting import drift
from hyosan.engine.building.outbreak.flight import choose_flight
from hyosan.engine.building.outbreak.forcing import beat_doors
from hyosan.engine.building.outbreak.given import (
    COUNT_ROWS,
    DEED_TABLE,
    DOOR_TABLE,
    MIND_ROWS,
    MIND_TABLE,
    NERVE_ROWS,
    ORDER_ROWS,
    RUNNERS_WORK,
    SOUND_TABLE,
    STRIKE_TABLE,
)
from hyosan.engine.building.outbreak.hearing import hear_all
from hyosan.engine.building.outbreak.hunters import decide_hunter
from hyosan.engine.building.outbreak.looking import look_all
from hyosan.engine.building.outbreak.memory import is_alive
from hyosan.engine.building.outbreak.moving import NEVER
from hyosan.engine.building.outbreak.orders import obey_all
from hyosan.engine.building.outbreak.people import (
    decide_alarmed,
    go_on_fighting,
    keep_fleeing,
    keep_sneaking,
    leave_as_told,
)
from hyosan.engine.building.outbreak.police import come_in, patrol
from hyosan.engine.building.outbreak.refuge import hold, keep_hidden, secure
from hyosan.engine.building.outbreak.sounds import make_sound
from hyosan.engine.building.outbreak.steering import steer_all
from hyosan.engine.building.outbreak.strikes import strike_all
from hyosan.engine.building.outbreak.turns import turn_all_due
from hyosan.engine.building.stretch import move_all
from hyosan.jit import float_kernel, float_part, float_routine
from hyosan.rules.codes import Mind, Sound

_FOOTSTEPS = int(Sound.FOOTSTEPS)
_UNAWARE, _ALARMED, _EVACUATING, _FLEEING = (
    int(Mind.UNAWARE),
    int(Mind.ALARMED),
    int(Mind.EVACUATING),
    int(Mind.FLEEING),
)
_SEEKING, _TO_REFUGE, _SECURING, _HIDING = (
    int(Mind.SEEKING),
    int(Mind.TO_REFUGE),
    int(Mind.SECURING),
    int(Mind.HIDING),
)
_HOLDING, _SNEAKING, _FIGHTING = int(Mind.HOLDING), int(Mind.SNEAKING), int(Mind.FIGHTING)


@float_part
def _has_room(people, outbreak, tables):
    """Whether a step can be written down whatever happens in it."""
    count, most = outbreak[COUNT_ROWS], 6 * len(people[WHO_ROWS]) + 64
    return (
        count[N_STRIKES] + most <= len(tables[STRIKE_TABLE])
        and count[N_MINDS] + most <= len(tables[MIND_TABLE])
        and count[N_DOORS] + most <= len(tables[DOOR_TABLE])
        and count[N_DEEDS] + most <= len(tables[DEED_TABLE])
        and count[N_HEARD] + most <= len(tables[SOUND_TABLE])
    )


@float_part
def _anybody_on_errand(clock, people):
    """Whether somebody walks by the timetable, and so needs its ways."""
    who, walkers = people[WHO_ROWS], people[WALKER_ROWS]
    found = False
    for turn in range(clock[WALKERS]):
        person = walkers[turn]
        found = found or (who[person, PLANNED] == 0 and who[person, POSTURE] == WALKING)
    return found


@float_routine
def _renew_doors(clock, pace, law, ground, doors, goals, people, outbreak):
    """After doors have changed: who gets or sees through them, and once a second ways of the timetable."""
    count = outbreak[COUNT_ROWS]
    if count[STALE] == 1:
        count[STALE], count[SIGHTS_STALE], count[WAYS_STALE] = 0, 1, 1
        passable, open_side, side = doors[PASSABLE_ROWS], doors[OPEN_SIDE_ROWS], ground[SIDE_ROWS]
        for this in range(len(side)):
            open_side[this] = opens(passable[side[this, DOOR]])
        for turn in range(clock[WALKERS]):
            people[WHO_ROWS][people[WALKER_ROWS][turn], NEAR_COUNT] = UNLISTED
    due = count[WAYS_STALE] == 1 and clock[STEP] % pace[SECOND] == 0
    if due and _anybody_on_errand(clock, people):
        count[WAYS_STALE] = 0
        review_ways(1, clock, pace, law, ground, doors, goals)
        call_back(clock, people[WALKER_ROWS], people[PLACE_ROWS], people[WHO_ROWS])


@float_routine
def _decide_person(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """What somebody who is no hunter does next."""
    mind = outbreak[MIND_ROWS]
    mode = mind[person, MODE]
    if mode == _ALARMED:
        if mind[person, ORDERED] == EVACUATE + 1 and mind[person, SEEN_AT] < 0:
            leave_as_told(person, clock, law, ground, doors, people, lie, outbreak, work, tables)
        else:
            decide_alarmed(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
    elif mode in (_FLEEING, _TO_REFUGE, _SEEKING):
        keep_fleeing(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
    elif mode == _SECURING:
        secure(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
    elif mode == _HIDING:
        keep_hidden(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
    elif mode == _HOLDING:
        hold(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
    elif mode == _FIGHTING:
        go_on_fighting(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
    elif mode == _SNEAKING:
        keep_sneaking(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
    elif mode == _EVACUATING and mind[person, ORDERED] == EVACUATE + 1 and mind[person, SEEN_AT] < 0:
        leave_as_told(person, clock, law, ground, doors, people, lie, outbreak, work, tables)
    else:
        choose_flight(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)


@float_routine
def _decide_all(seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Everybody decides for whom it is time, in their order."""
    who, mind = people[WHO_ROWS], outbreak[MIND_ROWS]
    drifts = lie[NERVE_ROWS][DRIFT] > 0.0
    for person in range(len(who)):
        if mind[person, DUE] > clock[STEP]:
            continue
        if who[person, ROLE] == POLICE:
            if mind[person, ENTERS_AT] >= 0:
                come_in(person, clock, law, ground, people, outbreak, tables)
            elif who[person, IN] >= 0:
                patrol(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
            else:
                mind[person, DUE] = NEVER
        elif who[person, IN] < 0:
            mind[person, DUE] = NEVER
        elif drifts:
            drift(person, seed, clock, ground, people, outbreak)
        elif who[person, ROLE] == HUNTER:
            decide_hunter(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
        elif is_alive(person, who) and mind[person, MODE] != _UNAWARE and lie[NERVE_ROWS][FLEES] > 0.0:
            _decide_person(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables)
        else:
            mind[person, DUE] = NEVER


@float_routine
def _step_loudly(clock, people, ground, lie, outbreak, work, tables):
    """Once a second those who run are heard, all of a room together."""
    nerve, who, mind, place = lie[NERVE_ROWS], people[WHO_ROWS], outbreak[MIND_ROWS], people[PLACE_ROWS]
    if clock[STEP] % int(nerve[TICKS]) != 0:
        return
    runners = work[RUNNERS_WORK]
    for row in range(len(runners)):
        runners[row] = 0
    for person in range(len(who)):
        mode = mind[person, MODE]
        if who[person, POSTURE] == WALKING and (mode in (_FLEEING, _TO_REFUGE, _SEEKING)):
            runners[who[person, IN]] += 1
    for person in range(len(who)):
        mode = mind[person, MODE]
        if who[person, POSTURE] == WALKING and (mode in (_FLEEING, _TO_REFUGE, _SEEKING)):
            row = who[person, IN]
            if runners[row] > 0:
                louder, number = 0.0, runners[row]
                while number > 1:
                    louder += 30.0
                    number = number >> 1
                make_sound(
                    *(_FOOTSTEPS, nerve[FOOTSTEPS] + louder, place[person, X], place[person, Y], row, person),
                    *(clock[STEP], outbreak, tables),
                )
                runners[row] = 0


@float_part
def _next_of(clock, lie, outbreak, step):
    """The step at which something happens in people's minds though nobody walks."""
    count, mind, order = outbreak[COUNT_ROWS], outbreak[MIND_ROWS], lie[ORDER_ROWS]
    if count[N_HUNTERS] > 0 or count[N_SOUNDS] > 0 or count[STALE] == 1:
        return clock[STEP]
    step = min(step, count[NEXT_TURN], count[RESPONDED])
    if count[NEXT_ORDER] < len(order):
        step = min(step, order[count[NEXT_ORDER], ORDER_AT])
    for person in range(len(mind)):
        step = min(step, mind[person, DUE])
        for column in (CALLS_AT, TEXTS_AT):
            if mind[person, column] >= 0:
                step = min(step, mind[person, column])
    return max(step, clock[STEP])


@float_kernel
def outbreak_stretch(
    seed, clock, pace, law, fan, ground, doors, goals, people, work, tables, lie, outbreak, thinking, rows
):
    """Step a building with an outbreak in it until the last step of the stretch, or until a table is full.

    Args:
        seed: Of the run.
        lie: Arrays of `outbreak.state.Lie`; `outbreak` of `OutbreakArrays`.
        thinking: Room to work in.
        rows: Tables of strikes, minds, doors, deeds and sounds.
        clock: This and what follows as `stretch` takes it.
    """
    while clock[STEP] < pace[UNTIL] and has_room(clock, people, tables) and _has_room(people, outbreak, rows):
        open_step(clock, pace, law, ground, doors, goals, people)
        turn_all_due(clock, people, lie, outbreak, rows)
        obey_all(seed, clock, people, lie, outbreak, rows)
        hear_all(seed, clock, ground, doors, people, lie, outbreak, thinking, rows)
        look_all(seed, clock, ground, doors, people, lie, outbreak, thinking, rows)
        _decide_all(seed, clock, law, ground, doors, people, lie, outbreak, thinking, rows)
        steer_all(clock, ground, doors, people, lie, outbreak, thinking, rows)
        _renew_doors(clock, pace, law, ground, doors, goals, people, outbreak)
        if clock[WALKERS] == 0:
            step = _next_of(clock, lie, outbreak, next_event(clock, pace, goals, doors))
            if step <= clock[STEP]:
                step = clock[STEP] + 1
            if clock[STOPPED] > 0:
                step = min(step, (clock[STEP] // pace[LOOK] + 1) * pace[LOOK])
            clock[STEP] = step
            if clock[STEP] % pace[LOOK] == 0:
                look(clock, people, tables[TRACK_TABLE])
        else:
            move_all(clock, pace, law, fan, ground, doors, goals, people, work, tables)
        if outbreak[COUNT_ROWS][N_HUNTERS] > 0:
            strike_all(seed, clock, ground, doors, people, lie, outbreak, thinking, rows)
            beat_doors(seed, clock, ground, doors, people, lie, outbreak, rows)
        _step_loudly(clock, people, ground, lie, outbreak, thinking, rows)
