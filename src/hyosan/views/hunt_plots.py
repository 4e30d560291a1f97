"""The page of a run in which people hunt: who is in which state, strikes, bites, and the map at some moments."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.errors import HyosanError
from hyosan.units import day
from hyosan.views import hunts
from hyosan.views.figures import OTHERS, start_of
from hyosan.views.ground import HUNTERS, MOVING, RADII, Ground, crowd_names, ground, marks
from hyosan.views.looks import (
    BLACK,
    GREEN,
    GREY,
    INK,
    MAROON,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    VERMILION,
    YELLOW,
    count_axis,
    date_axis,
    dress,
    legend,
    moments_of,
    name_panel,
    nothing,
    title_of,
    whole_numbers,
)
from hyosan.views.plots import ORIGIN_COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hyosan.records.run import Records

OUTCOME_COLOURS = {"bitten": VERMILION, "spared": ORANGE, "destroyed": BLACK, "evaded": SKY}
STATE_COLOURS = {"hunting": VERMILION, "spent": GREY, "destroyed": BLACK, "killed": MAROON}
FURTHER_COLOURS = (ORANGE, PURPLE, GREEN, SKY, YELLOW)
FURTHER_STYLES = ("--", "-.", ":")

MOST_LINES = 7
"""States with a line of their own in a panel; the smallest of more are drawn together."""

FAR = 5
"""How many times more healthy people there may be than hunters, for both to be drawn to one scale [1]."""

APART = 0.05
"""Share of hunters out of the town from which on those in it have a line of their own [1]."""

NIGHT = "#F1F1F5"

MAPS = 8
MAP_COLUMNS = 4
MAP_PIXELS = (1000, 900)
"""Most pixels of a map on the page, width and height."""

MARK = 0.42
"""Points on the page for a pixel of a mark."""

DARK = np.array([0.87, 0.88, 0.94])
"""Light by night, red, green and blue."""


def plot(records: Records) -> Figure:
    """The page of a run in which people hunt; with maps if it has streets."""
    from matplotlib.figure import Figure

    if not hunts.is_hunted(records):
        raise HyosanError("hunt: nobody hunts in this run. Choose another figure, or run a scenario with hunters.")
    moments: list[int] = []
    if hunts.has_map(records):
        where = hunts.presence(records)
        town = ground(records, where, *MAP_PIXELS, names=False)
        moments = hunts.telling_moments(records, where, MAPS)
    tall = -(-len(moments) // MAP_COLUMNS) * (3.0 / town.aspect + 0.35) + 0.35 if moments else 0.0
    figure = Figure(figsize=(12, 7.6 + tall), layout="constrained", facecolor="white")
    figure.get_layout_engine().set(h_pad=0.08, w_pad=0.06)  # type: ignore[union-attr, call-arg]
    if moments:
        above, below = figure.subfigures(2, 1, height_ratios=[7.2, tall], squeeze=False).ravel()
        _charts(above, records)
        _maps(below, records, town, where, moments)
    else:
        _charts(figure, records)
    figure.suptitle(title_of(records), x=0.01, ha="left", fontsize=11, parse_math=False)
    return figure


def _charts(figure: Any, records: Records) -> None:
    """What happened over time, and where people were bitten."""
    last = "breaks" if hunts.has_map(records) else "bites"
    panels = figure.subplot_mosaic(
        [["now", "bites"], ["gone", "bites"], ["strikes", last]], height_ratios=[1.35, 1, 1], width_ratios=[2.7, 1]
    )
    for axes in panels.values():
        dress(axes)
    gone = hunts.gone_states(records)
    times = hunts.regular_times(records)
    lines = {name: line for name, line in hunts.people_by_stage(records, times).items() if line.any()}
    living = {name: line for name, line in lines.items() if name not in (*hunts.HEALTHY, *gone)}
    largest = max((int(line.max()) for line in living.values()), default=0)
    near = {name: lines[name] for name in hunts.HEALTHY if name in lines and lines[name].max() <= FAR * largest}
    dead = {name: line for name, line in lines.items() if name in gone}
    title = "Hunters and the bitten"
    left_out = _not_drawn(records, {name: line for name, line in lines.items() if name not in near})
    title += f" (not drawn: {left_out})" if left_out else ""
    _lines(panels["now"], records, times, near | living, title)
    _hunters_in_town(panels["now"], records)
    _lines(panels["gone"], records, times, dead, "Gone for good, so far")
    _strikes(panels["strikes"], records)
    for name in ("now", "gone"):
        panels[name].set_xlabel("")
    colours = {**ORIGIN_COLOURS, "animal": BLACK}
    _bars(panels["bites"], hunts.bites(records), colours, "Bites that infected, by setting", "nobody was bitten")
    if last == "breaks":
        _bars(panels[last], hunts.breaks(records), {}, "Buildings broken into", "no building was broken into")


def _not_drawn(records: Records, lines: dict[str, NDArray[np.int64]]) -> str:
    """How many are healthy or away, who would dwarf all others."""
    parts = [f"{name} {lines[name][0]:,} → {lines[name][-1]:,}" for name in hunts.HEALTHY if name in lines]
    away = int(hunts.people_away(records, np.array([records.manifest["simulated_s"]]))[0])
    return ", ".join([*parts, f"{away:,} left the town"] if away else parts)


def _hunters_in_town(axes: Axes, records: Records) -> None:
    """How many of the hunters are in the streets of the town, where others have turned after they had left it."""
    if not hunts.has_map(records):
        return
    where = hunts.presence(records)
    here = where.totals(where.hunters)
    hunting = hunts.hunting_in_all(records, where.times)
    if np.abs(hunting - here).max(initial=0) > APART * hunting.max(initial=0):
        label = f"hunting on the map: at most {here.max():,}"
        axes.plot(
            moments_of(records, where.times / day), here, color=VERMILION, linestyle=":", linewidth=1.8, label=label
        )
        axes.legend(loc="best", fontsize=8, framealpha=0.8, edgecolor="none")


def _lines(
    axes: Axes, records: Records, times: NDArray[np.int64], lines: dict[str, NDArray[np.int64]], title: str
) -> None:
    """People by state over time."""
    name_panel(axes, title)
    axes.set_ylabel("people")
    shade_nights(axes, records)
    if len(lines) > MOST_LINES:
        largest = sorted(lines, key=lambda name: -int(lines[name].max()))[: MOST_LINES - 1]
        rest = np.sum([line for name, line in lines.items() if name not in largest], axis=0)
        lines = {name: line for name, line in lines.items() if name in largest} | {OTHERS: rest}
    colours = line_colours(records, tuple(lines))
    moments = moments_of(records, times / day)
    for place, (name, line) in enumerate(lines.items()):
        style = "-" if name in STATE_COLOURS else FURTHER_STYLES[place % len(FURTHER_STYLES)]
        label = f"{name.replace('_', ' ')}: at most {line.max():,}"
        axes.plot(moments, line, color=colours[name], linestyle=style, linewidth=1.8, label=label)
    date_axis(axes, records)
    if lines:
        count_axis(axes, max(int(line.max()) for line in lines.values()))
        axes.legend(loc="best", fontsize=8, framealpha=0.8, edgecolor="none")
    else:
        nothing(axes, "nobody")


def line_colours(records: Records, names: tuple[str, ...]) -> dict[str, str]:
    """The colour of each state's line."""
    hunting, further = hunts.hunting_states(records), iter(FURTHER_COLOURS * len(names))
    known = {**STATE_COLOURS, **dict.fromkeys(hunting, VERMILION), **dict.fromkeys((*hunts.HEALTHY, OTHERS), GREY)}
    return {name: known[name] if name in known else next(further) for name in names}


