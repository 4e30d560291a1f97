"""Oracles: exact laws of small outbreaks and of large ones, in plain numbers and independent of the engine."""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import cache
from math import comb, exp, log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def laplace(law: str, dose: Decimal) -> Decimal:
    """Mean of exp(-dose · X), X being an infectious period (or an infectiousness) of mean 1.

    Args:
        law: `exponential`, `fixed`, `erlang-n`, or `gamma-k` of shape k; `until-x` is an exponential one that is cut
            short at x; `share@factor:law` is another law times a factor in that share of people. The mean of the last
            two is that before anything is cut.
        dose: At least 0.
    """
    if "@" in law:
        share, _, rest = law.partition("@")
        factor, _, rest = rest.partition(":")
        some = Decimal(share)
        return some * laplace(rest, Decimal(factor) * dose) + (1 - some) * laplace(rest, dose)
    if law.startswith("until-"):
        end = Decimal(law.removeprefix("until-"))
        return (1 + dose * (-(1 + dose) * end).exp()) / (1 + dose)
    if law == "fixed":
        return (-dose).exp()
    if law == "exponential":
        return 1 / (1 + dose)
    shape = Decimal(law.partition("-")[2])
    return (1 + dose / shape) ** -shape


@cache
def outbreak_sizes(
    susceptible: int, infected: int, pair_rate: str, law: str, first: str | None = None
) -> tuple[float, ...]:
    """Chance that 0, 1, … of the susceptible are infected in a closed well-mixed population.

    Args:
        pair_rate: Expected infectious contacts of one infected person with one given other [1], as decimal text.
        law: Law of the infectious period, see `laplace`.
        first: That of the people infected at the start, if it is another.

    Source:
        Ball (1986), Advances in Applied Probability 18:289-310: the triangular equations.
    """
    with localcontext() as context:
        context.prec = 40 + susceptible  # the sums cancel to about 0.6 digits a person
        rate = Decimal(pair_rate)
        escape = [laplace(law, rate * left) for left in range(susceptible + 1)]
        chances: list[Decimal] = []
        for size in range(susceptible + 1):
            left = susceptible - size
            ways = Decimal(comb(susceptible, size))
            total, known = ways, Decimal(0)
            power = laplace(first or law, rate * left) ** infected
            for smaller, chance in enumerate(chances):
                known += ways * chance / power
                power *= escape[left]
                ways = ways * (size - smaller) / (susceptible - smaller)
            chances.append((total - known) * power)
        return tuple(float(chance) for chance in chances)


@cache
def chain_sizes(susceptible: int, infected: int, probability: float) -> tuple[float, ...]:
    """The same by enumerating the chains of Reed and Frost, generation by generation.

    Source:
        Abbey (1952), Human Biology 24:201-233.
    """
    chances = [0.0] * (susceptible + 1)

    def follow(left: int, infectious: int, weight: float) -> None:
        if infectious == 0:
            chances[susceptible - left] += weight
            return
        infection = 1.0 - (1.0 - probability) ** infectious
        for new in range(left + 1):
            mass = comb(left, new) * infection**new * (1.0 - infection) ** (left - new)
            follow(left - new, new, weight * mass)

    follow(susceptible, infected, 1.0)
    return tuple(chances)


