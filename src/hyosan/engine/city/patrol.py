"""Patrols: units that destroy hunters, and people whom they kill by mistake."""

from hyosan.engine.city.given import OPEN, ORDER_ROWS, TRAITS
from hyosan.engine.city.hunted import (
    DESTROYED,
    EFFECTS,
    ERRAND,
    FIRST,
    HEAD,
    HOME,
    HUNTER,
    KILLED,
    LIVES,
    MOVER,
    NEXT,
    RESIDENTS,
    ROLE,
    end,
    leave_schedule,
)
from hyosan.engine.city.living import column_of_living
from hyosan.engine.city.obey import AMOUNT, AREA, CHANCE, MANTISSA, SHIFT, UNTIL
from hyosan.engine.city.obey import NUMBER as ORDER_NUMBER
from hyosan.engine.city.rank import CELLS, KEYS, MASK, known_cells, sort_keys
from hyosan.engine.city.stand import OUT, is_on_foray, may_go_out, turn_of_forays
from hyosan.engine.city.where import schedule_of
from hyosan.engine.crowd import close
from hyosan.jit import part
from hyosan.rules.codes import Effect, Errand
from hyosan.rules.mixing import POSITION_BITS, gap
from hyosan.rules.random import Draw, draw, exponential, happens, purpose_of
from hyosan.units import day as DAY

SHOTS = 14
"""Bits of the ordinal of a shot; those above are the unit's."""

_UNIT = purpose_of(Draw.PATROL)
_HUNTER = _UNIT + (1 << 8)
_BYSTANDER = _UNIT + (2 << 8)
_SCHEDULE = int(Errand.SCHEDULE)
_STAYS = int(Errand.STAYS)
_SHELTERED = int(Errand.SHELTERED)
_DESTROYED = int(Effect.DESTROYED)
_KILLED = int(Effect.KILLED)


@part
def line_up(cell, use, second, seed, hunt, room):
    """Write the hunters of a cell in the order in which they are hit; how many."""
    keys = room[KEYS]
    found = 0
    hunter = hunt[HEAD][cell, HUNTER]
    while hunter >= 0:
        keys[found] = ((draw(seed, use, hunter, 0, second)[0] >> 1) << 32) | hunter
        found += 1
        hunter = hunt[NEXT][hunter]
    sort_keys(found, keys)
    return found


@part
def bystander(cell, use, ordinal, second, seed, law, street, world, course, orders, crowd, hunt, scratch):
    """Somebody who is outdoors in a cell, each with the same chance; -1 if there is nobody."""
    chosen, smallest = -1, MASK + 1
    hour, day, days = turn_of_forays(second, law, world)
    person = hunt[HEAD][cell, MOVER]
    while person >= 0:
        if hunt[ERRAND][person] != _SHELTERED:
            word = draw(seed, use, person, ordinal, second)[0]
            if word < smallest or (word == smallest and person < chosen):
                chosen, smallest = person, word
        person = hunt[NEXT][person]
    for at in range(street[FIRST][HOME, cell], street[FIRST][HOME, cell + 1]):
        person = street[RESIDENTS][at]
        errand = hunt[ERRAND][person]
        if hunt[ROLE][person] != LIVES or (errand != _SCHEDULE and errand != _STAYS):
            continue
        if errand == _STAYS:
            out = is_on_foray(person, hour, day, days, street)
            out = out and may_go_out(person, second, seed, law, world, orders, crowd)
        else:
            stands = column_of_living(person, second, seed, law, street, world, course, orders, crowd, scratch)
            out = stands == OUT
        if out:
            word = draw(seed, use, person, ordinal, second)[0]
            if word < smallest or (word == smallest and person < chosen):
                chosen, smallest = person, word
    return chosen


@part
def kill(person, second, law, street, world, crowd, hunt):
    """Have somebody killed by mistake."""
    if hunt[ERRAND][person] == _SCHEDULE:
        leave_schedule(person, schedule_of(world[TRAITS], person), street, hunt)
    close(crowd[OPEN], person)
    end(person, second, law[KILLED], hunt)


@part
def patrol(row, second, until, seed, law, street, world, course, orders, crowd, hunt, scratch, room):
    """Have the units of an order destroy hunters: as many as there is time for from `second` to `until`."""
    rows = orders[ORDER_ROWS]
    until = min(until, rows[row, UNTIL])
    number, units, mistakes = rows[row, ORDER_NUMBER], rows[row, AMOUNT], rows[row, CHANCE]
    known = known_cells(rows[row, AREA], law, street, hunt, room)
    day = second // DAY
    for rank in range(min(known, units)):
        cell = room[CELLS][rank]
        found = line_up(cell, _HUNTER + number, second, seed, hunt, room)
        hit = 0
        for unit in range(rank, units, known):
            position = 0
            for shot in range(1 << SHOTS):
                ordinal = (unit << SHOTS) | shot
                words = draw(seed, _UNIT + number, cell, ordinal, second)
                position += gap(rows[row, MANTISSA], rows[row, SHIFT], exponential(words[0], words[1]))
                if hit == found or position >> POSITION_BITS >= until - second:
                    break
                end(room[KEYS][hit] & MASK, second, law[DESTROYED], hunt)
                hit += 1
                hunt[EFFECTS][day, number, _DESTROYED] += 1
                if happens(mistakes, words[2]):
                    use = _BYSTANDER + number
                    person = bystander(
                        cell, use, ordinal, second, seed, law, street, world, course, orders, crowd, hunt, scratch
                    )
                    if person >= 0:
                        kill(person, second, law, street, world, crowd, hunt)
                        hunt[EFFECTS][day, number, _KILLED] += 1
