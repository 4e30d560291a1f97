"""The film of people in a building: the storeys drawn once, everybody painted over them frame by frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.errors import HyosanError
from hyosan.rules.codes import Posture
from hyosan.views.copies import write_whole
from hyosan.views.gifs import write_gif
from hyosan.views.looks import GREEN, INK
from hyosan.views.movies import write_movie
from hyosan.views.plan_layout import MARGIN
from hyosan.views.sprites import sprites_of
from hyosan.views.stage import BODY, RAMP, SEATED, WAITING, clock_text, legend, stage_of, storeys_named
from hyosan.views.walk_frame import tints, title_of
from hyosan.views.walks import walks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from hyosan.records.run import Records
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

LEVELS = 8
"""Steps between paper and ink in which numbers are written."""
KEPT, RIM = 255, 254
"""Places in the palette: a pixel that stays as it was, and the rim around people."""
INKS, GREENS = RIM - LEVELS, RIM - 2 * LEVELS
TINTS, PALES = GREENS - (len(RAMP) + 1), GREENS - 2 * (len(RAMP) + 1)
"""First places of inks, of what is green, of people's colours (the last is who waits), and of half of these."""


@dataclass(frozen=True)
class Film:
    """Everything of a film but its frames."""

    walks: Walks
    stage: Stage
    ground: NDArray[np.uint8]
    """The storeys without people, as places in the palette, (height, width)."""
    palette: NDArray[np.uint8]
    """Red, green and blue, (256, 3)."""
    sprites: Sprites
    dpi: float
    """Pixels an inch."""
    times: NDArray[np.float64]
    """When the frames are [s]."""
    faster: int


def draw(records: Records, path: Path, *, storey: str | None = None, tell: Tell | None = None) -> None:
    """Write the film of a run in a building into a .gif or .mp4, in place of what was there.

    Args:
        records: The run.
        path: The file; an .mp4 needs ffmpeg on the path.
        storey: Name of the only storey to show.
        tell: Hears (`film`, frames done, frames in all).
    """
    form = path.suffix.lower()
    if form not in ENDINGS:
        raise HyosanError(f"{path}: a film is written as {' or '.join(ENDINGS)}. Choose one of these endings.")
    film = film_of(records, form=form, storey=storey)
    rate, _ = ENDINGS[form]
    if form == ".mp4":
        write_movie(path, frames(film, tell), film.palette, rate)
    else:
        pictures = frames(film, tell)
        write_whole(path, lambda file: write_gif(file, pictures, film.palette, KEPT, round(1000 / rate)))


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
    ground, palette = _in_few_colours(_picture(stage, dpi))
    sprites = sprites_of(stage.radius(BODY) * dpi, stage.radius(SEATED) * dpi)
    return Film(walks, stage, ground, palette, sprites, dpi, times, faster)


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
    stage = film.stage
    width, height = stage.size
    out = film.walks.gone_by(time)
    _write(film, picture, clock_text(time), (width - MARGIN, height - 0.38), 20, INKS, "r")
    facts = f"{len(now.person):,} inside · {out:,} out"
    _write(film, picture, facts, (MARGIN, height - 0.6), 9, INKS, "l")
    when, door = film.walks.out
    left = door[when <= time + 1e-6]
    for row, at in stage.exit_marks().items():
        _write(film, picture, f"{int((left == row).sum()):,}", (at[0], at[1] - 0.04), 8.5, GREENS, "m")
    for storey, (x, y) in stage.captions().items():
        name = stage.plan.storeys[storey].name[:60]
        beside = x + (_stamp(name, _pixels(film, 9.5), bold=True).shape[1] + 6) / film.dpi
        _write(film, picture, f"{int((now.storey == storey).sum()):,}", (beside, y), 9.5, INKS, "l")


def _pixels(film: Film, points: float) -> int:
    """Size of a font [pixels]."""
    return max(9, round(points * film.dpi / 72))


def _write(
    film: Film, picture: NDArray[np.uint8], text: str, at: tuple[float, float], size: float, first: int, side: str
) -> None:
    """Write a text whose baseline begins, ends or has its middle at a place of the sheet [inches]."""
    stamp = _stamp(text, _pixels(film, size), bold=first == GREENS or size > 12)
    high, wide = stamp.shape
    column = round(at[0] * film.dpi - {"l": 0, "m": wide / 2, "r": wide}[side])
    row = round(len(picture) - at[1] * film.dpi) - high
    column, row = min(max(0, column), picture.shape[1] - wide), min(max(0, row), len(picture) - high)
    here = picture[row : row + high, column : column + wide]
    here[stamp > 0] = first + stamp[stamp > 0]


@lru_cache(maxsize=4096)
def _stamp(text: str, size: int, *, bold: bool) -> NDArray[np.uint8]:
    """A text in levels of ink from its baseline up, 0 where there is none, (height, width)."""
    import matplotlib
    from PIL import Image, ImageDraw, ImageFont

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    font = ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name), size)
    wide, high = int(font.getlength(text)) + 2, round(1.1 * size)
    image = Image.new("L", (wide, high), 0)
    ImageDraw.Draw(image).text((0, high - 1), text, fill=255, font=font, anchor="ls")
    return ((np.asarray(image).astype(np.int64) * (LEVELS - 1) + 127) // 255).astype(np.uint8)


def _picture(stage: Stage, dpi: float) -> NDArray[np.uint8]:
    """The sheet as pixels of an even number of rows and columns, (height, width, 3)."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    stage.figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(stage.figure)
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())[:, :, :3]
    high, wide = (side // 2 * 2 for side in picture.shape[:2])
    # The lower left corner stays where it is.
    return picture[len(picture) - high :, :wide].copy()


def _in_few_colours(picture: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A picture as places in a palette that has the colours of people too, and the palette."""
    from matplotlib.colors import to_rgb
    from PIL import Image

    few = Image.fromarray(picture).quantize(PALES, dither=Image.Dither.NONE, method=Image.Quantize.MEDIANCUT)
    own: Any = few.getpalette() or []
    palette = np.full((256, 3), 255, np.uint8)
    colours = np.array(own, np.uint8).reshape(-1, 3)[:PALES]
    palette[: len(colours)] = colours
    for row, name in enumerate((*RAMP, WAITING)):
        rgb = np.array(to_rgb(name))
        palette[TINTS + row], palette[PALES + row] = np.round(255 * rgb), np.round(255 * (0.5 + 0.5 * rgb))
    for first, name in ((INKS, INK), (GREENS, GREEN)):
        for level in range(LEVELS):
            palette[first + level] = np.round(255 * (1 + (np.array(to_rgb(name)) - 1) * level / (LEVELS - 1)))
    ground = np.asarray(few).copy()
    ground[(picture == 255).all(axis=2)] = RIM  # plain white
    return ground, palette
