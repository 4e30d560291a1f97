"""Random rooms for tests: a floor with a corner cut out, things that stand in it, and a wide exit at its end."""

import numpy as np
from shapely import MultiLineString, Polygon, affinity, box

from hyosan.floorplan.plan import OUTSIDE, Door, Floorplan, Obstacle, Room, Storey

LONG, DEEP, WIDE = 9.0, 6.0, 2.0
"""The floor and its exit [m]."""

FREE_BEFORE = 1.5
"""Nothing stands so near to the exit [m]."""


class Floor:
    """A random floor and its plan.

    Args:
        seed: Of the floor.
        grid: Corners lie on multiples of it, if it is not 0 [m].
        things: How many things may stand in it.
    """

    def __init__(self, seed, *, grid=0.0, things=5):
        rng = np.random.default_rng(seed)
        cut = self._rounded(rng.uniform([4.0, 3.5], [6.0, 5.0]), grid)
        low = float(self._rounded(rng.uniform(0.3, 1.2), grid or 0.01))
        self.exit = ((LONG, low), (LONG, low + WIDE))
        self.outline = ((0.0, 0.0), (LONG, 0.0), (LONG, cut[1]), (cut[0], cut[1]), (cut[0], DEEP), (0.0, DEEP))
        self.things, self.low = [], []
        inside = Polygon(self.outline).buffer(-0.1)
        for _ in range(things):
            thing = self._thing(rng, grid)
            apart = all(thing.distance(other) > 0.05 for other in self.things)
            if inside.contains(thing) and apart and thing.bounds[2] < LONG - FREE_BEFORE:
                self.things.append(thing)
                self.low.append(bool(rng.random() < 0.3))

    @staticmethod
    def _rounded(value, grid):
        """A value on the grid."""
        return np.round(np.asarray(value) / grid) * grid if grid else np.asarray(value)

    def _thing(self, rng, grid):
        """Something that stands somewhere: a box, turned unless there is a grid, or a triangle."""
        x, y = self._rounded(rng.uniform([0.5, 0.5], [LONG, DEEP]), grid)
        wide, deep = np.maximum(self._rounded(rng.uniform(0.4, 2.5, 2), grid), 0.25)
        if rng.random() < 0.3:
            return Polygon([(x, y), (x + wide, y), (x, y + deep)])
        thing = box(x, y, x + wide, y + deep)
        return thing if grid else affinity.rotate(thing, float(rng.uniform(0, 90)))

    @property
    def plan(self):
        """The floor plan."""
        obstacles = tuple(
            Obstacle(0, tuple(thing.exterior.coords)[:-1], "table" if low else "pillar")
            for thing, low in zip(self.things, self.low, strict=True)
        )
        doors = (Door("exit", (0, OUTSIDE), self.exit, leaf=False),)
        return Floorplan("floor", (Storey("ground", 0.0),), (Room("room", 0, self.outline),), doors, (), obstacles)

    @property
    def shape(self):
        """The floor that one can stand on."""
        return Polygon(self.outline).difference(_union(self.things))

    @property
    def every_wall(self):
        """The outline but for the exit."""
        edges = list(zip(self.outline, (*self.outline[1:], self.outline[0]), strict=True))
        (x, low), (_, high) = self.exit
        edges[1:2] = [(edges[1][0], (x, low)), ((x, high), edges[1][1])]
        return MultiLineString([list(edge) for edge in edges])

    @property
    def walls(self):
        """What hides people from each other: walls, and things that are not low."""
        tall = [thing.exterior for thing, low in zip(self.things, self.low, strict=True) if not low]
        return MultiLineString([*self.every_wall.geoms, *tall])


def _union(shapes):
    """All shapes as one."""
    whole = Polygon()
    for shape in shapes:
        whole = whole.union(shape)
    return whole
