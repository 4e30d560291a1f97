"""Tables of a building: places in the plan, stairs along their paths, who left where, and what is measured."""

import math
from dataclasses import replace

import numpy as np
import pytest
from made_plan import SOUND

import walked
from hyosan.engine.building.measuring import Walked, in_ring, lines, measures
from hyosan.engine.building.tables import along_path, names_of, tables_of
from hyosan.floorplan import native
from hyosan.floorplan.plan import Gate, Stair, StairEnd, Zone
from hyosan.rules.codes import Posture
from hyosan.tables import TABLES, Names

FLIGHTS = SOUND.stairs[0]


@pytest.mark.parametrize("make", [walked.hall, walked.house])
def test_tables_have_their_columns_and_come_in_order(make):
    plan, building, _ = make()
    for name, columns in tables_of(building, plan).items():
        assert list(columns) == [column.name for column in TABLES[name].columns]
        assert len({len(column) for column in columns.values()}) == 1
        assert all(columns[each.name].dtype == each.kind for each in TABLES[name].columns)
        if "time_s" in columns:
            assert (np.diff(columns["time_s"]) >= 0).all()


def test_everybody_has_a_row_at_the_start_and_one_at_the_end_or_at_an_exit():
    plan, building, _ = walked.house()
    tracks = tables_of(building, plan)["tracks"]
    people = len(building.crowd.room)
    assert sorted(tracks["person"][tracks["time_s"] == 0]) == list(range(people))
    gone = tracks["posture"] == Posture.GONE
    still = (tracks["time_s"] == building.now) & ~gone
    assert sorted([*tracks["person"][gone], *tracks["person"][still]]) == list(range(people))
    assert (tracks["room"][gone] == -1).all()
    ends = np.array([plan.doors[row].segment for row in plan.exits])
    for x, y in zip(tracks["x_cm"][gone] / 100, tracks["y_cm"][gone] / 100, strict=True):
        away = [math.dist(one, (x, y)) + math.dist((x, y), other) - math.dist(one, other) for one, other in ends]
        assert min(away) < 0.02
    last = {}
    for row, person in enumerate(tracks["person"].tolist()):
        last[person] = row
    assert set(np.flatnonzero(gone).tolist()) <= set(last.values())


def test_nobody_jumps_between_rooms_stairs_and_storeys():
    """Stairs are mapped to where their ends are: a walk never leaps in the plan, and heights change on stairs alone."""
    plan, building, _ = walked.house()
    tracks = tables_of(building, plan)["tracks"]
    order = np.lexsort((tracks["posture"] == Posture.GONE, tracks["time_s"], tracks["person"]))
    same = np.diff(tracks["person"][order]) == 0
    step = np.hypot(np.diff(tracks["x_cm"][order]), np.diff(tracks["y_cm"][order]))[same]
    rise = np.abs(np.diff(tracks["z_cm"][order]))[same]
    # 2 m/s at most for half a second; where a stair turns, who walks at its rim is carried across its width.
    assert step.max() < 100 + 110
    assert np.quantile(step, 0.99) < 105
    assert rise.max() < 100
    rooms = tracks["room"] < len(plan.rooms)
    levels = {round(100 * storey.elevation) for storey in plan.storeys}
    assert set(tracks["z_cm"][rooms & (tracks["room"] >= 0)].tolist()) <= levels
    assert len(set(tracks["z_cm"][~rooms].tolist())) > 20


def test_a_place_on_a_stair_lies_along_its_path():
    slope = math.hypot(2.8, 1.7)
    place, height = along_path(FLIGHTS, np.array([[0.0, 0.5], [slope / 2, 0.5], [slope, 0.2], [2 * slope, 0.5]]))
    assert place[0] == pytest.approx((5.5, 4.0))
    assert place[1] == pytest.approx((5.5, 5.4))
    # Beyond the turn the way down in the plan is the way up the stair: its right is the east's other side.
    assert place[2] == pytest.approx((5.2, 6.8))
    assert place[3] == pytest.approx((5.5, 4.0))
    assert height == pytest.approx([0, 0.85, 1.7, 3.4])


def test_the_lower_half_of_a_stair_is_shown_on_the_lower_storey():
    plan, building, _ = walked.house()
    tracks = tables_of(building, plan)["tracks"]
    stairs = tracks["room"] >= len(plan.rooms)
    floors = np.array([100 * storey.elevation for storey in plan.storeys])
    above = tracks["z_cm"] - floors[tracks["storey"]]
    assert stairs.any()
    assert above[stairs].max() <= 171
    assert above[stairs].min() >= -171


