"""Blame: which of several infectors infects, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting
from hyosan.units import day as DAY
from hyosan.verification.checks import Check, Counts, Law, Same, Share
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.oracles import late_arrival
from hyosan.verification.runs import MOST_SEEDS, finished, pathogen, period, scenario, world_of
from hyosan.world.assembly import pools_around_the_clock
from hyosan.world.world import MOST_AGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyosan.simulation import Simulation
    from hyosan.world.world import World

SETTINGS = (Setting.HOME, Setting.CLASS, Setting.TEAM)
STEPS = ("10 minutes", "1 hour", "1 day")


def besieged(groups: int, infectors: int) -> World:
    """Groups of one susceptible person and infectors, who share a place of two with it: a home, a class, a team.

    The susceptible is the first row of its group; only the others are in the pools, from which the infected are drawn.
    """
    size = infectors + 1
    first = np.arange(groups, dtype=np.int32) * size
    places = [(SETTINGS[i], np.stack([first, first + i + 1], axis=1)) for i in range(infectors)]
    others = (first[:, None] + np.arange(1, size, dtype=np.int32)).ravel().astype(np.int32)
    start = np.arange(groups + 1, dtype=np.int64) * infectors
    pools = pools_around_the_clock(np.zeros(MOST_AGES, np.uint8), 1, start, others, np.zeros((1, 1)))
    return world_of(town=np.repeat(np.arange(groups, dtype=np.int32), size), places=places, pools=pools)


def caught(runs: Sequence[Simulation], size: int) -> tuple[np.ndarray, np.ndarray]:
    """(Which infector, time [days]) of every susceptible that was infected."""
    who, when = [], []
    for run in runs:
        infections = run.infections()
        rows = infections["infector"] >= 0
        who.append(infections["infector"][rows] % size - 1)
        when.append(infections["time_s"][rows] / DAY)
    return np.concatenate(who), np.concatenate(when)


def race(effort: Effort, hazards: Sequence[float], days: int, step: str, groups: int) -> list[Simulation]:
    """Runs in which infectors of different daily hazards compete for one person, step by step.

    Nobody recovers before the end, so the time until infection is exponential with the sum of the hazards.
    """
    count = len(hazards)
    each = MOST_SEEDS // count
    names = [setting.name.lower() for setting in SETTINGS]
    route = {name: hazard / 24.0 for name, hazard in zip(names, hazards, strict=False)}
    plan = scenario(
        "city",
        pathogen(period("fixed", days + 1.0), routes={"touch": route}),
        people=each * (count + 1),
        infected_at_start=count,
        duration=f"{days} days",
        step=step,
    )
    runs = -(-groups // each)
    return list(finished(plan, besieged(each, count), effort.seeds(runs), by_step=True))


def competition(effort: Effort) -> Finding:
    """Three infectors, then two, at three lengths of a step."""
    checks: list[Check] = []
    groups = effort.size(6_000, 60_000)
    for hazards, days in (((0.1, 0.2, 0.3), 15), ((0.5, 0.1), 1)):
        total = sum(hazards)
        digests = []
        for step in STEPS:
            runs = race(effort, hazards, days, step, groups)
            who, when = caught(runs, len(hazards) + 1)
            counts = np.bincount(who, minlength=len(hazards))
            checks.append(Counts(tuple(int(n) for n in counts), tuple(hazard / total for hazard in hazards)))
            when = np.sort(when)
            checks.append(Law.of(when, late_arrival(total, days, when)))
            tried = sum(len(run.world.people) // (len(hazards) + 1) for run in runs)
            checks.append(Share(len(who), tried, float(-np.expm1(-total * days))))
            digests.append(str(runs[0].summary()["digest"]))
        checks.append(Same([digests[0]] * len(digests), digests))
    return Finding(f"{groups:,} people besieged by three and by two, a step length", checks)


def windows(effort: Effort) -> Finding:
    """One infector of a small hazard who stays infectious for 100 days, beyond one window of emission."""
    groups, days, hazard = effort.size(20_000, 100_000), 100, 0.01
    runs = race(effort, (hazard,), days, "1 day", groups)
    _, when = caught(runs, 2)
    when = np.sort(when)
    tried = sum(len(run.world.people) // 2 for run in runs)
    share = Share(len(when), tried, float(-np.expm1(-hazard * days)))
    return Finding(f"{tried:,} pairs", [share, Law.of(when, late_arrival(hazard, days, when))])


EXPERIMENTS = (
    Experiment(
        "competing-infectors",
        "Of infectors with hazards .1/.2/.3 and .5/.1 a day, each is blamed in proportion to its hazard and the time "
        "until infection is exponential with their sum, at steps of 10 minutes, 1 hour and 1 day, which all give the "
        "same digest",
        "Gillespie (1977), doi:10.1021/j100540a008: competing exponential clocks",
        "all attempts of a day taken in the order of infectors",
        competition,
    ),
    Experiment(
        "long-infectious",
        "Somebody who stays infectious for 100 days infects at one constant hazard throughout",
        "exponential law of the first event of a Poisson stream",
        "emission that ends with the first window of 32 days, or repeats its draws in the next",
        windows,
    ),
)
