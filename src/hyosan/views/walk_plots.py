"""The page of a run in a building: where people spent their time on the way, and how they got out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.rules.codes import Posture
from hyosan.views.looks import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, SKY, VERMILION, count_axis, dress, name_panel
from hyosan.views.looks import nothing as say_nothing
from hyosan.views.plan_layout import MARGIN
from hyosan.views.stage import clock_text, stage_of, storeys_named
from hyosan.views.walk_account import FLOW_OVER, SHARES, busiest_doors, by_exit
from hyosan.views.walk_frame import title_of
from hyosan.views.walks import walks_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hyosan.records.run import Records
    from hyosan.views.plan_marks import Sketch
    from hyosan.views.stage import Stage
    from hyosan.views.walks import Walks

CELL = 0.25
"""Length of a cell in which time is summed [m]."""
SAMPLES = 4
"""Points of a walk from row to row to which its time is given."""
HEAT = ("#FFF6DF", "#FBD68A", ORANGE, VERMILION, "#7A2600")
"""From little time to much; ever darker, so that it is read without colours too."""
PANEL, ABOVE, BELOW = 1.95, 0.42, 0.5
"""Height of a panel, and of what stands above and below it [inches]."""
COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY)
STYLES = ("-", "--", "-.", ":", "-", "--")
MOST_DOORS, MOST_EXITS, MOST_AREAS = 5, 8, 4
"""What is drawn of each at most."""


def plot(records: Records, storey: str | None = None) -> Figure:
    """The page of a run in a building.

    Args:
        records: The run.
        storey: Name of the only storey to show.
    """
    walks = walks_of(records)
    areas = records.table("measures").num_rows > 0
    rows = 2 + int(areas)
    foot = 0.62 + rows * (PANEL + ABOVE + BELOW)
    stage = stage_of(walks.plan, storeys_named(walks.plan, storey), foot=foot)
    _heat(stage, walks)
    _head(stage, walks)
    width, _ = stage.size
    half = (width - 2 * MARGIN - 1.3) / 2
    tops = [foot - 0.5 - ABOVE - row * (PANEL + ABOVE + BELOW) for row in range(rows)]
    left, right = MARGIN + 0.42, MARGIN + 0.42 + half + 0.9
    _inside(_panel(stage, left, tops[0], width - left - MARGIN), walks)
    _exits(_panel(stage, left + 0.35, tops[1], half - 0.35), walks)
    _flows(_panel(stage, right, tops[1], half), walks)
    if areas:
        _measured(
            _panel(stage, left, tops[2], half), walks, "density_1_m2", "Density in measuring areas", "people / m²"
        )
        _measured(_panel(stage, right, tops[2], half), walks, "speed_m_s", "Mean speed in measuring areas", "m/s")
    return stage.figure


def _panel(stage: Stage, left: float, top: float, wide: float) -> Axes:
    """Axes whose upper left corner is at a place of the sheet [inches]."""
    width, height = stage.size
    axes = stage.figure.add_axes((left / width, (top - PANEL) / height, wide / width, PANEL / height))
    dress(axes)
    return axes


def _head(stage: Stage, walks: Walks) -> None:
    """Title, and what the run comes to."""
    records, (_, height) = walks.records, stage.size
    when, _ = walks.out
    facts = [f"{walks.people:,} people", f"{len(when):,} out"]
    facts += [f"{len(walks.gathered):,} at the assembly place"] if len(walks.gathered) else []
    facts += [f"last at {clock_text(float(walks.safe[-1]))}"] if len(walks.safe) else []
    stuck = records.summary.get("stuck")
    facts += [f"{stuck:,} stuck"] if stuck else []
    facts.append(f"seed {records.summary['seed']}")
    if records.manifest["status"] != "finished":
        facts.append(f"INTERRUPTED at {clock_text(walks.end)}")
    look: dict[str, Any] = {"color": INK, "parse_math": False}
    stage.axes.text(MARGIN, height - 0.38, title_of(records), fontsize=13, fontweight="bold", **look)
    stage.axes.text(MARGIN, height - 0.6, " · ".join(facts), fontsize=9, **look)


def time_spent(walks: Walks, storey: int, corner: tuple[float, float], shape: tuple[int, int]) -> NDArray[np.float64]:
    """Time that people spent on the way in each cell of a storey [person-seconds per m²], (cells along y, along x).

    Args:
        walks: Whose.
        storey: Row of the storey.
        corner: Lower left corner of the cells [m].
        shape: Cells along y and along x.
    """
    before = np.flatnonzero(walks.person[1:] == walks.person[:-1])
    row = before + 1
    cells = np.zeros(shape)
    waits = np.where(walks.posture[before] == Posture.WALKING, walks.begun[row] - walks.time[before], 0.0)
    lasts = np.where(walks.onward[row], walks.time[row] - walks.begun[row], 0.0)
    add_to(cells, walks.place[before, :2], waits * (walks.storey[before] == storey), corner)
    for number in range(SAMPLES):
        part = (number + 0.5) / SAMPLES
        place = walks.place[before, :2] + part * (walks.place[row, :2] - walks.place[before, :2])
        here = walks.storey[row if part > 0.5 else before] == storey
        add_to(cells, place, lasts / SAMPLES * here, corner)
    return cells / CELL**2


def add_to(cells: NDArray[np.float64], place: NDArray[np.float64], seconds: Any, corner: tuple[float, float]) -> None:
    """Add times to the cells in which places are."""
    index = np.floor((place - np.array(corner)) / CELL).astype(np.int64)
    high, wide = cells.shape
    inside = (index >= 0).all(axis=1) & (index[:, 0] < wide) & (index[:, 1] < high) & (seconds > 0)
    np.add.at(cells, (index[inside, 1], index[inside, 0]), seconds[inside])


def blurred(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cells, each with a share of what is around it: sums of three weighted 1, 2, 1 along both axes."""
    for axis in (0, 1):
        padded = np.pad(cells, [(1, 1) if each == axis else (0, 0) for each in (0, 1)])
        low, middle, high = (np.take(padded, np.arange(cells.shape[axis]) + shift, axis) for shift in (0, 1, 2))
        cells = (low + 2 * middle + high) / 4
    return cells


