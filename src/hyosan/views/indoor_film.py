"""The film of an outbreak in a building: from a little before the first turns to when nothing happens any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import DoorEvent
from hyosan.views.glyphs import sprites_of
from hyosan.views.indoor import indoor_of
from hyosan.views.indoor_cast import COLOURS, cast, counts_text, foot_for, legend
from hyosan.views.looks import INK
from hyosan.views.pixels import INKS, RIM, ground_of, write
from hyosan.views.plan_layout import MARGIN
from hyosan.views.stage import stage_of, storeys_named
from hyosan.views.walk_film import (
    ENDINGS,
    FASTER,
    FINEST,
    LINGERS,
    MOST_HIGH,
    MOST_WIDE,
    form_of,
    write_counts,
    write_film,
)
from hyosan.views.walk_frame import title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from hyosan.records.run import Records
    from hyosan.views.glyphs import Glyph
    from hyosan.views.indoor import Indoor
    from hyosan.views.pixels import Ground
    from hyosan.views.sprites import Sprites
    from hyosan.views.stage import Stage

    Tell = Callable[[str, int, int], None]

BEFORE, AFTER = 10.0, 60.0
"""The film begins so long before the first hunts and ends so long after the last event [s]."""
STRIKE_LASTS = 0.6
"""A strike is shown for so long [s of the film]."""


@dataclass(frozen=True)
class Film:
    """Everything of a film but its frames."""

    indoor: Indoor
    stage: Stage
    sheet: Ground
    sprites: dict[tuple[Glyph, float], Sprites]
    """By shape and radius [inches]; filled as they are needed."""
    times: NDArray[np.float64]
    """When the frames are [s]."""
    faster: int


def draw(records: Records, path: Path, *, storey: str | None = None, tell: Tell | None = None) -> None:
    """Write the film of an outbreak in a building into a .gif or .mp4, in place of what was there.

    Args:
        records: The run.
        path: The file; an .mp4 needs ffmpeg on the path.
        storey: Name of the only storey to show.
        tell: Hears (`film`, frames done, frames in all).
    """
    film = film_of(records, form=form_of(path), storey=storey)
    write_film(path, frames(film, tell), film.sheet.palette)


def window(indoor: Indoor) -> tuple[float, float]:
    """From when to when there is something to see [s]: all of it if nobody ever hunts."""
    end = indoor.walks.end
    if not np.isfinite(indoor.begins):
        return 0.0, min(end, indoor.walks.still_from)
    doors = indoor.door_events
    events = [
        indoor.strikes["time_s"], indoor.escapes["time_s"], doors["time_s"][doors["event"] == DoorEvent.BROKEN],
        indoor.hunts_from[np.isfinite(indoor.hunts_from)], indoor.over_from[np.isfinite(indoor.over_from)],
    ]  # fmt: skip
    last = max(float(each.max(initial=indoor.begins)) for each in events)
    return max(0.0, indoor.begins - BEFORE), min(end, indoor.walks.still_from + 1.0, last + AFTER)


def film_of(records: Records, *, form: str = ".gif", storey: str | None = None) -> Film:
    """The film of an outbreak in a building."""
    indoor = indoor_of(records)
    storeys = storeys_named(indoor.plan, storey)
    stage = stage_of(indoor.plan, storeys, foot=foot_for(indoor, storeys))
    rate, longest = ENDINGS[form]
    begin, over = window(indoor)
    faster = next((each for each in FASTER if (over - begin) / each + LINGERS <= longest), FASTER[-1])
    count = max(2, int(((over - begin) / faster + LINGERS) * rate))
    times = np.minimum(begin + np.arange(count) * faster / rate, min(over + LINGERS * faster, indoor.walks.end))
    legend(indoor, stage)
    width, height = stage.size
    dpi = min(FINEST, MOST_WIDE / width, MOST_HIGH / height)
    stage.axes.text(MARGIN, height - 0.38, title_of(records), fontsize=13, fontweight="bold", color=INK)
    stage.axes.text(
        width - MARGIN, height - 0.6, _caption(indoor, begin, over, faster), fontsize=8.5, color=INK, ha="right"
    )
    return Film(indoor, stage, ground_of(stage, dpi, COLOURS), {}, times, faster)


def _caption(indoor: Indoor, begin: float, over: float, faster: int) -> str:
    """How fast the film goes, and what it leaves out."""
    end = indoor.walks.end
    quiet = [word for word, left in (("before", begin > BEFORE), ("afterwards", end - over > AFTER)) if left]
    text = f"{faster} × as fast" if faster > 1 else "as fast as it was"
    return text if not quiet else f"{text}; {indoor.clock(begin)} to {indoor.clock(over)}, quiet {' and '.join(quiet)}"


def frames(film: Film, tell: Tell | None = None) -> Iterator[NDArray[np.uint8]]:
    """All frames, as places in the palette, (height, width)."""
    for number in range(len(film.times)):
        if tell is not None:
            tell("film", number, len(film.times))
        yield frame(film, number)


def frame(film: Film, number: int) -> NDArray[np.uint8]:
    """One frame, as places in the palette, (height, width)."""
    sheet, stage, indoor = film.sheet, film.stage, film.indoor
    picture = sheet.picture.copy()
    time = float(film.times[number])
    now = indoor.walks.at(time)
    flip = np.array([1.0, -1.0])
    for troupe in cast(indoor, stage, now, time, STRIKE_LASTS * film.faster):
        if not len(troupe.at):
            continue
        key = troupe.glyph, troupe.radius
        if key not in film.sprites:
            film.sprites[key] = sprites_of(troupe.glyph, troupe.radius * sheet.dpi)
        many = len(troupe.at)
        at = np.array([0.0, len(picture)]) + troupe.at * sheet.dpi * flip
        tint = np.full(many, sheet.tints + troupe.colour, np.uint8)
        pale = np.full(many, sheet.pales + troupe.colour, np.uint8)
        film.sprites[key].paint(picture, at, troupe.heading * flip, np.zeros(many, np.bool_), tint, pale, RIM)
    width, height = stage.size
    write(sheet, picture, indoor.clock(time), (width - MARGIN, height - 0.38), 20, INKS, "r")
    write(sheet, picture, counts_text(indoor, time), (MARGIN, height - 0.6), 9, INKS, "l")
    write_counts(sheet, stage, indoor.walks, now, time, picture)
    return picture
