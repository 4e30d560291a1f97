"""Every column of every table of a run: its type, unit and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from hyosan.rules.codes import Building, Effect, Errand, Outcome, Posture, Reason, Route, Scale, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Sex(IntEnum):
    """The sexes that the public counts of people tell apart."""

    FEMALE = 0
    MALE = 1


class Names(Enum):
    """Lists of names that a run brings along, where the codes do not fix them."""

    STATES = "states"
    DISTRICTS = "districts"
    SITES = "sites"
    SCHEDULES = "schedules"
    BUILDINGS = "buildings"
    STOREYS = "storeys"
    ROOMS = "rooms"
    DOORS = "doors"
    ZONES = "zones"
    GATES = "gates"
    PLAN = "plan"


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    name: str
    kind: str
    """NumPy name of the type, as the engine and the world hand it over."""
    meaning: str
    unit: str = ""
    values: type[IntEnum] | Names | None = None
    """What the numbers stand for. Such a column is stored as the names (in lower case); -1 is stored as null."""

    def words(self, names: Mapping[Names, Sequence[str]]) -> tuple[str, ...] | None:
        """The names that the numbers 0, 1, … of this column stand for, or None if they are just numbers."""
        if self.values is None:
            return None
        if isinstance(self.values, Names):
            return tuple(names[self.values])
        return tuple(member.name.lower() for member in self.values)


@dataclass(frozen=True)
class Table:
    """One table of a run."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


TIME = Column("time_s", "int64", "since the start of the run", "s")
PERSON = Column("person", "int32", "the person, counted from 0")
TOWN = Column("town", "int32", "the town or closed cell, counted from 0")
DISTRICT = Column("district", "int16", "name of the district", values=Names.DISTRICTS)
SETTING = Column(
    "setting", "uint8", "where the contact happened; `none` for the start and importations", values=Setting
)

PEOPLE = Table(
    "people",
    "everybody, as the world has them; nothing in it changes during a run",
    (
        PERSON,
        Column("age_years", "uint8", "age in whole years; 100 stands for 100 and older", "years"),
        Column("sex", "uint8", "sex", values=Sex),
        Column("town", "int32", "the town or closed cell that the person lives in, counted from 0"),
        Column("district", "int16", "name of the district that the person lives in", values=Names.DISTRICTS),
        Column("household", "int32", "place of the household, or of the care home for who lives there; -1 without one"),
        Column("school_class", "int32", "place of the class; -1 without one"),
        Column("team", "int32", "place of the working group; -1 without one"),
        Column("line", "int32", "line of public transport; -1 for who does not ride"),
        Column("schedule", "uint8", "the week by which the person lives", values=Names.SCHEDULES),
        Column("immune_at_start", "bool", "whether the person was immune when the run began"),
        Column("vaccinated", "bool", "whether the person was vaccinated when the run began"),
    ),
)

PLACES = Table(
    "places",
    "every household, class, team, school, workplace of several teams, line, hospital ward and care home",
    (
        Column("place", "int32", "the place, counted from 0"),
        Column("setting", "uint8", "what kind of place it is", values=Setting),
        TOWN,
        DISTRICT,
        Column(
            "site", "int32", "name of the school, workplace, hospital or care home; null elsewhere", values=Names.SITES
        ),
        Column("parent", "int32", "the larger place that the place is part of; -1 without one"),
        Column("capacity", "int32", "slots in which members sit; on a ward those past the members are beds", "people"),
        Column("members", "int32", "people who belong to it", "people"),
    ),
)

INFECTIONS = Table(
    "infections",
    "the transmission tree, one row an infection, in order of time and infectee",
    (
        TIME,
        Column("infectee", "int32", "the person who was infected"),
        Column("infector", "int32", "the person who infected; -1 for an animal, an importation or the start"),
        Column("route", "uint8", "how the infection came", values=Route),
        SETTING,
        Column("scale", "uint8", "which scale of the engine let it happen", values=Scale),
        Column("town", "int32", "the town or closed cell where it happened, counted from 0"),
        Column("place", "int32", "the place where it happened; -1 outside households, classes and teams"),
        Column("room", "int32", "the room of the building; -1 outside buildings"),
        Column("x_m", "float32", "position in the building; null outside buildings", "m"),
        Column("y_m", "float32", "position in the building; null outside buildings", "m"),
        Column("episode", "uint16", "how often the infectee has been infected, this time included"),
        Column("infectious_s", "int64", "when the infectee becomes infectious if nothing intervenes; -1 if never", "s"),
        Column("symptoms_s", "int64", "when the infectee's symptoms begin if nothing intervenes; -1 if never", "s"),
        Column("over_s", "int64", "from when on it can neither infect nor die of this infection; -1 if never", "s"),
    ),
)

