"""Buildings of OpenStreetMap become plans that can be walked, or are refused."""

import math
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from hyosan.errors import PlanError
from hyosan.floorplan import formats, osm
from hyosan.floorplan.check import problems
from hyosan.floorplan.osm_tags import kind_of, levels_of, metres
from hyosan.floorplan.plan import OUTSIDE, DoorState, RoomKind

SMALL = Path(__file__).parent.parent / "floorplans" / "small.osm"


@pytest.fixture(scope="module")
def small():
    """Plan and notes of our small building."""
    return osm.read_with_notes(SMALL)


def changed(tmp_path, *swaps):
    """Our small building with other text in place of some."""
    text = SMALL.read_text()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "changed.osm"
    path.write_text(text)
    return path


def door_of(plan, name):
    """A door by its name."""
    return next(door for door in plan.doors if door.name == name)


def test_small_building(small):
    """Rooms, their kinds, areas and storeys are those that were drawn."""
    plan, _ = small
    assert [(storey.name, storey.elevation) for storey in plan.storeys] == [("0", 0.0), ("1", 3.6)]
    found = {room.name: (room.storey, room.kind, round(room.area, 2), len(room.holes)) for room in plan.rooms}
    assert found == {
        "Long corridor": (0, RoomKind.CORRIDOR, 40, 0),
        "A": (0, RoomKind.CLASSROOM, 24, 0),
        "B": (0, RoomKind.TOILET, 24, 0),
        "C": (0, RoomKind.ROOM, 32, 0),
        "D": (0, RoomKind.ROOM, 68, 1),
        "T@0": (0, RoomKind.STAIRWELL, 20, 0),
        "T@1": (1, RoomKind.STAIRWELL, 20, 0),
        "L@0": (0, RoomKind.LIFT, 4, 0),
        "L@1": (1, RoomKind.LIFT, 4, 0),
        "room 107": (1, RoomKind.CORRIDOR, 40, 0),
        "E": (1, RoomKind.ROOM, 80, 0),
    }
    assert plan.rooms[1].capacity == 30
    assert problems(plan) == ()


def test_small_doors(small):
    """Doors have the widths, leaves, locks and rooms that tags say, and stay where they were drawn."""
    plan, _ = small
    name = [room.name for room in plan.rooms] + ["outside"]
    doors = {door.name: (*(name[row] for row in door.rooms), round(door.width, 3)) for door in plan.doors}
    assert doors == {
        "door 2": ("Long corridor", "A", 0.9),
        "door 3": ("Long corridor", "B", 1.2),
        "door 5": ("Long corridor", "outside", 1.8),
        "door 7": ("Long corridor", "D", 1.5),
        "door 8@0": ("Long corridor", "L@0", 0.9),
        "door 8@1": ("L@1", "room 107", 0.9),
        "door 9@0": ("Long corridor", "T@0", 0.9),
        "door 9@1": ("T@1", "room 107", 0.9),
        "door 11": ("Long corridor", "outside", 1.0),
        "door 24": ("room 107", "E", 0.9),
        "open edge C to Long corridor": ("C", "Long corridor", 8.0),
    }
    assert [door.name for door in plan.doors if not door.leaf] == ["door 7", "open edge C to Long corridor"]
    assert [door.name for door in plan.doors if door.emergency] == ["door 11"]
    assert [door.name for door in plan.doors if door.state is DoorState.LOCKED] == ["door 24"]
    (x, y), (end_x, end_y) = door_of(plan, "door 3").segment
    assert ((x + end_x) / 2, (y + end_y) / 2) == pytest.approx((9, 4), abs=0.002)


def test_small_notes(small):
    """What is not in the plan as it was drawn, is said."""
    plan, notes = small
    assert notes == (
        "doors of one room above the ground, which lead nowhere, left out: door 25.",
        "areas without doors, opened where they touch another: C.",
    )
    assert [(obstacle.kind, plan.rooms[obstacle.room].name) for obstacle in plan.obstacles] == [("column", "A")]


