"""The numbers behind views of an outbreak in a building: who was what when, in which room, and what became of doors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.building.tables import names_of as names_in
from hyosan.floorplan.plan import OPEN_AIR, OUTSIDE, RoomKind
from hyosan.rules.codes import Deed, DoorEvent, Mind, Outcome, Route, Sound
from hyosan.tables import Names
from hyosan.views import names
from hyosan.views.figures import start_of, words_of
from hyosan.views.walks import coded, is_walked, walks_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.floorplan.plan import Floorplan
    from hyosan.records.run import Records
    from hyosan.views.walks import Walks

    Rows = dict[str, NDArray[Any]]

PASSAGES = (RoomKind.CORRIDOR, RoomKind.STAIRWELL, RoomKind.LIFT, *OPEN_AIR)
"""Where one passes, or is in the open: nobody says of them that they fell."""
NEVER = np.inf


class Role(IntEnum):
    """What somebody is at a moment, as pictures tell people apart."""

    WELL = 0
    OFFICER = 1
    BITTEN = 2
    HUNTER = 3
    OVER = 4
    """Hunts no longer."""


def is_indoor(records: Records) -> bool:
    """Whether the run was an outbreak in a building."""
    return is_walked(records) and {"minds", "strikes", "infections", "transitions"} <= set(records.names)


@dataclass(frozen=True)
class Indoor:
    """An outbreak in a building."""

    walks: Walks

    @property
    def records(self) -> Records:
        """The run."""
        return self.walks.records

    @property
    def plan(self) -> Floorplan:
        """The building."""
        return self.walks.plan

    @property
    def people(self) -> int:
        """Everybody, officers included."""
        return self.walks.people

    def clock(self, time: float) -> str:
        """The time of the day."""
        return f"{start_of(self.records) + timedelta(seconds=int(time + 1e-6)):%H:%M:%S}"

    @cached_property
    def kinds(self) -> NDArray[Any]:
        """What everybody is, in a word, (people,)."""
        words = [str(word) for word in self.records.manifest.get("kinds", ())] or ["person"]
        numbers = self.records.table("occupants")["kind"].to_numpy()
        return np.array([words[number] if number < len(words) else "person" for number in numbers.tolist()], object)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Everybody's name, made up."""
        sexes = words_of(self.records.table("people"), "sex").tolist()
        return names.names_of(int(self.records.summary["seed"]), sexes)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What rooms and then stairs are called; those of one title say on which storey they are, and on which side."""
        rooms = [(_turned(room.title or room.name), room.storey) for room in self.plan.rooms]
        alike = Counter(title for title, _ in rooms)
        storeys = [storey.name for storey in self.plan.storeys]
        found = [f"{title} on {_storey(storeys[storey])}" if alike[title] > 1 else title for title, storey in rooms]
        for name in [name for name, count in Counter(found).items() if count > 1]:
            those = [row for row, each in enumerate(found) if each == name]
            those.sort(key=lambda row: (min(x for x, _ in self.plan.rooms[row].outline), row))
            words = ("west", "east") if len(those) == 2 else [f"no. {number}" for number in range(1, len(those) + 1)]
            for row, word in zip(those, words, strict=True):
                found[row] = f"{word} {name}"
        return (*found, *(stair.name.replace("-", " ") for stair in self.plan.stairs))

    def room(self, row: int) -> str:
        """Where, in words, for a room or stair of a row."""
        if row < 0:
            return "outside"
        above = row >= len(self.plan.rooms) or self.plan.rooms[row].kind is RoomKind.ROOF
        return f"{'on' if above else 'in'} {self.the(row)}"

    def the(self, row: int) -> str:
        """A room or stair in running text."""
        return _the(self.titles[row])

    @cached_property
    def rooms(self) -> tuple[int, ...]:
        """Rows of rooms in which people may hide, and of which it is said that they fell."""
        return tuple(row for row, room in enumerate(self.plan.rooms) if room.kind not in PASSAGES)

    def door(self, row: int) -> str:
        """A door, in words."""
        door = self.plan.doors[row]
        one, other = door.rooms
        if OUTSIDE in (one, other) or {self.plan.rooms[one].kind, self.plan.rooms[other].kind} & set(OPEN_AIR):
            return f"the {door.name.replace('-', ' ')}"
        own = [each for each in (one, other) if self.plan.rooms[each].kind not in PASSAGES]
        if len(own) != 1:
            return f"the door between {self.the(one)} and {self.the(other)}"
        alike = sum(own[0] in each.rooms for each in self.plan.doors)
        return f"{'the' if alike == 1 else 'a'} door of {self.the(own[0])}"

    def _rows(self, table: str, **codes: Any) -> Rows:
        """Columns of a table by name; those with words as the numbers that they stand for, -1 for null."""
        whole = self.records.table(table)
        found: Rows = {}
        for name in whole.column_names:
            if name in codes:
                found[name] = coded(whole[name], codes[name].__getitem__)
            elif name not in ("setting", "route", "scale"):
                found[name] = whole[name].to_numpy()
        return found

    @cached_property
    def _spaces(self) -> dict[str, int]:
        """Rows of rooms and stairs by name."""
        return {name: row for row, name in enumerate(names_in(self.plan)[Names.ROOMS])}

    @cached_property
    def doors(self) -> dict[str, int]:
        """Rows of doors and stairs by name."""
        return {name: row for row, name in enumerate(names_in(self.plan)[Names.DOORS])}

    @cached_property
    def minds(self) -> Rows:
        """What people were about: `time_s`, `person`, `mind`, `room`."""
        return self._rows("minds", mind=_codes(Mind), room=self._spaces)

    @cached_property
    def door_events(self) -> Rows:
        """What happened to doors: `time_s`, `door`, `event`, `person`."""
        return self._rows("door_events", door=self.doors, event=_codes(DoorEvent))

    @cached_property
    def deeds(self) -> Rows:
        """What people did for each other: `time_s`, `person`, `deed`, `other`, `room`."""
        return self._rows("deeds", deed=_codes(Deed), room=self._spaces)

    @cached_property
    def sounds(self) -> Rows:
        """What could be heard: `time_s`, `sound`, `room`, `person` and where."""
        return self._rows("sounds", sound=_codes(Sound), room=self._spaces)

    @cached_property
    def strikes(self) -> Rows:
        """Strikes: `time_s`, `hunter`, `person`, `outcome`, `room` and where."""
        return self._rows("strikes", outcome=_codes(Outcome))

    @cached_property
    def infections(self) -> Rows:
        """Infections: `time_s`, `infectee`, `infector`, `way`, `room` and where."""
        ways = _codes(Route)
        found = self._rows("infections")
        return found | {"way": coded(self.records.table("infections")["route"], ways.__getitem__)}

    @cached_property
    def bitten_from(self) -> NDArray[np.float64]:
        """When everybody was bitten [s], infinite for never, (people,)."""
        return _first(self.people, self.infections["infectee"], self.infections["time_s"])

    @cached_property
    def hunts_from(self) -> NDArray[np.float64]:
        """When everybody began to hunt [s], infinite for never, (people,)."""
        return self._changed({each["name"] for each in self._states if each["behaviour"] == "hunts"})

    @cached_property
    def over_from(self) -> NDArray[np.float64]:
        """When everybody was destroyed or tired out [s], infinite for never, (people,)."""
        return self._changed({each["name"] for each in self._states if each["dead"] or each["name"] == "destroyed"})

    @property
    def _states(self) -> list[dict[str, Any]]:
        """The states of the pathogen."""
        return list(self.records.manifest.get("states") or ())

    def _changed(self, states: set[str]) -> NDArray[np.float64]:
        """When everybody first came into one of some states [s]."""
        table = self.records.table("transitions")
        here = np.isin(words_of(table, "to_state"), sorted(states))
        return _first(self.people, table["person"].to_numpy()[here], table["time_s"].to_numpy()[here])

    def roles(self, time: float) -> NDArray[np.int64]:
        """What everybody is at a time [s], (people,)."""
        usual = np.where(self.kinds == "officer", int(Role.OFFICER), int(Role.WELL))
        since = ((Role.OVER, self.over_from), (Role.HUNTER, self.hunts_from), (Role.BITTEN, self.bitten_from))
        late = time + 1e-6
        return np.select([when <= late for _, when in since], [int(role) for role, _ in since], usual)

    def hunted(self, time: NDArray[np.float64], person: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether people hunted at times [s], (rows,)."""
        hunted: NDArray[np.bool_] = (self.hunts_from[person] <= time) & (time < self.over_from[person])
        return hunted

    @cached_property
    def _mind_order(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Rows of `minds` in order of person and time, and person and time of each as one number that grows."""
        minds = self.minds
        order = np.lexsort((np.arange(len(minds["person"])), minds["time_s"], minds["person"]))
        return order, minds["person"][order] * (self.walks.end + 10.0) + minds["time_s"][order]

    def minds_at(self, time: float) -> NDArray[np.int64]:
        """What everybody is about at a time [s], -1 where nothing is written, (people,)."""
        order, keys = self._mind_order
        everybody = np.arange(self.people)
        if not len(order):
            return np.full(self.people, -1)
        place = np.searchsorted(keys, everybody * (self.walks.end + 10.0) + time + 1e-6, side="right") - 1
        row = order[np.maximum(place, 0)]
        known = (place >= 0) & (self.minds["person"][row] == everybody)
        return np.where(known, self.minds["mind"][row], -1).astype(np.int64)

    def doors_at(self, time: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """What was last done to each door by a time, -1 for nothing, and when hunters last began to beat on it [s]."""
        events = self.door_events
        until = int(np.searchsorted(events["time_s"], time + 1e-6, side="right"))
        door, event = events["door"][:until], events["event"][:until]
        state, beaten = np.full(len(self.doors), -1), np.full(len(self.doors), -NEVER)
        blows = event == DoorEvent.BEATEN
        state[door[~blows]] = event[~blows]
        beaten[door[blows]] = events["time_s"][:until][blows]
        return state, beaten

    @cached_property
    def begins(self) -> float:
        """When the first began to hunt, or was struck [s]; infinite if nobody did."""
        struck = self.strikes["time_s"]
        return float(min(self.hunts_from.min(initial=NEVER), struck.min() if len(struck) else NEVER))

    @cached_property
    def escapes(self) -> Rows:
        """The last way out of those who are in the open at the end and did not hunt then: `time_s`, `person`, `door`.

        Only ways out after the first began to hunt.
        """
        table = self.records.table("passages")
        outdoor = np.array(
            [room.kind in OPEN_AIR for room in self.plan.rooms] + [False] * len(self.plan.stairs) + [True]
        )
        from_room = coded(table["from_room"], self._spaces.__getitem__)
        to_room = coded(table["to_room"], self._spaces.__getitem__)
        crossing = (
            np.ones(len(outdoor), np.bool_)[from_room] if outdoor.all() else outdoor[from_room] != outdoor[to_room]
        )
        rows = np.flatnonzero(crossing)[::-1]
        person, time = table["person"].to_numpy()[rows], table["time_s"].to_numpy()[rows]
        _, last = np.unique(person, return_index=True)
        last = np.sort(last)[::-1]
        person, time, kept = person[last], time[last], rows[last]
        out = outdoor[to_room[kept]] & (time >= self.begins) & ~(self.hunts_from[person] <= time)
        doors = coded(table["door"], self.doors.__getitem__)
        return {"time_s": time[out], "person": person[out], "door": doors[kept[out]]}

    @cached_property
    def hunters_in(self) -> dict[int, NDArray[np.float64]]:
        """When hunters were seen in each room or stair, in order [s], by its row."""
        walks, turned = self.walks, np.flatnonzero(np.isfinite(self.hunts_from))
        rows = self.hunted(walks.time, walks.person)
        began = self.hunts_from[turned]
        where = [self.room_of(who, when) for who, when in zip(turned.tolist(), began.tolist(), strict=True)]
        times, rooms = (
            np.concatenate([walks.time[rows], began]),
            np.concatenate([walks.room[rows], np.array(where, int)]),
        )
        return {int(room): np.sort(times[rooms == room]) for room in np.unique(rooms)}

    def room_of(self, person: int, time: float) -> int:
        """The room or stair in which somebody is at a time [s]; -1 outside."""
        first, last = np.searchsorted(self.walks.person, [person, person + 1])
        row = first + int(np.searchsorted(self.walks.time[first:last], time + 1e-6, side="right")) - 1
        return int(self.walks.room[row]) if row >= first else -1


def indoor_of(records: Records) -> Indoor:
    """The outbreak of a run in a building."""
    return Indoor(walks_of(records))


def _codes(kind: type[IntEnum]) -> dict[str, int]:
    """Numbers of a closed list by the words in tables."""
    return {member.name.lower(): int(member) for member in kind}


def _first(people: int, person: NDArray[Any], time: NDArray[Any]) -> NDArray[np.float64]:
    """The first time of each person [s], infinite without one, (people,)."""
    found = np.full(people, NEVER)
    np.minimum.at(found, person.astype(np.int64), time.astype(float))
    return found


def _storey(name: str) -> str:
    """A storey in running text."""
    return f"storey {name}" if name.isdigit() else name[:1].lower() + name[1:]


def _turned(title: str) -> str:
    """A title without a comma.

    >>> _turned("Toilet, boys"), _turned("Class 2-3")
    ('boys toilet', 'Class 2-3')
    """
    noun, _, which = title.partition(", ")
    return title if not which else f"{which} {_small(noun)}"


def _the(title: str) -> str:
    """A title in running text: those that end with a number stand alone, others take an article.

    >>> _the("Class 2-3"), _the("Library"), _the("boys toilet on storey 1")
    ('Class 2-3', 'the library', 'the boys toilet on storey 1')
    """
    return title if title.split(" on ")[0][-1:].isdigit() else f"the {_small(title)}"


def _small(title: str) -> str:
    """A title whose first letter is small, but for one all in capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
