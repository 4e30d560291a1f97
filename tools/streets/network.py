"""Streets as a network: cells with their neighbours, and the grids of the town and of villages."""

from dataclasses import dataclass, field

import numpy as np

from streets.geometry import Chance, Points, crosses, lengths, turned
from streets.land import CORE, VILLAGES, Land, core_district

PATCHES = (
    (("Ok-dong", "Songha-dong"), (0.96, -0.28), 112),
    (("Taehwa-dong", "Seogu-dong", "Junggu-dong", "Pyeonghwa-dong", "Angi-dong", "Myeongnyun-dong"), (1.0, 0.0), 104),
    (("Yongsang-dong",), (0.96, 0.28), 108),
    (("Gangnam-dong",), (12 / 13, -5 / 13), 108),
)
"""Parts of the town with one grid of streets: districts, direction, distance between crossings [m]."""

TURNS = ((1.0, 0.0), (0.96, 0.28), (0.8, 0.6), (0.6, 0.8), (12 / 13, -5 / 13))
"""Directions of the grids of villages."""

WIDE_EVERY = 5
"""Every fifth street of a grid is wide."""

SMALLEST_TOWN = 100
"""Fewer cells that hang together are no part of the town: a corner behind a hill."""


@dataclass
class Network:
    """Cells, one after another, and which are neighbours."""

    point: list[tuple[float, float]] = field(default_factory=list)
    width: list[int] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    district: list[str] = field(default_factory=list)
    wide: list[bool] = field(default_factory=list)
    exits: set[int] = field(default_factory=set)
    near: list[set[int]] = field(default_factory=list)

    def add(self, x: float, y: float, width: int, kind: str, district: str = "", wide: bool = False) -> int:
        """A new cell, without neighbours."""
        self.point.append((x, y))
        self.width.append(width)
        self.kind.append(kind)
        self.district.append(district)
        self.wide.append(wide)
        self.near.append(set())
        return len(self.point) - 1

    def join(self, one: int, other: int) -> None:
        """Make two cells neighbours."""
        self.near[one].add(other)
        self.near[other].add(one)

    def points(self) -> Points:
        """Centres of all cells [m], (cells, 2)."""
        return np.array(self.point, float).reshape(-1, 2)

    def edges(self) -> list[tuple[int, int]]:
        """Pairs of neighbours, each once, in order."""
        return [(one, other) for one in range(len(self.near)) for other in sorted(self.near[one]) if one < other]

    def without(self, gone: set[int]) -> "Network":
        """The network without some cells."""
        left, number = Network(), {}
        for cell in range(len(self.point)):
            if cell not in gone:
                x, y = self.point[cell]
                number[cell] = left.add(x, y, self.width[cell], self.kind[cell], self.district[cell], self.wide[cell])
        for one, other in self.edges():
            if one in number and other in number:
                left.join(number[one], number[other])
        left.exits = {number[cell] for cell in self.exits if cell in number}
        return left

    def reached(self, first: int) -> dict[int, int]:
        """Steps to every cell that can be reached from `first`."""
        steps, queue = {first: 0}, [first]
        for cell in queue:
            for other in sorted(self.near[cell]):
                if other not in steps:
                    steps[other] = steps[cell] + 1
                    queue.append(other)
        return steps


class Sets:
    """Sets that are joined (union and find)."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def root(self, row: int) -> int:
        """What all members of the row's set have in common."""
        while self._above.get(row, row) != row:
            row = self._above[row]
        return row

    def join(self, one: int, other: int) -> bool:
        """Join two sets; whether they were two."""
        one, other = self.root(one), self.root(other)
        self._above[one] = other
        return one != other


def thinned(edges: list[tuple[int, int]], always: list[bool], kept: float, chance: Chance) -> list[tuple[int, int]]:
    """Streets without some: all that stand in `always`, a random tree, and a share `kept` of the others."""
    order = sorted(chance.shuffled(len(edges)), key=lambda row: not always[row])
    sets = Sets()
    taken = []
    for row in order:
        new = sets.join(*edges[row])
        if always[row] or new or chance.unit() < kept:
            taken.append(edges[row])
    return taken


def town(land: Land, chance: Chance) -> Network:
    """The streets of the town on all banks, not yet joined by bridges."""
    made = Network()
    patches = [_patch(made, land, patch, chance) for patch in PATCHES]
    _seams(made, land, patches)
    gone: set[int] = set()
    seen: set[int] = set()
    for cell in range(len(made.point)):
        if cell not in seen:
            part = made.reached(cell).keys()
            seen |= part
            gone |= part if len(part) < SMALLEST_TOWN else set()
    return made.without(gone)


