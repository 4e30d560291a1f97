"""Where people in a building are at a moment, and the figures, accounts and messages made of it."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from made_run import small
from matplotlib.collections import EllipseCollection

import walked
from hyosan.engine.building.measuring import in_ring
from hyosan.errors import HyosanError
from hyosan.floorplan.plan import Zone
from hyosan.rules.codes import Posture
from hyosan.views import walk_account, walk_frame, walk_plots
from hyosan.views.api import Run
from hyosan.views.stage import RAMP, clock_text, stage_of, storeys_named
from hyosan.views.walks import walks_of


@pytest.fixture(scope="module")
def hall():
    return walks_of(walked.hall()[2])


@pytest.fixture(scope="module")
def house():
    return walks_of(walked.house()[2])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run folder of the house."""
    return walked.house()[2].save(tmp_path_factory.mktemp("runs") / "house")


def test_everybody_is_where_the_last_row_says(house):
    assert house.look == 0.5
    for time in (0.0, 10.0, 42.5, 120.0):
        now = house.at(time)
        assert len(now.person) + house.gone_by(time) == house.people
        for person, place in zip(now.person, now.place, strict=True):
            mine = np.flatnonzero((house.person == person) & (house.time <= time + 1e-6))
            assert place == pytest.approx(house.place[mine[-1], :2])


def test_between_two_rows_people_are_on_the_way(hall):
    row = int(np.flatnonzero((hall.speed > 0.8) & (hall.time - hall.begun == 0.5))[20])
    time, person = hall.time[row] - 0.25, hall.person[row]
    now = hall.at(time)
    at = int(np.flatnonzero(now.person == person)[0])
    assert now.place[at] == pytest.approx((hall.place[row, :2] + hall.place[row - 1, :2]) / 2)
    assert now.posture[at] == Posture.WALKING
    assert now.share[at] == pytest.approx(hall.share[row])
    assert np.hypot(*now.heading[at]) == pytest.approx(1)


def test_who_has_no_row_stands_still_until_the_look_before_the_next(hall):
    """Who sets out late has rows at 0 and from then on, and is not drawn on a long slow way."""
    row = int(np.flatnonzero(hall.begun - np.roll(hall.time, 1) > 2)[0])
    before = hall.at(hall.begun[row] - 0.1)
    at = int(np.flatnonzero(before.person == hall.person[row])[0])
    assert before.place[at] == pytest.approx(hall.place[row - 1, :2])
    assert before.share[at] == 0


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (75.4, "1:15"), (3675, "1:01:15")])
def test_the_clock(seconds, text):
    assert clock_text(seconds) == text


