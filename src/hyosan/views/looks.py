"""The look of every figure: colours, type, axes, and how it comes into a file."""

from __future__ import annotations

import warnings
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.errors import HyosanError
from hyosan.units import day
from hyosan.views.copies import write_whole
from hyosan.views.figures import length_of, span_of, start_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hyosan.records.run import Records

# Colours of Okabe and Ito, which colour-blind people tell apart: https://jfly.uni-koeln.de/color/
BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILION, PURPLE = (
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
)  # fmt: skip
# Five more, for settings that stand beside one of these.
PALE_ORANGE, PALE_GREEN, PALE_SKY, VIOLET, MAROON = "#F6D68F", "#8FD3BD", "#C3E4F7", "#5B3A8C", "#7A1F1F"
PALE_VERMILION = "#EBB08A"
GREY, PALE, INK = "#999999", "#DDDDDD", "#333333"

FORMATS = (".png", ".svg", ".pdf")

LETTER = 0.07
"""Width of a letter of a legend, with what stands around it [inches]."""


def write_figure(path: Path, make: Callable[[], Figure]) -> None:
    """Write a figure into a file; its ending says how, and is checked before the figure is made."""
    form = path.suffix.lower()
    if form not in FORMATS:
        raise HyosanError(f"{path}: a figure is written as {', '.join(FORMATS)}. Choose one of these endings.")
    figure = make()
    with warnings.catch_warnings():
        # A title may have letters that no font here has; they are drawn as boxes.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        metadata = {".png": {"Software": "hyosan"}, ".svg": {"Date": None}, ".pdf": {"CreationDate": None}}[form]
        write_whole(path, lambda file: figure.savefig(file, format=form[1:], dpi=150, metadata=metadata))


def title_of(records: Records) -> str:
    """Two lines that say which run this is, and how it went."""
    manifest, summary = records.manifest, records.summary
    name = manifest["scenario"].get("title") or summary["scenario"]
    name = name if len(name) <= 90 else f"{name[:89]}…"
    facts = [f"{summary['people']:,} people", f"{summary['infected']:,} infected", f"{summary['dead']:,} dead"]
    facts += [f"{summary[name]:,} {name}" for name in ("turned", "destroyed") if summary.get(name)]
    if summary.get("reproduction_number") is not None:
        facts.append(f"reproduction number {summary['reproduction_number']:.2f}")
    facts.append(f"seed {summary['seed']}")
    if manifest["status"] != "finished":
        facts.append(f"INTERRUPTED {summary['ended']}")
    return f"{name}\n{' · '.join(facts)}"


def dress(axes: Axes) -> None:
    """The look of the house: no box, pale lines to read off, small plain type."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.grid(visible=True, axis="y", color=PALE, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=8, color=GREY)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set_fontsize(8.5)


def name_panel(axes: Axes, text: str) -> None:
    """What a panel shows."""
    axes.set_title(text, loc="left", fontsize=9.5, fontweight="bold", color=INK)


def count_axis(axes: Axes, largest: int) -> None:
    """Whole numbers of people from 0 on."""
    axes.set_ylim(0, 1.08 * largest)
    whole_numbers(axes.yaxis)


def whole_numbers(axis: Any) -> None:
    """Ticks at whole numbers, thousands set apart."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(5, integer=True, min_n_ticks=1, steps=(1, 2, 5, 10)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))


def nothing(axes: Axes, text: str) -> None:
    """Say that there is nothing to draw."""
    axes.set_ylim(0, 1)
    axes.set_yticks([])
    axes.set_ylabel("")
    axes.grid(visible=False)
    axes.text(0.5, 0.5, text, transform=axes.transAxes, ha="center", va="center", color=GREY, fontsize=9)


def moments_of(records: Records, days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Days since the start as matplotlib counts them."""
    from matplotlib.dates import date2num

    return days + float(date2num(start_of(records)))


def date_axis(axes: Axes, records: Records) -> None:
    """Dates along the run, from its start to its end."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=4, maxticks=10)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.set_xlim(*moments_of(records, np.array([0, span_of(records) / day])))
    if span_of(records) < length_of(records):
        end = start_of(records) + timedelta(seconds=length_of(records))
        axes.set_xlabel(f"nothing more to see until the end of the run, {end:%Y-%m-%d}", loc="left", color=INK)
    axes.xaxis.get_offset_text().set_fontsize(8)


def legend(axes: Axes) -> None:
    """Names of what is drawn: beside the panel's title, or at its side if they are many or long."""
    names = axes.get_legend_handles_labels()[1]
    width = LETTER * (len(axes.get_title("left")) * 1.5 + sum(len(name) + 7 for name in names))
    beside = width <= axes.get_figure(root=True).get_figwidth()  # type: ignore[union-attr]
    axes.legend(
        frameon=False, fontsize=8, handlelength=1.6, borderaxespad=0.2, columnspacing=1.4,
        loc="lower right" if beside else "upper left", bbox_to_anchor=(1.0, 1.0), ncols=len(names) if beside else 1,
    )  # fmt: skip