def shade_nights(axes: Axes, records: Records) -> None:
    """A pale band for each night, while there are not too many to tell apart."""
    dark = hunts.nights(records)
    if len(dark) <= 31:
        for left, right in dark:
            axes.axvspan(*moments_of(records, np.array([left, right])), color=NIGHT, linewidth=0, zorder=0)


def _strikes(axes: Axes, records: Records) -> None:
    """Strikes over time, stacked by how they ended."""
    found = hunts.strikes(records)
    name_panel(axes, f"Strikes per {found.noun}")
    shade_nights(axes, records)
    left, widths = moments_of(records, found.edges[:-1]), np.diff(found.edges)
    base = np.zeros(len(widths), np.int64)
    for name, counts in found.counts.items():
        label = f"{name}: {counts.sum():,}"
        axes.bar(left, counts, widths, base, align="edge", color=OUTCOME_COLOURS[name], label=label, linewidth=0)
        base += counts
    axes.set_ylabel(f"strikes per {found.noun}")
    date_axis(axes, records)
    if base.any():
        count_axis(axes, int(base.max()))
        legend(axes)
    else:
        nothing(axes, "nobody was struck")


def _bars(axes: Axes, counts: dict[str, int], colours: dict[str, str], title: str, none: str) -> None:
    """Counts by name, with their shares."""
    name_panel(axes, title)
    if not counts:
        axes.set_xticks([])
        nothing(axes, none)
        return
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=PALE, linewidth=0.7)
    places, total = np.arange(len(counts))[::-1], sum(counts.values())
    axes.barh(places, list(counts.values()), 0.7, color=[colours.get(name, GREY) for name in counts])
    axes.set_yticks(places, [name.replace("_", " ") for name in counts])
    axes.set_xlim(0, 1.5 * max(counts.values()))
    axes.set_ylim(-0.7, max(len(counts), 4) - 0.3)
    whole_numbers(axes.xaxis)
    for place, count in zip(places, counts.values(), strict=True):
        text = f"{count:,} ({100 * count / total:.3g} %)"
        axes.annotate(text, (count, place), (4, 0), textcoords="offset points", va="center", fontsize=8, color=INK)


