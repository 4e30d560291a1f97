"""Resolution: which place an attempt is made in, and who sits there."""

from hyosan.engine.attempts import INFECTOR, MOMENT, ORDINAL, episode_of, stream_of
from hyosan.jit import part
from hyosan.rules.codes import Setting
from hyosan.rules.random import Draw, draw, one_of, pick_weighted, use_of

_TARGET = int(Draw.TARGET)
_TIE = int(Draw.TIE)
_COMMUNITY = int(Setting.COMMUNITY)

NOBODY = -1

ARRIVAL_LAYERS = 282
"""Less the kind of an arrival: the layer of its tie draw."""


@part
def target_of(
    infector,
    setting,
    use,
    ordinal,
    episode,
    slot,
    # now
    seed,
    # reads
    world,
):
    """Person at whom an attempt is aimed, or `NOBODY`."""
    age, age_group, town, membership, _, place_start, place_members, pool_start, pool_members, threshold, alias = world
    target = NOBODY
    if setting == _COMMUNITY:
        words = draw(seed, use, infector, ordinal, episode)
        group = pick_weighted(threshold, alias, int(age_group[age[infector]]), words[0], words[1])
        pool = town[infector] * threshold.shape[1] + group
        begin = pool_start[pool]
        count = pool_start[pool + 1] - begin
        if count > 0:
            target = int(pool_members[begin + one_of(count, words[2], words[3])])
    else:
        place = membership[infector, setting - 1]
        at = place_start[place] + slot
        if at < place_start[place + 1]:
            target = int(place_members[at])
    return NOBODY if target == infector else target


@part
def tie_of(
    row,
    # now
    seed,
    # reads
    streams,
    crowd,
    attempts,
):
    """Tie draw of an attempt or arrival: of those due in one second the smallest comes first."""
    infector = int(attempts[row, INFECTOR])
    stream = stream_of(attempts[row, MOMENT])
    ordinal = int(attempts[row, ORDINAL])
    if infector < 0:
        words = draw(seed, use_of(_TIE, 0, ARRIVAL_LAYERS - stream), infector, ordinal, 0)
    else:
        episode = episode_of(attempts[row, MOMENT])
        words = draw(seed, use_of(_TIE, streams[0][stream], streams[1][stream]), infector, ordinal, episode)
    return (words[0] << 31) | (words[1] >> 1)

