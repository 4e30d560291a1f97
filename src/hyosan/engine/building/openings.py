"""Openings as arrays: where they are in the one plane, and how places are carried from frame to frame."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hyosan.engine.building.columns import (
    AX,
    COS,
    FLOW,
    MX,
    NX,
    SHIFT_X,
    SIN,
    WIDTH,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.shapes import Opening, Shapes
    from hyosan.floorplan.plan import Floorplan

APART = 100.0
"""Distance between frames [m]."""

MARGIN = 0.2
"""Ends of a door that people keep clear of [m]; assumed: half the breadth of a person."""


def laid_out(shapes: Shapes, frames: int) -> list[float]:
    """What is added to x in each frame, so that no two lie over each other: all places are in one plane [m]."""
    low, high = [0.0] * frames, [0.0] * frames
    for frame in range(frames):
        xs = [x for space in shapes.spaces if space.frame == frame for x, _ in space.outline]
        low[frame], high[frame] = (min(xs), max(xs)) if xs else (0.0, 0.0)
    origin, free = [], 0.0
    for frame in range(frames):
        # The first frame stays where it is; whole metres keep what can be kept of the last bits of the others.
        shift = 0.0 if frame == 0 else float(math.ceil(free - low[frame]))
        origin.append(shift)
        free = high[frame] + shift + APART
    return origin


def moved(a: tuple[float, float], b: tuple[float, float], move_x: float) -> tuple[float, float, float, float]:
    """Ends of a wall in the one plane."""
    return a[0] + move_x, a[1], b[0] + move_x, b[1]


def flow_limit(plan: Floorplan, door: int) -> float:
    """Most people in a second through a door; 0 without a limit [1/s]."""
    return (plan.doors[door].flow_limit or 0.0) if door < len(plan.doors) else 0.0


def hang(opening: Opening, move_x: float, gate: NDArray[Any], limit: float) -> None:
    """Write the ends of an opening, and the way out of it."""
    ax, ay, bx, by = moved(*opening.segment, move_x)
    width = math.dist(*opening.segment)
    # The left end first: the way out is to the left of a-b.
    gate[AX : AX + 4] = ax, ay, bx, by
    gate[NX : NX + 2] = -(by - ay) / width, (bx - ax) / width
    gate[COS : COS + 4] = 1.0, 0.0, 0.0, 0.0
    gate[[WIDTH, FLOW]] = width, limit
    margin = min(MARGIN, 0.4 * width) / width
    gate[MX : MX + 4] = (
        *(ax + margin * (bx - ax), ay + margin * (by - ay)),
        *(bx - margin * (bx - ax), by - margin * (by - ay)),
    )


def join(gate: NDArray[Any], other: NDArray[Any]) -> None:
    """Write how places are turned and shifted from one frame into the other, in which left and right change ends."""
    ax, ay, bx, by = gate[AX : AX + 4]
    px, py, qx, qy = other[AX : AX + 4]
    if (ax, ay, bx, by) == (qx, qy, px, py):
        return
    length, beyond = math.hypot(bx - ax, by - ay), math.hypot(px - qx, py - qy)
    ux, uy = (bx - ax) / length, (by - ay) / length
    vx, vy = (px - qx) / beyond, (py - qy) / beyond
    cos, sin = ux * vx + uy * vy, ux * vy - uy * vx
    mx, my = (ax + bx) / 2, (ay + by) / 2
    gate[[COS, SIN]] = cos, sin
    gate[SHIFT_X] = (px + qx) / 2 - (cos * mx - sin * my)
    gate[SHIFT_X + 1] = (py + qy) / 2 - (sin * mx + cos * my)
