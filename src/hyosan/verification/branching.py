"""The beginning of outbreaks: how many die out, and how fast the others grow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from hyosan.units import day as DAY
from hyosan.verification.checks import Check, Close, Mean, Share
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.oracles import expected_descendants, extinction, growth_rate, outbreak_sizes
from hyosan.verification.runs import cell_sizes, finished, pathogen, period, scenario

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from hyosan.simulation import Simulation

CELL = 400
"""People of the cells whose outbreaks die out or do not: the law is exact at this size, and near the limit."""

SMALL = CELL // 5
"""Further infections up to which an outbreak has died out."""

MOST_CELLS = 5_000

PUBLISHED_EXTINCTION = {None: 0.417188, 0.5: 0.767592, 0.16: 0.898639}
"""Chance that an outbreak of R 1.5 dies out in an endless population, by dispersion k (None: Poisson offspring)."""

PUBLISHED_GROWTH = (
    (2.0, 2.0, 3.0, (1, 1), 0.166667, 4.1589),
    (2.0, 2.0, 3.0, (2, 1), 0.161138, 4.3016),
    (2.0, 2.0, 3.0, (1, 2), 0.190885, 3.6312),
    (2.0, 2.0, 3.0, (2, 2), 0.183161, 3.7844),
    (2.0, 2.0, 3.0, (10, 10), 0.198334, 3.4948),
    (2.0, 2.0, 3.0, None, 0.202419, 3.4243),
    (1.5, 1.0, 3.0, (1, 1), 0.115069, 6.0237),
    (2.5, 3.0, 5.0, (2, 2), 0.159080, 4.3572),
    (15.0, 8.0, 5.0, (4, 2), 0.303934, 2.2806),
)
"""R, latent and infectious period [days], Erlang stages of both: growth rate [1/day], doubling time [days]."""

LLOYD_SMITH = "Lloyd-Smith, Schreiber, Kopp & Getz (2005), doi:10.1038/nature04153"
WALLINGA = "Wallinga & Lipsitch (2007), doi:10.1098/rspb.2006.3754; Wearing (2005), doi:10.1371/journal.pmed.0020174"


def dying_out(dispersion: float | None, quick: int, full: int, defect: str) -> Experiment:
    """Outbreaks from one person, with fixed infectious periods."""

    def find(effort: Effort) -> Finding:
        cells = effort.size(quick, full)
        runs = -(-cells // MOST_CELLS)
        more: dict[str, Any] = {} if dispersion is None else {"dispersion": dispersion}
        illness = pathogen(period("fixed", 3.0), reproduction_number=1.5, **more)
        plan = scenario("closed-cells", illness, cells=cells // runs, people=CELL, infected_at_start=1)
        sizes = cell_sizes(finished(plan, None, effort.seeds(runs)), CELL) - 1
        law = outbreak_sizes(CELL - 1, 1, str(1.5 / CELL), "fixed" if dispersion is None else f"gamma-{dispersion}")
        limit = Close((PUBLISHED_EXTINCTION[dispersion],), (extinction(1.5, dispersion),), 1e-6)
        checks = [Share(int((sizes <= most).sum()), len(sizes), sum(law[: most + 1])) for most in (0, 3, SMALL)]
        return Finding(f"{len(sizes):,} cells of {CELL}", [limit, *checks])

    words = "Poisson" if dispersion is None else f"k {dispersion:g}"
    return Experiment(
        f"extinction-{words.lower().replace(' ', '-')}",
        f"From one person, with R 1.5 and {words} offspring, as many outbreaks infect nobody, at most 3 or at most "
        f"{SMALL} others as the exact law among {CELL} says; its limit is the published chance of extinction",
        f"{LLOYD_SMITH}; among {CELL}: Ball (1986), Advances in Applied Probability 18:289-310",
        defect,
        find,
    )


def discounted_offspring(run: Simulation, seeds: int, rate: float) -> NDArray[np.float64]:
    """Sum over the infections by each person infected at the start of exp(-rate · age of infection), (seeds,).

    Each counts as people / susceptible at its second, since only such a share of all contacts could be infected: so
    the mean is that of an endless population, however many are infected already.
    """
    infections = run.infections()
    people = len(run.world.people)
    position = np.full(people, -1)
    position[infections["infectee"][:seeds]] = np.arange(seeds)
    rows = np.arange(seeds, len(infections["time_s"]))
    rows = rows[position[infections["infector"][rows]] >= 0]
    weight = people / (people - rows)
    value = weight * np.exp(-rate * infections["time_s"][rows] / DAY)
    return np.bincount(position[infections["infector"][rows]], weights=value, minlength=seeds).astype(np.float64)


def growth(effort: Effort) -> Finding:
    """Discounted with the right growth rate, one person has one infectee on average (Euler and Lotka)."""
    people, seeds = effort.size(60_000, 600_000), effort.size(2_000, 20_000)
    checks: list[Check] = []
    for number, latent, infectious, stages, published, doubling in PUBLISHED_GROWTH:
        rate = growth_rate(number, latent, infectious, stages)
        checks.append(Close((published, doubling), (rate, math.log(2.0) / rate), 6e-5))
        laws = ("fixed", "fixed") if stages is None else (f"erlang-{stages[0]}", f"erlang-{stages[1]}")
        illness = pathogen(period(laws[1], infectious), latent=period(laws[0], latent), reproduction_number=number)
        plan = scenario("well-mixed", illness, people=people, infected_at_start=seeds)
        for run in finished(plan, None, effort.seeds(1)):
            value = discounted_offspring(run, seeds, rate)
            steeper = discounted_offspring(run, seeds, rate + 1e-4)
        # Near the right rate the mean falls linearly, so the mean's gap from 1 is a gap between rates.
        slope = (value.mean() - steeper.mean()) / 1e-4
        error = float(value.std(ddof=1)) / math.sqrt(seeds) / slope
        checks.append(Mean(rate + (float(value.mean()) - 1.0) / slope, rate, error))
    return Finding(f"{seeds:,} people infected at the start, a row", checks)


def descendants(run: Simulation, seeds: int, second: int) -> NDArray[np.int64]:
    """Infections that descend from each person infected at the start, until a time, (seeds,)."""
    infections = run.infections()
    root = np.full(len(run.world.people), -1)
    root[infections["infectee"][:seeds]] = np.arange(seeds)
    count = int(np.searchsorted(infections["time_s"], second, side="right"))
    for infectee, infector in zip(
        infections["infectee"][seeds:count], infections["infector"][seeds:count], strict=True
    ):
        root[infectee] = root[infector]
    return np.bincount(root[infections["infectee"][seeds:count]], minlength=seeds)


def doubling(effort: Effort) -> Finding:
    """Descendants of many people, at the published doubling time one after another."""
    people, seeds = effort.size(3_000_000, 12_000_000), effort.size(2_400, 6_000)
    checks: list[Check] = []
    for number, latent, infectious, stages, _, days in PUBLISHED_GROWTH[:4:3]:
        assert stages is not None
        times = [2 * days, 3 * days]
        laws = period(f"erlang-{stages[1]}", infectious), period(f"erlang-{stages[0]}", latent)
        plan = scenario(
            "well-mixed",
            pathogen(laws[0], latent=laws[1], reproduction_number=number),
            people=people,
            infected_at_start=seeds,
            duration=f"{math.ceil(times[-1])} days",
        )
        expected = expected_descendants(number, latent, infectious, stages, times)
        for run in finished(plan, None, effort.seeds(1)):
            counts = [descendants(run, seeds, round(time * DAY)).astype(float) for time in times]
        checks += [Mean.of(count, mean) for count, mean in zip(counts, expected, strict=True)]
    return Finding(f"{seeds:,} outbreaks among {people:,} people, twice", checks)


EXPERIMENTS = (
    dying_out(None, 1_500, 10_000, "a geometric number of infectees (exponential periods) in place of a Poisson one"),
    dying_out(0.5, 2_000, 60_000, "individual variation left out; in full also k off by 10 %"),
    dying_out(0.16, 2_000, 60_000, "individual variation left out; in full also k off by 10 %"),
    Experiment(
        "growth-rate",
        "Outbreaks grow at the rate, and double in the time, that R and the Erlang stages of both periods give "
        "(checked by the discounted number of infectees of one person, which is 1)",
        WALLINGA,
        "Erlang periods drawn with one stage",
        growth,
    ),
    Experiment(
        "doubling",
        "After two and three doubling times, one infected person has as many descendants as the chain of stages gives",
        WALLINGA,
        "Erlang periods drawn with one stage",
        doubling,
    ),
)
