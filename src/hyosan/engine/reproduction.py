"""The next-generation matrix of a world, and the scale on hazards that gives it a wanted top eigenvalue."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.meetings import pairs_of, shares_of
from hyosan.engine.streams import PICKED_SETTINGS, SETTINGS, sum_over_routes
from hyosan.errors import ScenarioError
from hyosan.rules.codes import MOST_AGES, Setting
from hyosan.rules.dwell import FRACTION_BITS, mean_of, quantiles
from hyosan.rules.random import CERTAIN
from hyosan.units import hour as HOUR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from hyosan.engine.course import Course
    from hyosan.engine.meetings import Pairs
    from hyosan.engine.streams import Hazards
    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World

POINTS = 4096
"""Lattice points over which the dwell times of a course are averaged."""

PARTS = 8
"""Quantiles that make one point of a lattice."""

BINS = 1024
"""Infectious times of equal chance that stand for all."""

_PRIMES = [n for n in range(2, 200) if all(n % d for d in range(2, n))]

OCTAVE = 16
"""Parts of an octave; hazards of pairs that lie within one are averaged."""

DIGITS = 9
"""Scales are rounded to this many digits, so that the last bit of a library's exp never reaches a decision."""


@dataclass(frozen=True)
class Exposure:
    """Infectious time of an infected person, averaged over courses."""

    weight: NDArray[np.float64]
    """Chance of each course at each age, (ages, courses)."""
    time: NDArray[np.float64]
    """Infectious time over the peak, in each setting [s], (courses, settings, points)."""


def exposure_of(course: Course) -> Exposure:
    """Follow every course through the states, with dwell times on a lattice."""
    if (course.final_infectious()).any():
        names = ", ".join(course.names[s] for s in np.flatnonzero(course.final_infectious()))
        raise ScenarioError.at(
            "pathogen.reproduction_number",
            f"state {names} is infectious for ever, so nobody has a number of secondary cases. "
            "Give hazards instead of a reproduction number, or give the state a dwell time.",
        )
    integral = np.concatenate([[0.0], np.cumsum(course.profile / CERTAIN * HOUR)])
    dwell = [_lattice(course, state) for state in range(len(course.names))]
    weights, times = [], []

    def follow(state: int, weight: NDArray[np.float64], begin: NDArray[np.float64], time: NDArray[np.float64]) -> None:
        stays = dwell[state] if course.dwell_row[state] >= 0 else np.zeros(POINTS)
        shed = _between(integral, course.profile, begin, begin + stays) * (course.infectiousness[state] / CERTAIN)
        present = np.array([(course.present[state] >> setting) & 1 for setting in Setting])
        time = time + present[:, None] * shed[None, :]
        if course.dwell_row[state] < 0 or state == 0:
            weights.append(weight)
            times.append(time)
            return
        before = np.zeros(MOST_AGES)
        for branch in range(course.branch_to.shape[1]):
            chance = course.branch_chance[state, :, branch] / CERTAIN
            if (chance > before).any():
                follow(int(course.branch_to[state, branch]), weight * (chance - before), begin + stays, time)
            before = chance

    follow(course.entry, np.ones(MOST_AGES), np.zeros(POINTS), np.zeros((len(Setting), POINTS)))
    return Exposure(np.stack(weights, axis=1), np.stack(times))


def _lattice(course: Course, state: int) -> NDArray[np.float64]:
    """Dwell times of a state at the points of a lattice, of the mean in force [s], (points,).

    The times are those of equal shares of the law, each the mean over its share; each state walks through them in an
    order of its own, by the fractional parts of multiples of the root of a prime, so that no two states go together.
    """
    if course.dwell_row[state] < 0:
        return np.zeros(POINTS)
    table = course.dwell_tables[course.dwell_row[state]]
    fine = POINTS * PARTS
    words = ((np.arange(fine) + 0.5) / fine * 2**32).astype(np.int64)
    row = course.dwell_row[state]
    values = np.empty(fine, np.int64)
    quantiles(0, fine, course.dwell_tables, row, words, values)
    times = values / (1 << FRACTION_BITS)
    # Words rise with time in the lower tail, and fall in the upper: put in order, neighbours are alike.
    shares: NDArray[np.float64] = np.sort(times).reshape(POINTS, PARTS).mean(axis=1)
    order = np.argsort(np.argsort(np.arange(POINTS) * np.sqrt(float(_PRIMES[state])) % 1.0, kind="stable"))
    mean = mean_of(table)
    return np.asarray(shares[order] * (mean / shares.mean() if mean > 0 else 1.0))


