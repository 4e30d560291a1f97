"""Claims of the verification, one a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hyosan.views.terminal import say, say_json

if TYPE_CHECKING:
    from collections.abc import Iterable

FIELDS = ("name", "claim", "source", "expected", "got", "tolerance", "verdict")


def print_claims(claims: Iterable[Any], *, json: bool) -> int:
    """Print claims as they come, and how many there were of each verdict; count of those that failed."""
    verdicts = {"pass": 0, "fail": 0, "skip": 0}
    for claim in claims:
        verdicts[claim.verdict] += 1
        if json:
            say_json({field: getattr(claim, field) for field in FIELDS})
        else:
            say(f"{claim.verdict:<4}  {claim.name}: {claim.claim}")
            say(f"      {claim.source}")
            if claim.verdict != "skip":
                _say_numbers(claim.expected, claim.got, claim.tolerance)
    if not json:
        say(f"{verdicts['pass']} passed, {verdicts['fail']} failed, {verdicts['skip']} skipped.")
    return verdicts["fail"]


def _say_numbers(expected: object, got: object, tolerance: object) -> None:
    """Print what was expected and what came, number by number."""
    if not isinstance(expected, list | tuple) or not isinstance(got, list | tuple) or len(expected) != len(got):
        expected, got, tolerance = [expected], [got], [tolerance]
    each = isinstance(tolerance, list | tuple) and len(tolerance) == len(expected)
    margins = list(tolerance) if isinstance(tolerance, list | tuple) and each else [tolerance] * len(expected)
    for wanted, found, margin in zip(expected, got, margins, strict=True):
        same = " (the same)" if wanted == found else ""
        say(f"      expected {_number(wanted)}, got {_number(found)}{same}; tolerance {_number(margin)}")


def _number(value: object) -> str:
    """A number in few digits, a digest by its first ones; other things as they are."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(_number(inner) for inner in value)}]"
    if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value):
        return value[:16]
    return f"{value:.6g}" if isinstance(value, float) else str(value)
