"""Hyosan: what `hyosan bench city` measures, and the day with most infections."""

import json
import sys

import numpy as np

import hyosan
from hyosan.scenario.load import load
from hyosan.verification.bench import CASES, measured

name = CASES["city"]
found = measured(load(name, set={"people": int(sys.argv[1])}))
run = hyosan.simulate(name, seed=1, set={"people": found.people})
days = np.asarray(run.table("infections")["time_s"]) // 86_400
line = {
    "name": "hyosan",
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
