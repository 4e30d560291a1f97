"""Ways that people mean to go: out, to a room to hide in, or to some room, by what they know of doors and of danger."""

from hyosan.engine.building.aim import side_length
from hyosan.engine.building.columns import (
    AX,
    AY,
    BX,
    BY,
    DOOR,
    FIRST_SIDE,
    IN,
    NEEDS,
    OTHER,
    ROOM,
    SIDE_COUNT,
    STEP,
    USUAL,
    X,
    Y,
)
from hyosan.engine.building.given import (
    FAR_ROWS,
    GATE_ROWS,
    INNER_FIRST_ROWS,
    INNER_ROWS,
    PASSABLE_ROWS,
    PLACE_ROWS,
    ROOM_ROWS,
    SIDE_ROWS,
    TILE_ROWS,
    WAITING_ROWS,
    WAY_ROWS,
    WHO_ROWS,
    WIDE_ROWS,
)
from hyosan.engine.building.heap import pop_least, push_least
from hyosan.engine.building.outbreak.columns import (
    AT,
    BLOWS,
    DANGER,
    EVACUATE,
    LONGEST_PATH,
    MEMORIES,
    MEMORY,
    ORDERED,
    PATH_AT,
    PATH_LENGTH,
    SEEN_AT,
    TARGET,
    TRIED_DOORS,
    WHERE,
    WHOSE,
)
from hyosan.engine.building.outbreak.given import (
    BEFORE_WORK,
    COST_WORK,
    ENTRY_WORK,
    KEY_WORK,
    MEMORY_PLACE_ROWS,
    MEMORY_ROWS,
    MIND_ROWS,
    NERVE_ROWS,
    PATH_ROWS,
    REFUGE_ROWS,
    STRONG_ROWS,
    TRIED_ROWS,
    USUAL_ROWS,
)
from hyosan.engine.building.routes import FAR_OFF, OPENING_TIME, flow_of, slope_cost
from hyosan.jit import float_part, float_routine
from hyosan.rules.behaviour import faded
from hyosan.rules.plane import length_of

OUT, REFUGE, ANY_ROOM = 1, 2, 4
"""Where ways may end: outside, in a room to hide in, in a room that is named."""

NEARER = 1.0
"""A door to which a hunter has at most so much farther than oneself is no way out [m]; assumed."""


@float_part
def has_tried(person, door, tried):
    """Whether somebody has found a door shut."""
    found = False
    for number in range(TRIED_DOORS):
        found = found or tried[person, number] == door
    return found


@float_routine
def danger_in(person, row, now, nerve, outbreak):
    """What somebody remembers of hunters in a room, as time that it would rather lose [s]."""
    memory = outbreak[MEMORY_ROWS]
    worst = 0.0
    for number in range(MEMORIES):
        if memory[person, number, WHOSE] != -1 and memory[person, number, WHERE] == row:
            worst = max(worst, faded(now - memory[person, number, AT] + 0.0, nerve[MEMORY]))
    return nerve[DANGER] * worst


@float_part
def _danger_at_door(person, this, away, now, nerve, ground, people, outbreak):
    """Likewise of a door of one's room to which a hunter in it is nearer."""
    memory, where = outbreak[MEMORY_ROWS], outbreak[MEMORY_PLACE_ROWS]
    row, gate, side = people[WHO_ROWS][person, IN], ground[GATE_ROWS], ground[SIDE_ROWS]
    beyond = side[side[this, OTHER], ROOM] if side[this, OTHER] >= 0 else -1
    at_x, at_y = 0.5 * (gate[this, AX] + gate[this, BX]), 0.5 * (gate[this, AY] + gate[this, BY])
    worst = 0.0
    for number in range(MEMORIES):
        there = memory[person, number, WHERE]
        if memory[person, number, WHOSE] >= 0 and (there in (row, beyond)):
            length = length_of(at_x - where[person, number, 0], at_y - where[person, number, 1])
            if length < away + NEARER:
                worst = max(worst, faded(now - memory[person, number, AT] + 0.0, nerve[MEMORY]))
    return nerve[DANGER] * worst


@float_routine
def pass_cost(person, this, law, nerve, ground, doors, people, lie, outbreak):
    """What passing a side costs as far as somebody knows [s], `FAR_OFF` if it is shut; hunters break doors."""
    door = ground[SIDE_ROWS][this, DOOR]
    if people[WHO_ROWS][person, NEEDS] == 1:
        if doors[PASSABLE_ROWS][door] == 1 or door >= len(lie[STRONG_ROWS]):
            return 0.0
        return lie[STRONG_ROWS][door] / nerve[BLOWS]
    if door >= len(lie[USUAL_ROWS]):
        return 0.0
    if lie[USUAL_ROWS][door] == 0 or has_tried(person, door, outbreak[TRIED_ROWS]):
        return FAR_OFF
    return OPENING_TIME if lie[USUAL_ROWS][door] == 2 else 0.0


