"""The checks of a floor plan: a sound plan passes, and every way to go wrong has its message and its place."""

import time
from dataclasses import replace

import pytest
from made_plan import SOUND, added, box, changed

from hyosan.floorplan.check import Severity, faults, problems
from hyosan.floorplan.plan import (
    OUTSIDE,
    Door,
    Floorplan,
    Gate,
    Obstacle,
    Room,
    Seat,
    StairEnd,
    StairKind,
    Storey,
    Zone,
)

FAULT, WARNING = Severity.FAULT, Severity.WARNING

CROSSED = ((0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0))


def test_a_sound_plan_has_no_problem():
    assert problems(SOUND) == ()


def ends(lower, upper):
    """Ends of a stair on the two middle walls."""
    return StairEnd(1, lower), StairEnd(2, upper)


CASES = [
    (replace(SOUND, rooms=()), FAULT, "the plan has no rooms", None),
    (changed("rooms", 0, storey=5), FAULT, "room 'lab' refers to a room or storey that is not there", None),
    (changed("doors", 0, rooms=(0, 7)), FAULT, "door 'inner' refers to a room or storey that is not there", None),
    (added("seats", Seat(9, (1.0, 1.0))), FAULT, "seat 0 refers to a room or storey", None),
    (added("obstacles", Obstacle(9, box(1, 1))), FAULT, "obstacle 0 refers to a room or storey", None),
    (added("zones", Zone("z", 9, box(1, 1))), FAULT, "zone 'z' refers to a room or storey", None),
    (added("gates", Gate("g", 9, ((1.0, 1.0), (2.0, 1.0)))), FAULT, "gate 'g' refers to a room or storey", None),
    (
        changed("stairs", 0, ends=ends(SOUND.stairs[0].ends[0].segment, ((0.0, 0.0), (1.0, 0.0)))),
        FAULT,
        "off. Move its",
        2,
    ),
    (changed("rooms", 1, name="lab"), FAULT, "two rooms are called 'lab'. Give each", 1),
    (changed("rooms", 1, name="outside"), FAULT, "a room is called 'outside'", 1),
    (changed("rooms", 1, name=""), FAULT, "room 1 has no name", 1),
    (changed("doors", 1, name="inner"), FAULT, "two doors are called 'inner'", 1),
    (changed("storeys", 1, name="Ground"), FAULT, "two storeys are called 'Ground'", None),
    (changed("rooms", 2, outline=box(4, 0)[:2]), FAULT, "room 'attic' (First) has an outline or a hole of fewer", 2),
    (changed("rooms", 0, outline=CROSSED), FAULT, "room 'lab' (Ground) has an outline that crosses or touches", 0),
    (changed("rooms", 2, outline=box(4, 0, 4, 0.01)), FAULT, "room 'attic' (First) has no area to stand on", 2),
    (changed("rooms", 0, outline=box(0, 0)[::-1]), FAULT, "room 'lab' (Ground) has an outline clockwise", 0),
    (changed("rooms", 0, holes=(box(9, 9, 1, 1)[::-1],)), FAULT, "has a hole that is not within its outline", 0),
    (
        changed("rooms", 0, outline=box(0, 0, 4.5)),
        FAULT,
        "room 'lab' (Ground) overlaps room 'hall' (Ground) by 2.00",
        1,
    ),
    (replace(SOUND, doors=SOUND.doors[:1]), FAULT, "the plan has no exit: nobody can leave it", None),
    (replace(SOUND, stairs=()), WARNING, "room 'attic' (First) has no door: nobody gets in or out", 2),
    (
        added("rooms", Room("cell", 0, box(0, 4)), Room("cell 2", 0, box(0, 8))),
        WARNING,
        "room 'cell' (Ground) has no door",
        3,
    ),
    (changed("doors", 0, rooms=(0, 0)), FAULT, "door 'inner' joins room 'lab' (Ground) with itself", 0),
    (changed("doors", 1, rooms=(OUTSIDE, OUTSIDE)), FAULT, "door 'front' leads from the outside to the outside", None),
    (changed("doors", 1, rooms=(OUTSIDE, 1)), FAULT, "door 'front' has the outside as its first room", 1),
    (changed("doors", 0, rooms=(0, 2)), FAULT, "door 'inner' joins rooms of two storeys", 0),
    (
        changed("doors", 0, segment=((3.9, 1.0), (3.9, 2.0))),
        FAULT,
        "is not on the outline of room 'hall' (Ground): 0.10",
        1,
    ),
    (
        changed("doors", 1, segment=((8.0, 3.5), (8.0, 4.5))),
        FAULT,
        "door 'front' is not on the outline of room 'hall'",
        1,
    ),
    (
        changed("doors", 1, segment=((7.0, 4.0), (8.0, 3.0))),
        FAULT,
        "'front' is not on the outline of room 'hall' (Groun",
        1,
    ),
    (
        changed("doors", 0, segment=((4.0, 1.0), (4.0, 1.4))),
        WARNING,
        "door 'inner' is 0.40 m wide, too narrow to pass",
        0,
    ),
    (changed("doors", 0, segment=((4.0, 1.0), (4.0, 1.4))), WARNING, "room 'lab' (Ground) has no way to an exit", 0),
    (added("doors", Door("twin", (0, 1), ((4.0, 1.5), (4.0, 2.5)))), FAULT, "door 'twin' lies on door 'inner'", 0),
    (added("doors", Door("on", (1, OUTSIDE), ((5.5, 4.0), (6.5, 4.0)))), FAULT, "stair 'stair' lies on door 'on'", 1),
    (
        changed("doors", 1, rooms=(0, OUTSIDE), segment=((4.0, 2.5), (4.0, 3.5))),
        WARNING,
        "but room 'hall' (Ground) is be",
        0,
    ),
    (
        changed("stairs", 0, ends=ends(((5.0, 4.0), (6.0, 4.0)), ((5.1, 4.0), (5.9, 4.0)))),
        FAULT,
        "stair 'stair' is 1.00 m wide at its foot and 0.80 m at its head",
        1,
    ),
    (
        changed("stairs", 0, ends=ends(((5.3, 4.0), (5.7, 4.0)), ((5.3, 4.0), (5.7, 4.0)))),
        WARNING,
        "stair 'stair' is 0.40 m wide, too narrow to pass",
        1,
    ),
    (
        changed("stairs", 0, ends=SOUND.stairs[0].ends[::-1]),
        FAULT,
        "has its lower end at 3.4 m and its upper one at 0 m",
        2,
    ),
    (changed("stairs", 0, path=((5.5, 4.0, 0.0),)), FAULT, "stair 'stair' has a path without length", 1),
    (
        changed("stairs", 0, path=((5.5, 4.0, 0.0), (5.5, 6.8, 1.7), (5.5, 4.0, 3.0))),
        FAULT,
        "stair 'stair' has its head at 3.00 m, but the floor of room 'attic' (First) is at 3.40 m",
        2,
    ),
    (
        changed("stairs", 0, path=((5.5, 5.0, 0.0), (5.5, 8.8, 1.7), (5.5, 4.0, 3.4))),
        WARNING,
        "stair 'stair' has a path whose foot is not in the middle of its end in room 'hall'",
        1,
    ),
    (
        changed("stairs", 0, path=((5.5, 4.0, 0.0), (5.5, 4.0, 3.4))),
        WARNING,
        "rises 3.40 m over 0.00 m, which is too",
        1,
    ),
    (
        changed("stairs", 0, kind=StairKind.RAMP),
        WARNING,
        "ramp 'stair' rises 1.70 m over 2.80 m, which is too steep",
        1,
    ),
    (
        added("obstacles", Obstacle(0, CROSSED)),
        FAULT,
        "obstacle in room 'lab' (Ground) has an outline that is no simple",
        0,
    ),
    (added("obstacles", Obstacle(0, box(5, 1, 1, 1), "desk")), FAULT, "desk in room 'lab' (Ground) stands outside", 0),
    (
        added("obstacles", Obstacle(0, box(-1, 1, 2, 1))),
        WARNING,
        "obstacle in room 'lab' (Ground) reaches 0.99 m² out",
        0,
    ),
    (added("seats", Seat(0, (5.0, 1.0))), FAULT, "seat in room 'lab' (Ground) is outside of the room", 0),
    (
        replace(added("seats", Seat(0, (1.5, 1.5), kind="stool")), obstacles=(Obstacle(0, box(1, 1, 1, 1)),)),
        FAULT,
        "stool in room 'lab' (Ground) is inside an obstacle",
        0,
    ),
    (added("zones", Zone("z", 0, CROSSED)), FAULT, "zone 'z' has an outline that is no simple polygon", None),
    (
        added("obstacles", Obstacle(0, box(3.7, 0.5, 0.3, 2))),
        FAULT,
        "door 'inner' is blocked: an obstacle or a wall of",
        0,
    ),
    (
        added("obstacles", Obstacle(1, box(6, 0, 0.5, 3.8))),
        WARNING,
        "nobody comes from door 'inner' to door 'front' through room 'hall' (Ground)",
        1,
    ),
]


