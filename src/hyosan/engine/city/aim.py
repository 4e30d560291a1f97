"""Aiming: at whom an attempt is made, by the slot of a place or by a pick from a pool."""

import numpy as np

from hyosan.engine.city.given import (
    DISTRICT_MEMBERS,
    DISTRICT_START,
    EVERYWHERE,
    PLACE_MEMBERS,
    PLACES,
    POOL_MEMBERS,
    POOL_START,
    PRESENCE_BITS,
    WHEREABOUTS,
)
from hyosan.engine.city.where import FIRST, MEMBERS, PICKED
from hyosan.engine.scratch import Candidate, Person, draw_all
from hyosan.jit import part, prefetch
from hyosan.rules.codes import Setting
from hyosan.rules.random import Draw, one_of, pick_weighted, use_of

_ID = int(Person.ID)
_EPISODE = int(Person.EPISODE)
_TRAITS = int(Person.TRAITS)
_PLACE = int(Person.PLACE)
_ROW = int(Candidate.ROW)
_ATTEMPT = int(Candidate.ORDINAL)
_SLOT = int(Candidate.SLOT)
_MINUTE = int(Candidate.MINUTE)
_MEMBER = int(Candidate.MEMBER)
_AIM = int(Candidate.TARGET)
_TARGET = int(Draw.TARGET)
_COMMUNITY = int(Setting.COMMUNITY)

NOBODY = -1

EVERYBODY = np.uint64(0xFFFFFFFFFFFFFFFF)
"""Every schedule is present."""


@part
def somebody_present(bounds, pool, present, high, low):
    """Where one of a pool stands whose schedule is present, each with the same chance, or -1.

    Args:
        bounds: Members of pool q with schedule s stand from `bounds[q, s]` to `bounds[q, s + 1]`.
        present: A bit a schedule.
    """
    schedules = bounds.shape[1] - 1
    count = 0
    for schedule in range(schedules):
        here = int((present >> np.uint64(schedule)) & np.uint64(1))
        count += here * (bounds[pool, schedule + 1] - bounds[pool, schedule])
    if count == 0:
        return -1
    chosen = one_of(count, high, low)
    schedule = 0
    while True:
        if (present >> np.uint64(schedule)) & np.uint64(1) != np.uint64(0):
            size = bounds[pool, schedule + 1] - bounds[pool, schedule]
            if chosen < size:
                return bounds[pool, schedule] + chosen
            chosen -= size
        schedule += 1


@part
def aim_at_slots(kept, places, members, people, dated):
    """Find who sits in the slots of the candidates, or `NOBODY`."""
    for at in range(kept):
        place = people[_PLACE, dated[_ROW, at]]
        slot = dated[_SLOT, at]
        dated[_MEMBER, at] = places[place, FIRST] + slot if slot < places[place, MEMBERS] else -1
        if dated[_MEMBER, at] >= 0:
            prefetch(members, dated[_MEMBER, at])
    for at in range(kept):
        where = dated[_MEMBER, at]
        dated[_AIM, at] = int(members[where]) if where >= 0 else NOBODY


@part
def aim_at_pool(kept, setting, seed, use, world, people, dated, keys, stays, words):
    """Pick somebody who is out there at the seconds of the candidates, or `NOBODY`."""
    age_group, town, threshold, alias = world[4:8]
    everywhere, present = world[WHEREABOUTS][EVERYWHERE], world[WHEREABOUTS][PRESENCE_BITS]
    by_age = setting == _COMMUNITY
    bounds, members = world[POOL_START], world[POOL_MEMBERS]
    if not by_age:
        bounds, members = world[DISTRICT_START], world[DISTRICT_MEMBERS]
    for at in range(kept):
        row = dated[_ROW, at]
        keys[at] = (people[_ID, row] << 32) | dated[_ATTEMPT, at]
        stays[at] = people[_EPISODE, row]
    draw_all(kept, seed, use, keys, stays, words)
    for at in range(kept):
        row = dated[_ROW, at]
        traits = people[_TRAITS, row]
        pool = traits >> 16
        if by_age:
            group = pick_weighted(threshold, alias, int(age_group[traits & 255]), int(words[0, at]), int(words[1, at]))
            pool = int(town[people[_ID, row]]) * threshold.shape[1] + group
        here = EVERYBODY if everywhere else present[setting, dated[_MINUTE, at]]
        dated[_MEMBER, at] = somebody_present(bounds, pool, here, int(words[2, at]), int(words[3, at]))
        if dated[_MEMBER, at] >= 0:
            prefetch(members, dated[_MEMBER, at])
    for at in range(kept):
        where = dated[_MEMBER, at]
        dated[_AIM, at] = int(members[where]) if where >= 0 else NOBODY


@part
def aim(kept, setting, layer, seed, world, people, dated, keys, stays, words):
    """Find at whom the candidates of a stream are made, or `NOBODY`."""
    if setting in PICKED:
        aim_at_pool(kept, setting, seed, use_of(_TARGET, setting, layer), world, people, dated, keys, stays, words)
    else:
        aim_at_slots(kept, world[PLACES], world[PLACE_MEMBERS], people, dated)
