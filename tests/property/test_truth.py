"""What holds in every outbreak, whatever the pathogen and the world."""

from itertools import pairwise

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from breadth import some
from hyosan.rules.codes import Reason, Route, Setting
from hyosan.rules.progression import SUSCEPTIBLE
from property.outbreaks import looked_at, pathogens, replayed, scenarios, simulation, worlds

SEEDS = st.integers(0, 2**64 - 1)


@settings(max_examples=some(150))
@given(scenarios(), worlds(), SEEDS)
def test_people_are_conserved_at_every_step(scenario, world, seed):
    run = simulation(scenario, world, seed=seed)
    assume(run is not None)
    at_start = run.states_at_start()
    for _ in looked_at(run):
        assert sum(run.totals().values()) == len(world.people)
        assert (replayed(run, at_start) == run.states()).all()
        assert (run.transitions()["time_s"] < run.now).all()
    last = run.counts()
    final = last["time_s"] == run.now
    assert last["count"][final].sum() == len(world.people)
    assert (last["count"] >= 0).all()


def spells(run):
    """Time and states of everybody, in order: {person: [(second, state entered)]}."""
    changes = run.transitions()
    entered = {}
    for second, person, state in zip(changes["time_s"], changes["person"], changes["to_state"], strict=True):
        entered.setdefault(int(person), []).append((int(second), int(state)))
    return entered


@settings(max_examples=some(150))
@given(scenarios(), worlds(), SEEDS)
def test_nobody_is_infected_before_their_infector(scenario, world, seed):
    run = simulation(scenario, world, seed=seed)
    assume(run is not None)
    infections = run.run().infections()
    entered = spells(run)
    infectious = run.course.infectiousness > 0
    seen = {}
    for row in range(len(infections["time_s"])):
        second, infectee, infector = (int(infections[name][row]) for name in ("time_s", "infectee", "infector"))
        assert infectee != infector
        assert int(infections["episode"][row]) == seen.get(infectee, [0, 0])[1] + 1
        if infector >= 0:
            assert seen[infector][0] <= second
            # Some state that the infector was in during this second infects.
            before = [state for when, state in entered[infector] if when <= second]
            now = [state for when, state in entered[infector] if when == second]
            there = {before[-1 - len(now)]} if len(before) > len(now) else set()
            assert any(infectious[state] for state in there.union(now))
            assert infections["route"][row] >= Route.AIR
        else:
            assert infections["route"][row] in (Route.START, Route.IMPORTATION)
            assert infections["setting"][row] == Setting.NONE
        seen[infectee] = [second, int(infections["episode"][row])]


@settings(max_examples=some(150))
@given(scenarios(), worlds(), SEEDS)
def test_infections_happen_where_both_belong(scenario, world, seed):
    run = simulation(scenario, world, seed=seed)
    assume(run is not None)
    infections = run.run().infections()
    people = world.people
    for row in np.flatnonzero(infections["infector"] >= 0):
        infectee, infector = infections["infectee"][row], infections["infector"][row]
        setting, place = int(infections["setting"][row]), int(infections["place"][row])
        if setting == Setting.COMMUNITY:
            assert place == -1
            assert people.town[infectee] == people.town[infector]
        else:
            assert people.membership[infectee, setting - 1] == people.membership[infector, setting - 1] == place


@settings(max_examples=some(150))
@given(scenarios(), worlds(), SEEDS)
def test_every_attempt_is_accepted_refused_or_waiting(scenario, world, seed):
    run = simulation(scenario, world, seed=seed)
    assume(run is not None)
    immune = int((run.states_at_start() != SUSCEPTIBLE).sum())
    assert immune == run.summary()["immune_at_start"]
    for _ in looked_at(run):
        refusals, infections = run.refusals(), run.infections()
        accepted = refusals["reason"] == Reason.NONE
        assert refusals["count"].sum() == run.emitted() - run.waiting()
        assert refusals["count"][accepted].sum() == len(infections["time_s"])
        for setting in Setting:
            here = accepted & (refusals["setting"] == setting)
            assert refusals["count"][here].sum() == (infections["setting"] == setting).sum()
        days = np.bincount(infections["time_s"] // 86400, minlength=200)
        counted = np.bincount(refusals["day"][accepted], refusals["count"][accepted], minlength=200)
        assert (days == counted).all()


@settings(max_examples=some(60))
@given(st.data(), worlds(), SEEDS)
def test_zero_transmission_infects_nobody(data, world, seed):
    pathogen = data.draw(pathogens())
    pathogen["routes"] = {"air": dict.fromkeys(("home", "class", "team", "community"), 0.0)}
    run = simulation(data.draw(scenarios(pathogen=pathogen)), world, seed=seed)
    assume(run is not None)
    assert (run.run().infections()["infector"] == -1).all()


def test_more_transmission_never_means_fewer_infections():
    """Over paired seeds, the mean number of infections rises with the hazard, at every rung by far more than chance."""
    from hyosan.scenario.model import Scenario
    from hyosan.simulation import Simulation
    from hyosan.world.synthesis import build

    def infected(number, seed):
        plan = Scenario.model_validate(
            {
                "schema": 1,
                "duration": "100 days",
                "world": {"kind": "closed-cells"},
                "cells": 400,
                "people": 30,
                "infected_at_start": 1,
                "pathogen": {
                    "name": "rung",
                    "reproduction_number": number,
                    "routes": {"air": {"community": 1.0}},
                    "infectious_period": {"distribution": "exponential", "mean": "3 days"},
                },
            }
        )
        return len(Simulation(plan, build(plan), seed=seed).run().infections()["time_s"])

    rungs = [[infected(number, seed) for seed in range(6)] for number in (0.0, 0.5, 0.9, 1.3, 2.0, 4.0)]
    means = [np.mean(rung) for rung in rungs]
    assert means == sorted(means)
    assert rungs[0] == [400] * 6
    for lower, higher in pairwise(rungs):
        assert all(high > low for low, high in zip(lower, higher, strict=True))
