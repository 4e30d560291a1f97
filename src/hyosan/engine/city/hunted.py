"""The arrays of people who hunt and are hunted, by their places in the tuples that kernels take, and lists in cells."""

from hyosan.engine.crowd import NEVER
from hyosan.jit import part
from hyosan.rules.codes import Errand

(
    COUNTS,
    HEAP,
    ROLE,
    CELL,
    READY,
    UNTIL,
    NEXT,
    BEFORE,
    HEAD,
    NUMBER,
    ERRAND,
    ENDED_AT,
    ENDED_AS,
    ALARM,
    LEVEL,
    NOISE,
    LURE,
    WAY,
    OUTDOORS,
    BROKEN,
    LOOK,
    BUSY,
    SIEGE,
    STILL,
    LIVING,
    LIVING_COUNT,
    EFFECTS,
    STRIKES,
    FLIGHTS,
    BREAKS,
    PRESENCE,
    REST,
    TOLD,
    RAISED,
    HOUSE,
    WAKE,
) = range(36)
"""Places in the tuple of what changes; `engine.hunted_state` says what each is."""

(
    NEIGHBOUR,
    CROSSING,
    WALK,
    MANTISSA,
    SHIFT,
    FIRST,
    ANCHOR,
    BUILDING_CELL,
    RATE,
    STEPS,
    PLAN,
    EASE,
    PHASE,
    EXIT,
    FITS,
    BITE_CHANCE,
    CAUGHT,
    BONDS,
    BARRIER,
    LEAK,
    SIDE,
    RESIDENTS,
    DISTRICT,
) = range(23)
"""Places in the tuple of what does not change; `engine.hunt_ground` says what each is."""

(
    STREETS,
    LATTICE,
    STRETCH,
    PAUSE,
    TAKE,
    EVADES,
    ROUNDS,
    PHONE,
    FORAYS,
    RUMOUR,
    BARRICADE,
    WATCH,
    DESTROYED,
    KILLED,
    WARNED,
    WARNING,
    SHELTER_BUILDING,
    SHELTER_ROOM,
    SHELTER_ORDER,
    MOVED,
    SCREEN,
    EVERY,
    HOSPITAL,
    CORDONED,
    CORDON_ORDER,
    CORDON_LEAK,
) = range(26)
"""Places in the array of numbers of the law."""
LAW_NUMBERS = 26

(
    N_LISTED,
    N_MOVING,
    N_GUESTS,
    N_HEAP,
    N_STRIKES,
    N_FLIGHTS,
    N_BREAKS,
    N_PRESENCE,
    N_BITTEN,
    N_SHELTERED,
    N_SEEN,
    N_TURNED,
    NEWS,
    N_TOLD,
    TALK,
    OPEN_SHELTER,
    N_ABOARD,
    FIELD,
) = range(18)
"""Places in the array of counts. The first three are the columns of lists in cells, `HUNTER`, `MOVER` and `GUEST`, by
which `link` and `unlink` count. Hunters, movers and guests in lists, rows of the heap and records, people bitten and
sheltered, strikes and breaks that people could notice, people who have turned; the second of the last news [s]; places
that have been told and not all heard; what the town has talked about and been warned of [2**-8]; 1 + the number of the
order whose shelter is open, or 0; people in buses; and the second at which it is next felt what draws hunters [s]."""
COUNT_NUMBERS = 18

REACH, WITHIN, PICK, AIMED, ORDER, ORDER_APART, WHO, SLOT, ORDINAL, WORD, ENDS, STATES = range(12)
"""Places in the tuple of scratch: people in reach, their buildings, buildings with people inside; of strikes to be the
keys, the order, twice, hunter, slot, ordinal and word; ends and states of a course."""

LIVES, HUNTS, GONE = range(3)
"""Roles of people: alive, hunting, destroyed or dead or over."""

HUNTER, MOVER, GUEST = N_LISTED, N_MOVING, N_GUESTS
"""Columns of lists in cells; how many stand in all lists of a column is counted at its number in `COUNTS`."""

HOME, WORK, SHOP = 0, 1, 2
"""Columns of anchors: where a person sleeps, works or learns, and shops."""

NEIGHBOURS = 8
"""Neighbours of a cell, at most."""

NOBODY = -1

STRIKE_COLUMNS, FLIGHT_COLUMNS, BREAK_COLUMNS, PRESENCE_COLUMNS = 7, 4, 5, 5

_AWAY = int(Errand.AWAY)
_HOMEWARD = int(Errand.HOMEWARD)
_LEAVING = int(Errand.LEAVING)
_TO_SHELTER = int(Errand.TO_SHELTER)
_SHELTERED = int(Errand.SHELTERED)
_ABOARD = int(Errand.ABOARD)
_STAYS = int(Errand.STAYS)


@part
def link(person, cell, kind, hunt):
    """Put a person into the list of a cell."""
    head = hunt[HEAD][cell, kind]
    hunt[NEXT][person] = head
    hunt[BEFORE][person] = NOBODY
    if head >= 0:
        hunt[BEFORE][head] = person
    hunt[HEAD][cell, kind] = person
    hunt[NUMBER][cell, kind] += 1
    hunt[COUNTS][kind] += 1
    if kind == MOVER:
        hunt[WAKE][cell] = 0
    hunt[CELL][person] = cell


