"""Dwell times: quantile tables made once in exactly rounded arithmetic, looked up in integers.

A table holds quantiles at the nodes of two tails. A tail is cut in octaves, so that far quantiles are as good as near
ones; between nodes the quantile is interpolated. Everything here uses + - * / and square roots of 64-bit floats, and
`decimal` for exp and ln, which are correctly rounded everywhere: the tables are the same on every machine.
"""

from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np

from hyosan.jit import kernel, rule
from hyosan.rules.random import octave

OCTAVES = 32
"""Octaves of a tail: quantiles go to tail probabilities of 2**-33, and stay there."""

CELLS = 32
"""Interpolation cells of an octave."""

FRACTION_BITS = 8
"""Tables hold values in units of 2**-8."""

LARGEST = 1 << 46
"""The largest value that a table holds, in its units [2**-8]: 8,700 years in seconds."""

_DIGITS = 20


def _decimals(function, values):
    """A function of `decimal` on every value of an array, as floats."""
    with localcontext() as context:
        context.prec = _DIGITS
        return np.array([float(getattr(Decimal(float(value)), function)()) for value in values.ravel()]).reshape(
            values.shape
        )


def _tail_nodes():
    """Tail probabilities of the nodes, (octaves, cells + 1): 2**-(octave + 2) · (1 + cell / cells)."""
    return 0.25 * 0.5 ** np.arange(OCTAVES)[:, None] * (1.0 + np.arange(CELLS + 1)[None, :] / CELLS)


@lru_cache(maxsize=1)
def _logarithms_of_tails():
    return _decimals("ln", _tail_nodes())


def _log_gamma(shape):
    """Ln Γ(shape), by Stirling's series after a shift to above 12."""
    with localcontext() as context:
        context.prec = 30
        z, shift = Decimal(float(shape)), Decimal(0)
        while z < 30:
            shift += z.ln()
            z += 1
        half_log_two_pi = Decimal("0.918938533204672741780329736406")
        series = 1 / (12 * z) - 1 / (360 * z**3) + 1 / (1260 * z**5) - 1 / (1680 * z**7)
        return float((z - Decimal("0.5")) * z.ln() - z + half_log_two_pi + series - shift)


def _gamma_tail(shape, x, upper):
    """Lower or upper tail of the gamma distribution of scale 1 at x, and its density, elementwise.

    The lower tail is the power series; the upper tail is one minus it below shape + 1, a continued fraction above.

    Source:
        NIST Digital Library of Mathematical Functions, 8.11.4 and 8.9.2.
    """
    log_density = (shape - 1.0) * _decimals("ln", x) - x - _log_gamma(shape)
    density = _decimals("exp", log_density)
    near = x < shape + 1.0
    term = np.where(near, x / shape, 0.0)
    series = term.copy()
    for step in range(1, 2000):
        term = term * x / (shape + step)
        series = np.where(near, series + term, series)
        if not (term > series * 1e-17)[near].any():
            break
    lower = np.where(near, density * series, 0.0)
    b = x + 1.0 - shape
    c = np.full_like(x, 1e300)
    d = 1.0 / np.where(near, 1.0, b)
    fraction = d.copy()
    for step in range(1, 2000):
        a = -step * (step - shape)
        b = b + 2.0
        d = 1.0 / np.where(near, 1.0, a * d + b)
        c = np.where(near, 1.0, b + a / c)
        fraction = fraction * c * d
        if (near | (np.abs(c * d - 1.0) < 1e-16)).all():
            break
    far = density * x * fraction
    if upper:
        return np.where(near, 1.0 - lower, far), density
    return np.where(near, lower, 1.0 - far), density


def _near_logarithm(ratio):
    """Ln of a ratio, exact to the last digits near 1 and of the right sign far from it."""
    t = (ratio - 1.0) / (ratio + 1.0)
    square, power, total = t * t, t.copy(), np.zeros_like(t)
    for odd in range(1, 40, 2):
        total = total + power / odd
        power = power * square
    return 2.0 * total


def _near_exponential(move):
    """Exp of a small number by its series."""
    term, total = np.ones_like(move), np.ones_like(move)
    for step in range(1, 24):
        term = term * move / step
        total = total + term
    return total


def _gamma_solve(shape, tail, guess, upper):
    """Quantiles of the gamma distribution of scale 1, by Newton's method on the logarithm of the tail in ln x."""
    x = guess
    for _ in range(60):
        value, density = _gamma_tail(shape, x, upper)
        slope = x * density / value * (-1.0 if upper else 1.0)
        move = np.clip(_near_logarithm(tail / value) / slope, -2.0, 2.0)
        x = x * _near_exponential(move)
        if np.abs(move).max() < 1e-8:
            break
    return x


