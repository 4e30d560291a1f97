"""The world of a run: people, places, pools and mixing, built once and never written again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyosan.rules.codes import MOST_AGES as MOST_AGES
from hyosan.rules.codes import PLACE_SETTINGS, Setting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NOWHERE = -1
"""Index of a place that a person does not have."""


@dataclass(frozen=True)
class People:
    """One row a person."""

    age: NDArray[np.uint8]
    """Age [years], (people,), 0 to 100."""
    sex: NDArray[np.uint8]
    """0 female, 1 male, (people,)."""
    town: NDArray[np.int32]
    """Index of the town (or closed cell) a person lives in, (people,)."""
    district: NDArray[np.int16]
    """Index into `World.districts`, (people,)."""
    membership: NDArray[np.int32]
    """Index into places of a person's household, class and team, or `NOWHERE`, (people, 3), C order."""

    def __len__(self) -> int:
        """Count of people."""
        return len(self.age)

    @property
    def household(self) -> NDArray[np.int32]:
        """Index into places, or `NOWHERE`, (people,)."""
        return self.membership[:, PLACE_SETTINGS.index(Setting.HOME)]

    @property
    def school_class(self) -> NDArray[np.int32]:
        """Index into places, or `NOWHERE`, (people,)."""
        return self.membership[:, PLACE_SETTINGS.index(Setting.CLASS)]

    @property
    def team(self) -> NDArray[np.int32]:
        """Index into places, or `NOWHERE`, (people,)."""
        return self.membership[:, PLACE_SETTINGS.index(Setting.TEAM)]


@dataclass(frozen=True)
class Places:
    """One row a place: a household, a class or a team, with its slots."""

    setting: NDArray[np.uint8]
    """`Setting` of the place, (places,)."""
    town: NDArray[np.int32]
    """Index of its town, (places,)."""
    district: NDArray[np.int16]
    """Index into `World.districts`, (places,)."""
    site: NDArray[np.int32]
    """Index into `World.sites` (the school of a class, the workplace of a team), or `NOWHERE`, (places,)."""
    capacity: NDArray[np.int32]
    """Slots of the place, at least its members, (places,)."""
    start: NDArray[np.int64]
    """Members of place p are `members[start[p]:start[p + 1]]`, slot by slot, (places + 1,)."""
    members: NDArray[np.int32]
    """Index into people, (memberships,)."""

    def __len__(self) -> int:
        """Count of places."""
        return len(self.setting)


@dataclass(frozen=True)
class Pools:
    """Who can be met in the community, by town and age group."""

    age_group: NDArray[np.uint8]
    """Age group of each age, (101,)."""
    group_count: int
    """Count of age groups."""
    start: NDArray[np.int64]
    """Pool q = town * group_count + group is `members[start[q]:start[q + 1]]`, (towns * group_count + 1,)."""
    members: NDArray[np.int32]
    """Index into people, (people in pools,)."""
    contact_hours: NDArray[np.float64]
    """Hours a day that a person of the row's age group shares with people of the column's, (groups, groups)."""


@dataclass(frozen=True)
class World:
    """Everything about people and places that a run reads and no run writes."""

    kind: str
    """`city`, `layered`, `well-mixed`, `closed-cells` or `households`."""
    seed: int
    """Seed of the synthesis."""
    people: People
    places: Places
    pools: Pools
    shared_hours: NDArray[np.float64]
    """Hours a day that two members of a place share, averaged over the week, by `Setting`, (settings,)."""
    towns: tuple[str, ...]
    """Names of the towns; a single empty name when they are many and nameless (closed cells)."""
    districts: tuple[str, ...]
    sites: tuple[str, ...]
    """Names of schools and workplaces."""
    age_groups: tuple[str, ...]
    """Labels of the age groups, such as `00-04`."""

    @property
    def town_count(self) -> int:
        """Count of towns or cells."""
        return (len(self.pools.start) - 1) // self.pools.group_count
