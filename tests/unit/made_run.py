"""Records made by hand, so that what is done with them can be tested without an engine."""

import numpy as np

from hyosan.records.digest import digest
from hyosan.records.run import Records, taken
from hyosan.rules.codes import Route, Scale, Setting
from hyosan.tables import Names

STATES = ("susceptible", "immune", "exposed", "infectious", "recovered", "dead")
ACTIVE = ("exposed", "infectious")
DAY = 86400


def infections(rows: list[tuple[int, int, int]], setting: Setting = Setting.HOME) -> dict[str, np.ndarray]:
    """The table of infections from (second, infectee, infector)."""
    rows = sorted(rows)
    time, infectee, infector = (np.array([row[i] for row in rows], np.int64) for i in range(3))
    count = len(rows)
    outside = infector < 0
    episode = [1 + sum(other[1] == row[1] for other in rows[:place]) for place, row in enumerate(rows)]
    return {
        "time_s": time,
        "infectee": infectee.astype(np.int32),
        "infector": infector.astype(np.int32),
        "route": np.where(outside, Route.START, Route.AIR).astype(np.uint8),
        "setting": np.where(outside, Setting.NONE, setting).astype(np.uint8),
        "scale": np.full(count, Scale.CITY, np.uint8),
        "town": np.zeros(count, np.int32),
        "place": np.where(outside, -1, 0).astype(np.int32),
        "room": np.full(count, -1, np.int32),
        "x_m": np.full(count, np.nan, np.float32),
        "y_m": np.full(count, np.nan, np.float32),
        "episode": np.array(episode, np.uint8),
        **{name: np.full(count, -1, np.int64) for name in ("infectious_s", "symptoms_s", "over_s")},
    }


def transitions(rows: list[tuple[int, int, str, str]]) -> dict[str, np.ndarray]:
    """The table of transitions from (second, person, state before, state after)."""
    rows = sorted(rows, key=lambda row: row[:2])
    return {
        "time_s": np.array([row[0] for row in rows], np.int64),
        "person": np.array([row[1] for row in rows], np.int32),
        "from_state": np.array([STATES.index(row[2]) for row in rows], np.uint8),
        "to_state": np.array([STATES.index(row[3]) for row in rows], np.uint8),
    }


def dated(caught: dict[str, np.ndarray], changed: dict[str, np.ndarray]) -> tuple[dict[str, np.ndarray], ...]:
    """Both tables, with the dates that changes of state tell: symptoms begin with infectiousness, as in `made`."""
    ill, ended = STATES.index("infectious"), [STATES.index(name) for name in STATES if name not in ACTIVE]
    for row, (time, person) in enumerate(zip(caught["time_s"], caught["infectee"], strict=True)):
        own = (changed["person"] == person) & (changed["time_s"] >= time)
        for columns, where in (
            (("infectious_s", "symptoms_s"), own & (changed["to_state"] == ill)),
            (("over_s",), own & np.isin(changed["to_state"], ended)),
        ):
            for column in columns:
                caught[column][row] = changed["time_s"][where][0] if where.any() else -1
    return caught, changed


def _world(people: int) -> dict[str, dict[str, np.ndarray]]:
    """The tables of people and places: one household."""
    person = np.arange(people)
    return {
        "people": {
            "person": person.astype(np.int32),
            "age_years": (person * 7 % 90).astype(np.uint8),
            "sex": (person % 2).astype(np.uint8),
            "town": np.zeros(people, np.int32),
            "district": np.zeros(people, np.int16),
            "household": np.zeros(people, np.int32),
            "school_class": np.full(people, -1, np.int32),
            "team": np.full(people, -1, np.int32),
            "line": np.full(people, -1, np.int32),
            "schedule": np.zeros(people, np.uint8),
            "immune_at_start": np.zeros(people, np.bool_),
            "vaccinated": np.zeros(people, np.bool_),
        },
        "places": {
            "place": np.zeros(1, np.int32),
            "setting": np.array([Setting.HOME], np.uint8),
            "town": np.zeros(1, np.int32),
            "district": np.zeros(1, np.int16),
            "site": np.array([-1], np.int32),
            "parent": np.array([-1], np.int32),
            "capacity": np.array([people], np.int32),
            "members": np.array([people], np.int32),
        },
    }


def made(
    rows: list[tuple[int, int, int]],
    changes: list[tuple[int, int, str, str]] = (),
    *,
    people: int = 20,
    days: int = 10,
    name: str = "made",
) -> Records:
    """Records of a run in which just these infections and changes of state happened, in one household."""
    caught, changed = dated(infections(rows), transitions(list(changes)))
    times = np.arange(days + 1) * DAY
    counts = np.zeros((days + 1, len(STATES)), np.int64)
    counts[:, 0] = people
    for place, time in enumerate(times):
        happened = changed["time_s"] <= time
        np.add.at(counts[place], changed["from_state"][happened], -1)
        np.add.at(counts[place], changed["to_state"][happened], 1)
    when, state = (axis.ravel() for axis in np.indices(counts.shape))
    columns = {
        **_world(people),
        "infections": caught,
        "transitions": changed,
        "counts": {
            "time_s": times[when],
            "town": np.zeros(len(when), np.int32),
            "state": state.astype(np.uint8),
            "count": counts.ravel(),
        },
        "refusals": {
            "day": np.array([0, 1], np.int32),
            "setting": np.array([1, 1], np.uint8),
            "layer": np.zeros(2, np.uint8),
            "reason": np.array([0, 6], np.uint8),
            "count": np.array([5, 3], np.int64),
        },
    }
    summary = {
        "scenario": name,
        "seed": 1,
        "people": people,
        "infected": len(set(caught["infectee"].tolist())),
        "dead": 0,
        "attack_rate": 0.25,
        "first_infection": "2026-03-02T00:00:00",
        "first_report": None,
        "digest": digest(caught, changed),
        "ended": "2026-03-12T00:00:00",
    }
    manifest = {
        "status": "finished",
        "finished": True,
        "seed": 1,
        "start": "2026-03-02T00:00:00",
        "scenario": {"name": name, "title": "Made by hand"},
        "simulated_s": days * DAY,
        "states": [
            {
                "name": state,
                "symptomatic": state == "infectious",
                "dead": state == "dead",
                "active": state in ACTIVE,
            }
            for state in STATES
        ],
        "summary": summary,
    }
    names = {Names.STATES: STATES, Names.DISTRICTS: ("옥동",), Names.SITES: (), Names.SCHEDULES: ("at home",)}
    return taken(manifest, columns, names)


def small() -> Records:
    """Person 3 came in ill, infected 5 and 2; 5 infected 9, who died; 2 was infected again, by 9."""
    rows = [(0, 3, -1), (DAY, 5, 3), (2 * DAY, 2, 3), (3 * DAY, 9, 5), (6 * DAY, 2, 9)]
    changes = [(time, person, "susceptible", "exposed") for time, person, _ in rows[:4]]
    changes += [(time + DAY // 2, person, "exposed", "infectious") for time, person, _ in rows[:4]]
    changes += [(4 * DAY, 2, "infectious", "susceptible"), (6 * DAY, 2, "susceptible", "exposed")]
    changes += [(7 * DAY, 9, "infectious", "dead"), (7 * DAY, 3, "infectious", "recovered")]
    return made(rows, changes)