def _gamma_quantiles(shape, upper):
    """Quantiles at the nodes of one tail, (octaves, cells + 1)."""
    tails = _tail_nodes()
    ends = np.append(tails[:, -1], tails[-1, 0])
    guesses = np.empty_like(ends)
    if upper:
        guesses[:] = shape + np.sqrt(shape) * 0.5 - _decimals("ln", ends)
    else:
        log_guess = np.minimum(
            (_decimals("ln", ends) + _log_gamma(shape + 1.0)) / shape, float(int(shape + 1.0).bit_length())
        )
        guesses = _decimals("exp", np.maximum(log_guess, -650.0))
    # Quantiles below e-600 are nothing at all; they are solved no further.
    tiny = guesses < 1e-250
    at_ends = np.where(tiny, guesses, 1.0)
    if not tiny.all():
        at_ends[~tiny] = _gamma_solve(shape, ends[~tiny], guesses[~tiny], upper)
    log_ends = _decimals("ln", at_ends)
    log_tails = _logarithms_of_tails()
    left, right = log_tails[:, :1], log_tails[:, -1:]
    slope = (log_ends[:-1] - log_ends[1:])[:, None] / (right - left)
    guess = _decimals("exp", log_ends[1:, None] + slope * (log_tails - left))
    solved = guess.copy()
    rest = guess > 1e-250
    solved[rest] = _gamma_solve(shape, tails[rest], guess[rest], upper)
    return solved


@lru_cache(maxsize=1)
def _normal_quantiles():
    """Upper quantiles of the standard normal at the nodes, (octaves, cells + 1).

    z²/2 is the gamma quantile of shape 1/2 at twice the tail: the nodes of the octave before, but for the first octave.
    """
    halves = np.zeros((OCTAVES, CELLS + 1))
    halves[1:] = _gamma_quantiles(0.5, True)[:-1]
    first = 2.0 * _tail_nodes()[0, :-1]
    halves[0, :-1] = _gamma_solve(0.5, first, 2.0 * (1.0 - first) * (1.0 - first), True)
    return np.sqrt(2.0 * halves)


def _quantiles(family, shape):
    """Quantiles of the distribution of scale 1 at the nodes, (2 tails, octaves, cells + 1): lower, upper."""
    tails, logs = _tail_nodes(), _logarithms_of_tails()
    if family == "fixed":
        return np.ones((2, *tails.shape))
    if family in ("exponential", "weibull"):
        power = 1.0 / shape
        hazards = np.stack([-_decimals("ln", 1.0 - tails), -logs])
        return hazards if power == 1.0 else _decimals("exp", power * _decimals("ln", hazards))
    if family == "lognormal":
        z = _normal_quantiles()
        return _decimals("exp", shape * np.stack([-z, z]))
    if family == "gamma":
        return np.stack([_gamma_quantiles(shape, False), _gamma_quantiles(shape, True)])
    raise ValueError(f"no family of distributions is called {family!r}")


@lru_cache(maxsize=64)
def quantile_table(family, shape, scale):
    """Table of quantiles for `quantile`.

    Args:
        family: `fixed`, `exponential`, `gamma`, `weibull` or `lognormal`.
        shape: Shape of gamma and Weibull, sigma of the lognormal; 0 for fixed, 1 for exponential.
        scale: Value (fixed), mean (exponential), scale (gamma, Weibull) or median (lognormal), in the table's unit.

    Returns:
        (2 · octaves · (cells + 1),) int64, in units of 2**-8 of the unit of `scale`.
    """
    values = _quantiles(family, shape) * (float(scale) * (1 << FRACTION_BITS))
    table = np.minimum(np.floor(values + 0.5), float(LARGEST)).astype(np.int64).ravel()
    table.flags.writeable = False
    return table


def mean_of(table):
    """Mean of `quantile` over all words, in the unit of the table's scale: the law in force, interpolation included."""
    nodes = table.reshape(2, OCTAVES, CELLS + 1).astype(np.float64)
    weights = 0.25 * 0.5 ** np.arange(OCTAVES) / CELLS
    cells = 0.5 * (nodes[..., :-1] + nodes[..., 1:])
    beyond = nodes[:, -1, 0] * 0.25 * 0.5 ** (OCTAVES - 1)
    return float((cells * weights[None, :, None]).sum() + beyond.sum()) / (1 << FRACTION_BITS)


@rule
def quantile(tables, row, high, low):
    """A value of the distribution of one row of tables (rows, entries) for a 64-bit word, in units of 2**-8.

    The top bit chooses the tail, the next bits its octave, 5 bits the cell; 20 bits interpolate.
    """
    upper = high >> 31
    zeros, mantissa = octave(((high << 1) & 0xFFFFFFFF) | (low >> 31), (low << 1) & 0xFFFFFFFF)
    if zeros >= OCTAVES:
        zeros = OCTAVES - 1
        mantissa = 0
    entry = (upper * OCTAVES + zeros) * (CELLS + 1) + (mantissa >> 27)
    rest = (mantissa >> 7) & 0xFFFFF
    node = tables[row, entry]
    return node + (((tables[row, entry + 1] - node) * rest) >> 20)


@kernel
def quantiles(
    first,
    last,
    # reads
    tables,
    row,
    words,
    # writes
    values,
):
    """Write the values of one row of tables for the high words `first` to `last`, in the middle of each."""
    for at in range(first, last):
        values[at] = quantile(tables, row, words[at], 0x80000000)


@rule
def dwell_time(tables, row, high, low):
    """Time spent in a state, rounded to whole seconds [s]."""
    return (quantile(tables, row, high, low) + 128) >> FRACTION_BITS
