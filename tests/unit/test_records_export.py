"""Exports are read back, by readers that are not ours."""

import csv
import re

import duckdb
import pandas
import pyarrow.parquet as pq
import pytest
from made_run import DAY, made, small

import hyosan as hy
from hyosan.errors import DiskFull, RecordsError
from hyosan.records.export import default_out, export
from hyosan.tables import EVERY_RUN, HUNTED


@pytest.fixture(scope="module")
def run():
    return hy.simulate("well-mixed", set={"people": 300, "infected_at_start": 4})


@pytest.fixture(scope="module")
def hunted():
    return hy.simulate(
        "hyosan", set={"people": 2000, "infected_at_start.count": 20, "interventions": []}, until="2 days"
    )


def rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def walk(text):
    """Child, parent and branch length of every node but the root; names of all nodes."""
    edges, names, depth, at = [], [], 0, 0
    open_children = {0: []}
    for match in re.finditer(r"\(|\)|,|;|([A-Za-z]\w*)(?::([\d.]+))?", text):
        assert match.start() == at, f"unexpected text at {at}: {text[at : at + 20]}"
        at = match.end()
        token = match.group(0)
        if token == "(":
            depth += 1
            open_children[depth] = []
        elif token == ")":
            depth -= 1
        elif token not in ",;":
            name = match.group(1)
            names.append(name)
            edges += [(child, name, length) for child, length in open_children.pop(depth + 1, [])]
            open_children[depth].append((name, match.group(2)))
    assert at == len(text)
    assert depth == 0
    return edges, names


def test_newick_is_the_transmission_forest(run, tmp_path):
    path = run.export("newick", tmp_path / "tree.nwk")
    infections = run.table("infections").to_pylist()
    expected = {
        (f"P{row['infectee']}", f"P{row['infector']}"): row["time_s"] for row in infections if row["infector"] >= 0
    }
    when = {f"P{row['infectee']}": row["time_s"] for row in infections}
    found, named = {}, []
    lines = path.read_text().splitlines()
    for line in lines:
        edges, names = walk(line)
        named += names
        for child, parent, length in edges:
            found[child, parent] = float(length) * DAY
    assert len(lines) == 4
    assert sorted(named) == sorted(when)
    assert set(found) == set(expected)
    for (child, parent), length in found.items():
        assert length == pytest.approx(when[child] - when[parent], abs=1)


def test_newick_by_hand(tmp_path):
    path = export(small(), "newick", tmp_path / "tree.nwk")
    assert path.read_text() == "(((P2_2:3.000000)P9:2.000000)P5:1.000000,P2:2.000000)P3;\n"


def test_a_chain_longer_than_the_stack_of_python(tmp_path):
    count = 3000
    records = made([(i, i, i - 1) for i in range(count)], people=count)
    assert export(records, "newick", tmp_path / "chain.nwk").read_text().count(")") == count - 1


def test_epicontacts(run, tmp_path):
    folder = run.export("epicontacts", tmp_path / "epi")
    cases, contacts = rows(folder / "linelist.csv"), rows(folder / "contacts.csv")
    ids = [case["id"] for case in cases]
    assert len(set(ids)) == len(ids) == run.summary["infected"]
    assert len(contacts) == len(ids) - 4
    assert {edge["from"] for edge in contacts} | {edge["to"] for edge in contacts} <= set(ids)
    assert len({edge["to"] for edge in contacts}) == len(contacts)
    for case in cases:
        assert case["sex"] in ("f", "m")
        assert case["date_onset"] == "" or case["date_onset"] >= case["date_infection"] >= "2026-03-02"


