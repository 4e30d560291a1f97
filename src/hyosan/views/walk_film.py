"""The film of people in a building: the storeys drawn once, everybody painted over them frame by frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.errors import HyosanError
from hyosan.rules.codes import Posture
from hyosan.views.copies import write_whole
from hyosan.views.gifs import write_gif
from hyosan.views.looks import INK
from hyosan.views.movies import write_movie
from hyosan.views.pixels import GREENS, INKS, KEPT, RIM, ground_of, letters, stamped, write
from hyosan.views.plan_layout import MARGIN
from hyosan.views.sprites import sprites_of
from hyosan.views.stage import BODY, RAMP, SEATED, WAITING, clock_text, legend, stage_of, storeys_named
from hyosan.views.walk_frame import counts_text, tints, title_of
from hyosan.views.walks import walks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from hyosan.records.run import Records
    from hyosan.views.pixels import Ground
    from hyosan.views.sprites import Sprites
    from hyosan.views.stage import Stage
    from hyosan.views.walks import Moment, Walks

    Tell = Callable[[str, int, int], None]

ENDINGS = {".gif": (12.5, 28.0), ".mp4": (25.0, 45.0)}
"""Frames a second, and the longest film [s], by the ending."""
FASTER = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 40, 60, 80, 100, 120, 150, 200, 300, 400, 600)
"""How much faster than in the building."""
LINGERS = 2.0
"""The film goes on for so long after nobody moves any more [s of the film]."""

MOST_WIDE, MOST_HIGH = 1280, 1000
"""Size of a frame at most [pixels]."""
FINEST = 110.0
"""Pixels an inch at most."""

COLOURS = (*RAMP, WAITING)
TINTS, PALES = GREENS - len(COLOURS), GREENS - 2 * len(COLOURS)
"""First places in the palette of people's colours, and of half of these."""


@dataclass(frozen=True)
class Film:
    """Everything of a film but its frames."""

    walks: Walks
    stage: Stage
    sheet: Ground
    """The storeys without people."""
    sprites: Sprites
    times: NDArray[np.float64]
    """When the frames are [s]."""
    faster: int

    @property
    def ground(self) -> NDArray[np.uint8]:
        """The storeys without people, as places in the palette, (height, width)."""
        return self.sheet.picture

    @property
    def palette(self) -> NDArray[np.uint8]:
        """Red, green and blue, (256, 3)."""
        return self.sheet.palette

    @property
    def dpi(self) -> float:
        """Pixels an inch."""
        return self.sheet.dpi


def draw(records: Records, path: Path, *, storey: str | None = None, tell: Tell | None = None) -> None:
    """Write the film of a run in a building into a .gif or .mp4, in place of what was there.

    Args:
        records: The run.
        path: The file; an .mp4 needs ffmpeg on the path.
        storey: Name of the only storey to show.
        tell: Hears (`film`, frames done, frames in all).
    """
    film = film_of(records, form=form_of(path), storey=storey)
    write_film(path, frames(film, tell), film.palette)


def form_of(path: Path) -> str:
    """The ending of a film's file, if a film can be written there."""
    form = path.suffix.lower()
    if form not in ENDINGS:
        raise HyosanError(f"{path}: a film is written as {' or '.join(ENDINGS)}. Choose one of these endings.")
    return form


def write_film(path: Path, pictures: Iterator[NDArray[np.uint8]], palette: NDArray[np.uint8]) -> None:
    """Write frames into a file, as its ending says."""
    form = form_of(path)
    rate, _ = ENDINGS[form]
    if form == ".mp4":
        write_movie(path, pictures, palette, rate)
    else:
        write_whole(path, lambda file: write_gif(file, pictures, palette, KEPT, round(1000 / rate)))


def film_of(records: Records, *, form: str = ".gif", storey: str | None = None) -> Film:
    """The film of a run in a building."""
    walks = walks_of(records)
    stage = stage_of(walks.plan, storeys_named(walks.plan, storey))
    rate, longest = ENDINGS[form]
    over = min(walks.end, walks.still_from)
    faster = next((each for each in FASTER if over / each + LINGERS <= longest), FASTER[-1])
    count = max(2, int((over / faster + LINGERS) * rate))
    times = np.minimum(np.arange(count) * faster / rate, walks.end)
    legend(stage)
    width, height = stage.size
    dpi = min(FINEST, MOST_WIDE / width, MOST_HIGH / height)
    stage.axes.text(MARGIN, height - 0.38, title_of(records), fontsize=13, fontweight="bold", color=INK)
    stage.axes.text(
        width - MARGIN, height - 0.6, f"{faster} × as fast" if faster > 1 else "as fast as it was", fontsize=8.5,
        color=INK, ha="right",
    )  # fmt: skip
    sprites = sprites_of(stage.radius(BODY) * dpi, stage.radius(SEATED) * dpi)
    return Film(walks, stage, ground_of(stage, dpi, COLOURS), sprites, times, faster)


def frames(film: Film, tell: Tell | None = None) -> Iterator[NDArray[np.uint8]]:
    """All frames, as places in the palette, (height, width)."""
    for number in range(len(film.times)):
        if tell is not None:
            tell("film", number, len(film.times))
        yield frame(film, number)


def frame(film: Film, number: int) -> NDArray[np.uint8]:
    """One frame, as places in the palette, (height, width)."""
    picture = film.ground.copy()
    time = float(film.times[number])
    now = film.walks.at(time)
    at = film.stage.on_sheet(now.storey, now.place) * film.dpi
    shown = ~np.isnan(at[:, 0])
    tint = np.where(tints(now) < 0, len(RAMP), tints(now))[shown].astype(np.uint8)
    at, heading = at[shown], now.heading[shown] * (tint < len(RAMP))[:, None]
    flip = np.array([1.0, -1.0])
    at = np.array([0.0, len(picture)]) + at * flip
    small = now.posture[shown] == Posture.SITTING
    film.sprites.paint(picture, at, heading * flip, small, TINTS + tint, PALES + tint, RIM)
    _write_numbers(film, now, time, picture)
    return picture


def _write_numbers(film: Film, now: Moment, time: float, picture: NDArray[np.uint8]) -> None:
    """Clock and counts."""
    width, height = film.stage.size
    write(film.sheet, picture, clock_text(time), (width - MARGIN, height - 0.38), 20, INKS, "r")
    write(film.sheet, picture, counts_text(film.walks, now, time), (MARGIN, height - 0.6), 9, INKS, "l")
    write_counts(film.sheet, film.stage, film.walks, now, time, picture)


def write_counts(
    sheet: Ground, stage: Stage, walks: Walks, now: Moment, time: float, picture: NDArray[np.uint8]
) -> None:
    """People who have left by each exit, and those on each storey."""
    when, door = walks.out
    left = door[when <= time + 1e-6]
    for row, at in stage.exit_marks().items():
        write(sheet, picture, f"{int((left == row).sum()):,}", (at[0], at[1] - 0.04), 8.5, GREENS, "m")
    for storey, (x, y) in stage.captions().items():
        name = stage.plan.storeys[storey].name[:60]
        beside = x + (stamped(name, letters(sheet, 9.5), bold=True).shape[1] + 6) / sheet.dpi
        write(sheet, picture, f"{int((now.storey == storey).sum()):,}", (beside, y), 9.5, INKS, "l")
