"""What a scenario and a world determine before any chance comes in: made once, read by the runs of every seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.city.where import FIRST, MEMBERS, PARENT, ROOM, ROOM_BITS
from hyosan.engine.course import Course, course_of
from hyosan.engine.hunt_ground import HuntGround, hunt_ground_of
from hyosan.engine.reproduction import Exposure, NextGeneration, exposure_law, solve
from hyosan.engine.streams import (
    Hazards,
    Streams,
    hazards_of,
    levels_in_force,
    mixing_tables,
    streams_of,
    sum_over_routes,
)
from hyosan.engine.whereabouts import Whereabouts, whereabouts_of
from hyosan.rules.codes import Setting

if TYPE_CHECKING:
    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World


@dataclass(frozen=True)
class Groundwork:
    """Everything that runs of one scenario in one world share."""

    scenario: Scenario
    world: World
    course: Course
    streams: Streams
    places: tuple[Any, ...]
    """Arrays of the world, in the order in which kernels take them apart."""
    hazard_scale: float
    """Factor on the pathogen's hazards [1]."""
    reproduction_number: float | None
    """Top eigenvalue of the next-generation matrix in force; None if somebody is infectious for ever, or hunts [1]."""
    hunt: HuntGround | None = None
    """Where people hunt: streets, and who can be where in them."""


def groundwork_of(scenario: Scenario, world: World) -> Groundwork:
    """The groundwork of a scenario in a world."""
    course = course_of(scenario.pathogen)
    hazards = hazards_of(scenario, world, course.peak)
    scale, number = _scale(scenario, world, course, hazards)
    streams = streams_of(scenario, world, hazards, scale)
    whereabouts = whereabouts_of(scenario, world)
    places = _arrays(world, whereabouts, moved=bool(scenario.interventions))
    hunt = hunt_ground_of(scenario, world, course) if course.hunted else None
    return Groundwork(scenario, world, course, streams, places, scale, number, hunt)


def _arrays(world: World, whereabouts: Whereabouts, *, moved: bool) -> tuple[Any, ...]:
    """Arrays of a world as kernels read them: what is asked for together lies together.

    Args:
        moved: Whether orders may send people home.
    """
    people, pools, places = world.people, world.pools, world.places
    traits = people.age.astype(np.int32)
    traits |= people.schedule.astype(np.int32) << 8
    traits |= people.district.astype(np.int32) << 16
    rows = np.empty((len(places), 4), np.int32)
    rows[:, FIRST] = places.start[:-1]
    rows[:, MEMBERS] = np.diff(places.start)
    rows[:, ROOM] = places.capacity | places.setting.astype(np.int32) << ROOM_BITS
    rows[:, PARENT] = places.parent
    wards = np.flatnonzero(places.setting == Setting.HOSPITAL)
    return (
        traits,
        people.membership,
        rows,
        places.members,
        pools.age_group,
        people.town,
        *mixing_tables(world),
        pools.schedule_start,
        pools.members,
        world.district_pools.start,
        world.district_pools.members,
        whereabouts.as_tuple(),
        (int(wards[0]) if len(wards) else 0, len(wards)),
        moved,
    )


def _scale(scenario: Scenario, world: World, course: Course, hazards: Hazards) -> tuple[float, float | None]:
    """(Scale on the pathogen's hazards, reproduction number in force or None if somebody never stops infecting)."""
    if course.hunted or (course.final_infectious().any() and scenario.pathogen.reproduction_number is None):
        return 1.0, None
    matrix = NextGeneration(scenario, world, course, hazards)
    # The scale is that of the undisturbed world, so that a lower level somewhere means fewer infections, not others.
    scale = 1.0
    if scenario.pair_probability is not None:
        scale = _pair_scale(scenario, world, matrix.exposure, hazards)
    elif scenario.pathogen.reproduction_number is not None:
        scale = matrix.scale_for(float(scenario.pathogen.reproduction_number.value))
    return scale, matrix.reproduction_number(scale, levels_in_force(scenario))


def _pair_scale(scenario: Scenario, world: World, exposure: Exposure, hazards: Hazards) -> float:
    """Scale that gives a pair of housemates the scenario's chance of infection."""
    size, wanted = int(scenario.size or 0), float(scenario.pair_probability or 0.0)
    rate = float(sum_over_routes(hazards, Setting.HOME, size + 1)[size])
    law = exposure_law(exposure, exposure.weight[int(world.people.age[0])], Setting.HOME)
    dispersion = scenario.pathogen.dispersion
    k = None if dispersion is None else float(dispersion.value)
    return solve(
        lambda scale: law.infection_probability(rate * scale, k),
        wanted,
        "pair_probability",
        "chance that a pair infects",
    )
