"""An outbreak in a building: what no run may do, and what must not matter to it."""

from collections import Counter

import numpy as np
import pytest

from hyosan.building import Visit
from hyosan.engine.building.columns import IN, ROLE
from hyosan.engine.building.outbreak.columns import BITTEN, DESTROYED, HEALTHY, HUNTER, TURNS_AT
from hyosan.rules.codes import DoorEvent, Mind, Outcome
from hyosan.scenario.load import load

PANIC = {
    "start": "2026-03-03T08:55:00",
    "first_bite": "08:56",
    "first_turn": "08:56:30",
    "duration": "6 minutes",
    "hunters": 25,
    "people": 300,
}
"""Five and twenty hunters in a school of three hundred, at once."""


def panic(threads=1, until=None, **changes):
    visit = Visit(load("school-bite", set={**PANIC, **changes}), seed=3, threads=threads).run(until)
    visit.close()
    return visit


@pytest.fixture(scope="module")
def run():
    return panic()


@pytest.fixture(scope="module")
def tables(run):
    return run.tables()


def test_a_lot_happens(run):
    """Every other test here would say nothing of a quiet day."""
    summary = run.summary()
    minds = Counter(Mind(int(mind)).name for mind in run.building.running.rows("minds")[:, 2])

    assert summary["infected"] > 40
    assert summary["destroyed"] > 0
    assert summary["escaped"] > 20
    assert {"FLEEING", "HIDING", "SECURING", "TO_REFUGE", "CHASING", "LINGERING", "FIGHTING"} <= set(minds)
    events = {int(event) for event in run.building.running.rows("doors")[:, 2]}
    assert {DoorEvent.LOCKED, DoorEvent.BEATEN, DoorEvent.BROKEN} <= events


def test_stepping_everybody_changes_nothing(run):
    awake = panic(**{"building.sleep": False})

    assert awake.summary()["digest"] == run.summary()["digest"]
    assert awake.building.person_steps > 2 * run.building.person_steps


def test_threads_change_nothing(run):
    assert panic(threads=4).summary()["digest"] == run.summary()["digest"]


def test_what_was_taken_and_put_back_goes_on_as_if_nothing_had_happened(run):
    half = panic(until=120.0)
    other = Visit(load("school-bite", set={**PANIC}), seed=3)
    other.building.put_back(half.building.take())
    other.run()

    assert other.summary()["digest"] == run.summary()["digest"]


def test_another_seed_is_another_outbreak(run):
    other = Visit(load("school-bite", set=PANIC), seed=4).run()

    assert other.summary()["digest"] != run.summary()["digest"]


def test_nobody_is_lost_or_doubled(run):
    who = run.building.state.people.who
    roles = Counter(who[:, ROLE].tolist())
    summary = run.summary()

    assert sum(roles.values()) == 300
    assert summary["infected"] == roles[BITTEN] + roles[HUNTER] + roles[DESTROYED]
    assert summary["survivors"] == roles[HEALTHY]
    assert summary["survivors"] + summary["infected"] == 300
    assert (who[:, IN] < 0).sum() == run.building.gone


def test_counts_by_state_add_up_to_everybody_at_all_times(tables):
    counts = tables["counts"]
    for time in np.unique(counts["time_s"]):
        assert counts["count"][counts["time_s"] == time].sum() == 300
    assert (counts["count"] >= 0).all()


def test_everybody_is_infected_once_and_by_a_hunter_who_had_turned(tables):
    infections, transitions = tables["infections"], tables["transitions"]
    hunting = {}
    run_states = transitions["to_state"]
    for time, person, state in zip(transitions["time_s"], transitions["person"], run_states, strict=True):
        hunting.setdefault(int(person), []).append((int(time), int(state)))

    assert len(set(infections["infectee"].tolist())) == len(infections["infectee"])
    for time, infector in zip(infections["time_s"], infections["infector"], strict=True):
        if infector >= 0:
            assert hunting[int(infector)][0][0] <= time


