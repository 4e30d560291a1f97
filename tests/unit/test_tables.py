import numpy as np
import pytest
from made_run import small

from hyosan.records.arrow import arrow_table
from hyosan.records.digest import INFECTIONS, TRANSITIONS
from hyosan.rules.codes import Reason, Route
from hyosan.tables import TABLES, Names, columns_page


def test_names_are_plain_and_unique():
    for table in TABLES.values():
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        assert all(name.isidentifier() and name.islower() for name in names)
        assert all(column.meaning and not column.meaning.endswith(".") for column in table.columns)


LATER = {"infections": ["infectious_s", "symptoms_s", "over_s"], "transitions": []}
"""Columns that joined a table after the first golden run, and so stay out of the digest: it reads the course already
where transitions are written."""


def test_the_digest_reads_the_columns_of_the_tables():
    for table, read in (("infections", INFECTIONS), ("transitions", TRANSITIONS)):
        columns = [(column.name, np.dtype(column.kind)) for column in TABLES[table].columns]
        assert columns[: len(read)] == [(name, np.dtype(kind)) for name, kind in read]
        assert [name for name, _ in columns[len(read) :]] == LATER[table]


def test_the_page_names_every_column_with_unit_and_words():
    page = columns_page()
    for table in TABLES.values():
        assert f"## {table.name}\n" in page
        for column in table.columns:
            assert f"| `{column.name}` | " in page
    assert "| `time_s` | int64 | s | since the start of the run |" in page
    assert "`importation`" in page
    assert "`infector_elsewhere`" in page
    assert all(line.count(" | ") == 3 for line in page.splitlines() if line.startswith("| `"))


def test_codes_are_stored_as_names():
    table = small().table("infections")
    assert table["route"].to_pylist() == ["start", "air", "air", "air", "air"]
    assert table["setting"].to_pylist()[:2] == ["none", "home"]
    assert table["x_m"].to_pylist() == [None] * 5
    assert table["infector"].to_pylist() == [-1, 3, 3, 5, 9]


def test_every_code_has_its_name():
    assert TABLES["infections"].columns[3].words({}) == tuple(route.name.lower() for route in Route)
    assert TABLES["refusals"].columns[3].words({}) == tuple(reason.name.lower() for reason in Reason)


def test_nowhere_is_null_among_names():
    columns = {c.name: np.zeros(2, c.kind) for c in TABLES["places"].columns} | {"site": np.array([-1, 0])}
    names = {Names.DISTRICTS: ("north",), Names.SITES: ("Hyosan High School",)}
    table = arrow_table("places", columns, names)
    assert table["site"].to_pylist() == [None, "Hyosan High School"]
    assert table["district"].to_pylist() == ["north", "north"]


def test_a_missing_or_strange_column_is_noticed():
    columns = {c.name: np.zeros(2, c.kind) for c in TABLES["transitions"].columns}
    names = {Names.STATES: ("susceptible",)}
    assert arrow_table("transitions", columns, names).num_rows == 2
    with pytest.raises(AssertionError, match="transitions has columns"):
        arrow_table("transitions", columns | {"mood": np.zeros(2)}, names)
    with pytest.raises(AssertionError, match="code 7"):
        arrow_table("transitions", columns | {"to_state": np.array([0, 7])}, names)
