"""Buildings: what stands along each street."""

from dataclasses import dataclass

import numpy as np

from streets.geometry import Chance, lengths
from streets.land import CORE, Land

KINDS = {
    "houses": (6, 2),
    "flats": (24, 2),
    "shops": (3, 1),
    "offices": (12, 2),
    "school": (20, 4),
    "hospital": (20, 5),
    "care": (12, 2),
    "police": (60, 2),
    "camp": (40, 1),
}
"""Strength [hunter-hours] and entrances of each kind; assumed."""

SHARES = {"houses": (4, 12), "flats": (30, 80), "shops": (5, 40), "offices": (5, 40)}
"""Smallest and largest share of the buildings that are filled by share; assumed."""

MIXES = {
    "centre": (25, 12, 40, 23),
    "flats": (22, 56, 14, 8),
    "houses": (70, 8, 14, 8),
    "village": (80, 0, 12, 8),
}
"""Houses, flats, shops and offices of 100 buildings, by kind of neighbourhood; assumed."""

CENTRE = (9100, 7550, 650)
"""Middle of the centre and how far it reaches [m]."""

SCHOOLS = {
    "Elementary": "Seohu-myeon Dosan-myeon Yongsang-dong Yongsang-dong Yongsang-dong Seogu-dong Seogu-dong Taehwa-dong "
    "Angi-dong Ok-dong Ok-dong Ok-dong Songha-dong Songha-dong Gangnam-dong Gangnam-dong",
    "Middle": "Pungcheon-myeon Yongsang-dong Yongsang-dong Seogu-dong Pyeonghwa-dong Ok-dong Ok-dong Songha-dong "
    "Gangnam-dong",
    "High": "Pungcheon-myeon Yongsang-dong Yongsang-dong Seogu-dong Pyeonghwa-dong Ok-dong Songha-dong Gangnam-dong",
}
"""Districts of the schools of each level, in the order of their numbers: those of a city of 153,816 people."""

HOSPITALS = "Namhu-myeon Junggu-dong Yongsang-dong Seogu-dong Ok-dong Gangnam-dong Gangnam-dong"
"""Districts of the hospitals, in the order of their numbers."""

CARE_HOMES = {
    "Pungsan-eup": 2, "Waryong-myeon": 2, "Bukhu-myeon": 1, "Seohu-myeon": 1, "Pungcheon-myeon": 2, "Iljik-myeon": 1,
    "Namhu-myeon": 1, "Imha-myeon": 1, "Giran-myeon": 1, "Imdong-myeon": 1, "Yean-myeon": 1, "Nokjeon-myeon": 1,
    "Junggu-dong": 1, "Myeongnyun-dong": 1, "Yongsang-dong": 2, "Seogu-dong": 2, "Taehwa-dong": 2, "Pyeonghwa-dong": 1,
    "Angi-dong": 1, "Ok-dong": 1, "Songha-dong": 2, "Gangnam-dong": 1,
}  # fmt: skip
"""Care homes of each district."""

CAMP_DISTANCE = (350, 700)
"""How far the camp is from the town, at least and at most [m]."""


@dataclass(frozen=True)
class Building:
    """One row of the table."""

    cell: int
    kind: str
    share: int
    name: str = ""


def build(point: np.ndarray, kind: list[str], district: list[str], wide: list[bool], land: Land, chance: Chance):
    """Buildings of all cells, cell by cell.

    Args:
        point: Centres of the cells [m], (cells, 2).
        kind: Kind of each cell.
        district: District of each cell.
        wide: Whether each cell is part of a wide street.
        land: The land.
        chance: Where chance comes from.
    """
    made: dict[int, list[Building]] = {}
    tall = land.noise.at(point + 3000, 700)
    central = lengths(point - CENTRE[:2]) < CENTRE[2]
    for cell in range(len(point)):
        if kind[cell] == "street":
            town = district[cell] in CORE
            mix = "centre" if central[cell] else "village" if not town else "flats" if tall[cell] > 0 else "houses"
            count = (2, 3, 4)[chance.pick((20, 45, 35) if town else (35, 45, 20))]
            made[cell] = [_ordinary(cell, mix, wide[cell], chance) for _ in range(count)]
    _every_kind(made, district, chance)
    _named(made, point, district, land, chance)
    return [building for cell in sorted(made) for building in made[cell]]


def _ordinary(cell: int, mix: str, wide: bool, chance: Chance) -> Building:
    """A building that is filled by its share; wide streets have more shops and offices."""
    houses, flats, shops, offices = MIXES[mix]
    kind = tuple(SHARES)[chance.pick((houses, flats, 2 * shops, 2 * offices) if wide else MIXES[mix])]
    return Building(cell, kind, chance.between(*SHARES[kind]))


def _every_kind(made: dict[int, list[Building]], district: list[str], chance: Chance) -> None:
    """Give every district two shops, two offices and two buildings with homes at least."""
    for name in dict.fromkeys(district):
        cells = [cell for cell in made if district[cell] == name]
        for kinds in (("shops",), ("offices",), ("houses", "flats")):
            missing = 2 - sum(building.kind in kinds for cell in cells for building in made[cell])
            for _ in range(missing):
                _stand(made, cells, kinds[0], chance.between(*SHARES[kinds[0]]), "", chance)


def _stand(made: dict[int, list[Building]], cells: list[int], kind: str, share: int, name: str, chance: Chance) -> None:
    """Put a building on one of the cells that have fewer than four."""
    open_cells = [cell for cell in cells if len(made[cell]) < 4]
    cell = open_cells[chance.between(0, len(open_cells) - 1)]
    made[cell].append(Building(cell, kind, share, name))


def _named(made: dict[int, list[Building]], point: np.ndarray, district: list[str], land: Land, chance: Chance) -> None:
    """Schools, hospitals, care homes, the police station and the gate of the camp."""

    def near(name: str) -> list[int]:
        """Cells of a district without another named building."""
        mine = (cell for cell in made if district[cell] == name)
        return [cell for cell in mine if all(building.kind in SHARES for building in made[cell])]

    for level, places in SCHOOLS.items():
        for number, place in enumerate(places.split(), 1):
            middle = number == len(places.split()) // 2 + 1
            name = f"Hyosan {level} School" if middle else f"{level} School {number}"
            _stand(made, near(place), "school", 1, name, chance)
    for number, place in enumerate(HOSPITALS.split(), 1):
        middle = number == len(HOSPITALS.split()) // 2 + 1
        _stand(made, near(place), "hospital", 1, "Hyosan General Hospital" if middle else f"Hospital {number}", chance)
    for place, count in CARE_HOMES.items():
        for _ in range(count):
            _stand(made, near(place), "care", 1, "", chance)
    middle = lengths(point - CENTRE[:2])
    _stand(made, sorted(near("Junggu-dong"), key=lambda cell: middle[cell])[:12], "police", 1, "Hyosan Police Station",
           chance)  # fmt: skip
    town = point[[name in CORE and cell in made for cell, name in enumerate(district)]]
    lone = [cell for cell in range(len(point)) if cell not in made]
    away = {cell: lengths(town - point[cell]).min() for cell in lone}
    fits = [cell for cell in lone if CAMP_DISTANCE[0] <= away[cell] <= CAMP_DISTANCE[1]]
    fits = [cell for cell in fits if land.dry(point[[cell]], 200)[0]]
    gate = max(fits, key=lambda cell: point[cell][0])
    made[gate] = [Building(gate, "camp", 1, "Camp Hyosan")]
