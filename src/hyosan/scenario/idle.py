"""Idle interventions: what is written in a scenario and can do nothing in a run of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hyosan.scenario.hunting_orders import Evacuate, Patrol, Shelter, Warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.scenario.dated import Dated
    from hyosan.scenario.model import Scenario

STRENGTHS = {
    Warn: ("share",),
    Patrol: ("units", "per_hour"),
    Evacuate: ("buses", "seats"),
    Shelter: ("capacity",),
}
"""Numbers of which none may be 0, or the intervention does nothing."""


def idle(scenario: Scenario) -> list[str]:
    """Why interventions of a scenario will do nothing, a line for each reason."""
    return [
        f"interventions[{number}], {row.kind}, does nothing: {why}"
        for number, row in enumerate(scenario.interventions)
        for why in _reasons(scenario, row)
    ]


def _reasons(scenario: Scenario, row: Dated) -> Iterator[str]:
    """Why an intervention does nothing."""
    if row.begin is not None and scenario.second_of(row.begin) >= scenario.duration:
        end = scenario.start + timedelta(seconds=int(scenario.duration))
        yield (
            f"it begins {row.begin.isoformat()}, and the run ends {end.isoformat()}. "
            "Write an earlier date, or a longer duration."
        )
    for name in STRENGTHS.get(type(row), ()):
        value = getattr(row, name)
        if getattr(value, "value", value) == 0:
            yield f"{name} is 0. Write a larger number, or leave the table out."
