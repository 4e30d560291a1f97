"""When the bitten turn: courses of infections in a building against the laws that the pathogen file sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.outbreak.courses import courses_of
from hyosan.engine.course import course_of
from hyosan.scenario.load import load
from hyosan.scenario.walking import BuildingScenario
from hyosan.units import hour as HOUR
from hyosan.verification.checks import Law, Share, counts_of
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.starts import gamma_below

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.verification.checks import Check

WOUNDS = {
    "bitten_head": (0.07, 0.97, 3.0, 1.0, 0.02),
    "bitten_arm": (0.28, 0.85, 8.0, 3.0, 0.03),
    "bitten_leg": (0.35, 0.65, 14.0, 5.0, 0.05),
    "scratched": (0.3, 0.3, 24.0, 9.0, 0.1),
}
"""Share of all wounds, chance that the virus takes, mean and deviation of the time until symptoms [h], and share of
those who never turn; copied from the pathogen jonas."""

ILL = (3.0, 1.0)
"""Mean and deviation of the time from symptoms to turning [h]."""


def below(times: NDArray[np.float64], mean: float, deviation: float) -> NDArray[np.float64]:
    """Chance of less than each time under a gamma law [s]; mean and deviation [h]."""
    shape, scale = (mean / deviation) ** 2, deviation**2 / mean * HOUR
    return np.array([gamma_below(shape, time / scale) for time in times])


def turns(people: int, seed: int) -> tuple[NDArray[np.str_], NDArray[np.int64], NDArray[np.int64]]:
    """The courses of people if they were bitten: the state that each begins in, when it ends, and when they turn [s].

    Turning is -1 for who never does.
    """
    plan = load("school-bite")
    assert isinstance(plan, BuildingScenario), "a scenario of a building"
    assert plan.pathogen is not None, "with a pathogen"
    courses = courses_of(course_of(plan.pathogen), np.full(people, 17, np.int64), seed)
    return np.array(courses.names)[courses.states[:, 0]], courses.ends[:, 0], courses.turn_after()


def incubation_test(effort: Effort) -> Finding:
    """Wounds, times until symptoms, times from then until turning."""
    people = effort.size(10_000, 100_000)
    wound, ill, turn = turns(people, effort.seed)
    total = sum(share * risk for share, risk, *_ in WOUNDS.values())
    number = {name: row for row, name in enumerate(WOUNDS)}
    of_all = [share * risk / total for share, risk, *_ in WOUNDS.values()]
    checks: list[Check] = [counts_of(np.array([number.get(name, len(number)) for name in wound]), of_all)]
    for name, (_, _, mean, deviation, never) in WOUNDS.items():
        mine = wound == name
        turned = mine & (turn >= 0)
        # Half a second in the middle of the whole one that is kept.
        until, after = np.sort(ill[mine] + 0.5), np.sort((turn - ill)[turned] + 0.5)
        checks.append(Law.of(until, below(until, mean, deviation)))
        checks.append(Law.of(after, below(after, *ILL)))
        checks.append(Share(int((mine & (turn < 0)).sum()), int(mine.sum()), never))
    return Finding(f"{people:,} people bitten", checks)


EXPERIMENTS = (
    Experiment(
        "chase-incubation",
        "Wounds, times until the bitten fall ill and turn, and shares of those who never do follow the laws that the "
        "pathogen jonas sets",
        "the set laws, gamma functions by Abramowitz & Stegun (1964), equation 6.5.29",
        "a state's dwell time drawn anew for another person; infections that begin in a wound whatever its risk",
        incubation_test,
    ),
)
