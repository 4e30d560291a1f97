"""Who and what is drawn of an outbreak in a building at a moment: shapes, colours, places, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.floorplan.plan import OUTSIDE
from hyosan.rules.codes import DoorEvent, Mind, Outcome, Posture
from hyosan.views import glyphs
from hyosan.views.indoor import Role
from hyosan.views.looks import BLACK, BLUE, INK, MAROON, ORANGE, VERMILION, VIOLET
from hyosan.views.plan_layout import MARGIN, arranged, extent, width_of
from hyosan.views.stage import BODY, SEATED, WAITING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from hyosan.floorplan.plan import Floorplan
    from hyosan.views.glyphs import Glyph
    from hyosan.views.indoor import Indoor
    from hyosan.views.stage import Stage
    from hyosan.views.walks import Moment

COLOURS = (WAITING, BLUE, ORANGE, VERMILION, INK, BLACK, MAROON, VIOLET)
CALM, AWARE, BITTEN, HUNTING, OVER, OFFICER, STRUCK, DOOR = range(len(COLOURS))
"""Places in `COLOURS`."""
LARGER = {"bitten": 0.33, "hunter": 0.42, "over": 0.34, "officer": 0.28, "strike": 0.6, "door": 0.5, "blows": 0.75}
"""Radii [m]; where there is danger they are larger than life."""
BLOWS_SEEN = 60.0
"""A door is marked so long after hunters began to beat on it [s]."""
DOORS = {
    DoorEvent.SHUT: (glyphs.SHUT, "door shut"),
    DoorEvent.HELD: (glyphs.SHUT, "door shut"),
    DoorEvent.LOCKED: (glyphs.LOCKED, "locked"),
    DoorEvent.BARRICADED: (glyphs.BARRICADED, "barricaded"),
    DoorEvent.BROKEN: (glyphs.BROKEN, "broken"),
}
ROW, LETTER, MARK = 0.2, 0.064, 0.42
"""Height of a row of the legend, width of a letter, and of a mark with what is around it [inches]."""
SCALE_BAR = 2.3
"""Width of the scale bar, with what is around it [inches]."""
FOOT = 0.62
"""What is left free below the drawings for one row [inches]."""


@dataclass(frozen=True)
class Troupe:
    """What is drawn with one shape and colour."""

    glyph: Glyph
    colour: int
    radius: float
    """[inches]"""
    at: NDArray[np.float64]
    """Places on the sheet [inches], (shapes, 2)."""
    heading: NDArray[np.float64]
    """Unit vectors, 0 for none, (shapes, 2)."""


def cast(indoor: Indoor, stage: Stage, now: Moment, time: float, lasting: float) -> list[Troupe]:
    """Everything that is drawn at a moment, what is on top last.

    Args:
        indoor: The outbreak.
        stage: The sheet.
        now: Who is where.
        time: The moment [s].
        lasting: Strikes are shown for so long [s].
    """
    at = stage.on_sheet(now.storey, now.place)
    shown, still = ~np.isnan(at[:, 0]), np.zeros_like(now.heading)
    role, mind = indoor.roles(time)[now.person], indoor.minds_at(time)[now.person]
    well, walks = role == Role.WELL, now.posture == Posture.WALKING
    sits, hidden = now.posture == Posture.SITTING, np.isin(mind, (Mind.HIDING, Mind.HOLDING, Mind.SECURING))
    aware = well & (mind > Mind.UNAWARE)
    moving = np.where(walks[:, None], now.heading, 0.0)
    groups = (
        (role == Role.OVER, glyphs.CROSS, OVER, LARGER["over"], still),
        (well & ~aware & sits, glyphs.DISC, CALM, SEATED, still),
        (well & ~aware & ~sits & ~walks, glyphs.DISC, CALM, BODY, still),
        (well & ~aware & ~sits & walks, glyphs.WALKER, CALM, BODY, moving),
        (aware & hidden, glyphs.DISC, AWARE, SEATED, still),
        (aware & ~hidden, glyphs.WALKER, AWARE, BODY, now.heading),
        (role == Role.BITTEN, glyphs.RING, BITTEN, LARGER["bitten"], now.heading),
        (role == Role.OFFICER, glyphs.SQUARE, OFFICER, LARGER["officer"], now.heading),
        (role == Role.HUNTER, glyphs.TRIANGLE, HUNTING, LARGER["hunter"], now.heading),
    )
    people = [
        Troupe(glyph, colour, stage.radius(size), at[those & shown], heading[those & shown])
        for those, glyph, colour, size, heading in groups
    ]
    return [*_doors(indoor, stage, time), *people, *_strikes(indoor, stage, time, lasting)]


def _doors(indoor: Indoor, stage: Stage, time: float) -> list[Troupe]:
    """Doors as they are, and those under blows."""
    state, beaten = indoor.doors_at(time)
    state, beaten = state[: len(indoor.plan.doors)], beaten[: len(indoor.plan.doors)]
    at, along = _door_places(stage)
    found = []
    for event, (glyph, _) in DOORS.items():
        those = (state == event) & ~np.isnan(at[:, 0])
        found.append(Troupe(glyph, DOOR, stage.radius(LARGER["door"]), at[those], along[those]))
    blows = (state != DoorEvent.BROKEN) & (beaten >= time - BLOWS_SEEN) & ~np.isnan(at[:, 0])
    found.append(Troupe(glyphs.HALO, HUNTING, stage.radius(LARGER["blows"]), at[blows], 0.0 * along[blows]))
    return found


def _door_places(stage: Stage) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where doors are on the sheet, NaN for those that are not [inches], and how they run, (doors, 2)."""
    doors, rooms = stage.plan.doors, stage.plan.rooms
    ends = np.array([door.segment for door in doors], float).reshape(-1, 2, 2)
    storeys = np.array([rooms[next(room for room in door.rooms if room != OUTSIDE)].storey for door in doors], int)
    run = ends[:, 1] - ends[:, 0]
    return stage.on_sheet(storeys, ends.mean(axis=1)), run / np.maximum(np.hypot(run[:, 0], run[:, 1]), 1e-9)[:, None]


