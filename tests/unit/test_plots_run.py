import warnings

import numpy as np
import pytest
from made_run import DAY, made, small

from hyosan.rules.codes import Setting
from hyosan.views.api import Run, simulate
from hyosan.views.figures import by_age, by_origin, incidence, prevalence, span_of
from hyosan.views.plots import KINDS, ORIGIN_COLOURS, draw, plot

CASES = {
    "small": small,
    "nobody": lambda: made([]),
    "one": lambda: made([(0, 0, -1)], people=1, days=1),
    "empty": lambda: made([], people=0, days=0),
    "years": lambda: made([(day * DAY, day % 20, -1 if day == 0 else 0) for day in range(0, 1000, 7)], days=1000),
}


def bars(axes):
    return sum(patch.get_height() for patch in axes.patches)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", [*KINDS, "all"])
def test_every_figure_of_every_run_is_drawn(name, kind, tmp_path):
    figure = plot(CASES[name](), kind)
    figure.savefig(tmp_path / "figure.png")
    for axes in figure.axes:
        assert axes.get_title("left")


def test_the_curve_shows_every_infection_but_those_at_the_start():
    records = small()
    assert bars(plot(records, "curve").axes[0]) == 4
    new = incidence(records)
    assert sum(counts.sum() for counts in new.counts.values()) == 4
    assert np.all(np.diff(new.edges) > 0)


def test_a_long_run_is_shown_by_week_without_loss():
    new = incidence(CASES["years"]())
    assert new.noun == "week"
    assert sum(counts.sum() for counts in new.counts.values()) == len(range(0, 1000, 7)) - 1


def test_people_are_counted_once_by_age():
    groups = by_age(small())
    assert groups.people.sum() == 20
    assert groups.infected.sum() == 4, "person 2 was infected twice"
    assert len(groups.labels) == len(groups.people)


def test_every_setting_has_a_colour_of_its_own():
    settings = {setting.name.lower() for setting in Setting if setting != Setting.NONE}
    assert settings <= set(ORIGIN_COLOURS)
    assert len(set(ORIGIN_COLOURS.values())) == len(ORIGIN_COLOURS)


def test_origins_add_up():
    assert sum(by_origin(small()).values()) == small().table("infections").num_rows
    assert list(by_origin(small())) == ["start", "home"]


def test_a_quiet_end_is_left_out_and_said():
    run = simulate("well-mixed", set={"people": 300, "infected_at_start": 9, "end_when_over": False}, until="400 days")
    span = span_of(run._records)
    assert span < 320 * DAY
    assert span > run.table("infections")["time_s"].to_numpy().max()
    assert "nothing more to see until the end of the run" in run.plot("curve").axes[0].get_xlabel()
    times, lines = prevalence(run._records)
    assert times[-1] == 400
    assert lines["infectious"][-1] == 0


def test_titles_with_strange_letters(tmp_path):
    records = small()
    records.manifest["scenario"]["title"] = "효산 $x_1 \\frac 🧟 " * 10
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw(records, tmp_path / "a.png")
        draw(records, tmp_path / "a.svg")
        draw(records, tmp_path / "a.pdf")


def test_no_state_of_matplotlib_is_left_behind():
    import sys

    Run(small()).plot()
    assert "matplotlib.pyplot" not in sys.modules
