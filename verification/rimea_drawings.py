"""Drawings of the tests of people who walk: geometry with tracks, and diagrams over what others measured."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hyosan.engine.building.building import Building
from hyosan.verification import rimea_diagrams, rimea_exits, rimea_necks, rimea_single
from hyosan.verification.walks import exit_times, exits_taken, film_of, passing_times, setting_out

SEED = 1000
WALL, OURS, OTHERS = "#333333", "#0b6e99", "#b0b0b0"
COLOURS = ("#0b6e99", "#d1603d", "#6a994e", "#7b4b94")


def measured(folder: str, pattern: str = "*") -> NDArray[np.float64]:
    """Points (density, speed) that others measured; none where the data is absent, (points, 2)."""
    place = Path(os.environ.get("HYOSAN_DATA", "/nowhere")) / "buildings" / "validation" / folder
    tables = [np.loadtxt(path, comments="#", ndmin=2)[:, :2] for path in sorted(place.glob(pattern)) if path.is_file()]
    return np.concatenate(tables) if tables else np.zeros((0, 2))


def sheet(columns: int = 1, wide: float = 7.0, high: float = 3.2) -> tuple[Figure, list[Axes]]:
    """A figure with axes side by side."""
    figure = Figure(figsize=(wide, high), layout="constrained", facecolor="white")
    return figure, list(figure.subplots(1, columns, squeeze=False)[0])


def walls(axes: Axes, run: Building, storey: int = 0) -> None:
    """Draw the walls of a storey."""
    ground = run.ground
    for row, (begin, end) in enumerate(ground.spans):
        if row < len(ground.plan.rooms) and ground.plan.rooms[row].storey == storey:
            shift = ground.origin[storey]
            for wall in range(begin, end):
                if ground.wall_side[wall] < 0:
                    ax, ay, bx, by = ground.wall[wall]
                    axes.plot([ax - shift, bx - shift], [ay, by], color=WALL, lw=1.2)
    for stair in ground.plan.stairs:
        x, y, _ = zip(*stair.path, strict=True)
        axes.plot(x, y, ":", color=COLOURS[1], lw=1.5)
    axes.set_aspect("equal")
    axes.set_axis_off()


def tracks(
    axes: Axes,
    run: Building,
    colour: Callable[[int], str],
    every: int = 1,
    storey: int = 0,
    period: float | None = None,
) -> None:
    """Draw the ways of people on a storey."""
    film = film_of(run)
    for person in range(0, film.room.shape[1], every):
        here = film.frame[film.room[:, person]] == storey
        x, y = (np.where(here, film.place[:, person, k], np.nan) for k in (0, 1))
        axes.plot(x, y, color=colour(person), lw=0.5, alpha=0.7)


def one(_: int) -> str:
    """The same colour for all."""
    return OURS


def by_exit(run: Building, first: int = 0) -> Callable[[int], str]:
    """A colour for each exit, `first` the first of them."""
    taken = exits_taken(run)
    return lambda person: COLOURS[taken[person] - first]


def counts(axes: Axes, times: NDArray[np.float64], label: str, colour: str) -> None:
    """Draw how many have passed by each time."""
    order = np.sort(times[np.isfinite(times)])
    axes.step(order, np.arange(1, len(order) + 1), where="post", label=label, color=colour)
    axes.set_xlabel("time [s]")


def labelled(axes: Axes, x: str, y: str, legend: bool = True) -> None:
    """Name the axes."""
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    if legend:
        axes.legend(fontsize=7, frameon=False)
    axes.spines[["top", "right"]].set_visible(False)


def corridor() -> Figure:
    """Test 1."""
    figure, (axes,) = sheet(high=1.0)
    run = rimea_single.corridor_walk()
    walls(axes, run)
    tracks(axes, run, one)
    axes.set_title("one person, 1.33 m/s; lines 40 m apart", fontsize=8)
    for x in (1.0, 41.0):
        axes.plot([x, x], [0, 2], ":", color=COLOURS[1])
    return figure


def stairs(upward: bool) -> Figure:
    """Tests 2 and 3."""
    figure, (axes,) = sheet(wide=5.0, high=2.6)
    for colour, speed in zip(COLOURS, rimea_single.STAIR_SPEEDS[upward], strict=False):
        took = rimea_single.stair_time(upward, speed)
        axes.plot([0, took], [0, 10], color=colour, label=f"{speed:g} m/s: {took:.1f} s")
        axes.plot([10 / speed], [10], "o", mfc="none", color=colour)
    labelled(axes, "time [s]", "along the slope [m]")
    return figure


def corridor_diagram() -> Figure:
    """Test 4."""
    figure, (left, right) = sheet(2)
    points = [rimea_diagrams.square_means(rimea_diagrams.corridor_at(rho, SEED)) for rho in rimea_diagrams.DENSITIES]
    others = (measured("fd_2d_unidirectional", "ug*"), measured("fd_corridor_open"))
    rho = np.linspace(0.1, 5.4, 200)
    curve = np.array([rimea_diagrams.weidmann(float(each)) for each in rho])
    for axes, flow in ((left, False), (right, True)):
        for data, label, tone in zip(
            others, ("closed corridor, 1.8 m", "open corridor, up to 3 m"), ("#c9c9c9", "#e3c9a8"), strict=True
        ):
            if len(data):
                axes.plot(data[:, 0], data[:, 1] * (data[:, 0] if flow else 1.0), ".", ms=2, color=tone, label=label)
        axes.plot(rho, curve * (rho if flow else 1.0), color=WALL, lw=1, label="Weidmann")
        for number, name in enumerate(rimea_diagrams.SQUARES):
            found = np.array([each[name] for each in points])
            axes.plot(
                found[:, 0],
                found[:, 1] * (found[:, 0] if flow else 1.0),
                "os^"[number],
                ms=4,
                color=COLOURS[number],
                label=name,
            )
        axes.set_xlim(0, 6.5)
        labelled(axes, "density [1/m²]", "flow [1/(m s)]" if flow else "speed [m/s]", legend=not flow)
    left.set_ylim(0, 2)
    right.set_ylim(0, 3)
    return figure


def narrow() -> Figure:
    """Test 4, narrow."""
    figure, (axes,) = sheet(wide=5.0, high=2.8)
    for colour, rho in zip(COLOURS, (1.0, 3.0), strict=False):
        film = film_of(rimea_diagrams.narrow_at(rho, SEED))
        x = film.place[:, :, 0].copy()
        x[1:][np.abs(np.diff(x, axis=0)) > 13.0] = np.nan
        axes.plot(film.time, x, color=colour, lw=0.5)
        axes.plot([], [], color=colour, label=f"{rho:g} /m²")
    axes.set_xlim(0, 20)
    axes.set_ylim(0, 32)
    labelled(axes, "time [s]", "along the ring [m]")
    return figure


def setting() -> Figure:
    """Test 5."""
    figure, (left, right) = sheet(2)
    times, run = rimea_single.room_5(SEED)
    walls(left, run)
    tracks(left, run, one)
    right.plot([0, 100], [0, 100], color=OTHERS)
    right.plot(times, setting_out(run), "o", color=OURS, ms=4)
    labelled(right, "time drawn [s]", "sets out [s]", legend=False)
    return figure


def round_corner() -> Figure:
    """Test 6."""
    figure, (axes,) = sheet(wide=4.0, high=4.0)
    run = rimea_single.corner_walk(SEED)
    walls(axes, run)
    tracks(axes, run, one)
    return figure


def ages() -> Figure:
    """Test 7."""
    figure, (axes,) = sheet(wide=5.0, high=2.6)
    for age, (_, low, high) in rimea_single.AGES.items():
        axes.plot([age, age], [low, high], color=OTHERS, lw=6)
    found = rimea_single.speeds_by_age()
    axes.plot(list(found), list(found.values()), "o", color=OURS)
    labelled(axes, "age", "mean speed [m/s]", legend=False)
    return figure


def rooms() -> Figure:
    """Test 8."""
    figure, axes = sheet(3, wide=9.0, high=2.8)
    run = rimea_exits.block_walk(SEED, 1.0)
    for storey in (0, 1):
        walls(axes[storey], run, storey)
        tracks(axes[storey], run, one, storey=storey)
        axes[storey].set_title(("ground floor", "first floor")[storey], fontsize=8)
    for colour, speed in zip(COLOURS, rimea_exits.SPEEDS, strict=True):
        counts(axes[2], exit_times(rimea_exits.block_walk(SEED, speed)), f"{speed:g} m/s", colour)
    labelled(axes[2], "time [s]", "have left")
    return figure


def exits() -> Figure:
    """Test 9."""
    figure, (left, right) = sheet(2)
    for number, (label, many) in enumerate((("four exits", 4), ("two exits", 2))):
        run = rimea_exits.hall_walk(SEED, many)
        counts(right, exit_times(run), label, COLOURS[number])
        if many == 4:
            walls(left, run)
            tracks(left, run, by_exit(run), 4)
    labelled(right, "time [s]", "have left")
    return figure


def cabins() -> Figure:
    """Test 10."""
    figure, (axes,) = sheet(high=4.2)
    _, run = rimea_single.cabins_walk(SEED)
    walls(axes, run)
    tracks(axes, run, by_exit(run, 13))
    return figure


def choice() -> Figure:
    """Test 11."""
    figure, (left, right) = sheet(2)
    run = rimea_exits.choice_walk(SEED)
    taken = exits_taken(run)
    walls(left, run)
    tracks(left, run, by_exit(run), 4)
    for number, label in enumerate(("nearer exit", "farther exit")):
        counts(right, exit_times(run)[taken == number], label, COLOURS[number])
    labelled(right, "time [s]", "have left")
    return figure


def neck(run: Building, doors: Iterable[tuple[int, str]]) -> Figure:
    """Tests 12 (version 3) and 12c: ways, and how many have passed."""
    figure, (left, right) = sheet(2)
    walls(left, run)
    tracks(left, run, one, 2)
    for colour, (door, label) in zip(COLOURS, doors, strict=False):
        counts(right, passing_times(run, door), label, colour)
    labelled(right, "time [s]", "have passed")
    return figure


def goals() -> Figure:
    """Test 12a."""
    figure, (axes,) = sheet(wide=5.0, high=2.8)
    for colour, goal in zip(COLOURS, rimea_necks.GOALS, strict=True):
        run = rimea_necks.through([(1.0, rimea_necks.SHORT_NECK)], goal, SEED)
        counts(axes, passing_times(run, 0), f"goal {goal:g} m behind", colour)
    labelled(axes, "time [s]", "have passed the neck")
    return figure


def lengths() -> Figure:
    """Test 12b."""
    figure, (axes,) = sheet(wide=5.0, high=2.8)
    for colour, length in zip(COLOURS, (rimea_necks.SHORT_NECK, rimea_necks.LONG_NECK), strict=False):
        counts(axes, exit_times(rimea_necks.through([(1.0, length)], 10.0, SEED)), f"{length:g} m long", colour)
    labelled(axes, "time [s]", "have left")
    return figure


def widths() -> Figure:
    """Test 12d."""
    figure, (axes,) = sheet(wide=5.0, high=3.0)
    data = measured("bottleneck_width_flow", "*.txt")
    if len(data):
        axes.plot(data[:, 0], data[:, 1], ".", color=OTHERS, label="studies")
    width = np.array([0.6, 1.4])
    axes.plot(width, 1.9 * width, color=WALL, lw=1, label="1.9 a metre")
    for colour, length in zip(COLOURS, (rimea_necks.LONG_NECK, rimea_necks.SHORT_NECK), strict=False):
        flows = [
            rimea_necks.neck_flow(rimea_necks.through([(each, length)], 10.0, SEED)) for each in rimea_necks.WIDTHS
        ]
        axes.plot(rimea_necks.WIDTHS, flows, "o-", color=colour, label=f"neck {length:g} m long")
    axes.set_xlim(0.5, 1.5)
    axes.set_ylim(0, 4)
    labelled(axes, "width [m]", "flow [1/s]")
    return figure


def stair_diagram() -> Figure:
    """Test 13."""
    figure, axes = sheet(2)
    rho = np.linspace(0.2, 2.2, 50)
    for upward, part in zip((True, False), axes, strict=True):
        density, speed = rimea_diagrams.stair_points(upward, SEED)
        low, high = rimea_diagrams.envelope(rho, upward)
        part.plot(density[::5], speed[::5], ".", ms=1.5, color=OURS, alpha=0.3)
        part.fill_between(rho, low, high, color=COLOURS[1], alpha=0.2, label="between the envelopes")
        means = [(each, speed[np.isclose(density, each)].mean()) for each in np.unique(density)[::2]]
        part.plot(*np.array(means).T, color=WALL, lw=1, label="mean")
        part.set_title("up" if upward else "down", fontsize=9)
        part.set_ylim(0, 1.5)
        labelled(part, "density [1/m²]", "speed along the slope [m/s]", legend=upward)
    return figure


def stair_jam() -> Figure:
    """Test 13 of version 3."""
    figure, (left, right) = sheet(2)
    run = rimea_necks.stair_hall_walk(SEED)
    walls(left, run)
    walls(left, run, 1)
    tracks(left, run, one, 3)
    for colour, (door, label) in zip(COLOURS, ((0, "room exit"), (2, "foot of the stair"), (1, "exit")), strict=False):
        counts(right, passing_times(run, door), label, colour)
    labelled(right, "time [s]", "have passed")
    return figure


def ways() -> Figure:
    """Test 14."""
    figure, (left, right) = sheet(2)
    run = rimea_exits.ways_walk(8.0, SEED)
    for storey in (1, 0):
        walls(left, run, storey)
        tracks(left, run, lambda person, storey=storey: COLOURS[1 - storey], 2, storey)  # type: ignore[misc]
    shares = []
    for detour in rimea_exits.DETOURS:
        aside = np.isfinite(passing_times(rimea_exits.ways_walk(detour, SEED), 1))
        shares.append(1.0 - aside.mean())
    right.plot([18.0 + 2 * detour for detour in rimea_exits.DETOURS], shares, "o-", color=OURS)
    right.set_ylim(0, 1.05)
    labelled(right, "way on the same floor [m]", "share by the stairs", legend=False)
    return figure


def broad() -> Figure:
    """Test 15."""
    figure, (left, right) = sheet(2)
    for colour, kind in zip(COLOURS, ("short", "corner", "long"), strict=False):
        run = rimea_exits.broad_walk(kind, SEED)
        counts(right, exit_times(run), {"short": "44 m", "corner": "corner", "long": "75.4 m"}[kind], colour)
        if kind == "corner":
            walls(left, run)
            tracks(left, run, one, 3)
    labelled(right, "time [s]", "have left")
    return figure


def single_file() -> Figure:
    """Test 16."""
    figure, (axes,) = sheet(wide=5.5, high=3.2)
    band = rimea_diagrams.FILE_BAND
    data = measured("fd_1d")
    if len(data):
        axes.plot(data[::3, 0], data[::3, 1], ".", ms=1.5, color=OTHERS, label="measured in rings")
    rows = np.array(list(band.values()))
    axes.fill_between(list(band), rows[:, 0], rows[:, 2], color=COLOURS[1], alpha=0.2, label="10 to 90 %")
    axes.plot(list(band), rows[:, 1], color=COLOURS[1], lw=1, label="50 %")
    for colour, free in zip((OURS, *COLOURS[2:]), (1.34, 0.9, 1.5), strict=True):
        found = np.array([rimea_diagrams.file_speed(rho, free)[:2] for rho in band])
        axes.plot(found[:, 0], found[:, 1], "o-", ms=3, lw=0.7, color=colour, label=f"{free:g} m/s")
    axes.set_xlim(0, 3.3)
    labelled(axes, "density [1/m]", "speed [m/s]")
    return figure


DRAWINGS: dict[str, Callable[[], Any]] = {
    "rimea-1": corridor,
    "rimea-2": lambda: stairs(upward=True),
    "rimea-3": lambda: stairs(upward=False),
    "rimea-4": corridor_diagram,
    "rimea-4-narrow": narrow,
    "rimea-5": setting,
    "rimea-6": round_corner,
    "rimea-7": ages,
    "rimea-8": rooms,
    "rimea-9": exits,
    "rimea-10": cabins,
    "rimea-11": choice,
    "rimea-12-v3": lambda: neck(
        rimea_necks.through([(1.0, rimea_necks.LONG_NECK)], 10.0, SEED, exit_width=1.0), ((0, "neck"), (2, "exit"))
    ),
    "rimea-12a": goals,
    "rimea-12b": lengths,
    "rimea-12c": lambda: neck(
        rimea_necks.through([(1.0, rimea_necks.SHORT_NECK)] * 2, 5.0, SEED), ((0, "first neck"), (2, "second neck"))
    ),
    "rimea-12d": widths,
    "rimea-13": stair_diagram,
    "rimea-13-v3": stair_jam,
    "rimea-14": ways,
    "rimea-15": broad,
    "rimea-16": single_file,
}
