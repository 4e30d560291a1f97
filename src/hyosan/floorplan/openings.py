"""Where an opening can lie on the outlines of rooms, and how the outlines then run through it exactly.

Rooms that touch share an outline only as well as it was surveyed: within `SLACK`. An opening is laid on a straight
stretch of one of them, and both are made to run along it.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hyosan.floorplan.plan import Point, Segment

Polygon = Any
"""A polygon of shapely, which has no types."""

SLACK = 0.03
"""How far outlines that are meant to be one lie apart at most [m]; assumed: surveys are given to the centimetre."""

NARROWEST = 0.5
"""Openings narrower than this are none [m], as in the engine."""

APART = 0.05
"""Wall that stays between two openings of a room [m]."""


def straight_edges(polygon: Polygon, slack: float = SLACK) -> list[Segment]:
    """Edges of the outline and of the holes, those on one line taken together.

    >>> from shapely import Polygon
    >>> len(straight_edges(Polygon([(0, 0), (2, 0), (4, 0.01), (4, 3), (0, 3)])))
    4
    """
    from shapely import LineString

    edges: list[Segment] = []
    for ring in (polygon.exterior, *polygon.interiors):
        corners = list(ring.coords)[:-1]
        middle = ring.centroid
        # The corner farthest from the middle is one in any case, so the line may be cut open there.
        first = max(range(len(corners)), key=lambda row: math.dist(corners[row], (middle.x, middle.y)))
        opened = [*corners[first:], *corners[: first + 1]]
        edges += pairwise(LineString(opened).simplify(slack / 2).coords)
    return edges


def along(line: Segment, point: Point) -> tuple[float, float]:
    """How far along a line a point is, and how far beside it [m]."""
    (x, y), (end_x, end_y) = line
    length = math.dist(*line)
    forward = ((end_x - x) / length, (end_y - y) / length)
    beyond = (point[0] - x, point[1] - y)
    return beyond[0] * forward[0] + beyond[1] * forward[1], beyond[1] * forward[0] - beyond[0] * forward[1]


def at(line: Segment, distance: float) -> Point:
    """The point at a distance along a line [m]."""
    (x, y), (end_x, end_y) = line
    share = distance / math.dist(*line)
    return x + share * (end_x - x), y + share * (end_y - y)


def beside(line: Segment, other: Segment, slack: float = SLACK) -> tuple[float, float] | None:
    """From where to where along a line another one runs, within `slack` of it [m].

    >>> beside(((0, 0), (4, 0)), ((3, 0.01), (9, 0.01)))
    (3.0, 4.0)
    >>> beside(((0, 0), (4, 0)), ((3, 0), (3, 5))) is None
    True
    """
    one, far = sorted((along(line, other[0]), along(line, other[1])))
    first, last = max(one[0], 0.0), min(far[0], math.dist(*line))
    if last - first < 10 * slack / 3 or far[0] - one[0] <= 0:
        return None
    slope = (far[1] - one[1]) / (far[0] - one[0])
    if max(abs(one[1] + slope * (place - one[0])) for place in (first, last)) > slack:
        return None
    return first, last


def shared_stretches(one: Polygon, other: Polygon, slack: float = SLACK) -> list[Segment]:
    """Straight stretches along which two rooms touch, as the first one has them."""
    import shapely

    found: list[Segment] = []
    near = shapely.box(*other.bounds).buffer(slack)
    neighbours = straight_edges(other, slack)
    for edge in straight_edges(one, slack):
        if math.dist(*edge) < NARROWEST or not near.intersects(shapely.LineString(edge)):
            continue
        spans = sorted(span for each in neighbours if math.dist(*each) > 0 and (span := beside(edge, each, slack)))
        found += [(at(edge, first), at(edge, last)) for first, last in _joined(spans, slack)]
    return found


def _joined(spans: Iterable[tuple[float, float]], slack: float) -> list[tuple[float, float]]:
    """Spans in order, those that touch as one."""
    joined: list[tuple[float, float]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1] + slack:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def free_parts(stretch: Segment, taken: Iterable[Segment]) -> Iterator[Segment]:
    """What of a straight stretch of wall no other opening takes."""
    length = math.dist(*stretch)
    busy = sorted(
        (first - APART, last + APART) for each in taken if (span := beside(stretch, each)) for first, last in [span]
    )
    start = 0.0
    for first, last in [*_joined(busy, 0.0), (length, length)]:
        if first - start > 0:
            yield at(stretch, start), at(stretch, first)
        start = max(start, last)


def opening(
    stretches: Iterable[Segment], near: Point, width: float, taken: Iterable[Segment] = (), *, reach: float = 1.0
) -> Segment | None:
    """The opening of a width, or of what there is room for, nearest to a point; none if it would be too narrow.

    Args:
        stretches: Straight stretches of wall that it may lie in.
        near: Where its middle should be [m].
        width: How wide it should be [m].
        taken: Openings that are there already.
        reach: How far from the point it may begin at most [m].
    """
    best: tuple[float, Segment] | None = None
    others = list(taken)
    for stretch in stretches:
        for part in free_parts(stretch, others):
            length = math.dist(*part)
            clear = min(width, length)
            if clear < NARROWEST:
                continue
            place, _ = along(part, near)
            middle = min(max(place, clear / 2), length - clear / 2)
            segment = (at(part, middle - clear / 2), at(part, middle + clear / 2))
            gap = _distance(segment, near)
            cost = math.dist(at(part, middle), near) + 2 * (width - clear)
            if gap <= reach and (best is None or cost < best[0]):
                best = cost, segment
    return best and best[1]


def _distance(line: Segment, point: Point) -> float:
    """From a point to the nearest one of a line [m]."""
    place, _ = along(line, point)
    return math.dist(point, at(line, min(max(place, 0.0), math.dist(*line))))


def cut_in(polygon: Polygon, segment: Segment, slack: float = SLACK) -> Polygon | None:
    """The polygon with a segment on its outline, or on one of its holes, as an edge; none if it lies on neither."""
    from shapely import Point as Place
    from shapely import Polygon as Outline

    rings = [polygon.exterior, *polygon.interiors]
    ends = [Place(end) for end in segment]
    row = min(range(len(rings)), key=lambda each: max(rings[each].distance(end) for end in ends))
    if max(rings[row].distance(end) for end in ends) > 2 * slack:
        return None
    rings[row] = _with_edge(rings[row], segment)
    changed = Outline(rings[0], rings[1:])
    return changed if changed.is_valid and abs(changed.area - polygon.area) < 10 * slack else None


def _with_edge(ring: Any, segment: Segment) -> Sequence[Point]:
    """Corners of a ring that runs straight from one end of the segment to the other."""
    from shapely import Point as Place

    corners = list(ring.coords)[:-1]
    (start, one), (end, other) = sorted((ring.project(Place(point)), point) for point in segment)
    places = [ring.project(Place(corner)) for corner in corners]
    places[0] = 0.0
    close = 0.005  # corners nearer to an end are that end
    if end - start <= ring.length - (end - start):
        before = [corner for place, corner in zip(places, corners, strict=True) if place < start - close]
        after = [corner for place, corner in zip(places, corners, strict=True) if place > end + close]
        return [*before, one, other, *after]
    between = [corner for place, corner in zip(places, corners, strict=True) if start + close < place < end - close]
    return [one, *between, other]
