"""The text grid: letters become rooms, doors, stairs and furniture, and what is wrong is named with its line."""

import pytest

from hyosan.errors import PlanError
from hyosan.floorplan import formats, native, text
from hyosan.floorplan.plan import OUTSIDE, DoorState, RoomKind, StairKind

LEGEND = """
cell 0.5
room a lab laboratory capacity=30 Science lab
room c corridor corridor
"""


def plan(grid, legend=LEGEND, storey="storey Ground 0"):
    return text.loads(f"{legend}\n{storey}\n{grid.strip(chr(10))}\n")


TWO = """
##########
#a......D.
#.......D.
####C#####
#c.......E
##########
"""


def test_rooms_are_floor_between_walls_and_reach_to_the_middle_of_doors():
    found = plan(TWO)
    lab, other, corridor = found.rooms
    assert (lab.name, lab.kind, lab.title, lab.capacity) == ("lab", RoomKind.LABORATORY, "Science lab", 30)
    assert (corridor.name, other.name) == ("corridor", "room-1")
    # 2 × 7 cells and a half of each of three door cells
    assert lab.area == pytest.approx((14 + 3 * 0.5) * 0.25)
    assert other.area == pytest.approx((2 + 2 * 0.5) * 0.25)
    assert corridor.area == pytest.approx((8 + 2 * 0.5) * 0.25)


def test_doors_are_in_the_middle_of_walls_and_as_wide_as_their_letters():
    found = plan(TWO)
    assert [(door.name, door.rooms, door.segment) for door in found.doors] == [
        ("door-1", (0, 1), ((4.25, 1.5), (4.25, 2.5))),
        ("door-2", (0, 2), ((2.0, 1.25), (2.5, 1.25))),
        ("exit-3", (2, OUTSIDE), ((4.75, 0.5), (4.75, 1.0))),
    ]
    assert [door.state for door in found.doors] == [DoorState.OPEN, DoorState.CLOSED, DoorState.OPEN]


@pytest.mark.parametrize(
    ("letter", "state", "leaf", "emergency"),
    [
        ("+", "open", False, False),
        ("D", "open", True, False),
        ("C", "closed", True, False),
        ("L", "locked", True, False),
        ("B", "barricaded", True, False),
        ("E", "open", True, False),
        ("X", "closed", True, True),
    ],
)
def test_letters_of_doors(letter, state, leaf, emergency):
    (door,) = plan(f"####\n#..{letter}\n####").doors
    assert (door.state, door.leaf, door.emergency, door.is_exit) == (state, leaf, emergency, True)


def test_a_plan_explains_doors_of_its_own():
    legend = "cell 1\ndoor d barricaded strength=8 keys=teacher,janitor glass sound_loss=20 flow_limit=1.3 emergency\n"
    (door,) = plan("####\n#..d\n####", legend + "door e opening").doors
    assert (door.strength, door.keys, door.transparent) == (8, ("teacher", "janitor"), True)
    assert (door.sound_loss, door.flow_limit, door.emergency) == (20, 1.3, True)
    assert (door.state, door.leaf) == (DoorState.BARRICADED, True)


def test_a_room_around_a_pillar_has_a_hole():
    (room,) = plan("#####\n#...#\n#.#.#\n#...#\n#####").rooms
    assert len(room.holes) == 1
    assert room.area == pytest.approx(8 * 0.25)


def test_walls_that_meet_in_a_corner_give_proper_polygons():
    from shapely.geometry import Polygon

    found = plan("######\n##...#\n#.#..#\n#....#\n######")
    polygons = [Polygon(room.outline, room.holes) for room in found.rooms]
    assert all(polygon.is_valid for polygon in polygons)
    assert sum(polygon.area for polygon in polygons) == pytest.approx(10 * 0.25)


def test_furniture_and_seats():
    found = plan("######\n#oo^.#\n#oov.#\n#m.s>#\n######")
    fixed, movable = found.obstacles
    assert (fixed.outline, fixed.movable) == (((0.5, 1.0), (1.5, 1.0), (1.5, 2.0), (0.5, 2.0)), False)
    assert (movable.outline, movable.movable) == (((0.5, 0.5), (1.0, 0.5), (1.0, 1.0), (0.5, 1.0)), True)
    assert {(seat.place, seat.facing) for seat in found.seats} == {
        ((1.75, 1.75), 90.0),
        ((1.75, 1.25), 270.0),
        ((1.75, 0.75), 0.0),
        ((2.25, 0.75), 0.0),
    }


def test_zones_and_gates():
    legend = LEGEND + "zone z waiting start\ngate k line\n"
    found = plan("#######\n#zz.k.#\n#zz.k.#\n#######", legend)
    (zone,), (gate,) = found.zones, found.gates
    assert (zone.name, zone.kind, zone.outline) == (
        "waiting",
        "start",
        ((0.5, 0.5), (1.5, 0.5), (1.5, 1.5), (0.5, 1.5)),
    )
    assert (gate.name, gate.segment) == ("line", ((2.25, 0.5), (2.25, 1.5)))


STAIRS = """
cell 0.5
storey Ground 0
########
#......E
##11####

storey First floor 3.4
########
#......#
##11####
"""


