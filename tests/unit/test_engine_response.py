"""The response: doses where people can be infected again."""

import numpy as np

from hyosan.rules.progression import IMMUNE, SUSCEPTIBLE
from hyosan.scenario.load import from_table
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build

DAY = 86400
ILL, OVER = 2, 3


def run_of(dose, days=30):
    """Fifty people all of whom fall ill at once, are over it after 4 days, and susceptible again after 4 more."""
    states = {
        "ill": {"dwell": {"distribution": "fixed", "mean": "4 days"}, "infectiousness": 1.0, "next": [{"to": "over"}]},
        "over": {"dwell": {"distribution": "fixed", "mean": "4 days"}, "next": [{"to": "susceptible"}]},
    }
    vaccinate = {"kind": "vaccinate", "per_day": 50, "uptake": 1.0, "efficacy": 1.0, "delay": "0 days"}
    table = {
        "schema": 1,
        "world": {"kind": "well-mixed"},
        "people": 50,
        "infected_at_start": 50,
        "duration": f"{days} days",
        "importations": [{"date": "2026-03-16", "count": 20}],
        "pathogen": {"name": "again", "routes": {"air": {"community": 1.0}}, "states": states},
        "interventions": [{**vaccinate, "action": "all-or-nothing", "from": dose}],
    }
    scenario = from_table(table)
    return Simulation(scenario, build(scenario)).run()


def changes_of(run):
    """(Second, state before, state after) of every change, each once."""
    changes = run.transitions()
    names = ("time_s", "from_state", "to_state")
    return sorted(set(zip(*(changes[name].tolist() for name in names), strict=True)))


def test_a_dose_makes_those_immune_who_are_susceptible_again():
    run = run_of("2026-03-12")
    infected = [(0, SUSCEPTIBLE, ILL), (4 * DAY, ILL, OVER), (8 * DAY, OVER, SUSCEPTIBLE)]
    assert changes_of(run) == [*infected, (11 * DAY, SUSCEPTIBLE, IMMUNE)]
    assert (run.states() == IMMUNE).all()
    assert len(run.infections()["time_s"]) == 50


def test_what_a_course_had_in_store_does_not_happen_after_a_dose():
    run = run_of("2026-03-07")
    assert changes_of(run) == [(0, SUSCEPTIBLE, ILL), (4 * DAY, ILL, OVER), (6 * DAY, OVER, IMMUNE)]
    assert (run.states() == IMMUNE).all()
    counts = run.counts()
    last = counts["time_s"] == run.now
    assert counts["count"][last & (counts["state"] == IMMUNE)].tolist() == [50]
    assert (counts["count"] >= 0).all()


def test_a_dose_does_not_protect_who_is_ill():
    run = run_of("2026-03-03", days=14)
    assert (8 * DAY, OVER, SUSCEPTIBLE) in changes_of(run)
    assert IMMUNE not in run.states()


def test_on_the_second_of_a_change_the_dose_comes_after_it():
    run = run_of("2026-03-09")
    changes = run.transitions()
    for person in range(50):
        own = np.flatnonzero(changes["person"] == person)
        assert changes["to_state"][own].tolist() == [ILL, OVER, SUSCEPTIBLE, IMMUNE]
