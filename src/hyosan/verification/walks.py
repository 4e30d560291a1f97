"""A crowd that walks through a plan, and what is measured of it: times, flows, densities and speeds."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.building import Building
from hyosan.engine.building.columns import FRAME, LOOK, WALKING
from hyosan.engine.building.crowd import Crowd, Errand, ToExits
from hyosan.engine.building.ground import Ground, ground_of
from hyosan.rules.random import Draw, draw, use_of
from hyosan.rules.walking import STAIRS_DOWN, STAIRS_UP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.engine.building.crowd import Goal
    from hyosan.floorplan.plan import Floorplan

Box = tuple[float, float, float, float]
"""Left, low, right and high edge [m]."""

STRIDE = 5.0
"""Time between two looks whether everybody has left [s]."""


@dataclass(frozen=True)
class Party:
    """People who start in one room with one goal."""

    room: int
    places: NDArray[np.float64]
    """In the frame of its storey, (people, 2) [m]."""
    speed: float | NDArray[np.float64] = 1.34
    """Free speed on the level: of all, of each (people,), or with those up and down stairs (people, 3) [m/s]."""
    goal: Goal = field(default_factory=ToExits)
    start: float | NDArray[np.float64] = 0.0
    """When they set out: all, or each (people,) [s]."""


def chance(seed: int, purpose: Draw, count: int, series: int = 0) -> NDArray[np.float64]:
    """Numbers from 0 to 1 of `count` people of a series, (people, 2)."""
    use = use_of(int(purpose), series, 0)
    words = [draw(seed, use, person, 0, 0) for person in range(count)]
    return np.array([((a + b / 2**32) / 2**32, (c + d / 2**32) / 2**32) for a, b, c, d in words]).reshape(-1, 2)


def normals(seed: int, count: int, series: int = 0) -> NDArray[np.float64]:
    """Standard normals of `count` people, (people,)."""
    even = chance(seed, Draw.PACE, count, series)
    found = np.sqrt(-2.0 * np.log(1.0 - even[:, 0])) * np.cos(2.0 * np.pi * even[:, 1])
    return np.asarray(found)


def adults(seed: int, count: int, series: int = 0) -> NDArray[np.float64]:
    """Free speeds of adults on the level, normal about 1.34 with .26, none below .5 or above 2.2, (people,) [m/s].

    Source:
        Weidmann (1993), ETH IVT Schriftenreihe 90; the limits as in the RiMEA scenarios of Vadere.
    """
    return np.clip(1.34 + 0.26 * normals(seed, count, series), 0.5, 2.2)


def scattered(area: Box, count: int, seed: int, *, series: int = 0, apart: float = 0.32) -> NDArray[np.float64]:
    """Places in a box at random, no two nearer than `apart`: each in a cell of its own of a grid, (people, 2) [m].

    Args:
        series: Another number gives other places with the same seed.
    """
    left, low, right, high = area
    width, depth = right - left, high - low
    side = math.sqrt(width * depth / max(count, 1))
    across, along = max(1, int(width // side)), max(1, int(depth // side))
    while across * along < count:
        if width / (across + 1) >= depth / (along + 1):
            across += 1
        else:
            along += 1
    cell = (width / across, depth / along)
    assert min(cell) >= apart, f"{count} people do not fit into {width:g} x {depth:g} m."
    order = np.argsort(chance(seed, Draw.BERTH, across * along, 2 * series)[:, 0], kind="stable")[:count]
    jitter = chance(seed, Draw.BERTH, count, 2 * series + 1) - 0.5
    x = left + (order // along + 0.5) * cell[0] + jitter[:, 0] * (cell[0] - apart)
    y = low + (order % along + 0.5) * cell[1] + jitter[:, 1] * (cell[1] - apart)
    return np.column_stack([x, y])


def crowd_of(parties: Sequence[Party], *, radius: float = 0.15, shifts: Sequence[tuple[float, int, int]] = ()) -> Crowd:
    """The crowd of some parties; people are numbered party after party.

    Args:
        shifts: Changes of doors, as `Crowd` has them.
    """
    rooms: list[NDArray[np.int64]] = []
    places: list[NDArray[np.float64]] = []
    speeds: list[NDArray[np.float64]] = []
    errands: list[Errand] = []
    for row, party in enumerate(parties):
        count, before = len(party.places), len(errands)
        rooms.append(np.full(count, party.room, np.int64))
        places.append(np.asarray(party.places, float).reshape(-1, 2))
        given = np.asarray(party.speed, float)
        level = np.broadcast_to(given, count) if given.ndim < 2 else given[:, 0]
        speeds.append(given if given.ndim == 2 else np.column_stack([level, level * STAIRS_UP, level * STAIRS_DOWN]))
        starts = np.broadcast_to(np.asarray(party.start, float), count)
        errands += [Errand(float(time), before + person, row, 1) for person, time in enumerate(starts)]
    return Crowd(
        room=np.concatenate(rooms),
        place=np.concatenate(places),
        speed=np.concatenate(speeds),
        goals=tuple(party.goal for party in parties),
        errands=tuple(errands),
        sits=np.zeros(len(errands), bool),
        radius=radius,
        shifts=tuple(shifts),
    )


def walk(
    where: Floorplan | Ground,
    parties: Sequence[Party] | Crowd,
    *,
    until: float,
    seed: int = 1,
    dt: float = 0.05,
    look: float = 0.5,
) -> Building:
    """Let people walk until all have left, or a time [s]; the law is the default one.

    Args:
        look: Time between rows of tracks [s].
    """
    ground = where if isinstance(where, Ground) else ground_of(where)
    crowd = parties if isinstance(parties, Crowd) else crowd_of(parties)
    building = Building(ground, crowd, seed=seed, dt=dt, look=look)
    while building.gone < len(crowd.room) and building.now < until - dt / 2:
        building.run(min(until, building.now + STRIDE))
    return building


def passing_times(building: Building, door: int, to_room: int | None = None) -> NDArray[np.float64]:
    """When each person first passed a door, into a room if one is given; NaN if never, (people,) [s]."""
    return times_of(building.passages(), len(building.crowd.room), building.dt, door, to_room)


def times_of(
    passages: NDArray[np.int64], people: int, dt: float, door: int | None, to_room: int | None = None
) -> NDArray[np.float64]:
    """First times in a table of passages, of a door, or of any if it is not given; NaN if never, (people,) [s]."""
    chosen = np.ones(len(passages), bool) if door is None else passages[:, 2] == door
    if to_room is not None:
        chosen &= passages[:, 4] == to_room
    found = np.full(people, np.nan)
    np.fmin.at(found, passages[chosen, 1], passages[chosen, 0] * dt)
    return found


def exit_times(building: Building) -> NDArray[np.float64]:
    """When each person left the building; NaN if it did not, (people,) [s]."""
    return times_of(building.passages(), len(building.crowd.room), building.dt, None, -1)


def exits_taken(building: Building) -> NDArray[np.int64]:
    """Door by which each person left, -1 if it did not, (people,)."""
    rows = building.passages()
    rows = rows[rows[:, 4] == -1]
    taken = np.full(len(building.crowd.room), -1)
    taken[rows[:, 1]] = rows[:, 2]
    return taken


def egress_time(building: Building) -> float:
    """When the last person left; NaN if somebody is left inside [s]."""
    return float(np.max(exit_times(building)))


def flow_of(times: NDArray[np.float64], after: float = 0.0, before: float = math.inf) -> float:
    """People a second between the first and the last of those who passed within a time; NaN if fewer than two did.

    Args:
        times: When people passed; NaN for who did not [s].
        after: Begin of the time [s]; `before`: its end.
    """
    inside = np.sort(times[(times >= after) & (times <= before)])
    return (
        float((len(inside) - 1) / (inside[-1] - inside[0])) if len(inside) > 1 and inside[-1] > inside[0] else math.nan
    )


def flow_of_ranks(times: NDArray[np.float64], first: float, last: float) -> float:
    """People a second among those who passed between two shares of the order, such as .2 and .8."""
    passed = np.sort(times[np.isfinite(times)])
    return flow_of(passed[int(first * len(passed)) : math.ceil(last * len(passed))])


def setting_out(building: Building) -> NDArray[np.float64]:
    """When each person was first seen to walk; NaN if never; to the look, (people,) [s]."""
    rows = building.tracks()
    rows = rows[rows[:, 3] == WALKING]
    found = np.full(len(building.crowd.room), np.nan)
    np.fmin.at(found, rows[:, 1], rows[:, 0] * building.dt)
    return found


@dataclass(frozen=True)
class Film:
    """Where everybody was at each look."""

    time: NDArray[np.float64]
    """(looks,) [s]."""
    room: NDArray[np.int64]
    """Room or part of a stair, -1 outside, (looks, people)."""
    place: NDArray[np.float64]
    """In the frame of the room's storey or stair, NaN outside, (looks, people, 2) [m]."""
    frame: NDArray[np.int64]
    """Frame, a storey or a stair, of each room and of the outside, (rooms + 1,)."""

    @property
    def look(self) -> float:
        """Time between two looks [s]."""
        return float(self.time[1] - self.time[0])


