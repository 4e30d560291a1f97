"""Sounds: how loud one is wherever it is heard, over doors, walls and floors."""

from hyosan.engine.building.columns import (
    AX,
    AY,
    BX,
    BY,
    DOOR,
    FIRST_SIDE,
    FRAME,
    OTHER,
    ROOM,
    SIDE_COUNT,
)
from hyosan.engine.building.given import (
    GATE_ROWS,
    INNER_FIRST_ROWS,
    INNER_ROWS,
    PASSABLE_ROWS,
    ROOM_ROWS,
    SIDE_ROWS,
)
from hyosan.engine.building.heap import pop_least, push_least
from hyosan.engine.building.outbreak.columns import (
    BAR_LOSS,
    BARRED,
    KIND_OF,
    LEVEL,
    N_HEARD,
    N_SOUNDS,
    SOUND_ROOM,
    SOUND_X,
    SOUND_Y,
)
from hyosan.engine.building.outbreak.columns import (
    BY as BY_WHOM,
)
from hyosan.engine.building.outbreak.given import (
    BEFORE_WORK,
    BESIDE_FIRST_ROWS,
    BESIDE_LOSS_ROWS,
    BESIDE_ROWS,
    COST_WORK,
    COUNT_ROWS,
    DOOR_STATE_ROWS,
    ENTRY_WORK,
    KEY_WORK,
    LENGTH_WORK,
    LOSS_ROWS,
    NERVE_ROWS,
    REACHES_ROWS,
    SOUND_ROWS,
    SOUND_TABLE,
)
from hyosan.engine.building.routes import FAR_OFF
from hyosan.jit import float_part, float_routine
from hyosan.rules.perception import TRADE, lost_over
from hyosan.rules.plane import length_of

SILENT = -1000
"""Level of what is not heard at all [0.1 dB]."""


@float_routine
def make_sound(kind, level, x, y, row, person, clock, outbreak, tables):
    """Make a sound, which is heard at the beginning of the next step; more than there is room for are lost."""
    sound, count = outbreak[SOUND_ROWS], outbreak[COUNT_ROWS]
    at = count[N_SOUNDS]
    if at == len(sound):
        return
    sound[at, KIND_OF], sound[at, SOUND_X], sound[at, SOUND_Y] = kind, x, y
    sound[at, SOUND_ROOM], sound[at, LEVEL], sound[at, BY_WHOM] = row, level, person
    count[N_SOUNDS] = at + 1
    rows = tables[SOUND_TABLE]
    line = count[N_HEARD]
    rows[line, 0], rows[line, 1], rows[line, 2] = clock, kind, row
    rows[line, 3], rows[line, 4] = int(level), person
    rows[line, 5], rows[line, 6] = int(x * 1000.0), int(y * 1000.0)
    count[N_HEARD] = line + 1


@float_part
def door_loss(this, ground, doors, lie, outbreak):
    """What a sound loses at a side [0.1 dB]."""
    door = ground[SIDE_ROWS][this, DOOR]
    if doors[PASSABLE_ROWS][door] == 1 or door >= len(lie[LOSS_ROWS]):
        return 0.0
    loss = lie[LOSS_ROWS][door] + 0.0
    return loss + lie[NERVE_ROWS][BAR_LOSS] if outbreak[DOOR_STATE_ROWS][door, BARRED] == 1 else loss


@float_part
def _middle_of(this, gate):
    """Middle of an opening."""
    return 0.5 * (gate[this, AX] + gate[this, BX]), 0.5 * (gate[this, AY] + gate[this, BY])


