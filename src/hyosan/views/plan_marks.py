"""What a storey of a floor plan is drawn with: rooms, walls, doors, stairs, furniture and names."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from hyosan.floorplan.plan import OPEN_AIR, OUTSIDE, DoorState, RoomKind
from hyosan.views.looks import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, VERMILION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes

    from hyosan.floorplan.plan import Door, Floorplan, Point, Ring, Room, Segment, Stair, Zone

TINTS: dict[str, str] = {
    RoomKind.ROOM: "#F3F1EC", RoomKind.CLASSROOM: "#FCEBC8", RoomKind.LABORATORY: "#D9EAF7", RoomKind.OFFICE: "#E9E4F2",
    RoomKind.HALL: "#F8F3E8", RoomKind.CORRIDOR: "#FAFAF7", RoomKind.STAIRWELL: "#E8E8E6", RoomKind.TOILET: "#D8EEEC",
    RoomKind.KITCHEN: "#F6D9CD", RoomKind.DINING: "#FBE4D8", RoomKind.GYM: "#E6F0D3", RoomKind.LIBRARY: "#EFE1CF",
    RoomKind.STORE: "#E3E0D8", RoomKind.LIFT: "#D5D5D2", RoomKind.ROOF: "#EEEEEC", RoomKind.YARD: "#D5E8C6",
}  # fmt: skip
CALM: dict[str, str] = {
    RoomKind.CORRIDOR: "#F1F2F1", RoomKind.STAIRWELL: "#E9EBEB", RoomKind.YARD: "#EAF2E4", RoomKind.ROOF: "#F1F1EF",
}  # fmt: skip
"""Floors under people: where one passes, and the open, are told from rooms."""
FURNITURE, MOVABLE, EDGE, LEAF, STEPS = "#DDD6CA", "#EFEAE0", "#A79F92", "#7A5C3A", "#8A8F98"

LETTER = 0.66
"""Width of a letter over its height."""
MOST_WORDS = 6
"""Words of a name that are written."""
SMALLEST, LARGEST = 4.2, 8.0
"""Sizes of names of rooms [pt]."""


@dataclass(frozen=True)
class Sketch:
    """A storey on a sheet whose axes are in inches."""

    axes: Axes
    plan: Floorplan
    storey: int
    scale: float
    """Inches a metre."""
    corner: tuple[float, float]
    """Where the lower left corner of the storey is [inches]."""
    extent: tuple[float, float, float, float]
    calm: bool = False
    """Whether it is a ground for people: pale, without seats and marks for measuring."""

    def tint(self, room: Room) -> str:
        """Colour of a room's floor."""
        if not self.calm:
            return TINTS[room.kind]
        return CALM.get(room.kind, "#FAFAF8")

    def at(self, point: Point) -> Point:
        """A place of the storey on the sheet [inches]."""
        return (
            self.corner[0] + (point[0] - self.extent[0]) * self.scale,
            self.corner[1] + (point[1] - self.extent[1]) * self.scale,
        )

    def points(self, length: float, least: float, most: float) -> float:
        """A length in points of the paper, within bounds [pt]."""
        return min(max(length * self.scale * 72, least), most)

    def line(self, points: Iterable[Point], **look: Any) -> None:
        """A line through places of the storey."""
        xs, ys = zip(*(self.at(point) for point in points), strict=True)
        self.axes.plot(xs, ys, **look)

    def area(self, rings: Iterable[Ring], **look: Any) -> None:
        """A polygon, the outline first and then its holes."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        paths = [Path([self.at(point) for point in (*ring, ring[0])], closed=True) for ring in rings if len(ring) > 2]
        if paths:
            self.axes.add_patch(PathPatch(Path.make_compound_path(*paths), **look))


def draw_storey(sketch: Sketch) -> None:
    """Draw everything of a storey."""
    plan, storey = sketch.plan, sketch.storey
    rooms = dict(plan.rooms_on(storey))
    for room in sorted(rooms.values(), key=lambda room: room.kind not in OPEN_AIR):
        sketch.area((room.outline, *room.holes), facecolor=sketch.tint(room), edgecolor="none", zorder=1)
    for zone in plan.zones:
        if zone.storey == storey and not sketch.calm:
            _draw_zone(sketch, zone)
    for obstacle in plan.obstacles:
        if obstacle.room in rooms:
            face = "#ECE9E3" if sketch.calm else MOVABLE if obstacle.movable else FURNITURE
            sketch.area(
                (obstacle.outline,),
                facecolor=face,
                edgecolor="#CFC9BF" if sketch.calm else EDGE,
                linewidth=0.4,
                zorder=4,
            )
    seats = [sketch.at(seat.place) for seat in plan.seats if seat.room in rooms]
    if seats and not sketch.calm:
        size = sketch.points(0.3, 0.9, 4.0)
        xs, ys = zip(*seats, strict=True)
        sketch.axes.scatter(xs, ys, s=size**2, color=BLUE, linewidths=0, alpha=0.75, zorder=5)
    openings = [door.segment for door in plan.doors if any(row in rooms for row in door.rooms)]
    openings += [end.segment for stair in plan.stairs for end in stair.ends if end.room in rooms]
    _draw_walls(sketch, rooms.values(), openings)
    for place in (1, 0):
        for stair in plan.stairs:
            if stair.ends[place].room in rooms:
                _draw_stair(sketch, stair, upper=place == 1)
    for door in plan.doors:
        if any(row in rooms for row in door.rooms):
            _draw_door(sketch, door)
    for gate in plan.gates:
        if gate.storey == storey and not sketch.calm:
            sketch.line(gate.segment, color=PURPLE, linewidth=1.2, linestyle=(0, (2, 1.5)), zorder=9)
    for room in rooms.values():
        _name_room(sketch, room)


def _draw_zone(sketch: Sketch, zone: Zone) -> None:
    """A dashed area, with its name in its upper left corner where there is room."""
    look: dict[str, Any] = {"edgecolor": ORANGE, "linewidth": 0.7, "linestyle": (0, (3, 2))}
    sketch.area((zone.outline,), facecolor=f"{ORANGE}1A", zorder=3, **look)
    xs, ys = [x for x, _ in zone.outline], [y for _, y in zone.outline]
    wide, high = sketch.points(max(xs) - min(xs), 0, 1e6), sketch.points(max(ys) - min(ys), 0, 1e6)
    if wide > 5 * LETTER * len(zone.name) + 6 and high > 14:
        x, y = sketch.at((min(xs), max(ys)))
        sketch.axes.text(x + 0.04, y - 0.1, zone.name, fontsize=5, color="#9A6A00", zorder=3)


def _draw_walls(sketch: Sketch, rooms: Iterable[Room], openings: list[Segment]) -> None:
    """Outlines without their openings; in the open they are thin and green."""
    from shapely import STRtree
    from shapely.geometry import LineString

    gaps = [LineString(segment).buffer(0.02, cap_style="flat") for segment in openings]
    tree = STRtree(gaps)
    width = sketch.points(0.15, 0.7, 2.4)
    for room in rooms:
        outdoor = room.kind in OPEN_AIR
        look: dict[str, Any] = {"color": "#6FA15A", "linewidth": 0.8, "zorder": 6}
        if not outdoor:
            look = {"color": INK, "linewidth": width, "zorder": 7, "solid_capstyle": "projecting"}
        for ring in (room.outline, *room.holes):
            wall: Any = LineString((*ring, ring[0])) if len(ring) > 1 else LineString()
            for place in tree.query(wall).tolist():
                wall = wall.difference(gaps[place])
            for part in getattr(wall, "geoms", [wall]):
                if part.length > 0.03:
                    sketch.line(part.coords, **look)


def away_from(sketch: Sketch, door: Door) -> tuple[float, float]:
    """Unit vector across a door, out of its first room."""
    from shapely.geometry import Point as Place
    from shapely.geometry import Polygon

    (x, y), (other_x, other_y) = door.segment
    length = max(door.width, 1e-9)
    across = ((other_y - y) / length, (x - other_x) / length)
    room = door.rooms[0] if door.rooms[0] != OUTSIDE else door.rooms[1]
    outline = sketch.plan.rooms[room].outline
    behind = Place((x + other_x) / 2 + 0.05 * across[0], (y + other_y) / 2 + 0.05 * across[1])
    inside = len(outline) > 2 and Polygon(outline).buffer(0).contains(behind)
    return (-across[0], -across[1]) if inside else across


def _draw_door(sketch: Sketch, door: Door) -> None:
    """A door by its state; an exit is green, with an arrow."""
    away = away_from(sketch, door)
    if door.is_exit:
        _draw_exit(sketch, door, away)
    if not door.leaf:
        return
    halves = _halves(door.segment)
    thin = sketch.points(0.05, 0.5, 1.1)
    swing = away if door.is_exit else (-away[0], -away[1])
    colour = GREEN if door.is_exit else LEAF
    for hinge, end in halves:
        length = math.dist(hinge, end)
        tip = (hinge[0] + swing[0] * length, hinge[1] + swing[1] * length)
        if door.state is DoorState.OPEN:
            sketch.line((hinge, tip), color=colour, linewidth=1.5 * thin, zorder=8)
            sketch.line(_arc(hinge, end, tip), color=colour, linewidth=0.5 * thin, zorder=8)
        else:
            look = _look_when_shut(door.state, colour, thin)
            sketch.line((hinge, end), zorder=9, **look)
    if door.state in (DoorState.LOCKED, DoorState.BARRICADED):
        _draw_bar(sketch, door, away)


def _look_when_shut(state: DoorState, colour: str, thin: float) -> dict[str, Any]:
    """How the leaf of a door is drawn that does not stand open."""
    if state is DoorState.BROKEN:
        return {"color": GREY, "linewidth": thin, "linestyle": (0, (1, 1.5))}
    if state is DoorState.CLOSED:
        return {"color": colour, "linewidth": 2 * thin}
    return {"color": VERMILION, "linewidth": 2.4 * thin}


def _draw_bar(sketch: Sketch, door: Door, away: tuple[float, float]) -> None:
    """A dot on a locked door, two bars across a barricaded one."""
    (x, y), (other_x, other_y) = door.segment
    if door.state is DoorState.LOCKED:
        at = sketch.at(((x + other_x) / 2, (y + other_y) / 2))
        sketch.axes.plot(*at, marker="o", markersize=sketch.points(0.25, 1.6, 4.0), color=VERMILION, zorder=10)
        return
    for share in (0.3, 0.7):
        at = (x + share * (other_x - x), y + share * (other_y - y))
        ends = [(at[0] + sign * 0.2 * away[0], at[1] + sign * 0.2 * away[1]) for sign in (-1, 1)]
        sketch.line(ends, color=VERMILION, linewidth=sketch.points(0.07, 0.7, 1.8), zorder=10)


def _halves(segment: Segment) -> list[tuple[Point, Point]]:
    """Hinge and end of each leaf: a wide door has two."""
    one, other = segment
    if math.dist(one, other) < 1.4:
        return [(one, other)]
    middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    return [(one, middle), (other, middle)]


def _arc(hinge: Point, end: Point, tip: Point) -> list[Point]:
    """A quarter of a circle, from a leaf that is shut to one that is open."""
    shut, open_ = (end[0] - hinge[0], end[1] - hinge[1]), (tip[0] - hinge[0], tip[1] - hinge[1])
    turns = [step * math.pi / 16 for step in range(9)]
    return [
        (
            hinge[0] + math.cos(turn) * shut[0] + math.sin(turn) * open_[0],
            hinge[1] + math.cos(turn) * shut[1] + math.sin(turn) * open_[1],
        )
        for turn in turns
    ]


def _draw_exit(sketch: Sketch, door: Door, away: tuple[float, float]) -> None:
    """A green sill, and an arrow that runs out."""
    sketch.line(door.segment, color=GREEN, linewidth=sketch.points(0.2, 1.4, 3.2), zorder=8, solid_capstyle="butt")
    (x, y), (other_x, other_y) = door.segment
    start = sketch.at(((x + other_x) / 2, (y + other_y) / 2))
    length = max(0.16, min(0.9 * sketch.scale, 0.34))
    look: dict[str, Any] = {"color": GREEN, "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0}
    look["arrowstyle"] = (
        "->,head_length=0.26,head_width=0.17" if door.emergency else "-|>,head_length=0.34,head_width=0.2"
    )
    tip = (start[0] + away[0] * length, start[1] + away[1] * length)
    tail = (start[0] - away[0] * length * 0.25, start[1] - away[1] * length * 0.25)
    sketch.axes.annotate("", xy=tip, xytext=tail, arrowprops=look, zorder=12)


def _draw_stair(sketch: Sketch, stair: Stair, *, upper: bool) -> None:
    """Treads along the path, and an arrow up; from above it is paler."""
    colour = "#B9BDC4" if upper else STEPS
    half = stair.width / 2
    for one, other in zip(stair.path, stair.path[1:], strict=False):
        run = math.dist(one[:2], other[:2])
        if run < 1e-6:
            continue
        along = ((other[0] - one[0]) / run, (other[1] - one[1]) / run)
        side = (-along[1] * half, along[0] * half)
        corners = [(one[0] + side[0], one[1] + side[1]), (other[0] + side[0], other[1] + side[1])]
        corners += [(other[0] - side[0], other[1] - side[1]), (one[0] - side[0], one[1] - side[1])]
        sketch.area((tuple(corners),), facecolor="#FFFFFF99", edgecolor=colour, linewidth=0.6, zorder=5.5)
        flat = abs(other[2] - one[2]) < 1e-6
        step = max(stair.tread, 1.6 / (sketch.scale * 72))
        for count in range(1, 0 if flat else int(run / step)):
            at = (one[0] + along[0] * step * count, one[1] + along[1] * step * count)
            ends = [(at[0] + side[0], at[1] + side[1]), (at[0] - side[0], at[1] - side[1])]
            sketch.line(ends, color=colour, linewidth=0.45, zorder=5.6)
    if len(stair.path) < 2:
        return
    points = [sketch.at((x, y)) for x, y, _ in stair.path]
    look: dict[str, Any] = {
        "color": colour if upper else INK,
        "linewidth": 0.8,
        "solid_joinstyle": "round",
        "zorder": 6.5,
    }
    sketch.axes.plot(*zip(*points, strict=True), **look)
    arrow = {"arrowstyle": "-|>,head_length=0.26,head_width=0.13", "color": look["color"], "shrinkA": 0, "shrinkB": 0}
    sketch.axes.annotate("", xy=points[-1], xytext=points[-2], arrowprops=arrow | {"linewidth": 0.8}, zorder=6.5)


def _name_room(sketch: Sketch, room: Room) -> None:
    """The title of a room where it fits: on one line, on two, or upright."""
    from matplotlib.patheffects import withStroke
    from shapely.geometry import Polygon

    polygon = Polygon(room.outline, room.holes) if len(room.outline) > 2 else Polygon()
    if not polygon.is_valid or polygon.is_empty:
        return
    best: tuple[float, str, int, Point] | None = None
    for place, wide, high in _places(polygon):
        for text in _lines(room.title or room.name):
            for turn in (0, 90):
                across, up = (wide, high) if turn == 0 else (high, wide)
                letters, lines = max(_width(line) for line in text.split("\n")), text.count("\n") + 1
                fitting = (
                    0.9 * across * sketch.scale * 72 / (LETTER * letters),
                    0.8 * up * sketch.scale * 72 / (1.25 * lines),
                )
                size = min(*fitting, LARGEST) * (0.86 if turn else 1)
                if best is None or size > best[0] + 0.05:
                    best = size, text, turn, place
    if best is None or best[0] < SMALLEST:
        return
    size, text, turn, place = best
    label = sketch.axes.text(
        *sketch.at(place), text, fontsize=size, rotation=turn, ha="center", va="center", zorder=11,
        color="#9A9A96" if sketch.calm else INK,
        linespacing=1.05,
    )  # fmt: skip
    label.set_path_effects([withStroke(linewidth=1.6, foreground=sketch.tint(room), alpha=0.9)])


def _width(text: str) -> float:
    """Width of a text in letters; those of East Asia are wide."""
    return max(sum(1.6 if ord(letter) > 0x1100 else 1.0 for letter in text), 1.0)


def _lines(text: str) -> list[str]:
    """A text on one line, and broken into two or three in every way."""
    words = text[:60].split()[:MOST_WORDS]
    cuts = [cut for number in range(3) for cut in combinations(range(1, len(words)), number)]
    parts = [list(zip((0, *cut), (*cut, len(words)), strict=True)) for cut in cuts]
    return ["\n".join(" ".join(words[first:last]) for first, last in part) for part in parts]


def _places(polygon: Any) -> list[tuple[Point, float, float]]:
    """Places for a name, with the width and height that are free around each [m]."""
    from shapely import maximum_inscribed_circle
    from shapely.geometry import LineString

    west, south, east, north = polygon.bounds
    circle = maximum_inscribed_circle(polygon, tolerance=max(0.02 * min(east - west, north - south), 1e-3))
    inner, middle = circle.coords[0], polygon.centroid
    places = [(float(inner[0]), float(inner[1]))]
    if polygon.contains(middle):
        places.insert(0, (middle.x, middle.y))
    found = []
    for x, y in places:
        spans: list[float] = []
        for line in (LineString([(west - 1, y), (east + 1, y)]), LineString([(x, south - 1), (x, north + 1)])):
            common = polygon.intersection(line)
            parts = [part for part in getattr(common, "geoms", [common]) if part.length > 0]
            here = [part for part in parts if part.bounds[0] - 1e-6 <= x <= part.bounds[2] + 1e-6]
            here = [part for part in here if part.bounds[1] - 1e-6 <= y <= part.bounds[3] + 1e-6]
            axis = 0 if len(spans) == 0 else 1
            at = (x, y)[axis]
            # The name stands in the middle of what is free, so the shorter side counts.
            spans.append(
                2 * min((min(at - part.bounds[axis], part.bounds[axis + 2] - at) for part in here), default=0.0)
            )
        found.append(((x, y), spans[0], spans[1]))
    return found


def legend_mark(axes: Axes, what: str, x: float, y: float) -> None:
    """A mark of the legend, in a box of 0.2 by 0.11 inches."""
    middle = y + 0.055
    if what == "exit":
        look: dict[str, Any] = {"arrowstyle": "-|>,head_length=0.34,head_width=0.2", "color": GREEN, "linewidth": 1.3}
        axes.annotate("", xy=(x + 0.2, middle), xytext=(x, middle), arrowprops=look | {"shrinkA": 0, "shrinkB": 0})
    elif what == "seat":
        axes.plot(x + 0.1, middle, marker="o", markersize=3, color=BLUE, alpha=0.75, markeredgewidth=0)
    elif what == "zone":
        axes.plot([x, x + 0.2], [middle, middle], color=ORANGE, linewidth=0.9, linestyle=(0, (3, 2)))
    elif what == "gate":
        axes.plot([x, x + 0.2], [middle, middle], color=PURPLE, linewidth=1.2, linestyle=(0, (2, 1.5)))
    else:
        state = DoorState(what.removeprefix("door "))
        if state is DoorState.OPEN:
            axes.plot([x + 0.04, x + 0.04], [y, y + 0.12], color=LEAF, linewidth=1.4)
            arc = _arc((x + 0.04, y), (x + 0.16, y), (x + 0.04, y + 0.12))
            axes.plot(*zip(*arc, strict=True), color=LEAF, linewidth=0.5)
            return
        axes.plot([x, x + 0.2], [middle, middle], **_look_when_shut(state, LEAF, 0.9))
        if state is DoorState.LOCKED:
            axes.plot(x + 0.1, middle, marker="o", markersize=3.2, color=VERMILION)
        if state is DoorState.BARRICADED:
            for share in (0.06, 0.14):
                axes.plot([x + share, x + share], [y, y + 0.11], color=VERMILION, linewidth=1.2)