def _heat(stage: Stage, walks: Walks) -> None:
    """Time spent, over the floors and below the walls, and its scale."""
    found = {}
    for sketch in stage.sketches:
        west, south, east, north = sketch.extent
        shape = int((north - south) / CELL) + 1, int((east - west) / CELL) + 1
        found[sketch] = blurred(time_spent(walks, sketch.storey, (west, south), shape))
    width, height = stage.size
    paint_heat(stage, found, (width - MARGIN, height - 0.42), "time on the way [person-seconds per m²]")


def paint_heat(
    stage: Stage, found: dict[Sketch, NDArray[np.float64]], corner: tuple[float, float], label: str, least: float = 1.0
) -> None:
    """Paint cells of storeys over the floors and below the walls, and their scale.

    Args:
        stage: The sheet.
        found: Cells of each storey, (cells along y, along x).
        corner: Lower right corner of the scale [inches].
        label: What the cells hold.
        least: The largest value of the scale, at least.
    """
    from matplotlib.colors import LinearSegmentedColormap, PowerNorm

    some = np.concatenate([cells[cells > 0.05 * least] for cells in found.values()])
    most = max(float(np.quantile(some, 0.995)) if len(some) else least, least)
    colours = LinearSegmentedColormap.from_list("heat", HEAT)
    norm = PowerNorm(0.5, 0.0, most)
    limits = stage.axes.get_xlim(), stage.axes.get_ylim()
    for sketch, cells in found.items():
        high, wide = cells.shape
        x, y = sketch.corner
        shown = np.ma.masked_less(cells, 0.1 * least)
        image = stage.axes.imshow(
            shown, origin="lower", cmap=colours, norm=norm, zorder=5.55, alpha=0.85, interpolation="nearest",
            aspect="auto", extent=(x, x + wide * CELL * sketch.scale, y, y + high * CELL * sketch.scale),
        )  # fmt: skip
        image.set_clip_path(floor_of(sketch), transform=stage.axes.transData)
    width, height = stage.size
    stage.axes.set(xlim=limits[0], ylim=limits[1])
    bar = stage.figure.add_axes(((corner[0] - 2.2) / width, corner[1] / height, 2.2 / width, 0.11 / height))
    bar.imshow(np.linspace(0, 1, 128)[None], cmap=colours, aspect="auto", extent=(0, 1, 0, 1))
    bar.set_yticks([])
    marks = np.array([0.0, 0.1, 0.4, 1.0]) * most
    bar.set_xticks(np.sqrt(marks / most), [f"{mark:,.0f}" if most >= 10 else f"{mark:.2g}" for mark in marks])
    bar.tick_params(labelsize=7, length=2, color=GREY, pad=1.5)
    bar.spines[:].set_visible(False)
    bar.set_title(label, fontsize=7.5, color=INK, loc="right", pad=3)


