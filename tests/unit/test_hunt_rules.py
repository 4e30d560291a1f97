"""What the pages say of a hunt, where it is easily lost: who is noticed, who runs, who hears, and where each is."""

from __future__ import annotations

import numpy as np
import pytest

from hunted import HOUR, arrays, by_steps, effects, made, order, plan
from hyosan.engine.city import hunted as h
from hyosan.engine.city.alight import stop_vehicle
from hyosan.engine.city.prowl import MOST_LURE, draw_near, show_ways
from hyosan.errors import ScenarioError
from hyosan.rules.codes import Effect, Errand, Outcome, Setting

ILL = dict.fromkeys((f"bitten_{place}" for place in ("head", "arm", "leg")), "stays home") | dict.fromkeys(
    ("scratched", "hiding"), "stays home"
)
ALL_ILL_AT_HOME = {f"pathogen.states.{name}.behaviour": behaviour for name, behaviour in ILL.items()}


def places(run):
    return run._hunting.streets


def home_cells(run):
    """Cell of everybody's home, (people,)."""
    return places(run)[h.BUILDING_CELL][places(run)[h.ANCHOR][:, h.HOME]]


def open_people(run):
    """Who can be struck, (people,)."""
    return np.unpackbits(run._state.open_bits.view(np.uint8), count=len(run.world.people), bitorder="little") == 1


def test_hunters_look_again_when_somebody_steps_into_their_street():
    """Whoever is on the move in a street with hunters is seen at once: hunters never wait for their next glance."""
    seen = []

    def look(run):
        state = arrays(run)
        walks = np.isin(state[h.ERRAND], (Errand.HOMEWARD, Errand.LEAVING, Errand.TO_SHELTER))
        walks &= (state[h.ROLE] == h.LIVES) & open_people(run)
        cells = np.unique(state[h.CELL][walks])
        cells = cells[state[h.NUMBER][cells, h.HUNTER] > 0]
        assert (state[h.LOOK][cells] <= run.now).all()
        seen.append(len(cells))

    by_steps(made(step="1 minute", duration="34 hours"), look)
    assert sum(seen) > 200


def hear_at_noon(**more):
    """A run in which many are infected and everybody is warned at noon of a working day."""
    warned = order("warn", "2026-03-02T12:00:00", share=1)
    more |= {"infected_at_start": 300, "infected_at_start.count": 300, "start": "2026-03-02T10:00:00"}
    return made(warned, **more).run(2 * HOUR + 600)


def test_the_ill_hear_of_hunters_where_they_lie():
    run = hear_at_noon(**ALL_ILL_AT_HOME)
    flights, first = run.hunt()["flights"], run.infections()["infectee"]
    ours = np.isin(flights["person"], first) & (flights["time_s"] == flights["time_s"].min())
    assert ours.sum() > 200
    at_home = flights["cell"][ours] == home_cells(run)[flights["person"][ours]]
    ward = places(run)[h.BUILDING_CELL][run._hunting.law[h.HOSPITAL]]
    assert at_home.mean() > 0.9
    assert (flights["cell"][ours][~at_home] == ward).all(), "the others lie in hospital"
    assert not (flights["errand"][ours][at_home] == Errand.HOMEWARD).any(), "who is at home does not go there"
    well = ~np.isin(flights["person"], first)
    assert (flights["errand"][well] == Errand.HOMEWARD).sum() > 1000, "others are at work"


