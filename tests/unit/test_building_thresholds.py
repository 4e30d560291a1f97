"""Doors of rooms that need fields are passed, wherever the cells of the field lie to their lines."""

import numpy as np
import pytest

from hyosan.engine.building.building import Building
from hyosan.engine.building.crowd import Crowd, Errand, ToExits
from hyosan.engine.building.ground import ground_of
from hyosan.floorplan.plan import OUTSIDE, Door, Floorplan, Obstacle, Room, Storey


@pytest.mark.parametrize("depth", [3.9, 4.0, 4.02, 4.05, 4.1, 4.15])
def test_nobody_turns_back_on_the_threshold(depth):
    """Each of these walks alone; the pillar makes the room need a field, whose last cells may lie half outside."""
    outline = ((0.0, 0.0), (5.0, 0.0), (5.0, depth), (0.0, depth))
    pillar = Obstacle(0, ((2.4, 1.9), (2.6, 1.9), (2.6, 2.1), (2.4, 2.1)))
    exits = Door("exit", (0, OUTSIDE), ((2.0, depth), (2.9, depth)))
    plan = Floorplan("room", (Storey("Ground", 0.0),), (Room("room", 0, outline),), (exits,), obstacles=(pillar,))
    count = 12
    crowd = Crowd(
        room=np.zeros(count, np.int64),
        place=np.stack([np.linspace(0.3, 4.7, count), np.full(count, 0.5)], axis=1),
        speed=np.full((count, 3), 1.1),
        goals=(ToExits(),),
        errands=tuple(Errand(10.0 * person, person, 0) for person in range(count)),
        sits=np.zeros(count, np.bool_),
    )
    building = Building(ground_of(plan), crowd)
    building.run(10.0 * count + 10)
    assert building.gone == count
