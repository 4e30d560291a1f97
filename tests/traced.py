"""Contacts of the cases of a run, as its tracing finds them."""

import numpy as np


def cases_of(run):
    """Everybody infected so far as a case of the order that traces: the columns of `engine.city.contacts`."""
    infections = run.infections()
    person, infected = infections["infectee"].astype(np.int64), infections["time_s"].astype(np.int64)
    keys = person * 1024 + infections["episode"]
    again = dict(zip((keys - 1).tolist(), infected.tolist(), strict=True))
    until = np.array([again.get(key, 2**31 - 1) for key in keys.tolist()], np.int64)
    orders = run.scenario.interventions
    number = next(row for row, order in enumerate(orders) if order.kind == "trace-contacts")
    second = np.maximum(infections["symptoms_s"], 0) + int(orders[number].delay)
    columns = (np.full_like(person, number), person, second, infections["episode"], infected, until)
    return np.stack(columns, axis=1).astype(np.int64)


def contacts_of(run, day):
    """(Cases, for each of them the set of its contacts) up to the midnight before a day."""
    cases = cases_of(run)
    found = [set() for _ in cases]
    for person, row in zip(*run._step.response.tracing.contacts(run._state, day, cases), strict=True):
        found[int(row)].add(int(person))
    return cases, found


def missed_infectees(run, day):
    """(Infector, infectee) of every infection so far whose infectee is not among the contacts of its infector."""
    cases, found = contacts_of(run, day)
    rows = {}
    for row, (_, person, _, _, infected, until) in enumerate(cases.tolist()):
        rows.setdefault(person, []).append((infected, until, row))
    infections = run.infections()
    edges = zip(*(infections[name].tolist() for name in ("time_s", "infector", "infectee")), strict=True)
    return [
        (infector, infectee)
        for second, infector, infectee in edges
        if infector >= 0
        and not any(infectee in found[row] for begin, end, row in rows[infector] if begin <= second <= end)
    ]
