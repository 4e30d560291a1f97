"""Hyosan: what `hyosan bench city` measures, and the day with most infections; also with nobody isolated."""

import json
import sys

import numpy as np

import hyosan
from hyosan.scenario.load import load
from hyosan.verification.bench import CASES, measured

name = CASES["city"]
changed: dict[str, object] = {"people": int(sys.argv[1])}
if "--nobody-isolated" in sys.argv:
    # A lower number, so that as many are infected.
    changed |= {"interventions": "[]", "pathogen.reproduction_number": 2.6}
found = measured(load(name, set=changed))
run = hyosan.simulate(name, seed=1, set=changed)
days = np.asarray(run.table("infections")["time_s"]) // 86_400
line = {
    "name": "hyosan" if "interventions" not in changed else "nobody isolated",
    "version": hyosan.__version__,
    "people": found.people,
    "setup_s": found.setup_s,
    "cpu_s": found.cpu_s,
    "infections": found.infections,
    "attack_rate": found.infections / found.people,
    "peak_day": int(np.bincount(days).argmax()),
    "peak_mb": None if found.peak_rss_mb is None else round(found.peak_rss_mb),
}
print(json.dumps(line))
