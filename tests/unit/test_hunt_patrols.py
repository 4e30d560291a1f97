"""Patrols: they destroy hunters at their rate, and kill people by mistake at their share."""

from __future__ import annotations

import numpy as np
import pytest

from chance import assert_share
from hunted import arrays, effects, made, order, without, world
from hyosan.engine.city import hunted as h
from hyosan.rules.codes import Effect, Errand, Outcome


def test_patrols_destroy_what_they_say_and_only_hunters():
    run = made(order("patrol", mistakes=0)).run()
    by_strikes = int((run.hunt()["strikes"]["outcome"] == Outcome.DESTROYED).sum())
    ended = run.transitions()["to_state"] == run.state_names.index("destroyed")
    assert effects(run, Effect.DESTROYED) + by_strikes == ended.sum() == run.summary()["destroyed"]
    assert effects(run, Effect.DESTROYED) > 10
    before = run.transitions()["from_state"][ended]
    assert (before == run.state_names.index("hunting")).all()
    assert run.totals()["killed"] == effects(run, Effect.KILLED) == 0
    assert run.summary()["infected"] < without().summary()["infected"]


def _stand(run, person, cell, kind):
    """Put somebody into the list of a cell, as `link` does."""
    state = arrays(run)
    head = state[h.HEAD][cell, kind]
    state[h.NEXT][person], state[h.BEFORE][person] = head, -1
    if head >= 0:
        state[h.BEFORE][head] = person
    state[h.HEAD][cell, kind] = person
    state[h.NUMBER][cell, kind] += 1
    state[h.COUNTS][kind] += 1
    state[h.CELL][person] = cell


def crowded(mistakes, units, per_hour, hunters=2500, people=2500, **keys):
    """A run with a crowd of hunters and people on the move in one street, one step of a patrol before its end."""
    run = made(order("patrol", "2026-03-02T10:00:00", units=units, per_hour=per_hour, mistakes=mistakes, **keys))
    state, cell = arrays(run), 558
    home = run._hunting.streets[h.BUILDING_CELL][run._hunting.streets[h.ANCHOR][:, h.HOME]]
    for person in range(hunters + people):
        state[h.STILL][home[person], world().people.schedule[person]] -= 1
        state[h.ERRAND][person] = Errand.LEAVING
        if person < hunters:
            state[h.ROLE][person] = h.HUNTS
        _stand(run, person, cell, h.HUNTER if person < hunters else h.MOVER)
    run._hunting._obey(run._state, run._state.hunted, 0, 600)
    return run


def count(run, effect):
    return int(arrays(run)[h.EFFECTS][:, 0, effect].sum())


@pytest.mark.parametrize("mistakes", [0.05, 0.5])
def test_mistakes_are_their_share_of_shots(mistakes):
    run = crowded(mistakes, units=1000, per_hour=6.0)
    destroyed, killed = count(run, Effect.DESTROYED), count(run, Effect.KILLED)
    assert_share(killed, destroyed, mistakes)
    ended_as = arrays(run)[h.ENDED_AS][arrays(run)[h.ENDED_AT] == 0]
    law = run._hunting.law
    assert (ended_as == law[h.KILLED]).sum() == killed
    assert (ended_as == law[h.DESTROYED]).sum() == destroyed
    open_bits = np.unpackbits(run._state.open_bits.view(np.uint8), count=10_000, bitorder="little")
    assert not open_bits[arrays(run)[h.ENDED_AS] == law[h.KILLED]].any()


def test_units_destroy_hunters_at_their_rate():
    """One of 1000 units destroys a Poisson number of mean 6 an hour: 1000 in ten minutes."""
    destroyed = count(crowded(0, units=1000, per_hour=6.0), Effect.DESTROYED)
    assert abs(destroyed - 1000) < 4.9 * 1000**0.5, "beyond 4.9 standard deviations once in a million"
    assert count(crowded(0, units=1000, per_hour=360.0, hunters=500), Effect.DESTROYED) == 500


def test_who_is_hit_does_not_depend_on_the_order_of_lists():
    one = crowded(0.3, units=50, per_hour=6.0)
    run = made(order("patrol", "2026-03-02T10:00:00", units=50, per_hour=6.0, mistakes=0.3))
    state = arrays(run)
    for person in reversed(range(5000)):
        state[h.ERRAND][person] = Errand.LEAVING
        state[h.ROLE][person] = h.HUNTS if person < 2500 else h.LIVES
        _stand(run, person, 558, h.HUNTER if person < 2500 else h.MOVER)
    run._hunting._obey(run._state, run._state.hunted, 0, 600)
    assert (arrays(one)[h.ENDED_AS] == state[h.ENDED_AS]).all()
    assert (state[h.ENDED_AT] == 0).sum() > 50
