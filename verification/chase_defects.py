"""As `seeded_defects.py`, for the claims about hunters in buildings.

Run it as `python verification/chase_defects.py [NAME ...]`.
"""

import sys

from guideline_defects import NO_WALLS
from seeded_defects import Change, Defect, main

OUTBREAK = "engine/building/outbreak/"
STRIKES, FORCING = f"{OUTBREAK}strikes.py", f"{OUTBREAK}forcing.py"
SOUNDS, HUNTERS, COURSES = f"{OUTBREAK}sounds.py", f"{OUTBREAK}hunters.py", f"{OUTBREAK}courses.py"
STRETCH, SIGHT = "engine/building/outbreak_stretch.py", "engine/building/sight.py"
BEGINNING, MOVING = f"{OUTBREAK}begin.py", f"{OUTBREAK}moving.py"

REACHED = "least, found = reach * reach, -1"

DEFECTS = (
    Defect(
        "chase-line",
        "a hunter that strikes 0.3 m too far",
        (Change(STRIKES, REACHED, "least, found = (reach + 0.3) * (reach + 0.3), -1"),),
    ),
    Defect(
        "chase-slower",
        "a hunter that goes a tenth faster than it should",
        (
            Change(
                HUNTERS,
                "people[BODY_ROWS][hunter, HASTE] = speed / lie[NERVE_ROWS][SPEED_OF]",
                "people[BODY_ROWS][hunter, HASTE] = 1.1 * speed / lie[NERVE_ROWS][SPEED_OF]",
            ),
        ),
    ),
    Defect(
        "chase-interception",
        "a hunter that goes for where its prey is now",
        (Change(HUNTERS, "    time = meeting_time(", "    time = 0.0 * meeting_time("),),
    ),
    Defect(
        "chase-locked-door",
        "hunters for whom a door has no room beat on it all the same",
        (
            Change(
                FORCING,
                "hands = min(state[door, BEATERS], max(1, int(gate[this, WIDTH] / SHOULDERS)))",
                "hands = state[door, BEATERS]",
            ),
        ),
    ),
    Defect(
        "chase-locked-door",
        "doors that all stand the average",
        (Change(FORCING, "return exponential(words[0], words[1]) / 4294967296.0", "return 1.0 + 0.0 * words[0]"),),
    ),
    Defect(
        "chase-locked-door",
        "doors that have given way and stay shut to those who walk",
        (Change(STRETCH, "    if count[STALE] == 1:\n", "    if count[STALE] == 2:\n"),),
    ),
    Defect(
        "chase-shut-doors",
        "strikes that reach whoever is seen",
        (
            Change(
                STRIKES,
                "if in_sight and (first < 0 or doors[PASSABLE_ROWS][ground[SIDE_ROWS][first, DOOR]] == 1):",
                "if in_sight:",
            ),
        ),
    ),
    Defect(
        "chase-occlusion",
        "things that people see over hide them",
        (Change(SIGHT, "wall_side[here] == -1\n", "wall_side[here] < 0\n"),),
    ),
    Defect(
        "chase-hearing-free",
        "a sound that loses 10 log10 d",
        (Change("rules/perception.py", "(Decimal(tenths) / 200)", "(Decimal(tenths) / 100)"),),
    ),
    Defect(
        "chase-hearing-doors",
        "doors that take nothing off",
        (Change(SOUNDS, "loss = lie[LOSS_ROWS][door] + 0.0", "loss = 0.0"),),
    ),
    Defect(
        "chase-hearing-doors",
        "the way with the least loss, however long",
        (Change(SOUNDS, "total = least + loss + TRADE * onward", "total = least + loss + 0.01 * TRADE * onward"),),
    ),
    Defect(
        "chase-encounters",
        "a reach a fifth too long",
        (Change(STRIKES, REACHED, "least, found = 1.44 * reach * reach, -1"),),
    ),
    Defect(
        "chase-szr",
        "bites and destructions swapped",
        (Change(STRIKES, "if not happens(int(chance + 0.5), word):", "if happens(int(chance + 0.5), word):"),),
    ),
    Defect(
        "chase-scales",
        "one coin for all strikes of a hunter",
        (
            Change(
                STRIKES,
                "word = draw(seed, _STRIKE, hunter, ordinal, 0)[3]",
                "word = draw(seed, _STRIKE, hunter, 0, 0)[3]",
            ),
        ),
    ),
    Defect(
        "chase-incubation",
        "whoever falls ill hunts at once",
        (
            Change(
                COURSES,
                "begin[person] = self.ends[person, visit - 1] if visit else 0",
                "begin[person] = self.ends[person, 0] if visit else 0",
            ),
        ),
    ),
    Defect(
        "chase-speed-ratio",
        "hunters as fast as people run, whatever is set",
        (
            Change(
                BEGINNING,
                "        nerve[column] = value\n",
                "        nerve[column] = 3.0 if column == c.SPEED_OF else value\n",
            ),
        ),
    ),
    Defect(
        "chase-lock-share",
        "doors that have locks taken for those that have none",
        (Change(BEGINNING, "if share_of(words[0], words[1]) >= share:", "if share_of(words[0], words[1]) < share:"),),
    ),
    Defect("chase-conservation", "walls that hold nobody back", NO_WALLS),
    Defect(
        "chase-conservation",
        "destroyed hunters who are healthy again",
        (Change(STRIKES, "who[hunter, ROLE] = DESTROYED", "who[hunter, ROLE] = 0"),),
    ),
    Defect(
        "chase-threads",
        "who is asleep and wants to run is not woken",
        (Change(MOVING, "        wake(person, clock, people[WALKER_ROWS], who)\n", ""),),
    ),
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], DEFECTS))
