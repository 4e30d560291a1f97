"""A map of the town: water, hills, streets, buildings, and the names of a few of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.rules.codes import Building
from hyosan.views.looks import BLACK, BLUE, GREY, INK, ORANGE, PURPLE, SKY, VERMILION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[Any]]

WATER, HILL, HILL_TOP, GROUND, STREET, HOUSE, FLAT = (
    "#A9CFE8", "#CFE0C0", "#BBD2A8", "#F7F5F0", "#8F8B84", "#D9C3A5", "#B59A86",
)  # fmt: skip
COLOURS = dict(zip(Building, (HOUSE, FLAT, ORANGE, SKY, BLUE, VERMILION, PURPLE, INK, BLACK), strict=True))
MARKS = {
    Building.SCHOOL: ("s", 5.0),
    Building.HOSPITAL: ("P", 6.5),
    Building.CARE: ("D", 3.5),
    Building.POLICE: ("*", 9.0),
    Building.CAMP: ("^", 7.0),
}
"""Mark, and its size [pt], of the buildings that are shown larger than they are."""

SIDE = 24
"""Side of a building on the map [m]."""

Window = tuple[float, float, float, float]
"""Western, eastern, southern and northern edge [m]."""


@dataclass
class _Sheet:
    """Axes with a scale, and where names stand already."""

    axes: Axes
    window: Window
    scale: float
    """Points of the paper a metre [pt/m]."""
    taken: list[Window] = field(default_factory=list)

    def shows(self, x: Any, y: Any) -> Any:
        """Whether points are in the window."""
        west, east, south, north = self.window
        return (x >= west) & (x <= east) & (y >= south) & (y <= north)

    def name(self, text: str, x: float, y: float, size: float, **look: Any) -> bool:
        """Write a name near a point where no other name stands; whether there was room."""
        wide, high = 0.6 * size * len(text) / self.scale, 1.35 * size / self.scale
        gap = 0.8 * high
        places = ((0, gap), (0, -gap), (wide / 2 + gap / 2, 0), (-wide / 2 - gap / 2, 0), (0, 2 * gap), (0, -2 * gap))
        for dx, dy in places:
            box = (x + dx - wide / 2, x + dx + wide / 2, y + dy - high / 2, y + dy + high / 2)
            inside = self.shows(box[0], box[2]) and self.shows(box[1], box[3])
            if inside and not any(_overlap(box, other) for other in self.taken):
                self.taken.append(box)
                label = self.axes.text(x + dx, y + dy, text, ha="center", va="center", fontsize=size, **look)
                _halo(label)
                return True
        return False


def draw_map(
    axes: Axes,
    cells: Columns,
    edges: Columns,
    landscape: Columns,
    buildings: Columns,
    *,
    window: Window | None = None,
) -> None:
    """Draw a map; columns are those of the tables of the package.

    Args:
        axes: Where to draw.
        cells: `x_m`, `y_m`, `length_m`, `width_m`, `district`, `kind`, `exit` of street cells.
        edges: `cell`, `other`: neighbours.
        landscape: `kind`, `number`, `x_m`, `y_m`, `width_m` of rivers and hills, a row a point.
        buildings: `cell`, `kind`, `name` of buildings, by cell.
        window: What to show [m]; all streets if not given.
    """
    x, y = np.asarray(cells["x_m"], float), np.asarray(cells["y_m"], float)
    if window is None:
        window = (x.min() - 40, x.max() + 40, y.min() - 40, y.max() + 40)
    axes.set(xlim=window[:2], ylim=window[2:], aspect="equal", xticks=[], yticks=[], facecolor=GROUND)
    axes.spines[:].set_color(GREY)
    figure = axes.get_figure(root=True)
    assert figure is not None, "axes of a figure"
    size = axes.get_position().size * figure.get_size_inches() * 72
    sheet = _Sheet(axes, window, float(min(size[0] / (window[1] - window[0]), size[1] / (window[3] - window[2]))))
    _draw_land(sheet, landscape)
    _draw_streets(sheet, x, y, cells, edges)
    marks = _sites(x, y, cells, edges, buildings)
    _draw_buildings(sheet, marks, buildings)
    _draw_exits(sheet, x, y, cells)
    _name_buildings(sheet, marks, buildings)
    _name_districts(sheet, x, y, cells)
    _draw_scale(sheet)


def _overlap(one: Window, other: Window) -> bool:
    """Whether two boxes have something in common."""
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _halo(label: Any) -> None:
    """Set a name off from what is under it."""
    from matplotlib.patheffects import withStroke

    label.set_path_effects([withStroke(linewidth=1.8, foreground="white", alpha=0.85)])


def _draw_land(sheet: _Sheet, landscape: Columns) -> None:
    """Hills, with their tops darker, and water."""
    for kind in ("hill", "river"):
        of_kind = np.asarray(landscape["kind"]) == kind
        for number in np.unique(landscape["number"][of_kind]):
            rows = np.flatnonzero(of_kind & (landscape["number"] == number))
            line = np.stack([landscape["x_m"][rows], landscape["y_m"][rows]], axis=1).astype(float)
            if kind == "river":
                width = float(landscape["width_m"][rows[0]]) * sheet.scale
                sheet.axes.plot(*line.T, color=WATER, linewidth=max(width, 1), solid_joinstyle="round", zorder=2)
                continue
            middle = line.mean(axis=0)
            sheet.axes.fill(*line.T, color=HILL, linewidth=0, zorder=1)
            for share in (0.7, 0.4):
                sheet.axes.fill(*(middle + share * (line - middle)).T, color=HILL_TOP, alpha=0.6, linewidth=0, zorder=1)


def _draw_streets(sheet: _Sheet, x: NDArray[Any], y: NDArray[Any], cells: Columns, edges: Columns) -> None:
    """Streets from middle to middle, as wide as they are; bridges stand out."""
    from matplotlib.collections import LineCollection

    one, other = np.asarray(edges["cell"]), np.asarray(edges["other"])
    lines = np.stack([np.stack([x[one], y[one]], axis=1), np.stack([x[other], y[other]], axis=1)], axis=1)
    width = np.minimum(cells["width_m"][one], cells["width_m"][other]) * sheet.scale
    kind = np.asarray(cells["kind"])
    bridge = (kind[one] == "bridge") | (kind[other] == "bridge")
    road = (kind[one] == "road") | (kind[other] == "road")
    look: dict[str, Any] = {"capstyle": "round"}
    plain = np.where(road, np.maximum(width, 0.9), np.maximum(width, 0.35))
    sheet.axes.add_collection(LineCollection(list(lines), linewidths=plain, colors=STREET, zorder=3, **look))
    over = np.maximum(width[bridge], 1.0)
    sheet.axes.add_collection(LineCollection(list(lines[bridge]), linewidths=over + 2, colors=INK, zorder=4))
    sheet.axes.add_collection(LineCollection(list(lines[bridge]), linewidths=over, colors="white", zorder=4, **look))


def _sites(
    x: NDArray[Any], y: NDArray[Any], cells: Columns, edges: Columns, buildings: Columns
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where buildings are drawn [m]: beside their street, by turns left and right of it, (x, y), both (buildings,)."""
    dry = np.asarray(cells["kind"]) != "bridge"
    one, other = (np.asarray(edges[name])[dry[edges["cell"]] & dry[edges["other"]]] for name in ("cell", "other"))
    toward = np.arange(len(x))
    toward[other] = one
    toward[one] = other
    cell = np.asarray(buildings["cell"])
    turn = np.arange(len(cell)) - np.searchsorted(cell, cell)
    way = np.stack([x[toward] - x, y[toward] - y])
    way /= np.maximum(np.sqrt((way * way).sum(axis=0)), 1.0)
    ahead = (turn // 2 - 0.5) * np.minimum(cells["length_m"], 120)[cell] * 0.42
    aside = np.where(turn % 2, 1, -1) * (cells["width_m"][cell] / 2 + SIDE * 0.7)
    return (
        x[cell] + way[0, cell] * ahead - way[1, cell] * aside,
        y[cell] + way[1, cell] * ahead + way[0, cell] * aside,
    )


def _codes(buildings: Columns) -> NDArray[np.int64]:
    """`Building` of each building, whether the column has words or numbers."""
    kind = np.asarray(buildings["kind"])
    if kind.dtype.kind in "iu":
        return kind.astype(np.int64)
    number = {building.name.lower(): int(building) for building in Building}
    return np.array([number[str(word).lower()] for word in kind], np.int64)


def _draw_buildings(sheet: _Sheet, marks: tuple[NDArray[Any], NDArray[Any]], buildings: Columns) -> None:
    """Buildings as small squares; those that matter by a mark."""
    kind = _codes(buildings)
    side = max(SIDE * sheet.scale, 0.7)
    for building in Building:
        rows = kind == building
        mark, size = MARKS.get(building, ("s", side))
        special = building in MARKS
        size = max(size, 1.4 * side) if special else side
        look: dict[str, Any] = {"edgecolors": "white", "linewidths": 0.6} if special else {"linewidths": 0}
        look |= {"color": COLOURS[building], "label": building.name.lower(), "zorder": 6 if special else 5}
        sheet.axes.scatter(marks[0][rows], marks[1][rows], s=size**2, marker=mark, **look)


def _draw_exits(sheet: _Sheet, x: NDArray[Any], y: NDArray[Any], cells: Columns) -> None:
    """Where roads leave the map."""
    out = np.flatnonzero(np.asarray(cells["exit"]).astype(bool))
    out = out[sheet.shows(x[out], y[out])]
    look: dict[str, Any] = {"facecolors": "white", "edgecolors": INK, "linewidths": 1.2, "label": "road out"}
    sheet.axes.scatter(x[out], y[out], s=24, zorder=7, clip_on=False, **look)


def _name_buildings(sheet: _Sheet, marks: tuple[NDArray[Any], NDArray[Any]], buildings: Columns) -> None:
    """Names of what has a name and no number."""
    kind = _codes(buildings)
    names = [str(name) for name in buildings["name"]]
    named = [row for row, name in enumerate(names) if name and not any(letter.isdigit() for letter in name)]
    for row in sorted(named, key=lambda row: -kind[row]):
        x, y = (float(axis[row]) for axis in marks)
        if sheet.shows(x, y):
            sheet.taken.append((x - 4 / sheet.scale, x + 4 / sheet.scale, y - 4 / sheet.scale, y + 4 / sheet.scale))
            sheet.name(names[row], x, y, 7, color=COLOURS[Building(kind[row])], zorder=9, fontweight="bold")


def _name_districts(sheet: _Sheet, x: NDArray[Any], y: NDArray[Any], cells: Columns) -> None:
    """Names of districts, each where most of its streets are."""
    district = np.asarray(cells["district"])
    settled = np.asarray(cells["kind"]) == "street"
    for name in np.unique(district):
        rows = np.flatnonzero(settled & (district == name))
        near = ((x[rows, None] - x[rows]) ** 2 + (y[rows, None] - y[rows]) ** 2 < 500**2).sum(axis=1)
        middle = rows[near == near.max()]
        at = float(x[middle].mean()), float(y[middle].mean())
        if sheet.shows(*at):
            sheet.name(str(name), *at, 6.5, color=INK, zorder=8, style="italic")


def _draw_scale(sheet: _Sheet) -> None:
    """A bar of one or two kilometres."""
    west, east, south, north = sheet.window
    length = 2000 if east - west > 10_000 else 500
    x, y = west + 0.03 * (east - west), south + 0.03 * (north - south)
    sheet.axes.plot([x, x + length], [y, y], color=INK, linewidth=2, zorder=9, solid_capstyle="butt")
    label = sheet.axes.text(
        x + length / 2, y + 4 / sheet.scale, f"{length / 1000:g} km", ha="center", fontsize=7, zorder=9
    )
    _halo(label)