def final_sizes(
    matrix: NDArray[np.float64], people: NDArray[np.float64], infected: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Share of the susceptible of each group that is infected in a large outbreak, (groups,).

    Args:
        matrix: Expected infections in the row's group by one case of the column's while nobody is immune.
        people: Susceptible at the start and able to be met, of each group, (groups,).
        infected: Infected at the start, of each group, (groups,).

    A row counts infections when the whole group, `people + infected`, is susceptible.

    Source:
        Kermack & McKendrick (1927), doi:10.1098/rspa.1927.0118, here with several groups.
    """
    total = np.maximum(people + infected, 1.0)  # a group may be empty
    share = np.ones(len(people))
    for _ in range(100_000):
        following = -np.expm1(-(matrix @ (people * share + infected)) / total)
        if np.abs(following - share).max() < 1e-15:
            break
        share = following
    return following


def final_size_covariance(
    matrix: NDArray[np.float64],
    people: NDArray[np.float64],
    infected: NDArray[np.float64],
    share: NDArray[np.float64],
    spread: float,
) -> NDArray[np.float64]:
    """Covariance of the counts infected in a large outbreak, (groups, groups).

    The threshold of every susceptible is an independent exponential; the pressure on a group is a sum over those
    infected of their infectious periods. Both fluctuate, and each infection more adds pressure.

    Args:
        spread: Variance of the infectious period over its squared mean [1].

    Source:
        Scalia-Tomba (1985), Advances in Applied Probability 17:477-495, for one group; Ball & Clancy (1993),
        Advances in Applied Probability 25:721-736, for several.
    """
    slope = (people * (1.0 - share) / np.maximum(people + infected, 1.0))[:, None] * matrix
    thresholds = np.diag(people * share * (1.0 - share))
    periods = np.diag(spread * (people * share + infected))
    response = np.linalg.inv(np.eye(len(people)) - slope)
    return response @ (thresholds + slope @ periods @ slope.T) @ response.T


def exponential_of(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Exponential of a matrix, by scaling, Taylor's series and squaring."""
    halvings = max(0, int(np.ceil(np.log2(max(1e-300, np.abs(matrix).sum(axis=1).max())))) + 4)
    small = matrix / 2.0**halvings
    total = term = np.eye(len(matrix))
    for power in range(1, 25):
        term = term @ small / power
        total = total + term
    for _ in range(halvings):
        total = total @ total
    return total


@cache
def epidemic_law(people: int, infected: int, contact: float, recovery: float, time: float) -> NDArray[np.float64]:
    """Chance of every (susceptible, infectious) of the general stochastic epidemic at a time, (people + 1, people + 1).

    Args:
        contact: Rate at which an infectious person meets anybody of the population.
        recovery: Rate at which it recovers.

    Source:
        Bartlett (1949), Journal of the Royal Statistical Society B 11:211-229; solved by a matrix exponential.
    """
    states = [(s, i) for s in range(people - infected + 1) for i in range(people - s + 1)]
    index = {state: row for row, state in enumerate(states)}
    generator = np.zeros((len(states), len(states)))
    for (s, i), row in index.items():
        moves = [((s - 1, i + 1), contact * s * i / people), ((s, i - 1), recovery * i)]
        for state, rate in moves:
            if rate > 0:
                generator[row, index[state]] += rate
                generator[row, row] -= rate
    chances = exponential_of(generator * time)[index[people - infected, infected]]
    law = np.zeros((people + 1, people + 1))
    for (s, i), row in index.items():
        law[s, i] = chances[row]
    return law


def growth_rate(reproduction: float, latent: float, infectious: float, stages: tuple[int, int] | None) -> float:
    """Rate at which an outbreak grows while nobody is immune [1/time].

    Args:
        latent: Mean latent period.
        infectious: Mean infectious period.
        stages: Erlang stages of the two periods; None for fixed ones.

    Source:
        Wearing, Rohani & Keeling (2005), doi:10.1371/journal.pmed.0020174; Wallinga & Lipsitch (2007),
        doi:10.1098/rspb.2006.3754: R = 1 / M(-r).
    """

    def needed(rate: float) -> float:
        if stages is None:
            return rate * infectious * exp(rate * latent) / (1.0 - exp(-rate * infectious))
        waiting = (1.0 + rate * latent / stages[0]) ** stages[0]
        return rate * infectious * waiting / (1.0 - (1.0 + rate * infectious / stages[1]) ** -stages[1])

    low, high = 1e-9, 100.0
    for _ in range(200):
        middle = (low + high) / 2.0
        low, high = (middle, high) if needed(middle) < reproduction else (low, middle)
    return high


def expected_descendants(
    reproduction: float, latent: float, infectious: float, stages: tuple[int, int], times: Sequence[float]
) -> list[float]:
    """Expected infections that descend from one infected person, itself left out, by each time.

    A linear chain of stages: each infectious stage adds people to the first latent one.
    """
    first, second = stages
    count = first + second
    flow = np.zeros((count + 1, count + 1))
    for stage in range(count):
        rate = first / latent if stage < first else second / infectious
        flow[stage, stage] -= rate
        if stage + 1 < count:
            flow[stage + 1, stage] += rate
    flow[0, first:count] += reproduction / infectious
    flow[count, first:count] += reproduction / infectious
    begin = np.zeros(count + 1)
    begin[0] = 1.0
    return [float((exponential_of(flow * time) @ begin)[count]) for time in times]


def extinction(reproduction: float, dispersion: float | None) -> float:
    """Chance that the descendants of one infected person die out: Poisson offspring, or negative binomial.

    Source:
        Lloyd-Smith, Schreiber, Kopp & Getz (2005), doi:10.1038/nature04153.
    """
    chance = 0.0
    for _ in range(100_000):
        dose = reproduction * (1.0 - chance)
        chance = exp(-dose) if dispersion is None else exp(-dispersion * log(1.0 + dose / dispersion))
    return chance


def network_escape(powers: Sequence[float], transmitted: float | None, hazard: float | None) -> float:
    """Mean of G(1 - X + X v) at the v that solves v = mean of G'(1 - X + X v) / G'(1), G = sum of powers[d] x^d.

    With `transmitted` the chance X that an edge transmits is that number; with `hazard` it is 1 - exp(-hazard · T), T
    exponential of mean 1 and shared by all edges of a person.

    Source:
        Newman (2002), doi:10.1103/PhysRevE.66.016128; Kenah & Robins (2007), doi:10.1103/PhysRevE.76.036113.
    """
    edges = sum(degree * power for degree, power in enumerate(powers))

    def mean_power(v: float, degree: int) -> float:
        if hazard is None:
            return (1.0 - (transmitted or 0.0) * (1.0 - v)) ** degree
        terms = (comb(degree, j) * v ** (degree - j) * (1.0 - v) ** j / (1.0 + j * hazard) for j in range(degree + 1))
        return sum(terms)

    v, change = 0.0, 1.0
    while change > 1e-14:
        before = v
        v = sum(degree * power * mean_power(v, degree - 1) for degree, power in enumerate(powers) if degree) / edges
        change = abs(v - before)
    return sum(power * mean_power(v, degree) for degree, power in enumerate(powers))


def late_arrival(hazard: float, until: float, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distribution function of an exponential time, given that it is before `until`."""
    shares: NDArray[np.float64] = np.expm1(-hazard * times) / np.expm1(-hazard * until)
    return shares
