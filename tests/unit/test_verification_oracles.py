"""The oracles against what knows nothing of their equations: integrals, differential equations, simulation."""

import math
from decimal import Decimal

import numpy as np
import pytest
from scipy import integrate, stats

from chance import FALSE_ALARM, assert_counts, assert_share
from hyosan.verification.oracles import (
    chain_sizes,
    epidemic_law,
    expected_descendants,
    final_size_covariance,
    final_sizes,
    laplace,
    network_escape,
    outbreak_sizes,
)

PERIODS = {
    "fixed": lambda random, shape: np.ones(shape),
    "exponential": lambda random, shape: random.exponential(1.0, shape),
    "erlang-2": lambda random, shape: random.gamma(2.0, 0.5, shape),
    "gamma-0.5": lambda random, shape: random.gamma(0.5, 2.0, shape),
    "until-0.5": lambda random, shape: np.minimum(random.exponential(1.0, shape), 0.5),
    "0.6@0.5:fixed": lambda random, shape: np.where(random.random(shape) < 0.6, 0.5, 1.0),
    "0.2@0:gamma-0.5": lambda random, shape: (random.random(shape) >= 0.2) * random.gamma(0.5, 2.0, shape),
}
"""Infectious periods, drawn; by the name that `laplace` has for their law."""

TWO_GROUPS = np.array([[1.6, 0.4], [0.9, 1.1]])


@pytest.mark.parametrize("dose", [0.0, 0.3, 2.0])
@pytest.mark.parametrize(("law", "shape"), [("exponential", 1.0), ("erlang-2", 2.0), ("gamma-0.5", 0.5)])
def test_laplace_is_the_integral(law, shape, dose):
    density = stats.gamma(shape, scale=1 / shape).pdf
    pieces = (integrate.quad(lambda x: math.exp(-dose * x) * density(x), *ends)[0] for ends in ((0, 1), (1, np.inf)))
    assert float(laplace(law, Decimal(str(dose)))) == pytest.approx(sum(pieces), rel=1e-7)


def test_laplace_of_what_is_cut_short_or_less_in_some():
    cut = integrate.quad(lambda x: math.exp(-3 * x), 0, 0.7)[0] + math.exp(-2 * 0.7) * math.exp(-0.7)
    assert float(laplace("until-0.7", Decimal(2))) == pytest.approx(cut, rel=1e-9)
    assert float(laplace("0.6@0.5:fixed", Decimal(2))) == pytest.approx(0.6 * math.exp(-1) + 0.4 * math.exp(-2))
    assert float(laplace("0.2@0:exponential", Decimal(3))) == pytest.approx(0.2 + 0.8 / 4)


@pytest.mark.parametrize("first", [None, "fixed"])
@pytest.mark.parametrize("law", PERIODS)
def test_outbreak_sizes_against_thresholds(law, first):
    """Whoever is left is infected once the pressure of all infected passes its threshold (Sellke)."""
    random = np.random.default_rng(5)
    cells, susceptible, infected, rate = 100_000, 6, 2, 0.25
    thresholds = np.sort(random.exponential(1.0, (cells, susceptible)), axis=1)
    begun = PERIODS[first or law](random, (cells, infected)).sum(axis=1)
    later = np.cumsum(PERIODS[law](random, (cells, susceptible)), axis=1)
    pressure = rate * (begun[:, None] + np.concatenate([np.zeros((cells, 1)), later], axis=1))
    ended = np.concatenate([thresholds > pressure[:, :-1], np.ones((cells, 1), bool)], axis=1)
    sizes = ended.argmax(axis=1)
    expected = outbreak_sizes(susceptible, infected, str(rate), law, first)
    assert_counts(np.bincount(sizes, minlength=susceptible + 1), expected)


def test_chains_against_coins():
    """Reed and Frost, with a coin for each pair."""
    random = np.random.default_rng(6)
    cells, people, probability = 50_000, 5, 0.35
    meets = random.random((cells, people, people)) < probability
    met = np.triu(meets, 1)
    met = met | met.transpose(0, 2, 1)
    reached = np.zeros((cells, people), bool)
    reached[:, :2] = True
    for _ in range(people):
        reached |= (met & reached[:, None, :]).any(axis=2)
    assert_counts(np.bincount(reached.sum(axis=1) - 2, minlength=people - 1), chain_sizes(people - 2, 2, probability))


