"""Where: the places of a person, and where its schedule has it at a second."""

from hyosan.jit import part
from hyosan.rules.codes import Setting
from hyosan.rules.random import Draw, draw, one_of, purpose_of
from hyosan.units import day as DAY

DWELLING, CLASS, TEAM, LINE = 0, 1, 2, 3
"""Columns of memberships."""

FIRST, MEMBERS, ROOM, PARENT = 0, 1, 2, 3
"""Columns of places: first member, count of members, capacity plus 2**24 times the setting, the larger place or -1."""

ROOM_BITS = 24

NOWHERE = -1

PICKED = (int(Setting.COMMUNITY), int(Setting.SHOP), int(Setting.LEISURE))
"""Settings without places: somebody is picked from a pool."""

_HOME = int(Setting.HOME)
_CLASS = int(Setting.CLASS)
_TEAM = int(Setting.TEAM)
_SCHOOL = int(Setting.SCHOOL)
_TRANSPORT = int(Setting.TRANSPORT)
_CARE = int(Setting.CARE)
_BED = purpose_of(Draw.BED)


@part
def age_of(traits, person):
    """Age [years]."""
    return int(traits[person]) & 255


@part
def schedule_of(traits, person):
    """Index of the schedule."""
    return (int(traits[person]) >> 8) & 255


@part
def capacity_of(places, place):
    """Slots of a place."""
    return int(places[place, ROOM]) & ((1 << ROOM_BITS) - 1)


@part
def setting_of(places, place):
    """Setting of a place."""
    return int(places[place, ROOM]) >> ROOM_BITS


@part
def larger_place(membership, places, person, column, setting):
    """The place of a setting that a person's class or team is part of, or `NOWHERE`."""
    place = membership[person, column]
    if place < 0:
        return NOWHERE
    larger = places[place, PARENT]
    return larger if larger >= 0 and setting_of(places, larger) == setting else NOWHERE


@part
def place_of(person, setting, membership, places):
    """A person's place of a setting, or `NOWHERE`."""
    if setting == _HOME:
        place = membership[person, DWELLING]
        return place if place >= 0 and setting_of(places, place) == _HOME else NOWHERE
    if setting == _CLASS:
        return membership[person, CLASS]
    if setting == _TEAM:
        return membership[person, TEAM]
    if setting == _TRANSPORT:
        return membership[person, LINE]
    if setting == _SCHOOL:
        place = larger_place(membership, places, person, CLASS, setting)
        return place if place >= 0 else larger_place(membership, places, person, TEAM, setting)
    if setting == _CARE:
        place = membership[person, DWELLING]
        if place >= 0 and setting_of(places, place) == _CARE:
            return place
    return larger_place(membership, places, person, TEAM, setting)


@part
def ward_of(person, episode, seed, first_ward, wards):
    """The hospital ward in which a person lies during an episode."""
    words = draw(seed, _BED, person, 0, episode)
    return first_ward + one_of(wards, words[0], words[1])


@part
def minute_of(second, shift, weekday):
    """Minute of the week of a second of the run; a holiday counts as a Sunday."""
    clock = second + shift
    return weekday[clock // DAY] * 1440 + clock % DAY // 60
