"""Lengths of ways in a room against the exact shortest way (visibility graph), Dijkstra's search and fast marching.

What must hold of a field, by its making, for cells of h = 0.2 m, free where walls are at least 0.25 m away:

1. Its way exists: sample points 0.4 h apart lie in free cells, so no point of it is nearer to a wall than
   0.25 - h/√2 - 0.2 h > 0. It is no shorter than the shortest way in the floor.
2. Straight where one walks straight: if a strip of 0.25 + h/2 + h/√2 < 0.5 m to each side of the straight way is
   free, then every cell on a drawn line of cells sees the spot, and hands it on: the length is the straight one.
3. No longer than along the grid: a cell goes on from its neighbour, or straight to the neighbour's corner, which by
   the triangle inequality is shorter: at most the length of Dijkstra's search over eight neighbours, ways past walls
   three times as long.
4. So at most 1 / cos(22.5°) = 1.0824 times the shortest way that keeps 0.5 m from walls, and for each of its straight
   pieces √2 h more, since the grid has no points but middles of cells, and h/√2 at the target.

Fast marching on the same cells is longer than the truth (its error is of order h log h), so 4 holds of it too, without
the pieces: 1.0824 times its length and √2 h at either end.
"""

import itertools
import math
import os

import networkx as nx
import numpy as np
import pytest
import shapely
import skfmm
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from shapely import LineString, Point

from hyosan.engine.building.columns import CELLS_X, CELLS_Y, KX, MX
from hyosan.engine.building.fields import AT_TARGET, BLOCKED, FREE, SQUEEZING
from hyosan.engine.building.ground import ground_of
from hyosan.engine.building.tiles import fill
from made_floors import Floor

FLOORS = int(os.environ.get("HYOSAN_FLOORS", "6"))
"""Floors of each test; `HYOSAN_FLOORS=300 pytest tests/property/test_building_fields.py` takes more."""

CELL = 0.2
OCTILE = 1 / math.cos(math.pi / 8)
ROUNDED = 1 + 2.0**-22
"""Lengths are kept in 32 bits."""


class _Field:
    """The field of the exit of a floor."""

    def __init__(self, floor):
        self.floor, self.ground = floor, ground_of(floor.plan)
        ground = self.ground
        assert ground.tile[0, 2] == CELL
        shape = int(ground.room[0, CELLS_X]), int(ground.room[0, CELLS_Y])
        self.kind = ground.kind.reshape(shape)
        self.far = ground.far[: self.kind.size].reshape(shape).astype(float)
        self.way = ground.way[: self.kind.size].reshape(shape)
        self.x, self.y = (np.indices(shape) + 0.5) * CELL + ground.tile[0, :2, None, None]
        gate = ground.gate[0]
        self.target = LineString([gate[MX : MX + 2], gate[KX : KX + 2]])

    def lengths_to(self, spot):
        """Lengths of the ways from each cell to a spot [m]."""
        far, way = np.empty(self.kind.size, np.float32), np.empty(self.kind.size, np.int32)
        ground = self.ground
        fill(ground.room, ground.tile, 0, np.array([*spot, *spot]), ground.kind, far, way, 0)
        return far.reshape(self.kind.shape).astype(float)

    def cells(self, rng, count):
        """Some cells from which there is a way."""
        rows = np.argwhere(self.far < 1e29)
        return [tuple(row) for row in rows[rng.permutation(len(rows))[:count]]]

    def followed(self, cell):
        """The way from a cell by its corners: places, and whether all pieces lead from free cells to free cells."""
        places, free = [(float(self.x[cell]), float(self.y[cell]))], self.kind[cell] == FREE
        while self.way[cell] != AT_TARGET:
            cell = divmod(int(self.way[cell]), self.kind.shape[1])
            places.append((float(self.x[cell]), float(self.y[cell])))
            free &= self.kind[cell] == FREE
        foot = self.target.interpolate(self.target.project(Point(places[-1]))).coords[0]
        return [*places, foot], free


