"""RiMEA tests of speed and density: in a corridor, in single file, and on stairs (4, 13, 16)."""

from __future__ import annotations

import math
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.crowd import ToExits
from hyosan.rules.random import Draw
from hyosan.rules.walking import STAIRS_DOWN, STAIRS_UP
from hyosan.verification.checks import Band, Rising, Same
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.halls import ring, stair_ring
from hyosan.verification.rimea_single import RIMEA
from hyosan.verification.walks import (
    Party,
    adults,
    chance,
    densities_in,
    film_of,
    inside,
    mean_speed_in,
    overtaken,
    scattered,
    speeds_of,
    travelled,
    walk,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.verification.checks import Check

RING, WIDE, NARROW = 26.0, 2.0, 0.5
"""Length of the periodic corridor, and its widths [m]: two bodies of .3 m do not fit abreast into the narrow one."""

DENSITIES = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0)
"""People on a square metre of the corridor; 1.5 is one more than the guideline's."""

WARM, LONG = 10.0, 70.0
"""The first 10 s are left out, 60 s are averaged [s]."""

SQUARES = {"main": 12.0, "control before it": 4.0, "control behind it": 20.0}
"""Where measuring squares of 2 x 2 m begin [m]."""

FILE_RING, FILE_WIDTH, FILE_TIME = 20.0, 0.6, 150.0
"""Of the ring of single file [m], and how long people go round [s]; the last 60 s are averaged."""

FILE_BAND = {
    0.0989: (0.961, 1.186, 1.483),
    0.2989: (0.840, 1.160, 1.473),
    0.4989: (0.708, 1.091, 1.389),
    0.6989: (0.598, 0.975, 1.305),
    0.8989: (0.448, 0.747, 1.101),
    1.0989: (0.316, 0.520, 0.840),
    1.2989: (0.187, 0.393, 0.608),
    1.4989: (0.112, 0.273, 0.485),
    1.6989: (0.071, 0.199, 0.382),
    1.8989: (0.048, 0.158, 0.314),
    2.0989: (0.035, 0.131, 0.270),
    2.4989: (0.022, 0.102, 0.220),
    3.0989: (0.016, 0.081, 0.186),
}
"""Of single file, density [1/m]: speed of which 10, 50 and 90 % are slower [m/s]; doi:10.5281/zenodo.8378592."""

LAPS, FREE_UP_TO = 3, 1.3
"""Rounds that people go at densities up to this [1/m]; denser ones would need an hour."""

STAIR_CROWDS = (14, 18, 22, 26, 30, 36, 42)
"""People on the endless stair of 10 x 2 m and its floors of 2 m each."""

STAIR_RANGE = (0.6, 1.5)
"""Densities on the stair that are compared [1/m²]."""


def weidmann(density: float) -> float:
    """Mean speed at a density on the level [m/s].

    Source:
        Weidmann (1993), ETH IVT Schriftenreihe 90, in Kladek's form.
    """
    return 1.34 * (1.0 - math.exp(-1.913 * (1.0 / density - 1.0 / 5.4)))


def go_round(
    length: float, width: float, places: NDArray[np.float64], speed: NDArray[np.float64], until: float
) -> Building:
    """People in a ring; those in its second half are numbered last."""
    order = np.argsort(places[:, 0], kind="stable")
    places = places[order]
    goal, first = ToExits((1,), learns=False), int((places[:, 0] < length / 2).sum())
    parties = [Party(0, places[:first], speed[:first], goal), Party(1, places[first:], speed[first:], goal)]
    return walk(ring(length, width), [party for party in parties if len(party.places)], until=until)


def free_speeds(seed: int, count: int) -> NDArray[np.float64]:
    """Even from 1.2 to 1.4 m/s."""
    return np.asarray(1.2 + 0.2 * chance(seed, Draw.PACE, count)[:, 0])


def corridor_at(density: float, seed: int, until: float = LONG) -> Building:
    """The wide periodic corridor at a density; free speeds even from 1.2 to 1.4 m/s."""
    count = round(density * RING * WIDE)
    places = scattered((0.0, 0.2, RING, WIDE - 0.2), count, seed)
    return go_round(RING, WIDE, places, free_speeds(seed, count), until)


def square_means(run: Building) -> dict[str, tuple[float, float]]:
    """Mean density and speed along the corridor in each measuring square [1/m², m/s]."""
    film = film_of(run)
    late = film.time[:-1] >= WARM
    found = {}
    for name, left in SQUARES.items():
        area = (left, 0.0, left + 2.0, WIDE)
        density = densities_in(film, area)[:-1][late]
        speed = mean_speed_in(film, area, period=RING, axis=0)[late]
        found[name] = float(density.mean()), float(np.nansum(density * np.nan_to_num(speed)) / max(density.sum(), 1e-9))
    return found


