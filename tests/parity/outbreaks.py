"""Small outbreaks that together reach every line of the kernels."""

import hashlib
from functools import cache

import numpy as np

from hyosan.engine.groundwork import groundwork_of
from hyosan.scenario.load import from_table
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build

RICH = {
    "name": "rich",
    "reproduction_number": 3.0,
    "dispersion": 0.4,
    "routes": {
        "air": {"home": 0.5, "class": 0.3, "team": 0.3, "community": 0.2},
        "touch": {"home": 0.2, "community": 0.1, "size_exponent": 0.5},
    },
    "infectiousness": {"after": ["0 h", "30 h", "60 h", "400 h"], "relative": [0.2, 1.0, 0.6, 0.1]},
    "susceptibility": {"from_age": [0, 20, 65], "value": [0.6, 1.0, 0.8]},
    "states": {
        "exposed": {
            "dwell": {"distribution": "gamma", "mean": "30 h", "sd": "20 h"},
            "next": [{"to": "mild", "share": {"from_age": [0, 50], "value": [0.8, 0.5]}}, {"to": "ill"}],
        },
        "mild": {
            "dwell": {"distribution": "weibull", "shape": 1.5, "scale": "40 h"},
            "next": [{"to": "recovered"}],
            "infectiousness": 0.5,
        },
        "ill": {
            "dwell": {"distribution": "lognormal", "median": "50 h", "dispersion": 1.5},
            "next": [{"to": "ward", "share": 0.4}, {"to": "recovered"}],
            "infectiousness": 1.0,
            "symptomatic": True,
            "behaviour": "stays home",
        },
        "ward": {
            "dwell": {"distribution": "erlang", "mean": "900 h", "stages": 2},
            "next": [{"to": "dead", "share": 0.5}, {"to": "recovered"}],
            "infectiousness": 0.2,
            "behaviour": "in hospital",
        },
        "recovered": {
            "dwell": {"distribution": "exponential", "mean": "200 h"},
            "next": [{"to": "susceptible"}],
            "susceptibility": 0.2,
        },
        "dead": {"dead": True},
    },
}
PLAIN = {
    "name": "plain",
    "reproduction_number": 2.0,
    "routes": {"air": {"home": 1.0, "class": 1.0, "team": 1.0, "community": 1.0}},
    "infectious_period": {"distribution": "fixed", "mean": "3 days"},
}


def _soon(mean, *following):
    """A state of some minutes to hours, and the shares of what follows."""
    branches = [{"to": name, "share": share} if share else {"to": name} for name, share in following]
    return {"dwell": {"distribution": "gamma", "mean": mean, "shape": 2.0}, "next": branches}


BITE = {
    "name": "bite",
    "alpha": 0.2,
    "bite": {
        "hazard": 30.0,
        "pause": "1 minute",
        "speed": 3.6,
        "breaking": 12.0,
        "company": 0.1,
        "wounds": {
            "arm": {"share": 0.4, "risk": 0.9, "to": "bitten"},
            "scratch": {"share": 0.6, "risk": 0.6, "to": "scratched"},
        },
    },
    "states": {
        "bitten": _soon("40 minutes", ("carrier", 0.1), ("hiding", 0.5), ("in_care", 0.2), ("feverish", None)),
        "scratched": _soon("80 minutes", ("hiding", 0.7), ("feverish", None)),
        "hiding": _soon("20 minutes", ("hunting", None)),
        "feverish": {**_soon("30 minutes", ("hunting", None)), "behaviour": "stays home", "symptomatic": True},
        "in_care": {**_soon("30 minutes", ("hunting", 0.8), ("died", None)), "behaviour": "in hospital"},
        "carrier": {},
        "hunting": {**_soon("3 hours", ("resting", 0.5), ("spent", None)), "behaviour": "hunts", "infectiousness": 1.0},
        "resting": _soon("30 minutes", ("raging", None)),
        "raging": {**_soon("1 hour", ("spent", None)), "behaviour": "hunts", "infectiousness": 1.0},
        "spent": {"dead": True},
        "died": {"dead": True},
    },
}
"""Everything that there is of hunting, fast: wounds, carriers, hunters who rest and hunt on, and tire."""