@part
def unlink(person, kind, hunt):
    """Take a person out of the list of its cell."""
    cell = hunt[CELL][person]
    after, before = hunt[NEXT][person], hunt[BEFORE][person]
    if after >= 0:
        hunt[BEFORE][after] = before
    if before >= 0:
        hunt[NEXT][before] = after
    else:
        hunt[HEAD][cell, kind] = after
    hunt[NUMBER][cell, kind] -= 1
    hunt[COUNTS][kind] -= 1


@part
def hunt_on(person, now, law, hunt):
    """Have somebody who has hunted before hunt on: without a break, or anew where it stopped."""
    if hunt[ROLE][person] == HUNTS or hunt[ERRAND][person] == _AWAY:
        return
    cell = hunt[CELL][person]
    hunt[READY][person] = now
    hunt[REST][person] = now
    hunt[ROLE][person] = HUNTS
    link(person, cell, HUNTER, hunt)
    if law[STREETS]:
        hunt[LOOK][cell] = now


@part
def is_moving(errand):
    """Whether somebody of an errand stands in the list of those on the move or in a shelter of a cell."""
    return errand in (_HOMEWARD, _LEAVING, _TO_SHELTER, _SHELTERED)


@part
def house_of(person, street, hunt):
    """Building in which a person stays: the home, or where it was taken in."""
    house = hunt[HOUSE][person]
    return house if house >= 0 else street[ANCHOR][person, HOME]


@part
def leave_list(person, hunt):
    """Take somebody out of the list of its cell in which it stands, if in any, as the errand says."""
    errand, lives = hunt[ERRAND][person], hunt[ROLE][person] == LIVES
    if hunt[ROLE][person] == HUNTS:
        unlink(person, HUNTER, hunt)
    elif lives and is_moving(errand):
        unlink(person, MOVER, hunt)
    elif lives and errand == _STAYS and hunt[HOUSE][person] >= 0:
        unlink(person, GUEST, hunt)


@part
def walkers_in(cell, law, street, hunt):
    """How many of those who stand in the list of movers of a cell are outdoors, and not in a shelter."""
    shelter = law[SHELTER_BUILDING]
    inside = hunt[COUNTS][N_SHELTERED] if shelter >= 0 and street[BUILDING_CELL][shelter] == cell else 0
    return hunt[NUMBER][cell, MOVER] - inside


@part
def push(second, person, hunt):
    """Put what happens to a person at a second into the heap of what is to come."""
    heap, at = hunt[HEAP], hunt[COUNTS][N_HEAP]
    key = (second << 32) | person
    while at > 0 and heap[(at - 1) >> 1] > key:
        heap[at] = heap[(at - 1) >> 1]
        at = (at - 1) >> 1
    heap[at] = key
    hunt[COUNTS][N_HEAP] += 1


@part
def pop(hunt):
    """Take the first of the heap."""
    heap = hunt[HEAP]
    first = heap[0]
    count = hunt[COUNTS][N_HEAP] - 1
    hunt[COUNTS][N_HEAP] = count
    key = heap[count]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= count:
            break
        if child + 1 < count and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= key:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = key
    return first


@part
def make_room(person, hunt):
    """Count somebody who leaves a shelter or bus, turns or dies in it no longer among those inside."""
    if hunt[ROLE][person] == LIVES:
        hunt[COUNTS][N_SHELTERED] -= int(hunt[ERRAND][person] == _SHELTERED)
        hunt[COUNTS][N_ABOARD] -= int(hunt[ERRAND][person] == _ABOARD)


@part
def note_flight(second, person, errand, cell, hunt):
    """Give a person an errand, and write it down."""
    make_room(person, hunt)
    hunt[COUNTS][N_ABOARD] += int(errand == _ABOARD)
    hunt[ERRAND][person] = errand
    at = hunt[COUNTS][N_FLIGHTS]
    rows = hunt[FLIGHTS]
    rows[at, 0] = second
    rows[at, 1] = person
    rows[at, 2] = errand
    rows[at, 3] = cell
    hunt[COUNTS][N_FLIGHTS] = at + 1


@part
def note_break(second, building, cell, inside, hunt):
    """Write down that a building is open to hunters."""
    hunt[BROKEN][building] = 1
    at = hunt[COUNTS][N_BREAKS]
    rows = hunt[BREAKS]
    rows[at, 0] = second
    rows[at, 1] = building
    rows[at, 2] = cell
    rows[at, 3] = hunt[NUMBER][cell, HUNTER]
    rows[at, 4] = inside
    hunt[COUNTS][N_BREAKS] = at + 1


@part
def leave_schedule(person, schedule, street, hunt):
    """Count a person no longer among those who live by their schedule."""
    cell = street[BUILDING_CELL][street[ANCHOR][person, HOME]]
    hunt[STILL][cell, schedule] -= 1


@part
def end(person, second, state, hunt):
    """Take a person out of everything: destroyed or killed at a second."""
    leave_list(person, hunt)
    make_room(person, hunt)
    hunt[ROLE][person] = GONE
    hunt[ENDED_AT][person] = second
    hunt[ENDED_AS][person] = state


@part
def is_over(person, hunt):
    """Whether a person has been destroyed or killed."""
    return hunt[ENDED_AT][person] != NEVER
