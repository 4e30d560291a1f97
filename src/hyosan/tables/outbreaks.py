"""Tables of every run, and of those in which people hunt in a town."""

from __future__ import annotations

from enum import IntEnum

from hyosan.rules.codes import Building, Effect, Errand, Outcome, Reason, Route, Scale, Setting
from hyosan.tables.column import PERSON, Column, Names, Table


class Sex(IntEnum):
    """The sexes that the public counts of people tell apart."""

    FEMALE = 0
    MALE = 1


TIME = Column("time_s", "int64", "since the start of the run", "s")
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
        Column("room", "int32", "row of the room in the plan, then of the stair; -1 outside buildings with a plan"),
        Column("x_m", "float32", "position in the building; null outside", "m"),
        Column("y_m", "float32", "likewise", "m"),
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
