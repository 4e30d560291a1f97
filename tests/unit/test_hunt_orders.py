"""Orders against hunters: what each does, and that it does nothing else."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.stats import binomtest

from chance import FALSE_ALARM
from hunted import assert_one_place_each
from hyosan.engine.city import hunted as h
from hyosan.engine.crowd import NEVER
from hyosan.engine.hunt_orders import edges, sides
from hyosan.engine.orders import rows_of
from hyosan.errors import HyosanError, ScenarioError
from hyosan.rules.codes import Effect, Errand
from hyosan.scenario.hunting_orders import Cordon, Evacuate, Patrol, Shelter, Warn
from hyosan.scenario.interventions import CloseSchools
from hyosan.scenario.load import load
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build

HOUR = 3600
SMALL = {"people": 10_000, "duration": "60 hours", "infected_at_start.count": 20, "pathogen.alpha": 0.05}
EVENING = "2026-03-02T20:00:00"
ALL = {
    "warn": {"share": 0.6},
    "cordon": {"bridges": True, "leak": 0.1},
    "patrol": {"units": 10, "per_hour": 1, "mistakes": 0.2},
    "evacuate": {"buses": 3, "seats": 40, "trip": "90 minutes"},
    "shelter": {"building": "Camp Hyosan", "capacity": 300, "screening": 0.5},
}
NOTHING = [
    ("warn", {"share": 0}),
    ("cordon", {"leak": 1}),
    ("cordon", {"bridges": False, "around": ["Pyeonghwa-dong"], "leak": 1}),
    ("patrol", {"units": 0}),
    ("patrol", {"per_hour": 0}),
    ("evacuate", {"buses": 0}),
    ("evacuate", {"seats": 0}),
    ("shelter", {"capacity": 0}),
    ("curfew", {"hours": ["08:00", "22:00"], "adherence": 0}),
    ("close-workplaces", {"share": 0}),
]


def order(kind, /, begin=EVENING, **keys):
    """One table, of the keys that the test does not give."""
    return {"kind": kind, "from": begin, **ALL.get(kind, {}), **keys}


def plan(*orders, **more):
    return load("hyosan", set={**SMALL, "interventions": list(orders), **more})


@cache
def world():
    return build(plan())


def made(*orders, seed=1, **more):
    """A run, not yet begun."""
    return Simulation(plan(*orders, **more), world(), seed=seed)


@cache
def without(seed=1):
    """The run in which nobody does anything."""
    return made(seed=seed).run()


def effects(run, effect, number=None):
    """How often an order had an effect; of all orders if none is named."""
    table = run.hunt()["effects"]
    kept = table["effect"] == effect
    if number is not None:
        kept &= table["intervention"] == number
    return int(table["count"][kept].sum())


def arrays(run):
    return run._state.hunted.arrays


def by_steps(run, look):
    """Run to the end, and look after each step."""
    while not run.finished:
        run.step()
        look(run)
    return run


@pytest.mark.parametrize(("kind", "keys"), NOTHING, ids=range(len(NOTHING)))
def test_an_order_of_no_strength_changes_nothing(kind, keys):
    run = made(order(kind, **keys)).run()
    assert run.summary()["digest"] == without().summary()["digest"]
    assert run.summary()["turned"] > 30, "the test sees something"


def test_everybody_is_in_one_place_whatever_is_ordered():
    rows = [order(kind) for kind in ALL]
    rows += [order("shelter", "2026-03-03T20:00:00", building="Hyosan Middle School")]
    rows[4]["until"] = "2026-03-03T20:00:00"
    rows += [order("curfew", hours=["20:00", "06:00"], adherence=0.7)]
    seen = set()

    def look(run):
        if run.now >= 10 * HOUR:
            assert_one_place_each(run)
            seen.update(np.unique(arrays(run)[h.ERRAND]).tolist())

    run = by_steps(made(*rows), look)
    assert seen == {int(errand) for errand in Errand}
    assert sum(run.totals().values()) == 10_000


def test_a_state_put_back_amid_all_orders_goes_on_to_the_same_digest():
    rows = [order(kind, begin="2026-03-02T20:05:00") for kind in ALL]
    whole = made(*rows).run()
    for hours in (13, 33):
        first = made(*rows).run(hours * HOUR)
        second = Simulation(plan(*rows), world(), seed=1, state=first.state()).run()
        assert second.summary()["digest"] == whole.summary()["digest"]
        for table in ("effects", "flights"):
            for one, other in zip(second.hunt()[table].values(), whole.hunt()[table].values(), strict=True):
                assert (one == other).all()
    stepped = made(*rows)
    by_steps(stepped, lambda run: None)
    assert stepped.summary()["digest"] == whole.summary()["digest"]


def test_a_warning_reaches_its_share_and_the_widest_counts():
    warned = made(order("warn", share=0.3), order("warn", share=0.7), order("warn", share=0.5)).run(14 * HOUR)
    assert effects(warned, Effect.WARNED) == effects(warned, Effect.WARNED, 1)
    aware = arrays(warned)[h.ERRAND] != Errand.SCHEDULE
    alike = made(order("warn", share=0.7)).run(14 * HOUR)
    assert (aware == (arrays(alike)[h.ERRAND] != Errand.SCHEDULE)).all()
    assert effects(warned, Effect.WARNED) == effects(alike, Effect.WARNED)
    ease = warned._hunting.streets[h.EASE] < round(0.7 * 256)
    assert binomtest(int(ease.sum()), 10_000, round(0.7 * 256) / 256).pvalue > FALSE_ALARM
    alive = arrays(warned)[h.ROLE] == h.LIVES
    assert aware[ease & alive].all()


@pytest.mark.parametrize("how", [{"bridges": True}, {"bridges": False, "around": ["Pyeonghwa-dong", "Angi-dong"]}])
def test_nobody_gets_past_a_cordon_that_does_not_leak(how):
    """Step by step hunters and people on the move stay on the side of the cordon on which they are."""
    run = made(order("cordon", "2026-03-02T20:00:00", leak=0, **how))
    streets = world().streets
    beside = run._hunting.streets[h.NEIGHBOUR]
    side = sides(beside, edges(rows_of(run.scenario, world())[0], beside, streets))
    assert len(np.unique(side)) > 1
    before = {}

    def look(run):
        role, cell, errand = (arrays(run)[place] for place in (h.ROLE, h.CELL, h.ERRAND))
        outside = (role == h.HUNTS) | ((role == h.LIVES) & np.isin(errand, (Errand.HOMEWARD, Errand.LEAVING)))
        if "outside" in before and run.now > 10 * HOUR:
            # Who stayed indoors or lived by the schedule in between may have come from elsewhere.
            both = outside & before["outside"] & (role == before["role"])
            assert (side[cell[both]] == side[before["cell"][both]]).all()
        before.update(outside=outside, cell=cell.copy(), role=role.copy())

    by_steps(run, look)
    assert effects(run, Effect.STOPPED) > 100
    assert effects(run, Effect.LEAKED) == 0


@pytest.mark.parametrize("leak", [0.02, 0.4])
def test_a_cordon_leaks_its_share(leak):
    run = made(order("warn", share=1), order("cordon", leak=leak)).run()
    stopped, leaked = effects(run, Effect.STOPPED, 1), effects(run, Effect.LEAKED, 1)
    assert stopped + leaked > 300
    assert effects(run, Effect.STOPPED) == stopped
    assert binomtest(leaked, stopped + leaked, leak).pvalue > FALSE_ALARM


def test_a_street_belongs_to_the_first_cordon_that_closes_it():
    run = made(order("warn", share=1), order("cordon", leak=0), order("cordon", leak=1)).run()
    assert effects(run, Effect.STOPPED, 1) > 100
    assert effects(run, Effect.LEAKED) == effects(run, Effect.STOPPED, 2) == 0


def test_patrols_destroy_what_they_say_and_only_hunters():
    run = made(order("patrol", mistakes=0)).run()
    by_strikes = int((run.hunt()["strikes"]["outcome"] == 2).sum())
    ended = run.transitions()["to_state"] == run.state_names.index("destroyed")
    assert effects(run, Effect.DESTROYED) + by_strikes == ended.sum() == run.summary()["destroyed"]
    assert effects(run, Effect.DESTROYED) > 10
    before = run.transitions()["from_state"][ended]
    assert (before == run.state_names.index("hunting")).all()
    assert run.totals()["killed"] == effects(run, Effect.KILLED) == 0
    assert run.summary()["infected"] < without().summary()["infected"]


def with_a_crowd(run):
    """Put people into the street of the hunters, so that a patrol finds many of both."""
    state = arrays(run)
    hunter = np.flatnonzero(state[h.ROLE] == h.HUNTS)
    cell = int(state[h.CELL][hunter[0]])
    staying = np.flatnonzero((state[h.ERRAND] == Errand.SCHEDULE) & (state[h.ROLE] == h.LIVES))
    return cell, hunter, staying


def _stand(run, person, cell, kind):
    """Put somebody into the list of a cell, as `link` does."""
    state = arrays(run)
    head = state[h.HEAD][cell, kind]
    state[h.NEXT][person], state[h.BEFORE][person] = head, -1
    if head >= 0:
        state[h.BEFORE][head] = person
    state[h.HEAD][cell, kind] = person
    state[h.NUMBER][cell, kind] += 1
    state[h.COUNTS][kind] += 1
    state[h.CELL][person] = cell


def crowded(mistakes, units, per_hour, hunters=2500, people=2500):
    """A run with a crowd of hunters and people on the move in one street, one step of a patrol before its end."""
    run = made(order("patrol", "2026-03-02T10:00:00", units=units, per_hour=per_hour, mistakes=mistakes))
    state, cell = arrays(run), 558
    home = run._hunting.streets[h.BUILDING_CELL][run._hunting.streets[h.ANCHOR][:, h.HOME]]
    for person in range(hunters + people):
        state[h.STILL][home[person], world().people.schedule[person]] -= 1
        state[h.ERRAND][person] = Errand.LEAVING
        if person < hunters:
            state[h.ROLE][person] = h.HUNTS
        _stand(run, person, cell, h.HUNTER if person < hunters else h.MOVER)
    run._hunting._obey(run._state, run._state.hunted, 0, 600)
    return run


def count(run, effect):
    return int(arrays(run)[h.EFFECTS][:, 0, effect].sum())


@pytest.mark.parametrize("mistakes", [0.05, 0.5])
def test_mistakes_are_their_share_of_shots(mistakes):
    run = crowded(mistakes, units=1000, per_hour=6.0)
    destroyed, killed = count(run, Effect.DESTROYED), count(run, Effect.KILLED)
    assert binomtest(killed, destroyed, mistakes).pvalue > FALSE_ALARM
    ended_as = arrays(run)[h.ENDED_AS][arrays(run)[h.ENDED_AT] == 0]
    law = run._hunting.law
    assert (ended_as == law[h.KILLED]).sum() == killed
    assert (ended_as == law[h.DESTROYED]).sum() == destroyed
    open_bits = np.unpackbits(run._state.open_bits.view(np.uint8), count=10_000, bitorder="little")
    assert not open_bits[arrays(run)[h.ENDED_AS] == law[h.KILLED]].any()


def test_units_destroy_hunters_at_their_rate():
    """One of 1000 units destroys a Poisson number of mean 6 an hour: 1000 in ten minutes."""
    destroyed = count(crowded(0, units=1000, per_hour=6.0), Effect.DESTROYED)
    assert abs(destroyed - 1000) < 4.9 * 1000**0.5  # FALSE_ALARM
    assert count(crowded(0, units=1000, per_hour=360.0, hunters=500), Effect.DESTROYED) == 500


def test_who_is_hit_does_not_depend_on_the_order_of_lists():
    one = crowded(0.3, units=50, per_hour=6.0)
    run = made(order("patrol", "2026-03-02T10:00:00", units=50, per_hour=6.0, mistakes=0.3))
    state = arrays(run)
    for person in reversed(range(5000)):
        state[h.ERRAND][person] = Errand.LEAVING
        state[h.ROLE][person] = h.HUNTS if person < 2500 else h.LIVES
        _stand(run, person, 558, h.HUNTER if person < 2500 else h.MOVER)
    run._hunting._obey(run._state, run._state.hunted, 0, 600)
    assert (arrays(one)[h.ENDED_AS] == state[h.ENDED_AS]).all()
    assert (state[h.ENDED_AT] == 0).sum() > 50


def test_buses_take_people_away():
    run = made(order("evacuate", until="2026-03-03T20:00:00")).run()
    boarded = effects(run, Effect.BOARDED)
    assert boarded == 24 * 120 * 60 // 90, "buses are full where there are people enough"
    flights = run.hunt()["flights"]
    got_in = flights["errand"] == Errand.ABOARD
    assert got_in.sum() == boarded
    assert flights["time_s"][got_in].max() < 34 * HOUR
    # Each is out of the town half a trip later, or the bus was stopped.
    rows = np.lexsort((np.arange(len(got_in)), flights["time_s"], flights["person"]))
    after = {int(flights["person"][row]): int(flights["errand"][row]) for row in rows}
    people = flights["person"][got_in]
    assert np.isin(list(after.values()), [Errand.ABOARD]).sum() == 0
    away = np.array([after[person] == Errand.AWAY for person in people.tolist()])
    assert away.mean() > 0.9
    assert (arrays(run)[h.ERRAND][people[away]] == Errand.AWAY).all()
    assert sum(run.totals().values()) == 10_000


def test_who_turns_in_a_bus_stops_it():
    """The bitten are taken along; if one of them turns, the others of its bus get off where they got in."""
    bitten_at_home = {"infected_at_start.count": 20, "pathogen.alpha": 0.0}
    trip = "20 hours"
    rows = [order("evacuate", "2026-03-02T19:00:00", buses=1000, seats=100, trip=trip)]
    run = made(*rows, **bitten_at_home)
    stopped = 0

    def look(run):
        nonlocal stopped
        assert_one_place_each(run)
        flights = run._state.hunted.rows("flights")
        stopped = int((np.bincount(flights[:, 1][flights[:, 2] == Errand.ABOARD], minlength=1) > 0).sum())

    by_steps(run, look)
    flights = run.hunt()["flights"]
    rides = np.flatnonzero(flights["errand"] == Errand.ABOARD)
    last = {}
    got_off = 0
    for row in range(len(flights["errand"])):
        person, errand = int(flights["person"][row]), int(flights["errand"][row])
        if last.get(person) == Errand.ABOARD and errand not in (Errand.AWAY, Errand.ABOARD):
            got_off += 1
        last[person] = errand
    assert len(rides) > 1000
    assert stopped > 1000
    assert got_off > 0


def test_a_shelter_is_never_above_its_capacity_and_is_left_when_it_closes():
    until = "2026-03-03T16:00:00"
    rows = [order("warn", share=1), order("shelter", capacity=200, until=until)]
    inside = []

    def look(run):
        here = (arrays(run)[h.ERRAND] == Errand.SHELTERED) & (arrays(run)[h.ROLE] == h.LIVES)
        inside.append((run.now, int(here.sum())))

    run = by_steps(made(*rows, **{"flight.shelter": 0.8}), look)
    counts = dict(inside)
    assert max(counts.values()) == 200
    assert all(count == 0 for now, count in counts.items() if now > 30 * HOUR)
    assert effects(run, Effect.SHELTERED, 1) >= 200
    assert effects(run, Effect.TURNED_AWAY, 1) > 100
    flights = run.hunt()["flights"]
    assert (flights["errand"] == Errand.SHELTERED).sum() == effects(run, Effect.SHELTERED)


@pytest.mark.parametrize("screening", [0.0, 1.0])
def test_screening_refuses_the_bitten_alone(screening):
    rows = [order("warn", "2026-03-02T12:00:00", share=1)]
    rows += [order("shelter", "2026-03-02T11:00:00", capacity=100_000, screening=screening)]
    run = made(*rows, **{"flight.shelter": 0.85, "flight.leave": 0.15}).run(13 * HOUR)
    flights = run.hunt()["flights"]
    let_in = flights["errand"] == Errand.SHELTERED
    infected_at = run._state.infected_at
    bitten = infected_at[flights["person"]] < flights["time_s"]
    assert let_in.sum() > 1000
    assert (let_in & bitten).any() == (screening == 0)
    refused = effects(run, Effect.TURNED_AWAY)
    assert (refused > 0) == (screening == 1)


def test_a_shelter_that_opens_is_sought_by_those_who_wait_for_it():
    run = made(order("warn", share=1), order("shelter", "2026-03-03T08:00:00", capacity=100_000))
    run.run(22 * HOUR)
    assert not np.isin(arrays(run)[h.ERRAND], (Errand.TO_SHELTER, Errand.SHELTERED)).any()
    run.step()
    assert (arrays(run)[h.ERRAND] == Errand.TO_SHELTER).sum() > 1000


@pytest.mark.parametrize(
    ("rows", "setting"),
    [
        ([{"kind": "close-schools"}], (2, 5)),
        ([{"kind": "close-workplaces", "share": 1}], (3, 6)),
        ([{"kind": "curfew", "hours": ["00:00", "23:59"], "adherence": 1}], (2, 3, 5, 6, 7, 8, 9, 12)),
    ],
)
def test_orders_that_keep_people_at_home_do_so_where_people_hunt(rows, setting):
    """Paired runs: nobody is struck where nobody may be, and else the run is another."""
    before = without().hunt()["strikes"]
    run = made(*rows, **{"flight.leave": 0, "flight.shelter": 0, "infected_at_start.count": 20}).run()
    strikes = run.hunt()["strikes"]
    by_schedule = np.ones(len(strikes["time_s"]), np.bool_)
    knows = np.full(10_000, NEVER, np.int64)
    flights = run.hunt()["flights"]
    np.minimum.at(knows, flights["person"], flights["time_s"])
    by_schedule = strikes["time_s"] < knows[strikes["person"]]
    assert np.isin(before["setting"], setting).any()
    assert not np.isin(strikes["setting"][by_schedule], setting).any()


def test_forays_obey_a_curfew():
    rows = [order("warn", "2026-03-02T10:00:00", share=1)]
    stay = {"flight.leave": 0, "flight.shelter": 0, "flight.forays": "1 day", "pathogen.bite.breaking": 0}
    open_town = made(*rows, **stay).run()
    rows += [{"kind": "curfew", "hours": ["09:00", "18:00"], "adherence": 1}]
    shut = made(*rows, **stay).run()

    def outdoors(run):
        strikes = run.hunt()["strikes"]
        hour = (strikes["time_s"] // HOUR + 10) % 24
        return int(((strikes["building"] < 0) & (hour >= 9) & (hour < 17) & (strikes["time_s"] > 20 * HOUR)).sum())

    assert outdoors(open_town) > outdoors(shut)
    assert outdoors(shut) == 0


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