@pytest.mark.parametrize(("plan", "severity", "says", "room"), CASES, ids=[case[2][:40] for case in CASES])
def test_what_is_wrong_is_said(plan, severity, says, room):
    found = [problem for problem in problems(plan) if says in problem.message]
    assert len(found) == 1, [problem.message for problem in problems(plan)]
    assert found[0].severity is severity
    assert found[0].room == room
    if room is not None:
        assert found[0].storey == plan.rooms[room].storey
        assert None not in (found[0].x, found[0].y)
    assert found[0].message.endswith(".")


def test_every_message_says_what_to_do():
    for plan, *_ in CASES:
        for problem in problems(plan):
            assert problem.message.count(". ") >= 1, problem.message


def test_faults_come_first_and_alone():
    plan = replace(changed("doors", 0, segment=((4.0, 1.0), (4.0, 1.4))), obstacles=(Obstacle(0, CROSSED),))
    assert [problem.severity for problem in problems(plan)] == [FAULT, WARNING, WARNING]
    assert [problem.severity for problem in faults(plan)] == [FAULT]


def test_the_place_is_where_it_is():
    (problem,) = faults(changed("rooms", 0, outline=CROSSED))[:1]
    assert (problem.x, problem.y) == (2, 2)
    (problem,) = faults(added("doors", Door("twin", (0, 1), ((4.0, 1.5), (4.0, 2.5)))))
    assert (problem.x, problem.y, problem.door) == (pytest.approx(4.0, abs=0.01), pytest.approx(1.75, abs=0.01), 2)


