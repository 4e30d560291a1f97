"""Covasim 3: hybrid layers, 180 daily steps, latent for 3 days and infectious for 7, no intervention, no waning."""

import time

import covasim
import numpy as np
from measure import DAYS, Outbreak, report, seeds_of

BETA = 0.020
"""Per contact and day; with these periods it gives an attack rate of about 0.83."""


def law(mean: float, sd: float) -> dict[str, object]:
    """A law of whole days."""
    return {"dist": "lognormal_int", "par1": mean, "par2": sd}


def run(people: int, seed: int) -> Outbreak:
    """One outbreak. Severity, and the course of the severely ill, are Covasim's own."""
    periods = {"exp2inf": law(3, 1.7), "inf2sym": law(2, 1), "asym2rec": law(7, 2.6), "mild2rec": law(5, 2.4)}
    settings = {
        "pop_size": people,
        "pop_infected": seeds_of(people),
        "pop_type": "hybrid",
        "n_days": DAYS - 1,  # the first day is a step too
        "rand_seed": seed,
        "beta": BETA,
        "use_waning": False,
        "verbose": 0,
        "dur": {**covasim.make_pars()["dur"], **periods},
    }
    begun = time.process_time()
    sim = covasim.Sim(settings)
    sim.initialize()
    ready = time.process_time()
    while sim.t < sim.npts:
        sim.step()
    done = time.process_time()
    infected = int(np.isfinite(sim.people.date_exposed).sum())
    return {
        "setup_s": ready - begun,
        "cpu_s": done - ready,
        "infections": infected,
        "attack_rate": infected / people,
        "peak_day": int(np.argmax(sim.results["new_infections"].values)),
    }


report("Covasim", covasim.__version__, run)