@float_routine
def spread_sound(x, y, row, most, ground, doors, lie, outbreak, work):
    """Follow a sound from a place through doors, as far as it has not lost more than `most` [0.1 dB].

    Written into `work`: of each side what has been lost behind it [0.1 dB], and how long the way there is [m];
    `FAR_OFF` where it does not come. The way is the one for which the loss and `TRADE` a metre are least.
    """
    room, side, gate = ground[ROOM_ROWS], ground[SIDE_ROWS], ground[GATE_ROWS]
    inner, inner_first, table = ground[INNER_ROWS], ground[INNER_FIRST_ROWS], lie[REACHES_ROWS]
    cost, lost, length = work[COST_WORK], work[BEFORE_WORK], work[LENGTH_WORK]
    key, entry = work[KEY_WORK], work[ENTRY_WORK]
    for this in range(len(side)):
        cost[this], lost[this], length[this] = FAR_OFF, FAR_OFF, FAR_OFF
    size = 0
    for this in range(room[row, FIRST_SIDE], room[row, FIRST_SIDE] + room[row, SIDE_COUNT]):
        if side[this, OTHER] < 0:
            continue
        at_x, at_y = _middle_of(this, gate)
        length[this], lost[this] = length_of(at_x - x, at_y - y), door_loss(this, ground, doors, lie, outbreak)
        cost[this] = lost[this] + TRADE * length[this]
        size = push_least(key, entry, size, cost[this], this)
    while size > 0:
        least, here = key[0], entry[0]
        size = pop_least(key, entry, size)
        if least > cost[here]:
            continue
        came = side[here, OTHER]
        beyond = side[came, ROOM]
        first = room[beyond, FIRST_SIDE]
        for this in range(first, first + room[beyond, SIDE_COUNT]):
            if this == came or side[this, OTHER] < 0:
                continue
            onward = inner[inner_first[came] + this - first]
            loss = door_loss(this, ground, doors, lie, outbreak)
            total = least + loss + TRADE * onward
            if onward >= FAR_OFF or total >= cost[this]:
                continue
            if lost[here] + loss + lost_over(length[here] + onward, table) <= most:
                cost[this], lost[this], length[this] = total, lost[here] + loss, length[here] + onward
                size = push_least(key, entry, size, total, this)


@float_part
def loudest_in(to_row, level, row, ground, lie, work):
    """At least as much as the level of a sound anywhere in another room [0.1 dB]."""
    room, side, lost, length = ground[ROOM_ROWS], ground[SIDE_ROWS], work[BEFORE_WORK], work[LENGTH_WORK]
    least = FAR_OFF
    for this in range(room[to_row, FIRST_SIDE], room[to_row, FIRST_SIDE] + room[to_row, SIDE_COUNT]):
        came = side[this, OTHER]
        if came >= 0 and lost[came] < FAR_OFF:
            least = min(least, lost[came] + lost_over(length[came], lie[REACHES_ROWS]))
    first, beside = lie[BESIDE_FIRST_ROWS], lie[BESIDE_ROWS]
    for place in range(first[row], first[row + 1]):
        if beside[place] == to_row:
            least = min(least, lie[BESIDE_LOSS_ROWS][place, 0])
    return level - least


@float_routine
def level_at(to_x, to_y, to_row, level, x, y, row, ground, lie, work):
    """Level at a place of a sound that `spread_sound` has followed [0.1 dB], and the length of its way [m].

    Straight on in the same room; else by the way of `spread_sound`, or through one wall or floor, whichever is louder.
    """
    room, side, gate, table = ground[ROOM_ROWS], ground[SIDE_ROWS], ground[GATE_ROWS], lie[REACHES_ROWS]
    if row == to_row:
        away = length_of(to_x - x, to_y - y)
        return level - lost_over(away, table), away
    best, way, least = SILENT, FAR_OFF, FAR_OFF
    lost, length = work[BEFORE_WORK], work[LENGTH_WORK]
    for this in range(room[to_row, FIRST_SIDE], room[to_row, FIRST_SIDE] + room[to_row, SIDE_COUNT]):
        came = side[this, OTHER]
        if came < 0 or lost[came] >= FAR_OFF:
            continue
        at_x, at_y = _middle_of(this, gate)
        away = length[came] + length_of(to_x - at_x, to_y - at_y)
        if lost[came] + TRADE * away < least:
            least = lost[came] + TRADE * away
            best, way = level - int(lost[came]) - lost_over(away, table), away
    first, beside = lie[BESIDE_FIRST_ROWS], lie[BESIDE_ROWS]
    for place in range(first[row], first[row + 1]):
        if beside[place] != to_row:
            continue
        height = lie[BESIDE_LOSS_ROWS][place, 1]
        shift = 0.0
        if room[row, FRAME] != room[to_row, FRAME]:
            shift = lie[BESIDE_LOSS_ROWS][place, 2]
        dx, dy = to_x - shift - x, to_y - y
        away = length_of(length_of(dx, dy), height)
        through = level - int(lie[BESIDE_LOSS_ROWS][place, 0]) - lost_over(away, table)
        if through > best:
            best, way = through, away
    return best, way
