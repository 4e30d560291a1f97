"""The seeded defects, as far as it goes without running them."""

import runpy
from pathlib import Path

import pytest

from hyosan.verification import names

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "verification" / "seeded_defects.py"))


@pytest.mark.parametrize("defect", SCRIPT["DEFECTS"], ids=lambda defect: defect.mistake)
def test_each_can_be_put_in(defect):
    """Whoever rewrites the text that a defect replaces says where the mistake would be made now."""
    assert defect.claim in names()
    for change in defect.changes:
        assert (SCRIPT["PACKAGE"] / change.file).read_text().count(change.right) == 1, change
        assert change.wrong != change.right
