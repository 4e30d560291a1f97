"""The look of every figure: colours, type, axes, and how it comes into a file."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from hyosan.errors import HyosanError
from hyosan.views.copies import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from hyosan.records.run import Records

# Colours of Okabe and Ito, which colour-blind people tell apart: https://jfly.uni-koeln.de/color/
BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILION, PURPLE = (
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
)  # fmt: skip
# Five more, for settings that stand beside one of these.
PALE_ORANGE, PALE_GREEN, PALE_SKY, VIOLET, MAROON = "#F6D68F", "#8FD3BD", "#C3E4F7", "#5B3A8C", "#7A1F1F"
GREY, PALE, INK = "#999999", "#DDDDDD", "#333333"

FORMATS = (".png", ".svg", ".pdf")


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
