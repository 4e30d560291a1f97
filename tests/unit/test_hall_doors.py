"""Doors of plans made to measure change as the scenario says, and hints name the scenario."""

from pathlib import Path

import pytest

from hyosan.building import Visit
from hyosan.errors import ScenarioError
from hyosan.scenario.load import load
from hyosan.views.walk_account import next_steps


def _changed(door):
    return [{"door": door, "state": "locked", "after": "0 s"}]


@pytest.mark.parametrize(("name", "door"), [("corridor", "end"), ("bottleneck", "in"), ("counterflow", "left-mouth")])
def test_a_locked_door_holds_everybody(name, door):
    open_, locked = (
        Visit(load(name, set={"people": 10, **changes})).run().summary()
        for changes in ({}, {"door_changes": _changed(door)})
    )
    assert locked["evacuated"] < open_["evacuated"]


@pytest.mark.parametrize("name", ["corridor", "bottleneck", "counterflow"])
def test_a_door_that_does_not_exist_is_refused(name):
    with pytest.raises(ScenarioError, match="no such door"):
        Visit(load(name, set={"people": 10, "door_changes": _changed("nope")}))


def test_hints_name_the_scenario_and_a_time_within_the_run():
    hints = next_steps(Path("here"), "bottleneck", 30.0)
    assert "--plot bottleneck.png" in hints
    assert '--frame "15 s"' in hints
    assert "--film walk.gif" in next_steps(Path("here"), "a b/c", 30.0)
