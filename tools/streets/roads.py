"""Roads through the valleys, bridges, and the ways out of the map."""

import heapq

import numpy as np

from streets.geometry import Chance, Points, crosses, lengths
from streets.land import COUNTRY_BRIDGES, EXITS, HEIGHT, WIDTH, Land
from streets.network import Network

PIXEL = 100
"""Side of the squares through which roads are sought [m]."""

CELL = 320
"""Wanted length of a piece of road [m]."""

TOWN_BRIDGES = ((8750, 6700), (9250, 6650), (9850, 6720), (10080, 7650), (10200, 8400))
"""About where bridges are in the town [m]."""

Pixel = tuple[int, int]


class Roads:
    """Builds roads into a network."""

    def __init__(self, made: Network, land: Land, chance: Chance) -> None:
        self.made, self.land, self.chance = made, land, chance
        columns, rows = WIDTH // PIXEL, HEIGHT // PIXEL
        middle = np.stack(np.meshgrid(np.arange(columns), np.arange(rows), indexing="ij"), axis=-1).reshape(-1, 2)
        middle = middle * float(PIXEL) + PIXEL / 2
        free = land.dry(middle, 115) & land.flat(middle, 110)
        self.free = free.reshape(columns, rows)
        slope = land.noise.at(middle, 600)
        self.cost = np.round(30 + 14 * slope).astype(int).reshape(columns, rows)
        self.cell_at: dict[Pixel, int] = {}
        """The cell that a road meets in a square."""

    def pixel(self, x: float, y: float) -> Pixel:
        """The square around a point."""
        return min(int(x) // PIXEL, WIDTH // PIXEL - 1), min(int(y) // PIXEL, HEIGHT // PIXEL - 1)

    def occupy(self, cells: list[int]) -> None:
        """Let later roads end at these cells."""
        for cell in cells:
            if len(self.made.near[cell]) <= 5:
                self.cell_at.setdefault(self.pixel(*self.made.point[cell]), cell)

    def route(self, start: dict[Pixel, int], goal: set[Pixel], shut: set[Pixel]) -> list[Pixel]:
        """The cheapest way from any square of `start` to one of `goal`; empty if there is none."""
        best = dict.fromkeys(start, 0)
        before: dict[Pixel, Pixel] = {}
        heap = [(0, square) for square in sorted(start)]
        while heap:
            spent, square = heapq.heappop(heap)
            if spent > best[square]:
                continue
            if square in goal:
                way = [square]
                while way[-1] in before:
                    way.append(before[way[-1]])
                return way[::-1]
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    x, y = square[0] + dx, square[1] + dy
                    if not (0 <= x < self.free.shape[0] and 0 <= y < self.free.shape[1]) or (x, y) in shut:
                        continue
                    if not self.free[x, y] and (x, y) not in goal:
                        continue
                    new = spent + int(self.cost[x, y]) * (14 if dx and dy else 10)
                    if new < best.get((x, y), 1 << 60):
                        best[x, y] = new
                        before[x, y] = square
                        heapq.heappush(heap, (new, (x, y)))
        return []

    def lay(self, way: list[Pixel], first: int, last: int) -> None:
        """Add the pieces of a road along a way between two cells."""
        line = np.array(way, float) * PIXEL + PIXEL / 2
        line[0], line[-1] = self.made.point[first], self.made.point[last]
        for _ in range(3):
            line[1:-1] = (line[:-2] + 2 * line[1:-1] + line[2:]) / 4
        piece = np.concatenate([[0.0], np.cumsum(lengths(np.diff(line, axis=0)))])
        count = max(1, round(piece[-1] / CELL))
        width = self.chance.between(6, 8)
        before, cells = first, []
        for at in range(1, count):
            x, y = (np.interp(piece[-1] * at / count, piece, line[:, axis]) for axis in (0, 1))
            cells.append(self.made.add(round(float(x)), round(float(y)), width, "road"))
            self.made.join(before, cells[-1])
            before = cells[-1]
        self.made.join(before, last)
        self.occupy(cells)
        chain = np.array([first, *cells, last])
        for square, (x, y) in zip(way[1:-1], line[1:-1], strict=True):
            near = lengths(self.made.points()[chain] - (x, y))
            self.cell_at.setdefault(square, int(chain[near.argmin()]))

    def connect(self, cells: list[int]) -> None:
        """A road from some cells to the nearest part of what has roads already."""
        start: dict[Pixel, int] = {}
        for cell in cells:
            start.setdefault(self.pixel(*self.made.point[cell]), cell)
        way = self.route(start, set(self.cell_at), set())
        assert way, f"no road leads to {self.made.point[cells[0]]}"
        self.lay(way, start[way[0]], self.cell_at[way[-1]])
        self.occupy(cells)

    def second_way(self, cells: list[int]) -> None:
        """A further road from a village to something that is far by the roads so far, if there is one not too long."""
        steps = self.made.reached(cells[0])
        start = {self.pixel(*self.made.point[cell]): cell for cell in cells if len(self.made.near[cell]) <= 3}
        far = {square for square, cell in self.cell_at.items() if steps.get(cell, 0) > 14}
        # Neither along a road that is there already.
        shut = {
            (x + dx, y + dy)
            for x, y in self.cell_at.keys() - far
            if all(abs(x - a) + abs(y - b) > 5 for a, b in start)
            for dx in (-2, -1, 0, 1, 2)
            for dy in (-2, -1, 0, 1, 2)
        } | (self.cell_at.keys() - far - start.keys())
        way = self.route(start, far, shut)
        if 0 < len(way) < 45:
            self.lay(way, start[way[0]], self.cell_at[way[-1]])

    def bridge_in_town(self, x: int, y: int) -> None:
        """A bridge between the two crossings whose connection over the water near (x, y) is the shortest."""
        point = self.made.points()
        bridge = np.array([kind == "bridge" for kind in self.made.kind])
        taken = {end for middle in np.flatnonzero(bridge) for end in self.made.near[middle]}
        rows = np.array([row for row in np.flatnonzero(lengths(point - (x, y)) < 360) if row not in taken])
        segments = np.array([(point[a], point[b]) for a, b in self.made.edges()])
        pairs = []
        for one in rows:
            for other in rows[(rows > one) & (lengths(point[rows] - point[one]) < 560)]:
                foot = self._over_water(point[one], point[other])
                if foot is None or (lengths(point[bridge] - foot) < 280).any():
                    continue
                if not crosses(point[one], point[other], segments).any():
                    plain = 0 if self.made.wide[one] and self.made.wide[other] else 40
                    length = lengths((point[one] - point[other])[None])[0]
                    pairs.append((round(float(length)) + plain, int(one), int(other), foot))
        assert pairs, f"no bridge fits at {x, y}"
        _, one, other, foot = min(pairs, key=lambda pair: pair[:3])
        middle = self.made.add(*foot, self.chance.between(12, 20), "bridge", wide=True)
        self.made.join(one, middle)
        self.made.join(middle, other)

    def _over_water(self, one: Points, other: Points) -> tuple[int, int] | None:
        """Where the way between two points crosses the middle of water, if it does so once and steeply."""
        found = []
        way = other - one
        for _, line in self.land.rivers:
            parts = np.stack([line[:-1], line[1:]], axis=1)
            for a, b in parts[crosses(one, other, parts)]:
                stream = b - a
                across = way[0] * stream[1] - way[1] * stream[0]
                share = ((a - one)[0] * stream[1] - (a - one)[1] * stream[0]) / across
                steep = across * across > 0.75 * (way * way).sum() * (stream * stream).sum()
                found.append((one + share * way, steep))
        if len(found) != 1 or not found[0][1]:
            return None
        return round(float(found[0][0][0])), round(float(found[0][0][1]))

    def bridge_in_country(self, x: int, y: int) -> None:
        """A bridge across the nearest water, and roads from both of its ends."""
        width, line = min(self.land.rivers, key=lambda river: lengths(river[1] - (x, y)).min())
        at = int(np.clip(lengths(line - (x, y)).argmin(), 1, len(line) - 2))
        stream = line[at + 1] - line[at - 1]
        normal = np.array([-stream[1], stream[0]]) / lengths(stream[None])[0]
        middle = self.made.add(*line[at], 10, "bridge")
        for side in (-1, 1):
            head = self.made.add(*np.round(line[at] + side * (width / 2 + 90) * normal), 8, "road")
            self.made.join(middle, head)
            self.connect([head])


def build_roads(made: Network, groups: list[list[int]], land: Land, chance: Chance) -> Network:
    """Bridges, a road to every village, ways out, and further roads that close circles."""
    roads = Roads(made, land, chance)
    roads.occupy(list(range(min(cell for group in groups for cell in group))))
    for x, y in TOWN_BRIDGES:
        roads.bridge_in_town(x, y)
    middle = np.array([9000.0, 7800.0])
    away = [lengths(made.points()[group] - middle).min() for group in groups]
    for number in np.argsort(away, kind="stable"):
        roads.connect(groups[number])
    for x, y in EXITS:
        cell = made.add(min(max(x, 40), WIDTH - 40), min(max(y, 40), HEIGHT - 40), 8, "road")
        made.exits.add(cell)
        roads.connect([cell])
    for x, y in COUNTRY_BRIDGES:
        roads.bridge_in_country(x, y)
    for number in np.argsort(away, kind="stable"):
        roads.second_way(groups[number])
    return made
