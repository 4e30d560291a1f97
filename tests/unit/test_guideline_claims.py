"""The claims of IMO and NIST: their laws, plans and checks; and some of them, run."""

import math

import numpy as np
import pytest
from scipy import stats

from hyosan.engine.building.ground import ground_of
from hyosan.floorplan.check import faults
from hyosan.verification import names, run
from hyosan.verification.claim import Effort
from hyosan.verification.decks import deck, hall_and_stair, lanes, ramp, two_exits
from hyosan.verification.imo import CORNER_BOXES, men, outside
from hyosan.verification.nist_flows import STUDIES, squared_correlation
from hyosan.verification.starts import LAWS, gamma_below, start_times
from hyosan.verification.walks import Film

FALSE_ALARM = 1e-4
SCIPY = {
    "uniform": stats.uniform(10.0, 90.0),
    "gamma": stats.gamma(1.291, scale=103.901),
    "lognormal": stats.lognorm(0.967, scale=math.exp(4.586)),
    "weibull": stats.weibull_min(1.195, scale=139.285),
}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.family)
def test_start_times_follow_their_law(law):
    """By scipy's law and test; a right sampler fails once in ten thousand seeds."""
    times = np.array(start_times(7, 4000, law))
    assert stats.kstest(times, SCIPY[law.family].cdf).pvalue > FALSE_ALARM
    assert law.below(np.sort(times)) == pytest.approx(SCIPY[law.family].cdf(np.sort(times)), abs=1e-12)


def test_a_person_keeps_its_start_time_whoever_else_is_there():
    assert start_times(3, 5, LAWS[1]) == pytest.approx(start_times(3, 50, LAWS[1])[:5], abs=0.0)
    assert (start_times(3, 5, LAWS[1], 1) != start_times(3, 5, LAWS[1])).all()


@pytest.mark.parametrize("x", [0.0, 0.01, 0.7, 3.0, 40.0])
def test_gamma_series(x):
    assert gamma_below(1.291, x) == pytest.approx(stats.gamma(1.291).cdf(x), abs=1e-13)


@pytest.mark.parametrize(
    "plan", [deck(), ramp(), two_exits(), lanes(3), hall_and_stair(1.2, upward=True), hall_and_stair(1.2, upward=False)]
)
def test_plans_are_sound_and_can_be_walked(plan):
    assert not faults(plan)
    assert len(ground_of(plan).side) >= len(plan.doors)


def test_places_outside_the_corner_are_counted():
    place = np.array([[[5.0, 1.0], [5.0, 2.5]], [[11.0, 9.0], [np.nan, np.nan]]])
    film = Film(np.array([0.0, 0.05]), np.zeros((2, 2), int), place, np.array([0, -1]))
    assert outside(film, CORNER_BOXES) == 1


def test_men_are_as_fast_as_the_table_says():
    speeds = men(1, 2000)
    assert stats.kstest(speeds, stats.uniform(0.97, 0.65).cdf).pvalue > FALSE_ALARM


def test_studies_have_a_lowest_and_a_highest_flow():
    assert all(low < high for low, high in STUDIES.values())
    assert squared_correlation((1.0, 2.0, 3.0), [2.0, 4.0, 6.0]) == pytest.approx(1.0)


CHEAP = [
    "imo-1",
    "imo-2",
    "imo-3",
    "imo-5",
    "imo-10",
    "nist-2-1",
    "nist-2-2",
    "nist-2-4",
    "nist-2-9",
    "nist-3-2",
    "nist-4-1",
]


def test_cheap_claims_pass():
    claims = list(run(CHEAP, quick=True))
    assert [claim.verdict for claim in claims] == ["pass"] * len(CHEAP)


def test_what_is_out_of_scope_is_skipped_with_its_reason():
    for claim in run(["nist-2-5", "nist-iso-18", "nist-iso-19"]):
        assert claim.verdict == "skip"
        assert "smoke" in claim.claim


def test_all_tests_of_the_circular_are_there():
    assert {f"imo-{number}" for number in range(1, 12)} <= set(names())
    assert Effort(quick=True).size(1, 2) == 1
