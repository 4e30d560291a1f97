"""The crowd: what kernels know of people who change, and the set of those who are open to infection, a bit each."""

import numpy as np

from hyosan.jit import part

NEVER = 2**31 - 1
"""Second of the infection of somebody who was never infected [s]."""


@part
def is_open(bits, person):
    """Whether a person is not immune for good; where nobody can be infected twice, nor was infected before."""
    return (bits[person >> 6] >> np.uint64(person & 63)) & np.uint64(1) != np.uint64(0)


@part
def close(bits, person):
    """Take a person out of the set."""
    bits[person >> 6] &= ~(np.uint64(1) << np.uint64(person & 63))


@part
def episode_of_person(episode, person):
    """How often a person was infected, given that it was at least once; without a table it was once."""
    return int(episode[person]) if len(episode) > 0 else 1
