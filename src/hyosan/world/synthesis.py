"""Synthesis: the world of a scenario, made by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyosan.world import plain

if TYPE_CHECKING:
    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World


def build(scenario: Scenario) -> World:
    """Make the world of a scenario; the same scenario and `world.seed` give the same world on any machine."""
    kind = scenario.world.kind
    if kind == "well-mixed":
        return plain.well_mixed(scenario)
    if kind == "closed-cells":
        return plain.closed_cells(scenario)
    if kind == "lattice":
        return plain.lattice(scenario)
    if kind == "households":
        return plain.households(scenario)
    # Numba is imported when it is first needed.
    if kind == "layered":
        from hyosan.world.layered import layered

        return layered(scenario)
    from hyosan.world.city import city

    return city(scenario)
