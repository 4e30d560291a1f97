"""Random buildings: everybody is in one room, nobody passes a locked door, and whoever has a way out gets out."""

import networkx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from breadth import some
from hyosan.engine.building.building import Building
from hyosan.engine.building.columns import IN
from hyosan.engine.building.crowd import Crowd, Errand, ToExits
from hyosan.engine.building.ground import ground_of
from hyosan.floorplan import text
from hyosan.floorplan.plan import OUTSIDE, DoorState

SIDE = 5
"""Cells along each side of a room, walls apart."""


@st.composite
def buildings(draw):
    """A grid of rooms of 2.5 by 2.5 m with doors between some of them, some locked, and exits."""
    across, along = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    width, height = across * (SIDE + 1) + 1, along * (SIDE + 1) + 1
    rows = [["#"] * width for _ in range(height)]
    for y in range(height):
        for x in range(width):
            if x % (SIDE + 1) and y % (SIDE + 1):
                rows[y][x] = "."
    marks = st.sampled_from("#+DL")
    for j in range(along):
        for i in range(across):
            x, y = i * (SIDE + 1) + 3, j * (SIDE + 1) + 3
            if i + 1 < across:
                rows[y][x + 3] = rows[y + 1][x + 3] = draw(marks)
            if j + 1 < along:
                rows[y + 3][x] = rows[y + 3][x + 1] = draw(marks)
    exits = draw(st.lists(st.integers(0, along - 1), min_size=1, max_size=2, unique=True))
    for j in exits:
        rows[j * (SIDE + 1) + 3][0] = rows[j * (SIDE + 1) + 4][0] = "E"
    grid = "\n".join("".join(row) for row in rows)
    return text.loads(f"cell 0.5\nstorey Ground 0\n{grid}\n", "random.txt")


def crowd_in(plan, per_room, seed):
    """People in rows in each room, who set out one after another."""
    rooms, places = [], []
    for row, room in enumerate(plan.rooms):
        xs, ys = [x for x, _ in room.outline], [y for _, y in room.outline]
        for number in range(per_room):
            rooms.append(row)
            places.append(
                (
                    min(max(xs) - 0.4, (min(xs) + max(xs)) / 2 - 0.6 + 0.4 * (number % 4)),
                    min(max(ys) - 0.4, (min(ys) + max(ys)) / 2 - 0.6 + 0.4 * (number // 4)),
                )
            )
    count = len(rooms)
    level = 1.0 + 0.6 * ((np.arange(count) * 7 + seed) % 11) / 10
    return Crowd(
        room=np.array(rooms),
        place=np.array(places),
        speed=np.column_stack([level, 0.45 * level, 0.5 * level]),
        goals=(ToExits(),),
        errands=tuple(Errand(0.3 * (person % 7), person, 0) for person in range(count)),
        sits=np.zeros(count, np.bool_),
    )


def rooms_with_a_way_out(plan):
    """Rooms from which an exit can be reached without passing a locked door."""
    graph = networkx.Graph()
    graph.add_nodes_from([*range(len(plan.rooms)), OUTSIDE])
    graph.add_edges_from(door.rooms for door in plan.doors if door.state is not DoorState.LOCKED)
    return networkx.node_connected_component(graph, OUTSIDE)


def assert_inside(building, plan):
    """Everybody is inside the very room that it says, with all its place on the floor."""
    import shapely

    rooms, places = building.state.people.who[:, IN], building.places()
    for row in np.unique(rooms[rooms >= 0]):
        floor = shapely.Polygon(plan.rooms[row].outline, plan.rooms[row].holes)
        here = places[rooms == row]
        assert shapely.covers(floor, shapely.points(here)).all()


@settings(max_examples=some(100))
@given(plan=buildings(), per_room=st.integers(1, 6), seed=st.integers(0, 5))
def test_people_get_out_by_doors(plan, per_room, seed):
    crowd = crowd_in(plan, per_room, seed)
    building = Building(ground_of(plan), crowd, seed=seed)
    for second in range(1, 8):
        building.run(float(second))
        assert_inside(building, plan)
    building.run(120.0)
    assert_inside(building, plan)

    passages = building.passages()
    locked = [row for row, door in enumerate(plan.doors) if door.state is DoorState.LOCKED]
    assert not np.isin(passages[:, 2], locked).any()
    free = rooms_with_a_way_out(plan)
    out = building.state.people.who[:, IN] < 0
    assert out.tolist() == [int(room) in free for room in crowd.room]
