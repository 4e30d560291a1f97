"""Hyosan High School: its maker, its numbers, the rules it keeps, and that nobody is walled in."""

import itertools
import math
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from made_school import connected, polygon, walkable, ways
from shapely import LineString, Point, Polygon, box, union_all

from hyosan.floorplan.check import problems
from hyosan.floorplan.formats import named
from hyosan.floorplan.native import dumps
from hyosan.floorplan.plan import OUTSIDE, DoorState, RoomKind
from hyosan.world.facts import table

ROOT = Path(__file__).parents[2]
PLAN = named("hyosan-high-school")
ROW = {room.name: row for row, room in enumerate(PLAN.rooms)}
CLASSES = [f"{grade}-{number}" for grade in (1, 2, 3) for number in range(1, 9)]
SEATS = Counter((seat.room, seat.kind) for seat in PLAN.seats)
TOUCH = 1e-6
"""What coordinates of whole millimetres may be off after sums [m]."""


def mean_of_schools(column):
    """Mean of a Korean high school."""
    facts = table("schools")
    row = facts.column("level").index("High")
    return int(facts.column(column)[row]) / int(facts.column("schools")[row])


def test_the_generator_makes_the_plan_of_the_package(tmp_path):
    subprocess.run([sys.executable, ROOT / "tools" / "make_school.py", tmp_path], check=True)
    made = (tmp_path / "hyosan-high-school.json").read_bytes()
    assert made == (ROOT / "src/hyosan/floorplan/catalog/hyosan-high-school.json").read_bytes()


def test_reading_and_writing_changes_nothing():
    text = (ROOT / "src/hyosan/floorplan/catalog/hyosan-high-school.json").read_text(encoding="utf-8")
    assert dumps(PLAN) == text


def test_the_check_finds_no_fault_and_no_warning():
    assert problems(PLAN) == ()


def test_it_has_the_size_of_an_average_school():
    assert [storey.name for storey in PLAN.storeys] == ["1", "2", "3", "4", "roof"]
    assert set(CLASSES) <= set(ROW)
    pupils = [SEATS[ROW[name], "pupil"] for name in CLASSES]
    assert set(pupils) == {23, 24}
    assert sum(pupils) == sum(count for (_, kind), count in SEATS.items() if kind == "pupil") == 561
    assert mean_of_schools("students") <= sum(pupils) < mean_of_schools("students") + 24
    teachers = sum(count for (_, kind), count in SEATS.items() if kind == "teacher")
    assert teachers == round(mean_of_schools("teachers")) == 54
    taught = [room for room in PLAN.rooms if room.kind in (RoomKind.CLASSROOM, RoomKind.LABORATORY)]
    assert len(taught) == 40, "the average school has 40.6 rooms for lessons"
    meals = SEATS[ROW["dining-hall"], "meal"]
    assert meals == 312
    assert meals >= (sum(pupils) + teachers) / 2


def test_every_desk_has_a_seat_and_an_aisle():
    for name in CLASSES:
        things = [thing for thing in PLAN.obstacles if thing.room == ROW[name]]
        assert Counter(thing.kind for thing in things) == {
            "desk": SEATS[ROW[name], "pupil"] + 1,
            "lectern": 1,
            "lockers": 1,
        }
        shapes = [Polygon(thing.outline) for thing in things]
        assert min(one.distance(other) for one, other in itertools.combinations(shapes, 2)) >= 0.6


@pytest.mark.parametrize("name", CLASSES)
def test_class_rooms_have_two_glazed_sliding_doors(name):
    room = PLAN.rooms[ROW[name]]
    assert room.area == pytest.approx(9.0 * 7.5)
    assert room.title == f"Class {name}"
    doors = [door for door in PLAN.doors if ROW[name] in door.rooms]
    assert {door.name for door in doors} == {f"{name}-front", f"{name}-back"}
    for door in doors:
        assert door.width == pytest.approx(0.9)
        assert door.transparent
        assert door.keys == ("teacher", "caretaker")
        assert door.locks_from == (door.rooms.index(ROW[name]),)
        assert PLAN.rooms[door.rooms[1]].kind is RoomKind.CORRIDOR


def test_rooms_of_a_storey_do_not_overlap():
    for storey in range(len(PLAN.storeys)):
        shapes = [polygon(room) for _, room in PLAN.rooms_on(storey)]
        assert all(shape.is_valid for shape in shapes)
        assert union_all(shapes).area == pytest.approx(sum(shape.area for shape in shapes), abs=TOUCH)


def test_doors_and_stairs_lie_on_walls_and_apart():
    for row, room in enumerate(PLAN.rooms):
        edge = polygon(room).boundary
        lines = [LineString(way) for way in ways(PLAN, row)]
        for line in lines:
            assert line.difference(edge.buffer(TOUCH)).is_empty, room.name
        for one, other in itertools.combinations(lines, 2):
            assert one.distance(other) >= 0.1, room.name


def test_the_yard_leaves_out_what_is_built():
    yard = PLAN.rooms[ROW["yard"]]
    built = [polygon(room) for _, room in PLAN.rooms_on(0) if room.kind is not RoomKind.YARD]
    shafts = [
        LineString([place[:2] for place in stair.path]).buffer(stair.width / 2, cap_style="flat", join_style="mitre")
        for stair in PLAN.stairs
        if PLAN.rooms[stair.ends[0].room].storey == 0
    ]
    gaps = [box(*shaft.bounds) for shaft in shafts]
    holes = union_all([Polygon(hole) for hole in yard.holes])
    assert holes.symmetric_difference(union_all([*built, *gaps])).area == pytest.approx(0, abs=TOUCH)


