"""Whereabouts: the tables of kernels against schedules read a second at a time."""

from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyosan.engine.city.dates import second_after, seconds_there
from hyosan.engine.city.where import minute_of
from hyosan.engine.whereabouts import weekdays, whereabouts_of
from hyosan.rules.codes import Setting
from hyosan.rules.progression import FOREVER
from hyosan.scenario.load import load
from hyosan.units import day as DAY
from hyosan.world.holidays import holidays
from hyosan.world.synthesis import build
from hyosan.world.weeks import weeks

STARTS = ("2026-03-02", "2026-02-13T10:30:00", "2025-12-30T23:59:00")
"""A run without a holiday; half past ten, days before the lunar New Year; a minute before a year's last day."""
DAYS = 20
SETTINGS = [setting for setting in Setting if setting != Setting.NONE]


@cache
def tables(start):
    """(Scenario, whereabouts) of a run from some start on."""
    scenario = load("hyosan-influenza", set={"people": 1000, "start": start, "duration": f"{DAYS} days"})
    return scenario, whereabouts_of(scenario, build(scenario))


@cache
def lived(start, schedule):
    """Setting of a schedule in each second from the midnight before the start on, from the schedules themselves."""
    scenario, found = tables(start)
    schedules = weeks().schedules
    seconds = []
    for day in range(len(found.weekday)):
        date = scenario.start.date() + timedelta(days=day)
        weekday = 6 if date in holidays(date.year) else date.weekday()
        row = 7 * schedule + weekday
        intervals = range(schedules.start[row], schedules.start[row + 1])
        until = [int(schedules.until[i]) for i in intervals]
        masks = [int(schedules.settings[i]) for i in intervals]
        codes = [mask.bit_length() - 1 for mask in masks]
        assert [1 << code for code in codes] == masks
        seconds.append(np.repeat(np.array(codes, np.uint8), np.diff([0, *until])))
    return np.concatenate(seconds)


def clocks(found):
    return found.weekday, found.clock, found.first, found.span


@pytest.mark.parametrize("start", STARTS)
def test_holidays_are_lived_like_sundays(start):
    scenario, found = tables(start)
    dates = [scenario.start.date() + timedelta(days=day) for day in range(len(found.weekday))]
    assert found.weekday.tolist() == [6 if date in holidays(date.year) else date.weekday() for date in dates]
    on_workdays = sum(date in holidays(date.year) and date.weekday() != 6 for date in dates)
    assert on_workdays > 0 or start == STARTS[0]
    assert weekdays(scenario, 3).tolist() == found.weekday[:3].tolist()
    assert found.shift == {0: 0, 10: 37_800, 23: 86_340}[scenario.start.hour]
    assert len(found.weekday) * DAY >= int(scenario.duration) + found.shift


@settings(max_examples=200)
@given(st.sampled_from(STARTS), st.integers(0, 62), st.integers(0, DAYS * DAY - 1))
def test_a_schedule_is_where_it_says(start, schedule, second):
    _, found = tables(start)
    minute = minute_of(second, found.shift, found.weekday)
    here = lived(start, schedule)[second + found.shift]
    assert found.setting[schedule, minute] == here
    for setting in Setting:
        assert bool(int(found.present[setting, minute]) >> schedule & 1) == (setting == here)


@settings(max_examples=200)
@given(st.sampled_from(STARTS), st.integers(0, 62), st.sampled_from(SETTINGS), st.integers(0, DAYS * DAY))
def test_seconds_there_are_counted(start, schedule, setting, second):
    _, found = tables(start)
    second += found.shift
    expected = int((lived(start, schedule)[:second] == setting).sum())
    assert seconds_there(schedule, setting, second, *clocks(found)) == expected
    day = second // DAY
    assert found.clock[schedule, day, setting] == (lived(start, schedule)[: day * DAY] == setting).sum()


@settings(max_examples=200)
@given(st.data(), st.sampled_from(STARTS), st.integers(0, 62), st.sampled_from(SETTINGS))
def test_the_second_after_some_time_there_is_the_inverse(data, start, schedule, setting):
    _, found = tables(start)
    inside = np.flatnonzero(lived(start, schedule) == setting)
    spent = data.draw(st.integers(0, len(inside) + 2) if len(inside) else st.just(0))
    if spent >= len(inside):
        assert second_after(schedule, setting, spent, 0, *clocks(found)) == (FOREVER, len(found.weekday))
        return
    second, day = second_after(schedule, setting, spent, 0, *clocks(found))
    assert (second, day) == (inside[spent], inside[spent] // DAY)
    assert seconds_there(schedule, setting, int(second), *clocks(found)) == spent
    # Searched from any earlier day on it is the same.
    begin = data.draw(st.integers(0, int(day)))
    assert second_after(schedule, setting, spent, begin, *clocks(found)) == (second, day)


def test_a_world_without_hours_needs_no_tables():
    scenario = load("well-mixed", set={"people": 100, "start": "2026-02-13T10:30:00"})
    found = whereabouts_of(scenario, build(scenario))
    assert found.everywhere
    assert found.shift == 0