def _between(
    integral: NDArray[np.float64], profile: NDArray[np.int64], begin: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Integral of the profile from `begin` to `end` [s], elementwise."""

    def up_to(time: NDArray[np.float64]) -> NDArray[np.float64]:
        hour = np.minimum((time / HOUR).astype(np.int64), len(profile) - 1)
        value: NDArray[np.float64] = integral[hour] + (time - hour * HOUR) * (profile[hour] / CERTAIN)
        return value

    return up_to(end) - up_to(begin)


@dataclass(frozen=True)
class ExposureLaw:
    """Infectious time in one setting of people of one kind, gathered in bins of equal chance."""

    time: NDArray[np.float64]
    """Mean of each bin [s], (bins,)."""
    chance: NDArray[np.float64]
    """Of each bin, (bins,)."""

    def infection_probability(self, hazard: float, dispersion: float | None) -> float:
        """Chance that an infected person infects one contact of a constant hazard [1/s] before recovering."""
        dose = hazard * self.time
        escaped = -dose if dispersion is None else -dispersion * np.log1p(dose / dispersion)
        return float(-(self.chance * np.expm1(escaped)).sum())


def exposure_law(exposure: Exposure, weight: NDArray[np.float64], setting: Setting) -> ExposureLaw:
    """The law of infectious time in a setting.

    Args:
        exposure: Infectious times of all courses.
        weight: Chance of each course, (courses,).
        setting: Where.
    """
    times = exposure.time[:, setting, :]
    chances = np.repeat(weight / times.shape[1], times.shape[1])
    order = np.argsort(times, axis=None, kind="stable")
    times, chances = times.ravel()[order], chances[order]
    bins = np.minimum((np.cumsum(chances) - chances / 2) * BINS, BINS - 1).astype(np.int64)
    chance = np.bincount(bins, chances, BINS).astype(np.float64)
    total = np.bincount(bins, chances * times, BINS).astype(np.float64)
    used = chance > 0
    return ExposureLaw(total[used] / chance[used], chance[used])


class NextGeneration:
    """Expected infections by one infected person of each age group among each age group, nobody being immune."""

    def __init__(self, scenario: Scenario, world: World, course: Course, hazards: Hazards) -> None:
        self.exposure = exposure_of(course)
        self.dispersion = None if scenario.pathogen.dispersion is None else float(scenario.pathogen.dispersion.value)
        groups = world.pools.group_count
        age, group = world.people.age, world.pools.age_group
        meets = np.zeros(len(age), np.bool_)
        meets[world.people.membership.max(axis=1) >= 0] = True
        meets[world.pools.members] = True
        people_by_age = np.bincount(age[meets], minlength=MOST_AGES).astype(float)
        self.people = np.bincount(group, weights=people_by_age, minlength=groups)
        by_age = np.where(people_by_age > 0, people_by_age, 0.0)
        share = np.zeros((groups, MOST_AGES))
        share[group, np.arange(MOST_AGES)] = by_age
        total = share.sum(axis=1, keepdims=True)
        share = np.divide(share, total, out=np.zeros_like(share), where=total > 0)
        self.weight = share @ self.exposure.weight
        self.susceptibility = share @ (course.age_susceptibility / CERTAIN)
        # Age groups that are alike are reckoned once.
        self._levels = np.unique(self.susceptibility, return_inverse=True)
        self._kinds = np.unique(self.weight, axis=0, return_inverse=True)
        width = max([1, *(len(v) for v in hazards.rates.values()), groups])
        self.rates = {setting: sum_over_routes(hazards, setting, width) for setting in SETTINGS}
        self._laws = {
            setting: [exposure_law(self.exposure, kind, setting) for kind in self._kinds[0]] for setting in self.rates
        }
        self.pairs = {
            setting: self._by_hazard(pairs_of(world, setting), self.rates[setting], alike=len(world.schedules) > 1)
            for setting in SETTINGS
            if setting not in PICKED_SETTINGS and self.rates[setting].any()
        }
        self.shares = {setting: shares_of(world, setting) for setting in PICKED_SETTINGS if self.rates[setting].any()}

    @staticmethod
    def _by_hazard(pairs: Pairs, rates: NDArray[np.float64], *, alike: bool) -> list[tuple[float, NDArray[np.float64]]]:
        """(Hazard of one slot [1/s], ordered pairs by age groups); nearly the same hazards together if alike."""
        hazards = [(float(rates[size]) * together, table) for size, together, table in pairs]
        if not alike:
            return hazards
        gathered: dict[int, list[tuple[float, NDArray[np.float64]]]] = {}
        for hazard, table in hazards:
            if hazard > 0.0:
                gathered.setdefault(round(OCTAVE * math.log2(hazard)), []).append((hazard, table))
        merged = []
        for rows in gathered.values():
            total = np.sum([table for _, table in rows], axis=0)
            merged.append((float(sum(hazard * table.sum() for hazard, table in rows) / total.sum()), total))
        return merged

    def matrix(self, scale: float, levels: Mapping[Setting, float] | None = None) -> NDArray[np.float64]:
        """Row: age group of the infector; column: of the infectee; (groups, groups).

        Args:
            scale: Factor on all hazards [1].
            levels: Further factors by setting, such as `levels_in_force`; none of them if not given [1].
        """
        factor = {setting: scale * (1.0 if levels is None else levels[setting]) for setting in self.rates}
        groups = len(self.people)
        matrix = np.zeros((groups, groups))
        for setting, by_hazard in self.pairs.items():
            for hazard, pairs in by_hazard:
                matrix += pairs * self._chances(hazard * factor[setting], setting)
        matrix = np.divide(matrix, self.people[:, None], out=np.zeros_like(matrix), where=self.people[:, None] > 0)
        for setting, shares in self.shares.items():
            times = (self.weight * self.exposure.time[None, :, setting].mean(axis=2)).sum(axis=1)
            rate = self.rates[setting][:groups] * factor[setting]
            matrix += (rate * times)[:, None] * shares * self.susceptibility[None, :]
        return matrix

    def _chances(self, hazard: float, setting: Setting) -> NDArray[np.float64]:
        """Infection probability of a pair by the age groups of infector and target, (groups, groups)."""
        levels, place = self._levels
        _, row = self._kinds
        chances = np.array(
            [
                [law.infection_probability(hazard * level, self.dispersion) for level in levels]
                for law in self._laws[setting]
            ]
        )
        return chances[row.ravel()][:, place.ravel()]

    def reproduction_number(self, scale: float, levels: Mapping[Setting, float] | None = None) -> float:
        """Top eigenvalue of the matrix."""
        return float(np.abs(np.linalg.eigvals(self.matrix(scale, levels))).max())

    def scale_for(self, wanted: float) -> float:
        """Scale on all hazards that gives the wanted reproduction number."""
        if self.reproduction_number(1.0) == 0.0:
            raise ScenarioError.at(
                "pathogen.reproduction_number",
                "in this world nobody can infect anybody: every hazard is 0 where there are people to meet. "
                "Give the pathogen's routes a hazard for a setting that the world has.",
            )
        return solve(self.reproduction_number, wanted, "pathogen.reproduction_number", "reproduction number")


def solve(function: Callable[[float], float], wanted: float, key: str, what: str) -> float:
    """Where a rising function of the scale reaches a value, rounded to `DIGITS` digits."""
    if wanted == 0.0:
        return 0.0
    low, high = 0.0, 1.0
    below, above = -wanted, function(high) - wanted
    while above < 0.0:
        low, below = high, above
        high *= 2.0
        above = function(high) - wanted
        if high > 1e15:
            raise ScenarioError.at(
                key,
                f"the {what} cannot reach {wanted:g}: with every contact infected it is {above + wanted:.4g}. "
                "Lower it, or let people meet more.",
            )
    # Regula falsi, Illinois variant: an end that stays has its value halved.
    for _ in range(100):
        middle = (low * above - high * below) / (above - below)
        value = function(middle) - wanted
        if value < 0.0:
            low, below, above = middle, value, above / 2.0
        else:
            high, above, below = middle, value, below / 2.0
        if abs(value) < 1e-11 * wanted or high - low < 1e-12 * high:
            break
    return float(f"{middle:.{DIGITS - 1}e}")
