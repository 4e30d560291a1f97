"""Where a stair begins and ends on the walls of the rooms at its foot and head, and how it is drawn between them."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from hyosan.floorplan.openings import NARROWEST, SLACK, Polygon, along, at, free_parts, straight_edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hyosan.floorplan.plan import Point, Segment

STAIR_WIDTH = 1.5
"""Clear width of a stair, if the walls have room for it [m]; assumed: a main stair of a public building."""

APART_ENOUGH = 3.0
"""Farther than this from doors, an end of a stair gains nothing [m]."""

MOST_TURNS = 12
"""Turns of a stair that is drawn."""

Path = tuple[tuple[float, float, float], ...]


def flight(
    rooms: tuple[Polygon, Polygon],
    taken: tuple[Sequence[Segment], Sequence[Segment]],
    heights: tuple[float, float],
    run: float,
    near: tuple[Point, Point] | None = None,
    slack: float = SLACK,
) -> tuple[tuple[Segment, Segment], Path] | None:
    """Both ends of a stair and its middle line; none if the walls have no room for it.

    The ends are as wide as both walls allow, away from doors and from each other.

    Args:
        rooms: Those at its foot and at its head.
        taken: Openings on their outlines.
        heights: Elevations of foot and head [m].
        run: Length of its steps on the plan [m].
        near: Where foot and head should be, if that is known.
        slack: How far walls may run off a straight line [m].
    """
    walls = [_walls(room, openings, slack) for room, openings in zip(rooms, taken, strict=True)]
    if not all(walls):
        return None
    width = min([STAIR_WIDTH, *(max(math.dist(*part) for part in parts) for parts in walls)])
    width = math.floor(width * 1000) / 1000
    spots = near or (None, None)
    feet, heads = (
        list(_ends(parts, width, openings, spot)) for parts, openings, spot in zip(walls, taken, spots, strict=True)
    )
    best: tuple[float, Segment, Segment] | None = None
    for worth, foot in feet:
        for further_worth, head in heads:
            gap = _gap(foot, head)
            # One above the other they would be one place on the drawing, and for the crowds of both.
            score = worth + further_worth + min(gap, APART_ENOUGH if near is None else 0.5) - (10 if gap < 0.05 else 0)
            if best is None or score > best[0] + 1e-9:
                best = score, foot, head
    if best is None:
        return None
    _, foot, head = best
    return (foot, head), _path(rooms, (foot, head), heights, run)


def _walls(room: Polygon, taken: Sequence[Segment], slack: float) -> list[Segment]:
    """Stretches of wall that are free and wide enough for a stair."""
    return [
        part
        for edge in straight_edges(room, slack)
        if math.dist(*edge) >= NARROWEST
        for part in free_parts(edge, taken)
        if math.dist(*part) >= NARROWEST
    ]


def _ends(
    walls: Iterable[Segment], width: float, taken: Sequence[Segment], near: Point | None
) -> Iterator[tuple[float, Segment]]:
    """Segments of a width on the walls, with what each is worth [m]."""
    for wall in walls:
        length = math.dist(*wall)
        if length < width:
            continue
        wished = {0.0, (length - width) / 2, length - width}
        if near is not None:
            place, _ = along(wall, near)
            wished.add(min(max(place - width / 2, 0.0), length - width))
        for start in sorted(wished):
            end = (at(wall, start), at(wall, start + width))
            if near is not None:
                yield -math.dist(_middle(end), near), end
            else:
                yield min([APART_ENOUGH, *(_gap(end, each) for each in taken)]), end


def _middle(line: Segment) -> Point:
    """The middle of a line."""
    return (line[0][0] + line[1][0]) / 2, (line[0][1] + line[1][1]) / 2


def _gap(one: Segment, other: Segment) -> float:
    """Distance between two lines that do not cross [m]."""
    return min(
        *(_distance(other, end) for end in one),
        *(_distance(one, end) for end in other),
    )


def _distance(line: Segment, point: Point) -> float:
    """From a point to the nearest one of a line [m]."""
    place, _ = along(line, point)
    return math.dist(point, at(line, min(max(place, 0.0), math.dist(*line))))


def _path(
    rooms: tuple[Polygon, Polygon], ends: tuple[Segment, Segment], heights: tuple[float, float], run: float
) -> Path:
    """The middle line: within the rooms, as long on the plan as the steps, turning as often as it must.

    Where the way is longer than the steps, its last part is level.
    """
    half = math.dist(*ends[0]) / 2
    foot, head = (_inward(room, end, half) for room, end in zip(rooms, ends, strict=True))
    between = _turns(rooms, (foot[-1], head[-1]), run - half * (len(foot) + len(head) - 2), half)
    places = [*foot[:-1], *between, *head[-2::-1]]
    ways = [math.dist(one, other) for one, other in pairwise(places)]
    steps = min(run, sum(ways))
    path: list[tuple[float, float, float]] = []
    gone = 0.0
    for place, way in zip(places, [*ways, 0.0], strict=True):
        height = heights[0] + (heights[1] - heights[0]) * (min(gone / steps, 1.0) if steps > 0 else 0.0)
        path.append((round(place[0], 3), round(place[1], 3), round(height, 3)))
        if gone < run < gone + way - 0.01:
            share = (run - gone) / way
            following = places[len(path)] if len(path) < len(places) else place
            path.append(
                (
                    round(place[0] + share * (following[0] - place[0]), 3),
                    round(place[1] + share * (following[1] - place[1]), 3),
                    round(heights[1], 3),
                )
            )
        gone += way
    path[-1] = (path[-1][0], path[-1][1], round(heights[1], 3))
    return tuple(path)


def _inward(room: Polygon, end: Segment, depth: float) -> list[Point]:
    """The middle of an end, and the place straight before it within the room, if there is one."""
    import shapely

    middle, length = _middle(end), math.dist(*end)
    aside = ((end[1][1] - end[0][1]) / length * depth, (end[0][0] - end[1][0]) / length * depth)
    for sign in (1, -1):
        place = (middle[0] + sign * aside[0], middle[1] + sign * aside[1])
        if room.covers(shapely.Point(place)):
            return [middle, place]
    return [middle]


def _turns(rooms: tuple[Polygon, Polygon], ends: tuple[Point, Point], run: float, half: float) -> list[Point]:
    """Places on the plan from foot to head at which the stair turns, off the walls if there is room."""
    import shapely

    foot, head = ends
    whole = shapely.union(*rooms)
    inside, clear = whole.buffer(0.05), whole.buffer(-0.95 * half)
    if math.dist(foot, head) >= run and inside.covers(shapely.LineString(ends)):
        return [foot, head]
    low_x, low_y, high_x, high_y = whole.bounds
    grid = [
        (low_x + (column + 0.5) / 16 * (high_x - low_x), low_y + (line + 0.5) / 16 * (high_y - low_y))
        for column in range(16)
        for line in range(16)
    ]
    within = inside.covers(shapely.linestrings([(foot, place, head) for place in grid])).tolist()
    roomy = clear.covers(shapely.points(grid)).tolist()
    best: tuple[float, list[Point]] = (math.inf, [foot, head])
    for place, is_inside, is_clear in zip(grid, within, roomy, strict=True):
        if not is_inside:
            continue
        there, on = math.dist(foot, place), math.dist(place, head)
        more = max(0, round((run - there - on) / (2 * there))) if there > 0.3 else 0
        turns = min(more, MOST_TURNS // 2)
        miss = abs((2 * turns + 1) * there + on - run) + turns + 0.05 * abs(there - on) + (0 if is_clear else 0.5)
        if miss < best[0]:
            best = miss, [foot, *[place, foot] * turns, place, head]
    return best[1]
