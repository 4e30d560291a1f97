"""What a run will need, estimated before anything is allocated."""

from __future__ import annotations

import contextlib
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hyosan.scenario.quantities import in_words
from hyosan.units import day as DAY
from hyosan.units import hour as HOUR
from hyosan.units import minute as MINUTE

if TYPE_CHECKING:
    from hyosan.scenario.model import Scenario
    from hyosan.scenario.section import Finding

PERSON = 45
"""World and state, measured [bytes/person]."""

MEMBER = 60
"""Household, class and team of a person, and what building them takes for a while, measured [bytes/person]."""

INFECTION = 185
"""Events of one infection, its attempts that wait, and the tables made of them, measured [bytes]."""

HUNTED = 150
"""What changes where people hunt, and the room to work in, measured [bytes/person]."""

FLIGHTS = 250
"""In streets besides: what people do about hunters, and the tables made of it, measured [bytes/person]."""

STRIKES = 300
"""Strikes for each infection, and the table made of them, measured [bytes]."""

STREETS = 50_000_000
"""Streets, ways through them and buildings, measured [bytes]."""

AIMED = 120
"""A strike that is drawn and perhaps happens, in arrays that double as they are filled [bytes]."""

CROWD, STREET = 3000, 1000.0
"""People in one cell of the streets at most, and area of a small one [m²]; supposed."""

BONDS = 4
"""Neighbours of a site of a lattice."""

REST = 200_000_000
"""Interpreter, libraries and compiled kernels [bytes]."""

COUNT = 75
"""One row of the table of counts, with what making it takes for a while, measured [bytes]."""

SOON = 300 * DAY
"""Length that is supposed of a run that stops when the outbreak is over [s]."""

MOST_TOWNS = 1000
"""Towns that are counted one by one; where there are more, the table of counts has them all together, as town -1."""

ROW = 40
"""A person's part of the tables on disk, and the same for an event [bytes]."""

UNKNOWN = 3.0
"""Reproduction number that is supposed where a pathogen gives hazards instead [1]."""

LIFE = 80
"""Ages over which immunity is averaged [years]."""

_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""Where Linux says how much memory a container may take."""


@dataclass(frozen=True)
class Cost:
    """What a run is expected to need, within a factor of about two."""

    people: int
    infections: int
    counts: int
    """Rows of the table of counts."""
    aimed: int
    """Strikes that are drawn at a time, where people hunt."""
    memory: int
    """Largest memory in use [bytes]."""
    disk: int
    """Size of the run's folder [bytes]."""


def cost_of(scenario: Scenario) -> Cost:
    """Expected infections, memory and disk of a run.

    >>> from hyosan.scenario.load import load
    >>> cost_of(load("well-mixed")).infections
    7978
    """
    people, kind = scenario.people_in_all, scenario.world.kind
    infections = round(people * _attack_rate(scenario) * _episodes(scenario))
    person = PERSON + (MEMBER if kind in ("city", "layered", "households") else 0)
    towns = (scenario.cells if kind in ("closed-cells", "lattice") else None) or 1
    length = min(scenario.duration, SOON) if scenario.end_when_over else scenario.duration
    moments = length // scenario.records.counts + 2
    counts = moments * (towns if towns <= MOST_TOWNS else 1) * (len(scenario.pathogen.states) + 2)
    aimed = _aimed(scenario)
    memory = REST + people * person + infections * INFECTION + counts * COUNT + aimed * AIMED
    if scenario.pathogen.bite is not None:
        memory += people * HUNTED + infections * STRIKES + (people * FLIGHTS + STREETS if kind == "city" else 0)
    return Cost(people, infections, counts, aimed, memory, (people + 4 * infections) * ROW)


def memory_of_machine() -> int | None:
    """Memory that this machine, or the container that we are in, has [bytes]; None where nobody says."""
    found = []
    with contextlib.suppress(AttributeError, OSError, ValueError):  # not on Windows
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for file in _LIMITS:
        with contextlib.suppress(OSError, ValueError):  # "max" is no number
            found.append(int(file.read_text(encoding="ascii")))
    return min((size for size in found if size > 0), default=None)


def what_does_not_fit(scenario: Scenario) -> Finding | None:
    """The key to lower and why, if the run cannot fit into this machine's memory."""
    cost, memory = cost_of(scenario), memory_of_machine()
    if memory is None or cost.memory <= memory:
        return None
    if cost.counts * COUNT > cost.memory / 2:
        return ("records", "counts"), (
            f"makes {cost.counts:,} rows of counts, which need about {_in_gigabytes(cost.counts * COUNT)} of memory, "
            f"but this machine has {_in_gigabytes(memory)}. Count less often."
        )
    if cost.aimed * AIMED > cost.memory / 2:
        return ("pathogen", "bite", "hazard"), (
            f"makes up to {cost.aimed:,} strikes in {in_words(scenario.step)}, which need about "
            f"{_in_gigabytes(cost.aimed * AIMED)} of memory, but this machine has {_in_gigabytes(memory)}. "
            "Lower it, or shorten the step."
        )
    key = {"closed-cells": "cells", "households": "households", "lattice": "side"}.get(scenario.world.kind, "people")
    return (key,), (
        f"{cost.people:,} people, of whom about {cost.infections:,} will be infected, need about "
        f"{_in_gigabytes(cost.memory)} of memory, but this machine has {_in_gigabytes(memory)}. Lower {key}."
    )


def _in_gigabytes(size: int) -> str:
    """A size for people's eyes."""
    return f"{size / 1e9:.1f} GB" if size < 1e10 else f"{size / 1e9:,.0f} GB"


def _attack_rate(scenario: Scenario) -> float:
    """Share of people who will be infected, as if everybody met everybody; hunters may bite all."""
    number, immune = scenario.pathogen.reproduction_number, scenario.immune_at_start
    reproduction = UNKNOWN if number is None else float(number.value)
    susceptible = 1.0 if immune is None else 1.0 - sum(immune.at(age) for age in range(LIFE)) / LIFE
    if scenario.pathogen.bite is not None:
        return susceptible
    share = susceptible
    for _ in range(200):
        share = susceptible * (1.0 - math.exp(-reproduction * share))
    groups = {"closed-cells": scenario.cells, "households": scenario.households, "lattice": scenario.cells}
    cells = groups.get(scenario.world.kind) or 1
    return min(1.0, share + scenario.infected_of_a_group * cells / max(1, scenario.people_in_all))


def _aimed(scenario: Scenario) -> int:
    """Strikes that are drawn for the hunters of one cell at a time, at most, where half of all there hunt."""
    bite, people, length = scenario.pathogen.bite, scenario.people_of_a_group, scenario.step
    if bite is None:
        return 0
    hazard = bite.hazard / HOUR
    if scenario.world.kind == "city":
        people, length, hazard = min(people, CROWD), min(length, MINUTE), hazard * bite.area / STREET
    pairs = BONDS * people if scenario.world.kind == "lattice" else people * people / 4
    paused = people * (length // bite.pause + 1) if bite.pause else math.inf
    return round(min(pairs * hazard * length, paused))


def _episodes(scenario: Scenario) -> float:
    """How often a person can be infected at most, where immunity wanes."""
    states = scenario.pathogen.states
    returns = any(branch.to == "susceptible" for state in states.values() for branch in state.next)
    again = any(state.susceptibility > 0 for state in states.values())
    if not returns and not again:
        return 1.0
    around = sum(state.dwell.mean for state in states.values() if state.dwell is not None)
    return max(1.0, min(scenario.duration / max(around, DAY), 1000.0))
