"""Rooms behind each other's walls and floors, through which sound gets, though nobody walks there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.columns import FRAME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.ground import Ground
    from hyosan.floorplan.plan import Ring

THICK = 0.5
"""Rooms whose outlines come so near to each other share a wall [m]; assumed."""

OVERLAP = 1.0
"""Rooms above each other share a floor if so much of it is common [m²]; assumed."""


def behind_walls(
    ground: Ground, wall_loss: float, floor_loss: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Rooms behind a wall or a floor of each room.

    Returns:
        First entry of each room, (rooms + 1,); the rooms, (entries,); what is lost [0.1 dB], height between the floors
        and difference of the frames in x [m], (entries, 3).
    """
    plan = ground.plan
    boxes = np.array([_box(room.outline) for room in plan.rooms])
    storeys = np.array([room.storey for room in plan.rooms])
    heights = np.array([storey.elevation for storey in plan.storeys])
    order = np.argsort(heights, kind="stable")
    level = np.empty(len(order), np.int64)
    level[order] = np.arange(len(order))
    first, beside, lost = np.zeros(len(ground.room) + 1, np.int64), [], []
    for row in range(len(ground.room)):
        if row < len(plan.rooms):
            for other in range(len(plan.rooms)):
                apart = abs(int(level[storeys[row]] - level[storeys[other]]))
                if other == row or apart > 1:
                    continue
                shift = float(ground.origin[ground.room[other, FRAME]] - ground.origin[ground.room[row, FRAME]])
                if apart == 0 and _touch(boxes[row], boxes[other]):
                    beside.append(other)
                    lost.append((10 * wall_loss, 0.0, 0.0))
                elif apart == 1 and _common(boxes[row], boxes[other]) >= OVERLAP:
                    rise = abs(float(heights[storeys[row]] - heights[storeys[other]]))
                    beside.append(other)
                    lost.append((10 * floor_loss, rise, shift))
        first[row + 1] = len(beside)
    return first, np.array(beside, np.int64), np.rint(np.array(lost).reshape(-1, 3) * 1000) / 1000


def _box(ring: Ring) -> tuple[float, float, float, float]:
    """Left, low, right and high edge [m]."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _touch(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Whether two boxes lie wall to wall over more than a metre."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return bool((wide >= -THICK and high >= OVERLAP) or (high >= -THICK and wide >= OVERLAP))


def _common(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Area that two boxes have in common [m²]."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return float(max(wide, 0.0) * max(high, 0.0))
