"""What stays the same in a film of a hunt: the map, all names, and the curves, pale and in their colours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.units import day
from hyosan.views import hunts
from hyosan.views.ground import DOTS, HUNTERS, MOVING, RADII, Ground, crowd_names, ground
from hyosan.views.hunt_plots import line_colours, shade_nights
from hyosan.views.looks import GREY, INK, PALE, dress, moments_of, title_of, whole_numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from numpy.typing import NDArray

    from hyosan.records.run import Records

Box = tuple[int, int, int, int]
"""Left, top, right and bottom edge [pixels]."""

MAP = (760, 700)
"""Room for the map, width and height [pixels]."""

HEAD, FOOT, SIDE, MARGIN = 54, 34, 330, 16
"""Height of the title and of the legend of marks, width of the column at the right, and what stays empty [pixels]."""

CLOCK, LINE = 70, 20
"""Height of the clock, and of a line of counts [pixels]."""

CURVE = 130
"""Least height of a panel of curves [pixels]."""

AXIS = (44, 24, 26)
"""Room at the left, above and below a panel of curves for its numbers and its name [pixels]."""

ON_THE_MAP, ON_THE_MOVE, AWAY = "hunters on the map", "on the move", "left the town"

MOST_STATES = 11
"""States with a line of counts; those with most people are taken."""


@dataclass(frozen=True)
class Sheet:
    """A page without marks, clock and counts, and where those go."""

    town: Ground
    before: NDArray[np.uint8]
    """Red, green and blue, with pale curves, (height, width, 3)."""
    after: NDArray[np.uint8]
    """The same with the curves in their colours."""
    map: Box
    text: Box
    """Clock and counts."""
    curves: list[Box]
    """The panels of curves."""
    counts: dict[str, NDArray[np.int64]]
    """What is counted at each frame, in the order of the lines, (frames,)."""
    colours: tuple[str, ...]
    """The colours of curves and marks, and of pale curves."""


def sheet(records: Records, where: hunts.Presence, moments: NDArray[np.int64]) -> Sheet:
    """The sheet of a film.

    Args:
        records: The run.
        where: Where hunters and people on the move were.
        moments: The moments of `where` that become frames, (frames,).
    """
    times = where.times[moments]
    town = ground(records, where, *MAP)
    height, width = town.picture.shape[:2]
    states = _states(records, times)
    counts = {
        ON_THE_MAP: where.totals(where.hunters)[moments],
        ON_THE_MOVE: where.totals(where.moving)[moments],
        AWAY: hunts.people_away(records, times),
        **states,
    }
    below = HEAD + CLOCK + LINE * len(counts) + MARGIN
    size = (width + SIDE, max(HEAD + height + FOOT, below + 2 * CURVE))
    figure, canvas = _canvas(*size)
    colours = line_colours(records, tuple(states))
    text = (width + MARGIN, HEAD, size[0] - MARGIN, below)
    _names(figure, records, counts, colours, text)
    _legend_of_marks(figure, HEAD + height)
    boxes, lines = _curves(figure, records, times, colours, (width + MARGIN, below, size[0] - MARGIN, size[1]))
    after = _painted(canvas, town)
    for line in lines:
        line.set_color(PALE)
    return Sheet(
        town,
        _painted(canvas, town),
        after,
        (0, HEAD, width, HEAD + height),
        text,
        boxes,
        counts,
        (*colours.values(), MOVING, PALE),
    )


def font(size: int) -> Any:
    """A font of Pillow, the one that figures have too [pixels]."""
    import matplotlib
    from PIL import ImageFont

    return ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"), size)


def _states(records: Records, times: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
    """People at each frame, in every state that anybody ever is in."""
    lines = {name: line for name, line in hunts.people_by_stage(records, times).items() if line.any()}
    largest = sorted(lines, key=lambda name: -int(lines[name].max()))[:MOST_STATES]
    return {name: line for name, line in lines.items() if name in largest}


def _canvas(width: int, height: int) -> tuple[Figure, Any]:
    """An empty figure of so many pixels, and what paints it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / DOTS, height / DOTS), dpi=DOTS, facecolor="white")
    return figure, FigureCanvasAgg(figure)


def _painted(canvas: Any, town: Ground) -> NDArray[np.uint8]:
    """The pixels of a figure, with the map put in."""
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())[..., :3].copy()
    height, width = town.picture.shape[:2]
    picture[HEAD : HEAD + height, :width] = town.picture
    return picture


