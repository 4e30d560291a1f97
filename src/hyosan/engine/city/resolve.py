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
def somebody_present(bounds, pool, present, high, low):
    """Where one of a pool stands whose schedule is present, each with the same chance, or -1.

    Args:
        bounds: Members of pool q with schedule s stand from `bounds[q, s]` to `bounds[q, s + 1]`.
        present: A bit a schedule.
    """
    schedules = bounds.shape[1] - 1
    count = 0
    for schedule in range(schedules):
        here = int((present >> np.uint64(schedule)) & np.uint64(1))
        count += here * (bounds[pool, schedule + 1] - bounds[pool, schedule])
    if count == 0:
        return -1
    chosen = one_of(count, high, low)
    schedule = 0
    while True:
        if (present >> np.uint64(schedule)) & np.uint64(1) != np.uint64(0):
            size = bounds[pool, schedule + 1] - bounds[pool, schedule]
            if chosen < size:
                return bounds[pool, schedule] + chosen
            chosen -= size
        schedule += 1


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

