"""Refusal: why an attempt that is due does not infect."""

from hyosan.engine.attempts import CODE, IMPORTATION, LINK, ORDINAL, SECOND, WHO
from hyosan.engine.city.resolve import NOBODY
from hyosan.jit import part
from hyosan.rules.codes import Reason
from hyosan.rules.random import Draw, draw, use_of
from hyosan.rules.refusal import refusal, relative_infectiousness

_ACCEPT = int(Draw.ACCEPT)
_NONE = int(Reason.NONE)
_EMPTY = int(Reason.EMPTY)
_IMMUNE = int(Reason.IMMUNE)
_PROTECTED = int(Reason.PROTECTED)


@part
def susceptibility_of(person, age, course, crowd):
    """Susceptibility of a person now over the most there is [2**-30]."""
    susceptibility = course[5]
    age_susceptibility, vaccine_susceptibility = course[10:12]
    state, vaccinated = crowd[0], crowd[5]
    chance = (susceptibility[state[person]] * age_susceptibility[age[person]]) >> 30
    if vaccinated[person]:
        chance = (chance * vaccine_susceptibility) >> 30
    return chance


@part
def refuse(
    row,
    # now
    seed,
    # reads
    streams,
    world,
    course,
    crowd,
    today,
):
    """(`Reason` or 0, the 32 bits that pick the route) of one attempt or arrival of today."""
    stream_setting, stream_layer, _, _, level, _, _, _, _ = streams
    infectiousness, susceptibility, present, final, _, profile = course[4:10]
    state, episode, _, infected_at, infectious_until, _ = crowd
    target = today[row, LINK]
    if target == NOBODY:
        return _EMPTY, 0
    stream = today[row, CODE] & 255
    target_state = state[target]
    if stream >= IMPORTATION:
        if final[target_state]:
            return _IMMUNE, 0
        return (_NONE if susceptibility[target_state] > 0 else _PROTECTED), 0
    infector = today[row, WHO]
    attempt_episode = today[row, CODE] >> 8
    second = int(today[row, SECOND])
    setting = stream_setting[stream]
    words = draw(seed, use_of(_ACCEPT, setting, stream_layer[stream]), infector, today[row, ORDINAL], attempt_episode)
    reason = refusal(
        final[target_state],
        int(episode[infector]) == attempt_episode,
        second,
        infectious_until[infector],
        (present[state[infector]] >> setting) & 1,
        (present[target_state] >> setting) & 1,
        relative_infectiousness(infectiousness[state[infector]], profile, second - infected_at[infector]),
        susceptibility_of(target, world[0], course, crowd),
        level[stream],
        words,
    )
    return reason, words[3]