def test_4(effort: Effort) -> Finding:
    """The fundamental diagram of a corridor."""
    seeds = list(effort.seeds(effort.size(1, 3)))
    main = {}
    for rho in DENSITIES:
        found = [square_means(corridor_at(rho, seed))["main"] for seed in seeds]
        main[rho] = tuple(float(mean) for mean in np.mean(found, axis=0))
    speeds = [main[rho][1] for rho in DENSITIES]
    shares = tuple(main[rho][1] / weidmann(main[rho][0]) for rho in DENSITIES if rho <= 2.0)
    flow = max(speed * density for density, speed in main.values())
    twice = [sha256(corridor_at(2.0, seeds[0], 20.0).tracks().tobytes()).hexdigest()[:12] for _ in range(2)]
    checks: list[Check] = [
        Rising(tuple(reversed(speeds))),
        Band(shares, 0.8, 1.2),
        Band((flow,), 1.2, 1.8),
        Same(twice[0], twice[1]),
    ]
    words = ", ".join(f"{rho:g}" for rho in DENSITIES)
    return Finding(
        f"periodic corridor 26 x 2 m at {words} /m²; squares of 2 x 2 m, 60 s after 10 s; {len(seeds)} seeds; speeds "
        "from the densest on, share of Weidmann's speed up to 2 /m², largest flow [1/(m s)], digests of two runs",
        checks,
    )


def narrow_at(density: float, seed: int) -> Building:
    """The narrow periodic corridor at a density on the square metre."""
    count = round(density * RING * NARROW)
    y = NARROW / 2 + 0.04 * (np.arange(count) % 2 - 0.5)
    places = np.column_stack([(np.arange(count) + 0.5) * RING / count, y])
    return go_round(RING, NARROW, places, free_speeds(seed, count), LONG)


def test_4_narrow(effort: Effort) -> Finding:
    """A corridor in which nobody overtakes."""
    (seed,) = effort.seeds(1)
    films = [film_of(narrow_at(rho, seed)) for rho in DENSITIES]
    late = [speeds_of(film, RING, 0)[film.time[:-1] >= WARM] for film in films]
    speeds = tuple(float(each.mean()) for each in late)
    checks: list[Check] = [Rising(tuple(reversed(speeds))), Same(0, sum(overtaken(film, RING) for film in films))]
    words = ", ".join(f"{rho:g}" for rho in DENSITIES)
    return Finding(
        f"periodic corridor 26 x .5 m at {words} /m², 60 s; speeds from the densest on, people overtaken", checks
    )


def file_speed(density: float, free: float) -> tuple[float, float, float]:
    """Density in single file [1/m], mean speed in the last 60 s [m/s], and the fewest rounds of anybody."""
    count = max(2, round(density * FILE_RING))
    places = np.column_stack([(np.arange(count) + 0.5) * FILE_RING / count, np.full(count, FILE_WIDTH / 2)])
    film = film_of(go_round(FILE_RING, FILE_WIDTH, places, np.full(count, free), FILE_TIME))
    late = film.time[:-1] >= FILE_TIME - 60.0
    along = travelled(film, FILE_RING)
    laps = float((along[-1] - along[0]).min() / FILE_RING)
    return count / FILE_RING, float(speeds_of(film, FILE_RING, 0)[late].mean()), laps


def in_band(density: float, speed: float) -> bool:
    """Whether a speed lies between the 10 and the 90 % curve at a density of single file."""
    rhos = np.array(list(FILE_BAND))
    low, _, high = (np.interp(density, rhos, [row[k] for row in FILE_BAND.values()]) for k in range(3))
    return bool(low <= speed <= high)


def test_16(effort: Effort) -> Finding:
    """The fundamental diagram of single file."""
    found = [file_speed(rho, 1.34) for rho in FILE_BAND]
    share = float(np.mean([in_band(rho, speed) for rho, speed, _ in found]))
    laps = min(laps for rho, _, laps in found if rho <= FREE_UP_TO)
    loose = [rho for rho in FILE_BAND if rho < 0.8]
    shifted = tuple(float(np.mean([file_speed(rho, free)[1] for rho in loose])) for free in (0.9, 1.34, 1.5))
    checks: list[Check] = [
        Band((share,), 0.75, 1.0),
        Band((laps,), LAPS, math.inf),
        Rising(tuple(round(speed, 3) for _, speed, _ in reversed(found)), or_equal=True),
        Rising(shifted),
    ]
    return Finding(
        "ring of 20 m, .6 m wide, 13 densities from .1 to 3.1 /m, 1.34 m/s, 150 s; share inside the band, fewest laps "
        "up to 1.3 /m, speeds from the densest on, mean speed up to .7 /m at .9, 1.34 and 1.5 m/s",
        checks,
    )


