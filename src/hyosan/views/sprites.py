"""People as sprites: discs with a point toward where they walk, painted into a picture of few colours at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEADINGS = 24
"""Directions that are told apart."""
PARTS = 3
"""Places within a pixel that are told apart, along each axis."""
FINER = 5
"""Points along a pixel's side at which it is asked what covers it."""
LOTS = 7
"""People are painted in so many lots, one over the other."""
FULL, HALF, RIM = 0.62, 0.22, 0.3
"""Share of a pixel that is covered from which it has the colour, half of it, or that of the rim."""


@dataclass(frozen=True)
class Sprites:
    """Pixels of every sprite, as rows and columns from the pixel of its middle, the last one repeated."""

    rim: NDArray[np.int64]
    half: NDArray[np.int64]
    full: NDArray[np.int64]
    """(sprites, pixels, 2)."""
    reach: int
    """No pixel is farther than this from the middle."""

    def paint(
        self,
        picture: NDArray[np.uint8],
        at: NDArray[np.float64],
        heading: NDArray[np.float64],
        small: NDArray[np.bool_],
        tint: NDArray[np.uint8],
        pale: NDArray[np.uint8],
        rim: int,
    ) -> None:
        """Paint everybody.

        Args:
            picture: Places in a palette, (height, width); written.
            at: Column and row of each, not whole, (people, 2).
            heading: Unit vectors along columns and rows, 0 for none, (people, 2).
            small: Who is drawn small and without a point.
            tint: Place in the palette of each one's colour, and `pale` of half of it.
            rim: Place in the palette of what is around them.
        """
        high, wide = picture.shape
        pixel = np.floor(at).astype(np.int64)
        inside = (pixel >= self.reach).all(axis=1) & (pixel[:, 0] < wide - self.reach)
        inside &= pixel[:, 1] < high - self.reach
        part = np.minimum(((at - pixel) * PARTS).astype(np.int64), PARTS - 1)
        angle = np.arctan2(heading[:, 1], heading[:, 0])
        turn = np.rint(angle * HEADINGS / (2 * np.pi)).astype(np.int64) % HEADINGS
        turn = np.where((heading == 0).all(axis=1), HEADINGS, turn)
        turn = np.where(small, HEADINGS + 1, turn)
        sprite = (turn * PARTS + part[:, 1]) * PARTS + part[:, 0]
        base, flat = pixel[:, 1] * wide + pixel[:, 0], picture.reshape(-1)
        layers = ((self.rim, np.full(len(tint), rim, np.uint8)), (self.half, pale), (self.full, tint))
        # Neighbours are seldom in one lot, so the rims of later ones part them.
        for lot in range(LOTS):
            those = np.flatnonzero(inside)[lot::LOTS]
            for table, colour in layers:
                shifts = table[sprite[those]]
                flat[base[those, None] + shifts[:, :, 0] * wide + shifts[:, :, 1]] = colour[those, None]


def sprites_of(radius: float, small: float) -> Sprites:
    """Sprites of discs of a radius, and small ones [pixels]."""
    reach = int(2.0 * radius + 3)
    fine = (np.arange(-reach * FINER, (reach + 1) * FINER) + 0.5) / FINER
    rims, halves, fulls = [], [], []
    for turn in range(HEADINGS + 2):
        for row in range(PARTS):
            for column in range(PARTS):
                x, y = fine[None, :] - (column + 0.5) / PARTS, fine[:, None] - (row + 0.5) / PARTS
                angle = None if turn >= HEADINGS else 2 * np.pi * turn / HEADINGS
                length = small if turn == HEADINGS + 1 else radius
                covered = _shares(_shape(x, y, length, angle))
                around = _shares(x**2 + y**2 <= (length + 0.8) ** 2)
                fulls.append(np.argwhere(covered >= FULL) - reach)
                halves.append(np.argwhere((covered >= HALF) & (covered < FULL)) - reach)
                rims.append(np.argwhere((around >= RIM) & (covered < HALF)) - reach)
    return Sprites(table_of(rims), table_of(halves), table_of(fulls), reach + 1)


def _shape(x: NDArray[np.float64], y: NDArray[np.float64], radius: float, angle: float | None) -> NDArray[np.bool_]:
    """Which points are in a disc, or in the point ahead of it."""
    disc: NDArray[np.bool_] = x**2 + y**2 <= radius**2
    if angle is None:
        return disc
    along, across = np.cos(angle) * x + np.sin(angle) * y, np.cos(angle) * y - np.sin(angle) * x
    tip = 1.8 * radius
    pointed: NDArray[np.bool_] = disc | ((along >= 0) & (np.abs(across) * tip <= 0.85 * radius * (tip - along)))
    return pointed


def _shares(inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Share of each pixel that is inside."""
    side = len(inside) // FINER
    shares: NDArray[np.float64] = inside.reshape(side, FINER, side, FINER).mean(axis=(1, 3))
    return shares


def table_of(pixels: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Lists of pixels of one length: the last of each repeated; an empty one is the middle."""
    most = max(1, *(len(each) for each in pixels))
    table = np.zeros((len(pixels), most, 2), np.int64)
    for row, each in enumerate(pixels):
        if len(each):
            table[row, : len(each)], table[row, len(each) :] = each, each[-1]
    return table
