"""Streets: the invented map of Hyosan, pieces of street with their neighbours, and the buildings along them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Building
from hyosan.world.facts import table
from hyosan.world.residents import districts

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Streets:
    """Street cells, their neighbours, and buildings."""

    x_m: NDArray[np.int32]
    """Middle of each cell, to the east [m], (cells,)."""
    y_m: NDArray[np.int32]
    """Middle of each cell, to the north [m], (cells,)."""
    length_m: NDArray[np.int32]
    """Length of the piece of street [m], (cells,)."""
    width_m: NDArray[np.int32]
    """Width of the street from wall to wall [m], (cells,)."""
    district: NDArray[np.int16]
    """Index into `World.districts`, (cells,)."""
    bridge: NDArray[np.bool_]
    """Whether a cell is a bridge over water, (cells,)."""
    exit: NDArray[np.bool_]
    """Whether a road leaves the map at a cell, (cells,)."""
    start: NDArray[np.int32]
    """Neighbours of cell c are `neighbours[start[c]:start[c + 1]]`, rising, (cells + 1,)."""
    neighbours: NDArray[np.int32]
    """Index of cells; each pair of neighbours stands there in both directions, (entries,)."""
    building_cell: NDArray[np.int32]
    """Cell at which each building stands, rising, (buildings,)."""
    building_kind: NDArray[np.uint8]
    """`Building`, (buildings,)."""
    building_share: NDArray[np.int32]
    """Weight of a building among those of its kind in its district [1], (buildings,)."""
    building_strength: NDArray[np.int32]
    """Hunter-hours until a building is broken into [h], (buildings,)."""
    building_entrances: NDArray[np.int32]
    """Doors to the street, (buildings,)."""
    building_name: tuple[str, ...]
    """Name of each building, empty for most."""

    def __len__(self) -> int:
        """Count of cells."""
        return len(self.x_m)

    @property
    def building_district(self) -> NDArray[np.int16]:
        """Index into `World.districts`, (buildings,)."""
        return self.district[self.building_cell]


@cache
def streets() -> Streets:
    """The streets of Hyosan, as the tables have them."""
    cells, buildings = table("cells"), table("buildings")
    kind = np.array(cells.column("kind"))
    index = {name: at for at, name in enumerate(districts())}
    start, neighbours = _neighbours(len(kind))
    code = {building.name.lower(): int(building) for building in Building}
    made = Streets(
        **{name: np.array(cells.integers(name), np.int32) for name in ("x_m", "y_m", "length_m", "width_m")},
        district=np.array([index[name] for name in cells.column("district")], np.int16),
        bridge=kind == "bridge",
        exit=np.array(cells.integers("exit")) == 1,
        start=start,
        neighbours=neighbours,
        building_cell=np.array(buildings.integers("cell"), np.int32),
        building_kind=np.array([code[name] for name in buildings.column("kind")], np.uint8),
        **{
            f"building_{name}": np.array(buildings.integers(name), np.int32)
            for name in ("share", "strength", "entrances")
        },
        building_name=tuple(buildings.column("name")),
    )
    for field in fields(made):
        value = getattr(made, field.name)
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
    return made


def _neighbours(cells: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(Start of each cell's neighbours, neighbours), in both directions and rising."""
    edges = table("streets")
    one, other = (np.array(edges.integers(name), np.int32) for name in ("cell", "other"))
    origin, end = np.concatenate([one, other]), np.concatenate([other, one])
    start = np.zeros(cells + 1, np.int32)
    np.cumsum(np.bincount(origin, minlength=cells), out=start[1:])
    return start, end[np.lexsort((end, origin))]
