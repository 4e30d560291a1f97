"""What a scenario and a world determine about hunting before any chance comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.city import hunted as h
from hyosan.rules import bite as rules
from hyosan.rules.codes import MEMBERSHIPS, Building
from hyosan.rules.mixing import mean_gap
from hyosan.rules.random import chance_of
from hyosan.units import minute as MINUTE
from hyosan.world.paths import steps_of
from hyosan.world.world import MOST_AGES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.course import Course
    from hyosan.scenario.model import Scenario
    from hyosan.world.streets import Streets
    from hyosan.world.world import World

LISTENING = 30 * MINUTE
"""How often people hear, and hunters, what is going on around them [s]; assumed."""

FLOW = 1.3
"""People who pass a metre of width in a second at most [1/(m s)]; assumed: Weidmann's largest specific flow."""

CELL_OF_HEARING = 100.0
"""Length of street over which what draws hunters is passed on in one round [m]."""


@dataclass(frozen=True)
class HuntGround:
    """Arrays of the streets as kernels read them, and of who can be where."""

    arrays: dict[int, NDArray[Any]]
    """By their places in `engine.city.hunted`; what a run draws or orders change is added by the run."""
    law: NDArray[np.int64]
    """Numbers, likewise, (LAW_NUMBERS,)."""
    living: NDArray[np.int32]
    """People by home, work and shop, cell after cell, (3, people)."""
    living_count: NDArray[np.int32]
    """How many there are of each cell, (3, cells)."""
    still: NDArray[np.int32]
    """People by cell of the home and schedule, (cells, schedules)."""

    @property
    def cell_count(self) -> int:
        """Count of cells: pieces of street, or where there are none towns."""
        return int(self.living_count.shape[1])


def hunt_ground_of(scenario: Scenario, world: World, course: Course) -> HuntGround:
    """The ground of a scenario whose infected hunt."""
    bite = scenario.pathogen.bite
    assert bite is not None, "somebody hunts"
    law = np.zeros(h.LAW_NUMBERS, np.int64)
    law[h.STREETS] = world.streets is not None
    law[h.LATTICE] = world.kind == "lattice"
    law[h.PAUSE] = bite.pause
    law[h.TAKE] = course.take_chance
    law[h.EVADES] = scenario.pathogen.pursuit_speed is not None
    law[h.ROUNDS] = max(1, round(bite.hearing / CELL_OF_HEARING))
    flight = scenario.flight
    law[h.PHONE], law[h.FORAYS], law[h.RUMOUR] = flight.phone, flight.forays, round(flight.rumour)
    law[h.BARRICADE] = round(16 * flight.barricade)
    law[h.DESTROYED], law[h.KILLED] = course.names.index("destroyed"), course.names.index("killed")
    law[[h.SHELTER_BUILDING, h.HOSPITAL]] = -1
    assert scenario.pathogen.alpha is not None, "bites have an alpha"
    arrays: dict[int, NDArray[Any]] = {
        h.BITE_CHANCE: rules.bite_chances(float(scenario.pathogen.alpha.value), bite.company),
        h.CAUGHT: _caught(scenario),
        h.BONDS: _bonds(scenario, world),
    }
    if world.streets is None:
        return _without_streets(scenario, world, law, arrays)
    return _with_streets(scenario, world, world.streets, law, arrays)


def _caught(scenario: Scenario) -> NDArray[np.int64]:
    """Chance that somebody who knows of hunters is caught in the street, by age [2**-30], (ages,)."""
    speed, flight = scenario.pathogen.pursuit_speed, scenario.flight
    if speed is None:
        return np.zeros(MOST_AGES, np.int64)
    hunter, runner = float(speed.value), float(flight.running.value)
    shares = [rules.caught_share(hunter, runner * rules.running_at(age), flight.refuge) for age in range(MOST_AGES)]
    return np.array([chance_of(share) for share in shares], np.int64)


def _bonds(scenario: Scenario, world: World) -> NDArray[np.int32]:
    """The four neighbours of everybody on a lattice, (people, 4)."""
    if world.kind != "lattice":
        return np.zeros((0, 4), np.int32)
    side, cells = int(scenario.side or 0), int(scenario.cells or 0)
    site = np.arange(side * side, dtype=np.int32).reshape(side, side)
    around = [np.roll(site, shift, axis).ravel() for axis in (0, 1) for shift in (1, -1)]
    patch = np.stack(around, axis=1)
    first = np.arange(cells, dtype=np.int32)[:, None, None] * (side * side)
    return (first + patch).reshape(-1, 4)


def stretch_of(step: int, longest: int) -> int:
    """The longest stretch that divides a step and is no longer than that [s].

    >>> stretch_of(600, 75), stretch_of(600, 74), stretch_of(60, 75)
    (75, 60, 60)
    """
    return max(length for length in range(1, min(step, longest) + 1) if step % length == 0)


