"""The oracles of the square lattice against the numbers in print, and against lattices struck bond by bond."""

import numpy as np
import pytest

from chance import assert_counts
from hyosan.verification.hunting_oracles import total_sizes
from hyosan.verification.lattice_oracles import CRITICAL, animals, cluster_sizes, site_cluster_sizes

PRINTED = {
    0.43734613: (
        0.3042733555, 0.0644119554, 0.0272708729, 0.0144325014, 0.0113489867, 0.0085261619, 0.0064461278, 0.563290,
    ),
    0.8: (0.4444444444, 0.1097393690, 0.0541922810, 0.0334520253, 0.0272572058, 0.0220940064, 0.0182875451, 0.290533),
    1.0: (0.5000000000, 0.1250000000, 0.0625000000, 0.0390625000, 0.0312500000, 0.0250651042, 0.0205807315, 0.196542),
}  # fmt: skip
"""Chance of clusters of 1 to 7 sites, and of more, by alpha."""


@pytest.mark.parametrize("alpha", PRINTED)
def test_cluster_sizes(alpha):
    sizes = cluster_sizes(alpha)
    assert sizes == pytest.approx(PRINTED[alpha][:7], abs=1e-10)
    assert 1 - sum(sizes) == pytest.approx(PRINTED[alpha][7], abs=6e-7)
    # Nobody can be walled in by four.
    assert sizes[:4] == pytest.approx(total_sizes(alpha, 3), abs=1e-12)
    assert sizes[4] != pytest.approx(total_sizes(alpha, 4)[4], rel=0.01)


def test_the_critical_point_is_the_published_one():
    assert CRITICAL == 0.43734613


def test_nothing_is_destroyed_at_alpha_0():
    assert cluster_sizes(0.0, 4) == [0.0] * 4


def test_cluster_sizes_bond_by_bond():
    """Every bond of a hunter and a susceptible neighbour is as likely; drawn by its place in a list of all."""
    random = np.random.default_rng(1)
    alpha, runs, side = 0.6, 20_000, 21
    counts = np.zeros(7, int)
    for _ in range(runs):
        state = {(side // 2, side // 2): "hunting"}
        while len(state) < 7:
            bonds = [
                (site, beside)
                for site, what in state.items()
                if what == "hunting"
                for beside in ((site[0] + dx, site[1] + dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)))
                if beside not in state
            ]
            if not bonds:
                break
            hunter, other = bonds[random.integers(len(bonds))]
            if random.random() < 1 / (1 + alpha):
                state[other] = "hunting"
            else:
                state[hunter] = "destroyed"
        counts[len(state) - 1] += 1
    sizes = cluster_sizes(alpha, 6)
    assert_counts(counts, [*sizes, 1 - sum(sizes)])


def test_lattice_animals():
    """Fixed ones, OEIS A001168; those of three by their perimeter are two straight and four bent ones."""
    assert [sum(count for _, count in row) for row in animals(7)] == [1, 2, 6, 19, 63, 216, 760]
    assert animals(3)[2] == ((7, 4), (8, 2))


@pytest.mark.parametrize("empty", [0.3, 0.5])
def test_site_clusters_of_few_are_in_closed_form(empty):
    taken = 1 - empty
    expected = [empty**4, 4 * taken * empty**6, 3 * taken**2 * (2 * empty**8 + 4 * empty**7)]
    assert site_cluster_sizes(empty, 3) == pytest.approx(expected, rel=1e-12)


def test_all_site_clusters_together_are_certain_where_few_are_taken():
    assert sum(site_cluster_sizes(0.9, 8)) == pytest.approx(1.0, abs=1e-3)
    assert site_cluster_sizes(0.9, 6, 1_000) == pytest.approx(site_cluster_sizes(0.9, 6), rel=0.05)


def test_site_clusters_of_somebody_in_a_patch():
    """A patch with few people counts as much as one with many: that shows in a small one."""
    random = np.random.default_rng(2)
    empty, side, patches, most = 0.5, 6, 100_000, 4
    taken = random.random((patches, side, side)) >= empty
    taken = taken[taken.any(axis=(1, 2))]
    keys = np.where(taken, random.random(taken.shape), 2.0).reshape(len(taken), -1)
    reached = np.zeros((len(taken), side * side), bool)
    reached[np.arange(len(taken)), keys.argmin(axis=1)] = True
    reached = reached.reshape(taken.shape)
    for _ in range(most + 1):
        around = [np.roll(reached, shift, axis) for shift in (1, -1) for axis in (1, 2)]
        reached |= taken & np.logical_or.reduce(around)
    sizes = np.minimum(reached.sum(axis=(1, 2)), most + 1)
    law = site_cluster_sizes(empty, most, side * side)
    assert_counts(np.bincount(sizes - 1), [*law, 1 - sum(law)])