@float_part
def _begin(person, law, nerve, now, ground, doors, people, lie, outbreak, work):
    """Put the sides of one's room into the heap; its size."""
    room, side, place = ground[ROOM_ROWS], ground[SIDE_ROWS], people[PLACE_ROWS]
    cost, before = work[COST_WORK], work[BEFORE_WORK]
    for this in range(len(side)):
        cost[this], before[this] = FAR_OFF, -1.0
    row, size = people[WHO_ROWS][person, IN], 0
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        passing = pass_cost(person, this, law, nerve, ground, doors, people, lie, outbreak)
        if passing >= FAR_OFF:
            continue
        away = side_length(
            *(place[person, X], place[person, Y], row, this, room, ground[TILE_ROWS], side, ground[GATE_ROWS]),
            *(ground[FAR_ROWS], ground[WAY_ROWS], ground[WIDE_ROWS]),
        )
        if away >= FAR_OFF:
            continue
        time = away * slope_cost(row, this, room, side, law) / law[USUAL] + passing
        time += 0.5 * doors[WAITING_ROWS][this] / flow_of(this, ground[GATE_ROWS], law)
        if people[WHO_ROWS][person, NEEDS] == 0:
            time += _danger_at_door(person, this, away, now, nerve, ground, people, outbreak)
        cost[this] = time
        size = push_least(work[KEY_WORK], work[ENTRY_WORK], size, time, this)
    return size


@float_part
def _only_exit(person, outbreak):
    """The exit by which somebody has been told to leave, and does, as it has seen no hunter; -1 for any."""
    mind = outbreak[MIND_ROWS]
    return mind[person, TARGET] if mind[person, ORDERED] == EVACUATE + 1 and mind[person, SEEN_AT] < 0 else -1


@float_routine
def find_path(person, ends, wanted, clock, law, ground, doors, people, lie, outbreak, work):
    """Find somebody's ways by Dijkstra's search from where it is.

    Args:
        ends: Which ends count: `OUT` + `REFUGE` + `ANY_ROOM`.
        wanted: The room that is named, or -1.

    Returns:
        Last side and time [s] of the best way out, likewise to a refuge, and to the room that is named; side -1 if
        there is none.
    """
    nerve, now = lie[NERVE_ROWS], clock[STEP]
    room, side = ground[ROOM_ROWS], ground[SIDE_ROWS]
    cost, before, key, entry = work[COST_WORK], work[BEFORE_WORK], work[KEY_WORK], work[ENTRY_WORK]
    size = _begin(person, law, nerve, now, ground, doors, people, lie, outbreak, work)
    out, out_cost, hide, hide_cost, at, at_cost = -1, FAR_OFF, -1, FAR_OFF, -1, FAR_OFF
    hunts, only = people[WHO_ROWS][person, NEEDS] == 1, _only_exit(person, outbreak)
    while size > 0:
        least, here = key[0], entry[0]
        size = pop_least(key, entry, size)
        if least > cost[here]:
            continue
        seeks = (ends & OUT and out < 0) or (ends & REFUGE and least < hide_cost) or (ends & ANY_ROOM and at < 0)
        if not seeks:
            break
        came = side[here, OTHER]
        if came < 0:
            if out < 0 and (only < 0 or side[here, DOOR] == only):
                out, out_cost = here, least
            continue
        row = side[came, ROOM]
        if row == wanted and at < 0:
            at, at_cost = here, least
        danger = 0.0 if hunts else danger_in(person, row, now, nerve, outbreak)
        penalty = lie[REFUGE_ROWS][row]
        if penalty >= 0.0 and least + penalty + 2.0 * danger < hide_cost:
            hide, hide_cost = here, least + penalty + 2.0 * danger
        first = room[row, FIRST_SIDE]
        for this in range(first, first + room[row, SIDE_COUNT]):
            onward = ground[INNER_ROWS][ground[INNER_FIRST_ROWS][came] + this - first]
            if this == came or onward >= FAR_OFF:
                continue
            passing = pass_cost(person, this, law, nerve, ground, doors, people, lie, outbreak)
            time = least + danger + onward * slope_cost(row, this, room, side, law) / law[USUAL] + passing
            if passing < FAR_OFF and time < cost[this]:
                cost[this], before[this] = time, here
                size = push_least(key, entry, size, time, this)
    return out, out_cost, hide, hide_cost, at, at_cost


@float_routine
def keep_path(person, last, outbreak, work):
    """Keep the way that ends at a side as somebody's path: its first sides, if it is long."""
    path, mind, before = outbreak[PATH_ROWS], outbreak[MIND_ROWS], work[BEFORE_WORK]
    count, here = 0, last
    while here >= 0:
        count += 1
        here = int(before[here])
    here, place = last, count - 1
    while here >= 0:
        if place < LONGEST_PATH:
            path[person, place] = here
        place -= 1
        here = int(before[here])
    mind[person, PATH_LENGTH], mind[person, PATH_AT] = min(count, LONGEST_PATH), 0
