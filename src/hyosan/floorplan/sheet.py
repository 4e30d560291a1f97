"""From the grids of a text to rooms, doors, and what stands in rooms."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hyosan.floorplan import grid
from hyosan.floorplan.legend import ALWAYS, FLOOR, MOVABLE, NOTHING, OBSTACLE, SEATS, STAIRS, Legend
from hyosan.floorplan.plan import (
    OUTSIDE,
    Door,
    Gate,
    Obstacle,
    Point,
    Room,
    RoomKind,
    Seat,
    Segment,
    Storey,
    Zone,
)
from hyosan.scenario.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.floorplan.grid import Cell

Place = tuple[int, int, int]
"""Storey, row and column."""

Run = list[grid.Cell]
"""Cells of one opening, side by side."""

ACROSS, UP = (0, 1), (1, 0)
"""Ways through a wall: to the right, and down the rows."""


class Sheet:
    """Gathers rooms storey by storey, and everything that is wrong on the way."""

    def __init__(self, legend: Legend, height: int, storeys: list[Storey]) -> None:
        self.legend, self.height, self.storeys = legend, height, storeys
        self.rooms: list[Room] = []
        self.doors: list[Door] = []
        self.obstacles: list[Obstacle] = []
        self.seats: list[Seat] = []
        self.zones: list[Zone] = []
        self.gates: list[Gate] = []
        self.openings: list[tuple[int, str, int, Segment, Cell]] = []
        """Storey, digit, room, segment and way out of the room, of each end of a stair."""
        self.problems: list[tuple[Place, str]] = []
        self._areas_named: set[str] = set()
        self._level = -1

    def storey(self, rows: list[str]) -> None:
        """Take the grid of the next storey."""
        self._level += 1
        self._cells = {(row, column): letter for row, line in enumerate(rows) for column, letter in enumerate(line)}
        floor = {cell for cell, letter in self._cells.items() if self._is_floor(letter, cell)}
        self._room_at: dict[Cell, int] = {}
        self._grown: dict[int, set[Cell]] = {}
        first = len(self.rooms)
        for region in grid.regions(floor):
            self._room(region)
        if len(self.rooms) == first:
            self._problem((0, 0), "the storey has no floor. Draw one with `.`.")
        for letter, run, way in self._runs():
            self._opening(letter, run, way)
        for row in range(first, len(self.rooms)):
            self._outline(row)
        self._furniture()
        self._areas()

    def _problem(self, cell: Cell, message: str) -> None:
        """Keep a problem."""
        self.problems.append(((self._level, *cell), message))

    def _is_floor(self, letter: str, cell: Cell) -> bool:
        """Whether one can stand in a cell."""
        if letter in (FLOOR, OBSTACLE, MOVABLE) or letter in SEATS or letter in self.legend.labels:
            return True
        if letter not in ALWAYS and letter not in self.legend.doors:
            mend = f"Explain it with `room {letter} NAME KIND`, or use `.`." if letter.isprintable() else "Use `.`."
            self._problem(cell, f"{shown(letter)} has no meaning. {mend}")
        return False

    def _room(self, region: list[Cell]) -> None:
        """Take a region of floor as a room."""
        row = len(self.rooms)
        for cell in region:
            self._room_at[cell] = row
        letters = {self._cells[cell] for cell in region}
        labels = {letter for letter in letters if letter in self.legend.labels}
        labels = {letter for letter in labels if self.legend.labels[letter].what == "room"}
        if len(labels) > 1:
            self._problem(region[0], f"one room has the letters {', '.join(sorted(labels))}. Put a wall between them.")
        self._grown[row] = {(2 * r + dr, 2 * c + dc) for r, c in region for dr in (0, 1) for dc in (0, 1)}
        label = self.legend.labels[min(labels)] if labels else None
        self.rooms.append(
            Room(
                name=label.name if label else "",
                storey=self._level,
                outline=(),
                kind=RoomKind(label.kind) if label else RoomKind.ROOM,
                title=label.title if label else "",
                capacity=label.capacity if label else None,
            )
        )

    def name_rooms(self) -> None:
        """Give every room a name of its own: names that stand in several rooms are numbered."""
        wanted = [room.name or "room" for room in self.rooms]
        bare = [not room.name for room in self.rooms]
        often = Counter(wanted)
        taken = {name for name, count in often.items() if count == 1 and name != "room"}
        counts: dict[str, int] = {}
        for row, name in enumerate(wanted):
            if often[name] > 1 or bare[row]:
                while True:
                    counts[name] = counts.get(name, 0) + 1
                    found = f"{name}-{counts[name]}"
                    if found not in taken:
                        break
                taken.add(found)
                self.rooms[row] = replace(self.rooms[row], name=found)

    def _runs(self) -> Iterator[tuple[str, Run, Cell]]:
        """Openings: letter, cells side by side, and the way through."""
        ways: dict[Cell, Cell] = {}
        for cell, letter in self._cells.items():
            if letter in self.legend.doors or letter in STAIRS:
                way = self._way(cell, stair=letter in STAIRS)
                if way is not None:
                    ways[cell] = way
        done: set[Cell] = set()
        for cell, way in ways.items():
            if cell in done:
                continue
            letter, run, step = self._cells[cell], [cell], (way[1], way[0])
            while (near := (run[-1][0] + abs(step[0]), run[-1][1] + abs(step[1]))) in ways:
                if ways[near] != way or self._cells[near] != letter or self._sides(near, way) != self._sides(cell, way):
                    break
                run.append(near)
            done.update(run)
            yield letter, run, way

    def _side(self, cell: Cell) -> int | None:
        """Room of a cell, `OUTSIDE`, or nothing if it is no place to go."""
        letter = self._cells.get(cell, NOTHING)
        return OUTSIDE if letter == NOTHING else self._room_at.get(cell)

    def _sides(self, cell: Cell, way: Cell) -> tuple[int | None, int | None]:
        """What is behind and before an opening."""
        return self._side((cell[0] - way[0], cell[1] - way[1])), self._side((cell[0] + way[0], cell[1] + way[1]))

    def _way(self, cell: Cell, *, stair: bool) -> Cell | None:
        """The way through an opening; away from the floor if it is the end of a stair."""
        if stair:
            out = [(-down, -right) for down, right in grid.AROUND if (cell[0] + down, cell[1] + right) in self._room_at]
            if len(out) == 1:
                return out[0]
            self._problem(
                cell, f"the stair has floor on {len(out)} sides here. Put its digits into a wall of one room."
            )
            return None
        found = []
        for way in (ACROSS, UP):
            sides = self._sides(cell, way)
            if None not in sides and sides != (OUTSIDE, OUTSIDE):
                found.append(way)
        if len(found) == 1:
            return found[0]
        what = "leads both ways" if found else "does not lead from one floor to another or outside"
        self._problem(cell, f"the door {what}. Put it into a wall one cell thick, with wall on both sides of it.")
        return None

    def _opening(self, letter: str, run: Run, way: Cell) -> None:
        """Take a door, or an end of a stair."""
        segment = self._segment(run, way)
        if letter in STAIRS:
            room = self._sides(run[0], way)[0]
            assert room is not None, "a stair's way leads away from floor"
            self._grow(room, run, way, near=True)
            self.openings.append((self._level, letter, room, segment, way))
            return
        one, other = self._sides(run[0], way)
        assert one is not None and other is not None, "a door's way has two sides"  # noqa: PT018
        look = self.legend.doors[letter]
        if one == other:
            self._problem(run[0], "the door has the same room on both sides. Draw the wall to its end.")
        if look.only_out and OUTSIDE not in (one, other):
            self._problem(run[0], f"{letter} is an exit, but outside is on neither side. Write D, or move it.")
        for room, near in ((one, True), (other, False)):
            if room != OUTSIDE:
                self._grow(room, run, way, near=near)
        self.doors.append(
            Door(
                name=f"{'exit' if OUTSIDE in (one, other) else 'door'}-{len(self.doors) + 1}",
                rooms=(other, one) if one == OUTSIDE else (one, other),
                segment=segment,
                state=look.state,
                leaf=look.leaf,
                strength=look.strength,
                keys=look.keys,
                transparent=look.transparent,
                sound_loss=look.sound_loss,
                flow_limit=look.flow_limit,
                emergency=look.emergency,
            )
        )

    def _grow(self, room: int, run: Run, way: Cell, *, near: bool) -> None:
        """Let a room reach to the middle of an opening, on the side from which the way comes or on the other."""
        toward = sum(way)
        half = 0 if near == (toward > 0) else 1
        for row, column in run:
            for along in (0, 1):
                down, right = (along, half) if way[1] else (half, along)
                self._grown[room].add((2 * row + down, 2 * column + right))

    def _point(self, x: float, y: float) -> Point:
        """A point given in cells [m]."""
        return round(x * self.legend.cell, 3) + 0.0, round(y * self.legend.cell, 3) + 0.0

    def _segment(self, run: Run, way: Cell) -> Segment:
        """Line through the middle of an opening."""
        (top, left), (bottom, right) = run[0], run[-1]
        if way[1]:
            x = left + 0.5
            return self._point(x, self.height - bottom - 1), self._point(x, self.height - top)
        y = self.height - top - 0.5
        return self._point(left, y), self._point(right + 1, y)

    def _outline(self, row: int) -> None:
        """Give a room its polygon."""
        outer, *holes = (
            tuple(self._point(x / 2, y / 2) for x, y in ring) for ring in grid.rings(self._grown[row], 2 * self.height)
        )
        self.rooms[row] = replace(self.rooms[row], outline=outer, holes=tuple(holes))

    def _furniture(self) -> None:
        """Obstacles as rectangles, and seats in the middle of their cells."""
        for letter, movable in ((OBSTACLE, False), (MOVABLE, True)):
            cells = [cell for cell, found in self._cells.items() if found == letter]
            for (top, left), (bottom, right) in grid.rectangles(cells):
                low, high = self.height - bottom, self.height - top
                corners = ((left, low), (right, low), (right, high), (left, high))
                outline = tuple(self._point(x, y) for x, y in corners)
                self.obstacles.append(Obstacle(self._room_at[top, left], outline, movable=movable))
        for (row, column), letter in self._cells.items():
            if letter in SEATS:
                place = self._point(column + 0.5, self.height - row - 0.5)
                self.seats.append(Seat(self._room_at[row, column], place, SEATS[letter]))

    def _areas(self) -> None:
        """Zones and gates."""
        for letter, label in self.legend.labels.items():
            cells = [cell for cell, found in self._cells.items() if found == letter]
            if label.what == "room" or not cells:
                continue
            for count, region in enumerate(grid.regions(cells), start=1):
                name = label.name if count == 1 else f"{label.name}-{count}"
                if name in self._areas_named:
                    name = f"{name} {self.storeys[self._level].name}"
                self._areas_named.add(name)
                if label.what == "zone":
                    outline = tuple(self._point(x, y) for x, y in grid.rings(region, self.height)[0])
                    self.zones.append(Zone(name, self._level, outline, label.kind))
                else:
                    self._gate(name, sorted(region))

    def _gate(self, name: str, run: Run) -> None:
        """A line through the middles of cells."""
        (top, left), (bottom, _) = run[0], run[-1]
        if any(row != top for row, _ in run) and any(column != left for _, column in run):
            self._problem(run[0], f"the gate {name!r} is no straight line. Draw it along a row or a column.")
            return
        way = ACROSS if top != bottom else UP
        self.gates.append(Gate(name, self._level, self._segment(run, way)))
