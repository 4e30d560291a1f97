"""Schedules: everybody is in exactly one place at every second, and has the place that the schedule says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_world import SIZES, city

from hyosan.rules.codes import MEMBERSHIPS, Setting
from hyosan.world.facts import table
from hyosan.world.hours import add_pairs, shared_hours
from hyosan.world.schedule import (
    DAY_SECONDS,
    EVERYWHERE,
    MOST_SCHEDULES,
    WEEK,
    around_the_clock,
    present_hours,
    schedules_of,
    shared_seconds,
)
from hyosan.world.weeks import weeks
from hyosan.world.world import NOWHERE

CLASS, TEAM = MEMBERSHIPS.index("class"), MEMBERSHIPS.index("team")


def _day(schedules, number, weekday):
    """(Ends, masks) of a day of a schedule."""
    rows = slice(*schedules.start[WEEK * number + weekday :][:2])
    return schedules.until[rows], schedules.settings[rows]


@st.composite
def _weeks(draw):
    """Any schedules, of any days."""
    cuts = st.lists(st.integers(1, DAY_SECONDS - 1), unique=True, max_size=4).map(sorted)
    day = cuts.flatmap(
        lambda ends: st.tuples(
            *(st.tuples(st.just(end), st.integers(0, EVERYWHERE).map(lambda m: m & ~1)) for end in [*ends, DAY_SECONDS])
        )
    )
    count = draw(st.integers(1, 4))
    return schedules_of({str(number): [list(draw(day)) for _ in range(WEEK)] for number in range(count)})


def test_the_citys_schedules_have_one_setting_at_every_second():
    schedules = weeks().schedules
    assert len(schedules) <= MOST_SCHEDULES
    assert len(set(schedules.names)) == len(schedules)
    for number in range(len(schedules)):
        for weekday in range(WEEK):
            until, settings = _day(schedules, number, weekday)
            assert until[-1] == DAY_SECONDS
            assert (np.diff(until, prepend=0) > 0).all()
            assert all(mask & (mask - 1) == 0 and mask > 1 for mask in settings.tolist())
            assert (np.diff(settings) != 0).all()


def test_nobody_jumps_at_midnight():
    schedules = weeks().schedules
    for number in range(len(schedules)):
        for weekday in range(WEEK):
            evening = _day(schedules, number, weekday)[1][-1]
            assert evening == _day(schedules, number, (weekday + 1) % WEEK)[1][0]
            assert evening in (1 << Setting.HOME, 1 << Setting.TEAM, 1 << Setting.HOSPITAL, 1 << Setting.CARE)


def test_whoever_rides_rides_between_two_other_places():
    schedules = weeks().schedules
    for number in range(len(schedules)):
        for weekday in range(WEEK):
            until, settings = _day(schedules, number, weekday)
            rides = np.flatnonzero(settings == 1 << Setting.TRANSPORT)
            assert ((rides > 0) & (rides < len(settings) - 1)).all()
            minutes = np.diff(until, prepend=0)[rides] / 60
            assert ((minutes >= 15) & (minutes <= 40)).all()


def test_an_employees_week_is_of_forty_hours():
    hours = present_hours(weeks().schedules) * WEEK
    names = weeks().schedules.names
    found = [row[[Setting.TEAM, Setting.CLASS, Setting.SCHOOL, Setting.HOSPITAL]].sum() for row in hours]
    worker = [("worker" in name or "ward" in name or "teacher" in name) for name in names]
    assert min(np.array(found)[worker]) >= 30
    assert max(np.array(found)[worker]) <= 46
    day = [("worker from" in name) for name in names]
    assert np.array(found)[day] == pytest.approx(40)


def test_kinds_use_their_schedules_in_the_shares_of_the_table():
    for kind, variant, share, *_ in table("schedules").rows:
        number = weeks().schedules.names.index(f"{kind}, {variant}")
        assert (weeks().variant[weeks().kind(kind)] == number).sum() == int(share)


@pytest.mark.parametrize("people", SIZES)
def test_everybody_has_the_place_that_the_schedule_says(people):
    world = city(people)
    hours, membership, places = world.present_hours[world.people.schedule], world.people.membership, world.places
    goes = {setting: hours[:, setting] > 0 for setting in Setting}
    dwelling = places.setting[world.people.household]
    assert (membership[goes[Setting.CLASS], CLASS] != NOWHERE).all()
    assert (membership[goes[Setting.TEAM], TEAM] != NOWHERE).all()
    assert ((world.people.line != NOWHERE) == goes[Setting.TRANSPORT]).all()
    assert ((dwelling == Setting.HOME) == goes[Setting.HOME]).all()
    parent = np.where(membership == NOWHERE, NOWHERE, places.parent[membership])
    larger = np.where(parent == NOWHERE, Setting.NONE, places.setting[parent])
    for setting in (Setting.SCHOOL, Setting.SITE, Setting.HOSPITAL, Setting.CARE):
        has = (larger == setting).any(axis=1) | (dwelling == setting)
        assert has[goes[setting]].all()
    both = (parent[:, CLASS] != NOWHERE) & (parent[:, TEAM] != NOWHERE)
    assert (parent[both, CLASS] == parent[both, TEAM]).all()


@pytest.mark.parametrize("people", SIZES)
def test_everybody_with_a_place_goes_there(people):
    world = city(people)
    hours, membership = world.present_hours[world.people.schedule], world.people.membership
    assert (hours[membership[:, CLASS] != NOWHERE, Setting.CLASS] > 0).all()
    at_work = hours[:, [Setting.TEAM, Setting.HOSPITAL, Setting.CARE]].sum(axis=1) > 0
    assert at_work[membership[:, TEAM] != NOWHERE].all()
    assert (hours.sum(axis=1) == pytest.approx(24.0)) if people else True


@pytest.mark.parametrize("people", SIZES)
def test_the_members_of_a_larger_place_are_those_of_its_parts(people):
    world = city(people)
    places = world.places
    size = np.diff(places.start)
    part = np.flatnonzero(places.parent != NOWHERE)
    assert set(places.setting[part]) <= {Setting.CLASS, Setting.TEAM}
    assert (places.site[part] == places.site[places.parent[part]]).all()
    assert (places.district[part] == places.district[places.parent[part]]).all()
    own = {Setting.SCHOOL: "class", Setting.SITE: "team", Setting.HOSPITAL: "team", Setting.CARE: "dwelling"}
    of_member = np.repeat(np.arange(len(places)), size)
    found = {setting: set() for setting in own}
    for column in range(len(MEMBERSHIPS)):
        named = world.people.membership[:, column]
        for setting in own:
            above = np.where(named == NOWHERE, NOWHERE, places.parent[named])
            if column == 0 and setting == Setting.CARE:
                above = np.where(places.setting[named] == setting, named, NOWHERE)
            rows = np.flatnonzero((above != NOWHERE) & (places.setting[above] == setting))
            found[setting] |= set(zip(above[rows].tolist(), rows.tolist(), strict=True))
    for setting in own:
        inside = places.setting[of_member] == setting
        listed = list(zip(of_member[inside].tolist(), places.members[inside].tolist(), strict=True))
        assert len(set(listed)) == len(listed)
        assert set(listed) == found[setting]


@given(_weeks())
def test_shared_seconds_are_those_of_both_at_once(schedules):
    shared = shared_seconds(schedules)
    hours = present_hours(schedules)
    for number in range(len(schedules)):
        assert shared[:, number, number] / (WEEK * 3600) == pytest.approx(hours[number])
    assert (shared == shared.transpose(0, 2, 1)).all()
    moments = np.arange(0, DAY_SECONDS, 1800) + 900
    one, other = (
        [
            [_day(schedules, number, w)[1][np.searchsorted(_day(schedules, number, w)[0], m, "right")] for m in moments]
            for w in range(WEEK)
        ]
        for number in (0, len(schedules) - 1)
    )
    for setting in (Setting.HOME, Setting.CARE):
        sampled = ((np.array(one) & np.array(other)) >> setting & 1).sum() * 1800
        # A cut is off by half a step at most, each of eight a day.
        assert abs(sampled - shared[setting, 0, -1]) <= WEEK * 8 * 1800


def test_shared_hours_are_the_mean_over_all_pairs():
    world = city(1000)
    places, schedule = world.places, world.people.schedule
    seconds = shared_seconds(world.schedules)
    for setting in (Setting.HOME, Setting.TEAM, Setting.SCHOOL, Setting.HOSPITAL):
        total = pairs = 0
        for place in np.flatnonzero(places.setting == setting):
            rows = schedule[places.members[places.start[place] : places.start[place + 1]]]
            for one in range(len(rows)):
                for other in range(len(rows)):
                    if one != other:
                        total, pairs = total + seconds[setting, rows[one], rows[other]], pairs + 1
        assert world.shared_hours[setting] == pytest.approx(total / pairs / WEEK / 3600)


def test_pairs_are_added_alike_compiled_and_interpreted_and_by_pieces():
    world = city(1000)
    places, seconds = world.places, shared_seconds(world.schedules)
    results = []
    for function, cuts in ((add_pairs, (0, 10_000)), (add_pairs.py_func, (0, 7, 300, 10_000))):
        pairs, together = np.zeros(len(Setting), np.int64), np.zeros(len(Setting), np.int64)
        for first, last in zip(cuts, (*cuts[1:-1], len(places)), strict=False):
            arrays = (places.setting, places.start, places.members, world.people.schedule, seconds)
            count, kept = np.zeros((2, len(world.schedules)), np.int64)
            function(first, last, *arrays, pairs, together, count, kept)
            assert not count.any()
        results.append((pairs.tolist(), together.tolist()))
    assert results[0] == results[1]


def test_around_the_clock_is_everywhere_always():
    schedules = around_the_clock()
    hours = present_hours(schedules)
    assert len(schedules) == 1
    assert hours[0, Setting.NONE] == 0
    assert (hours[0, 1:] == 24).all()
    assert (schedules.settings == EVERYWHERE).all()


def test_hours_are_near_those_that_are_published_or_were_assumed_before():
    world = city()
    assert shared_hours(world.schedules, world.people.schedule, world.places).tolist() == world.shared_hours.tolist()
    assert 12 < world.shared_hours[Setting.HOME] < 16
    assert 3.5 < world.shared_hours[Setting.CLASS] < 6
    assert 4.5 < world.shared_hours[Setting.TEAM] < 6
