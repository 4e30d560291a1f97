"""An outbreak in a building at one moment: who hunts, who is bitten, who hides, and how doors are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hyosan.views.figures import start_of
from hyosan.views.indoor import indoor_of
from hyosan.views.indoor_cast import cast, counts_text, draw, foot_for, legend
from hyosan.views.looks import GREY, INK
from hyosan.views.plan_layout import MARGIN
from hyosan.views.stage import clock_text, stage_of, storeys_named
from hyosan.views.walk_frame import draw_counts, moment_of, title_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from hyosan.records.run import Records
    from hyosan.views.indoor import Indoor
    from hyosan.views.stage import Stage

LASTING = 5.0
"""Strikes of so long before the moment are shown [s]."""


def plot(records: Records, *, frame: str, storey: str | None = None) -> Figure:
    """The figure of an outbreak at a moment.

    Args:
        records: A run of an outbreak in a building.
        frame: When, as `walk_frame.moment_of` reads it.
        storey: Name of the only storey to show.
    """
    indoor = indoor_of(records)
    time = moment_of(records, frame)
    storeys = storeys_named(indoor.plan, storey)
    stage = stage_of(indoor.plan, storeys, foot=foot_for(indoor, storeys))
    now = indoor.walks.at(time)
    for troupe in cast(indoor, stage, now, time, LASTING):
        draw(stage.axes, troupe)
    draw_counts(stage, indoor.walks, now, time)
    _head(stage, indoor, time)
    legend(indoor, stage)
    return stage.figure


def _head(stage: Stage, indoor: Indoor, time: float) -> None:
    """Title, counts and the clock of the day."""
    records, (width, height), axes = indoor.records, stage.size, stage.axes
    axes.text(MARGIN, height - 0.38, title_of(records), fontsize=13, fontweight="bold", color=INK, parse_math=False)
    facts = f"{counts_text(indoor, time)} · seed {records.summary['seed']}"
    axes.text(MARGIN, height - 0.6, facts, fontsize=9, color=INK)
    right: dict[str, Any] = {"color": INK, "ha": "right"}
    axes.text(width - MARGIN, height - 0.4, indoor.clock(time), fontsize=20, fontweight="bold", **right)
    day = f"{start_of(records):%Y-%m-%d}, {clock_text(time)} after the start"
    axes.text(width - MARGIN, height - 0.6, day, fontsize=8.5, color=GREY, ha="right")
