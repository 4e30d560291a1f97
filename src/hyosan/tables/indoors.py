"""Tables of runs in a building: who walks where, and what an outbreak makes of them."""

from __future__ import annotations

from hyosan.rules.codes import Deed, DoorEvent, Mind, Posture, Sound
from hyosan.tables.column import PERSON, Column, Names, Table

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
MINDS = Table(
    "minds",
    "what people in a building were about once hunters were there, a row whenever it changed, in order of time",
    (
        MOMENT,
        PERSON,
        Column("mind", "uint8", "what the person is about from then on", values=Mind),
        SPACE,
    ),
)
DOOR_EVENTS = Table(
    "door_events",
    "doors that were shut, locked, barricaded, held, beaten on, broken or opened during an outbreak, in order of time",
    (
        MOMENT,
        Column("door", "int32", "name of the door", values=Names.DOORS),
        Column("event", "uint8", "what happened to it", values=DoorEvent),
        Column("person", "int32", "who did it, of several the first by number"),
    ),
)
DEEDS = Table(
    "deeds",
    "what people did for each other during an outbreak in a building, in order of time",
    (
        MOMENT,
        PERSON,
        Column("deed", "uint8", "what the person did", values=Deed),
        Column("other", "int32", "for whom, or to which hunter; -1 for nobody in particular"),
        SPACE,
    ),
)
SOUNDS = Table(
    "sounds",
    "sounds during an outbreak in a building, in order of time",
    (
        MOMENT,
        Column("sound", "uint8", "what it was", values=Sound),
        SPACE,
        Column("level_db", "float32", "at 1 m from its source", "dB"),
        Column("person", "int32", "who made it; -1 nobody"),
        Column("x_m", "float32", "where, in the plan of the storey", "m"),
        Column("y_m", "float32", "likewise", "m"),
    ),
)
INDOORS = (MINDS, DOOR_EVENTS, DEEDS, SOUNDS)
"""Tables of runs in which people hunt in a building, beside those of walking, and `strikes`."""
WALKED = (OCCUPANTS, TRACKS, PASSAGES, MEASURES, LINES, FLOORPLAN)
"""Tables of runs in a building."""
