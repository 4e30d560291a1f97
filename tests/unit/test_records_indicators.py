"""The indicators of whole runs: by hand, of the engine, and where there is little or nothing."""

import json

import numpy as np
import pytest
from made_run import DAY, made, small
from scipy import stats

import hyosan as hy
from chance import assert_counts
from hyosan.errors import RecordsError
from hyosan.indicators.tree import offspring
from hyosan.records.cases import cases_of
from hyosan.records.indicators import indicators
from hyosan.records.run import Records


def without_transitions(records):
    return Records(records.manifest, {n: lambda n=n: records.table(n) for n in records.names if n != "transitions"}, {})


def test_a_small_run_by_hand():
    """Person 3 came in, infected 5 and 2; 5 infected 9; 2 was infected again, by 9. Only 3, 9 and 2's first ended."""
    found = indicators(small())
    assert found["infections"] == 5
    assert found["settled_until"] == "2026-03-03T00:00:00", "5 may still infect"
    assert found["settled_infections"] == 1
    rates = found["attack_rate"]
    assert (rates["susceptible"], rates["infected"]) == (19, 3)
    assert [row["district"] for row in rates["by_district"]] == ["옥동"]
    assert sum(row["infected"] for row in rates["by_age"]) == 3
    assert found["settings"] == [
        {"setting": "home", "infections": 4, "share": 1.0},
        {"setting": "start", "infections": 1, "share": None},
    ]
    assert [row["infections"] for row in found["generations"]] == [1, 2, 1, 1]
    assert [row["reproduction_number"] for row in found["generations"]] == [2, None, None, None]
    assert found["generation_interval"]["pairs"] == 2
    assert found["generation_interval"]["mean_days"] == 1.5
    assert found["serial_interval"]["mean_days"] == 1.5, "both fell ill half a day after infection, as their infector"
    assert found["offspring"]["counts"] == [0, 0, 1]
    assert [row["infections"] for row in found["dates"]] == [1, 1, 1, 1, 0, 0, 1]
    assert found["dates"][0]["cohort_reproduction_number"] == 2
    assert found["dates"][1]["cohort_reproduction_number"] is None
    primary = found["secondary_attack_rate"][0]
    assert (primary["contacts"], primary["infected"]) == (19, 2), "9 is a later generation"


CASES = {
    "nobody": lambda: made([]),
    "no people": lambda: made([], people=0, days=0),
    "one": lambda: made([(0, 0, -1)], people=1, days=1),
    "all imported": lambda: made([(day * DAY, day, -1) for day in range(9)]),
    "small": small,
    "no transitions": lambda: without_transitions(small()),
}


@pytest.mark.parametrize("name", CASES)
def test_whatever_happened_there_are_indicators(name):
    found = indicators(CASES[name]())
    json.dumps(found, allow_nan=False)
    assert found["infections"] == len(CASES[name]().table("infections"))
    if name == "nobody":
        assert found["offspring"] is found["generation_interval"] is None
        assert found["dates"] == found["generations"] == []
    if name == "all imported":
        assert found["settings"] == [{"setting": "start", "infections": 9, "share": None}]


def test_what_transitions_would_tell_is_null_without_them():
    found = indicators(without_transitions(small()))
    assert found["transitions_recorded"] is False
    assert found["serial_interval"] is None
    assert found["offspring"] is None, "whether an infection is over is not known"


def test_tables_that_do_not_fit_are_one_message():
    with pytest.raises(RecordsError, match="does not have"):
        indicators(made([(0, 25, -1)], people=20, days=0))
    with pytest.raises(RecordsError, match="own descendant"):
        indicators(made([(0, 1, 2), (0, 2, 1)]))


@pytest.fixture(scope="module")
def outbreak():
    return hy.simulate("well-mixed", seed=3, set={"people": 20_000, "infected_at_start": 20})


def test_the_engine_and_its_summary_agree(outbreak):
    found = outbreak.indicators()
    assert found["attack_rate"]["attack_rate"] == outbreak.summary["attack_rate"]
    assert found["settled_until"] is None
    assert sum(row["infections"] for row in found["generations"]) == outbreak.summary["infections"]
    assert sum(row["infections"] for row in found["dates"]) == outbreak.summary["infections"]
    assert sum(row["infectees"] for row in found["dates"]) == outbreak.summary["infections"] - 20
    assert found["offspring"]["mean"] == pytest.approx(1 - 20 / outbreak.summary["infections"])


def test_a_run_that_was_cut_short_counts_as_the_whole_one_would(outbreak):
    """What the cut run says of complete days is what the whole run says: catches right truncation."""
    cut = hy.simulate("well-mixed", seed=3, set={"people": 20_000, "infected_at_start": 20}, until="40 days")
    found, whole = cut.indicators(), outbreak.indicators()
    assert found["settled_until"] is not None
    compared = 0
    for early, late in zip(found["dates"], whole["dates"], strict=False):
        for key in ("cohort_reproduction_number", "generation_interval_forward_days", "serial_interval_forward_days"):
            if early[key] is not None:
                assert early[key] == late[key], (early["date"], key)
                compared += 1
    assert compared > 20


def test_a_profile_of_infectiousness_that_ends_settles_without_transitions():
    """Influenza infects for 8.5 days at most; catches a profile that is not read, or read in another unit."""
    changes = {"people": 3000, "pathogen.reproduction_number": 3}
    told = hy.simulate("hyosan-influenza", set=changes, until="30 days")
    untold = hy.simulate("hyosan-influenza", set=changes | {"records.transitions": "none"}, until="30 days")
    found, less = told.indicators(), untold.indicators()
    assert less["serial_interval"] is None
    assert found["serial_interval"]["pairs"] > 10
    assert "2026-03-23T12" <= less["settled_until"] <= found["settled_until"] < "2026-03-26"
    for some, most in zip(less["dates"], found["dates"], strict=False):
        assert some["infections"] == most["infections"]
        assert some["cohort_reproduction_number"] in (None, most["cohort_reproduction_number"])
    assert some["cohort_reproduction_number"] is None
    assert less["dates"][15]["cohort_reproduction_number"] is not None


def test_while_an_epidemic_grows_backward_intervals_are_the_shorter(outbreak):
    dates = outbreak.indicators()["dates"][10:30]
    forward = np.mean([row["generation_interval_forward_days"] for row in dates])
    backward = np.mean([row["generation_interval_backward_days"] for row in dates])
    assert backward < 0.9 * forward


def test_exponential_infectious_times_make_offspring_geometric():
    """Subcritical, so that hardly anybody is depleted: offspring of the 2,000 at the start are geometric with mean 0.5.

    Catches offspring counted of the wrong infection, a fixed infectious time (Poisson) and its Erlang-2.
    """
    changes = {"people": 200_000, "infected_at_start": 2000, "pathogen.reproduction_number": 0.5}
    found = hy.simulate("well-mixed", seed=5, set=changes, until="3 years")._records
    infector = cases_of(found).infector
    counts = np.bincount(offspring(infector)[infector < 0])
    shares = stats.geom.pmf(np.arange(len(counts)) + 1, 2 / 3)
    shares[-1] = stats.geom.sf(len(counts) - 1, 2 / 3)
    assert_counts(counts, shares)
    one = indicators(found)
    assert one["settled_until"] is None
    assert one["offspring"]["dispersion_low"] < 1 < one["offspring"]["dispersion_high"]
