"""People and hunters in small buildings, without a scenario: what is the same for all, and what is read off a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.building import Building
from hyosan.engine.building.columns import ROLE
from hyosan.engine.building.crowd import Crowd, Errand, ToSpot
from hyosan.engine.building.ground import Ground, ground_of
from hyosan.engine.building.outbreak import columns as c
from hyosan.engine.building.outbreak.plan import Outbreak
from hyosan.floorplan.plan import OUTSIDE, Door, DoorState, Floorplan, Room, Storey
from hyosan.rules.random import Draw
from hyosan.rules.walking import STAIRS_DOWN, STAIRS_UP, Law
from hyosan.verification.halls import box
from hyosan.verification.walks import chance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hyosan.floorplan.plan import Obstacle, Point

CALM = {
    c.SIGHT: 40.0, c.HALF_VIEW: 360.0, c.MEMORY: 60.0, c.HESITATION: 6.0, c.RUNNING: 2.0, c.SNEAKING: 0.6,
    c.HIDING_LIKED: 1.0, c.LOCK_TIME: 4.0, c.PILING: 2.0, c.MOST_PILED: 120.0, c.MEANS: 1.0, c.SNEAK_AFTER: 300.0,
    c.LATCH_STRENGTH: 8.0, c.BLOWS: 1.0, c.DANGER: 60.0, c.REACH_OF: 0.8, c.HUNTER_SIGHT: 100.0, c.HUNTER_EAR: 40.0,
    c.HUNTER_LOSES: 8.0, c.PACE_OF: 0.8, c.SPEED_OF: 3.0, c.PAUSE: 10.0, c.TAKES: 1.0, c.HUNTERS_HALF_VIEW: 360.0,
    c.SHOTS: 1.5, c.BAR_LOSS: 5.0, c.SPEECH: 5.0,
}  # fmt: skip
"""Nobody flees, fends off, fights or makes a sound, every strike infects, and hunters look all round."""

DRIFTING = {
    c.DRIFT: 1.0, c.SIGHT: 0.0, c.HUNTER_SIGHT: 0.0, c.PAUSE: 0.0, c.REACH_OF: 0.5, c.SPEED_OF: 1.4, c.PACE_OF: 1.4
}  # fmt: skip
"""Besides: people and hunters walk at random, and see nothing; hunters do not pause."""

THIN = 0.01
"""Radius of a body where bodies shall not matter [m]."""

ALONE = Law(half_width=0.0, space=0.0, wall_gap=0.0)
"""How people walk who heed nobody."""


def outbreak(people: int, hunters: Sequence[int], changes: Mapping[int, float], **more: Any) -> Outbreak:
    """Hunters among people, who if they are bitten never turn.

    Args:
        changes: To `CALM`.
        more: Of `Outbreak`; `turn_after` [s] is that of everybody.
    """
    turn = int(more.pop("turn_after", -1))
    return Outbreak(
        nerve=dict.fromkeys(range(c.NERVE_COLUMNS), 0.0) | CALM | dict(changes),
        turn_after=np.full(people, turn, np.int64),
        tire_after=np.full(people, -1, np.int64),
        hunters=tuple(int(hunter) for hunter in hunters),
        **more,
    )


def crowd(
    rooms: Sequence[int],
    places: NDArray[np.float64],
    speed: float,
    goals: Mapping[int, Point] | None = None,
    *,
    radius: float = 0.15,
) -> Crowd:
    """People of one speed, of whom some go to a place in their room from the start.

    Args:
        goals: By person: the place [m].
    """
    goals = goals or {}
    return Crowd(
        room=np.array(rooms, np.int64),
        place=np.asarray(places, float).reshape(-1, 2),
        speed=np.tile([speed, speed * STAIRS_UP, speed * STAIRS_DOWN], (len(rooms), 1)),
        goals=tuple(ToSpot(int(rooms[person]), place) for person, place in goals.items()),
        errands=tuple(Errand(0.0, person, row, 1) for row, person in enumerate(goals)),
        sits=np.zeros(len(rooms), np.bool_),
        radius=radius,
    )


def cells(count: int, side: float) -> Floorplan:
    """Square rooms apart from each other; row r begins at `corner_of(r, side)`. The one door is a locked exit."""
    rooms = []
    for row in range(count):
        x, y = corner_of(row, side)
        rooms.append(Room(f"cell {row}", 0, box(x, y, x + side, y + side)))
    exit_ = Door("exit", (0, OUTSIDE), ((0.0, 0.0), (1.0, 0.0)), DoorState.LOCKED)
    return plan_of_rooms(rooms, [exit_])


def corner_of(row: int, side: float) -> Point:
    """The lower left corner of a room of `cells` [m]."""
    return (row % 20) * (side + 5.0), (row // 20) * (side + 5.0)


def plan_of_rooms(rooms: Sequence[Room], doors: Sequence[Door] = (), obstacles: Sequence[Obstacle] = ()) -> Floorplan:
    """A plan of one storey."""
    return Floorplan("rooms", (Storey("0", 0.0),), tuple(rooms), tuple(doors), (), tuple(obstacles))


def hunted(
    where: Floorplan | Ground,
    people: Crowd,
    plan: Outbreak,
    *,
    seed: int = 1,
    dt: float = 0.1,
    law: Law | None = None,
) -> Building:
    """A building with hunters in it, before the first step."""
    ground = where if isinstance(where, Ground) else ground_of(where)
    return Building(ground, people, seed=seed, dt=dt, law=law, outbreak=plan)


def rows_of(building: Building, table: str) -> NDArray[np.int64]:
    """Rows of a table of the outbreak so far."""
    assert building.running is not None, "there is an outbreak"
    return building.running.rows(table)


def roles(building: Building) -> NDArray[np.int64]:
    """What everybody is, `HEALTHY` to `POLICE`, (people,)."""
    return np.array(building.state.people.who[:, ROLE])


def between(seed: int, series: int, low: Sequence[float], high: Sequence[float], count: int) -> NDArray[np.float64]:
    """Numbers at random, each evenly between its bounds, (count, bounds)."""
    pairs = -(-len(low) // 2)
    drawn = [chance(seed, Draw.TRAITS, count, pairs * series + pair) for pair in range(pairs)]
    found = np.concatenate(drawn, axis=1)[:, : len(low)]
    return np.asarray(np.array(low) + (np.array(high) - np.array(low)) * found)