def _strikes(indoor: Indoor, stage: Stage, time: float, lasting: float) -> list[Troupe]:
    """Strikes of the last moments: stars for bites, rings for those that came to nothing."""
    strikes = indoor.strikes
    late = (strikes["time_s"] <= time + 1e-6) & (strikes["time_s"] > time - lasting)
    rows = np.flatnonzero(late & (strikes["room"] >= 0))
    place = np.stack([strikes["x_m"][rows], strikes["y_m"][rows]], axis=1).astype(float)
    storey = np.array([storey_of(stage.plan, int(room)) for room in strikes["room"][rows]], int)
    at = stage.on_sheet(storey, place)
    kept, bites = ~np.isnan(at[:, 0]), strikes["outcome"][rows] == Outcome.BITTEN
    radius = stage.radius(LARGER["strike"])
    return [
        Troupe(glyph, STRUCK, radius, at[kept & those], np.zeros((int((kept & those).sum()), 2)))
        for glyph, those in ((glyphs.STAR, bites), (glyphs.HALO, ~bites))
    ]


def storey_of(plan: Floorplan, row: int) -> int:
    """The storey of a room, or on which a stair begins."""
    rooms = len(plan.rooms)
    return plan.rooms[row].storey if row < rooms else plan.rooms[plan.stairs[row - rooms].ends[0].room].storey


