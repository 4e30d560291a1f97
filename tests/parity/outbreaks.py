"""Small outbreaks that together reach every line of the kernels; run as a script it prints what became of them."""

import json

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
}


def simulation(name, **more):
    """The simulation of one outbreak, not yet run."""
    table = {"schema": 1, "name": name.replace(" ", "-"), "duration": "40 days", "step": "1 hour", **OUTBREAKS[name]}
    scenario = from_table(table)
    return Simulation(scenario, build(scenario), seed=4, **more)


def outcome(name, **more):
    """Digest and accounts of one outbreak, run to its end."""
    run = simulation(name, **more).run()
    tally = [sum(int(count) for count in run.refusals()["count"]), run.emitted(), run.waiting()]
    run.close()
    return [run.summary()["digest"], run.summary()["infected"], *tally]


if __name__ == "__main__":
    print(json.dumps({name: outcome(name) for name in OUTBREAKS}))
