"""Pages about people who walk in buildings: of each claim the set-up, the bound, what was measured, a drawing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hyosan.verification import Claim, run

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HERE = Path(__file__).parent
FIGURES = HERE / "figures"
MOST_SHOWN = 4
"""Checks of a claim that are written out; the others are counted."""


@dataclass(frozen=True)
class Exhibit:
    """One claim on a page."""

    claim: str
    setup: str
    """Geometry, people and what the bound is, in words."""
    draw: "Callable[[], Figure] | None" = None
    note: str = ""


def short(value: Any) -> str:
    """A value in few letters."""
    if isinstance(value, list):
        shown = [short(each) for each in value[:12]]
        return "[" + ", ".join(shown) + (", …]" if len(value) > 12 else "]")
    if isinstance(value, str) and len(value) == 64:
        return value[:8] + "…"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def rows(claim: Claim) -> list[str]:
    """The checks of a claim as lines of a table."""
    expected, got, tolerance = (
        value if isinstance(claim.tolerance, list) else [value]
        for value in (claim.expected, claim.got, claim.tolerance)
    )
    lines = ["| expected | got | tolerance |", "|---|---|---|"]
    found = list(zip(expected, got, tolerance, strict=True))
    lines += [f"| {short(a)} | {short(b)} | {c} |" for a, b, c in found[:MOST_SHOWN]]
    if len(found) > MOST_SHOWN:
        lines.append(f"| … | and {len(found) - MOST_SHOWN} more checks | |")
    return lines


def section(exhibit: Exhibit, claim: Claim) -> list[str]:
    """One claim on the page; its drawing is made too."""
    lines = [
        f"## {claim.name}: {claim.verdict}",
        "",
        f"{claim.claim}.".replace("..", "."),
        "",
        f"Source: {claim.source}.",
        "",
    ]
    if exhibit.setup:
        lines += [f"**Set-up and bound.** {exhibit.setup}", ""]
    if claim.verdict != "skip":
        lines += [f"**Measured** ({claim.sample}; {claim.wall_s:.1f} s):", "", *rows(claim), ""]
    if exhibit.note:
        lines += [exhibit.note, ""]
    if exhibit.draw is not None:
        path = FIGURES / f"{claim.name}.png"
        exhibit.draw().savefig(path, dpi=80)
        lines += [f"![{claim.name}](figures/{path.name})", ""]
    return lines


def page(
    name: str,
    title: str,
    introduction: Sequence[str],
    exhibits: Sequence[Exhibit],
    more: Callable[[], list[str]] = list,
    *,
    quick: bool,
) -> None:
    """Put the claims to the test and write a page about them; `more` gives what stands below."""
    claims = list(run([exhibit.claim for exhibit in exhibits], quick=quick))
    verdicts = [claim.verdict for claim in claims]
    lines = [
        f"# {title}",
        "",
        f"Made by `python verification/pedestrians.py {name}`; do not edit it by hand.",
        "",
        *introduction,
        "",
        f"{verdicts.count('pass')} claims pass, {verdicts.count('fail')} fail, {verdicts.count('skip')} are skipped.",
        "",
    ]
    for exhibit, claim in zip(exhibits, claims, strict=True):
        lines += section(exhibit, claim)
    lines += more()
    (HERE / f"{name}.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
