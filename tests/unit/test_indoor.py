"""What views know of an outbreak in a building: roles, doors, rooms that fell, who hid and who got out."""

from types import SimpleNamespace

import numpy as np
import pytest

import indoors
import walked
from hyosan.rules.codes import DoorEvent, Mind
from hyosan.views.indoor import Role, indoor_of, is_indoor
from hyosan.views.refuges import APART, barriers, falls, hiding_spells, kept_shut, outcomes, refuges
from indoors import EAST, END, LEFT, LEFT_DOOR, RIGHT, RIGHT_DOOR, WEST


@pytest.fixture(scope="module")
def indoor():
    return indoor_of(indoors.outbreak())


def test_it_is_told_from_other_runs():
    assert is_indoor(indoors.outbreak())
    assert not is_indoor(walked.hall()[2])
    assert not is_indoor(SimpleNamespace(names=("strikes", "flights", "infections", "transitions")))


@pytest.mark.parametrize(
    ("time", "roles"),
    [
        (0, "WWWWWWWWO"),
        (59, "WWWWWWWWO"),
        (60, "BWWWWWWWO"),
        (120, "HWWWWWWWO"),
        (125, "HBWWWWWWO"),
        (270, "HBWWWBWWO"),
        (320, "XBWWWBWWO"),
        (600, "XBWWWBWWO"),
    ],
)
def test_roles_follow_the_tables(indoor, time, roles):
    letters = {"W": Role.WELL, "O": Role.OFFICER, "B": Role.BITTEN, "H": Role.HUNTER, "X": Role.OVER}
    assert indoor.roles(time).tolist() == [letters[letter] for letter in roles]


def test_minds_are_the_last_written(indoor):
    assert indoor.minds_at(0).tolist() == [-1] * 8 + [Mind.WAITING]
    assert indoor.minds_at(129.9)[5] == Mind.HIDING
    assert indoor.minds_at(130)[5] == Mind.SNEAKING
    assert indoor.minds_at(END)[[0, 4, 8]].tolist() == [Mind.OVER, Mind.FIGHTING, Mind.PATROLLING]


def test_doors_are_as_they_were_left(indoor):
    assert (indoor.doors_at(122)[0] == -1).all()
    assert indoor.doors_at(149)[0][LEFT_DOOR] == DoorEvent.LOCKED
    state, beaten = indoor.doors_at(210)
    assert (state[LEFT_DOOR], beaten[LEFT_DOOR]) == (DoorEvent.BARRICADED, 200.0)
    state, beaten = indoor.doors_at(END)
    assert (state[LEFT_DOOR], state[RIGHT_DOOR]) == (DoorEvent.BROKEN, DoorEvent.SHUT)
    assert beaten[RIGHT_DOOR] == -np.inf


def test_it_begins_with_the_first_who_hunts(indoor):
    assert indoor.begins == 120
    assert indoor.hunts_from.tolist() == [120.0, *[np.inf] * 8]


def test_escapes_are_the_last_ways_out_of_those_who_stay_out(indoor):
    out = indoor.escapes
    assert out["time_s"].tolist() == [140.0, 145.0, 150.0]
    assert out["person"].tolist() == [2, 3, 7]
    assert out["door"].tolist() == [EAST, EAST, WEST]


def test_who_goes_out_before_or_comes_back_or_hunts_has_not_escaped():
    tables = indoors.tables()["passages"]
    rows = [
        (50.0, 1, EAST, 0, -1), (50.0, 4, EAST, 0, -1), (400.0, 2, EAST, -1, 0), (450.0, 0, EAST, 0, -1),
    ]  # fmt: skip
    rows += list(indoors.PASSAGES)
    rows.sort()
    keys = ("time_s", "person", "door", "from_room", "to_room")
    changed = {key: np.array([row[place] for row in rows]).astype(tables[key].dtype) for place, key in enumerate(keys)}
    assert indoor_of(indoors.records(passages=changed)).escapes["person"].tolist() == [3, 7]


