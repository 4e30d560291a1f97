"""Small populations: chains in households, closed cells of ten, and when things happen there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.units import day as DAY
from hyosan.verification.checks import Check, Close, Mean, Share, counts_of
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.oracles import chain_sizes, epidemic_law, outbreak_sizes
from hyosan.verification.runs import batches, cell_sizes, finished, pathogen, period, scenario

if TYPE_CHECKING:
    from hyosan.scenario.model import Scenario
    from hyosan.simulation import Simulation

PUBLISHED_CHAINS = {
    3: (0.49, 0.294, 0.216),
    4: (0.343, 0.21609, 0.222264, 0.218646),
    5: (0.2401, 0.1411788, 0.1524731, 0.20998762, 0.25626048),
}
"""Chances of 0, 1, … further infections in a household of that size, pair probability 0.3."""

PUBLISHED_SIZES = {
    "exponential": (
        0.3571429, 0.0950972, 0.0550331, 0.0431356, 0.0409888, 0.0450935, 0.0558527, 0.0756359, 0.1057387, 0.1262816,
    ),
    "erlang-2": (
        0.2770083, 0.0878713, 0.0542216, 0.0451662, 0.0458043, 0.0537668, 0.0702921, 0.0976292, 0.1319894, 0.1362508,
    ),
    "fixed": (
        0.1652989, 0.0665004, 0.0467843, 0.0443500, 0.0512457, 0.0677384, 0.0966097, 0.1381326, 0.1753109, 0.1480291,
    ),
}  # fmt: skip
"""Chances of 0 to 9 further infections among ten people, R 2, by law of the infectious period."""

UNIT_DAYS = 4
"""One unit of time of the timing table [days]."""

TIMING = (
    (10, 1, 2.0, 1.0, 0.5, (8.055886, 1.350767, 1.709987, 0.293274)),
    (10, 1, 2.0, 1.0, 1.0, (7.190309, 1.494573, 2.986796, 0.417484)),
    (10, 1, 2.0, 1.0, 2.0, (6.105806, 1.191138, 2.751875, 0.554322)),
    (10, 1, 2.0, 1.0, 4.0, (5.510275, 0.346118, 0.648287, 0.796002)),
    (10, 1, 2.0, 1.0, 8.0, (5.429924, 0.011738, 0.015045, 0.989771)),
    (20, 2, 1.5, 0.5, 1.0, (14.626821, 3.903711, 6.789400, 0.064281)),
    (20, 2, 1.5, 0.5, 2.0, (10.988567, 5.212583, 12.138783, 0.111124)),
    (20, 2, 1.5, 0.5, 4.0, (6.558242, 4.511037, 9.179105, 0.160097)),
    (20, 2, 1.5, 0.5, 8.0, (4.424058, 1.262720, 2.231266, 0.422511)),
)
"""People, infected, contact rate, recovery rate, time: (mean susceptible, mean infectious, its variance, P(none))."""

BALL = "Ball (1986), Advances in Applied Probability 18:289-310: triangular equations"


def cells_of_ten(law: str, cells: int, **more: Any) -> Scenario:
    """Closed cells of ten people, one of them infected, R 2."""
    illness = pathogen(period(law, 4.0), reproduction_number=2.0, **more.pop("pathogen", {}))
    return scenario("closed-cells", illness, cells=cells, people=10, infected_at_start=1, **more)


def sizes_of_ten(effort: Effort, cells: int, law: str, **more: Any) -> Check:
    """Final sizes of many closed cells of ten, against their exact law."""
    runs, each = batches(cells)
    sizes = cell_sizes(finished(cells_of_ten(law, each, **more), None, effort.seeds(runs)), 10)
    return counts_of(sizes - 1, outbreak_sizes(9, 1, "0.2", law))


def households(size: int) -> Experiment:
    """Chains in households of one size."""

    def find(effort: Effort) -> Finding:
        runs, each = batches(effort.size(10_000, 100_000))
        plan = scenario(
            "households",
            pathogen(period("fixed", 3.0), routes={"air": {"home": 1.0}}, latent=period("exponential", 2.0)),
            households=each,
            size=size,
            pair_probability=0.3,
            infected_at_start=1,
        )
        sizes = cell_sizes(finished(plan, None, effort.seeds(runs)), size)
        law = chain_sizes(size - 1, 1, 0.3)
        published = Close(PUBLISHED_CHAINS[size], law, 1e-7)
        return Finding(f"{runs * each:,} households", [published, counts_of(sizes - 1, law)])

    return Experiment(
        f"reed-frost-{size}",
        f"In households of {size} with pair probability 0.3, further infections follow the law of Reed and Frost",
        "Abbey (1952), Human Biology 24:201-233; chances by enumerating all chains",
        "several infectious housemates infecting no more than one does (Greenwood's law)",
        find,
    )


def ten(law: str, words: str) -> Experiment:
    """The general stochastic epidemic among ten people."""

    def find(effort: Effort) -> Finding:
        cells = effort.size(20_000, 200_000)
        published = Close(PUBLISHED_SIZES[law], outbreak_sizes(9, 1, "0.2", law), 1e-7)
        return Finding(f"{cells:,} cells of ten", [published, sizes_of_ten(effort, cells, law)])

    return Experiment(
        f"ten-people-{law}",
        f"Among ten people, with R 2 and {words} infectious period, further infections follow their exact law",
        BALL,
        "the rate of a pair coded as R / (N - 1) in place of R / N",
        find,
    )


def census(run: Simulation, size: int, second: int) -> tuple[np.ndarray, np.ndarray]:
    """(Susceptible, infectious) of every closed cell at a time."""
    infections, changes = run.infections(), run.transitions()
    cells = len(run.world.people) // size
    infected = infections["infectee"][infections["time_s"] <= second] // size
    gone = (changes["time_s"] <= second) & (changes["to_state"] == run.state_names.index("recovered"))
    ever = np.bincount(infected, minlength=cells)
    return size - ever, ever - np.bincount(changes["person"][gone] // size, minlength=cells)


def timing_checks(
    row: tuple[int, int, float, float, float, tuple[float, ...]], done: list[Simulation]
) -> tuple[Close, list[Check]]:
    """Published moments against the exact law, and the cells of finished runs against it."""
    people, infected, contact, recovery, time, published = row
    law = epidemic_law(people, infected, contact, recovery, time)
    counts = [census(run, people, round(time * UNIT_DAYS * DAY)) for run in done]
    susceptible, infectious = (np.concatenate([pair[side] for pair in counts]).astype(float) for side in (0, 1))
    values = np.arange(people + 1)
    by_susceptible, by_infectious = law.sum(axis=1), law.sum(axis=0)
    mean_s, mean_i = float(by_susceptible @ values), float(by_infectious @ values)
    variance = float(by_infectious @ (values - mean_i) ** 2)
    fourth = float(by_infectious @ (values - mean_i) ** 4)
    root = math.sqrt(len(susceptible))
    close = Close(published, (mean_s, mean_i, variance, float(by_infectious[0])), 1e-6)
    return close, [
        Mean(float(susceptible.mean()), mean_s, math.sqrt(float(by_susceptible @ (values - mean_s) ** 2)) / root),
        Mean(float(infectious.mean()), mean_i, math.sqrt(variance) / root),
        Mean(float(((infectious - mean_i) ** 2).mean()), variance, math.sqrt(fourth - variance**2) / root),
        Share(int((infectious == 0).sum()), len(infectious), float(by_infectious[0])),
    ]


def timing(effort: Effort) -> Finding:
    """Moments of the general stochastic epidemic at fixed times."""
    cells = effort.size(10_000, 100_000)
    checks: list[Check] = []
    done: dict[int, list[Simulation]] = {}
    for row in TIMING:
        people, infected, contact, recovery, _, _ = row
        if people not in done:
            illness = pathogen(period("exponential", UNIT_DAYS / recovery), reproduction_number=contact / recovery)
            runs, each = batches(cells * infected)
            plan = scenario("closed-cells", illness, cells=each // infected, people=people, infected_at_start=infected)
            done[people] = list(finished(plan, None, effort.seeds(runs)))
        close, more = timing_checks(row, done[people])
        checks += [close, *more]
    return Finding(f"{cells:,} cells of ten and of twenty", checks)


def latent(effort: Effort) -> Finding:
    """Final sizes among ten when there is a latent stage."""
    cells = effort.size(10_000, 200_000)
    stages = {"latent_period": {"distribution": "lognormal", "median": "3 days", "dispersion": 1.8}}
    laws = ("exponential", "fixed")
    return Finding(f"{cells:,} cells of ten each", [sizes_of_ten(effort, cells, law, pathogen=stages) for law in laws])


def layer(effort: Effort) -> Finding:
    """Final sizes among ten when part of the rate, or all of it, comes from a layer at half its bound."""
    cells = effort.size(10_000, 200_000)
    whole = sizes_of_ten(
        effort,
        cells,
        "exponential",
        base_level={"community": 0.0},
        layers=[{"setting": "community", "bound": 2.0, "level": 1.0}],
    )
    half = sizes_of_ten(
        effort,
        cells,
        "fixed",
        base_level={"community": 0.5},
        layers=[{"setting": "community", "bound": 1.0, "level": 0.5}],
    )
    return Finding(f"{cells:,} cells of ten each", [whole, half])


EXPERIMENTS = (
    *(households(size) for size in PUBLISHED_CHAINS),
    ten("exponential", "an exponential"),
    ten("erlang-2", "an Erlang-2"),
    ten("fixed", "a fixed"),
    Experiment(
        "ten-people-timing",
        "Among ten and among twenty people, means and variance of those susceptible and infectious and the chance that "
        "nobody is follow the exact law in time",
        "Bartlett (1949), Journal of the Royal Statistical Society B 11:211-229; by matrix exponential",
        "people infected on a day who infect from the next day on only",
        timing,
    ),
    Experiment(
        "latent-stage",
        "A latent period leaves the law of final sizes alone",
        BALL,
        "people who infect while they are latent",
        latent,
    ),
    Experiment(
        "layer-at-half-its-bound",
        "A layer at half its bound infects as the rate itself does, alone and on top of half the base",
        BALL,
        "the draw against the level left out, so that the bound is in force",
        layer,
    ),
)
