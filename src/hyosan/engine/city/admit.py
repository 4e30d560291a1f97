"""Admission where nobody is infected twice: of the attempts at one person the first one infects.

People are cut into ranges; each range admits the attempts at its own people, so that none waits for another.
"""

from hyosan.engine.attempts import COLUMNS, INFECTOR, MOMENT, ORDINAL, TARGET, second_of, stream_of
from hyosan.engine.city.given import INFECTED_AT, OPEN
from hyosan.engine.city.tie import tie_of
from hyosan.engine.crowd import close, is_open
from hyosan.jit import kernel, part
from hyosan.rules.codes import Reason
from hyosan.units import day as DAY

_NONE = int(Reason.NONE)
_IMMUNE = int(Reason.IMMUNE)


@part
def comes_before(one, other, seed, streams, crowd, first, second):
    """Whether a row of `first` comes before one of `second` in the same second: by tie draw, then infector."""
    tie = tie_of(one, seed, streams, crowd, first)
    other_tie = tie_of(other, seed, streams, crowd, second)
    if tie != other_tie:
        return tie < other_tie
    for column in (INFECTOR, ORDINAL, MOMENT):
        if first[one, column] != second[other, column]:
            return first[one, column] < second[other, column]
    return False


@kernel
def admit(
    lowest,
    highest,
    day,
    # now
    seed,
    # reads
    due,
    kept,
    bounds,
    counts,
    streams,
    # writes
    crowd,
    winners,
    tally,
):
    """Admit the attempts at people from `lowest` up to `highest`; the count of rows written to `winners`.

    Args:
        kept: Rows of `due`, in pieces that begin at `bounds` and have `counts` rows.
    """
    infected_at, bits = crowd[INFECTED_AT], crowd[OPEN]
    base = day * DAY
    for piece in range(len(counts)):
        for place in range(bounds[piece], bounds[piece] + counts[piece]):
            row = kept[place]
            target = int(due[row, TARGET])
            if lowest <= target < highest:
                second = base + second_of(due[row, MOMENT])
                infected_at[target] = min(infected_at[target], second)
    found = 0
    for piece in range(len(counts)):
        for place in range(bounds[piece], bounds[piece] + counts[piece]):
            row = kept[place]
            target = int(due[row, TARGET])
            if not lowest <= target < highest:
                continue
            stream = stream_of(due[row, MOMENT])
            if infected_at[target] != base + second_of(due[row, MOMENT]):
                tally[stream, _IMMUNE] += 1
                continue
            at = found
            if is_open(bits, target):
                close(bits, target)
                found += 1
            else:
                at -= 1
                while winners[at, TARGET] != target:
                    at -= 1
                if not comes_before(row, at, seed, streams, crowd, due, winners):
                    tally[stream, _IMMUNE] += 1
                    continue
                tally[stream_of(winners[at, MOMENT]), _IMMUNE] += 1
                tally[stream_of(winners[at, MOMENT]), _NONE] -= 1
            tally[stream, _NONE] += 1
            for column in range(COLUMNS):
                winners[at, column] = due[row, column]
    return found