def test_spells_end_with_another_mind_and_begin_again_after_a_while(indoor):
    assert hiding_spells(indoor) == [(5, LEFT, 122.0, 262.0), (6, LEFT, 122.0, 262.0), (6, RIGHT, 290.0, END)]
    assert APART > 10, "ten seconds of stealing about do not end it"


def test_refuges_say_who_how_many_and_how_it_ended(indoor):
    left, right = refuges(indoor)
    assert (left.room, left.begin, left.end, left.people, left.most) == (LEFT, 122.0, 262.0, (5, 6), 2)
    assert left.ended == "overrun"
    assert (right.room, right.people, right.ended, right.lasted) == (RIGHT, (6,), "held", END - 290)


def test_hunters_in_the_room_part_a_spell():
    minds = indoors.tables()["minds"]
    kept = ~((minds["person"] == 6) & (minds["time_s"] >= 265))
    stays = indoors.records(minds={name: column[kept] for name, column in minds.items()})
    assert hiding_spells(indoor_of(stays))[1:] == [(6, LEFT, 122.0, 262.0), (6, LEFT, 262.0, END)]
    first, second = refuges(indoor_of(stays))
    assert (first.ended, second.ended) == ("overrun", "held")


def test_a_refuge_without_hunters_is_left():
    tracks = indoors.tables()["tracks"]
    kept = ~((tracks["person"] == 0) & (tracks["room"] == LEFT))
    calm = indoors.records(tracks={name: column[kept] for name, column in tracks.items()})
    first = refuges(indoor_of(calm))[0]
    assert (first.end, first.ended) == (265.0, "left")


def test_rooms_fall_with_the_first_hunter_or_strike_and_passages_never(indoor):
    assert falls(indoor) == {RIGHT: 120.0, LEFT: 262.0}


def test_a_strike_makes_a_room_fall_too():
    tracks = indoors.tables()["tracks"]
    kept = ~((tracks["person"] == 0) & (tracks["room"] == LEFT))
    records = indoors.records(tracks={name: column[kept] for name, column in tracks.items()})
    assert falls(indoor_of(records))[LEFT] == 270.0


def test_barriers_know_how_doors_were_kept_shut_and_for_how_long(indoor):
    left, right = barriers(indoor)
    assert (left.door, left.how, left.begin, left.beaten, left.end) == (LEFT_DOOR, "barricaded", 123.0, 200.0, 260.0)
    assert left.broken
    assert (right.door, right.how, right.broken, right.end) == (RIGHT_DOOR, "shut", False, END)
    first, second = refuges(indoor)
    assert kept_shut(indoor, [left, right], first) == "barricaded"
    assert kept_shut(indoor, [left, right], second) == "shut"
    assert kept_shut(indoor, [left], second) == ""


def test_a_door_that_is_opened_is_no_barrier_any_more():
    events = indoors.tables()["door_events"]
    changed = {name: column.copy() for name, column in events.items()}
    changed["event"][3] = DoorEvent.OPENED
    found = barriers(indoor_of(indoors.records(door_events=changed)))
    assert (found[0].end, found[0].broken) == (260.0, False)


def test_strikes_are_counted_by_how_they_ended(indoor):
    assert outcomes(indoor) == {"bitten": 2, "spared": 1, "destroyed": 0, "evaded": 1}


def test_rooms_and_doors_have_words(indoor):
    assert [indoor.room(row) for row in (-1, 0, LEFT)] == ["outside", "in the corridor", "in the left room"]
    assert indoor.door(LEFT_DOOR) == "the door of the left room"
    assert indoor.door(EAST) == "the east end"


def test_rooms_of_one_title_are_told_apart():
    from hyosan.floorplan import formats
    from hyosan.views.indoor import Indoor

    class Walks:
        plan = formats.found("hyosan-high-school")

    titles = Indoor(Walks()).titles
    assert len(set(titles)) == len(titles)
    assert "west boys toilet on storey 3" in titles
    assert "Class 2-3" in titles
