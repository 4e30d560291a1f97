"""The command `hyosan floorplan` and its drawings."""

import json
from dataclasses import replace
from functools import partial

import pytest
from made_plan import SOUND, added, box, changed

from hyosan.floorplan import formats, native
from hyosan.floorplan.check import problems
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
    StairKind,
    Storey,
    Zone,
)
from hyosan.views.looks import GREEN, ORANGE, VERMILION
from hyosan.views.plans import draw, figure

FAULTY = changed("doors", 0, segment=((3.9, 1.0), (3.9, 2.0)))
RICH = replace(
    added("doors", *(Door(str(state), (2, OUTSIDE), ((8.0, 0.5 * row), (8.0, 0.5 * row + 0.5)), state) for row, state in
                     enumerate(DoorState))),
    obstacles=(Obstacle(0, box(1, 1, 1, 0.5)), Obstacle(0, box(1, 2, 1, 0.5), movable=True)),
    seats=(Seat(0, (1.5, 0.7)), Seat(0, (1.5, 2.7))),
    zones=(Zone("waiting area", 0, box(5, 1, 2, 2)),),
    gates=(Gate("line", 0, ((5.0, 1.0), (5.0, 3.0))),),
)  # fmt: skip


@pytest.fixture
def hyosan(hyosan):
    """Calls the command in a folder with plans."""
    native.write("sound.json", SOUND)
    native.write("faulty.json", FAULTY)
    return partial(hyosan, "floorplan")


def test_a_sound_plan_is_fine(hyosan):
    said = hyosan("sound.json").stdout
    assert said.startswith("sound.json: sound\n")
    assert "\nrooms           3  " in said
    assert said.endswith("\nFine.\n")


def test_json_is_one_line_with_all_counts(hyosan):
    said = hyosan("sound.json", "--json", "--draw", "sound.png", "-o", "again.json").stdout
    assert said.count("\n") == 1
    found = json.loads(said)
    assert {key: found[key] for key in ("storeys", "rooms", "doors", "stairs", "exits", "area_m2", "problems")} == {
        "storeys": 2,
        "rooms": 3,
        "doors": 2,
        "stairs": 1,
        "exits": 1,
        "area_m2": 48,
        "problems": [],
    }


def test_faults_end_with_1_and_are_drawn(hyosan, tmp_path):
    found = json.loads(hyosan("faulty.json", "--json", "--draw", "f.png", code=1).stdout)
    (tmp_path / "f.png").stat()
    first = found["problems"][0]
    assert (first["severity"], first["storey"], first["door"]) == ("fault", "Ground", "inner")
    assert (first["x_m"], first["y_m"]) == (3.9, 1.5)
    said = hyosan("faulty.json", code=1).stdout
    assert "2 faults:\n  1  fault    door 'inner' is not on the outline of room 'lab'" in said


def test_a_plan_with_faults_is_not_converted(hyosan, tmp_path):
    result = hyosan("faulty.json", "-o", "new.json", code=1)
    assert "new.json: not written: mend 2 faults first." in result.stderr
    assert not (tmp_path / "new.json").exists()


def test_warnings_stop_nothing(hyosan, tmp_path):
    native.write("warned.json", replace(SOUND, stairs=()))
    said = hyosan("warned.json", "-o", "new.json").stdout
    assert "1 warning:\n  1  warning  room 'attic' (First) has no door" in said
    assert native.read("new.json") == replace(SOUND, stairs=())


def test_a_text_is_converted(hyosan, tmp_path):
    (tmp_path / "my house.txt").write_text("storey Ground 0\n#####\n#...E\n#####\n")
    hyosan("my house.txt", "-o", "house.json")
    plan = native.read("house.json")
    assert (plan.name, len(plan.rooms), plan.exits) == ("my house", 1, (0,))


def test_nothing_is_written_over(hyosan, tmp_path):
    before = (tmp_path / "sound.json").read_text()
    result = hyosan("sound.json", "-o", "sound.json", code=1)
    assert "exists, and nothing is written over" in result.stderr
    assert (tmp_path / "sound.json").read_text() == before


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("nowhere",), "no floor plan and no file is called 'nowhere'"),
        (("nowhere.json",), "nowhere.json: no such file"),
        (("plan.dwg",), "'.dwg' is no ending of a floor plan"),
        (("sound.json", "--draw", "a.doc"), "a figure is written as .png, .svg, .pdf"),
        (("sound.json", "-o", "a.txt"), "a floor plan is written as JSON"),
    ],
)
def test_what_can_be_mended_is_said(hyosan, args, says):
    result = hyosan(*args, code=1)
    assert says in result.stderr
    assert result.stdout == ""


def test_plans_of_the_catalogue_go_by_their_names(hyosan):
    for name in formats.names():
        assert json.loads(hyosan(name, "--json").stdout)["name"] == name


