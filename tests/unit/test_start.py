"""How a run begins: immunity, vaccination, who is infected, and who comes back infected."""

import numpy as np
import pytest
from scipy import stats

from chance import assert_counts, assert_law, assert_share
from hyosan.engine.groundwork import groundwork_of
from hyosan.errors import ScenarioError
from hyosan.rules.codes import Route, Setting
from hyosan.rules.progression import IMMUNE, SUSCEPTIBLE
from hyosan.scenario.load import from_table
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build
from parity.outbreaks import PLAIN

DAY = 86400
STILL = {**PLAIN, "reproduction_number": 0.0}


def _simulation(seed=1, **more):
    scenario = _scenario(**more)
    return Simulation(scenario, build(scenario), seed=seed)


def _scenario(kind="well-mixed", **more):
    table = {"schema": 1, "duration": "100 days", "world": {"kind": kind}, "people": 20_000, "pathogen": STILL, **more}
    return from_table(table)


def test_shares_by_age_are_immune():
    run = _simulation(kind="city", immune_at_start={"from_age": [0, 30, 60], "value": [0.0, 0.25, 1.0]})
    age, state = run.world.people.age, run.states()
    assert (state[age < 30] == SUSCEPTIBLE).all()
    assert (state[age >= 60] == IMMUNE).all()
    middle = (age >= 30) & (age < 60)
    assert_share((state[middle] == IMMUNE).sum(), middle.sum(), 0.25)


def test_an_all_or_nothing_vaccine_makes_its_share_immune():
    plan = {"share": 0.5, "efficacy": 0.6, "action": "all-or-nothing"}
    run = _simulation(vaccinated_at_start=plan)
    assert_share((run.states() == IMMUNE).sum(), 20_000, 0.3)


def test_a_leaky_vaccine_makes_nobody_immune():
    run = _simulation(vaccinated_at_start={"share": 0.5, "efficacy": 0.6, "action": "leaky"})
    assert (run.states() == SUSCEPTIBLE).all()
    assert_share(run.vaccinated().sum(), 20_000, 0.5)


def test_the_infected_at_the_start_are_others_than_the_immune():
    run = _simulation(infected_at_start=500, immune_at_start=0.9)
    before = run.states()
    run.run(until=1)
    rows = run.infections()
    assert len(np.unique(rows["infectee"])) == 500
    assert (before[rows["infectee"]] == SUSCEPTIBLE).all()
    assert (rows["route"] == Route.START).all()
    assert (rows["setting"] == Setting.NONE).all()
    assert (rows["infector"] == -1).all()


def test_everybody_can_be_infected_at_the_start():
    run = _simulation(people=300, infected_at_start=300).run(until=1)
    assert run.summary()["infected"] == 300


def test_more_infected_than_can_be_is_refused():
    with pytest.raises(ScenarioError, match=r"only .* can be"):
        _simulation(people=300, infected_at_start=100, immune_at_start=0.9)


def test_each_cell_gets_its_infected():
    run = _simulation(kind="closed-cells", cells=500, people=7, infected_at_start=3).run(until=1)
    towns = run.infections()["town"]
    assert (np.bincount(towns, minlength=500) == 3).all()


def test_whoever_is_infected_at_the_start_is_drawn_evenly():
    """Over many seeds of a small population everybody comes first equally often."""
    first = [
        int(_simulation(seed=seed, people=8, infected_at_start=1).run(until=1).infections()["infectee"][0])
        for seed in range(400)
    ]
    assert_counts(np.bincount(first, minlength=8), np.full(8, 1 / 8))


def test_the_infected_of_one_class_sit_in_one_class_of_that_school():
    place = {"count": 5, "where": "one class", "school": "Hyosan High School"}
    run = _simulation(kind="city", infected_at_start=place).run(until=1)
    classes = np.unique(run.world.people.school_class[run.infections()["infectee"]])
    assert len(classes) == 1
    assert run.world.sites[run.world.places.site[classes[0]]] == "Hyosan High School"


