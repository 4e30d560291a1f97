"""Quarantine of households, and closed settings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.records.digest import digest
from hyosan.rules.codes import Setting
from hyosan.verification.checks import Check, Mean, Same, counts_of
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.interventions import BALL, gatherings, states
from hyosan.verification.oracles import outbreak_sizes
from hyosan.verification.runs import batches, cell_sizes, finished, pathogen, period, scenario, shuffled, world_of
from hyosan.world.assembly import pools_around_the_clock
from hyosan.world.world import MOST_AGES

if TYPE_CHECKING:
    from hyosan.world.world import Pools, World

PLACES = Setting.HOME, Setting.CLASS, Setting.TEAM

QUARANTINE = {"kind": "quarantine-households", "delay": "1 day", "duration": "14 days", "adherence": 0.5}

PAIR = 0.5
"""Expected infectious contacts of one person with one given housemate in towns of one household."""


def ten_days_later() -> dict[str, Any]:
    """People who fall ill ten days after infection, for four days."""
    return states(("exposed", period("fixed", 10.0), 0.0, False), ("ill", period("fixed", 4.0), 1.0, True))


def everybody_meets(people: int, town: int) -> Pools:
    """Everybody of a town of so many people meets all others, all day."""
    start = np.arange(0, people + 1, town, dtype=np.int64)
    everybody = np.arange(people, dtype=np.int32)
    return pools_around_the_clock(np.zeros(MOST_AGES, np.uint8), 1, start, everybody, np.full((1, 1), 24.0))


def towns_of_households(people: int, size: int, town: int) -> World:
    """Households of one size whose members meet everybody of their town in the community."""
    homes = np.arange(people, dtype=np.int32).reshape(-1, size)
    towns = np.arange(people, dtype=np.int32) // town
    return world_of(town=towns, places=[(Setting.HOME, homes)], pools=everybody_meets(people, town))


def together(effort: Effort) -> tuple[int, Check]:
    """Towns of one household, half of which stay at home as one; how many, and their law.

    Whoever is infected falls ill ten days later for four days, and the quarantine of the first one lasts longer than
    that: where it is obeyed, nobody but the first one infects, and that on one day alone.
    """
    runs, each = batches(effort.size(10_000, 100_000))
    illness = {**ten_days_later(), "routes": {"air": {"community": 4 * PAIR / 96.0}}}
    plan = scenario("closed-cells", illness, cells=each, people=4, infected_at_start=1, interventions=[QUARANTINE])
    sizes = cell_sizes(finished(plan, towns_of_households(each * 4, 4, 4), effort.seeds(runs)), 4) - 1
    free = outbreak_sizes(3, 1, str(PAIR), "fixed")
    one_day = -math.expm1(-PAIR / 4)
    kept = (math.comb(3, more) * one_day**more * (1.0 - one_day) ** (3 - more) for more in range(4))
    return runs * each, counts_of(sizes, [(first + second) / 2 for first, second in zip(free, kept, strict=True)])


def quarantining(effort: Effort) -> Finding:
    """The first generation from people who all fall ill ten days after the start."""
    people, seeds = effort.size(2_000_000, 12_000_000), effort.size(2_000, 12_000)
    hourly, home = 3.0 / 96.0, 0.01
    illness = {**ten_days_later(), "routes": {"air": {"home": home, "community": hourly}}}
    plan = scenario(
        "city", illness, people=people, infected_at_start=seeds, duration="19 days", interventions=[QUARANTINE]
    )
    run = next(finished(plan, towns_of_households(people, 4, people), effort.seeds(1)))
    infections = run.infections()
    rows = np.flatnonzero(infections["infector"] >= 0)
    at_home = infections["setting"][rows] == Setting.HOME
    position = np.full(people, -1)
    position[infections["infectee"][:seeds]] = np.arange(seeds)
    infector = position[infections["infector"][rows]]
    # So many of those whom one meets are infected already; few others are in quarantine.
    weight = people / (people - rows)
    outside, inside = (
        np.bincount(infector[part], weights=weight[part], minlength=seeds).astype(np.float64)
        for part in (~at_home, at_home)
    )
    towns, as_one = together(effort)
    # Half of the households are at home for three of the four days.
    return Finding(
        f"{seeds:,} households of four among {people:,} people; {towns:,} alone",
        [
            Mean.of(outside, 3.0 * (1.0 - 0.5 * 0.75)),
            Mean.of(inside, 3.0 * -math.expm1(-96.0 * home)),
            as_one,
        ],
    )


def closing(effort: Effort) -> Finding:
    """Where nobody has hours of day, a closed setting is one that has no hazard, to the last byte."""
    people = effort.size(20_000, 200_000)
    homes, classes, teams = (shuffled(1, people, int(place)).ravel() for place in PLACES)
    world = world_of(
        town=np.zeros(people, np.int32),
        places=[
            (Setting.HOME, homes.reshape(-1, 4)),
            (Setting.CLASS, classes[: people // 2].reshape(-1, 20)),
            (Setting.TEAM, teams.reshape(-1, 10)),
        ],
        pools=everybody_meets(people, people),
    )
    illness = pathogen(
        period("exponential", 3.0),
        latent=period("exponential", 1.0),
        routes={"air": {"home": 0.004, "class": 0.0006, "team": 0.001, "community": 0.01}},
    )

    def result(**more: Any) -> str:
        plan = scenario("city", illness, people=people, infected_at_start=people // 200, **more)
        run = next(finished(plan, world, [effort.seed]))
        return digest(run.infections(), run.transitions())

    checks: list[Check] = [
        Same(result(base_level=dict.fromkeys(settings, 0.0)), result(interventions=[order]))
        for order, settings in (
            ({"kind": "close-schools"}, ("class", "school")),
            ({"kind": "close-workplaces", "share": 1.0}, ("team", "site")),
            (gatherings(1.0), ("community", "shop", "leisure")),
        )
    ]
    return Finding(f"{people:,} people, six runs", checks)


EXPERIMENTS = (
    Experiment(
        "household-quarantine",
        "Half of the households in quarantine a day after symptoms, of four days, infect outside 5/8 of what they "
        "would, and inside as many as ever; households stay at home as one, by the exact law among four who meet "
        "nobody else",
        f"By arithmetic; R outside is R0 (1 - e (1 - theta)) as for isolation; sizes: {BALL}",
        "quarantine that stops infections at home; adherence drawn for each member",
        quarantining,
    ),
    Experiment(
        "closed-settings",
        "Closed schools, closed workplaces and a limit that stops all gatherings give the digest of a run in which "
        "these settings have no hazard, where nobody has hours of day",
        "By construction: every stream of attempts has its own draws",
        "a setting of those closed that stays open; a closure that reaches beyond its settings",
        closing,
    ),
)
