"""How fast people walk, and which way they turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hyosan.jit import float_rule

FAN = (0.0, 15.0, -15.0, 30.0, -30.0, 50.0, -50.0, 75.0, -75.0, 100.0, -100.0, 180.0)
"""Headings that a person weighs, from the direction wanted, counter-clockwise [degrees]."""

_COSINES = (1.0, 0.9659258262890683, 0.8660254037844387, 0.6427876096865394, 0.25881904510252074, -0.17364817766693036)
_SINES = (0.0, 0.25881904510252074, 0.5, 0.766044443118978, 0.9659258262890683, 0.984807753012208)


def fan() -> np.ndarray:
    """Cosine and sine of each heading of `FAN`, written out so that they are the same everywhere, (12, 2)."""
    rows = [(1.0, 0.0)]
    for cosine, sine in zip(_COSINES[1:], _SINES[1:], strict=True):
        rows += [(cosine, sine), (cosine, -sine)]
    return np.array([*rows, (-1.0, 0.0)])


@dataclass(frozen=True)
class Law:
    """What the walking of everybody has in common."""

    time_gap: float = 1.0
    """Time that a person keeps to whoever is ahead [s]. Source: doi:10.1007/978-3-319-33482-0_29 (Tordeux, Chraibi &
    Seyfried 2016), T; with `space` inside the band of RiMEA 4.1.1, test 16."""
    space: float = 0.3
    """Distance of centres at which who is behind stands [m]. Source: as `time_gap`, l."""
    half_width: float = 0.347
    """A person heeds others whose centres are so near to the line of its way [m]; calibrated, with the other lengths as
    they are, on Weidmann's fundamental diagram and on 1.9 people a second and metre through bottlenecks."""
    oncoming: float = 0.5
    """What is left of `half_width` toward those who come the other way [1]; assumed: shoulders are turned."""
    foresight: float = 1.0
    """Time over which a person reckons where others go, to choose a heading [s]; assumed: as `time_gap`."""
    turning: float = 0.1
    """What turning right round costs, as a share of the free speed [1]; assumed: small, it only stops dithering."""
    rightward: float = 0.02
    """What people favour the right by, as a share of the free speed [1]; assumed: small, it only breaks ties."""
    keeping_right: float = 0.2
    """What people favour the right by when others come the other way, as a share of the free speed [1]; assumed: right,
    as usual in Korea; from .15 to .6 a jam of two crowds at a stair clears about as well, and sooner than with .02."""
    wall_gap: float = 0.15
    """Distance of a centre from a wall at which nobody goes nearer [m]; assumed: shoulders are 0.45 m, and turn."""
    wall_time: float = 0.3
    """Time that a person keeps to a wall ahead [s]; assumed: walls do not step aside, and do not come nearer."""
    squeeze: float = 0.7
    """What is left of `half_width` for who has lost patience [1]; assumed: shoulders are turned. Nobody steps closer to
    whoever is ahead."""
    patience: float = 2.0
    """Time in others' way after which shoulders are turned [s]; assumed."""
    queue_flow: float = 1.9
    """People that a door is reckoned to let through [1/(m s)]. Source: doi:10.1287/trsc.1090.0263 (Seyfried et al.
    2009)."""
    herding: float = 0.1
    """What a door where everybody goes is favoured by [1]; assumed: enough to shift the choice between equal doors."""
    unfamiliar: float = 0.25
    """So much longer counts a way out that is in sight but was not known before [1]; assumed: people leave by the exit
    that they know rather than by another one, as in doi:10.1177/0013916585176003 (Sime 1985), unless it is far nearer
    or a queue stands before the one they know."""
    loyalty: float = 0.85
    """Another door must cost at most this share of the present one [1]; assumed: people do not swing between doors."""
    usual_speed: float = 1.34
    """Speed with which ways are reckoned [m/s]. Source: Weidmann (1993), ETH IVT Schriftenreihe 90."""
    up_cost: float = 2.2
    """So much longer counts a way up a stair [1]. Source: Weidmann (1993): 1.34 / 0.61."""
    down_cost: float = 1.93
    """So much longer counts a way down a stair [1]. Source: Weidmann (1993): 1.34 / 0.694."""
    group_near: float = 1.0
    """Lead over the last of its group from which a person slows down [m]; assumed."""
    group_far: float = 3.0
    """Lead at which it waits [m]; assumed."""
    seen_speed: float = 0.3
    """Others reckon with at least this speed of who wants to walk [m/s]; assumed."""


SLIDE = 0.3
"""Share of the free speed at which one slides along a wall [1]; assumed."""

CREEP, NEAREST = 0.25, 0.7
"""Who is nearer to a wall than is comfortable goes on at this share of the usual speed, down to this share of the
comfortable distance [1]; assumed."""


@float_rule
def headway_speed(gap, space, time_gap, free_speed):
    """Speed at a distance from whoever is ahead [m/s]: none at `space`, free once the time gap is kept.

    Source:
        Tordeux, Chraibi & Seyfried (2016), doi:10.1007/978-3-319-33482-0_29, eq. 4.
    """
    return min(free_speed, max(0.0, (gap - space) / time_gap))


@float_rule
def wall_speed(distance, approach, gap, time):
    """Largest speed in a direction of which `approach` leads toward a wall [m/s].

    It falls to nearly nothing at the distance `gap`, to nothing at seven tenths of it: people squeeze past a corner.

    Source:
        As `headway_speed`, of a wall; assumed.
    """
    return (max(0.0, distance - gap) + CREEP * max(0.0, min(distance, gap) - NEAREST * gap)) / (approach * time)


@float_rule
def slide_speed(approach, free):
    """Speed at which one slides along a wall or round a corner that is touched [m/s].

    Source:
        Assumed: a share of the free speed that falls with the square of how much of the direction leads into the wall.
    """
    return SLIDE * free * (1.0 - approach * approach)


def free_speed(age: float) -> float:
    """Mean free walking speed at an age [m/s].

    Source:
        Weidmann (1993), ETH IVT Schriftenreihe 90, figure 1, as read off for RiMEA 4.1.1 (test 7); 10 and 15 years
        by eye.

    >>> free_speed(20), round(free_speed(17), 3)
    (1.61, 1.526)
    """
    return float(np.interp(age, _AGES, _SPEEDS))


_AGES = (3, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80)
_SPEEDS = (0.58, 1.18, 1.47, 1.61, 1.58, 1.54, 1.48, 1.41, 1.27, 1.07, 0.68)

STAIRS_DOWN, STAIRS_UP = (0.694 / 1.34, 0.610 / 1.34)
"""Speed on stairs as a share of that on the level [1]. Source: Weidmann (1993), ETH IVT Schriftenreihe 90."""
