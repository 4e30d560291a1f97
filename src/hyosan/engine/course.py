"""The natural history of a pathogen as arrays: states, dwell times, branches, what a state does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import MOST_AGES, Behaviour, Setting
from hyosan.rules.dwell import quantile_table
from hyosan.rules.progression import FIRST, SUSCEPTIBLE
from hyosan.rules.random import CERTAIN, chance_of
from hyosan.scenario.bite import HUNTED_BUILT_IN
from hyosan.scenario.pathogen import StateSpec
from hyosan.units import hour as HOUR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.scenario.pathogen import Pathogen


_BEHAVIOURS = {
    "normal": Behaviour.NORMAL,
    "stays home": Behaviour.STAYS_HOME,
    "in hospital": Behaviour.IN_HOSPITAL,
    "hunts": Behaviour.HUNTS,
}
_PRESENT = {
    Behaviour.NORMAL: sum(1 << setting for setting in Setting if setting != Setting.NONE),
    Behaviour.STAYS_HOME: 1 << Setting.HOME | 1 << Setting.CARE,
    Behaviour.IN_HOSPITAL: 1 << Setting.NONE,
    Behaviour.DEAD: 0,
    Behaviour.HUNTS: 0,
}


@dataclass(frozen=True)
class Course:
    """What becomes of an infected person."""

    names: tuple[str, ...]
    """Names of the states; the first two are `susceptible` and `immune`."""
    entry: int
    """State in which an infection begins, where wounds do not say another."""
    dead: NDArray[np.bool_]
    """Whether a state is death, (states,)."""
    dwell_row: NDArray[np.int64]
    """Row of `dwell_tables`, or -1 if the state is final, (states,)."""
    dwell_tables: NDArray[np.int64]
    """Quantiles of dwell times [s / 256], (tables, entries)."""
    branch_to: NDArray[np.int64]
    """Following states, (states, branches)."""
    branch_chance: NDArray[np.int64]
    """Cumulated chances of the branches [2**-30], (states, ages, branches)."""
    infectiousness: NDArray[np.int64]
    """Relative to the peak [2**-30], (states,)."""
    susceptibility: NDArray[np.int64]
    """Relative to somebody never infected [2**-30], (states,)."""
    present: NDArray[np.int64]
    """Bit s says that a person of the state takes part in setting s, bit 0 that it is a patient, (states,)."""
    final: NDArray[np.bool_]
    """Whether a person stays for good and cannot be infected, (states,)."""
    active: NDArray[np.int64]
    """1 if a state is infectious, or leads to one that is or to death, (states,)."""
    profile: NDArray[np.int64]
    """Infectiousness by hours since infection, relative to its peak [2**-30], (hours,)."""
    age_susceptibility: NDArray[np.int64]
    """Relative to the most susceptible age [2**-30], (ages,)."""
    symptomatic: NDArray[np.int64]
    """1 if a person of the state notices, (states,)."""
    repeated: bool
    """Whether somebody can be infected again."""
    peak: float
    """Product of the largest infectiousness of a state, the peak of the profile and the largest age susceptibility."""

    hunts: NDArray[np.int64]
    """1 if a person of the state hunts, (states,)."""
    entries: NDArray[np.int64]
    """States in which an infection may begin, (entries,)."""
    entry_chance: NDArray[np.int64]
    """Cumulated chances of the entries [2**-30], (entries,)."""
    take_chance: int
    """Chance that a bite infects [2**-30]."""

    @property
    def hunted(self) -> bool:
        """Whether the infected hunt."""
        return bool(self.hunts.any())

    def final_infectious(self) -> NDArray[np.bool_]:
        """Whether a state is infectious and never ends, (states,)."""
        return (self.dwell_row < 0) & (self.infectiousness > 0)

    def as_tuple(self, vaccine_susceptibility: int) -> tuple[object, ...]:
        """Arrays in the order in which kernels take them apart."""
        return (
            self.dwell_row,
            self.dwell_tables,
            self.branch_to,
            self.branch_chance,
            self.infectiousness,
            self.susceptibility,
            self.present,
            self.final,
            self.active,
            self.profile,
            self.age_susceptibility,
            vaccine_susceptibility,
            self.symptomatic,
            bool((self.infectiousness[(self.present & 1) > 0] > 0).any()),
            self.hunts,
            self.entries,
            self.entry_chance,
            self.dead.astype(np.int64),
        )


def course_of(pathogen: Pathogen) -> Course:
    """Arrays of a pathogen's natural history."""
    # Hunters are destroyed, and people killed by mistake, whatever the pathogen says.
    ends = {} if pathogen.bite is None else {name: StateSpec(dead=name == "killed") for name in HUNTED_BUILT_IN}
    specs = [*pathogen.states.values(), *ends.values()]
    names = ("susceptible", "immune", *pathogen.states, *ends)
    count = len(names)
    tables = [quantile_table(*spec.dwell.canonical) for spec in specs if spec.dwell is not None]
    rows = np.cumsum([spec.dwell is not None for spec in specs]) - 1
    dwell_row = np.full(count, -1, np.int64)
    for state, spec in enumerate(specs, 2):
        if spec.dwell is not None:
            dwell_row[state] = rows[state - 2]
    branch_to, branch_chance = _branches(pathogen, names)
    raw = np.array([0.0, 0.0, *(spec.infectiousness for spec in specs)])
    profile, profile_peak = _profile(pathogen)
    ages, age_peak = _age_susceptibility(pathogen)
    susceptibility = np.array([1.0, 0.0, *(spec.susceptibility for spec in specs)])
    dead = np.array([False, False, *(spec.dead for spec in specs)])
    entries, entry_chance, take = _entries(pathogen, names)
    behaviours = [Behaviour.DEAD if spec.dead else _BEHAVIOURS[spec.behaviour] for spec in specs]
    return Course(
        names=names,
        entry=2,
        dead=dead,
        dwell_row=dwell_row,
        dwell_tables=np.stack(tables) if tables else np.zeros((1, 2), np.int64),
        branch_to=branch_to,
        branch_chance=branch_chance,
        infectiousness=_chances(raw / (raw.max() or 1.0)),
        susceptibility=_chances(susceptibility),
        present=np.array([_PRESENT[b] for b in (Behaviour.NORMAL, Behaviour.NORMAL, *behaviours)], np.int64),
        final=(dwell_row < 0) & (susceptibility == 0.0),
        active=_active(raw, dead, branch_to, dwell_row),
        profile=profile,
        age_susceptibility=ages,
        symptomatic=np.array([0, 0, *(int(spec.symptomatic) for spec in specs)], np.int64),
        repeated=bool((susceptibility[2:] > 0).any() or _leads_back(pathogen)),
        peak=float(raw.max()) * profile_peak * age_peak,
        hunts=np.array([0, 0, *(int(b == Behaviour.HUNTS) for b in behaviours)], np.int64),
        entries=entries,
        entry_chance=entry_chance,
        take_chance=take,
    )


