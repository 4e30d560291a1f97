"""The land: the river and its tributary, where settlements are, and hills between them."""

from dataclasses import dataclass, field

import numpy as np

from streets.geometry import (
    Chance,
    Noise,
    Points,
    along,
    distance_to_line,
    inside,
    lengths,
    rounded_off,
    turned,
)

WIDTH, HEIGHT = 18_000, 16_000
"""Size of the map [m]."""

RIVERS = (
    (
        160,
        ((18500, 10300), (16900, 9300), (15700, 9900), (14300, 8400), (13000, 7100), (11800, 7150), (10600, 6950),
         (9500, 6650), (8400, 6750), (7300, 6900), (6100, 6300), (5100, 5100), (3700, 5500), (2500, 4500), (1200, 4700),
         (-500, 4100)),
    ),
    (60, ((12700, 16500), (12000, 14300), (12500, 12500), (11000, 11000), (10500, 9700), (10300, 8600), (10050, 7700),
          (10150, 6850))),
)  # fmt: skip
"""Width [m], and corners from the source on [m]."""

CORE = {
    "Junggu-dong": (9350, 7500, 700),
    "Myeongnyun-dong": (9480, 8550, 680),
    "Yongsang-dong": (11200, 8100, 1100),
    "Seogu-dong": (8700, 7450, 660),
    "Taehwa-dong": (8000, 7500, 680),
    "Pyeonghwa-dong": (8750, 8250, 520),
    "Angi-dong": (8700, 9150, 620),
    "Ok-dong": (7150, 7800, 860),
    "Songha-dong": (7450, 8900, 780),
    "Gangnam-dong": (9300, 5900, 920),
}
"""Where each part of the town is, and how far it reaches [m]."""

VILLAGES = {
    "Pungsan-eup": ((3100, 8300, 52), (1900, 9300, 14)),
    "Waryong-myeon": ((13300, 11300, 20), (12900, 13500, 14), (14900, 12100, 12)),
    "Bukhu-myeon": ((6700, 12200, 20), (5300, 13200, 13)),
    "Seohu-myeon": ((4700, 10400, 22), (3300, 11600, 14), (5700, 9300, 11)),
    "Pungcheon-myeon": ((2400, 6400, 56), (900, 7300, 14)),
    "Iljik-myeon": ((6500, 2500, 18), (8000, 1300, 12)),
    "Namhu-myeon": ((5900, 4400, 18), (4200, 3300, 12)),
    "Namseon-myeon": ((11500, 4700, 18), (12400, 5900, 12)),
    "Imha-myeon": ((13600, 5300, 20), (15400, 6600, 14)),
    "Giran-myeon": ((12700, 2300, 20), (10600, 1500, 13)),
    "Imdong-myeon": ((16900, 7900, 16), (16800, 5200, 12)),
    "Yean-myeon": ((16400, 11200, 16), (17000, 13000, 12)),
    "Dosan-myeon": ((15100, 14700, 15), (13600, 15300, 10)),
    "Nokjeon-myeon": ((10000, 13600, 17), (8400, 14700, 12)),
}
"""Villages of each country district: where [m], and how many cells."""

EXITS = ((0, 10100), (0, 5900), (7200, 0), (13300, 0), (18000, 6600), (18000, 11900), (10700, 16000), (4600, 16000))
"""Where roads leave the map [m]."""

COUNTRY_BRIDGES = ((4000, 5500), (14650, 8800), (12200, 12100))
"""About where roads cross the water outside the town [m]."""

TOWN_HILLS = ((8060, 8330, 250), (9900, 9500, 230), (9120, 9900, 420), (10300, 5500, 330), (8150, 5750, 420),
              (6350, 8650, 350))  # fmt: skip
"""Hills in and around the town: middle and mean radius [m]."""

OUTER_HILLS = 1500
"""How many more hills are tried."""

VALLEY = 300
"""Least distance between two hills of the country [m]."""

DIRECTIONS = np.array(
    [(1000, 0), (966, 259), (866, 500), (707, 707), (500, 866), (259, 966), (0, 1000), (-259, 966), (-500, 866),
     (-707, 707), (-866, 500), (-966, 259)]
) / 1000  # fmt: skip
"""Half a turn in steps of 15 degrees."""