def floor_of(sketch: Sketch) -> Any:
    """Rooms and stairs of a storey as one path of the sheet, which ends what is painted on them."""
    from matplotlib.path import Path

    plan = sketch.plan
    rings = [ring for _, room in plan.rooms_on(sketch.storey) for ring in (room.outline, *room.holes)]
    for stair in plan.stairs:
        if sketch.storey in (plan.rooms[end.room].storey for end in stair.ends):
            for (x, y, _), (to_x, to_y, _) in zip(stair.path, stair.path[1:], strict=False):
                run = math.dist((x, y), (to_x, to_y))
                if run > 0:
                    dx, dy = (to_y - y) / run * stair.width / 2, (x - to_x) / run * stair.width / 2
                    rings.append(((x + dx, y + dy), (to_x + dx, to_y + dy), (to_x - dx, to_y - dy), (x - dx, y - dy)))
    paths = [Path([sketch.at(point) for point in (*ring, ring[0])], closed=True) for ring in rings]
    return Path.make_compound_path(*paths)


def _time_axis(axes: Axes, walks: Walks) -> None:
    """Minutes and seconds from the start to a little after the last has left, or to the end."""
    from matplotlib.ticker import FuncFormatter, MultipleLocator

    last = min(walks.end, 1.04 * walks.still_from + 1.0)
    step = next((each for each in (5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600) if last / each <= 9), 7200)
    axes.xaxis.set_major_locator(MultipleLocator(step))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: clock_text(value)))
    axes.set_xlim(0, last)


def _inside(axes: Axes, walks: Walks) -> None:
    """People in the building, with when half, nine tenths and the last had left."""
    gathered, when = len(walks.gathered), walks.safe
    name_panel(axes, "People neither out nor at the assembly place" if gathered else "People in the building")
    done, still = ("there", "not there") if gathered else ("out", "still inside")
    times = np.concatenate([[0.0], when, [walks.end]])
    inside = walks.people - np.concatenate([[0], np.arange(1, len(when) + 1), [len(when)]])
    axes.step(times, inside, where="post", color=BLUE, linewidth=1.8)
    axes.fill_between(times, inside, step="post", color=BLUE, alpha=0.12, linewidth=0)
    said = []
    for share in (*SHARES, 1.0):
        count = int(np.ceil(share * walks.people))
        if 0 < count <= len(when):
            x, y = float(when[count - 1]), walks.people - count
            axes.plot(x, y, marker="o", markersize=4.5, color=VERMILION, zorder=5, clip_on=False)
            beside: dict[str, Any] = {"textcoords": "offset points", "fontsize": 8, "color": INK}
            axes.annotate(f"{100 * share:.0f} %", (x, y), (4, 5), **beside)
            said.append(f"{100 * share:.0f} % {done} at {clock_text(x)}")
    if len(when) < walks.people:
        said.append(f"{walks.people - len(when):,} {still} at {clock_text(walks.end)}")
    axes.text(
        0.995, 0.97, "\n".join(said), transform=axes.transAxes, ha="right", va="top", fontsize=8, color=INK,
        linespacing=1.4, bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 2},
    )  # fmt: skip
    axes.set_ylabel("people")
    _time_axis(axes, walks)
    count_axis(axes, max(1, walks.people))