def test_a_stair_joins_two_storeys():
    found = text.loads(STAIRS)
    (stair,) = found.stairs
    assert [(end.room, end.segment) for end in stair.ends] == [
        (0, ((1.0, 0.25), (2.0, 0.25))),
        (1, ((1.0, 0.25), (2.0, 0.25))),
    ]
    assert stair.width == 1
    assert stair.path[0] == (1.5, 0.25, 0.0)
    assert stair.path[-1] == (1.5, 0.25, 3.4)
    # Two flights of ten steps, 2.8 m long and 1.7 m high each.
    assert stair.length == pytest.approx(2 * (2.8**2 + 1.7**2) ** 0.5)
    assert [storey.elevation for storey in found.storeys] == [0, 3.4]
    assert found.storeys[1].name == "First floor"


def test_a_stair_between_distant_ends_is_straight():
    low, high = "####\n#..1\n####", "############\n###########1...#\n############"
    found = text.loads(f"cell 0.5\nstorey A 0\n{low}\n\nstorey B 3.4\n{high}")
    (stair,) = found.stairs
    assert len(stair.path) == 2
    assert stair.tread == pytest.approx(0.17 * 4 / 3.4)


def test_a_ramp_is_gentle():
    (ramp,) = text.loads(STAIRS.replace("3.4", "0.5") + "\nramp 1\n").stairs
    assert ramp.kind is StairKind.RAMP
    assert all(abs(rise) / length < 1 / 12 for length, rise in ramp.parts)


def test_rooms_of_one_letter_are_numbered():
    found = plan("#######\n#c.#c.#\n#######\n#a...##\n#######\n#....##\n#######")
    assert [room.name for room in found.rooms] == ["corridor-1", "corridor-2", "lab", "room-1"]


def wrong(grid, legend=LEGEND):
    with pytest.raises(PlanError) as caught:
        plan(grid, legend)
    return str(caught.value)


@pytest.mark.parametrize(
    ("grid", "says"),
    [
        ("####\n#.y#\n####", "plan.txt:8:3: 'y' has no meaning"),
        ("#####\n#D..#\n#####", "plan.txt:8:2: the door does not lead from one floor to another or outside"),
        ("#####\n#a.c#\n#####", "plan.txt:8:2: one room has the letters a, c"),
        ("#####\n#.#.#\n#.D.#\n#...#\n#####", "the door has the same room on both sides"),
        ("#####\n#.E.#\n#####", "plan.txt:8:3: E is an exit, but outside is on neither side"),
        ("######\n#..#.#\n#.1..#\n######", "plan.txt:9:3: the stair has floor on 3 sides here"),
        ("####\n#..1\n####", "stair 1 has 1 ends"),
        ("####\n####", "the storey has no floor"),
    ],
)
def test_what_a_grid_gets_wrong_is_named_with_its_line(grid, says):
    assert says in wrong(grid)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("cell 0", "'0' is not a side of a cell"),
        ("cell nan", "'nan' is not a side of a cell"),
        ("cell", "'' is not a side of a cell"),
        ("room D x", "'D' always means the same"),
        ("room aa x", "'aa' is no single letter"),
        ("room a x", "'a' has a meaning already"),
        ("room x", "the room has no name"),
        ("room x outside", "'outside' means the outside"),
        ("room x y labratory", "'labratory' is no kind of room. Did you mean 'laboratory'?"),
        ("room x y room capacity=many", "'many' is not a capacity"),
        ("zone z", "a zone has a letter, a name and a kind"),
        ("gate z a b", "a gate has a letter and a name"),
        ("door d strnth=3", "'strnth=3' says nothing of a door. Did you mean 'strength='?"),
        ("door d strength=x", "'x' is not a count of blows"),
        ("ramp 0", "'0' is no digit of a stair"),
        ("name", "name has no text"),
        ("strey Ground 0", "'strey' begins no line that is known here. Did you mean 'storey'?"),
        ("storey Ground", "a storey has a name and a height"),
        ("storey Ground 0", "'Ground' is the name of another storey"),
        ("storey Ground high", "'high' is not a height in metres"),
    ],
)
def test_what_a_line_gets_wrong_is_named(line, says):
    with pytest.raises(PlanError) as caught:
        text.loads(f"room a lab\nstorey Ground 0\n###\n#.#\n###\n\n{line}\n")
    assert f"plan.txt:7:1: {says}" in str(caught.value)


def test_stairs_must_fit():
    with pytest.raises(PlanError, match="stair 1 has ends of different widths"):
        text.loads(STAIRS.replace("##11####\n\n", "##111###\n\n"))
    with pytest.raises(PlanError, match="stair 1 has both ends at one height"):
        text.loads(STAIRS.replace("3.4", "0"))


def test_a_gate_must_be_straight():
    assert "the gate 'line' is no straight line" in wrong("####\n#kk#\n#k.#\n####", "gate k line")


def test_limits():
    with pytest.raises(PlanError, match="has no storey"):
        text.loads("cell 1")
    with pytest.raises(PlanError, match="has 72000 cells"):
        text.loads("storey A 0\n" + ("." * 600 + "\n") * 120)
    with pytest.raises(PlanError, match="longer than"):
        text.loads("\n" * 1_000_001)


def test_every_text_is_native_too():
    found = plan(TWO)
    assert native.loads(native.dumps(found)) == found


def test_the_ending_says_how_a_file_is_read(tmp_path):
    (tmp_path / "a.txt").write_text(STAIRS)
    found = formats.read(tmp_path / "a.txt")
    native.write(tmp_path / "a.JSON", found)
    assert formats.read(tmp_path / "a.JSON") == found
    with pytest.raises(PlanError, match=r"'.dwg' is no ending of a floor plan. Known: .json"):
        formats.read(tmp_path / "a.dwg")
    with pytest.raises(PlanError, match="no floor plan is called 'nowhere'"):
        formats.named("nowhere")
