"""Dating: where people of a block are in a stream, and when their attempts there are due."""

from hyosan.engine.attempts import ORDINAL_BITS
from hyosan.engine.city.given import (
    AGE_GROUP,
    CLOCK,
    EVERYWHERE,
    MEMBERSHIP,
    PLACES,
    SHIFT_OF_CLOCK,
    WARDS,
    WHEREABOUTS,
)
from hyosan.engine.city.obey import ORDER_LAYER
from hyosan.engine.city.where import CLASS, DWELLING, PICKED, capacity_of, place_of, ward_of
from hyosan.engine.scratch import Candidate, Person, draw_all
from hyosan.jit import part, prefetch
from hyosan.rules.codes import Setting
from hyosan.rules.mixing import NO_GAP, POSITION_BITS, gap, gap_for
from hyosan.rules.progression import FOREVER
from hyosan.rules.random import exponential
from hyosan.units import day as DAY

_ID = int(Person.ID)
_EPISODE = int(Person.EPISODE)
_WINDOW = int(Person.WINDOW)
_BEGIN = int(Person.BEGIN)
_END = int(Person.END)
_FACTOR = int(Person.FACTOR)
_TRAITS = int(Person.TRAITS)
_PLACE = int(Person.PLACE)
_BIT = int(Person.BIT)
_CLOCKED = int(Person.CLOCKED)
_SLOTS = int(Person.SLOTS)
_MANTISSA = int(Person.MANTISSA)
_SHIFT = int(Person.SHIFT)
_ORDINAL = int(Person.ORDINAL)
_POSITION = int(Person.POSITION)
_BEFORE = int(Person.BEFORE)
_DAY = int(Person.DAY)
_FIRST_GAP = int(Person.FIRST_GAP)
_SECOND_GAP = int(Person.SECOND_GAP)
_CELLS = int(Person.CELLS)
_GOING = int(Person.GOING)
_ROW = int(Candidate.ROW)
_ATTEMPT = int(Candidate.ORDINAL)
_SECOND = int(Candidate.SECOND)
_SLOT = int(Candidate.SLOT)
_NONE = int(Setting.NONE)
_HOME = int(Setting.HOME)
_TEAM = int(Setting.TEAM)
_HOSPITAL = int(Setting.HOSPITAL)
_CARE = int(Setting.CARE)


@part
def seconds_there(schedule, setting, clock_second, weekday, clock, first, span):
    """Seconds that a schedule has spent in a setting before a second, counted from the first midnight [s]."""
    day = clock_second // DAY
    second = clock_second - day * DAY
    total = int(clock[schedule, day, setting])
    for row in range(first[schedule, weekday[day], setting], first[schedule, weekday[day], setting + 1]):
        total += max(0, min(second, int(span[row, 1])) - int(span[row, 0]))
    return total


@part
def second_after(schedule, setting, spent, day, weekday, clock, first, span):
    """(Second at which a schedule has spent so long in a setting, its day), searched from a day on [s].

    The day is the count of days if that is after the last.
    """
    days = clock.shape[1] - 1
    while day < days and clock[schedule, day + 1, setting] <= spent:
        day += 1
    if day == days:
        return FOREVER, day
    rest = spent - clock[schedule, day, setting]
    row = first[schedule, weekday[day], setting]
    while rest >= span[row, 1] - span[row, 0]:
        rest -= span[row, 1] - span[row, 0]
        row += 1
    return day * DAY + span[row, 0] + rest, day


@part
def place_in_stream(person, setting, episode, seed, membership, places, wards, lie):
    """(Place of a person in a setting or `NOWHERE`, bit of the states that take part, whether it counts by schedule).

    Args:
        wards: (First ward, count of wards).
        lie: Whether patients are infectious.
    """
    if setting in PICKED:
        return 0, setting, True
    place = place_of(person, setting, membership, places)
    if place < 0:
        if setting == _HOSPITAL and wards[1] > 0 and lie:
            # A patient; only states that are in hospital have this bit.
            return ward_of(person, episode, seed, wards[0], wards[1]), _NONE, False
        return place, setting, False
    if setting == _HOSPITAL or (setting == _CARE and place != membership[person, DWELLING]):
        # Staff, who are there to work.
        return place, _TEAM, True
    return place, setting, setting != _HOME


@part
def locate(stream, setting, layer, count, seed, streams, membership, places, wards, lie, everywhere, age_group, people):
    """Say for everybody of a block where it is in a stream, and the mean gap there."""
    gap_mantissa, gap_shift, varies = streams[2], streams[3], streams[5]
    width = gap_mantissa.shape[1]
    if setting == _HOME:
        for row in range(count):
            prefetch(places, max(0, membership[people[_ID, row], DWELLING]))
    for row in range(count):
        place, bit, clocked = place_in_stream(
            people[_ID, row], setting, people[_EPISODE, row], seed, membership, places, wards, lie
        )
        if layer >= ORDER_LAYER and membership[people[_ID, row], CLASS] < 0:
            place = -1  # what closed schools add is for pupils
        people[_PLACE, row] = place
        people[_BIT, row] = bit
        people[_CLOCKED, row] = clocked and not everywhere
        if setting not in PICKED and place >= 0:
            prefetch(places, place)
    for row in range(count):
        people[_MANTISSA, row] = NO_GAP
        place = people[_PLACE, row]
        if place < 0 or people[_FACTOR, row] == 0:
            continue
        slots = 1
        size = int(age_group[people[_TRAITS, row] & 255])
        if setting not in PICKED:
            slots = capacity_of(places, place)
            size = min(slots, width - 1)
        mantissa = gap_mantissa[stream, size]
        shift = gap_shift[stream, size]
        if mantissa == NO_GAP:
            continue
        if varies:
            mantissa, shift = gap_for(mantissa, shift, people[_FACTOR, row])
        if shift < 1:
            continue
        people[_MANTISSA, row] = mantissa
        people[_SHIFT, row] = shift
        people[_SLOTS, row] = slots
        people[_ORDINAL, row] = people[_WINDOW, row] << ORDINAL_BITS
        people[_POSITION, row] = 0