ZOMBIES = {
    "name": "zombies",
    "alpha": 0.4,
    "bite": {"hazard": 0.05},
    "states": {"hunting": {"behaviour": "hunts", "infectiousness": 1.0}},
}
BITES = {
    "world": {"kind": "city"},
    "people": 2500,
    "start": "2026-03-02T15:00:00",
    "duration": "9 hours",
    "step": "10 minutes",
    "infected_at_start": {"count": 20, "by": "animal"},
    "importations": {"per_day": 30},
    "flight": {"leave": 0.3, "rumour": 100, "phone": "5 minutes", "barricade": 2, "forays": "1 day"},
    "pathogen": BITE,
}
ORDERS = [
    {"kind": "warn", "from": "2026-03-02T18:30:00", "share": 0.4},
    {"kind": "curfew", "from": "2026-03-02T17:00:00", "hours": ["18:00", "06:00"], "adherence": 0.7},
    {"kind": "patrol", "from": "2026-03-02T18:00:00", "units": 12, "per_hour": 3.0, "mistakes": 0.3},
    {"kind": "cordon", "from": "2026-03-02T17:00:00", "bridges": True, "leak": 0.3},
    {
        "kind": "shelter",
        "from": "2026-03-02T17:00:00",
        "until": "2026-03-02T22:00:00",
        "building": "Camp Hyosan",
        "capacity": 60,
        "screening": 0.5,
    },
    {"kind": "evacuate", "from": "2026-03-02T18:00:00", "buses": 6, "seats": 20, "trip": "1 hour"},
]
"""Whatever can be ordered against hunters."""

OUTBREAKS = {
    "well mixed": {"world": {"kind": "well-mixed"}, "people": 150, "infected_at_start": 3, "pathogen": RICH},
    "cells": {"world": {"kind": "closed-cells"}, "cells": 40, "people": 5, "infected_at_start": 1, "pathogen": PLAIN},
    "households": {
        "world": {"kind": "households"},
        "households": 30,
        "size": 4,
        "pair_probability": 0.4,
        "infected_at_start": 1,
        "pathogen": {key: value for key, value in PLAIN.items() if key != "reproduction_number"},
    },
    "city": {
        "world": {"kind": "city"},
        "people": 250,
        "infected_at_start": 2,
        "immune_at_start": {"from_age": [0, 60], "value": [0.1, 0.4]},
        "vaccinated_at_start": {"share": 0.3, "efficacy": 0.6},
        "importations": {"per_day": 0.5},
        "base_level": {"community": 0.7},
        "layers": [{"setting": "community", "bound": 0.6, "level": 0.3}],
        "pathogen": RICH,
    },
    "layered": {
        "world": {"kind": "layered", "schedules": "weeks"},
        "people": 200,
        "infected_at_start": 3,
        "interventions": [{"kind": "isolate-symptomatic", "delay": "1 day", "adherence": 0.5}],
        "pathogen": RICH,
    },
    "traced": {
        "world": {"kind": "city"},
        "people": 250,
        "infected_at_start": 3,
        "layers": [{"setting": "community", "bound": 1.0, "level": 0.5}],
        "interventions": [
            {"kind": "close-schools", "from": "2026-03-09", "until": "2026-03-16", "compensation": 0.5},
            {
                "kind": "trace-contacts",
                "ascertainment": 0.8,
                "coverage": 0.7,
                "capacity": 5,
                "adherence": 0.8,
                "duration": "5 days",
            },
            {"kind": "vaccinate", "per_day": 5, "uptake": 0.6, "efficacy": 0.7, "action": "all-or-nothing"},
        ],
        "pathogen": RICH,
    },
    "zombies": {"world": {"kind": "closed-cells"}, "cells": 30, "people": 9, "hunters": 1, "pathogen": ZOMBIES},
    "lattice": {
        "world": {"kind": "lattice"},
        "cells": 3,
        "side": 9,
        "hunters": 2,
        "step": "6 hours",
        "pathogen": {**ZOMBIES, "bite": {"hazard": 0.05, "pause": "10 minutes"}},
    },
    "bites": {**BITES, "interventions": ORDERS},
}


@cache
def ground(name):
    """Scenario, world and groundwork of one outbreak, made once."""
    return ground_of(name, OUTBREAKS[name])


def ground_of(name, given):
    """Scenario, world and groundwork of an outbreak."""
    scenario = from_table(
        {"schema": 1, "name": name.replace(" ", "-"), "duration": "40 days", "step": "1 hour", **given}
    )
    return groundwork_of(scenario, build(scenario))


def simulation(name, **more):
    """The simulation of one outbreak, not yet run."""
    made = ground(name)
    return Simulation(made.scenario, made.world, seed=4, groundwork=made, **more)


def outcome(name, **more):
    """Digest and accounts of one outbreak, run to its end."""
    run = simulation(name, **more).run()
    tally = [sum(int(count) for count in run.refusals()["count"]), run.emitted(), run.waiting()]
    run.close()
    return [run.summary()["digest"], run.summary()["infected"], *tally, digest_of_hunt(run)]


INDOORS = ("room", "x_m", "y_m")
"""Columns that say nothing in a city."""


def digest_of_hunt(run):
    """SHA-256 of the tables of the hunt; of nothing where nobody hunts."""
    digest = hashlib.sha256()
    for table, columns in sorted(run.hunt().items()):
        for name, values in sorted(columns.items()):
            if name in INDOORS:
                continue
            digest.update(f"{table}.{name}".encode())
            digest.update(np.asarray(values, np.int64).tobytes())
    return digest.hexdigest()
