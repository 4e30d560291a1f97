"""Hostile files through the command, and those that are accepted through the engine."""

import os
import subprocess
import sys

import pytest

from breadth import some
from hyosan.building import Visit
from hyosan.errors import HyosanError, ScenarioError
from hyosan.scenario.load import load
from hyosan.scenario.walking import BuildingScenario
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build
from unit.test_hostile_generated import hostile_files

THROUGH_THE_COMMAND = some(20)
CHUNKS, FILES = 4, some(150)
SMALL = {
    "city": {"people": 300},
    "well-mixed": {"people": 300},
    "layered": {"people": 300},
    "closed-cells": {"cells": 20},
    "households": {"households": 20},
    "lattice": {"cells": 3, "side": 5},
    "building": {},
}


def test_the_command_says_what_is_wrong_and_never_falls_over(tmp_path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    codes = []
    for number, data in enumerate(hostile_files(85, THROUGH_THE_COMMAND)):
        file = tmp_path / f"{number}.toml"
        file.write_bytes(data)
        command = [sys.executable, "-m", "hyosan", "check", str(file)]
        done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
        assert done.returncode in (0, 1), (number, done.stderr)
        assert b"Traceback" not in done.stdout + done.stderr, number
        assert bool(done.stderr.strip()) == (done.returncode == 1), number
        codes.append(done.returncode)
    assert 0 < sum(codes) < THROUGH_THE_COMMAND


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_what_is_accepted_runs_or_is_refused(tmp_path, chunk):
    """A scenario that passes the door may still ask the impossible of its world: that is one clear message too."""
    file = tmp_path / "accepted.toml"
    ran, refused = 0, []
    for number, data in enumerate(hostile_files(5000 + chunk, FILES)):
        file.write_bytes(data)
        try:
            kind = load(file).world.kind
            scenario = load(file, set=SMALL[kind], until="2 minutes" if kind == "building" else "20 days")
        except ScenarioError:
            continue
        try:
            if isinstance(scenario, BuildingScenario):
                Visit(scenario).run()
                ran += 1
                continue
            run = Simulation(scenario, build(scenario), threads=2).run()
        except HyosanError as error:
            refused.append(str(error).strip())
            continue
        assert sum(run.totals().values()) == len(run.world.people), (chunk, number)
        assert run.refusals()["count"].sum() == run.emitted() - run.waiting(), (chunk, number)
        run.close()
        ran += 1
    assert ran > 5
    assert all(refused)
