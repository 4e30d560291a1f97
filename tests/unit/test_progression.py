"""Progression and refusal: branches, spells, and reasons in their order."""

import numpy as np
import pytest

from chance import assert_share
from hyosan.rules.codes import Reason
from hyosan.rules.dwell import quantile_table
from hyosan.rules.progression import FOREVER, infectious_spell, next_state, stay
from hyosan.rules.random import CERTAIN, chance_of, draw
from hyosan.rules.refusal import refusal, relative_infectiousness

AGES = 101
# States: susceptible, immune, exposed, infectious, recovered, dead.
ROWS = np.array([-1, -1, 0, 1, -1, -1])
TABLES = np.stack([quantile_table("fixed", 0.0, 100.0), quantile_table("exponential", 1.0, 1000.0)])
TO = np.array([[0, 0], [0, 0], [3, 3], [5, 4], [0, 0], [0, 0]])
CHANCE = np.full((6, AGES, 2), CERTAIN)
CHANCE[3, :60, 0] = 0
CHANCE[3, 60:, 0] = chance_of(0.2)
INFECTIOUSNESS = np.array([0, 0, 0, CERTAIN, 0, 0])
COURSE = (ROWS, TABLES, TO, CHANCE)


def test_the_branch_depends_on_age():
    words = [draw(1, 1 << 16, person, 0, 1)[2] for person in range(20_000)]
    assert {next_state(TO, CHANCE, 3, 59, word) for word in words} == {4}
    assert_share(sum(next_state(TO, CHANCE, 3, 60, word) == 5 for word in words), len(words), 0.2)


def test_a_final_state_lasts_for_ever():
    assert stay(1, 7, 1, 2, 4, 30, *COURSE) == (FOREVER, 4)


def test_an_infectious_spell_is_the_stay_in_the_infectious_state():
    for person in range(200):
        begin, end = infectious_spell(1, person, 1, 30, 2, 5000, *COURSE, INFECTIOUSNESS)
        time, after = stay(1, person, 1, 1, 3, 30, *COURSE)
        assert (begin, end, after) == (5100, 5100 + time, 4)


def test_a_course_without_infectious_state_has_no_spell():
    assert infectious_spell(1, 1, 1, 30, 2, 0, *COURSE, np.zeros(6, np.int64)) == (FOREVER, FOREVER)


def test_another_episode_draws_another_course():
    spells = {infectious_spell(1, 3, episode, 30, 2, 0, *COURSE, INFECTIOUSNESS)[1] for episode in range(1, 30)}
    assert len(spells) > 25


def test_relative_infectiousness_follows_the_hours_since_infection():
    profile = np.array([CERTAIN // 2, CERTAIN])
    assert relative_infectiousness(CERTAIN, profile, 3599) == CERTAIN // 2
    assert relative_infectiousness(CERTAIN, profile, 3600) == CERTAIN
    assert relative_infectiousness(CERTAIN // 2, profile, 10**7) == CERTAIN // 2


FINE = {
    "final_target": False,
    "same_episode": True,
    "second": 50,
    "infectious_until": 100,
    "infector_present": 1,
    "target_present": 1,
    "infectiousness": CERTAIN,
    "susceptibility": CERTAIN,
    "level": CERTAIN,
}
WRONG = [
    ({"final_target": True}, Reason.IMMUNE),
    ({"same_episode": False}, Reason.RECOVERED),
    ({"second": 100}, Reason.RECOVERED),
    ({"infector_present": 0}, Reason.INFECTOR_ELSEWHERE),
    ({"target_present": 0}, Reason.TARGET_ELSEWHERE),
    ({"susceptibility": 0}, Reason.PROTECTED),
    ({"infectiousness": 0}, Reason.INFECTIOUSNESS),
    ({"susceptibility": 1}, Reason.SUSCEPTIBILITY),
    ({"level": 0}, Reason.LAYER),
]


def _refusal(**changes):
    return refusal(*{**FINE, **changes}.values(), (1 << 31, 1 << 31, 1 << 31, 0))


def test_nothing_wrong_is_not_refused():
    assert _refusal() == Reason.NONE


@pytest.mark.parametrize(("change", "reason"), WRONG)
def test_each_reason_is_given(change, reason):
    assert _refusal(**change) == reason


def test_the_first_reason_in_the_fixed_order_is_charged():
    """With everything from one reason on wrong, that one is named; nature comes before orders."""
    for place, (_, reason) in enumerate(WRONG):
        changes = {}
        for change, _ in reversed(WRONG[place:]):
            changes |= change
        assert _refusal(**changes) == reason
