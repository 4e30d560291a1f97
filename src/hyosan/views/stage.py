"""The ground of pictures of people in a building: storeys drawn once, and where a place of them is on the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.errors import HyosanError, did_you_mean
from hyosan.views.looks import BLUE, GREEN, INK, VERMILION
from hyosan.views.plan_layout import MARGIN, arranged, extent, width_of
from hyosan.views.plan_marks import Sketch, away_from, draw_storey
from hyosan.views.plans import scale_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hyosan.floorplan.plan import Floorplan, Point

HEAD, FOOT = 0.86, 0.62
"""Height of what stands above and below the drawings [inches]."""

RAMP = (VERMILION, "#E58A3A", "#E9BE84", "#B7C4CB", "#6FA9D2", BLUE)
"""Colours of who stands, though on the way, to who walks at the free speed; told apart by colour-blind people too."""
WAITING = "#6E757C"
"""Who sits or stands and has nowhere to go."""

BODY, SEATED = 0.21, 0.15
"""Radius of a disc for who is up and for who sits [m]."""
SMALLEST = 0.026
"""Radius of a disc at least [inches]."""


@dataclass(frozen=True)
class Stage:
    """A sheet with the storeys of a building on it, in inches."""

    figure: Figure
    axes: Axes
    plan: Floorplan
    storeys: tuple[int, ...]
    scale: float
    """Inches a metre."""
    sketches: tuple[Sketch, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet [inches]."""
        width, height = self.figure.get_size_inches()
        return float(width), float(height)

    def radius(self, metres: float) -> float:
        """Radius of a disc on the sheet [inches]."""
        return max(metres * self.scale, SMALLEST * metres / BODY)

    def on_sheet(self, storey: NDArray[np.int64], place: NDArray[np.float64]) -> NDArray[np.float64]:
        """Places on the sheet [inches], NaN on storeys that are not on it, (n, 2)."""
        found = np.full((len(place), 2), np.nan)
        for sketch in self.sketches:
            here = storey == sketch.storey
            found[here] = np.array(sketch.corner) + (place[here] - np.array(sketch.extent[:2])) * sketch.scale
        return found

    def exit_marks(self) -> dict[int, Point]:
        """Where the count of each exit on the sheet stands, by its row of the plan's doors [inches]."""
        return {row: at for sketch in self.sketches for row, at in _exits(sketch)}

    def captions(self) -> dict[int, Point]:
        """Where the caption of each storey begins, and its count ends, by storey [inches]."""
        tops = {sketch.storey: sketch.at((sketch.extent[0], sketch.extent[3])) for sketch in self.sketches}
        return {storey: (x, y + 0.06) for storey, (x, y) in tops.items()}


def storeys_named(plan: Floorplan, name: str | None) -> tuple[int, ...]:
    """The storey of a name, or all.

    Raises:
        HyosanError: There is none of this name.
    """
    names = [storey.name for storey in plan.storeys]
    if name is None:
        return tuple(range(len(names)))
    fitting = [row for row, each in enumerate(names) if each == name]
    fitting = fitting or [row for row, each in enumerate(names) if each.casefold() == name.casefold()]
    if not fitting:
        raise HyosanError(f"{name!r:.80}: no storey of this building. {did_you_mean(name, names)}")
    return (fitting[0],)


def stage_of(plan: Floorplan, storeys: Sequence[int], *, head: float = HEAD, foot: float = FOOT) -> Stage:
    """The storeys of a plan on a sheet of their own.

    Args:
        plan: The building.
        storeys: Rows of its storeys.
        head: What is left free above the drawings [inches]; likewise `foot` below.
    """
    from matplotlib.figure import Figure

    extents = [extent(plan, storey) for storey in storeys]
    layout = arranged(extents, width_of(plan) if len(storeys) > 1 else min(width_of(plan), 12.0))
    height = foot + layout.height + head
    figure = Figure(figsize=(layout.width, height), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, layout.width), ylim=(0, height))
    axes.axis("off")
    sketches = []
    for place, (storey, (x, y)) in enumerate(zip(storeys, layout.corners, strict=True)):
        sketch = Sketch(axes, plan, storey, layout.scale, (x, y + foot), extents[place], calm=True)
        draw_storey(sketch)
        sketches.append(sketch)
        left, top = sketch.at((sketch.extent[0], sketch.extent[3]))
        axes.text(left, top + 0.06, plan.storeys[storey].name[:60], fontsize=9.5, fontweight="bold", color=INK)
    scale_bar(axes, layout, foot - 0.32)
    return Stage(figure, axes, plan, tuple(storeys), layout.scale, tuple(sketches))


def _exits(sketch: Sketch) -> list[tuple[int, Point]]:
    """Exits of a storey, each with the place on the sheet beyond the tip of its arrow [inches]."""
    found = []
    for row in sketch.plan.exits:
        door = sketch.plan.doors[row]
        if sketch.plan.rooms[max(door.rooms)].storey != sketch.storey:
            continue
        away = away_from(sketch, door)
        (ax, ay), (bx, by) = door.segment
        x, y = sketch.at(((ax + bx) / 2, (ay + by) / 2))
        found.append((row, (x + 0.42 * away[0], y + 0.42 * away[1])))
    return found


def legend(stage: Stage) -> None:
    """What the colours of people mean, below the drawings."""
    from matplotlib.patches import Circle, Rectangle

    axes, y = stage.axes, 0.26
    x = MARGIN + 0.02
    axes.text(x, y, "on the way, standing", fontsize=8, color=INK, va="center")
    x += 1.26
    for place, colour in enumerate(RAMP):
        axes.add_patch(Rectangle((x + 0.2 * place, y - 0.055), 0.2, 0.11, facecolor=colour, linewidth=0))
    x += 0.2 * len(RAMP) + 0.08
    axes.text(x, y, "at free speed", fontsize=8, color=INK, va="center")
    x += 1.05
    for radius, word, wide in ((0.055, "stands", 0.62), (0.037, "sits", 0.5)):
        axes.add_patch(Circle((x, y), radius, facecolor=WAITING, linewidth=0))
        axes.text(x + 0.1, y, word, fontsize=8, color=INK, va="center")
        x += wide
    axes.text(x, y, "→ 12", fontsize=8, color=GREEN, fontweight="bold", va="center")
    axes.text(x + 0.34, y, "out by this exit", fontsize=8, color=INK, va="center")


def clock_text(time: float) -> str:
    """A time since the start as minutes and seconds, hours before them if there are any.

    >>> clock_text(75.4), clock_text(3675)
    ('1:15', '1:01:15')
    """
    whole = int(time + 1e-6)
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
