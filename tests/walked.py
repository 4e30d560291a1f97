"""Runs in small buildings: a hall, and a house of three storeys, with people put here and there who leave."""

from __future__ import annotations

from functools import cache

import numpy as np

from hyosan.engine.building.building import Building
from hyosan.engine.building.crowd import Crowd, Errand, ToExits
from hyosan.engine.building.ground import ground_of
from hyosan.engine.building.measuring import in_ring
from hyosan.engine.building.outcome import outcome_of
from hyosan.engine.building.tables import names_of, tables_of
from hyosan.floorplan import text
from hyosan.records.run import taken

HALL = """
name hall
title Assembly hall
cell 0.5
room h hall hall Assembly hall
room l lobby corridor Lobby
zone z middle area
gate g across
storey Ground 0
####################
#..................#
#........zzzz......##########
#........zzzz......D........#
#.h......zzzz......D..l.....E
#........zzzz......D....g...E
#........zzzz......##########
#..................#
###########EE#######
"""

HOUSE = """
name house
title Three storeys
cell 0.5
room a east classroom
room b west classroom
room c corridor corridor
room d upper-east classroom
room e upper-west classroom
room f upper-corridor corridor
room g top-east classroom
room h top-west classroom
room i top-corridor corridor

storey Ground 0
########################
#..........#...........#
#.b........#........a..#
#........o.#...........#
#..........#...........#
#####D###########D######
E.....................c#
E......................#
##11#############22#####

storey First 3.4
########################
#..........#...........#
#.e........#........d..#
#..........#...........#
#..........#...........#
#####D###########D######
#.....................f#
#......................#
##11##33##44#####22#####

storey Second 6.8
########################
#..........#...........#
#.h........#........g..#
#..........#...........#
#..........#...........#
#####D###########D######
#.....................i#
#......................#
######33##44############
"""


def scattered(plan, people, seed=1, apart=0.5, rooms=None):
    """Rooms and places of people who stand at least so far apart, clear of walls and obstacles."""
    free = []
    for row, room in enumerate(plan.rooms):
        if rooms is not None and row not in rooms:
            continue
        xs, ys = zip(*room.outline, strict=True)
        grid = np.stack(
            np.meshgrid(
                np.arange(min(xs) + 0.35, max(xs) - 0.3, apart), np.arange(min(ys) + 0.35, max(ys) - 0.3, apart)
            ),
            axis=-1,
        ).reshape(-1, 2)
        inside = np.ones(len(grid), bool)
        for shift in ((0, 0), (0.3, 0.3), (0.3, -0.3), (-0.3, 0.3), (-0.3, -0.3)):
            inside &= in_ring(room.outline, grid + shift)
            for hole in room.holes:
                inside &= ~in_ring(hole, grid + shift)
            for thing in plan.obstacles:
                if thing.room == row:
                    inside &= ~in_ring(thing.outline, grid + shift)
        free += [(row, x, y) for x, y in grid[inside]]
    picked = np.random.default_rng(seed).permutation(len(free))[:people]
    found = np.array(free)[picked]
    return found[:, 0].astype(np.int64), found[:, 1:]


def building_of(plan, people, *, seed=1, seconds=120.0, pause=10.0, rooms=None, **more):
    """A building after a while in which everybody has set out within `pause` seconds."""
    room, place = scattered(plan, people, seed, rooms=rooms)
    count = len(room)
    chance = np.random.default_rng(seed + 1)
    level = np.clip(chance.normal(1.34, 0.26, count), 0.6, 2.0)
    crowd = Crowd(
        room=room,
        place=place,
        speed=np.stack([level, 0.5 * level, 0.6 * level], axis=1),
        goals=(ToExits(),),
        errands=tuple(Errand(float(time), row, 0) for row, time in enumerate(chance.uniform(0, pause, count))),
        sits=np.arange(count) % 3 == 0,
    )
    building = Building(ground_of(plan), crowd, seed=seed, **more)
    building.run(seconds)
    return building


def records_of(building, plan, title=""):
    """Records of a building as far as it has come."""
    tables = tables_of(building, plan)
    summary = {
        "scenario": plan.name,
        "seed": 1,
        "people": len(building.crowd.room),
        **outcome_of(building, plan),
        "steps": int(building.state.clock[0]),
        "wall_s": building.wall_s,
        "digest": "0" * 64,
        "ended": "2026-03-02T09:00:00",
    }
    manifest = {
        "status": "finished",
        "finished": True,
        "seed": 1,
        "start": "2026-03-02T09:00:00",
        "simulated_s": building.now,
        "scenario": {"name": plan.name, "title": title or plan.title},
        "kinds": ["person"],
        "summary": summary,
    }
    return taken(manifest, tables, names_of(plan))


@cache
def hall():
    """The hall, its building after a minute and a half, and its records."""
    plan = text.loads(HALL)
    building = building_of(plan, 90, seconds=90)
    return plan, building, records_of(building, plan)


@cache
def house():
    """The house of three storeys likewise."""
    plan = text.loads(HOUSE)
    building = building_of(plan, 150, seconds=150)
    return plan, building, records_of(building, plan)
