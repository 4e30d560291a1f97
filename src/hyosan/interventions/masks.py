"""Masks: worn outside home, they hold back some of what an infector sheds and some of what a target inhales."""

from hyosan.jit import rule
from hyosan.rules.random import happens


@rule
def held_back(source_control, protection, first_word, second_word):
    """Whether masks hold an attempt back; each acts by itself, so 1 - (1 - s)(1 - p) where both are worn.

    Args:
        source_control: Share that the infector's mask holds back, 0 without one [2**-30].
        protection: Share that the target's mask holds back, 0 without one [2**-30].
        first_word: 32 random bits for the infector's mask.
        second_word: 32 random bits for the target's mask.
    """
    return happens(source_control, first_word) or happens(protection, second_word)
