"""Compiled, interpreted, cut and threaded: the same outbreak to the last bit."""

import importlib
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from hyosan.jit import KERNELS
from parity.outbreaks import OUTBREAKS, outcome, simulation

ENGINE = (
    "calendar",
    "city.admit",
    "city.begin",
    "city.contacts",
    "city.guard",
    "city.hunt",
    "city.look",
    "city.protect",
    "city.queue",
    "city.settle",
    "city.sift",
)


@pytest.fixture(scope="module")
def apart(tmp_path_factory):
    """Outcomes of all outbreaks in processes of their own, by how they run; both go on at the same time."""
    ways = {
        "interpreted": {"NUMBA_DISABLE_JIT": "1"},
        "checked": {"NUMBA_BOUNDSCHECK": "1", "HYOSAN_CACHE": str(tmp_path_factory.mktemp("cache"))},
    }
    command = [sys.executable, "-W", "error::RuntimeWarning", str(Path(__file__).parent / "outbreaks.py")]
    going = {}
    for way, variables in ways.items():
        environment = {**os.environ, **variables, "PYTHONPATH": os.pathsep.join(sys.path)}
        going[way] = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def outcomes(way):
        said, complained = going[way].communicate()
        assert going[way].returncode == 0, complained
        return json.loads(said)

    yield outcomes
    for process in going.values():
        process.kill()
        process.communicate()


def test_the_text_of_the_kernels_run_by_python_gives_the_same_outbreaks(apart):
    """Every kernel and rule interpreted, without the compiler: an overflow or a cast that differs would show."""
    assert apart("interpreted") == {name: straight(name) for name in OUTBREAKS}


def test_no_kernel_reaches_beyond_an_array(apart):
    """Every index of an array is asked for; one that counts from the end is beyond it too."""
    assert apart("checked") == {name: straight(name) for name in OUTBREAKS}


@cache
def straight(name):
    """Outcome of one outbreak on one thread, all in one piece."""
    return outcome(name)


@pytest.mark.parametrize("name", OUTBREAKS)
@pytest.mark.parametrize(("threads", "pieces"), [(1, 1), (1, 7), (2, 2), (3, 64), (8, 1000)])
def test_neither_threads_nor_cuts_change_an_outbreak(name, threads, pieces):
    assert outcome(name, threads=threads, pieces=pieces) == straight(name)


def test_each_kernel_is_compiled_for_one_set_of_types():
    """A second set would be a second wait for whoever starts hyosan for the first time."""
    for name in OUTBREAKS:
        simulation(name, threads=2).run()
    kernels = {
        name: value
        for module in ENGINE
        for name, value in vars(importlib.import_module(f"hyosan.engine.{module}")).items()
        if name in KERNELS
    }
    assert len(kernels) > 8
    assert {name: len(value.signatures) for name, value in kernels.items() if len(value.signatures) > 1} == {}
