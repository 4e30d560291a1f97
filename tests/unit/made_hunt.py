"""Records of a hunt made by hand: a bite in a class, and hunters in streets like a chessboard."""

import numpy as np
from made_run import _world

from hyosan.records.digest import digest
from hyosan.records.run import Records, taken
from hyosan.rules.codes import Building, Errand, Outcome, Route, Scale, Setting
from hyosan.tables import TABLES, Names

HOUR, DAY = 3600, 86400
STATES = ("susceptible", "immune", "bitten_hiding", "hunting", "spent", "destroyed", "killed")
HUNTED = STATES.index("hunting")
SIDE = 12
"""Crossings along an edge of the town."""
LATENT = 5 * HOUR
HUNT = 40 * HOUR
"""How long a hunter lasts."""
SETTINGS = (Setting.STREET, Setting.HOME, Setting.TEAM, Setting.STREET, Setting.SHOP)


def columns_of(name: str, rows: list[tuple]) -> dict[str, np.ndarray]:
    """The columns of a table from its rows, in order of the first two values."""
    rows = sorted(rows, key=lambda row: row[:2])
    columns = TABLES[name].columns
    return {
        column.name: np.array([row[place] for row in rows]).astype(column.kind) for place, column in enumerate(columns)
    }


def _story(people: int, hours: int) -> tuple[list[tuple], list[tuple], list[tuple]]:
    """Infections (second, infectee, infector, route, setting), changes and strikes, one every 5 hours."""
    caught, changes, struck = [], [], []
    waiting, taken_, next_one = [(9 * HOUR + 600, 0, -1)], {0}, 1
    while waiting:
        time, person, infector = waiting.pop(0)
        route, place = (Route.ANIMAL, Setting.CLASS) if infector < 0 else (Route.BITE, SETTINGS[person % 5])
        caught.append((time, person, infector, route, place))
        changes.append((time, person, "susceptible", "bitten_hiding"))
        turned = time + LATENT
        if turned >= hours * HOUR:
            continue
        changes.append((turned, person, "bitten_hiding", "hunting"))
        ended, last = turned + HUNT, "spent"
        for strike in range(8):
            when = turned + HOUR + 5 * HOUR * strike + 7 * person
            if next_one >= people - 20 or when >= hours * HOUR:
                break
            outcome = Outcome((person + strike) % 4 if strike else Outcome.BITTEN)
            victim, next_one = next_one, next_one + 1
            struck.append((when, person, victim, outcome, SETTINGS[victim % 5]))
            if outcome == Outcome.BITTEN and victim not in taken_:
                taken_.add(victim)
                waiting.append((when, victim, person))
            if outcome == Outcome.SPARED and strike % 2:
                changes.append((when, victim, "susceptible", "killed"))
            if outcome == Outcome.DESTROYED:
                ended, last = when, "destroyed"
                break
        if ended < hours * HOUR:
            changes.append((ended, person, "hunting", last))
    return caught, changes, struck


