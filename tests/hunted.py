"""Hunts in a small city with orders, and whether everybody in one is in one place and one state."""

from __future__ import annotations

from functools import cache

import numpy as np

from hyosan.engine.city import hunted as h
from hyosan.engine.crowd import NEVER
from hyosan.rules.codes import Errand
from hyosan.scenario.load import load
from hyosan.simulation import Simulation
from hyosan.world.synthesis import build

HOUR = 3600
SMALL = {"people": 10_000, "duration": "60 hours", "infected_at_start.count": 20, "pathogen.alpha": 0.05}
EVENING = "2026-03-02T20:00:00"
ALL = {
    "warn": {"share": 0.6},
    "cordon": {"bridges": True, "leak": 0.1},
    "patrol": {"units": 10, "per_hour": 1, "mistakes": 0.2},
    "evacuate": {"buses": 3, "seats": 40, "trip": "90 minutes"},
    "shelter": {"building": "Camp Hyosan", "capacity": 300, "screening": 0.5},
}


def order(kind, /, begin=EVENING, **keys):
    """One table, of the keys that the test does not give."""
    return {"kind": kind, "from": begin, **ALL.get(kind, {}), **keys}


def plan(*orders, **more):
    return load("hyosan", set={**SMALL, "interventions": list(orders), **more})


@cache
def world():
    return build(plan())


def made(*orders, seed=1, **more):
    """A run, not yet begun."""
    return Simulation(plan(*orders, **more), world(), seed=seed)


@cache
def without(seed=1):
    """The run in which nobody does anything."""
    return made(seed=seed).run()


def effects(run, effect, number=None):
    """How often an order had an effect; of all orders if none is named."""
    table = run.hunt()["effects"]
    kept = table["effect"] == effect
    if number is not None:
        kept &= table["intervention"] == number
    return int(table["count"][kept].sum())


def arrays(run):
    return run._state.hunted.arrays


def by_steps(run, look):
    """Run to the end, and look after each step."""
    while not run.finished:
        run.step()
        look(run)
    return run


MOVING = (Errand.HOMEWARD, Errand.LEAVING, Errand.TO_SHELTER, Errand.SHELTERED)
"""Errands of those who stand in the list of a cell."""


def _listed(arrays, kind):
    """Cell in whose list everybody stands, -1 in none, (people,); nobody stands twice."""
    head, after, before = arrays[h.HEAD][:, kind], arrays[h.NEXT], arrays[h.BEFORE]
    where = np.full(len(after), -1, np.int64)
    for cell in np.flatnonzero(head >= 0).tolist():
        person, last = int(head[cell]), -1
        while person >= 0:
            assert where[person] == -1, f"{person} stands in two lists"
            assert before[person] == last, f"before {person} in cell {cell}"
            where[person] = cell
            last, person = person, int(after[person])
    counts = np.bincount(where[where >= 0], minlength=len(head))
    assert (counts == arrays[h.NUMBER][:, kind]).all(), "people of the lists are counted"
    assert counts.sum() == arrays[h.COUNTS][kind]
    return where


def assert_one_place_each(simulation):
    """Everybody is in one place and one state, and all who are counted are there."""
    state = simulation._state
    arrays, course = state.hunted.arrays, simulation.course
    role, errand, cell = arrays[h.ROLE], arrays[h.ERRAND], arrays[h.CELL]
    hunters, movers, guests = (_listed(arrays, kind) for kind in (h.HUNTER, h.MOVER, h.GUEST))
    assert not ((hunters >= 0) & (movers >= 0)).any(), "a hunter is on the move"
    assert ((hunters >= 0) == (role == h.HUNTS)).all(), "who hunts stands in the list of hunters"
    moving = np.isin(errand, MOVING) & (role == h.LIVES)
    assert ((movers >= 0) == moving).all(), "who is on the move or sheltered stands in the list of movers"
    taken_in = (errand == Errand.STAYS) & (arrays[h.HOUSE] >= 0) & (role == h.LIVES)
    assert ((guests >= 0) == taken_in).all(), "who stays in the house of others stands in the list of guests"
    for listed in (hunters, movers, guests):
        assert (cell[listed >= 0] == listed[listed >= 0]).all(), "the cell of somebody is that of its list"

    sheltered = (errand == Errand.SHELTERED) & (role == h.LIVES)
    assert sheltered.sum() == arrays[h.COUNTS][h.N_SHELTERED], "people in a shelter are counted"

    states = simulation.states()
    ended = arrays[h.ENDED_AT] != NEVER
    assert (role[ended] == h.GONE).all(), "who is destroyed or killed is nowhere"
    assert (states[ended] == arrays[h.ENDED_AS][ended]).all()
    # What happened in the last stretch is put into the lists at the beginning of the next.
    heap = arrays[h.HEAP][: arrays[h.COUNTS][h.N_HEAP]]
    settled = np.ones(len(role), np.bool_)
    settled[heap[(heap >> 32) < state.now] & 0xFFFFFFFF] = False
    hunts, gone = course.hunts[states] > 0, course.dead[states] | ended
    away = hunts & (role == h.GONE) & (errand == Errand.AWAY)
    assert ((role == h.HUNTS) == (hunts & ~away))[settled].all(), "who hunts, and nobody else, does so in a street"
    assert ((role == h.GONE) == (gone | away))[settled].all(), "who is gone is dead, destroyed, killed or away"

    scheduled = (errand == Errand.SCHEDULE) & (role == h.LIVES)
    streets = simulation._hunting.streets
    home = streets[h.BUILDING_CELL][streets[h.ANCHOR][:, h.HOME]]
    still = np.zeros_like(arrays[h.STILL])
    np.add.at(still, (home[scheduled], simulation.world.people.schedule[scheduled]), 1)
    assert (still == arrays[h.STILL]).all(), "who lives by the schedule is counted at home"

    open_bits = np.unpackbits(state.open_bits.view(np.uint8), count=len(role), bitorder="little")
    infected = state.infected_at != NEVER
    assert not open_bits[infected].any(), "nobody is infected twice"
    assert not open_bits[ended].any(), "nobody who is gone can be struck"