def envelope(density: NDArray[np.float64], upward: bool) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Slowest and fastest speed on stairs at a density, a standard deviation beyond the two means [m/s].

    Source:
        Corbetta's data as JuPedSim's suite has them.
    """
    rho = density
    if upward:
        fast, fast_sigma = 0.18 * rho**2 - 0.55 * rho + 1.02, np.maximum(-0.14 * rho + 0.35, 0.0)
        slow, slow_sigma = 0.01 * rho + 0.48, -0.02 * rho + 0.10
    else:
        fast, fast_sigma = 0.33 * rho**2 - 1.02 * rho + 1.39, -0.11 * rho + 0.29
        slow, slow_sigma = -0.08 * rho + 0.67, -0.06 * rho + 0.14
    return np.asarray(slow - slow_sigma), np.asarray(fast + fast_sigma)


def stair_points(upward: bool, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Density on an endless stair and speed of each person on it, at each look after 30 s [1/m², m/s]."""
    densities, speeds = [], []
    for count in STAIR_CROWDS:
        level = adults(seed, count)
        goal, half = ToExits((0,), learns=False), count // 2
        ground = stair_ring(upward=upward)
        run_x = ground.plan.rooms[1].outline[0][0]
        before, after = ((0.2, 0.2, 1.8, 1.8), (run_x + 0.2, 0.2, run_x + 1.8, 1.8))
        free = np.column_stack([level, level * STAIRS_UP, level * STAIRS_DOWN])
        parties = [
            Party(0, scattered(before, half, seed, apart=0.2), free[:half], goal),
            Party(1, scattered(after, count - half, seed, series=1, apart=0.2), free[half:], goal),
        ]
        run = walk(ground, parties, until=120.0)
        film = film_of(run)
        there = inside(film, (0.0, 0.0, 10.0, 2.0), [2])
        speed = speeds_of(film, axis=0)
        keep = there[:-1] & np.isfinite(speed) & (film.time[:-1, None] >= 30.0)
        densities.append(np.broadcast_to(there[:-1].sum(axis=1)[:, None] / 20.0, keep.shape)[keep])
        speeds.append(np.abs(speed[keep]))
    return np.concatenate(densities), np.concatenate(speeds)


def test_13(effort: Effort) -> Finding:
    """The fundamental diagram of stairs."""
    (seed,) = effort.seeds(1)
    checks: list[Check] = []
    means = {}
    for upward in (True, False):
        density, speed = stair_points(upward, seed)
        kept = (density >= STAIR_RANGE[0]) & (density <= STAIR_RANGE[1])
        low, high = envelope(density[kept], upward)
        between = (speed[kept] >= low) & (speed[kept] <= high)
        checks.append(Band((float(between.mean()) if len(between) else math.nan,), 0.5, 1.0))
        tenths = np.round(density[kept], 1)
        means[upward] = {rho: float(speed[kept][tenths == rho].mean()) for rho in np.unique(tenths)}
    both = sorted(set(means[True]) & set(means[False]))
    faster = tuple(means[False][rho] - means[True][rho] for rho in both)
    checks += [Band((float(len(both)),), 5.0, math.inf), Band(faster, 0.0, math.inf)]
    return Finding(
        f"endless stair of 10 x 2 m with {STAIR_CROWDS[0]} to {STAIR_CROWDS[-1]} adults, each seen at .6 to 1.5 /m²; "
        "share inside the envelopes up and down, densities in common, how much faster down than up [m/s]",
        checks,
    )


EXPERIMENTS = (
    Experiment(
        "rimea-4",
        "Speed falls with density, is Weidmann's within a fifth up to 2 /m², and flow has its usual peak.",
        f"{RIMEA}, test 4; falls, repeats: guideline, a fifth and 1.2 to 1.8 /(m s): proposed, the spread of studies",
        "nobody keeps a distance",
        test_4,
    ),
    Experiment(
        "rimea-4-narrow",
        "In a corridor so narrow that nobody overtakes speed falls with density too.",
        f"{RIMEA}, test 4; guideline",
        "bodies that do not hinder each other",
        test_4_narrow,
    ),
    Experiment(
        "rimea-13",
        "On stairs half of the people walk between the envelopes of measured speeds, and faster down than up.",
        f"{RIMEA}, test 13; half of the points: JuPedSim's suite",
        "stairs walked at the speed of the level",
        test_13,
    ),
    Experiment(
        "rimea-16",
        "In single file three of four speeds lie between the curves of the 10th and 90th percentile.",
        f"{RIMEA}, test 16; three of four, three laps and the shifts: JuPedSim's suite",
        "nobody keeps a distance",
        test_16,
    ),
)
