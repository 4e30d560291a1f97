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
    WINDOW,
    moment,
)
from hyosan.engine.city.progress import visit_at
from hyosan.engine.city.resolve import NOBODY, target_of
from hyosan.engine.city.where import (
    DWELLING,
    PICKED,
    age_of,
    capacity_of,
    minute_of,
    place_of,
    schedule_of,
    ward_of,
)
from hyosan.engine.crowd import is_open
from hyosan.jit import part
from hyosan.rules.codes import Reason, Setting
from hyosan.rules.mixing import NO_GAP, POSITION_BITS, gap, gap_for, variation
from hyosan.rules.progression import FOREVER
from hyosan.rules.random import Draw, draw, happens, use_of
from hyosan.rules.refusal import relative_infectiousness
from hyosan.units import day as DAY

_EMIT = int(Draw.EMIT)
_ACCEPT = int(Draw.ACCEPT)
_TARGET = int(Draw.TARGET)
_NONE = int(Setting.NONE)
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
_UNVARIED = 1 << 16


@part
def susceptibility_bound(person, traits, course, vaccinated):
    """Most that a person who was never infected can be susceptible from now on [2**-30]."""
    age_susceptibility, vaccine_susceptibility = course[10:12]
    chance = age_susceptibility[age_of(traits, person)]
    if len(vaccinated) > 0 and vaccinated[person]:
        chance = (chance * vaccine_susceptibility) >> 30
    return chance


@part
def doom(setting, bit, minute, shed, state, schedule, target, words, level, world, course, crowd):
    """`Reason` for which an attempt can be refused already when it is emitted, or 0.

    Args:
        bit: Bit of the state's mask that lets the infector take part.
        shed: Infectiousness of the infector now [2**-30].
        state: State of the infector.
        schedule: Its schedule.
    """
    if not happens(shed, words[0]):
        return _INFECTIOUSNESS
    if not (course[6][state] >> bit) & 1:
        return _INFECTOR_ELSEWHERE
    if target == NOBODY:
        return _EMPTY
    everywhere, where = world[12][0], world[12][6]
    if not everywhere and setting not in PICKED:
        if setting == _HOME and where[schedule, minute] != _HOME:
            return _INFECTOR_ELSEWHERE
        if where[schedule_of(world[0], target), minute] != setting:
            return _TARGET_ELSEWHERE
    if not happens(susceptibility_bound(target, world[0], course, crowd[3]), words[1]):
        return _SUSCEPTIBILITY
    if not happens(level, words[2]):
        return _LAYER
    # As of midnight: what happened since depends on how far the day has come.
    if not is_open(crowd[5], target):
        return _IMMUNE
    return 0


@part
def seconds_there(schedule, setting, clock_second, whereabouts):
    """Seconds that a schedule has spent in a setting before a second, counted from the first midnight [s]."""
    _, _, weekday, clock, first, span, _, _ = whereabouts
    day = clock_second // DAY
    second = clock_second - day * DAY
    total = int(clock[schedule, day, setting])
    for row in range(first[schedule, weekday[day], setting], first[schedule, weekday[day], setting + 1]):
        total += max(0, min(second, int(span[row, 1])) - int(span[row, 0]))
    return total