def test_a_door_may_be_off_its_wall_by_a_centimetre():
    assert problems(changed("doors", 0, segment=((4.009, 1.0), (3.991, 2.0)))) == ()
    assert len(problems(changed("doors", 0, segment=((4.012, 1.0), (4.0, 2.0))))) == 2


def test_walls_may_overlap_by_a_hair_and_rooms_lie_above_each_other():
    assert problems(changed("rooms", 0, outline=box(0, 0, 4.009))) == ()
    assert problems(changed("rooms", 2, storey=1)) == ()


def test_doors_side_by_side_are_two_doors():
    assert problems(added("doors", Door("next", (0, 1), ((4.0, 2.0), (4.0, 3.0))))) == ()


def test_a_narrow_way_past_an_obstacle_is_enough():
    assert problems(added("obstacles", Obstacle(1, box(6, 0, 0.5, 3.59)))) == ()
    assert problems(added("obstacles", Obstacle(1, box(6, 0, 0.5, 3.63)))) != ()


def test_a_problem_that_comes_often_is_cut_short():
    seats = [Seat(0, (5.0, 1.0))] * 300
    found = problems(added("seats", *seats))
    assert len(found) == 101
    assert found[-1].message == "and more of the same."


def test_many_rooms_are_checked_in_time():
    """A building of 4 storeys with 120 rooms each is checked in 2 s, and so is one whose rooms all overlap."""
    rooms, doors = [], []
    for storey in range(4):
        for place in range(120):
            rooms.append(Room(f"{storey}-{place}", storey, box(4 * (place % 12), 4 * (place // 12))))
            row = len(rooms) - 1
            if place % 12:
                x, y = 4.0 * (place % 12), 4.0 * (place // 12)
                doors.append(Door(f"d{row}", (row - 1, row), ((x, y + 1), (x, y + 2))))
            else:
                doors.append(
                    Door(f"e{row}", (row, OUTSIDE), ((0.0, 4 * (place // 12) + 1), (0.0, 4 * (place // 12) + 2)))
                )
    plan = Floorplan("many", tuple(Storey(str(n), 3.0 * n) for n in range(4)), tuple(rooms), tuple(doors))
    heap = replace(plan, rooms=tuple(replace(room, outline=box(0, 0)) for room in rooms))
    for each, count in ((plan, 0), (heap, 1)):
        begun = time.perf_counter()
        assert len(problems(each)) >= count
        assert time.perf_counter() - begun < 2
    assert problems(plan) == ()
