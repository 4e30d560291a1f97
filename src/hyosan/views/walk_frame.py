"""A building at one moment: everybody where they are, and how they get on."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.errors import HyosanError
from hyosan.rules.codes import Posture
from hyosan.scenario.quantities import seconds
from hyosan.views.figures import start_of
from hyosan.views.looks import GREEN, GREY, INK
from hyosan.views.plan_layout import MARGIN
from hyosan.views.stage import BODY, RAMP, SEATED, WAITING, clock_text, legend, stage_of, storeys_named
from hyosan.views.walks import walks_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hyosan.records.run import Records
    from hyosan.views.stage import Stage
    from hyosan.views.walks import Moment, Walks

CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def plot(records: Records, *, frame: str, storey: str | None = None) -> Figure:
    """The figure of a building at a moment.

    Args:
        records: A run in a building.
        frame: When, as `moment_of` reads it.
        storey: Name of the only storey to show.
    """
    walks = walks_of(records)
    time = moment_of(records, frame)
    stage = stage_of(walks.plan, storeys_named(walks.plan, storey))
    now = walks.at(time)
    _people(stage, now)
    draw_counts(stage, walks, now, time)
    _head(stage, walks, now, time)
    legend(stage)
    return stage.figure


def moment_of(records: Records, text: str) -> float:
    """A moment of the run [s]: a duration since its start such as "90 s", or a time of its clock such as "09:01:30".

    Raises:
        HyosanError: It is neither, or the run was over by then.
    """
    start, end = start_of(records), float(records.manifest["simulated_s"])
    match, stripped = CLOCK.fullmatch(text.strip()), text.strip()
    if match is not None or DATE.match(stripped):
        moment = _moment(start, match, stripped)
        if moment is None:
            raise HyosanError(
                f"--frame: {text!r:.60} is no time of a day. Write one such as '{start:%H:%M:%S}', or a duration such "
                "as '90 s'."
            )
        time = (moment - start).total_seconds()
    else:
        try:
            time = float(seconds(text))
        except ValueError as error:
            raise HyosanError(f"--frame: {error} Or write a time of the clock, such as {start:%H:%M:%S}.") from None
    if not 0 <= time <= end:
        raise HyosanError(
            f"--frame: {text!r:.60} is {'before the start' if time < 0 else 'after the end'} of the run, which went "
            f"from {start:%H:%M:%S} to {start + timedelta(seconds=end):%H:%M:%S}, {clock_text(end)} long."
        )
    return time


def _moment(start: datetime, match: re.Match[str] | None, text: str) -> datetime | None:
    """The date and time that a text means, the first after the start if it has no date; None if it means none."""
    try:
        if match is None:
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo is None else None
        hour, minute, second = (int(part or 0) for part in match.groups())
        moment = start.replace(hour=hour, minute=minute, second=second, microsecond=0)
        return moment if moment >= start else moment + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def tints(now: Moment) -> NDArray[np.int64]:
    """Place of everybody's colour in `RAMP`; -1 for who has nowhere to go, (people,)."""
    place = np.minimum((now.share * len(RAMP)).astype(np.int64), len(RAMP) - 1)
    return np.where(now.posture == Posture.WALKING, place, -1)


def _people(stage: Stage, now: Moment) -> None:
    """Discs with a point toward where people walk."""
    from matplotlib.collections import EllipseCollection, PolyCollection

    at = stage.on_sheet(now.storey, now.place)
    shown = ~np.isnan(at[:, 0])
    tint = tints(now)
    colours = np.array([*RAMP, WAITING])
    size = np.where(now.posture == Posture.SITTING, stage.radius(SEATED), stage.radius(BODY))
    pointed = shown & (tint >= 0) & (np.abs(now.heading).sum(axis=1) > 0)
    radius, ahead = size[pointed, None], now.heading[pointed]
    across = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    corners = [at[pointed] + 1.75 * radius * ahead, *(at[pointed] + sign * 0.8 * radius * across for sign in (1, -1))]
    look: dict[str, Any] = {"linewidths": 0, "zorder": 14}
    shapes: Any = np.stack(corners, axis=1)
    noses = PolyCollection(shapes, facecolors=colours[tint[pointed]], **look)
    stage.axes.add_collection(noses, autolim=False)
    wide = 2 * size[shown]
    discs = EllipseCollection(
        *(wide, wide, np.zeros(len(wide))),
        units="xy", offsets=at[shown], transOffset=stage.axes.transData, facecolors=colours[tint[shown]],
        edgecolors="white", linewidths=0.5 if stage.radius(BODY) > 0.04 else 0.25, zorder=15,
    )  # fmt: skip
    stage.axes.add_collection(discs, autolim=False)


def draw_counts(stage: Stage, walks: Walks, now: Moment, time: float) -> None:
    """People on each storey, and those who have left by each exit."""
    from matplotlib.patheffects import withStroke

    for storey, (x, y) in stage.captions().items():
        count = int((now.storey == storey).sum())
        label = stage.axes.text(x, y, stage.plan.storeys[storey].name[:60], fontsize=9.5, fontweight="bold", alpha=0)
        stage.axes.annotate(
            f"{count:,}", (1, 0), xycoords=label, xytext=(7, 0), textcoords="offset points", va="bottom", fontsize=9.5,
            color=INK,
        )  # fmt: skip
    when, door = walks.out
    for row, (x, y) in stage.exit_marks().items():
        count = int((door[when <= time + 1e-6] == row).sum())
        stage.axes.text(
            x, y, f"{count:,}", fontsize=8.5, fontweight="bold", color=GREEN, ha="center", va="center", zorder=20,
            path_effects=[withStroke(linewidth=2, foreground="white")],
        )  # fmt: skip


def counts_text(walks: Walks, now: Moment, time: float) -> str:
    """How many are inside, out, and, where people gather, at the assembly place."""
    text = f"{len(now.person):,} inside · {walks.gone_by(time):,} out"
    if len(walks.gathered):
        text += f" · {int((walks.gathered <= time + 1e-6).sum()):,} at the assembly place"
    return text


def title_of(records: Records) -> str:
    """What the run is called."""
    name = str(records.manifest["scenario"].get("title") or records.summary["scenario"])
    return name if len(name) <= 60 else f"{name[:59]}…"


def _head(stage: Stage, walks: Walks, now: Moment, time: float) -> None:
    """Title, counts and clock."""
    records, (width, height) = walks.records, stage.size
    axes = stage.axes
    axes.text(MARGIN, height - 0.38, title_of(records), fontsize=13, fontweight="bold", color=INK, parse_math=False)
    facts = f"{counts_text(walks, now, time)} · seed {records.summary['seed']}"
    axes.text(MARGIN, height - 0.6, facts, fontsize=9, color=INK)
    axes.text(width - MARGIN, height - 0.4, clock_text(time), fontsize=20, fontweight="bold", color=INK, ha="right")
    moment = start_of(records) + timedelta(seconds=time)
    axes.text(width - MARGIN, height - 0.6, f"{moment:%Y-%m-%d %H:%M:%S}", fontsize=8.5, color=GREY, ha="right")
