"""As `seeded_defects.py`, for the claims that come from IMO, NIST and ISO, and for bottlenecks.

Run it as `python verification/guideline_defects.py [NAME ...]`.
"""

import sys

from seeded_defects import (
    BEGIN,
    CHOOSE,
    HEAD,
    LEVEL,
    NO_BODIES,
    NO_HEADWAY,
    NO_STAIRS,
    OPENING,
    PRESS,
    RANGES,
    SETTLE,
    WALKING,
    Change,
    Defect,
    main,
)

ENTER, CHANCE = "engine/building/enter.py", "engine/building/chance.py"

SLOWER = Change(HEAD, LEVEL, LEVEL + " * 0.98")
EXITS_IN_SIGHT = Change(BEGIN, "TO_EXITS if goal.learns else TO_DOORS", "TO_EXITS")
NO_WALLS = (
    Change(
        SETTLE,
        "            ):\n                return HELD\n    return found",
        "            ):\n                pass\n    return found",
    ),
    Change(PRESS, "if square < radius * radius and square > 0.0:", "if square < 0.0:"),
)

DEFECTS = (
    Defect("imo-1", "free speed 2 % too low", (SLOWER,)),
    Defect("imo-2", "speed on the level used on stairs", (Change(HEAD, "body[person, UP_SPEED]", "1.34"),)),
    Defect("imo-3", "another speed used downward", (Change(HEAD, "body[person, DOWN_SPEED]", "1.34"),)),
    Defect(
        "imo-4",
        "the limit of the flow passed over for the first two",
        (
            Change(
                ENTER,
                "since = door_due[door] if door_due[door] > clock[STEP] - 1.0 else clock[STEP] + 0.0",
                "since = door_due[door]",
            ),
        ),
    ),
    Defect(
        "imo-5",
        "everybody sets out a second late",
        (
            Change(
                OPENING,
                "while clock[ERRANDS] < len(errand) and errand[clock[ERRANDS], WHEN] <= clock[STEP]:",
                "while clock[ERRANDS] < len(errand) and errand[clock[ERRANDS], WHEN] + 20 <= clock[STEP]:",
            ),
        ),
    ),
    Defect("imo-6", "walls that hold nobody back", NO_WALLS),
    Defect("imo-7", "free speed 2 % too low", (SLOWER,)),
    Defect("imo-8", "people without bodies or distances", (NO_HEADWAY, NO_BODIES)),
    Defect("imo-9", "people without bodies or distances", (NO_HEADWAY, NO_BODIES)),
    Defect("imo-10", "whoever sees another exit takes it", (EXITS_IN_SIGHT,)),
    Defect("imo-11", "speed on the level used on stairs", (NO_STAIRS,)),
    Defect(
        "imo-update",
        "people pressed against those who are already moved",
        (
            Change(
                RANGES,
                "    if even == 0:\n",
                "    here, there = people[MOVED_ROWS], people[MOVED_ROWS]\n    if even == 2:\n",
            ),
        ),
    ),
    Defect(
        "nist-1-1",
        "a gamma law drawn as a Weibull law of the same shape and scale",
        (
            Change(
                CHANCE,
                "table = quantile_table(family, shape, scale)",
                'table = quantile_table(family.replace("gamma", "weibull"), shape, scale)',
            ),
        ),
    ),
    Defect("nist-2-4", "free speed 2 % too low", (SLOWER,)),
    Defect("nist-2-8", "people without bodies or distances", (NO_HEADWAY, NO_BODIES)),
    Defect(
        "nist-2-9",
        "nobody waits for the last of its group",
        (Change(WALKING, "group_far: float = 3.0", "group_far: float = 3000.0"),),
    ),
    Defect("nist-2-10", "somebody slow walks up a ramp like others", (Change(HEAD, "body[person, UP_SPEED]", "1.0"),)),
    Defect("nist-3-2", "others are no example", (Change(WALKING, "herding: float = 0.1", "herding: float = 0.0"),)),
    Defect(
        "nist-3-3",
        "an exit in sight as good as one that is known",
        (Change(WALKING, "unfamiliar: float = 0.25", "unfamiliar: float = 0.0"),),
    ),
    Defect(
        "nist-3-3",
        "two doors alike liked not as often",
        (
            Change(
                CHOOSE,
                "mixed = taste * (97.0 + 61.0 * this)",
                "mixed = taste + 0.6180339887498949 * (this + 1)",
            ),
        ),
    ),
    Defect(
        "nist-4-1",
        "nobody chooses anew when a door changes",
        (
            Change(
                OPENING, "        call_back(clock, people[WALKER_ROWS], people[PLACE_ROWS], people[WHO_ROWS])\n", ""
            ),
            Change(RANGES, " or (clock[STEP] + person) % pace[SECOND] == 0:", ":"),
        ),
    ),
    Defect("nist-5-1", "speed on the level used on stairs", (NO_STAIRS,)),
    Defect(
        "nist-5-2",
        "a limit of the flow that is not heeded",
        (Change(ENTER, "            if door_due[door] > clock[STEP]:\n                continue\n", ""),),
    ),
    Defect(
        "nist-iso-13",
        "people pushed farther than they walk",
        (Change(PRESS, "            if length > most:\n", "            if length > 2.0 * most:\n"),),
    ),
    Defect(
        "bottleneck-width",
        "people heed others 0.6 m to either side",
        (Change(WALKING, "half_width: float = 0.347\n", "half_width: float = 0.6\n"),),
    ),
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], DEFECTS))