def _patch(made: Network, land: Land, patch: tuple, chance: Chance) -> list[int]:
    """Add the cells and streets of one grid; returns the cells."""
    districts, direction, spacing = patch
    names = list(CORE)
    middle = np.mean([CORE[name][:2] for name in districts], axis=0)
    half = 22
    index = np.stack(np.meshgrid(np.arange(-half, half), np.arange(-half, half)), axis=-1).reshape(-1, 2)
    point = turned(index * float(spacing), direction) + middle
    shift = np.stack([land.noise.at(point, 900), land.noise.at(point + 7000, 900)], axis=1)
    wobble = np.array([[chance.unit(), chance.unit()] for _ in index])
    point = np.round(point + 140 * shift + 22 * (wobble - 0.5))
    district = core_district(point)
    here = np.isin(district, [names.index(name) for name in districts]) & land.in_town(point)
    here &= land.dry(point, 45) & land.flat(point, 30)
    before = made.points()
    cell: dict[tuple[int, int], int] = {}
    for row in np.flatnonzero(here):
        if len(before) and lengths(before - point[row]).min() < 70:
            continue
        i, j = (int(k) for k in index[row])
        wide = i % WIDE_EVERY == 0 or j % WIDE_EVERY == 0
        width = chance.between(14, 20) if wide else chance.between(8, 12)
        cell[i, j] = made.add(*point[row], width, "street", names[district[row]], wide)
    edges, always = [], []
    for (i, j), one in cell.items():
        for di, dj in ((1, 0), (0, 1)):
            other = cell.get((i + di, j + dj))
            if other is not None and land.open_way(*made.points()[[one, other]]):
                edges.append((one, other))
                always.append((j if di else i) % WIDE_EVERY == 0)
        other = cell.get((i + 1, j + 1))
        if other is not None and chance.unit() < 0.05 and land.open_way(*made.points()[[one, other]]):
            edges.append((one, other))
            always.append(True)
    for one, other in thinned(edges, always, 0.68, chance):
        made.join(one, other)
    return list(cell.values())


def _seams(made: Network, land: Land, patches: list[list[int]]) -> None:
    """Join grids where they meet: nearest pairs first, no street across another."""
    point = made.points()
    pairs = []
    for number, patch in enumerate(patches):
        others = np.array([cell for later in patches[number + 1 :] for cell in later], int)
        for cell in patch:
            away = lengths(point[others] - point[cell]) if len(others) else np.zeros(0)
            pairs += [(round(float(away[at])), cell, int(others[at])) for at in np.flatnonzero(away < 165)]
    segments = [(point[one], point[other]) for one, other in made.edges()]
    used: dict[int, int] = {}
    for _, one, other in sorted(pairs):
        if max(used.get(one, 0), used.get(other, 0)) >= 2 or not land.open_way(point[one], point[other]):
            continue
        if not crosses(point[one], point[other], np.array(segments)).any():
            made.join(one, other)
            segments.append((point[one], point[other]))
            used[one], used[other] = used.get(one, 0) + 1, used.get(other, 0) + 1


def villages(made: Network, land: Land, chance: Chance) -> list[list[int]]:
    """Add the cells of all villages, each a small grid of its own; returns the cells of each."""
    return [_village(made, land, district, place, chance) for district, places in VILLAGES.items() for place in places]


def _village(made: Network, land: Land, district: str, place: tuple[int, int, int], chance: Chance) -> list[int]:
    """One village: the points of a turned grid that are nearest to its middle, with some streets left out."""
    x, y, size = place
    spacing = chance.between(84, 100)
    direction = TURNS[chance.between(0, len(TURNS) - 1)]
    index = np.stack(np.meshgrid(np.arange(-8, 9), np.arange(-8, 9)), axis=-1).reshape(-1, 2)
    wobble = np.array([[chance.unit(), chance.unit()] for _ in index])
    point = np.round(turned(index * float(spacing), direction) + (x, y) + 24 * (wobble - 0.5))
    away = lengths(point - (x, y)) * (1 + 0.35 * land.noise.at(point, 260))
    cell = {}
    for row in np.argsort(away, kind="stable")[:size]:
        i, j = (int(k) for k in index[row])
        wide = i == 0 or (size > 30 and j == 0)
        width = chance.between(9, 12) if wide else chance.between(5, 8)
        cell[i, j] = made.add(*point[row], width, "street", district, wide)
    edges = [
        (one, cell[i + di, j + dj])
        for (i, j), one in cell.items()
        for di, dj in ((1, 0), (0, 1))
        if (i + di, j + dj) in cell
    ]
    for one, other in thinned(edges, [made.wide[one] and made.wide[other] for one, other in edges], 0.5, chance):
        made.join(one, other)
    joined = made.reached(cell[0, 0])
    stray = sorted(set(cell.values()) - joined.keys())
    for one in stray:
        nearest = min(joined, key=lambda other: (made.point[other][0] - made.point[one][0]) ** 2
                      + (made.point[other][1] - made.point[one][1]) ** 2)  # fmt: skip
        made.join(one, nearest)
        joined.update(made.reached(one))
    return list(cell.values())
