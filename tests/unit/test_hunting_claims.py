"""What the claims about hunters read off a run, on runs made by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from hyosan.verification.hunting import WINNERS, coarse, end_shares, ends, firsts, sides
from hyosan.verification.hunting_oracles import end_law, end_means
from hyosan.verification.lattice_oracles import CORRECTIONS, DECAY, critical_ratio
from hyosan.verification.lattices import reached


class People(SimpleNamespace):
    """People of a world."""

    def __len__(self):
        return len(self.town)


def made(size, bites, destroyed):
    """A run of cells of so many people; bites are (second, bitten, biter or -1), destructions (second, hunter)."""
    people = 3 * size
    second, infectee, infector = (np.array(column) for column in zip(*bites, strict=True))
    when, who = (np.array(column, int) for column in zip(*destroyed, strict=True))
    states = ("susceptible", "hunting", "destroyed")
    to_state = np.concatenate([np.full(len(bites), 1), np.full(len(destroyed), 2)])
    return SimpleNamespace(
        world=SimpleNamespace(people=People(town=np.arange(people) // size)),
        state_names=states,
        infections=lambda: {"time_s": second, "infectee": infectee, "infector": infector},
        transitions=lambda: {
            "time_s": np.concatenate([second, when]),
            "person": np.concatenate([infectee, who]),
            "to_state": to_state,
        },
    )


BITES = [(0, 1, -1), (0, 4, -1), (0, 11, -1), (50, 7, 4), (60, 5, 4), (70, 8, 11), (90, 2, 1)]
DESTROYED = [(75, 11), (80, 8), (95, 1)]


def test_both_sides_of_every_cell():
    run = made(4, BITES, DESTROYED)
    left, hunting = sides(run)
    assert left.tolist() == [2, 1, 2]
    assert hunting.tolist() == [1, 3, 0]
    left, hunting = sides(run, 75)
    assert left.tolist() == [3, 1, 2]
    assert hunting.tolist() == [1, 3, 2]
    left, hunting = sides(run, 1)
    assert left.tolist() == [3, 3, 3]
    assert hunting.tolist() == [1, 1, 1]
    assert reached(run).tolist() == [2, 3, 2]


def test_who_came_first():
    run = made(4, BITES, DESTROYED)
    # Of cell 0 the person in row 1 hunts: 2 is the second of those who do not. In cell 1 that is 4, and 7 the third.
    assert firsts(run, "infectee", 4).tolist() == [2, 3, 1]
    assert firsts(run, "infector", 4).tolist() == [1, 1, 1]
    run = made(4, [*BITES[:3], (0, 2, -1), (20, 0, 2)], DESTROYED)
    assert firsts(run, "infector", 4).tolist() == [2, 0, 0]


def test_every_end_has_its_chance():
    left, hunting = end_law(5, 2, 0.8)
    shares = end_shares(5, 2, 0.8)
    assert sum(shares) == pytest.approx(1.0)
    for people in range(1, 6):
        assert shares[ends(np.array([people]), np.array([0]), 5, 2)[0]] == left[people]
    for hunters in range(1, 8):
        assert shares[ends(np.array([0]), np.array([hunters]), 5, 2)[0]] == hunting[hunters]
    # What is not over, and what cannot be.
    assert shares[ends(np.array([2]), np.array([1]), 5, 2)[0]] == 0.0
    assert shares[ends(np.array([0]), np.array([0]), 5, 2)[0]] == 0.0


def test_neighbours_are_taken_together_but_not_with_what_cannot_be():
    law = [0.01, 0.02, 0.47, 0.0, 0.3, 0.2, 0.0]
    check = coarse(np.array([0, 1, 2, 4, 5, 2, 4]), law, 4)
    assert sum(check.shares) == pytest.approx(1.0)
    assert sum(check.counts) == 7
    assert len([share for share in check.shares if share > 0]) < 5
    for impossible in (3, 6, 7, 100):
        assert coarse(np.array([*[2] * 470, *[4] * 300, *[5] * 200, impossible]), law).chance() == 0.0
    assert coarse(np.array([*[1] * 30, *[2] * 470, *[4] * 300, *[5] * 200]), law).chance() > 0.1


@pytest.mark.parametrize(("people", "alpha", "cells", "published"), WINNERS)
def test_the_claims_have_the_published_numbers(people, alpha, cells, published):
    assert end_means(people, 1, alpha) == pytest.approx(published, abs=1e-6)


def test_large_clusters_at_the_critical_point():
    """10^(-5/91) is .88116; a cluster of few is off by what larger ones lose of their excess."""
    assert pytest.approx(0.88116, abs=6e-6) == 10**-DECAY
    assert CORRECTIONS[0] < 72 / 91 < CORRECTIONS[1]
    for size in (30, 100, 1_000):
        low, high = critical_ratio(size)
        assert low < high < 10**-DECAY
    assert critical_ratio(10**9)[0] == pytest.approx(10**-DECAY, abs=1e-4)
