"""The film of a hunt: the map of the town hour by hour, with clock, counts and curves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.errors import HyosanError
from hyosan.views import hunts
from hyosan.views.copies import write_whole
from hyosan.views.figures import start_of
from hyosan.views.ground import HUNTERS, MOVING, marks
from hyosan.views.hunt_plots import WEEKDAYS
from hyosan.views.hunt_sheet import CLOCK, LINE, Sheet, font, sheet
from hyosan.views.looks import INK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import IO

    from numpy.typing import NDArray

    from hyosan.records.run import Records

    Tell = Callable[[str, int, int], None]

MOST_FRAMES = 250

SHOWN, FIRST, LAST = 100, 1000, 3000
"""How long a frame is shown, and the first and the last one [ms]."""

GREYS = 8
"""Levels between paper and ink in which the clock and the counts are written."""

TINTS = (0.25, 0.5, 0.75, 1.0)
"""Shares of each colour of a curve, towards which its edges are rounded [1]."""

HUNT, MOVE, RIM, KEPT = 255, 254, 253, 252
"""Places in the palette: both marks, the rim around them, and a pixel that stays as it was."""

INKS = KEPT - GREYS
"""Place in the palette of the first level of ink."""


@dataclass(frozen=True)
class Film:
    """Everything of a film but its frames, which are made one by one."""

    records: Records
    where: hunts.Presence
    moments: NDArray[np.int64]
    """The moments of `where` that have a frame, (frames,)."""
    sheet: Sheet
    before: NDArray[np.uint8]
    """The sheet with pale curves, as places in the palette, (height, width)."""
    after: NDArray[np.uint8]
    """The sheet with the curves in their colours, likewise."""
    palette: NDArray[np.uint8]
    """Red, green and blue, (256, 3)."""

    @property
    def times(self) -> NDArray[np.int64]:
        """When the frames are, since the start [s], (frames,)."""
        return self.where.times[self.moments]

    def clock(self, number: int) -> tuple[str, str]:
        """What the clock of a frame says: weekday and date, and time."""
        moment = start_of(self.records) + timedelta(seconds=int(self.times[number]))
        return f"{WEEKDAYS[moment.weekday()]} {moment:%Y-%m-%d}", f"{moment:%H:%M}"


def draw(records: Records, path: Path, *, tell: Tell | None = None) -> None:
    """Write the film of a hunt into a .gif.

    Args:
        records: The run.
        path: File to write, in place of one of that name.
        tell: Hears (`film`, frames done, frames in all).
    """
    if path.suffix.lower() != ".gif":
        raise HyosanError(f"{path}: a film is written as .gif. Choose this ending.")
    film = film_of(records)
    write_whole(path, lambda file: _write(film, file, tell or (lambda stage, done, of: None)))


def film_of(records: Records) -> Film:
    """The film of a run that has streets, and hunters in them."""
    if not hunts.is_hunted(records):
        raise HyosanError("Nobody hunts in this run, so there is nothing to film. Run a scenario with hunters.")
    if not hunts.has_map(records):
        raise HyosanError("This run has no streets, so there is no map to film. Run a scenario in a city with streets.")
    where = hunts.presence(records)
    if not len(where.times):
        raise HyosanError("Nobody came to hunt or to flee in this run, so there is nothing to film.")
    moments = np.arange(0, len(where.times), -(-len(where.times) // MOST_FRAMES))
    page = sheet(records, where, moments)
    return Film(records, where, moments, page, *_in_few_colours(page))


def frame(film: Film, number: int) -> NDArray[np.uint8]:
    """One frame, as places in the palette, (height, width)."""
    picture = film.before.copy()
    _paint_curves(film, int(film.times[number]), picture)
    _paint_marks(film, int(film.moments[number]), picture)
    _paint_text(film, number, picture)
    return picture


def _paint_curves(film: Film, time: int, picture: NDArray[np.uint8]) -> None:
    """The curves as far as they have come, and a line where they are."""
    first, last = film.times[[0, -1]]
    for left, top, right, bottom in film.sheet.curves:
        now = left + round((right - 1 - left) * (time - first) / max(1, last - first))
        picture[top:bottom, left:now] = film.after[top:bottom, left:now]
        picture[top:bottom:2, now] = INKS + GREYS // 2


def _paint_marks(film: Film, moment: int, picture: NDArray[np.uint8]) -> None:
    """Hunters and people on the move, discs with a rim."""
    rows = film.where.rows(moment)
    left, top, right, bottom = film.sheet.map
    here = picture[top:bottom, left:right]
    row, column = film.sheet.town.pixels(film.where.cell[rows])
    for colour, radius, shown in marks(film.where.moving[rows], film.where.hunters[rows]):
        for wide, place in ((radius + 1, RIM), (radius, HUNT if colour == HUNTERS else MOVE)):
            down, across = _disc(wide)
            y, x = (row[shown][:, None] + down).ravel(), (column[shown][:, None] + across).ravel()
            inside = (y >= 0) & (y < here.shape[0]) & (x >= 0) & (x < here.shape[1])
            here[y[inside], x[inside]] = place


def _disc(radius: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of the pixels of a disc, from its middle."""
    reach = np.arange(-int(radius), int(radius) + 1)
    down, across = (axis.ravel() for axis in np.meshgrid(reach, reach, indexing="ij"))
    inside = down**2 + across**2 <= radius**2
    return down[inside], across[inside]


