"""Ties: of attempts that are due in one second the one with the smallest draw comes first."""

from hyosan.engine.attempts import INFECTOR, MOMENT, ORDINAL, episode_of, stream_of
from hyosan.jit import part
from hyosan.rules.random import Draw, draw, use_of

_TIE = int(Draw.TIE)

ARRIVAL_LAYERS = 282
"""Less the kind of an arrival: the layer of its tie draw."""


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