def film_of(building: Building) -> Film:
    """Where everybody was at each look, whether or not it had moved."""
    look = int(building.pace[LOOK])
    return film_of_rows(
        *(building.tracks(), building.passages(), building.crowd.room, building.crowd.place),
        *(look, round(building.now / building.dt) // look + 1, building.dt, building.ground.room[:, FRAME]),
    )


def film_of_rows(
    tracks: NDArray[np.int64],
    passages: NDArray[np.int64],
    room: NDArray[np.int64],
    place: NDArray[np.float64],
    look: int,
    looks: int,
    dt: float,
    frame: NDArray[np.int64],
) -> Film:
    """A film out of tables of tracks and passages.

    Args:
        room: Where people are at the start, (people,); `place`, (people, 2) [m].
        look: Steps between two looks.
        frame: Frame of each room, (rooms,).
    """
    people = len(room)
    source = np.zeros((looks, people), np.int64)
    row = np.arange(len(tracks))
    source[tracks[:, 0] // look, tracks[:, 1]] = row + 1
    source = np.maximum.accumulate(source, axis=0)
    rooms = np.append(0, tracks[:, 2])[source]
    places = np.concatenate([np.zeros((1, 2)), tracks[:, 4:6] / 1000.0])[source]
    start = source == 0
    rooms[start] = np.broadcast_to(room, (looks, people))[start]
    places[start] = np.broadcast_to(place, (looks, people, 2))[start]
    left = times_of(passages, people, 1.0, None, -1)
    gone = np.arange(looks)[:, None] * look >= left
    rooms[gone], places[gone] = -1, np.nan
    return Film(np.arange(looks, dtype=np.float64) * (look * dt), rooms, places, np.append(frame, -1))


def speeds_of(film: Film, period: float | None = None, axis: int | None = None) -> NDArray[np.float64]:
    """Speed between each look and the next, NaN over the joint of two frames, (looks - 1, people) [m/s].

    Args:
        period: Length of a ring along x [m].
        axis: Only along x (0) or y (1), with its sign.
    """
    step = np.diff(film.place, axis=0)
    if period is not None:
        step[:, :, 0] -= period * np.round(step[:, :, 0] / period)
    moved = np.hypot(step[:, :, 0], step[:, :, 1]) if axis is None else step[:, :, axis]
    frames = film.frame[film.room]
    return np.asarray(np.where(frames[1:] == frames[:-1], moved, np.nan) / film.look)


def travelled(film: Film, period: float) -> NDArray[np.float64]:
    """How far along x everybody is in a ring, from its start there, laps counted on, (looks, people) [m]."""
    step = np.diff(film.place[:, :, 0], axis=0)
    step -= period * np.round(step / period)
    along = np.concatenate([film.place[:1, :, 0], step])
    return np.cumsum(along, axis=0)


def overtaken(film: Film, period: float) -> int:
    """People in a ring who were the next behind somebody and got half a body ahead of it."""
    along = travelled(film, period)
    order = np.argsort(along[0], kind="stable")
    gaps = np.diff(along[:, order], axis=1, append=along[:, order[:1]] + period)
    return int((gaps <= -0.15).any(axis=0).sum())


def inside(film: Film, area: Box, rooms: Sequence[int] | None = None) -> NDArray[np.bool_]:
    """Who is in a box at each look, (looks, people).

    Args:
        rooms: Only in these rooms; any room if not given, where there is one storey.
    """
    left, low, right, high = area
    x, y = film.place[:, :, 0], film.place[:, :, 1]
    found = (x >= left) & (x < right) & (y >= low) & (y < high)
    return np.asarray(found if rooms is None else found & np.isin(film.room, rooms))


def densities_in(film: Film, area: Box, rooms: Sequence[int] | None = None) -> NDArray[np.float64]:
    """People on each square metre of a box, (looks,) [1/m²]."""
    left, low, right, high = area
    return np.asarray(inside(film, area, rooms).sum(axis=1) / ((right - left) * (high - low)))


def mean_speed_in(
    film: Film, area: Box, rooms: Sequence[int] | None = None, *, period: float | None = None, axis: int | None = None
) -> NDArray[np.float64]:
    """Mean speed, until the next look, of those in a box at each look; NaN where nobody is, (looks - 1,) [m/s]."""
    there = inside(film, area, rooms)[:-1]
    speed = speeds_of(film, period, axis)
    there &= np.isfinite(speed)
    count = there.sum(axis=1)
    total = np.where(there, speed, 0.0).sum(axis=1)
    return np.asarray(np.where(count > 0, total / np.maximum(count, 1), np.nan))
