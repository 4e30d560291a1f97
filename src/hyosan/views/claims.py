"""Claims of the verification, one a line."""

from __future__ import annotations

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
            if claim.verdict != "skip":
                say(f"      expected {_number(claim.expected)}, got {_number(claim.got)}; {_margin(claim.tolerance)}")
            say(f"      {claim.source}")
    if not json:
        say(f"{verdicts['pass']} passed, {verdicts['fail']} failed, {verdicts['skip']} skipped.")
    return verdicts["fail"]


def _number(value: object) -> str:
    """A number in few digits; other things as they are."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _margin(tolerance: object) -> str:
    """How far the two may be apart."""
    return f"within {_number(tolerance)}" if isinstance(tolerance, int | float) else f"tolerance: {tolerance}"
