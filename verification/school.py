"""What becomes of a bite in the school, over many days: hour by hour, what helps; writes `school.md`.

    python verification/school.py [SEEDS]

Each question is asked of runs paired by seed, one thing changed. A day begins at 15:05, in the last break.
"""

from __future__ import annotations

import math
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import stats

from hyosan.building import Visit, plan_of
from hyosan.engine.building.ground import ground_of
from hyosan.scenario.load import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hyosan.engine.building.ground import Ground
    from hyosan.floorplan.plan import Floorplan

PAGE = Path(__file__).parent / "school.md"
SEEDS = 40
BASE: dict[str, object] = {
    "start": "2026-03-03T15:05:00", "first_bite": "15:06", "duration": "115 minutes", "records.tracks": "60 s",
}  # fmt: skip
"""From the last break to 17:00."""

CROWD: dict[str, object] = {**BASE, "bitten": 20, "duration": "55 minutes"}
"""Twenty who turn at once, so that something small shows."""

TURN = 1500.0
"""When the first turn, since the start [s]."""

QUESTIONS: tuple[tuple[str, dict[str, object]], ...] = (
    ("no door locks without a key", {"locked_doors": 0.0}),
    ("every door locks", {"locked_doors": 1.0}),
    ("the office announces it 30 s after the first call", {"response": "announce", "response_after": "30 seconds"}),
    ("the office orders a lock-down 30 s after it", {"response": "lock-down", "response_after": "30 seconds"}),
    ("the office orders an evacuation 30 s after it", {"response": "evacuate", "response_after": "30 seconds"}),
    ("hunters at 2.2 m/s (usually 3.3)", {"pathogen.hunter_speed": 2.2}),
    ("hunters at 4.4 m/s", {"pathogen.hunter_speed": 4.4}),
    ("alpha 0.2 (usually 0.05)", {"pathogen.alpha": 0.2}),
)
"""What is changed, one thing at a time."""

RANGES: tuple[tuple[str, float, float], ...] = (
    ("sight", 20.0, 80.0), ("memory", 20.0, 300.0), ("scream", 90.0, 110.0), ("door_loss", 15.0, 35.0),
    ("hesitation", 2.0, 30.0), ("running", 1.6, 2.6), ("hiding", 0.3, 3.0), ("fending", 0.1, 0.6), ("means", 1.0, 10.0),
    ("fighting", 0.0, 0.15), ("texting", 0.0, 0.9), ("sneak_after", 60.0, 1800.0), ("door_strength", 60.0, 600.0),
    ("latch_strength", 4.0, 40.0), ("ringing", 0.0, 0.02), ("danger", 20.0, 300.0), ("helping", 0.0, 0.4),
)  # fmt: skip
"""Keys of `[behaviour]`, and the ends of their ranges."""


class Days:
    """Runs of one plan, each seed and change once."""

    def __init__(self, seeds: Sequence[int]) -> None:
        self.seeds = list(seeds)
        self._plan: tuple[Floorplan, Ground] | None = None

    def first(self, count: int) -> Days:
        """The first so many."""
        few = Days(self.seeds[:count])
        few._plan = self._plan
        return few

    def run(self, read: Callable[[Visit], Any], **changes: object) -> list[Any]:
        """What `read` makes of each day."""
        scenario = load("school-bite", set=changes)
        if self._plan is None:
            plan = plan_of(scenario)  # type: ignore[arg-type]
            self._plan = plan, ground_of(plan)
        plan, ground = self._plan

        def one(seed: int) -> Any:
            visit = Visit(scenario, seed=seed, plan=plan, ground=ground).run()  # type: ignore[arg-type]
            visit.close()
            return read(visit)

        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(one, self.seeds))


def outcome(visit: Visit) -> dict[str, float]:
    """Numbers of a day: bitten in the first ten minutes of panic, and in all; who is unhurt, out, hiding."""
    summary, infections = visit.summary(), visit.tables()["infections"]
    bites = infections["time_s"][infections["infector"] >= 0]
    return {
        "bitten": float(len(bites)),
        "early": float((bites < TURN + 600).sum()),
        **{name: float(summary[name]) for name in ("survivors", "escaped", "hiding", "turned", "destroyed")},
    }


def by_hour(visit: Visit) -> dict[str, list[int]]:
    """Bitten people, hunters and survivors at 15:30, 16:00, 16:30 and 17:00."""
    counts, names = visit.tables()["counts"], visit.prepared.courses.names  # type: ignore[union-attr]
    found: dict[str, list[int]] = {"susceptible": [], "infected": [], "hunting": []}
    for second in (1500, 3300, 5100, 6900):
        row = counts["time_s"] == min(second, int(counts["time_s"].max()))
        number = {name: int(counts["count"][row & (counts["state"] == code)].sum()) for code, name in enumerate(names)}
        found["susceptible"].append(number["susceptible"])
        found["hunting"].append(number["hunting"])
        found["infected"].append(sum(number.values()) - number["susceptible"] - number["hunting"] - number["destroyed"])
    return found


