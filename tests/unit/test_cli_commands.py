"""Each command and each exit code, in one process."""

import json
import tomllib

import pytest
from typer.testing import CliRunner

from hyosan.records.run import opened
from hyosan.views.commands import app

SMALL = ("run", "well-mixed", "--set", "people=200", "--set", "infected_at_start=5")
FIELDS = ["scenario", "seed", "people", "infected", "dead", "turned", "destroyed", "in_camp", "attack_rate"]
FIELDS += ["first_infection", "first_report", "steps", "wall_s", "digest"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A run folder that tests only read."""
    folder = tmp_path_factory.mktemp("made") / "run"
    assert CliRunner().invoke(app, [*SMALL, "--out", str(folder)]).exit_code == 0
    return folder


def test_run_writes_a_folder_and_says_what_happened(hyosan, tmp_path):
    said = hyosan(*SMALL, "--seed", 3).stdout
    assert "people               200\n" in said
    assert "runs/well-mixed-3" in said
    assert "hyosan show" in said
    assert opened(tmp_path / "runs" / "well-mixed-3").manifest["status"] == "finished"


def test_folders_are_numbered(hyosan, tmp_path):
    for _ in range(3):
        hyosan(*SMALL)
    folders = sorted(folder.name for folder in (tmp_path / "runs").iterdir())
    assert folders == [
        "well-mixed-1",
        "well-mixed-1-2",
        "well-mixed-1-3",
    ]


def test_json_is_one_line_with_all_fields(hyosan):
    run = hyosan(*SMALL, "--json", "--out", "a")
    show = hyosan("show", "a", "--json")
    assert run.stdout == show.stdout
    assert run.stdout.count("\n") == 1
    record = json.loads(run.stdout)
    assert list(record)[: len(FIELDS)] == FIELDS
    assert record["people"] == 200
    assert record["first_report"] is None
    assert len(record["digest"]) == 64


def test_the_same_seed_has_the_same_digest_and_another_has_not(hyosan):
    digests = [
        json.loads(hyosan(*SMALL, "--seed", seed, "--threads", threads, "--json").stdout)["digest"]
        for seed, threads in ((1, 1), (1, 3), (2, 1), (2**64 - 1, 1))
    ]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_until_and_set_change_the_scenario(hyosan):
    record = json.loads(hyosan(*SMALL, "--until", "2 days", "--set", "step='1 hour'", "--json").stdout)
    assert record["steps"] == 48


@pytest.mark.parametrize(
    "wrong",
    [
        ("run", "--seed", "-1"),
        ("run", "--seed", str(2**64)),
        ("run", "--seed", "9" * 5000),
        ("run", "--seed", "one"),
        ("run", "--threads", "0"),
        ("run", "--threads", "10000"),
        ("run", "--set", "people"),
        ("run", "--set", "=3"),
        ("run", "--policy", "none"),
        ("run", "--resume"),
        ("run", "a", "b"),
        ("show", "x", "--tale"),
        ("show",),
        ("export", "x"),
        ("export", "x", "--format", "xml"),
        ("query", "x"),
        ("policies",),
        ("world", "hyosan"),
        ("floorplan",),
        ("estimate", "x", "y"),
        ("bench",),
        ("bench", "building", "--schedules"),
        ("bench", "city", "--scenario", "corridor"),
        ("bench", "city", "--people", "0"),
        ("compare",),
        ("--nothing",),
    ],
)
def test_wrong_usage_is_2(hyosan, wrong, tmp_path):
    result = hyosan(*wrong, code=2)
    assert result.stdout == ""
    assert "Usage: " in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("run", "hyosann"), "Did you mean 'hyosan'"),
        (("run", "well-mixed", "--set", "peple=3"), "Did you mean 'people'"),
        (("run", "well-mixed", "--set", "people=-3"), "people"),
        (("run", "well-mixed", "--until", "3 dayz"), "days"),
        (("run", "nosuch.toml"), "nosuch.toml"),
        (("check", "nosuch.toml"), "nosuch.toml"),
        (("new", "hyosann"), "Did you mean 'hyosan'"),
        (("new", "measles"), "no such scenario"),
        (("show", "nowhere"), "found nothing"),
        (("show", "."), "no manifest.json"),
        (("query", "nowhere", "select 1"), "found nothing"),
        (("export", "nowhere", "--format", "csv"), "found nothing"),
    ],
)
def test_what_a_person_can_mend_is_1(hyosan, wrong, says, tmp_path):
    result = hyosan(*wrong, code=1)
    assert result.stdout == ""
    assert says in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_empty_is_refused_before_anything_is_run(hyosan, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")
    result = hyosan("run", "hyosan-influenza", "--set", "people=50000000", "--out", "full", code=1)
    assert "not empty" in result.stderr
    assert (tmp_path / "full" / "letter.txt").read_text() == "dear"


def test_scenarios_are_listed(hyosan):
    lines = hyosan("scenarios").stdout.splitlines()
    assert any(line.startswith("hyosan ") and "bite" in line for line in lines)
    assert any(line.startswith("hyosan-influenza ") and "nfluenza" in line for line in lines)
    listed = json.loads(hyosan("scenarios", "--json").stdout)["scenarios"]
    assert [row["name"] for row in listed] == [line.split()[0] for line in lines]
    assert {"hyosan", "well-mixed", "closed-cells", "households"} <= {row["name"] for row in listed}


def test_new_check_run(hyosan, tmp_path):
    hyosan("new", "well-mixed", "-o", "mine.toml")
    assert tomllib.loads((tmp_path / "mine.toml").read_text())["schema"] == 1
    assert "Fine" in hyosan("check", "mine.toml").stdout
    (tmp_path / "mine.toml").write_text("precious")
    assert "nothing is written over" in hyosan("new", "well-mixed", "-o", "mine.toml", code=1).stderr
    assert (tmp_path / "mine.toml").read_text() == "precious"
    assert "mine.toml" in hyosan("check", "mine.toml", code=1).stderr
    hyosan("new", "households")
    assert (tmp_path / "households.toml").exists()


def test_query_gives_csv_or_json(hyosan, made):
    sql = "select 'a,b' as word, count(*) as n, null as nothing, 'nan'::double as n from people"
    assert hyosan("query", made, sql).stdout == 'word,n,nothing,n\n"a,b",200,,nan\n'
    answer = json.loads(hyosan("query", made, sql, "--json").stdout)
    assert answer == {"columns": ["word", "n", "nothing", "n"], "rows": [["a,b", 200, None, None]]}
    assert hyosan("query", made, "select person from people order by person").stdout.split() == [
        "person",
        *map(str, range(200)),
    ]
    kinds = "select date '2026-03-02' d, [1, 2] l, {'a': 1} s, 'x'::blob b, interval 1 day i, 1e300::double f"
    hyosan("query", made, kinds)
    json.loads(hyosan("query", made, kinds, "--json").stdout)
    assert "syntax error" in hyosan("query", made, "selec", code=1).stderr


def test_show_draws(hyosan, made, tmp_path):
    for form in ("png", "svg", "pdf"):
        assert "written" in hyosan("show", made, "--plot", f"figure.{form}").stdout
        assert (tmp_path / f"figure.{form}").stat().st_size > 5000
    before = (tmp_path / "figure.png").read_bytes()
    assert hyosan("show", made, "--plot", "figure.png", "--json").stdout.count("\n") == 1
    assert (tmp_path / "figure.png").read_bytes() == before
    assert ".png, .svg, .pdf" in hyosan("show", made, "--plot", "figure.jpg", code=1).stderr
    assert "cannot be written" in hyosan("show", made, "--plot", "figure.png/x.png", code=1).stderr


def test_export(hyosan, made, tmp_path):
    for form in ("csv", "parquet", "epicontacts", "newick"):
        result = hyosan("export", made, "--format", form, "--out", form)
        assert result.stdout == ""
        assert "written" in result.stderr
        hyosan("export", made, "--format", form, "--out", form, code=1)
    assert (tmp_path / "newick").read_text().count(";") == 5
    assert "no room" in hyosan("export", made, "--format", "newick", "--out", "/dev/full", code=3).stderr


def test_a_damaged_run_is_refused(hyosan, tmp_path):
    hyosan(*SMALL, "--out", "a")
    path = tmp_path / "a" / "infections.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    for command in (("show", "a"), ("query", "a", "select 1"), ("export", "a", "--format", "csv")):
        assert "infections.parquet: damaged" in hyosan(*command, code=1).stderr


def test_records_without_transitions(hyosan):
    hyosan(*SMALL, "--set", "records.transitions='none'", "--out", "a")
    assert "transitions" not in opened("a").names
    hyosan("show", "a", "--plot", "a.png")
    hyosan("export", "a", "--format", "csv")
    assert "transitions" in hyosan("export", "a", "--format", "epicontacts", code=1).stderr


IDLE = """
extends = "hyosan"
name = "idle"
people = 2000
duration = "2 days"
infected_at_start = { count = 5 }
[[interventions]]
kind = "warn"
from = 2026-03-20
share = { value = 0.5, source = "assumed: a test" }
[[interventions]]
kind = "evacuate"
buses = 0
seats = 40
[[interventions]]
kind = "patrol"
units = 3
per_hour = 2.0
"""


def test_check_names_interventions_that_can_do_nothing(hyosan, tmp_path):
    (tmp_path / "idle.toml").write_text(IDLE)
    said = hyosan("check", "idle.toml").stdout
    assert "Fine but for this:" in said
    assert "interventions[0], warn, does nothing: it begins 2026-03-20T00:00:00, and the run ends 2026-03-04" in said
    assert "interventions[1], evacuate, does nothing: buses is 0." in said
    assert "interventions[2]" not in said
    (tmp_path / "busy.toml").write_text(IDLE.replace("buses = 0", "buses = 2").replace("2026-03-20", "2026-03-03"))
    assert "Fine.\n" in hyosan("check", "busy.toml").stdout


def test_a_seed_that_is_none_is_said_to_be(hyosan):
    for seed in ("-3", str(2**64)):
        said = " ".join(hyosan(*SMALL, "--seed", seed, code=2).stderr.split())
        assert f"{seed} is no seed. Write a whole number, 0 to 18446744073709551615." in said


def test_json_of_a_hunt_has_its_numbers(hyosan):
    small = ("--set", "people=2000", "--set", "infected_at_start.count=20", "--until", "2 days")
    record = json.loads(hyosan("run", "hyosan", *small, "--json", "--out", "a").stdout)
    query = "select count(*) as strikes from strikes"
    strikes = json.loads(hyosan("query", "a", query, "--json").stdout)["rows"][0][0]
    assert record["strikes"] == strikes > 0
    assert record["away"] > 0
    assert record["dead"] == record["killed"] + record["spent"]
    assert {"killed", "away"}.isdisjoint(json.loads(hyosan(*SMALL, "--json", "--out", "b").stdout))
