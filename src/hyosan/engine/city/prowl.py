"""Prowling: what draws hunters, where they go, and how they beat on doors."""

from hyosan.engine.city.flee import passes
from hyosan.engine.city.given import ORDER_ROWS, SETTING, SHIFT_OF_CLOCK, WEEKDAY, WHEREABOUTS
from hyosan.engine.city.hunted import (
    BARRICADE,
    BUSY,
    COUNTS,
    CROSSING,
    ERRAND,
    FIELD,
    FIRST,
    GUEST,
    HEAD,
    HOME,
    HOUSE,
    HUNTER,
    LEVEL,
    LIVES,
    LOOK,
    LURE,
    N_SEEN,
    NEIGHBOUR,
    NEIGHBOURS,
    NEWS,
    NEXT,
    NOISE,
    NUMBER,
    OUTDOORS,
    RAISED,
    RATE,
    READY,
    RESIDENTS,
    ROLE,
    ROUNDS,
    SIEGE,
    STILL,
    WATCH,
    WAY,
    link,
    note_break,
    unlink,
    walkers_in,
)
from hyosan.engine.city.obey import BEGIN, CHANCE, CURFEW, HOURS_FROM, HOURS_UNTIL, KIND, UNTIL
from hyosan.engine.city.where import minute_of
from hyosan.interventions.curfew import in_hours
from hyosan.jit import part
from hyosan.rules.bite import breaks
from hyosan.rules.codes import Errand, Setting
from hyosan.rules.random import CERTAIN, Draw, draw, exponential, purpose_of
from hyosan.units import day as DAY
from hyosan.units import hour as HOUR

SEEN = 256
"""What one person outdoors is worth to a hunter; everything else is relative to it."""

LIT = 2
"""What one person at home is worth from dusk to midnight; assumed."""

DUSK = 18
"""Hour from which houses are lit until midnight; assumed."""

LOUD = 4 * SEEN
"""What a strike, somebody who turns or a door that breaks is worth; assumed: four people."""

FADES = 205
"""Share of noise that is left after each look at the field [2**-8]; assumed: four fifths."""

MOST_FADES = 200
"""After so many looks nothing is left of any noise."""

REACHES = 243
"""Share of what draws that is left one cell on [2**-8]; assumed: 95 %."""

MOST_LURE = (1 << 30) - 16
"""What draws is worth no more than that, some four million people outdoors; so squares of it fit."""

COARSE = 14
"""Bits that large sums of squares lose."""

STAYING = 64
"""What staying is worth to a hunter."""

FAINT = 8
"""What draws nobody."""

HIGHEST = 230
"""Level of awareness [of 256] that what happens in a street can reach; some never notice; assumed."""

_PROWL = purpose_of(Draw.PROWL)
_BREAK = purpose_of(Draw.BREAK)
_COMMUNITY = int(Setting.COMMUNITY)
_SCHEDULE = int(Errand.SCHEDULE)
_STAYS = int(Errand.STAYS)


@part
def make_noise(second, cell, amount, street, hunt):
    """Be heard in a cell, and at a quarter in those beside it."""
    hunt[NOISE][cell] += amount
    for slot in range(NEIGHBOURS):
        beside = street[NEIGHBOUR][cell, slot]
        if beside >= 0:
            hunt[NOISE][beside] += amount >> 2
    hunt[COUNTS][N_SEEN] += 1
    hunt[COUNTS][NEWS] = max(hunt[COUNTS][NEWS], second)


@part
def share_out(second, offset, orders):
    """Share of people outdoors by schedule whom no curfew keeps in [2**-30]."""
    rows = orders[ORDER_ROWS]
    left = CERTAIN
    for row in range(len(rows)):
        on = rows[row, KIND] == CURFEW and rows[row, BEGIN] <= second < rows[row, UNTIL]
        if on and in_hours((second + offset) % DAY, rows[row, HOURS_FROM], rows[row, HOURS_UNTIL]):
            left = left * (CERTAIN - rows[row, CHANCE]) >> 30
    return left


@part
def count_outdoors(second, world, orders, hunt):
    """Count who is outdoors by schedule in each cell, where a curfew is in force as many as may be expected."""
    whereabouts = world[WHEREABOUTS]
    minute = minute_of(second, whereabouts[SHIFT_OF_CLOCK], whereabouts[WEEKDAY])
    still, outdoors = hunt[STILL], hunt[OUTDOORS]
    outdoors[:] = 0
    for schedule in range(still.shape[1]):
        if whereabouts[SETTING][schedule, minute] == _COMMUNITY:
            for cell in range(len(outdoors)):
                outdoors[cell] += still[cell, schedule]
    left = share_out(second, whereabouts[SHIFT_OF_CLOCK], orders)
    if left < CERTAIN:
        for cell in range(len(outdoors)):
            outdoors[cell] = outdoors[cell] * left >> 30


@part
def people_at_home(cell, street, hunt):
    """How many people live in a cell: at home, by their schedules or because they stay, or taken in by others."""
    count = int(hunt[NUMBER][cell, GUEST])
    for at in range(street[FIRST][HOME, cell], street[FIRST][HOME, cell + 1]):
        person = street[RESIDENTS][at]
        errand = hunt[ERRAND][person]
        is_here = errand == _SCHEDULE or (errand == _STAYS and hunt[HOUSE][person] < 0)
        count += int(is_here and hunt[ROLE][person] == LIVES)
    return count


