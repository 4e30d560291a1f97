"""Inside a person: how long a state lasts, and which comes next."""

from hyosan.jit import rule
from hyosan.rules.dwell import dwell_time
from hyosan.rules.random import Draw, draw, happens, purpose_of

SUSCEPTIBLE = 0
"""State of whoever can be infected for the first time."""

IMMUNE = 1
"""State of whoever was immune when the run began."""

FIRST = 2
"""State in which an infection begins."""

FOREVER = 2**31 - 1
"""A second that never comes [s]."""

DWELL = purpose_of(Draw.DWELL)
"""Fourth word of the counter of draws for dwell times and branches."""


@rule
def next_state(branch_to, branch_chance, state, age, word):
    """State that follows `state`.

    Args:
        branch_to: (states, branches).
        branch_chance: Cumulated chances [2**-30], (states, ages, branches); the last is certain.
        state: State that ends.
        age: Age of the person [years].
        word: 32 random bits.
    """
    branch = 0
    while not happens(branch_chance[state, age, branch], word):
        branch += 1
    return branch_to[state, branch]


@rule
def stay_of(state, age, high, low, branch_word, dwell_row, dwell_tables, branch_to, branch_chance):
    """(dwell time [s], next state) of a state for 64 and 32 random bits; (`FOREVER`, state) if it is final."""
    if dwell_row[state] < 0:
        return FOREVER, state
    time = dwell_time(dwell_tables, dwell_row[state], high, low)
    return time, next_state(branch_to, branch_chance, state, age, branch_word)


@rule
def stay(seed, person, episode, visit, state, age, dwell_row, dwell_tables, branch_to, branch_chance):
    """(dwell time [s], next state) of the visit-th state of an episode; (`FOREVER`, state) if it is final."""
    words = draw(seed, DWELL, person, visit, episode)
    return stay_of(state, age, words[0], words[1], words[2], dwell_row, dwell_tables, branch_to, branch_chance)
