"""What a bite in the lab becomes: outcomes by alpha, speed, incubation and warning over paired seeds; writes bite.md.

Run it as `python verification/bite_outbreaks.py [seeds]`: it draws the page's figure too, and takes some 20 minutes.
"""

import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import sqrt
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hyosan.engine.groundwork import groundwork_of
from hyosan.rules.codes import Errand, Outcome, Route, Setting
from hyosan.scenario.load import load
from hyosan.simulation import Simulation
from hyosan.views.looks import BLUE, GREY, ORANGE, VERMILION, dress, name_panel, write_figure
from hyosan.world.synthesis import build

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAGE = Path(__file__).parent / "bite.md"
FIGURE = Path(__file__).parent.parent / "docs" / "images" / "bite-outbreaks.png"
SEEDS = 30
LOST = 100
"""Infected from which an outbreak counts as one of the city: below, it ends by itself."""
DAYS = (1, 2, 3, 5, 7, 10, 14)
DAY = 86_400
ALPHAS = (0.01, 0.02, 0.035, 0.05, 0.07, 0.1, 0.15, 0.25, 0.8)
SPEEDS = (2.4, 2.7, 2.9, 3.0, 3.1, 3.3, 3.6, 4.2, 5.0)
ALONE: dict[str, Any] = {"interventions": []}
WOUNDED = ("bitten_head", "bitten_arm", "bitten_leg", "scratched")
HOURS = {"bitten_head": (3, 1), "bitten_arm": (8, 3), "bitten_leg": (14, 5), "scratched": (24, 9)}


@dataclass(frozen=True)
class Arm:
    """Runs with one setting, a row a seed."""

    infected: NDArray[np.int64]
    """By the days of `DAYS`, (seeds, days)."""
    away: NDArray[np.int64]
    """People who left the town, (seeds,)."""
    turned: NDArray[np.int64]
    destroyed: NDArray[np.int64]
    outcomes: NDArray[np.int64]
    """Strikes by `Outcome`, (seeds, outcomes)."""
    settings: NDArray[np.int64]
    """Bites that infected by `Setting`, (seeds, settings)."""
    routes: NDArray[np.int64]
    """Infections by `Route`, (seeds, routes)."""

    @property
    def lost(self) -> NDArray[np.bool_]:
        """Which seeds became an outbreak of the city, (seeds,)."""
        return self.infected[:, -1] >= LOST


def slower(factor: float) -> dict[str, Any]:
    """Incubation times by a factor."""
    return {
        f"pathogen.states.{name}.dwell": {
            "distribution": "gamma",
            "mean": f"{factor * mean} hours",
            "sd": f"{factor * sd} hours",
        }
        for name, (mean, sd) in HOURS.items()
    }


def warning(moment: str, share: float) -> dict[str, Any]:
    """One warning."""
    return {"interventions": [{"kind": "warn", "from": moment, "share": share}]}


def arm(changes: Mapping[str, Any], seeds: int) -> Arm:
    """One run a seed, two at a time."""
    scenario = load("hyosan", set=dict(changes))
    world = build(scenario)
    ground = groundwork_of(scenario, world)

    def one(seed: int) -> tuple[Any, ...]:
        run = Simulation(scenario, world, seed=seed, groundwork=ground).run()
        infections, hunt, summary = run.infections(), run.hunt(), run.summary()
        strikes = hunt["strikes"]
        bitten = strikes["outcome"] == Outcome.BITTEN
        return (
            [int((infections["time_s"] < day * DAY).sum()) for day in DAYS],
            int((hunt["flights"]["errand"] == Errand.AWAY).sum()),
            summary["turned"],
            summary["destroyed"],
            np.bincount(strikes["outcome"], minlength=len(Outcome)),
            np.bincount(strikes["setting"][bitten], minlength=len(Setting)),
            np.bincount(infections["route"], minlength=len(Route)),
        )

    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        rows = list(pool.map(one, range(1, seeds + 1)))
    return Arm(*(np.array(column) for column in zip(*rows, strict=True)))


def share_interval(hits: int, trials: int) -> tuple[float, float]:
    """Wilson's interval of a share, 95 %."""
    z, share = 1.959964, hits / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / (1 + z * z / trials)
    return max(0.0, middle - half), min(1.0, middle + half)


def paired(one: NDArray[Any], other: NDArray[Any]) -> tuple[float, float, float]:
    """(Mean difference, half of its 95 % interval, smallest effect seen with power .8) of paired runs."""
    gap = one.astype(float) - other.astype(float)
    error = float(gap.std(ddof=1)) / sqrt(len(gap))
    return float(gap.mean()), 1.96 * error, (1.96 + 0.84) * error


def row(name: str, found: Arm, base: Arm) -> str:
    """One line of the table of changes."""
    low, high = share_interval(int(found.lost.sum()), len(found.lost))
    gap, half, seen = paired(found.infected[:, -1], base.infected[:, -1])
    middle = f"{np.median(found.infected[found.lost, -1]):,.0f}" if found.lost.any() else "-"
    return (
        f"| {name} | {found.lost.mean():.2f} ({low:.2f} to {high:.2f}) | {middle} | {found.away.mean():,.0f} "
        f"| {gap:+,.0f} ± {half:,.0f} | {seen:,.0f} |"
    )


