"""IMO MSC.1/Circ.1533, annex 3: the tests of single components, 1 to 3 and 5 to 7, and of the order of updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.columns import WALKING
from hyosan.rules.random import Draw
from hyosan.verification.checks import Band, Check, Close, Law, Same
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.decks import LANE, lanes
from hyosan.verification.halls import corner, corridor, hall, stair
from hyosan.verification.starts import LAWS, start_times
from hyosan.verification.walks import Party, chance, egress_time, film_of, passing_times, scattered, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.verification.walks import Box, Film

IMO = "IMO MSC.1/Circ.1533 (2016), annex 3"
STEP = 0.05
"""Length of a step [s]."""

ONE_STEP = STEP * 1.001
"""Times are read off whole steps, so that a difference of two may be off by one [s]."""

MEN = (0.97, 1.62)
"""Least and largest speed of men of 30 to 50 years on the level [m/s]. Source: IMO MSC.1/Circ.1533, table 3.4."""

CABIN: Box = (0.3, 0.3, 7.7, 4.7)
"""Where people stand in the room of 8 x 5 m [m]."""


def men(seed: int, count: int, series: int = 0) -> NDArray[np.float64]:
    """Free speeds of men of 30 to 50 years, evenly spread, (people,) [m/s]."""
    return np.asarray(MEN[0] + (MEN[1] - MEN[0]) * chance(seed, Draw.PACE, count, 100 + series)[:, 0])


def along_corridor(seed: int = 1) -> Building:
    """One person in a corridor of 42 x 2 m, with lines at 1 and 41 m."""
    return walk(corridor(42.0, 2.0, (1.0, 41.0)), [Party(0, np.array([[0.5, 1.0]]), 1.0)], until=60.0, seed=seed)


def on_stair(upward: bool, length: float = 10.0, seed: int = 1) -> Building:
    """One person who walks 1 m/s on a stair."""
    where = stair(length=length, upward=upward, rise=0.3 * length)
    party = Party(0, np.array([[0.5, 1.0]]), np.ones((1, 3)))
    return walk(where, [party], until=2.0 * length + 20.0, seed=seed)


def stair_time(run: Building) -> float:
    """Time between the two ends of the stair [s]."""
    return float(abs(passing_times(run, 1)[0] - passing_times(run, 2)[0]))


def corridor_test(effort: Effort) -> Finding:
    """Test 1."""
    run = along_corridor()
    time = float(passing_times(run, 1)[0] - passing_times(run, 0)[0])
    return Finding("one person, 40 m", [Close((40.0,), (time,), ONE_STEP)])


def stair_test(upward: bool, effort: Effort) -> Finding:
    """Tests 2 and 3."""
    return Finding("one person, 10 m", [Close((10.0,), (stair_time(on_stair(upward)),), ONE_STEP)])


def late_starters(seed: int = 1) -> tuple[Building, NDArray[np.float64]]:
    """Ten people in the room of 8 x 5 m, and when they are to set out [s]."""
    due = start_times(seed, 10, LAWS[0])
    party = Party(0, scattered(CABIN, 10, seed), men(seed, 10), start=due)
    return walk(hall(8.0, 5.0, [("right", 2.0, 3.0)]), [party], until=200.0, seed=seed, look=STEP), due


def first_moves(run: Building) -> NDArray[np.float64]:
    """When each person set out: the begin of the first step in which it walked; NaN if never, (people,) [s]."""
    rows = run.tracks()
    away = np.hypot(*(rows[:, 4:6] / 1000.0 - run.crowd.place[rows[:, 1]]).T)
    moved = np.full(len(run.crowd.room), np.nan)
    # Who stands in the way is pushed a little before it sets out.
    there = (away > 0.0015) & (rows[:, 3] == WALKING)
    np.fmin.at(moved, rows[there, 1], (rows[there, 0] - 1) * run.dt)
    return moved


def response_test(effort: Effort) -> Finding:
    """Test 5: no later and no earlier than a step."""
    run, due = late_starters()
    checks: list[Check] = [Close(tuple(map(float, due)), tuple(map(float, first_moves(run))), ONE_STEP)]
    checks.append(Band((float(due.min()),), 10.0, 100.0))
    checks.append(Band((float(due.max()),), 10.0, 100.0))
    return Finding("10 people", checks)


def round_corner(seed: int = 1, speed: float | NDArray[np.float64] = 1.25) -> Building:
    """Twenty people in the first 6 m of a corner."""
    party = Party(0, scattered((0.3, 0.3, 6.0, 1.7), 20, seed), speed)
    return walk(corner(), [party], until=120.0, seed=seed, look=STEP)


def outside(film: Film, boxes: Sequence[Box], within: float = 0.001) -> int:
    """Places of people, over all looks, that are in none of some boxes by more than 1 mm."""
    x, y = film.place[:, :, 0], film.place[:, :, 1]
    found = np.isnan(x)
    for left, low, right, high in boxes:
        found |= (x >= left - within) & (x <= right + within) & (y >= low - within) & (y <= high + within)
    return int((~found).sum())


CORNER_BOXES: tuple[Box, ...] = ((0.0, 0.0, 12.0, 2.0), (10.0, 0.0, 12.0, 12.0))


def corner_test(effort: Effort) -> Finding:
    """Test 6; also 2.3 of NIST and 4 of ISO: in less than a minute."""
    checks: list[Check] = []
    count = effort.size(2, 10)
    for seed in effort.seeds(count):
        run = round_corner(seed, men(seed, 20))
        checks += [Same([20, 0], [run.gone, outside(film_of(run), CORNER_BOXES)])]
        checks.append(Band((egress_time(run),), 0.0, 60.0))
    return Finding(f"20 people, {count} times", checks)


def walking_alone(speeds: NDArray[np.float64], seed: int = 1) -> Building:
    """People who walk side by side over 50 m, too far apart to heed each other."""
    count = len(speeds)
    places = np.column_stack([np.full(count, 0.5), LANE * (np.arange(count) + 0.5)])
    return walk(lanes(count), [Party(0, places, speeds)], until=200.0, seed=seed)


def speeds_walked(run: Building) -> NDArray[np.float64]:
    """Speed of each over 40 m, (people,) [m/s]."""
    return np.asarray(40.0 / (passing_times(run, 1) - passing_times(run, 0)))


def off_by_a_step(speeds: NDArray[np.float64]) -> float:
    """By how much a speed over 40 m may be off if its time is off by a step [m/s]."""
    return float((speeds.max() ** 2) * ONE_STEP / 40.0) * 1.1


def population_test(effort: Effort) -> Finding:
    """Test 7."""
    count = effort.size(50, 500)
    wanted = np.concatenate([men(seed, 50) for seed in effort.seeds(count // 50)])
    walked = speeds_walked(walking_alone(wanted))
    margin = off_by_a_step(wanted)
    checks: list[Check] = [
        Band((float(np.abs(walked - wanted).max()),), 0.0, margin),
        Band((float(walked.min()),), MEN[0] - margin, MEN[1]),
        Band((float(walked.max()),), MEN[0], MEN[1] + margin),
        Law.of(np.sort(walked), np.clip((np.sort(walked) - MEN[0]) / (MEN[1] - MEN[0]), 0.0, 1.0)),
    ]
    return Finding(f"{count} men", checks)


def order_of_updates(effort: Effort) -> Finding:
    """Whoever is numbered first has no advantage: the same crowd numbered the other way round walks the same way."""
    checks: list[Check] = []
    exits = [("right", 2.0, 3.0)]
    for seed in effort.seeds(effort.size(2, 6)):
        places, speeds = scattered(CABIN, 100, seed), men(seed, 100)
        there = []
        for order in (np.arange(100), np.arange(100)[::-1]):
            run = walk(hall(8.0, 5.0, exits), [Party(0, places[order], speeds[order])], until=15.0, seed=seed)
            found = np.empty((100, 2))
            found[order] = run.places()
            there.append(found.tobytes().hex())
        checks.append(Same(hash_of(there[0]), hash_of(there[1])))
    return Finding(f"100 people after 15 s, {len(checks)} times", checks)


def hash_of(text: str) -> str:
    """A digest to be shown."""
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()


EXPERIMENTS = (
    Experiment(
        "imo-1",
        "A person with 1 m/s needs 40 s for 40 m of a corridor",
        f"{IMO}, test 1",
        "free speed 2 % too low",
        corridor_test,
    ),
    Experiment(
        "imo-2",
        "A person with 1 m/s on stairs needs 10 s for 10 m upward",
        f"{IMO}, test 2",
        "speed on the level used on stairs",
        lambda effort: stair_test(True, effort),
    ),
    Experiment(
        "imo-3",
        "A person with 1 m/s on stairs needs 10 s for 10 m downward",
        f"{IMO}, test 3",
        "speed upward used downward",
        lambda effort: stair_test(False, effort),
    ),
    Experiment(
        "imo-5",
        "Ten people with response times between 10 and 100 s set out each at its own",
        f"{IMO}, test 5",
        "everybody sets out with the first",
        response_test,
    ),
    Experiment(
        "imo-6",
        "Twenty people go round a corner, and nobody is ever outside the walls",
        f"{IMO}, test 6",
        "walls that do not hold people back",
        corner_test,
    ),
    Experiment(
        "imo-7",
        "Fifty men of 30 to 50 years walk at 0.97 to 1.62 m/s, evenly spread, each at its own free speed",
        f"{IMO}, test 7 and table 3.4",
        "free speed 2 % too low",
        population_test,
    ),
    Experiment(
        "imo-update",
        "All people are moved at once: numbered the other way round they walk the same way, to the last byte",
        f"{IMO}, note on the update of positions",
        "people see others where these are already in the same step",
        order_of_updates,
    ),
)