def test_epicontacts_of_reinfected_people(tmp_path):
    folder = export(small(), "epicontacts", tmp_path / "epi")
    assert [case["id"] for case in rows(folder / "linelist.csv")] == ["P3", "P5", "P2", "P9", "P2_2"]
    assert [case["date_death"] for case in rows(folder / "linelist.csv")] == ["", "", "", "2026-03-09", ""]
    assert [(edge["from"], edge["to"]) for edge in rows(folder / "contacts.csv")] == [
        ("P3", "P5"),
        ("P3", "P2"),
        ("P5", "P9"),
        ("P9", "P2_2"),
    ]


@pytest.mark.parametrize("name", ["run", "hunted"])
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_are_read_back(request, name, tmp_path, form):
    run = request.getfixturevalue(name)
    folder = run.export(form, tmp_path / form)
    assert {path.stem for path in folder.iterdir()} == tables_of(name)
    for each in tables_of(name):
        path, table = folder / f"{each}.{form}", run.table(each)
        frame = pandas.read_csv(path) if form == "csv" else pandas.read_parquet(path)
        assert len(frame) == table.num_rows
        extra = {"date"} if "time_s" in table.column_names else set()
        assert set(frame.columns) == set(table.column_names) | extra
        reader = "read_csv" if form == "csv" else "read_parquet"
        assert duckdb.sql(f"select count(*) from {reader}('{path}')").fetchall() == [(table.num_rows,)]
    dates = (
        pandas.read_csv(folder / "infections.csv")
        if form == "csv"
        else pandas.read_parquet(folder / "infections.parquet")
    )
    start = pandas.Timestamp(run.summary["first_infection"])
    since = (pandas.to_datetime(dates["date"]) - start).dt.total_seconds()
    assert (since == dates["time_s"]).all()


def tables_of(name):
    """Names of the tables that a run has; those of hunting only where people hunt."""
    return {table.name for table in (EVERY_RUN if name == "run" else (*EVERY_RUN, *HUNTED))}


def test_a_run_without_streets_has_no_streets():
    run = hy.simulate("szr", set={"people": 20}, seed=3)
    assert run.table("strikes").num_rows > 0
    for name in ("cells", "buildings"):
        with pytest.raises(RecordsError, match="no such table"):
            run.table(name)


def test_bites_are_contacts_and_the_bitten_of_an_animal_are_roots(hunted, tmp_path):
    folder = hunted.export("epicontacts", tmp_path / "r")
    linelist, contacts = rows(folder / "linelist.csv"), rows(folder / "contacts.csv")
    assert {row["route"] for row in linelist} == {"animal", "bite"}
    assert {row["route"] for row in contacts} == {"bite"}
    assert len(linelist) == len(contacts) + 20
    hunted.export("newick", tmp_path / "tree.nwk")
    assert len((tmp_path / "tree.nwk").read_text().splitlines()) == 20


@pytest.mark.parametrize("name", ["run", "hunted"])
def test_the_parquet_of_a_run_folder_is_read_by_others(request, name, tmp_path):
    run = request.getfixturevalue(name)
    folder = run.save(tmp_path / "run")
    for table in tables_of(name):
        path, count = folder / f"{table}.parquet", run.table(table).num_rows
        assert pq.read_table(path).num_rows == count
        assert len(pandas.read_parquet(path)) == count
        assert duckdb.sql(f"select count(*) from '{path}'").fetchall() == [(count,)]
    answer = duckdb.sql(
        f"select route, count(*) from '{folder / 'infections.parquet'}' where infector < 0 group by route"
    ).fetchall()
    assert answer == [("start", 4) if name == "run" else ("animal", 20)]


def test_nothing_is_written_over(run, tmp_path):
    for form in ("csv", "newick"):
        run.export(form, tmp_path / form)
        with pytest.raises(RecordsError, match="nothing is written over"):
            run.export(form, tmp_path / form)
    with pytest.raises(DiskFull):
        run.export("newick", "/dev/full")


def test_where_an_export_goes(tmp_path):
    assert default_out(tmp_path / "run", "newick") == tmp_path / "run.nwk"
    assert default_out(tmp_path / "run", "csv") == tmp_path / "run-csv"
