"""`hyosan bench building`: the crowd that it says, and numbers of the run that it measures."""

import json
from dataclasses import fields

import numpy as np
import pytest
from typer.testing import CliRunner

import hyosan.engine.building.building as stepping
from hyosan.engine.building.building import Building
from hyosan.engine.building.ground import ground_of
from hyosan.floorplan.check import problems
from hyosan.records.digest import digest_of_places
from hyosan.verification.bench_building import CASES, Measured, crowd_of, measured, plan_of, starts_of, walls_of
from hyosan.views.commands import app


def _hyosan(*args, code=0):
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def lines():
    said = _hyosan("bench", "building", "--people", 60, "--json").stdout
    return [json.loads(line) for line in said.splitlines()]


def test_json_is_one_line_a_case_with_all_fields(lines):
    assert [line["scenario"] for line in lines] == list(CASES)
    for line in lines:
        assert list(line) == [field.name for field in fields(Measured)]
        assert (line["people"], line["threads"], line["dt"], line["steps"]) == (60, 1, 0.05, 600)
        assert line["person_steps_per_s"] == pytest.approx(line["person_steps"] / line["run_s"])
        assert line["person_seconds_per_s"] == pytest.approx(0.05 * line["person_steps_per_s"])
        assert line["cpu_s"] > 0
        assert 0 <= line["gone"] <= 60


def test_a_panic_counts_everybody_in_the_building():
    """A crowd of a hundred, ten of them hunters: everybody is stepped, and nobody more often than there are steps."""
    line = json.loads(_hyosan("bench", "building", "--scenario", "panic", "--people", 100, "--json").stdout)

    assert list(line) == [field.name for field in fields(Measured)]
    assert (line["scenario"], line["people"], line["dt"], line["steps"]) == ("panic", 100, 0.1, 3000)
    assert 0.2 * 100 * 3000 < line["person_steps"] <= 100 * 3000
    assert line["gone"] > 0


def test_a_panic_needs_seats_for_all():
    assert "holds 20 to" in _hyosan("bench", "building", "--scenario", "panic", "--people", 5000, code=1).output


def test_it_measures_what_the_engine_does(lines):
    for line in lines:
        building = Building(ground_of(plan_of(line["scenario"], 60)), crowd_of(line["scenario"], 60))
        building.run(30.0)
        people = building.state.people
        assert line["digest"] == digest_of_places(
            building.places(), people.who[:, 0], people.who[:, 3], building.exits()
        )
        assert (line["person_steps"], line["gone"]) == (building.person_steps, building.gone)


def test_people_walk_the_corridor_and_the_door(lines):
    """Nobody is faster than 1.34 m/s; who has 40 m before it is mostly free, and some pass the door in 30 s."""
    corridor, bottleneck = lines
    assert 25 < corridor["advance_m"] <= 40.2
    assert bottleneck["gone"] > 0


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("people", [1, 200, 1000, 5000])
def test_starts_are_as_dense_as_said_and_inside(case, people):
    """1.5 a square metre, but for the margin of 0.3 m along the walls and the last row that is not full."""
    from shapely import Polygon, points

    outline, end = walls_of(case, people)
    starts = starts_of(case, people)
    floor = Polygon(outline)
    assert floor.is_valid
    assert floor.exterior.is_ccw
    assert floor.exterior.distance(points(starts)).min() > 0.2
    assert floor.contains(points(starts)).all()
    assert np.ptp(starts[:, 0]) < end - 10
    if people >= 1000:
        width = np.ptp(starts[:, 1]) + np.ptp(starts[:, 1]) / np.sqrt(people)
        assert people / (width * np.ptp(starts[:, 0])) == pytest.approx(1.5, rel=0.1)


@pytest.mark.parametrize("case", CASES)
def test_plans_are_sound(case):
    assert not problems(plan_of(case, 200))


def test_only_what_is_of_buildings():
    assert "Leave it out" in _hyosan("bench", "building", "--schedules", code=2).stderr
    assert "none of corridor, bottleneck" in _hyosan("bench", "building", "--scenario", "city", code=2).stderr
    (line,) = _hyosan("bench", "building", "--scenario", "corridor", "--people", 20, "--json").stdout.splitlines()
    assert json.loads(line)["scenario"] == "corridor"


def test_a_digest_tells_a_centimetre_a_room_a_posture_and_who_left_when_and_no_less():
    places, rooms, postures = np.array([[1.234, 2.0], [np.nan, np.nan]]), np.array([0, -1]), np.array([2, 3])
    left = np.array([[40, 1, 0]])
    first = digest_of_places(places, rooms, postures, left)
    assert len(first) == 64
    assert digest_of_places(places + 1e-3, rooms, postures, left) == first
    assert digest_of_places(places + 1e-2, rooms, postures, left) != first
    assert digest_of_places(places, rooms + 1, postures, left) != first
    assert digest_of_places(places, rooms, postures - 1, left) != first
    assert digest_of_places(places, rooms, postures, left + 1) != first


def test_threads_change_no_digest(monkeypatch):
    """Also of crowds so small that one thread is quicker."""
    monkeypatch.setattr(stepping, "MANY", 1)
    one, two = (measured("bottleneck", 450, threads=threads, dt=0.25, runs=1) for threads in (1, 2))
    assert (one.digest, one.person_steps) == (two.digest, two.person_steps)
    assert (one.threads, two.threads) == (1, 2)


def test_a_finer_step_is_measured_too():
    found = measured("corridor", 20, dt=0.01, runs=1)
    assert (found.steps, found.dt) == (3000, 0.01)
