"""Compiled, interpreted, cut and threaded: the same outbreak to the last bit."""

import importlib
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from hyosan.jit import KERNELS
from hyosan.world.paths import steps_of
from parity.interpreted import checked, taking_checked_arrays
from parity.outbreaks import OUTBREAKS, ground, outcome, simulation

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
def interpreted(tmp_path_factory):
    """Outcomes of all outbreaks in a process in which Python runs the kernels and asks for every index of an array."""
    ways = tmp_path_factory.mktemp("ways") / "steps.npy"
    np.save(ways, steps_of(ground("bites").world.streets))
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    script = Path(__file__).parent / "interpreted.py"
    command = [sys.executable, "-W", "error::RuntimeWarning", str(script), str(ways)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", OUTBREAKS)
def test_the_text_of_the_kernels_run_by_python_gives_the_same_outbreaks(interpreted, name):
    """Every kernel and rule interpreted, without the compiler: an overflow or a cast that differs would show.

    So would an index beyond an array, or one that counts from its end. To have the compiled code ask for the bounds of
    arrays too: `NUMBA_BOUNDSCHECK=1 pytest tests/parity tests/property`, which compiles everything once more.
    """
    assert interpreted[name] == straight(name)


def test_an_index_beyond_an_array_is_refused():
    """So that what is run by Python with checked arrays can fail."""
    rows, (numbers,) = checked(np.zeros((3, 2))), checked((np.arange(3),))
    numbers[0] = rows[1][1] = rows[2, 1]
    for reach in (lambda: numbers[-1], lambda: numbers[3], lambda: rows[1, -2], lambda: rows[1][-1], lambda: rows[-1:]):
        with pytest.raises(IndexError):
            reach()
    with pytest.raises(IndexError, match="from the end"):
        rows[0][np.int64(-1)] = 1
    with pytest.raises(IndexError, match="from the end"):
        taking_checked_arrays(lambda function: function)(lambda first, arrays: arrays[0][first])(-1, (numbers.base,))


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
