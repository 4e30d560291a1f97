"""The page of a hunt shows the numbers of its tables."""

import numpy as np
import pyarrow as pa
import pytest
from made_hunt import HOUR, SIDE, STATES, columns_of, hunt
from made_run import small

from hyosan.errors import HyosanError
from hyosan.records.arrow import arrow_table
from hyosan.rules.codes import Errand
from hyosan.views import hunt_plots, hunts
from hyosan.views.account import account
from hyosan.views.api import Run
from hyosan.views.figures import words_of
from hyosan.views.ground import CROWDS, RADII, cell_middles, crowd_of, extent_of, ground, marks
from hyosan.views.plots import plot

CASES = {
    "town": hunt,
    "cells": lambda: hunt(streets=False),
    "nobody turned": lambda: hunt(hours=12),
    "nothing yet": lambda: hunt(hours=5),
    "over": lambda: hunt(people=100, hours=30 * 24),
}


def panel(figure, title):
    return next(axes for axes in figure.axes if title in axes.get_title("left"))


@pytest.fixture(scope="module")
def records():
    return hunt()


@pytest.fixture(scope="module")
def page(records):
    return plot(records)


@pytest.mark.parametrize("name", CASES)
def test_every_page_is_drawn(name, tmp_path):
    records = CASES[name]()
    figure = plot(records, "hunt")
    figure.savefig(tmp_path / "page.png", dpi=50)
    assert all(axes.get_title("left") for axes in figure.axes if axes.get_visible())
    maps = [axes for axes in figure.axes if axes.images]
    assert bool(maps) == (name in ("town", "over"))
    assert account(records)


def test_all_is_the_page_of_a_hunt_where_there_is_one(records):
    assert panel(Run(records).plot(), "Strikes per hour")
    assert panel(plot(small()), "New infections")
    with pytest.raises(HyosanError, match="nobody hunts"):
        plot(small(), "hunt")
    with pytest.raises(HyosanError, match="Did you mean 'hunt'"):
        plot(records, "hunts")


def test_the_changes_lead_to_what_was_counted(records):
    counts = records.table("counts")
    times = np.unique(counts["time_s"].to_numpy())
    lines = hunts.people_by_state(records, times)
    for name in STATES:
        assert lines[name].tolist() == counts["count"].to_numpy()[words_of(counts, "state") == name].tolist()


def test_without_the_changes_the_last_count_holds():
    daily = hunt(every=24)
    made = {name: (lambda name=name: daily.table(name)) for name in daily.names if name != "transitions"}
    coarse = type(daily)(daily.manifest, made, {})
    times = np.array([0, 24, 30, 48, 95, 96]) * HOUR
    held = np.array([0, 24, 24, 48, 72, 96]) * HOUR
    for name, line in hunts.people_by_state(coarse, times).items():
        assert line.tolist() == hunts.people_by_state(daily, held)[name].tolist()
    assert hunts.regular_times(coarse).tolist() == [0, 86400, 2 * 86400, 3 * 86400, 4 * 86400]
    plot(coarse)
    assert "turned" in account(coarse)


def test_the_curves_have_the_numbers_of_hourly_counts(page):
    hourly = hunt(every=1).table("counts")
    state, count = words_of(hourly, "state"), hourly["count"].to_numpy()
    drawn = {}
    for title in ("Hunters and the bitten", "Gone for good"):
        axes = panel(page, title)
        drawn |= {line.get_label().split(":")[0].replace(" ", "_"): line.get_ydata() for line in axes.lines}
    assert set(drawn) == {name for name in STATES if count[state == name].any()} - {"susceptible"}
    for name, line in drawn.items():
        assert line.tolist() == count[state == name].tolist()


def test_the_healthy_are_told_and_not_drawn(page, records):
    last = hunts.people_by_state(records, np.array([96 * HOUR]))["susceptible"][0]
    assert f"susceptible 400 → {last}" in panel(page, "Hunters and the bitten").get_title("left")


def test_the_healthy_are_drawn_where_they_are_not_too_many(records, monkeypatch):
    monkeypatch.setattr(hunt_plots, "FAR", 20)
    axes = panel(plot(records), "Hunters and the bitten")
    lines = {line.get_label().split(":")[0]: line.get_ydata() for line in axes.lines}
    assert (
        lines["susceptible"].tolist()
        == hunts.people_by_state(records, hunts.regular_times(records))["susceptible"].tolist()
    )
    assert "susceptible" not in axes.get_title("left")


