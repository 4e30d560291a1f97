"""The page of an outbreak in a building: where hunters struck, how it went, who hid where, who got out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.views.figures import start_of
from hyosan.views.indoor import Role, indoor_of
from hyosan.views.indoor_film import window
from hyosan.views.indoor_maps import HEAD, map_people, map_strikes, stages_of
from hyosan.views.looks import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MAROON,
    ORANGE,
    SKY,
    VERMILION,
    count_axis,
    dress,
    name_panel,
    whole_numbers,
)
from hyosan.views.looks import nothing as say_nothing
from hyosan.views.plan_layout import MARGIN
from hyosan.views.refuges import hiding_spells, outcomes, refuges
from hyosan.views.stage import storeys_named
from hyosan.views.story_lines import span
from hyosan.views.walk_frame import title_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from hyosan.records.run import Records
    from hyosan.views.indoor import Indoor
    from hyosan.views.stage import Stage

PANEL, ABOVE, BELOW = 1.95, 0.42, 0.5
"""Height of a panel, and of what stands above and below it [inches]."""
BAR = 0.21
"""Height of a row of rooms in which people hid [inches]."""
MOST_REFUGES, MOST_EXITS = 16, 6
"""What is drawn of each at most."""
POINTS = 400
"""Moments of a curve."""
WORTH = 0.4
"""Curves begin with the first bite if at least this share of them is of hunters."""
ENDED = {
    "held": (BLUE, "", "until the end"),
    "left": (GREY, "", "left"),
    "overrun": (VERMILION, "////", "hunters came in"),
}
"""How hiding ended: colour, hatch and words."""
STRUCK = {"bitten": MAROON, "spared": ORANGE, "evaded": SKY, "destroyed": INK}
WORDS = {"spared": "not infected", "evaded": "got away", "destroyed": "hunter destroyed"}


def plot(records: Records, storey: str | None = None) -> Figure:
    """The page of an outbreak in a building.

    Args:
        records: The run.
        storey: Name of the only storey to show on the maps.
    """
    indoor = indoor_of(records)
    hid = sorted(refuges(indoor), key=lambda each: (-len(each.people) * each.lasted, each.room))[:MOST_REFUGES]
    hid.sort(key=lambda each: (each.begin, each.room))
    lower = max(PANEL, BAR * len(hid) + 0.3)
    foot = 0.62 + PANEL + lower + 2 * (ABOVE + BELOW)
    strikes, people = stages_of(indoor.plan, storeys_named(indoor.plan, storey), foot)
    width, _ = strikes.size
    map_strikes(indoor, strikes, width / 2)
    map_people(indoor, people, width)
    _head(strikes, indoor)
    first = foot - 0.5 - ABOVE
    second = first - PANEL - BELOW - ABOVE
    half, left = (width - 2 * MARGIN - 1.3) / 2, MARGIN + 0.42
    right = left + half + 0.9
    _unhurt(_panel(strikes, left, first, half, PANEL), indoor)
    _infected(_panel(strikes, right, first, half, PANEL), indoor)
    _hidden(_panel(strikes, left + 1.6, second, half - 1.6, lower), indoor, hid)
    part = (half - 2.1) / 2
    _exits(_panel(strikes, right + 0.7, second, part, PANEL), indoor)
    _outcomes(_panel(strikes, right + part + 2.1, second, part, PANEL), indoor)
    return strikes.figure


def _panel(stage: Stage, left: float, top: float, wide: float, high: float) -> Axes:
    """Axes whose upper left corner is at a place of the sheet [inches]."""
    width, height = stage.size
    axes = stage.figure.add_axes((left / width, (top - high) / height, wide / width, high / height))
    dress(axes)
    return axes


def _head(stage: Stage, indoor: Indoor) -> None:
    """Title, what the run comes to, and what the two maps show."""
    records, (width, height) = indoor.records, stage.size
    summary = records.summary
    facts = [f"{indoor.people:,} people", f"{summary['infected']:,} infected", f"{summary['turned']:,} turned"]
    facts += [f"{summary[key]:,} {key}" for key in ("destroyed", "survivors", "escaped", "hiding") if key in summary]
    facts += [f"{indoor.clock(0)} to {indoor.clock(indoor.walks.end)}", f"seed {summary['seed']}"]
    if records.manifest["status"] != "finished":
        facts.append("INTERRUPTED")
    look: dict[str, Any] = {"color": INK, "parse_math": False}
    stage.axes.text(MARGIN, height - 0.38, title_of(records), fontsize=13, fontweight="bold", **look)
    stage.axes.text(MARGIN, height - 0.6, " · ".join(facts), fontsize=9, **look)
    since = f", from {indoor.clock(indoor.begins)} on" if np.isfinite(indoor.begins) else ""
    for x, text in ((0.0, "Where hunters struck"), (width / 2, f"Where people were{since}")):
        stage.axes.text(x + MARGIN, height - HEAD + 0.42, text, fontsize=9.5, fontweight="bold", color=INK)


def span_of(indoor: Indoor) -> tuple[float, float]:
    """From when to when curves are drawn [s]: from the first bite, or from a little before the first hunts."""
    begin, over = window(indoor)
    bites = indoor.infections["time_s"]
    first = float(bites.min()) if len(bites) else begin
    return (first if over - begin >= WORTH * (over - first) else begin), max(over, begin + 1.0)


def _time_axis(axes: Axes, indoor: Indoor) -> None:
    """The clock of the day."""
    from matplotlib.ticker import FuncFormatter, MultipleLocator

    begin, over = span_of(indoor)
    step = next(
        (each for each in (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600) if (over - begin) / each <= 8), 7200
    )
    start = start_of(indoor.records)
    shift = (start.hour * 3600 + start.minute * 60 + start.second) % step
    form = "%H:%M" if step >= 60 else "%H:%M:%S"
    axes.xaxis.set_major_locator(MultipleLocator(step, offset=-shift))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{start + timedelta(seconds=value):{form}}"))
    axes.set_xlim(begin, over)


def _unhurt(axes: Axes, indoor: Indoor) -> None:
    """People who are neither bitten nor hunt, those in hiding, and those who got out."""
    name_panel(axes, "Unhurt people")
    begin, over = span_of(indoor)
    times = np.linspace(begin, over, POINTS)
    well = np.array([int((indoor.roles(time) == Role.WELL).sum()) for time in times])
    spells = np.array([spell[2:] for spell in hiding_spells(indoor)]).reshape(-1, 2)
    hides = np.array([int(((spells[:, 0] <= time) & (spells[:, 1] > time)).sum()) for time in times])
    gone, unhurt_to = indoor.escapes["time_s"], indoor.bitten_from[indoor.escapes["person"]]
    out = np.array([int(((gone <= time) & (unhurt_to > time)).sum()) for time in times])
    for line, colour, style, word in (
        (well, BLUE, "-", "unhurt"),
        (hides, SKY, "--", "in hiding"),
        (out, GREEN, "-.", "got out"),
    ):
        axes.plot(times, line, color=colour, linestyle=style, linewidth=1.7, label=word)
    axes.set_ylabel("people")
    _time_axis(axes, indoor)
    count_axis(axes, max(1, int(well.max())))
    _legend(axes)


def _infected(axes: Axes, indoor: Indoor) -> None:
    """People who are bitten, hunt, or hunt no longer."""
    name_panel(axes, "Infected people")
    begin, over = span_of(indoor)
    times = np.linspace(begin, over, POINTS)
    roles = np.array([indoor.roles(time) for time in times])
    top = 1
    for role, colour, style, word in (
        (Role.BITTEN, ORANGE, "-", "bitten"),
        (Role.HUNTER, VERMILION, "--", "hunting"),
        (Role.OVER, INK, ":", "hunting no longer"),
    ):
        line = (roles == role).sum(axis=1)
        if role == Role.OVER and not line.any():
            continue
        axes.step(times, line, where="post", color=colour, linestyle=style, linewidth=1.7, label=word)
        top = max(top, int(line.max()))
    axes.set_ylabel("people")
    _time_axis(axes, indoor)
    count_axis(axes, top)
    _legend(axes)
    bites = indoor.infections["time_s"]
    if len(bites) and bites.min() < begin:
        text = f"the first at {indoor.clock(float(bites.min()))}"
        axes.text(0.01, 0.96, text, transform=axes.transAxes, fontsize=8, color=INK, va="top")


def _legend(axes: Axes) -> None:
    """Names of lines, above the panel on the right."""
    axes.legend(
        frameon=False, fontsize=8, handlelength=2.2, borderaxespad=0.1, columnspacing=1.4, ncols=3, loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
    )  # fmt: skip


def _hidden(axes: Axes, indoor: Indoor, hid: list[Any]) -> None:
    """Rooms in which people hid: from when to when, how many, and how it ended."""
    from matplotlib.patches import Patch

    name_panel(axes, "Who hid where")
    if not hid:
        say_nothing(axes, "nobody hid")
        axes.set_xticks([])
        return
    rows = np.arange(len(hid))[::-1]
    begin, over = span_of(indoor)
    for row, each in zip(rows, hid, strict=True):
        colour, hatch, _ = ENDED[each.ended]
        first, last = max(each.begin, begin), min(each.end, over)
        look: dict[str, Any] = {"color": colour, "alpha": 0.85, "hatch": hatch, "edgecolor": "white", "linewidth": 0}
        axes.barh(row, max(0.0, last - first), 0.66, left=first, **look)
        text = f"{len(each.people):,} · {span(each.lasted)}"
        inside = last - first > 0.22 * (over - begin)
        axes.text(
            first + 0.008 * (over - begin) if inside else min(last + 0.008 * (over - begin), over), row, text,
            fontsize=7, va="center", ha="left", color="white" if inside else INK, clip_on=False,
        )  # fmt: skip
    axes.set_yticks(rows, [indoor.titles[each.room][:30] for each in hid])
    axes.set_ylim(-0.6, max(len(hid), 4) - 0.4)
    axes.grid(visible=False)
    axes.grid(visible=True, axis="x", color="#DDDDDD", linewidth=0.7)
    _time_axis(axes, indoor)
    marks = [Patch(facecolor=c, hatch=h, edgecolor="white", label=w) for c, h, w in (ENDED[e] for e in _kinds(hid))]
    axes.legend(
        handles=marks, frameon=False, fontsize=8, ncols=3, loc="lower right", bbox_to_anchor=(1.0, 1.0),
        borderaxespad=0.1, handlelength=1.4, columnspacing=1.2,
    )  # fmt: skip


def _kinds(hid: list[Any]) -> list[str]:
    """How hiding ended in any of some rooms."""
    return [name for name in ENDED if any(each.ended == name for each in hid)]


def _exits(axes: Axes, indoor: Indoor) -> None:
    """By which doors people got into the open."""
    name_panel(axes, "Who got out by which exit")
    doors, counts = np.unique(indoor.escapes["door"], return_counts=True)
    order = np.argsort(-counts, kind="stable")[:MOST_EXITS]
    names = [door.name for door in indoor.plan.doors] + [stair.name for stair in indoor.plan.stairs]
    _bars(axes, [names[doors[row]][:22] for row in order], [int(counts[row]) for row in order], [GREEN] * len(order))
    if not len(order):
        say_nothing(axes, "nobody got out")
        axes.set_xticks([])


def _outcomes(axes: Axes, indoor: Indoor) -> None:
    """How strikes ended, for those who were struck."""
    name_panel(axes, "How strikes ended")
    found = {name: count for name, count in outcomes(indoor).items() if count}
    _bars(axes, [WORDS.get(name, name) for name in found], list(found.values()), [STRUCK[name] for name in found])
    axes.set_xlabel("strikes")
    if not found:
        say_nothing(axes, "nobody was struck")
        axes.set_xticks([])


def _bars(axes: Axes, names: list[str], counts: list[int], colours: list[str]) -> None:
    """Bars with their counts beside them."""
    places = np.arange(len(names))[::-1]
    axes.barh(places, counts, 0.62, color=colours)
    axes.set_yticks(places, names)
    most = max([1, *counts])
    for place, count in zip(places, counts, strict=True):
        axes.text(count + 0.015 * most, place, f"{count:,}", va="center", fontsize=8, color=INK)
    rows = max(4.0, float(len(names)))
    axes.set(xlim=(0, 1.15 * most), ylim=(len(names) - 0.5 - rows, len(names) - 0.5), xlabel="people")
    whole_numbers(axes.xaxis)
    axes.grid(visible=False)
