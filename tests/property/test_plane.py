"""Predicates of `rules/plane.py` against shapely (GEOS) and exact arithmetic, on 10,000 often degenerate cases.

Corners of a lattice of small whole numbers have cross products that floats hold exactly, so answers must be equal, not
near: a third of such cases has points on lines, shared ends or parallel segments.
"""

from fractions import Fraction

import numpy as np
import pytest
import shapely

from hyosan.rules.plane import crosses, nearest_on, square_from, touches, turn

CASES = 10_000

ROUNDING = 2.0**-53
"""Relative error of one operation."""


def _lattice(seed):
    """Four points a case on a lattice, (cases, 4, 2)."""
    return np.random.default_rng(seed).integers(-4, 5, (CASES, 4, 2)).astype(float)


def _lines(ends):
    """Segments as shapely has them; those without length are points."""
    alike = (ends[:, 0] == ends[:, 1]).all(axis=1)
    return np.where(alike, shapely.points(ends[:, 0]), shapely.linestrings(ends))


def test_touches_is_what_shapely_says():
    for cases in (_lattice(1), np.random.default_rng(2).uniform(-50, 50, (CASES, 4, 2))):
        expected = shapely.intersects(_lines(cases[:, :2]), _lines(cases[:, 2:]))
        got = [touches(*case.ravel()) for case in cases]
        assert (np.array(got) == expected).all()
        assert 1000 < expected.sum() < CASES - 1000


def test_crosses_is_what_shapely_says_once_points_on_the_line_are_moved_to_its_left():
    """A millionth of the lattice is less than any distance between a corner and a crossing that it does not lie on."""
    cases = _lattice(3)
    cases = cases[(cases[:, 2] != cases[:, 3]).any(axis=1)]
    a, b = cases[:, 2], cases[:, 3]
    left = np.stack([a[:, 1] - b[:, 1], b[:, 0] - a[:, 0]], axis=1) * 1e-6
    wall = shapely.linestrings(cases[:, 2:])
    whole = _lines(cases[:, :2])
    moved = cases[:, :2].copy()
    for end in range(2):
        area = (b - a)[:, 0] * (moved[:, end] - a)[:, 1] - (b - a)[:, 1] * (moved[:, end] - a)[:, 0]
        moved[:, end] += np.where(area[:, None] == 0, left, 0.0)
    by_an_end = shapely.intersects(shapely.points(a), whole) | shapely.intersects(shapely.points(b), whole)
    expected = shapely.crosses(_lines(moved), wall) & ~by_an_end
    got = np.array([crosses(*case.ravel()) for case in cases])
    assert (got == expected).all()
    assert 1000 < expected.sum() < CASES - 1000


def test_nothing_crosses_a_wall_without_length():
    for p, q, a, _ in _lattice(4)[:1000]:
        assert not crosses(*p, *q, *a, *a)


def test_the_nearest_point_is_as_far_as_shapely_says():
    """Each of some ten operations is off by at most 2⁻⁵³ of the lengths it joins, and shapely's own likewise."""
    rng = np.random.default_rng(5)
    cases = np.concatenate([_lattice(6), rng.uniform(-100, 100, (CASES, 4, 2)), rng.normal(0, 1e-3, (CASES, 4, 2))])
    expected = shapely.distance(shapely.points(cases[:, 0]), _lines(cases[:, 2:]))
    for (point, _, a, b), distance in zip(cases, expected, strict=True):
        x, y = nearest_on(*point, *a, *b)
        reach = np.abs(point).sum() + np.abs(a).sum() + np.abs(b).sum()
        slack = 32 * ROUNDING * reach
        assert abs(np.hypot(x - point[0], y - point[1]) - distance) <= slack
        assert shapely.distance(shapely.Point(x, y), shapely.LineString([a, b])) <= slack
        assert abs(square_from(*point, *a, *b) - distance**2) <= (2 * distance + slack) * slack


def test_a_turn_is_off_by_no_more_than_rounding():
    """Shewchuk (1997), doi:10.1007/PL00009321: at most (3 + 16 e) e times the sum of both products, e = 2⁻⁵³.

    Three points in a line but for the last bits, where a sign may be wrong: just there it must be within that bound.
    """
    rng = np.random.default_rng(7)
    a, way = rng.uniform(-50, 50, (CASES, 2)), rng.uniform(-1, 1, (CASES, 2))
    b, x = a + 3 * way, a + 7 * way
    for (ax, ay), (bx, by), (px, py) in zip(a, b, x, strict=True):
        one, two, three, four = (Fraction(v) - Fraction(w) for v, w in ((bx, ax), (py, ay), (by, ay), (px, ax)))
        bound = (3 + 16 * ROUNDING) * ROUNDING * float(abs(one * two) + abs(three * four)) * (1 + 1e-12)
        assert abs(Fraction(float(turn(ax, ay, bx, by, px, py))) - (one * two - three * four)) <= bound


@pytest.mark.parametrize("seed", [8, 9])
def test_the_side_of_a_line_is_what_shapely_says(seed):
    cases = _lattice(seed)
    rings = shapely.linearrings(cases[:, [2, 3, 0, 2]])
    for (point, _, a, b), left in zip(cases, shapely.is_ccw(rings), strict=True):
        area = turn(*a, *b, *point)
        if area != 0:
            assert (area > 0) == left
