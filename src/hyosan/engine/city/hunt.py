"""The hunt: what happens in a stretch of time, in its order."""

from hyosan.engine.city.flee import hear, walk
from hyosan.engine.city.hunted import (
    AIMED,
    BUSY,
    COUNTS,
    EVERY,
    FIELD,
    FLIGHTS,
    HEAP,
    HUNTER,
    LATTICE,
    LOOK,
    N_FLIGHTS,
    N_HEAP,
    N_LISTED,
    N_MOVING,
    N_PRESENCE,
    N_SEEN,
    N_STRIKES,
    NEWS,
    NUMBER,
    OUTDOORS,
    PICK,
    PRESENCE,
    REACH,
    ROLE,
    SIEGE,
    STREETS,
    STRETCH,
    STRIKES,
    WARNING,
    WATCH,
    WITHIN,
    pop,
    walkers_in,
)
from hyosan.engine.city.prowl import beat, draw_near, prowl
from hyosan.engine.city.stand import collect
from hyosan.engine.city.strike import (
    aim_strikes,
    leave_all,
    leave_walled_in,
    push_next,
    scatter,
    settle_strikes,
    sort_strikes,
)
from hyosan.engine.city.turning import change
from hyosan.jit import kernel, part
from hyosan.rules.random import Draw, draw, one_of, purpose_of
from hyosan.units import minute as MINUTE

DONE, GROW_STRIKES, GROW_PRESENCE, GROW_FLIGHTS, GROW_CANDIDATES = range(5)
"""What the kernel returns: it is done, or an array is too small."""

QUIET, FIGHTING, BEATING = range(3)
"""What goes on in a cell with hunters: nothing, strikes, or hunters beat on a door."""

MOST_TURNS = 4
"""So often a person can change its errand in a stretch, at most."""

GLANCE = 10 * MINUTE
"""How often hunters look for people where they found none [s]; schedules change little in between."""

_SIEGE = purpose_of(Draw.SIEGE)


@part
def note_presence(second, law, street, hunt):
    """Write down where hunters and people on the move are."""
    rows, number = hunt[PRESENCE], hunt[NUMBER]
    at = hunt[COUNTS][N_PRESENCE]
    for cell in range(len(number)):
        moving = walkers_in(cell, law, street, hunt)
        if number[cell, HUNTER] > 0 or moving > 0:
            rows[at, 0] = second
            rows[at, 1] = cell
            rows[at, 2] = number[cell, HUNTER]
            rows[at, 3] = moving
            rows[at, 4] = hunt[OUTDOORS][cell]
            at += 1
    hunt[COUNTS][N_PRESENCE] = at


@part
def is_news(second, law, hunt):
    """Whether anybody may hear anything new: what happens is heard by the next look, or by phone a little later."""
    news = hunt[COUNTS][N_SEEN] > 0 and second <= hunt[COUNTS][NEWS] + 2 * law[WATCH]
    return news or law[WARNING] > 0


@part
def begin_stretch(second, seed, law, street, world, course, orders, crowd, hunt, scratch):
    """What comes before strikes: people turn, hear and walk, hunters are drawn and go."""
    while hunt[COUNTS][N_HEAP] > 0 and hunt[HEAP][0] >> 32 <= second:
        change(pop(hunt), second, seed, law, street, world, course, orders, crowd, hunt, scratch)
    if not law[STREETS]:
        return
    if second >= hunt[COUNTS][FIELD] and hunt[COUNTS][N_LISTED] + hunt[COUNTS][N_MOVING] > 0:
        draw_near(second, law, street, world, orders, hunt)
    if second % law[WATCH] == 0 and is_news(second, law, hunt):
        hear(second, seed, law, street, world, course, orders, crowd, hunt, scratch)
    if hunt[COUNTS][N_MOVING] > 0:
        walk(second, seed, law, street, world, crowd, hunt)
    if hunt[COUNTS][N_LISTED] > 0:
        prowl(second, seed, law, street, hunt)
    if second % law[EVERY] == 0:
        note_presence(second, law, street, hunt)


