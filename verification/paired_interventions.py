"""What interventions avert in Hyosan over paired seeds, and what the pairing is worth; writes interventions.md.

Run it as `python verification/paired_interventions.py [seeds]`: it draws the page's figure too, and takes some minutes.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from hyosan.engine.groundwork import groundwork_of
from hyosan.rules.codes import Reason
from hyosan.scenario.load import load
from hyosan.scenario.model import Scenario, resolved
from hyosan.simulation import Simulation
from hyosan.views.looks import BLUE, GREY, INK, ORANGE, PALE, dress, name_panel, whole_numbers, write_figure
from hyosan.world.synthesis import build

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAGE = Path(__file__).parent / "interventions.md"
FIGURE = Path(__file__).parent.parent / "docs" / "images" / "interventions.png"
SEEDS = 30
POWER = 0.8
COLUMNS = (
    "intervention", "infected", "averted", "95 %, paired", "95 %, unpaired", "smallest effect seen, paired", "unpaired",
    "correlation of the pair",
)  # fmt: skip

ORDERS: dict[str, dict[str, Any]] = {
    "schools closed, 30 March to 26 April": {"kind": "close-schools", "from": "2026-03-30", "until": "2026-04-27"},
    "isolation a day after symptoms, adherence .05": {
        "kind": "isolate-symptomatic",
        "delay": "1 day",
        "adherence": 0.05,
    },
    "isolation a day after symptoms, adherence .5": {
        "kind": "isolate-symptomatic",
        "delay": "1 day",
        "adherence": 0.5,
    },
    "1,000 doses a day, uptake .5, efficacy .6": {
        "kind": "vaccinate",
        "per_day": 1000,
        "uptake": 0.5,
        "efficacy": 0.6,
        "action": "leaky",
    },
}


@dataclass(frozen=True)
class Arm:
    """Runs with one intervention, or without."""

    infected: NDArray[np.float64]
    """People infected, (seeds,)."""
    refused: Mapping[str, float]
    """Attempts refused in a run, by reason; the mean."""

    def some(self, seeds: NDArray[np.bool_]) -> "Arm":
        """The runs of some seeds; what they refused is still that of all."""
        return Arm(self.infected[seeds], self.refused)


def arm(table: Mapping[str, Any], orders: list[dict[str, Any]], count: int) -> Arm:
    """One run a seed."""
    scenario = Scenario.model_validate({**table, "interventions": orders})
    world = build(scenario)
    groundwork = groundwork_of(scenario, world)
    infected = []
    refused: dict[str, float] = {}
    for seed in range(1, count + 1):
        run = Simulation(scenario, world, seed=seed, groundwork=groundwork).run()
        infected.append(float(len(np.unique(run.infections()["infectee"]))))
        refusals = run.refusals()
        for reason in np.unique(refusals["reason"]):
            name = Reason(reason).name.lower().replace("_", " ") if reason else "accepted"
            refused[name] = (
                refused.get(name, 0.0) + float(refusals["count"][refusals["reason"] == reason].sum()) / count
            )
        run.close()
    return Arm(np.array(infected), refused)


@dataclass(frozen=True)
class Averted:
    """What an intervention averts, judged from pairs and as if the runs had nothing in common."""

    mean: float
    errors: tuple[float, float]
    """Standard error of the mean, paired and unpaired."""
    freedom: tuple[int, int]
    """Degrees of freedom of the two."""
    correlation: float
    """Of the infected with and without the intervention."""

    @classmethod
    def of(cls, without: Arm, given: Arm) -> "Averted":
        """The comparison of two arms."""
        count = len(given.infected)
        averted = without.infected - given.infected
        paired = float(averted.std(ddof=1)) / sqrt(count)
        unpaired = sqrt((without.infected.var(ddof=1) + given.infected.var(ddof=1)) / count)
        correlation = float(np.corrcoef(without.infected, given.infected)[0, 1])
        return cls(float(averted.mean()), (paired, unpaired), (count - 1, 2 * count - 2), correlation)

    def intervals(self) -> list[tuple[float, float]]:
        """Student's intervals of 95 %, paired and unpaired."""
        halves = [
            float(stats.t.ppf(0.975, freedom)) * error for error, freedom in zip(self.errors, self.freedom, strict=True)
        ]
        return [(self.mean - half, self.mean + half) for half in halves]

    def smallest(self) -> list[float]:
        """Smallest effect that a test at 5 % finds with a chance of `POWER`, paired and unpaired."""
        return [
            float(stats.t.ppf(0.975, freedom) + stats.t.ppf(POWER, freedom)) * error
            for error, freedom in zip(self.errors, self.freedom, strict=True)
        ]


def comparison(name: str, given: Arm, averted: Averted) -> str:
    """One row of the table."""
    texts = [name, f"{given.infected.mean():,.0f}", f"{averted.mean:,.0f}"]
    texts += [f"{low:,.0f} to {high:,.0f}" for low, high in averted.intervals()]
    texts += [f"{effect:,.0f}" for effect in averted.smallest()]
    texts.append(f"{averted.correlation:.2f}")
    return "| " + " | ".join(texts) + " |"