def test_epidemic_law_against_event_after_event():
    random = np.random.default_rng(7)
    cells, people, infected, contact, recovery, until = 100_000, 8, 2, 1.7, 0.8, 1.5
    susceptible, infectious = np.full(cells, people - infected), np.full(cells, infected)
    clock = np.zeros(cells)
    for _ in range(2 * people):
        infecting, recovering = contact * susceptible * infectious / people, recovery * infectious
        rate = infecting + recovering
        clock += random.exponential(1.0, cells) / np.where(rate > 0, rate, 1e-9)
        happens = clock < until
        infects = happens & (random.random(cells) * rate < infecting)
        susceptible = susceptible - infects
        infectious = infectious + infects - (happens & ~infects)
    law = epidemic_law(people, infected, contact, recovery, until)
    assert_counts(
        np.bincount(susceptible * (people + 1) + infectious, minlength=(people + 1) ** 2), np.maximum(0, law.ravel())
    )


def test_final_sizes_of_groups_against_the_course_of_the_outbreak():
    """The last one of three groups is empty."""
    matrix = np.pad(TWO_GROUPS, (0, 1), constant_values=0.5)
    people, infected = np.array([9_000.0, 4_000.0, 0.0]), np.array([1_000.0, 0.0, 0.0])
    total = np.maximum(people + infected, 1.0)

    def flow(_, state):
        new = state[:3] / total * (matrix @ state[3:])
        return np.concatenate([-new, new - state[3:]])

    course = integrate.solve_ivp(flow, (0, 400), np.concatenate([people, infected]), rtol=1e-10, atol=1e-9)
    expected = 1.0 - course.y[:2, -1] / people[:2]
    assert final_sizes(matrix, people, infected)[:2] == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("spread", [0.0, 1.0])
def test_covariance_of_groups_against_generations(spread):
    random = np.random.default_rng(8)
    runs, people, infected = 20_000, np.array([30_000, 15_000]), np.array([10_000, 4_000])
    left = np.tile(people, (runs, 1))
    new = np.tile(infected, (runs, 1))
    while new.any():
        pressure = random.gamma(np.maximum(new, 1e-9)) * (new > 0) if spread else new.astype(float)
        new = random.binomial(left, -np.expm1(-pressure @ TWO_GROUPS.T / (people + infected)))
        left = left - new
    got = np.cov((people - left).T)
    share = final_sizes(TWO_GROUPS, people.astype(float), infected.astype(float))
    expected = final_size_covariance(TWO_GROUPS, people.astype(float), infected.astype(float), share, spread)
    # Of nearly normal values; a part in a hundred more, since the law is that of ever larger outbreaks.
    variances = np.diag(expected)
    error = np.sqrt((np.outer(variances, variances) + expected**2) / runs)
    assert (np.abs(got - expected) < stats.norm.isf(FALSE_ALARM / 6) * error + 0.01 * np.abs(expected)).all()


@pytest.mark.parametrize("stages", [(1, 1), (2, 3)])
def test_descendants_against_their_renewal(stages):
    """Infections by a time are those by the first person, and those by each infected since, as much later."""
    number, latent, infectious, step = 2.5, 1.5, 3.0, 0.02
    begun = stats.gamma(stages[0], scale=latent / stages[0])
    length = stats.gamma(stages[1], scale=infectious / stages[1])
    ages = np.arange(0, 8 + step / 2, step)
    infectious_share = [integrate.quad(lambda u, a: begun.pdf(u) * length.sf(a - u), 0, a, (a,))[0] for a in ages]
    rate = number / infectious * np.array(infectious_share)
    births = rate.copy()
    for at in range(2, len(ages)):
        births[at] += step * rate[1:at] @ births[at - 1 : 0 : -1]
    cumulated = integrate.cumulative_trapezoid(births, ages, initial=0.0)
    times = [2.0, 4.0, 8.0]
    expected = np.interp(times, ages, cumulated)
    assert expected_descendants(number, latent, infectious, stages, times) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(("transmitted", "hazard"), [(0.6, None), (None, 1.2)])
def test_network_escape_against_infectees_of_infectees(transmitted, hazard):
    """The chance that the outbreak that one person begins dies out in a large network of one to five contacts each."""
    random = np.random.default_rng(9)
    powers = np.array([0.0, 0.25, 0.3, 0.2, 0.15, 0.1])
    degrees = np.arange(len(powers))
    excess = powers * degrees / (powers @ degrees)
    outbreaks, enough = 20_000, 60

    def infectees(count, law, less):
        edges = random.choice(degrees, count, p=law) - less
        chance = transmitted if hazard is None else -np.expm1(-hazard * random.exponential(1.0, count))
        return random.binomial(edges, chance)

    def offspring(owner, law, less):
        return np.repeat(owner, infectees(len(owner), law, less))

    ill = offspring(np.arange(outbreaks), powers, 0)
    large = np.zeros(outbreaks, bool)
    while len(ill):
        large |= np.bincount(ill, minlength=outbreaks) > enough
        ill = ill[~large[ill]]
        ill = offspring(ill, excess, 1)
    assert_share((~large).sum(), outbreaks, network_escape(tuple(powers), transmitted, hazard))
