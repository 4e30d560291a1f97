"""Emission: whoever is infected emits the dated attempts of a window, stream by stream.

What nothing can change any more is decided at once, by the same draws as if it were decided later: an attempt is
refused here if its slot is empty, the infector sheds too little or is elsewhere, or the target is immune for good or too little
susceptible.
"""

from hyosan.engine.attempts import (
    DUE_DAY,
    INFECTOR,
    MOMENT,
    ORDINAL,
    ORDINAL_BITS,
    TARGET,
    moment,
)
from hyosan.engine.city.obey import ORDER_LAYER
from hyosan.engine.city.progress import visit_at
from hyosan.engine.city.resolve import EVERYBODY, NOBODY, somebody_present
from hyosan.engine.city.where import (
    CLASS,
    DWELLING,
    FIRST,
    MEMBERS,
    PICKED,
    age_of,
    capacity_of,
    minute_of,
    place_of,
    schedule_of,
    ward_of,
)
from hyosan.engine.crowd import is_open
from hyosan.engine.scratch import Candidate, Person, draw_all
from hyosan.jit import part, prefetch, routine
from hyosan.rules.codes import Reason, Setting
from hyosan.rules.mixing import NO_GAP, POSITION_BITS, gap, gap_for
from hyosan.rules.progression import FOREVER
from hyosan.rules.random import Draw, draw, exponential, happens, pick_weighted, use_of
from hyosan.rules.refusal import relative_infectiousness
from hyosan.units import day as DAY

_EMIT = int(Draw.EMIT)
_ACCEPT = int(Draw.ACCEPT)
_TARGET = int(Draw.TARGET)
_ID = int(Person.ID)
_INFECTED = int(Person.INFECTED)
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
_CELLS = int(Person.CELLS)
_FIRST_GAP = int(Person.FIRST_GAP)
_SECOND_GAP = int(Person.SECOND_GAP)
_ROW = int(Candidate.ROW)
_ATTEMPT = int(Candidate.ORDINAL)
_SECOND = int(Candidate.SECOND)
_SLOT = int(Candidate.SLOT)
_MINUTE = int(Candidate.MINUTE)
_MEMBER = int(Candidate.MEMBER)
_AIM = int(Candidate.TARGET)
_SOURCE = int(Candidate.SOURCE)
_NONE = int(Setting.NONE)
_COMMUNITY = int(Setting.COMMUNITY)
_HOME = int(Setting.HOME)
_TEAM = int(Setting.TEAM)
_HOSPITAL = int(Setting.HOSPITAL)
_CARE = int(Setting.CARE)
_EMPTY = int(Reason.EMPTY)
_IMMUNE = int(Reason.IMMUNE)
_INFECTOR_ELSEWHERE = int(Reason.INFECTOR_ELSEWHERE)
_TARGET_ELSEWHERE = int(Reason.TARGET_ELSEWHERE)
_INFECTIOUSNESS = int(Reason.INFECTIOUSNESS)
_SUSCEPTIBILITY = int(Reason.SUSCEPTIBILITY)
_LAYER = int(Reason.LAYER)
EMITTED = len(Reason)
"""Column of a tally, behind those of the reasons: attempts emitted."""
TALLY_COLUMNS = EMITTED + 1


