"""The questions of the page about bites have answers."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "how-to" / "bite.md").read_text()
QUESTIONS = re.findall(r'^hyosan query runs/hyosan-2 "(.*)"$', PAGE, re.MULTILINE)

sys.path.insert(0, str(ROOT / "tests" / "unit"))
from made_hunt import hunt  # noqa: E402


@pytest.fixture(scope="module")
def records():
    return hunt(people=600, hours=144)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_an_answer(question, records):
    assert records.query(question).num_rows > 0


def test_every_question_is_asked():
    assert len(QUESTIONS) == PAGE.count("hyosan query") >= 4
