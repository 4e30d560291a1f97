"""Who has just left by an exit is in the way of those behind for a while, though nobody steps it any more."""

from hyosan.engine.building.columns import (
    AX,
    AY,
    BX,
    BY,
    DT,
    HEAD_X,
    HEAD_Y,
    LEFT_AT,
    LEFT_FREE,
    LEFT_PACE,
    LEFT_X,
    LEFT_Y,
    LEVEL_SPEED,
    NX,
    NY,
    ONCOMING,
    REACH,
    SEEN_SPEED,
    SPEED,
    STEP,
    TIME_GAP,
)
from hyosan.engine.building.seeing import ROOM_TO_SEE, note
from hyosan.jit import float_part, float_rule
from hyosan.rules.plane import crosses

LEAVERS, LEAVERS_A_METRE = 16, 12.0
"""So many of those who left last by an exit are heeded, and more for each metre of it; assumed: in the time for which
they are, nobody measured as many as 8 a metre."""

FIELDS = 5
"""Columns of somebody who has left, `LEFT_AT` to `LEFT_FREE`."""

LONG_AGO = -1e9
"""Step at which nobody has left yet."""

GETTING_UP = 2.25
"""Time gaps in which whoever has left gets up to its free speed [1]; calibrated: so an exit lets as many through as a
neck with a floor behind it (RiMEA 4.1.1, test 12a)."""

HEEDED_FOR = 2.0
"""Whoever leaves is heeded for so long [s]; assumed: then it is 2 m beyond the exit, and people outside part."""


@float_part
def note_leaver(person, this, clock, law, gate, there, body, leavers):
    """Note that somebody has just left by a side, at which speed, and at which one it would walk."""
    for row in range(leavers.shape[1] - 1, 0, -1):
        for column in range(FIELDS):
            leavers[this, row, column] = leavers[this, row - 1, column]
    outward = body[person, SPEED] * (body[person, HEAD_X] * gate[this, NX] + body[person, HEAD_Y] * gate[this, NY])
    leavers[this, 0, LEFT_AT] = clock[STEP] + 1.0
    leavers[this, 0, LEFT_X], leavers[this, 0, LEFT_Y] = there[person, 0], there[person, 1]
    leavers[this, 0, LEFT_PACE] = max(outward, law[SEEN_SPEED])
    leavers[this, 0, LEFT_FREE] = body[person, LEVEL_SPEED]


@float_rule
def gone_on(since, pace, free, gets_up):
    """How far somebody has walked since it left [m]: outside nobody is in its way, so it gets up to its free speed.

    Source:
        Assumed: speed rises evenly; by `headway_speed` whoever follows somebody who is free gets up within a few gaps.
    """
    gain = max(free - pace, 0.0)
    if since < gets_up:
        return pace * since + 0.5 * gain * since * since / gets_up
    return (pace + gain) * since - 0.5 * gain * gets_up


@float_part
def see_leavers(x, y, this, step, want_x, want_y, half, law, gate, leavers, seen, piece, count, beyond):
    """Write down where those are who have just left by a side, as `see_people`; returns how many near, and far.

    Args:
        x: Where the person is who looks, (x, y) [m].
        step: Now.
        count: People seen so far who are near; `beyond`: who are far.
    """
    for row in range(leavers.shape[1]):
        since = (step - leavers[this, row, LEFT_AT]) * law[DT]
        if since > HEEDED_FOR or count + beyond == ROOM_TO_SEE:
            break
        pace = leavers[this, row, LEFT_PACE]
        gone = gone_on(since, pace, leavers[this, row, LEFT_FREE], GETTING_UP * law[TIME_GAP])
        px, py = leavers[this, row, LEFT_X] + gone * gate[this, NX], leavers[this, row, LEFT_Y] + gone * gate[this, NY]
        dx, dy = px - x, py - y
        if dx * dx + dy * dy < law[REACH] * law[REACH] and crosses(
            x, y, px, py, gate[this, AX], gate[this, AY], gate[this, BX], gate[this, BY]
        ):
            fx, fy = gate[this, NX] * pace, gate[this, NY] * pace
            count, beyond = note(dx, dy, fx, fy, want_x, want_y, half, law[ONCOMING], 1.0, count, beyond, seen, piece)
    return count, beyond
