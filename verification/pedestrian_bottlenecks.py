"""The page about bottlenecks: flow by width and length, density and speed, over what laboratories measured."""

import json
import os
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from pedestrian_pages import FIGURES, HERE, Exhibit, page
from walk_drawings import COLOURS, finish, tracks, two_panels

from hyosan.verification.imo_crowds import through_exit
from hyosan.verification.nist_flows import WALL, WIDTHS, bottleneck, bottleneck_flow
from hyosan.verification.walks import densities_in, exit_times, film_of, flow_of, mean_speed_in

SEEDS = [1, 2, 3]
LENGTHS = (0.0, 0.2, WALL, 1.0, 2.8)
"""Of bottlenecks [m]; Kretz et al. had 0.4 m, Seyfried et al. 2.8 m."""


def measured(folder: str) -> dict[str, NDArray[np.float64]]:
    """Tables of a folder of measurements by name; none where the environment names no folder."""
    place = Path(os.environ.get("HYOSAN_DATA", "/nowhere")) / "buildings" / "validation" / folder
    return {path.stem: np.loadtxt(path, comments="#", ndmin=2)[:, :2] for path in sorted(place.glob("*.*"))}


def by_width() -> Figure:
    """Flow by width over the studies, and by length."""
    flows = [bottleneck_flow(width, SEEDS) for width in WIDTHS]

    def right(axes):
        for name, table in measured("bottleneck_width_flow").items():
            axes.plot(table[:, 0], table[:, 1], ".", markersize=5, label=f"{name[4:]} {name[:4]}")
        axes.plot(WIDTHS, flows, "o-", color="black", markersize=4, label="here")
        axes.plot((0.4, 2.75), (0.76, 1.9 * 2.75), "--", color="#999999", linewidth=1.0, label="1.9 a metre")
        axes.set(xlim=(0.3, 2.9), ylim=(0.0, 6.6))
        finish(axes, "width [m]", "flow [1/s]", legend=True)

    return two_panels(tracks(bottleneck(1.2), 20.0), right, size=(10.0, 3.8), wide=1.2)


def by_length() -> tuple[Figure, dict[float, list[float]]]:
    """Flow by width for bottlenecks of several lengths."""
    widths = (0.8, 0.9, 1.0, 1.1, 1.2)
    found = {length: [bottleneck_flow(width, SEEDS, length) for width in widths] for length in LENGTHS}
    drawn = Figure(figsize=(6.0, 3.4), layout="constrained", facecolor="white")
    axes = drawn.subplots()
    for name, table in measured("bottleneck_width_flow").items():
        if name.endswith(("Seyfried", "Kretz", "EG")):
            axes.plot(table[:, 0], table[:, 1], ".", markersize=5, label=f"{name[4:]} {name[:4]}")
    for colour, (length, flows) in zip(COLOURS, found.items(), strict=True):
        axes.plot(widths, flows, "o-", color=colour, markersize=3, label=f"here, {length:g} m long")
    axes.set(xlim=(0.75, 1.25), ylim=(0.5, 3.0))
    finish(axes, "width [m]", "flow [1/s]", legend=True)
    return drawn, found


def speeds_before() -> Figure:
    """Density and speed in the middle metre of bottlenecks 2 m long."""
    drawn = Figure(figsize=(6.0, 3.4), layout="constrained", facecolor="white")
    axes = drawn.subplots()
    for number, (name, table) in enumerate(measured("fd_bottleneck").items()):
        label = "measured, 0.5 to 2.5 m" if number == 0 else None
        axes.plot(table[:, 0], table[:, 1], ".", markersize=2, color="#bbbbbb", label=label)
        del name
    for colour, width in zip(COLOURS, (0.6, 0.9, 1.2, 1.6, 2.5), strict=True):
        film = film_of(bottleneck(width, depth=2.0))
        area = (10.5, 4.0 - width / 2, 11.5, 4.0 + width / 2)
        density, speed = densities_in(film, area)[:-1], mean_speed_in(film, area)
        busy = (film.time[:-1] > 10.0) & (film.time[:-1] < 30.0)
        axes.plot(density[busy].mean(), np.nanmean(speed[busy]), "o", color=colour, label=f"here, {width:g} m")
    axes.set(xlim=(0.0, 4.0), ylim=(0.0, 1.8))
    finish(axes, "people on 1 m²", "speed [m/s]", legend=True)
    return drawn


