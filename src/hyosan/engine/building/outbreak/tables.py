"""What an outbreak in a building leaves behind, as columns of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.chance import words_of
from hyosan.engine.building.columns import IN, ROLE
from hyosan.engine.building.measuring import seconds
from hyosan.engine.building.outbreak.columns import (
    FIRST_CALL,
    HEALTHY,
    HUNTER,
    MODE,
    N_CALLS,
    N_DESTROYED,
    N_TURNED,
    POLICE,
    SPENT,
)
from hyosan.engine.building.outcome import ways_out
from hyosan.engine.building.tables import in_plan, stair_of
from hyosan.rules.codes import Deed, Mind, Outcome, Route, Scale, Setting
from hyosan.rules.progression import FOREVER, SUSCEPTIBLE
from hyosan.rules.random import Draw, use_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.building import Building
    from hyosan.engine.building.outbreak.setting import Prepared
    from hyosan.floorplan.plan import Floorplan

Columns = dict[str, "NDArray[Any]"]

COUNTED = 60
"""People are counted by state so often [s]."""


def outbreak_tables(building: Building, plan: Floorplan, prepared: Prepared, seed: int) -> dict[str, Columns]:
    """Every table of an outbreak in a building, by name."""
    story = _Story(building, plan, prepared)
    changes = story.transitions()
    return {
        "people": _people(building, prepared, seed),
        "infections": story.infections(),
        "transitions": changes,
        "counts": _counts(changes, len(prepared.ages), len(prepared.courses.names), int(building.now)),
        "strikes": story.strikes(),
        "minds": story.minds(),
        "door_events": story.door_events(),
        "deeds": story.deeds(),
        "sounds": story.sounds(),
    }


class _Story:
    """The rows of a run, and what is made of them."""

    def __init__(self, building: Building, plan: Floorplan, prepared: Prepared) -> None:
        assert building.running is not None, "there is an outbreak"
        self.building, self.plan, self.prepared, self.running = building, plan, prepared, building.running
        self.dt = building.dt

    def _rooms(self, spaces: NDArray[np.int64]) -> NDArray[np.int32]:
        """Rooms and stairs by number, -1 outside."""
        strip = stair_of(self.building, self.plan)
        named = np.where(strip < 0, np.arange(len(strip)), len(self.plan.rooms) + strip)
        found: NDArray[np.int32] = np.append(named, -1)[spaces].astype(np.int32)
        return found

    def _places(self, spaces: NDArray[np.int64], x_mm: Any, y_mm: Any) -> NDArray[np.float64]:
        """Places in the plan [m], (rows, 2)."""
        shift = self.building.ground.origin[self.building.ground.room[spaces, 0]]
        place = np.column_stack([x_mm / 1000.0 - shift, y_mm / 1000.0])
        return in_plan(self.building, self.plan, spaces, place)[0] if len(spaces) else place

    def strikes(self) -> Columns:
        """Strikes of hunters; bites of animals are infections only."""
        rows = self.running.rows("strikes")
        rows = rows[rows[:, 1] >= 0]
        place = self._places(rows[:, 4], rows[:, 5], rows[:, 6])
        return {
            "time_s": np.floor(rows[:, 0] * self.dt + 1e-9).astype(np.int64),
            "hunter": rows[:, 1].astype(np.int32),
            "person": rows[:, 2].astype(np.int32),
            "outcome": rows[:, 3].astype(np.uint8),
            "setting": np.full(len(rows), Setting.SCHOOL, np.uint8),
            "cell": np.full(len(rows), -1, np.int32),
            "building": np.full(len(rows), -1, np.int32),
            "room": self._rooms(rows[:, 4]),
            "x_m": place[:, 0].astype(np.float32),
            "y_m": place[:, 1].astype(np.float32),
        }

    def _bites(self) -> NDArray[np.int64]:
        """Rows of strikes that infected, in order of (second, person); those who hunt from the start come first."""
        rows = self.running.rows("strikes")
        rows = rows[rows[:, 3] == Outcome.BITTEN].copy()
        rows[:, 0] = np.floor(rows[:, 0] * self.dt + 1e-9)
        ordered: NDArray[np.int64] = rows[np.lexsort((rows[:, 2], rows[:, 0]))]
        return ordered

    def infections(self) -> Columns:
        """The transmission tree."""
        rows = self._bites()
        hunters = np.array(sorted(self.prepared.outbreak.hunters), np.int64)
        crowd, count = self.building.crowd, len(hunters)
        place = self._places(rows[:, 4], rows[:, 5], rows[:, 6])
        at_start = np.asarray(crowd.place, float)[hunters].reshape(count, 2)
        infectee = np.concatenate([hunters, rows[:, 2]])
        time = np.concatenate([np.zeros(count, np.int64), rows[:, 0]])
        infector = np.concatenate([np.full(count, -1), rows[:, 1]])
        route = np.where(infector >= 0, int(Route.BITE), int(Route.ANIMAL))
        route[:count] = int(Route.START)
        turn = self.prepared.outbreak.turn_after.copy()
        turn[hunters] = 0
        tire = self.prepared.outbreak.tire_after
        turns = np.where(turn[infectee] >= 0, time + turn[infectee], -1)
        over = np.where((turns >= 0) & (tire[infectee] >= 0), turns + tire[infectee], -1)
        total = len(infectee)
        order = np.lexsort((infectee, time))
        columns = {
            "time_s": time,
            "infectee": infectee.astype(np.int32),
            "infector": infector.astype(np.int32),
            "route": route.astype(np.uint8),
            "setting": np.where(route == Route.START, int(Setting.NONE), int(Setting.SCHOOL)).astype(np.uint8),
            "scale": np.full(total, Scale.BUILDING, np.uint8),
            "town": np.zeros(total, np.int32),
            "place": np.full(total, -1, np.int32),
            "room": np.concatenate([np.asarray(crowd.room)[hunters], self._rooms(rows[:, 4])]).astype(np.int32),
            "x_m": np.concatenate([at_start[:, 0], place[:, 0]]).astype(np.float32),
            "y_m": np.concatenate([at_start[:, 1], place[:, 1]]).astype(np.float32),
            "episode": np.ones(total, np.uint16),
            "infectious_s": turns,
            "symptoms_s": turns,
            "over_s": over,
        }
        return {name: column[order] for name, column in columns.items()}

    def transitions(self) -> Columns:
        """Changes of state up to now, in order of (time, person)."""
        courses, now = self.prepared.courses, self.building.now
        bites = self._bites()
        began = {int(person): int(second) for second, person in bites[:, [0, 2]]}
        hunting = int(np.flatnonzero(courses.hunts)[0]) if courses.hunts.any() else SUSCEPTIBLE
        rows: list[tuple[int, int, int, int]] = []
        ended = self._ended()
        for person in self.prepared.outbreak.hunters:
            rows.append((0, person, SUSCEPTIBLE, hunting))
            if (cut := ended.get(person)) is not None:
                rows.append((*cut[:1], person, hunting, cut[1]))
        for person, second in began.items():
            before, begin = SUSCEPTIBLE, second
            cut = ended.get(person)
            for visit in range(int(courses.count[person])):
                if begin > now or (cut is not None and begin >= cut[0] and visit > 0):
                    break
                rows.append((begin, person, before, int(courses.states[person, visit])))
                before = int(courses.states[person, visit])
                end = int(courses.ends[person, visit])
                begin = FOREVER if end >= FOREVER else second + end
            if cut is not None:
                rows.append((cut[0], person, before, cut[1]))
        rows.sort(key=lambda row: (row[0], row[1]))
        table = np.array(rows, np.int64).reshape(-1, 4)
        return {
            "time_s": table[:, 0],
            "person": table[:, 1].astype(np.int32),
            "from_state": table[:, 2].astype(np.uint8),
            "to_state": table[:, 3].astype(np.uint8),
        }

    def _ended(self) -> dict[int, tuple[int, int]]:
        """When each hunter that was destroyed was [s], and the code of that state."""
        strikes, deeds = self.running.rows("strikes"), self.running.rows("deeds")
        state = self.prepared.courses.names.index("destroyed")
        found = {}
        for step, hunter in strikes[strikes[:, 3] == Outcome.DESTROYED][:, :2].tolist():
            found[hunter] = (int(step * self.dt + 1e-9), state)
        who = self.building.state.people.who
        for step, _, person, other, _ in deeds[deeds[:, 1] == Deed.DESTROYED].tolist():
            if who[person, ROLE] == POLICE:
                found.setdefault(other, (int(step * self.dt + 1e-9), state))
        return found

    def minds(self) -> Columns:
        """What people were about."""
        rows = self.running.rows("minds")
        rows = rows[np.lexsort((np.arange(len(rows)), rows[:, 0]))]
        return {
            "time_s": seconds(rows[:, 0], self.dt),
            "person": rows[:, 1].astype(np.int32),
            "mind": rows[:, 2].astype(np.uint8),
            "room": self._rooms(rows[:, 3]),
        }

    def door_events(self) -> Columns:
        """What happened to doors."""
        rows = self.running.rows("doors")
        return {
            "time_s": seconds(rows[:, 0], self.dt),
            "door": rows[:, 1].astype(np.int32),
            "event": rows[:, 2].astype(np.uint8),
            "person": rows[:, 3].astype(np.int32),
        }

    def deeds(self) -> Columns:
        """What people did for each other."""
        rows = self.running.rows("deeds")
        return {
            "time_s": seconds(rows[:, 0], self.dt),
            "person": rows[:, 2].astype(np.int32),
            "deed": rows[:, 1].astype(np.uint8),
            "other": rows[:, 3].astype(np.int32),
            "room": self._rooms(rows[:, 4]),
        }

    def sounds(self) -> Columns:
        """What could be heard."""
        rows = self.running.rows("sounds")
        place = self._places(rows[:, 2], rows[:, 5], rows[:, 6])
        return {
            "time_s": seconds(rows[:, 0], self.dt),
            "sound": rows[:, 1].astype(np.uint8),
            "room": self._rooms(rows[:, 2]),
            "level_db": (rows[:, 3] / 10.0).astype(np.float32),
            "person": rows[:, 4].astype(np.int32),
            "x_m": place[:, 0].astype(np.float32),
            "y_m": place[:, 1].astype(np.float32),
        }


def _people(building: Building, prepared: Prepared, seed: int) -> Columns:
    """Everybody, as the city has its people."""
    count = len(prepared.ages)
    words = words_of(seed, use_of(int(Draw.TRAITS), 0, 0), count, 2)
    rooms, crowd = np.asarray(building.crowd.room, np.int32), building.crowd
    taught = prepared.outbreak.pupils
    in_class = np.zeros(count, np.bool_) if taught is None else np.asarray(taught, np.bool_)
    assert len(crowd.room) == count, "one row a person"
    nobody = np.full(count, -1, np.int32)
    return {
        "person": np.arange(count, dtype=np.int32),
        "age_years": prepared.ages.astype(np.uint8),
        "sex": np.array([word[2] >> 31 for word in words], np.uint8),
        "town": np.zeros(count, np.int32),
        "district": np.full(count, -1, np.int16),
        "household": nobody,
        "school_class": np.where(in_class, rooms, -1).astype(np.int32),
        "team": nobody,
        "line": nobody,
        "schedule": np.zeros(count, np.uint8),
        "immune_at_start": np.zeros(count, np.bool_),
        "vaccinated": np.zeros(count, np.bool_),
    }


def _counts(changes: Columns, people: int, states: int, now: int) -> Columns:
    """People by state every `COUNTED` and at the end."""
    times = np.unique(np.append(np.arange(0, now + 1, COUNTED), now)).astype(np.int64)
    table = np.zeros((len(times), states), np.int64)
    table[:, SUSCEPTIBLE] = people
    row = np.searchsorted(times, changes["time_s"], side="left")
    ends = (changes[name].tolist() for name in ("from_state", "to_state"))
    for at, before, after in zip(row.tolist(), *ends, strict=True):
        if at < len(times):
            table[at:, before] -= 1
            table[at:, after] += 1
    return {
        "time_s": np.repeat(times, states),
        "town": np.zeros(len(times) * states, np.int32),
        "state": np.tile(np.arange(states), len(times)).astype(np.uint8),
        "count": table.ravel(),
    }


def outbreak_summary(building: Building, prepared: Prepared, plan: Floorplan) -> dict[str, Any]:
    """The numbers of an outbreak: who was infected, turned, was destroyed; who hides, and who is out unhurt.

    `survivors`: people neither bitten nor turned; `escaped`: of these, who are outside or in the open; `hiding`: of
    these, who hide in the building; `hunting`: who hunts in it now; `calls`: for help.
    """
    assert building.running is not None, "there is an outbreak"
    who, mind, count = building.state.people.who, building.running.state.mind, building.running.state.count
    role = who[:, ROLE]
    healthy, officers, started = role == HEALTHY, int((role == POLICE).sum()), len(prepared.outbreak.hunters)
    out = np.zeros(len(who), np.bool_)
    out[ways_out(building, plan)[:, 1]] = True
    hides = np.isin(mind[:, MODE], (int(Mind.HIDING), int(Mind.HOLDING), int(Mind.SECURING)))
    infected = len(who) - officers - int(healthy.sum())
    bites = building.running.rows("strikes")
    bites = bites[bites[:, 3] == Outcome.BITTEN]
    first = 0.0 if started else float(bites[0, 0] * building.dt) if len(bites) else None
    susceptible = len(who) - officers - started
    return {
        "infected": infected,
        "turned": int(count[N_TURNED]),
        "destroyed": int(count[N_DESTROYED]),
        "dead": int((role == SPENT).sum()),
        "attack_rate": (infected - started) / susceptible if susceptible else 0.0,
        "first_infection_s": first,
        "survivors": int(healthy.sum()),
        "escaped": int((healthy & out).sum()),
        "hiding": int((healthy & ~out & hides).sum()),
        "hunting": int(((role == HUNTER) & (who[:, IN] >= 0)).sum()),
        "calls": int(count[N_CALLS]),
        "first_call_s": float(count[FIRST_CALL] * building.dt) if count[N_CALLS] else None,
    }