def course(base: Arm) -> list[str]:
    """How lost cities go, and where people are bitten there."""
    rows = base.infected[base.lost]
    low, middle, high = np.quantile(rows, (0.1, 0.5, 0.9), axis=0)
    lines = ["| by day | infected: a tenth of the lost cities below | half | nine tenths |", "|---|---|---|---|"]
    lines += [
        f"| {day} | {a:,.0f} | {b:,.0f} | {c:,.0f} |" for day, a, b, c in zip(DAYS, low, middle, high, strict=True)
    ]
    settings = base.settings.sum(axis=0)
    where = ", ".join(
        f"{Setting(code).name.lower()} {settings[code] / settings.sum():.1%}"
        for code in np.argsort(-settings)
        if settings[code]
    )
    outcomes = base.outcomes.sum(axis=0)
    how = ", ".join(f"{outcome.name.lower()} {outcomes[outcome] / outcomes.sum():.1%}" for outcome in Outcome)
    routes = base.routes.sum(axis=0)
    by = ", ".join(f"{route.name.lower()} {routes[route]:,}" for route in Route if routes[route])
    lines += ["", f"Infections by route: {by}. Bites that infected, by setting: {where}.", "", f"Strikes: {how}."]
    return lines


def classes(base: Arm) -> str:
    """Outcome classes in words."""
    final = base.infected[:, -1]
    counts = [(final <= 1).sum(), ((final > 1) & (final < LOST)).sum(), (final >= LOST).sum()]
    return (
        f"Of {len(final)} bites {counts[0]} went no further, {counts[1]} infected 2 to {LOST - 1} people, "
        f"and {counts[2]} became an outbreak of the city ({LOST} infected or more)."
    )


HEAD = (
    "| change | share of lost cities (95 %) | infected where lost, median | left the town, mean "
    "| infected, paired difference (95 %) | smallest effect seen |"
)


def page(seeds: int) -> tuple[str, dict[float, Arm], dict[float, Arm]]:
    """The page, and the arms of its figure."""
    base = arm(ALONE, seeds)
    alphas = {alpha: arm({**ALONE, "pathogen.alpha": alpha}, seeds) for alpha in ALPHAS}
    speeds = {speed: arm({**ALONE, "pathogen.bite.speed": speed}, seeds) for speed in SPEEDS}
    changes = {
        "incubation half as long": arm({**ALONE, **slower(0.5)}, seeds),
        "incubation twice as long": arm({**ALONE, **slower(2.0)}, seeds),
        "warning to 60 % on Monday at 18:00": arm(warning("2026-03-02T18:00:00", 0.6), seeds),
        "the same two days later": arm(warning("2026-03-04T18:00:00", 0.6), seeds),
        "the response of the scenario": arm({}, seeds),
    }
    lines = [
        "# A bite in the lab",
        "",
        "Made by `python verification/bite_outbreaks.py`; do not edit it by hand.",
        "",
        f"{seeds} seeds an arm, the same in all; `hyosan`, 14 days; nobody acts if nothing else is said. ",
        classes(base),
        "",
        f"![Shares of lost cities](../docs/images/{FIGURE.name})",
        "",
        "## When nobody acts",
        "",
        *course(base),
        "",
        "## What changes it",
        "",
        "Differences are to the first line over the same seeds; the smallest effect seen is that which such a pair of",
        "arms shows with power .8 at the 5 % level.",
        "",
        HEAD,
        "|" + "---|" * 6,
        row("none (alpha 0.05, speed 3.3 m/s)", base, base),
        *(row(f"alpha {alpha:g}", found, base) for alpha, found in alphas.items()),
        *(row(f"speed of hunters {speed:g} m/s", found, base) for speed, found in speeds.items()),
        *(row(name, found, base) for name, found in changes.items()),
        "",
        "People run at 3.0 m/s. Below that no adult who knows is caught outdoors: the share caught is 0 up to equal",
        "speed, and rises at once above it (`rules/bite.py`, `caught_share`), as simulations of pursuit report. In the",
        "city that turn is not sharp: children and the old run slower, and whoever does not know, or sits in a broken",
        "house, is bitten at any speed. So speed changes how many are infected, and hardly whether the city is lost.",
    ]
    return "\n".join(lines) + "\n", alphas, speeds


def panel(axes: "Axes", arms: Mapping[float, Arm], letter: str, label: str, mark: float) -> None:
    """Share of lost cities, and infected, against one number."""
    values = sorted(arms)
    shares = np.array([arms[value].lost.mean() for value in values])
    limits = np.array([share_interval(int(arms[value].lost.sum()), len(arms[value].lost)) for value in values])
    axes.errorbar(values, shares, np.abs(limits.T - shares), color=BLUE, marker="o", capsize=3, label="lost cities")
    infected = [arms[value].infected[:, -1].mean() / 153_816 for value in values]
    axes.plot(values, infected, color=ORANGE, marker="s", label="infected, share of all people")
    axes.axvline(mark, color=GREY, linewidth=0.8, linestyle="--")
    axes.set(xlabel=label, ylabel="share", ylim=(-0.02, 1.02))
    axes.legend(frameon=False, fontsize=8)
    name_panel(axes, letter)
    dress(axes)


def figure(alphas: Mapping[float, Arm], speeds: Mapping[float, Arm]) -> "Figure":
    """Both curves."""
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(10, 3.8), layout="constrained", facecolor="white")
    left, right = drawn.subplots(1, 2)
    panel(left, alphas, "a", "alpha: hunters destroyed for each bite", 0.05)
    left.set_xscale("log")
    panel(right, speeds, "b", "speed of hunters [m/s]; people run at 3.0", 3.0)
    right.axvline(3.3, color=VERMILION, linewidth=0.8, linestyle=":")
    return drawn


def main() -> None:
    """Run, and write page and figure."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    text, alphas, speeds = page(seeds)
    PAGE.write_text(text, encoding="utf-8")
    write_figure(FIGURE, lambda: figure(alphas, speeds))
    print(text)


if __name__ == "__main__":
    main()