def texts(made):
    return [text.get_text() for text in made.axes[0].texts]


def test_a_sheet_has_names_storeys_facts_and_legend():
    found = texts(figure(RICH))
    assert {"Ground", "First", "±0.0 m", "+3.4 m", "sound", "hall", "attic", "waiting area"} <= set(found)
    assert {"Science lab", "Science\nlab"} & set(found)
    assert "2 storeys · 3 rooms · 7 doors · 6 exits · 1 stair · 48 m²" in found
    assert {f"{state} door" for state in DoorState} | {"exit", "seat", "zone", "gate", "laboratory"} <= set(found)


def test_problems_are_circled_in_their_colour_and_listed():
    plan = replace(FAULTY, stairs=())
    found = problems(plan)
    made = figure(plan, found)
    rings = [line.get_markeredgecolor() for line in made.axes[0].lines if line.get_markersize() == 15]
    assert sorted(rings) == sorted([VERMILION, VERMILION, ORANGE])
    said = " ".join(texts(made))
    assert all(problem.message.split(". ")[0] in said for problem in found)
    assert [text for text in texts(made) if text in "123"].count("1") == 2


def test_a_place_is_drawn_where_it_is():
    """The first circle stands on the door that it names, whatever the scale."""
    made = figure(FAULTY, problems(FAULTY))
    axes = made.axes[0]
    (ring,) = {
        tuple(map(float, (*line.get_xdata(), *line.get_ydata()))) for line in axes.lines if line.get_markersize() == 15
    }
    leaf = next(line for line in axes.lines if line.get_color() == "#7A5C3A" and len(line.get_xdata()) == 2)
    hinge = (leaf.get_xdata()[0], leaf.get_ydata()[0])
    (scale,) = {abs(hinge[1] - ring[1]) / 0.5}  # the door is 1 m wide, and its hinge at one end
    assert hinge[0] == pytest.approx(ring[0])
    assert 0.1 < scale <= 0.6 + 1e-9


def test_names_stay_in_their_rooms():
    """No name is wider than its room, also in narrow rooms and for long names."""
    rooms = tuple(
        Room(f"r{row}", 0, box(0, 3 * row, wide, 2.5), title=title)
        for row, (wide, title) in enumerate(
            [
                (1.2, "Store"),
                (3, "A name of many words"),
                (8, "Donaudampfschifffahrt"),
                (0.6, "Broom"),
            ]
        )
    )
    plan = Floorplan("names", (Storey("Ground", 0.0),), rooms)
    made = figure(plan)
    axes = made.axes[0]
    walls = [patch.get_window_extent() for patch in axes.patches[: len(rooms)]]
    for room, wall in zip(rooms, walls, strict=True):
        label = [text for text in axes.texts if text.get_text().replace("\n", " ") == room.title]
        for text in label:
            box_of = text.get_window_extent()
            assert wall.x0 <= box_of.x0, room.title
            assert box_of.x1 <= wall.x1, room.title
    assert "Store" in texts(made)


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_drawing_is_written(tmp_path, ending):
    draw(RICH, tmp_path / f"plan.{ending}", problems(RICH))
    assert (tmp_path / f"plan.{ending}").stat().st_size > 5_000


def test_a_drawing_is_the_same_every_time(tmp_path):
    for name in ("a.png", "b.png"):
        draw(RICH, tmp_path / name, problems(RICH))
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_exits_are_green_and_yards_too():
    yard = replace(SOUND.rooms[0], kind=RoomKind.YARD)
    made = figure(replace(SOUND, rooms=(yard, *SOUND.rooms[1:])))
    colours = [line.get_color() for line in made.axes[0].lines]
    assert GREEN in colours
    assert "#6FA15A" in colours


@pytest.mark.parametrize(
    "plan",
    [
        replace(SOUND, rooms=(), doors=(), stairs=()),
        Floorplan("empty", (Storey("A", 0.0),), ()),
        changed("rooms", 0, outline=((0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0))),
        changed("rooms", 0, outline=((0.0, 0.0), (1.0, 0.0))),
        changed("stairs", 0, path=((5.5, 4.0, 0.0),)),
        changed("stairs", 0, path=((5.5, 4.0, 0.0), (5.5, 4.0, 3.4)), kind=StairKind.RAMP),
        changed("doors", 0, rooms=(OUTSIDE, OUTSIDE)),
        changed("doors", 0, segment=((1.0, 1.0), (1.0, 1.0))),
        Floorplan("tower", tuple(Storey(str(row), 3.0 * row) for row in range(30)), SOUND.rooms[:1]),
    ],
)
def test_whatever_is_wrong_can_be_drawn(plan):
    assert texts(figure(plan, problems(plan)))
