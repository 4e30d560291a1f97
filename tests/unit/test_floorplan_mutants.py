"""Mutated files of OpenStreetMap, well-known text and building models: each is a plan or refused, in time.

`HYOSAN_MUTATIONS=2000 pytest tests/unit/test_floorplan_mutants.py -s` tries as many of the first two formats and a
twentieth of building models, and says what came out.
"""

import os
import random
from collections import Counter
from pathlib import Path

import pytest
from made_mutants import mutant

from hyosan.errors import PlanError
from hyosan.floorplan import ifc, native, osm, wkt
from hyosan.floorplan.check import faults

FILES = int(os.environ.get("HYOSAN_MUTATIONS", "200"))
LONGEST = 5.0
"""Time of the processor, of processes started too, that a file may take [s]; other work of the machine adds none."""

SAMPLES = Path(__file__).parent.parent / "floorplans"


def outcome(path, module):
    """`refused`, or `plan` if what was read can be used and written."""
    try:
        plan, notes = module.read_with_notes(path)
    except PlanError as error:
        message = str(error)
        if "still being read" in message:
            return f"hung: {message}"
        return "refused" if message.startswith(str(path)) and message.isprintable() else f"badly refused: {message}"
    wrong = [fault.message for fault in faults(plan) if "has no exit" not in fault.message]
    assert not wrong, wrong
    assert native.loads(native.dumps(plan)).rooms
    assert all(note.isprintable() for note in notes)
    return "plan"


@pytest.mark.parametrize(("module", "count"), [(osm, FILES), (wkt, FILES), (ifc, max(15, FILES // 20))])
def test_mutants(module, count, tmp_path, monkeypatch):
    """Every mutant is refused in one line, or makes a plan without faults; both happen."""
    if module is ifc:
        pytest.importorskip("ifcopenshell")
        monkeypatch.setattr(ifc, "LONGEST_READING", 60.0)
    ending = module.__name__.rpartition(".")[2]
    text = (SAMPLES / f"small.{ending}").read_text()
    outcomes, longest = Counter(), 0.0
    for seed in range(count):
        path = tmp_path / f"mutant.{ending}"
        path.write_bytes(mutant(text, random.Random(seed)))
        start = sum(os.times()[:4])
        try:
            outcomes[outcome(path, module)] += 1
        except Exception as error:
            raise AssertionError(f"mutant {seed} of small.{ending}: {type(error).__name__}: {error}") from error
        longest = max(longest, sum(os.times()[:4]) - start)
    print(f"{ending}: {dict(outcomes)}, longest {longest:.2f} s")
    assert longest < LONGEST
    assert outcomes.keys() == {"plan", "refused"}, outcomes
    assert min(outcomes["plan"], outcomes["refused"]) > count / 20
