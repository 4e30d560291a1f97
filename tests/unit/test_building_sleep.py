"""Who sleeps is not stepped, and threads share the rest: neither changes where anybody ends."""

from dataclasses import fields

import numpy as np
import pytest

import hyosan.engine.building.building as stepping
from hyosan.building import Visit
from hyosan.engine.building import given
from hyosan.engine.building.columns import STOPPED
from hyosan.scenario.load import load

NAMES = {("PeopleArrays", "walkers"): "WALKER"}
"""Where a place is not called as its array."""


def ended(changes, *, threads=1, until=150.0):
    """Where everybody was, all tracks and passages, and the steps that were made."""
    visit = Visit(load("evacuation", set={"people": 300, "premovement.most": "40 seconds", **changes}), threads=threads)
    visit.run(until)
    visit.close()
    building = visit.building
    rows = (building.places().tobytes(), building.tracks().tobytes(), building.passages().tobytes())
    return rows, building.person_steps


@pytest.fixture(scope="module")
def asleep():
    """The evacuation of half the school, stepped as it is by default."""
    return ended({})


def test_stepping_everybody_changes_nothing_but_the_work(asleep):
    awake, steps = ended({"building.sleep": False})

    assert awake == asleep[0]
    assert steps > 1.3 * asleep[1]


def test_threads_change_nothing(asleep, monkeypatch):
    monkeypatch.setattr(stepping, "MANY", 1)

    assert ended({}, threads=3)[0] == asleep[0]


def test_everybody_gathers_in_the_yard():
    visit = Visit(load("evacuation", set={"people": 200})).run()
    summary = visit.summary()

    assert summary["evacuated"] + summary["stuck"] >= 200
    assert summary["evacuated"] >= 198
    assert sum(summary["by_exit"].values()) == summary["evacuated"]
    assert visit.now < 1200


def test_a_quiet_building_jumps_to_the_next_event():
    visit = Visit(load("school-day", set={"people": 100}))
    # Homeroom is from eight to twenty past; the first set out two minutes before the lesson.
    visit.run(1000.0)

    assert visit.building.person_steps == 0
    assert visit.building.now == pytest.approx(1000.0)


def test_people_at_rest_have_no_walkers():
    visit = Visit(load("corridor", set={"people": 30})).run()

    assert visit.building.at_rest
    assert visit.building.gone == 30
    assert np.isnan(visit.building.places()).all()


def test_who_stops_again_and_again_is_noted_once_between_two_looks():
    """Waiting people are pushed and stand still many times in half a minute; the list of them has a row for each."""
    visit = Visit(load("corridor", set={"people": 300, "premovement.most": "60 seconds", "records.tracks": "30 s"}))
    most = 0
    for second in range(1, 60):
        visit.run(float(second))
        most = max(most, int(visit.building.state.clock[STOPPED]))

    assert 100 < most <= 300


def test_places_in_tuples_are_those_of_the_arrays():
    """Whoever adds an array in the middle moves the others."""
    building = Visit(load("corridor", set={"people": 5})).building
    state, ground = building.state, building.ground
    parts = (("_ROWS", building._doors, state.doors), ("_ROWS", building._goals, state.goals))
    for suffix, given_arrays, part in (*parts, ("_ROWS", building._people, state.people)):
        for field in fields(part):
            place = getattr(given, NAMES.get((type(part).__name__, field.name), field.name.upper()) + suffix)
            assert given_arrays[place] is getattr(part, field.name), field.name
    for name in ("room", "tile", "side", "gate", "wall", "wall_side", "wall_first", "wall_near", "far", "way", "wide"):
        assert building._ground[getattr(given, f"{name.upper()}_ROWS")] is getattr(ground, name), name
