"""A small outbreak in two rooms and a corridor, every row of its tables written by hand: what happens is known."""

from __future__ import annotations

from functools import cache

import numpy as np

from hyosan.engine.building.tables import names_of
from hyosan.floorplan.halls import chase
from hyosan.records.run import taken
from hyosan.rules.codes import Deed, DoorEvent, Mind, Outcome, Posture, Route, Scale, Setting, Sound
from hyosan.tables import TABLES, Names

OUT, CORRIDOR, LEFT, RIGHT = -1, 0, 1, 2
LEFT_DOOR, RIGHT_DOOR, WEST, EAST = range(4)
STATES = ("susceptible", "immune", "bitten_arm", "hunting", "destroyed")
SUSCEPTIBLE, IMMUNE, BITTEN, HUNTING, DESTROYED = range(5)
END = 600.0
PEOPLE, OFFICER = 9, 8

PLACES = {CORRIDOR: (10.0, 1.5), LEFT: (5.0, 6.0), RIGHT: (15.0, 6.0)}
HOMES = (RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, LEFT, LEFT, LEFT, CORRIDOR)

TRACKS = (
    # time, person, room, x, y, posture
    *((0.0, who, room, PLACES[room][0] + 0.4 * who - 2.0, PLACES[room][1], Posture.STANDING)
      for who, room in enumerate(HOMES) if who != OFFICER),
    (138.0, 2, CORRIDOR, 18.0, 1.5, Posture.WALKING), (140.0, 2, OUT, 20.5, 1.5, Posture.GONE),
    (143.0, 3, CORRIDOR, 18.0, 1.5, Posture.WALKING), (145.0, 3, OUT, 20.5, 1.5, Posture.GONE),
    (148.0, 7, CORRIDOR, 2.0, 1.5, Posture.WALKING), (150.0, 7, OUT, -0.5, 1.5, Posture.GONE),
    (190.0, 0, CORRIDOR, 2.5, 2.0, Posture.WALKING), (262.0, 0, LEFT, 2.5, 4.0, Posture.WALKING),
    (280.0, 6, CORRIDOR, 10.0, 1.5, Posture.WALKING), (289.0, 6, RIGHT, 15.0, 4.0, Posture.WALKING),
    (300.0, 8, CORRIDOR, 1.0, 1.5, Posture.WALKING), (END, 8, LEFT, 2.5, 3.5, Posture.STANDING),
    (END, 0, LEFT, 2.5, 4.0, Posture.SITTING), (END, 1, RIGHT, 13.4, 6.0, Posture.STANDING),
    (END, 4, RIGHT, 14.6, 6.0, Posture.STANDING), (END, 5, LEFT, 5.0, 6.0, Posture.STANDING),
    (END, 6, RIGHT, 15.0, 4.0, Posture.STANDING),
)  # fmt: skip
PASSAGES = (
    # time, person, door, from, to
    (30.0, 4, RIGHT_DOOR, RIGHT, CORRIDOR), (35.0, 4, RIGHT_DOOR, CORRIDOR, RIGHT),
    (137.0, 2, RIGHT_DOOR, RIGHT, CORRIDOR), (140.0, 2, EAST, CORRIDOR, OUT),
    (142.0, 3, RIGHT_DOOR, RIGHT, CORRIDOR), (145.0, 3, EAST, CORRIDOR, OUT),
    (147.0, 7, LEFT_DOOR, LEFT, CORRIDOR), (150.0, 7, WEST, CORRIDOR, OUT),
    (180.0, 0, RIGHT_DOOR, RIGHT, CORRIDOR), (261.0, 0, LEFT_DOOR, CORRIDOR, LEFT),
)  # fmt: skip
MINDS = (
    # time, person, mind, room
    (0.0, 8, Mind.WAITING, OUT), (120.0, 0, Mind.WANDERING, RIGHT), (121.0, 2, Mind.FLEEING, RIGHT),
    (121.0, 3, Mind.FLEEING, RIGHT), (121.0, 5, Mind.ALARMED, LEFT), (122.0, 5, Mind.SECURING, LEFT),
    (122.0, 6, Mind.HIDING, LEFT), (123.0, 7, Mind.FLEEING, LEFT), (124.0, 5, Mind.HIDING, LEFT),
    (130.0, 5, Mind.SNEAKING, LEFT), (140.0, 5, Mind.HIDING, LEFT), (141.0, 4, Mind.FIGHTING, RIGHT),
    (200.0, 0, Mind.BREAKING, CORRIDOR), (264.0, 5, Mind.FIGHTING, LEFT), (265.0, 6, Mind.FLEEING, LEFT),
    (290.0, 6, Mind.HIDING, RIGHT), (300.0, 8, Mind.PATROLLING, CORRIDOR), (320.0, 0, Mind.OVER, LEFT),
)  # fmt: skip
STRIKES = (
    # time, hunter, person, outcome, room, x, y
    (125, 0, 1, Outcome.BITTEN, RIGHT, 13.4, 6.0), (130, 0, 2, Outcome.EVADED, RIGHT, 13.8, 6.0),
    (140, 0, 4, Outcome.SPARED, RIGHT, 14.6, 6.0), (270, 0, 5, Outcome.BITTEN, LEFT, 5.0, 6.0),
)  # fmt: skip
INFECTIONS = (
    # time, infectee, infector, route, room
    (60, 0, -1, Route.ANIMAL, RIGHT), (125, 1, 0, Route.BITE, RIGHT), (270, 5, 0, Route.BITE, LEFT),
)  # fmt: skip
TRANSITIONS = (
    (60, 0, SUSCEPTIBLE, BITTEN), (120, 0, BITTEN, HUNTING), (125, 1, SUSCEPTIBLE, BITTEN),
    (270, 5, SUSCEPTIBLE, BITTEN), (320, 0, HUNTING, DESTROYED),
)  # fmt: skip
DOOR_EVENTS = (
    (123.0, LEFT_DOOR, DoorEvent.LOCKED, 5), (150.0, LEFT_DOOR, DoorEvent.BARRICADED, 6),
    (200.0, LEFT_DOOR, DoorEvent.BEATEN, 0), (260.0, LEFT_DOOR, DoorEvent.BROKEN, 0),
    (300.0, RIGHT_DOOR, DoorEvent.SHUT, 6),
)  # fmt: skip
DEEDS = (
    # time, person, deed, other, room
    (121.5, 7, Deed.LED, 5, LEFT), (121.5, 7, Deed.LED, 6, LEFT), (130.0, 3, Deed.FENDED, 2, RIGHT),
    (135.0, 3, Deed.CALLED, -1, RIGHT), (136.0, 2, Deed.CALLED, -1, RIGHT), (320.0, 8, Deed.DESTROYED, 0, LEFT),
)  # fmt: skip
SOUNDS = ((120.0, Sound.GROWL, RIGHT, 0), (320.0, Sound.SHOT, LEFT, 8))


