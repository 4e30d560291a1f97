"""Contact networks: everybody meets the same few others, one at home, one in class and one in a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.verification.checks import Check, Close, FewMean, Share
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.oracles import network_escape
from hyosan.verification.runs import cell_sizes, finished, first_bits, pathogen, period, scenario, shuffled, world_of

if TYPE_CHECKING:
    from hyosan.world.world import World

REGULAR = (0.0, 0.0, 0.0, 1.0)
"""Everybody has three contacts."""

KEPT = 0.8
THINNED = tuple(c * KEPT**d * (1.0 - KEPT) ** (3 - d) for d, c in enumerate((1, 3, 3, 1)))
"""Of three contacts each is there with chance 0.8: a binomial number."""

SETTINGS = (Setting.HOME, Setting.CLASS, Setting.TEAM)
DAYS = 4.0
"""Mean infectious period [days]."""


def network(count: int, size: int, kept: float) -> World:
    """Closed networks of people in random pairs: one matching a setting, of whose pairs a share is kept."""
    places = []
    for setting in SETTINGS:
        pairs = shuffled(count, size, int(setting)).reshape(-1, 2)
        word = first_bits(len(pairs), int(setting), 1)
        places.append((setting, pairs[word < kept * 2.0**31]))
    return world_of(town=np.repeat(np.arange(count, dtype=np.int32), size), places=places)


def sizes_of(effort: Effort) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """(Networks, people of each, runs over them), few large networks and many smaller ones."""
    return (16, effort.size(5_000, 30_000), 1), (effort.size(800, 500), effort.size(500, 2_000), effort.size(1, 3))


def sample(effort: Effort) -> str:
    """The sample in words."""
    (few, large, _), (many, small, runs) = sizes_of(effort)
    return f"{few} networks of {large:,} and {many * runs:,} of {small:,} people"


def outbreaks(effort: Effort, degrees: tuple[float, ...], law: str, strength: float) -> list[Check]:
    """Attack rates of large outbreaks in few large networks, and how often there is one in many small networks.

    Args:
        strength: Chance that an edge transmits (fixed periods), or hazard times mean period (exponential ones).
    """
    fixed = law == "fixed"
    hazard = -np.log1p(-strength) if fixed else strength
    transmitted = strength if fixed else strength / (1.0 + strength)
    hourly = float(hazard) / (DAYS * 24.0)
    illness = pathogen(period(law, DAYS), routes={"touch": {name.name.lower(): hourly for name in SETTINGS}})
    checks: list[Check] = []
    few, many = sizes_of(effort)
    kept = 1.0 if degrees == REGULAR else KEPT
    attack = 1.0 - network_escape(degrees, transmitted, None)
    chance = attack if fixed else 1.0 - network_escape(degrees, None, strength)
    for count, size, runs in (few, many):
        plan = scenario("city", illness, people=count * size, infected_at_start=1)
        shares = cell_sizes(finished(plan, network(count, size, kept), effort.seeds(runs)), size) / size
        large = shares > 0.1
        if (count, size, runs) == few:
            checks.append(FewMean(tuple(float(share) for share in shares[large]), attack))
        else:
            checks.append(Share(int(large.sum()), len(large), chance))
    return checks


def regular(effort: Effort) -> Finding:
    """Three contacts each, fixed and exponential periods."""
    published = Close((0.962963,), (1.0 - network_escape(REGULAR, 0.75, None),), 5e-7)
    checks = [*outbreaks(effort, REGULAR, "fixed", 0.75), *outbreaks(effort, REGULAR, "exponential", 3.0)]
    return Finding(sample(effort) + ", twice", [published, *checks])


def binomial(effort: Effort) -> Finding:
    """A binomial number of contacts."""
    return Finding(sample(effort), outbreaks(effort, THINNED, "fixed", 0.75))


EXPERIMENTS = (
    Experiment(
        "network-regular",
        "Where everybody has the same three contacts, the attack rate is that of a network, not of people who mix; "
        "with exponential periods outbreaks are rarer but as large",
        "Newman (2002), doi:10.1103/PhysRevE.66.016128; Kenah & Robins (2007), doi:10.1103/PhysRevE.76.036113",
        "a new partner at each attempt",
        regular,
    ),
    Experiment(
        "network-binomial",
        "Where the number of contacts is binomial, attack rate and chance of an outbreak are those of such a network "
        "(a Poisson number is the well-mixed population with fixed periods: see final-size, extinction-poisson)",
        "Newman (2002), doi:10.1103/PhysRevE.66.016128",
        "whoever has no place in one setting left out of the settings after it",
        binomial,
    ),
)
