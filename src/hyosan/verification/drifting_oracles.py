"""Oracles of random walkers in a square room: how often two of them come near each other; independent of the engine."""

from __future__ import annotations

import math

import numpy as np


def mean_relative_speed(one: float, other: float) -> float:
    """Mean of |v - w| over all directions of two velocities of given lengths [m/s]; 4 / pi times the speed if equal.

    >>> round(mean_relative_speed(1.0, 1.0) * math.pi, 9)
    4.0
    """
    # The mean of a smooth function over a circle: even points converge fast, but for a kink where speeds are equal.
    if one == other:
        return 4.0 / math.pi * one
    angle = (np.arange(100_000) + 0.5) * (2.0 * math.pi / 100_000)
    return float(np.sqrt(one * one + other * other - 2.0 * one * other * np.cos(angle)).mean())


def with_rests(one: float, other: float, rests: float, other_rests: float) -> float:
    """The same if each stands for a share of the time [m/s]."""
    return (
        (1.0 - rests) * (1.0 - other_rests) * mean_relative_speed(one, other)
        + rests * (1.0 - other_rests) * other
        + (1.0 - rests) * other_rests * one
    )


def encounter_rate(speed: float, reach: float, side: float) -> float:
    """How often two random walkers in a square come within reach of each other [1/s].

    Far from walls it is 2 · reach · speed / area: the two-dimensional gas. Exactly, the difference of two places even
    in the square has the density (side - |x|)(side - |y|) / side⁴, and pairs flow through the circle of radius `reach`
    at speed / pi a metre.

    Args:
        speed: Mean relative speed [m/s].
        reach: Distance at which they meet [m], at most `side`.
        side: Of the square [m].

    Source:
        Clausius (1858), doi:10.1002/andp.18581811102, in two dimensions; the walls by hand.
    """
    gas = 2.0 * reach * speed / side**2
    return gas * (1.0 - 4.0 * reach / (math.pi * side) + reach**2 / (math.pi * side**2))
