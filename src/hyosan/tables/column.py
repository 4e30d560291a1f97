"""What a table of a run is made of: columns, their types and units, and lists of names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Names(Enum):
    """Lists of names that a run brings along, where the codes do not fix them."""

    STATES = "states"
    DISTRICTS = "districts"
    SITES = "sites"
    SCHEDULES = "schedules"
    BUILDINGS = "buildings"
    STOREYS = "storeys"
    ROOMS = "rooms"
    DOORS = "doors"
    ZONES = "zones"
    GATES = "gates"
    PLAN = "plan"


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    name: str
    kind: str
    """NumPy name of the type, as the engine and the world hand it over."""
    meaning: str
    unit: str = ""
    values: type[IntEnum] | Names | None = None
    """What the numbers stand for. Such a column is stored as the names (in lower case); -1 is stored as null."""

    def words(self, names: Mapping[Names, Sequence[str]]) -> tuple[str, ...] | None:
        """The names that the numbers 0, 1, … of this column stand for, or None if they are just numbers."""
        if self.values is None:
            return None
        if isinstance(self.values, Names):
            return tuple(names[self.values])
        return tuple(member.name.lower() for member in self.values)


@dataclass(frozen=True)
class Table:
    """One table of a run."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


PERSON = Column("person", "int32", "the person, counted from 0")