def _columns(table, rows, keys):
    """Columns of a table: those of the keys from the rows, all others zero."""
    found = {}
    for column in TABLES[table].columns:
        values = [row[keys.index(column.name)] for row in rows] if column.name in keys else [0] * len(rows)
        found[column.name] = np.array(values).astype(column.kind)
    return found


def _tracks():
    """Rows of `tracks`, in order of time."""
    rows = sorted(TRACKS, key=lambda row: row[0])
    found = _columns("tracks", rows, ("time_s", "person", "room", "x", "y", "posture"))
    for axis, place in (("x", 3), ("y", 4)):
        found[f"{axis}_cm"] = np.array([round(100 * row[place]) for row in rows], np.int32)
    return found


def tables():
    """Columns of every table."""
    kinds = [1, 1, 1, 1, 1, 1, 1, 2, 3]
    everybody = [
        (who, kinds[who], 1.3, 0.6, 0.7, room, *PLACES[room], 43 if who == 7 else 17, who % 2, room if who < 7 else -1)
        for who, room in enumerate(HOMES)
    ]
    own = (
        "person", "kind", "level_m_s", "up_m_s", "down_m_s", "room", "x_m", "y_m", "age_years", "sex", "school_class",
    )  # fmt: skip
    prevalence = {0: (9, 0, 0, 0, 0), 300: (6, 0, 2, 1, 0), 600: (6, 0, 2, 0, 1)}
    counts = [(time, -1, state, count) for time, row in prevalence.items() for state, count in enumerate(row)]
    infections = _columns("infections", INFECTIONS, ("time_s", "infectee", "infector", "route", "room"))
    many = len(INFECTIONS)
    infections |= {
        "setting": np.full(many, Setting.SCHOOL, np.uint8), "scale": np.full(many, Scale.BUILDING, np.uint8),
        "episode": np.ones(many, np.uint16), "infectious_s": np.array([120, -1, -1]), "over_s": np.full(many, -1),
    }  # fmt: skip
    strikes = _columns("strikes", STRIKES, ("time_s", "hunter", "person", "outcome", "room", "x_m", "y_m"))
    return {
        "occupants": _columns("occupants", everybody, own),
        "people": _columns("people", everybody, own) | {"district": np.full(PEOPLE, -1, np.int16)},
        "tracks": _tracks(),
        "passages": _columns("passages", PASSAGES, ("time_s", "person", "door", "from_room", "to_room")),
        "measures": _columns("measures", (), ()),
        "lines": _columns("lines", (), ()),
        "floorplan": {"json": np.zeros(1, np.int32)},
        "infections": infections,
        "transitions": _columns("transitions", TRANSITIONS, ("time_s", "person", "from_state", "to_state")),
        "counts": _columns("counts", counts, ("time_s", "town", "state", "count")),
        "strikes": strikes,
        "minds": _columns("minds", MINDS, ("time_s", "person", "mind", "room")),
        "door_events": _columns("door_events", DOOR_EVENTS, ("time_s", "door", "event", "person")),
        "deeds": _columns("deeds", DEEDS, ("time_s", "person", "deed", "other", "room")),
        "sounds": _columns("sounds", SOUNDS, ("time_s", "sound", "room", "person")),
    }


