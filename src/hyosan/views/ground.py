"""The map of a town as a picture, on which marks are put: drawn once, used by pages and films."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.views.looks import BLUE, PALE, VERMILION

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from hyosan.records.run import Records

HUNTERS, MOVING = VERMILION, BLUE
"""Colours of the marks."""

CROWDS = (1, 5, 25, 125, 625)
"""A mark is larger from each of these counts on."""

RADII = (2.5, 3.5, 5.0, 7.5, 11.0)
"""Radius of the marks of such counts on a map of 700 pixels [pixels]."""

RING = 1.0
"""By how much marks of people on the move are larger, to be seen around those of hunters [pixels]."""

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


def ground(records: Records, width: int, height: int) -> Ground:
    """The town of a run, as large as fits into so many pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    west, east, south, north = extent = extent_of(records)
    scale = min(width / (east - west), height / (north - south))
    size = (max(1, round(scale * (east - west))), max(1, round(scale * (north - south))))
    figure = Figure(figsize=(size[0] / DOTS, size[1] / DOTS), dpi=DOTS, facecolor="white")
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    draw_town(axes, records)
    axes.set_axis_off()
    axes.set_aspect("auto")
    axes.set(xlim=(west, east), ylim=(south, north))
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())[..., :3].copy()
    cells = records.table("cells")
    number = cells["cell"].to_numpy()
    x, y = np.zeros((2, int(number.max(initial=-1)) + 1))
    x[number], y[number] = cells["x_m"].to_numpy(), cells["y_m"].to_numpy()
    return Ground(picture, extent, x, y)


def extent_of(records: Records) -> tuple[float, float, float, float]:
    """West, east, south and north edge of the town [m], a margin around its cells."""
    cells = records.table("cells")
    x, y = (cells[name].to_numpy().astype(float) for name in ("x_m", "y_m"))
    margin = 0.03 * max(np.ptp(x), np.ptp(y), 100.0)
    return x.min() - margin, x.max() + margin, y.min() - margin, y.max() + margin


def draw_town(axes: Axes, records: Records) -> None:
    """Streets of the town."""
    cells = records.table("cells")
    axes.scatter(cells["x_m"].to_numpy(), cells["y_m"].to_numpy(), 6, color=PALE, marker="s", linewidth=0)


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
