"""Put a mistake into a copy of the package, one at a time, and see whether the claim that is meant to catch it does.

Run it as `python verification/seeded_defects.py [NAME ...]`; the names are those of claims. It prints rows of the table
in README.md, and ends with 1 if a claim passes in spite of its defect. Each copy compiles its kernels anew, which takes
most of the time.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent.parent / "src" / "hyosan"

JUDGE = """
import json, sys
from hyosan.verification import run
(claim,) = run([sys.argv[1]], quick=True)
print(json.dumps([claim.verdict, claim.expected, claim.got, claim.chance, claim.wall_s]))
"""


@dataclass(frozen=True)
class Change:
    """One text of one file that becomes another."""

    file: str
    right: str
    wrong: str


@dataclass(frozen=True)
class Defect:
    """A mistake, and the claim that is meant to catch it."""

    claim: str
    mistake: str
    changes: tuple[Change, ...]


OBEY, CLOSURE, ISOLATION = "engine/city/obey.py", "interventions/closure.py", "interventions/isolation.py"
START, RESPONSE, TRACING = "engine/start.py", "engine/response.py", "engine/tracing.py"

IN_A_GATHERING = "happens(CERTAIN - through, words[0])"
LEAKY_AT_START = 'if later is not None and later.action == "leaky":'
LEAKY_LATER = 'efficacy, order.action == "leaky")'
PART_IN_ISOLATION = "if ill and takes_part(seed, _ADHERENCE, person, number, chance):"

DEFECTS = (
    Defect(
        "isolation",
        "isolation counted from the midnight after symptoms",
        (Change(ISOLATION, "second - delay >= symptoms_at", "second - delay >= -(-symptoms_at // 86_400) * 86_400"),),
    ),
    Defect(
        "isolation",
        "isolation at symptoms, its delay left out",
        (Change(ISOLATION, "second - delay >= symptoms_at", "second >= symptoms_at"),),
    ),
    Defect(
        "isolation-and-tracing",
        "infectees of the last day before a tracing missed",
        (
            Change(
                TRACING,
                "np.minimum(asked[:, CASE_UNTIL], day * DAY)",
                "np.minimum(asked[:, CASE_UNTIL], (day - 1) * DAY)",
            ),
        ),
    ),
    Defect(
        "superspreading-control",
        "adherence drawn anew at each second",
        (
            Change(
                OBEY,
                PART_IN_ISOLATION,
                "if ill and happens(chance, draw(seed, _ADHERENCE, person, number, second)[0]):",
            ),
        ),
    ),
    Defect(
        "masks",
        "what a mask holds back of an infector's and of a target's taken for each other",
        (
            Change(OBEY, "control = rows[infector_mask, SECOND_CHANCE]", "control = rows[infector_mask, THIRD_CHANCE]"),
            Change(OBEY, "protection = rows[target_mask, THIRD", "protection = rows[target_mask, SECOND"),
        ),
    ),
    Defect(
        "gatherings",
        "one draw for a pair in place of one for each contact",
        (
            Change(
                OBEY,
                IN_A_GATHERING,
                "happens(CERTAIN - through, draw(seed, use_of(_ORDER, setting, layer), infector, target, 0)[0])",
            ),
        ),
    ),
    Defect(
        "gatherings",
        "one draw for a target in place of one for each contact",
        (
            Change(
                OBEY,
                IN_A_GATHERING,
                "happens(CERTAIN - through, draw(seed, use_of(_ORDER, setting, layer), target, 0, 0)[0])",
            ),
        ),
    ),
    Defect(
        "vaccination-in-time",
        "a leaky vaccine that protects all-or-nothing",
        (Change(START, LEAKY_AT_START, "if False:"), Change(RESPONSE, LEAKY_LATER, "efficacy, False)")),
    ),
    Defect(
        "vaccination-in-time",
        "an all-or-nothing vaccine that is leaky",
        (Change(START, LEAKY_AT_START, "if later is not None:"), Change(RESPONSE, LEAKY_LATER, "efficacy, True)")),
    ),
    Defect(
        "vaccination-in-time",
        "leaky doses that protect nobody",
        (Change(START, LEAKY_AT_START, "if False:"),),
    ),
    Defect(
        "household-quarantine",
        "adherence drawn for each member",
        (
            Change(
                OBEY,
                "takes_part(seed, _PLACE_ADHERENCE, home, number, chance)",
                "takes_part(seed, _ADHERENCE, person, number, chance)",
            ),
        ),
    ),
    Defect(
        "household-quarantine",
        "quarantine that stops infections at home",
        (
            Change(
                OBEY,
                "    if setting == _HOME:\n        minute = 0 if everywhere",
                "    if setting == _HOME:\n"
                "        if reason_at_home(infector, setting, second, offset, seed, orders, world, symptoms_at) > 0:\n"
                "            return _QUARANTINED\n"
                "        minute = 0 if everywhere",
            ),
        ),
    ),
    Defect(
        "closed-settings",
        "classes that stay open while schools are closed",
        (Change(CLOSURE, "setting in (_CLASS, _SCHOOL)", "setting == _SCHOOL"),),
    ),
    Defect(
        "closed-settings",
        "teams that stay at home while schools are closed",
        (Change(CLOSURE, "setting in (_CLASS, _SCHOOL)", "setting in (_CLASS, _SCHOOL, _TEAM)"),),
    ),
)


def judged(defect: Defect) -> list[Any]:
    """Verdict, expected, got, chance and seconds of the claim, quick, in a copy of the package with the mistake."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "hyosan"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        for change in defect.changes:
            text = (copy / change.file).read_text()
            if text.count(change.right) != 1:
                raise SystemExit(f"{change.file} has {change.right!r} {text.count(change.right)} times, not once.")
            (copy / change.file).write_text(text.replace(change.right, change.wrong))
        places = {"PYTHONPATH": folder, "HYOSAN_CACHE": f"{folder}/cache"}
        command = [sys.executable, "-c", JUDGE, defect.claim]
        done = subprocess.run(command, env={**os.environ, **places}, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise SystemExit(done.stderr)
        found: list[Any] = json.loads(done.stdout)
        return found


def main(names: list[str]) -> int:
    """Print a row for each defect; 1 if any slips through."""
    missed = 0
    for defect in DEFECTS:
        if names and defect.claim not in names:
            continue
        verdict, expected, got, chance, wall = judged(defect)
        missed += verdict != "fail"
        print(f"| {defect.claim} | {defect.mistake} | {expected} -> {got} | {chance:.1g} | {verdict}, {wall:.0f} s |")
        sys.stdout.flush()
    return min(1, missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
