"""Openings lie on straight walls that rooms share, clear of each other, and the outlines run through them."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some
from shapely import LineString, Point, Polygon, box

from hyosan.floorplan.check import problems
from hyosan.floorplan.draft import Draft, DraftRoom, cleaned
from hyosan.floorplan.flights import flight
from hyosan.floorplan.openings import APART, NARROWEST, cut_in, free_parts, opening, shared_stretches, straight_edges
from hyosan.floorplan.plan import Storey


def turned(shape, degrees):
    """A shape turned about the origin."""
    from shapely.affinity import rotate

    return rotate(shape, degrees, origin=(0, 0))


@given(some.floats(0, 360), some.floats(-0.02, 0.02))
def test_rooms_that_touch_nearly_share_a_wall(degrees, gap):
    """A wall is shared over its common length, however it is turned, and with a gap or overlap of a survey."""
    one, other = turned(box(0, 0, 5, 4), degrees), turned(box(5 + gap, 1, 9, 3), degrees)
    (stretch,) = shared_stretches(one, other)
    assert math.dist(*stretch) == pytest.approx(2, abs=0.001)


@pytest.mark.parametrize("other", [box(5.1, 0, 9, 4), box(5, 4, 9, 8), box(0, 4.05, 5, 8)])
def test_rooms_that_do_not_touch_share_none(other):
    """Rooms apart, and rooms that touch at a corner, share no wall."""
    assert shared_stretches(box(0, 0, 5, 4), other) == []


def test_openings_keep_clear_of_each_other():
    """What is taken, and a piece of wall beside it, is not free; a wall with too little left has no opening."""
    wall = ((0.0, 0.0), (4.0, 0.0))
    parts = list(free_parts(wall, [((1.0, 0.0), (2.0, 0.0))]))
    assert [(round(one[0], 6), round(other[0], 6)) for one, other in parts] == [(0, 1 - APART), (2 + APART, 4)]
    assert opening([wall], (2.0, 0.0), 0.9) == ((1.55, 0.0), (2.45, 0.0))
    left, right = opening([wall], (1.4, 0.0), 0.9, [((1.0, 0.0), (2.0, 0.0))])
    assert (left[0], right[0]) == pytest.approx((0.05, 0.95))
    assert opening([((0.0, 0.0), (NARROWEST - 0.01, 0.0))], (0.2, 0.0), 0.9) is None
    assert opening([wall], (2.0, 2.0), 0.9, reach=1.0) is None


@given(some.floats(0, 360), some.floats(0, 30), some.floats(0.5, 3))
def test_an_outline_runs_through_its_opening(degrees, place, width):
    """Wherever an opening begins on the outline of a bent room, it becomes an edge of it and the area stays."""
    room = turned(Polygon([(0, 0), (4, 0.01), (8, 0), (8, 5), (5, 5), (5, 3), (0, 3)]), degrees)
    for edge in straight_edges(room):
        line = LineString(edge)
        start = place % line.length
        if start + width > line.length:
            continue
        ends = [line.interpolate(start), line.interpolate(start + width)]
        segment = tuple((round(end.x, 3), round(end.y, 3)) for end in ends)
        changed = cut_in(room, segment)
        assert changed.area == pytest.approx(room.area, abs=0.1)
        assert changed.boundary.distance(Point(segment[0])) < 1e-9
        assert changed.boundary.buffer(1e-6).covers(LineString(segment))
        room = changed


def test_an_opening_away_from_the_outline_is_none():
    """A segment in the middle of a room does not become an edge."""
    assert cut_in(box(0, 0, 4, 4), ((2.0, 2.0), (3.0, 2.0))) is None


@pytest.mark.parametrize(("width", "depth"), [(2.4, 4.0), (5.0, 5.0), (1.2, 8.0), (20.0, 30.0)])
def test_a_stair_has_ends_of_one_width_clear_of_doors(width, depth):
    """Both ends are on the walls, as wide as each other, off the door, and the path has the length of the steps."""
    room, door = box(0, 0, width, depth), ((0.2, 0.0), (1.1, 0.0))
    (foot, head), path = flight((room, room), ([door], [door]), (0.0, 3.6), 6.14)
    assert math.dist(*foot) == pytest.approx(math.dist(*head))
    for end in (foot, head):
        assert room.boundary.buffer(1e-6).covers(LineString(end))
        assert LineString(end).distance(LineString(door)) >= APART - 1e-9
    assert LineString(foot).distance(LineString(head)) > 0.04
    climbing = [(one, other) for one, other in pairwise(path) if other[2] > one[2]]
    assert sum(math.dist(one[:2], other[:2]) for one, other in climbing) == pytest.approx(6.14, rel=0.15)
    assert (path[0][2], path[-1][2]) == (0.0, 3.6)


def test_a_stair_without_walls_is_none():
    """A room whose walls are all taken has no place for the end of a stair."""
    room = box(0, 0, 0.9, 0.9)
    corners = [(0.0, 0.0), (0.9, 0.0), (0.9, 0.9), (0.0, 0.9), (0.0, 0.0)]
    doors = list(pairwise(corners))
    assert flight((room, room), (doors, doors), (0.0, 3.0), 5.0) is None


def draft_of(*boxes):
    """Rooms of one storey, with an exit from the first."""
    draft = Draft([Storey("0", 0.0)])
    draft.rooms += [DraftRoom(f"room {row}", box(*each), 0) for row, each in enumerate(boxes)]
    return draft


def test_rooms_on_each_other_are_parted():
    """The larger room gives way; one on the place of another is left out, and rows are told."""
    draft = draft_of((0, 0, 6, 4), (5, 0, 7, 4), (5, 0, 7, 4))
    rows = draft.part()
    assert [round(room.polygon.area, 6) for room in draft.rooms] == [20, 8]
    assert list(rows.values()) == [0, 1]
    _, notes = draft.finish("plan")
    assert any(note.startswith("rooms that overlapped another and gave way: room 0 (4.00 m² to room") for note in notes)
    assert any(note.startswith("rooms on the place of another, left out") for note in notes)


def test_a_door_before_a_wall_is_left_out():
    """A door into a room too narrow for a body is not in the plan, and is named."""
    draft = draft_of((0, 0, 6, 4), (6, 0, 6.3, 4))
    assert draft.lead_out("exit", 0, (0.0, 2.0), 1.0)
    assert draft.join("hatch", (0, 1), (6.0, 2.0), 0.9)
    plan, notes = draft.finish("plan")
    assert [door.name for door in plan.doors] == ["exit"]
    assert "doors left out, since nobody could walk through them: hatch." in notes
    assert "rooms from which no exit can be reached: room 1." in notes
    assert all(problem.severity == "warning" for problem in problems(plan))


def test_obstacles_before_a_door_go_first():
    """Pillars that block the only door are left out; the door stays."""
    from hyosan.floorplan.plan import Obstacle

    draft = draft_of((0, 0, 6, 4))
    assert draft.lead_out("exit", 0, (0.0, 2.0), 1.0)
    draft.obstacles.append(Obstacle(0, ((0.0, 1.4), (0.3, 1.4), (0.3, 2.6), (0.0, 2.6)), "column"))
    plan, notes = draft.finish("plan")
    assert (len(plan.doors), len(plan.obstacles)) == (1, 0)
    assert "rooms whose obstacles were left out, since they block doors: room 0." in notes


def test_an_opening_in_a_bent_wall_straightens_it():
    """Round rooms have no straight wall; a door gets a chord of at most 0.12 m."""
    draft = Draft([Storey("0", 0.0)])
    draft.rooms.append(DraftRoom("round", cleaned(list(Point(0, 0).buffer(2, quad_segs=12).exterior.coords)[:-1]), 0))
    assert draft.lead_out("exit", 0, (2.0, 0.0), 0.9)
    plan, notes = draft.finish("plan")
    assert problems(plan) == ()
    assert NARROWEST <= plan.doors[0].width <= 0.9
    assert plan.area == pytest.approx(math.pi * 4, rel=0.02)
    assert notes == ("outlines straightened by up to 0.12 m for an opening in a bent wall: round.",)


def test_outlines_that_cross_are_mended_if_they_are_short():
    """The larger part of a bow tie is kept; a scribble that would take for ever to mend is none."""
    assert cleaned([(0, 0), (6, 0), (6, 4), (0, 4), (3, -2)]).is_valid
    scribble = [(float(row % 2) * 9, row * 0.001) for row in range(5000)]
    assert cleaned(scribble) is None
    assert cleaned([(0, 0), (9, 0), (9, 9), (0, 9)], [[(1.0, 1.0), (2.0, 2.0)] * 1000]) is None
    assert cleaned([(0, 0), (1, 1)]) is None
    assert cleaned([(0, 0), (1, math.nan), (1, 1)]) is None
