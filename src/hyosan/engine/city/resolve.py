"""Resolution: which place an attempt is made in, and who sits there."""

import numpy as np

from hyosan.engine.attempts import INFECTOR, MOMENT, ORDINAL, episode_of, stream_of
from hyosan.engine.city.where import FIRST, MEMBERS, age_of, district_of
from hyosan.jit import part
from hyosan.rules.codes import Setting
from hyosan.rules.random import Draw, draw, one_of, pick_weighted, use_of

_TARGET = int(Draw.TARGET)
_TIE = int(Draw.TIE)
_COMMUNITY = int(Setting.COMMUNITY)
_SHOP = int(Setting.SHOP)
_LEISURE = int(Setting.LEISURE)

NOBODY = -1

EVERYBODY = np.uint64(0xFFFFFFFFFFFFFFFF)
"""Every schedule is present."""

ARRIVAL_LAYERS = 282
"""Less the kind of an arrival: the layer of its tie draw."""


@part
def somebody_present(bounds, pool, members, present, high, low):
    """One of a pool whose schedules are present, each with the same chance, or `NOBODY`.

    Args:
        bounds: Members of pool q with schedule s are `members[bounds[q, s]:bounds[q, s + 1]]`.
        present: A bit a schedule.
    """
    schedules = bounds.shape[1] - 1
    count = 0
    for schedule in range(schedules):
        here = int((present >> np.uint64(schedule)) & np.uint64(1))
        count += here * (bounds[pool, schedule + 1] - bounds[pool, schedule])
    if count == 0:
        return NOBODY
    chosen = one_of(count, high, low)
    for schedule in range(schedules):
        if (present >> np.uint64(schedule)) & np.uint64(1) != np.uint64(0):
            size = bounds[pool, schedule + 1] - bounds[pool, schedule]
            if chosen < size:
                return int(members[bounds[pool, schedule] + chosen])
            chosen -= size
    return NOBODY


@part
def target_of(
    infector,
    setting,
    place,
    slot,
    minute,
    use,
    ordinal,
    episode,
    # now
    seed,
    # reads
    world,
):
    """Person at whom an attempt is aimed, or `NOBODY`.

    Args:
        place: Place of the infector, where the setting has places.
        minute: Minute of the week.
    """
    traits, places, members = world[0], world[2], world[3]
    if setting == _COMMUNITY or setting == _SHOP or setting == _LEISURE:
        words = draw(seed, use, infector, ordinal, episode)
        everywhere, present = world[12][0], world[12][7]
        here = EVERYBODY if everywhere else present[setting, minute]
        if setting == _COMMUNITY:
            age_group, town, threshold, alias = world[4:8]
            group = pick_weighted(threshold, alias, int(age_group[age_of(traits, infector)]), words[0], words[1])
            pool = town[infector] * threshold.shape[1] + group
            target = somebody_present(world[8], pool, world[9], here, words[2], words[3])
        else:
            target = somebody_present(world[10], district_of(traits, infector), world[11], here, words[2], words[3])
    else:
        target = int(members[places[place, FIRST] + slot]) if slot < places[place, MEMBERS] else NOBODY
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

