"""Draw the map of Hyosan into a file: all of it, and the town.

python tools/draw_streets.py docs/images/streets.png
"""

import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from hyosan.views.looks import write_figure
from hyosan.views.maps import draw_map
from hyosan.world.facts import table

TOWN = (5900, 13500, 4800, 10200)
"""Window of the town [m]."""


def columns(name: str) -> dict[str, np.ndarray]:
    """Columns of a table: numbers where all entries are, else words."""
    facts = table(name)
    found = {}
    for column in facts.columns:
        entries = facts.column(column)
        whole = all(entry.removeprefix("-").isdigit() for entry in entries)
        found[column] = np.array(facts.integers(column) if whole else entries)
    return found


def figure() -> Figure:
    """Both maps side by side."""
    drawn = Figure(figsize=(16, 6.6))
    tables = [columns(name) for name in ("cells", "streets", "landscape", "buildings")]
    for place, window in (((0.005, 0.06, 0.42, 0.93), None), ((0.43, 0.06, 0.565, 0.93), TOWN)):
        axes = drawn.add_axes(place)
        draw_map(axes, *tables, window=window)
    handles, labels = drawn.axes[0].get_legend_handles_labels()
    legend = drawn.legend(handles, labels, loc="lower center", ncols=10, frameon=False, fontsize=8.5)
    for handle in legend.legend_handles:
        handle.set_sizes([36])
    return drawn


if __name__ == "__main__":
    write_figure(Path(sys.argv[1]), figure)
