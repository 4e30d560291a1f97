"""A drawing of a floor plan: all storeys on one sheet, at one scale, with what is wrong circled and listed."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from hyosan.floorplan.plan import OPEN_AIR, DoorState, RoomKind
from hyosan.views.looks import GREEN, GREY, INK, ORANGE, VERMILION, write_figure
from hyosan.views.plan_layout import MARGIN, arranged, extent, width_of
from hyosan.views.plan_marks import TINTS, Sketch, draw_storey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from hyosan.floorplan.check import PlanProblem
    from hyosan.floorplan.plan import Floorplan
    from hyosan.views.plan_layout import Layout

TITLE, LEGEND, LINE = 0.72, 0.22, 0.165
"""Heights of the title, and of a line of the legend and of the list [inches]."""
MOST_LISTED = 20
"""Problems that are listed."""
COLOURS = {"fault": VERMILION, "warning": ORANGE}


def draw(plan: Floorplan, path: Path, problems: Sequence[PlanProblem] = ()) -> None:
    """Draw a plan into a .png, .svg or .pdf, in place of what was there.

    Args:
        plan: What to draw.
        path: The file.
        problems: What `floorplan.check.problems` found, to be marked.
    """
    write_figure(path, lambda: figure(plan, problems))


def figure(plan: Floorplan, problems: Sequence[PlanProblem] = ()) -> Figure:
    """The sheet."""
    from matplotlib.figure import Figure

    extents = [extent(plan, storey) for storey in range(len(plan.storeys))]
    layout = arranged(extents, width_of(plan))
    kinds = [kind for kind in RoomKind if any(room.kind is kind for room in plan.rooms)]
    legend = _legend_rows(plan, kinds, layout.width)
    lines = list(_listed(problems, layout.width))
    foot = MARGIN + LINE * len(lines) + (0.15 if lines else 0) + LEGEND * (len(legend) + 1)
    height = foot + layout.height + TITLE
    made = Figure(figsize=(layout.width, height), facecolor="white")
    axes = made.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, layout.width), ylim=(0, height))
    axes.axis("off")
    _title(axes, plan, height)
    for storey, (x, y) in enumerate(layout.corners):
        sketch = Sketch(axes, plan, storey, layout.scale, (x, y + foot), extents[storey])
        caption(axes, plan, storey, sketch.at((extents[storey][0], extents[storey][3])))
        draw_storey(sketch)
        _circles(sketch, problems)
    below = MARGIN + LINE * len(lines) + (0.15 if lines else 0)
    _legend(axes, legend, below)
    scale_bar(axes, layout, below + LEGEND * len(legend))
    _list(axes, lines)
    return made


def caption(axes: Axes, plan: Floorplan, storey: int, corner: tuple[float, float]) -> None:
    """Name and height of a storey, above its upper left corner."""
    name, height = plan.storeys[storey].name, f"{plan.storeys[storey].elevation:+.1f} m"
    x, y = corner[0], corner[1] + 0.06
    label = axes.text(x, y, name[:60], fontsize=9.5, fontweight="bold", color=INK)
    beside: dict[str, Any] = {"xytext": (6, 0), "textcoords": "offset points", "va": "bottom"}
    axes.annotate(height.replace("+0.0", "±0.0"), (1, 0), xycoords=label, fontsize=8, color=GREY, **beside)


def _title(axes: Axes, plan: Floorplan, height: float) -> None:
    """Two lines that say which plan this is, and how large."""
    name = plan.title or plan.name
    facts = [
        _counted(len(plan.storeys), "storey"),
        _counted(len(plan.rooms), "room"),
        _counted(len(plan.doors), "door"),
        _counted(len(plan.exits), "exit"),
    ]
    facts += [_counted(len(plan.stairs), "stair")] if plan.stairs else []
    facts.append(f"{plan.area:,.0f} m²")
    axes.text(
        MARGIN, height - 0.36, name if len(name) <= 90 else f"{name[:89]}…", fontsize=13, fontweight="bold", color=INK
    )
    axes.text(MARGIN, height - 0.57, " · ".join(facts), fontsize=9, color=INK)


def _counted(count: int, word: str) -> str:
    """A count with its word."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _circles(sketch: Sketch, problems: Sequence[PlanProblem]) -> None:
    """Numbers of problems, in circles around their places."""
    for number, problem in reversed(list(enumerate(problems, start=1))):
        if problem.storey != sketch.storey or problem.x is None or problem.y is None:
            continue
        x, y = sketch.at((problem.x, problem.y))
        look: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": COLOURS[problem.severity]}
        sketch.axes.plot(x, y, marker="o", markersize=15, markeredgewidth=1.6, zorder=20, **look)
        box = {
            "boxstyle": "round,pad=0.18",
            "facecolor": COLOURS[problem.severity],
            "edgecolor": "white",
            "linewidth": 0.6,
        }
        sketch.axes.text(
            x + 0.13, y + 0.13, str(number), fontsize=6.5, fontweight="bold", color="white", ha="center", va="center",
            zorder=21, bbox=box,
        )  # fmt: skip


