"""The floor plans of their page are read, are fine, and use every letter as the page says."""

import json
import re
from pathlib import Path

import pytest

from hyosan.floorplan import formats, native
from hyosan.floorplan.check import problems
from hyosan.floorplan.legend import ALWAYS, NOTHING
from hyosan.floorplan.plan import DoorState, RoomKind

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "floorplans.md").read_text()
BLOCKS = dict(re.findall(r'```(?:text|json) title="(.*?)"\n(.*?)```', PAGE, re.S))


def plan(name, folder):
    path = folder / name
    path.write_text(BLOCKS[name])
    return formats.read(path)


@pytest.mark.parametrize("name", ["school.txt", "plan.json"])
def test_a_plan_of_the_page_is_fine(name, tmp_path):
    assert problems(plan(name, tmp_path)) == ()


def test_the_school_is_what_the_page_says(tmp_path):
    school = plan("school.txt", tmp_path)
    assert (len(school.storeys), len(school.rooms), len(school.stairs), len(school.exits)) == (2, 8, 1, 1)
    assert [room.name for room in school.rooms if room.kind is RoomKind.CLASSROOM] == ["class-1", "class-2"]
    (locked,) = [door for door in school.doors if door.state is DoorState.LOCKED]
    assert (locked.width, locked.keys) == (1.0, ("teacher", "janitor"))


def test_the_picture_of_the_page_shows_the_school(tmp_path):
    """`hyosan floorplan school.txt --draw docs/images/floorplan.png` draws it anew."""
    from PIL import Image

    from hyosan.views.plans import draw

    school = plan("school.txt", tmp_path)
    draw(school, tmp_path / "drawn.png", problems(school))
    shown = Path(__file__).parents[2] / "docs" / "images" / "floorplan.png"
    with Image.open(tmp_path / "drawn.png") as drawn, Image.open(shown) as picture:
        assert picture.size == drawn.size


def test_the_native_plan_of_the_page_is_written_so(tmp_path):
    assert native.dumps(plan("plan.json", tmp_path)) == BLOCKS["plan.json"]


def test_every_letter_kind_and_ending_is_explained():
    table = PAGE[PAGE.index("| letter | meaning |") : PAGE.index("- **Rooms**")]
    explained = set(re.findall(r"`(.)`", table)) | set("23456789")
    assert explained == ALWAYS - {NOTHING}
    assert all(f"`{word}`" in PAGE for word in (*RoomKind, *DoorState, *formats.FORMATS))


def test_every_plan_of_the_catalogue_is_fine():
    for name in formats.names():
        assert problems(formats.named(name)) == (), name
        assert json.loads((formats.SHELF / f"{name}.json").read_text())["licence"], name
