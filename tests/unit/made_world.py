"""Worlds that several test files look at, each built once."""

import hashlib
from dataclasses import fields
from functools import cache

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.scenario.load import load
from hyosan.world.synthesis import build

ANDONG = 153_816
SIZES = [1, 2, 3, 10, 100, 1000, 20_000, ANDONG]


@cache
def city(people=ANDONG, seed=1):
    """The city of this size."""
    return build(load("hyosan-influenza", set={"people": people, "world.seed": seed, "infected_at_start.count": 0}))


def rows_of(world, setting):
    """Indices of the places of a setting."""
    return np.flatnonzero(world.places.setting == setting)


def ages_by_household(world):
    """Ages of the members of each household, in the order of the households."""
    start = world.places.start[: len(rows_of(world, Setting.HOME)) + 1]
    ages = world.people.age[world.places.members[: start[-1]]].astype(int)
    return np.split(ages, start[1:-1])


def arrays_of(world):
    """All arrays of a world by name."""
    found = {name: getattr(world, name) for name in ("shared_hours", "present_hours", "lodging", "shop")}
    parts = (world.people, world.places, world.pools, world.district_pools, world.schedules, world.streets)
    for part in parts:
        for field in fields(part) if part is not None else ():
            value = getattr(part, field.name)
            if isinstance(value, np.ndarray):
                found[f"{type(part).__name__}.{field.name}"] = value
    return found


def digest_of(world):
    """SHA-256 over every array and name of a world."""
    digest = hashlib.sha256(repr((world.towns, world.districts, world.sites, world.age_groups)).encode())
    for name, values in sorted(arrays_of(world).items()):
        digest.update(name.encode())
        digest.update(values.astype(values.dtype.newbyteorder("<")).tobytes())
    return digest.hexdigest()
