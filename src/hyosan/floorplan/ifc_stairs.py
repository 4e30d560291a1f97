"""Stairs and ramps of a building model: the rooms at their feet and heads, found by where they lie and how high."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hyosan.floorplan.draft import RISER, TREAD, Draft, plain
from hyosan.floorplan.plan import StairKind

if TYPE_CHECKING:
    from hyosan.floorplan.openings import Polygon
    from hyosan.floorplan.plan import Point

NEAR = 1.0
"""How far beside a stair the room at its end may lie [m]."""


def add_stairs(draft: Draft, model: dict[str, Any]) -> None:
    """Put a stair between any two storeys that follow each other from the foot of one to its head."""
    import shapely

    for stair in model["stairs"]:
        name = f"{plain(stair['name'], 60) or 'stair'} #{stair['id']}"
        floors = [storey.elevation for storey in draft.storeys]
        lowest = min(range(len(floors)), key=lambda row: abs(floors[row] - stair["bottom"]))
        # Railings stand above the upper floor, so that floor is below the top of the stair.
        storeys = [
            lowest,
            *(row for row, floor in enumerate(floors) if floors[lowest] + 1 < floor <= stair["top"] + 0.3),
        ]
        if abs(floors[lowest] - stair["bottom"]) > NEAR or len(storeys) < 2:
            draft.lose("stairs that do not lead from one storey with rooms to another, left out", name)
            continue
        outline = shapely.Polygon(stair["outline"])
        near = (tuple(stair["low"]), tuple(stair["high"])) if len(storeys) == 2 else None
        rooms = [
            _room(draft, storey, outline, place)
            for storey, place in zip(storeys, [stair["low"], *[stair["high"]] * (len(storeys) - 1)], strict=True)
        ]
        riser = stair["riser"] if 0.1 <= stair["riser"] <= 0.25 else RISER
        tread = stair["tread"] if 0.2 <= stair["tread"] <= 0.45 else TREAD
        kind = StairKind.RAMP if stair["ramp"] else StairKind.STAIR
        for part, (low, high) in enumerate(pairwise(rooms)):
            label = name if len(rooms) == 2 else f"{name} {part + 1}"
            if low is None or high is None:
                draft.lose("stairs without a room at their foot or head, left out", label)
            elif not draft.climb(label, (low, high), near=near, kind=kind, riser=riser, tread=tread):
                draft.lose("stairs for which the walls have no room, left out", label)


def _room(draft: Draft, storey: int, outline: Polygon, place: Point) -> int | None:
    """The room of a storey that a stair covers most, or else the nearest one to its end."""
    import shapely

    rows = [row for row, room in enumerate(draft.rooms) if room.storey == storey]
    covered = [(draft.rooms[row].polygon.intersection(outline).area, row) for row in rows]
    most, row = max(covered, key=lambda each: each[0], default=(0.0, -1))
    if most >= 0.2 * outline.area:
        return row
    spot = shapely.Point(place)
    gap, row = min(((draft.rooms[row].polygon.distance(spot), row) for row in rows), default=(NEAR + 1, -1))
    return row if gap <= NEAR else None
