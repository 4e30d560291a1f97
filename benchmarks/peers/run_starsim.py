"""Starsim 3: HybridNet, SEIR, 180 daily steps, latent for 3 days and infectious for 7, nobody dies, no intervention."""

import time

import numpy as np
import starsim as ss
from measure import DAYS, Outbreak, report, seeds_of

BETA = 0.016
"""Per contact and day, times HybridNet's 3 : 0.6 : 0.6 : 0.3; it gives an attack rate of about 0.84."""


def run(people: int, seed: int) -> Outbreak:
    """One outbreak."""
    seeds = seeds_of(people)

    def infected_at_start(module: object, sim: object, uids: object) -> object:
        """The first people, so that there are exactly as many as wanted."""
        return (np.asarray(uids) < seeds).astype(float)

    disease = ss.SEIR(
        beta=ss.perday(BETA),
        init_prev=ss.bernoulli(p=infected_at_start),
        dur_exp=ss.gamma(a=3, scale=ss.days(1)),
        dur_inf=ss.gamma(a=7, scale=ss.days(1)),
        p_death=0,
    )
    begun = time.process_time()
    sim = ss.Sim(
        n_agents=people,
        diseases=disease,
        networks=ss.HybridNet(),
        start="2026-03-02",
        dt=ss.days(1),
        dur=ss.days(DAYS - 1),  # the first day is a step too
        rand_seed=seed,
        verbose=0,
    )
    sim.init()
    ready = time.process_time()
    sim.loop.run()
    done = time.process_time()
    infected = people - int(sim.diseases.seir.susceptible.sum())
    return {
        "setup_s": ready - begun,
        "cpu_s": done - ready,
        "infections": infected,
        "attack_rate": infected / people,
        "peak_day": int(np.argmax(sim.results.seir.new_infections)),
    }


report("Starsim", ss.__version__, run)