def _places_in(shape, rng, count):
    """Random places in a shape."""
    low_x, low_y, high_x, high_y = shape.bounds
    places = rng.uniform([low_x, low_y], [high_x, high_y], (1000, 2))
    return [tuple(map(float, place)) for place in places[shapely.contains_xy(shape, places)][:count]]


class _Shortest:
    """Exact shortest ways in a polygon to a segment: straight from corner to corner.

    A way to a segment ends at its nearest point that is in sight: the foot, one of its ends, or just past a corner, and
    then it may as well go by that corner.
    """

    def __init__(self, floor, target):
        self.floor, self.target = floor.buffer(1e-7, join_style="mitre"), target
        shapely.prepare(self.floor)
        rings = [ring for part in shapely.get_parts(floor) for ring in (part.exterior, *part.interiors)]
        self.corners = [point for ring in rings for point in list(ring.coords)[:-1]]
        self.graph = nx.Graph()
        self.graph.add_node("target")
        for one, other in itertools.combinations(range(len(self.corners)), 2):
            self._join(one, self.corners[one], other, self.corners[other])
        for row, corner in enumerate(self.corners):
            self._aim(row, corner)
        self.lengths = nx.single_source_dijkstra_path_length(self.graph, "target")
        self.pieces = {row: len(path) for row, path in nx.single_source_dijkstra_path(self.graph, "target").items()}

    def _sees(self, one, other):
        return one == other or self.floor.covers(LineString([one, other]))

    def _join(self, row, one, other_row, other):
        if self._sees(one, other):
            self.graph.add_edge(row, other_row, weight=math.dist(one, other))

    def _aims(self, place):
        """Places on the target at which a way from a place may end."""
        foot = self.target.interpolate(self.target.project(Point(place))).coords[0]
        return [end for end in (foot, *self.target.coords) if self._sees(place, end)]

    def _aim(self, row, place):
        for end in self._aims(place):
            length = math.dist(place, end)
            if length < self.graph.get_edge_data(row, "target", {"weight": math.inf})["weight"]:
                self.graph.add_edge(row, "target", weight=length)

    def of(self, place):
        """Length of the shortest way, and how many straight pieces it has; infinite if there is none [m]."""
        ways = [(math.dist(place, end), 1) for end in self._aims(place)]
        ways += [
            (math.dist(place, corner) + self.lengths[row], self.pieces[row])
            for row, corner in enumerate(self.corners)
            if row in self.lengths and self._sees(place, corner)
        ]
        return min(ways, default=(math.inf, 0))


@pytest.mark.parametrize("seed", range(FLOORS))
def test_ways_are_no_shorter_than_the_shortest_and_not_much_longer(seed):
    field = _Field(Floor(seed))
    shortest = _Shortest(field.floor.shape, field.target)
    clear, exit_ = field.floor.kept_clear(0.5)
    roomy = _Shortest(clear, exit_)
    bounded = 0
    for cell in field.cells(np.random.default_rng(seed), 120):
        place = float(field.x[cell]), float(field.y[cell])
        assert field.far[cell] * ROUNDED >= shortest.of(place)[0] - 1e-5
        length, pieces = roomy.of(place) if clear.contains(Point(place)) else (math.inf, 0)
        if length < math.inf:
            assert field.far[cell] <= OCTILE * (length + pieces * math.sqrt(2) * CELL) + CELL / math.sqrt(2) + 1e-6
            bounded += 1
    assert bounded > 5


@pytest.mark.parametrize("seed", range(FLOORS))
def test_ways_in_the_open_are_straight(seed):
    """To a spot, since the middles of cells on the line of an exit may lie outside, and hide it from afar."""
    field, rng = _Field(Floor(seed)), np.random.default_rng(seed)
    clear = field.floor.shape.buffer(-0.5, join_style="mitre").buffer(-1e-6)
    straight = 0
    for spot in _places_in(clear, rng, 3):
        far = field.lengths_to(spot)
        for cell in field.cells(rng, 200):
            place = (float(field.x[cell]), float(field.y[cell]))
            if clear.covers(LineString([place, spot])):
                assert far[cell] == pytest.approx(math.dist(place, spot), rel=2.0**-23)
                straight += 1
    assert straight > 5