def table(without: Arm, given: Mapping[str, Arm]) -> str:
    """All interventions, a row each."""
    rows = [comparison(name, each, Averted.of(without, each)) for name, each in given.items()]
    return f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n{chr(10).join(rows)}"


def draw(axes: "Axes", without: Arm, given: Mapping[str, Arm]) -> None:
    """Intervals of what each intervention averts, paired above unpaired."""
    dress(axes)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=PALE, linewidth=0.7)
    axes.axvline(0.0, color=GREY, linewidth=0.8)
    looks = (("paired", BLUE, -0.15), ("unpaired", ORANGE, 0.15))
    for row, arm in enumerate(given.values()):
        averted = Averted.of(without, arm)
        for (label, colour, shift), (low, high) in zip(looks, averted.intervals(), strict=True):
            axes.plot([low, high], [row + shift] * 2, color=colour, linewidth=2.5, label=label if row == 0 else None)
            axes.plot([averted.mean], [row + shift], "o", color=colour, markersize=4, markeredgecolor="white")
            words = f"{low:,.0f} to {high:,.0f}"
            axes.annotate(words, (high, row + shift), (5, 0), textcoords="offset points", va="center", fontsize=7.5)
    axes.tick_params(axis="y", labelcolor=INK, length=0)
    axes.set_xlabel("infections averted, mean and its interval of 95 %")


def figure(without: Arm, given: Mapping[str, Arm], seeds: NDArray[np.bool_]) -> "Figure":
    """All seeds, and some of them."""
    from matplotlib.figure import Figure

    made = Figure(figsize=(10, 3.8), layout="constrained", facecolor="white")
    panels = made.subplots(1, 2, sharex=True, sharey=True)
    draw(panels[0], without, given)
    name_panel(panels[0], f"All {len(seeds)} seeds")
    draw(panels[1], without.some(seeds), {name: each.some(seeds) for name, each in given.items()})
    name_panel(panels[1], f"The {seeds.sum()} that take off without interventions")
    panels[0].set_yticks(range(len(given)), [name.replace(", ", ",\n", 1) for name in given])
    panels[0].invert_yaxis()
    panels[0].margins(x=0.2)
    whole_numbers(panels[0].xaxis)
    panels[1].legend(frameon=False, fontsize=8, loc="upper right")
    return made


def reasons_of(arms: Mapping[str, Arm]) -> str:
    """Attempts by reason, a row an arm."""
    reasons = sorted({reason for each in arms.values() for reason in each.refused})
    rows = [
        f"| {name} | " + " | ".join(f"{each.refused.get(reason, 0.0):,.0f}" for reason in reasons) + " |"
        for name, each in arms.items()
    ]
    return f"| intervention | {' | '.join(reasons)} |\n|{'---|' * (len(reasons) + 1)}\n{chr(10).join(rows)}"


def page(count: int) -> str:
    """The page, and its figure, from runs made now."""
    scenario = load("hyosan-influenza")
    plain = resolved(scenario)
    without = arm(plain, [], count)
    given = {name: arm(plain, [order], count) for name, order in ORDERS.items()}
    arms = {"none": without, **given}
    few = scenario.people_in_all / 100
    spread = without.infected >= few
    died_out = {name: int((each.infected < few).sum()) for name, each in arms.items()}
    small = "; ".join(f"{name}: {runs}" for name, runs in died_out.items() if runs) or "none"
    write_figure(FIGURE, lambda: figure(without, given, spread))
    return f"""# Interventions in Hyosan, over paired seeds

`verification/paired_interventions.py` ran scenario `hyosan-influenza`
({scenario.people_in_all:,} people, influenza from one school class, 180 days) with {count} seeds, without interventions
and with one at a time. A pair has the same seed and one change. Without any,
{without.infected.mean():,.0f} people are infected on average (standard deviation {without.infected.std(ddof=1):,.0f});
in the {spread.sum()} runs that infect one person in a hundred or more,
{without.infected[spread].mean():,.0f} (standard deviation {without.infected[spread].std(ddof=1):,.0f}).

![What each intervention averts, with paired and unpaired intervals](../docs/images/{FIGURE.name})

## All {count} seeds

{table(without, given)}

Runs that infected fewer than one person in a hundred: {small}.

## The {spread.sum()} seeds that take off without interventions

{table(without.some(spread), {name: each.some(spread) for name, each in given.items()})}

All intervals are Student's t. The smallest effect seen is the one that a test at 5 % finds with a chance of
{100 * POWER:.0f} %. Where a seed's outbreak dies out by itself it does so with and without an intervention: that is
most of the spread of all seeds, and of what pairing gains there. Among those that take off, pairing is worth most where
few attempts are refused: once an attempt is refused the two histories part, and what they still have in common, such as
when the outbreak took off, decides. Where the correlation is negative, as with closed schools, pairs tell less than two
independent samples would.

## Attempts by reason, in a run on average

An accepted attempt is an infection.

{reasons_of(arms)}
"""


if __name__ == "__main__":
    PAGE.write_text(page(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS))