def _paint_text(film: Film, number: int, picture: NDArray[np.uint8]) -> None:
    """The clock and the counts."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = film.sheet.text
    image = Image.new("L", (right - left, bottom - top), 0)
    pen = ImageDraw.Draw(image)
    date, time = film.clock(number)
    pen.text((0, 14), time, fill=255, font=font(38), anchor="lt")
    pen.text((right - left, 14), date, fill=255, font=font(15), anchor="rt")
    for place, line in enumerate(film.sheet.counts.values()):
        pen.text(
            (right - left, CLOCK + LINE * (place + 0.5) - 1), f"{line[number]:,}", fill=255, font=font(13), anchor="rm"
        )
    level = (np.asarray(image).astype(np.int64) * (GREYS - 1) + 127) // 255
    here = picture[top:bottom, left:right]
    here[level > 0] = INKS + level[level > 0]


def _in_few_colours(page: Sheet) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """The sheet before and after as places in a palette, and the palette."""
    from matplotlib.colors import to_rgb
    from PIL import Image

    rgb = {name: np.array(to_rgb(name)) for name in (*page.colours, HUNTERS, MOVING, INK, "white")}
    keys = [rgb["white"] + (rgb[name] - rgb["white"]) * share for name in page.colours for share in TINTS]
    own = INKS - len(keys)
    of_map = Image.fromarray(page.town.picture).quantize(own, dither=Image.Dither.NONE).getpalette() or []
    palette = np.full((256, 3), 255, np.uint8)
    palette[: min(own, len(of_map) // 3)] = np.array(of_map, np.uint8).reshape(-1, 3)[:own]
    palette[own:INKS] = np.round(255 * np.array(keys).reshape(-1, 3))
    for place, name in {HUNT: HUNTERS, MOVE: MOVING, RIM: "white"}.items():
        palette[place] = np.round(255 * rgb[name])
    for level in range(GREYS):
        palette[INKS + level] = np.round(255 * (1 + (rgb[INK] - 1) * level / (GREYS - 1)))
    swatch = Image.new("P", (1, 1))
    swatch.putpalette(palette[:KEPT].tobytes())
    both = np.concatenate([page.before, page.after])
    few = np.array(Image.fromarray(both).quantize(palette=swatch, dither=Image.Dither.NONE))
    few[(both == 255).all(axis=2)] = INKS  # Pillow takes a colour nearby
    before, after = np.split(few, 2)
    return before, after, palette


def _write(film: Film, file: IO[bytes], tell: Tell) -> None:
    """All frames, each as what has changed since the one before."""
    count = len(film.moments)
    frames = _changes(film, tell)
    durations = [SHOWN] * count
    durations[0], durations[-1] = FIRST, LAST
    next(frames).save(
        file, format="GIF", save_all=True, append_images=frames, duration=durations, loop=0, transparency=KEPT,
        disposal=1, optimize=False,
    )  # fmt: skip


def _changes(film: Film, tell: Tell) -> Iterator[Any]:
    """The frames as pictures of Pillow, see-through where nothing has changed."""
    from PIL import Image

    shown = None
    for number in range(len(film.moments)):
        tell("film", number, len(film.moments))
        picture = frame(film, number)
        changed = picture if shown is None else np.where(picture == shown, np.uint8(KEPT), picture)
        shown = picture
        image = Image.fromarray(changed)
        image.putpalette(film.palette.tobytes())
        yield image
