"""Indicators in words, in a figure, and by the command."""

import json
import warnings

import pytest
from made_run import small
from test_records_indicators import CASES
from typer.testing import CliRunner

from hyosan.records.indicators import indicators
from hyosan.views.api import Run
from hyosan.views.commands import app
from hyosan.views.indicator_plots import PANELS, plot
from hyosan.views.indicators import account


@pytest.mark.parametrize("name", CASES)
def test_every_run_has_an_account_and_a_figure(name, tmp_path):
    records = CASES[name]()
    text = account(indicators(records))
    assert text.startswith("Indicators")
    assert "nan" not in text
    assert "None" not in text
    figure = plot(records)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        figure.savefig(tmp_path / "figure.png")
    titles = [axes.get_title("left") for axes in figure.axes if axes.get_title("left")]
    there = len(PANELS) if indicators(records)["attack_rate"]["by_district"] else len(PANELS) - 1
    assert len(titles) == there


def test_the_account_says_what_is_not_known_and_why():
    text = account(indicators(small()))
    assert "Spread is counted from 1 of 5 infections, those before 2026-03-03 00:00:00" in text
    assert "generation interval  mean 1.50, sd 0.71, median 1.50 days" in text
    assert "Transitions were not recorded" in account(indicators(CASES["no transitions"]()))


@pytest.fixture
def folder(tmp_path):
    return str(small().save(tmp_path / "run"))


def call(*args, code=0):
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    assert result.exit_code == code, result.output
    return result.output


def test_the_command_prints_and_draws(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("hyosan.views.account.account", lambda *_: "the run")  # a run by hand has not all numbers
    said = call("show", folder, "--indicators", "--plot", tmp_path / "a.svg")
    assert said.startswith("the run\n\nIndicators\n")
    assert "Attack rate by district" in (tmp_path / "a.svg").read_text()


def test_json_is_one_line_with_the_indicators(folder):
    said = call("show", folder, "--indicators", "--json")
    assert said.count("\n") == 1
    record = json.loads(said)
    assert record["indicators"] == json.loads(json.dumps(Run(small()).indicators()))
    assert record["scenario"] == "made"
    assert "indicators" not in json.loads(call("show", folder, "--json"))


def test_a_damaged_folder_is_one_message(folder, tmp_path):
    (tmp_path / "run" / "infections.parquet").write_bytes(b"PAR1")
    assert "damaged" in call("show", folder, "--indicators", code=1)
    assert "nothing" in call("show", tmp_path / "none", "--indicators", code=1)


def test_python_draws_the_same_figure():
    assert len(Run(small()).plot("indicators").axes) == len(plot(small()).axes)
