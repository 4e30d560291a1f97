"""A drawing of a floor plan: all storeys on one sheet, at one scale, with what is wrong circled and listed."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from hyosan.floorplan.plan import OPEN_AIR, DoorState, RoomKind
from hyosan.views.looks import GREEN, GREY, INK, ORANGE, VERMILION, write_figure
from hyosan.views.plan_marks import TINTS, Sketch, draw_storey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from hyosan.floorplan.check import PlanProblem
    from hyosan.floorplan.plan import Floorplan

WIDTH, WIDE = 10.67, 16.0
"""Width of a sheet, and of one for a large building [inches]."""
MANY_ROOMS = 60
"""Rooms from which a building is large."""
FEW = 9
"""Storeys for which every arrangement is tried."""
NARROWEST = 0.66
"""Width of a sheet over the usual one, at least."""
PLEASANT = 0.8
"""Height of the drawings over their width from which lower sheets are preferred."""
TALLEST = 1.15
"""Height of the drawings over the width of the sheet, at most."""
LARGEST_SCALE = 0.6
"""Inches a metre, at most."""
MARGIN, GAP, CAPTION = 0.35, 0.35, 0.3
TITLE, LEGEND, LINE = 0.72, 0.22, 0.165
"""Heights of the title, and of a line of the legend and of the list [inches]."""
MOST_LISTED = 20
"""Problems that are listed."""
COLOURS = {"fault": VERMILION, "warning": ORANGE}

Extent = tuple[float, float, float, float]
"""Western, southern, eastern and northern edge [m]."""


@dataclass(frozen=True)
class _Layout:
    """Where storeys stand on the sheet."""

    width: float
    height: float
    """Of the part with the drawings [inches]."""
    scale: float
    """Inches a metre."""
    corners: tuple[tuple[float, float], ...]
    """Lower left corner of each storey, from the lower left corner of that part [inches]."""


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

    extents = [_extent(plan, storey) for storey in range(len(plan.storeys))]
    layout = _arranged(extents, WIDE if len(plan.rooms) >= MANY_ROOMS else WIDTH)
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
        _caption(axes, plan, storey, sketch.at((extents[storey][0], extents[storey][3])))
        draw_storey(sketch)
        _circles(sketch, problems)
    below = MARGIN + LINE * len(lines) + (0.15 if lines else 0)
    _legend(axes, legend, below)
    _scale_bar(axes, layout, below + LEGEND * len(legend))
    _list(axes, lines)
    return made


def _extent(plan: Floorplan, storey: int) -> Extent:
    """What a storey covers, with stairs and room for arrows [m]."""
    points = [point for _, room in plan.rooms_on(storey) for point in room.outline]
    for stair in plan.stairs:
        if storey in (plan.rooms[end.room].storey for end in stair.ends):
            half = stair.width / 2
            points += [(x + dx, y + dy) for x, y, _ in stair.path for dx in (-half, half) for dy in (-half, half)]
    if not points:
        return 0.0, 0.0, 10.0, 4.0
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - 0.6, min(ys) - 0.6, max(xs) + 0.6, max(ys) + 0.6


def _arranged(extents: list[Extent], width: float) -> _Layout:
    """Storeys in rows or in columns, broken where they come out large and leave little of the sheet empty."""
    sizes = [(east - west, north - south) for west, south, east, north in extents]
    area = sum(wide * high for wide, high in sizes)
    best, most = None, 0.0
    for ends in _breaks(len(sizes)):
        groups = [list(range(first, last)) for first, last in zip((0, *ends), (*ends, len(sizes)), strict=True)]
        for upright in (False, True):
            found = _placed(sizes, groups, width, upright=upright)
            filled = found.scale**2 * area / (found.width * found.height)
            worth = found.scale**2 * filled * min(1.0, PLEASANT * found.width / found.height)
            if best is None or worth > 1.001 * most:
                best, most = found, worth
    assert best is not None, "there is always one way to break"
    return best


def _breaks(count: int) -> Iterator[tuple[int, ...]]:
    """Ways to break a list into groups: all of them for a few, groups of one length for many."""
    if count <= FEW:
        for number in range(count):
            yield from combinations(range(1, count), number)
    else:
        for length in range(1, count + 1):
            yield tuple(range(length, count, length))


def _placed(sizes: list[tuple[float, float]], groups: list[list[int]], width: float, *, upright: bool) -> _Layout:
    """Storeys in groups, each a column from top to bottom or a row from left to right."""
    along, across = (1, 0) if upright else (0, 1)
    between = (GAP, CAPTION + GAP / 2)
    thick = [max(sizes[each][across] for each in group) for group in groups]
    metres, counts = [0.0, 0.0], [0, 0]
    metres[along], metres[across] = max(sum(sizes[each][along] for each in group) for group in groups), sum(thick)
    counts[along], counts[across] = max(map(len, groups)), len(groups)
    wide = width - 2 * MARGIN - GAP * (counts[0] - 1)
    scale = min(wide / metres[0], TALLEST * width / metres[1], LARGEST_SCALE)
    height = metres[1] * scale + between[1] * counts[1]
    corners, at = [(0.0, 0.0)] * len(sizes), [0.0, 0.0]
    for group, most in zip(groups, thick, strict=True):
        at[along] = 0.0
        for each in group:
            corners[each] = (MARGIN + at[0], height - at[1] - CAPTION - sizes[each][1] * scale)
            at[along] += sizes[each][along] * scale + between[along]
        at[across] += most * scale + between[across]
    used = max(x + size[0] * scale for (x, _), size in zip(corners, sizes, strict=True)) + MARGIN
    return _Layout(max(used, NARROWEST * width), height, scale, tuple(corners))


def _caption(axes: Axes, plan: Floorplan, storey: int, corner: tuple[float, float]) -> None:
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


def _scale_bar(axes: Axes, layout: _Layout, y: float) -> None:
    """A bar of a round number of metres."""
    length = next((each for each in (50, 20, 10, 5, 2) if each * layout.scale <= 2.2), 1)
    end, right = length * layout.scale, layout.width - MARGIN
    axes.plot([right - end, right], [y, y], color=INK, linewidth=2, solid_capstyle="butt")
    for share in (0, 0.5, 1):
        x = right - end * share
        axes.plot([x, x], [y, y + 0.05], color=INK, linewidth=0.8)
    axes.text(right - end - 0.08, y - 0.03, f"{length} m", fontsize=8, color=INK, ha="right")
