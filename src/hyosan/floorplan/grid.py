"""Regions of a grid of square cells, and the polygons around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Cell = tuple[int, int]
"""Row from the top and column from the left."""

Corner = tuple[int, int]
"""x and y in cells; y grows upwards."""

AROUND = ((0, 1), (1, 0), (0, -1), (-1, 0))


def regions(cells: Collection[Cell]) -> Iterator[list[Cell]]:
    """Cells that are joined by their sides, region by region, in order of their first cells."""
    left = set(cells)
    for first in sorted(cells):
        if first not in left:
            continue
        left.discard(first)
        region = [first]
        for row, column in region:
            for down, right in AROUND:
                near = (row + down, column + right)
                if near in left:
                    left.discard(near)
                    region.append(near)
        yield region


def rings(cells: Iterable[Cell], height: int) -> list[list[Corner]]:
    """Borders of a region: the outer one counter-clockwise first, then those of holes, clockwise.

    Where two walls meet in a corner only, the ring turns to the right and so goes around one of them at a time.

    Args:
        cells: A region.
        height: Row of the grid at which y is 0.
    """
    region = set(cells)
    ahead: dict[Corner, list[Corner]] = {}
    for row, column in sorted(region):
        left, right, top, bottom = column, column + 1, height - row, height - row - 1
        for beside, start, end in (
            ((row + 1, column), (left, bottom), (right, bottom)),
            ((row, column + 1), (right, bottom), (right, top)),
            ((row - 1, column), (right, top), (left, top)),
            ((row, column - 1), (left, top), (left, bottom)),
        ):
            if beside not in region:
                ahead.setdefault(start, []).append(end)
    found = []
    for start in sorted(ahead):
        while ahead[start]:
            found.append(_straightened(_walk(ahead, start)))
    return sorted(found, key=_is_hole)


def _walk(ahead: dict[Corner, list[Corner]], start: Corner) -> list[Corner]:
    """One ring from a corner back to it; its edges are used up."""
    ring, at, way = [start], ahead[start].pop(), (0, 0)
    way = (at[0] - start[0], at[1] - start[1])
    while at != start:
        ring.append(at)
        right = (at[0] + way[1], at[1] - way[0])
        following = right if right in ahead[at] else ahead[at][0]
        ahead[at].remove(following)
        way, at = (following[0] - at[0], following[1] - at[1]), following
    return ring


def _straightened(ring: list[Corner]) -> list[Corner]:
    """A ring without the points at which it does not turn."""
    kept = []
    for place, corner in enumerate(ring):
        before, after = ring[place - 1], ring[(place + 1) % len(ring)]
        if not (before[0] == corner[0] == after[0] or before[1] == corner[1] == after[1]):
            kept.append(corner)
    return kept


def _is_hole(ring: list[Corner]) -> bool:
    """Whether a ring runs clockwise."""
    following = (*ring[1:], ring[0])
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in zip(ring, following, strict=True)) < 0


def rectangles(cells: Collection[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """Rectangles that cover cells without overlap: the upper left cell and the one beyond the lower right one."""
    runs: dict[tuple[int, int], list[int]] = {}
    left = set(cells)
    for row, column in sorted(cells):
        if (row, column - 1) in left:
            continue
        end = column + 1
        while (row, end) in left:
            end += 1
        runs.setdefault((column, end), []).append(row)
    for (first, end), rows in sorted(runs.items()):
        top = rows[0]
        for row, following in zip(rows, (*rows[1:], None), strict=True):
            if following != row + 1:
                yield (top, first), (row + 1, end)
                top = following if following is not None else 0
