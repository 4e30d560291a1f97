import json
from pathlib import Path

import pytest
from made_run import DAY, made, small

from hyosan.errors import HyosanError, RecordsError
from hyosan.records.run import opened
from hyosan.tables import EVERY_RUN

TABLES = {table.name: table for table in EVERY_RUN}


@pytest.fixture
def folder(tmp_path):
    return small().save(tmp_path / "run")


def test_a_folder_gives_back_what_was_saved(folder):
    run, back = small(), opened(folder)
    assert back.summary == run.summary
    assert back.names == run.names == tuple(TABLES)
    for name in TABLES:
        assert back.table(name).schema == run.table(name).schema
        assert back.table(name).to_pylist() == run.table(name).to_pylist()


def test_an_empty_outbreak_is_kept_too(tmp_path):
    back = opened(made([]).save(tmp_path / "run"))
    assert back.table("infections").num_rows == 0
    assert back.query("select count(*) as n from infections").to_pylist() == [{"n": 0}]


def test_the_manifest_vouches_for_every_file(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["format_version"] == 1
    assert set(manifest["tables"]) == set(TABLES)
    for name, file in manifest["tables"].items():
        assert file["bytes"] == (folder / f"{name}.parquet").stat().st_size
        assert file["rows"] == small().table(name).num_rows
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["manifest.json", *(f"{name}.parquet" for name in TABLES)]
    )


def test_the_same_run_is_written_with_the_same_bytes(folder, tmp_path):
    again = small().save(tmp_path / "again")
    for name in [*(f"{name}.parquet" for name in TABLES), "manifest.json"]:
        assert (again / name).read_bytes() == (folder / name).read_bytes()


def test_a_run_that_was_opened_can_be_saved_elsewhere(folder, tmp_path):
    copy = opened(folder).save(tmp_path / "copy")
    assert opened(copy).table("people").equals(opened(folder).table("people"))


@pytest.mark.parametrize("name", ["infections.parquet", "counts.parquet", "people.parquet"])
def test_a_flipped_bit_is_found_and_its_file_named(folder, name):
    path = folder / name
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 40)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 16]) + whole[place + 1 :])
        with pytest.raises(RecordsError, match=f"{name}: damaged"):
            opened(folder)


def test_a_flipped_bit_in_the_manifest_is_found(folder):
    """Or it changes nothing, as between two kinds of blanks."""
    path = folder / "manifest.json"
    whole, summary = path.read_bytes(), small().summary
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            assert opened(folder).summary == summary
        except RecordsError as error:
            assert "manifest.json" in str(error)  # noqa: PT017


@pytest.mark.parametrize("share", [0, 0.3, 0.99])
def test_a_file_cut_short_is_found(folder, share):
    for path in (folder / "infections.parquet", folder / "manifest.json"):
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(RecordsError, match=path.name):
            opened(folder)
        path.write_bytes(whole)


def test_a_missing_file_is_named(folder):
    (folder / "counts.parquet").unlink()
    with pytest.raises(RecordsError, match=r"counts\.parquet: missing"):
        opened(folder)


def test_a_table_of_something_else_is_refused(folder, tmp_path):
    other = made([], people=3).save(tmp_path / "other")
    (other / "people.parquet").replace(folder / "people.parquet")
    with pytest.raises(RecordsError, match="damaged"):
        opened(folder)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[1, 2]", "not the manifest"),
        ("null", "not the manifest"),
        ("[" * 100_000, "not JSON"),
        ("{}", "not the manifest"),
        ('{"format_version": 99, "seal": ""}', "format_version is 99"),
        ('{"format_version": 1, "seal": ""}', "does not match its seal"),
        ("\udcff", "not JSON"),
    ],
)
def test_a_strange_manifest_is_refused(tmp_path, text, says):
    (tmp_path / "manifest.json").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(RecordsError, match=says):
        opened(tmp_path)


def test_what_is_no_run_folder_is_refused(tmp_path):
    with pytest.raises(RecordsError, match="found nothing"):
        opened(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    with pytest.raises(RecordsError, match="found a file"):
        opened(tmp_path / "file")
    with pytest.raises(RecordsError, match=r"no manifest\.json"):
        opened(tmp_path)


def test_an_unknown_table_is_named_with_the_nearest(folder):
    with pytest.raises(HyosanError, match="Did you mean 'infections'"):
        opened(folder).table("infectons")


@pytest.mark.parametrize("where", ["memory", "folder"])
def test_a_query_sees_all_tables(folder, where):
    run = small() if where == "memory" else opened(folder)
    answer = run.query(
        "select setting, count(*) as n, sum(time_s) as s from infections where infector >= 0 group by all"
    )
    assert answer.to_pylist() == [{"setting": "home", "n": 4, "s": 12 * DAY}]
    assert str(answer.schema.field("s").type) == "int64"
    joined = run.query("select age_years from infections join people on person = infectee order by time_s limit 2")
    assert joined["age_years"].to_pylist() == [21, 35]
    by_state = run.query("select count from counts where state = 'exposed' and time_s = 86400")
    assert by_state.to_pylist() == [{"count": 1}]


SECRETS = "/etc/passwd"


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("selec 1", "syntax error"),
        ("", "found nothing"),
        ("-- only a remark", "found nothing"),
        ("select 1; select 2", "found SELECT and SELECT"),
        ("select nothing from people", "not found"),
        ("select * from peple", "Did you mean 'people'"),
        ("delete from people", "found DELETE"),
        ("drop view people", "found DROP"),
        ("create table x as select 1", "found CREATE"),
        ("copy people to 'stolen.csv'", "found COPY"),
        ("attach 'x.db'", "found ATTACH"),
        ("set enable_external_access = true", "found SET"),
        ("install httpfs", "found LOAD"),
        ("explain analyze copy people to 'stolen.csv'", "found EXPLAIN"),
        (f"select * from '{SECRETS}'", "no such table"),
        (f"select * from read_text('{SECRETS}')", "disabled"),
        (f"select * from read_csv('{SECRETS}')", "disabled"),
        ("select * from glob('/etc/*')", "disabled"),
        (f"pivot (select * from read_text('{SECRETS}')) on filename", "disabled"),
        ("select * from folder", "no such table"),
        ("select cast('a' as int)", "Could not convert"),
        ("\x00", "syntax error"),
        ("select '\udc80'", "not text in UTF-8"),
    ],
)
def test_a_query_that_is_wrong_or_wants_out_is_refused(folder, sql, says, monkeypatch):
    monkeypatch.chdir(folder)
    before = sorted(folder.iterdir())
    for run in (small(), opened(folder)):
        with pytest.raises(RecordsError, match=says):
            run.query(sql)
    assert sorted(folder.iterdir()) == before
    opened(folder)


def test_names_in_any_script(tmp_path):
    run = made([(0, 1, -1)], name="효산 🧟 ../x")
    back = opened(run.save(tmp_path / "효산 🧟"))
    assert back.summary["scenario"] == "효산 🧟 ../x"
    assert back.table("people")["district"].to_pylist()[0] == "옥동"
    assert back.query("select count(*) as 사람 from people where district = '옥동'").to_pylist() == [{"사람": 20}]


def test_a_run_is_never_written_over_another(folder):
    with pytest.raises(RecordsError, match="not empty"):
        small().save(folder)
    opened(folder)


def test_saving_in_a_path_given_as_text(tmp_path):
    assert small().save(str(tmp_path / "a" / "b")) == Path(tmp_path / "a" / "b")