@dataclass
class Land:
    """Where water and hills are."""

    rivers: list[tuple[int, Points]]
    """Width [m] and line of each."""
    noise: Noise
    hills: list[Points] = field(default_factory=list)

    def dry(self, points: Points, margin: float) -> np.ndarray:
        """Whether points are `margin` [m] or more away from all water, (points,)."""
        fine = np.ones(len(points), bool)
        for width, line in self.rivers:
            fine &= distance_to_line(points, line) >= width / 2 + margin
        return fine

    def flat(self, points: Points, margin: float) -> np.ndarray:
        """Whether points are `margin` [m] or more away from all hills, (points,)."""
        fine = np.ones(len(points), bool)
        low, high = points.min(axis=0) - margin, points.max(axis=0) + margin
        for hill in self.hills:
            least, most = hill.min(axis=0), hill.max(axis=0)
            if (most >= low).all() and (least <= high).all():
                near = ((points >= least - margin) & (points <= most + margin)).all(axis=1)
                closed = np.concatenate([hill, hill[:1]])
                some = points[near]
                fine[near] &= ~inside(some, hill) & (distance_to_line(some, closed) >= margin)
        return fine

    def open_way(self, a: Points, b: Points, margin: float = 10) -> bool:
        """Whether a straight street from `a` to `b` touches neither water nor hills."""
        way = along(a, b)
        return bool(self.dry(way, margin).all() and self.flat(way, margin).all())

    def in_town(self, points: Points) -> np.ndarray:
        """Whether points belong to the town, whose edge is ragged, (points,)."""
        reach = 1 + 0.16 * self.noise.at(points, 420)
        found = np.zeros(len(points), bool)
        for x, y, radius in CORE.values():
            found |= lengths(points - (x, y)) < radius * reach
        return found


def core_district(points: Points) -> np.ndarray:
    """Index into `CORE` of the part of the town to which each point belongs, (points,)."""
    power = [((points - (x, y)) ** 2).sum(axis=1) - radius**2 for x, y, radius in CORE.values()]
    return np.argmin(power, axis=0)


def make_land(chance: Chance) -> Land:
    """Rivers, and hills wherever there is room between settlements, water and the places of roads."""
    land = Land([(width, rounded_off(corners, 3)) for width, corners in RIVERS], Noise(chance))
    land.hills = [_hill(land, x, y, radius, 1.3, chance) for x, y, radius in TOWN_HILLS]
    land.hills = [hill for hill in land.hills if land.dry(hill, 50).all()]
    kept = _kept_free(land)
    for number in range(OUTER_HILLS):
        radius = 1150 - 950 * number // OUTER_HILLS
        x, y = chance.between(0, WIDTH), chance.between(0, HEIGHT)
        if not _has_room(land, np.array([[x, y]], float), kept):
            continue
        hill = _hill(land, x, y, radius, 1 + 0.8 * chance.unit(), chance)
        if _has_room(land, hill, kept):
            land.hills.append(hill)
    return land


def _hill(land: Land, x: int, y: int, radius: int, stretch: float, chance: Chance) -> Points:
    """A closed line around a hill, in whole metres."""
    around = np.concatenate([DIRECTIONS, -DIRECTIONS])
    finer = np.stack([around, (around + np.roll(around, -1, axis=0)) / 2], axis=1).reshape(-1, 2)
    place = np.array([x, y]) + finer * radius
    bumps = 1 + 0.36 * land.noise.at(place, radius * 0.9) + 0.2 * land.noise.at(place, radius * 0.4)
    shape = turned(finer * bumps[:, None] * radius * np.array([stretch, 1 / stretch]),
                   tuple(DIRECTIONS[chance.between(0, 11)]))  # fmt: skip
    return np.round(shape + np.array([x, y]))


def _kept_free(land: Land) -> list[tuple[Points, float]]:
    """(Points, distance to keep from them [m]): settlements, exits, bridges."""
    grid = np.stack(np.meshgrid(np.arange(5000, 13500, 100.0), np.arange(4500, 10500, 100.0)), axis=-1).reshape(-1, 2)
    villages = [
        (np.array([[x, y]], float), 230 + 28.0 * float(np.sqrt(size))) for v in VILLAGES.values() for x, y, size in v
    ]
    roads = np.array(EXITS + COUNTRY_BRIDGES, float)
    return [(grid[land.in_town(grid)], 180.0), (roads, 420.0), *villages]


def _has_room(land: Land, hill: Points, kept: list[tuple[Points, float]]) -> bool:
    """Whether a hill lies on the map, dry, away from what is kept free and from other hills."""
    if (hill < -300).any() or (hill > (WIDTH + 300, HEIGHT + 300)).any() or not land.dry(hill, 160).all():
        return False
    if any(inside(line, hill).any() for _, line in land.rivers):
        return False
    closed = np.concatenate([hill, hill[:1]])
    for points, distance in kept:
        near = points[((points > hill.min(axis=0) - distance) & (points < hill.max(axis=0) + distance)).all(axis=1)]
        if len(near) and (inside(near, hill).any() or (distance_to_line(near, closed) < distance).any()):
            return False
    if not land.flat(hill, VALLEY).all():
        return False
    return not inside(np.array([other[0] for other in land.hills]), hill).any()
