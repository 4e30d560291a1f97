"""Hunters on a square lattice, one person a site: how many one hunter reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.units import minute as MINUTE
from hyosan.verification.checks import Between, Check, Close, counts_of
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.hunting import ALEMI, hunt
from hyosan.verification.lattice_oracles import CRITICAL, cluster_sizes, critical_ratio, site_cluster_sizes
from hyosan.verification.runs import finished

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.simulation import Simulation

PRINTED = {
    0.43734613: (0.3042733555, 0.0644119554, 0.0272708729, 0.0144325014, 0.0113489867, 0.0085261619, 0.0064461278),
    0.8: (0.4444444444, 0.1097393690, 0.0541922810, 0.0334520253, 0.0272572058, 0.0220940064, 0.0182875451),
    1.0: (0.5000000000, 0.1250000000, 0.0625000000, 0.0390625000, 0.0312500000, 0.0250651042, 0.0205807315),
}
"""Chance of clusters of 1 to 7 people, the hunter at the start included, by alpha."""

MOST_SITES = 1_500_000
"""Sites of one run."""

SMALL_SIDE = 10
"""Sites along a patch around which no cluster of seven, with all its neighbours, can reach."""

SHORT = 0.05
"""Strikes of a hunter at a neighbour in a step [1]: whoever is bitten loses half a step, a fortieth of the time that a
bond lasts on average."""

LONG = 120.0
"""Strikes of a hunter at a neighbour in a run [1]: by then every cluster is complete, or beyond all sizes here."""


def clusters(
    effort: Effort, alpha: float, side: int, patches: int, empty: float = 0.0, short: float = SHORT
) -> NDArray[np.int64]:
    """How many are reached in each of many patches, the hunter at the start included."""
    most = max(1, MOST_SITES // side**2)
    runs = -(-patches // most)
    sizes: dict[str, Any] = {"cells": -(-patches // runs), "side": side, "hunters": 1}
    if empty:
        sizes["immune_at_start"] = empty
    plan = hunt("lattice", alpha, MINUTE, short, round(LONG / short), **sizes)
    return np.concatenate([reached(run) for run in finished(plan, None, effort.seeds(runs))])


def reached(run: Simulation) -> NDArray[np.int64]:
    """How many were ever bitten in each patch, and the hunter."""
    town = run.world.people.town
    return np.bincount(town[run.infections()["infectee"]], minlength=int(town.max()) + 1)


def small(effort: Effort) -> Finding:
    """Small clusters at, above and far above the critical point."""
    patches = effort.size(20_000, 200_000)
    checks: list[Check] = []
    for alpha, printed in PRINTED.items():
        law = cluster_sizes(alpha)
        checks.append(Close(printed, tuple(law), 1e-9))
        sizes = clusters(effort, alpha, SMALL_SIDE, patches)
        checks.append(counts_of(np.minimum(sizes, 8) - 1, [*law, 1.0 - sum(law)]))
    return Finding(f"{patches:,} patches of {SMALL_SIDE} x {SMALL_SIDE}, three times", checks)


def critical(effort: Effort) -> Finding:
    """Large clusters at the critical point."""
    patches, side, few = effort.size(1_000, 8_000), effort.size(48, 80), effort.size(30, 100)
    sizes = clusters(effort, CRITICAL, side, patches, short=0.03)
    hits, trials = (int((sizes >= least).sum()) for least in (10 * few, few))
    check = Between(hits, trials, *critical_ratio(few))
    return Finding(f"{patches:,} patches of {side} x {side}: {10 * few:,} people or more of {few} or more", [check])


def empty_sites(effort: Effort) -> Finding:
    """Clusters among empty sites where no hunter is ever destroyed."""
    patches = effort.size(20_000, 200_000)
    checks: list[Check] = []
    for empty in (0.3, 0.5):
        law = site_cluster_sizes(empty, 7, SMALL_SIDE**2)
        sizes = clusters(effort, 0.0, SMALL_SIDE, patches, empty)
        checks.append(counts_of(np.minimum(sizes, 8) - 1, [*law, 1.0 - sum(law)]))
    return Finding(f"{patches:,} patches of {SMALL_SIDE} x {SMALL_SIDE}, twice", checks)


EXPERIMENTS = (
    Experiment(
        "szr-lattice",
        "On a square lattice a hunter's cluster has 1 to 7 people, or more, as often as all orders of strikes say",
        f"{ALEMI}: the process; chances by enumeration",
        "a neighbour two sites away; hunters who stop once one neighbour is gone",
        small,
    ),
    Experiment(
        "szr-lattice-critical",
        "At the critical alpha 0.43734613 clusters ten times as large are rarer by 10^(-5/91), as in percolation",
        f"{ALEMI}; corrections for size: Ziff (2011), doi:10.1103/PhysRevE.83.020107",
        "a random hunter, then one of those around it, in place of a random pair",
        critical,
    ),
    Experiment(
        "szr-empty-sites",
        "With alpha 0 and empty sites, a hunter's cluster is that of site percolation",
        f"{ALEMI}; lattice animals: Sykes & Glen (1976), Journal of Physics A 9:87-95",
        "the immune struck at",
        empty_sites,
    ),
)