@part
def faded(noise, looks):
    """What is left of noise after some looks at the field."""
    for _ in range(min(looks, MOST_FADES)):
        noise = noise * FADES >> 8
    return noise


@part
def draw_near(second, law, street, world, orders, hunt):
    """Bring what draws hunters, and what streets know of them, up to date."""
    count_outdoors(second, world, orders, hunt)
    noise, lure, level = hunt[NOISE], hunt[LURE], hunt[LEVEL]
    hour = (second + world[WHEREABOUTS][SHIFT_OF_CLOCK]) % DAY // HOUR
    cells = len(noise)
    looks = 1 + (second - hunt[COUNTS][FIELD]) // law[WATCH]
    hunt[COUNTS][FIELD] = (second // law[WATCH] + 1) * law[WATCH]
    for cell in range(cells):
        heard = min(HIGHEST, noise[cell] >> 4)
        if heard > level[cell]:
            level[cell] = heard
            hunt[RAISED][cell] = 1
        lit = LIT * people_at_home(cell, street, hunt) if hour >= DUSK else 0
        lure[0, cell] = SEEN * (hunt[OUTDOORS][cell] + walkers_in(cell, law, street, hunt)) + noise[cell] + lit
        noise[cell] = faded(noise[cell], looks)
        lure[1, cell] = lure[0, cell]
    for turn in range(law[ROUNDS]):
        now, then = 1 + (turn & 1), 2 - (turn & 1)
        for cell in range(cells):
            around, beside = 0, 0
            for slot in range(NEIGHBOURS):
                other = street[NEIGHBOUR][cell, slot]
                if other >= 0:
                    around += lure[now, other]
                    beside += 1
            lure[then, cell] = lure[0, cell] + (around * REACHES // (beside << 8) if beside > 0 else 0)
    show_ways(1 + (law[ROUNDS] & 1), street, hunt)


@part
def show_ways(row, street, hunt):
    """Write for each cell with what chance a hunter there goes to which neighbour, cumulated [2**-16]."""
    lure, way = hunt[LURE], hunt[WAY]
    for cell in range(lure.shape[1]):
        here = min(lure[row, cell], MOST_LURE) + 16
        most = here - 16
        total = STAYING
        for slot in range(NEIGHBOURS):
            other = street[NEIGHBOUR][cell, slot]
            if other >= 0:
                there = min(lure[row, other], MOST_LURE) + 16
                most = max(most, there - 16)
                total += there * there // here
        running = 0
        for slot in range(NEIGHBOURS):
            other = street[NEIGHBOUR][cell, slot]
            if other >= 0 and most >= FAINT:
                there = min(lure[row, other], MOST_LURE) + 16
                running += there * there // here
            # Where a crowd of millions draws, both lose their last bits, so that the first can be shifted.
            less = COARSE if total >> 46 > 0 else 0
            way[cell, slot] = ((running >> less) << 16) // (total >> less)


@part
def prowl(second, seed, law, street, hunt):
    """Have every hunter who has nobody in reach and no door before it go where it is drawn."""
    for cell in range(len(hunt[BUSY])):
        if hunt[NUMBER][cell, HUNTER] == 0 or hunt[BUSY][cell] or hunt[WAY][cell, NEIGHBOURS - 1] == 0:
            continue
        # Whoever has just come in is seen: nobody walks past a hunter who leaves in the same moment.
        if walkers_in(cell, law, street, hunt) > 0:
            continue
        hunter = hunt[HEAD][cell, HUNTER]
        while hunter >= 0:
            after = hunt[NEXT][hunter]
            if hunt[READY][hunter] <= second:
                go(hunter, second, cell, seed, law, street, hunt)
            hunter = after


@part
def go(hunter, second, cell, seed, law, street, hunt):
    """Go to a neighbour of the cell, or stay for as long as it would take."""
    word = draw(seed, _PROWL, hunter, 0, second)[0] >> 16
    slot = 0
    while slot < NEIGHBOURS and word >= hunt[WAY][cell, slot]:
        slot += 1
    hunt[READY][hunter] = second + street[CROSSING][cell]
    if slot == NEIGHBOURS or not passes(hunter, second, cell, slot, _PROWL, seed, street, hunt):
        return
    ahead = street[NEIGHBOUR][cell, slot]
    unlink(hunter, HUNTER, hunt)
    link(hunter, ahead, HUNTER, hunt)
    hunt[READY][hunter] = second + street[CROSSING][ahead]
    hunt[LOOK][ahead] = second


@part
def beat(cell, second, until, seed, law, street, hunt):
    """Have the hunters of a cell beat on the door before them."""
    building = hunt[SIEGE][cell, 0]
    rate = street[RATE][building]
    if hunt[SIEGE][cell, 1]:
        rate = rate * 16 // law[BARRICADE]
    words = draw(seed, _BREAK, building, 0, second)
    if breaks(rate, hunt[NUMBER][cell, HUNTER], until - second, exponential(words[0], words[1])):
        note_break(second, building, cell, 0, hunt)
        make_noise(second, cell, LOUD, street, hunt)
        hunt[LOOK][cell] = second
        hunt[BUSY][cell] = 0
