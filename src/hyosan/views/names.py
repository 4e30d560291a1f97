"""Names for people in an account of a run: made up, by chance addressed with the person, of a few syllables."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.chance import words_of
from hyosan.rules.random import Draw, purpose_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FAMILIES = {
    "Kim": 215, "Lee": 147, "Park": 84, "Choi": 47, "Jung": 43, "Kang": 24, "Cho": 21, "Yoon": 21, "Jang": 20,
    "Lim": 17, "Han": 16, "Oh": 15, "Seo": 15, "Shin": 15, "Kwon": 14, "Hwang": 14, "Ahn": 14, "Song": 14, "Ryu": 13,
    "Jeon": 11, "Hong": 11,
}  # fmt: skip
"""The most common family names, and of a thousand people how many have each.

Source: Statistics Korea, Population and Housing Census 2015, family names.
"""
FIRST = {
    "female": (
        "Seo", "Ji", "Min", "Ha", "Ye", "Su", "Yu", "Chae", "Da", "So", "Hye", "Eun", "Yun", "Ga", "Si", "Bo", "Se",
    ),
    "male": (
        "Min", "Ji", "Seo", "Do", "Si", "Ju", "Hyeon", "Jae", "Seung", "Jun", "Geon", "Yun", "Tae", "Sang", "Dong",
        "Ye", "Seong",
    ),
}  # fmt: skip
SECOND = {
    "female": (
        "yeon", "yun", "won", "eun", "jin", "min", "hyeon", "a", "rin", "bin", "yeong", "na", "in", "ju", "hui",
        "jeong",
    ),
    "male": (
        "jun", "u", "hyeon", "min", "ho", "won", "jin", "seok", "hun", "seong", "yun", "gyu", "hyeok", "ik", "beom",
        "hwan",
    ),
}  # fmt: skip
"""Common syllables of given names, in the Revised Romanisation; assumed: all alike."""
DENIED = frozenset(
    {
        "on-jo", "cheong-san", "su-hyeok", "nam-ra", "gwi-nam", "na-yeon", "dae-su", "byeong-chan", "ha-ri", "mi-jin",
        "jun-yeong", "joon-yeong", "u-jin", "wu-jin", "woo-jin", "i-sak", "eun-ji", "gyeong-su", "min-jae",
        "hyo-ryeong", "cheol-su", "ji-min", "jin-su", "hyeon-ju", "min-ji", "seon-hwa", "sun-hwa", "jae-ik", "so-ju",
        "eun-hui", "chang-hun", "myeong-hwan",
    }
)  # fmt: skip
"""Given names of characters of "All of Us Are Dead", which nobody bears here."""
TRIES = 12
"""Names are drawn so often until one is free."""

_BOUNDS = tuple(accumulate(FAMILIES.values()))


def names_of(seed: int, sexes: Sequence[str]) -> tuple[str, ...]:
    """A name for each person, the family's first; the same for the same seed, person and sex.

    Two people have the same name only where many tries find no other.

    Args:
        seed: Seed of the run, 64 bits.
        sexes: `female` or `male`, one a person.

    >>> names_of(1, ["female", "male"]) == names_of(1, ["female", "male", "male"])[:2]
    True
    """
    signed = int(np.uint64(seed).astype(np.int64))
    words = [words_of(signed, purpose_of(Draw.NAME), len(sexes), ordinal) for ordinal in range(TRIES)]
    taken: set[str] = set()
    found = []
    for person, sex in enumerate(sexes):
        # The family's name stays, so that it is as common as it should be.
        family = list(FAMILIES)[bisect_right(_BOUNDS, words[0][person][0] * _BOUNDS[-1] >> 32)]
        fitting = [f"{family} {given}" for tries in words if (given := _given(tries[person], sex))]
        name = next((each for each in fitting if each not in taken), fitting[-1] if fitting else f"No. {person}")
        taken.add(name)
        found.append(name)
    return tuple(found)


def _given(words: Sequence[int], sex: str) -> str:
    """The given name of three words; none where it is denied, or one syllable twice."""
    first, second = _one(FIRST[sex], words[1]), _one(SECOND[sex], words[2])
    given = f"{first}-{second}"
    return "" if given.lower() in DENIED or first.lower() == second else given


def _one(syllables: Sequence[str], word: int) -> str:
    """The syllable that a word of chance picks."""
    return syllables[word * len(syllables) >> 32]
