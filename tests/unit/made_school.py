"""What a person of a body's width can reach in a plan, reckoned without the checks of the package."""

from hyosan.floorplan.plan import OUTSIDE

RADIUS = 0.2
"""Radius of a body [m]."""
SHORTER = 1e-6
"""By how much it may be less, for the sake of rounding [m]."""


def polygon(room):
    """The floor of a room."""
    from shapely import Polygon

    return Polygon(room.outline, room.holes)


def ways(plan, row):
    """Segments through which one leaves a room: its doors and the ends of its stairs."""
    doors = [door.segment for door in plan.doors if row in door.rooms]
    return doors + [end.segment for stair in plan.stairs for end in stair.ends if end.room == row]


def walkable(plan, row):
    """Where the middle of a body can be in a room and in its doorways, as connected parts."""
    from shapely import LineString, Polygon, get_parts, union_all

    things = union_all([Polygon(thing.outline) for thing in plan.obstacles if thing.room == row])
    doorways = [LineString(way).buffer(0.4, cap_style="flat") for way in ways(plan, row)]
    free = union_all([polygon(plan.rooms[row]), *doorways]).difference(things)
    return list(get_parts(free.buffer(SHORTER - RADIUS, quad_segs=32)))


def connected(plan):
    """Rooms from which one can walk out, by doors and stairs."""
    pairs = [door.rooms for door in plan.doors] + [tuple(end.room for end in stair.ends) for stair in plan.stairs]
    found, fresh = {OUTSIDE}, {OUTSIDE}
    while fresh:
        fresh = {other for pair in pairs if fresh & set(pair) for other in pair} - found
        found |= fresh
    return found - {OUTSIDE}