@pytest.mark.parametrize("seed", range(FLOORS))
def test_ways_can_be_walked_and_are_as_long_as_said(seed):
    """In the open they keep 0.25 - h/√2 - 0.2 h = 0.068 m from walls; past things they lead, but not through them."""
    field = _Field(Floor(seed))
    walls = shapely.union_all([field.floor.every_wall, *(thing.exterior for thing in field.floor.things)])
    shapely.prepare(walls)
    bent = squeezed = 0
    for cell in field.cells(np.random.default_rng(seed), 400):
        places, free = field.followed(cell)
        way = LineString(places)
        if free:
            assert walls.distance(way) >= 0.25 - CELL * (math.sqrt(0.5) + 0.2)
            assert field.far[cell] == pytest.approx(way.length, rel=2.0**-22)
            bent += len(places) > 2
        else:
            assert not walls.intersects(way)
            assert way.length <= field.far[cell] * ROUNDED
            assert field.far[cell] <= SQUEEZING * way.length * ROUNDED
            squeezed += 1
    assert min(bent, squeezed) > 5


def _along_the_grid(field):
    """Lengths by Dijkstra's search over eight neighbours, by scipy [m]."""
    there = field.kind != BLOCKED
    number = np.arange(field.kind.size).reshape(field.kind.shape)
    rows, columns, lengths = [], [], []
    for du, dv in ((1, 0), (0, 1), (1, 1), (1, -1)):
        for i, j in np.argwhere(there):
            u, v = i + du, j + dv
            if not (0 <= u < there.shape[0] and 0 <= v < there.shape[1] and there[u, v]):
                continue
            if du and dv and not (there[u, j] and there[i, v]):
                continue
            free = field.kind[i, j] == FREE == field.kind[u, v]
            rows.append(number[i, j])
            columns.append(number[u, v])
            lengths.append(math.hypot(du, dv) * CELL * (1.0 if free else SQUEEZING))
    near = [
        (number[i, j], away * (1.0 if field.kind[i, j] == FREE else SQUEEZING))
        for i, j in np.argwhere(there)
        if (away := field.target.distance(Point(field.x[i, j], field.y[i, j]))) <= 2 * CELL + 1e-9
    ]
    source = field.kind.size
    rows += [source] * len(near)
    columns += [cell for cell, _ in near]
    lengths += [max(away, 1e-12) for _, away in near]
    graph = coo_array((lengths, (rows, columns)), shape=(source + 1, source + 1)).tocsr()
    return dijkstra(graph, directed=False, indices=source)[:-1].reshape(field.kind.shape)


@pytest.mark.parametrize("seed", range(FLOORS))
def test_ways_are_no_longer_than_along_the_grid(seed):
    """And they lead from just those cells from which one gets there along the grid."""
    field = _Field(Floor(seed))
    grid = _along_the_grid(field)
    assert ((field.far < 1e29) == np.isfinite(grid)).all()
    there = np.isfinite(grid)
    assert (field.far[there] <= grid[there] * ROUNDED + 1e-6).all()


@pytest.mark.parametrize("seed", range(FLOORS))
def test_ways_are_no_longer_than_by_fast_marching(seed):
    """Through free cells only, beginning with those next to the exit."""
    field = _Field(Floor(seed))
    away = shapely.distance(field.target, shapely.points(field.x, field.y))
    # Zero half a cell before the exit; lengths beyond it are those to the exit less as much.
    phi = np.ma.MaskedArray(away - CELL / 2, field.kind != FREE)
    marched = skfmm.distance(phi, dx=CELL, order=1)
    there = ~np.ma.getmaskarray(marched) & (away > CELL)
    assert there.sum() > 200
    bound = OCTILE * (np.ma.getdata(marched) + CELL / 2 + 2 * math.sqrt(2) * CELL)
    assert (field.far[there] <= bound[there]).all()
    assert (field.far[there] < 1e29).all()
