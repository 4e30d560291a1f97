"""The map of a town as a picture, on which marks are put: drawn once, used by pages and films."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
"""Radius of the marks for such counts [pixels at 100 an inch]."""


@dataclass(frozen=True)
class Ground:
    """A picture of a town, and what of the town it shows."""

    picture: NDArray[np.uint8]
    """Red, green and blue, from the top, (height, width, 3)."""
    extent: tuple[float, float, float, float]
    """West, east, south and north edge [m]."""

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.picture.shape[1] / self.picture.shape[0]


def ground(records: Records, width: int, height: int) -> Ground:
    """The town of a run, as large as fits into so many pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    west, east, south, north = extent_of(records)
    scale = min(width / (east - west), height / (north - south))
    size = (max(1, round(scale * (east - west))), max(1, round(scale * (north - south))))
    figure = Figure(figsize=(size[0] / 100, size[1] / 100), dpi=100, facecolor="white")
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    draw_town(axes, records)
    axes.set_axis_off()
    axes.set_aspect("auto")
    axes.set(xlim=(west, east), ylim=(south, north))
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())[..., :3].copy()
    return Ground(picture, (west, east, south, north))


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


def crowd_of(counts: NDArray[Any]) -> NDArray[np.int64]:
    """Which of the sizes of marks each count has; -1 for nobody."""
    return np.searchsorted(CROWDS, counts, side="right") - 1


def crowd_names() -> list[str]:
    """What each size of marks stands for."""
    ends = [f"–{after - 1}" for after in CROWDS[1:]]
    return [f"{least}{end}" for least, end in zip(CROWDS, [*ends, "+"], strict=True)]
