"""Orders against hunters: what each does, and that it does nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from chance import assert_share
from hunted import ALL, HOUR, arrays, assert_one_place_each, by_steps, effects, made, order, plan, without, world
from hyosan.engine.city import hunted as h
from hyosan.engine.crowd import NEVER
from hyosan.engine.hunt_orders import edges, sides
from hyosan.engine.orders import rows_of
from hyosan.rules.codes import Building, Effect, Errand, Setting
from hyosan.simulation import Simulation

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
    assert_share(ease.sum(), 10_000, round(0.7 * 256) / 256)
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
    assert_share(leaked, stopped + leaked, leak)


def test_a_street_belongs_to_the_first_cordon_that_closes_it():
    run = made(order("warn", share=1), order("cordon", leak=0), order("cordon", leak=1)).run()
    assert effects(run, Effect.STOPPED, 1) > 100
    assert effects(run, Effect.LEAKED) == effects(run, Effect.STOPPED, 2) == 0


def test_buses_take_people_away():
    run = made(order("evacuate", until="2026-03-03T20:00:00")).run()
    boarded = effects(run, Effect.BOARDED)
    assert boarded == 24 * 120 * 60 // 90, "buses are full where there are people enough"
    flights = run.hunt()["flights"]
    got_in = flights["errand"] == Errand.ABOARD
    assert got_in.sum() == boarded
    assert flights["time_s"][got_in].max() < 34 * HOUR
    people = flights["person"][got_in]
    errand, role = arrays(run)[h.ERRAND][people], arrays(run)[h.ROLE][people]
    assert (role[errand == Errand.ABOARD] != h.LIVES).all(), "half a trip later all are out, but for those who turned"
    assert (errand == Errand.AWAY).mean() > 0.9
    assert sum(run.totals().values()) == 10_000


def test_who_turns_in_a_bus_stops_it():
    """The bitten are taken along; when one turns, those who got in with it get off where they got in."""
    rows = [order("evacuate", "2026-03-02T19:00:00", buses=1000, seats=100, trip="20 hours")]
    run = by_steps(made(*rows), assert_one_place_each)
    flights, changes = run.hunt()["flights"], run.transitions()
    turns = dict(zip(changes["person"].tolist(), changes["time_s"].tolist(), strict=True))
    turned = set(changes["person"][changes["to_state"] == run.state_names.index("hunting")].tolist())
    bus, seen = {}, 0
    last = {}
    for row in range(len(flights["errand"])):
        person, errand, cell, time = (int(flights[name][row]) for name in ("person", "errand", "cell", "time_s"))
        if last.get(person) == Errand.ABOARD and errand != Errand.AWAY:
            assert cell == bus[person][1], "who gets off does so where it got in"
            with_it = [other for other in turned if bus.get(other) == bus[person] and turns[other] >= time]
            assert with_it, "a bus stops for somebody who turns"
            seen += 1
        if errand == Errand.ABOARD:
            bus[person] = time, cell
        last[person] = errand
    assert len(bus) > 1000
    assert seen > 0


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


AT_NIGHT = {
    "start": "2026-03-03T02:00:00",
    "duration": "18 hours",
    "infected_at_start": 300,
    "infected_at_start.count": 300,
}
"""Many are bitten before a working day, so that they turn where it has them."""


@pytest.mark.parametrize(
    ("row", "setting"),
    [
        ({"kind": "close-workplaces", "share": 1}, (Setting.TEAM, Setting.SITE)),
        (
            {"kind": "curfew", "hours": ["00:00", "23:59"], "adherence": 1},
            [setting for setting in Setting if setting not in (Setting.HOME, Setting.HOSPITAL, Setting.CARE)],
        ),
    ],
)
def test_orders_that_keep_people_at_home_do_so_where_people_hunt(row, setting):
    """Paired runs: of those who know nothing of hunters nobody is struck where nobody may be."""
    people, places = world().people, world().places
    larger = places.parent[people.team]
    # Who works in a school, a ward or a care home goes on when workplaces are closed.
    cares = (people.team >= 0) & (larger >= 0)
    cares &= np.isin(places.setting[larger], (Setting.SCHOOL, Setting.HOSPITAL, Setting.CARE))
    exempt = cares & (row["kind"] == "close-workplaces")

    def struck(*rows):
        run = made(*rows, **AT_NIGHT).run()
        strikes, flights = run.hunt()["strikes"], run.hunt()["flights"]
        knows = np.full(10_000, NEVER, np.int64)
        np.minimum.at(knows, flights["person"], flights["time_s"])
        by_schedule = (strikes["time_s"] < knows[strikes["person"]]) & ~exempt[strikes["person"]]
        return int(np.isin(strikes["setting"][by_schedule], setting).sum())

    assert struck() > 5
    assert struck(row) == 0


def test_where_schools_are_closed_no_pupil_turns_in_one():
    streets = world().streets
    pupil = world().people.school_class >= 0

    def turned(*rows):
        """Pupils who turned in a school that was whole until then."""
        run = made(*rows, **AT_NIGHT).run()
        breaks, changes = run.hunt()["breaks"], run.transitions()
        kept = breaks["from_inside"] & (streets.building_kind[breaks["building"]] == Building.SCHOOL)
        hunts = changes["to_state"] == run.state_names.index("hunting")
        when = changes["time_s"][hunts & pupil[changes["person"]]]
        return int(np.isin(breaks["time_s"][kept], when).sum())

    assert turned() > 0
    assert turned({"kind": "close-schools"}) == 0


def test_forays_obey_a_curfew():
    rows = [order("warn", "2026-03-02T10:00:00", share=1)]
    stay = {"flight.leave": 0, "flight.shelter": 0, "flight.forays": "1 day", "pathogen.bite.breaking": 0}
    curfew = {"kind": "curfew", "hours": ["09:00", "18:00"], "adherence": 1}

    def on_forays(*rows):
        """Strikes at people who stay at home, but were in the street."""
        run = made(*rows, **stay).run()
        strikes, flights = run.hunt()["strikes"], run.hunt()["flights"]
        errands, out = {}, 0
        for person, errand, time in zip(
            *(flights[name].tolist() for name in ("person", "errand", "time_s")), strict=True
        ):
            errands.setdefault(person, []).append((time, errand))
        for row in np.flatnonzero(strikes["building"] < 0).tolist():
            before = [e for time, e in errands.get(int(strikes["person"][row]), []) if time < strikes["time_s"][row]]
            out += bool(before) and before[-1] == Errand.STAYS
        return out

    assert on_forays(*rows) > 5
    assert on_forays(*rows, curfew) == 0
