"""OpenABM-Covid19: its own networks and disease, 180 daily steps, interventions off. Third argument: the checkout."""

import sys
import time
from itertools import pairwise
from pathlib import Path

from measure import DAYS, Outbreak, report, seeds_of

CHECKOUT = Path(sys.argv[3])
LIBRARY = next(iter(sorted(CHECKOUT.rglob("_covid19*.so"))))
sys.path[:0] = [str(LIBRARY.parent), str(CHECKOUT / "src")]

from COVID19.model import Model  # noqa: E402


def run(people: int, seed: int) -> Outbreak:
    """One outbreak, with the default rate of infection."""
    begun = time.process_time()
    model = Model(
        params={
            "n_total": people,
            "end_time": DAYS,
            "n_seed_infection": seeds_of(people),
            "rng_seed": seed,
            "self_quarantine_fraction": 0.0,
        }
    )
    ready = time.process_time()
    spent, infected = 0.0, [seeds_of(people)]
    for _ in range(DAYS):
        before = time.process_time()
        model.one_time_step()
        spent += time.process_time() - before
        infected.append(int(model.one_time_step_results()["total_infected"]))
    new = [after - before for before, after in pairwise(infected)]
    return {
        "setup_s": ready - begun,
        "cpu_s": spent,
        "infections": infected[-1],
        "attack_rate": infected[-1] / people,
        "peak_day": new.index(max(new)),
    }


report("OpenABM-Covid19", CHECKOUT.name, run)