@part
def susceptibility_bound(person, traits, course, vaccinated):
    """Most that a person who was never infected can be susceptible from now on [2**-30]."""
    age_susceptibility, vaccine_susceptibility = course[10:12]
    chance = age_susceptibility[age_of(traits, person)]
    if len(vaccinated) > 0 and vaccinated[person]:
        chance = (chance * vaccine_susceptibility) >> 30
    return chance


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
def first_draws(count, setting, seed, use, whereabouts, people, keys, stays, words):
    """Draw the first two gaps of everybody of a block at once, and bound the cells of its time in the setting."""
    offset, clock = whereabouts[1], whereabouts[3]
    last_day = clock.shape[1] - 2
    for row in range(count):
        keys[row] = (people[_ID, row] << 32) | (people[_WINDOW, row] << (ORDINAL_BITS - 1))
        stays[row] = people[_EPISODE, row]
        if people[_MANTISSA, row] != NO_GAP:
            seconds = people[_END, row] - people[_BEGIN, row]
            if people[_CLOCKED, row]:
                schedule = (people[_TRAITS, row] >> 8) & 255
                begin = (people[_BEGIN, row] + offset) // DAY
                end = min((people[_END, row] + offset) // DAY, last_day)
                seconds = int(clock[schedule, end + 1, setting] - clock[schedule, begin, setting])
            people[_CELLS, row] = seconds * people[_SLOTS, row]
    draw_all(count, seed, use, keys, stays, words)
    for row in range(count):
        people[_FIRST_GAP, row] = exponential(int(words[0, row]), int(words[1, row]))
        people[_SECOND_GAP, row] = exponential(int(words[2, row]), int(words[3, row]))


@part
def date_attempts(row, setting, seed, use, whereabouts, people, dated, found):
    """Date the next attempts of one person of a block, as many as there is room for; (candidates, whether all)."""
    _, offset, weekday, clock, first, span, _, _ = whereabouts
    mantissa, shift, slots = people[_MANTISSA, row], people[_SHIFT, row], people[_SLOTS, row]
    begin, end, clocked = people[_BEGIN, row], people[_END, row], people[_CLOCKED, row]
    schedule = (people[_TRAITS, row] >> 8) & 255
    ordinal, position, day = people[_ORDINAL, row], people[_POSITION, row], people[_DAY, row]
    number = ordinal & ((1 << ORDINAL_BITS) - 1)
    words = (0, 0, 0, 0)
    if number > 1 and number & 1:
        words = draw(seed, use, people[_ID, row], ordinal >> 1, people[_EPISODE, row])
    # From this cell on everything is after the end, so that most streams need no more than one comparison.
    cells = people[_CELLS, row]
    if number == 0:
        if gap(mantissa, shift, people[_FIRST_GAP, row]) >> POSITION_BITS >= cells:
            return found, True
        if clocked:
            people[_BEFORE, row] = seconds_there(schedule, setting, begin + offset, weekday, clock, first, span)
            day = (begin + offset) // DAY
    while found < dated.shape[1]:
        if number == 0:
            unit = people[_FIRST_GAP, row]
        elif number == 1:
            unit = people[_SECOND_GAP, row]
        elif number & 1:
            unit = exponential(words[2], words[3])
        else:
            words = draw(seed, use, people[_ID, row], ordinal >> 1, people[_EPISODE, row])
            unit = exponential(words[0], words[1])
        position += gap(mantissa, shift, unit)
        cell = position >> POSITION_BITS
        if cell >= cells:
            return found, True
        after = cell // slots
        second = begin + after
        if clocked:
            second, day = second_after(
                schedule, setting, people[_BEFORE, row] + after, day, weekday, clock, first, span
            )
            second -= offset
        if second >= end:
            return found, True
        dated[_ROW, found] = row
        dated[_ATTEMPT, found] = ordinal
        dated[_SECOND, found] = second
        dated[_SLOT, found] = cell - after * slots
        found += 1
        ordinal += 1
        number += 1
    people[_ORDINAL, row], people[_POSITION, row], people[_DAY, row] = ordinal, position, day
    return found, False


@part
def thin(found, stream, sign, seed, use, course, whereabouts, people, ends, states, dated, keys, stays, words, tally):
    """Keep the candidates whose infector sheds enough and takes part; the count of them."""
    infectiousness, present, profile = course[4], course[6], course[9]
    everywhere, offset, weekday = whereabouts[:3]
    for at in range(found):
        row = dated[_ROW, at]
        keys[at] = (people[_ID, row] << 32) | dated[_ATTEMPT, at]
        stays[at] = people[_EPISODE, row]
    draw_all(found, seed, use, keys, stays, words)
    kept = 0
    thinned = 0
    for at in range(found):
        row = dated[_ROW, at]
        second = dated[_SECOND, at]
        state = states[row, visit_at(second, ends[row])]
        shed = relative_infectiousness(infectiousness[state], profile, second - people[_INFECTED, row])
        enough = int(happens(shed, int(words[0, at])))
        there = (present[state] >> people[_BIT, row]) & 1
        # Written in any case, and overwritten by the next one if it is lost: a guess that fails costs more.
        dated[_ROW, kept] = row
        dated[_ATTEMPT, kept] = dated[_ATTEMPT, at]
        dated[_SECOND, kept] = second
        dated[_SLOT, kept] = dated[_SLOT, at]
        dated[_SOURCE, kept] = at
        kept += enough & there
        thinned += 1 - enough
    tally[stream, _INFECTIOUSNESS] += sign * thinned
    tally[stream, _INFECTOR_ELSEWHERE] += sign * (found - thinned - kept)
    if not everywhere:
        for at in range(kept):
            dated[_MINUTE, at] = minute_of(dated[_SECOND, at], offset, weekday)
    tally[stream, EMITTED] += sign * found
    return kept


@part
def aim_at_slots(kept, setting, places, members, people, dated):
    """Find who sits in the slots of the candidates, or `NOBODY`."""
    for at in range(kept):
        place = people[_PLACE, dated[_ROW, at]]
        slot = dated[_SLOT, at]
        dated[_MEMBER, at] = places[place, FIRST] + slot if slot < places[place, MEMBERS] else -1
        if dated[_MEMBER, at] >= 0:
            prefetch(members, dated[_MEMBER, at])
    for at in range(kept):
        where = dated[_MEMBER, at]
        dated[_AIM, at] = int(members[where]) if where >= 0 else NOBODY


@part
def aim_at_pool(kept, setting, seed, use, world, people, dated, keys, stays, words):
    """Pick somebody who is out there at the seconds of the candidates, or `NOBODY`."""
    age_group, town, threshold, alias = world[4:8]
    everywhere, present = world[12][0], world[12][7]
    by_age = setting == _COMMUNITY
    bounds, members = world[8], world[9]
    if not by_age:
        bounds, members = world[10], world[11]
    for at in range(kept):
        row = dated[_ROW, at]
        keys[at] = (people[_ID, row] << 32) | dated[_ATTEMPT, at]
        stays[at] = people[_EPISODE, row]
    draw_all(kept, seed, use, keys, stays, words)
    for at in range(kept):
        row = dated[_ROW, at]
        traits = people[_TRAITS, row]
        pool = traits >> 16
        if by_age:
            group = pick_weighted(
                threshold, alias, int(age_group[traits & 255]), int(words[0, at]), int(words[1, at])
            )
            pool = int(town[people[_ID, row]]) * threshold.shape[1] + group
        here = EVERYBODY if everywhere else present[setting, dated[_MINUTE, at]]
        dated[_MEMBER, at] = somebody_present(bounds, pool, here, int(words[2, at]), int(words[3, at]))
        if dated[_MEMBER, at] >= 0:
            prefetch(members, dated[_MEMBER, at])
    for at in range(kept):
        where = dated[_MEMBER, at]
        dated[_AIM, at] = int(members[where]) if where >= 0 else NOBODY


@part
def doom(setting, at, level, word, loss_word, traits, where, everywhere, moved, course, vaccinated, midnight, people, dated):
    """`Reason` for which a candidate can be refused already when it is emitted, or 0.

    Args:
        moved: Whether orders may send people home, so that only the day will tell who is there.
    """
    target = dated[_AIM, at]
    row = dated[_ROW, at]
    if target == NOBODY or target == people[_ID, row]:
        return _EMPTY
    if not everywhere and setting not in PICKED and not (moved and setting == _HOME):
        minute = dated[_MINUTE, at]
        if setting == _HOME and where[(people[_TRAITS, row] >> 8) & 255, minute] != _HOME:
            return _INFECTOR_ELSEWHERE
        if where[schedule_of(traits, target), minute] != setting:
            return _TARGET_ELSEWHERE
    if not happens(susceptibility_bound(target, traits, course, vaccinated), word):
        return _SUSCEPTIBILITY
    if not happens(level, loss_word):
        return _LAYER
    # As of midnight: what happened since depends on how far the day has come.
    if not is_open(midnight, target):
        return _IMMUNE
    return 0


@part
def write_fresh(kept, stream, setting, level, sign, at, world, course, crowd, people, dated, accept, fresh, tally):
    """Write the candidates that nothing dooms; the row after the last, beyond the array if they do not fit."""
    traits, moved = world[0], world[14]
    everywhere, where = world[12][0], world[12][6]
    vaccinated, midnight = crowd[3], crowd[5]
    for row in range(kept):
        if dated[_AIM, row] >= 0:
            prefetch(traits, dated[_AIM, row])
    for row in range(kept):
        source = dated[_SOURCE, row]
        reason = doom(
            setting,
            row,
            level,
            int(accept[1, source]),
            int(accept[2, source]),
            traits,
            where,
            everywhere,
            moved,
            course,
            vaccinated,
            midnight,
            people,
            dated,
        )
        if reason > 0:
            tally[stream, reason] += sign
            continue
        if at < len(fresh):
            second = dated[_SECOND, row]
            day = second // DAY
            fresh[at, TARGET] = dated[_AIM, row]
            fresh[at, INFECTOR] = people[_ID, dated[_ROW, row]]
            fresh[at, ORDINAL] = dated[_ATTEMPT, row]
            fresh[at, MOMENT] = moment(second - day * DAY, stream, people[_EPISODE, dated[_ROW, row]])
            fresh[at, DUE_DAY] = day
        at += 1
    return at


@routine
def emit_block(count, sign, at, seed, streams, world, course, crowd, scratch, fresh, tally):
    """Emit one window of each of a block of people whose courses have been followed; the row after the last.

    Args:
        count: People in the block.
        sign: 1, or -1 to take what was counted in the tally back.
        at: Row of `fresh`; what does not fit is counted all the same.
    """
    people, dated, keys, stays, words, ends, states = scratch[:7]
    membership, places, members, age_group = world[1], world[2], world[3], world[4]
    whereabouts = world[12]
    for stream in range(len(streams[0])):
        setting, layer, level = streams[0][stream], streams[1][stream], streams[4][stream]
        emit_use = use_of(_EMIT, setting, layer)
        locate(
            stream,
            setting,
            layer,
            count,
            seed,
            streams,
            membership,
            places,
            world[13],
            course[13],
            whereabouts[0],
            age_group,
            people,
        )
        first_draws(count, setting, seed, emit_use, whereabouts, people, keys, stays, words)
        row = 0
        while row < count:
            found = 0
            while row < count:
                if people[_MANTISSA, row] != NO_GAP:
                    found, whole = date_attempts(
                        row, setting, seed, emit_use, whereabouts, people, dated, found
                    )
                    if not whole:
                        break
                row += 1
            if found == 0:
                break
            use = use_of(_ACCEPT, setting, layer)
            kept = thin(
                found,
                stream,
                sign,
                seed,
                use,
                course,
                whereabouts,
                people,
                ends,
                states,
                dated,
                keys,
                stays,
                scratch[7],
                tally,
            )
            use = use_of(_TARGET, setting, layer)
            if setting in PICKED:
                aim_at_pool(kept, setting, seed, use, world, people, dated, keys, stays, scratch[8])
            else:
                aim_at_slots(kept, setting, places, members, people, dated)
            at = write_fresh(
                kept, stream, setting, level, sign, at, world, course, crowd, people, dated, scratch[7], fresh, tally
            )
    return at