@pytest.mark.parametrize("row", range(len(PLAN.rooms)), ids=[room.name for room in PLAN.rooms])
def test_one_walks_from_every_door_to_every_seat_of_a_room(row):
    leaving = [LineString(way).centroid for way in ways(PLAN, row)]
    assert leaving, "a room without a door"
    seats = [Point(seat.place) for seat in PLAN.seats if seat.room == row]
    parts = [part for part in walkable(PLAN, row) if part.contains(leaving[0])]
    assert len(parts) == 1
    assert all(parts[0].contains(place) for place in [*leaving, *seats])


def test_things_stand_in_their_rooms_and_not_in_each_other():
    for row, room in enumerate(PLAN.rooms):
        shapes = [Polygon(thing.outline) for thing in PLAN.obstacles if thing.room == row]
        floor = polygon(room).buffer(TOUCH)
        assert all(floor.contains(shape) for shape in shapes), room.name
        assert union_all(shapes).area == pytest.approx(sum(shape.area for shape in shapes), abs=TOUCH), room.name


def test_everybody_can_leave():
    assert connected(PLAN) == set(range(len(PLAN.rooms)))
    assert {PLAN.doors[row].name for row in PLAN.exits} == {"main-gate", "back-gate", "kitchen-gate"}
    into_the_yard = [door.name for door in PLAN.doors if ROW["yard"] in door.rooms and OUTSIDE not in door.rooms]
    assert len(into_the_yard) == 12
    locked = [door.name for door in PLAN.doors if door.state is DoorState.LOCKED]
    assert locked == ["roof-door"]
    assert all(door.width >= 0.9 - TOUCH for door in PLAN.doors)


def test_stairs_keep_the_building_rules():
    """Rules on evacuation and fire protection of buildings, article 15: secondary schools."""
    assert len(PLAN.stairs) == 3 + 4 + 3
    for stair in PLAN.stairs:
        assert stair.width >= 1.5
        assert stair.riser <= 0.18
        assert stair.tread >= 0.26
        lower, upper = (PLAN.storeys[PLAN.rooms[end.room].storey].elevation for end in stair.ends)
        assert [stair.path[0][2], stair.path[-1][2]] == pytest.approx([lower, upper])
        for end, place in zip(stair.ends, (stair.path[0], stair.path[-1]), strict=True):
            middle = [sum(pair) / 2 for pair in zip(*end.segment, strict=True)]
            assert middle == pytest.approx(place[:2])
            assert math.dist(*end.segment) == pytest.approx(stair.width)
        for (length, rise), one, other in zip(stair.parts, stair.path, stair.path[1:], strict=False):
            assert rise == 0 or abs(rise) <= 3.0
            if rise:
                assert rise / stair.riser == pytest.approx(math.dist(one[:2], other[:2]) / stair.tread)
                assert length == pytest.approx(math.hypot(rise, math.dist(one[:2], other[:2])))


def test_corridors_keep_the_building_rules():
    """Article 15-2: 2.4 m between rooms of a school."""
    for room in PLAN.rooms:
        if room.kind is RoomKind.CORRIDOR:
            x0, y0, x1, y1 = polygon(room).bounds
            assert 2.4 <= min(x1 - x0, y1 - y0) <= 3.0


def test_there_is_a_way_to_measure_and_to_gather():
    gates = {gate.name for gate in PLAN.gates}
    stairs = {f"stairs-{side}-{storey}" for side in ("west", "east") for storey in (1, 2, 3, 4)}
    assert stairs | {"main-entrance", "back-entrance", "main-gate"} <= gates
    yard = polygon(PLAN.rooms[ROW["yard"]])
    assembly = [Polygon(zone.outline) for zone in PLAN.zones if zone.kind == "assembly"]
    assert len(assembly) == 3
    for shape in assembly:
        assert yard.contains(shape)
        assert shape.area / 188 >= 1.0, "room for a grade, one square metre each"


@pytest.mark.parametrize("who", ["girls", "boys"])
def test_every_storey_has_toilets(who):
    for storey in (0, 1, 2, 3):
        found = [room for _, room in PLAN.rooms_on(storey) if room.title == f"Toilet, {who}"]
        assert len(found) == 2
        assert all(room.capacity >= 8 for room in found)


def clock(time):
    """Minutes since midnight."""
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def test_the_day_of_the_school_is_that_of_the_city():
    """What is a lesson here is time in class in `days.csv`, for those who stay in the evening."""
    day = table("school_day")
    rows = [(clock(begin), clock(end), what, int(number)) for begin, end, what, number in day.rows]
    assert all(one[1] == other[0] for one, other in itertools.pairwise(rows))
    assert rows[0][0] == clock("08:00")
    lessons = [row for row in rows if row[2] == "lesson"]
    assert [row[3] for row in lessons] == list(range(1, 8))
    assert {end - begin for begin, end, *_ in lessons} == {50}
    assert {end - begin for begin, end, what, _ in rows if what == "break"} == {10}
    days = dict(zip(table("days").column("day"), table("days").column("plan"), strict=True))
    words = days["high-evening"].replace("@high", days["high"]).split()
    city = [(clock(words[at + 1]), words[at]) for at in range(0, len(words) - 1, 2)]
    for begin, end, what, _ in rows:
        place = next(where for until, where in city if (begin + end) / 2 < until)
        assert place == ("class" if what in ("homeroom", "lesson", "extra lesson", "self-study") else "school"), what
