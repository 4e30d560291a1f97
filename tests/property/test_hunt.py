"""What holds in every hunt: who strikes has turned and is not destroyed, nobody leaps, sealed houses are safe."""

from functools import cache

import numpy as np
import pytest

from hyosan.engine.city import hunted as h
from hyosan.engine.crowd import NEVER
from hyosan.rules.codes import Errand, Outcome
from hyosan.scenario.load import load
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build

HOUR = 3600
SMALL = {
    "people": 10_000,
    "duration": "100 hours",
    "interventions": [],
    "infected_at_start.count": 20,
    "pathogen.alpha": 0.05,
}


def plan(**more):
    return load("hyosan", set={**SMALL, **more})


@cache
def world():
    return build(plan())


@cache
def hunt(seed=1):
    return Simulation(plan(), world(), seed=seed).run()


def hunters_of(run):
    """(Second from which, second until which) everybody hunts, (people,)."""
    changes, hunting = run.transitions(), run.state_names.index("hunting")
    begin, until = np.full((2, len(run.world.people)), NEVER, np.int64)
    into, out = changes["to_state"] == hunting, changes["from_state"] == hunting
    begin[changes["person"][into]] = changes["time_s"][into]
    until[changes["person"][out]] = changes["time_s"][out]
    return begin, until


@pytest.mark.parametrize("seed", [1, 2])
def test_who_strikes_has_turned_and_is_not_destroyed_and_whom_it_strikes_was_never_infected(seed):
    run = hunt(seed)
    strikes, infections = run.hunt()["strikes"], run.infections()
    assert len(strikes["time_s"]) > 500, "the test sees something"
    assert set(strikes["outcome"].tolist()) == {int(outcome) for outcome in Outcome}
    begin, until = hunters_of(run)
    assert (strikes["time_s"] >= begin[strikes["hunter"]]).all()
    assert (strikes["time_s"] <= until[strikes["hunter"]]).all()
    last = strikes["time_s"] == until[strikes["hunter"]]
    assert (strikes["outcome"][last] == Outcome.DESTROYED).all()
    assert (last == (strikes["outcome"] == Outcome.DESTROYED)).all(), "a destroyed hunter does nothing"
    infected = np.full(len(run.world.people), NEVER, np.int64)
    infected[infections["infectee"]] = infections["time_s"]
    assert (strikes["time_s"] <= infected[strikes["person"]]).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_every_bite_that_takes_is_an_infection_and_every_hunter_destroyed_is_counted(seed):
    run = hunt(seed)
    strikes, infections = run.hunt()["strikes"], run.infections()
    bitten = strikes["outcome"] == Outcome.BITTEN
    ours = sorted(zip(*(strikes[name][bitten].tolist() for name in ("time_s", "person", "hunter")), strict=True))
    later = infections["infector"] >= 0
    theirs = zip(*(infections[name][later].tolist() for name in ("time_s", "infectee", "infector")), strict=True)
    assert ours == sorted(theirs)
    assert run.summary()["destroyed"] == (strikes["outcome"] == Outcome.DESTROYED).sum()
    assert run.summary()["infected"] == 20 + bitten.sum()


def test_a_pause_after_every_strike():
    strikes = hunt().hunt()["strikes"]
    order = np.lexsort((strikes["time_s"], strikes["hunter"]))
    same = np.diff(strikes["hunter"][order]) == 0
    assert np.diff(strikes["time_s"][order])[same].min() >= 60


def test_nobody_leaps():
    """Step by step hunters and people on the move are where they were, or next to it."""
    run = Simulation(plan(step="30 seconds"), world(), seed=3)
    beside = run._hunting.streets[h.NEIGHBOUR]
    moved = 0
    before = None
    while run.now < 36 * HOUR:
        run.step()
        if run.now < 20 * HOUR:
            continue
        arrays = run._state.hunted.arrays
        on_the_way = (arrays[h.ROLE] == h.HUNTS) | np.isin(arrays[h.ERRAND], (Errand.HOMEWARD, Errand.LEAVING))
        on_the_way &= arrays[h.ROLE] != h.GONE
        now = np.where(on_the_way, arrays[h.CELL], -1)
        if before is not None:
            both = (now >= 0) & (before[0] >= 0) & (arrays[h.ROLE] == before[1])
            changed = np.flatnonzero(both & (now != before[0]))
            assert (beside[before[0][changed]] == now[changed, None]).any(axis=1).all()
            moved += len(changed)
        before = now, arrays[h.ROLE].copy()
    assert moved > 1000


def test_a_sealed_house_with_nobody_bitten_inside_loses_nobody():
    sealed = {"pathogen.bite.breaking": 0.0, "flight.forays": "0 seconds", "flight.leave": 0.0, "flight.shelter": 0.0}
    run = Simulation(plan(**sealed), world(), seed=1).run()
    tables = run.hunt()
    strikes, breaks, flights = tables["strikes"], tables["breaks"], tables["flights"]
    assert breaks["from_inside"].all()
    opened = np.full(len(world().streets.building_cell), NEVER, np.int64)
    opened[breaks["building"]] = breaks["time_s"]
    inside = strikes["building"] >= 0
    assert inside.sum() > 10
    assert (strikes["time_s"][inside] >= opened[strikes["building"][inside]]).all()
    # Who has gone in for good, where nobody turned, is never struck again.
    home = run._hunting.streets[h.ANCHOR][:, h.HOME]
    went_in = np.full(len(home), NEVER, np.int64)
    stays = flights["errand"] == Errand.STAYS
    went_in[flights["person"][stays]] = flights["time_s"][stays]
    safe = opened[home[strikes["person"]]] == NEVER
    assert (strikes["time_s"][safe] <= went_in[strikes["person"][safe]]).all()
    assert stays.sum() > 300


def test_without_hunters_nothing_happens():
    run = Simulation(plan(**{"infected_at_start.count": 0}), world(), seed=1).run()
    assert all(len(run.hunt()[name]["time_s"]) == 0 for name in ("strikes", "flights", "breaks", "presence"))
    assert run.totals()["susceptible"] == 10_000


def test_bitten_people_who_never_turn_change_nothing():
    run = Simulation(plan(), world(), seed=1)
    while run.now < 2 * HOUR:
        run.step()
    assert run.summary()["turned"] == 0
    assert not run.hunt()["flights"]["time_s"].size
