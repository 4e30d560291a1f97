"""Invariance: what must not matter, the length of a step and people whom nobody meets."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.simulation import Simulation
from hyosan.verification.checks import Check, Same, counts_of
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.oracles import outbreak_sizes
from hyosan.verification.runs import batches, cell_sizes, finished, pathogen, period, scenario, shuffled, world_of
from hyosan.world.assembly import pools_around_the_clock
from hyosan.world.world import MOST_AGES

if TYPE_CHECKING:
    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World

STEPS = ("10 minutes", "1 hour", "1 day")


def steps(effort: Effort) -> Finding:
    """Final sizes among ten when several generations fall into a day, looked at more or less often."""
    cells = effort.size(10_000, 100_000)
    runs, each = batches(cells)
    checks: list[Check] = []
    digests = []
    for number, step in enumerate(STEPS):
        plan = scenario(
            "closed-cells",
            pathogen(period("exponential", 0.25), reproduction_number=2.0),
            cells=each,
            people=10,
            infected_at_start=1,
            step=step,
        )
        own = islice(effort.seeds(runs * len(STEPS)), number * runs, (number + 1) * runs)
        done = finished(plan, None, own, by_step=True)
        checks.append(counts_of(cell_sizes(done, 10) - 1, outbreak_sizes(9, 1, "0.2", "exponential")))
        again = next(finished(plan, None, effort.seeds(1), by_step=True))
        digests.append(str(again.summary()["digest"]))
    return Finding(f"{cells:,} cells of ten, a step length", [*checks, Same([digests[0]] * len(digests), digests)])


def town(outsiders: int, people: int) -> World:
    """Homes of four, classes of twenty and teams of ten among people whom the community mixes as well.

    Args:
        outsiders: People more, in the last rows, who belong to no place and no pool.
    """
    layout = ((Setting.HOME, 4), (Setting.CLASS, 20), (Setting.TEAM, 10))
    places = [(setting, shuffled(1, people, int(setting)).reshape(-1, size)) for setting, size in layout]
    pools = pools_around_the_clock(
        np.zeros(MOST_AGES, np.uint8),
        1,
        np.array([0, people], np.int64),
        np.arange(people, dtype=np.int32),
        np.full((1, 1), 10.0),
    )
    return world_of(town=np.zeros(people + outsiders, np.int32), places=places, pools=pools)


def in_town(people: int) -> Scenario:
    """An epidemic in all settings, with hazards given."""
    route = {"home": 0.02, "class": 0.002, "team": 0.004, "community": 0.03, "size_exponent": 0.2}
    illness = pathogen(
        period("erlang-2", 4.0), routes={"air": route}, latent=period("exponential", 2.0), dispersion=0.5
    )
    return scenario("city", illness, people=people, infected_at_start=20, immune_at_start=0.1)


def outsider(effort: Effort) -> Finding:
    """The same run without and with a person whom nobody meets, in the last row."""
    people = effort.size(20_000, 100_000)
    checks: list[Check] = []
    for seed in effort.seeds(3):
        digests = []
        for outsiders in (0, 1):
            run = Simulation(in_town(people), town(outsiders, people), seed=seed).run()
            run.close()
            summary = run.summary()
            digests.append((summary["infected"], summary["digest"]))
        checks.append(Same(list(digests[0]), list(digests[1])))
    return Finding(f"{people:,} people, 3 seeds", checks)


EXPERIMENTS = (
    Experiment(
        "step-length",
        "Steps of 10 minutes, 1 hour and 1 day give the same exact law of final sizes, and the same digest, "
        "even when several generations fall into a day",
        "Ball (1986), Advances in Applied Probability 18:289-310: triangular equations; the digests of this run",
        "people infected in a step who infect from the next step on only",
        steps,
    ),
    Experiment(
        "one-person-more",
        "One person more, in the last row, who belongs to no place and no pool, changes nobody else",
        "by construction: a draw is a function of who, when and what for",
        "draws addressed by a position that depends on the count of people",
        outsider,
    ),
)
