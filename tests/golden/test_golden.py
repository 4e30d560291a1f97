"""Golden runs: the same outbreak, to the last bit, as when they were kept."""

import os
import subprocess
import sys

import pytest

import hyosan as hy
from golden.outbreaks import RUNS, digests, kept


def test_the_golden_runs_are_as_they_were():
    """If a change was meant to change them: `python tests/golden/rewrite.py`, and a changelog line that says why."""
    assert digests() == kept()


def test_the_golden_runs_are_outbreaks():
    """A digest of nothing happening would guard nothing."""
    assert all(run["infected"] > 500 for run in kept().values())


@pytest.mark.parametrize("step", ["10 minutes", "1 hour", "1 day"])
def test_the_step_changes_nothing_that_happens(step):
    name = "influenza in a small city"
    scenario, changes = RUNS[name]
    run = hy.simulate(scenario, seed=1, set={**changes, "step": step})
    assert run.summary["digest"] == kept()[name]["digest"]


def test_neither_the_folder_nor_the_hash_seed_changes_anything(tmp_path):
    scenario, changes = RUNS["influenza in a small city"]
    settings = [part for key, value in changes.items() for part in ("--set", f"{key}={value}")]
    found = set()
    for hash_seed in ("0", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        folder = tmp_path / hash_seed
        folder.mkdir()
        command = [sys.executable, "-m", "hyosan", "run", scenario, "--seed", "1", "--json", *settings]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        found.add(done.stdout.split('"digest": "')[1][:64] if '"digest": "' in done.stdout else done.stdout)
    assert found == {kept()["influenza in a small city"]["digest"]}