def written(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_a_frame_shows_everybody_inside_and_counts_them(house):
    figure = walk_frame.plot(house.records, frame="40 s")
    now = house.at(40)
    (discs,) = (each for each in figure.axes[0].collections if isinstance(each, EllipseCollection))
    assert len(discs.get_offsets()) == len(now.person)
    said = written(figure)
    assert "0:40" in said
    assert f"{len(now.person)} inside · {house.gone_by(40)} out · seed 1" in said
    for storey in range(3):
        assert str(int((now.storey == storey).sum())) in said
    assert str(house.gone_by(40)) in said  # at the only exit


def test_a_frame_of_one_storey_shows_who_is_on_it(house):
    figure = walk_frame.plot(house.records, frame="09:00:40", storey="first")
    (discs,) = (each for each in figure.axes[0].collections if isinstance(each, EllipseCollection))
    assert len(discs.get_offsets()[~np.isnan(discs.get_offsets()[:, 0])]) == int((house.at(40).storey == 1).sum())
    assert "Second" not in written(figure)


def test_who_stands_on_the_way_has_another_colour_than_who_walks_freely(house):
    now = house.at(25)
    tint = walk_frame.tints(now)
    assert (tint[now.posture != Posture.WALKING] == -1).all()
    walking = now.posture == Posture.WALKING
    assert (tint[walking & (now.share > 0.9)] == len(RAMP) - 1).all()
    assert (tint[walking & (now.share < 0.1)] == 0).all()
    assert len(set(tint.tolist())) > 4


def test_places_on_the_sheet_are_those_of_the_plan():
    plan = walked.house()[0]
    stage = stage_of(plan, (0, 1, 2))
    for sketch in stage.sketches:
        at = stage.on_sheet(np.array([sketch.storey]), np.array([[3.0, 1.0]]))[0]
        assert tuple(at) == pytest.approx(sketch.at((3.0, 1.0)))
    assert np.isnan(stage_of(plan, (1,)).on_sheet(np.array([0]), np.array([[3.0, 1.0]]))).all()
    assert storeys_named(plan, None) == (0, 1, 2)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90 s", 90), ("2 minutes", 120), ("09:01:30", 90), ("09:02", 120), ("2026-03-02T09:00:10", 10), ("0 s", 0)],
)
def test_a_moment_is_a_duration_or_a_time_of_the_clock(house, text, seconds):
    assert walk_frame.moment_of(house.records, text) == seconds


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("90", "'90' has no unit"),
        ("soon", "'soon' is not a duration"),
        ("25:00", "'25:00' is no time of a day. Write one such as '09:00:00', or a duration such as '90 s'"),
        ("1 hour", "'1 hour' is after the end of the run, which went from 09:00:00 to 09:02:30, 2:30 long"),
        ("2026-03-01", "is before the start of the run"),
        ("2026-03-32", "'2026-03-32' is no time of a day"),
        ("2026-03-02T09:00:10+09:00", "is no time of a day"),
    ],
)
def test_a_moment_that_is_none_is_refused(house, text, says):
    with pytest.raises(HyosanError, match=r"^--frame: ") as caught:
        walk_frame.moment_of(house.records, text)
    assert says in str(caught.value)


def test_time_spent_adds_up_to_the_time_on_the_way(hall):
    xs, ys = zip(*(point for room in hall.plan.rooms for point in room.outline), strict=True)
    corner = min(xs) - 1, min(ys) - 1
    shape = int((max(ys) - min(ys) + 2) / walk_plots.CELL), int((max(xs) - min(xs) + 2) / walk_plots.CELL)
    found = walk_plots.time_spent(hall, 0, corner, shape).sum() * walk_plots.CELL**2
    starts = hall.records.table("occupants")["starts_s"].to_numpy()
    # Everybody leaves; the way begins at the look before the first row.
    out = dict(zip(hall.person[hall.posture == Posture.GONE], hall.time[hall.posture == Posture.GONE], strict=True))
    assert len(out) == hall.people
    expected = sum(time - starts[person] for person, time in out.items())
    assert 0 <= found - expected <= 0.5 * hall.people


def test_people_have_gathered_once_they_stay_in_the_assembly_zone():
    plan, _, records = walked.hall()
    xs, ys = zip(*plan.rooms[0].outline, strict=True)
    ring = tuple((x, y) for x, y in ((min(xs), min(ys)), (max(xs), min(ys)), (max(xs), max(ys)), (min(xs), max(ys))))
    walks = replace(walks_of(records), plan=replace(plan, zones=(Zone("field", 0, ring, "assembly"),)))
    assert len(walks.gathered) == 0  # all have left through it
    early = walks.time < 5
    stopped = replace(
        walks,
        **{name: getattr(walks, name)[early] for name in ("time", "person", "storey", "room", "place", "posture")},
    )
    last = {person: row for row, person in enumerate(stopped.person.tolist())}
    inside = in_ring(ring, stopped.place[list(last.values()), :2])
    inside &= stopped.posture[list(last.values())] != Posture.GONE
    assert 50 < len(stopped.gathered) == inside.sum()
    assert stopped.gathered[0] == 0
    assert (np.diff(walks.safe) >= 0).all()


