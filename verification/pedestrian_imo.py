"""The page about the tests of IMO MSC.1/Circ.1533."""

import numpy as np
from matplotlib.figure import Figure
from pedestrian_pages import Exhibit, page
from walk_drawings import histogram, lines, people_out, tracks, two_panels

from hyosan.engine.building.building import Building
from hyosan.verification import imo, imo_crowds
from hyosan.verification.imo_crowds import DECK_BOXES, OPPOSITE
from hyosan.verification.walks import densities_in, film_of, speeds_of

FDS_EVAC = (50.0, 75.0, 106.9, 136.1)
"""Times of the last of the hundred in test 8 [s]. Source: technical reference of FDS+Evac, section 4."""


def gone_by(run: Building, wall: float) -> Figure:
    """One person's way along x."""
    film = film_of(run)
    there = ~np.isnan(film.place[:, 0, 0])
    speed = speeds_of(film)[:, 0][there[1:]]
    # Over the joint of a floor and a stair nothing is measured.
    way = np.cumsum(np.r_[0.0, np.where(np.isfinite(speed), speed, 1.0) * film.look])
    ideal = film.time[there] * 1.0
    panel = lines("time [s]", "way [m]", {"walked": (film.time[there], way), "1 m/s": (film.time[there], ideal)})
    return two_panels(tracks(run, wall), panel)


def responses() -> Figure:
    """When people were to set out, and did."""
    run, due = imo.late_starters()
    panel = lines("response time [s]", "first move [s]", {"": (due, imo.first_moves(run))}, "o")
    return two_panels(tracks(run, 30.0), panel)


def men_walking() -> Figure:
    """Fifty men and their speeds."""
    wanted = imo.men(1, 500)
    run = imo.walking_alone(imo.men(1, 50))
    walked = imo.speeds_walked(imo.walking_alone(wanted))
    return two_panels(tracks(run, 20.0), histogram("speed [m/s]", walked, imo.MEN), wide=0.8)


def against_each_other() -> Figure:
    """Fifty against a hundred, and the times of the last."""
    run = imo_crowds.counterflow(50, 1)
    times = [[imo_crowds.last_across(imo_crowds.counterflow(many, seed)) for seed in range(1, 5)] for many in OPPOSITE]
    rows = {
        "mean of four": (OPPOSITE, np.mean(times, axis=1)),
        "least": (OPPOSITE, np.min(times, axis=1)),
        "most": (OPPOSITE, np.max(times, axis=1)),
        "FDS+Evac": (OPPOSITE, FDS_EVAC),
    }
    colours = np.r_[np.zeros(100, int), np.ones(50, int)]
    return two_panels(tracks(run, 20.0, colours), lines("people coming toward them", "last of the 100 [s]", rows, "o-"))


def halls() -> Figure:
    """A hall with four exits and with two."""
    four, two = (imo_crowds.out_of_hall(1000, exits) for exits in (4, 2))
    return two_panels(tracks(two, 40.0), people_out({"four exits": four, "two exits": two}))


def cabins() -> Figure:
    """Twelve cabins; the colour is the exit assigned."""
    run, assigned = imo_crowds.out_of_cabins()
    colours = (assigned == imo_crowds.SECONDARY_DOOR).astype(int)
    return two_panels(tracks(run, 3.0, colours), people_out({"": run}))


def queues(people: int) -> Figure:
    """Densities before the way out of a room, in the corridor and before the stair."""
    run = imo_crowds.to_the_stair(people)
    film = film_of(run)
    rows = {where: (film.time, densities_in(film, area, [row])) for where, (area, row) in DECK_BOXES.items()}
    return two_panels(tracks(run, 25.0), lines("time [s]", "people on 1 m²", rows), size=(10.0, 3.0))


def exit_with_limit() -> Figure:
    """A hundred through an exit with the limit of the regulation."""
    run = imo_crowds.through_exit()
    return two_panels(tracks(run, 30.0), people_out({"with the limit": run}, 1.33))


def corner_drawn() -> Figure:
    """Twenty round a corner."""
    run = imo.round_corner(1, imo.men(1, 20))
    return two_panels(tracks(run, 12.0), people_out({"": run}), size=(8.0, 3.4))


