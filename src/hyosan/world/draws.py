"""Draws for many rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.jit import kernel
from hyosan.rules.random import draw, purpose_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.rules.random import Draw


@kernel
def draw_rows(
    first,
    last,
    # now
    seed,
    use,
    # writes
    word,
):
    """Write the first two words of a draw for each row, 62 bits: the first is the high half."""
    for row in range(first, last):
        words = draw(seed, use, row, 0, 0)
        word[row] = ((words[0] >> 1) << 31) | (words[1] >> 1)


def words_of(seed: int, purpose: Draw, count: int) -> NDArray[np.int64]:
    """One draw for each of 0 to `count` - 1: two words of 31 bits, the first in the high half, (count,)."""
    word = np.empty(count, np.int64)
    draw_rows(0, count, np.int64(seed), purpose_of(purpose), word)
    return word


def shuffled(rows: NDArray[np.int64], word: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows in the order of the low 31 bits of their words; equal words go by row.

    Args:
        rows: Indices below 2**32, (n,).
        word: Words of these rows, (n,).
    """
    packed = ((word & 0x7FFFFFFF) << 32) | rows
    packed.sort()
    return packed & 0xFFFFFFFF
