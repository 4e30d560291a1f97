"""When people set out: the distributions of time before movement that the tests of NIST and ISO name."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hyosan.engine.building.chance import drawn_times

Array = NDArray[np.float64]


@dataclass(frozen=True)
class StartLaw:
    """The law of a time before movement."""

    family: str
    """`uniform`, `gamma`, `lognormal` or `weibull`."""
    shape: float
    """Shape, sigma of the lognormal, least time of the uniform [s]."""
    scale: float
    """Scale, median of the lognormal, largest time of the uniform [s]."""

    def below(self, times: Array) -> Array:
        """Chance of less than each time, in closed form or by a series of its own."""
        if self.family == "uniform":
            return np.asarray(np.clip((times - self.shape) / (self.scale - self.shape), 0.0, 1.0))
        if self.family == "weibull":
            return np.asarray(1.0 - np.exp(-((times / self.scale) ** self.shape)))
        if self.family == "lognormal":
            return np.array([0.5 * math.erfc(-math.log(t / self.scale) / (self.shape * math.sqrt(2.0))) for t in times])
        return np.array([gamma_below(self.shape, t / self.scale) for t in times])


LAWS = (
    StartLaw("uniform", 10.0, 100.0),
    StartLaw("gamma", 1.291, 103.901),
    StartLaw("lognormal", 0.967, math.exp(4.586)),
    StartLaw("weibull", 1.195, 139.285),
)
"""Of verification test 1.1 of NIST TN 1822, with the parameters that JuPedSim's suite of it uses."""


def gamma_below(shape: float, x: float) -> float:
    """Chance of less than x under a gamma law of scale 1.

    Source:
        Abramowitz & Stegun (1964), equation 6.5.29, the power series.

    >>> round(gamma_below(1.0, 2.0), 9) == round(1 - math.exp(-2.0), 9)
    True
    """
    if x <= 0.0:
        return 0.0
    term = total = 1.0 / shape
    step = shape
    while term > 1e-16 * total:
        step += 1.0
        term *= x / step
        total += term
    return min(1.0, total * math.exp(shape * math.log(x) - x - math.lgamma(shape)))


def start_times(seed: int, count: int, law: StartLaw, series: int = 0) -> Array:
    """When each person sets out, as in every scenario of a building, (people,) [s]."""
    return drawn_times(seed, count, law.family, law.shape, law.scale, series)
