"""The page about the tests of NIST TN 1822 and ISO 20414."""

import numpy as np
from matplotlib.figure import Figure
from pedestrian_imo import corner_drawn, gone_by, queues
from pedestrian_pages import Exhibit, page
from walk_drawings import bars, histogram, lines, people_out, tracks, two_panels

from hyosan.engine.building.crowd import ToExits
from hyosan.verification import imo, imo_crowds, nist, nist_choices, nist_flows
from hyosan.verification.imo_crowds import OPPOSITE
from hyosan.verification.starts import LAWS
from hyosan.verification.walks import exit_times, exits_taken, normals


def four_laws() -> Figure:
    """Times before movement and their laws."""
    left, right = {}, {}
    at = np.linspace(1.0, 600.0, 300)
    for law in LAWS:
        times = np.sort(nist.starts_of(law, 40, 1))
        left[law.family] = (times, np.arange(1, len(times) + 1) / len(times))
        right[law.family] = (at, law.below(at))
    x, y = "first move [s]", "share of people"
    drawn = two_panels(lines(x, f"{y}, 40 runs of ten", left), lines("time [s]", f"{y}, law", right), wide=1.0)
    for axes in drawn.axes:
        axes.set_xlim(0.0, 600.0)
    return drawn


def speeds() -> Figure:
    """Normal speeds."""
    wanted = nist.MEAN_SPEED + nist.SPREAD * normals(1, 500)
    walked = imo.speeds_walked(imo.walking_alone(wanted))
    at = np.linspace(0.5, 1.9, 200)
    law = {"walked": (np.sort(walked), np.arange(1, 501) / 500), "law": (at, nist.normal_below(at))}
    left = histogram("speed [m/s]", walked, (nist.MEAN_SPEED,))
    return two_panels(left, lines("speed [m/s]", "share of people", law), wide=1.0)


def against() -> Figure:
    """A hundred against a hundred."""
    run = imo_crowds.counterflow(100, 1, 1.25)
    times = [
        np.mean([imo_crowds.last_across(imo_crowds.counterflow(k, s, 1.25)) for s in (1, 2, 3, 4)]) for k in OPPOSITE
    ]
    colours = np.r_[np.zeros(100, int), np.ones(100, int)]
    panel = lines("people coming toward them", "last of the 100 [s]", {"mean of four": (OPPOSITE, times)}, "o-")
    return two_panels(tracks(run, 20.0, colours), panel)


def group() -> Figure:
    """Five people who are a group, and who are none."""
    together, alone = (nist.group_of_five(1, together=each, slow_crowd=True) for each in (True, False))
    rows = {}
    for label, run in (("group", together), ("no group", alone)):
        times = np.sort(exit_times(run)[:5])
        rows[label] = (times, np.arange(1, 6))
    colours = np.r_[np.zeros(4, int), 3, np.ones(10, int)]
    return two_panels(tracks(together, 20.0, colours), lines("time [s]", "of the five out", rows, "o-"))


def slow_one() -> Figure:
    """Behind somebody slow on a ramp."""
    free, held = (nist.on_ramp(each) for each in (False, True))
    colours = np.r_[np.zeros(24, int), 3]
    return two_panels(tracks(held, 12.0, colours), people_out({"alike": free, "slow and wide": held}))


def cabins() -> Figure:
    """Assigned exits."""
    run, assigned = imo_crowds.out_of_cabins(2)
    colours = (assigned == imo_crowds.SECONDARY_DOOR).astype(int)
    return two_panels(tracks(run, 3.0, colours), people_out({"": run}))


def example() -> Figure:
    """Two people alone, and with an example."""
    shares = {
        label: float(np.mean([exits_taken(nist_choices.free_pair(seed, shown))[:2] == 1 for seed in range(100)]))
        for label, shown in (("alone", False), ("with an example", True))
    }
    run = nist_choices.free_pair(3, True)
    return two_panels(
        tracks(run, 5.0, np.array([0, 0, 1])), bars("share by the second exit", shares, (0.5,)), size=(7, 3.4)
    )


def habit() -> Figure:
    """Who knows which exit."""
    goals = {"both": ToExits(), "the first": ToExits((0,)), "the second": ToExits((1,))}
    shares = {
        f"knows {name}": float(np.mean([nist_choices.alone(s, g) for s in range(100)])) for name, g in goals.items()
    }
    return two_panels(
        tracks(nist_choices.free_pair(1, False), 5.0), bars("share by the second exit", shares, (0.5,)), size=(9, 3.4)
    )


def shut() -> Figure:
    """An exit that is locked."""
    run, _ = nist_choices.shut_exit(1, True)
    free, _ = nist_choices.shut_exit(1, False)
    return two_panels(tracks(run, 6.0), people_out({"locked after 1 s": run, "open": free}), size=(7, 3.4))


def exits() -> Figure:
    """With the limit, and as in a laboratory."""
    planned, free = imo_crowds.through_exit(), nist_flows.bottleneck(1.0)
    return two_panels(tracks(free, 25.0), people_out({"with the limit": planned, "150, none": free}))


def stairs() -> Figure:
    """Flow by width of stairs."""
    widths = nist_flows.STAIR_WIDTHS
    rows = {
        name: (widths, [nist_flows.stair_flow(width, up, [1, 2, 3]) for width in widths])
        for name, up in (("up", True), ("down", False))
    }
    run = nist_flows.up_or_down(1.4, True)
    return two_panels(tracks(run, 20.0), lines("width [m]", "flow [1/s]", rows, "o-"))