def test_stair_is_as_long_as_its_steps(small):
    """A stair of 3.6 m has 21 steps of 0.29 m and 0.17 m; its path lies in the stairwell."""
    from shapely import LineString, Polygon

    plan, _ = small
    (stair,) = plan.stairs
    run = 3.6 / 0.17 * 0.29
    assert sum(math.dist(one[:2], other[:2]) for one, other in pairwise(stair.path)) == (pytest.approx(run, rel=0.1))
    assert [plan.rooms[end.room].name for end in stair.ends] == ["T@0", "T@1"]
    assert stair.width == pytest.approx(1.5, abs=0.002)
    inside = Polygon(plan.rooms[stair.ends[0].room].outline).buffer(0.05)
    assert inside.covers(LineString([place[:2] for place in stair.path]))


def test_step_count_and_height_make_the_riser(tmp_path):
    """`height` makes storeys and `step_count` the steps; a count that cannot be is noted."""
    path = changed(
        tmp_path,
        ("<tag k='ref' v='A' />", "<tag k='ref' v='A' /><tag k='height' v='4 m' />"),
        ("<tag k='stairs' v='yes' />", "<tag k='stairs' v='yes' /><tag k='step_count' v='25' />"),
    )
    plan, _ = osm.read_with_notes(path)
    assert plan.storeys[1].elevation == 4.0
    assert plan.stairs[0].riser == 0.16
    few = changed(tmp_path, ("<tag k='stairs' v='yes' />", "<tag k='stairs' v='yes' /><tag k='step_count' v='3' />"))
    assert "count of steps that does not fit the height, not used: T (3)." in osm.read_with_notes(few)[1]


def test_steps_drawn_as_a_line(tmp_path):
    """A line with highway=steps joins the rooms at its ends."""
    line = (
        "<way id='150'><nd ref='2' /><nd ref='24' /><tag k='highway' v='steps' />"
        "<tag k='level' v='0;1' /><tag k='incline' v='up' /></way>\n</osm>"
    )
    plan, notes = osm.read_with_notes(changed(tmp_path, ("</osm>", line)))
    assert [stair.name for stair in plan.stairs] == ["T 0 to 1", "steps 150 0 to 1"], notes
    assert plan.rooms[plan.stairs[1].ends[1].room].storey == 1
    assert not [problem for problem in problems(plan) if problem.severity == "fault"]


def test_overlapping_rooms_are_parted(tmp_path):
    """The larger of two rooms gives way, and it is said by how much."""
    pillar = "<tag k='indoor' v='column' />"
    plan, notes = osm.read_with_notes(changed(tmp_path, (pillar, "<tag k='indoor' v='room' /><tag k='ref' v='X' />")))
    assert {room.name: round(room.area, 2) for room in plan.rooms if room.name in "AX"} == {"A": 23.84, "X": 0.16}
    assert "rooms that overlapped another and gave way: A (0.16 m² to X)." in notes


def test_levels_and_lengths():
    """Levels and lengths are read as mappers write them."""
    assert levels_of({"level": "0;1", "repeat_on": "3-5"}) == ([0, 1, 3, 4, 5], False)
    assert levels_of({"level": "-2--1"}) == ([-2, -1], True)
    assert levels_of({"level": "0.5"}) == ([0.5], False)
    assert levels_of({"level": "0-99999"}) == levels_of({"level": "3-1"}) == levels_of({}) == ([], False)
    assert [metres(text) for text in ("1.2", "120 cm", "1200mm", "3 ft", "-1", "wide", "", None)] == [
        1.2, 1.2, 1.2, 0.914, None, None, None, None,
    ]  # fmt: skip
    assert kind_of({"indoor": "room", "room": "class"}) is RoomKind.CLASSROOM
    assert kind_of({"indoor": "room", "stairs": "yes", "room": "class"}) is RoomKind.STAIRWELL


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<osm version", "<!DOCTYPE x [<!ENTITY a 'b'>]>\n<osm version", "has a DOCTYPE"),
        ("<osm version='0.6'", "<osm version=0.6", "is no XML"),
        ("lat='0.000000000'", "lat='north'", "has no longitude and latitude"),
        ("lat='0.000000000'", "lat='91'", "Write degrees"),
        ("lat='0.000000000'", "lat='nan'", "Write degrees"),
        ("lat='0.000000000'", "lat='1.0'", "5 km apart"),
        ("k='indoor'", "k='outdoor'", "has no rooms"),
        ("k='level'", "k='floor'", "has no room with a level"),
    ],
)
def test_refusals(tmp_path, old, new, message):
    """What cannot be read is refused in one line that names the file and what to do."""
    path = changed(tmp_path, (old, new))
    with pytest.raises(PlanError, match=message) as refusal:
        osm.read(path)
    assert str(refusal.value).startswith(f"{path}: ")
    assert "\n" not in str(refusal.value)


