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
from hyosan.engine.crowd import is_open
from hyosan.jit import part
from hyosan.rules.codes import Reason, Setting
from hyosan.rules.mixing import NO_GAP, POSITION_BITS, gap, gap_for, variation
from hyosan.rules.random import Draw, draw, happens, use_of
from hyosan.rules.refusal import relative_infectiousness
from hyosan.units import day as DAY

_EMIT = int(Draw.EMIT)
_ACCEPT = int(Draw.ACCEPT)
_TARGET = int(Draw.TARGET)
_COMMUNITY = int(Setting.COMMUNITY)
_EMPTY = int(Reason.EMPTY)
_IMMUNE = int(Reason.IMMUNE)
_INFECTOR_ELSEWHERE = int(Reason.INFECTOR_ELSEWHERE)
_INFECTIOUSNESS = int(Reason.INFECTIOUSNESS)
_SUSCEPTIBILITY = int(Reason.SUSCEPTIBILITY)
_LAYER = int(Reason.LAYER)
EMITTED = len(Reason)
"""Column of a tally, behind those of the reasons: attempts emitted."""
BEYOND = EMITTED + 1
"""Column of a tally: attempts due after the end of the run."""
TALLY_COLUMNS = EMITTED + 2
_UNVARIED = 1 << 16


@part
def susceptibility_bound(person, age, course, vaccinated):
    """Most that a person who was never infected can be susceptible from now on [2**-30]."""
    age_susceptibility, vaccine_susceptibility = course[10:12]
    chance = age_susceptibility[age[person]]
    if len(vaccinated) > 0 and vaccinated[person]:
        chance = (chance * vaccine_susceptibility) >> 30
    return chance


@part
def doom(infector, setting, second, infected, words, target, level, world, course, crowd, ends, states):
    """`Reason` for which an attempt can be refused already when it is emitted, or 0."""
    infectiousness, present, profile = course[4], course[6], course[9]
    state = states[visit_at(second, ends)]
    if not happens(relative_infectiousness(infectiousness[state], profile, second - infected), words[0]):
        return _INFECTIOUSNESS
    if not (present[state] >> setting) & 1:
        return _INFECTOR_ELSEWHERE
    if target == NOBODY:
        return _EMPTY
    if not happens(susceptibility_bound(target, world[0], course, crowd[3]), words[1]):
        return _SUSCEPTIBILITY
    if not happens(level, words[2]):
        return _LAYER
    # As of midnight: what happened since depends on how far the day has come.
    if not is_open(crowd[5], target):
        return _IMMUNE
    return 0


@part
def emit_stream(
    stream,
    slots,
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
    end_of_run,
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
    """Emit the attempts of one stream; the row after the last, beyond the array if they do not fit."""
    setting, layer, level = streams[0][stream], streams[1][stream], streams[4][stream]
    emit_use = use_of(_EMIT, setting, layer)
    accept_use = use_of(_ACCEPT, setting, layer)
    target_use = use_of(_TARGET, setting, layer)
    ordinal = window << ORDINAL_BITS
    position = 0
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
        if second >= end:
            return at
        tally[stream, EMITTED] += sign
        if second >= end_of_run:
            tally[stream, BEYOND] += sign
        else:
            chance = draw(seed, accept_use, person, ordinal, episode)
            target = target_of(person, setting, target_use, ordinal, episode, cell - after * slots, seed, world)
            reason = doom(
                person, setting, second, infected, chance, target, level, world, course, crowd, ends, states
            )
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
    end_of_run,
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
        until: End of the infectious spell [s].
        sign: 1, or -1 to take what was counted in the tally back.
        at: Row of `fresh`; what does not fit is counted all the same.
    """
    stream_setting, _, gap_mantissa, gap_shift, _, varies, variation_table, _, _ = streams
    age, age_group, _, membership, capacity = world[:5]
    end = min(begin + WINDOW, until)
    factor = _UNVARIED
    if varies:
        factor = variation(seed, person, episode, variation_table)
        if factor == 0:
            return at
    for stream in range(len(stream_setting)):
        setting = stream_setting[stream]
        if setting == _COMMUNITY:
            row = int(age_group[age[person]])
            slots = 1
        else:
            place = membership[person, setting - 1]
            if place < 0:
                continue
            slots = int(capacity[place])
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
            slots,
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
            end_of_run,
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
