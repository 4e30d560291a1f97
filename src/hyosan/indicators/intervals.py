"""Time from an infector to its infectees: generation and serial intervals, seen from either end.

Seen *forward*, intervals belong to the time of the infector; seen *backward*, to that of the infectee. While an
epidemic grows, infectees are mostly those of recent infectors, so backward intervals are the shorter ones. Forward
intervals of recent infectors lack those that have not happened yet (right truncation). So everything forward is taken
from before the first infector of whom more can come. An infection is *settled* once it cannot infect any more.

Source:
    Nishiura (2010), doi:10.3934/mbe.2010.7.851, where forward is cohort and backward is period; Park et al. (2021),
    doi:10.1073/pnas.2011548118, for serial intervals, which belong to dates of onset.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hyosan.units import day, hour, week

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTHS = (hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, week, 4 * week, 52 * week)
"""Widths of the bins of a histogram to choose from [s]."""

MOST_BINS, LEAST_BINS = 40, 5
"""Bins that a histogram may have, however many values there are, and however few."""


@dataclass(frozen=True)
class Spread:
    """How values lie."""

    count: int
    mean: float
    sd: float | None
    """Standard deviation with count - 1, None for one value."""
    low: float
    """5 % lie below."""
    median: float
    high: float
    """5 % lie above."""


def since_infector(moment: NDArray[np.float64], infector: NDArray[np.int64]) -> NDArray[np.float64]:
    """Time from what happened to the infector to the same of the infectee [s], (infections,); NaN where one is missing.

    With times of infection this is the generation interval, with onsets of symptoms the serial interval, which may be
    negative.

    Args:
        moment: When it happened to each infection [s], NaN if it did not, (infections,).
        infector: Row of the infector, -1 from outside, (infections,).
    """
    infected = infector >= 0
    since = np.full(len(moment), np.nan)
    since[infected] = moment[infected] - moment[infector[infected]]
    return since


def complete_until(moment: NDArray[np.float64], complete: NDArray[np.bool_]) -> float:
    """The first moment that is not complete [s], or infinity: what belongs to any earlier moment is known.

    For generation intervals the moments are infections and complete are the settled; for serial intervals the moments
    are onsets, see `onsets_known`. To take every complete infector instead would prefer short infectious times among
    the recent ones.

    Args:
        moment: Of each infection [s], NaN where there is none, (infections,).
        complete: Whether nothing more can follow from it, (infections,).
    """
    open_moments = moment[~complete]
    return float(open_moments[~np.isnan(open_moments)].min(initial=np.inf))


def onsets_known(
    infector: NDArray[np.int64], onset: NDArray[np.float64], settled: NDArray[np.bool_], over: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether all serial intervals from each infection are known, (infections,).

    They are if it is settled, and each of its infectees has fallen ill or cannot any more.

    Args:
        infector: Row of the infector, -1 from outside, (infections,).
        onset: Of symptoms [s], NaN if there was none, (infections,).
        settled: Whether it cannot infect any more, (infections,).
        over: Whether its course is over, so that symptoms cannot come any more, (infections,).
    """
    known = settled.copy()
    waiting = np.isnan(onset) & ~over
    known[infector[waiting & (infector >= 0)]] = False
    return known


def spread(values: NDArray[np.float64]) -> Spread | None:
    """Count, mean, standard deviation and quantiles of the values that are there, or None if none is.

    Args:
        values: In any unit, NaN where there is none.
    """
    there = values[~np.isnan(values)]
    if not len(there):
        return None
    low, median, high = (float(x) for x in np.quantile(there, (0.05, 0.5, 0.95)))
    sd = float(there.std(ddof=1)) if len(there) > 1 else None
    return Spread(len(there), float(there.mean()), sd, low, median, high)


def means(values: NDArray[np.float64], group: NDArray[np.int64], groups: int) -> NDArray[np.float64]:
    """Mean of the values of each group, NaN where a group has none, (groups,).

    Args:
        values: In any unit, NaN where there is none, (rows,).
        group: Of each value, below 0 for none, (rows,).
        groups: How many there are.
    """
    there = ~np.isnan(values) & (group >= 0)
    count = np.bincount(group[there], minlength=groups)
    total = np.bincount(group[there], values[there], minlength=groups)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def histogram(values: NDArray[np.float64]) -> tuple[int, NDArray[np.float64], NDArray[np.int64]]:
    """(Width of the bins [s], their left edges [s], values in each).

    The width is the narrowest of `WIDTHS` that makes no more than twice the root of the values, and `MOST_BINS`, bins.

    Args:
        values: Intervals [s], NaN where there is none.
    """
    there = values[~np.isnan(values)]
    if not len(there):
        return WIDTHS[0], np.zeros(0), np.zeros(0, np.int64)
    least, most = there.min(), there.max()
    bins = min(max(2 * len(there) ** 0.5, LEAST_BINS), MOST_BINS)
    width = next((w for w in WIDTHS if most // w - least // w < bins), WIDTHS[-1])
    place = (there // width - least // width).astype(np.int64)
    counts = np.bincount(place).astype(np.int64)
    return width, (np.arange(len(counts)) + least // width) * width, counts
