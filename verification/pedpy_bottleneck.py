"""A filmed bottleneck and the same one simulated, both measured by PedPy: flow, density and speed before it.

The film is experiment 040_c_56_h of the archive of Forschungszentrum Juelich (doi:10.34735/ped.da): 75 people in a
corridor of 5.6 m go through a bottleneck of 0.5 m, highly motivated. Its trajectories are
`buildings/validation/trajectories/bottleneck_040_c_56_h.txt` in the folder that HYOSAN_DATA names. Two steps, since
PedPy and hyosan need not be installed side by side:

    python verification/pedpy_bottleneck.py simulate RUN.txt      (needs hyosan)
    python verification/pedpy_bottleneck.py compare RUN.txt       (needs pedpy, tried with 1.5.1)

The second writes `pedpy_bottleneck.json` and `figures/bottleneck-pedpy.png`.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
WIDTH, CORRIDOR, LENGTH = 0.5, 5.6, 1.1
"""Width of the bottleneck and of the corridor before it, length of the bottleneck [m]."""

AREA = (-0.4, 0.5, 0.4, 1.3)
"""Where density and speed are measured: left, low, right, high [m]."""

FRAME_RATE = 25.0


def filmed() -> Path:
    """The trajectories of the experiment."""
    folder = os.environ.get("HYOSAN_DATA")
    if folder is None:
        sys.exit("HYOSAN_DATA names no folder. Set it to the one that has buildings/validation.")
    return Path(folder) / "buildings" / "validation" / "trajectories" / "bottleneck_040_c_56_h.txt"


def simulate(out: Path) -> None:
    """Let as many people start where those of the film did, and write where they are 25 times a second."""
    from hyosan.verification.halls import box, opening, plan_of, room
    from hyosan.verification.walks import Party, film_of, walk

    rows = np.loadtxt(filmed(), comments="#")
    people = np.unique(rows[:, 0])
    start = np.array([rows[rows[:, 0] == each][0, 2:4] for each in people])
    half, neck = CORRIDOR / 2, WIDTH / 2
    # The plan lies on its side: its x is the way against the y of the film.
    inner = np.column_stack([9.0 - start[:, 1], np.clip(start[:, 0] + half, 0.25, CORRIDOR - 0.25)])
    low, high, end = half - neck, half + neck, 9.0 + LENGTH
    plan = plan_of(
        "bottleneck",
        [
            room("corridor", box(0.0, 0.0, 9.0, CORRIDOR)),
            room("neck", box(9.0, low, end, high)),
            room("beyond", box(end, 0.0, end + 4.0, CORRIDOR)),
        ],
        [
            opening("in", 0, 1, (9.0, low), (9.0, high)),
            opening("out", 1, 2, (end, low), (end, high)),
            opening("exit", 2, -1, (end + 4.0, 0.0), (end + 4.0, CORRIDOR)),
        ],
    )
    run = walk(plan, [Party(0, inner, 1.34)], until=300.0, dt=0.04, look=0.04)
    film = film_of(run)
    with out.open("w", encoding="utf-8") as file:
        file.write("# framerate: 25 fps\n# id frame x/m y/m z/m\n")
        for person in range(film.place.shape[1]):
            for frame in np.nonzero(~np.isnan(film.place[:, person, 0]))[0]:
                along, across = film.place[frame, person]
                file.write(f"{person + 1} {frame} {across - half:.4f} {9.0 - along:.4f} 1.7\n")
    print(f"{out}: {run.gone} of {len(inner)} people left in {run.now:.0f} s")


def measured(path: Path) -> tuple[dict[str, float], Any, Any]:
    """What PedPy makes of trajectories: numbers, people past the line by time, density and speed before it by frame."""
    import pedpy
    from shapely import box as rectangle

    rows = np.loadtxt(path, comments="#")
    import pandas as pd

    table = pd.DataFrame(rows[:, :4], columns=["id", "frame", "x", "y"]).astype({"id": int, "frame": int})
    paths = pedpy.TrajectoryData(table, frame_rate=FRAME_RATE)
    line = pedpy.MeasurementLine([(0.4, 0.0), (-0.4, 0.0)])
    passed, _ = pedpy.compute_n_t(traj_data=paths, measurement_line=line)
    area = pedpy.MeasurementArea(rectangle(*AREA))
    density = pedpy.compute_classic_density(traj_data=paths, measurement_area=area)
    speed = pedpy.compute_individual_speed(
        traj_data=paths, frame_step=10, speed_calculation=pedpy.SpeedCalculation.BORDER_SINGLE_SIDED
    )
    mean = pedpy.compute_mean_speed_per_frame(traj_data=paths, individual_speed=speed, measurement_area=area)
    both = density.join(mean.set_index("frame") if "frame" in mean.columns else mean, how="inner")
    count = passed["cumulative_pedestrians"].to_numpy()
    time = passed["time"].to_numpy()
    total = count.max()
    first, last = (time[np.searchsorted(count, share * total)] for share in (0.2, 0.8))
    steady = both[(both.index / FRAME_RATE >= first) & (both.index / FRAME_RATE <= last)]
    numbers = {
        "people": float(total),
        "flow_per_s": 0.6 * total / (last - first),
        "density_per_m2": float(steady["density"].mean()),
        "speed_m_per_s": float(steady["speed"].mean()),
    }
    return numbers, passed, both


def compare(out: Path) -> None:
    """Measure both by PedPy, write the numbers and draw them."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(9.0, 3.0), layout="constrained", facecolor="white")
    left, right = drawn.subplots(1, 2)
    found = {}
    for name, path, colour in (("filmed", filmed(), "#999999"), ("simulated", out, "#0072B2")):
        numbers, passed, both = measured(path)
        found[name] = {key: round(value, 3) for key, value in numbers.items()}
        left.plot(passed["time"], passed["cumulative_pedestrians"], color=colour, label=name)
        right.plot(both["density"], both["speed"], ".", markersize=4, alpha=0.3, color=colour, label=name)
    left.set(xlabel="time [s]", ylabel="people past the bottleneck's mouth")
    right.set(xlabel="people on 1 m²", ylabel="mean speed [m/s]", ylim=(0.0, 0.5))
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, fontsize=8)
    drawn.savefig(HERE / "figures" / "bottleneck-pedpy.png", dpi=80)
    (HERE / "pedpy_bottleneck.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("simulate", "compare"):
        sys.exit(__doc__)
    (simulate if sys.argv[1] == "simulate" else compare)(Path(sys.argv[2]))
