"""What is worth telling of an outbreak in a building, as lines with a time and a weight; `story` chooses among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.rules.codes import Deed, Mind, Outcome, Route
from hyosan.scenario.quantities import seconds
from hyosan.views.figures import start_of
from hyosan.views.refuges import barriers, falls, kept_shut, refuges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from hyosan.views.indoor import Indoor

ORDERS = {
    "announce": "Everybody is told that hunters are there",
    "lock-down": "Everybody is told to lock themselves in",
    "evacuate": "Everybody is told to leave",
}
MOST_NAMES = 3
"""People who are named in one line."""
MANY = 5
"""So many who hide together weigh as much as a bite."""
FIRST, TURNS, FIGHTS, BITES, PLACES, DEEDS = range(6)
"""Weights of lines, the weightiest first: what begins it; who turns; doors and hunters that fall; bites and escapes;
few who hid; what people did for each other, and rooms that fell."""


@dataclass(frozen=True)
class Line:
    """One line of a story."""

    time: float
    weight: int
    size: int
    """People of whom it tells: of lines of one weight the larger are told first."""
    text: str


def lines_of(indoor: Indoor, gap: float) -> list[Line]:
    """Every line that could be told, in no order.

    Args:
        indoor: The outbreak.
        gap: What is alike, in one room, and no farther apart than this is told in one line [s].
    """
    return [
        *_beginnings(indoor), *_turns(indoor, gap), *_bites(indoor, gap), *_ends_of_hunters(indoor, gap),
        *_doors(indoor, gap), *_hidden(indoor), *_deeds(indoor, gap), *_escapes(indoor, gap), *_falls(indoor, gap),
        *_firsts(indoor), *_orders(indoor),
    ]  # fmt: skip


def listed(words: Sequence[str], most: int = MOST_NAMES, rest: str = "others") -> str:
    """Words in a row; of many the first, and how many more.

    >>> listed(["A"]), listed(["A", "B", "C"]), listed(["A", "B", "C", "D", "E"])
    ('A', 'A, B and C', 'A, B and 3 others')
    """
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} {rest}"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def span(seconds: float) -> str:
    """A length of time for the ear.

    >>> span(12.4), span(60), span(754), span(7300)
    ('12 s', '1 min', '12 min 34 s', '2 h 1 min')
    """
    whole = int(seconds + 0.5)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if minutes:
        return f"{minutes} min {rest} s" if rest and minutes < 20 else f"{minutes} min"
    return f"{whole} s"


def together(times: NDArray[Any], keys: NDArray[Any], gap: float) -> Iterator[NDArray[np.int64]]:
    """Rows of one key that follow each other within a gap [s], each group in order of time."""
    order = np.lexsort((np.arange(len(times)), times, keys))
    if not len(order):
        return
    apart = (np.diff(keys[order]) != 0) | (np.diff(times[order]) > gap)
    yield from np.split(order, np.flatnonzero(apart) + 1)


def _those(indoor: Indoor, people: Sequence[int]) -> str:
    """Names of people, each once."""
    return listed([indoor.names[person] for person in dict.fromkeys(people)])


def _whole(indoor: Indoor, person: int) -> str:
    """A person with age, and class or office."""
    table = indoor.records.table("people")
    age, own = int(table["age_years"][person].as_py()), int(table["school_class"][person].as_py())
    kind = str(indoor.kinds[person])
    of = (
        f" of {indoor.the(own)}" if 0 <= own < len(indoor.titles) else "" if kind == "person" else f", {_article(kind)}"
    )
    return f"{indoor.names[person]}, {age}{of},"


def _article(word: str) -> str:
    """A word with its article."""
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"


def _lasting(times: NDArray[Any]) -> str:
    """How long a group of events lasted, if longer than a moment."""
    length = float(times[-1] - times[0])
    return f" within {span(length)}" if length >= 1 else ""


def _beginnings(indoor: Indoor) -> Iterator[Line]:
    """Whom animals bit, and who hunts from the start."""
    infections = indoor.infections
    for row in np.flatnonzero(infections["way"] == Route.ANIMAL).tolist():
        person, time = int(infections["infectee"][row]), float(infections["time_s"][row])
        place = indoor.room(int(infections["room"][row]))
        yield Line(time, FIRST, 1, f"An animal bites {_whole(indoor, person)} {place}.")
    started = infections["way"] == Route.START
    if not started.any():
        return
    people, rooms = infections["infectee"][started].tolist(), infections["room"][started]
    where = [(int(room), int((rooms == room).sum())) for room in dict.fromkeys(rooms.tolist())]
    if len(where) == 1:
        hunts = "hunts" if len(people) == 1 else "hunt"
        text = f"{_those(indoor, people)} {hunts} from the start, {indoor.room(where[0][0])}."
        yield Line(0.0, FIRST, len(people), text)
        return
    parts = [f"{indoor.room(room)}{f' ({count})' if count > 1 else ''}" for room, count in where]
    yield Line(0.0, FIRST, len(people), f"{len(people):,} people hunt from the start: {listed(parts, 12)}.")


def _turns(indoor: Indoor, gap: float) -> Iterator[Line]:
    """Who turned; the first of all by itself."""
    started = set(indoor.infections["infectee"][indoor.infections["way"] == Route.START].tolist())
    turned = [who for who in np.flatnonzero(np.isfinite(indoor.hunts_from)).tolist() if who not in started]
    turned.sort(key=lambda who: (indoor.hunts_from[who], who))
    if not turned:
        return
    times = indoor.hunts_from[turned]
    rooms = np.array([indoor.room_of(who, indoor.hunts_from[who]) for who in turned])
    infections = indoor.infections
    bitten = dict(zip(infections["infectee"].tolist(), infections["time_s"].tolist(), strict=True))
    own = np.where(np.arange(len(turned)) == 0, -2, rooms)
    for rows in together(times, own, gap):
        people = [turned[row] for row in rows]
        where, time = indoor.room(int(rooms[rows[0]])), float(times[rows[0]])
        if len(people) == 1:
            since = span(time - bitten.get(people[0], time))
            text = f"{indoor.names[people[0]]}, bitten {since} ago, turns {where}."
        else:
            text = f"{_those(indoor, people)} turn {where}{_lasting(times[rows])}."
        yield Line(time, FIRST if rows[0] == 0 else TURNS, len(people), text)


def _bites(indoor: Indoor, gap: float) -> Iterator[Line]:
    """Who bit whom in which room; the first bite by itself."""
    infections = indoor.infections
    bites = np.flatnonzero(infections["way"] == Route.BITE)
    times, rooms = infections["time_s"][bites], infections["room"][bites]
    own = np.where(np.arange(len(bites)) == 0, -2, rooms)
    for rows in together(times, own, gap):
        whom, by = infections["infectee"][bites[rows]].tolist(), infections["infector"][bites[rows]].tolist()
        hunters = list(dict.fromkeys(by))
        verb = "bites" if len(hunters) == 1 else "bite"
        where = indoor.room(int(rooms[rows[0]]))
        text = f"{_those(indoor, hunters)} {verb} {_those(indoor, whom)} {where}{_lasting(times[rows])}."
        yield Line(float(times[rows[0]]), FIRST if rows[0] == 0 else BITES, len(whom), text)


def _ends_of_hunters(indoor: Indoor, gap: float) -> Iterator[Line]:
    """Who destroyed which hunter, and with whose help."""
    strikes, deeds = indoor.strikes, indoor.deeds
    rows = np.flatnonzero(strikes["outcome"] == Outcome.DESTROYED)
    for row in rows.tolist():
        time, hunter, person = float(strikes["time_s"][row]), int(strikes["hunter"][row]), int(strikes["person"][row])
        beside = (deeds["deed"] == Deed.DESTROYED) & (abs(deeds["time_s"] - time) <= 1.0) & (deeds["other"] == person)
        more = [each for each in deeds["person"][beside].tolist() if each != person]
        where = indoor.room(int(strikes["room"][row]))
        verb = "destroy" if more else "destroys"
        text = f"{_those(indoor, [person, *more])} {verb} {indoor.names[hunter]}, who hunts, {where}."
        yield Line(time, FIGHTS, 2 + len(more), text)
    shots = (deeds["deed"] == Deed.DESTROYED) & (indoor.kinds[deeds["person"]] == "officer")
    shot = np.flatnonzero(shots)
    for group in together(deeds["time_s"][shot], deeds["room"][shot], gap):
        hunters = deeds["other"][shot[group]].tolist()
        verb = "is" if len(set(hunters)) == 1 else "are"
        where = indoor.room(int(deeds["room"][shot[group[0]]]))
        text = f"{_those(indoor, hunters)}, hunting, {verb} shot {where}."
        yield Line(float(deeds["time_s"][shot[group[0]]]), FIGHTS, len(hunters), text)


def _doors(indoor: Indoor, gap: float) -> Iterator[Line]:
    """Doors that gave way, and those that held though hunters beat on them."""
    found = [each for each in barriers(indoor) if np.isfinite(each.beaten) and each.door < len(indoor.plan.doors)]
    broken = [each for each in found if each.broken]
    for each in broken:
        blows = f"gives way after {span(each.end - each.beaten)} of blows"
        kept = f", {each.how} {span(each.end - each.begin)} ago," if each.how else ""
        yield Line(each.end, FIGHTS, 1 + int(bool(each.how)), f"{_capital(indoor.door(each.door))}{kept} {blows}.")
    beaten = [each for each in found if not each.broken]
    for rows in together(np.array([each.beaten for each in beaten]), np.array([each.door for each in beaten]), gap):
        each = beaten[rows[0]]
        how = f", {each.how}," if each.how else ""
        yield Line(each.beaten, PLACES, 1, f"Hunters beat on {indoor.door(each.door)}{how} and it holds.")


def _capital(text: str) -> str:
    """A text whose first letter is large."""
    return text[:1].upper() + text[1:]


def _hidden(indoor: Indoor) -> Iterator[Line]:
    """Who hid where, with how many, and for how long."""
    found = barriers(indoor)
    for each in refuges(indoor):
        how = kept_shut(indoor, found, each)
        behind = f", behind a door that is {how}" if how else ""
        where, count = indoor.room(each.room), len(each.people)
        who = indoor.names[each.people[0]] if count == 1 else f"{count:,} people"
        hide = "hides" if count == 1 else "hide"
        until = {
            "held": "until the end",
            "left": f"for {span(each.lasted)}",
            "overrun": f"for {span(each.lasted)}, until hunters come in",
        }[each.ended]
        yield Line(each.begin, BITES if count >= MANY else PLACES, count, f"{who} {hide} {where} {until}{behind}.")


def _deeds(indoor: Indoor, gap: float) -> Iterator[Line]:
    """What people did for each other."""
    deeds = indoor.deeds
    for deed, text in (
        (Deed.LED, "{who} {leads} {whom} {where}."),
        (Deed.HELPED, "{who} {takes} {whom} along {where}."),
        (Deed.FENDED, "{who} {helps} {whom} to fend off hunters {where}."),
        (Deed.FETCHED, "{who} {comes} for {whom} {where}."),
    ):
        rows = np.flatnonzero(deeds["deed"] == deed)
        keys = deeds["person"][rows] if deed == Deed.LED else deeds["room"][rows]
        for group in together(deeds["time_s"][rows], keys, gap):
            here = rows[group]
            who, whom = deeds["person"][here].tolist(), [each for each in deeds["other"][here].tolist() if each >= 0]
            one = len(set(who)) == 1
            if deed == Deed.LED:
                several = "1 other" if len(set(whom)) == 1 else f"{len(set(whom)):,} others"
            else:
                several = _those(indoor, whom) if whom else "others"
            verbs = {verb: verb if one else verb[:-1] for verb in ("leads", "takes", "helps", "comes")}
            where = indoor.room(int(deeds["room"][here[0]]))
            words = {"who": _those(indoor, who), "whom": several, "where": where, **verbs}
            yield Line(float(deeds["time_s"][here[0]]), DEEDS, len(set(who) | set(whom)), text.format(**words))


def _escapes(indoor: Indoor, gap: float) -> Iterator[Line]:
    """Who got out, and by which exit."""
    out = indoor.escapes
    for rows in together(out["time_s"], out["door"], gap):
        people, door = out["person"][rows].tolist(), int(out["door"][rows[0]])
        get, time = "gets" if len(people) == 1 else "get", float(out["time_s"][rows[0]])
        doors = len(indoor.plan.doors)
        by = indoor.door(door) if door < doors else indoor.plan.stairs[door - doors].name.replace("-", " ")
        text = f"{_those(indoor, people)} {get} out by {by}{_lasting(out['time_s'][np.sort(rows)])}."
        yield Line(time, BITES, len(people), text)


def _falls(indoor: Indoor, gap: float) -> Iterator[Line]:
    """Rooms that fell."""
    found = falls(indoor)
    times, rooms = np.array(list(found.values())), list(found)
    for rows in together(times, np.zeros(len(times), int), gap):
        those = listed([indoor.the(rooms[row]) for row in rows.tolist()], 4)
        verb = "falls" if len(rows) == 1 else "fall"
        text = f"{_capital(those)} {verb}: hunters are in {'it' if len(rows) == 1 else 'them'}."
        yield Line(float(times[rows[0]]), DEEDS, len(rows), text)


def _firsts(indoor: Indoor) -> Iterator[Line]:
    """The first call for help, and officers who come in."""
    deeds, minds = indoor.deeds, indoor.minds
    calls = np.flatnonzero(deeds["deed"] == Deed.CALLED)
    if len(calls):
        who, where = int(deeds["person"][calls[0]]), indoor.room(int(deeds["room"][calls[0]]))
        more = len(set(deeds["person"][calls].tolist())) - 1
        rest = f"; {more:,} more do later" if more else ""
        yield Line(float(deeds["time_s"][calls[0]]), FIRST, 1, f"{indoor.names[who]} calls for help {where}{rest}.")
    came = np.flatnonzero(minds["mind"] == Mind.PATROLLING)
    if len(came):
        count = len(set(minds["person"][came].tolist()))
        officers = "1 officer comes" if count == 1 else f"{count:,} officers come"
        where = indoor.room(int(minds["room"][came[0]]))
        yield Line(float(minds["time_s"][came[0]]), FIRST, count, f"{officers} in, the first {where}.")


def _orders(indoor: Indoor) -> Iterator[Line]:
    """What everybody was told: by the scenario, or by the office after the first call for help."""
    scenario, end = indoor.records.manifest["scenario"], indoor.walks.end
    told = []
    for order in scenario.get("orders") or ():
        time = (datetime.fromisoformat(str(order["at"])) - start_of(indoor.records)).total_seconds()
        told.append((time, str(order["kind"]), order.get("door")))
    calls = indoor.deeds["time_s"][indoor.deeds["deed"] == Deed.CALLED]
    if len(calls):
        after = float(seconds(scenario.get("response_after") or 0))
        told.append((float(calls[0]) + after, str(scenario.get("response")), None))
    for time, kind, door in told:
        if kind in ORDERS and 0 <= time <= end:
            by = "" if door is None else f" by {indoor.door(indoor.doors[str(door)])}"
            yield Line(time, FIRST, indoor.people, f"{ORDERS[kind]}{by}.")
