"""Building models become plans that can be walked, or are refused."""

import math
import re
from itertools import pairwise
from pathlib import Path

import pytest

from hyosan.errors import PlanError
from hyosan.floorplan import formats, ifc
from hyosan.floorplan.check import Severity, problems
from hyosan.floorplan.plan import OUTSIDE, RoomKind, StairKind

SMALL = Path(__file__).parent.parent / "floorplans" / "small.ifc"


@pytest.fixture(scope="module")
def small():
    """Plan and notes of our small house."""
    pytest.importorskip("ifcopenshell")
    return ifc.read_with_notes(SMALL)


def changed(tmp_path, *swaps):
    """Our small house with other text in place of some."""
    text = SMALL.read_text()
    for old, new in swaps:
        assert re.search(old, text)
        text = re.sub(old, new, text)
    path = tmp_path / "changed.ifc"
    path.write_text(text)
    return path


def test_small_rooms(small):
    """Spaces in millimetres are rooms in metres, on storeys by their heights; what they are for is in their names."""
    plan, _ = small
    assert [(storey.name, storey.elevation) for storey in plan.storeys] == [("Ground", 0.0), ("First", 3.0)]
    assert [(room.name, room.title, room.storey, room.kind) for room in plan.rooms] == [
        ("1", "Corridor", 0, RoomKind.CORRIDOR),
        ("2", "Office", 0, RoomKind.OFFICE),
        ("3", "Laboratory", 0, RoomKind.LABORATORY),
        ("11", "Corridor", 1, RoomKind.CORRIDOR),
        ("12", "Seminar", 1, RoomKind.CLASSROOM),
    ]
    assert plan.title == "A made-up house"
    assert problems(plan) == ()
    assert formats.read(SMALL) == plan


def test_rooms_share_the_doorways_of_thick_walls(small):
    """Doors are in the middle of the walls of 0.2 m, and rooms grow by half of the doorways: width times 0.1 m."""
    plan, _ = small
    doors = {door.name.partition(" #")[0]: (door.rooms, sorted(door.segment)) for door in plan.doors}
    assert doors == {
        "to the office": ((0, 1), [(1.5, 2.1), (2.4, 2.1)]),
        "to the laboratory": ((0, 2), [(5.0, 2.1), (6.0, 2.1)]),
        "entrance": ((0, OUTSIDE), [(0.0, 0.4), (0.0, 1.6)]),
        "to the seminar": ((3, 4), [(5.0, 2.1), (5.9, 2.1)]),
    }
    areas = [16 + 0.09 + 0.1, 3.9 * 3.8 + 0.09, 3.9 * 3.8 + 0.1, 16 + 0.09, 8 * 3.8 + 0.09]
    assert [room.area for room in plan.rooms] == pytest.approx(areas, abs=0.001)


def test_small_stair_and_column(small):
    """The stair leads from corridor to corridor, its path as long as its steps; the column stands in the office."""
    plan, _ = small
    (stair,) = plan.stairs
    assert [end.room for end in stair.ends] == [0, 3]
    assert stair.kind is StairKind.STAIR
    run = sum(math.dist(one[:2], other[:2]) for one, other in pairwise(stair.path))
    assert run == pytest.approx(3 / 0.17 * 0.29, rel=0.15)
    (column,) = plan.obstacles
    assert (column.room, set(column.outline)) == (1, {(1.0, 4.0), (1.3, 4.0), (1.3, 4.3), (1.0, 4.3)})


def test_small_notes(small):
    """What is not in the plan, or was guessed, is said."""
    _, notes = small
    assert [re.sub(r" #\d+", "", note) for note in notes] == [
        "doors that say nothing of their rooms (no IfcRelSpaceBoundary), taken to join the rooms within 0.6 m of their "
        "two sides: 1 of 6.",
        "storeys without rooms (IfcSpace), left out, so nobody can go there: Roof.",
        "doors out of the building above the ground, left out: balcony.",
        "doors on levels without rooms, left out: roof hatch.",
    ]


