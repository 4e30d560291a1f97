"""What a run folder says of the world: the tables of people and places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.world.world import World


def people_columns(world: World) -> dict[str, NDArray[Any]]:
    """Columns of the table `people`."""
    people = world.people
    return {
        "person": np.arange(len(people), dtype=np.int32),
        "age_years": people.age,
        "sex": people.sex,
        "town": people.town,
        "district": people.district,
        "household": people.household,
        "school_class": people.school_class,
        "team": people.team,
        "line": people.line,
        "schedule": people.schedule,
    }


def places_columns(world: World) -> dict[str, NDArray[Any]]:
    """Columns of the table `places`."""
    places = world.places
    return {
        "place": np.arange(len(places), dtype=np.int32),
        "setting": places.setting,
        "town": places.town,
        "district": places.district,
        "site": places.site,
        "parent": places.parent,
        "capacity": places.capacity,
        "members": np.diff(places.start).astype(np.int32),
    }