@part
def second_after(schedule, setting, spent, day, whereabouts):
    """(Second at which a schedule has spent so long in a setting, its day), searched from a day on [s].

    The day is the count of days if that is after the last.
    """
    _, _, weekday, clock, first, span, _, _ = whereabouts
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
def emit_stream(
    stream,
    place,
    slots,
    bit,
    clocked,
    mantissa,
    shift,
    person,
    infected,
    episode,
    window,
    begin,
    end,
    sign,
    at,
    # now
    seed,
    # reads
    streams,
    world,
    course,
    crowd,
    ends,
    states,
    # writes
    fresh,
    tally,
):
    """Emit the attempts of one stream; the row after the last, beyond the array if they do not fit.

    Args:
        clocked: Whether time runs only while the infector is there by schedule.
    """
    infectiousness, profile = course[4], course[9]
    setting, layer, level = streams[0][stream], streams[1][stream], streams[4][stream]
    emit_use = use_of(_EMIT, setting, layer)
    accept_use = use_of(_ACCEPT, setting, layer)
    target_use = use_of(_TARGET, setting, layer)
    whereabouts = world[12]
    everywhere, offset, weekday = whereabouts[:3]
    schedule = schedule_of(world[0], person)
    ordinal = window << ORDINAL_BITS
    position = 0
    before = 0
    day = 0
    if clocked:
        before = seconds_there(schedule, setting, begin + offset, whereabouts)
        day = (begin + offset) // DAY
    words = (0, 0, 0, 0)
    while True:
        if ordinal & 1:
            position += gap(mantissa, shift, words[2], words[3])
        else:
            words = draw(seed, emit_use, person, ordinal >> 1, episode)
            position += gap(mantissa, shift, words[0], words[1])
        cell = position >> POSITION_BITS
        after = cell // slots
        second = begin + after
        if clocked:
            second, day = second_after(schedule, setting, before + after, day, whereabouts)
            second -= offset
        if second >= end:
            return at
        tally[stream, EMITTED] += sign
        minute = 0 if everywhere else minute_of(second, offset, weekday)
        chance = draw(seed, accept_use, person, ordinal, episode)
        state = states[visit_at(second, ends)]
        shed = relative_infectiousness(infectiousness[state], profile, second - infected)
        target = NOBODY
        if happens(shed, chance[0]):
            target = target_of(
                person, setting, place, cell - after * slots, minute, target_use, ordinal, episode, seed, world
            )
        reason = doom(setting, bit, minute, shed, state, schedule, target, chance, level, world, course, crowd)
        if reason > 0:
            tally[stream, reason] += sign
        else:
            if at < len(fresh):
                fresh[at, TARGET] = target
                fresh[at, INFECTOR] = person
                fresh[at, ORDINAL] = ordinal
                fresh[at, MOMENT] = moment(second % DAY, stream, episode)
                fresh[at, DUE_DAY] = second // DAY
            at += 1
        ordinal += 1


@part
def place_in_stream(person, setting, episode, seed, world, course):
    """(Place of a person in a setting or `NOWHERE`, the bit of states that take part, whether by schedule)."""
    membership, places, everywhere = world[1], world[2], world[12][0]
    if setting in PICKED:
        return 0, setting, not everywhere
    place = place_of(person, setting, membership, places)
    if place < 0:
        first_ward, wards = world[13]
        if setting == _HOSPITAL and wards > 0 and course[13]:
            # A patient; only states that are in hospital have this bit.
            return ward_of(person, episode, seed, first_ward, wards), _NONE, False
        return place, setting, False
    if setting == _CARE and place == membership[person, DWELLING]:
        return place, setting, not everywhere
    if setting == _CARE or setting == _HOSPITAL:
        # Staff, who are there to work.
        return place, _TEAM, not everywhere
    return place, setting, not everywhere and setting != _HOME


@part
def emit_window(
    person,
    infected,
    episode,
    window,
    begin,
    until,
    sign,
    at,
    # now
    seed,
    # reads
    streams,
    world,
    course,
    crowd,
    ends,
    states,
    # writes
    fresh,
    tally,
):
    """Emit the attempts of one window of a followed course from row `at` on; the row after the last.

    Args:
        begin: When the window begins [s].
        until: End of the infectious spell or of the run [s].
        sign: 1, or -1 to take what was counted in the tally back.
        at: Row of `fresh`; what does not fit is counted all the same.
    """
    stream_setting, _, gap_mantissa, gap_shift, _, varies, variation_table, _, _ = streams
    traits, places, age_group = world[0], world[2], world[4]
    end = min(begin + WINDOW, until)
    factor = _UNVARIED
    if varies:
        factor = variation(seed, person, episode, variation_table)
        if factor == 0:
            return at
    for stream in range(len(stream_setting)):
        setting = stream_setting[stream]
        place, bit, clocked = place_in_stream(person, setting, episode, seed, world, course)
        if place < 0:
            continue
        slots = 1
        row = int(age_group[age_of(traits, person)])
        if setting not in PICKED:
            slots = capacity_of(places, place)
            row = min(slots, gap_mantissa.shape[1] - 1)
        mantissa = gap_mantissa[stream, row]
        shift = gap_shift[stream, row]
        if mantissa == NO_GAP:
            continue
        if varies:
            mantissa, shift = gap_for(mantissa, shift, factor)
        if shift < 1:
            continue
        at = emit_stream(
            stream,
            place,
            slots,
            bit,
            clocked,
            mantissa,
            shift,
            person,
            infected,
            episode,
            window,
            begin,
            end,
            sign,
            at,
            seed,
            streams,
            world,
            course,
            crowd,
            ends,
            states,
            fresh,
            tally,
        )
    return at