def test_an_entity_bomb_is_refused_at_once(tmp_path):
    """No entity is expanded, whatever encloses it."""
    bomb = "<?xml version='1.0'?>\n<!DOCTYPE osm [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>\n<osm>&b;</osm>"
    path = tmp_path / "bomb.osm"
    path.write_text(bomb)
    with pytest.raises(PlanError, match="DOCTYPE"):
        osm.read(path)


def test_metres_are_those_of_the_ellipsoid(tmp_path):
    """A degree is 111,319.5 m of longitude at the equator, half of it at about 60 degrees; 110,574.3 m of latitude."""
    text = SMALL.read_text()
    east, north_end = (
        max(float(found) for found in re.findall(rf"{axis}='([0-9.]+)'", text)) for axis in ("lon", "lat")
    )
    outlines = [point for room in osm.read(SMALL).rooms for point in room.outline]
    assert max(x for x, _ in outlines) == pytest.approx(east * 111_319.49, abs=0.001)
    assert max(y for _, y in outlines) == pytest.approx(north_end * 110_574.28, abs=0.001)
    north = tmp_path / "north.osm"
    north.write_text(re.sub(r"lat='0.", "lat='60.", text))
    outlines = [point for room in osm.read(north).rooms for point in room.outline]
    # Of WGS 84 at 60 degrees: 55,800 m and 111,412 m.
    assert max(x for x, _ in outlines) == pytest.approx(20 * 55_800 / 111_319.5, abs=0.002)
    assert max(y for _, y in outlines) == pytest.approx(12 * 111_412 / 110_574.3, abs=0.002)


def test_found_by_its_ending():
    """Whoever reads plans of any format reads these."""
    assert formats.read(SMALL) == osm.read(SMALL)


def test_faculty_building(data):
    """The four storeys of the Andreas-Pfitzmann-Bau, all but one room of which have a way out.

    446 closed shapes were counted in the file; one is a statue in the foyer, and the foyer is a multipolygon beside
    them, so there are 446 rooms. Stairwells and lifts have a floor on each level they pass.
    """
    plan, notes = osm.read_with_notes(data("buildings/osm/APB.osm"))
    assert [storey.name for storey in plan.storeys] == ["0", "1", "2", "3"]
    assert [len(list(plan.rooms_on(storey))) for storey in range(4)] == [90, 124, 128, 131]
    passed = (RoomKind.STAIRWELL, RoomKind.LIFT)
    shafts = {room.name.partition("@")[0] for room in plan.rooms if room.kind in passed}
    assert len(shafts) == 7 + 2
    assert len(plan.rooms) == 446 + 3 * len(shafts)
    assert [obstacle.kind for obstacle in plan.obstacles] == ["yes"]
    nodes = Counter(door.name.partition("@")[0] for door in plan.doors if not door.is_exit)
    # 461 nodes lie on two closed ways; the foyer is beside 19 more.
    assert len(nodes) == 461 + 19
    assert len(plan.exits) == 21
    assert sum(plan.doors[row].emergency for row in plan.exits) == 16
    assert all(plan.rooms[plan.doors[row].rooms[0]].storey == 0 for row in plan.exits)
    assert len(plan.stairs) == 7 * 3
    assert all(OUTSIDE not in door.rooms or door.rooms[1] == OUTSIDE for door in plan.doors)
    (problem,) = problems(plan)
    assert problem.message.startswith("room '1065' (1) has no door")
    assert "rooms from which no exit can be reached: 1065." in notes
