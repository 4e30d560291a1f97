"""Kernels of buildings round the same everywhere: no fused multiply-add, no libm, and the same bits interpreted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import hyosan

PACKAGE = Path(hyosan.__file__).parents[1]

TEXTS = r"""
import json, math, re
from numba import njit

FUSED = re.compile(r"\b(?:vfn?m(?:add|sub|addsub|subadd)\d+[sp][sd]|fn?m(?:add|sub|la|ls))\b")
NAMES = "exp|exp2|expm1|log|log2|log10|log1p|pow|powi|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|hypot|cbrt"
CALLED = re.compile(
    rf"(?:@\"?|\$|\b(?:call|callq|jmp|bl|b)\s+)(?:llvm\.|numba\.math\.|npy_|__)?((?:{NAMES}|sincos|fmod|fma|fmuladd)f?)"
    r"(?=[\"(\s,@.]|$)", re.MULTILINE
)
FAST = re.compile(r"\b(?:fadd|fsub|fmul|fdiv|fcmp|call) (?:fast|contract|reassoc|afn|arcp|nnan|ninf|nsz)\b")

def found(function):
    texts = [function.inspect_asm(each) for each in function.signatures]
    codes = [function.inspect_llvm(each) for each in function.signatures]
    assert texts and all(len(text) > 100 for text in texts)
    return sorted(
        {hit for text in texts for hit in FUSED.findall(text)}
        | {hit for text in texts + codes for hit in CALLED.findall(text)}
        | {hit for code in codes for hit in FAST.findall(code)}
    )
"""
"""What a compiled function has in its machine code or in LLVM's that may round otherwise elsewhere."""

CONTROL = """
@njit
def of_libm(x):
    return math.exp(x) + math.atan2(x, 2.0)

@njit(fastmath=True)
def fast(x, y, z):
    return x * y + z

of_libm(1.0), fast(1.0, 2.0, 3.0)
print(json.dumps([found(of_libm), found(fast)]))
"""

CROWD = """
import hashlib
import numpy as np
from hyosan.engine.building.building import Building
from hyosan.engine.building.crowd import Crowd, Errand, ToExits, ToSpot
from hyosan.engine.building.ground import ground_of
from hyosan.floorplan.plan import (
    OUTSIDE, Door, DoorState, Floorplan, Obstacle, Room, Stair, StairEnd, Storey
)

LOW = ((0.0, 0.0), (3.0, 0.0), (3.0, 2.0), (2.0, 2.0), (2.0, 2.6), (0.0, 2.6))
HIGH = ((0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0))
PLAN = Floorplan(
    "two rooms and a stair",
    (Storey("ground", 0.0), Storey("first", 1.0)),
    (Room("low", 0, LOW), Room("high", 1, HIGH)),
    (Door("exit", (0, OUTSIDE), ((0.4, 0.0), (1.6, 0.0)), DoorState.CLOSED),),
    (
        Stair(
            "stair",
            (StairEnd(0, ((3.0, 0.3), (3.0, 1.5))), StairEnd(1, ((3.0, 0.3), (3.0, 1.5)))),
            ((3.0, 0.9, 0.0), (4.5, 0.9, 1.0), (3.0, 0.9, 1.0)),
        ),
    ),
    (Obstacle(1, ((1.4, 1.2), (1.8, 1.2), (1.8, 1.6), (1.4, 1.6)), "table"),),
)
PLACES = [(0.5, 0.5), (1.0, 0.6), (1.5, 1.5), (2.6, 0.8), (0.5, 0.5), (2.7, 0.6), (2.5, 2.5), (1.2, 2.3)]
crowd = Crowd(
    room=np.repeat([0, 1], 4),
    place=np.array(PLACES),
    speed=np.linspace([1.1, 0.5, 0.6], [1.5, 0.7, 0.8], 8),
    goals=(ToExits(), ToSpot(1, (0.5, 2.5))),
    errands=tuple(Errand(0.1 * (person % 3), person, int(person in (2, 3))) for person in range(8)),
    sits=np.arange(8) == 1,
    group=np.array([0, -1, -1, -1, 0, 1, 1, -1]),
    shifts=((1.0, 0, 1),),
)
building = Building(ground_of(PLAN), crowd)
building.run(2.0)
state, sha = building.state, hashlib.sha256()
for part in (state.doors, state.goals, state.people):
    for name in sorted(vars(part)):
        if name not in ("near", "over", "over_side"):  # beyond their lengths they hold what once was there
            sha.update(np.ascontiguousarray(getattr(part, name)).tobytes())
for table in (building.tracks(), building.passages()):
    sha.update(table.tobytes())
"""

KERNELS = """
from hyosan.engine.building import fields, stretch, walls
kernels = (stretch.stretch, fields.survey, fields.spread, walls.find_near)
print(json.dumps({each.py_func.__name__: found(each) for each in kernels}))
"""

END = """
print(sha.hexdigest(), building.person_steps, len(building.passages()), building.gone)
"""


def _said(script, cache, **settings):
    """What a script prints in an interpreter of its own, line by line."""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE), "HYOSAN_CACHE": str(cache), **settings}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """The crowd walked by kernels compiled just now: where it ended, and what is in their texts."""
    return _said(TEXTS + CROWD + END + KERNELS, tmp_path_factory.mktemp("kernels"))


def test_kernels_have_nothing_that_rounds_otherwise_elsewhere(compiled):
    assert json.loads(compiled[1]) == {name: [] for name in ("stretch", "survey", "spread", "find_near")}


def test_what_rounds_otherwise_would_be_found(tmp_path):
    of_libm, fast = json.loads(_said(TEXTS + CONTROL, tmp_path)[0])
    assert {"exp", "atan2"} <= set(of_libm)
    assert fast


def test_interpreted_the_crowd_ends_at_the_same_bits(compiled, tmp_path):
    """Eight people, two rooms, a stair, a table, groups and errands, 40 steps: every array but for scratch."""
    assert _said(CROWD + END, tmp_path, NUMBA_DISABLE_JIT="1")[0] == compiled[0]
    _, person_steps, passages, gone = compiled[0].split()
    assert int(person_steps) > 200
    assert int(passages) >= 4
    assert int(gone) >= 1
