"""Two maps of an outbreak in a building, side by side: where hunters struck, and where people were."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.rules.codes import Posture
from hyosan.views.indoor_cast import storey_of
from hyosan.views.looks import INK
from hyosan.views.plan_layout import MARGIN, arranged, extent, width_of
from hyosan.views.plan_marks import Sketch, draw_storey
from hyosan.views.plans import scale_bar
from hyosan.views.stage import Stage
from hyosan.views.walk_plots import CELL, SAMPLES, add_to, blurred, paint_heat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.floorplan.plan import Floorplan
    from hyosan.views.indoor import Indoor

SHARE = 0.62
"""Width of one map over that of a sheet with one."""
HEAD = 1.45
"""What is left free above the maps [inches]."""
SPREAD = 0.06
"""Strikes are spread to what is around them by so much on the sheet, as a standard deviation [inches]."""
MOST_BLURS = 90
"""How often cells are given a share of their neighbours, at most."""


def stages_of(plan: Floorplan, storeys: Sequence[int], foot: float) -> tuple[Stage, Stage]:
    """Two sheets of the same storeys side by side on one, each with its sketches.

    Args:
        plan: The building.
        storeys: Rows of its storeys.
        foot: What is left free below [inches].
    """
    from matplotlib.figure import Figure

    extents = [extent(plan, storey) for storey in storeys]
    layout = arranged(extents, SHARE * width_of(plan))
    width, height = 2 * layout.width, foot + layout.height + HEAD
    figure = Figure(figsize=(width, height), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    stages = []
    for shift in (0.0, layout.width):
        sketches = []
        for place, (storey, (x, y)) in enumerate(zip(storeys, layout.corners, strict=True)):
            sketch = Sketch(axes, plan, storey, layout.scale, (x + shift, y + foot), extents[place], calm=True)
            draw_storey(sketch)
            sketches.append(sketch)
            left, top = sketch.at((sketch.extent[0], sketch.extent[3]))
            axes.text(left, top + 0.06, plan.storeys[storey].name[:60], fontsize=9, fontweight="bold", color=INK)
        stages.append(Stage(figure, axes, plan, tuple(storeys), layout.scale, tuple(sketches)))
    scale_bar(axes, replace(layout, width=width), foot - 0.32)
    return stages[0], stages[1]


def map_strikes(indoor: Indoor, stage: Stage, right: float) -> None:
    """Strikes per square metre, and how many there were in each room."""
    strikes = indoor.strikes
    here = strikes["room"] >= 0
    place = np.stack([strikes["x_m"], strikes["y_m"]], axis=1)[here].astype(float)
    room = strikes["room"][here]
    storey = np.array([storey_of(indoor.plan, int(row)) for row in room], int)
    # Each time adds half a cell squared to the variance along each axis.
    blurs = int(min(MOST_BLURS, max(6.0, 2 * (SPREAD / stage.scale / CELL) ** 2)))
    found = {}
    for sketch in stage.sketches:
        cells, corner = _empty(sketch)
        those = storey == sketch.storey
        add_to(cells, place[those], np.full(int(those.sum()), 1 / CELL**2), corner)
        for _ in range(blurs if those.any() else 0):
            cells = blurred(cells)
        found[sketch] = cells
    most = max((float(cells.max()) for cells in found.values()), default=1.0)
    corner = (right - MARGIN, stage.size[1] - HEAD + 0.42)
    paint_heat(stage, found, corner, "strikes per m²", least=min(0.05, max(most, 1e-3)))
    _count(stage, room, stage.on_sheet(storey, place))


def _count(stage: Stage, room: NDArray[np.int64], at: NDArray[np.float64]) -> None:
    """Write how many strikes there were in each room, above the middle of them."""
    from matplotlib.patheffects import withStroke

    for row in np.unique(room).tolist():
        those = at[(room == row) & ~np.isnan(at[:, 0])]
        if len(those):
            x, y = those.mean(axis=0)
            rim = [withStroke(linewidth=2, foreground="white")]
            look: dict[str, Any] = {"color": INK, "fontweight": "bold", "path_effects": rim, "zorder": 20}
            stage.axes.text(x, y, f"{len(those):,}", fontsize=7.5, ha="center", va="center", **look)


def map_people(indoor: Indoor, stage: Stage, right: float) -> None:
    """Time that people spent in each place since the first hunted or struck."""
    found = {}
    for sketch in stage.sketches:
        cells, corner = _empty(sketch)
        found[sketch] = blurred(blurred(time_of_people(indoor, sketch.storey, corner, cells.shape)))
    paint_heat(
        stage,
        found,
        (right - MARGIN, stage.size[1] - HEAD + 0.42),
        "time of people [person-seconds per m²]",
        least=10.0,
    )


def _empty(sketch: Sketch) -> tuple[NDArray[np.float64], tuple[float, float]]:
    """Cells of a storey, and their lower left corner [m]."""
    west, south, east, north = sketch.extent
    return np.zeros((int((north - south) / CELL) + 1, int((east - west) / CELL) + 1)), (west, south)


def time_of_people(
    indoor: Indoor, storey: int, corner: tuple[float, float], shape: tuple[int, ...]
) -> NDArray[np.float64]:
    """Time that people who did not hunt spent in each cell of a storey since it began [person-seconds per m²].

    Args:
        indoor: The outbreak.
        storey: Row of the storey.
        corner: Lower left corner of the cells [m].
        shape: Cells along y and along x.
    """
    walks, cells = indoor.walks, np.zeros(shape)
    before = np.flatnonzero((walks.person[1:] == walks.person[:-1]) & (walks.posture[:-1] != Posture.GONE))
    row = before + 1
    begins = indoor.begins if np.isfinite(indoor.begins) else 0.0
    until = indoor.hunts_from[walks.person[row]]

    def spent(since: NDArray[np.float64], to: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of a span, what counts [s]."""
        counted: NDArray[np.float64] = np.maximum(0.0, np.minimum(to, until) - np.maximum(since, begins))
        return counted

    waits = spent(walks.time[before], walks.begun[row]) * (walks.storey[before] == storey)
    add_to(cells, walks.place[before, :2], waits, corner)
    lasts = spent(walks.begun[row], walks.time[row])
    for number in range(SAMPLES):
        part = (number + 0.5) / SAMPLES
        place = walks.place[before, :2] + part * (walks.place[row, :2] - walks.place[before, :2])
        here = walks.storey[row if part > 0.5 else before] == storey
        add_to(cells, place, lasts / SAMPLES * here, corner)
    return cells / CELL**2