def manifest():
    """What the run says of itself."""
    summary = {
        "scenario": "two-rooms", "seed": 7, "people": PEOPLE, "infected": 3, "dead": 0, "turned": 1, "destroyed": 1,
        "attack_rate": 0.25, "first_infection": "2026-03-03T10:01:00", "first_report": "2026-03-03T10:02:15",
        "survivors": 5, "escaped": 3, "hiding": 1, "hunting": 0, "calls": 2, "steps": 6000, "wall_s": 1.0,
        "digest": "0" * 64, "ended": "2026-03-03T10:10:00", "evacuated": 3, "last_out_s": 150.0, "stuck": 0,
        "by_exit": {"west-end": 1, "east-end": 2},
    }  # fmt: skip
    behaviours = ("normal", "normal", "normal", "hunts", "normal")
    states = [
        {"name": name, "infectious": name == "hunting", "symptomatic": name == "hunting", "dead": False,
         "behaviour": behaviour, "active": name in ("bitten_arm", "hunting")}
        for name, behaviour in zip(STATES, behaviours, strict=True)
    ]  # fmt: skip
    return {
        "status": "finished", "finished": True, "seed": 7, "start": "2026-03-03T10:00:00", "simulated_s": END,
        "scenario": {
            "name": "two-rooms", "title": "Two rooms", "response": "lock-down", "response_after": "1 minute",
            "orders": [{"kind": "evacuate", "at": "2026-03-03T10:04:00", "door": "west-end"}],
        },
        "states": states, "tables": {},
        "kinds": ["person", "pupil", "teacher", "officer"], "summary": summary,
    }  # fmt: skip


def records(**changed):
    """Records of the outbreak; tables may be given anew."""
    names = names_of(chase()) | {Names.STATES: STATES, Names.SCHEDULES: ("timetable",), Names.DISTRICTS: ()}
    return taken(manifest(), tables() | changed, names)


@cache
def outbreak():
    """The records as they are, once for all tests."""
    return records()
