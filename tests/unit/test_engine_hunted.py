"""Lists of hunters and movers in cells, the heap of what is to come, and the order of strikes."""

import heapq

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyosan.engine.city import hunted as h
from hyosan.engine.city.strike import sort_strikes

PEOPLE, CELLS = 12, 4


def arrays():
    """The arrays that lists and heap need, among others of one row."""
    made = [np.zeros(1, np.int64)] * 48
    made[h.COUNTS] = np.zeros(h.COUNT_NUMBERS, np.int64)
    made[h.HEAP] = np.zeros(200, np.int64)
    made[h.CELL] = np.full(PEOPLE, -1, np.int32)
    made[h.NEXT], made[h.BEFORE] = np.full((2, PEOPLE), -1, np.int32)
    made[h.HEAD] = np.full((CELLS, 3), -1, np.int32)
    made[h.NUMBER] = np.zeros((CELLS, 3), np.int32)
    made[h.HOUSE] = np.full(PEOPLE, -1, np.int32)
    made[h.WAKE] = np.zeros(CELLS, np.int32)
    made[h.ROLE] = np.full(PEOPLE, h.HUNTS, np.uint8)
    made[h.ERRAND] = np.zeros(PEOPLE, np.uint8)
    made[h.ENDED_AT] = np.full(PEOPLE, 2**31 - 1, np.int32)
    made[h.ENDED_AS] = np.zeros(PEOPLE, np.uint8)
    return tuple(made)


def listed(hunt, cell, kind):
    """People in a list from its head on; their links back must be right."""
    found, before = [], h.NOBODY
    person = hunt[h.HEAD][cell, kind]
    while person >= 0:
        assert hunt[h.BEFORE][person] == before
        assert hunt[h.CELL][person] == cell
        found.append(int(person))
        before, person = person, hunt[h.NEXT][person]
    return found


@given(st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, CELLS - 1), st.sampled_from([0, 1])), max_size=60))
def test_lists_hold_whoever_was_put_in_and_not_taken_out(moves):
    """Each move puts somebody into a list, or takes it out of the one it is in."""
    hunt, where = arrays(), {}
    lists = {(cell, kind): [] for cell in range(CELLS) for kind in (h.HUNTER, h.MOVER)}
    for person, cell, kind in moves:
        if person in where:
            at = where.pop(person)
            h.unlink.py_func(person, at[1], hunt)
            lists[at].remove(person)
        else:
            h.link.py_func(person, cell, kind, hunt)
            where[person] = cell, kind
            lists[cell, kind].insert(0, person)
    for (cell, kind), people in lists.items():
        assert listed(hunt, cell, kind) == people
        assert hunt[h.NUMBER][cell, kind] == len(people)
    for kind in (h.HUNTER, h.MOVER):
        assert hunt[h.COUNTS][kind] == sum(len(people) for at, people in lists.items() if at[1] == kind)


def test_who_is_destroyed_is_in_no_list():
    hunt = arrays()
    for person in (3, 5, 7):
        h.link(person, 2, h.HUNTER, hunt)
    h.end(5, 900, 4, hunt)
    assert listed(hunt, 2, h.HUNTER) == [7, 3]
    assert (hunt[h.ROLE][5], hunt[h.ENDED_AT][5], hunt[h.ENDED_AS][5]) == (h.GONE, 900, 4)
    assert [bool(h.is_over(person, hunt)) for person in (3, 5)] == [False, True]


EVENTS = st.lists(st.one_of(st.none(), st.tuples(st.integers(0, 2**30), st.integers(0, PEOPLE - 1))), max_size=150)


@given(EVENTS)
def test_the_heap_gives_back_the_first_of_what_is_in_it(events):
    """`None` takes the first out, if there is any; at last all come out in order of second and person."""
    hunt, ours = arrays(), []
    for event in events:
        if event is not None:
            h.push.py_func(*event, hunt)
            heapq.heappush(ours, event[0] << 32 | event[1])
        elif ours:
            assert h.pop.py_func(hunt) == heapq.heappop(ours)
        assert hunt[h.COUNTS][h.N_HEAP] == len(ours)
    assert [int(h.pop.py_func(hunt)) for _ in range(len(ours))] == sorted(ours)


def test_the_compiled_heap_is_that_of_its_text():
    chance, hunt = np.random.default_rng(1), arrays()
    keys = [(int(second), int(person)) for second, person in chance.integers(0, 2**30, (150, 2))]
    for second, person in keys:
        h.push(second, person, hunt)
    assert [int(h.pop(hunt)) for _ in keys] == sorted(second << 32 | person for second, person in keys)


def strikes(keys, who, ordinals):
    """Scratch that holds strikes in the order in which they were drawn."""
    scratch = [np.zeros(1, np.int64)] * 12
    count = len(keys)
    scratch[h.AIMED], scratch[h.WHO], scratch[h.ORDINAL] = (np.array(row, np.int64) for row in (keys, who, ordinals))
    scratch[h.ORDER], scratch[h.ORDER_APART] = np.arange(count), np.zeros(count, np.int64)
    return tuple(scratch)


def sorted_as_we_do(keys, who, ordinals):
    """Rows in the order of `sort_strikes`."""
    scratch = strikes(keys, who, ordinals)
    sort_strikes(len(keys), scratch)
    return scratch[h.ORDER].tolist()


@pytest.mark.parametrize("count", [0, 1, 2, 23, 24, 25, 47, 48, 49, 95, 96, 97, 191, 193, 1000])
@pytest.mark.parametrize("values", [3, 2**62])
def test_strikes_stand_in_order_of_second_tie_draw_hunter_and_ordinal(count, values):
    """Many keys are alike with three values; runs of 24 are merged, odd ones at the end too."""
    chance = np.random.default_rng(count)
    keys, who, ordinals = chance.integers(0, values, count), chance.integers(0, 5, count), np.arange(count)
    rows = list(zip(keys.tolist(), who.tolist(), ordinals.tolist(), strict=True))
    assert sorted_as_we_do(keys, who, ordinals) == sorted(range(count), key=rows.__getitem__)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=80))
def test_any_strikes_stand_in_order(pairs):
    keys, who, ordinals = [key for key, _ in pairs], [hunter for _, hunter in pairs], list(range(len(pairs)))
    rows = list(zip(keys, who, ordinals, strict=True))
    assert sorted_as_we_do(keys, who, ordinals) == sorted(range(len(pairs)), key=rows.__getitem__)