def _entries(pathogen: Pathogen, names: tuple[str, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """(States in which an infection may begin, their cumulated chances, chance that a bite infects).

    Of bites that infect, the share that a wound has is in proportion to its share of all wounds times its risk.
    """
    wounds = [] if pathogen.bite is None else list(pathogen.bite.wounds.values())
    weight = np.array([wound.share * wound.risk for wound in wounds])
    if not wounds:
        return np.array([FIRST], np.int64), np.array([CERTAIN], np.int64), CERTAIN
    cumulated = _chances(np.minimum(weight.cumsum() / weight.sum(), 1.0))
    cumulated[-1] = CERTAIN
    states = np.array([names.index(wound.to) for wound in wounds], np.int64)
    return states, cumulated, chance_of(min(float(weight.sum()), 1.0))


def _leads_back(pathogen: Pathogen) -> bool:
    """Whether some state is followed by `susceptible`."""
    return any(branch.to == "susceptible" for spec in pathogen.states.values() for branch in spec.next)


def _chances(shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Shares in units of 2**-30."""
    return np.array([chance_of(float(share)) for share in shares], np.int64)


def _branches(pathogen: Pathogen, names: tuple[str, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Following states and their cumulated chances by age."""
    most = max([1, *(len(spec.next) for spec in pathogen.states.values())])
    branch_to = np.full((len(names), most), SUSCEPTIBLE, np.int64)
    branch_chance = np.full((len(names), MOST_AGES, most), CERTAIN, np.int64)
    for state, spec in enumerate(pathogen.states.values(), 2):
        for branch, following in enumerate(spec.next):
            branch_to[state, branch:] = names.index(following.to)
        for age in range(MOST_AGES):
            total = 0.0
            for branch, following in enumerate(spec.next[:-1]):
                total += 0.0 if following.share is None else following.share.at(age)
                branch_chance[state, age, branch] = chance_of(min(total, 1.0))
    return branch_to, branch_chance


def _profile(pathogen: Pathogen) -> tuple[NDArray[np.int64], float]:
    """Infectiousness by hours since infection over its peak, and the peak."""
    given = pathogen.infectiousness
    if given is None:
        return np.array([CERTAIN], np.int64), 1.0
    hours = np.arange(given.after[-1] // HOUR + 1) * HOUR
    values = np.array(given.relative)[np.searchsorted(given.after, hours, side="right") - 1]
    return _chances(values / values.max()), float(values.max())


def _age_susceptibility(pathogen: Pathogen) -> tuple[NDArray[np.int64], float]:
    """Susceptibility by age over its largest, and the largest."""
    if pathogen.susceptibility is None:
        return np.full(MOST_AGES, CERTAIN, np.int64), 1.0
    values = np.array([pathogen.susceptibility.at(age) for age in range(MOST_AGES)])
    return _chances(values / (values.max() or 1.0)), float(values.max())


def _active(
    raw: NDArray[np.float64], dead: NDArray[np.bool_], branch_to: NDArray[np.int64], dwell_row: NDArray[np.int64]
) -> NDArray[np.int64]:
    """1 for states that are infectious, or lead to such a state or to death without passing `susceptible`."""
    active = raw > 0
    for _ in range(len(raw)):
        leads = [dwell_row[s] >= 0 and bool((active | dead)[branch_to[s]].any()) for s in range(len(raw))]
        active = active | np.array(leads)
        active[SUSCEPTIBLE] = False
    return active.astype(np.int64)
