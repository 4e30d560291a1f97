"""Walkable areas as well-known text become rooms, with the exits that a person adds."""

import re
from pathlib import Path

import pytest
import shapely

from hyosan.errors import PlanError
from hyosan.floorplan import formats, wkt
from hyosan.floorplan.check import problems
from hyosan.floorplan.plan import OUTSIDE

TESTS = Path(__file__).parent.parent
SMALL = TESTS / "floorplans" / "small.wkt"

SQUARE = "POLYGON ((0 0, 8 0, 8 5, 0 5, 0 0))"


def read(tmp_path, text):
    """Plan and notes of a text."""
    path = tmp_path / "area.wkt"
    path.write_text(text)
    return wkt.read_with_notes(path)


def test_small_areas():
    """Areas that touch are one room, with holes; exits are where they were drawn, from the origin of the plan."""
    plan, notes = wkt.read_with_notes(SMALL)
    assert [(room.name, round(room.area, 3), len(room.holes)) for room in plan.rooms] == [
        ("area 1", 12 * 8 - 1 + 6 * 2, 1),
        ("area 2", 12, 0),
    ]
    assert [(door.name, door.rooms, sorted(door.segment), door.leaf) for door in plan.doors] == [
        ("exit 1", (0, OUTSIDE), [(18.0, 3.2), (18.0, 4.8)], False),
        ("exit 2", (1, OUTSIDE), [(31.0, 0.0), (32.0, 0.0)], False),
    ]
    assert notes == ("the origin was put at the lower left, (10.000, 10.000) of the file.",)
    assert problems(plan) == ()
    assert formats.read(SMALL) == plan


def test_no_exit_is_said(tmp_path):
    """A plan without exits can be drawn; notes and the check say what is missing."""
    plan, notes = read(tmp_path, SQUARE)
    assert plan.area == 40
    assert notes == ("no exit: the format has none. Add a line such as EXIT LINESTRING (x y, x y), along a wall.",)
    assert "has no exit" in problems(plan)[0].message


def test_an_exit_near_a_wall_is_put_into_it(tmp_path):
    """An exit drawn a little beside the wall, and longer than it, gets what there is, and it is said."""
    plan, notes = read(tmp_path, f"{SQUARE}\nEXIT LINESTRING (8.1 -1, 8.1 6)")
    assert sorted(plan.doors[0].segment) == [(8.0, 0.0), (8.0, 5.0)]
    assert notes == ("exit 1 got 5.00 m, for its wall is not straight any longer.",)


def test_whatever_is_no_area_is_noted(tmp_path):
    """Lines and points without EXIT, and tiny areas, are left out by name; empty geometries are nothing."""
    text = (
        f"{SQUARE}\nGEOMETRYCOLLECTION EMPTY\nPOINT (3 3) LINESTRING (0 0, 1 1)\nPOLYGON ((9 9, 9.1 9, 9.1 9.1, 9 9))"
    )
    plan, notes = read(tmp_path, text)
    assert len(plan.rooms) == 1
    assert "geometries that are no area, left out: Point of line 3, LineString of line 3." in notes
    assert "areas of less than 0.1 m², left out: 0.005 m² at 9.00, 9.00." in notes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no area"),
        ("# nothing", "has no area"),
        ("POLYGON EMPTY", "has no area"),
        ("hello (1 2)", "no well-known text"),
        ("hello", "'hello' begins no geometry. Write POLYGON"),
        ("12 13", "'12 13' begins no geometry. Write POLYGON"),
        ("POLYGON ((0 0, 8 0, 8 5)", "never closed"),
        ("POLYGON ((0 0, 8 0, 8 5))", "no well-known text"),
        ("POLYGON ((0 0, 8 x, 8 5, 0 0))", "no well-known text"),
        ("POLYGON ((0 0, 8 0, nan 5, 0 0))", "no number of metres|no well-known text"),
        ("POLYGON ((0 0, 8 0, 1e300 5, 0 0))", "no number of metres"),
        ("POLYGON ((0 0, 8 5, 8 0, 0 5, 0 0))", "crosses itself"),
        ("POLYGON ((0 0, 8000 0, 8000 5, 0 5, 0 0))", "5 km wide"),
        ("POLYGON ((0 0, 0.1 0, 0.1 0.1, 0 0))", "0.1 m² or more"),
        ("GEOMETRYCOLLECTION (" * 50 + SQUARE + ")" * 50, "nested more than 16 deep"),
        (f"{SQUARE}\nEXIT POINT (8 3)", "line of two points"),
        (f"{SQUARE}\nEXIT LINESTRING (8 2, 8 3, 8 4)", "line of two points"),
        (f"{SQUARE}\nEXIT LINESTRING (8 2, 8 2.1)", "line of two points"),
        (f"{SQUARE}\nEXIT LINESTRING (4 2, 4 3)", "2.50 m from the nearest wall"),
        (f"{SQUARE}\nEXIT LINESTRING (8 1, 8 4)\nEXIT LINESTRING (8 2, 8 3)", "on another exit"),
    ],
)
def test_refusals(tmp_path, text, message):
    """What cannot be read is refused in one line that names the file, the line and what to do."""
    with pytest.raises(PlanError, match=message) as refusal:
        read(tmp_path, text)
    assert str(refusal.value).startswith(str(tmp_path / "area.wkt"))
    assert "\n" not in str(refusal.value)
    if "EXIT" in text:
        assert f"area.wkt:{text.count(chr(10)) + 1}:1: " in str(refusal.value)


def test_the_example_of_the_page(tmp_path):
    """What the page shows is a plan without problems."""
    page = (TESTS.parent / "docs" / "how-to" / "floorplan-files.md").read_text()
    (example,) = re.findall(r"```\n(# A room.*?)```", page, re.DOTALL)
    plan, notes = read(tmp_path, example)
    assert problems(plan) == ()
    assert notes == ()
    assert plan.area == 39.75


@pytest.mark.parametrize(
    ("name", "holes"),
    [
        ("BUW", 40),
        ("Geometrie_verwinkelt_v1", 18),
        ("aknz_evac", 5),
        ("arena", 15),
        ("corner_with_shortcut", 1),
        ("double_bottleneck", 0),
        ("office_rooms", 0),
        ("recessed_door", 0),
        ("room_with_alcoven", 0),
    ],
)
def test_areas_of_others(data, name, holes):
    """Areas of JuPedSim's examples are one room each, with nothing wrong but the exits that they lack."""
    path = data(f"buildings/wkt/{name}.wkt")
    plan, notes = wkt.read_with_notes(path)
    (room,) = plan.rooms
    assert room.area == pytest.approx(shapely.union_all(shapely.from_wkt(path.read_text())).area, rel=1e-4)
    # Six polygons of this one are where people start and leave.
    within = "polygons that lie within another one and add nothing, perhaps starts or exits: 6."
    assert (within in notes) == (name == "Geometrie_verwinkelt_v1")
    assert len(room.holes) == holes
    assert [problem.severity for problem in problems(plan)] == ["fault", "warning"]
    assert "has no exit" in problems(plan)[0].message


def test_a_third_coordinate_is_dropped(tmp_path):
    """Heights of corners say nothing here."""
    plan, _ = read(tmp_path, "POLYGON Z ((0 0 9, 8 0 9, 8 5 9, 0 5 9, 0 0 9))\nEXIT LINESTRING Z (8 1 9, 8 2 9)")
    assert (plan.area, len(plan.exits)) == (40, 1)