def corridor() -> Figure:
    """Fastest and mean speeds by density."""
    at = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0)
    found = np.array([nist_flows.fastest(density, 1, 15.0) for density in at])
    most = lines(
        "people on 1 m²", "fastest step [m/s]", {"fastest of all": (at, found[:, 0]), "free": (at, np.ones(8))}, "o-"
    )
    drawn = two_panels(most, lines("people on 1 m²", "mean speed [m/s]", {"": (at, found[:, 1])}, "o-"), wide=1.0)
    for axes in drawn.axes:
        axes.set_ylim(0.0, 1.2)
    return drawn


EXHIBITS = (
    Exhibit(
        "nist-1-1",
        "Ten people in a room of 8 x 5 m, again and again; times before movement from U(10, 100), gamma (shape 1.291, "
        "scale 103.901), lognormal (4.586, 0.967), Weibull (scale 139.285, shape 1.195), drawn by person. Judged by "
        "Kolmogorov's distance over all people, at the false alarm of the suite, in place of p > .05 for ten.",
        four_laws,
    ),
    Exhibit("nist-2-1", "As `imo-1`; the bound is 0.05 m/s.", lambda: gone_by(imo.along_corridor(), 20.0)),
    Exhibit(
        "nist-2-2",
        "A stair of 100 m, up and down; the bound is 0.05 m/s.",
        lambda: gone_by(imo.on_stair(True, 100.0), 50.0),
    ),
    Exhibit("nist-2-3", "As `imo-6`.", corner_drawn),
    Exhibit("nist-2-4", "People side by side, speeds normal; as `imo-7`.", speeds),
    Exhibit("nist-2-5", ""),
    Exhibit(
        "nist-2-8",
        "As `imo-8`, everybody at 1.25 m/s. JuPedSim's default model jams for good from 50 people on.",
        against,
    ),
    Exhibit(
        "nist-2-9",
        "A room of 20 x 15 m with an exit of 1 m; four people with 1.25 m/s and one with 0.5 m/s at its far "
        "end, also with ten slow people on the way. The group must leave within 10 s; five who are no group "
        "take more than 20 s.",
        group,
        "Who is more than 1 m ahead of the last of its group slows down, from 3 m on it waits.",
    ),
    Exhibit(
        "nist-2-10",
        "Two rooms of 4 x 5 m and a ramp of 12 x 1.5 m; 24 people with 1.25 m/s on the level and 1.0 on the "
        "ramp behind one who is like them, or has 0.8 and 0.4 m/s and a body of 0.8 m. The last of the 24 must "
        "be later.",
        slow_one,
    ),
    Exhibit("nist-3-1", "As `imo-10`.", cabins),
    Exhibit(
        "nist-3-2",
        "A room of 10 x 15 m with an exit of 1 m in each long wall; two people as far from either. Alone either"
        " exit is as likely. With a third person who sets out for the second exit 2 s before them, its share "
        "rises; the bound is a tenth.",
        example,
        "Whoever sets out in the same instant as the third one has seen nobody go anywhere yet and does not "
        "change its mind later, since another exit must be 15 % better to be worth it: then the share stays a "
        "half.",
    ),
    Exhibit(
        "nist-3-3",
        "The same room, one person. Who knows both exits takes either as often; of those who know one, 80 % the"
        " second, all take the one they know; but three metres from the first exit even those who know the "
        "second take the first.",
        habit,
    ),
    Exhibit(
        "nist-4-1",
        "The same room, twelve people near the first exit; it is locked after 1 s. Without the lock all take it.",
        shut,
    ),
    Exhibit("nist-5-1", "As `imo-11` with 100 people.", lambda: queues(100)),
    Exhibit(
        "nist-5-2",
        "With `flow_limit` 1.33 on an exit of 1 m, as `imo-4`; and 150 people through a doorway of 1 m, 0.4 m "
        "deep, into another hall, against the lowest and the highest of the studies at this width, to a tenth.",
        exits,
    ),
    Exhibit(
        "nist-iso-12",
        "A hall with 100 people (1.25 m/s on the level) and a stair of 6 m from the middle of a wall; flow at "
        "its far end while the third to eighth tenth pass.",
        stairs,
    ),
    Exhibit(
        "nist-iso-13",
        "A corridor of 26 x 2 m that is closed round, free speed 1 m/s; the way of everybody in every step of "
        "15 s (30 s in full). JuPedSim's default model gives local speeds of 1.9 to 3.1 m/s here.",
        corridor,
    ),
    Exhibit("nist-iso-18", ""),
    Exhibit("nist-iso-19", ""),
)


def write(quick: bool) -> None:
    """The page."""
    page(
        "nist",
        "Tests of NIST TN 1822 and ISO 20414",
        [
            "The tests without smoke and toxic gas. People walk by the default law; nothing is set for a test.",
            "Where the guidelines leave numbers open, they are those of JuPedSim's suites; the texts themselves",
            "were read at second hand. Five of these tests are marked there as ones that JuPedSim's default",
            "model fails: `nist-2-8`, `nist-2-9`, `nist-3-2`, `nist-5-2` and `nist-iso-13`.",
        ],
        EXHIBITS,
        quick=quick,
    )