def test_the_strikes_are_all_there_by_outcome(page, records):
    axes, table = panel(page, "Strikes per hour"), records.table("strikes")
    hours, outcome = table["time_s"].to_numpy() // HOUR, words_of(table, "outcome")
    bars = {bars.get_label(): [bar.get_height() for bar in bars] for bars in axes.containers}
    for name in np.unique(outcome):
        wanted = np.bincount(hours[outcome == name], minlength=96)
        assert bars[f"{name}: {wanted.sum()}"] == wanted.tolist()
    assert len(bars) == len(np.unique(outcome))
    tops = np.max([[bar.get_y() + bar.get_height() for bar in bars] for bars in axes.containers], axis=0)
    assert tops.tolist() == np.bincount(hours, minlength=96).tolist(), "bars stand on each other"


def test_bites_and_breaks_are_counted_by_what_they_are(page, records):
    table = records.table("infections")
    setting, route = words_of(table, "setting"), words_of(table, "route")
    bites = panel(page, "Bites that infected")
    shown = dict(zip((label.get_text() for label in bites.get_yticklabels()), bites.patches, strict=True))
    assert {name: bar.get_width() for name, bar in shown.items()} == {
        "animal": 1,
        **{name: int((setting[route == "bite"] == name).sum()) for name in np.unique(setting[route == "bite"])},
    }
    assert hunts.breaks(records) == {"shops": 1, "school": 1}
    assert [bar.get_width() for bar in panel(page, "Buildings broken into").patches] == [1, 1]


def test_the_maps_have_a_mark_for_every_cell_with_somebody(page, records):
    where = hunts.presence(records)
    moments = hunts.telling_moments(records, where, 8)
    maps = [axes for axes in page.axes if axes.images]
    assert len(maps) == len(moments)
    x, y = cell_middles(records)
    for axes, moment in zip(maps, moments, strict=True):
        rows = where.rows(moment)
        wanted = [x[where.cell[rows]][(where.hunters[rows] > 0)], x[where.cell[rows]][where.moving[rows] > 0]]
        drawn = np.concatenate([np.zeros((0, 2)), *(marks.get_offsets() for marks in axes.collections)])
        assert sorted(drawn[:, 0]) == sorted(np.concatenate(wanted).tolist())
        assert set(map(tuple, drawn)) <= set(zip(x, y, strict=True))
        assert f"{where.hunters[rows].sum()} hunting" in axes.get_title("left")


def test_the_moments_tell_the_story(records):
    where = hunts.presence(records)
    moments = hunts.telling_moments(records, where, 8)
    assert 6 <= len(moments) <= 8
    assert moments == sorted(set(moments))
    totals = where.totals(where.hunters)
    assert totals[moments[0]] > 0
    assert totals[: moments[0]].sum() == 0
    clock = hunts.hours_of_the_clock(records, where.times[moments])
    assert 2 <= np.isin(clock, hunts.DAYTIME).sum() <= len(moments) - 2


def test_presence_is_regular_and_keeps_empty_moments():
    records = hunt(people=100, hours=20 * 24)
    where, table = hunts.presence(records), records.table("presence")
    assert set(np.diff(where.times)) == {HOUR}
    hunters = where.totals(where.hunters)
    assert hunters.sum() == table["hunters"].to_numpy().sum()
    assert hunters[0] == hunters[-1] == 0, "it ended before the run did"
    assert hunts.presence(hunt()).times[-1] == 96 * HOUR
    for moment in range(len(where.times)):
        time = table["time_s"].to_numpy() == where.times[moment]
        assert where.cell[where.rows(moment)].tolist() == table["cell"].to_numpy()[time].tolist()


def test_who_comes_back_is_not_away(records):
    out, back, gone = Errand.LEAVING, Errand.HOMEWARD, Errand.AWAY
    rows = [(1, 7, gone), (2, 3, out), (3, 3, gone), (4, 7, back), (6, 7, gone)]
    flights = columns_of("flights", [(hour * HOUR, person, errand, 0) for hour, person, errand in rows])
    made = {name: (lambda name=name: records.table(name)) for name in records.names}
    other = type(records)(records.manifest, made | {"flights": lambda: arrow_table("flights", flights)}, {})
    times = np.arange(8) * HOUR
    assert hunts.people_away(other, times).tolist() == [0, 1, 1, 2, 1, 1, 2, 2]
    nobody = type(records)(records.manifest, made | {"flights": lambda: records.table("flights")[:0]}, {})
    assert not hunts.people_away(nobody, times).any()


def test_many_states_between_bite_and_hunt_are_taken_together(records, monkeypatch):
    times = hunts.regular_times(records)
    alone = hunts.people_by_stage(records, times)
    assert list(alone) == list(STATES)
    monkeypatch.setattr(hunts, "MOST_STAGES", 0)
    together = hunts.people_by_stage(records, times)
    assert list(together) == [hunts.BITTEN if name == "bitten_hiding" else name for name in STATES]
    assert together[hunts.BITTEN].tolist() == alone["bitten_hiding"].tolist()
    assert sum(together.values()).tolist() == [400] * len(times)