TRANSITIONS = Table(
    "transitions",
    "every change of somebody's state, in order of time and person",
    (
        TIME,
        PERSON,
        Column("from_state", "uint8", "state before", values=Names.STATES),
        Column("to_state", "uint8", "state after", values=Names.STATES),
    ),
)

COUNTS = Table(
    "counts",
    "prevalence: how many people are in every state, every `records.counts` and at the end",
    (
        TIME,
        Column("town", "int32", "the town or closed cell, counted from 0; -1 for all together where they are many"),
        Column("state", "uint8", "the state", values=Names.STATES),
        Column("count", "int64", "people in the state", "people"),
    ),
)

REFUSALS = Table(
    "refusals",
    "what became of the attempts to infect, by the day they were due; bites that infect stand under `none`",
    (
        Column("day", "int32", "day of the run, counted from 0", "days"),
        SETTING,
        Column("layer", "uint8", "0 for the base stream, 1 and above for the scenario's layers"),
        Column("reason", "uint8", "why they were refused; `none` if they were accepted", values=Reason),
        Column("count", "int64", "attempts", "attempts"),
    ),
)

CELL = Column("cell", "int32", "the cell of the streets, counted from 0; -1 where there are none")
BUILDING = Column("building", "int32", "the building, counted from 0; -1 outdoors")

STRIKES = Table(
    "strikes",
    "every strike of a hunter at a person, in order of time, cell and what came first",
    (
        TIME,
        Column("hunter", "int32", "the person who hunts"),
        PERSON,
        Column("outcome", "uint8", "how it ended", values=Outcome),
        Column("setting", "uint8", "where it happened", values=Setting),
        CELL,
        BUILDING,
    ),
)

PRESENCE = Table(
    "presence",
    "where hunters are: cells with hunters or with people on the move, every `records.presence`",
    (
        TIME,
        CELL,
        Column("hunters", "int32", "hunters in the cell", "people"),
        Column("moving", "int32", "people on the move in the cell", "people"),
        Column("outdoors", "int32", "people outdoors by schedule in the cell", "people"),
    ),
)

FLIGHTS = Table(
    "flights",
    "what people did about hunters, a row whenever it changed, in order of time and person",
    (
        TIME,
        PERSON,
        Column("errand", "uint8", "what the person does from then on", values=Errand),
        CELL,
    ),
)

BREAKS = Table(
    "breaks",
    "buildings broken into, in order of time and building",
    (
        TIME,
        BUILDING,
        CELL,
        Column("hunters", "int32", "hunters in the cell", "people"),
        Column("from_inside", "bool", "whether somebody turned inside"),
    ),
)

EFFECTS = Table(
    "effects",
    "what interventions against hunters did, by day",
    (
        Column("day", "int32", "day of the run, counted from 0", "days"),
        Column("intervention", "int16", "the intervention, counted from 0 as in the scenario"),
        Column("effect", "uint8", "what it did", values=Effect),
        Column("count", "int64", "how often"),
    ),
)

CELLS = Table(
    "cells",
    "the cells of the streets; nothing in it changes during a run",
    (
        CELL,
        Column("x_m", "int32", "centre, east of the map's corner", "m"),
        Column("y_m", "int32", "centre, north of the map's corner", "m"),
        Column("length_m", "int32", "length of the piece of street", "m"),
        Column("width_m", "int32", "width of the piece of street", "m"),
        DISTRICT,
        Column("bridge", "bool", "whether it is a bridge"),
        Column("exit", "bool", "whether it leads out of the town"),
    ),
)

BUILDINGS = Table(
    "buildings",
    "the buildings of the town; nothing in it changes during a run",
    (
        BUILDING,
        CELL,
        Column("kind", "uint8", "what it is for", values=Building),
        Column("name", "int16", "its name; null for most", values=Names.BUILDINGS),
        Column("strength", "int32", "hours that one hunter needs to break in, on average", "h"),
    ),
)

