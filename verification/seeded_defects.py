"""Put a mistake into a copy of the package, one at a time, and see whether the claim that is meant to catch it does.

Run it as `python verification/seeded_defects.py [NAME ...]`; names are claims or mistakes. It prints rows of the table
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
(claim,) = run([sys.argv[1]], quick=len(sys.argv) == 2)
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
    quick: bool = True
    """Whether it is caught by the smaller samples."""


OBEY, CLOSURE, ISOLATION = "engine/city/obey.py", "interventions/closure.py", "interventions/isolation.py"
START, RESPONSE, TRACING = "engine/start.py", "engine/response.py", "engine/tracing.py"
STRIKE, HUNT, BITE, GROUND = "engine/city/strike.py", "engine/city/hunt.py", "rules/bite.py", "engine/hunt_ground.py"

WALKING, HEAD, PRESS = "rules/walking.py", "engine/building/head.py", "engine/building/press.py"
SETTLE, CHOOSE, BEGIN = "engine/building/settle.py", "engine/building/choose.py", "engine/building/begin.py"
OPENING, RANGES = "engine/building/opening.py", "engine/building/ranges.py"

IN_A_GATHERING = "happens(CERTAIN - through, words[0])"
LEAKY_AT_START = 'if later is not None and later.action == "leaky":'
LEAKY_LATER = 'efficacy, order.action == "leaky")'
LEVEL = "    if room[row, KIND] == 0:\n        return body[person, LEVEL_SPEED]"
NO_HEADWAY = Change(WALKING, "return min(free_speed, max(0.0, (gap - space) / time_gap))", "return free_speed")
NO_BODIES = Change(PRESS, "    if distance >= touch:\n", "    if distance >= 0.0:\n")
NO_STAIRS = Change(HEAD, LEVEL, LEVEL.replace("room[row, KIND] == 0", "room[row, KIND] >= 0"))
ONE_SPEED = Change(HEAD, LEVEL, LEVEL.replace("body[person, LEVEL_SPEED]", "1.34"))
SLOW_EXITS = Change(
    "engine/building/openings.py",
    "(plan.doors[door].flow_limit or 0.0) if",
    "(plan.doors[door].flow_limit or (0.7 if plan.doors[door].is_exit else 0.0)) if",
)
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
    Defect(
        "szr-winner",
        "bites and destructions swapped",
        (Change(STRIKE, "if not happens(street[BITE_CHANCE]", "if happens(street[BITE_CHANCE]"),),
    ),
    Defect(
        "szr-winner",
        "hunters who strike on in the step in which they are destroyed",
        (Change(STRIKE, "if is_over(hunter, hunt) or not is_open", "if not is_open"),),
    ),
    Defect(
        "szr-total-size",
        "alpha counted in strikes in place of in bites",
        (Change(BITE, "return 1.0 / (1.0 + alpha *", "return 1.0 - min(1.0, alpha / 2.0) * (1.0 + 0.0 *"),),
    ),
    Defect(
        "szr-martingale",
        "alpha six percent too small",
        (Change(BITE, "return 1.0 / (1.0 + alpha *", "return 1.0 / (1.0 + 0.94 * alpha *"),),
    ),
    Defect(
        "szr-killed-first",
        "one coin for all strikes of a hunter in a step",
        (
            Change(
                STRIKE,
                "word_of[found] = words[3]",
                "word_of[found] = draw(seed, _STRIKE, hunter, 0, start)[3]",
            ),
        ),
    ),
    Defect(
        "szr-blame",
        "strikes settled in the order of hunters",
        (Change(STRIKE, "keys[found] = ((second - start) << 32) | words[2]", "keys[found] = 0"),),
    ),
    Defect(
        "szr-blame",
        "strikes of a second settled in the order of hunters",
        (Change(STRIKE, "((second - start) << 32) | words[2]", "(second - start) << 32"),),
    ),
    Defect(
        "szr-timing",
        "people who hunt a step late",
        (Change(HUNT, "hunt[HEAP][0] >> 32 <= second:", "hunt[HEAP][0] >> 32 <= second - law[STRETCH]:"),),
    ),
    Defect(
        "szr-timing",
        "one strike of a hunter in a step at most",
        (Change(STRIKE, "            ordinal += 1\n", "            ordinal += 1\n            break\n"),),
    ),
    Defect(
        "szr-mean-field",
        "no more strikes among more than 100,000 people",
        (Change(STRIKE, "if law[LATTICE] else people\n", "if law[LATTICE] else min(people, 100_000)\n"),),
    ),
    Defect(
        "szr-lattice",
        "a neighbour two sites away",
        (Change(GROUND, "for shift in (1, -1)]", "for shift in (1, -2)]"),),
        quick=False,
    ),
    Defect(
        "szr-lattice",
        "hunters who stop once one neighbour is gone",
        (Change(STRIKE, "return left == 0", "return left < LATTICE_BONDS"),),
    ),
    Defect(
        "szr-lattice-critical",
        "a random hunter, then one of those around it, in place of a random pair",
        (
            Change(
                STRIKE,
                "        if is_over(hunter, hunt) or not is_open",
                "        for other in range(4 * law[LATTICE]):\n"
                "            if not is_open(crowd[2], person):\n"
                "                person = street[BONDS][hunter, (slot + other) % 4]\n"
                "        if is_over(hunter, hunt) or not is_open",
            ),
        ),
        quick=False,
    ),
    Defect(
        "szr-empty-sites",
        "the immune struck at",
        (Change(START, "np.packbits(status == SUSCEPTIBLE,", "np.packbits(status >= 0,"),),
    ),
    Defect("rimea-1", "people a tenth slower", (Change(HEAD, LEVEL, LEVEL + " * 0.9"),)),
    Defect("rimea-2", "stairs walked up at the speed of the level", (NO_STAIRS,)),
    Defect("rimea-3", "stairs walked down at the speed of the level", (NO_STAIRS,)),
    Defect("rimea-4", "nobody keeps a distance", (NO_HEADWAY,)),
    Defect("rimea-4-narrow", "bodies that do not hinder each other", (NO_HEADWAY, NO_BODIES)),
    Defect(
        "rimea-5",
        "everybody sets out at once",
        (
            Change(
                OPENING,
                "while clock[ERRANDS] < len(errand) and errand[clock[ERRANDS], WHEN] <= clock[STEP]:",
                "while clock[ERRANDS] < len(errand):",
            ),
        ),
    ),
    Defect(
        "rimea-6",
        "walls that hold nobody back",
        (
            Change(
                SETTLE,
                "            ):\n                return HELD\n    return found",
                "            ):\n                pass\n    return found",
            ),
            Change(PRESS, "if square < radius * radius and square > 0.0:", "if square < 0.0:"),
        ),
    ),
    Defect("rimea-7", "everybody at one speed", (ONE_SPEED,)),
    Defect("rimea-8", "each at the one speed of all", (ONE_SPEED,)),
    Defect("rimea-9", "doors that let through as many as come", (NO_HEADWAY, NO_BODIES)),
    Defect(
        "rimea-10",
        "exits chosen by distance, whichever are assigned",
        (
            Change(
                BEGIN,
                "leads = self.ground.plan.exits if goal.doors is None else goal.doors",
                "leads = self.ground.plan.exits",
            ),
        ),
    ),
    Defect("rimea-11", "exits chosen by distance only", (Change(CHOOSE, "ahead += queue[this, bin_]", "ahead += 0"),)),
    Defect("rimea-12-v3", "exits that let .7 people a second through", (SLOW_EXITS,)),
    Defect(
        "rimea-12a",
        "whoever has left is forgotten at once",
        (Change(HEAD, "if this >= 0 and side[this, OTHER] < 0 and gate[this, FLOW] == 0.0:", "if this < -9:"),),
    ),
    Defect("rimea-12b", "people without bodies or distances", (NO_HEADWAY, NO_BODIES)),
    Defect("rimea-13", "stairs walked as the level, up and down", (NO_STAIRS,)),
    Defect("rimea-13-v3", "a stair that slows nobody down", (NO_STAIRS,)),
    Defect(
        "rimea-14",
        "stairs that count as much as the level",
        (
            Change(WALKING, "up_cost: float = 2.2\n", "up_cost: float = 1.0\n"),
            Change(WALKING, "down_cost: float = 1.93\n", "down_cost: float = 1.0\n"),
        ),
    ),
    Defect("rimea-16", "single file without distances", (NO_HEADWAY,)),
)


def judged(defect: Defect) -> list[Any]:
    """Verdict, expected, got, chance and seconds of the claim in a copy of the package with the mistake."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "hyosan"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        for change in defect.changes:
            text = (copy / change.file).read_text()
            if text.count(change.right) != 1:
                raise SystemExit(f"{change.file} has {change.right!r} {text.count(change.right)} times, not once.")
            (copy / change.file).write_text(text.replace(change.right, change.wrong))
        places = {"PYTHONPATH": folder, "HYOSAN_CACHE": f"{folder}/cache"}
        command = [sys.executable, "-c", JUDGE, defect.claim, *([] if defect.quick else ["full"])]
        done = subprocess.run(command, env={**os.environ, **places}, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise SystemExit(done.stderr)
        found: list[Any] = json.loads(done.stdout)
        return found


def main(names: list[str], defects: tuple[Defect, ...] = DEFECTS) -> int:
    """Print a row for each defect, all or those of some claims or mistakes; 1 if any slips through."""
    missed = 0
    for defect in defects:
        if names and defect.claim not in names and defect.mistake not in names:
            continue
        verdict, expected, got, chance, wall = judged(defect)
        missed += verdict != "fail"
        print(f"| {defect.claim} | {defect.mistake} | {expected} -> {got} | {chance:.1g} | {verdict}, {wall:.0f} s |")
        sys.stdout.flush()
    return min(1, missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