def _listed(problems: Sequence[PlanProblem], width: float) -> Iterator[tuple[str, str, str]]:
    """Number, text and colour of each line of the list."""
    letters = int((width - 2 * MARGIN - 0.3) / 0.068)
    for number, problem in enumerate(problems[:MOST_LISTED], start=1):
        for place, line in enumerate(textwrap.wrap(problem.message, letters)):
            yield ("" if place else str(number)), line, COLOURS[problem.severity]
    if len(problems) > MOST_LISTED:
        yield "", f"and {len(problems) - MOST_LISTED} more", GREY


def _list(axes: Axes, lines: list[tuple[str, str, str]]) -> None:
    """What is wrong, below the drawings."""
    for place, (number, line, colour) in enumerate(lines):
        y = MARGIN * 0.6 + LINE * (len(lines) - 1 - place)
        axes.text(MARGIN + 0.17, y, number, fontsize=8, fontweight="bold", color=colour, ha="right")
        axes.text(MARGIN + 0.25, y, line, fontsize=8, color=INK)


Entry = tuple[str, str]
"""What an entry of the legend is, and its word."""


def _legend_rows(plan: Floorplan, kinds: list[RoomKind], width: float) -> list[list[Entry]]:
    """Entries of the legend that the plan needs, row by row."""
    entries: list[Entry] = [(kind.value, kind.value) for kind in kinds]
    entries += [("exit", "exit")] if plan.exits else []
    states = {door.state for door in plan.doors if door.leaf}
    entries += [(f"door {state}", f"{state} door") for state in DoorState if state in states]
    entries += [("seat", "seat")] if plan.seats else []
    entries += [("zone", "zone")] if plan.zones else []
    entries += [("gate", "gate")] if plan.gates else []
    rows: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        needed = _width_of(entry)
        if used + needed > width - 2 * MARGIN and rows[-1]:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += needed
    return rows


def _width_of(entry: Entry) -> float:
    """Width of an entry of the legend [inches]."""
    return 0.36 + 0.075 * len(entry[1])


def _legend(axes: Axes, rows: list[list[Entry]], bottom: float) -> None:
    """What tints and marks mean."""
    from matplotlib.patches import Rectangle

    from hyosan.views.plan_marks import legend_mark

    for place, row in enumerate(rows):
        x, y = MARGIN, bottom + LEGEND * (len(rows) - 1 - place)
        for entry in row:
            if entry[0] in TINTS:
                edge = GREEN if entry[0] in OPEN_AIR else INK
                axes.add_patch(
                    Rectangle((x, y), 0.2, 0.11, facecolor=TINTS[entry[0]], edgecolor=edge, linewidth=0.6, zorder=2)
                )
            else:
                legend_mark(axes, entry[0], x, y)
            axes.text(x + 0.26, y + 0.01, entry[1], fontsize=7.5, color=INK)
            x += _width_of(entry)


def scale_bar(axes: Axes, layout: Layout, y: float) -> None:
    """A bar of a round number of metres."""
    length = next((each for each in (50, 20, 10, 5, 2) if each * layout.scale <= 2.2), 1)
    end, right = length * layout.scale, layout.width - MARGIN
    axes.plot([right - end, right], [y, y], color=INK, linewidth=2, solid_capstyle="butt")
    for share in (0, 0.5, 1):
        x = right - end * share
        axes.plot([x, x], [y, y + 0.05], color=INK, linewidth=0.8)
    axes.text(right - end - 0.08, y - 0.03, f"{length} m", fontsize=8, color=INK, ha="right")
