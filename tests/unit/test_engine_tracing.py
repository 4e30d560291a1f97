"""Tracing: contacts against a count second by second, and who is sent home when."""

import numpy as np
import pytest

from hyosan.engine.attempts import ORDINAL_BITS, WINDOW
from hyosan.engine.city.dates import place_in_stream
from hyosan.engine.city.obey import ORDER_LAYER
from hyosan.engine.city.progress import follow_again, visit_at
from hyosan.engine.city.where import PICKED
from hyosan.engine.scratch import MOST_VISITS
from hyosan.engine.tracing import _send_home
from hyosan.rules.codes import Setting
from hyosan.rules.mixing import NO_GAP, POSITION_BITS, gap, gap_for, variation
from hyosan.rules.random import CERTAIN, Draw, draw, exponential, one_of, pick_weighted, use_of
from hyosan.scenario.load import from_table
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build
from traced import contacts_of, missed_infectees

DAY = 86400
HOUR = 3600
TRACE = {"kind": "trace-contacts", "ascertainment": 1.0, "coverage": 1.0, "capacity": 1000, "adherence": 1.0}
MASKS = {"kind": "masks", "wearing": 1.0, "source_control": 1.0, "protection": 1.0, "from": "2026-03-09"}
ISOLATE = {"kind": "isolate-symptomatic", "delay": "2 days", "adherence": 1.0}
CLOSED = {"kind": "close-schools", "from": "2026-03-06", "until": "2026-03-10", "compensation": 0.5}
PATHOGEN = {
    "name": "met",
    "reproduction_number": 4.0,
    "dispersion": 0.5,
    "routes": {"air": {"home": 0.5, "class": 0.4, "team": 0.4, "community": 0.3}},
    "susceptibility": {"from_age": [0, 40], "value": [0.5, 1.0]},
    "states": {
        "exposed": {"dwell": {"distribution": "fixed", "mean": "1 day"}, "next": [{"to": "unnoticed"}]},
        "unnoticed": {
            "dwell": {"distribution": "exponential", "mean": "1 day"},
            "infectiousness": 1.0,
            "next": [{"to": "ill"}],
        },
        "ill": {
            "dwell": {"distribution": "fixed", "mean": "2 days"},
            "infectiousness": 0.3,
            "symptomatic": True,
            "next": [{"to": "ward", "share": 0.3}, {"to": "lasting", "share": 0.3}, {"to": "recovered"}],
        },
        "ward": {
            "dwell": {"distribution": "fixed", "mean": "2 days"},
            "infectiousness": 0.2,
            "behaviour": "in hospital",
            "next": [{"to": "recovered"}],
        },
        "lasting": {
            "dwell": {"distribution": "fixed", "mean": "40 days"},
            "infectiousness": 0.2,
            "next": [{"to": "recovered"}],
        },
        "recovered": {},
    },
}


def simulation(orders, days=50, **more):
    """A city of some hundred people, not yet run."""
    table = {
        "schema": 1,
        "name": "met",
        "world": {"kind": "city"},
        "people": 500,
        "duration": f"{days} days",
        "infected_at_start": 30,
        "layers": [{"setting": "community", "bound": 1.0, "level": 0.4}],
        "pathogen": PATHOGEN,
        "interventions": orders,
        **more,
    }
    scenario = from_table(table)
    return Simulation(scenario, build(scenario), seed=3)


