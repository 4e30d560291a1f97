"""What the letters of a text grid mean: those that always mean the same, and those that a plan explains itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hyosan.errors import did_you_mean
from hyosan.floorplan.plan import DoorState, RoomKind
from hyosan.scenario.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Callable

WALL, FLOOR, NOTHING = "#", ".", " "
OBSTACLE, MOVABLE = "o", "m"
SEATS = {"s": 0.0, ">": 0.0, "^": 90.0, "<": 180.0, "v": 270.0}
"""Letters of seats, and where one looks [degrees]."""
STAIRS = "123456789"


@dataclass(frozen=True)
class DoorLook:
    """What a letter says of a door."""

    state: DoorState = DoorState.OPEN
    leaf: bool = True
    only_out: bool = False
    """Whether it must lead outside."""
    strength: float | None = None
    keys: tuple[str, ...] = ()
    transparent: bool = False
    sound_loss: float | None = None
    flow_limit: float | None = None
    emergency: bool = False


DOORS = {
    "+": DoorLook(leaf=False),
    "D": DoorLook(),
    "C": DoorLook(state=DoorState.CLOSED),
    "L": DoorLook(state=DoorState.LOCKED),
    "B": DoorLook(state=DoorState.BARRICADED),
    "E": DoorLook(only_out=True),
    "X": DoorLook(state=DoorState.CLOSED, only_out=True, emergency=True),
}

ALWAYS = {WALL, FLOOR, NOTHING, OBSTACLE, MOVABLE, *SEATS, *STAIRS, *DOORS}
"""Letters that always mean the same."""


@dataclass(frozen=True)
class Label:
    """What a letter says of the room, zone or gate that it lies in."""

    what: str
    """`room`, `zone` or `gate`."""
    name: str
    kind: str = ""
    title: str = ""
    capacity: int | None = None


@dataclass
class Legend:
    """What a plan says outside of its grids."""

    cell: float = 0.5
    """Side of a cell [m]."""
    facts: dict[str, str] = field(default_factory=dict)
    """`name`, `title`, `licence`, `source`."""
    labels: dict[str, Label] = field(default_factory=dict)
    doors: dict[str, DoorLook] = field(default_factory=lambda: dict(DOORS))
    ramps: set[str] = field(default_factory=set)

    def line(self, line: str) -> None:
        """Take one line.

        Raises:
            ValueError: With a message for the person who wrote it.
        """
        line = line.replace("\t", " ").strip()
        if not line.isprintable():
            strange = next(letter for letter in line if not letter.isprintable())
            raise ValueError(f"holds the control character {strange!r}. Leave it out.")
        word, _, rest = line.partition(" ")
        ways: dict[str, Callable[[str], None]] = {
            "cell": self._cell,
            "room": self._room,
            "zone": self._zone,
            "gate": self._gate,
            "door": self._door,
            "ramp": self._ramp,
        }
        rest = rest.strip()
        if word in ("name", "title", "licence", "source"):
            longest = 100 if word == "name" else 500
            if not 1 <= len(rest) <= longest:
                raise ValueError(f"{word} has no text of 1 to {longest} letters. Write `{word} …`.")
            self.facts[word] = rest
        elif word in ways:
            ways[word](rest)
        else:
            known = [*ways, "name", "title", "licence", "source", "storey"]
            raise ValueError(f"{shown(word)} begins no line that is known here. {did_you_mean(word[:40], known)}")

    def _cell(self, rest: str) -> None:
        """`cell 0.5`."""
        self.cell = number(rest, 0.05, 10, "a side of a cell in metres")

    def _letter(self, rest: str, example: str) -> tuple[str, list[str]]:
        """A letter that is free, and the words behind it."""
        letter, *words = rest.split() or [""]
        if len(letter) != 1 or not letter.isprintable():
            raise ValueError(f"{shown(letter)} is no single letter. Write {example}.")
        if letter in ALWAYS:
            raise ValueError(f"{shown(letter)} always means the same. Choose another letter.")
        if letter in self.labels or letter in self.doors:
            raise ValueError(f"{shown(letter)} has a meaning already. Choose another letter.")
        return letter, words

    def _room(self, rest: str) -> None:
        """`room a lab laboratory Science lab`."""
        letter, words = self._letter(rest, "`room a lab laboratory Science lab`")
        if not words:
            raise ValueError("the room has no name. Write `room a lab laboratory Science lab`.")
        kind = words[1] if len(words) > 1 else "room"
        if kind not in list(RoomKind):
            raise ValueError(f"{shown(kind)} is no kind of room. {did_you_mean(kind[:40], map(str, RoomKind))}")
        if words[0] == "outside":
            raise ValueError("'outside' means the outside of the building. Choose another name.")
        title, capacity = words[2:], None
        if title and title[0].startswith("capacity="):
            capacity = int(number(title.pop(0).partition("=")[2], 0, 1_000_000, "a capacity"))
        self.labels[letter] = Label("room", words[0][:90], kind, " ".join(title)[:500], capacity)

    def _zone(self, rest: str) -> None:
        """`zone q waiting start`."""
        letter, words = self._letter(rest, "`zone q waiting start`")
        if len(words) not in (1, 2):
            raise ValueError("a zone has a letter, a name and a kind. Write `zone q waiting start`.")
        self.labels[letter] = Label("zone", words[0][:90], words[1][:90] if len(words) > 1 else "area")

    def _gate(self, rest: str) -> None:
        """`gate k line`."""
        letter, words = self._letter(rest, "`gate k line`")
        if len(words) != 1:
            raise ValueError("a gate has a letter and a name. Write `gate k line`.")
        self.labels[letter] = Label("gate", words[0][:90])

    def _ramp(self, rest: str) -> None:
        """`ramp 1`."""
        if len(rest) != 1 or rest not in STAIRS:
            raise ValueError(f"{shown(rest)} is no digit of a stair. Write `ramp 1`.")
        self.ramps.add(rest)

    def _door(self, rest: str) -> None:
        """`door d closed strength=8 keys=teacher,janitor glass`."""
        letter, words = self._letter(rest, "`door d locked strength=8 keys=teacher`")
        look = DoorLook()
        for word in words:
            look = replace(look, **_of_door(word))
        self.doors[letter] = look


def _of_door(word: str) -> dict[str, Any]:
    """What one word says of a door."""
    key, sign, value = word.partition("=")
    if word in list(DoorState):
        return {"state": DoorState(word)}
    if word in ("glass", "emergency", "opening"):
        return {"glass": {"transparent": True}, "emergency": {"emergency": True}, "opening": {"leaf": False}}[word]
    if sign and key == "keys":
        keys = tuple(value.split(","))
        if not all(1 <= len(key) <= 100 for key in keys) or len(keys) > 100:
            raise ValueError(f"{shown(value)} is no list of keys. Write `keys=teacher,janitor`.")
        return {"keys": keys}
    if sign and key == "strength":
        return {"strength": number(value, 0, 1_000_000, "a count of blows")}
    if sign and key == "sound_loss":
        return {"sound_loss": number(value, 0, 150, "a loss in dB")}
    if sign and key == "flow_limit":
        return {"flow_limit": number(value, 0, 1000, "a flow of people in a second")}
    known = [*map(str, DoorState), "glass", "emergency", "opening", "keys=", "strength=", "sound_loss=", "flow_limit="]
    raise ValueError(f"{shown(word)} says nothing of a door. {did_you_mean(word[:40], known)}")


def number(text: str, low: float, high: float, what: str) -> float:
    """A finite number in a range.

    Raises:
        ValueError: With a message for the person who wrote it.
    """
    try:
        value = float(text) if len(text) <= 30 else float("nan")
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise ValueError(f"{shown(text)} is not {what}. Write a number from {low:g} to {high:g}.")
    return value + 0.0