def marks_of(indoor: Indoor) -> list[tuple[Glyph, int, float, str]]:
    """What the legend explains: shape, colour, radius [m], words; only what the run has."""
    events = set(indoor.door_events["event"].tolist())
    doors = {text: (glyph, DOOR, LARGER["door"], text) for event, (glyph, text) in DOORS.items() if event in events}
    return [
        (glyphs.DISC, CALM, BODY, "unaware"),
        (glyphs.WALKER, AWARE, BODY, "knows"),
        (glyphs.DISC, AWARE, SEATED, "hides"),
        (glyphs.RING, BITTEN, LARGER["bitten"], "bitten"),
        (glyphs.TRIANGLE, HUNTING, LARGER["hunter"], "hunts"),
        (glyphs.CROSS, OVER, LARGER["over"], "hunts no longer"),
        *([(glyphs.SQUARE, OFFICER, LARGER["officer"], "officer")] if (indoor.kinds == "officer").any() else []),
        (glyphs.STAR, STRUCK, LARGER["strike"], "bite"),
        (glyphs.HALO, STRUCK, LARGER["strike"], "strike without a bite"),
        *doors.values(),
        *([(glyphs.HALO, HUNTING, LARGER["blows"], "door under blows")] if DoorEvent.BEATEN in events else []),
    ]


def foot_for(indoor: Indoor, storeys: Sequence[int]) -> float:
    """Height that the legend takes below the drawings [inches]."""
    plan = indoor.plan
    width = width_of(plan) if len(storeys) > 1 else min(width_of(plan), 12.0)
    rows = _rows(marks_of(indoor), arranged([extent(plan, storey) for storey in storeys], width).width)
    return FOOT + ROW * (len(rows) - 1)


def _rows(marks: list[tuple[Glyph, int, float, str]], width: float) -> list[list[tuple[Glyph, int, float, str]]]:
    """Marks in rows that are no longer than the sheet is wide [inches]; beside the first is the scale bar."""
    rows: list[list[tuple[Glyph, int, float, str]]] = [[]]
    used = MARGIN + SCALE_BAR
    for mark in marks:
        wide = MARK + LETTER * len(mark[3])
        if rows[-1] and used + wide > width - MARGIN:
            rows.append([])
            used = MARGIN
        rows[-1].append(mark)
        used += wide
    return rows


def legend(indoor: Indoor, stage: Stage) -> None:
    """What shapes mean, below the drawings."""
    rows = _rows(marks_of(indoor), stage.size[0])
    for row, marks in enumerate(reversed(rows)):
        x, y = MARGIN, 0.22 + ROW * row
        for glyph, colour, size, text in marks:
            radius = min(0.085, max(0.034, 0.05 * size / BODY))
            draw(stage.axes, Troupe(glyph, colour, radius, np.array([[x + 0.12, y]]), np.zeros((1, 2))))
            stage.axes.text(x + 0.25, y, text, fontsize=8, color=INK, va="center")
            x += MARK + LETTER * len(text)


def draw(axes: Axes, troupe: Troupe) -> None:
    """Draw shapes onto a sheet."""
    from matplotlib.patches import PathPatch

    if not len(troupe.at):
        return
    path, level = glyphs.path_of(troupe.glyph, troupe.at, troupe.radius, troupe.heading), 15 + 0.01 * troupe.colour
    # The rim is below, so that it does not part what a shape is made of.
    rim = {"facecolor": "white", "edgecolor": "white", "linewidth": min(1.0, 18 * troupe.radius)}
    axes.add_patch(PathPatch(path, zorder=level, **rim))
    axes.add_patch(PathPatch(path, zorder=level + 0.005, facecolor=COLOURS[troupe.colour], linewidth=0))


def counts_text(indoor: Indoor, time: float) -> str:
    """How many are what, and how many have got out."""
    role = indoor.roles(time)
    count = {each: int((role == each).sum()) for each in Role}
    parts = [f"{count[Role.WELL]:,} unhurt", f"{count[Role.BITTEN]:,} bitten", f"{count[Role.HUNTER]:,} hunting"]
    parts += [f"{count[Role.OVER]:,} hunting no longer"] if count[Role.OVER] else []
    out = int((indoor.escapes["time_s"] <= time + 1e-6).sum())
    return " · ".join([*parts, f"{out:,} got out"])
