"""Bites: how a strike ends, who gets away, and how long a door holds."""

from __future__ import annotations

import numpy as np

from hyosan.jit import rule
from hyosan.rules.random import chance_of

MOST_COMPANY = 16
"""So many people who fight together count [1]."""

SIGHT = 50.0
"""A person sees a hunter at most this far away in a street [m]; assumed: half a block."""

HOUR = 3600


def bite_chance(alpha, company=0.0, people=1):
    """Chance that a strike bites; else it destroys the hunter.

    Args:
        alpha: Hunters destroyed for each bite where a person is alone [1].
        company: What each further person in reach adds to alpha, as a share of it [1].
        people: People in reach.

    Source:
        Alemi, Bierbaum, Myers & Sethna (2015), doi:10.1103/PhysRevE.92.052801: of the events of a pair, a share
        1 / (1 + alpha) are bites.

    >>> bite_chance(1.0), bite_chance(1.0, 0.5, 3)
    (0.5, 0.3333333333333333)
    """
    return 1.0 / (1.0 + alpha * (1.0 + company * (min(people, MOST_COMPANY) - 1)))


def bite_chances(alpha, company):
    """`bite_chance` by people in reach [2**-30], (17,); with nobody in reach it is 0."""
    chances = [0] + [chance_of(bite_chance(alpha, company, people)) for people in range(1, MOST_COMPANY + 1)]
    return np.array(chances, np.int64)


def caught_share(hunter_speed, runner_speed, refuge, sight=SIGHT):
    """Share of people who see a hunter, run for the next door, and are caught.

    A hunter is seen at a distance that is uniform up to `sight`; the door is away by an exponential of mean `refuge`.
    Whoever runs is caught if the hunter makes up the distance before the door is reached: never by a slower one.

    Args:
        hunter_speed: Of the hunter [m/s].
        runner_speed: Of the person [m/s].
        refuge: Mean distance to the door [m].
        sight: Largest distance at which the hunter is seen [m].

    Source:
        Integral of exp(-d / ((hunter_speed / runner_speed - 1) · refuge)) over d.

    >>> caught_share(3.0, 3.0, 40.0), round(caught_share(6.0, 3.0, 40.0), 4)
    (0.0, 0.5708)
    """
    gain = (hunter_speed / runner_speed - 1.0) * refuge
    return 0.0 if gain <= 0.0 else float(gain / sight * -np.expm1(-sight / gain))


RUNNING = ((0, 0.5), (6, 0.8), (15, 1.0), (50, 0.85), (65, 0.6), (80, 0.3))
"""(From this age, running speed over that of ages 15 to 49); assumed: world records by age fall so, and children."""


def running_at(age):
    """Running speed at an age over that at 15 to 49 [1].

    >>> running_at(30), running_at(85)
    (1.0, 0.3)
    """
    return [factor for first, factor in RUNNING if first <= age][-1]


def break_rate(strength, breaking=1.0):
    """Rate at which one hunter breaks into a building [2**-32 / s].

    Args:
        strength: Hours that one hunter needs, on average [h].
        breaking: Factor on the rate [1].

    >>> break_rate(2.0) == round(2**32 / 7200)
    True
    """
    return round(2**32 * breaking / (strength * HOUR))


@rule
def breaks(rate, hunters, length, unit):
    """Whether a door gives way in a stretch of time, by an exponential of mean 1 [2**-32].

    Args:
        rate: Of one hunter [2**-32 / s].
        hunters: How many beat on it.
        length: Of the stretch [s].
    """
    return unit < rate * hunters * length
