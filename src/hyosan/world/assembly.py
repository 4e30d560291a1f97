"""Assembly: the arrays of a world put together and made read-only."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import PLACE_SETTINGS, Setting
from hyosan.world.world import NOWHERE, Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.world.world import World


def freeze(world: World) -> World:
    """Make every array of a world read-only, so that runs can share it."""
    for part in (world, world.people, world.places, world.pools):
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
    return world


def places_of(
    settings: Sequence[Setting],
    counts: Sequence[NDArray[np.int64]],
    members: Sequence[NDArray[np.int32]],
    districts: Sequence[NDArray[np.int16]],
    sites: Sequence[NDArray[np.int32]],
) -> Places:
    """Places of several settings, one setting after another, all in the first town.

    Args:
        settings: Setting of each part.
        counts: Members of each place of the part.
        members: People of the part, place by place.
        districts: District of each place of the part.
        sites: Site of each place of the part, or `NOWHERE`.
    """
    count = np.concatenate([np.zeros(0, np.int64), *counts])
    start = np.zeros(len(count) + 1, np.int64)
    np.cumsum(count, out=start[1:])
    lengths = [len(part) for part in counts]
    return Places(
        setting=np.repeat(np.array(settings, np.uint8), lengths),
        town=np.zeros(len(count), np.int32),
        district=np.concatenate([np.zeros(0, np.int16), *districts]).astype(np.int16),
        site=np.concatenate([np.zeros(0, np.int32), *sites]).astype(np.int32),
        capacity=count.astype(np.int32),
        start=start,
        members=np.concatenate([np.zeros(0, np.int32), *members]).astype(np.int32),
    )


def membership_of(places: Places, people: int) -> NDArray[np.int32]:
    """Index into places of everybody's household, class and team, or `NOWHERE`, (people, 3)."""
    membership = np.full((people, len(PLACE_SETTINGS)), NOWHERE, np.int32)
    bounds = np.searchsorted(places.setting, [int(setting) + after for setting in PLACE_SETTINGS for after in (0, 1)])
    for column in range(len(PLACE_SETTINGS)):
        first, last = int(bounds[2 * column]), int(bounds[2 * column + 1])
        rows = places.members[places.start[first] : places.start[last]]
        membership[rows, column] = np.repeat(np.arange(first, last, dtype=np.int32), places.capacity[first:last])
    return membership
