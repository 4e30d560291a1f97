"""Emission: whoever is infectious emits the dated attempts of a window, stream by stream."""

from hyosan.engine.attempts import CODE, ORDINAL, ORDINAL_BITS, SECOND, SLOT, WHO, WINDOW
from hyosan.jit import kernel, part
from hyosan.rules.codes import Setting
from hyosan.rules.mixing import NO_GAP, POSITION_BITS, gap, gap_for, variation
from hyosan.rules.random import Draw, draw, use_of

_EMIT = int(Draw.EMIT)
_COMMUNITY = int(Setting.COMMUNITY)
_UNVARIED = 1 << 16


@part
def emit_person(
    person,
    episode,
    window,
    begin,
    at,
    # now
    seed,
    # reads
    streams,
    world,
    infectious_until,
    # writes
    attempts,
):
    """Write the attempts of one window from row `at` on; say how many there are, also when they do not fit."""
    stream_setting, stream_layer, gap_mantissa, gap_shift, _, varies, variation_table, _, _ = streams
    age, age_group, _, membership, capacity, _, _, _, _, _, _ = world
    end = min(begin + WINDOW, infectious_until[person])
    factor = _UNVARIED
    if varies:
        factor = variation(seed, person, episode, variation_table)
        if factor == 0:
            return 0
    written = 0
    for stream in range(len(stream_setting)):
        setting = stream_setting[stream]
        if setting == _COMMUNITY:
            row = int(age_group[age[person]])
            slots = 1
        else:
            place = membership[person, setting - 1]
            if place < 0:
                continue
            slots = capacity[place]
            row = min(slots, gap_mantissa.shape[1] - 1)
        mantissa = gap_mantissa[stream, row]
        shift = gap_shift[stream, row]
        if mantissa == NO_GAP:
            continue
        if varies:
            mantissa, shift = gap_for(mantissa, shift, factor)
        if shift < 1:
            continue
        use = use_of(_EMIT, setting, stream_layer[stream])
        ordinal = window << ORDINAL_BITS
        position = 0
        words = draw(seed, use, person, ordinal >> 1, episode)
        while True:
            if ordinal & 1:
                position += gap(mantissa, shift, words[2], words[3])
            else:
                words = draw(seed, use, person, ordinal >> 1, episode)
                position += gap(mantissa, shift, words[0], words[1])
            cell = position >> POSITION_BITS
            second = begin + cell // slots
            if second >= end:
                break
            row = at + written
            if row < len(attempts):
                attempts[row, SECOND] = second
                attempts[row, WHO] = person
                attempts[row, ORDINAL] = ordinal
                attempts[row, SLOT] = cell % slots
                attempts[row, CODE] = stream | (episode << 8)
            written += 1
            ordinal += 1
    return written


@kernel
def emit(
    first,
    last,
    # now
    seed,
    # reads
    emissions,
    streams,
    world,
    crowd,
    # writes
    attempts,
):
    """Emit for emissions `first` to `last`; (emissions done, attempts written), stopping when the buffer is full."""
    written = 0
    episode, infectious_until = crowd[1], crowd[4]
    for row in range(first, last):
        person = int(emissions[row, WHO])
        if int(episode[person]) != emissions[row, CODE] >> 8:
            continue
        more = emit_person(
            person,
            int(episode[person]),
            int(emissions[row, ORDINAL]),
            int(emissions[row, SECOND]),
            written,
            seed,
            streams,
            world,
            infectious_until,
            attempts,
        )
        if written + more > len(attempts):
            return row - first, written
        written += more
    return last - first, written
