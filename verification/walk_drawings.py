"""Drawings of people who walk through a plan: tracks on the floor, people out over time, and a few more panels."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hyosan.engine.building.building import Building
from hyosan.floorplan.plan import Floorplan, Stair
from hyosan.verification.walks import Film, exit_times, film_of
from hyosan.views.looks import BLUE, GREEN, GREY, ORANGE, VERMILION, dress

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = (BLUE, ORANGE, GREEN, VERMILION, GREY)
Panel = Callable[["Axes"], None]


def two_panels(left: Panel, right: Panel, *, size: tuple[float, float] = (9.0, 2.9), wide: float = 1.5) -> "Figure":
    """A figure of a plan and something measured."""
    from matplotlib.figure import Figure

    drawn = Figure(figsize=size, layout="constrained", facecolor="white")
    one, other = drawn.subplots(1, 2, width_ratios=[wide, 1.0])
    left(one)
    right(other)
    return drawn


def walls(axes: "Axes", plan: Floorplan) -> None:
    """Outlines of rooms and stairs, doors as gaps in lighter colour."""
    for room in plan.rooms:
        x, y = zip(*room.outline, room.outline[0], strict=True)
        axes.plot(x, y, color="black", linewidth=1.0, zorder=3)
    for stair in plan.stairs:
        corners = [on_plan(stair, s, t) for s, t in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))]
        x, y = zip(*corners, corners[0], strict=True)
        axes.fill(x, y, facecolor="none", edgecolor=GREY, hatch="|||", linewidth=1.0, zorder=1)
    for door in plan.doors:
        (ax, ay), (bx, by) = door.segment
        axes.plot((ax, bx), (ay, by), color="white" if not door.is_exit else GREEN, linewidth=2.2, zorder=4)
    axes.set_aspect("equal")
    axes.set(xlabel="x [m]", ylabel="y [m]")


def on_plan(stair: Stair, along: float, across: float) -> tuple[float, float]:
    """A place on a straight stair, in shares of its length from the lower end and of its width, on the plan [m]."""
    (ax, ay, _), (bx, by, _) = stair.path[0], stair.path[-1]
    length = float(np.hypot(bx - ax, by - ay))
    nx, ny = -(by - ay) / length, (bx - ax) / length
    off = (across - 0.5) * stair.width
    return ax + along * (bx - ax) + off * nx, ay + along * (by - ay) + off * ny


def places_on_plan(run: Building, film: Film) -> NDArray[np.float64]:
    """Places of a film with those on stairs laid out on the plan, (looks, people, 2) [m]."""
    plan, place = run.ground.plan, film.place.copy()
    for number, room in enumerate(range(len(plan.rooms), len(run.ground.room))):
        stair = plan.stairs[number]
        there = film.room == room
        for look, person in zip(*np.nonzero(there), strict=True):
            s, t = film.place[look, person]
            place[look, person] = on_plan(stair, s / stair.length, t / stair.width)
    return place


def tracks(run: Building, moment: float, groups: NDArray[np.int64] | None = None) -> Panel:
    """A panel of everybody's way, and where people are at a moment [s].

    Args:
        groups: Colour of each person, (people,).
    """

    def panel(axes: "Axes") -> None:
        film = film_of(run)
        place = places_on_plan(run, film)
        colour = np.zeros(place.shape[1], np.int64) if groups is None else groups
        for person in range(place.shape[1]):
            axes.plot(*place[:, person].T, color=COLOURS[colour[person]], linewidth=0.4, alpha=0.5, zorder=2)
        look = min(int(moment / film.look), len(film.time) - 1)
        for group in np.unique(colour):
            axes.scatter(*place[look, colour == group].T, s=9, color=COLOURS[group], zorder=5, edgecolors="none")
        walls(axes, run.ground.plan)
        axes.set_title(f"ways, and people after {moment:g} s", fontsize=9)

    return panel


def people_out(runs: Mapping[str, Building], slope: float | None = None) -> Panel:
    """A panel of people who have left, over time; with a line of a flow [1/s]."""

    def panel(axes: "Axes") -> None:
        for colour, (label, run) in zip(COLOURS, runs.items(), strict=False):
            times = np.sort(exit_times(run))
            axes.step(times, np.arange(1, len(times) + 1), where="post", color=colour, label=label or None)
            if slope is not None and colour == COLOURS[0]:
                ends = np.array([times[0], times[-1]])
                axes.plot(ends, 1 + slope * (ends - ends[0]), color=GREY, linestyle="--", label=f"{slope:g} a second")
        finish(axes, "time [s]", "people out", legend=len(runs) > 1 or slope is not None)

    return panel


def finish(axes: "Axes", x: str, y: str, *, legend: bool = False) -> None:
    """Label and dress a panel."""
    axes.set(xlabel=x, ylabel=y)
    if legend:
        axes.legend(frameon=False, fontsize=8)
    dress(axes)


def lines(x: str, y: str, rows: Mapping[str, tuple[Any, Any]], style: str = "-", bands: Sequence[Any] = ()) -> Panel:
    """A panel of lines by name; bands are (x, low, high, name)."""

    def panel(axes: "Axes") -> None:
        for across, low, high, name in bands:
            axes.fill_between(across, low, high, color=GREY, alpha=0.3, linewidth=0, label=name)
        for colour, (label, (xs, ys)) in zip(COLOURS, rows.items(), strict=False):
            axes.plot(xs, ys, style, color=colour, label=label or None, markersize=4)
        finish(axes, x, y, legend=any(rows) or bool(bands))

    return panel


def histogram(x: str, values: NDArray[np.float64], marks: Sequence[float]) -> Panel:
    """A panel of a histogram with lines at some values."""

    def panel(axes: "Axes") -> None:
        axes.hist(values, bins=20, color=BLUE, alpha=0.7)
        for mark in marks:
            axes.axvline(mark, color=VERMILION, linestyle="--", linewidth=1.0)
        finish(axes, x, "people")

    return panel


def bars(y: str, heights: Mapping[str, float], marks: Sequence[float] = ()) -> Panel:
    """A panel of bars by name with lines at some heights."""

    def panel(axes: "Axes") -> None:
        axes.bar(list(heights), list(heights.values()), color=COLOURS[: len(heights)], alpha=0.8)
        for mark in marks:
            axes.axhline(mark, color=GREY, linestyle="--", linewidth=1.0)
        finish(axes, "", y)

    return panel
