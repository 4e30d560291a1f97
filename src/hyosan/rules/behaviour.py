"""What people and hunters in a building do: where to meet who runs, how danger fades, how a strike ends."""

import numpy as np

from hyosan.jit import float_rule

LONGEST_LEAD = 5.0
"""Nobody reckons farther ahead than this [s]; assumed."""


@float_rule
def meeting_time(dx, dy, vx, vy, speed):
    """Time in which who runs at `speed` meets somebody (dx, dy) away who goes on at (vx, vy) [s]; a bound if it cannot.

    Source:
        The root of |d + v t| = speed · t for prey that is slower; the places of meeting are the circle of Apollonius.
        Of faster prey, which can at best be met, only whether it comes nearer counts.
    """
    square = speed * speed - vx * vx - vy * vy
    along = dx * vx + dy * vy
    away = dx * dx + dy * dy
    if square <= 0.0:
        # Not slower: it can be met only if it comes nearer.
        return LONGEST_LEAD if along >= 0.0 else min(LONGEST_LEAD, 0.5 * away / -along)
    return min(LONGEST_LEAD, (along + np.sqrt(along * along + square * away)) / square)


@float_rule
def faded(age, lasts):
    """What is left of a memory [1].

    Source:
        Assumed: falls evenly to nothing.
    """
    return max(0.0, 1.0 - age / lasts)


@float_rule
def odds(alpha, means, company, people):
    """Hunters destroyed for each bite when so many people defend themselves together [1].

    Args:
        alpha: Hunters destroyed for each bite where one is alone.
        means: Factor for who stands and fights.
        company: What each further person adds, as a share.
        people: How many, at least 1.

    Source:
        As `rules.bite.bite_chance`; Alemi, Bierbaum, Myers & Sethna (2015), doi:10.1103/PhysRevE.92.052801.
    """
    return alpha * means * (1.0 + company * (people - 1))


@float_rule
def shyness(distance, farthest):
    """How much somebody shies away from a hunter that it sees, as a share of its free speed [1].

    Source:
        Assumed: falls evenly from 1 at no distance.
    """
    return max(0.0, 1.0 - distance / farthest)