def riders(run, second):
    """(Somebody, those who ride on the same line by their schedules): of the fullest line."""
    hours = run._hunting.world[12]
    clock = second + int(hours[1])
    minute = int(hours[2][clock // 86400]) * 1440 + clock % 86400 // 60
    rides = hours[6][run.world.people.schedule, minute] == Setting.TRANSPORT
    line = run._hunting.world[1][:, 3]
    fullest = np.bincount(line[rides & (line >= 0)]).argmax()
    there = np.flatnonzero(rides & (line == fullest))
    return int(there[0]), there[1:]


def stop_at(run, second):
    """Who gets off when somebody turns in the fullest vehicle."""
    hunting, state = run._hunting, run._state
    hunting.orders.put_in_force(state.orders, second, second + 600)
    person, others = riders(run, second)
    rest = hunting.law, hunting.streets, hunting.world, hunting.course, state.orders_for_kernels(), state.crowd()
    stop_vehicle(person, second, 558, run._hunting.seed, *rest, arrays(run), hunting.scratch)
    return others[arrays(run)[h.ERRAND][others] != Errand.SCHEDULE], others


MORNING = 8 * HOUR + 15 * 60


def test_who_is_kept_at_home_or_ill_there_rides_in_no_vehicle_that_stops():
    midnight = {"start": "2026-03-03T00:00:00"}
    off, others = stop_at(made(**midnight), MORNING)
    assert off.tolist() == others.tolist()
    assert len(others) > 3
    curfew = {"kind": "curfew", "hours": ["00:00", "23:59"], "adherence": 1}
    assert not len(stop_at(made(curfew, **midnight), MORNING)[0])
    ill = made(**midnight, **ALL_ILL_AT_HOME)
    ill._state.infected_at[others[::2]] = MORNING - 60
    assert stop_at(ill, MORNING)[0].tolist() == others[1::2].tolist()


def test_the_bitten_hear_what_their_street_knows():
    """All of a street have been bitten, and hunters have looked: nobody there is left whom they could reach."""
    run = made().run(2 * HOUR - 600)
    state, home = arrays(run), home_cells(run)
    cell = np.bincount(home).argmax()
    people = np.flatnonzero((home == cell) & (state[h.ERRAND] == Errand.SCHEDULE))
    run._state.infected_at[people] = run.now - 60
    for person in people.tolist():
        run._state.open_bits[person >> 6] &= ~(np.uint64(1) << np.uint64(person & 63))
    state[h.LIVING_COUNT][h.HOME, cell] = 0
    state[h.LEVEL][cell], state[h.RAISED][cell] = 200, 1
    state[h.COUNTS][h.N_SEEN], state[h.COUNTS][h.NEWS] = 1, run.now
    run.run(run.now + 1200)
    knows = places(run)[h.EASE][people] < 200
    assert knows.sum() > 10
    assert ((arrays(run)[h.ERRAND][people] != Errand.SCHEDULE) == knows).all()


def test_houses_are_lit_by_those_who_live_there():
    """From dusk on a cell without noise or anybody outdoors is worth two for each who is at home."""
    run = made().run(30 * HOUR)
    state, dusk = arrays(run), 34 * HOUR  # eight in the evening of the day after
    state[h.NOISE][:], state[h.STILL][:] = 0, 0
    draw_near(dusk, run._hunting.law, places(run), run._hunting.world, run._state.orders_for_kernels(), state)
    errand, lives = state[h.ERRAND], state[h.ROLE] == h.LIVES
    at_home = lives & ((errand == Errand.SCHEDULE) | ((errand == Errand.STAYS) & (state[h.HOUSE] < 0)))
    expected = np.bincount(home_cells(run)[at_home], minlength=len(state[h.NUMBER])) + state[h.NUMBER][:, h.GUEST]
    inside = (errand == Errand.SHELTERED) & lives
    moving = state[h.NUMBER][:, h.MOVER] - np.bincount(state[h.CELL][inside], minlength=len(expected))
    assert (state[h.LURE][0] == 2 * expected + 256 * moving).all()
    assert (~lives).sum() > 10


def last_errands(flights):
    """{person: [(second, errand)]} in order."""
    found = {}
    for person, errand, time in zip(*(flights[name].tolist() for name in ("person", "errand", "time_s")), strict=True):
        found.setdefault(person, []).append((time, errand))
    return found


FORAYS = {"flight.leave": 0, "flight.shelter": 0, "flight.forays": "1 day", "pathogen.bite.breaking": 0}


def test_who_is_struck_at_out_for_water_runs_home():
    run = made(order("warn", "2026-03-02T10:00:00", share=1), **FORAYS).run()
    errands, strikes = last_errands(run.hunt()["flights"]), run.hunt()["strikes"]
    ran = []
    for row in np.flatnonzero((strikes["building"] < 0) & (strikes["outcome"] != Outcome.DESTROYED)):
        second, person = int(strikes["time_s"][row]), int(strikes["person"][row])
        before = [errand for time, errand in errands.get(person, []) if time < second]
        if before and before[-1] == Errand.STAYS:
            within = [errand for time, errand in errands[person] if second <= time < second + 60]
            ran.append(Errand.HOMEWARD in within or Errand.LEAVING in within)
    assert len(ran) > 5
    assert all(ran)


def test_who_turns_out_for_water_does_so_in_the_street():
    many = {"infected_at_start": 300, "infected_at_start.count": 300, "start": "2026-03-03T04:00:00"}
    run = made(order("warn", "2026-03-03T04:00:00", share=1), **FORAYS, **many).run(18 * HOUR)
    errands, changes, breaks = last_errands(run.hunt()["flights"]), run.transitions(), run.hunt()["breaks"]
    hunts = changes["to_state"] == run.state_names.index("hunting")
    hunts &= changes["from_state"] == run.state_names.index("hiding")
    phase = places(run)[h.PHASE]
    out = []
    for time, person in zip(changes["time_s"][hunts].tolist(), changes["person"][hunts].tolist(), strict=True):
        before = [errand for when, errand in errands.get(person, []) if when < time]
        hour = (time + int(run._hunting.world[12][1])) % 86400 // HOUR - 9
        if before and before[-1] == Errand.STAYS and phase[person] & 7 == hour:
            opened = (breaks["time_s"] == time) & (breaks["building"] == places(run)[h.ANCHOR][person, h.HOME])
            out.append(bool((opened & breaks["from_inside"]).any()))
    assert len(out) > 3
    assert not any(out), "who is out breaks no house open from inside"


def test_people_in_buses_are_counted():
    rows = [order("evacuate", "2026-03-02T19:00:00", buses=1000, seats=100, trip="20 hours")]

    def look(run):
        aboard = (arrays(run)[h.ERRAND] == Errand.ABOARD) & (arrays(run)[h.ROLE] == h.LIVES)
        assert aboard.sum() == arrays(run)[h.COUNTS][h.N_ABOARD]

    run = by_steps(made(*rows), look)
    gone = (arrays(run)[h.ERRAND] == Errand.ABOARD) & (arrays(run)[h.ROLE] != h.LIVES)
    assert gone.sum() > 0, "some turned aboard"


def test_people_go_from_a_shelter_that_closes_to_one_that_opens():
    change = "2026-03-03T08:00:00"
    rows = [order("warn", share=1), order("shelter", until=change, capacity=100_000)]
    rows += [order("shelter", change, building="Hyosan Middle School", capacity=100_000)]
    run = made(*rows, **{"flight.shelter": 0.8}).run(22 * HOUR)
    inside = (arrays(run)[h.ERRAND] == Errand.SHELTERED) & (arrays(run)[h.ROLE] == h.LIVES)
    assert inside.sum() > 1000
    run.run(run.now + 600)
    flights = run.hunt()["flights"]
    then = (flights["time_s"] == 22 * HOUR) & np.isin(flights["person"], np.flatnonzero(inside))
    assert then.sum() >= inside.sum() - 1
    assert (flights["errand"][then] == Errand.TO_SHELTER).all()


def test_a_patrol_stops_when_its_order_ends():
    """A tenth of the step is left to it, so it destroys a tenth of 1000 hunters in the mean; beyond 4.9 sd 1e-6."""
    from unit.test_hunt_patrols import count, crowded

    destroyed = count(crowded(0, units=1000, per_hour=6.0, until="2026-03-02T10:01:00"), Effect.DESTROYED)
    assert abs(destroyed - 100) < 4.9 * 100**0.5


def test_who_is_outdoors_is_written_down_where_people_move_and_nobody_hunts():
    run = made(order("warn", "2026-03-02T11:00:00", share=0.3)).run(4 * HOUR)
    presence, changes = run.hunt()["presence"], run.transitions()
    assert not (changes["to_state"] == run.state_names.index("hunting")).any()
    last = presence["time_s"] == 3 * HOUR
    assert last.sum() > 50
    assert presence["outdoors"][last].sum() > 0


def test_noise_fades_while_nobody_hunts():
    run = made()
    cell = 558
    arrays(run)[h.NOISE][cell] = 1 << 20
    while not arrays(run)[h.COUNTS][h.N_LISTED]:
        run.step()
    run.run(run.now + HOUR)
    assert run.now > 4 * HOUR
    assert arrays(run)[h.NOISE][cell] < (1 << 20) * 0.8 ** (run.now / 1800 - 4)


def test_what_draws_is_heard_as_far_as_hunters_hear():
    run = made()
    state, beside = arrays(run), places(run)[h.NEIGHBOUR]
    state[h.STILL][:], state[h.NOISE][:] = 0, 0
    state[h.NOISE][558] = 1 << 40
    law = run._hunting.law
    draw_near(0, law, places(run), run._hunting.world, run._state.orders_for_kernels(), state)
    distance = np.full(len(beside), 999)
    distance[558] = 0
    for step in range(1, 100):
        near = np.unique(beside[distance == step - 1])
        near = near[near >= 0]
        distance[near[distance[near] == 999]] = step
    heard = state[h.LURE][1 + int(law[h.ROUNDS]) % 2] > 0
    assert (heard == (distance <= law[h.ROUNDS])).all()


@pytest.mark.parametrize("lure", [1, 300, 70_000_001, 300_000_007, MOST_LURE, 1 << 40])
def test_chances_of_ways_are_chances_however_much_draws(lure):
    run = made()
    state = arrays(run)
    state[h.LURE][1][:] = lure
    state[h.LURE][1][::2] = 0
    show_ways(1, places(run), state)
    way = state[h.WAY]
    assert (np.diff(way, axis=1) >= 0).all()
    assert (way >= 0).all()
    assert (way <= 1 << 16).all()
    if lure > 300:
        beside = places(run)[h.NEIGHBOUR][::2]
        drawn = ((beside >= 0) & (beside % 2 == 1)).any(axis=1)
        assert (way[::2, -1][drawn] > 65_000).all(), "nobody stays where nothing is and goes where a crowd is"


def test_a_trip_that_never_ends_is_refused():
    with pytest.raises(ScenarioError, match=r"trip.*30 days at most"):
        plan(order("evacuate", trip="19 years"))
    assert plan(order("evacuate", trip="30 days")).interventions[0].trip == 30 * 24 * HOUR


def test_a_strike_in_a_broken_shelter_is_in_a_shelter():
    rows = [order("warn", "2026-03-02T12:00:00", share=1)]
    rows += [order("shelter", "2026-03-02T11:00:00", capacity=100_000, screening=0)]
    run = made(*rows, **{"flight.shelter": 0.85, "flight.leave": 0.15}).run()
    strikes = run.hunt()["strikes"]
    inside = strikes["building"] == run._hunting.law[h.SHELTER_BUILDING]
    assert effects(run, Effect.SHELTERED) > 1000
    assert inside.sum() > 50
    assert (strikes["setting"][inside] == Setting.SHELTER).mean() > 0.9
    assert (strikes["building"][strikes["setting"] == Setting.STREET] == -1).all()