def effect(base: list[dict[str, float]], other: list[dict[str, float]], key: str) -> tuple[float, float, float]:
    """Mean paired difference, half its 95 % interval, and the smallest effect seen in 80 % of such studies."""
    differences = np.array([b[key] - a[key] for a, b in zip(base, other, strict=True)])
    freedom = len(differences) - 1
    error = float(differences.std(ddof=1)) / math.sqrt(len(differences))
    half = float(stats.t.ppf(0.975, freedom)) * error
    return float(differences.mean()), half, half + float(stats.t.ppf(0.8, freedom)) * error


def table(title: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in (title, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(title), *lines[1:]])


def quantiles(values: Sequence[float]) -> str:
    """Median, and the middle 80 %."""
    low, middle, high = np.percentile(values, [10, 50, 90])
    return f"{middle:.0f} ({low:.0f} to {high:.0f})"


def hours_of_a_day(days: Days) -> list[str]:
    """How a day with one bite goes."""
    one = days.run(lambda visit: (outcome(visit), by_hour(visit)), **BASE)
    numbers, keys = [each[0] for each in one], ("susceptible", "infected", "hunting")
    rows = [
        [clock, *(quantiles([each[1][key][place] for each in one]) for key in keys)]
        for place, clock in enumerate(("15:30", "16:00", "16:30", "17:00"))
    ]
    early = np.array([each["early"] for each in numbers])
    late = np.array([each["bitten"] for each in numbers]) - early
    related = float(np.corrcoef(early, late)[0, 1]) if early.std() > 0 and late.std() > 0 else float("nan")
    ended = 100 * np.mean([each["destroyed"] > 0 for each in numbers])
    return [
        "## By the hour\n\nMedian, and the middle 80 % of days.",
        table(("clock", "unhurt", "bitten, not turned", "hunting"), rows),
        f"Bitten within ten minutes of the turn: {quantiles([*early])}; in the 80 minutes after them: "
        f"{quantiles([*late])}; correlation of the two over days: {related:.2f}. "
        f"Unhurt and out or in the open at 17:00: {quantiles([each['escaped'] for each in numbers])}. "
        f"The hunter is destroyed on {ended:.0f} % of days.",
    ]


def what_helps(days: Days, crowd: list[dict[str, float]]) -> list[str]:
    """Effects of what is changed."""
    rows = []
    for what, changes in QUESTIONS:
        other = days.run(outcome, **{**CROWD, **changes})
        found = [effect(crowd, other, key) for key in ("bitten", "escaped", "hiding")]
        rows.append([what, *(f"{mean:+.1f} ± {half:.1f} ({least:.1f})" for mean, half, least in found)])
    usual = ", ".join(f"{quantiles([each[key] for each in crowd])} {key}" for key in ("bitten", "escaped", "hiding"))
    return [
        "## What helps\n\nTwenty are bitten and turn at 15:30; what has become of all at 16:00, as a difference from "
        "days without the change, paired by seed, with the 95 % interval, and in brackets the smallest effect that "
        f"would have been seen on four of five such sets of days. Without a change: {usual}.",
        table(("change", "bitten", "out unhurt", "still hiding"), rows),
    ]


def what_matters(days: Days, crowd: list[dict[str, float]]) -> list[str]:
    """Effects of the numbers of behaviour at the ends of their ranges."""
    few = days.first(max(10, len(days.seeds) // 4))
    usual, rows = crowd[: len(few.seeds)], []
    for key, low, high in RANGES:
        ends = [few.run(outcome, **{**CROWD, f"behaviour.{key}": end}) for end in (low, high)]
        found = [effect(usual, end, name) for name in ("bitten", "escaped") for end in ends]
        rows.append([f"`{key}`", f"{low:g}, {high:g}", *(f"{mean:+.1f} ± {half:.1f}" for mean, half, _ in found)])
    title = ("key", "ends", "bitten, at the lower", "at the upper", "out unhurt, at the lower", "at the upper")
    return [
        "## Which numbers matter\n\nKeys of `[behaviour]` at the ends of their ranges, one at a time, "
        f"{len(few.seeds)} seeds: differences from the usual value, with the 95 % interval.",
        table(title, rows),
    ]


def page(days: Days) -> str:
    """The page."""
    begun = time.perf_counter()
    body = hours_of_a_day(days)
    crowd = days.run(outcome, **CROWD)
    body += what_helps(days, crowd) + what_matters(days, crowd)
    took = time.perf_counter() - begun
    head = [
        "# A bite in the school, over many days",
        f"`python verification/school.py {len(days.seeds)}`: seeds 1 to {len(days.seeds)}, {took:.0f} s on two cores. "
        "`school-bite` from the last break on: one of 602 people is bitten at 15:06 and turns at 15:30.",
    ]
    return "\n\n".join([*head, *body]) + "\n"


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    PAGE.write_text(page(Days(range(1, count + 1))), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
