"""The calendar: what is filed comes back on its day, once, and blocks are used again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hyosan.engine.attempts import COLUMNS, EMISSION, FRESH_COLUMNS, IMPORTATION, START, Counter, moment, second_of
from hyosan.engine.calendar import BLOCK, DROPPED, count_waiting, file_arrivals, file_fresh, split, take
from hyosan.units import day as DAY

DAYS = 5


class Calendar:
    """Arrays of a calendar with room for some blocks."""

    def __init__(self, blocks):
        self.blocks = np.zeros((blocks, BLOCK, COLUMNS), np.int32)
        self.link = np.full(blocks, -1, np.int32)
        self.head = np.zeros((DAYS, 2), np.int32)
        self.head[:, 0] = -1
        self.counters = np.zeros(len(Counter), np.int64)
        self.counters[Counter.FREE] = -1

    @property
    def arrays(self):
        return self.blocks, self.link, self.head, self.counters

    def file(self, fresh, today=-1, until=DAY):
        later = np.empty((len(fresh), COLUMNS), np.int32)
        return later[: file_fresh(today, until, fresh, len(fresh), *self.arrays, later, 0)]

    def take(self, day):
        count = self.head[day, 1]
        rows, emissions = np.empty((2, count, COLUMNS), np.int32)
        first, second = take(day, *self.arrays, rows, emissions)
        assert first + second == count
        return rows[:first], emissions[:second]


def rows_of(seed, count, days=DAYS):
    """Fresh rows, no two alike, some of them emissions and some dropped."""
    rng = np.random.default_rng(seed)
    fresh = np.empty((count, FRESH_COLUMNS), np.int32)
    fresh[:, 0] = np.where(rng.random(count) < 0.1, DROPPED, rng.integers(0, 50, count))
    fresh[:, 1], fresh[:, 2] = rng.integers(0, 50, count), np.arange(count)
    kinds = np.where(rng.random(count) < 0.1, EMISSION, rng.integers(0, 3, count))
    fresh[:, 3] = [moment(int(s), int(k), 7) for s, k in zip(rng.integers(0, DAY, count), kinds, strict=True)]
    fresh[:, 4] = rng.integers(0, days, count)
    return fresh, kinds


def as_set(rows):
    return {tuple(row) for row in np.asarray(rows)[:, :COLUMNS].tolist()}


@given(st.integers(0, 1000), st.sampled_from([0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 2000]))
def test_rows_come_back_on_their_day(seed, count):
    fresh, kinds = rows_of(seed, count)
    calendar = Calendar(count // BLOCK + DAYS + 1)
    assert len(calendar.file(fresh)) == 0
    kept = fresh[:, 0] != DROPPED
    assert count_waiting(*calendar.arrays[:3]) == (kept & (kinds != EMISSION)).sum()
    for day in range(DAYS):
        rows, emissions = calendar.take(day)
        own = kept & (fresh[:, 4] == day)
        assert as_set(rows) == as_set(fresh[own & (kinds != EMISSION)])
        assert as_set(emissions) == as_set(fresh[own & (kinds == EMISSION)])
        assert calendar.head[day].tolist() == [-1, 0]
    assert count_waiting(*calendar.arrays[:3]) == 0


@given(st.integers(0, 1000))
def test_blocks_are_used_again(seed):
    """Ten times the rows that the pool can hold at once go through it."""
    calendar = Calendar(4 + DAYS)
    for turn in range(40):
        fresh, _ = rows_of(1000 * seed + turn, BLOCK)
        calendar.file(fresh)
        day = turn % DAYS
        before = calendar.head[:, 1].copy()
        rows, emissions = calendar.take(day)
        assert len(rows) + len(emissions) == before[day]
        if turn % 2:
            for other in range(DAYS):
                calendar.take(other)
    assert calendar.counters[Counter.USED] <= 4 + DAYS
    for day in range(DAYS):
        calendar.take(day)
    free, block = set(), calendar.counters[Counter.FREE]
    while block >= 0:
        assert block not in free
        free.add(int(block))
        block = calendar.link[block]
    assert free == set(range(calendar.counters[Counter.USED]))


@given(st.integers(0, 1000), st.integers(0, DAY))
def test_what_is_due_later_today_stays_out(seed, until):
    """Today's rows from the second on are handed back; what was due before has been settled already."""
    fresh, _ = rows_of(seed, 500)
    calendar = Calendar(20)
    later = calendar.file(fresh, today=2, until=until)
    own = (fresh[:, 0] != DROPPED) & (fresh[:, 4] == 2)
    seconds = np.array([second_of(row) for row in fresh[:, 3]])
    assert as_set(later) == as_set(fresh[own & (seconds >= until)])
    assert calendar.head[2, 1] == 0
    assert calendar.head[:, 1].sum() == ((fresh[:, 0] != DROPPED) & ~own).sum()


@given(st.integers(0, 1000), st.sampled_from([0, 1, 300]), st.one_of(st.integers(0, DAY), st.just(DAY)))
def test_a_day_is_split_by_second(seed, count, until):
    today = np.ascontiguousarray(rows_of(seed, count)[0][:, :COLUMNS])
    due, later = np.empty_like(today), np.empty_like(today)
    found = split(until, today, due, later)
    early = np.array([second_of(row) < until for row in today[:, 3]], bool)
    assert due[:found].tolist() == today[early].tolist()
    assert later[: count - found].tolist() == today[~early].tolist()


def test_arrivals_are_filed_by_their_second():
    arrivals = np.array([(0, 4, 0, START), (3 * DAY - 1, 5, 0, IMPORTATION), (3 * DAY, 6, 1, IMPORTATION)], np.int32)
    calendar = Calendar(DAYS)
    file_arrivals(arrivals, *calendar.arrays)
    assert calendar.head[:, 1].tolist() == [1, 0, 1, 1, 0]
    assert calendar.take(2)[0].tolist() == [[5, -1, 0, moment(DAY - 1, IMPORTATION, 0)]]
    assert calendar.take(3)[0].tolist() == [[6, -1, 1, moment(0, IMPORTATION, 0)]]