def test_hunters_out_of_town_make_two_lines(records):
    made = {name: (lambda name=name: records.table(name)) for name in records.names}
    half = records.table("presence")
    half = half.set_column(2, "hunters", [pa.array(half["hunters"].to_numpy() // 2)])
    axes = panel(plot(type(records)(records.manifest, made | {"presence": lambda: half}, {})), "Hunters and the bitten")
    shown = {line.get_label().split(":")[0]: line.get_ydata() for line in axes.lines}
    assert shown["hunting on the map"].sum() == half["hunters"].to_numpy().sum()
    assert "hunting on the map" not in [
        line.get_label().split(":")[0] for line in panel(plot(records), "Hunters").lines
    ]


def test_nights_are_dark_hours(records):
    dark = hunts.nights(records)
    assert dark[0] == (0, 7 / 24)
    assert dark[1] == pytest.approx((20 / 24, 31 / 24))


def test_larger_crowds_have_larger_marks():
    assert crowd_of(np.array([0, 1, 4, 5, 624, 625, 10**6])).tolist() == [-1, 0, 0, 1, 3, 4, 4]
    assert list(RADII) == sorted(RADII)
    assert len(RADII) == len(CROWDS)
    drawn = marks(np.array([30, 0, 2]), np.array([1, 1, 0]))
    assert [radius for _, radius, _ in drawn] == sorted((radius for _, radius, _ in drawn), reverse=True)
    assert sum(len(rows) for _, _, rows in drawn) == 4


def test_the_map_shows_where_hunters_are(records):
    where = hunts.presence(records)
    x, y = cell_middles(records)
    west, east, south, north = extent_of(x, y, where, 1.0)
    assert west < x.min() < x.max() < east
    assert south < y.min() < y.max() < north
    wide = hunts.Presence(where.times, where.first, where.cell * 0 + 30, where.hunters, where.moving)
    west, east, south, north = extent_of(100 * x, 100 * y, wide, 1.0)
    assert west < 100 * x[30] < east
    assert east - west == pytest.approx(3000)
    assert north - south == pytest.approx(3000)


def test_pixels_are_where_the_cells_are(records):
    town = ground(records, hunts.presence(records), 300, 300)
    row, column = town.pixels(np.arange(SIDE * SIDE))
    assert row[0] > row[-1], "north is up"
    assert column[0] < column[-1], "east is right"
    for cell in (0, SIDE * 5 + 7, SIDE * SIDE - 1):
        assert (town.picture[row[cell] - 1 : row[cell] + 2, column[cell] - 1 : column[cell] + 2] < 250).all()
    between = (row[0] + row[SIDE]) // 2
    assert (town.picture[between, column[0]] == 255).all()


def test_the_account_says_what_hunters_did(records):
    said = account(records)
    lines = hunts.people_by_state(records, np.arange(96 * HOUR + 1))
    top = int(lines["hunting"].argmax())
    assert f"turned                 {records.summary['turned']}, the first on 2026-03-02 14:10" in said
    assert f"destroyed              {lines['destroyed'][-1]}\n" in said
    assert f"dead                   {lines['killed'][-1]}\n" in said, "nobody is spent yet"
    assert "killed" not in said
    longer = hunt(people=100, hours=720)
    end = hunts.people_by_state(longer, np.array([720 * HOUR]))
    for name in ("killed", "spent"):
        assert f"{name:<21}  {end[name][0]}\n" in account(longer)
    assert (
        f"most hunters           {lines['hunting'].max()} on {np.datetime64('2026-03-02') + np.timedelta64(top, 's')}"[
            :-3
        ].replace("T", " ")
        in said
    )
    assert "buildings broken into  2: shops 1, school 1" in said
    flights = records.query("select count(*) as n from (select person, last(errand order by time_s) as e from flights "
                            "group by person) where e = 'away'")["n"][0].as_py()  # fmt: skip
    assert f"away                   {flights} left the town, " in said
    bites = records.query("select time_s // 86400 d, count(*) n from infections where route = 'bite' group by 1")
    assert f"peak                   {max(bites['n'].to_pylist())} new infections on" in said
    assert "peak" not in account(hunt(hours=12)), "the animal's bite was the start"
    strikes = records.table("strikes").num_rows
    assert f"strikes                {strikes}: " in said
    assert "strikes" not in account(small_with_steps())


def small_with_steps():
    records = small()
    records.manifest["summary"].update(steps=10, wall_s=0.1)
    return records
