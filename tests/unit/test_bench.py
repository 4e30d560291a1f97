"""`hyosan bench`: every number is that of the run it measures."""

import json
from dataclasses import fields

import pytest
from typer.testing import CliRunner

from hyosan.scenario.load import load
from hyosan.verification import bench
from hyosan.verification.bench import CASES, Measured, measured
from hyosan.views.commands import app

FIELDS = ["people", "threads", "steps", "setup_s", "run_s", "cpu_s", "infections", "attack_rate", "peak_rss_mb"]
FIELDS += ["bytes_per_person", "digest"]


def _hyosan(*args, code=0):
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def line():
    said = _hyosan("bench", "city", "--people", 3000, "--threads", 2, "--json").stdout
    assert said.count("\n") == 1
    return json.loads(said)


def test_json_is_one_line_with_all_fields(line):
    assert list(line) == ["scenario", *FIELDS]
    assert (line["scenario"], line["people"], line["threads"]) == ("benchmark-city", 3000, 2)
    assert line["steps"] == 180
    assert line["setup_s"] > 0
    assert 0 < line["run_s"] < 60
    assert line["cpu_s"] > 0
    assert [field.name for field in fields(Measured)] == list(line)


def test_it_measures_what_hyosan_run_does(line, tmp_path):
    out = tmp_path / "run"
    said = _hyosan("run", "benchmark-city", "--set", "people=3000", "--seed", 1, "--json", "--out", out).stdout
    run = json.loads(said)
    assert line["digest"] == run["digest"]
    assert line["infections"] == run["infections"] > 0
    assert line["attack_rate"] == run["attack_rate"]


def test_with_schedules_it_measures_the_same_people_by_weeks(line, tmp_path):
    weeks = json.loads(_hyosan("bench", "city", "--people", 3000, "--schedules", "--json").stdout)
    assert (weeks["scenario"], weeks["people"], weeks["steps"]) == ("benchmark-city", 3000, 180 * 144)
    settings = ["people=3000", "world.schedules=weeks", "step=10 minutes"]
    options = [option for setting in settings for option in ("--set", setting)]
    said = _hyosan("run", "benchmark-city", *options, "--seed", 1, "--json", "--out", tmp_path / "run").stdout
    run = json.loads(said)
    assert weeks["digest"] == run["digest"] != line["digest"]
    assert weeks["infections"] == run["infections"] > 0


def test_schedules_of_another_kind_of_world_are_refused():
    said = _hyosan("bench", "city", "--scenario", "closed-cells", "--schedules", code=1).stderr
    assert 'world.schedules: schedules has no meaning in a world of kind "closed-cells"' in said


def test_memory_counts_the_state_and_not_the_world(line):
    """The changing arrays alone take more than 10 bytes a person; the process holds an interpreter and NumPy."""
    if line["bytes_per_person"] is None:
        pytest.skip("this system cannot say it")
    assert 10 < line["bytes_per_person"] < 100_000
    assert line["peak_rss_mb"] > 50


def test_what_cannot_be_measured_is_null(monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "_STATUS", tmp_path / "nothing")
    monkeypatch.setattr(bench, "_RESET", tmp_path / "nowhere" / "nothing")
    found = measured(load("benchmark-city", set={"people": 100}))
    assert found.bytes_per_person is None
    assert found.peak_rss_mb > 50  # by another way


def test_another_scenario_keeps_its_own_size():
    line = json.loads(_hyosan("bench", "city", "--scenario", "closed-cells", "--json").stdout)
    assert (line["scenario"], line["people"]) == ("closed-cells", 10_000)


def test_lines_for_eyes_say_the_same(line):
    said = _hyosan("bench", "city", "--people", 3000).stdout
    assert line["digest"] in said
    assert f"{line['infections']:,}" in said
    assert "bytes a person" in said or "unknown here" in said


@pytest.mark.parametrize("case", ["buildings", "town", "City"])
def test_only_known_cases(case):
    result = _hyosan("bench", case, code=2)
    assert result.stdout == ""
    assert "city" in result.stderr
    assert list(CASES) == ["city"]


def test_a_scenario_without_people_to_set_is_refused():
    assert (
        "people has no meaning" in _hyosan("bench", "city", "--scenario", "households", "--people", 50, code=1).stderr
    )
