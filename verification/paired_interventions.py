"""What interventions avert in Hyosan over paired seeds, and what the pairing is worth; writes interventions.md.

Run it as `python verification/paired_interventions.py [seeds]`.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from hyosan.engine.groundwork import groundwork_of
from hyosan.rules.codes import Reason
from hyosan.scenario.load import load
from hyosan.scenario.model import Scenario, resolved
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build

PAGE = Path(__file__).parent / "interventions.md"
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


def comparison(name: str, without: Arm, given: Arm) -> str:
    """One row: what an intervention averts, judged from pairs and as if the runs had nothing in common."""
    count = len(given.infected)
    averted = without.infected - given.infected
    mean = float(averted.mean())
    paired = float(averted.std(ddof=1)) / sqrt(count)
    unpaired = sqrt((without.infected.var(ddof=1) + given.infected.var(ddof=1)) / count)
    texts = [name, f"{given.infected.mean():,.0f}", f"{mean:,.0f}"]
    errors = ((paired, count - 1), (unpaired, 2 * count - 2))
    for error, freedom in errors:
        half = float(stats.t.ppf(0.975, freedom)) * error
        texts.append(f"{mean - half:,.0f} to {mean + half:,.0f}")
    for error, freedom in errors:
        texts.append(f"{float(stats.t.ppf(0.975, freedom) + stats.t.ppf(POWER, freedom)) * error:,.0f}")
    texts.append(f"{np.corrcoef(without.infected, given.infected)[0, 1]:.2f}")
    return "| " + " | ".join(texts) + " |"


def page(count: int) -> str:
    """The page, from runs made now."""
    scenario = load("hyosan")
    table = resolved(scenario)
    without = arm(table, [], count)
    given = {name: arm(table, [order], count) for name, order in ORDERS.items()}
    reasons = sorted({reason for each in given.values() for reason in each.refused} | set(without.refused))
    rows = [comparison(name, without, each) for name, each in given.items()]
    arms = {"none": without, **given}
    refused = [
        f"| {name} | " + " | ".join(f"{each.refused.get(reason, 0.0):,.0f}" for reason in reasons) + " |"
        for name, each in arms.items()
    ]
    died_out = {name: int((each.infected < scenario.people_in_all / 100).sum()) for name, each in arms.items()}
    small = ", ".join(f"{name}: {runs}" for name, runs in died_out.items() if runs) or "none"
    return f"""# Interventions in Hyosan, over paired seeds

`verification/paired_interventions.py` ran scenario `hyosan` ({scenario.people_in_all:,} people, influenza from one
school class, 180 days) with {count} seeds, without interventions and with one at a time. A pair has the same seed and
one change. Without any,
{without.infected.mean():,.0f} people are infected on average (standard deviation {without.infected.std(ddof=1):,.0f}).

| {" | ".join(COLUMNS)} |
|{"---|" * len(COLUMNS)}
{chr(10).join(rows)}

Both intervals are Student's t. The smallest effect seen is the one that a test at 5 % finds with a chance of
{100 * POWER:.0f} %. Pairing is worth most where few attempts are refused: once an attempt is refused the two histories
part, and what they still have in common, such as when the outbreak took off, decides. Closed schools turn that round
(a negative correlation in these runs), so that their pairs tell less than two independent samples would.

Runs that infected fewer than one person in a hundred: {small}.

## Attempts by reason, in a run on average

An accepted attempt is an infection.

| intervention | {" | ".join(reasons)} |
|{"---|" * (len(reasons) + 1)}
{chr(10).join(refused)}
"""


if __name__ == "__main__":
    PAGE.write_text(page(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS))