def test_an_unknown_school_is_refused_with_a_guess():
    place = {"count": 5, "where": "one class", "school": "Hyosan Hihg School"}
    with pytest.raises(ScenarioError, match="Hyosan High School"):
        _simulation(kind="city", infected_at_start=place)


@pytest.mark.parametrize(("people", "infected"), [(1, 1), (300, 1), (20_000, 2), (26_000, 3)])
def test_a_share_of_the_people_is_infected_at_the_start_and_one_at_least(people, infected):
    run = _simulation(people=people, infected_at_start={"share": 0.0001}).run(until=1)
    assert run.summary()["infected"] == infected


def test_a_share_counts_in_each_cell():
    run = _simulation(kind="closed-cells", cells=50, people=8, infected_at_start={"share": 0.25}).run(until=1)
    assert (np.bincount(run.infections()["town"], minlength=50) == 2).all()


def test_importations_are_a_poisson_process_of_their_rate():
    run = _simulation(importations={"per_day": 8.0}).run()
    rows = run.infections()
    assert (rows["route"] == Route.IMPORTATION).all()
    emitted = run.emitted()
    assert stats.poisson(800).cdf(emitted) > 1e-6
    assert stats.poisson(800).sf(emitted) > 1e-6
    assert_law(rows["time_s"] / (100 * DAY), stats.uniform.cdf)


def test_dated_importations_arrive_on_their_dates():
    rows = [{"date": "2026-03-05", "count": 3}, {"date": "2026-03-10T12:00:00"}, {"date": "2027-03-10", "count": 9}]
    run = _simulation(importations=rows).run()
    assert run.infections()["time_s"].tolist() == [3 * DAY] * 3 + [8 * DAY + DAY // 2]


def test_importations_into_an_immune_population_are_refused_and_counted():
    run = _simulation(immune_at_start=1.0, importations={"per_day": 2.0}).run()
    refused = run.refusals()
    assert run.summary()["infected"] == 0
    assert run.summary()["attack_rate"] == 0.0
    assert refused["count"].sum() == run.emitted() > 0


def test_the_run_waits_for_importations_before_it_is_over():
    run = _simulation(importations=[{"date": "2026-05-01"}], end_when_over=True).run()
    assert run.summary()["infected"] == 1
    assert 60 < run.now / DAY < 100


def test_a_class_is_drawn_among_those_in_which_somebody_can_be_infected():
    place = {"count": 1, "where": "one class", "school": "Hyosan High School"}
    scenario = _scenario(kind="city", infected_at_start=place, immune_at_start=0.97)
    ground = groundwork_of(scenario, build(scenario))
    for seed in range(12):
        run = Simulation(scenario, ground.world, seed=seed, groundwork=ground).run(until=1)
        assert run.summary()["infected"] == 1


def test_cells_of_too_few_susceptible_people_give_all_they_have():
    run = _simulation(kind="closed-cells", cells=200, people=3, infected_at_start=2, immune_at_start=0.6)
    able = np.bincount(run.world.people.town, run.states() == SUSCEPTIBLE, 200)
    run.run(until=1)
    assert (np.bincount(run.infections()["town"], minlength=200) == np.minimum(able, 2)).all()
    assert (able < 2).sum() > 20


def test_importations_reach_households():
    pathogen = {key: value for key, value in PLAIN.items() if key != "reproduction_number"}
    more = {"people": None, "households": 50, "size": 3, "pair_probability": 0.2}
    table = {"schema": 1, "duration": "60 days", "world": {"kind": "households"}, "pathogen": pathogen, **more}
    scenario = from_table({key: value for key, value in {**table, "importations": {"per_day": 3.0}}.items() if value})
    rows = Simulation(scenario, build(scenario)).run().infections()
    assert (rows["route"] == Route.IMPORTATION).sum() > 50