@part
def fight(cell, start, until, seed, law, street, world, course, orders, crowd, hunt, scratch):
    """What goes on in a cell with hunters; `DONE`, or which array is too small, nothing having been done."""
    people, inside = 0, 0
    if law[LATTICE]:
        people = 1
    else:
        if start < hunt[LOOK][cell] and hunt[BUSY][cell] == QUIET:
            return DONE
        if start >= hunt[LOOK][cell]:
            people, inside = collect(
                cell,
                start,
                seed,
                law,
                street,
                world,
                orders,
                crowd,
                hunt,
                scratch[REACH],
                scratch[WITHIN],
                scratch[PICK],
            )
    if people > 0:
        count = aim_strikes(cell, start, until, people, seed, law, street, hunt, scratch)
        if count > len(scratch[AIMED]):
            return GROW_CANDIDATES
        if hunt[COUNTS][N_STRIKES] + count > len(hunt[STRIKES]):
            return GROW_STRIKES
        hunt[BUSY][cell] = FIGHTING
        sort_strikes(count, scratch)
        happened = settle_strikes(
            cell, start, count, people, seed, law, street, world, course, crowd, orders, hunt, scratch
        )
        if happened > 0 and law[STREETS]:
            scatter(cell, until - 1, people, happened, law, street, world, hunt, scratch)
        if law[LATTICE]:
            leave_walled_in(cell, street, crowd, hunt)
        return DONE
    if start >= hunt[LOOK][cell]:
        hunt[LOOK][cell] = start + GLANCE
        hunt[BUSY][cell] = QUIET
        if inside > 0:
            words = draw(seed, _SIEGE, cell, 0, start)
            hunt[BUSY][cell] = BEATING
            before_them = scratch[PICK][one_of(inside, words[0], words[1])]
            hunt[SIEGE][cell, 0] = before_them >> 1
            hunt[SIEGE][cell, 1] = before_them & 1
        elif not law[STREETS]:
            leave_all(cell, hunt)
    if hunt[BUSY][cell] == BEATING:
        beat(cell, start, until, seed, law, street, hunt)
    return DONE


@part
def next_event(second, last, law, hunt):
    """First stretch from a second on in which anything can happen [s]."""
    if hunt[COUNTS][N_LISTED] > 0 or hunt[COUNTS][N_MOVING] > 0:
        return second
    until = last
    if hunt[COUNTS][N_HEAP] > 0:
        until = min(until, -(-(hunt[HEAP][0] >> 32) // law[STRETCH]) * law[STRETCH])
    if law[STREETS] and is_news(second, law, hunt):
        until = min(until, -(-second // law[WATCH]) * law[WATCH])
    return max(second, until)


@kernel
def chase(
    first,
    last,
    start_cell,
    # now
    seed,
    # reads
    law,
    street,
    world,
    course,
    orders,
    # writes
    crowd,
    hunt,
    scratch,
):
    """Hunt from second `first` to second `last`, stretch by stretch; (second, cell, what hinders it from going on).

    Args:
        start_cell: Cell with which to go on in the first stretch; -1 to begin it.
    """
    cells = len(hunt[NUMBER])
    second = first
    while second < last:
        if start_cell < 0:
            second = next_event(second, last, law, hunt)
            if second >= last:
                break
            if hunt[COUNTS][N_PRESENCE] + cells > len(hunt[PRESENCE]):
                return second, -1, GROW_PRESENCE
            if hunt[COUNTS][N_FLIGHTS] + MOST_TURNS * len(hunt[ROLE]) > len(hunt[FLIGHTS]) and law[STREETS]:
                return second, -1, GROW_FLIGHTS
            begin_stretch(second, seed, law, street, world, course, orders, crowd, hunt, scratch)
        until = min(second + law[STRETCH], last)
        if hunt[COUNTS][N_LISTED] > 0:
            for cell in range(max(start_cell, 0), cells):
                if hunt[NUMBER][cell, HUNTER] > 0:
                    found = fight(cell, second, until, seed, law, street, world, course, orders, crowd, hunt, scratch)
                    if found != DONE:
                        return second, cell, found
        start_cell = -1
        second = until
    return last, -1, DONE


@kernel
def wait_for_changes(
    first,
    last,
    # now
    seed,
    # reads
    rows,
    world,
    course,
    # writes
    crowd,
    hunt,
    scratch,
):
    """Put into the heap what becomes of the people `first` to `last` of a log who were not infected by a bite."""
    for row in range(first, last):
        push_next(rows[row, 1], int(rows[row, 0]), int(rows[row, 0]), seed, world, course, hunt, scratch)
