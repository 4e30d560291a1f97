"""Orders against hunters: rows of them out of a scenario, and what is in force in a step as numbers for kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.city import hunted as h
from hyosan.engine.city import obey
from hyosan.errors import ScenarioError
from hyosan.rules.codes import Setting
from hyosan.rules.mixing import mean_gap
from hyosan.rules.random import CERTAIN, chance_of
from hyosan.scenario import hunting_orders as written
from hyosan.scenario.interventions import MOST_INTERVENTIONS
from hyosan.units import day as DAY
from hyosan.world.schedule import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.world.streets import Streets
    from hyosan.world.world import World

KINDS = {
    written.Warn: obey.WARN,
    written.Cordon: obey.CORDON,
    written.Patrol: obey.PATROL,
    written.Evacuate: obey.EVACUATE,
    written.Shelter: obey.SHELTER,
}

CHANCES = {
    written.Warn: "share",
    written.Cordon: "leak",
    written.Patrol: "mistakes",
    written.Shelter: "screening",
}
"""What stands in the column `CHANCE`."""

MOST_ORDERS = 4 * MOST_INTERVENTIONS
"""Orders whose effects are counted; guests may add to those of the scenario."""

ANYWHERE = (1 << 62) - 1
"""All districts, as bits."""

HEARD = 256
"""Steps of awareness: a warning that reaches everybody is heard by all of these."""

KEEPING = (obey.ISOLATE, obey.QUARANTINE, obey.SCHOOLS, obey.WORKPLACES, obey.CURFEW, obey.TRACE)
"""Kinds that keep people at home."""

PLACES = {
    obey.SCHOOLS: 1 << Setting.CLASS | 1 << Setting.SCHOOL,
    obey.WORKPLACES: 1 << Setting.TEAM | 1 << Setting.SITE,
}
"""Settings from which a kind keeps people, a bit each; the other kinds keep them from all."""

ACTING = (obey.PATROL, obey.EVACUATE, obey.SHELTER)
"""Kinds that act at the beginning of a step."""


def fill(row: list[int], order: object, number: int, world: World) -> None:
    """Fill the columns of an order against hunters; those of any other stay as they are.

    Raises:
        ScenarioError: It names a district or building that the map does not have.
    """
    key = f"interventions[{number}]"
    for kind, name in CHANCES.items():
        if isinstance(order, kind):
            row[obey.CHANCE] = chance_of(float(getattr(order, name).value))
    if isinstance(order, written.Cordon):
        row[obey.AREA] = _bits(order.around, f"{key}.around", world)
        row[obey.AMOUNT] = int(order.bridges)
    elif isinstance(order, written.Patrol):
        row[obey.AREA] = _bits(order.districts, f"{key}.districts", world) or ANYWHERE
        row[obey.AMOUNT] = order.units
        row[obey.MANTISSA], row[obey.SHIFT] = mean_gap(order.per_hour / 3600)
    elif isinstance(order, written.Evacuate):
        row[obey.AREA] = _bits(order.districts, f"{key}.districts", world) or ANYWHERE
        row[obey.AMOUNT] = order.buses * order.seats
        row[obey.DURATION] = int(order.trip)
    elif isinstance(order, written.Shelter):
        row[obey.AREA] = _building(order.building, f"{key}.building", world)
        row[obey.AMOUNT] = order.capacity


def _bits(names: Sequence[str], key: str, world: World) -> int:
    """Districts as bits."""
    for name in names:
        if name not in world.districts:
            raise ScenarioError.at(key, f"no district is called {name!r}.", world.districts, word=name)
    return sum({1 << world.districts.index(name) for name in names})


def _building(name: str, key: str, world: World) -> int:
    """Index of a building by its name."""
    assert world.streets is not None, "orders against hunters stand where there are streets"
    known = world.streets.building_name
    if not name or name not in known:
        raise ScenarioError.at(key, f"no building is called {name!r}.", filter(None, known), word=name)
    return known.index(name)


def in_force(rows: NDArray[np.int64], kind: int, second: int) -> NDArray[np.int64]:
    """Rows of a kind in force at a second, in their order."""
    kept = (rows[:, obey.KIND] == kind) & (rows[:, obey.BEGIN] <= second) & (second < rows[:, obey.UNTIL])
    found: NDArray[np.int64] = rows[kept]
    return found


def kept_from(rows: NDArray[np.int64], second: int, until: int, shift: int) -> int:
    """Settings from which orders may keep people at any time from a second until another, a bit each.

    Args:
        shift: Second of the day at which the run begins [s].
    """
    kept = np.isin(rows[:, obey.KIND], KEEPING) & (rows[:, obey.BEGIN] < until) & (second < rows[:, obey.UNTIL])
    found = 0
    for row in rows[kept].tolist():
        kind, begin, end = row[obey.KIND], row[obey.HOURS_FROM], row[obey.HOURS_UNTIL]
        if kind == obey.CURFEW and not _meets(second + shift, until + shift, begin, end):
            continue
        found |= PLACES.get(kind, EVERYWHERE)
    return found


def _meets(second: int, until: int, begin: int, end: int) -> bool:
    """Whether a stretch of time meets the hours of a curfew: it begins in them, or they begin in it."""
    return (second - begin) % DAY < (end - begin) % DAY or (begin - second) % DAY < until - second


def acts(rows: NDArray[np.int64], second: int) -> bool:
    """Whether any order acts at the beginning of a step, or has acted so that somebody may still be aboard."""
    return bool((np.isin(rows[:, obey.KIND], ACTING) & (rows[:, obey.BEGIN] <= second)).any())


class Orders:
    """What is in force, in the numbers and arrays that kernels read; a function of the orders and the second alone.

    Args:
        law: Numbers of the law, which it writes.
        arrays: Arrays of the streets by their places; those of cordons it writes.
        streets: The streets.
        shift: Second of the day at which the run begins [s].
    """

    def __init__(
        self, law: NDArray[np.int64], arrays: Sequence[NDArray[Any]], streets: Streets | None, shift: int
    ) -> None:
        self.law, self.arrays, self.streets, self.shift = law, arrays, streets, shift
        self._closed: bytes | None = None

    def put_in_force(self, rows: NDArray[np.int64], second: int, until: int) -> None:
        """Set the law for the step from a second until another [s]."""
        self.law[h.MOVED] = kept_from(rows, second, until, self.shift)
        if self.streets is None:
            return
        self._warn(in_force(rows, obey.WARN, second))
        self._open_shelter(in_force(rows, obey.SHELTER, second))
        cordons = in_force(rows, obey.CORDON, second)
        if cordons.tobytes() != self._closed:
            self._closed = cordons.tobytes()
            self._close(cordons, self.streets)

    def _warn(self, rows: NDArray[np.int64]) -> None:
        """Set whom warnings reach."""
        self.law[[h.WARNING, h.WARNED]] = 0
        if len(rows):
            row = rows[rows[:, obey.CHANCE].argmax()]
            self.law[h.WARNING] = (row[obey.CHANCE] * HEARD + CERTAIN // 2) // CERTAIN
            self.law[h.WARNED] = row[obey.NUMBER]

    def _open_shelter(self, rows: NDArray[np.int64]) -> None:
        """Set which building is a shelter; one without room is none."""
        self.law[h.SHELTER_BUILDING] = -1
        for row in rows[:1]:
            if row[obey.AMOUNT] > 0:
                self.law[h.SHELTER_BUILDING], self.law[h.SHELTER_ROOM] = row[obey.AREA], row[obey.AMOUNT]
                self.law[h.SHELTER_ORDER], self.law[h.SCREEN] = row[obey.NUMBER], row[obey.CHANCE]

    def _close(self, rows: NDArray[np.int64], streets: Streets) -> None:
        """Close streets; each belongs to the first cordon that closes it."""
        beside, barrier = self.arrays[h.NEIGHBOUR], self.arrays[h.BARRIER]
        barrier[:] = 0
        shut = np.zeros(beside.shape, np.bool_)
        for row in rows[::-1]:
            closed = edges(row, beside, streets)
            barrier[closed] = 1 + row[obey.NUMBER]
            self.arrays[h.LEAK][row[obey.NUMBER]] = row[obey.CHANCE]
            if row[obey.CHANCE] < CERTAIN:
                shut |= closed
        self.law[h.CORDONED] = shut.any()
        self.arrays[h.SIDE][:] = sides(beside, shut)
        closing = rows[rows[:, obey.CHANCE] < CERTAIN]
        if len(closing):  # to work and shops on the other side people pass as the strictest lets them
            self.law[h.CORDON_ORDER], self.law[h.CORDON_LEAK] = closing[0, obey.NUMBER], closing[:, obey.CHANCE].min()


def edges(row: NDArray[np.int64], beside: NDArray[np.int32], streets: Streets) -> NDArray[np.bool_]:
    """Which edges a cordon closes, by cell and slot, (cells, 8)."""
    inside = (int(row[obey.AREA]) >> streets.district.astype(np.int64)) & 1 == 1
    closed: NDArray[np.bool_] = inside[:, None] != inside[beside]
    if row[obey.AMOUNT]:
        closed |= streets.bridge[:, None] | streets.bridge[beside]
    return closed & (beside >= 0)


def sides(beside: NDArray[np.int32], shut: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The smallest cell that one can get to from each without passing a closed edge, (cells,)."""
    label = np.arange(len(beside), dtype=np.int32)
    passable = (beside >= 0) & ~shut
    while True:
        around = np.where(passable, label[beside], label[:, None])
        lower = np.minimum(label, around.min(axis=1, initial=len(beside)))
        # Labels are cells: to follow them twice as far each time takes few turns.
        lower = np.minimum(lower, lower[lower])
        if (lower == label).all():
            return label
        label = lower.astype(np.int32)
