"""Shapes by which people, strikes and doors are told apart in pictures of an outbreak, for paper and for pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.views.sprites import FINER, FULL, HALF, HEADINGS, PARTS, Sprites, table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

Corners = tuple[tuple[float, float], ...]
Part = float | Corners
"""Radius of a disc, or corners of a convex polygon, in radii of the shape, which points along x."""
CORNERS = 28
"""Corners of a disc on paper."""
LARGE = 6.0
"""Shapes from this radius on are sampled less finely [pixels]."""


def _round(radius: float) -> Corners:
    """A disc."""
    turns = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    return tuple((radius * math.cos(turn), radius * math.sin(turn)) for turn in turns)


def _bar(length: float, width: float, turn: float = 0.0, at: tuple[float, float] = (0.0, 0.0)) -> Corners:
    """A bar around a place, turned by degrees."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    corners = ((-length, -width), (length, -width), (length, width), (-length, width))
    return tuple((at[0] + (x * cos - y * sin) / 2, at[1] + (x * sin + y * cos) / 2) for x, y in corners)


@dataclass(frozen=True)
class Glyph:
    """A shape: convex parts, without some that are cut out."""

    parts: tuple[Part, ...]
    holes: tuple[Part, ...] = ()
    rest: float = 0.0
    """Direction in which it points if none is given [degrees]."""
    turns: bool = True
    """Whether it looks another way if it points another way."""

    def covers(self, x: NDArray[np.float64], y: NDArray[np.float64], radius: float, angle: float) -> NDArray[np.bool_]:
        """Which places are in it, if it has a radius and points along an angle [radians]."""
        along = (np.cos(angle) * x + np.sin(angle) * y) / radius
        across = (np.cos(angle) * y - np.sin(angle) * x) / radius
        inside = np.zeros(np.broadcast_shapes(x.shape, y.shape), np.bool_)
        for part in self.parts:
            inside |= _within(part, along, across)
        for hole in self.holes:
            inside &= ~_within(hole, along, across)
        return inside


def _within(part: Part, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which places are in a disc, or in a convex polygon whose corners go round against the clock."""
    if isinstance(part, float):
        round_: NDArray[np.bool_] = x**2 + y**2 <= part**2
        return round_
    inside = np.ones(np.broadcast_shapes(x.shape, y.shape), np.bool_)
    for (ax, ay), (bx, by) in zip(part, (*part[1:], part[0]), strict=True):
        inside &= (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0
    return inside


NOSE: Part = ((0.0, -0.85), (1.8, 0.0), (0.0, 0.85))
DISC = Glyph((1.0,), turns=False)
WALKER = Glyph((1.0, NOSE))
RING = Glyph((1.0, ((0.5, -0.62), (1.75, 0.0), (0.5, 0.62))), (0.48,))
TRIANGLE = Glyph((((-0.85, -1.05), (1.45, 0.0), (-0.85, 1.05)),), rest=90.0)
SQUARE = Glyph((_bar(2.0, 2.0),))
CROSS = Glyph((_bar(2.5, 0.62, 45), _bar(2.5, 0.62, -45)), turns=False)
STAR = Glyph(tuple(_bar(2.9, 0.34, turn) for turn in (0, 45, 90, 135)), turns=False)
HALO = Glyph((1.3,), (0.98,), turns=False)
SHUT = Glyph((_bar(2.0, 0.5),))
LOCKED = Glyph((_bar(2.0, 0.34), 0.55))
BARRICADED = Glyph((_bar(2.0, 0.34), _bar(1.5, 0.34, 90, (-0.5, 0.0)), _bar(1.5, 0.34, 90, (0.5, 0.0))))
BROKEN = Glyph((_bar(1.3, 0.36, 55, (-0.55, 0.0)), _bar(1.3, 0.36, 55, (0.55, 0.0))))


def sprites_of(glyph: Glyph, radius: float) -> Sprites:
    """A shape as sprites of a radius [pixels]; on the picture y runs down."""
    reach, finer = int(1.8 * radius + 3), FINER if radius < LARGE else FINER // 2
    fine = (np.arange(-reach * finer, (reach + 1) * finer) + 0.5) / finer
    side = 2 * reach + 1
    rest = -math.radians(glyph.rest)
    rims: list[NDArray[np.int64]] = []
    halves: list[NDArray[np.int64]] = []
    fulls: list[NDArray[np.int64]] = []
    for turn in range(HEADINGS + 2):
        if turn and not glyph.turns:
            for table in (rims, halves, fulls):
                table += table[: PARTS**2]
            continue
        angle = rest if turn >= HEADINGS or not glyph.turns else 2 * math.pi * turn / HEADINGS
        for row in range(PARTS):
            for column in range(PARTS):
                x, y = fine[None, :] - (column + 0.5) / PARTS, fine[:, None] - (row + 0.5) / PARTS
                inside = glyph.covers(x, y, radius, angle)
                covered = inside.reshape(side, finer, side, finer).mean(axis=(1, 3))
                fulls.append(np.argwhere(covered >= FULL) - reach)
                halves.append(np.argwhere((covered >= HALF) & (covered < FULL)) - reach)
                rims.append(np.argwhere(_beside(covered >= HALF)) - reach)
    return Sprites(table_of(rims), table_of(halves), table_of(fulls), reach + 1)


def _beside(inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which pixels are beside some, and none of them."""
    around = np.pad(inside, 1)
    wide = around[:, :-2] | around[:, 1:-1] | around[:, 2:]
    near: NDArray[np.bool_] = (wide[:-2] | wide[1:-1] | wide[2:]) & ~inside
    return near


def path_of(glyph: Glyph, at: NDArray[np.float64], radius: float, heading: NDArray[np.float64]) -> Any:
    """A shape at each of some places, as one path of matplotlib.

    Args:
        glyph: The shape.
        at: Places on the sheet [inches], (shapes, 2).
        radius: Its radius [inches].
        heading: Unit vectors, 0 for none, (shapes, 2).
    """
    from matplotlib.path import Path

    angle = np.where((heading == 0).all(axis=1), math.radians(glyph.rest), np.arctan2(heading[:, 1], heading[:, 0]))
    cos, sin = np.cos(angle), np.sin(angle)
    paths = []
    for part, hole in [*((part, False) for part in glyph.parts), *((part, True) for part in glyph.holes)]:
        ring = _round(part) if isinstance(part, float) else part
        corners = np.array([*ring, ring[0]])[:: -1 if hole else 1] * radius
        x = at[:, 0, None] + cos[:, None] * corners[:, 0] - sin[:, None] * corners[:, 1]
        y = at[:, 1, None] + sin[:, None] * corners[:, 0] + cos[:, None] * corners[:, 1]
        paths.append(np.stack([x, y], axis=2))
    codes = [[Path.MOVETO, *([Path.LINETO] * (each.shape[1] - 2)), Path.CLOSEPOLY] for each in paths]
    vertices = [corner for each in paths for corner in each]
    kinds = [code for code, each in zip(codes, paths, strict=True) for _ in range(len(each))]
    if not vertices:
        return Path(np.zeros((0, 2)))
    return Path(np.concatenate(vertices), np.concatenate(kinds))
