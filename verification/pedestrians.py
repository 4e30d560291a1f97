"""Draw the pages about people who walk in buildings, such as rimea.md, with figures of tracks and diagrams.

Run it as `hyosan verify rimea --json > claims.jsonl` and `python verification/pedestrians.py rimea claims.jsonl`. The
points measured by others are drawn where the environment variable HYOSAN_DATA names a folder that has
`buildings/validation`.
"""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from walk_drawings import DRAWINGS

HERE = Path(__file__).parent

SUITES = {
    "rimea": (
        "RiMEA 4.1.1",
        "The guideline for microscopic evacuation analysis (RiMEA e.V., version 4.1.1 of 2025) has sixteen tests; "
        "`hyosan verify rimea` runs them, tests 12 and 13 also in the form of version 3. The guideline sets hardly any "
        "numbers: each bound below says where it comes from (the guideline, the suite of JuPedSim, or proposed here). "
        "People walk by the default law throughout; only speeds, times and goals are those of the test.",
    ),
}
"""Name of a suite: title of its page, and what stands first."""

NOTES: dict[str, str] = {}
"""Name of a claim: what is to be said of how it came out."""


def shown(value: Any) -> str:
    """A value of a check in a table."""
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def rows_of(claim: dict[str, Any]) -> list[tuple[str, str]]:
    """Bound and measured value of each check of a claim."""
    expected, got, tolerance = claim["expected"], claim["got"], claim["tolerance"]
    several = isinstance(tolerance, list)
    pairs = zip(expected, got, tolerance, strict=True) if several else [(expected, got, tolerance)]
    return [
        (shown(one) + (f" {within}" if str(within).startswith("±") else ""), shown(other))
        for one, other, within in pairs
    ]


def page(suite: str, claims: list[dict[str, Any]], figures: dict[str, str]) -> str:
    """The text of a page."""
    title, first = SUITES[suite]
    passed = sum(claim["verdict"] == "pass" for claim in claims)
    lines = [f"# {title}", "", first, "", f"Of {len(claims)} claims {passed} pass.", ""]
    lines += ["| claim | verdict | what is claimed |", "|---|---|---|"]
    lines += [f"| [{each['name']}](#{each['name']}) | {each['verdict']} | {each['claim']} |" for each in claims]
    for claim in claims:
        lines += ["", f"## {claim['name']}", "", claim["claim"], "", f"- Set-up: {claim['sample']}."]
        lines += [f"- Bound: {claim['source']}.", f"- Verdict: **{claim['verdict']}**.", ""]
        lines += ["| bound | measured |", "|---|---|", *(f"| {one} | {other} |" for one, other in rows_of(claim))]
        if claim["name"] in NOTES:
            lines += ["", NOTES[claim["name"]]]
        if claim["name"] in figures:
            lines += ["", f"![{claim['name']}]({figures[claim['name']]})"]
    return "\n".join(lines) + "\n"


def drawn(suite: str, drawings: dict[str, Callable[[], Any]]) -> dict[str, str]:
    """Draw the figures of a suite; their paths by claim."""
    found = {}
    (HERE / "figures").mkdir(exist_ok=True)
    for name, draw in drawings.items():
        if name.startswith(f"{suite}-"):
            figure = draw()
            figure.savefig(HERE / "figures" / f"{name}.png", dpi=80)
            mpl.pyplot.close(figure)
            found[name] = f"figures/{name}.png"
    return found


def main(suite: str, results: str) -> None:
    """Write a page and its figures."""
    claims = [json.loads(line) for line in Path(results).read_text().splitlines() if line.startswith("{")]
    claims.sort(key=lambda claim: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", claim["name"])])
    figures = drawn(suite, DRAWINGS)
    (HERE / f"{suite}.md").write_text(page(suite, claims, figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
