"""The film of people in a building: how fast it goes, who is painted where, and the files it becomes."""

import os
import stat

import numpy as np
import pytest
from PIL import Image

import walked
from hyosan.errors import HyosanError
from hyosan.views import walk_film
from hyosan.views.gifs import write_gif
from hyosan.views.sprites import sprites_of
from hyosan.views.walk_film import KEPT, PALES, TINTS, draw, film_of, frame

FAKE = """#!/bin/sh
for last; do :; done
if [ -n "$HYOSAN_FAKE_FAILS" ]; then echo "no such codec" >&2; exit 1; fi
cat > "$last"
"""


@pytest.fixture(scope="module")
def records():
    return walked.hall()[2]


@pytest.fixture(scope="module")
def film(records):
    return film_of(records)


def test_a_film_is_no_longer_than_half_a_minute_and_tells_how_fast_it_goes(film, records):
    out = float(records.summary["last_out_s"])
    assert len(film.times) / 12.5 <= 28
    assert film.faster == 1 or out / (film.faster - 1) + walk_film.LINGERS > 28
    assert film.times[1] == pytest.approx(film.faster / 12.5)
    assert film.times[-1] >= out + film.faster * (walk_film.LINGERS - 2 / 12.5)


def test_people_are_painted_where_they_are_and_nowhere_else(film):
    number = 60
    picture = frame(film, number)
    now = film.walks.at(float(film.times[number]))
    at = film.stage.on_sheet(now.storey, now.place) * film.dpi
    of_people = (picture >= PALES) & (picture < TINTS + 7) & (film.ground != picture)
    rows, columns = np.nonzero(of_people)
    distance = np.hypot(columns[:, None] + 0.5 - at[:, 0], len(picture) - rows[:, None] - 0.5 - at[:, 1])
    assert distance.min(axis=1).max() <= film.sprites.reach * 1.5
    assert (distance.min(axis=0) < 3).all()
    assert picture[0, 0] == film.ground[0, 0]


def test_when_all_have_left_nobody_is_painted(film):
    picture = frame(film, len(film.times) - 1)
    of_people = (picture >= PALES) & (picture < TINTS + 7)
    assert (of_people == ((film.ground >= PALES) & (film.ground < TINTS + 7))).all()


def test_the_file_shows_the_very_frames(film, records, tmp_path):
    draw(records, tmp_path / "a.gif")
    with Image.open(tmp_path / "a.gif") as shown:
        assert shown.n_frames == len(film.times)
        assert shown.info["loop"] == 0
        for number in (0, 1, 50, len(film.times) - 1):
            shown.seek(number)
            assert (np.asarray(shown.convert("RGB")) == film.palette[frame(film, number)]).all()


def test_frames_that_are_alike_take_no_room(tmp_path):
    palette = np.arange(768, dtype=np.uint8).reshape(256, 3)
    picture = np.random.default_rng(1).integers(0, 200, (40, 60)).astype(np.uint8)
    other = picture.copy()
    other[10:12, 20:25] = 7
    with (tmp_path / "a.gif").open("wb") as file:
        write_gif(file, iter([picture, picture, other, picture]), palette, KEPT, 80)
    with Image.open(tmp_path / "a.gif") as shown:
        found, lengths = [], []
        for number in range(4):
            shown.seek(number)
            found.append(np.asarray(shown.convert("RGB")))
            lengths.append(shown.info["duration"])
    for each, right in zip(found, (picture, picture, other, picture), strict=True):
        assert (each == palette[right]).all()
    assert lengths == [800, 80, 80, 2500]
    assert (tmp_path / "a.gif").stat().st_size < 1.4 * 40 * 60 + 900


def test_a_sprite_points_where_its_person_walks():
    sprites = sprites_of(5.0, 3.0)
    for heading, axis, sign in (((1.0, 0.0), 1, 1), ((-1.0, 0.0), 1, -1), ((0.0, 1.0), 0, 1), ((0.0, -1.0), 0, -1)):
        picture = np.zeros((60, 60), np.uint8)
        one = np.ones(1, np.uint8)
        sprites.paint(picture, np.array([[30.5, 30.5]]), np.array([heading]), np.array([False]), 3 * one, 2 * one, 1)
        painted = np.argwhere(picture == 3) - 30
        assert sign * painted[:, axis].mean() > 0.3
        assert abs(painted[:, 1 - axis].mean()) < 0.2
        assert np.abs(painted).max() >= 8


def test_small_sprites_have_no_point_and_those_off_the_picture_are_left_out():
    sprites = sprites_of(5.0, 3.0)
    picture = np.zeros((60, 60), np.uint8)
    tint = np.array([3, 3], np.uint8)
    at, heading = np.array([[30.5, 30.5], [1.0, 59.0]]), np.array([[1.0, 0.0], [1.0, 0.0]])
    sprites.paint(picture, at, heading, np.array([True, False]), tint, tint, 3)
    painted = np.argwhere(picture == 3) - 30
    assert np.hypot(*painted.T).max() <= 4.5
    assert np.abs(painted.mean(axis=0)).max() < 0.2


@pytest.fixture
def ffmpeg(tmp_path, monkeypatch):
    """In place of ffmpeg, something that keeps what it is given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "ffmpeg"
    program.write_text(FAKE)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return program


@pytest.mark.skipif(os.name != "posix", reason="the stand-in for ffmpeg is a shell script")
def test_a_movie_gets_every_frame_in_colours(records, tmp_path, monkeypatch, ffmpeg):
    monkeypatch.setitem(walk_film.ENDINGS, ".mp4", (5.0, 20.0))
    film = film_of(records, form=".mp4")
    high, wide = film.ground.shape
    assert (high % 2, wide % 2) == (0, 0)
    draw(records, tmp_path / "a.mp4")
    raw = (tmp_path / "a.mp4").read_bytes()
    assert len(raw) == len(film.times) * high * wide * 3
    last = np.frombuffer(raw[-high * wide * 3 :], np.uint8).reshape(high, wide, 3)
    assert (last == film.palette[frame(film, len(film.times) - 1)]).all()


@pytest.mark.skipif(os.name != "posix", reason="the stand-in for ffmpeg is a shell script")
def test_what_ffmpeg_says_is_said(records, tmp_path, monkeypatch, ffmpeg):
    monkeypatch.setenv("HYOSAN_FAKE_FAILS", "1")
    with pytest.raises(HyosanError, match=r"ffmpeg could not write the film: no such codec\. Film into a \.gif"):
        draw(records, tmp_path / "a.mp4")
    assert not (tmp_path / "a.mp4").exists()


def test_a_movie_needs_ffmpeg(records, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        HyosanError, match=r"an \.mp4 needs ffmpeg, which is not on the path\. Install it, or film into"
    ):
        draw(records, tmp_path / "a.mp4")


def test_a_film_may_show_one_storey():
    records = walked.house()[2]
    whole, part = film_of(records), film_of(records, storey="Second")
    assert [sketch.storey for sketch in part.stage.sketches] == [2]
    assert part.stage.scale >= whole.stage.scale
