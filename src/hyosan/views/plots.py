"""Figures of a run: the epidemic curve, who is ill, by age, by setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.errors import HyosanError, did_you_mean
from hyosan.views.figures import (
    ORIGINS,
    OTHERS,
    by_age,
    by_origin,
    incidence,
    prevalence,
)
from hyosan.views.hunts import is_hunted
from hyosan.views.looks import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    INK,
    MAROON,
    ORANGE,
    PALE,
    PALE_GREEN,
    PALE_ORANGE,
    PALE_SKY,
    PALE_VERMILION,
    PURPLE,
    SKY,
    VERMILION,
    VIOLET,
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
    write_figure,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from hyosan.records.run import Records

ORIGIN_COLOURS = dict(
    zip(
        ORIGINS,
        (
            *(GREY, INK, BLUE, ORANGE, PALE_ORANGE, GREEN, PALE_GREEN, SKY, PALE_SKY),
            *(PURPLE, VERMILION, VIOLET, YELLOW, MAROON, PALE_VERMILION),
        ),
        strict=True,
    )
)
"""The larger place around a class or a team, and shops beside the community, are paler than these."""
LINE_COLOURS = (ORANGE, VERMILION, BLUE, PURPLE, GREEN, SKY, YELLOW)
LINE_STYLES = ("-", "--", "-.", ":")
LABELS = {"importation": "imported", "start": "infected at the start"}


def plot(records: Records, kind: str = "all") -> Figure:
    """A figure of a run.

    Args:
        records: The run.
        kind: One of `KINDS`; `hunt`, the page of a run in which people hunt; `all`, that page or the four on one.
    """
    from matplotlib.figure import Figure

    from hyosan.views import hunt_plots, indoor_plots, walk_plots
    from hyosan.views.indoor import is_indoor
    from hyosan.views.walks import is_walked

    if kind not in (*KINDS, "hunt", "all"):
        raise HyosanError(f"{kind!r:.80}: no such figure. {did_you_mean(kind, (*KINDS, 'hunt', 'all'))}")
    if is_walked(records):
        if kind != "all":
            raise HyosanError(f"{kind!r}: no figure of a run in a building. Choose 'all', the page of such a run.")
        return indoor_plots.plot(records) if is_indoor(records) else walk_plots.plot(records)
    if kind == "hunt" or (kind == "all" and is_hunted(records)):
        return hunt_plots.plot(records)
    size = (10, 8.2) if kind == "all" else (8, 4.2)
    figure = Figure(figsize=size, layout="constrained", facecolor="white")
    if kind == "all":
        figure.get_layout_engine().set(h_pad=0.09, w_pad=0.06)  # type: ignore[union-attr, call-arg]
        panels = figure.subplot_mosaic([["curve", "curve"], ["states", "states"], ["age", "setting"]])
        panels["states"].sharex(panels["curve"])
    else:
        panels = {kind: figure.subplots()}
    for name, axes in panels.items():
        dress(axes)
        KINDS[name](axes, records)
    figure.suptitle(title_of(records), x=0.01, ha="left", fontsize=11, parse_math=False)
    return figure


def draw(records: Records, path: Path) -> None:
    """Write the figure of a run into a file; its ending says how."""
    write_figure(path, lambda: plot(records))


def _curve(axes: Axes, records: Records) -> None:
    """New infections, stacked by where they happened."""
    new = incidence(records)
    left = moments_of(records, new.edges[:-1])
    widths = np.diff(new.edges)
    base = np.zeros(len(widths), np.int64)
    for name, counts in new.counts.items():
        colour = ORIGIN_COLOURS.get(name, BLACK)
        axes.bar(left, counts, widths, base, align="edge", color=colour, label=LABELS.get(name, name), linewidth=0)
        base += counts
        axes.set_ylabel(f"people per {new.noun}")
    date_axis(axes, records)
    seeded = by_origin(records).get("start", 0)
    note = f" (without the {seeded:,} infected at the start)" if seeded else ""
    name_panel(axes, f"New infections per {new.noun}{note}")
    if base.any():
        count_axis(axes, int(base.max()))
        legend(axes)
    else:
        nothing(axes, "nobody was infected during the run")


def _states(axes: Axes, records: Records) -> None:
    """People who are exposed, infectious, ill or dead."""
    times, lines = prevalence(records)
    moments = moments_of(records, times)
    marker = "o" if len(moments) < 3 else ""
    for place, (name, line) in enumerate(lines.items()):
        dead = _dead(records, name)
        colour = BLACK if dead else GREY if name == OTHERS else LINE_COLOURS[place % len(LINE_COLOURS)]
        style = "-" if dead else LINE_STYLES[place % len(LINE_STYLES)]
        label = name.replace("_", " ")
        axes.plot(moments, line, color=colour, linestyle=style, marker=marker, linewidth=1.8, label=label)
    name_panel(axes, "People in each state of the infection")
    axes.set_ylabel("people")
    date_axis(axes, records)
    if lines:
        count_axis(axes, max(int(line.max()) for line in lines.values()))
        legend(axes)
    else:
        nothing(axes, "nobody was in such a state when people were counted")


def _age(axes: Axes, records: Records) -> None:
    """Share of each age group that was infected, with counts."""
    groups = by_age(records)
    share = 100 * groups.infected / np.maximum(groups.people, 1)
    places = np.arange(len(groups.labels))
    axes.bar(places, share, 0.8, color=BLUE)
    name_panel(axes, "Ever infected, by age")
    axes.set_xlabel("age [years]; above each bar: infected people")
    axes.set_ylabel("share of the age group [%]")
    axes.set_xticks(places, groups.labels)
    if len(places) > 6:
        axes.tick_params(axis="x", labelrotation=90)
    room = 0.5 if len(places) < 3 else 0.0
    axes.set_xlim(-0.6 - room, len(places) - 0.4 + room)
    if not groups.infected.any():
        axes.set_xlabel("age [years]")
        nothing(axes, "nobody was infected" if len(places) else "there are no people")
        return
    axes.set_yticks([tick for tick in axes.get_yticks() if tick <= 100])
    many = len(places) > 6
    axes.set_ylim(0, (1.35 if many else 1.2) * float(share.max()))  # the room above is for the counts
    for place, height, count in zip(places, share, groups.infected, strict=True):
        axes.annotate(
            f"{count:,}", (place, height), (0, 2), textcoords="offset points", ha="center", va="bottom",
            fontsize=7 if many else 8, rotation=90 if many else 0, color=INK,
        )  # fmt: skip


def _setting(axes: Axes, records: Records) -> None:
    """Where people were infected."""
    counts = by_origin(records)
    total = sum(counts.values())
    places = np.arange(len(counts))[::-1]
    colours = [ORIGIN_COLOURS.get(name, BLACK) for name in counts]
    axes.barh(places, list(counts.values()), 0.7, color=colours)
    axes.set_yticks(places, [LABELS.get(name, name) for name in counts])
    name_panel(axes, "Infections, by setting")
    axes.set_xlabel("infections")
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=PALE, linewidth=0.7)
    if not counts:
        axes.set_xlabel("")
        axes.set_xticks([])
        nothing(axes, "nobody was infected")
        return
    axes.set_xlim(0, 1.32 * max(counts.values()))
    axes.set_ylim(-0.7, max(len(counts), 3) - 0.3)
    whole_numbers(axes.xaxis)
    for place, count in zip(places, counts.values(), strict=True):
        text = f"{count:,} ({100 * count / total:.3g} %)"
        axes.annotate(text, (count, place), (4, 0), textcoords="offset points", va="center", fontsize=8, color=INK)


KINDS: dict[str, Callable[[Axes, Records], None]] = {
    "curve": _curve,
    "states": _states,
    "age": _age,
    "setting": _setting,
}
"""Figures by name."""


def _dead(records: Records, name: str) -> bool:
    """Whether a state is death."""
    return any(state["name"] == name and state["dead"] for state in records.manifest["states"])