def _exits(axes: Axes, walks: Walks) -> None:
    """People who left by each exit."""
    name_panel(axes, "By which exit")
    ranked = sorted(by_exit(walks).items(), key=lambda each: -each[1])[:MOST_EXITS]
    if not ranked or not ranked[0][1]:
        say_nothing(axes, "nobody left" if ranked else "there is no exit")
        axes.set_xticks([])
        return
    places = np.arange(len(ranked))[::-1]
    axes.barh(places, [count for _, count in ranked], 0.62, color=GREEN)
    axes.set_yticks(places, [name[:22] for name, _ in ranked])
    most = max(1, *(count for _, count in ranked))
    for place, (_, count) in zip(places, ranked, strict=True):
        axes.text(count + 0.012 * most, place, f"{count:,}", va="center", fontsize=8, color=INK)
    axes.set(
        xlim=(0, 1.12 * most),
        ylim=(len(ranked) - 0.4 - max(3.0, len(ranked) + 0.2), len(ranked) - 0.4),
        xlabel="people",
    )
    axes.grid(visible=False)


def _flows(axes: Axes, walks: Walks) -> None:
    """People a second through the busiest doors."""
    name_panel(axes, "Flow at the busiest doors and stairs")
    found = busiest_doors(walks, MOST_DOORS)
    if not found:
        say_nothing(axes, "nobody went through a door")
        return
    for (name, middles, flow), colour, style in zip(found, COLOURS, STYLES, strict=False):
        axes.plot(middles, flow, color=colour, linestyle=style, linewidth=1.5, label=name[:26])
    axes.set_ylabel(f"people a second, over {FLOW_OVER:.0f} s")
    _time_axis(axes, walks)
    axes.set_ylim(0, 1.5 * max(float(flow.max()) for _, _, flow in found))
    axes.legend(frameon=False, fontsize=7.5, ncols=2, loc="upper right", borderaxespad=0, handlelength=2)


def _measured(axes: Axes, walks: Walks, column: str, title: str, label: str) -> None:
    """What measuring areas saw, smoothed over about five seconds."""
    name_panel(axes, title)
    table = walks.records.table("measures")
    areas, times = np.array(table["area"].to_pylist(), object), table["time_s"].to_numpy()
    values = table[column].to_numpy()
    top = 0.0
    for name, colour, style in zip(sorted(set(areas))[:MOST_AREAS], COLOURS, STYLES, strict=False):
        own = areas == name
        line = _smoothed(values[own].astype(float), max(1, round(5.0 / walks.look)))
        axes.plot(times[own], line, color=colour, linestyle=style, linewidth=1.5, label=str(name)[:26])
        top = max(top, float(np.nanmax(line, initial=0.0)))
    axes.set_ylabel(label)
    _time_axis(axes, walks)
    axes.set_ylim(0, 1.3 * top if top else 1.0)
    axes.legend(frameon=False, fontsize=7.5, ncols=2, loc="upper right", borderaxespad=0, handlelength=2)


def _smoothed(values: NDArray[np.float64], span: int) -> NDArray[np.float64]:
    """Means over a span, of what is known in it; NaN where nothing is."""
    known = np.isfinite(values)
    window = np.ones(span)
    sums = np.convolve(np.where(known, values, 0.0), window, "same")
    counts = np.convolve(known.astype(float), window, "same")
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