def _write(figure: Figure, left: float, top: float, words: str, **look: Any) -> None:
    """Words at a pixel."""
    width, height = figure.bbox.size
    look = {"fontsize": 9, "color": INK, "va": "center", "parse_math": False, **look}
    figure.text(left / width, 1 - top / height, words, **look)


def _names(figure: Figure, records: Records, counts: dict[str, Any], colours: dict[str, str], text: Box) -> None:
    """The title, and what is counted."""
    from matplotlib.lines import Line2D

    _write(figure, MARGIN, HEAD / 2, title_of(records), fontsize=10)
    height = figure.bbox.height
    marks = {ON_THE_MAP: HUNTERS, ON_THE_MOVE: MOVING}
    for place, name in enumerate(counts):
        top = text[1] + CLOCK + LINE * (place + 0.5)
        _write(figure, text[0] + 26, top, name.replace("_", " "))
        if name in (*hunts.HEALTHY, AWAY):
            continue
        key: dict[str, Any] = (
            {"marker": "o", "linestyle": "", "color": marks[name]} if name in marks else {"color": colours[name]}
        )
        ends = [text[0] + 10] if name in marks else [text[0] + 2, text[0] + 18]
        figure.add_artist(Line2D(ends, [height - top] * len(ends), transform=None, linewidth=2.5, **key))


def _legend_of_marks(figure: Figure, top: int) -> None:
    """How many people a mark stands for."""
    from matplotlib.lines import Line2D

    height, middle, left = figure.bbox.height, top + FOOT / 2, float(MARGIN)
    _write(figure, left, middle, "in a cell:", fontsize=8)
    left += 66
    for radius, name in zip(RADII, crowd_names(), strict=True):
        look: dict[str, Any] = {
            "marker": "o",
            "markersize": 2 * radius * 72 / DOTS,
            "color": GREY,
            "markeredgewidth": 0,
        }
        figure.add_artist(Line2D([left + radius], [height - middle], transform=None, **look))
        _write(figure, left + 2 * radius + 5, middle, name, fontsize=8)
        left += 2 * radius + 22 + 8 * len(name)


def _curves(
    figure: Figure, records: Records, times: NDArray[np.int64], colours: dict[str, str], room: Box
) -> tuple[list[Box], list[Line2D]]:
    """Panels of the living whom the pathogen has, and of those who are gone: their places and their lines."""
    gone = hunts.gone_states(records)
    fine = hunts.regular_times(records)
    fine = np.unique(np.concatenate([fine[(fine > times[0]) & (fine < times[-1])], times[[0, -1]]]))
    lines = {name: line for name, line in hunts.people_by_stage(records, fine).items() if name in colours}
    panels = {
        "now": {name: line for name, line in lines.items() if name not in (*hunts.HEALTHY, *gone)},
        "gone for good": {name: line for name, line in lines.items() if name in gone},
    }
    panels = {title: shown for title, shown in panels.items() if shown}
    boxes, drawn = [], []
    left, above, below = AXIS
    for place, (title, shown) in enumerate(panels.items()):
        high = (room[3] - room[1]) // len(panels)
        top = room[1] + place * high
        box = (room[0] + left, top + above, room[2], top + high - below)
        axes = figure.add_axes(_share(figure, box))
        dress(axes)
        for name, line in shown.items():
            drawn += axes.plot(moments_of(records, fine / day), line, color=colours[name], linewidth=1.6, clip_on=False)
        shade_nights(axes, records)
        _frame_of_curves(axes, records, times, title, max(int(line.max()) for line in shown.values()))
        boxes.append(box)
    return boxes, drawn


def _share(figure: Figure, box: Box) -> tuple[float, float, float, float]:
    """Where a box of pixels is in a figure: left, bottom, width and height as shares."""
    width, height = figure.bbox.size
    return box[0] / width, 1 - box[3] / height, (box[2] - box[0]) / width, (box[3] - box[1]) / height


def _frame_of_curves(axes: Axes, records: Records, times: NDArray[np.int64], title: str, largest: int) -> None:
    """Axes, dates, nights and name of a panel of curves."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=2, maxticks=5)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.xaxis.get_offset_text().set_visible(False)
    axes.set_title(title, loc="left", fontsize=8, color=INK, pad=4)
    axes.set_xlim(*moments_of(records, times[[0, -1]] / day + np.array([0, 1e-6])))
    axes.set_ylim(0, 1.08 * max(largest, 1))
    whole_numbers(axes.yaxis)
    axes.tick_params(labelsize=7)