def _town() -> dict[str, dict[str, np.ndarray]]:
    """Cells 100 m apart, a bridge in the middle, and a building in each."""
    cell = np.arange(SIDE * SIDE)
    kind = np.where(cell == 5, Building.SCHOOL, np.where(cell % 9 == 0, Building.SHOPS, Building.HOUSES))
    return {
        "cells": columns_of(
            "cells",
            [(c, 100 * (c % SIDE), 100 * (c // SIDE), 100, 12, 0, c == 66, c in (0, SIDE - 1)) for c in cell],
        ),
        "buildings": columns_of("buildings", [(c, c, kind[c], 0 if c == 5 else -1, 12) for c in cell]),
    }


def cell_of(person: int, time: int) -> int:
    """Where a hunter is: it walks away from the school's cell, a crossing an hour or so."""
    steps = time // HOUR
    x = (5 + (steps * (1 + person % 3) * (1 if person % 2 else -1)) // 4) % SIDE
    y = (steps * (1 + person % 5) // 6) % SIDE
    return int(x + SIDE * y)


def _presence(changes: list[tuple], hours: int, streets: bool) -> list[tuple]:
    """Where hunters are every hour, and two people on the move beside each."""
    begins = {person: time for time, person, _, after in changes if after == "hunting"}
    ends = {person: time for time, person, before, _ in changes if before == "hunting"}
    rows = []
    for hour in range(hours + 1):
        now = hour * HOUR
        hunters = [p for p, begun in begins.items() if begun <= now < ends.get(p, hours * HOUR + 1)]
        cells = np.array([cell_of(person, now) if streets else 0 for person in hunters], np.int64)
        count = np.bincount(cells, minlength=SIDE * SIDE)
        moving = 2 * np.roll(count, 1) if streets else 2 * count
        rows += [
            (now, int(cell) if streets else -1, int(count[cell]), int(moving[cell]), 3)
            for cell in np.flatnonzero(count + moving)
        ]
    return rows


def _counts(changes: list[tuple], people: int, hours: int, every: int) -> list[tuple]:
    """People in each state every so many hours."""
    rows = []
    for hour in [*range(0, hours, every), hours]:
        now = dict.fromkeys(STATES, 0) | {"susceptible": people}
        for time, _, before, after in changes:
            if time <= hour * HOUR:
                now[before] -= 1
                now[after] += 1
        rows += [(hour * HOUR, 0, STATES.index(name), count) for name, count in now.items()]
    return rows


def _tables(people: int, hours: int, every: int, streets: bool) -> dict[str, dict[str, np.ndarray]]:
    """All tables of the run."""
    caught, changes, struck = _story(people, hours)
    nobody = (Scale.CITY, 0, -1, -1, np.nan, np.nan, 1)
    infections = [(*row, *nobody, row[0] + LATENT, row[0] + LATENT, row[0] + LATENT + HUNT) for row in caught]
    moves = [(row[0], row[1], STATES.index(row[2]), STATES.index(row[3])) for row in changes]
    strikes = [(*row, cell_of(row[1], row[0]) if streets else -1, -1) for row in struck]
    flights = [(row[0] + 60, row[2], Errand.LEAVING, 3) for row in struck if row[3] == Outcome.EVADED]
    flights += [(row[0] + HOUR, row[1], Errand.AWAY, 0) for row in flights if row[0] + HOUR < hours * HOUR]
    counts = sorted(_counts(changes, people, hours, every))
    return {
        **_world(people),
        "infections": columns_of("infections", infections),
        "transitions": columns_of("transitions", moves),
        "counts": columns_of("counts", counts),
        "refusals": columns_of("refusals", []),
        "strikes": columns_of("strikes", [(*row, -1, np.nan, np.nan) for row in strikes]),
        "presence": columns_of("presence", _presence(changes, hours, streets)),
        "flights": columns_of("flights", flights),
        "breaks": columns_of("breaks", [(30 * HOUR, 5, 5, 2, True), (31 * HOUR, 9, 9, 1, False)] if streets else []),
        "effects": columns_of("effects", []),
        **(_town() if streets else {}),
    }


def hunt(*, people: int = 400, hours: int = 96, every: int = 24, streets: bool = True) -> Records:
    """Records of a hunt; people are counted every so many hours."""
    columns = _tables(people, hours, every, streets)
    last = {row: int(columns["counts"]["count"][-len(STATES) + place]) for place, row in enumerate(STATES)}
    infections = columns["infections"]
    summary = {
        "scenario": "made-hunt",
        "seed": 1,
        "people": people,
        "infected": len(infections["infectee"]),
        "dead": last["killed"] + last["spent"],
        "turned": last["hunting"] + last["spent"] + last["destroyed"],
        "destroyed": last["destroyed"],
        "in_camp": 0,
        "attack_rate": 0.25,
        "first_infection": "2026-03-02T09:10:00",
        "first_report": None,
        "steps": 6 * hours,
        "wall_s": 0.1,
        "digest": digest(infections, columns["transitions"]),
        "reproduction_number": None,
        "ended": str(np.datetime64("2026-03-02T00:00:00") + np.timedelta64(hours, "h")),
    }
    manifest = {
        "status": "finished",
        "finished": True,
        "seed": 1,
        "start": "2026-03-02T00:00:00",
        "scenario": {"name": "made-hunt", "title": "A hunt made by hand"},
        "simulated_s": hours * HOUR,
        "states": [
            {
                "name": name,
                "symptomatic": name == "hunting",
                "dead": name in ("spent", "killed"),
                "active": name in ("bitten_hiding", "hunting"),
                "behaviour": "hunts" if name == "hunting" else "normal",
            }
            for name in STATES
        ],
        "summary": summary,
    }
    names = {
        Names.STATES: STATES, Names.DISTRICTS: ("옥동",), Names.SITES: (), Names.SCHEDULES: ("at home",),
        Names.BUILDINGS: ("Hyosan High School",),
    }  # fmt: skip
    return taken(manifest, columns, names)
