"""Pictures of an outbreak in a building: shapes and colours by role, doors and strikes, the film's window, the page."""

import numpy as np
import pytest
from PIL import Image

import indoors
import walked
from hyosan.errors import HyosanError
from hyosan.views import glyphs, indoor_film, indoor_frame, indoor_plots
from hyosan.views.indoor import indoor_of
from hyosan.views.indoor_cast import AWARE, BITTEN, CALM, DOOR, HUNTING, OFFICER, OVER, STRUCK, cast, counts_text
from hyosan.views.indoor_maps import time_of_people
from hyosan.views.pictures import Pictures, make
from hyosan.views.stage import stage_of
from hyosan.views.walk_plots import CELL
from indoors import END


@pytest.fixture(scope="module")
def indoor():
    return indoor_of(indoors.outbreak())


@pytest.fixture(scope="module")
def stage(indoor):
    return stage_of(indoor.plan, (0,))


@pytest.fixture(scope="module")
def film():
    return indoor_film.film_of(indoors.outbreak())


def seen(indoor, stage, time, lasting=5.0):
    """How many there are of each shape and colour."""
    names = {id(each): name for name, each in vars(glyphs).items() if isinstance(each, glyphs.Glyph)}
    found = {}
    for troupe in cast(indoor, stage, indoor.walks.at(time), time, lasting):
        if len(troupe.at):
            key = names[id(troupe.glyph)], troupe.colour
            found[key] = found.get(key, 0) + len(troupe.at)
    return found


def test_shapes_tell_roles_apart_without_their_colours(indoor, stage):
    assert seen(indoor, stage, 10) == {("DISC", CALM): 8}
    assert seen(indoor, stage, 61) == {("DISC", CALM): 7, ("RING", BITTEN): 1}
    assert seen(indoor, stage, 126) == {
        ("TRIANGLE", HUNTING): 1, ("RING", BITTEN): 1, ("WALKER", AWARE): 3, ("DISC", AWARE): 2, ("DISC", CALM): 1,
        ("LOCKED", DOOR): 1, ("STAR", STRUCK): 1,
    }  # fmt: skip
    assert seen(indoor, stage, END) == {
        ("CROSS", OVER): 1, ("RING", BITTEN): 2, ("SQUARE", OFFICER): 1, ("WALKER", AWARE): 1, ("DISC", AWARE): 1,
        ("BROKEN", DOOR): 1, ("SHUT", DOOR): 1,
    }  # fmt: skip


def test_strikes_are_marks_for_a_moment(indoor, stage):
    assert ("HALO", STRUCK) not in seen(indoor, stage, 129.9)
    assert seen(indoor, stage, 130)["HALO", STRUCK] == 1
    assert ("HALO", STRUCK) not in seen(indoor, stage, 135.0)


def test_doors_are_marked_as_they_change(indoor, stage):
    assert ("BARRICADED", DOOR) in seen(indoor, stage, 150)
    assert ("LOCKED", DOOR) not in seen(indoor, stage, 150)
    assert ("HALO", HUNTING) in seen(indoor, stage, 201)
    broken = seen(indoor, stage, 260)
    assert ("BROKEN", DOOR) in broken
    assert ("HALO", HUNTING) not in broken, "a broken door is under no blows"


def test_marks_stand_where_the_tables_say(indoor, stage):
    troupes = {(id(each.glyph), each.colour): each for each in cast(indoor, stage, indoor.walks.at(126), 126, 5.0)}
    star = troupes[id(glyphs.STAR), STRUCK].at[0]
    lock = troupes[id(glyphs.LOCKED), DOOR]
    sketch = stage.sketches[0]
    assert star == pytest.approx(sketch.at((13.4, 6.0)))
    assert lock.at[0] == pytest.approx(sketch.at((2.5, 3.0)))
    assert abs(lock.heading[0, 0]) == pytest.approx(1.0)


def test_the_counts_are_of_the_moment(indoor):
    assert counts_text(indoor, 0) == "8 unhurt · 0 bitten · 0 hunting · 0 got out"
    assert counts_text(indoor, 142) == "6 unhurt · 1 bitten · 1 hunting · 1 got out"
    assert counts_text(indoor, END) == "5 unhurt · 2 bitten · 0 hunting · 1 hunting no longer · 3 got out"


@pytest.mark.parametrize(
    "glyph", [glyphs.TRIANGLE, glyphs.SQUARE, glyphs.CROSS, glyphs.RING, glyphs.STAR, glyphs.WALKER]
)
def test_a_shape_is_the_same_on_paper_and_in_pixels(glyph):
    """Where its sprite is full its path covers, and the other way round, but for the edge."""
    sprites = glyphs.sprites_of(glyph, 9.0)
    heading = np.array([[0.0, 1.0]])
    path = glyphs.path_of(glyph, np.array([[0.0, 0.0]]), 9.0, heading)
    picture = np.zeros((81, 81), np.uint8)
    middle = np.array([[40.5, 40.5]])
    one = np.ones(1, np.uint8)
    # Down is up in the picture.
    sprites.paint(picture, middle, heading * [1.0, -1.0], np.zeros(1, bool), 2 * one, one, 3)
    y, x = np.mgrid[0:81, 0:81] + 0.5
    inner = path.contains_points(np.stack([x - 40.5, 40.5 - y], axis=-1).reshape(-1, 2), radius=0).reshape(81, 81)
    if glyph in (glyphs.TRIANGLE, glyphs.SQUARE):
        assert ((picture == 2) == inner).mean() > 0.98
    assert (picture == 2).sum() > 0.6 * inner.sum() > 20
    assert picture[0].max() == 0


