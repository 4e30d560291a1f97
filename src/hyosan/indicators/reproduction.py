"""Reproduction numbers as they happened: by generation, by cohort, and at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Cohorts:
    """Infections grouped, and whom they infected."""

    infections: NDArray[np.int64]
    """Infections in each group, (groups,)."""
    infectees: NDArray[np.int64]
    """Infections that came from them so far, (groups,)."""
    number: NDArray[np.float64]
    """Infectees an infection [1], NaN where a group is empty or may still grow or infect, (groups,)."""


def by_generation(generation: NDArray[np.int64], offspring: NDArray[np.int64], settled: NDArray[np.bool_]) -> Cohorts:
    """Reproduction number of each generation: size of the next over its own.

    A generation may still infect while anybody of it is not settled, and still grow while an earlier one may infect.

    Args:
        generation: Of each infection, (infections,).
        offspring: Infections that came from each, (infections,).
        settled: Whether it cannot infect any more, (infections,).
    """
    groups = int(generation.max(initial=-1)) + 1
    unsettled = np.bincount(generation[~settled], minlength=groups)
    return _cohorts(generation, offspring, np.cumsum(unsettled) == 0)


def by_cohort(
    time: NDArray[np.float64], offspring: NDArray[np.int64], until: float, width: int, groups: int
) -> Cohorts:
    """Reproduction number of those infected in each window of time, by looking forward to whom they infected.

    This is the cohort (or case) reproduction number: it mixes the conditions of the following generation interval.

    Args:
        time: Of each infection [s], (infections,).
        offspring: Infections that came from each, (infections,).
        until: Those infected before this are settled [s], see `intervals.complete_until`.
        width: Of a window [s].
        groups: How many windows there are.

    Source:
        Wallinga & Teunis (2004), doi:10.1093/aje/kwh255, with the tree known instead of estimated.
    """
    complete = (np.arange(groups) + 1) * width <= until
    return _cohorts((time // width).astype(np.int64), offspring, complete)


def weights(time: NDArray[np.float64], infector: NDArray[np.int64], until: float, width: int) -> NDArray[np.float64]:
    """Share of generation intervals that reach 0, 1, … windows ahead [1], (lags,); of length 0 if none is known.

    Args:
        time: Of each infection [s], (infections,).
        infector: Row of the infector, -1 from outside, (infections,).
        until: Infectors infected before this are settled [s], see `intervals.complete_until`.
        width: Of a window [s].
    """
    window = (time // width).astype(np.int64)
    pair = np.flatnonzero(infector >= 0)
    pair = pair[time[infector[pair]] < until]
    counts = np.bincount(window[pair] - window[infector[pair]])
    return np.asarray(counts / max(len(pair), 1))


def pressure(time: NDArray[np.float64], weights: NDArray[np.float64], width: int, groups: int) -> NDArray[np.float64]:
    """Infections of each window that the infected would cause if each caused one [infections], (groups,); else NaN.

    Args:
        time: Of each infection, those from outside included [s], (infections,).
        weights: Share of generation intervals by windows ahead [1], (lags,); none if none is known.
        width: Of a window [s].
        groups: How many windows there are.

    Source:
        Cori et al. (2013), doi:10.1093/aje/kwt133, where it is the total infectiousness.
    """
    if not len(weights) or not groups:
        return np.full(groups, np.nan)
    everybody = np.bincount((time // width).astype(np.int64), minlength=groups)
    return np.convolve(everybody, weights)[:groups]


def instantaneous(within: NDArray[np.int64], pressure: NDArray[np.float64]) -> NDArray[np.float64]:
    """Infections of each window over those that the infected would cause if each caused one [1], (groups,).

    R_t = J_t / Σ_s w_s I_{t-s}: J are infections from within, I all of them, w the weights. It is what one infection
    would cause if conditions stayed as they are; NaN where nobody could infect.

    Args:
        within: Infections of each window that came from another infection, (groups,).
        pressure: What `pressure` gives [infections], (groups,).

    Source:
        Fraser (2007), doi:10.1371/journal.pone.0000758; Cori et al. (2013), doi:10.1093/aje/kwt133, for infections
        from outside.
    """
    number = np.full(len(pressure), np.nan)
    np.divide(within, pressure, out=number, where=pressure > 0)
    return number


def _cohorts(group: NDArray[np.int64], offspring: NDArray[np.int64], complete: NDArray[np.bool_]) -> Cohorts:
    """Infections and infectees of each group, and their ratio where a group is complete."""
    infections = np.bincount(group, minlength=len(complete)).astype(np.int64)
    infectees = np.bincount(group, offspring, minlength=len(complete)).astype(np.int64)
    ratio = infectees / np.maximum(infections, 1)
    return Cohorts(infections, infectees, np.where(complete & (infections > 0), ratio, np.nan))
