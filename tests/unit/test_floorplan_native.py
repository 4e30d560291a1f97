"""The native format: what is written is read back, and every problem is named with its key."""

import json

import pytest

from hyosan.errors import PlanError
from hyosan.floorplan import native
from hyosan.floorplan.plan import (
    OUTSIDE,
    Door,
    DoorState,
    Floorplan,
    Gate,
    Obstacle,
    Room,
    RoomKind,
    Seat,
    Stair,
    StairEnd,
    StairKind,
    Storey,
    Zone,
)


def square(x, y, side=4.0):
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


FULL = Floorplan(
    name="full",
    title="효산고등학교",
    licence="CC0",
    source="drawn for a test",
    storeys=(Storey("Ground", 0.0), Storey("First", 3.4)),
    rooms=(
        Room("lab", 0, square(0, 0), kind=RoomKind.LABORATORY, title="Lab", capacity=30, background_noise=40.5),
        Room("hall", 0, square(4, 0), (((5.0, 1.0), (5.0, 2.0), (6.0, 2.0)),), RoomKind.HALL, ventilation=2.5),
        Room("up", 1, square(4, 0)),
    ),
    doors=(
        Door("d", (0, 1), ((4.0, 1.0), (4.0, 1.9)), DoorState.LOCKED, True, 8.0, ("teacher",), (0,), True, 25.0, 1.33),
        Door("e", (1, OUTSIDE), ((8.0, 1.0), (8.0, 2.0)), leaf=False, emergency=True),
    ),
    stairs=(
        Stair(
            "s",
            (StairEnd(1, ((5.0, 4.0), (6.0, 4.0))), StairEnd(2, ((5.0, 4.0), (6.0, 4.0)))),
            ((5.5, 4.0, 0.0), (5.5, 6.8, 1.7), (5.5, 4.0, 3.4)),
            StairKind.RAMP,
            0.16,
            0.3,
            True,
        ),
    ),
    obstacles=(Obstacle(0, ((1.0, 1.0), (2.0, 1.0), (2.0, 2.0)), "desk", True),),
    seats=(Seat(0, (3.0, 3.0), 90.0, "stool"), Seat(0, (3.0, 2.0))),
    zones=(Zone("z", 0, square(5, 2, 1), "start"),),
    gates=(Gate("g", 1, ((4.0, 2.0), (8.0, 2.0))),),
)


def table():
    """A small plan as tables."""
    return json.loads(native.dumps(FULL))


def test_a_full_plan_comes_back_the_same():
    text = native.dumps(FULL)
    assert native.loads(text) == FULL
    assert native.dumps(native.loads(text)) == text


def test_a_file_comes_back_the_same(tmp_path):
    native.write(tmp_path / "plan.json", FULL)
    assert native.read(tmp_path / "plan.json") == FULL
    assert b"\r" not in (tmp_path / "plan.json").read_bytes()


def test_the_text_says_no_defaults_and_one_thing_a_line():
    text = native.dumps(FULL)
    lines = text.splitlines()
    assert sum('"name": "d"' in line for line in lines) == 1
    assert '  {"room": "lab", "place_m": [3, 2]}' in lines
    assert '  {"name": "up", "storey": "First", "outline_m": [[4, 0], [8, 0], [8, 4], [4, 4]]}' in lines
    assert text.count("false") == 1  # the door without a leaf
    assert "null" not in text


def test_coordinates_are_millimetres_and_outlines_turn_left():
    found = table()
    found["rooms"][2]["outline_m"] = [[4, 4], [8.00004, 4], [8, -0.0001], [4, 0], [4, 0], [4, 4]]
    room = native.loads(json.dumps(found)).rooms[2]
    assert room.outline == ((4.0, 4.0), (4.0, 0.0), (8.0, 0.0), (8.0, 4.0))
    assert room.area == 16


def wrong(change):
    """What is said about a changed plan."""
    found = table()
    change(found)
    with pytest.raises(PlanError) as caught:
        native.loads(json.dumps(found), "p.json")
    return str(caught.value)


