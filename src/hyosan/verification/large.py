"""Large outbreaks: final sizes of one group, of several, and of the vaccinated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.verification.checks import Check, Close, Share, Vector
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.oracles import final_size_covariance, final_sizes
from hyosan.verification.runs import finished, pathogen, period, scenario, world_of
from hyosan.world.assembly import pools_around_the_clock
from hyosan.world.world import MOST_AGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.simulation import Simulation
    from hyosan.world.world import World

PUBLISHED = {
    1.2: 0.3136983310,
    1.5: 0.5828116439,
    2.0: 0.7968121300,
    2.5: 0.8926447536,
    3.0: 0.9404797907,
    4.0: 0.9801725987,
}
"""Roots of z = 1 - exp(-R z), by R."""

SPREAD = {"exponential": 1.0, "erlang-2": 0.5, "fixed": 0.0}
"""Variance of an infectious period over its squared mean, by law."""

SIX_AGES = 0.4656377, 0.4636757, 0.3987979, 0.3364829, 0.2469828, 0.1485668
SIX_PEOPLE = 10831795, 11612456, 13511496, 11499398, 8167102, 4587765
SIX_CONTACTS = (
    (5.329620e-08, 1.321156e-08, 1.832293e-08, 7.743492e-09, 5.888440e-09, 2.267918e-09),
    (1.321156e-08, 4.662496e-08, 1.574182e-08, 1.510582e-08, 7.943038e-09, 3.324235e-09),
    (1.832293e-08, 1.574182e-08, 2.331416e-08, 1.586565e-08, 1.146566e-08, 5.993247e-09),
    (7.743492e-09, 1.510582e-08, 1.586565e-08, 2.038011e-08, 1.221124e-08, 9.049331e-09),
    (5.888440e-09, 7.943038e-09, 1.146566e-08, 1.221124e-08, 1.545822e-08, 8.106812e-09),
    (2.267918e-09, 3.324235e-09, 5.993247e-09, 9.049331e-09, 8.106812e-09, 1.572736e-08),
)
POLYMOD_SUSCEPTIBILITY = 0.1, 0.55, 1.0
POLYMOD_SIZES = (
    0.02979101, 0.15324236, 0.26098551, 0.02279407, 0.11910629, 0.20592609, 0.01603768, 0.08508329, 0.14928389,
)  # fmt: skip
POLYMOD_PEOPLE = 14799290, 16526302, 28961159
POLYMOD_CONTACTS = (
    (4.51457468029531e-08, 1.6000706349697216e-08, 8.965769907397096e-09),
    (1.6000706349697216e-08, 2.4895953940034175e-08, 1.346050691257933e-08),
    (8.965769907397096e-09, 1.346050691257933e-08, 1.46476293228438e-08),
)

FINALSIZE = "epiverse-trace/finalsize, tests/testthat/_snaps/statistical_correctness.md, commit 13278f6800"
KERMACK = "Kermack & McKendrick (1927), doi:10.1098/rspa.1927.0118; spread: Ball & Clancy (1993), Adv. Appl. Prob. 25"


def judged(
    matrix: NDArray[np.float64], people: NDArray[np.float64], infected: NDArray[np.float64], got: Any, law: str
) -> Vector:
    """Shares infected of the susceptible of each group, against the law of large outbreaks."""
    share = final_sizes(matrix, people, infected)
    covariance = final_size_covariance(matrix, people, infected, share, SPREAD[law])
    count = np.maximum(people, 1.0)
    return Vector(tuple(np.asarray(got) / count), tuple(share), covariance / np.outer(count, count))


def split(run: Simulation, group: NDArray[np.int64], groups: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(Infected at the start, infected later) by group."""
    infections = run.infections()
    early = infections["infector"] < 0
    tables = [np.bincount(group[infections["infectee"][rows]], minlength=groups) for rows in (early, ~early)]
    return tables[0].astype(float), tables[1].astype(float)