def _set_clock(law: NDArray[np.int64], stretch: int, presence: int) -> None:
    """Set how long a stretch is, and how often one listens and writes down who is where: in whole stretches."""
    law[h.STRETCH] = stretch
    law[h.WATCH] = -(-LISTENING // stretch) * stretch
    law[h.EVERY] = -(-presence // stretch) * stretch


def _lists(cells: int, cell_of: list[NDArray[np.int32]]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[Any]]:
    """(First of each cell, people, counts) of lists of people by cell; a cell of -1 stands for none."""
    people = len(cell_of[0])
    first = np.zeros((3, cells + 1), np.int32)
    living = np.zeros((3, people), np.int32)
    count = np.zeros((3, cells), np.int32)
    for column, cell in enumerate(cell_of):
        there = np.flatnonzero(cell >= 0)
        living[column, : len(there)] = there[np.argsort(cell[there], kind="stable")]
        count[column] = np.bincount(cell[there], minlength=cells)
        np.cumsum(count[column], out=first[column, 1:])
    return first, living, count


def _without_streets(
    scenario: Scenario, world: World, law: NDArray[np.int64], arrays: dict[int, NDArray[Any]]
) -> HuntGround:
    """Towns, cells or patches in which anybody can be reached at any time."""
    bite, cells = scenario.pathogen.bite, world.town_count
    assert bite is not None, "somebody hunts"
    _set_clock(law, int(scenario.step), int(scenario.records.presence))
    mantissa, shift = mean_gap(bite.hazard / 3600)
    first, living, count = _lists(cells, [world.people.town])
    none = np.zeros(0, np.int32)
    arrays |= {
        h.NEIGHBOUR: np.zeros((0, h.NEIGHBOURS), np.int32),
        h.CROSSING: none,
        h.WALK: none,
        h.MANTISSA: np.full(cells, mantissa, np.int64),
        h.SHIFT: np.full(cells, shift, np.int64),
        h.FIRST: first,
        h.ANCHOR: np.zeros((0, 3), np.int32),
        h.BUILDING_CELL: none,
        h.RATE: np.zeros(0, np.int64),
        h.STEPS: np.zeros((0, 0), np.uint8),
        h.EXIT: np.zeros(0, np.bool_),
        h.RESIDENTS: living[h.HOME].copy(),
        h.DISTRICT: np.zeros(0, np.int64),
        h.FITS: none,
    }
    return HuntGround(arrays, law, living, count, np.zeros((0, 0), np.int32))


def _with_streets(
    scenario: Scenario, world: World, streets: Streets, law: NDArray[np.int64], arrays: dict[int, NDArray[Any]]
) -> HuntGround:
    """Streets, in whose cells people live, work and shop."""
    bite, flight = scenario.pathogen.bite, scenario.flight
    assert bite is not None, "somebody hunts"
    cells, length = len(streets), streets.length_m
    crossing = np.ceil(length / float(bite.pace.value)).astype(np.int32)
    walking = np.ceil(length / float(flight.walking.value)).astype(np.int32)
    longest = int(min(crossing.min(), walking.min()))
    _set_clock(law, stretch_of(int(scenario.step), longest), int(scenario.records.presence))
    gaps = [mean_gap(bite.hazard * bite.area / max(1, area) / 3600) for area in (length * streets.width_m).tolist()]
    anchor = anchors(world)
    where = streets.building_cell[anchor]
    work = np.where(anchor[:, h.WORK] == anchor[:, h.HOME], -1, where[:, h.WORK]).astype(np.int32)
    first, living, count = _lists(cells, [where[:, h.HOME], work, where[:, h.SHOP]])
    still = np.zeros((cells, len(world.schedules)), np.int32)
    np.add.at(still, (where[:, h.HOME], world.people.schedule), 1)
    hospitals = np.flatnonzero(streets.building_kind == Building.HOSPITAL)
    law[h.HOSPITAL] = hospitals[0] if len(hospitals) else -1
    arrays |= {
        h.NEIGHBOUR: neighbours_of(streets),
        h.CROSSING: crossing,
        h.WALK: walking,
        h.MANTISSA: np.array([gap[0] for gap in gaps], np.int64),
        h.SHIFT: np.array([gap[1] for gap in gaps], np.int64),
        h.FIRST: first,
        h.ANCHOR: anchor,
        h.BUILDING_CELL: streets.building_cell.astype(np.int32),
        h.RATE: np.array(
            [rules.break_rate(hours, bite.breaking) for hours in streets.building_strength.tolist()], np.int64
        ),
        h.STEPS: ways(streets),
        h.EXIT: streets.exit.copy(),
        h.RESIDENTS: living[h.HOME].copy(),
        h.DISTRICT: streets.district.astype(np.int64),
        h.FITS: np.maximum(1, np.floor(FLOW * streets.width_m * walking)).astype(np.int32),
    }
    return HuntGround(arrays, law, living, count, still)


def anchors(world: World) -> NDArray[np.int32]:
    """Buildings in which everybody lives, works or learns (or lives, without either), and shops, (people, 3)."""
    dwelling, school_class, team = (
        world.people.membership[:, MEMBERSHIPS.index(name)] for name in ("dwelling", "class", "team")
    )
    home = world.lodging[dwelling]
    work = np.where(school_class >= 0, world.lodging[school_class], np.where(team >= 0, world.lodging[team], home))
    work = np.where(work >= 0, work, home)
    return np.stack([home, work, world.shop], axis=1).astype(np.int32)


def neighbours_of(streets: Streets) -> NDArray[np.int32]:
    """Neighbours of each cell, -1 where there are fewer, (cells, 8)."""
    beside = np.full((len(streets), h.NEIGHBOURS), -1, np.int32)
    degree = np.diff(streets.start)
    row = np.repeat(np.arange(len(streets)), degree)
    beside[row, np.arange(len(row)) - streets.start[row]] = streets.neighbours
    return beside


def ways(streets: Streets) -> NDArray[np.uint8]:
    """Next step by target and cell; in a last row that to the nearest exit, (cells + 1, cells)."""
    steps = steps_of(streets)
    beside, cells = neighbours_of(streets), len(streets)
    out = np.full(cells, 255, np.uint8)
    reached = streets.exit.copy()
    front = np.flatnonzero(reached)
    while len(front):
        fresh = []
        for cell in front.tolist():
            for other in beside[cell][beside[cell] >= 0].tolist():
                if not reached[other]:
                    reached[other] = True
                    out[other] = np.flatnonzero(beside[other] == cell)[0]
                    fresh.append(other)
        front = np.array(fresh, np.int64)
    return np.concatenate([steps, out[None]])
