"""Stairs of a text: two runs of one digit on two storeys are the ends of a strip."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hyosan.floorplan.plan import Point, Segment, Stair, StairEnd, StairKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.floorplan.grid import Cell
    from hyosan.floorplan.sheet import Sheet

Opening = tuple[int, str, int, Segment, "Cell"]
Climb = tuple[tuple[float, float, float], ...]

RISER, TREAD = 0.17, 0.28
DEEPEST = 5.0
"""Deepest step [m]."""
RAMP_SLOPE = 1 / 12
"""Steepest slope of a ramp that need not be drawn out; ISO 21542 has 1 in 12 for short ones."""


def stairs(sheet: Sheet) -> Iterator[Stair]:
    """Stairs of a sheet, in order of their digits; what does not fit is kept as a problem of the sheet."""
    digits = sorted({opening[1] for opening in sheet.openings})
    for digit in digits:
        ends = [opening for opening in sheet.openings if opening[1] == digit]
        if (message := _wrong(sheet, ends)) is not None:
            sheet.problems.append(((ends[0][0], -1, 0), f"stair {digit} {message}"))
            continue
        ends.sort(key=lambda end: sheet.storeys[end[0]].elevation)
        lower, upper = ends
        kind = StairKind.RAMP if digit in sheet.legend.ramps else StairKind.STAIR
        path, tread = _climb(sheet, lower, upper, kind)
        yield Stair(
            name=f"stair-{digit}",
            ends=(StairEnd(lower[2], lower[3]), StairEnd(upper[2], upper[3])),
            path=path,
            kind=kind,
            riser=RISER,
            tread=tread,
        )


def _wrong(sheet: Sheet, ends: list[Opening]) -> str | None:
    """What is wrong with the ends of a stair, if anything."""
    if len(ends) != 2:
        return f"has {len(ends)} ends. Draw its digits in one wall of two storeys each."
    heights = {sheet.storeys[end[0]].elevation for end in ends}
    if len(heights) == 1:
        return "has both ends at one height. Draw them on storeys of different heights."
    if not math.isclose(math.dist(*ends[0][3]), math.dist(*ends[1][3])):
        return "has ends of different widths. Draw as many digits on both storeys."
    return None


def _middle(segment: Segment) -> Point:
    """Middle of a segment."""
    (x, y), (other_x, other_y) = segment
    return round((x + other_x) / 2, 3), round((y + other_y) / 2, 3)


def _climb(sheet: Sheet, lower: Opening, upper: Opening, kind: StairKind) -> tuple[Climb, float]:
    """Middle line of a strip, and the depth of its steps.

    Straight where the two ends are far enough apart for it; else out of the lower room to a landing, and back.
    """
    low, high = (sheet.storeys[end[0]].elevation for end in (lower, upper))
    (x, y), (end_x, end_y) = _middle(lower[3]), _middle(upper[3])
    slope = RAMP_SLOPE if kind is StairKind.RAMP else RISER / TREAD
    wanted, apart = (high - low) / slope, math.dist((x, y), (end_x, end_y))
    if apart >= wanted / 2:
        return ((x, y, low), (end_x, end_y, high)), min(round(RISER * apart / (high - low), 3), DEEPEST)
    down, right = lower[4]
    out_x, out_y = x + right * wanted / 2, y - down * wanted / 2
    turn = (round(out_x, 3), round(out_y, 3), round((low + high) / 2, 3))
    return ((x, y, low), turn, (end_x, end_y, high)), TREAD
