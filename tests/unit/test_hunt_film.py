"""The film of a hunt has a frame for every hour, and in each what the tables say."""

import json

import numpy as np
import pytest
from made_hunt import HOUR, hunt
from made_run import small
from PIL import Image
from typer.testing import CliRunner

from hyosan.errors import HyosanError
from hyosan.views import hunt_film, hunts
from hyosan.views.api import Run
from hyosan.views.commands import app
from hyosan.views.hunt_film import HUNT, MOVE, draw, film_of, frame


@pytest.fixture(scope="module")
def records():
    return hunt(hours=72)


@pytest.fixture(scope="module")
def film(records):
    return film_of(records)


@pytest.fixture(scope="module")
def written(records, tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "a.gif"
    draw(records, path)
    return path


def test_a_frame_an_hour_from_before_the_first_hunter_to_the_end(film, records):
    first = int(records.table("presence")["time_s"].to_numpy()[0])
    assert film.times.tolist() == list(range(first - HOUR, 73 * HOUR, HOUR))
    assert film.clock(0) == ("Mon 2026-03-02", "14:00")
    assert film.clock(10) == ("Tue 2026-03-03", "00:00")
    assert film.clock(len(film.times) - 1) == ("Thu 2026-03-05", "00:00")


def test_the_file_has_these_frames(film, written):
    with Image.open(written) as shown:
        assert shown.n_frames == len(film.times)
        assert shown.size == film.before.shape[::-1]
        durations = []
        for number in range(shown.n_frames):
            shown.seek(number)
            durations.append(shown.info["duration"])
            if number in (0, 1, 2, 30, shown.n_frames - 1):
                assert (np.asarray(shown.convert("RGB")) == film.palette[frame(film, number)]).all()
        assert durations == [1000, *[100] * (len(film.times) - 2), 3000]
        assert shown.info["loop"] == 0


def test_marks_are_where_hunters_and_fugitives_are(film, records):
    table = records.table("presence")
    left, top, right, bottom = film.sheet.map
    for number in (0, 1, 20, 40, len(film.times) - 1):
        here = frame(film, number)[top:bottom, left:right]
        rows = table["time_s"].to_numpy() == film.times[number]
        cell, hunters, moving = (table[name].to_numpy()[rows] for name in ("cell", "hunters", "moving"))
        row, column = film.sheet.town.pixels(cell.astype(np.int64))
        assert (here[row[(hunters > 0) & (moving == 0)], column[(hunters > 0) & (moving == 0)]] == HUNT).all()
        assert (here[row[(hunters == 0) & (moving > 0)], column[(hunters == 0) & (moving > 0)]] == MOVE).all()
        assert bool((here == HUNT).any()) == bool(hunters.any())
        assert bool((here == MOVE).any()) == bool(moving.any())


def test_the_counts_are_those_of_the_tables(film, records):
    lines = hunts.people_by_state(records, film.times)
    marks = ["hunters on the map", "on the move", "left the town"]
    assert list(film.sheet.counts) == [*marks, *(name for name, line in lines.items() if line.any())]
    for name, line in film.sheet.counts.items():
        if name in lines:
            assert line.tolist() == lines[name].tolist()
    time = records.table("presence")["time_s"].to_numpy()
    for mark, name in zip(marks[:2], ("hunters", "moving"), strict=True):
        column = records.table("presence")[name].to_numpy()
        assert film.sheet.counts[mark].tolist() == [int(column[time == now].sum()) for now in film.times]
    assert film.sheet.counts["left the town"].tolist() == hunts.people_away(records, film.times).tolist()
    hourly = hunt(hours=72, every=1).table("counts")
    wanted = hourly["count"].to_numpy()[(hourly["state"].to_numpy() == "hunting").nonzero()[0]]
    assert film.sheet.counts["hunting"].tolist() == wanted[film.times // HOUR].tolist()


def test_curves_grow(film):
    left, top, right, bottom = film.sheet.curves[0]

    def coloured(number):
        return (film.after != film.before)[top:bottom, left:right] & (
            frame(film, number)[top:bottom, left:right] == film.after[top:bottom, left:right]
        )

    grown = [int(coloured(number).sum()) for number in (0, 20, 40, len(film.times) - 1)]
    assert grown == sorted(grown)
    assert grown[0] == 0
    assert grown[-1] > 0.9 * (film.after != film.before)[top:bottom, left:right].sum()


def test_a_long_film_is_thinned_evenly(records, monkeypatch):
    monkeypatch.setattr(hunt_film, "MOST_FRAMES", 25)
    times = film_of(records).times
    assert len(times) <= 25
    assert set(np.diff(times)) == {3 * HOUR}


def test_how_far_it_is_is_told(records, tmp_path):
    heard = []
    draw(records, tmp_path / "a.GIF", tell=lambda *words: heard.append(words))
    count = len(film_of(records).times)
    assert heard == [("film", number, count) for number in range(count)]


def test_nothing_half_written_remains(records, tmp_path):
    def stop(stage, done, of):
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw(records, tmp_path / "a.gif", tell=stop)
    assert not list(tmp_path.iterdir())
    (tmp_path / "a.gif").write_text("precious")
    with pytest.raises(KeyboardInterrupt):
        draw(records, tmp_path / "a.gif", tell=stop)
    assert (tmp_path / "a.gif").read_text() == "precious"


@pytest.mark.parametrize(
    ("made", "name", "says"),
    [
        (small, "a.gif", "Nobody hunts in this run"),
        (lambda: hunt(streets=False), "a.gif", "no streets"),
        (lambda: hunt(hours=12), "a.gif", "Nobody came to hunt"),
        (hunt, "a.mp4", "a film is written as .gif"),
        (hunt, "a", "a film is written as .gif"),
    ],
)
def test_what_cannot_be_filmed_is_said(made, name, says, tmp_path):
    with pytest.raises(HyosanError, match=says):
        Run(made()).film(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_show_films(records, tmp_path):
    folder = records.save(tmp_path / "run")
    result = CliRunner().invoke(app, ["show", str(folder), "--film", str(tmp_path / "a.gif")])
    assert result.exit_code == 0, result.output
    assert f"{tmp_path / 'a.gif'}: written." in result.stdout
    assert result.stderr == ""
    with Image.open(tmp_path / "a.gif") as shown:
        assert shown.n_frames > 50
    both = ["--plot", str(tmp_path / "a.png"), "--film", str(tmp_path / "b.gif"), "--json"]
    result = CliRunner().invoke(app, ["show", str(folder), *both])
    assert json.loads(result.stdout)["turned"] == records.summary["turned"]
    assert (tmp_path / "a.png").stat().st_size > 50_000
    assert (tmp_path / "b.gif").read_bytes() == (tmp_path / "a.gif").read_bytes()
    result = CliRunner().invoke(app, ["show", str(folder), "--film", str(tmp_path / "a.png")])
    assert result.exit_code == 1
    assert ".gif" in result.stderr