def put(*path, value):
    """A change of one value."""

    def change(found):
        for part in path[:-1]:
            found = found[part]
        found[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (put("format", value="other"), "p.json: format: is 'other', but this hyosan knows the format"),
        (put("version", value=2), "p.json: version: is 2, but this hyosan knows version 1 only"),
        (put("version", value=True), "p.json: version: is True"),
        (put("rooms", 0, "knd", value=1), "p.json: rooms[0].knd: no such key. Did you mean 'kind'?"),
        (put("colour", value=1), "p.json: colour: no such key."),
        (put("rooms", 0, "kind", value="labratory"), "rooms[0].kind: 'labratory' is not known here. Did you mean 'lab"),
        (
            put("rooms", 0, "storey", value="Grund"),
            "rooms[0].storey: 'Grund': no such name among storeys. Did you mean",
        ),
        (put("rooms", 1, "name", value="lab"), "rooms[1].name: 'lab' is the name of rooms[0] already"),
        (put("rooms", 1, "name", value="outside"), "rooms[1].name: 'outside' means the outside"),
        (put("rooms", 1, "name", value=" x"), "rooms[1].name: ' x' is no name"),
        (put("rooms", 1, "name", value="a\u0007"), "rooms[1].name: holds the control character"),
        (put("rooms", 0, "outline_m", value=[[0, 0], [1, 0]]), "rooms[0].outline_m: has 2 points"),
        (put("rooms", 0, "outline_m", value=[[0, 0], [1, 0], [0, 0]]), "rooms[0].outline_m: has 2 different corners"),
        (put("rooms", 0, "outline_m", value=[[0, 0], [1, 0], [0, 1e6]]), "outline_m: point 3: 1000000.0 is no coordin"),
        (put("rooms", 0, "outline_m", value=[[0, 0], [1, 0], [0]]), "outline_m: point 3: [0] is no point"),
        (put("rooms", 0, "outline_m", value=[[0, 0], [1, 0], [0, True]]), "point 3: True is no coordinate"),
        (put("rooms", 0, "outline_m", value="square"), "rooms[0].outline_m: 'square' is no list of points"),
        (put("rooms", 0, "holes_m", value=3), "rooms[0].holes_m: 3 is no list of holes"),
        (put("rooms", 0, "capacity", value=2.5), "rooms[0].capacity: 2.5 is not a count of people"),
        (put("rooms", value={}), "p.json: rooms: {} does not fit here. Write a list in brackets"),
        (
            put("doors", 0, "rooms", value=["lab", "hal"]),
            "p.json: doors[0].rooms[1]: 'hal': no such name among rooms. D",
        ),
        (put("doors", 0, "rooms", value=["outside", "lab"]), "doors[0].rooms[0]: 'outside': no such name among rooms"),
        (put("doors", 0, "rooms", value=["lab"]), "p.json: doors[0].rooms"),
        (put("doors", 0, "state", value="shut"), "p.json: doors[0].state: 'shut' is not known here"),
        (put("doors", 0, "locks_from", value=["up"]), "doors[0].locks_from[0]: 'up' is on no side of the door"),
        (put("doors", 0, "segment_m", value=[[1, 1], [1, 1]]), "doors[0].segment_m: both ends are the same point"),
        (put("stairs", 0, "lower", "room", value="x"), "p.json: stairs[0].lower.room: 'x': no such name among rooms"),
        (put("stairs", 0, "path_m", value=[[0, 0, 0], [0, 1]]), "p.json: stairs[0].path_m: point 2: [0, 1] is no poi"),
        (put("seats", 0, "place_m", value=None), "p.json: seats[0].place_m: None is no point"),
        (put("gates", 0, "storey", value="Cellar"), "p.json: gates[0].storey: 'Cellar': no such name among storeys"),
    ],
)
def test_a_problem_is_named_with_its_key(change, says):
    assert says in wrong(change)


def test_a_missing_key_is_named():
    assert "p.json: doors[1].segment_m: is missing." in wrong(lambda found: found["doors"][1].pop("segment_m"))


def test_all_problems_come_at_once():
    def change(found):
        found["rooms"][0]["kind"] = "x"
        found["doors"][1]["leaf"] = 3
        found["nme"] = ""

    said = wrong(change)
    assert said.count("\n") == 2
    assert all(key in said for key in ("rooms[0].kind", "doors[1].leaf", "nme: no such key"))


def test_at_most_a_hundred_problems_are_listed():
    said = wrong(put("seats", value=[{"room": "nowhere", "place_m": [0, 0]}] * 150))
    assert said.count("\n") == 100
    assert said.endswith("and 50 more problems.")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "p.json:1:1: is no JSON"),
        ("[]", "is no table"),
        ('{"a": 1,\n "b" 2}', "p.json:2:6: is no JSON"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": 1, "a": 2}', "the key 'a' stands twice"),
        ("[" * 100_000, "p.json:1:17: brackets are nested more than 16 deep"),
        ('{"a": ' + "9" * 5000 + "}", "holds a value that cannot be read"),
    ],
)
def test_what_is_no_json_is_refused(text, says):
    with pytest.raises(PlanError) as caught:
        native.loads(text, "p.json")
    assert says in str(caught.value)


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 4000, "1e300"])
def test_a_number_beyond_all_bounds_is_refused_with_its_key(number):
    text = native.dumps(FULL).replace('"place_m": [3, 3]', f'"place_m": [3, {number}]')
    with pytest.raises(PlanError) as caught:
        native.loads(text, "p.json")
    assert str(caught.value).startswith("p.json: seats[0].place_m: ")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\xff\xfe", "is no UTF-8"), (b"{\0}", "NUL"), (None, "directory"), ("none", "no such file")],
)
def test_a_file_that_is_no_text_is_refused(tmp_path, content, says):
    path = tmp_path / "p.json"
    if content is None:
        path.mkdir()
    elif content != "none":
        path.write_bytes(content)
    with pytest.raises(PlanError, match=says):
        native.read(path)


def test_two_rooms_of_one_name_cannot_be_written():
    from dataclasses import replace

    rooms = (FULL.rooms[0], *FULL.rooms[:2])
    with pytest.raises(PlanError, match="two rooms are called 'lab'"):
        native.dumps(replace(FULL, rooms=rooms))
