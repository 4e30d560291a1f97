"""Durations with units, there and back."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyosan.scenario.quantities import LONGEST, UNITS, in_words, seconds, shown

UNIT_NAMES = st.sampled_from(sorted(UNITS))


@given(st.integers(0, LONGEST))
def test_words_give_the_same_seconds_back(duration):
    assert seconds(in_words(duration)) == duration


@given(st.decimals(0, 100, places=6), UNIT_NAMES)
def test_any_number_and_unit_is_rounded_to_the_nearest_second(number, unit):
    exact = Fraction(number) * UNITS[unit]
    if exact > LONGEST:
        with pytest.raises(ValueError, match="too long"):
            seconds(f"{number} {unit}")
    else:
        assert abs(seconds(f"{number:f} {unit}") - exact) <= Fraction(1, 2)


@given(st.text(max_size=120))
def test_any_text_is_a_duration_or_refused(text):
    message = ""
    try:
        duration = seconds(text)
    except ValueError as error:
        duration, message = 0, str(error)
    assert 0 <= duration <= LONGEST
    assert message or seconds(in_words(duration)) == duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 second", 1),
        ("90 min", 5400),
        ("1.5 h", 5400),
        ("5.2 days", 449_280),
        ("2weeks", 1_209_600),
        (" 1 year ", 31_557_600),
        (timedelta(days=1.5), 129_600),
        ("0 days", 0),
    ],
)
def test_known_durations(text, expected):
    assert seconds(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (5, "5 has no unit"),
        ("5", "'5' has no unit"),
        ("5 dayz", "Did you mean 'days'"),
        ("5 Days", "Did you mean 'days'"),
        ("-5 days", "is negative"),
        ("101 years", "too long"),
        ("9" * 30 + " days", "too long"),
        ("1e3 days", "not a duration"),
        ("٣ days", None),
        ("", "not a duration"),
        ("five days", "not a duration"),
        (True, "not a duration"),
        (None, "not a duration"),
        (float("nan"), "nan has no unit"),
        (timedelta(days=-1), "is negative"),
        ("1 day " * 50, "not a duration"),
    ],
)
def test_refused_durations(text, message):
    if message is None:
        assert seconds(text) == 259_200  # other scripts' digits are digits
        return
    with pytest.raises(ValueError, match=message):
        seconds(text)


def test_shown_values_are_short_and_on_one_line():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    for value in (10**10_000, "x" * 10_000, "a\nb", deep, "\ud800", {"a": float("inf")}):
        text = shown(value)
        assert len(text) <= 60
        assert "\n" not in text
        text.encode()