def test_shapes_are_so_different_that_they_need_no_colours():
    shapes = [glyphs.DISC, glyphs.RING, glyphs.TRIANGLE, glyphs.SQUARE, glyphs.CROSS, glyphs.STAR, glyphs.HALO]
    y, x = np.mgrid[-2:2:0.05, -2:2:0.05]
    covered = [each.covers(x, y, 1.0, np.radians(each.rest)) for each in shapes]
    for one in range(len(shapes)):
        for other in range(one):
            apart = (covered[one] ^ covered[other]).sum() / max(covered[one].sum(), covered[other].sum())
            assert apart > 0.2, (one, other)


def test_the_film_begins_before_the_first_hunts_and_ends_when_nothing_happens(film, indoor):
    assert indoor_film.window(indoor) == (110.0, 380.0)
    assert film.times[0] == 110.0
    assert 380.0 <= film.times[-1] <= 380.0 + indoor_film.LINGERS * film.faster
    assert len(film.times) / 12.5 <= 28


def test_the_caption_says_what_is_left_out(indoor):
    assert (
        indoor_film._caption(indoor, 110.0, 380.0, 12)
        == "12 × as fast; 10:01:50 to 10:06:20, quiet before and afterwards"
    )
    assert indoor_film._caption(indoor, 0.0, 590.0, 1) == "as fast as it was"


def test_a_film_without_hunters_shows_it_all():
    tables = indoors.tables()
    none = {name: tables[name] for name in ("strikes", "transitions")}
    none = {name: {key: column[:0] for key, column in table.items()} for name, table in none.items()}
    indoor = indoor_of(indoors.records(**none))
    assert indoor_film.window(indoor) == (0.0, indoor.walks.still_from)


def test_frames_show_hunters_in_their_colour_where_they_are(film):
    number = int(np.searchsorted(film.times, 200.0))
    time = float(film.times[number])
    picture = indoor_film.frame(film, number)
    hunting = (picture == film.sheet.tints + HUNTING) & (film.sheet.picture != picture)
    rows, columns = np.nonzero(hunting)
    now = film.indoor.walks.at(time)
    at = film.stage.on_sheet(now.storey, now.place)[now.person == 0][0] * film.sheet.dpi
    assert len(rows) > 20
    assert np.hypot(columns + 0.5 - at[0], len(picture) - rows - 0.5 - at[1]).min() < 3


def test_the_film_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(indoor_film, "FASTER", (60,))
    path = tmp_path / "a.gif"
    make(indoors.outbreak(), Pictures(film=path))
    with Image.open(path) as shown:
        assert shown.n_frames > 20
    with pytest.raises(HyosanError, match=r"written as \.gif or \.mp4"):
        make(indoors.outbreak(), Pictures(film=tmp_path / "a.avi"))


def texts(figure):
    """Everything that is written on a figure."""
    return [each.get_text() for axes in figure.axes for each in (*axes.texts, axes.title, axes._left_title)]


def test_a_frame_has_clock_counts_and_a_legend_of_what_there_is():
    figure = indoor_frame.plot(indoors.outbreak(), frame="10:02:06")
    said = texts(figure)
    assert "10:02:06" in said
    assert "6 unhurt · 1 bitten · 1 hunting · 0 got out · seed 7" in said
    for word in ("hunts", "bitten", "officer", "locked", "barricaded", "broken", "door under blows"):
        assert word in said
    without = indoors.tables()["door_events"]
    calm = indoor_frame.plot(
        indoors.records(door_events={key: column[:0] for key, column in without.items()}), frame="10:02:06"
    )
    assert "locked" not in texts(calm)


def test_the_page_has_its_panels(tmp_path):
    figure = indoor_plots.plot(indoors.outbreak())
    said = texts(figure)
    for title in (
        "Where hunters struck", "Where people were, from 10:02:00 on", "Unhurt people", "Infected people",
        "Who hid where", "Who got out by which exit", "How strikes ended",
    ):  # fmt: skip
        assert title in said
    assert "2 · 2 min 20 s" in said
    path = tmp_path / "page.png"
    make(indoors.outbreak(), Pictures(plot=path))
    with Image.open(path) as shown:
        assert shown.size[0] > 1500
    make(indoors.outbreak(), Pictures(plot=tmp_path / "storey.png", storey="Ground"))


def test_a_page_without_anything_says_so():
    tables = indoors.tables()
    empty = {
        name: {key: column[:0] for key, column in tables[name].items()}
        for name in ("strikes", "transitions", "infections", "minds", "passages", "door_events", "deeds", "sounds")
    }
    said = texts(indoor_plots.plot(indoors.records(**empty)))
    for words in ("nobody hid", "nobody got out", "nobody was struck"):
        assert words in said


def test_time_of_people_adds_up(indoor):
    """Person-seconds of those who do not hunt, from when it began to when they left, were all in some cell."""
    cells = time_of_people(indoor, 0, (-1.0, -1.0), (60, 100))
    stays = {1: 480, 2: 20, 3: 25, 4: 480, 5: 480, 6: 480, 7: 30, 8: 300}
    assert cells.sum() * CELL**2 == pytest.approx(sum(stays.values()), abs=2.0)


def test_indicators_are_of_runs_in_which_somebody_could_be_infected(tmp_path):
    make(indoors.outbreak(), Pictures(indicators=True, plot=tmp_path / "indicators.png"))
    assert (tmp_path / "indicators.png").exists()
    with pytest.raises(HyosanError, match="Nobody can be infected in this run"):
        make(walked.hall()[2], Pictures(indicators=True))
