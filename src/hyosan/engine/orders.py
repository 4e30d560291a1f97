"""Orders: the interventions of a scenario as rows that kernels obey, and what is done about them at midnight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.city import obey
from hyosan.engine.city.obey import ORDER_COLUMNS, ORDER_LAYER
from hyosan.engine.city.protect import draw_doses
from hyosan.engine.hunt_orders import KINDS as HUNTING_KINDS
from hyosan.engine.hunt_orders import MOST_ORDERS, fill
from hyosan.errors import HyosanError, ScenarioError
from hyosan.rules.random import Draw, chance_of, purpose_of
from hyosan.scenario import interventions as written
from hyosan.scenario.hunting_orders import why_no_guest
from hyosan.scenario.quantities import shown
from hyosan.units import day as DAY
from hyosan.units import hour as HOUR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.scenario.model import Scenario
    from hyosan.world.world import World

KINDS = {
    written.IsolateSymptomatic: obey.ISOLATE,
    written.QuarantineHouseholds: obey.QUARANTINE,
    written.CloseSchools: obey.SCHOOLS,
    written.CloseWorkplaces: obey.WORKPLACES,
    written.LimitGatherings: obey.GATHERINGS,
    written.Curfew: obey.CURFEW,
    written.Masks: obey.MASKS,
    written.Vaccinate: obey.VACCINATE,
    written.TraceContacts: obey.TRACE,
    **HUNTING_KINDS,
}
SEEN = (written.IsolateSymptomatic, written.QuarantineHouseholds, written.TraceContacts)
"""Interventions that ask when symptoms begin."""

SHORTEST_DELAY = HOUR
"""From symptoms to what is done about them [s]: within a window nobody acts on what has just happened."""


def row_of(scenario: Scenario, number: int, order: written.Intervention, world: World) -> list[int]:
    """One intervention as a row of `engine.city.obey`."""
    row = [0] * ORDER_COLUMNS
    row[obey.KIND] = KINDS[type(order)]
    row[obey.BEGIN] = 0 if order.begin is None else scenario.second_of(order.begin)
    last = int(scenario.duration) + 1
    row[obey.UNTIL] = last if order.until is None else min(last, scenario.second_of(order.until))
    row[obey.NUMBER] = number
    chances = {
        written.IsolateSymptomatic: ("adherence",),
        written.QuarantineHouseholds: ("adherence",),
        written.CloseWorkplaces: ("share",),
        written.LimitGatherings: ("share",),
        written.Curfew: ("adherence",),
        written.Masks: ("wearing", "source_control", "protection"),
        written.TraceContacts: ("ascertainment", "coverage", "adherence"),
    }.get(type(order), ())
    for column, name in enumerate(chances, obey.CHANCE):
        row[column] = chance_of(float(getattr(order, name).value))
    row[obey.DELAY] = int(getattr(order, "delay", 0))
    row[obey.DURATION] = int(getattr(order, "duration", 0))
    row[obey.HOURS_FROM], row[obey.HOURS_UNTIL] = getattr(order, "hours", (0, 0))
    if isinstance(order, SEEN) and row[obey.DELAY] < SHORTEST_DELAY:
        raise ScenarioError.at(
            f"interventions[{number}].delay",
            "is shorter than an hour, in which nobody can act on symptoms. Write '1 hour' or more.",
        )
    fill(row, order, number, world)
    return row


def rows_of(scenario: Scenario, world: World) -> NDArray[np.int64]:
    """All interventions of a scenario, (orders, columns)."""
    rows = [row_of(scenario, number, order, world) for number, order in enumerate(scenario.interventions)]
    return np.array(rows, np.int64).reshape(-1, ORDER_COLUMNS)


def layers_of(scenario: Scenario) -> list[tuple[int, float]]:
    """(Layer, factor on the community's hazard) of the contacts that closed schools add for pupils."""
    return [
        (ORDER_LAYER + number, order.compensation)
        for number, order in enumerate(scenario.interventions)
        if isinstance(order, written.CloseSchools) and order.compensation > 0
    ]


def longest_window(rows: NDArray[np.int64]) -> int:
    """How far one may look ahead without missing what is done about symptoms that begin meanwhile [s]."""
    kinds = (obey.ISOLATE, obey.QUARANTINE)
    delays = [int(row[obey.DELAY]) for row in rows if row[obey.KIND] in kinds]
    return min([DAY, *delays])


def asks_for_symptoms(orders: Sequence[object]) -> bool:
    """Whether any intervention asks when symptoms begin."""
    return any(isinstance(order, SEEN) for order in orders)


def vaccine_order(order: written.Vaccinate, number: int, seed: np.int64, age: NDArray[np.uint8]) -> NDArray[np.int32]:
    """People who accept a dose, in the order in which they are asked: by group of age, then by a draw."""
    group = np.full(len(age), len(order.priority), np.int64)
    for place, youngest in reversed(list(enumerate(order.priority))):
        group[age >= youngest] = np.minimum(group[age >= youngest], place)
    uptake = np.array([chance_of(float(order.uptake.at(years))) for years in range(101)], np.int64)
    word = np.empty(len(age), np.int64)
    accepts = np.empty(len(age), np.uint8)
    use = purpose_of(Draw.VACCINE)
    draw_doses(0, len(age), seed, use, number, age, uptake, word, accepts)
    asked = np.flatnonzero((accepts > 0) & (group < len(order.priority)))
    return asked[np.lexsort((word[asked], group[asked]))].astype(np.int32)


GIVEN_AHEAD = (written.Vaccinate, written.TraceContacts)
"""Interventions for which a run has to be prepared from its start."""


def row_of_a_guest(scenario: Scenario, world: World, now: int, given: NDArray[np.int64], order: object) -> list[int]:
    """An intervention that somebody's own object ordered during the run, as a row; it begins now if it has no date.

    Args:
        scenario: What is run.
        world: Where.
        now: Second of the run [s].
        given: Orders so far, (orders, columns).
        order: What the object gave.
    """
    if not isinstance(order, written.Dated):
        raise HyosanError(
            f"intervene gave {shown(order)}, which is no intervention. Give what hyosan.scenario.interventions makes, "
            "such as CloseWorkplaces."
        )
    if isinstance(order, GIVEN_AHEAD):
        raise HyosanError(f"{order.kind} cannot be ordered during a run. Write it into the scenario, with its dates.")
    if isinstance(order, written.CloseSchools) and order.compensation > 0:
        raise HyosanError("close-schools ordered during a run has no compensation. Leave it out, or use the scenario.")
    shelters = given[given[:, obey.KIND] == obey.SHELTER][:, [obey.BEGIN, obey.UNTIL]].tolist()
    why = why_no_guest(scenario, order, now, shelters)
    if why:
        raise HyosanError(f"{order.kind} cannot be ordered during this run: it {why}")
    if scenario.pathogen.bite is not None and len(given) >= MOST_ORDERS:
        raise HyosanError(f"intervene gave more than {MOST_ORDERS} orders in a run. Give fewer, with longer dates.")
    row = row_of(scenario, len(given), order, world)  # type: ignore[arg-type]
    row[obey.BEGIN] = max(row[obey.BEGIN], now)
    return row