def test_a_door_into_nothing_is_no_exit(tmp_path):
    """Without the space of the office its door, which is internal, leads into the building and not out of it."""
    pytest.importorskip("ifcopenshell")
    proxy = r"\1=IFCBUILDINGELEMENTPROXY('9',$,'2',$,$,$,$,$,$);"
    plan, notes = ifc.read_with_notes(changed(tmp_path, (r"(#\d+)=IFCSPACE\(.*'2',.*\);", proxy)))
    assert len(plan.rooms) == 4
    assert [plan.doors[row].name.partition(" #")[0] for row in plan.exits] == ["entrance"]
    assert any(
        note.startswith("doors into parts of the building that are no rooms (IfcSpace), left out: to the office")
        for note in notes
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ISO-10303-21;", "<ifcXML>", "is no IFC file, which begins with ISO-10303-21"),
        ("IFC2X3", "IFC2X_FINAL", "has the schema 'IFC2X_FINAL', which is not read. Export the model as IFC 4"),
        ("FILE_SCHEMA", "FILE_SCHEME", "says nothing of its schema"),
        ("IFCSPACE", "IFCBUILDINGELEMENTPROXY", "IfcSpace are missing|ifcopenshell cannot read it"),
        (r"\.MILLI\.", "$", "5 km apart"),
        ("IFCEXTRUDEDAREASOLID", "IFCBOUNDINGBOX", "none of its 5 rooms"),
    ],
)
def test_refusals(tmp_path, old, new, message):
    """What cannot be read is refused in one line that names the file and what to do."""
    pytest.importorskip("ifcopenshell")
    path = changed(tmp_path, (old, new))
    with pytest.raises(PlanError, match=message) as refusal:
        ifc.read(path)
    assert str(refusal.value).startswith(f"{path}: ")
    assert "\n" not in str(refusal.value)


def test_without_the_library_one_line_says_how_to_get_it(monkeypatch):
    """Without ifcopenshell the message has the command that brings it."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(PlanError, match=re.escape("pip install 'hyosan[building]'")):
        ifc.read(SMALL)


def test_a_crash_of_the_library_is_a_refusal(monkeypatch):
    """What kills the process that reads does not kill whoever asked for it."""
    pytest.importorskip("ifcopenshell")
    monkeypatch.setattr(ifc, "READER", "made_crash")
    with pytest.raises(PlanError, match="ifcopenshell cannot read it"):
        ifc.read(SMALL)


def test_reading_for_ever_is_given_up(monkeypatch):
    """A model that takes longer than it may is refused."""
    pytest.importorskip("ifcopenshell")
    monkeypatch.setattr(ifc, "LONGEST_READING", 0.01)
    with pytest.raises(PlanError, match=r"still being read after 0\.01 s"):
        ifc.read(SMALL)


def test_missing_file(tmp_path):
    """A file that is not there is refused like any other."""
    with pytest.raises(PlanError, match=r"no such file. Write the path of a building model"):
        ifc.read(tmp_path / "none.ifc")


def counts(plan):
    """Storeys, rooms, doors between rooms, exits, stairs."""
    between = [door for door in plan.doors if not door.is_exit and door.leaf]
    return len(plan.storeys), len(plan.rooms), len(between), len(plan.exits), len(plan.stairs)


@pytest.mark.parametrize(
    ("name", "expected", "unreachable"),
    [
        ("AC11-Institute-Var-2", (5, 82, 76, 1, 4), {"402", "403"}),
        ("AC20-FZK-Haus", (2, 7, 3, 2, 1), set()),
        ("BimWhale_LargeBuilding", (1, 8, 8, 10, 0), set()),
        ("AmplifyModel", (1, 9, 6, 2, 0), {"(Shaft)", "Storage #10752"}),
    ],
)
def test_models_of_others(data, name, expected, unreachable):
    """Models of architects have no faults, and only rooms without doors cannot be reached."""
    pytest.importorskip("ifcopenshell")
    plan, notes = ifc.read_with_notes(data(f"buildings/ifc/{name}.ifc"))
    assert counts(plan) == expected
    found = problems(plan)
    assert all(problem.severity is Severity.WARNING for problem in found)
    assert {plan.rooms[problem.room].name for problem in found} == unreachable
    if name.startswith("BimWhale"):
        assert "storeys without rooms (IfcSpace), left out, so nobody can go there: Level 2." in notes


def test_institute_has_its_area(data):
    """The spaces of the institute measure 2266.66 m²; doorways add less than 2 %."""
    pytest.importorskip("ifcopenshell")
    plan = ifc.read(data("buildings/ifc/AC11-Institute-Var-2.ifc"))
    doorways = sum(door.width for door in plan.doors if not door.is_exit) * 0.3
    assert 2266.6 < plan.area <= 2266.7 + doorways


def test_a_model_without_spaces_is_refused(data):
    """Walls alone do not say what a room is."""
    pytest.importorskip("ifcopenshell")
    with pytest.raises(PlanError, match=r"IfcSpace are missing.*Export rooms in 3D views"):
        ifc.read(data("buildings/ifc/ISO-Test-1-IFC2x3.ifc"))