def test_who_stands_and_is_pushed_is_not_on_the_way(house):
    rows = np.flatnonzero(house.speed > 0)
    still = house.posture == Posture.STANDING
    pushed = rows[still[rows] & still[rows - 1]]
    assert not house.onward[pushed].any()
    assert house.onward[house.posture == Posture.GONE].all()


def test_the_page_has_the_curve_exits_doors_and_areas(hall, house):
    figure = Run(hall.records).plot()
    titles = [axes.get_title("left") for axes in figure.axes]
    for title in ("People in the building", "By which exit", "Density in measuring areas"):
        assert title in titles
    inside = next(axes for axes in figure.axes if axes.get_title("left") == "People in the building")
    assert "100 % out at" in inside.texts[-1].get_text()
    assert inside.lines[0].get_ydata()[0] == hall.people
    assert inside.lines[0].get_ydata()[-1] == 0
    without = [axes.get_title("left") for axes in walk_plots.plot(house.records).axes]
    assert "Density in measuring areas" not in without
    with pytest.raises(HyosanError, match="'curve': no figure of a run in a building"):
        Run(hall.records).plot("curve")


def test_the_account_says_when_people_were_out_and_by_which_exit(house):
    said = walk_account.account(house.records)
    when, _ = house.out
    assert f"50 % out by       {clock_text(when[74])}" in said
    assert f"everybody out by  {clock_text(when[-1])}" in said
    assert "Three storeys, 3 storeys, 1 exit\n" in said
    assert "    150  exit-3" in said
    assert "longest queue" in said
    assert "stuck" not in said


def test_flow_counts_nobody_twice_in_a_span():
    times, people = np.array([1.0, 2.0, 3.0, 12.0]), np.array([5, 5, 6, 5])
    middles, flow = walk_account.flow_of(times, people, 25.0)
    assert middles.tolist() == [5, 15, 25]
    assert flow.tolist() == [0.2, 0.1, 0]


def test_show_draws_and_tells(hyosan, folder, tmp_path):
    said = hyosan("show", folder, "--plot", "page.png").stdout
    assert "everybody out by" in said
    assert "page.png: written." in said
    hyosan("show", folder, "--frame", "1 minute", "--storey", "Ground", "--plot", "moment.svg")
    assert "Ground" in (tmp_path / "moment.svg").read_text()
    hyosan("show", folder, "--plot", "first.png", "--storey", "First")
    assert '"evacuated": 150' in hyosan("show", folder, "--json").stdout


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--frame", "1 minute"), "--frame says when, and --plot into which file"),
        (("--storey", "First"), "--storey says what to draw"),
        (("--storey", "Frist", "--plot", "a.png"), "'Frist': no storey of this building. Did you mean 'First'?"),
        (("--frame", "1 minute", "--plot", "a.bmp"), "a figure is written as .png, .svg, .pdf"),
        (("--indicators",), "Nobody can be infected in this run"),
        (("--film", "a.avi"), "a film is written as .gif or .mp4"),
    ],
)
def test_show_says_what_it_cannot_draw(hyosan, folder, tmp_path, args, says):
    assert says in hyosan("show", folder, *args, code=1).stderr
    assert not list(tmp_path.iterdir())


def test_a_run_of_a_city_has_no_moments_of_a_building(hyosan, tmp_path):
    small().save(tmp_path / "city")
    for args in (("--frame", "1 day", "--plot", "a.png"), ("--storey", "Ground", "--plot", "a.png")):
        said = hyosan("show", "city", *args, code=1).stderr
        assert said.startswith("This run was not in a building")
    assert not (tmp_path / "a.png").exists()


def test_tables_with_halves_of_seconds_are_exported_with_dates(hyosan, folder, tmp_path):
    hyosan("export", folder, "--format", "csv", "--out", "csv")
    table = (tmp_path / "csv" / "passages.csv").read_text().splitlines()
    assert re.match(rf'[\d.]+,"?{date(2026, 3, 2)}T09:00:0\d\.\d+"?,', table[1])
