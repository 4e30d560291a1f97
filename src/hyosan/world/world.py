"""The world of a run: people, places, pools and mixing, built once and never written again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import MEMBERSHIPS
from hyosan.rules.codes import MOST_AGES as MOST_AGES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.world.schedule import Schedules
    from hyosan.world.streets import Streets

NOWHERE = -1
"""Index of a place that a person does not have."""


def _none() -> NDArray[np.int32]:
    """No rows."""
    return np.zeros(0, np.int32)


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
    """Index into places of a person's dwelling, class, team and line, or `NOWHERE`, (people, 4), C order."""
    schedule: NDArray[np.uint8]
    """Index into `World.schedules`, (people,)."""

    def __len__(self) -> int:
        """Count of people."""
        return len(self.age)

    @property
    def household(self) -> NDArray[np.int32]:
        """Index into places of the household, or of the care home for who lives there, or `NOWHERE`, (people,)."""
        return self.membership[:, MEMBERSHIPS.index("dwelling")]

    @property
    def school_class(self) -> NDArray[np.int32]:
        """Index into places, or `NOWHERE`, (people,)."""
        return self.membership[:, MEMBERSHIPS.index("class")]

    @property
    def team(self) -> NDArray[np.int32]:
        """Index into places, or `NOWHERE`, (people,)."""
        return self.membership[:, MEMBERSHIPS.index("team")]

    @property
    def line(self) -> NDArray[np.int32]:
        """Index into places of the line of public transport, or `NOWHERE` for who does not ride, (people,)."""
        return self.membership[:, MEMBERSHIPS.index("line")]


@dataclass(frozen=True)
class Places:
    """One row a place, with its slots; places stand in the order of their settings.

    Households, classes, teams and lines are what `People.membership` names. Schools, sites, hospital wards and care
    homes are larger places that classes and teams are part of; their members are the members of the parts.
    """

    setting: NDArray[np.uint8]
    """`Setting` of the place, (places,)."""
    town: NDArray[np.int32]
    """Index of its town, (places,)."""
    district: NDArray[np.int16]
    """Index into `World.districts`, (places,)."""
    site: NDArray[np.int32]
    """Index into `World.sites` (the school of a class, the workplace of a team), or `NOWHERE`, (places,)."""
    parent: NDArray[np.int32]
    """Index of the larger place that the place is part of, or `NOWHERE`, (places,)."""
    capacity: NDArray[np.int32]
    """Slots of the place, at least its members, (places,); on a hospital ward those past the members are beds."""
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
    schedule_start: NDArray[np.int64]
    """Members of pool q with schedule s are `members[schedule_start[q, s]:schedule_start[q, s + 1]]`,
    (pools, schedules + 1)."""


@dataclass(frozen=True)
class DistrictPools:
    """Who can be met in the shops and at leisure, by district."""

    start: NDArray[np.int64]
    """Members of district d with schedule s are `members[start[d, s]:start[d, s + 1]]`, (districts, schedules + 1)."""
    members: NDArray[np.int32]
    """Index into people, by district and schedule, (people,); empty where nobody goes shopping."""


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
    district_pools: DistrictPools
    schedules: Schedules
    shared_hours: NDArray[np.float64]
    """Hours a day that two members of a place are there together, averaged over the week and over all pairs of
    members, by `Setting`, (settings,); 0 where contacts are not those of a place."""
    present_hours: NDArray[np.float64]
    """Hours a day that a schedule spends in a setting, averaged over the week, (schedules, settings)."""
    towns: tuple[str, ...]
    """Names of the towns; a single empty name when they are many and nameless (closed cells)."""
    districts: tuple[str, ...]
    sites: tuple[str, ...]
    """Names of schools, workplaces of several teams, hospitals and care homes."""
    age_groups: tuple[str, ...]
    """Labels of the age groups, such as `00-04`."""
    streets: Streets | None = None
    """Streets and buildings; none where a world has no map."""
    lodging: NDArray[np.int32] = field(default_factory=_none)
    """Index into the buildings of `streets` of each place, `NOWHERE` for lines, (places,); empty without a map."""
    shop: NDArray[np.int32] = field(default_factory=_none)
    """Index into the buildings of `streets` of the shops where each person buys, (people,); empty without a map."""

    @property
    def town_count(self) -> int:
        """Count of towns or cells."""
        return (len(self.pools.start) - 1) // self.pools.group_count
