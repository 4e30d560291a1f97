"""What a run will need is known before anything is allocated."""

from __future__ import annotations

import pytest

from hyosan.errors import ScenarioError
from hyosan.scenario import cost
from hyosan.scenario.cost import cost_of
from hyosan.scenario.load import from_table, load
from hyosan.scenario.model import resolved


def test_a_run_that_cannot_fit_is_refused_with_one_message(monkeypatch):
    monkeypatch.setattr(cost, "memory_of_machine", lambda: 8 * 10**9)
    with pytest.raises(ScenarioError) as caught:
        load("well-mixed", set={"people": 1_000_000_000})
    (problem,) = caught.value.problems
    assert str(problem).startswith("--set: people: 1,000,000,000 people, of whom about 796,812,")
    assert "but this machine has 8.0 GB. Lower people." in str(problem)


@pytest.mark.parametrize(
    ("name", "key"), [("closed-cells", "cells"), ("households", "households"), ("hyosan", "people")]
)
def test_the_key_to_lower_is_named(monkeypatch, name, key):
    monkeypatch.setattr(cost, "memory_of_machine", lambda: 1000)
    with pytest.raises(ScenarioError, match=rf"^catalogue/scenarios/{name}\.toml:\d+:1: {key}: .* Lower {key}\.$"):
        load(name)


def test_tables_of_a_run_made_elsewhere_are_read_whatever_they_needed(monkeypatch):
    table = resolved(load("well-mixed"))
    monkeypatch.setattr(cost, "memory_of_machine", lambda: 1000)
    assert from_table(table).people == 10_000


def test_a_machine_that_does_not_say_is_trusted(monkeypatch):
    monkeypatch.setattr(cost, "memory_of_machine", lambda: None)
    assert load("well-mixed", set={"people": 2_000_000_000}).people == 2_000_000_000


def test_this_machine_says_how_much_memory_it_has():
    size = cost.memory_of_machine()
    assert size is None or size > 10**8


@pytest.mark.parametrize(("number", "share"), [(0.5, 0.001), (1.2, 0.3147), (2, 0.7978), (5, 0.9940)])
def test_infections_are_those_of_the_final_size(number, share):
    """The roots of z = 1 - exp(-R z), and a thousandth infected at the start."""
    expected = cost_of(load("well-mixed", set={"pathogen.reproduction_number": number})).infections
    assert expected == pytest.approx(10_000 * share, abs=2)


def test_reinfection_and_immunity_count():
    well = load("well-mixed")
    assert cost_of(load("well-mixed", set={"immune_at_start": 0.6})).infections < 200
    waning = resolved(well)
    del waning["pathogen"]["latent_period"], waning["pathogen"]["infectious_period"]
    waning["pathogen"]["states"] = {
        "ill": {
            "infectiousness": 1,
            "dwell": {"distribution": "fixed", "mean": "30 days"},
            "next": [{"to": "susceptible"}],
        }
    }
    assert cost_of(from_table(waning)).infections > 100 * cost_of(well).infections


def test_counts_every_minute_of_many_years_are_refused_where_they_do_not_fit(monkeypatch):
    changes = {"duration": "40 years", "records.counts": "1 minute", "people": 1000, "end_when_over": False}
    monkeypatch.setattr(cost, "memory_of_machine", lambda: 64 * 10**9)
    assert cost_of(load("well-mixed", set=changes)).counts == 5 * (40 * 525_960 + 2)
    monkeypatch.setattr(cost, "memory_of_machine", lambda: 4 * 10**9)
    with pytest.raises(ScenarioError, match=r"records\.counts: makes .* Count less often\."):
        load("well-mixed", set=changes)
