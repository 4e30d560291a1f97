"""Addressed chance: known answers, exponentials against decimal, picking one of n, addresses that never collide."""

import ast
import warnings
from decimal import Decimal, localcontext
from itertools import combinations
from pathlib import Path

import numba
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

import hyosan
from chance import assert_counts, assert_law, assert_share
from hyosan import jit
from hyosan.rules.codes import Setting
from hyosan.rules.random import (
    CERTAIN,
    LN_2,
    LOGARITHM,
    MASK,
    Draw,
    alias_table,
    chance_of,
    draw,
    exponential,
    happens,
    octave,
    one_of,
    philox,
    pick_weighted,
    use_of,
)

WORD = st.integers(0, MASK)

KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((MASK,) * 4, (MASK,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
"""Counter, key, output. Source: the file kat_vectors of Random123, by the authors of doi:10.1145/2063384.2063405."""


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN)
@pytest.mark.parametrize("function", [philox, philox.py_func], ids=["compiled", "interpreted"])
def test_philox_gives_the_published_answers(function, counter, key, words):
    assert function(*counter, *key) == words


def test_a_draw_is_philox_at_its_address():
    seed = 0x0123456789ABCDEF
    use = use_of(int(Draw.EMIT), 4, 1)
    assert draw(seed, use, 7, 8, 9) == philox(7, 8, 9, 0x30401, 0x89ABCDEF, 0x01234567)


def test_a_seed_above_two_to_the_63_is_a_seed_of_its_own():
    high = np.int64(np.uint64(2**64 - 1))
    assert draw(high, 1, 2, 3, 4) == philox(2, 3, 4, 1, MASK, MASK)


def test_no_two_uses_share_an_address():
    """Purpose, setting and layer occupy bits of their own, and no purpose belongs to persons and places both."""
    uses = [use_of(int(d), int(s), layer) for d in Draw for s in Setting for layer in range(256)]
    assert len(set(uses)) == len(uses)
    assert max(uses) <= MASK
    assert len({int(d) for d in Draw}) == len(Draw.__members__), "two members share a number"


def test_words_of_neighbouring_addresses_are_independent():
    """All pairs of words of neighbouring addresses look uncorrelated; a reused address would correlate fully."""
    rows = []
    for who in range(2000):
        for use in (use_of(1, 0, 0), use_of(2, 0, 0)):
            rows.append([word / 2**32 for stay in (0, 1) for word in draw(1, use, who, 5, stay)])
    columns = np.array(rows).reshape(2000, -1).T
    for left, right in combinations(columns, 2):
        assert stats.pearsonr(left, right).pvalue > 1e-6


def _exact_exponential(word):
    """-ln(word / 2**64), to 25 digits."""
    with localcontext() as context:
        context.prec = 30
        return -(Decimal(word) / 2**64).ln()


@given(WORD, WORD)
def test_the_exponential_is_the_logarithm_within_its_error(high, low):
    word = (high << 32) | low
    if word == 0:
        return
    zeros, mantissa = octave(high, low)
    assert abs(Decimal(int(exponential(high, low))) / 2**32 - _exact_exponential(word)) < Decimal("2e-7")
    assert 0 <= zeros < 64
    assert 0 <= mantissa <= MASK


def test_the_exponential_at_the_edges():
    assert exponential(MASK, MASK) >= 0
    assert exponential(0, 0) == 65 * LN_2, "a word of zeros is taken for the half of the least that is not"
    assert LOGARITHM[0] == 0
    steps = np.diff([exponential(high << 20, 0) for high in range(1, 4096)])
    assert (steps < 0).all(), "a larger word is a shorter gap"


def test_exponentials_have_the_law():
    values = [exponential(*draw(3, use_of(3, 1, 0), who, 0, 0)[:2]) / 2**32 for who in range(50_000)]
    assert_law(values, stats.expon.cdf)


@numba.njit
def _zeros(word):
    return jit.leading_zeros(word)


@given(WORD)
@example(0)
def test_leading_zeros(word):
    """Compiled and not."""
    assert _zeros(word) == jit._leading_zeros_of(word) == 32 - word.bit_length()


@given(st.integers(1, 2**31 - 1), WORD, WORD)
def test_one_of_n_is_the_share_of_the_64_bit_word(count, high, low):
    assert one_of(count, high, low) == (((high << 32) | low) * count) >> 64


@given(WORD)
def test_certain_events_happen_and_impossible_ones_never(word):
    assert happens(CERTAIN, word)
    assert not happens(0, word)


def test_events_happen_with_their_chance():
    words = [draw(5, use_of(4, 0, 0), who, 0, 0)[0] for who in range(40_000)]
    assert_share(sum(happens(chance_of(0.3), word) for word in words), len(words), 0.3)


@pytest.mark.parametrize("weights", [[1.0], [1, 0, 0], [0.2, 0.5, 0.3], [1e-9, 1.0, 3.0, 0.0], list(range(1, 17))])
def test_the_alias_table_gives_each_outcome_its_share(weights):
    threshold, alias = alias_table(weights)
    count = len(weights)
    shares = np.zeros(count)
    for column in range(count):
        kept = min(int(threshold[column]), 2**32) / 2**32
        shares[column] += kept / count
        shares[alias[column]] += (1 - kept) / count
    assert np.allclose(shares, np.array(weights) / np.sum(weights), atol=1e-9)


def test_weighted_picks_have_the_law():
    weights = np.array([0.2, 0.5, 0.3, 0.0])
    threshold, alias = (table.reshape(1, -1) for table in alias_table(weights))
    picks = [pick_weighted(threshold, alias, 0, *draw(9, use_of(5, 4, 0), who, 0, 0)[:2]) for who in range(40_000)]
    counts = np.bincount(picks, minlength=4)
    assert counts[3] == 0
    assert_counts(counts[:3], weights[:3])


FORBIDDEN_MODULES = {"random", "secrets", "uuid"}


def test_the_package_has_no_other_source_of_randomness():
    """Nothing imports `random`, `secrets` or `uuid`, nor touches `numpy.random`, `os.urandom` or hash order of text."""
    root = Path(hyosan.__file__).parent
    found = []
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            elif isinstance(node, ast.Attribute):
                names = [f"{node.value.id}.{node.attr}"] if isinstance(node.value, ast.Name) else []
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hash":
                names = ["hash()"]
            for name in names:
                top = name.split(".")[0]
                if top in FORBIDDEN_MODULES or name.startswith(("numpy.random", "np.random", "os.urandom", "hash()")):
                    found.append(f"{path.name}:{node.lineno}: {name}")
    assert not found


def _exact_philox(counter, key):
    """Philox4x32-10 in Python's own whole numbers."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & MASK, (p0 >> 32) ^ c3 ^ k1, p0 & MASK
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


@numba.njit
def _top_bits(count, seed, use, out):
    """A loop that the compiler may turn inside out, of what follows when the top bit of a word is asked for."""
    for who in range(count):
        words = draw(seed, use, who, 0, 1)
        out[who] = ((words[0] >> 31) << 1) + (words[2] >> 31)


def test_the_top_bit_of_a_word_survives_the_optimizer():
    """A product of words above 2**63 is no negative number: a signed one made every top bit 0 in such a loop."""
    out = np.zeros(2000, np.int64)
    _top_bits(2000, np.int64(7), 2 << 16, out)
    exact = [_exact_philox((who, 0, 1, 2 << 16), (7, 0)) for who in range(2000)]
    assert out.tolist() == [((words[0] >> 31) << 1) + (words[2] >> 31) for words in exact]


@given(st.tuples(WORD, WORD, WORD, WORD), st.tuples(WORD, WORD))
def test_no_whole_number_overflows(counter, key):
    """Run by Python on 64-bit integers of NumPy, which say so when they overflow."""
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("error")
        for name, replacement in (("leading_zeros", jit._leading_zeros_of), ("octave", octave.py_func)):
            patch.setattr(f"hyosan.rules.random.{name}", replacement)
        wide = [np.int64(word) for word in (*counter, *key)]
        assert tuple(int(word) for word in philox.py_func(*wide)) == _exact_philox(counter, key)
        high, low = np.int64(counter[0]), np.int64(counter[1])
        for function in (octave, exponential, lambda a, b: one_of.py_func(np.int64(2**31 - 1), a, b)):
            function = getattr(function, "py_func", function)
            function(high, low)
