"""What happened to rooms and doors in an outbreak: who hid where and for how long, what fell, and how doors held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.rules.codes import DoorEvent, Mind, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hyosan.views.indoor import Indoor

HIDDEN = (Mind.HIDING, Mind.HOLDING, Mind.SECURING)
"""What people are about who hide."""
APART = 45.0
"""Whoever is back in hiding in the same room after less than this never left it [s]."""
SHORTEST = 20.0
"""Whoever keeps still for less than this does not hide [s]."""
NEAR = 15.0
"""A hunter who is in a room so long after those who hid there have gone has driven them out [s]."""
RANKS = {
    DoorEvent.SHUT: "shut",
    DoorEvent.LOCKED: "locked",
    DoorEvent.HELD: "held shut",
    DoorEvent.BARRICADED: "barricaded",
}
"""How doors are kept shut, the strongest last."""


@dataclass(frozen=True)
class Refuge:
    """People who hid in one room at the same time, or one after the other."""

    room: int
    begin: float
    end: float
    people: tuple[int, ...]
    """Everybody who hid there then."""
    most: int
    """Of them at one time."""
    ended: str
    """`held` to the end of the run, `left` or `overrun`."""

    @property
    def lasted(self) -> float:
        """How long somebody hid there [s]."""
        return self.end - self.begin


@dataclass(frozen=True)
class Barrier:
    """A door from when it was kept shut, or was first beaten on, to when it was opened or gave way."""

    door: int
    how: str
    """The strongest way in which it was kept shut; empty if in none."""
    begin: float
    beaten: float
    """When hunters began to beat on it [s]; infinite if they did not."""
    end: float
    broken: bool


def hiding_spells(indoor: Indoor) -> list[tuple[int, int, float, float]]:
    """(Person, room, from, to) of everybody who hid, in order of person and time; not while hunters are in the room."""
    minds, end = indoor.minds, indoor.walks.end
    order = np.lexsort((np.arange(len(minds["person"])), minds["time_s"], minds["person"]))
    person, room, time = (minds[name][order] for name in ("person", "room", "time_s"))
    hidden = np.isin(minds["mind"][order], [int(mind) for mind in HIDDEN]) & (room >= 0)
    after = np.append(time[1:], end)
    after[np.append(person[1:] != person[:-1], True)] = end
    spells: list[tuple[int, int, float, float]] = []
    for row in np.flatnonzero(hidden).tolist():
        who, where, begin, until = int(person[row]), int(room[row]), float(time[row]), float(after[row])
        until = min(until, float(indoor.hunts_from[who]))
        if spells and spells[-1][:2] == (who, where) and begin - spells[-1][3] <= APART:
            spells[-1] = (*spells[-1][:3], max(until, spells[-1][3]))
        else:
            spells.append((who, where, begin, until))
    parts = [(who, room, *part) for who, room, *span in spells for part in _undisturbed(indoor, room, *span)]
    return [spell for spell in parts if spell[3] - spell[2] >= SHORTEST]


def _undisturbed(indoor: Indoor, room: int, begin: float, end: float) -> list[tuple[float, float]]:
    """Of a time in a room, what there is without hunters in it."""
    came = indoor.hunters_in.get(room, np.zeros(0))
    came = came[(came > begin) & (came < end)]
    if not len(came):
        return [(begin, end)]
    breaks = np.flatnonzero(np.diff(came) > APART)
    firsts, lasts = came[np.append(0, breaks + 1)].tolist(), came[np.append(breaks, len(came) - 1)].tolist()
    return list(zip([begin, *lasts], [*firsts, end], strict=True))


def refuges(indoor: Indoor) -> list[Refuge]:
    """Where people hid, in order of time."""
    found = []
    spells = sorted(hiding_spells(indoor), key=lambda spell: (spell[1], spell[2], spell[0]))
    group: list[tuple[int, int, float, float]] = []
    for spell in (*spells, None):
        over = max((each[3] for each in group), default=0.0)
        if group and (
            spell is None or spell[1] != group[0][1] or spell[2] > over + APART or _parted(indoor, over, spell)
        ):
            found.append(_refuge(indoor, group))
            group = []
        if spell is not None:
            group.append(spell)
    return sorted(found, key=lambda each: (each.begin, each.room))


def _parted(indoor: Indoor, over: float, spell: tuple[int, int, float, float]) -> bool:
    """Whether hunters came into a room between those who hid there and somebody who hides there next."""
    came = indoor.hunters_in.get(spell[1], np.zeros(0))
    return bool(((came >= over) & (came <= spell[2])).any())


def _refuge(indoor: Indoor, group: list[tuple[int, int, float, float]]) -> Refuge:
    """Spells of one room as one."""
    room, begin, end = group[0][1], min(each[2] for each in group), max(each[3] for each in group)
    steps = sorted([(each[2], 1) for each in group] + [(each[3], -1) for each in group])
    most = int(np.cumsum([step for _, step in steps]).max())
    came = indoor.hunters_in.get(room, np.zeros(0))
    driven = bool(((came >= begin) & (came <= end + NEAR)).any())
    ended = "held" if end >= indoor.walks.end - 1.0 else "overrun" if driven else "left"
    return Refuge(room, begin, end, tuple(sorted({each[0] for each in group})), most, ended)


def falls(indoor: Indoor) -> dict[int, float]:
    """When each room fell: the first bite or hunter in it [s], by its row, in order of time."""
    first = {room: float(times[0]) for room, times in indoor.hunters_in.items() if len(times)}
    strikes = indoor.strikes
    for time, room in zip(strikes["time_s"].tolist(), strikes["room"].tolist(), strict=True):
        first[room] = min(first.get(room, np.inf), float(time))
    return {room: first[room] for room in sorted(set(first) & set(indoor.rooms), key=lambda room: (first[room], room))}


def barriers(indoor: Indoor) -> list[Barrier]:
    """Doors that were kept shut, beaten on or broken, in order of time."""
    events, found = indoor.door_events, []
    open_: dict[int, dict[str, Any]] = {}
    rows = zip(events["time_s"].tolist(), events["door"].tolist(), events["event"].tolist(), strict=True)
    for time, door, event in rows:
        state = open_.get(door)
        if event in RANKS:
            state = open_.setdefault(door, _new(time))
            state["rank"] = max(state["rank"], list(RANKS).index(DoorEvent(event)))
        elif event == DoorEvent.BEATEN:
            state = open_.setdefault(door, _new(time))
            state["beaten"] = min(state["beaten"], time)
        elif event == DoorEvent.BROKEN or state is not None:
            state = open_.pop(door, None) or _new(time)
            found.append(_barrier(door, state, time, broken=event == DoorEvent.BROKEN))
    found += [_barrier(door, state, indoor.walks.end, broken=False) for door, state in open_.items()]
    return sorted(found, key=lambda each: (each.begin, each.door))


def _new(time: float) -> dict[str, Any]:
    """A door of which nothing is known yet."""
    return {"begin": time, "beaten": np.inf, "rank": -1}


def _barrier(door: int, state: dict[str, Any], end: float, *, broken: bool) -> Barrier:
    """What is known of a door, as a whole."""
    how = list(RANKS.values())[state["rank"]] if state["rank"] >= 0 else ""
    return Barrier(door, how, state["begin"], state["beaten"], end, broken)


def kept_shut(indoor: Indoor, found: Iterable[Barrier], refuge: Refuge) -> str:
    """The strongest way in which a door of a room was kept shut while people hid there; empty if in none."""
    ways = list(RANKS.values())
    ranks = [
        ways.index(each.how)
        for each in found
        if each.how
        and each.door < len(indoor.plan.doors)
        and refuge.room in indoor.plan.doors[each.door].rooms
        and each.begin <= refuge.end
        and each.end >= refuge.begin
    ]
    return ways[max(ranks)] if ranks else ""


def outcomes(indoor: Indoor) -> dict[str, int]:
    """Strikes by how they ended."""
    counts = np.bincount(indoor.strikes["outcome"], minlength=len(Outcome))
    return {outcome.name.lower(): int(counts[outcome]) for outcome in Outcome}
