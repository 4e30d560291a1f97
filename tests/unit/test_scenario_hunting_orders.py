"""Orders against hunters as people write and guests give them: what is refused, and what is said."""

from __future__ import annotations

import pytest

from hunted import ALL, HOUR, made, order, plan, world
from hyosan.errors import HyosanError, ScenarioError
from hyosan.scenario.hunting_orders import Cordon, Evacuate, Patrol, Shelter, Warn
from hyosan.scenario.interventions import CloseSchools
from hyosan.scenario.load import load
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build


class Gives:
    """Gives orders at one moment."""

    def __init__(self, at, *orders):
        self.at, self.orders = at, orders

    def intervene(self, now, view):
        return self.orders if now == self.at else []


def test_a_guest_may_order_all_of_them():
    orders = (
        Warn(share=0.5),
        Cordon(bridges=True, leak=0.1),
        Patrol(units=5, per_hour=1),
        Evacuate(buses=2, seats=40),
        Shelter(building="Camp Hyosan", capacity=100),
        CloseSchools(),
    )
    scenario = plan()
    run = Simulation(scenario, world(), guests=[Gives(12 * HOUR, *orders)]).run(30 * HOUR)
    table = run.hunt()["effects"]
    assert set(table["intervention"].tolist()) >= {0, 2, 3}
    again = Simulation(scenario, world(), guests=[Gives(12 * HOUR, *orders)]).run(30 * HOUR)
    assert run.summary()["digest"] == again.summary()["digest"]
    put_back = Simulation(scenario, world(), state=run.state()).run(40 * HOUR)
    assert put_back.summary()["digest"] == run.run(40 * HOUR).summary()["digest"]


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ([Shelter(building="Camp Hyosan", capacity=9)] * 2, "shelter cannot be ordered during this run: it opens a "),
        (
            [Cordon(around=("Pyonghwa-dong",), leak=0)],
            "no district is called 'Pyonghwa-dong'. Did you mean 'Pyeonghwa-",
        ),
        ([Warn(share=0.1)] * 300, "intervene gave more than 256 orders in a run. Give fewer, with longer dates."),
    ],
)
def test_what_a_guest_may_not_order(orders, expected):
    with pytest.raises(HyosanError, match=expected.replace(".", r"\.")):
        Simulation(plan(), world(), guests=[Gives(0, *orders)]).step()


def test_a_guest_may_not_order_them_where_nobody_hunts():
    scenario = load("well-mixed", set={"people": 100})
    with pytest.raises(HyosanError, match="warn cannot be ordered during this run: it is there against hunters"):
        Simulation(scenario, build(scenario), guests=[Gives(0, Warn(share=0.1))]).step()


@pytest.mark.parametrize(
    ("row", "place", "message"),
    [
        (order("cordon", around=["Ok-dongg"]), "around", "no district is called 'Ok-dongg'. Did you mean 'Ok-dong'?"),
        (order("patrol", districts=["Okdong"]), "districts", "no district is called 'Okdong'. Did you mean 'Ok-dong'?"),
        (order("evacuate", districts=[""]), "districts", "no district is called ''. Known: "),
        (order("shelter", building="Kamp Hyosan"), "building", "no building is called 'Kamp Hyosan'. Did you mean 'C"),
        (order("shelter", building=""), "building", "no building is called ''. Known: "),
    ],
)
def test_names_that_the_map_does_not_have(row, place, message):
    with pytest.raises(ScenarioError) as caught:
        made(row)
    assert str(caught.value).startswith(f"interventions[0].{place}: {message}")


@pytest.mark.parametrize("kind", ALL)
def test_orders_against_hunters_need_hunters_and_streets(kind):
    row = {"kind": kind, **ALL[kind]}
    with pytest.raises(ScenarioError) as caught:
        load("hyosan-measles", set={"interventions": [row]})
    assert f'interventions[0].kind: "{kind}" is there against hunters, and nobody infected' in str(caught.value)
    with pytest.raises(ScenarioError) as caught:
        load("szr", set={"interventions": [row]})
    assert f'interventions[0].kind: "{kind}" needs streets, and a world of kind ' in str(caught.value)


def test_two_shelters_at_once_are_refused():
    rows = [order("shelter"), order("shelter", "2026-03-03T08:00:00")]
    with pytest.raises(ScenarioError, match=r"interventions\[1\]: opens a shelter while that of interventions\[0\] is"):
        plan(*rows)
    rows[0]["until"] = "2026-03-03T08:00:00"
    assert len(plan(*rows).interventions) == 2


def test_a_cordon_is_somewhere():
    with pytest.raises(ScenarioError, match=r"interventions\[0\]\.around: is missing\. Write districts, such as"):
        plan({"kind": "cordon", "leak": 0})
