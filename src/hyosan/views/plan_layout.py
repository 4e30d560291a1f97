"""Where the storeys of a plan stand on a sheet: all at one scale, in rows or in columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.floorplan.plan import Floorplan

WIDTH, WIDE = 10.67, 16.0
"""Width of a sheet, and of one for a large building [inches]."""
MANY_ROOMS = 60
"""Rooms from which a building is large."""
FEW = 9
"""Storeys for which every arrangement is tried."""
NARROWEST = 0.66
"""Width of a sheet over the usual one, at least."""
PLEASANT = 0.8
"""Height of the drawings over their width from which lower sheets are preferred."""
TALLEST = 1.15
"""Height of the drawings over the width of the sheet, at most."""
LARGEST_SCALE = 0.6
"""Inches a metre, at most."""
MARGIN, GAP, CAPTION = 0.35, 0.35, 0.3
"""Around the drawings, between them, and above each of them [inches]."""

Extent = tuple[float, float, float, float]
"""Western, southern, eastern and northern edge [m]."""


@dataclass(frozen=True)
class Layout:
    """Where storeys stand on the sheet."""

    width: float
    height: float
    """Of the part with the drawings [inches]."""
    scale: float
    """Inches a metre."""
    corners: tuple[tuple[float, float], ...]
    """Lower left corner of each storey, from the lower left corner of that part [inches]."""


def extent(plan: Floorplan, storey: int) -> Extent:
    """What a storey covers, with stairs and room for arrows [m]."""
    points = [point for _, room in plan.rooms_on(storey) for point in room.outline]
    for stair in plan.stairs:
        if storey in (plan.rooms[end.room].storey for end in stair.ends):
            half = stair.width / 2
            points += [(x + dx, y + dy) for x, y, _ in stair.path for dx in (-half, half) for dy in (-half, half)]
    if not points:
        return 0.0, 0.0, 10.0, 4.0
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - 0.6, min(ys) - 0.6, max(xs) + 0.6, max(ys) + 0.6


def width_of(plan: Floorplan) -> float:
    """How wide the sheet of a plan is [inches]."""
    return WIDE if len(plan.rooms) >= MANY_ROOMS else WIDTH


def arranged(extents: list[Extent], width: float) -> Layout:
    """Storeys in rows or in columns, broken where they come out large and leave little of the sheet empty."""
    sizes = [(east - west, north - south) for west, south, east, north in extents]
    area = sum(wide * high for wide, high in sizes)
    best, most = None, 0.0
    for ends in _breaks(len(sizes)):
        groups = [list(range(first, last)) for first, last in zip((0, *ends), (*ends, len(sizes)), strict=True)]
        for upright in (False, True):
            found = _placed(sizes, groups, width, upright=upright)
            filled = found.scale**2 * area / (found.width * found.height)
            worth = found.scale**2 * filled * min(1.0, PLEASANT * found.width / found.height)
            if best is None or worth > 1.001 * most:
                best, most = found, worth
    assert best is not None, "there is always one way to break"
    return best


def _breaks(count: int) -> Iterator[tuple[int, ...]]:
    """Ways to break a list into groups: all of them for a few, groups of one length for many."""
    if count <= FEW:
        for number in range(count):
            yield from combinations(range(1, count), number)
    else:
        for length in range(1, count + 1):
            yield tuple(range(length, count, length))


def _placed(sizes: list[tuple[float, float]], groups: list[list[int]], width: float, *, upright: bool) -> Layout:
    """Storeys in groups, each a column from top to bottom or a row from left to right."""
    along, across = (1, 0) if upright else (0, 1)
    between = (GAP, CAPTION + GAP / 2)
    thick = [max(sizes[each][across] for each in group) for group in groups]
    metres, counts = [0.0, 0.0], [0, 0]
    metres[along], metres[across] = max(sum(sizes[each][along] for each in group) for group in groups), sum(thick)
    counts[along], counts[across] = max(map(len, groups)), len(groups)
    wide = width - 2 * MARGIN - GAP * (counts[0] - 1)
    scale = min(wide / metres[0], TALLEST * width / metres[1], LARGEST_SCALE)
    height = metres[1] * scale + between[1] * counts[1]
    corners, at = [(0.0, 0.0)] * len(sizes), [0.0, 0.0]
    for group, most in zip(groups, thick, strict=True):
        at[along] = 0.0
        for each in group:
            corners[each] = (MARGIN + at[0], height - at[1] - CAPTION - sizes[each][1] * scale)
            at[along] += sizes[each][along] * scale + between[along]
        at[across] += most * scale + between[across]
    used = max(x + size[0] * scale for (x, _), size in zip(corners, sizes, strict=True)) + MARGIN
    return Layout(max(used, NARROWEST * width), height, scale, tuple(corners))