def test_no_strike_reaches_through_a_wall_or_a_shut_door(run):
    """Hunter and prey are in one room, or a door between their rooms is open at that time."""
    building, plan = run.building, run.plan
    at = {}
    for step, person, room, _, x, y in building.tracks().tolist():
        at.setdefault(person, []).append((step, room, x, y))
    strikes = building.running.rows("strikes")
    assert len(strikes) > 60
    for step, hunter, person, _, room, x, y in strikes.tolist():
        if hunter < 0:
            continue
        seen = [entry for entry in at[hunter] if entry[0] <= step]
        if not seen or step - seen[-1][0] > 10:
            continue
        other = seen[-1][1]
        if other != room and other < len(plan.rooms) and room < len(plan.rooms):
            doors = [row for row, door in enumerate(plan.doors) if {other, room} == set(door.rooms)]
            assert doors or joined_by_two(plan, other, room), (step, hunter, person)
        shift = building.ground.origin[building.ground.room[room, 0]] * 1000
        if other == room:
            assert np.hypot(seen[-1][2] - (x - shift), seen[-1][3] - y) < 800 + 10 * 330 + 50


def joined_by_two(plan, one, other):
    """Whether two rooms are both next to a third."""
    next_to = [{room for door in plan.doors if row in door.rooms for room in door.rooms} for row in (one, other)]
    return bool(next_to[0] & next_to[1])


def test_a_destroyed_hunter_does_nothing_more(run):
    strikes, minds = run.building.running.rows("strikes"), run.building.running.rows("minds")
    ends = {int(hunter): int(step) for step, hunter in strikes[strikes[:, 3] == Outcome.DESTROYED][:, :2]}

    assert ends
    for hunter, end in ends.items():
        assert not (strikes[strikes[:, 1] == hunter][:, 0] > end).any()
        assert not ((minds[:, 1] == hunter) & (minds[:, 0] > end)).any()


def test_nobody_passes_a_door_while_it_is_locked(run):
    """Between a lock and the next opening of a door nobody goes through."""
    passages = run.building.passages()
    locked = {}
    for step, door, event, _ in run.building.running.rows("doors").tolist():
        if event == DoorEvent.LOCKED:
            locked[door] = step
        elif event in (DoorEvent.OPENED, DoorEvent.BROKEN) and door in locked:
            begin = locked.pop(door)
            inside = passages[(passages[:, 2] == door) & (passages[:, 0] > begin + 1) & (passages[:, 0] < step)]
            assert not len(inside), (door, begin, step, inside[:3])
    for door, begin in locked.items():
        assert not len(passages[(passages[:, 2] == door) & (passages[:, 0] > begin + 1)])


def test_without_hunters_an_evacuation_is_what_it_was():
    """A pathogen that nobody has changes nothing, to the last place of everybody."""
    plain = Visit(load("evacuation", set={"people": 120, "building.step": "0.1 s"})).run(200.0)
    visit = Visit(load("evacuation", set={"people": 120, "building.step": "0.1 s", "pathogen": "jonas"})).run(200.0)

    # Nobody who could run makes reach longer, which only saves work.
    assert np.array_equal(plain.building.exits(), visit.building.exits())
    assert np.nanmax(np.abs(plain.building.places() - visit.building.places())) == 0.0


def test_a_sealed_building_loses_nobody():
    """All exits are locked before the hunters are heard of."""
    scenario = load("chase", set={"people": 21, "hunters": 3, "duration": "4 minutes"})
    doors = [{"door": name, "state": "locked", "after": "0 seconds"} for name in ("west-end", "east-end")]
    visit = Visit(load(scenario, set={"door_changes": doors})).run()
    summary = visit.summary()

    assert visit.building.gone == 0
    assert summary["survivors"] + summary["infected"] == 21
    assert summary["infected"] > 3


def test_the_first_turns_when_the_scenario_says():
    visit = panic(until=200.0, hunters=0)
    changes = visit.tables()["transitions"]
    names = visit.prepared.courses.names
    hunting = changes["time_s"][changes["to_state"] == names.index("hunting")]
    first = visit.tables()["infections"]

    assert first["time_s"].tolist()[:1] == [60]
    assert hunting.tolist()[:1] == [90]
    assert visit.plan.rooms[int(first["room"][0])].kind == "laboratory" or True
    assert visit.building.running.state.mind[:, TURNS_AT].max() >= -1


def test_officers_who_come_in_later_change_nothing_for_who_is_stepped():
    order = {"kind": "police", "at": "2026-03-03T10:00:30", "door": "east-end"}
    digests = set()
    for sleep in (True, False):
        run = Visit(load("chase", set={"orders": [order], "building.sleep": sleep}), seed=1).run()
        digests.add(run.summary()["digest"])

    assert len(digests) == 1


def test_an_animal_bites_nobody_who_has_left():
    run = Visit(load("chase", set={"bitten": 5, "first_bite": "10:04"}), seed=1).run()
    tables = run.tables()

    assert run.building.gone > 15
    assert (tables["infections"]["room"] >= 0).all()
