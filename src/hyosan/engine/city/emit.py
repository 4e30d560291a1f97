"""Emission: whoever is infected emits the dated attempts of a window, stream by stream.

What nothing can change any more is decided at once, by the same draws as if it were decided later: an attempt is
refused here if the infector sheds too little or is elsewhere, nobody sits in the slot, or the target is elsewhere, too
little susceptible, or immune for good.
"""

from hyosan.engine.attempts import DUE_DAY, INFECTOR, MOMENT, ORDINAL, TARGET, moment
from hyosan.engine.city.aim import NOBODY, aim
from hyosan.engine.city.dates import begin_stream, date_attempts
from hyosan.engine.city.given import (
    EVERYWHERE,
    INFECTIOUSNESS,
    MIDNIGHT,
    PRESENT,
    PROFILE,
    SENT_HOME,
    SETTING,
    TRAITS,
    VACCINATED,
    WARD_INFECTS,
    WHEREABOUTS,
)
from hyosan.engine.city.progress import visit_at
from hyosan.engine.city.where import PICKED, age_of, minute_of, schedule_of
from hyosan.engine.crowd import is_open
from hyosan.engine.scratch import Candidate, Person, draw_all
from hyosan.jit import part, prefetch, routine
from hyosan.rules.codes import Reason, Setting
from hyosan.rules.random import Draw, happens, use_of
from hyosan.rules.refusal import refusal_when_emitted, relative_infectiousness
from hyosan.units import day as DAY

_EMIT = int(Draw.EMIT)
_ACCEPT = int(Draw.ACCEPT)
_NONE = int(Reason.NONE)
_EMPTY = int(Reason.EMPTY)
_INFECTOR_ELSEWHERE = int(Reason.INFECTOR_ELSEWHERE)
_TARGET_ELSEWHERE = int(Reason.TARGET_ELSEWHERE)
_INFECTIOUSNESS = int(Reason.INFECTIOUSNESS)
_ID = int(Person.ID)
_EPISODE = int(Person.EPISODE)
_TRAITS = int(Person.TRAITS)
_BIT = int(Person.BIT)
_INFECTED = int(Person.INFECTED)
_ROW = int(Candidate.ROW)
_ATTEMPT = int(Candidate.ORDINAL)
_SECOND = int(Candidate.SECOND)
_SLOT = int(Candidate.SLOT)
_MINUTE = int(Candidate.MINUTE)
_AIM = int(Candidate.TARGET)
_SOURCE = int(Candidate.SOURCE)
_REASON = int(Candidate.REASON)
_HOME = int(Setting.HOME)
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
def thin(found, stream, sign, seed, use, course, whereabouts, people, ends, states, dated, keys, stays, words, tally):
    """Keep the candidates whose infector sheds enough and takes part; the count of them."""
    infectiousness, present, profile = course[INFECTIOUSNESS], course[PRESENT], course[PROFILE]
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
def is_there(at, setting, target, traits, where, everywhere, moved, people, dated):
    """`Reason` for which infector and target of a candidate cannot meet by their schedules, or 0.

    Args:
        moved: Whether orders may send people home, so that only the day will tell who is there.
    """
    if everywhere or setting in PICKED or (moved and setting == _HOME):
        return _NONE
    minute = dated[_MINUTE, at]
    if setting == _HOME and where[(people[_TRAITS, dated[_ROW, at]] >> 8) & 255, minute] != _HOME:
        return _INFECTOR_ELSEWHERE
    return _NONE if where[schedule_of(traits, target), minute] == setting else _TARGET_ELSEWHERE


@part
def doom(kept, setting, level, world, course, crowd, people, dated, accept):
    """Write for every candidate the `Reason` for which it can be refused already when it is emitted, or 0."""
    traits, moved = world[TRAITS], world[SENT_HOME]
    everywhere, where = world[WHEREABOUTS][EVERYWHERE], world[WHEREABOUTS][SETTING]
    vaccinated, midnight = crowd[VACCINATED], crowd[MIDNIGHT]
    for at in range(kept):
        if dated[_AIM, at] >= 0:
            prefetch(traits, dated[_AIM, at])
    for at in range(kept):
        source, target = dated[_SOURCE, at], dated[_AIM, at]
        nobody = target == NOBODY or target == people[_ID, dated[_ROW, at]]
        # Everything is worked out, and asked for only at the end: a guess that fails costs more.
        target = max(target, 0)
        chance = susceptibility_bound(target, traits, course, vaccinated)
        # Immune as of midnight: what happened since depends on how far the day has come.
        reason = refusal_when_emitted(
            chance, level, is_open(midnight, target), int(accept[1, source]), int(accept[2, source])
        )
        elsewhere = is_there(at, setting, target, traits, where, everywhere, moved, people, dated)
        reason = elsewhere if elsewhere > 0 else reason
        dated[_REASON, at] = _EMPTY if nobody else reason


@part
def write_fresh(kept, stream, sign, at, people, dated, fresh, tally):
    """Write the candidates that nothing dooms; the row after the last, beyond the array if they do not fit."""
    for row in range(kept):
        reason = dated[_REASON, row]
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


@part
def emit_stream(stream, count, sign, at, seed, streams, world, course, crowd, scratch, fresh, tally):
    """Emit the attempts of a block of people in one stream; the row after the last."""
    people, dated, keys, stays, words, ends, states, accept, pick = scratch
    setting, layer, level = streams[0][stream], streams[1][stream], streams[4][stream]
    whereabouts = world[WHEREABOUTS]
    use = use_of(_EMIT, setting, layer)
    left = begin_stream(stream, count, seed, streams, world, course[WARD_INFECTS], people)
    while left > 0:
        found, left = date_attempts(left, setting, seed, use, whereabouts, people, keys, stays, words, dated)
        kept = thin(
            found,
            stream,
            sign,
            seed,
            use_of(_ACCEPT, setting, layer),
            course,
            whereabouts,
            people,
            ends,
            states,
            dated,
            keys,
            stays,
            accept,
            tally,
        )
        aim(kept, setting, layer, seed, world, people, dated, keys, stays, pick)
        doom(kept, setting, level, world, course, crowd, people, dated, accept)
        at = write_fresh(kept, stream, sign, at, people, dated, fresh, tally)
    return at


@routine
def emit_block(count, sign, at, seed, streams, world, course, crowd, scratch, fresh, tally):
    """Emit one window of each of a block of people whose courses have been followed; the row after the last.

    Args:
        count: People in the block.
        sign: 1, or -1 to take what was counted in the tally back.
        at: Row of `fresh`; what does not fit is counted all the same.
    """
    for stream in range(len(streams[0])):
        at = emit_stream(stream, count, sign, at, seed, streams, world, course, crowd, scratch, fresh, tally)
    return at
