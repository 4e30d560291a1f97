"""A simulation at its edges: long times, odd durations, ends, states of strangers, routes, levels."""

import numpy as np
import pytest

from chance import assert_share
from hyosan.engine.attempts import MOST_EPISODES
from hyosan.errors import HyosanError, RunError
from hyosan.rules.codes import Route
from hyosan.scenario.load import from_table
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build
from parity.outbreaks import OUTBREAKS, PLAIN

DAY = 86400


def _simulation(seed=1, **more):
    table = {"schema": 1, "duration": "100 days", "world": {"kind": "well-mixed"}, "people": 1000, "pathogen": PLAIN}
    scenario = from_table({key: value for key, value in {**table, **more}.items() if value is not None})
    return Simulation(scenario, build(scenario), seed=seed)


@pytest.mark.parametrize("years", [30, 60, 70, 100])
def test_times_beyond_the_range_of_a_32_bit_second_are_for_ever(years):
    """Infectious for 60 years or for 100 is the same in a run of 300 days."""
    pathogen = {
        "name": "slow",
        "routes": {"air": {"community": 0.01}},
        "infectious_period": {"distribution": "fixed", "mean": f"{years} years"},
    }
    run = _simulation(pathogen=pathogen, infected_at_start=5, duration="300 days").run()
    assert run.summary()["infected"] == 1000


def test_late_in_a_long_run_a_long_illness_still_infects():
    pathogen = {
        "name": "slow",
        "routes": {"air": {"community": 0.01}},
        "infectious_period": {"distribution": "fixed", "mean": "30 years"},
    }
    late = [{"date": "2066-01-01", "count": 5}]
    run = _simulation(pathogen=pathogen, importations=late, duration="45 years").run()
    assert run.summary()["infected"] == 1000


@pytest.mark.parametrize("duration", ["1 second", "7 hours", "36 hours", "1000001 seconds"])
def test_a_run_that_ends_within_a_day_is_the_beginning_of_a_longer_one(duration):
    long = _simulation(infected_at_start=20).run()
    short = _simulation(infected_at_start=20, duration=duration).run()
    inside = long.infections()["time_s"] < short.end
    assert short.now == short.end
    assert np.array_equal(short.infections()["infectee"], long.infections()["infectee"][inside])


@pytest.mark.parametrize("step", ["10 minutes", "1 hour", "1 day"])
def test_an_outbreak_that_is_over_ends_at_midnight_whatever_the_step(step):
    """With waning, what is recorded after the last infectious person depends on when the run ends."""
    states = {
        "infectious": {
            "dwell": {"distribution": "exponential", "mean": "2 days"},
            "next": [{"to": "recovered"}],
            "infectiousness": 1.0,
        },
        "recovered": {"dwell": {"distribution": "exponential", "mean": "3 days"}, "next": [{"to": "susceptible"}]},
    }
    pathogen = {"name": "sirs", "reproduction_number": 1.1, "routes": {"air": {"community": 1.0}}, "states": states}
    more = {"pathogen": pathogen, "people": 60, "infected_at_start": 3, "end_when_over": True, "duration": "900 days"}
    run = _simulation(**more, step=step)
    while not run.finished:
        run.step()
    assert run.now % DAY == 0
    assert run.summary()["digest"] == _simulation(**more).run().summary()["digest"]


def test_a_run_is_not_over_while_somebody_is_dying():
    states = {
        "infectious": {
            "dwell": {"distribution": "fixed", "mean": "1 day"},
            "next": [{"to": "ward"}],
            "infectiousness": 1.0,
        },
        "ward": {"dwell": {"distribution": "fixed", "mean": "30 days"}, "next": [{"to": "dead"}]},
        "dead": {"dead": True},
    }
    pathogen = {"name": "fatal", "reproduction_number": 0.0, "routes": {"air": {"community": 1.0}}, "states": states}
    run = _simulation(pathogen=pathogen, infected_at_start=7, end_when_over=True).run()
    assert run.summary()["dead"] == 7


def test_a_state_is_refused_where_it_does_not_belong():
    state = _simulation(infected_at_start=5).run(until=3 * DAY).state()
    for more in ({"seed": 2}, {"infected_at_start": 6}, {"people": 999}):
        other = _simulation(**{"infected_at_start": 5, **more})
        with pytest.raises(HyosanError, match="another scenario, world or seed"):
            Simulation(other.scenario, other.world, seed=other.seed, state=state)


def test_somebody_infected_too_often_to_be_counted_ends_the_run():
    states = {"infectious": {"dwell": {"distribution": "fixed", "mean": "1 second"}, "next": [{"to": "susceptible"}]}}
    pathogen = {"name": "flash", "routes": {"air": {"community": 1.0}}, "states": states}
    run = _simulation(people=1, pathogen=pathogen, importations={"per_day": 10_000.0}, duration="20 days")
    with pytest.raises(RunError, match=f"{MOST_EPISODES} times"):
        run.run()


def test_routes_share_infections_by_the_hazard_at_the_size_of_the_place():
    """Touch falls with the size of the household and air does not: in sixes touch has a sixth of the hazard of air."""
    routes = {"air": {"home": 1.0, "size_exponent": 0.0}, "touch": {"home": 1.0, "size_exponent": 1.0}}
    more = {**OUTBREAKS["households"], "size": 6, "households": 5000, "pair_probability": 0.3}
    table = {**more, "pathogen": {**more["pathogen"], "routes": routes}, "people": None}
    rows = _simulation(**table).run().infections()
    air, touch = (int((rows["route"] == route).sum()) for route in (Route.AIR, Route.TOUCH))
    assert_share(air, air + touch, 6 / 7)


def test_closing_a_setting_lowers_the_number_in_force_and_leaves_the_others_alone():
    """The scale is that of the undisturbed world: with half the community, half of everything that happened there."""
    whole, half, shut = (_simulation(base_level={"community": level}) for level in (1.0, 0.5, 0.0))
    assert whole.hazard_scale == half.hazard_scale == shut.hazard_scale
    assert whole.reproduction_number == pytest.approx(2.0, rel=1e-8)
    assert half.reproduction_number == pytest.approx(1.0, rel=1e-8)
    assert shut.reproduction_number == 0.0
    layered = _simulation(base_level={"community": 0.5}, layers=[{"setting": "community", "bound": 1.0, "level": 0.25}])
    assert layered.reproduction_number == pytest.approx(1.5, rel=1e-8)


def test_a_closed_setting_infects_nobody():
    run = _simulation(base_level={"community": 0.0}, infected_at_start=10).run()
    assert run.summary()["infected"] == 10
