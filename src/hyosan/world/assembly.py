"""Assembly: the arrays of a world put together and made read-only."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.rules.codes import MEMBERSHIP_SETTINGS, Setting
from hyosan.world.schedule import DAY_HOURS, around_the_clock, present_hours
from hyosan.world.world import MOST_AGES, NOWHERE, DistrictPools, People, Places, Pools, World

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.world.schedule import Schedules


def freeze(world: World) -> World:
    """Make every array of a world read-only, so that runs can share it."""
    for part in (world, world.people, world.places, world.pools, world.district_pools, world.schedules):
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
    return world


@dataclass(frozen=True)
class Part:
    """Places of one setting, one after another."""

    setting: Setting
    size: NDArray[np.int64]
    """Members of each place, (places,)."""
    members: NDArray[np.int32]
    """People, place by place."""
    district: NDArray[np.int16] | None = None
    """District of each place, (places,); the first one if not given."""
    site: NDArray[np.int32] | None = None
    """Index into `World.sites`, or `NOWHERE`, (places,); `NOWHERE` if not given."""
    larger: Setting | None = None
    """Setting of the larger places that these are part of."""
    parent: NDArray[np.int64] | None = None
    """The larger place of each, counted from 0 among those of its setting, or `NOWHERE`, (places,)."""
    beds: NDArray[np.int64] | None = None
    """Slots beyond the members, (places,)."""


def places_of_parts(parts: Sequence[Part]) -> Places:
    """Places of several parts, one after another, all in the first town.

    Args:
        parts: In the order of their settings; one setting may have several.
    """
    length = [len(part.size) for part in parts]
    first = {setting: sum(len(part.size) for part in parts if part.setting < setting) for setting in Setting}
    size = np.concatenate([np.zeros(0, np.int64), *(part.size for part in parts)])
    start = np.zeros(len(size) + 1, np.int64)
    np.cumsum(size, out=start[1:])
    nowhere = [np.full(count, NOWHERE, np.int32) for count in length]
    parent = [
        none
        if part.larger is None or part.parent is None
        else np.where(part.parent == NOWHERE, NOWHERE, part.parent + first[part.larger])
        for part, none in zip(parts, nowhere, strict=True)
    ]
    district = [np.zeros(len(part.size)) if part.district is None else part.district for part in parts]
    site = [none if part.site is None else part.site for part, none in zip(parts, nowhere, strict=True)]
    beds = [np.zeros(len(part.size), np.int64) if part.beds is None else part.beds for part in parts]
    return Places(
        setting=np.repeat(np.array([part.setting for part in parts], np.uint8), length),
        town=np.zeros(len(size), np.int32),
        district=_joined(district, np.int16),
        site=_joined(site, np.int32),
        parent=_joined(parent, np.int32),
        capacity=(size + _joined(beds, np.int64)).astype(np.int32),
        start=start,
        members=_joined([part.members for part in parts], np.int32),
    )


def _joined(arrays: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
    """Arrays one after another, of a type; none gives an empty one."""
    return np.concatenate([np.zeros(0, kind), *arrays]).astype(kind)


def membership_of(places: Places, people: int) -> NDArray[np.int32]:
    """Index into places of everybody's household, class, team and line, or `NOWHERE`, (people, 4)."""
    membership = np.full((people, len(MEMBERSHIP_SETTINGS)), NOWHERE, np.int32)
    sizes = np.diff(places.start)
    for column, setting in enumerate(MEMBERSHIP_SETTINGS):
        first, last = np.searchsorted(places.setting, [int(setting), int(setting) + 1])
        rows = places.members[places.start[first] : places.start[last]]
        membership[rows, column] = np.repeat(np.arange(first, last, dtype=np.int32), sizes[first:last])
    return membership


def people_of(
    age: NDArray[np.uint8],
    places: Places,
    *,
    town: NDArray[np.int32] | None = None,
    schedule: NDArray[np.uint8] | None = None,
) -> People:
    """People of one district, women and men by turns.

    Args:
        age: Age of everybody [years], (people,).
        places: Places of which they are members.
        town: Town of everybody, (people,); the first one if not given.
        schedule: Schedule of everybody, (people,); the first one if not given.
    """
    count = len(age)
    return People(
        age=age,
        sex=(np.arange(count, dtype=np.uint32) & 1).astype(np.uint8),
        town=np.zeros(count, np.int32) if town is None else town,
        district=np.zeros(count, np.int16),
        membership=membership_of(places, count),
        schedule=np.zeros(count, np.uint8) if schedule is None else schedule,
    )


def pools_around_the_clock(
    age_group: NDArray[np.uint8],
    group_count: int,
    start: NDArray[np.int64],
    members: NDArray[np.int32],
    contact_hours: NDArray[np.float64],
) -> Pools:
    """Pools of people who all have the one schedule of worlds without hours of day."""
    bounds = np.stack([start[:-1], start[1:]], axis=1)
    return Pools(age_group, group_count, start, members, contact_hours, bounds)


def pools_of_neighbours(towns: int, size: int, contact_hours: float) -> Pools:
    """One pool a town, of the people who follow each other there.

    Args:
        towns: Count of towns.
        size: People of each.
        contact_hours: Hours a day that a person shares with the others of the town, all together.
    """
    return pools_around_the_clock(
        age_group=np.zeros(MOST_AGES, np.uint8),
        group_count=1,
        start=np.arange(towns + 1, dtype=np.int64) * size,
        members=np.arange(towns * size, dtype=np.int32),
        contact_hours=np.full((1, 1), contact_hours),
    )


def nameless(
    kind: str,
    seed: int,
    people: People,
    places: Places,
    pools: Pools,
    *,
    schedules: Schedules | None = None,
    shared_hours: NDArray[np.float64] | None = None,
) -> World:
    """A world of one district in which nothing has a name but the age groups, which have numbers.

    Args:
        kind: Kind of the world.
        seed: Seed of the synthesis.
        people: One row a person.
        places: Where they are members.
        pools: Whom they meet in the community.
        schedules: When they are where; everywhere around the clock if not given.
        shared_hours: Hours a day that two members of a place share by setting, (settings,); 24 if not given.
    """
    if schedules is None:
        schedules = around_the_clock()
    if shared_hours is None:
        shared_hours = np.where(np.isin(np.arange(len(Setting)), places.setting), DAY_HOURS, 0.0)
    return freeze(
        World(
            kind=kind,
            seed=seed,
            people=people,
            places=places,
            pools=pools,
            district_pools=DistrictPools(np.zeros((1, 2), np.int64), np.zeros(0, np.int32)),
            schedules=schedules,
            shared_hours=shared_hours,
            present_hours=present_hours(schedules),
            towns=("",),
            districts=("",),
            sites=(),
            age_groups=("all",) if pools.group_count == 1 else tuple(map(str, range(pools.group_count))),
        )
    )
