"""A hunt has the same digest however one advances, and wherever its state is taken and put back."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyosan.simulation import Simulation
from parity.outbreaks import BITES, OUTBREAKS, digest_of_hunt, ground_of
from property.outbreaks import digest_of

ALONE = {key: value for key, value in BITES.items() if key != "importations"}
HUNTS = {
    "zombies": {**OUTBREAKS["zombies"], "duration": "3 days"},
    "lattice": {**OUTBREAKS["lattice"], "duration": "5 days"},
    "bites": {**ALONE, "start": "2026-03-02T09:00:00", "duration": "27 hours"},
    "bites, a step at a time": BITES,
    "bites and orders": OUTBREAKS["bites"],
}
CUTS = 4


@cache
def ground(name):
    """Scenario, world and groundwork of a hunt, made once."""
    return ground_of("hunt", HUNTS[name])


def hunt(name, seed, **options):
    """A hunt that has not begun."""
    made = ground(name)
    return Simulation(made.scenario, made.world, seed=seed, groundwork=made, **options)


def said(run):
    """All that a hunt says: digest, digest of its tables, attempts by reason."""
    return digest_of(run), digest_of_hunt(run), run.refusals()["count"].tolist(), run.emitted()


@cache
def straight(name, seed):
    """What a hunt says that is advanced by days, on one thread."""
    return said(hunt(name, seed).run())


@pytest.mark.parametrize("name", HUNTS)
def test_steps_and_days_give_the_same_hunt(name):
    for seed in range(1, 4):
        run = hunt(name, seed)
        while not run.finished:
            run.step()
        assert said(run) == straight(name, seed)


def test_the_hunts_are_hunts():
    for name in HUNTS:
        run = hunt(name, 1).run()
        assert len(run.hunt()["strikes"]["time_s"]) > 30, name
        assert run.summary()["turned"] > 10, name


@pytest.mark.parametrize("name", HUNTS)
@settings(max_examples=15)
@given(st.data(), st.integers(1, 3))
def test_state_taken_in_the_middle_of_a_step_goes_on_to_the_same_digest(name, data, seed):
    """Each hunt is cut at some seconds, each time into another number of threads and pieces."""
    run = hunt(name, seed)
    for second in sorted(data.draw(st.lists(st.integers(0, run.end), min_size=CUTS, max_size=CUTS))):
        taken = run.run(until=second).state()
        assert run.now == second
        assert said(run.run()) == straight(name, seed), "taking a state changed the run that it was taken from"
        run.close()
        threads, pieces = data.draw(st.sampled_from([1, 2, 4])), data.draw(st.integers(1, 17))
        run = hunt(name, seed, threads=threads, pieces=pieces, state=taken)
    assert said(run.run()) == straight(name, seed)
    run.close()