def test_passages_name_a_stair_once_and_leave_its_joints_out():
    plan, building, records = walked.house()
    rows = records.table("passages").to_pylist()
    stairs = {stair.name for stair in plan.stairs}
    assert {row["door"] for row in rows} & stairs
    assert all(row["from_room"] != row["to_room"] for row in rows)
    assert sum(row["to_room"] is None for row in rows) == building.gone
    for row in rows:
        assert (row["door"] in stairs) == (row["from_room"] in stairs or row["to_room"] in stairs)


def test_names_tell_a_stair_from_a_room_of_its_name():
    stair = Stair("hall", (StairEnd(1, FLIGHTS.ends[0].segment), FLIGHTS.ends[1]), FLIGHTS.path)
    plan = replace(SOUND, stairs=(stair,))
    names = names_of(plan)
    assert names[Names.ROOMS] == ("lab", "hall", "attic", "hall (stair)")
    assert names[Names.DOORS] == ("inner", "front", "hall")
    assert native.loads(names[Names.PLAN][0]) == plan


def straight(*places, look=10, storey=0):
    """One person at a place at every look."""
    count = len(places)
    return Walked(
        np.arange(count) * look,
        np.zeros(count, np.int64),
        np.full(count, storey),
        np.full(count, int(Posture.WALKING)),
        np.array(places, float),
        np.zeros(count, np.bool_),
        0.05,
        look,
        (count - 1) * look,
    )


def test_a_line_is_crossed_where_and_when_the_way_crosses_it():
    plan = replace(SOUND, gates=(Gate("line", 0, ((1.0, 0.0), (1.0, 2.0))),))
    found = lines(straight((0.0, 1.0), (0.5, 1.0), (1.25, 1.0), (0.75, 1.0), (0.75, 3.0), (1.25, 3.0)), plan)
    # Seen along the line, from south to north, west is left. It is crossed after two thirds of 0.5 s, and back halfway.
    assert found["time_s"].tolist() == [0.85, 1.25]
    assert found["direction"].tolist() == [-1, 1]
    assert found["speed_m_s"].tolist() == pytest.approx([1.5, 1.0])


def test_a_zone_counts_who_is_in_it_and_how_fast():
    ring = ((1.0, 0.0), (3.0, 0.0), (3.0, 2.0), (1.0, 2.0))
    plan = replace(SOUND, zones=(Zone("start", 0, ring, "start"), Zone("zone", 0, ring)))
    found = measures(straight((0.8, 1.0), (1.3, 1.0), (1.3, 1.0), (2.0, 1.0), (3.5, 1.0)), plan)
    assert found["area"].tolist() == [1] * 5
    assert found["count"].tolist() == [0, 1, 1, 1, 0]
    assert found["density_1_m2"].tolist() == [0, 0.25, 0.25, 0.25, 0]
    assert found["speed_m_s"][1:4].tolist() == pytest.approx([1.0, 0.0, 1.4])
    assert np.isnan(found["speed_m_s"][[0, 4]]).all()


def test_a_ring_holds_what_is_inside_it():
    notch = ((0, 0), (4, 0), (4, 4), (2, 1), (0, 4))
    places = np.array([(2, 0.5), (2, 2), (0.5, 2), (3.5, 2), (-1, 2), (5, 2)], float)
    assert in_ring(notch, places).tolist() == [True, False, True, True, False, False]


def test_what_the_measuring_tables_say_agrees_with_tracks():
    plan, building, _ = walked.hall()
    tables = tables_of(building, plan)
    tracks, zone = tables["tracks"], plan.zones[0]
    for time in (0.0, 5.0, 10.0):
        at = {}
        for row in np.flatnonzero(tracks["time_s"] <= time):
            at[int(tracks["person"][row])] = row
        rows = np.array(list(at.values()))
        place = np.stack([tracks["x_cm"][rows], tracks["y_cm"][rows]], axis=1) / 100
        inside = in_ring(zone.outline, place) & (tracks["posture"][rows] != Posture.GONE)
        counted = tables["measures"]["count"][tables["measures"]["time_s"] == time]
        assert abs(int(counted[0]) - int(inside.sum())) <= 1  # who stands on its rim, in whole centimetres
