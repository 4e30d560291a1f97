"""A rehearsal: what can only be known of a scenario once its people are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.errors import ScenarioError
from hyosan.scenario.load import placed

if TYPE_CHECKING:
    from pathlib import Path

    from hyosan.scenario.model import Scenario
    from hyosan.scenario.walking import BuildingScenario

MOST_PEOPLE = 2_000_000
"""Larger worlds are not made for a check."""


def rehearsed(scenario: Scenario, source: str | Path) -> float | None:
    """Make the people of a scenario, scale its hazards, infect whom it names; its reproduction number in force.

    Returns:
        None if there are too many people to make for a check, or somebody is infectious for ever.

    Raises:
        ScenarioError: With the place in the file.
    """
    if scenario.people_in_all > MOST_PEOPLE:
        return None
    from hyosan.engine.groundwork import groundwork_of
    from hyosan.engine.orders import rows_of
    from hyosan.engine.start import begin
    from hyosan.engine.state import fresh_state
    from hyosan.world.synthesis import build

    try:
        world = build(scenario)
        rows_of(scenario, world)
        groundwork = groundwork_of(scenario, world)
        state = fresh_state(len(world.people), 1, repeated=False, vaccines=False, onsets=False)
        begin(scenario, world, state, np.int64(1), 1)
    except ScenarioError as error:
        raise placed(error, source) from None
    return groundwork.reproduction_number


def walked_through(scenario: BuildingScenario, source: str | Path) -> str:
    """Read the plan of a scenario and put its people into it; what there is, in words.

    Raises:
        ScenarioError: With the place in the file.
    """
    from hyosan.building import plan_of
    from hyosan.engine.building.ground import ground_of
    from hyosan.engine.building.populate import populate

    try:
        plan = plan_of(scenario)
        people = populate(scenario, plan, ground_of(plan), 1)
    except ScenarioError as error:
        raise placed(error, source) from None
    return f"{len(people.kind):,} people in {plan.title or plan.name}, {len(plan.rooms)} rooms"
