"""A sheet as pixels of few colours: some for the ground, the others for people and for what is written over it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.views.looks import GREEN, INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.views.stage import Stage

LEVELS = 8
"""Steps between paper and ink in which numbers are written."""
KEPT, RIM = 255, 254
"""Places in the palette: a pixel that stays as it was, and the rim around people."""
INKS, GREENS = RIM - LEVELS, RIM - 2 * LEVELS
"""First places of inks and of what is green; below are colours of people, and of half of these."""


@dataclass(frozen=True)
class Ground:
    """A sheet without people, and the colours of those who come upon it."""

    picture: NDArray[np.uint8]
    """Places in the palette, (height, width)."""
    palette: NDArray[np.uint8]
    """Red, green and blue, (256, 3)."""
    dpi: float
    """Pixels an inch."""
    colours: int
    """Colours of people."""

    @property
    def tints(self) -> int:
        """First place of people's colours."""
        return GREENS - self.colours

    @property
    def pales(self) -> int:
        """First place of half of these."""
        return GREENS - 2 * self.colours


def ground_of(stage: Stage, dpi: float, colours: Sequence[str]) -> Ground:
    """A sheet in few colours.

    Args:
        stage: The sheet.
        dpi: Pixels an inch.
        colours: Those of people.
    """
    picture = _picture(stage, dpi)
    return Ground(*_in_few_colours(picture, colours), dpi, len(colours))


def write(
    ground: Ground, picture: NDArray[np.uint8], text: str, at: tuple[float, float], size: float, first: int, side: str
) -> None:
    """Write a text whose baseline begins, ends or has its middle at a place of the sheet [inches].

    Args:
        ground: The sheet.
        picture: A frame; written.
        text: What to write.
        at: Where [inches].
        size: Of the letters [pt].
        first: `INKS` or `GREENS`.
        side: `l`, `m` or `r`: what of the text is there.
    """
    stamp = stamped(text, letters(ground, size), bold=first == GREENS or size > 12)
    high, wide = stamp.shape
    up = high - _below(letters(ground, size))
    column = round(at[0] * ground.dpi - {"l": 0, "m": wide / 2, "r": wide}[side])
    row = round(len(picture) - at[1] * ground.dpi) - up + 1
    column, row = min(max(0, column), picture.shape[1] - wide), min(max(0, row), len(picture) - high)
    here = picture[row : row + high, column : column + wide]
    here[stamp > 0] = first + stamp[stamp > 0]


def letters(ground: Ground, points: float) -> int:
    """Size of a font [pixels]."""
    return max(9, round(points * ground.dpi / 72))


def _below(size: int) -> int:
    """Rows of pixels below the baseline of letters."""
    return round(0.25 * size)


@lru_cache(maxsize=4096)
def stamped(text: str, size: int, *, bold: bool) -> NDArray[np.uint8]:
    """A text in levels of ink, 0 where there is none, `_below(size)` rows of it below the baseline, (height, width)."""
    import matplotlib
    from PIL import Image, ImageDraw, ImageFont

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    font = ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name), size)
    wide, high = int(font.getlength(text)) + 2, round(1.1 * size)
    image = Image.new("L", (wide, high + _below(size)), 0)
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


def _in_few_colours(picture: NDArray[np.uint8], colours: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A picture as places in a palette that has the colours of people too, and the palette."""
    from matplotlib.colors import to_rgb
    from PIL import Image

    tints, pales = GREENS - len(colours), GREENS - 2 * len(colours)
    few = Image.fromarray(picture).quantize(pales, dither=Image.Dither.NONE, method=Image.Quantize.MEDIANCUT)
    own: Any = few.getpalette() or []
    palette = np.full((256, 3), 255, np.uint8)
    usual = np.array(own, np.uint8).reshape(-1, 3)[:pales]
    palette[: len(usual)] = usual
    ground = np.asarray(few).copy()
    for row, name in enumerate(colours):
        rgb = np.array(to_rgb(name))
        palette[tints + row], palette[pales + row] = np.round(255 * rgb), np.round(255 * (0.5 + 0.5 * rgb))
        ground[(picture == palette[tints + row]).all(axis=2)] = tints + row  # of the legend
    for first, name in ((INKS, INK), (GREENS, GREEN)):
        for level in range(LEVELS):
            palette[first + level] = np.round(255 * (1 + (np.array(to_rgb(name)) - 1) * level / (LEVELS - 1)))
    ground[(picture == 255).all(axis=2)] = RIM  # plain white
    return ground, palette
