"""NIST TN 1822 and ISO 20414: which exits people choose, by order, by example, by habit, and when one is shut."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.crowd import ToExits
from hyosan.engine.building.ground import ground_of
from hyosan.rules.random import Draw
from hyosan.verification.checks import Between, Check, Same, Share
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.decks import two_exits
from hyosan.verification.imo_crowds import assigned_exits_test
from hyosan.verification.nist import ISO, NIST
from hyosan.verification.walks import Party, chance, crowd_of, exits_taken, scattered, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.engine.building.ground import Ground

MIDDLE = ((5.0, 1.0), (5.0, 1.8))
"""Two places as far from one exit as from the other [m]."""

AHEAD = (5.0, 3.0)
"""Where somebody starts whom the two see [m]."""

HEAD_START = 2.0
"""How long before the two the one whom they see sets out [s]; the tests leave it open."""

EITHER = ToExits()
FIRST, SECOND = ToExits((0,)), ToExits((1,))


@cache
def ground() -> Ground:
    """The room with two exits."""
    return ground_of(two_exits())


def free_pair(seed: int, example: bool) -> Building:
    """Two people who may take either exit.

    Args:
        example: Whether a third one sets out for the second exit before them.
    """
    parties = [Party(0, np.array(MIDDLE), 1.0, EITHER, HEAD_START)]
    if example:
        parties.append(Party(0, np.array([AHEAD]), 1.0, ToExits((1,), learns=False)))
    return walk(ground(), parties, until=90.0, seed=seed, look=5.0)


def example_test(effort: Effort) -> Finding:
    """Test 3.2: alone either exit is as likely; the example shifts that by a tenth at least."""
    seeds = list(effort.seeds(effort.size(400, 1000)))
    alone, shown = (
        sum(int((exits_taken(free_pair(seed, example))[:2] == 1).sum()) for seed in seeds) for example in (False, True)
    )
    trials = 2 * len(seeds)
    return Finding(f"two people, {len(seeds)} times", [Share(alone, trials, 0.5), Between(shown, trials, 0.6, 1.0)])


def alone(seed: int, goal: ToExits, place: Sequence[float] = MIDDLE[0]) -> int:
    """The exit that one person takes."""
    return int(
        exits_taken(walk(ground(), [Party(0, np.array([place]), 1.0, goal)], until=60.0, seed=seed, look=5.0))[0]
    )


def habit_test(effort: Effort) -> Finding:
    """Test 3.3: who knows both exits, or one of them; and that habit has its limits."""
    seeds = list(effort.seeds(effort.size(200, 2000)))
    both = sum(alone(seed, EITHER) for seed in seeds)
    knows = chance(effort.seed, Draw.PACE, len(seeds), 200)[:, 0] < 0.8
    known = sum(alone(seed, SECOND if second else FIRST) for seed, second in zip(seeds, knows, strict=True))
    near_the_first = {alone(seed, SECOND, (1.5, 13.5)) for seed in seeds[:20]}
    checks: list[Check] = [
        Share(both, len(seeds), 0.5),
        Share(known, len(seeds), 0.8),
        Same(int(knows.sum()), known),
        Same([0], sorted(near_the_first)),
    ]
    return Finding(f"one person, {len(seeds)} times", checks)


def shut_exit(seed: int, shut: bool) -> tuple[Building, NDArray[np.int64]]:
    """Twelve people near the first of two exits, which is locked after a second; with the exits that they take."""
    party = Party(0, scattered((1.0, 9.0, 4.0, 12.0), 12, seed), 1.25)
    run = walk(ground(), crowd_of([party], shifts=[(1.0, 0, 0)] if shut else []), until=90.0, seed=seed)
    return run, exits_taken(run)


def shut_test(effort: Effort) -> Finding:
    """Test 4.1."""
    checks: list[Check] = []
    for seed in effort.seeds(effort.size(3, 20)):
        for shut in (False, True):
            _, taken = shut_exit(seed, shut)
            checks.append(Same([12, 0] if not shut else [0, 12], [int((taken == door).sum()) for door in (0, 1)]))
    return Finding(f"12 people, {len(checks) // 2} times", checks)


EXPERIMENTS = (
    Experiment(
        "nist-3-1",
        "All people of twelve rooms leave by the exit that is assigned to them",
        f"{NIST}, test 3.1; {ISO}, test 8",
        "whoever sees another exit takes it",
        assigned_exits_test,
    ),
    Experiment(
        "nist-3-2",
        "Of two equal exits people take the one to which they see somebody go more often than half of the time",
        f"{NIST}, test 3.2; {ISO}, test 15",
        "others are no example",
        example_test,
    ),
    Experiment(
        "nist-3-3",
        "Who knows two equal exits takes either as often, who knows one takes that, unless the other is far nearer",
        f"{NIST}, test 3.3; {ISO}, test 16",
        "an exit in sight as good as one that is known",
        habit_test,
    ),
    Experiment(
        "nist-4-1",
        "When the near one of two exits is locked after a second, all take the other",
        f"{NIST}, test 4.1; {ISO}, test 9",
        "nobody chooses anew when a door changes",
        shut_test,
    ),
)