EXHIBITS = (
    Exhibit(
        "imo-1",
        "A corridor of 42 x 2 m, one person, free speed 1 m/s; the time between lines at 1 and 41 m is 40 s, to"
        " one step of 0.05 s.",
        lambda: gone_by(imo.along_corridor(), 20.0),
    ),
    Exhibit(
        "imo-2",
        "A stair of 10 m along the slope, 2 m wide, one person up at 1 m/s: 10 s, to one step.",
        lambda: gone_by(imo.on_stair(True), 6.0),
    ),
    Exhibit("imo-3", "The same stair, down.", lambda: gone_by(imo.on_stair(False), 6.0)),
    Exhibit(
        "imo-4",
        "A room of 8 x 5 m, 100 men of 30 to 50 years, an exit of 1 m with `flow_limit` 1.33. The flow is that between "
        "the first and the last person; the bound is 1.33 a second, and a flow below 0.98 of it would be wasteful.",
        exit_with_limit,
        "What passes an exit without a limit is in `bottlenecks.md`.",
    ),
    Exhibit(
        "imo-5",
        "The same room, ten people, response times evenly spread between 10 and 100 s. Each moves first in the step in "
        "which its time falls.",
        responses,
    ),
    Exhibit(
        "imo-6",
        "Two corridors of 2 m, 10 m long to the corner; 20 men of 30 to 50 years start in the first 6 m. Nobody"
        " is ever outside the outline by more than 1 mm, looked at in every step, and all arrive (in less than "
        "a minute).",
        corner_drawn,
    ),
    Exhibit(
        "imo-7",
        "Men of 30 to 50 years side by side on 50 m, too far apart to heed each other. Speeds over 40 m: each its own "
        "(to what a step makes of 40 m), all within 0.97 and 1.62 m/s, evenly spread (Kolmogorov's distance).",
        men_walking,
    ),
    Exhibit(
        "imo-8",
        "Two rooms of 10 x 10 m, joined by a corridor of 10 x 2 m; 100 men of 30 to 50 years go from left to "
        "right, and 0, 10, 50, 100 from right to left. All must arrive, and the mean time of the last of the "
        "100 must rise.",
        against_each_other,
        "Single runs differ much (the figure has least and most of four): lanes form early or late.",
    ),
    Exhibit(
        "imo-9",
        "A hall of 30 x 20 m with four exits of 1 m and 1,000 men of 30 to 50 years, 2 m off the walls; then with two "
        "exits shut. The bound on the ratio of the times is the one that JuPedSim's suite takes.",
        halls,
    ),
    Exhibit(
        "imo-10",
        "Twelve cabins along a corridor; 23 people, 15 assigned to the main exit, 8 (cabins 5, 6, 11, 12) to the "
        "secondary one.",
        cabins,
    ),
    Exhibit(
        "imo-11",
        "A room of 8 x 5 m with 150 men of 30 to 50 years, a corridor of 12 x 2 m, a stair up of 3 m. Peak "
        "densities are higher before the way out and before the "
        "stair than in the middle of the corridor; and the stair lets fewer through than the way out of the "
        "room.",
        lambda: queues(150),
    ),
    Exhibit(
        "imo-update",
        "All headings and speeds are found from where people were before the step, bodies are then parted in "
        "two rounds each of which reads the one before; nobody's place is changed before all are found. So "
        "numbering people the other way round must not change anything: places of 100 people after 15 s, "
        "compared to the last bit. A step is 0.05 s, far below the second that IMO allows.",
    ),
)


def write(quick: bool) -> None:
    """The page."""
    page(
        "imo",
        "Tests of IMO MSC.1/Circ.1533",
        [
            "The eleven tests of annex 3, and its note on the update of positions. Nothing is set for a test:",
            "people walk by the default law (`rules/walking.py`), and what a test prescribes are geometry,",
            "speeds and times. Sources of the set-ups: the circular as the technical reference of FDS+Evac and",
            "the suites of JuPedSim render it. Drawings are of seed 1; tables are of the seeds of the claim.",
        ],
        EXHIBITS,
        quick=quick,
    )
