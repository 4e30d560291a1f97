"""Interventions whose effect is exactly known: isolation, tracing, masks, fewer gatherings, vaccination."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.city.protect import draw_people
from hyosan.rules.progression import IMMUNE
from hyosan.rules.random import CERTAIN, Draw, purpose_of
from hyosan.verification.checks import Check, Close, Same, Share, counts_of
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.large import judged, split
from hyosan.verification.oracles import outbreak_sizes
from hyosan.verification.runs import batches, cell_sizes, finished, pathogen, period, scenario

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


CELL = 200
"""People of the cells whose outbreaks die out or do not."""

SMALL = CELL // 5
"""Further infections up to which an outbreak has died out."""

MOST_CELLS = 5_000

COMMUNITY = {"air": {"community": 1.0}}

TRACED = ((0.0, 0.417188), (0.2, 0.686302), (0.4, 1.0), (1.0, 1.0))
"""Share of infectees traced before they infect, R0 3 and half of it before isolation: chance of extinction."""

CONTROLLED = ((0.2, 0.0, 0.09070598), (0.0, 0.2, 0.1133825), (0.1, 0.1, 0.1084924))
"""People who infect nobody, contacts cut for all, R 1.5 and k 0.5: published chance of an epidemic."""

FRASER = "Fraser, Riley, Anderson & Ferguson (2004), doi:10.1073/pnas.0307506101"
BALL = "Ball (1986), Advances in Applied Probability 18:289-310"
LLOYD_SMITH = "Lloyd-Smith, Schreiber, Kopp & Getz (2005), doi:10.1038/nature04153"
SNAPSHOTS = "chances of an epidemic: epiverse-trace/superspreading, snapshots of its tests"
FINAL_SIZE = "Final sizes of a matrix: Kermack & McKendrick (1927), doi:10.1098/rspa.1927.0118"


def states(*rows: tuple[str, Mapping[str, Any], float, bool]) -> dict[str, Any]:
    """States one after another: name, how long, infectiousness, whether there are symptoms; then recovery."""
    following = [*(row[0] for row in rows[1:]), "recovered"]
    made: dict[str, Any] = {
        name: {"dwell": dwell, "infectiousness": shed, "symptomatic": ill, "next": [{"to": after}]}
        for (name, dwell, shed, ill), after in zip(rows, following, strict=True)
    }
    return {"name": "verification", "routes": COMMUNITY, "states": {**made, "recovered": {}}}


def isolation(delay: str, adherence: float = 1.0) -> dict[str, Any]:
    """Isolation from some time after symptoms on."""
    return {"kind": "isolate-symptomatic", "delay": delay, "adherence": adherence}


def gatherings(share: float) -> dict[str, Any]:
    """A limit on gatherings."""
    return {"kind": "limit-gatherings", "share": share}


def tracing(coverage: float) -> dict[str, Any]:
    """Contacts of all cases in quarantine three days after symptoms, so many of them."""
    return {
        "kind": "trace-contacts",
        "ascertainment": 1.0,
        "delay": "2 days",
        "coverage": coverage,
        "capacity": 1_000_000,
        "duration": "30 days",
        "adherence": 1.0,
    }


def sizes_among(
    effort: Effort, cells: int, people: int, illness: Mapping[str, Any], orders: Sequence[Mapping[str, Any]]
) -> NDArray[np.int64]:
    """Further infections in closed cells with one infected each."""
    runs, each = batches(cells) if people < CELL else (-(-cells // MOST_CELLS), min(cells, MOST_CELLS))
    plan = scenario("closed-cells", illness, cells=each, people=people, infected_at_start=1, interventions=[*orders])
    return cell_sizes(finished(plan, None, effort.seeds(runs)), people) - 1


def isolating(effort: Effort) -> Finding:
    """Exact laws of ten people, some or all of whom are isolated."""
    cells = effort.size(20_000, 200_000)
    fixed = states(
        ("exposed", period("exponential", 2.0), 0.0, False),
        ("unnoticed", period("fixed", 1.0), 1.0, False),
        ("ill", period("fixed", 3.0), 1.0, True),
    )
    some = sizes_among(effort, cells, 10, {**fixed, "reproduction_number": 3.0}, [isolation("1 day", 0.6)])
    # R0 (1 - e (1 - theta)): 0.6 of people infect for two days of four.
    first = counts_of(some, outbreak_sizes(9, 1, "0.3", "0.6@0.5:fixed"))
    quick = pathogen(period("exponential", 4.0), reproduction_number=3.0)
    every = sizes_among(effort, cells, 10, quick, [isolation("2 days")])
    second = counts_of(every, outbreak_sizes(9, 1, "0.3", "until-0.5"))
    return Finding(f"{cells:,} cells of ten each", [first, second])


def dying(sizes: NDArray[np.int64], law: Sequence[float]) -> list[Check]:
    """How many outbreaks infect nobody, a few, or many."""
    return [Share(int((sizes <= most).sum()), len(sizes), min(1.0, sum(law[: most + 1]))) for most in (0, 3, SMALL)]


def isolating_and_tracing(effort: Effort) -> Finding:
    """Perfect isolation in the middle of infectiousness, and infectees traced before they infect."""
    cells = effort.size(1_000, 10_000)
    illness = states(
        ("exposed", period("fixed", 4.0), 0.0, False),
        ("unnoticed", period("fixed", 1.0), 1.0, False),
        ("ill", period("fixed", 3.0), 1.0, True),
    )
    checks: list[Check] = []
    for coverage, published in TRACED:
        checks.append(Close((published,), (dies_out(coverage),), 1e-6))
        orders = [isolation("1 day"), tracing(coverage)]
        sizes = sizes_among(effort, cells, CELL, {**illness, "reproduction_number": 3.0}, orders)
        # Who is met by two cases in time has two chances of being traced; the law has one, less than 0.0024 off.
        law = outbreak_sizes(CELL - 1, 1, str(1.5 / CELL), f"{coverage}@0:fixed", "fixed")
        checks += dying(sizes, law)
    return Finding(f"{cells:,} cells of {CELL}, four times", checks)


def dies_out(traced: float) -> float:
    """Chance that an outbreak dies out from one person with Poisson(1.5) infectees, a share of whom infects nobody."""
    chance = 0.0
    for _ in range(100_000):
        chance = traced + (1.0 - traced) * float(np.exp(-1.5 * (1.0 - chance)))
    return float(np.exp(-1.5 * (1.0 - chance)))


def controlling(effort: Effort) -> Finding:
    """Superspreading: some people infect nobody, or everybody infects fewer."""
    cells = effort.size(4_000, 40_000)
    illness = states(
        ("ill", period("fixed", 2.0), 0.0, True),
        ("infectious", period("fixed", 3.0), 1.0, True),
    )
    checks: list[Check] = []
    for some, each, published in CONTROLLED:
        checks.append(Close((published,), (epidemic(1.5 * (1.0 - each), 0.5, some),), 1e-6))
        orders = [isolation("1 day", some), gatherings(each)]
        sizes = sizes_among(effort, cells, CELL, {**illness, "reproduction_number": 1.5, "dispersion": 0.5}, orders)
        law = outbreak_sizes(CELL - 1, 1, str(1.5 * (1.0 - each) / CELL), f"{some}@0:gamma-0.5")
        checks += dying(sizes, law)
    return Finding(f"{cells:,} cells of {CELL}, three times", checks)


def epidemic(reproduction: float, dispersion: float, controlled: float) -> float:
    """Chance that an outbreak does not die out if a share of people infects nobody."""
    chance = 0.0
    for _ in range(100_000):
        others = (1.0 + reproduction * (1.0 - chance) / dispersion) ** -dispersion
        chance = controlled + (1.0 - controlled) * others
    return 1.0 - chance


def wearers(people: int, seed: int, wearing: float) -> NDArray[np.int64]:
    """1 for whoever takes part in the first intervention of a run, (people,)."""
    words = np.empty((4, people), np.int64)
    everybody = np.arange(people, dtype=np.int64)
    none = np.zeros(people, np.int64)
    use = purpose_of(Draw.ADHERENCE)
    draw_people(0, people, np.int64(seed), use, everybody, none, none, words)
    wears: NDArray[np.int64] = ((words[0] >> 2) < round(wearing * CERTAIN)).astype(np.int64)
    return wears


def masked(effort: Effort) -> Finding:
    """Two groups, those who wear a mask and those who do not."""
    people = effort.size(200_000, 1_000_000)
    checks: list[Check] = []
    for number, wearing, control, protection in ((3.0, 0.6, 0.5, 0.3), (2.5, 0.3, 0.0, 0.8), (2.5, 0.5, 0.7, 0.0)):
        masks = {"kind": "masks", "wearing": wearing, "source_control": control, "protection": protection}
        plan = scenario(
            "well-mixed",
            pathogen(period("exponential", 3.0), reproduction_number=number),
            people=people,
            infected_at_start=people // 200,
            interventions=[masks],
        )
        run = next(finished(plan, None, effort.seeds(1)))
        group = wearers(people, run.seed, wearing)
        early, late = split(run, group, 2)
        counts = np.bincount(group, minlength=2).astype(float)
        shed, taken = np.array([1.0, 1.0 - control]), np.array([1.0, 1.0 - protection])
        matrix = number * np.outer(counts / people * taken, shed)
        checks.append(Share(int(counts[1]), people, wearing))
        # Its top eigenvalue is R0 E[(1 - s w)(1 - p w)]; the draws of who wears one are within chance of that.
        reached = number * float((counts / people) @ (taken * shed))
        checks.append(Close((reached,), (float(np.abs(np.linalg.eigvals(matrix)).max()),), 1e-9))
        checks.append(judged(matrix, counts - early, early, late, "exponential"))
    return Finding(f"{people:,} people, three times", checks)


def gathering(effort: Effort) -> Finding:
    """Contacts refused at random are contacts that there are not: R0 (1 - share)."""
    cells, people = effort.size(20_000, 200_000), effort.size(100_000, 1_000_000)
    illness = pathogen(period("exponential", 3.0), reproduction_number=4.0)
    sizes = sizes_among(effort, cells, 10, illness, [gatherings(0.4)])
    checks: list[Check] = [counts_of(sizes, outbreak_sizes(9, 1, "0.24", "exponential"))]
    for share in (0.25, 0.5):
        plan = scenario(
            "well-mixed",
            illness,
            people=people,
            infected_at_start=people // 200,
            interventions=[gatherings(share)],
        )
        run = next(finished(plan, None, effort.seeds(1)))
        early, late = split(run, np.zeros(people, np.int64), 1)
        checks.append(judged(np.array([[4.0 * (1.0 - share)]]), people - early, early, late, "exponential"))
    return Finding(f"{cells:,} cells of ten; {people:,} people, twice", checks)


def vaccinating(effort: Effort) -> Finding:
    """Doses of ten days, before anybody brings the infection."""
    people = effort.size(100_000, 1_000_000)
    dosed = people // 2
    checks: list[Check] = []
    for action in ("leaky", "all-or-nothing"):
        doses = {
            "kind": "vaccinate",
            "until": "2026-03-12",
            "per_day": people // 20,
            "uptake": 0.7,
            "efficacy": 0.6,
            "action": action,
        }
        plan = scenario(
            "well-mixed",
            pathogen(period("exponential", 3.0), reproduction_number=2.5),
            people=people,
            importations=[{"date": "2026-04-10", "count": people // 200}],
            interventions=[doses],
        )
        run = next(finished(plan, None, effort.seeds(1)))
        group = (run.state().vaccinated > 0).astype(np.int64)
        counts = np.bincount(group, minlength=2).astype(float)
        checks.append(Same(dosed, int(counts[1])))
        if action == "leaky":
            early, late = split(run, group, 2)
            matrix = 2.5 * np.outer(counts / people * np.array([1.0, 0.4]), np.ones(2))
            checks.append(judged(matrix, counts - early, early, late, "exponential"))
            continue
        immune = int((run.states() == IMMUNE).sum())
        early, late = split(run, np.zeros(people, np.int64), 1)
        susceptible = people - immune - early
        matrix = np.array([[2.5]]) * (susceptible + early) / people
        checks += [Share(immune, dosed, 0.6), judged(matrix, susceptible, early, late, "exponential")]
    return Finding(f"{people:,} people each", checks)


EXPERIMENTS = (
    Experiment(
        "isolation",
        "Among ten people, a share e of whom is isolated when a share theta of their transmission is over, further "
        "infections follow their exact law, R being R0 (1 - e (1 - theta)); so they do if "
        "all are, and periods exponential",
        f"{FRASER}; sizes: {BALL}",
        "isolation at symptoms, its delay left out, or counted from the midnight after them",
        isolating,
    ),
    Experiment(
        "isolation-and-tracing",
        "With R0 3, perfect isolation after half of it, and 0, 20, 40 or all of 100 infectees traced in time, "
        f"as many outbreaks stay small as the exact law among {CELL} says; the threshold is 1 - 1 / (R0 theta)",
        f"{FRASER}; sizes: {BALL}",
        "contacts infected on the last day before a tracing missed",
        isolating_and_tracing,
    ),
    Experiment(
        "superspreading-control",
        "With R 1.5 and k 0.5, control of some people and of everybody a little have different chances of an epidemic, "
        f"both as published; outbreaks among {CELL} follow the exact law",
        f"{LLOYD_SMITH}; {SNAPSHOTS}; sizes: {BALL}",
        "adherence drawn for each attempt in place of once for a person",
        controlling,
    ),
    Experiment(
        "masks",
        "Those with and those without a mask have the final sizes of a matrix whose top eigenvalue is "
        "R0 E[(1 - s w)(1 - p w)]",
        FINAL_SIZE,
        "what an infector's mask and what a target's mask holds back taken for each other",
        masked,
    ),
    Experiment(
        "gatherings",
        "A limit on gatherings that refuses a share of all contacts leaves R0 (1 - share), among ten and among many",
        f"{FINAL_SIZE}; {BALL}",
        "one draw for a pair or a target in place of one for each contact",
        gathering,
    ),
    Experiment(
        "vaccination-in-time",
        "Doses given before anybody is infected, leaky or all-or-nothing, reach as many as are given, and leave the "
        "final sizes that a vaccine has from the start on",
        "Smith, Rodrigues & Fine (1984), International Journal of Epidemiology 13:87; final sizes as among groups",
        "a leaky vaccine that protects all-or-nothing, or the reverse; doses that do not protect",
        vaccinating,
    ),
)
