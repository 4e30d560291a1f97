"""The map of a town as a picture, on which marks are put: drawn once, used by pages and films."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.views.looks import BLUE, GREY, VERMILION
from hyosan.views.maps import draw_map
from hyosan.world.facts import table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from hyosan.records.run import Records
    from hyosan.views.hunts import Presence

HUNTERS, MOVING = VERMILION, BLUE
"""Colours of the marks."""

CROWDS = (1, 5, 25, 125, 625)
"""A mark is larger from each of these counts on."""

RADII = (2.5, 3.5, 5.0, 7.5, 11.0)
"""Radius of the marks of such counts on a map of 700 pixels [pixels]."""

RING = 1.0
"""By how much marks of people on the move are larger, to be seen around those of hunters [pixels]."""

STRENGTH = 0.6
"""How much of its colours a map keeps under the marks [1]."""

LEFT_OUT = 0.002
"""Share of the hunters' time that a map may leave out at each edge [1]."""

NEARLY_ALL = 0.45
"""Share of the town's length from which on all of it is shown [1]."""

SMALLEST = 2500.0
"""Least length of what a map shows [m], margins apart."""

LARGE = 18
"""Size of what is written on a map that will be small [pt]."""

DOTS = 100
"""Pixels an inch."""


@dataclass(frozen=True)
class Ground:
    """A picture of a town, and what of the town it shows."""

    picture: NDArray[np.uint8]
    """Red, green and blue, from the top, (height, width, 3)."""
    extent: tuple[float, float, float, float]
    """West, east, south and north edge [m]."""
    x: NDArray[np.float64]
    """Centre of each cell by its number, east of the map's corner [m], (cells,)."""
    y: NDArray[np.float64]
    """Likewise north of it [m], (cells,)."""

    @property
    def aspect(self) -> float:
        """Width over height."""
        height, width = self.picture.shape[:2]
        return float(width / height)

    def pixels(self, cell: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and column of the pixel in the middle of each cell."""
        height, width = self.picture.shape[:2]
        west, east, south, north = self.extent
        row = np.round((north - self.y[cell]) / (north - south) * height - 0.5)
        column = np.round((self.x[cell] - west) / (east - west) * width - 0.5)
        return row.astype(np.int64), column.astype(np.int64)


def ground(records: Records, where: Presence, width: int, height: int, *, names: bool = True) -> Ground:
    """The part of the town in which hunters are, as large as fits into so many pixels.

    Args:
        records: A run with streets.
        where: Where hunters and people on the move were.
        width: Most pixels from west to east.
        height: Most pixels from south to north.
        names: Whether districts and buildings have their names; without, the length of the bar is written large.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    x, y = cell_middles(records)
    west, east, south, north = extent = extent_of(x, y, where, width / height)
    scale = min(width / (east - west), height / (north - south))
    size = (max(1, round(scale * (east - west))), max(1, round(scale * (north - south))))
    figure = Figure(figsize=(size[0] / DOTS, size[1] / DOTS), dpi=DOTS, facecolor="white")
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    draw_town(axes, x, y, extent)
    axes.set(xlim=(west, east), ylim=(south, north), aspect="auto")
    axes.spines[:].set_visible(False)
    if axes.texts and not names:
        *others, bar = axes.texts
        for text in others:
            text.remove()
        bar.set_fontsize(LARGE)
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())[..., :3].astype(float)
    return Ground(np.round(255 - (255 - picture) * STRENGTH).astype(np.uint8), extent, x, y)


def cell_middles(records: Records) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middle of each cell by its number, to the east and to the north [m]."""
    cells = records.table("cells")
    number = cells["cell"].to_numpy()
    x, y = np.zeros((2, int(number.max(initial=-1)) + 1))
    x[number], y[number] = cells["x_m"].to_numpy(), cells["y_m"].to_numpy()
    return x, y


def extent_of(
    x: NDArray[np.float64], y: NDArray[np.float64], where: Presence, aspect: float
) -> tuple[float, float, float, float]:
    """Edges of what a map shows: where nearly all hunters are nearly always, and a margin around.

    Args:
        x: Middle of each cell, to the east [m].
        y: Middle of each cell, to the north [m].
        where: Where hunters were.
        aspect: Width over height of the room that there is.

    Returns:
        West, east, south and north edge [m].
    """
    hours = np.bincount(where.cell, weights=where.hunters, minlength=len(x))
    bounds = []
    for places in (x, y):
        whole = float(places.min()), float(places.max())
        order = np.argsort(places)
        share = np.cumsum(hours[order]) / max(float(hours.sum()), 1.0)
        inside = np.searchsorted(share, (LEFT_OUT, 1 - LEFT_OUT)).clip(0, len(order) - 1)
        low, high = (float(places[order[at]]) for at in inside) if hours.any() else whole
        bounds.append((low, high, *whole))
    if any(high - low > NEARLY_ALL * (last - first) for low, high, first, last in bounds):
        bounds = [(first, last, first, last) for _, _, first, last in bounds]
    wide, high = (max(bound[1] - bound[0], SMALLEST) * 1.2 for bound in bounds)
    lengths = (max(wide, high * aspect), max(high, wide / aspect))
    edges: list[float] = []
    for (low, high, first, last), length in zip(bounds, lengths, strict=True):
        margin = 0.02 * max(last - first, SMALLEST)
        length = min(length, last - first + 2 * margin)
        west = min(max((low + high - length) / 2, first - margin), last + margin - length)
        edges += [west, west + length]
    return edges[0], edges[1], edges[2], edges[3]


def draw_town(
    axes: Axes, x: NDArray[np.float64], y: NDArray[np.float64], window: tuple[float, float, float, float]
) -> None:
    """The map of Hyosan where the cells are those of Hyosan; else a square a cell."""
    tables = {name: _columns(name) for name in ("cells", "streets", "landscape", "buildings")}
    cells = tables["cells"]
    if len(x) == len(cells["x_m"]) and np.all(x == cells["x_m"]) and np.all(y == cells["y_m"]):
        draw_map(axes, *tables.values(), window=window)
    else:
        axes.scatter(x, y, 16, color=GREY, marker="s", linewidth=0)


def _columns(name: str) -> dict[str, NDArray[Any]]:
    """Columns of a table of the package: numbers where all entries are, else words."""
    facts = table(name)
    found: dict[str, NDArray[Any]] = {}
    for column in facts.columns:
        entries = facts.column(column)
        whole = all(entry.removeprefix("-").isdigit() for entry in entries)
        found[column] = np.array(facts.integers(column) if whole else entries)
    return found


def crowd_of(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which of the sizes of marks each count has; -1 for nobody."""
    return np.searchsorted(CROWDS, counts, side="right") - 1


def crowd_names() -> list[str]:
    """What each size of marks stands for."""
    ends = [f"–{after - 1}" for after in CROWDS[1:]]
    return [f"{least}{end}" for least, end in zip(CROWDS, [*ends, " and more"], strict=True)]


def marks(moving: NDArray[np.int64], hunters: NDArray[np.int64]) -> list[tuple[str, float, NDArray[np.int64]]]:
    """Colour, radius [pixels] and rows of all marks, in the order in which they are drawn.

    The large come first, so that small ones stand on them; of one size hunters come last, and the others look out
    around them.
    """
    found = []
    for crowd in reversed(range(len(CROWDS))):
        found.append((MOVING, RADII[crowd] + RING, np.flatnonzero(crowd_of(moving) == crowd)))
        found.append((HUNTERS, RADII[crowd], np.flatnonzero(crowd_of(hunters) == crowd)))
    return [mark for mark in found if len(mark[2])]
