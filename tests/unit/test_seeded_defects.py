"""The seeded defects, as far as it goes without running them."""

import runpy
import sys
from pathlib import Path

import pytest

from hyosan.verification import names

FOLDER = Path(__file__).parents[2] / "verification"
sys.path.append(str(FOLDER))
SCRIPT = runpy.run_path(str(FOLDER / "seeded_defects.py"))
OTHERS = [runpy.run_path(str(FOLDER / f"{name}_defects.py"))["DEFECTS"] for name in ("guideline", "chase")]
DEFECTS = (*SCRIPT["DEFECTS"], *(defect for others in OTHERS for defect in others))


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: f"{defect.claim}: {defect.mistake}")
def test_each_can_be_put_in(defect):
    """Whoever rewrites the text that a defect replaces says where the mistake would be made now."""
    assert defect.claim in names()
    for change in defect.changes:
        assert (SCRIPT["PACKAGE"] / change.file).read_text().count(change.right) == 1, change
        assert change.wrong != change.right