def _maps(figure: Any, records: Records, town: Ground, where: hunts.Presence, moments: list[int]) -> None:
    """Where hunters and people on the move were at some moments."""
    panels = figure.subplots(-(-len(moments) // MAP_COLUMNS), MAP_COLUMNS, squeeze=False).ravel()
    for axes in panels[len(moments) :]:
        axes.set_visible(False)
    clock = hunts.hours_of_the_clock(records, where.times)
    for axes, moment in zip(panels, moments, strict=False):
        rows = where.rows(moment)
        light = 1.0 if clock[moment] in hunts.DAYTIME else DARK
        axes.imshow((town.picture * light).astype(np.uint8), extent=town.extent, interpolation="antialiased")
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[:].set_color(GREY)
        x, y = town.x[where.cell[rows]], town.y[where.cell[rows]]
        for colour, radius, here in marks(where.moving[rows], where.hunters[rows]):
            axes.scatter(x[here], y[here], (2 * MARK * radius) ** 2, color=colour, edgecolor="white", linewidth=0.3)
        axes.set(xlim=town.extent[:2], ylim=town.extent[2:])
        axes.set_title(
            f"{_when(records, int(where.times[moment]))}\n{where.hunters[rows].sum():,} hunting, "
            f"{where.moving[rows].sum():,} on the move",
            loc="left", fontsize=8, color=INK,
        )  # fmt: skip
    _legend_of_marks(figure)


def _legend_of_marks(figure: Any) -> None:
    """Which colour is who, and how many a mark stands for."""
    from matplotlib.lines import Line2D

    def mark(colour: str, radius: float, name: str) -> Line2D:
        return Line2D([], [], linestyle="", marker="o", color=colour, markersize=2 * MARK * radius, label=name)

    handles = [
        mark(HUNTERS, RADII[2], "hunters"),
        mark(MOVING, RADII[2], "people on the move"),
        mark("none", 1, "a cell:"),
    ]
    handles += [mark(GREY, radius, name) for radius, name in zip(RADII, crowd_names(), strict=True)]
    figure.legend(handles=handles, loc="outside lower left", ncols=len(handles), frameon=False, fontsize=8)


def _when(records: Records, seconds: int) -> str:
    """Weekday, date and time."""
    moment = start_of(records) + timedelta(seconds=seconds)
    return f"{WEEKDAYS[moment.weekday()]} {moment:%Y-%m-%d %H:%M}"


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