def one_group(effort: Effort) -> Finding:
    """Final sizes of a well-mixed population, with three laws of the infectious period."""
    people = effort.size(100_000, 1_000_000)
    checks: list[Check] = []
    for (number, published), law in zip(PUBLISHED.items(), [*SPREAD, *SPREAD], strict=True):
        limit = final_sizes(np.array([[number]]), np.ones(1), np.zeros(1))
        checks.append(Close((published,), tuple(limit), 1e-9))
        illness = pathogen(period(law, 3.0), latent=period("erlang-2", 2.0), reproduction_number=number)
        plan = scenario("well-mixed", illness, people=people, infected_at_start=people // 200)
        for run in finished(plan, None, effort.seeds(1)):
            early, late = split(run, np.zeros(people, np.int64), 1)
        checks.append(judged(np.array([[number]]), people - early, early, late, law))
    return Finding(f"{people:,} people a reproduction number", checks)


def grouped(sizes: Sequence[int], matrix: NDArray[np.float64]) -> World:
    """A town of groups, told apart by their ages 0, 1, …, who meet each other as a matrix says.

    Args:
        matrix: Contacts of the column's group with the row's, relative, (groups, groups).
    """
    groups = len(sizes)
    group = np.repeat(np.arange(groups), sizes)
    age_group = np.zeros(MOST_AGES, np.uint8)
    age_group[:groups] = np.arange(groups)
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    hours = np.ascontiguousarray(matrix.T) * 24.0 / matrix.sum(axis=0).max()
    pools = pools_around_the_clock(age_group, groups, start, np.arange(len(group), dtype=np.int32), hours)
    return world_of(age=group.astype(np.uint8), town=np.zeros(len(group), np.int32), pools=pools)


def several_groups(
    effort: Effort,
    matrix: NDArray[np.float64],
    shares: NDArray[np.float64],
    people: int,
    susceptibility: Sequence[float] | None = None,
) -> tuple[Vector, Close]:
    """An outbreak among groups whose next-generation matrix is known, and the reproduction number that was reached.

    Args:
        matrix: Expected infections in the row's group by one case of the column's, susceptibility included.
        shares: Shares of the groups in the population.
    """
    sizes = np.round(shares / shares.sum() * people).astype(int)
    top = float(np.abs(np.linalg.eigvals(matrix)).max())
    relative = np.ones(len(sizes)) if susceptibility is None else np.array(susceptibility)
    illness = pathogen(period("exponential", 3.0), reproduction_number=top)
    if susceptibility is not None:
        illness["susceptibility"] = {"from_age": list(range(len(sizes))), "value": list(susceptibility)}
    total = int(sizes.sum())
    world = grouped([int(size) for size in sizes], matrix / relative[:, None])
    plan = scenario("city", illness, people=total, infected_at_start=total // 200)
    for run in finished(plan, world, effort.seeds(1)):
        early, late = split(run, world.people.age.astype(np.int64), len(sizes))
        reached = Close((top,), (float(run.reproduction_number or 0.0),), 1e-6)
    return judged(matrix, sizes - early, early, late, "exponential"), reached


def six_ages(effort: Effort) -> Finding:
    """The six-group snapshot."""
    counts = np.array(SIX_PEOPLE, float)
    matrix = 1.3 * np.array(SIX_CONTACTS) * counts[:, None]
    # The matrix is printed with seven digits: its own top eigenvalue is 1 within 1e-6.
    published = Close(SIX_AGES, tuple(final_sizes(matrix, counts, np.zeros(6))), 1e-6)
    people = effort.size(200_000, 1_000_000)
    return Finding(f"{people:,} people", [published, *several_groups(effort, matrix, counts, people)])


def polymod(effort: Effort) -> Finding:
    """The snapshot of three ages by three susceptibilities."""
    thirds = np.repeat(np.array(POLYMOD_PEOPLE, float), 3) / 3.0
    susceptibility = POLYMOD_SUSCEPTIBILITY * 3
    contacts = np.kron(np.array(POLYMOD_CONTACTS), np.ones((3, 3)))
    matrix = 2.0 * np.array(susceptibility)[:, None] * contacts * thirds[:, None]
    published = Close(POLYMOD_SIZES, tuple(final_sizes(matrix, thirds, np.zeros(9))), 1e-6)
    people = effort.size(400_000, 2_000_000)
    # The shares of susceptibility are tied to an age each, so that nine ages stand for nine groups.
    return Finding(f"{people:,} people", [published, *several_groups(effort, matrix, thirds, people, susceptibility)])


def asymmetric(effort: Effort) -> Finding:
    """Two groups that infect each other differently."""
    counts = np.array([1000.0, 4000.0])
    matrix = np.array([[1.2, 0.3], [0.9, 0.8]])
    published = Close((0.73363345, 0.36876814), tuple(final_sizes(matrix, counts, np.zeros(2))), 1e-8)
    people = effort.size(100_000, 1_000_000)
    return Finding(f"{people:,} people", [published, *several_groups(effort, matrix, counts, people)])


def under_vaccine(effort: Effort, people: int, action: str) -> Simulation:
    """An outbreak of R 2.5 in a population half of which got a vaccine of efficacy 0.6."""
    plan = scenario(
        "well-mixed",
        pathogen(period("exponential", 3.0), reproduction_number=2.5),
        people=people,
        infected_at_start=people // 200,
        vaccinated_at_start={"share": 0.5, "efficacy": 0.6, "action": action},
    )
    return next(finished(plan, None, effort.seeds(1)))


def vaccines(effort: Effort) -> Finding:
    """Both ways in which a vaccine can act."""
    people = effort.size(100_000, 1_000_000)
    run = under_vaccine(effort, people, "leaky")
    group = run.vaccinated().astype(np.int64)
    early, late = split(run, group, 2)
    counts = np.bincount(group, minlength=2).astype(float)
    matrix = 2.5 * np.outer(counts / people * np.array([1.0, 0.4]), np.ones(2))
    leaky = judged(matrix, counts - early, early, late, "exponential")
    # All-or-nothing leaves 0.6 of a half immune, and the others as they were.
    run = under_vaccine(effort, people, "all-or-nothing")
    immune = int((run.states() == run.state_names.index("immune")).sum())
    early, late = split(run, np.zeros(people, np.int64), 1)
    susceptible = people - immune - early
    matrix = np.array([[2.5]]) * (susceptible + early) / people
    whole = judged(matrix, susceptible, early, late, "exponential")
    drawn = [Share(int(counts[1]), people, 0.5), Share(immune, people, 0.3)]
    return Finding(f"{people:,} people each", [leaky, whole, *drawn])


EXPERIMENTS = (
    Experiment(
        "final-size",
        "A large outbreak infects the share z = 1 - exp(-R z) of a well-mixed population, "
        "at R 1.2, 1.5, 2, 2.5, 3 and 4 and whatever the laws of the latent and the infectious period",
        KERMACK,
        "hazards 3 % too low",
        one_group,
    ),
    Experiment(
        "multi-group-six-ages",
        "Final sizes of six age groups equal the published ones at R 1.3",
        FINALSIZE,
        "contacts not weighted by the size of the group that is met",
        six_ages,
    ),
    Experiment(
        "multi-group-polymod",
        "Final sizes of three age groups by three susceptibilities equal the published ones (POLYMOD, Britain, R 2)",
        f"{FINALSIZE}; contacts: Mossong et al. (2008), doi:10.1371/journal.pmed.0050074",
        "susceptibility left out of what refuses an attempt",
        polymod,
    ),
    Experiment(
        "multi-group-asymmetric",
        "Two groups that infect each other differently have the final sizes of their matrix, not of its transpose",
        KERMACK,
        "the matrix of contacts transposed",
        asymmetric,
    ),
    Experiment(
        "vaccines",
        "A leaky vaccine and an all-or-nothing one of the same efficacy give different final sizes, both as in theory",
        "Smith, Rodrigues & Fine (1984), International Journal of Epidemiology 13:87; final sizes as among groups",
        "a leaky vaccine that protects all-or-nothing",
        vaccines,
    ),
)
