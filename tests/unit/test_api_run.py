import json

import numpy as np
import pandas
import pyarrow as pa
import pytest

import hyosan as hy

SMALL = {"people": 200, "infected_at_start": 5}


@pytest.fixture(scope="module")
def run():
    return hy.simulate("well-mixed", seed=7, set=SMALL)


def test_it_writes_nothing_unless_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = hy.simulate("well-mixed", set=SMALL)
    run.plot()
    run.query("select 1")
    assert not list(tmp_path.iterdir())
    assert run.folder is None


def test_a_run_knows_what_happened(run):
    summary = run.summary
    assert summary["seed"] == 7
    assert summary["people"] == 200
    assert run.table("people").num_rows == 200
    assert run.table("infections").num_rows == summary["infected"]
    assert run.query("select count(*) as n from infections").to_pylist() == [{"n": summary["infected"]}]
    assert run.status == "finished"
    assert repr(run) == f"<finished run of well-mixed, seed 7: {summary['infected']} of 200 people infected>"
    assert isinstance(run.table("infections").to_pandas(), pandas.DataFrame)
    json.dumps(summary, allow_nan=False)
    json.dumps(run.manifest, allow_nan=False)


def test_a_folder_holds_the_same_run(run, tmp_path):
    written = hy.simulate("well-mixed", seed=7, set=SMALL, out=tmp_path / "a")
    saved = run.save(tmp_path / "b")
    for back in (written, hy.open_run(tmp_path / "a"), hy.open_run(str(saved))):
        assert back.summary | {"wall_s": 0} == run.summary | {"wall_s": 0}
        assert back.folder is not None
        for name in run.tables:
            assert back.table(name).to_pylist() == run.table(name).to_pylist()


def test_a_name_a_file_and_a_scenario_are_the_same(run, tmp_path):
    (tmp_path / "mine.toml").write_text(
        'extends = "well-mixed"\nname = "well-mixed"\npeople = 200\ninfected_at_start = 5'
    )
    for scenario in (hy.load("well-mixed", set=SMALL), tmp_path / "mine.toml", str(tmp_path / "mine.toml")):
        assert hy.simulate(scenario, seed=7).summary["digest"] == run.summary["digest"]


def test_set_and_until_also_change_a_scenario_made_in_python():
    plan = hy.load("well-mixed", set=SMALL)
    run = hy.simulate(plan, set={"people": 100}, until="3 days")
    assert (run.summary["people"], run.summary["steps"]) == (100, 3)
    assert (
        hy.simulate("well-mixed", set=SMALL | {"people": 100}, until="3 days").summary["digest"]
        == run.summary["digest"]
    )


@pytest.mark.parametrize("seed", [-1, 2**64, True, 1.5, "1", None, pytest.param(10**400, id="long")])
def test_a_strange_seed_is_refused(seed):
    with pytest.raises(hy.HyosanError, match="seed is"):
        hy.simulate("well-mixed", seed=seed, set=SMALL)
    with pytest.raises(hy.HyosanError, match="seed is"):
        hy.ensemble("well-mixed", seeds=[1, seed], set=SMALL)


def test_every_seed_of_64_bits_is_taken():
    digests = [hy.simulate("well-mixed", seed=seed, set=SMALL).summary["digest"] for seed in (0, 2**63, 2**64 - 1)]
    assert len(set(digests)) == 3
    assert hy.simulate("well-mixed", seed=np.uint64(2**63), set=SMALL).summary["digest"] == digests[1]


@pytest.mark.parametrize("threads", [0, -1, 10_000, 1.0, True, "2"])
def test_a_strange_count_of_threads_is_refused(threads):
    with pytest.raises(hy.HyosanError, match="threads is"):
        hy.simulate("well-mixed", threads=threads, set=SMALL)


def test_progress_is_told():
    heard = []
    hy.simulate("well-mixed", set=SMALL, progress=lambda *news: heard.append(news))
    assert heard[0] == ("world", 0, 1)
    assert heard[-1][0] == "seconds"
    assert all(done <= of for _, done, of in heard)


def test_a_run_stopped_by_its_observer_leaves_nothing(tmp_path):
    def stop(stage, done, of):
        if stage == "seconds":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        hy.simulate("well-mixed", set=SMALL, progress=stop, out=tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_unknown_tables_figures_and_formats(run, tmp_path):
    with pytest.raises(hy.HyosanError, match="Did you mean 'infections'"):
        run.table("infection")
    with pytest.raises(hy.HyosanError, match="Did you mean 'curve'"):
        run.plot("curv")
    with pytest.raises(hy.HyosanError, match="no such format"):
        run.export("xml", tmp_path / "x")


def test_an_ensemble_has_a_row_a_run(run):
    table = hy.ensemble("well-mixed", seeds=range(5, 11), set=SMALL)
    assert isinstance(table, pa.Table)
    assert table["seed"].to_pylist() == [5, 6, 7, 8, 9, 10]
    row = table.slice(2, 1).to_pylist()[0]
    for name, value in run.summary.items():
        if name != "wall_s":
            assert row[name] == value, name
    assert row["susceptible"] + row["exposed"] + row["infectious"] + row["recovered"] == 200
    assert row["recovered"] == row["infected"]


def test_the_first_rows_do_not_depend_on_how_many_there_are():
    many = hy.ensemble("well-mixed", seeds=range(8), set=SMALL, threads=3).drop_columns("wall_s")
    few = hy.ensemble("well-mixed", seeds=range(3), set=SMALL, threads=1).drop_columns("wall_s")
    assert many.slice(0, 3).equals(few)
    none = hy.ensemble("well-mixed", seeds=(), set=SMALL).drop_columns("wall_s")
    assert none.num_rows == 0
    assert none.schema == many.schema


def test_the_function_ensemble_is_not_hidden_by_the_folder():
    import hyosan.ensemble.execute

    assert callable(hyosan.ensemble)
    assert hyosan.ensemble is hy.ensemble


def test_import_gives_just_the_public_names():
    assert dir(hy) == sorted(hy.__all__)
    assert len(hy.__all__) <= 12
    for name in hy.__all__:
        assert getattr(hy, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        hy.nothing  # noqa: B018
