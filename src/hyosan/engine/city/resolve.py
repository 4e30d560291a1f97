"""Resolution: which place, and who sits there, is decided on the day an attempt is due."""

from hyosan.engine.attempts import CODE, IMPORTATION, LINK, ORDINAL, SLOT, TRANSITION, WHO
from hyosan.jit import kernel, part
from hyosan.rules.codes import Reason, Setting
from hyosan.rules.random import Draw, draw, one_of, pick_weighted, use_of

_TARGET = int(Draw.TARGET)
_TIE = int(Draw.TIE)
_COMMUNITY = int(Setting.COMMUNITY)
_EMPTY = int(Reason.EMPTY)
_IMMUNE = int(Reason.IMMUNE)

NOBODY = -1


@part
def resolve_attempt(
    row,
    # now
    seed,
    # reads
    streams,
    world,
    # writes
    today,
    tie,
):
    """Write the target (or `NOBODY`) and the tie draw of one attempt or arrival of today."""
    stream_setting, stream_layer, _, _, _, _, _, _, _ = streams
    age, age_group, town, membership, _, place_start, place_members, pool_start, pool_members, threshold, alias = world
    who = today[row, WHO]
    ordinal = today[row, ORDINAL]
    stream = today[row, CODE] & 255
    episode = today[row, CODE] >> 8
    if stream >= IMPORTATION:
        words = draw(seed, use_of(_TIE, 0, stream), who, ordinal, 0)
        tie[row] = (words[0] << 31) | (words[1] >> 1)
        today[row, LINK] = today[row, SLOT]
        return
    setting = stream_setting[stream]
    layer = stream_layer[stream]
    words = draw(seed, use_of(_TIE, setting, layer), who, ordinal, episode)
    tie[row] = (words[0] << 31) | (words[1] >> 1)
    target = NOBODY
    if setting == _COMMUNITY:
        words = draw(seed, use_of(_TARGET, setting, layer), who, ordinal, episode)
        group = pick_weighted(threshold, alias, int(age_group[age[who]]), words[0], words[1])
        pool = town[who] * threshold.shape[1] + group
        begin = pool_start[pool]
        count = pool_start[pool + 1] - begin
        if count > 0:
            target = pool_members[begin + one_of(count, words[2], words[3])]
    else:
        place = membership[who, setting - 1]
        slot = place_start[place] + today[row, SLOT]
        if slot < place_start[place + 1]:
            target = place_members[slot]
    today[row, LINK] = NOBODY if target == who else target


@kernel
def resolve(
    first,
    last,
    # now
    seed,
    # reads
    streams,
    world,
    state,
    final,
    # writes
    today,
    tie,
    reason,
):
    """Resolve the attempts `first` to `last` of today; those that nothing can save any more get their reason."""
    for row in range(first, last):
        reason[row] = 0
        if today[row, CODE] & 255 == TRANSITION:
            tie[row] = 0
            continue
        resolve_attempt(
            row,
            seed,
            streams,
            world,
            today,
            tie,
        )
        target = today[row, LINK]
        if target == NOBODY:
            reason[row] = _EMPTY
        elif final[state[target]]:
            reason[row] = _IMMUNE