@part
def bound_cells(count, setting, whereabouts, people):
    """Bound the cells of everybody's time in a setting, and list those who have any; the count of them."""
    offset, clock = whereabouts[SHIFT_OF_CLOCK], whereabouts[CLOCK]
    last_day = clock.shape[1] - 2
    left = 0
    for row in range(count):
        if people[_MANTISSA, row] == NO_GAP:
            continue
        seconds = people[_END, row] - people[_BEGIN, row]
        if people[_CLOCKED, row]:
            schedule = (people[_TRAITS, row] >> 8) & 255
            begin = (people[_BEGIN, row] + offset) // DAY
            end = min((people[_END, row] + offset) // DAY, last_day)
            seconds = int(clock[schedule, end + 1, setting] - clock[schedule, begin, setting])
        # From this cell on everything is after the end, so that most streams need no more than one comparison.
        people[_CELLS, row] = seconds * people[_SLOTS, row]
        people[_GOING, left] = row
        left += 1
    return left


@part
def begin_stream(stream, count, seed, streams, world, lie, people):
    """Locate everybody of a block in a stream, and list those who have any time there; the count of them.

    Args:
        lie: Whether patients are infectious.
    """
    setting, layer = streams[0][stream], streams[1][stream]
    membership, places, age_group, whereabouts, wards = (
        world[MEMBERSHIP],
        world[PLACES],
        world[AGE_GROUP],
        world[WHEREABOUTS],
        world[WARDS],
    )
    locate(
        stream,
        setting,
        layer,
        count,
        seed,
        streams,
        membership,
        places,
        wards,
        lie,
        whereabouts[EVERYWHERE],
        age_group,
        people,
    )
    return bound_cells(count, setting, whereabouts, people)


@part
def draw_gaps(left, seed, use, people, keys, stays, words):
    """Draw the next two gaps of everybody who goes on, at once."""
    for at in range(left):
        row = people[_GOING, at]
        keys[at] = (people[_ID, row] << 32) | (people[_ORDINAL, row] >> 1)
        stays[at] = people[_EPISODE, row]
    draw_all(left, seed, use, keys, stays, words)
    for at in range(left):
        people[_FIRST_GAP, at] = exponential(int(words[0, at]), int(words[1, at]))
        people[_SECOND_GAP, at] = exponential(int(words[2, at]), int(words[3, at]))


@part
def date_two(at, setting, whereabouts, people, dated, found):
    """Date the next two attempts of one who goes on; (candidates, 1 if it goes on still, else 0)."""
    _, offset, weekday, clock, first, span, _, _ = whereabouts
    row = people[_GOING, at]
    slots, clocked, begin = people[_SLOTS, row], people[_CLOCKED, row], people[_BEGIN, row]
    schedule = (people[_TRAITS, row] >> 8) & 255
    for unit in (people[_FIRST_GAP, at], people[_SECOND_GAP, at]):
        ordinal = people[_ORDINAL, row]
        people[_POSITION, row] += gap(people[_MANTISSA, row], people[_SHIFT, row], unit)
        cell = people[_POSITION, row] >> POSITION_BITS
        if cell >= people[_CELLS, row]:
            return found, 0
        after = cell // slots
        second = begin + after
        if clocked:
            if ordinal & ((1 << ORDINAL_BITS) - 1) == 0:
                people[_BEFORE, row] = seconds_there(schedule, setting, begin + offset, weekday, clock, first, span)
                people[_DAY, row] = (begin + offset) // DAY
            second, people[_DAY, row] = second_after(
                schedule, setting, people[_BEFORE, row] + after, people[_DAY, row], weekday, clock, first, span
            )
            second -= offset
        if second >= people[_END, row]:
            return found, 0
        dated[_ROW, found] = row
        dated[_ATTEMPT, found] = ordinal
        dated[_SECOND, found] = second
        dated[_SLOT, found] = cell - after * slots
        found += 1
        people[_ORDINAL, row] = ordinal + 1
    return found, 1


@part
def date_attempts(left, setting, seed, use, whereabouts, people, keys, stays, words, dated):
    """Date attempts of those who go on, two each at a time, as long as there is room; (candidates, who goes on)."""
    found = 0
    while left > 0 and found + 2 * left <= dated.shape[1]:
        draw_gaps(left, seed, use, people, keys, stays, words)
        kept = 0
        for at in range(left):
            row = people[_GOING, at]
            found, goes_on = date_two(at, setting, whereabouts, people, dated, found)
            people[_GOING, kept] = row
            kept += goes_on
        left = kept
    return found, left