def more() -> list[str]:
    """What stands below the claim."""
    drawn, found = by_length()
    drawn.savefig(FIGURES / "bottleneck-length.png", dpi=80)
    speeds_before().savefig(FIGURES / "bottleneck-speeds.png", dpi=80)
    straight_out = np.mean([flow_of(exit_times(through_exit(seed, None))) for seed in SEEDS])
    lines = [
        "## Length",
        "",
        "Flow [1/s] by width and length of the bottleneck, mean of three runs of 150 people with 1.34 m/s:",
        "",
        "| length | 0.8 m | 0.9 m | 1.0 m | 1.1 m | 1.2 m |",
        "|---|---|---|---|---|---|",
        *(f"| {length:g} m | {' | '.join(f'{flow:.2f}' for flow in flows)} |" for length, flows in found.items()),
        "",
        "![flow by length](figures/bottleneck-length.png)",
        "",
        "Kretz et al. measured at bottlenecks of 0.4 m, Seyfried et al. of 2.8 m; 0 is a mere line between two",
        "rooms, as most doors of a plan are.",
        "",
        f"**Out of an exit of the plan**, beyond which there is no floor, {straight_out:.2f} people a second pass a",
        "metre: whoever has left is heeded for two more seconds, as it gets up to speed outside.",
        "",
        "## Density and speed",
        "",
        "Mean speed and density in the middle metre of bottlenecks 2 m long, on points that were measured at",
        "bottlenecks of 0.5 to 2.5 m behind a corridor of 3.6 m (archive of Forschungszentrum Juelich,",
        "doi:10.34735/ped.da). Where exactly those were measured is not said in the files, so this is no test.",
        "",
        "![density and speed](figures/bottleneck-speeds.png)",
        "",
    ]
    results = HERE / "pedpy_bottleneck.json"
    if results.exists():
        found_by_pedpy = json.loads(results.read_text(encoding="utf-8"))
        lines += [
            "## One experiment, by PedPy",
            "",
            "Experiment 040_c_56_h of the same archive: 75 highly motivated people, a corridor of 5.6 m, a",
            "bottleneck of 0.5 m. The same people start at the same places here, with 1.34 m/s; the bottleneck",
            "is taken as 1.1 m long. Both trajectories are measured by PedPy 1.5.1 (`pedpy_bottleneck.py`): the",
            "flow at the mouth between the second and the eighth tenth of people, density and mean speed on 0.8",
            "x 0.8 m, 0.5 m before the mouth, meanwhile.",
            "",
            "| | flow [1/s] | density [1/m²] | speed [m/s] |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {name} | {row['flow_per_s']:.2f} | {row['density_per_m2']:.1f} | {row['speed_m_per_s']:.3f} |"
            for name, row in found_by_pedpy.items()
        ]
        lines += [
            "",
            "![by PedPy](figures/bottleneck-pedpy.png)",
            "",
            "**This falls short**: a third fewer get through here than in the film, though as many stand before the",
            "mouth; those of the film were told to hurry.",
        ]
    return lines


EXHIBITS = (
    Exhibit(
        "bottleneck-width",
        "A hall of 10 x 8 m with 150 people (free speed 1.34 m/s), a bottleneck of 0.4 m, another hall. The "
        "flow is that while the third to eighth tenth pass. At 0.8 to 1.2 m it must lie between the lowest and "
        "the highest of the studies, to a tenth; over 0.6 to 2.5 m it must rise, as straight as in Duesseldorf "
        "2006.",
        by_width,
        "**This falls short** by a little: about 1.6 people a second and metre pass, at the lower edge of the studies, "
        "and at 1.1 m fewer than in the lowest less a tenth (1.988 in Duesseldorf 2006, 2.12 of Seyfried et al.).",
    ),
)


def write(quick: bool) -> None:
    """The page."""
    page(
        "bottlenecks",
        "Bottlenecks",
        ["What people do at bottlenecks by the default law, over what was measured of people in laboratories."],
        EXHIBITS,
        more,
        quick=quick,
    )
