"""Quarantine of households, and closed settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.records.digest import digest
from hyosan.rules.codes import Setting
from hyosan.verification.checks import Check, Mean, Same
from hyosan.verification.claim import Effort, Experiment, Finding
from hyosan.verification.interventions import gatherings, states
from hyosan.verification.runs import finished, pathogen, period, scenario, shuffled, world_of
from hyosan.world.assembly import pools_around_the_clock
from hyosan.world.world import MOST_AGES

if TYPE_CHECKING:
    from hyosan.world.world import Pools, World

PLACES = Setting.HOME, Setting.CLASS, Setting.TEAM


def everybody_meets(people: int) -> Pools:
    """Everybody of a town meets all others, all day."""
    start = np.array([0, people], np.int64)
    everybody = np.arange(people, dtype=np.int32)
    return pools_around_the_clock(np.zeros(MOST_AGES, np.uint8), 1, start, everybody, np.full((1, 1), 24.0))


def town_of_households(people: int, size: int) -> World:
    """Households of one size whose members meet everybody of the town in the community."""
    homes = np.arange(people, dtype=np.int32).reshape(-1, size)
    places = [(Setting.HOME, homes)]
    return world_of(town=np.zeros(people, np.int32), places=places, pools=everybody_meets(people))


def quarantining(effort: Effort) -> Finding:
    """The first generation from people who all fall ill ten days after the start."""
    people, seeds = effort.size(2_000_000, 12_000_000), effort.size(2_000, 12_000)
    hourly, home = 3.0 / 96.0, 0.01
    illness = states(
        ("exposed", period("fixed", 10.0), 0.0, False),
        ("ill", period("fixed", 4.0), 1.0, True),
    )
    illness["routes"] = {"air": {"home": home, "community": hourly}}
    order = {"kind": "quarantine-households", "delay": "1 day", "duration": "14 days", "adherence": 0.5}
    plan = scenario("city", illness, people=people, infected_at_start=seeds, duration="19 days", interventions=[order])
    run = next(finished(plan, town_of_households(people, 4), effort.seeds(1)))
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
    # Half of the households are at home for three of the four days.
    return Finding(
        f"{seeds:,} households of four among {people:,} people",
        [
            Mean.of(outside, 3.0 * (1.0 - 0.5 * 0.75)),
            Mean.of(inside, 3.0 * -float(np.expm1(-96.0 * home))),
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
        pools=everybody_meets(people),
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
        "would, and inside as many as ever",
        "By arithmetic; R outside is R0 (1 - e (1 - theta)) as for isolation",
        "quarantine that stops infections at home; adherence drawn for each member",
        quarantining,
    ),
    Experiment(
        "closed-settings",
        "Closed schools, closed workplaces and a limit that stops all gatherings give the digest of a run in which "
        "these settings have no hazard, where nobody has hours of day",
        "By construction: every stream of attempts has its own draws",
        "a refusal that takes a draw of another stream; a setting of those closed that stays open",
        closing,
    ),
)
