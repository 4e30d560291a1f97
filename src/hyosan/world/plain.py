"""Plain worlds: everybody alike, for laws that are known exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.world.assembly import Part, nameless, people_of, places_of_parts, pools_of_neighbours
from hyosan.world.schedule import DAY_HOURS

if TYPE_CHECKING:
    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World

AGE = 30
"""Age of everybody [years]: one, so that no estimate by age makes people differ."""


def well_mixed(scenario: Scenario) -> World:
    """One town where anybody meets anybody around the clock, and no places."""
    return _towns(scenario, 1, scenario.people_of_a_group)


def closed_cells(scenario: Scenario) -> World:
    """Many towns without names and without travel, each well-mixed; all of one size."""
    return _towns(scenario, int(scenario.cells or 0), scenario.people_of_a_group)


def lattice(scenario: Scenario) -> World:
    """Square patches without edges, one person a site; who is next to whom the hunt knows by the side."""
    return _towns(scenario, int(scenario.cells or 0), scenario.people_of_a_group)


def households(scenario: Scenario) -> World:
    """Households of one size whose members meet each other around the clock and nobody else."""
    count, size = int(scenario.households or 0), int(scenario.size or 0)
    members = np.arange(count * size, dtype=np.int32)
    places = places_of_parts([Part(Setting.HOME, np.full(count, size, np.int64), members)])
    people = people_of(np.full(len(members), AGE, np.uint8), places)
    return nameless(scenario.world.kind, scenario.world.seed, people, places, pools_of_neighbours(1, 0, 0.0))


def _towns(scenario: Scenario, towns: int, size: int) -> World:
    """Well-mixed towns of one size: a hazard per hour of presence is a hazard per hour."""
    places = places_of_parts([])
    town = np.repeat(np.arange(towns, dtype=np.int32), size)
    people = people_of(np.full(len(town), AGE, np.uint8), places, town=town)
    pools = pools_of_neighbours(towns, size, DAY_HOURS)
    return nameless(scenario.world.kind, scenario.world.seed, people, places, pools)
