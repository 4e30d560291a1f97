"""Files of floor plans: their text, within limits that no parser stumbles over."""

from __future__ import annotations

import re
from pathlib import Path

from hyosan.errors import PlanError, Problem, ScenarioError
from hyosan.scenario import limits
from hyosan.scenario.quantities import shown

MOST_BYTES = 8 * 2**20
MOST_NESTING = 16

# Possessive quantifiers: no text makes the search go back, so it takes time in proportion to the text.
_MARK = re.compile(r'"(?:[^"\\]|\\.)*+"?+|[\[\]{}]', re.DOTALL)


def shown_path(path: str | Path) -> str:
    """A path as messages name it: on one line, whatever it is."""
    text = str(path)
    return text if text.isprintable() and len(text) <= 200 else shown(text)


def refused(file: str, message: str, *, line: int | None = None, column: int | None = None) -> PlanError:
    """An error with one problem."""
    return PlanError([Problem(message, file=file, line=line, column=column if line is not None else None)])


def text_of(path: str | Path) -> str:
    """Text of a file.

    Raises:
        PlanError: The file is missing, no file, unreadable, too large or no text.
    """
    file = shown_path(path)
    try:
        data = limits.content(Path(path), file, most=MOST_BYTES, what="a floor plan")
    except ScenarioError as error:
        raise PlanError(error.problems) from None
    if len(data) > MOST_BYTES:
        raise refused(file, f"is larger than {MOST_BYTES // 2**20} MB. Split the plan, or leave furniture out.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(file, f"byte {error.start} is no UTF-8. Save the file as UTF-8.") from None
    if "\0" in text:
        raise refused(file, "holds a NUL character, so it is no text. Write a floor plan.")
    return text


def check_nesting(text: str, file: str) -> None:
    """Refuse a JSON text whose brackets are nested deeper than any plan's."""
    depth = 0
    for match in _MARK.finditer(text):
        mark = match.group()
        depth += (mark in "[{") - (mark in "]}") if len(mark) == 1 else 0
        if depth > MOST_NESTING:
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - text.rfind("\n", 0, match.start())
            raise refused(
                file,
                f"brackets are nested more than {MOST_NESTING} deep. No plan needs that.",
                line=line,
                column=column,
            )
