"""The golden runs: six outbreaks whose digests are kept."""

import json
from pathlib import Path

import hyosan as hy

FILE = Path(__file__).parent / "digests.json"

RUNS = {
    "influenza in a small city": ("hyosan-influenza", {"people": 5000, "duration": "120 days"}),
    "COVID-19 in a small city": (
        "hyosan-covid-19",
        {"people": 3000, "duration": "120 days", "infected_at_start.count": 30},
    ),
    "well mixed": ("well-mixed", {"people": 20_000, "infected_at_start": 20}),
    "bites in a small city": ("hyosan", {"people": 3000, "infected_at_start.count": 20, "interventions": []}),
    "bites, and a town that answers": ("hyosan", {"people": 20_000, "infected_at_start.count": 20}),
    "zombies": ("szr", {"people": 2000, "hunters": 5, "pathogen.alpha": 0.5, "pathogen.bite.hazard": 0.001}),
}


def digests():
    """Digest and count of infections of each golden run."""
    runs = {name: hy.simulate(scenario, seed=1, set=changes) for name, (scenario, changes) in RUNS.items()}
    return {name: {key: run.summary[key] for key in ("digest", "infected")} for name, run in runs.items()}


def kept():
    """The digests as they were kept."""
    return json.loads(FILE.read_text())
