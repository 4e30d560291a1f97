"""Sifting: which of the attempts due can still infect, where nobody is infected twice."""

from hyosan.engine.attempts import INFECTOR, MOMENT, ORDINAL, TARGET, episode_of, second_of, stream_of
from hyosan.engine.city.emit import susceptibility_bound
from hyosan.engine.city.given import OPEN, ORDER_ROWS, SENT_HOME, SYMPTOMS_AT, TRAITS, VACCINATED
from hyosan.engine.city.obey import order_refusal
from hyosan.engine.crowd import is_open
from hyosan.jit import kernel, part, prefetch
from hyosan.rules.codes import Reason
from hyosan.rules.random import Draw, draw, happens, use_of
from hyosan.units import day as DAY

_ACCEPT = int(Draw.ACCEPT)
_IMMUNE = int(Reason.IMMUNE)
_SUSCEPTIBILITY = int(Reason.SUSCEPTIBILITY)


@part
def still_susceptible(row, chance, seed, streams, attempts):
    """Whether an attempt passes a target's susceptibility [2**-30], which may have fallen since it was emitted."""
    stream = stream_of(attempts[row, MOMENT])
    use = use_of(_ACCEPT, streams[0][stream], streams[1][stream])
    episode = episode_of(attempts[row, MOMENT])
    words = draw(seed, use, int(attempts[row, INFECTOR]), int(attempts[row, ORDINAL]), episode)
    return happens(chance, words[1])


@kernel
def sift(
    first,
    last,
    day,
    # now
    seed,
    # reads
    due,
    streams,
    world,
    course,
    crowd,
    orders,
    # writes
    kept,
    tally,
):
    """Write which of the attempts `first` to `last` due now can infect to `kept`, from `first` on; their count."""
    at = first
    bits, vaccinated = crowd[OPEN], crowd[VACCINATED]
    for row in range(first, last):
        if is_open(bits, int(due[row, TARGET])):
            kept[at] = row
            at += 1
        else:
            tally[stream_of(due[row, MOMENT]), _IMMUNE] += 1
    if len(vaccinated) > 0:
        after = first
        for place in range(first, at):
            row = kept[place]
            target = int(due[row, TARGET])
            if due[row, INFECTOR] >= 0 and vaccinated[target]:
                chance = susceptibility_bound(target, world[TRAITS], course, vaccinated)
                if not still_susceptible(row, chance, seed, streams, due):
                    tally[stream_of(due[row, MOMENT]), _SUSCEPTIBILITY] += 1
                    continue
            kept[after] = row
            after += 1
        at = after
    # Where somebody may still give orders, who is at home is left for this day to tell.
    if len(orders[ORDER_ROWS]) > 0 or world[SENT_HOME]:
        after = first
        symptoms_at = crowd[SYMPTOMS_AT]
        if len(symptoms_at) > 0:
            for place in range(first, at):
                prefetch(symptoms_at, max(0, int(due[kept[place], INFECTOR])))
                prefetch(symptoms_at, int(due[kept[place], TARGET]))
        for place in range(first, at):
            row = kept[place]
            if due[row, INFECTOR] >= 0:
                second = day * DAY + second_of(due[row, MOMENT])
                reason = order_refusal(row, second, seed, streams, world, orders, crowd[SYMPTOMS_AT], due)
                if reason > 0:
                    tally[stream_of(due[row, MOMENT]), reason] += 1
                    continue
            kept[after] = row
            after += 1
        at = after
    return at - first
