"""Oracles of hunters among people who mix: who is left, how many, and when; independent of the engine.

Every pair of a hunter and a susceptible person is alike. A strike is a bite with chance 1 / (1 + alpha), or else the
hunter is destroyed.
"""

from __future__ import annotations

from functools import cache
from math import comb, exp
from typing import TYPE_CHECKING

import numpy as np

from hyosan.verification.oracles import exponential_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@cache
def end_law(people: int, hunters: int, alpha: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """How it ends: chance that s people and no hunter are left, and that z hunters and nobody else are.

    Bites and destructions happen at rates in a fixed proportion, so the sequence of strikes is one of equal coins.

    Args:
        people: Susceptible at the start.
        hunters: Hunters at the start.
        alpha: Destructions a bite.

    Returns:
        (Chances by s from 0 to people; chances by z from 0 to people + hunters.)
    """
    bite = 1.0 / (1.0 + alpha)
    left = [0.0] * (people + 1)
    arriving = {0: 1.0}  # by hunters destroyed so far
    for bitten in range(people):
        passed: dict[int, float] = {}
        here = 0.0
        for destroyed in range(hunters + bitten):
            here += arriving.get(destroyed, 0.0)
            passed[destroyed] = here * bite
            here *= 1.0 - bite
        left[people - bitten] = here
        arriving = passed
    hunting = [0.0] * (people + hunters + 1)
    for destroyed, chance in arriving.items():
        hunting[people + hunters - destroyed] = chance
    return tuple(left), tuple(hunting)


def end_means(people: int, hunters: int, alpha: float) -> tuple[float, float, float, float]:
    """Chance that hunters win and its complement, mean of people left, mean of hunters left."""
    left, hunting = end_law(people, hunters, alpha)
    mean_left, mean_hunting = (sum(count * chance for count, chance in enumerate(side)) for side in (left, hunting))
    return sum(hunting), sum(left), mean_left, mean_hunting


def total_sizes(alpha: float, most: int, hunters: int = 1) -> list[float]:
    """Chance that hunters among people without end bite 0, 1, … `most` of them before the last one is destroyed.

    Source:
        Dwass (1969), Journal of Applied Probability 6:682-686; with one hunter these are Catalan's numbers.
    """
    bite = 1.0 / (1.0 + alpha)
    return [
        hunters * comb(2 * n + hunters, n) // (2 * n + hunters) * bite**n * (1.0 - bite) ** (n + hunters)
        for n in range(most + 1)
    ]


def all_destroyed(alpha: float, hunters: int) -> float:
    """Chance that hunters among people without end are all destroyed."""
    return min(1.0, alpha) ** hunters


def _states(people: int, hunters: int) -> list[tuple[int, int]]:
    """Every (susceptible, hunters) that can come about, and more."""
    return [(s, z) for s in range(people + 1) for z in range(people + hunters + 1)]


def _flow(people: int, hunters: int, alpha: float, rate: float, gain: int) -> NDArray[np.float64]:
    """Generator of the states when a bite adds `gain` hunters; `rate` is that of bites by a pair."""
    states = _states(people, hunters)
    index = {state: row for row, state in enumerate(states)}
    flow = np.zeros((len(states), len(states)))
    for (s, z), row in index.items():
        if s == 0 or z == 0:
            continue
        for state, pace in (((s - 1, z + gain), rate * s * z), ((s, z - 1), alpha * rate * s * z)):
            if state in index:
                flow[row, index[state]] += pace
            flow[row, row] -= pace
    return flow


def _as_table(people: int, hunters: int, chances: NDArray[np.float64]) -> NDArray[np.float64]:
    return chances.reshape(people + 1, people + hunters + 1)


def course_law(people: int, hunters: int, alpha: float, rate: float, time: float) -> NDArray[np.float64]:
    """Chance of every (susceptible, hunters) at a time, (people + 1, people + hunters + 1).

    Args:
        rate: Bites per time of a pair.

    Source:
        The Markov chain of Alemi and others (2015), by a matrix exponential.
    """
    begin = _states(people, hunters).index((people, hunters))
    return _as_table(people, hunters, exponential_of(_flow(people, hunters, alpha, rate, 1) * time)[begin])


def stepped_law(
    people: int, hunters: int, alpha: float, rate: float, step: float, times: Sequence[float]
) -> list[NDArray[np.float64]]:
    """The same at several times, if whoever is bitten in a step hunts from the next step on.

    Args:
        times: Multiples of the step, rising.
    """
    states = _states(people, hunters)
    index = {state: row for row, state in enumerate(states)}
    within = exponential_of(_flow(people, hunters, alpha, rate, 0) * step)
    whole = np.zeros_like(within)
    for (s, z), row in index.items():
        for after in range(s + 1):
            for kept in range(z + 1):
                state = (after, kept + s - after)
                if state in index:
                    whole[row, index[state]] += within[row, index[after, kept]]
    chances = np.zeros(len(states))
    chances[index[people, hunters]] = 1.0
    laws, done = [], 0
    for time in times:
        steps = round(time / step) - done
        chances = chances @ np.linalg.matrix_power(whole, steps)
        done += steps
        laws.append(_as_table(people, hunters, chances))
    return laws


def moments(law: NDArray[np.float64]) -> tuple[float, float, float, float]:
    """Mean of the susceptible, mean of the hunters, chance of no hunter, chance of nobody susceptible."""
    susceptible, hunters = (np.arange(count) for count in law.shape)
    return (
        float(law.sum(axis=1) @ susceptible),
        float(law.sum(axis=0) @ hunters),
        float(law[:, 0].sum()),
        float(law[0].sum()),
    )


def mean_field(people: float, hunters: float, alpha: float, time: float) -> tuple[float, float]:
    """(Susceptible, hunters) of a large well-mixed population without chance; alpha other than 1.

    Args:
        time: In units of the time in which one hunter bites once while all are susceptible [1].

    Source:
        Alemi, Bierbaum, Myers & Sethna (2015), doi:10.1103/PhysRevE.92.052801.
    """
    surplus = hunters + (1.0 - alpha) * people
    ratio = (1.0 - alpha) * people / hunters
    unbitten = surplus * ratio / (exp(time * surplus / (people + hunters)) + ratio)
    return unbitten / (1.0 - alpha), surplus - unbitten


def stepped_mean_field(people: float, hunters: float, alpha: float, time: float, step: float) -> tuple[float, float]:
    """The same if whoever is bitten in a step hunts from the next step on.

    In a step hunters only fall: with x = alpha · S - Z kept, both sides follow one logistic equation.
    """
    total, susceptible = people + hunters, people
    for _ in range(round(time / step)):
        surplus = alpha * susceptible - hunters
        grown = exp(-surplus * step / total)
        if abs(surplus) < 1e-9 * total:
            kept = hunters / (1.0 + hunters * step / total)
        else:
            kept = surplus * hunters * grown / (alpha * susceptible - hunters * grown)
        after = (surplus + kept) / alpha
        susceptible, hunters = after, kept + susceptible - after
    return susceptible, hunters


def mean_field_covariances(
    people: float, hunters: float, alpha: float, times: Sequence[float]
) -> list[NDArray[np.float64]]:
    """Covariance of susceptible and hunters at each time, (2, 2).

    Source:
        Kurtz (1971), Journal of Applied Probability 8:344-356: fluctuations around the mean field are Gaussian, carried
        on by its linearisation.
    """
    total = people + hunters
    strike = np.array([[-1.0, 0.0], [1.0, -1.0]])  # what a bite and a destruction change, in columns
    weights = np.array([1.0, alpha])
    drift, noise = strike @ weights, strike * weights @ strike.T

    def slope(state: NDArray[np.float64]) -> NDArray[np.float64]:
        mean, spread = state[0], state[1:]
        linear = np.outer(drift, mean[::-1] / total)
        pace = mean[0] * mean[1] / total
        return np.vstack([drift * pace, linear @ spread + spread @ linear.T + noise * pace])

    state, now, found = np.vstack([[people, hunters], np.zeros((2, 2))]), 0.0, []
    for time in times:
        count = max(1, round((time - now) * 100))
        width, now = (time - now) / count, time
        for _ in range(count):
            first = slope(state)
            second = slope(state + width / 2.0 * first)
            third = slope(state + width / 2.0 * second)
            fourth = slope(state + width * third)
            state = state + width / 6.0 * (first + 2.0 * second + 2.0 * third + fourth)
        found.append(state[1:])
    return found
