"""People leave a room through a door whose last cells have their middles outside."""

import numpy as np
import pytest

from hyosan.engine.building.building import Building
from hyosan.engine.building.crowd import Crowd, Errand, ToExits
from hyosan.engine.building.ground import ground_of
from hyosan.floorplan.plan import OUTSIDE, Door, Floorplan, Room, Storey


def _bent(end):
    """A room around a corner, so that it has cells of 0.2 m, with an exit over its whole end [m]."""
    outline = ((0.0, 0.0), (end, 0.0), (end, 2.0), (2.0, 2.0), (2.0, 4.0), (0.0, 4.0))
    exit_ = Door("end", (0, OUTSIDE), ((end, 0.0), (end, 2.0)), leaf=False)
    return Floorplan("bent", (Storey("ground", 0.0),), (Room("room", 0, outline),), (exit_,))


@pytest.mark.parametrize("end", [8.0, 8.05, 8.09, 8.15])
def test_nobody_turns_round_before_the_exit(end):
    """At 1.34 m/s, 6.6 m take 4.9 s; whoever makes for the middle of the cell behind never leaves."""
    crowd = Crowd(
        room=np.zeros(1, np.int64),
        place=np.array([[end - 6.6, 1.0]]),
        speed=np.full((1, 3), 1.34),
        goals=(ToExits(),),
        errands=(Errand(0.0, 0, 0),),
        sits=np.zeros(1, bool),
    )
    building = Building(ground_of(_bent(end)), crowd)
    building.run(6.6 / 1.34 + 0.1)
    assert building.gone == 1
