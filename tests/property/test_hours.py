"""In a city with hours people infect each other only while both are there by their schedules: read from the tables."""

from datetime import datetime, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyosan.engine.groundwork import groundwork_of
from hyosan.rules.codes import Setting
from hyosan.scenario.interventions import CloseSchools, LimitGatherings
from hyosan.scenario.load import from_table
from hyosan.simulation import Simulation
from hyosan.units import day as DAY
from hyosan.world.holidays import holidays
from hyosan.world.synthesis import build
from parity.outbreaks import RICH

STARTS = ("2026-03-02T00:00:00", "2026-02-13T10:30:00", "2026-09-23T06:59:59")
OUT = (Setting.COMMUNITY, Setting.SHOP, Setting.LEISURE)
HOSPITAL = Setting.HOSPITAL
holidays_of = cache(holidays)


@cache
def ground(start, people):
    """Groundwork of a severe outbreak of a pathogen that visits hospitals, everywhere in a small city."""
    routes = {"air": {"home": 0.3, "class": 0.3, "team": 0.3, "community": 0.5, "hospital": 2.0, "shop": 0.5}}
    pathogen = {**RICH, "reproduction_number": 4.0, "routes": routes}
    scenario = from_table(
        {
            "schema": 1,
            "name": "hours",
            "start": start,
            "duration": "30 days",
            "people": people,
            "world": {"kind": "city"},
            "infected_at_start": 20,
            "pathogen": pathogen,
        }
    )
    return groundwork_of(scenario, build(scenario))


def city(start, seed, people=2000):
    """World and run of that outbreak."""
    made = ground(start, people)
    return made.world, Simulation(made.scenario, made.world, seed=seed, groundwork=made).run()


def setting_at(world, start, person, second):
    """Where a person is by its schedule."""
    now = datetime.fromisoformat(start) + timedelta(seconds=int(second))
    weekday = 6 if now.date() in holidays_of(now.year) else now.weekday()
    of_day = now.hour * 3600 + now.minute * 60 + now.second
    schedules = world.schedules
    row = 7 * int(world.people.schedule[person]) + weekday
    rows = slice(schedules.start[row], schedules.start[row + 1])
    return int(schedules.settings[rows][np.searchsorted(schedules.until[rows], of_day, side="right")]).bit_length() - 1


def in_ward(run):
    """(Person, second) -> whether it lies in hospital: its state has that behaviour."""
    changes = run.transitions()
    entered = {}
    for second, person, state in zip(changes["time_s"], changes["person"], changes["to_state"], strict=True):
        entered.setdefault(int(person), []).append((int(second), int(state)))
    patient = {number for number, name in enumerate(run.course.names) if name == "ward"}
    assert patient

    def lies(person, second):
        before = [state for when, state in entered.get(person, []) if when <= second]
        now = [state for when, state in entered.get(person, []) if when == second]
        return bool(patient.intersection([*now, *before[-1 - len(now) :]]))

    return lies


@settings(max_examples=6)
@given(st.sampled_from(STARTS), st.integers(0, 2**64 - 1))
def test_both_are_there_by_schedule(start, seed):
    world, run = city(start, seed)
    infections = run.infections()
    lies = in_ward(run)
    rows = np.flatnonzero(infections["infector"] >= 0)
    assert len(rows) > 200
    for row in rows:
        setting, second = int(infections["setting"][row]), int(infections["time_s"][row])
        infector, infectee = int(infections["infector"][row]), int(infections["infectee"][row])
        assert setting_at(world, start, infectee, second) == setting
        if not (setting == HOSPITAL and lies(infector, second)):
            assert setting_at(world, start, infector, second) == setting
        place = int(infections["place"][row])
        if setting in OUT:
            assert place == -1
            if setting != Setting.COMMUNITY:
                assert world.people.district[infector] == world.people.district[infectee]
            continue
        assert world.places.setting[place] == setting
        members = world.places.members[world.places.start[place] : world.places.start[place + 1]]
        assert infectee in members
        assert infector in members or lies(infector, second)


def test_infections_happen_in_every_kind_of_place():
    """So that what is asserted of each of them is asserted of some."""
    found = set()
    for seed in range(3):
        world, run = city(STARTS[1], seed, people=4000)
        found |= set(run.infections()["setting"].tolist())
    assert found == {Setting.NONE, *OUT, *np.unique(world.places.setting).tolist()}
    assert Setting.CARE in found


class Guest:
    """Gives orders at some times."""

    def __init__(self, orders):
        self.orders = orders

    def intervene(self, now, view):
        return self.orders.get(now, ())


@pytest.mark.parametrize("days", [None, 0, 3, 11])
def test_who_may_give_orders_later_changes_nothing_until_then(days):
    """People are at home only by schedule while nobody has been sent there."""
    start = datetime(2026, 3, 2)
    pathogen = {**RICH, "reproduction_number": 4.0}
    table = {"schema": 1, "name": "guest", "start": start.isoformat(), "duration": "20 days", "people": 1000}
    table |= {"world": {"kind": "city"}, "infected_at_start": 10, "pathogen": pathogen}
    orders, written = {}, []
    if days is not None:
        orders = {days * DAY: [CloseSchools(), LimitGatherings(share=0.4)]}
        moment = (start + timedelta(days=days)).isoformat()
        written = [
            {"kind": "close-schools", "from": moment},
            {"kind": "limit-gatherings", "from": moment, "share": 0.4},
        ]
    runs = []
    for interventions, guests in ((written, []), ([], [Guest(orders)])):
        scenario = from_table({**table, "interventions": interventions})
        runs.append(Simulation(scenario, build(scenario), seed=5, guests=guests).run().summary())
    assert runs[0]["infections"] > 100
    assert runs[0]["digest"] == runs[1]["digest"]
