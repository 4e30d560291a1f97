"""Oracles of hunters on a square lattice, one person a site: how many one hunter reaches; independent of the engine."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from math import comb

ROW = 64
"""Sites of a row, in which sites are numbered."""

FIRST = ROW // 2 * (ROW + 1)
"""A site in the middle: sets begin in its row and its column, so that none here runs over the edge."""

AROUND = (1, -1, ROW, -ROW)

CRITICAL = 0.43734613
"""Destructions a bite at which the hunters of an endless lattice are just stopped.

Source:
    Alemi, Bierbaum, Myers & Sethna (2015), doi:10.1103/PhysRevE.92.052801.
"""

DECAY = 5.0 / 91.0
"""There the chance of a cluster of s people or more falls as s to the power of minus this: percolation in the plane."""

CORRECTIONS = (0.5, 1.0)
"""Before that, what it exceeds its power law by falls with a power of 1 / s between these; in percolation by 72 / 91.

Source:
    Ziff (2011), doi:10.1103/PhysRevE.83.020107.
"""

Sites = frozenset[int]


def _settled(taken: Sites, hunting: Sites) -> tuple[Sites, Sites]:
    """The sets moved to begin in the middle, without hunters who have nobody left to strike."""
    move = min(site % ROW for site in taken) + ROW * (min(taken) // ROW) - FIRST
    kept = (site - move for site in hunting if any(site + step not in taken for step in AROUND))
    return frozenset(site - move for site in taken), frozenset(kept)


State = tuple[Sites, Sites]
"""Sites that are taken, by hunters or by destroyed ones, and those of hunters who have somebody left to strike."""


def _strike(state: State, weight: float, bitten: dict[State, float], spared: dict[State, float]) -> None:
    """Add what may be after the next strike: to `bitten` if it is a bite, to `spared` if the hunter is destroyed."""
    taken, hunting = state
    bonds = {hunter: [hunter + step for step in AROUND if hunter + step not in taken] for hunter in hunting}
    each = weight / sum(map(len, bonds.values())) if bonds else 0.0
    struck: dict[int, float] = defaultdict(float)
    for hunter, others in bonds.items():
        spared[taken, hunting - {hunter}] += each * len(others)
        for other in others:
            struck[other] += each
    for other, chance in struck.items():
        bitten[_settled(taken | {other}, hunting | {other})] += chance


@cache
def _paths(most: int) -> tuple[tuple[float, ...], ...]:
    """Row n, column k: the factor of bite**n · destroyed**k in the chance that n others are reached in the end."""
    rows = []
    seed = frozenset({FIRST})
    arriving: list[dict[State, float]] = [{(seed, seed): 1.0}]
    for others in range(most + 1):
        row = [0.0] * (others + 2)
        following: list[dict[State, float]] = [defaultdict(float) for _ in range(others + 2)]
        here: dict[State, float] = defaultdict(float)
        for destroyed, states in enumerate(arriving):
            for state, weight in states.items():
                # It ends here if all who still hunt are destroyed, in whatever order.
                row[destroyed + len(state[1])] += weight
                here[state] += weight
            spared: dict[State, float] = defaultdict(float)
            for state, weight in here.items() if others < most else ():
                _strike(state, weight, following[destroyed], spared)
            here = spared
        rows.append(tuple(row))
        arriving = following
    return tuple(rows)


def cluster_sizes(alpha: float, most: int = 7) -> list[float]:
    """Chance that one hunter's cluster on an endless lattice has 1, 2, … `most` sites, the hunter's own included.

    Strikes come one by one along a random bond of a hunter and a susceptible neighbour; each is a bite with chance
    1 / (1 + alpha), else the hunter is destroyed.

    Source:
        Alemi, Bierbaum, Myers & Sethna (2015), doi:10.1103/PhysRevE.92.052801; every order of strikes enumerated.
    """
    bite = 1.0 / (1.0 + alpha)
    return [
        sum(weight * bite**others * (1.0 - bite) ** destroyed for destroyed, weight in enumerate(row))
        for others, row in enumerate(_paths(most - 1))
    ]


def critical_ratio(size: int, times: int = 10) -> tuple[float, float]:
    """Between which numbers, at the critical point, the share of clusters of `size` that reach `times` as many falls.

    Chances of clusters of 4 or more and 8 or more are known exactly. They are carried on as
    A (1 + c s^-correction) s^-decay, with the smallest and with the largest correction.
    """
    sizes = cluster_sizes(CRITICAL)
    four, eight = ((1.0 - sum(sizes[: least - 1])) * least**DECAY for least in (4, 8))
    found = []
    for power in CORRECTIONS:
        excess = (four - eight) / (4.0**-power - 8.0**-power)
        whole = eight - excess * 8.0**-power
        larger, smaller = (whole + excess * least**-power for least in (times * size, size))
        found.append(times**-DECAY * larger / smaller)
    return min(found), max(found)


@cache
def animals(most: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Of 1, 2, … `most` connected sites: (sites around them, how many such shapes), shifted ones not counted twice."""
    rows = []
    shapes = {frozenset({FIRST})}
    for _ in range(most):
        counts: dict[int, int] = defaultdict(int)
        grown = set()
        for shape in shapes:
            edge = {site + step for site in shape for step in AROUND} - shape
            counts[len(edge)] += 1
            grown |= {_settled(shape | {site}, shape)[0] for site in edge}
        rows.append(tuple(sorted(counts.items())))
        shapes = grown
    return tuple(rows)


def site_cluster_sizes(empty: float, most: int, sites: int | None = None) -> list[float]:
    """Chance that the cluster of somebody among empty sites has 1, 2, … `most` sites.

    Args:
        empty: Chance that a site is empty.
        sites: Of a patch, at most 1,000, out of whose people the somebody is drawn; without end if not given. No such
            cluster may reach around it.

    Source:
        Sykes & Glen (1976), Journal of Physics A 9:87-95: lattice animals by their perimeter.
    """
    return [
        size * sum(count * _all_taken(empty, size, edge, sites) for edge, count in row)
        for size, row in enumerate(animals(most), 1)
    ]


def _all_taken(empty: float, size: int, edge: int, sites: int | None) -> float:
    """Chance that `size` - 1 sites are taken and `edge` ones empty, given that one site is taken."""
    taken = 1.0 - empty
    if sites is None:
        return taken ** (size - 1) * empty**edge
    # Somebody out of k people is each of them with chance 1 / k: patches with few people count for more.
    others = sites - size - edge
    of_so_many = sum(comb(others, k) * taken**k * empty ** (others - k) / (size + k) for k in range(others + 1))
    return taken ** (size - 1) * empty**edge * of_so_many * sites * taken / (1.0 - empty**sites)
