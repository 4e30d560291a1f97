"""The claims about people who walk in buildings: all tests of the guideline are there, and cheap ones pass."""

import math
import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

from hyosan.verification import _experiments, run
from hyosan.verification.rimea_diagrams import FILE_BAND, envelope, in_band, weidmann
from hyosan.verification.rimea_single import beyond_corner
from hyosan.verification.storeys import block, two_ways

TWELVE_AND_THIRTEEN = ("12-v3", "12a", "12b", "12c", "12d", "13", "13-v3")
TESTS = [f"rimea-{name}" for name in (*range(1, 12), "4-narrow", *TWELVE_AND_THIRTEEN, 14, 15, 16)]
VERIFICATION = Path(__file__).parents[2] / "verification"


def test_every_test_of_the_guideline_is_a_claim():
    """Each says what is claimed, whose the bound is, and which mistake it would catch."""
    known = {name: claim for name, claim in _experiments().items() if name.startswith("rimea-")}
    assert sorted(known) == sorted(TESTS)
    for name, claim in known.items():
        number = name.removeprefix("rimea-").removesuffix("-v3").removesuffix("-narrow")
        assert f"test {number}" in claim.source, name
        assert any(
            whose in claim.source.split("; ", 1)[-1] for whose in ("guideline", "JuPedSim's suite", "NIST", "proposed")
        ), name
        assert claim.claim.endswith("."), name
        assert claim.defect, name


def test_every_claim_is_on_the_page(monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(VERIFICATION)])
    script = runpy.run_path(str(VERIFICATION / "pedestrian_rimea.py"))
    assert sorted(f"rimea-{name}" for name in script["SETUPS"]) == sorted(script["DRAWINGS"]) == sorted(TESTS)
    page = (VERIFICATION / "rimea.md").read_text()
    for name in TESTS:
        assert (VERIFICATION / "figures" / f"{name}.png").is_file()
        assert f"![{name}](figures/{name}.png)" in page


def test_cheap_claims_pass():
    """The others run with `hyosan verify rimea`."""
    for claim in run(["rimea-1", "rimea-2", "rimea-3", "rimea-5", "rimea-7", "rimea-10", "rimea-14"], quick=True):
        assert claim.verdict == "pass", claim


def test_weidmann_and_the_band_of_single_file():
    """Values of published tables."""
    for density, speed in ((0.5, 1.298), (1.0, 1.058), (2.0, 0.606), (5.0, 0.037)):
        assert weidmann(density) == pytest.approx(speed, abs=6e-4)
    assert len(FILE_BAND) == 13
    assert all(low < middle < high for low, middle, high in FILE_BAND.values())
    assert in_band(1.1, 0.6)
    assert not in_band(1.1, 0.9)
    assert not in_band(1.1, 0.3)


def test_envelopes_of_stairs():
    """Down is faster than up at its fast edge, and the slow edge is below the fast one."""
    rho = np.array([0.6, 1.0, 1.5])
    (up_low, up_high), (down_low, down_high) = envelope(rho, True), envelope(rho, False)
    assert up_low == pytest.approx([0.398, 0.41, 0.425], abs=1e-3)
    assert up_high[1] == pytest.approx(0.86)
    assert down_high[1] == pytest.approx(0.88)
    assert (down_low < down_high).all()


def test_places_beyond_the_corner():
    inside = np.array([[1.0, 1.0], [10.0, 2.0], [11.0, 8.0], [math.nan, math.nan]])
    assert beyond_corner(inside) == 0.0
    assert beyond_corner(np.array([[9.0, 2.5]])) == 0.5
    assert beyond_corner(np.array([[12.25, 5.0]])) == 0.25
    assert beyond_corner(np.array([[5.0, -0.125]])) == 0.125


def test_the_block_has_its_rooms_and_people():
    """36 rooms on the ground floor, 38 on each above, four people in each."""
    plan, cells = block()
    assert [sum(plan.rooms[cell].storey == storey for cell in cells) for storey in range(3)] == [36, 38, 38]
    assert all(plan.rooms[cell].area == pytest.approx(6.0) for cell in cells)
    assert [len(stair.parts) for stair in plan.stairs] == [3, 3]
    assert 4 * len(cells) == 448


def test_the_two_ways_are_on_two_floors():
    plan = two_ways(8.0)
    assert [plan.rooms[row].storey for row in range(4)] == [1, 1, 1, 0]
    assert plan.stairs[0].length == pytest.approx(math.hypot(5.0, 3.0))