EVERY_RUN = (PEOPLE, PLACES, INFECTIONS, TRANSITIONS, COUNTS, REFUSALS)
"""Tables that every run has."""
HUNTED = (STRIKES, PRESENCE, FLIGHTS, BREAKS, EFFECTS, CELLS, BUILDINGS)
"""Tables of runs in which people hunt; the last ones only where there are streets."""

MOMENT = Column("time_s", "float64", "since the start of the run; whole steps", "s")
STOREY = Column("storey", "int16", "name of the storey", values=Names.STOREYS)
SPACE = Column("room", "int32", "name of the room or stair; null outside", values=Names.ROOMS)

OCCUPANTS = Table(
    "occupants",
    "everybody in the building, one row a person; nothing in it changes during a run",
    (
        PERSON,
        Column("kind", "uint8", "what the person is in the building: its row of `kinds` in the manifest"),
        Column("group", "int32", "group or class that stays together; -1 without one"),
        Column("radius_m", "float32", "radius of the body", "m"),
        Column("level_m_s", "float32", "free speed on the level", "m/s"),
        Column("up_m_s", "float32", "free speed up stairs", "m/s"),
        Column("down_m_s", "float32", "free speed down stairs", "m/s"),
        Column("starts_s", "float64", "when the person first sets out; NaN if never", "s"),
        SPACE,
        Column("x_m", "float32", "place at the start in the plan of the storey", "m"),
        Column("y_m", "float32", "likewise", "m"),
    ),
)
TRACKS = Table(
    "tracks",
    "where people are, a row for each who has moved since its last row; everybody has one at the start and at the end",
    (
        MOMENT,
        PERSON,
        STOREY,
        SPACE,
        Column("x_cm", "int32", "place in the plan; on stairs along their middle line", "cm"),
        Column("y_cm", "int32", "likewise", "cm"),
        Column("z_cm", "int32", "height of the floor there", "cm"),
        Column("posture", "uint8", "what the person does", values=Posture),
    ),
)
PASSAGES = Table(
    "passages",
    "who went through which door or onto which stair, and when",
    (
        MOMENT,
        PERSON,
        Column("door", "int32", "name of the door, or of the stair", values=Names.DOORS),
        Column("from_room", "int32", "name of the room left", values=Names.ROOMS),
        Column("to_room", "int32", "name of the room entered; null outside", values=Names.ROOMS),
    ),
)
MEASURES = Table(
    "measures",
    "people in the measuring areas of the plan, and how fast they are, every `records.tracks`",
    (
        MOMENT,
        Column("area", "int32", "name of the zone", values=Names.ZONES),
        Column("count", "int32", "people in it"),
        Column("density_1_m2", "float32", "people per square metre", "1/m²"),
        Column("speed_m_s", "float32", "mean speed of those in it; NaN if nobody is", "m/s"),
    ),
)
LINES = Table(
    "lines",
    "who crossed which measuring line of the plan, and when, as tracks show it",
    (
        MOMENT,
        PERSON,
        Column("line", "int32", "name of the gate", values=Names.GATES),
        Column("direction", "int8", "1 from the right of the line to its left, -1 back"),
        Column("speed_m_s", "float32", "speed across it", "m/s"),
    ),
)
FLOORPLAN = Table(
    "floorplan",
    "the building, one row: the plan in the native format",
    (Column("json", "int32", "text of the plan", values=Names.PLAN),),
)
WALKED = (OCCUPANTS, TRACKS, PASSAGES, MEASURES, LINES, FLOORPLAN)
"""Tables of runs in a building."""

TABLES = {table.name: table for table in (*EVERY_RUN, *HUNTED, *WALKED)}
"""Every table of a run folder by its name."""


def columns_page() -> str:
    """The reference of all tables and columns, as Markdown."""
    lines = ["# Tables of a run", "", "Columns of names are text (dictionary-encoded in Parquet).", ""]
    for table in TABLES.values():
        lines += [f"## {table.name}", "", f"{table.meaning[0].upper()}{table.meaning[1:]}.", ""]
        lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
        for column in table.columns:
            kind = column.kind if column.values is None else "text"
            lines.append(f"| `{column.name}` | {kind} | {column.unit} | {column.meaning}{_list_of_words(column)} |")
        lines.append("")
    return "\n".join(lines)


def _list_of_words(column: Column) -> str:
    """What a column of names may hold, where the codes fix it."""
    if column.values is None:
        return ""
    if isinstance(column.values, Names):
        return "; names from the scenario" if column.values is Names.STATES else ""
    return ": " + ", ".join(f"`{word}`" for word in column.words({}) or ())
