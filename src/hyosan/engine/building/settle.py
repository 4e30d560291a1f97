"""Where everybody is after a step: nobody passes a wall, and who passes a door is in the next room."""

from hyosan.engine.building.columns import (
    AX,
    AY,
    BX,
    BY,
    COS,
    IN,
    NEEDS,
    NX,
    NY,
    OTHER,
    ROOM,
    SHIFT_X,
    SHIFT_Y,
    SIDE,
    SIN,
    X,
    Y,
)
from hyosan.engine.building.press import is_active
from hyosan.engine.building.sight import block_of
from hyosan.jit import float_part, float_routine, float_rule
from hyosan.rules.plane import touches, turn

STAYS, HELD = -1, -2
"""Instead of a side that is passed: nobody passes one; a wall is in the way."""

ROUNDING = 1e-9
"""Who stands on the line of a door may be so far beyond it [m]."""


@float_rule
def passes(px, py, qx, qy, this, gate):
    """Whether the way p-q leaves a room by one of its sides, strictly between its ends."""
    ax, ay, bx, by = gate[this, AX], gate[this, AY], gate[this, BX], gate[this, BY]
    before = (px - ax) * gate[this, NX] + (py - ay) * gate[this, NY]
    after = (qx - ax) * gate[this, NX] + (qy - ay) * gate[this, NY]
    if after <= 0.0 or before > ROUNDING:
        return False
    one, other = turn(px, py, qx, qy, ax, ay), turn(px, py, qx, qy, bx, by)
    return (one > 0.0 and other < 0.0) or (one < 0.0 and other > 0.0)


@float_part
def way_out(
    px, py, qx, qy, row, room, tile, gate, wall, wall_side, wall_first, wall_near, open_side, needs, aimed, but
):
    """The side by which the way p-q leaves a room, or `STAYS`, or `HELD`.

    Args:
        needs: 1 if one opens no doors, else 0.
        aimed: The side that one makes for; nobody passes another.
        but: A side that does not count, by which one has just come; -1 for none.
    """
    found = STAYS
    for end in range(2):
        block = block_of(px, py, row, room, tile) if end == 0 else block_of(qx, qy, row, room, tile)
        for number in range(wall_first[block], wall_first[block + 1]):
            here = wall_near[number]
            this = wall_side[here]
            if this >= 0 and open_side[this] > needs:
                if this != but and passes(px, py, qx, qy, this, gate):
                    if this != aimed:
                        return HELD
                    found = this
            elif (this < 0 or this != but) and touches(
                px, py, qx, qy, wall[here, 0], wall[here, 1], wall[here, 2], wall[here, 3]
            ):
                return HELD
    return found


@float_routine
def settle(
    first,
    last,
    # reads
    room,
    tile,
    side,
    gate,
    open_side,
    wall,
    wall_side,
    wall_first,
    wall_near,
    walkers,
    place,
    who,
    # writes
    there,
    passed,
):
    """Hold walkers in rows `first` to `last` back from walls, and find the doors that they pass.

    Args:
        there: Where they are about to be; written: where they are, in the frame of the room that they are in then,
            (people, 2) [m].
        passed: Written: the side that each passes, or `STAYS`, (people,).
    """
    for number in range(first, last):
        person = walkers[number]
        passed[person] = STAYS
        px, py, qx, qy = place[person, X], place[person, Y], there[person, 0], there[person, 1]
        if not is_active(person, who) or (px == qx and py == qy):
            continue
        row = who[person, IN]
        this = way_out(
            px,
            py,
            qx,
            qy,
            row,
            room,
            tile,
            gate,
            wall,
            wall_side,
            wall_first,
            wall_near,
            open_side,
            who[person, NEEDS],
            who[person, SIDE],
            -1,
        )
        if this >= 0 and side[this, OTHER] >= 0:
            cos, sin, beyond = gate[this, COS], gate[this, SIN], side[this, OTHER]
            qx, qy = cos * qx - sin * qy + gate[this, SHIFT_X], sin * qx + cos * qy + gate[this, SHIFT_Y]
            ox, oy = cos * px - sin * py + gate[this, SHIFT_X], sin * px + cos * py + gate[this, SHIFT_Y]
            onward = way_out(
                *(ox, oy, qx, qy, side[beyond, ROOM], room, tile, gate),
                *(wall, wall_side, wall_first, wall_near, open_side, who[person, NEEDS], -1, beyond),
            )
            if onward != STAYS:
                this = HELD
        if this == HELD:
            there[person, 0], there[person, 1] = px, py
            continue
        passed[person] = this
        there[person, 0], there[person, 1] = qx, qy
