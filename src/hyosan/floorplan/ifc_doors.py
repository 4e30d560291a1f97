"""Doors of a building model: which rooms they join, and how these share a doorway through a thick wall."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hyosan.floorplan.draft import Draft, cleaned, largest, plain, to_the_millimetre
from hyosan.floorplan.openings import NARROWEST, SLACK, shared_stretches

if TYPE_CHECKING:
    from hyosan.floorplan.openings import Polygon
    from hyosan.floorplan.plan import Point

REACH = 0.6
"""How far from the middle of a door the outlines of its rooms may begin, beside half of its depth [m]."""

TOUCHING = 0.02
"""Rooms nearer to each other than this have no wall between them [m]."""

Line = tuple["Point", "Point"]


def add_doors(draft: Draft, model: dict[str, Any], row_of_space: dict[int, int]) -> None:
    """Put doors between the rooms that the model says, or else those on their two sides; then mere passages."""
    ground = _ground(draft, model)
    stepped = 0
    for door in model["doors"]:
        name = f"{plain(door['name'], 60) or 'door'} #{door['id']}"
        storey = min(range(len(draft.storeys)), key=lambda row: abs(draft.storeys[row].elevation - door["bottom"]))
        if abs(draft.storeys[storey].elevation - door["bottom"]) > 1.0:
            draft.lose("doors on levels without rooms, left out", name)
            continue
        said = [row_of_space[space] for space in door["spaces"] if space in row_of_space]
        way = _way(door)
        stepped += not door["spaces"]
        placed = _between(draft, name, storey, door, way, said)
        if not placed and len(said) < 2:
            placed = _out(draft, name, storey, door, way, said, leads=storey <= ground)
        if not placed and not any(name in things for things in draft.lost.values()):
            draft.lose("doors with no room on either side, or with too little wall, left out", name)
    if stepped:
        draft.notes.append(
            "doors that say nothing of their rooms (no IfcRelSpaceBoundary), taken to join the rooms within "
            f"{REACH:g} m of their two sides: {stepped} of {len(model['doors'])}."
        )
    _add_passages(draft, model, row_of_space)


def _ground(draft: Draft, model: dict[str, Any]) -> int:
    """The storey from which exits lead into the open: the one nearest to height 0, or the lowest."""
    written = {plain(storey["name"]): storey["elevation"] for storey in model["storeys"]}
    heights = [written.get(storey.name, storey.elevation) for storey in draft.storeys]
    return min(range(len(heights)), key=lambda row: abs(heights[row]))


def _way(door: dict[str, Any]) -> tuple[Point, float, float]:
    """Direction along the wall, width and depth of a door.

    The x axis of a door should run along the wall; programs that turn it have a far longer side across it.
    """
    x, y = door["along"]
    if door["depth"] > 1.25 * door["width"]:
        return (-y, x), door["depth"], door["width"]
    return (x, y), door["width"], door["depth"]


def _sides(
    draft: Draft, storey: int, door: dict[str, Any], way: tuple[Point, float, float], said: list[int]
) -> list[tuple[float, int, int]]:
    """Rooms that a line across the wall meets: distance from the middle of the door, side, and row."""
    import shapely

    (x, y), _, depth = way
    (middle_x, middle_y), reach = door["middle"], depth / 2 + REACH
    across = (-y, x)
    start = (middle_x - reach * across[0], middle_y - reach * across[1])
    line = shapely.LineString([start, (middle_x + reach * across[0], middle_y + reach * across[1])])
    found: list[tuple[float, int, int]] = []
    for row, room in enumerate(draft.rooms):
        if room.storey != storey or (len(said) == 2 and row not in said) or not room.polygon.intersects(line):
            continue
        met = room.polygon.intersection(line)
        for part in getattr(met, "geoms", [met]):
            if part.geom_type != "LineString" or part.length < 0.05:
                continue
            first, last = sorted(math.dist(start, end) - reach for end in part.coords)
            side = 1 if first + last > 0 else -1
            found.append((first if side > 0 else -last, side, row))
    return sorted(found)


def _between(
    draft: Draft, name: str, storey: int, door: dict[str, Any], way: tuple[Point, float, float], said: list[int]
) -> bool:
    """Put a door between the two rooms on its sides; say whether there are two."""
    nearest = {side: (gap, row) for gap, side, row in reversed(_sides(draft, storey, door, way, said))}
    if len(nearest) < 2 or nearest[1][1] == nearest[-1][1]:
        return False
    (there, other), (here, one) = nearest[1], nearest[-1]
    if said and one not in said and other not in said:
        return False
    (x, y), width, _ = way
    middle = door["middle"]
    shift = (there - here) / 2
    middle = (middle[0] - y * shift, middle[1] + x * shift)
    wall = there + here
    if wall < TOUCHING:
        return draft.join(name, (one, other), middle, width)
    if width < NARROWEST:
        draft.lose("doors narrower than 0.5 m, left out", name)
        return False
    segment = to_the_millimetre(
        (
            (middle[0] - x * width / 2, middle[1] - y * width / 2),
            (middle[0] + x * width / 2, middle[1] + y * width / 2),
        )
    )
    return _grow(draft, name, (one, other), segment, wall / 2)


def _grow(draft: Draft, name: str, rooms: tuple[int, int], segment: Line, depth: float) -> bool:
    """Have two rooms grow into the doorway between them, up to the segment."""
    import shapely

    (x, y), (end_x, end_y) = segment
    length = math.dist(*segment)
    across = (-(end_y - y) / length, (end_x - x) / length)
    grown: list[Polygon] = []
    for row, side in zip(rooms, (-1, 1), strict=True):
        room = draft.rooms[row]
        far = side * (depth + 0.15)
        doorway = shapely.Polygon(
            [
                (x, y),
                (end_x, end_y),
                (end_x + far * across[0], end_y + far * across[1]),
                (x + far * across[0], y + far * across[1]),
            ]
        )
        strangers = [
            each.polygon
            for number, each in enumerate(draft.rooms)
            if each.storey == room.storey and number != row and each.polygon.intersects(doorway)
        ]
        doorway = largest(doorway.difference(shapely.union_all(strangers)) if strangers else doorway, least=0.001)
        union = None if doorway is None else shapely.union(room.polygon, doorway)
        if union is None or union.geom_type != "Polygon":
            return False
        holes = [list(hole.coords)[:-1] for hole in union.interiors if shapely.Polygon(hole).area > 0.01]
        outline = cleaned(list(union.exterior.coords)[:-1], holes)
        if outline is None or outline.area < room.polygon.area - 0.01:
            return False
        grown.append(outline)
    before = [draft.rooms[row].polygon for row in rooms]
    for row, outline in zip(rooms, grown, strict=True):
        draft.rooms[row].polygon = outline
    if draft.add_door(name, rooms, segment, slack=SLACK):
        return True
    for row, outline in zip(rooms, before, strict=True):
        draft.rooms[row].polygon = outline
    return False


def _out(
    draft: Draft,
    name: str,
    storey: int,
    door: dict[str, Any],
    way: tuple[Point, float, float],
    said: list[int],
    *,
    leads: bool,
) -> bool:
    """Put an exit at a door with one room and the open on its sides; say whether it has."""
    import shapely

    found = [each for each in _sides(draft, storey, door, way, said) if not said or each[2] in said]
    if not found:
        return False
    gap, side, row = found[0]
    (x, y), width, depth = way
    middle_x, middle_y = door["middle"]
    beyond = -side * (depth / 2 + REACH)
    far = shapely.Point(middle_x - y * beyond, middle_y + x * beyond)
    if not leads:
        draft.lose("doors out of the building above the ground, left out", name)
        return False
    if door["internal"] or _building(draft, storey).contains(far):
        draft.lose("doors into parts of the building that are no rooms (IfcSpace), left out", name)
        return False
    near = (middle_x - y * side * gap, middle_y + x * side * gap)
    return draft.lead_out(name, row, near, width)


def _building(draft: Draft, storey: int) -> Polygon:
    """A storey with its walls, courtyards and shafts."""
    import shapely

    wall = 0.5
    rooms = shapely.union_all([room.polygon for room in draft.rooms if room.storey == storey])
    whole = rooms.buffer(wall, join_style="mitre").buffer(-wall, join_style="mitre")
    return shapely.union_all([shapely.Polygon(part.exterior) for part in getattr(whole, "geoms", [whole])])


def _add_passages(draft: Draft, model: dict[str, Any], row_of_space: dict[int, int]) -> None:
    """Open rooms to each other that the model says have no wall between them."""
    for one, other in model["passages"]:
        if one not in row_of_space or other not in row_of_space:
            continue
        rooms = (row_of_space[one], row_of_space[other])
        if draft.rooms[rooms[0]].storey != draft.rooms[rooms[1]].storey:
            continue
        name = f"passage {draft.rooms[rooms[0]].name} to {draft.rooms[rooms[1]].name}"
        stretches = shared_stretches(*(draft.rooms[row].polygon for row in rooms))
        longest = max(stretches, key=lambda stretch: math.dist(*stretch), default=None)
        if longest is None:
            draft.lose("passages without a common straight wall, left out", name)
            continue
        middle = ((longest[0][0] + longest[1][0]) / 2, (longest[0][1] + longest[1][1]) / 2)
        if not draft.join(name, rooms, middle, math.dist(*longest), leaf=False):
            draft.lose("passages without a common straight wall, left out", name)
