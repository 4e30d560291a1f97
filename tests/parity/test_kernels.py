"""Compiled, interpreted, cut and threaded: the same outbreak to the last bit."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hyosan.jit import KERNELS
from parity.outbreaks import OUTBREAKS, outcome, simulation

ENGINE = (
    "calendar",
    "city.admit",
    "city.begin",
    "city.contacts",
    "city.look",
    "city.protect",
    "city.settle",
    "city.sift",
)


def test_the_text_of_the_kernels_run_by_python_gives_the_same_outbreaks():
    """Every kernel and rule interpreted, without the compiler: an overflow or a cast that differs would show."""
    assert _outcomes(NUMBA_DISABLE_JIT="1") == {name: outcome(name) for name in OUTBREAKS}


def test_no_kernel_reaches_beyond_an_array(tmp_path):
    """Every index of an array is asked for; one that counts from the end is beyond it too."""
    found = _outcomes(NUMBA_BOUNDSCHECK="1", HYOSAN_CACHE=str(tmp_path))
    assert found == {name: outcome(name) for name in OUTBREAKS}


def _outcomes(**variables):
    """Outcomes of all outbreaks in a process of its own."""
    environment = {**os.environ, **variables, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "error::RuntimeWarning", str(Path(__file__).parent / "outbreaks.py")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", OUTBREAKS)
@pytest.mark.parametrize(("threads", "pieces"), [(1, 1), (1, 7), (2, 2), (3, 64), (8, 1000)])
def test_neither_threads_nor_cuts_change_an_outbreak(name, threads, pieces):
    assert outcome(name, threads=threads, pieces=pieces) == outcome(name, threads=1)


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