class Told:
    """Contacts of one case of a run, attempt by attempt and second by second in plain Python."""

    def __init__(self, run, person, second, until):
        self.run, self.person, self.second, self.until = run, person, second, until
        self.world, self.seed, self.places = run.world, np.int64(run.seed), run._step.world
        whereabouts = self.places[12]
        self.offset, self.weekday, self.where = whereabouts[1], whereabouts[2], whereabouts[6]
        self.course = run._step.course
        self.ends, self.states = np.zeros(MOST_VISITS, np.int64), np.zeros(MOST_VISITS, np.int64)
        _, self.begin, self.over = follow_again(
            person, 1, second, self.seed, self.places[0], self.course, self.ends, self.states
        )

    def setting_of(self, person, second):
        """Where a schedule has somebody, at a second or at many."""
        clock = second + self.offset
        minute = self.weekday[clock // DAY] * 1440 + clock % DAY // 60
        return self.where[self.world.people.schedule[person], minute]

    def attempts(self, stream):
        """(Second, slot, ordinal) of every attempt of a stream before the end."""
        streams = self.run.streams
        setting, layer = int(streams.setting[stream]), int(streams.layer[stream])
        place, bit, clocked = place_in_stream(
            self.person, setting, 1, self.seed, self.places[1], self.places[2], self.places[13], self.course[13]
        )
        if place < 0 or (layer >= ORDER_LAYER and self.world.people.school_class[self.person] < 0):
            return
        size = self.world.pools.age_group[self.world.people.age[self.person]]
        slots = 1
        if setting not in PICKED:
            slots = self.world.places.capacity[place]
            size = min(slots, streams.gap_mantissa.shape[1] - 1)
        mantissa, shift = int(streams.gap_mantissa[stream, size]), int(streams.gap_shift[stream, size])
        if mantissa == NO_GAP:
            return
        factor = variation(self.seed, self.person, 1, streams.variation_table)
        mantissa, shift = gap_for(mantissa, shift, factor)
        if shift < 1:
            return
        for window in range(3):
            first = self.begin + window * WINDOW
            last = min(first + WINDOW, self.over, self.until)
            seconds = np.arange(first, max(first, last))
            if clocked:
                seconds = seconds[self.setting_of(self.person, seconds) == setting]
            position, ordinal = 0, window << ORDINAL_BITS
            while True:
                words = draw(self.seed, use_of(Draw.EMIT, setting, layer), self.person, ordinal // 2, 1)
                pair = words[2:] if ordinal % 2 else words[:2]
                position += gap(mantissa, shift, exponential(*pair))
                cell = position >> POSITION_BITS
                if cell >= len(seconds) * slots:
                    break
                second = int(seconds[cell // slots])
                state = self.states[visit_at(second, self.ends)]
                if self.course[6][state] >> bit & 1:
                    yield second, place, cell % slots, ordinal
                ordinal += 1

    def target(self, setting, layer, second, place, slot, ordinal):
        """Who is met, or None."""
        people, pools = self.world.people, self.world.pools
        if setting not in PICKED:
            members = self.world.places.members[self.world.places.start[place] : self.world.places.start[place + 1]]
            there = slot < len(members) and self.setting_of(members[slot], second) == setting
            return int(members[slot]) if there else None
        words = draw(self.seed, use_of(Draw.TARGET, setting, layer), self.person, ordinal, 1)
        if setting == Setting.COMMUNITY:
            own = int(pools.age_group[people.age[self.person]])
            group = pick_weighted(self.places[6], self.places[7], own, words[0], words[1])
            pool = people.town[self.person] * pools.group_count + group
            bounds, members = pools.schedule_start, pools.members
        else:
            pool = people.district[self.person]
            bounds, members = self.world.district_pools.start, self.world.district_pools.members
        out = [int(p) for p in members[bounds[pool, 0] : bounds[pool, -1]] if self.setting_of(p, second) == setting]
        return out[one_of(len(out), words[2], words[3])] if out else None

    def refused(self, setting, layer, second, target):
        """Whether schools are closed, or one of both is isolated."""
        symptoms = self.run._state.symptoms_at
        apart = [p for p in (self.person, target) if second - 2 * DAY >= symptoms[p]]
        closed = 4 * DAY <= second < 8 * DAY
        if layer >= ORDER_LAYER and not closed:
            return True
        if closed and setting in (Setting.CLASS, Setting.SCHOOL):
            return True
        # Patients and those who live in a care home are where they are.
        column = {Setting.CARE: 0, Setting.HOSPITAL: 2}.get(setting)
        if column is None:
            return len(apart) > 0
        place = self.world.people.membership[apart, column]
        parts = self.world.places.parent[place] if setting == Setting.HOSPITAL else place
        belongs = (place >= 0) & (parts >= 0) & (self.world.places.setting[parts] == setting)
        return bool((belongs == (setting == Setting.HOSPITAL)).any())

    def met(self):
        """Everybody whom the case met outside its home."""
        found = set()
        streams = self.run.streams
        for stream, setting in enumerate(streams.setting.tolist()):
            layer = int(streams.layer[stream])
            if setting == Setting.HOME:
                continue
            for second, place, slot, ordinal in self.attempts(stream):
                words = draw(self.seed, use_of(Draw.ACCEPT, setting, layer), self.person, ordinal, 1)
                if streams.level[stream] < CERTAIN and words[2] >> 2 >= streams.level[stream]:
                    continue
                target = self.target(setting, layer, second, place, slot, ordinal)
                if target in (None, self.person) or self.refused(setting, layer, second, target):
                    continue
                found.add(target)
        return found

    def listed(self):
        """Household, class and team, the class unless schools were closed when symptoms began."""
        found = set()
        membership = self.world.people.membership[self.person]
        onset = int(self.run._state.symptoms_at[self.person])
        for column in range(3):
            place = membership[column]
            if place >= 0 and not (column == 1 and 4 * DAY <= onset < 8 * DAY):
                start = self.world.places.start
                found |= set(self.world.places.members[start[place] : start[place + 1]].tolist())
        return found - {self.person}


@pytest.mark.parametrize("day", [6, 9, 45])
def test_contacts_are_those_of_a_count_second_by_second(day):
    run = simulation([CLOSED, {**TRACE, "from": "2026-05-30"}, ISOLATE, MASKS], days=90)
    run.run(day * DAY)
    cases, found = contacts_of(run, day)
    # Those infected for long fill three windows of emission.
    rows = [*range(0, len(cases), max(1, len(cases) // 40)), *np.flatnonzero(cases[:, 4] < day * DAY - 35 * DAY)[:6]]
    outside = 0
    for row in rows:
        _, person, _, _, second, _ = cases[row].tolist()
        told = Told(run, person, second, day * DAY)
        met, listed = told.met(), told.listed()
        assert found[row] == met | listed
        outside += len(met - listed)
    assert outside > 10


@pytest.mark.parametrize("day", [3, 8, 15, 29])
def test_whom_a_case_infected_is_a_contact(day):
    """In hours of day, with orders that keep people at home or apart."""
    quarantine = {"kind": "quarantine-households", "adherence": 0.6, "delay": "6 hours"}
    curfew = {"kind": "curfew", "hours": ["20:00", "06:00"], "adherence": 0.7}
    work = {"kind": "close-workplaces", "share": 0.5, "from": "2026-03-12"}
    some = {"coverage": 0.3, "ascertainment": 0.5}
    run = simulation([CLOSED, {**TRACE, **some}, {**ISOLATE, "adherence": 0.5}, quarantine, curfew, work], people=1500)
    run.run(day * DAY)
    assert (run.infections()["infector"] >= 0).sum() > (5 if day > 3 else 0)
    assert missed_infectees(run, day) == []


def test_each_case_names_its_contacts_anew():
    """A contact missed with one case is found with another as often as anybody."""
    run = simulation([{**TRACE, "coverage": 0.5}])
    tracing = run._step.response.tracing
    pairs = np.array([(person, case) for person in range(300) for case in range(2)])
    ones = np.ones(len(pairs), np.int64)
    words = tracing._words(use_of(Draw.FOUND, 0, 0), pairs[:, 0].copy(), pairs[:, 1].copy(), ones)[0]
    by_case = ((words >> 2) < CERTAIN // 2).reshape(-1, 2)
    assert 40 < (by_case[:, 0] & by_case[:, 1]).sum() < 110
    assert 40 < (by_case[:, 0] & ~by_case[:, 1]).sum() < 110


def state_of():
    """A state in which nobody is in quarantine."""
    return simulation([TRACE]).state()


def test_quarantines_begin_with_the_first_case_and_end_with_the_last():
    """Whatever the order in which cases come."""
    people, begin = np.array([1, 1, 2]), np.array([DAY + 9 * HOUR, DAY + 3 * HOUR, DAY])
    for order in ([0, 1, 2], [2, 1, 0]):
        state = state_of()
        _send_home(state, people[order], begin[order], DAY, 10 * DAY)
        assert state.traced_from[1] == DAY + 3 * HOUR
        assert state.traced_until[1] == 11 * DAY + 9 * HOUR
        assert (state.traced_from[2], state.traced_until[2]) == (DAY, 11 * DAY)


def test_a_quarantine_that_ends_on_the_day_of_another_goes_on():
    state = state_of()
    _send_home(state, np.array([1]), np.array([DAY + 9 * HOUR]), DAY, 2 * DAY)
    _send_home(state, np.array([1]), np.array([3 * DAY + 12 * HOUR]), 3 * DAY, 2 * DAY)
    assert (state.traced_from[1], state.traced_until[1]) == (DAY + 9 * HOUR, 5 * DAY + 12 * HOUR)
    _send_home(state, np.array([1]), np.array([6 * DAY]), 6 * DAY, 2 * DAY)
    assert (state.traced_from[1], state.traced_until[1]) == (6 * DAY, 8 * DAY)
