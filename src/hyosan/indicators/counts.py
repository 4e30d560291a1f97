"""Attack rates, settings and secondary attack rates: people counted over those who could have been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.rules.codes import Setting

if TYPE_CHECKING:
    from numpy.typing import NDArray

AGE_STEP = 10
"""Width of an age group [years]."""

OLDEST = 80
"""Ages from here on are one group [years]."""


@dataclass(frozen=True)
class AttackRates:
    """Who was infected, of those who could be, by group."""

    susceptible: NDArray[np.int64]
    """People susceptible at the start, (groups,)."""
    infected: NDArray[np.int64]
    """Those of them who were infected since, once or more, (groups,)."""
    rate: NDArray[np.float64]
    """Infected / susceptible [1], NaN where nobody was susceptible, (groups,)."""


@dataclass(frozen=True)
class SecondaryAttackRate:
    """Whom infectors infected of those they shared a place with."""

    infectors: int
    """Infections whose place-mates were counted, those without any included."""
    contacts: int
    """Pairs of an infector and a susceptible place-mate."""
    infected: int
    """Pairs in which the one infected the other in that place."""
    rate: float | None
    """Infected / contacts [1], None without contacts."""


def attack_rates(
    group: NDArray[np.int64], susceptible: NDArray[np.bool_], infected: NDArray[np.bool_], groups: int
) -> AttackRates:
    """Attack rate of each group: infected / initially susceptible.

    Args:
        group: Of each person, below 0 for none, (people,).
        susceptible: Whether susceptible at the start: neither immune nor infected then, (people,).
        infected: Whether ever infected, (people,).
        groups: How many there are.
    """
    counted = susceptible & (group >= 0)
    all_of = np.bincount(group[counted], minlength=groups).astype(np.int64)
    ill_of = np.bincount(group[counted & infected], minlength=groups).astype(np.int64)
    return AttackRates(all_of, ill_of, np.divide(ill_of, all_of, out=np.full(groups, np.nan), where=all_of > 0))


def age_groups(age: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[str]]:
    """(Age group of each person, (people,); what the groups are called).

    Args:
        age: In whole years, (people,).
    """
    labels = [f"{first}–{first + AGE_STEP - 1}" for first in range(0, OLDEST, AGE_STEP)] + [f"{OLDEST}+"]
    return np.minimum(age, OLDEST) // AGE_STEP, labels


def setting_counts(setting: NDArray[np.int64]) -> dict[Setting, int]:
    """Infections in each setting that had any; `Setting.NONE` holds those from outside.

    Args:
        setting: Of each infection, (infections,).
    """
    counts = np.bincount(setting, minlength=len(Setting)).tolist()
    return {member: counts[member] for member in Setting if counts[member]}


def secondary_attack_rate(
    place: NDArray[np.int64],
    immune: NDArray[np.bool_],
    person: NDArray[np.int64],
    time: NDArray[np.int64],
    first: NDArray[np.bool_],
    infector: NDArray[np.int64],
    inside: NDArray[np.bool_],
    counted: NDArray[np.bool_],
) -> SecondaryAttackRate:
    """Secondary attack rate in one kind of place: infected / susceptible contacts of an infector.

    Contacts of an infection are the other members of its place who were susceptible when it happened: not immune at
    the start and never infected by that second. Infected are those of them whose first infection came from it, in that
    place: neither later generations nor infections from elsewhere are its own.

    Args:
        place: Where each person belongs, -1 nowhere, (people,).
        immune: Whether immune at the start, (people,).
        person: Who was infected, (infections,).
        time: When [s], (infections,).
        first: Whether it is that person's first infection, (infections,).
        infector: Row of the infector, -1 from outside, (infections,).
        inside: Whether it happened in this kind of place, (infections,).
        counted: Whose contacts are counted: settled infections, or `primary` ones among them, (infections,).
    """
    there = place[person]
    rows = np.flatnonzero(counted & (there >= 0))
    could = ~immune
    could[person] = True  # whoever was infected could be
    members = np.bincount(place[could & (place >= 0)], minlength=int(place.max(initial=-1)) + 1)
    contacts = int((members[there[rows]] - _infected_by(there, time, first, rows)).sum())

    pair = np.flatnonzero(first & inside & (infector >= 0) & (there >= 0))
    source = infector[pair]
    direct = counted[source] & (there[source] == there[pair]) & (time[source] < time[pair])
    infected = int(direct.sum())
    return SecondaryAttackRate(len(rows), contacts, infected, infected / contacts if contacts else None)


def primary(
    place: NDArray[np.int64], person: NDArray[np.int64], time: NDArray[np.int64], first: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether each infection is the one that began it in its place, (infections,).

    Where several members were infected in one second, as at the start, none is.

    Args:
        place: Where each person belongs, -1 nowhere, (people,).
        person: Who was infected, (infections,).
        time: When [s], (infections,).
        first: Whether it is that person's first infection, (infections,).
    """
    there = place[person]
    rows = np.flatnonzero(first & (there >= 0))
    began = np.zeros(len(person), np.bool_)
    began[rows] = _infected_by(there, time, first, rows) == 1
    return began


def _infected_by(
    there: NDArray[np.int64], time: NDArray[np.int64], first: NDArray[np.bool_], rows: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Members of its place who had been infected by the second of each row, itself included, (rows,)."""
    span = int(time.max(initial=0)) + 1
    kept = first & (there >= 0)
    moments = np.sort(there[kept] * span + time[kept])
    begin = there[rows] * span
    return np.searchsorted(moments, begin + time[rows], side="right") - np.searchsorted(moments, begin)
