"""Make the floor plan of Hyosan High School, which is our own invention.

    python tools/make_school.py            writes into src/hyosan/floorplan/catalog
    python tools/make_school.py FOLDER     writes into another folder

The same file comes out on any machine: nothing is drawn by chance, and places are whole millimetres.
"""

import sys
from pathlib import Path

from school.annexes import dining, gym
from school.building import storey_of
from school.draft import Draft
from school.grounds import planted, roof, ways_out, yard, zones
from school.sizes import STOREY_HEIGHT, STOREYS

from hyosan.floorplan.native import dumps
from hyosan.floorplan.plan import Floorplan, Storey

NAME = "hyosan-high-school"
CATALOG = Path(__file__).parent.parent / "src" / "hyosan" / "floorplan" / "catalog"
SOURCE = (
    "fiction: hyosan's own invention, no real school's plan; made by tools/make_school.py after the numbers of the "
    "average Korean general high school (KOSIS 2024) and Korean building rules, see docs/model/hyosan-high-school.md"
)


def school() -> Floorplan:
    """The plan."""
    levels = [Storey(str(row + 1), round(row * STOREY_HEIGHT, 3)) for row in range(STOREYS)]
    draft = Draft((*levels, Storey("roof", round(STOREYS * STOREY_HEIGHT, 3))))
    yard(draft)
    for storey in range(STOREYS):
        storey_of(draft, storey)
        if storey == 0:
            dining(draft)
            gym(draft)
    roof(draft)
    ways_out(draft)
    planted(draft)
    zones(draft)
    return draft.plan(name=NAME, title="Hyosan High School", licence="Apache-2.0", source=SOURCE)


def main(folder: Path = CATALOG) -> int:
    """Make it and write it."""
    (folder / f"{NAME}.json").write_text(dumps(school()), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
