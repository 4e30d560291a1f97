"""People who walk in buildings against guidelines and measurements: writes pages with a drawing of each test.

Run it as `python verification/pedestrians.py [--quick] [PAGE ...]`; pages are imo, nist, rimea, bottlenecks,
evacuations, all if none is named. Measurements are looked for in the folder that HYOSAN_DATA names.
"""

import sys
from importlib import import_module

PAGES = {
    "imo": "pedestrian_imo",
    "nist": "pedestrian_nist",
    "rimea": "pedestrian_rimea",
    "bottlenecks": "pedestrian_bottlenecks",
    "evacuations": "pedestrian_evacuations",
}
"""Modules of this folder, each with `write(quick)`."""


def main() -> None:
    """Write the pages that are named."""
    words = [word for word in sys.argv[1:] if word != "--quick"]
    unknown = [word for word in words if word not in PAGES]
    if unknown:
        sys.exit(f"{unknown[0]}: no such page. Choose of {', '.join(PAGES)}.")
    for word in words or PAGES:
        import_module(PAGES[word]).write(quick="--quick" in sys.argv)
        print(f"verification/{word}.md")


if __name__ == "__main__":
    main()
