"""Progression and refusal: branches, spells, and reasons in their order."""

import numpy as np
import pytest

from chance import assert_counts, assert_share
from hyosan.engine.city.progress import active_until, entry_of, follow, visit_at, write_transitions
from hyosan.engine.course import course_of
from hyosan.engine.scratch import MOST_VISITS
from hyosan.rules.codes import Reason
from hyosan.rules.dwell import quantile_table
from hyosan.rules.progression import FOREVER, next_state, stay
from hyosan.rules.random import CERTAIN, chance_of, draw
from hyosan.rules.refusal import refusal_when_emitted, refusal_when_repeated, relative_infectiousness
from hyosan.scenario.load import load

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
NONE = np.zeros(1, np.int64)
ENTRIES = (np.array([2]), np.array([CERTAIN]))
"""States in which an infection may begin, and their cumulated chances: the last entries of a course."""


def test_the_branch_depends_on_age():
    words = [draw(1, 1 << 16, person, 0, 1)[2] for person in range(20_000)]
    assert {next_state(TO, CHANCE, 3, 59, word) for word in words} == {4}
    assert_share(sum(next_state(TO, CHANCE, 3, 60, word) == 5 for word in words), len(words), 0.2)


def test_a_final_state_lasts_for_ever():
    assert stay(1, 7, 1, 2, 4, 30, *COURSE) == (FOREVER, 4)


def course_with(infectiousness, entries=ENTRIES):
    """The arrays of a course as kernels take them; what these tests do not ask for is empty."""
    return (*COURSE, infectiousness, *[NONE] * 10, *entries)


def followed(person, episode=1, second=0, infectiousness=INFECTIOUSNESS):
    ends, states = np.zeros(MOST_VISITS, np.int64), np.zeros(MOST_VISITS, np.int64)
    age = np.full(1000, 30, np.int32)
    return follow(person, episode, second, 1, age, course_with(infectiousness), ends, states), ends, states


def test_an_infectious_spell_is_the_stay_in_the_infectious_state():
    for person in range(200):
        (count, begin, end), ends, states = followed(person, second=5000)
        time, after = stay(1, person, 1, 1, 3, 30, *COURSE)
        assert (begin, end, after) == (5100, 5100 + time, 4)
        assert states[:count].tolist() == [2, 3, 4]
        assert ends[:count].tolist() == [5100, 5100 + time, FOREVER]


def test_an_infection_begins_where_the_wound_says():
    """Of bites that infect, a wound has the odds of its share times its risk."""
    entries = np.array([2, 3, 5]), np.array([chance_of(0.2), chance_of(0.7), CERTAIN])
    course = course_with(INFECTIOUSNESS, entries)
    found = [entry_of(person, 1, 1, course) for person in range(20_000)]
    assert_counts(np.bincount(found, minlength=6)[[2, 3, 5]], [0.2, 0.5, 0.3])
    assert {entry_of(person, 1, 1, course_with(INFECTIOUSNESS)) for person in range(50)} == {2}


def test_the_odds_of_wounds_are_those_of_the_pathogen():
    course = course_of(load("hyosan").pathogen)
    odds = np.array([0.07 * 0.97, 0.28 * 0.85, 0.35 * 0.65, 0.3 * 0.3])
    assert course.take_chance == chance_of(odds.sum())
    assert [course.names[state] for state in course.entries] == ["bitten_head", "bitten_arm", "bitten_leg", "scratched"]
    assert np.diff(course.entry_chance, prepend=0) / CERTAIN == pytest.approx(odds / odds.sum(), abs=1e-8)
    assert course.entry_chance[-1] == CERTAIN
    assert course.names[-2:] == ("destroyed", "killed")
    assert course.dead.tolist() == [name in ("spent", "killed") for name in course.names]


def test_a_course_without_infectious_state_has_no_spell():
    assert followed(1, infectiousness=np.zeros(6, np.int64))[0][1:] == (FOREVER, FOREVER)


def test_another_episode_draws_another_course():
    assert len({followed(3, episode)[0][2] for episode in range(1, 30)}) > 25


def test_a_state_begins_in_the_second_in_which_the_one_before_ends():
    _, ends, _ = followed(1, second=5000)
    assert [visit_at(second, ends) for second in (0, 5099, 5100, ends[1] - 1, ends[1], FOREVER)] == [0, 0, 1, 1, 2, 2]


def test_a_course_is_active_up_to_its_last_active_state():
    (count, _, end), ends, states = followed(1)
    assert active_until(count, ends, states, np.array([0, 0, 1, 1, 0, 0])) == end
    assert active_until(count, ends, states, np.zeros(6, np.int64)) == 0


def test_transitions_are_written_up_to_the_end_of_the_run():
    (count, _, _), ends, states = followed(1, second=5000)
    rows = np.zeros((10, 4), np.int32)
    assert write_transitions(count, 1, 1, 5000, 0, 5101, ends, states, rows, 3) == 5
    assert rows[3:5].tolist() == [[5000, 1, 2, 1], [5100, 1, 2 << 8 | 3, 1]]


def test_relative_infectiousness_follows_the_hours_since_infection():
    profile = np.array([CERTAIN // 2, CERTAIN])
    assert relative_infectiousness(CERTAIN, profile, 3599) == CERTAIN // 2
    assert relative_infectiousness(CERTAIN, profile, 3600) == CERTAIN
    assert relative_infectiousness(CERTAIN // 2, profile, 10**7) == CERTAIN // 2


def test_an_attempt_that_passes_its_draws_at_somebody_open_is_kept():
    assert refusal_when_emitted(CERTAIN, CERTAIN, True, 2**32 - 1, 2**32 - 1) == Reason.NONE
    assert refusal_when_emitted(chance_of(0.5), CERTAIN, True, 2**31 - 1, 0) == Reason.NONE
    assert refusal_when_emitted(chance_of(0.5), CERTAIN, True, 2**31, 0) == Reason.SUSCEPTIBILITY
    assert refusal_when_emitted(CERTAIN, chance_of(0.5), True, 0, 2**31) == Reason.LAYER
    assert refusal_when_emitted(CERTAIN, CERTAIN, False, 0, 0) == Reason.IMMUNE


def test_what_no_day_can_change_comes_before_immunity():
    """Else the count of reasons would depend on when somebody was looked at."""
    assert refusal_when_emitted(0, 0, False, 0, 0) == Reason.SUSCEPTIBILITY
    assert refusal_when_emitted(CERTAIN, 0, False, 0, 0) == Reason.LAYER


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"final": True}, Reason.IMMUNE),
        ({"is_open": False}, Reason.IMMUNE),
        ({"same_episode": False}, Reason.RECOVERED),
        ({"target_present": False}, Reason.TARGET_ELSEWHERE),
        ({"susceptibility": 0}, Reason.PROTECTED),
    ],
)
def test_reasons_of_repeated_infection_are_tried_in_their_order(broken, reason):
    fine = {
        "final": False,
        "is_open": True,
        "same_episode": True,
        "target_present": True,
        "susceptibility": CERTAIN,
    }
    assert refusal_when_repeated(**fine) == Reason.NONE
    assert refusal_when_repeated(**(fine | broken)) == reason
    worse = {**fine, "susceptibility": 0} | broken
    assert refusal_when_repeated(**worse) == min(reason, Reason.PROTECTED)
