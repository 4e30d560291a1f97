"""Hunters among people who mix, in time: small cells by their law, large populations by their mean field."""

from __future__ import annotations

from functools import cache
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from hyosan.units import hour as HOUR
from hyosan.units import minute as MINUTE
from hyosan.verification.checks import Check, Close, Mean, Share, Vector
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.hunting import ALEMI, hunt, sides
from hyosan.verification.hunting_oracles import (
    course_law,
    mean_field,
    mean_field_covariances,
    moments,
    stepped_law,
    stepped_mean_field,
)
from hyosan.verification.runs import batches, finished

if TYPE_CHECKING:
    from numpy.typing import NDArray

TIMING = (
    (0.5, (9.504376, 1.099125, 0.273826, 0.000000)),
    (1.0, (9.033272, 1.193346, 0.413068, 0.000024)),
    (2.0, (8.228767, 1.354247, 0.548390, 0.002277)),
    (4.0, (7.236487, 1.552703, 0.645841, 0.045664)),
    (8.0, (6.608075, 1.678385, 0.696597, 0.181945)),
    (16.0, (6.450684, 1.709863, 0.716139, 0.264009)),
)
"""Ten people, a hunter, alpha 0.8, bites 0.1 a pair and unit: time; E[people], E[hunters], P(no hunter), P(nobody)."""

FIELDS = (
    (199, 1, 0.6, 1_000, (195.987401, 2.205040, 184.147716, 6.940914, 118.057503, 33.376999, 4.942972, 78.622811)),
    (199, 1, 1.2, 5_000, (197.364178, 0.672836, 195.865561, 0.373112, 194.703005, 0.140601, 194.100712, 0.020142)),
    (490, 10, 0.8, 1_000, (466.652876, 14.669425, 415.232096, 24.953581, 286.501032, 50.699794, 62.267154, 95.546569)),
)
"""People, hunters, alpha, how many times as many there are here; people and hunters at the times below."""

FIELD_TIMES = (2.0, 5.0, 10.0, 20.0)

FIELD_UNIT = 40 * MINUTE
"""Time in which one hunter would bite one person while all are susceptible [s]."""

UNIT = 8 * HOUR
"""Unit of time of the timing table [s]."""

TIMING_STEPS = (8 * HOUR, 2 * HOUR, HOUR // 2)
"""Steps at which the law of hunters who wait for the next step is compared [s]; they divide half a unit or are one."""

FIELD_STEPS = (4 * MINUTE, 48)
"""Steps: a tenth and a fiftieth of the unit [s]."""


@cache
def at_steps(step: int) -> list[NDArray[np.float64]]:
    """Law of the timing table at its times that are multiples of a step [s]."""
    return stepped_law(10, 1, 0.8, 0.1, step / UNIT, [time for time, _ in TIMING if time * UNIT % step == 0])


def judged(left: NDArray[np.int64], hunting: NDArray[np.int64], law: NDArray[np.float64]) -> list[Check]:
    """Means of both sides, and how often one is gone, against a law."""
    mean_left, mean_hunting, no_hunter, nobody = moments(law)
    root = sqrt(len(left))
    spreads = [
        sqrt(float(side @ (np.arange(len(side)) - mean) ** 2)) / root
        for side, mean in ((law.sum(axis=1), mean_left), (law.sum(axis=0), mean_hunting))
    ]
    return [
        Mean(float(left.mean()), mean_left, spreads[0]),
        Mean(float(hunting.mean()), mean_hunting, spreads[1]),
        Share(int((hunting == 0).sum()), len(left), no_hunter),
        Share(int((left == 0).sum()), len(left), nobody),
    ]


def timing(effort: Effort) -> Finding:
    """The course among ten people at long and short steps."""
    cells = effort.size(4_000, 40_000)
    runs, each = batches(cells)
    checks: list[Check] = [
        Close(published, moments(course_law(10, 1, 0.8, 0.1, time)), 1e-6) for time, published in TIMING
    ]
    for step in (*TIMING_STEPS, MINUTE):
        steps = round(TIMING[-1][0] * UNIT / step)
        plan = hunt("closed-cells", 0.8, step, 0.18 * step / UNIT, steps, cells=each, people=10, hunters=1)
        done = list(finished(plan, None, effort.seeds(runs)))
        times = [time for time, _ in TIMING if time * UNIT % step == 0]
        laws = [course_law(10, 1, 0.8, 0.1, time) for time in times] if step == MINUTE else at_steps(step)
        for time, law in zip(times, laws, strict=True):
            pairs = [sides(run, round(time * UNIT)) for run in done]
            left, hunting = (np.concatenate(side) for side in zip(*pairs, strict=True))
            checks += judged(left, hunting, law)
    return Finding(f"{cells:,} cells of eleven, at four lengths of a step", [*checks, shrinking()])


def shrinking() -> Check:
    """Half the step, half the error: of people left at time 4, computed."""
    exact = moments(course_law(10, 1, 0.8, 0.1, 4.0))[0]
    errors = [moments(stepped_law(10, 1, 0.8, 0.1, 1.0 / parts, [4.0])[0])[0] - exact for parts in (16, 32, 64)]
    return Close((0.5, 0.5), (errors[1] / errors[0], errors[2] / errors[1]), 0.02)


def fields(effort: Effort) -> Finding:
    """Large populations against the mean field."""
    checks: list[Check] = []
    for people, hunters, alpha, times_as_many, published in FIELDS:
        pairs = zip(published[::2], published[1::2], strict=True)
        many = effort.size(times_as_many, 2 * times_as_many)
        for time, expected in zip(FIELD_TIMES, pairs, strict=True):
            checks.append(Close(expected, mean_field(people, hunters, alpha, time), 1e-6))
            coarse, fine = (np.array(stepped_mean_field(people, hunters, alpha, time, step)) for step in (0.01, 0.005))
            # The error is in proportion to the step: carried on to a step of 0 it is gone.
            checks.append(Close(expected, tuple(map(float, 2.0 * fine - coarse)), 0.02))
        spreads = mean_field_covariances(people * many, hunters * many, alpha, FIELD_TIMES)
        strikes = (1.0 + alpha) / ((people + hunters) * many)
        for step, seed in zip(FIELD_STEPS, effort.seeds(2), strict=True):
            steps = round(FIELD_TIMES[-1] * FIELD_UNIT / step)
            often = strikes * step / FIELD_UNIT
            plan = hunt("well-mixed", alpha, step, often, steps, people=people * many, hunters=hunters * many)
            run = next(finished(plan, None, (seed,)))
            for time, spread in zip(FIELD_TIMES, spreads, strict=True):
                got = tuple(float(side[0]) / many for side in sides(run, round(time * FIELD_UNIT)))
                law = stepped_mean_field(people, hunters, alpha, time, step / FIELD_UNIT)
                checks.append(Vector(got, law, spread / many**2))
    return Finding("200,000 to 1,000,000 people and more, six times", checks)


EXPERIMENTS = (
    Experiment(
        "szr-timing",
        "Ten people and a hunter: means of both and the chances that one is gone follow the exact law in time at short "
        "steps, and at long ones that of people who hunt from the step after on; half the step, half the error",
        f"{ALEMI}; by matrix exponential",
        "people who hunt a step late; one strike of a hunter in a step at most",
        timing,
    ),
    Experiment(
        "szr-mean-field",
        "Among many, people and hunters follow the closed form of the SZR equations, up to chance and the step",
        ALEMI,
        "no more strikes among more than 100,000 people",
        fields,
    ),
)
