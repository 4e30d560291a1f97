"""An outbreak before the first step: what people are like, what doors stand, how sound gets through walls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.engine.building.cells import leave_cell
from hyosan.engine.building.chance import share_of, words_of
from hyosan.engine.building.columns import IN, POSTURE, ROLE, ROOM_OF
from hyosan.engine.building.outbreak import columns as c
from hyosan.engine.building.outbreak.acoustics import behind_walls
from hyosan.engine.building.outbreak.moving import NEVER
from hyosan.engine.building.outbreak.state import Lie, OutbreakArrays
from hyosan.engine.building.outbreak.turns import BY_ANIMAL
from hyosan.floorplan.plan import OPEN_AIR, OUTSIDE, DoorState, RoomKind
from hyosan.rules.codes import Mind, Posture
from hyosan.rules.perception import reaches
from hyosan.rules.random import CERTAIN, Draw, draw, use_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hyosan.engine.building.ground import Ground
    from hyosan.engine.building.outbreak.plan import Outbreak
    from hyosan.engine.building.state import BuildingState
    from hyosan.floorplan.plan import Door

MOST_SOUNDS = 512
"""Sounds of a step that are heard; more are lost."""

NO_REFUGE = (
    *OPEN_AIR,
    RoomKind.CORRIDOR,
    RoomKind.STAIRWELL,
    RoomKind.HALL,
    RoomKind.LIFT,
)
"""Kinds of rooms in which nobody hides by choice."""

UNLOCKED_REFUGE, SMALL_REFUGE, DOOR_OF_REFUGE = 80.0, 25.0, 10.0
"""What hiding costs in a room [s] without a lock, beyond 35 s with one; less than 8 m² besides; and for each door more
than one; assumed: weighed against the time of the way out."""

LOCKED_REFUGE, SMALL = 35.0, 8.0

TEACHER = "teacher"
"""Who has the keys that pupils have not."""

IN_TICKS = (c.MEMORY, c.HESITATION, c.LOCK_TIME, c.SNEAK_AFTER, c.HUNTER_LOSES, c.PAUSE, c.SHOTS, c.RESPONSE_AFTER)
IN_TENTHS = (*(c.SCREAM, c.FOOTSTEPS, c.BANG, c.PHONE, c.GROWL, c.BAR_LOSS, c.SPEECH, c.HUNTER_EAR),)
IN_CHANCES = (c.FEND, c.TAKES, c.HIT, c.RESPONSE_SHARE)
LOCK_FIRST, LOCK_SECOND, LEAF, KEY = 1, 2, 4, 8
"""Of `locks`."""


def begin_outbreak(
    ground: Ground, state: BuildingState, outbreak: Outbreak, dt: float, seed: int
) -> tuple[OutbreakArrays, Lie]:
    """The arrays of an outbreak; people and doors of the building are prepared for it.

    Args:
        ground: Of the building.
        state: Of the building before the first step; hunters and officers in it are made what they are.
        outbreak: What is planned.
        dt: Length of a step [s].
        seed: Of the run.
    """
    lie = _lie(ground, state, outbreak, dt, seed)
    arrays = _arrays(ground, state, outbreak, lie, dt, seed)
    who, mind = state.people.who, arrays.mind
    for person in outbreak.hunters:
        mind[person, c.TURNS_AT] = 0
        who[person, ROLE] = c.BITTEN
    for bite in outbreak.first:
        mind[bite.person, c.BITTEN_AT] = round(bite.time / dt)
        mind[bite.person, c.BITTEN_BY] = BY_ANIMAL
        lie.turn_after[bite.person] = -1 if bite.turn_after < 0 else max(1, round(bite.turn_after / dt))
    for officer in outbreak.officers:
        _take_away(officer.person, state)
        who[officer.person, ROLE] = c.POLICE
        mind[officer.person, c.MODE] = Mind.WAITING
        mind[officer.person, [c.ENTERS_AT, c.DUE]] = round(officer.time / dt)
        mind[officer.person, c.ENTERS_BY] = ground.sides_of_door[officer.door, 0]
    arrays.count[c.NEXT_TURN] = 0
    return arrays, lie


def _take_away(person: int, state: BuildingState) -> None:
    """Put somebody outside, until it comes in."""
    people = state.people
    leave_cell(person, people.who, people.head, people.following)
    people.who[person, [IN, POSTURE]] = -1, Posture.GONE
    people.place[person, :2] = 1e9 + 10.0 * person, 1e9
    people.place[person, ROOM_OF] = -1.0
    for rows in (people.moved, people.pressed, people.based):
        rows[person] = people.place[person, :2]


def nerves(outbreak: Outbreak, dt: float) -> NDArray[np.float64]:
    """What is the same for all, as kernels take it, columns `SIGHT` to `QUIETEST`, (columns,)."""
    nerve = np.zeros(c.NERVE_COLUMNS)
    for column, value in outbreak.nerve.items():
        nerve[column] = value
    nerve[list(IN_TICKS)] = np.rint(nerve[list(IN_TICKS)] / dt)
    nerve[list(IN_TENTHS)] = np.rint(10 * nerve[list(IN_TENTHS)])
    nerve[list(IN_CHANCES)] = np.rint(CERTAIN * nerve[list(IN_CHANCES)])
    for column in (c.HALF_VIEW, c.HUNTERS_HALF_VIEW):
        # The cosine of half the angle, rounded, so that machines agree.
        nerve[column] = round(float(np.cos(np.radians(nerve[column] / 2))), 6)
    nerve[c.TICKS] = max(1, round(1.0 / dt))
    nerve[c.MEMORY] = max(nerve[c.MEMORY], 1.0)
    return nerve


def _lie(ground: Ground, state: BuildingState, outbreak: Outbreak, dt: float, seed: int) -> Lie:
    """What does not change."""
    plan = ground.plan
    rooms = len(ground.room)
    locks = _locks(ground, outbreak.locked_doors, seed)
    noise = np.full(rooms, round(10 * outbreak.background), np.int64)
    for row, room in enumerate(plan.rooms):
        if room.background_noise is not None:
            noise[row] = round(10 * room.background_noise)
    bit = np.full(len(ground.side), LOCK_FIRST, np.int64)
    bit[ground.sides_of_door[ground.sides_of_door[:, 1] >= 0, 1]] = LOCK_SECOND
    loss = [outbreak.door_loss if door.sound_loss is None else door.sound_loss for door in plan.doors]
    first, beside, lost = behind_walls(ground, outbreak.wall_loss, outbreak.floor_loss)

    def steps(seconds: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.where(seconds < 0, -1, np.maximum(1, np.rint(seconds / dt))).astype(np.int64)

    order = [
        (round(each.time / dt), each.kind, each.door, round(CERTAIN * each.credible))
        for each in sorted(outbreak.orders, key=lambda order: order.time)
    ]
    nerve = nerves(outbreak, dt)
    nerve[c.QUIETEST] = min(nerve[c.HUNTER_EAR], float(noise.min()) + nerve[c.SPEECH])
    return Lie(
        nerve=nerve,
        turn_after=steps(outbreak.turn_after),
        tire_after=steps(outbreak.tire_after),
        usual=state.doors.passable[: len(plan.doors)].copy(),
        refuge=_refuges(ground, locks),
        locks=locks,
        bit=bit,
        strong=np.array([outbreak.strength if door.strength is None else door.strength for door in plan.doors], float),
        loss=np.array([round(10 * each) for each in loss], np.int64),
        glazed=np.array([door.transparent for door in plan.doors], np.int64),
        noise=noise,
        reaches=reaches(),
        beside_first=first,
        beside=beside,
        beside_loss=lost,
        floor=ground.kind,
        span=_spans(ground),
        order=np.array(order, np.int64).reshape(-1, 4),
    )


def _spans(ground: Ground) -> NDArray[np.int64]:
    """First wall of each room, and behind its last, (rooms, 2)."""
    return np.array(ground.spans, np.int64).reshape(-1, 2)


def _locks(ground: Ground, share: float, seed: int) -> NDArray[np.int64]:
    """From which sides doors can be locked without a key, whether teachers have one, and whether there is a leaf."""
    plan = ground.plan
    found = np.zeros(len(plan.doors), np.int64)
    for row, door in enumerate(plan.doors):
        if not door.leaf or door.state is DoorState.BROKEN:
            continue
        found[row] = LEAF | (KEY if TEACHER in door.keys else 0)
        words = draw(seed, use_of(int(Draw.LOCKABLE), 0, 0), row, 0, 0)
        if share_of(words[0], words[1]) >= share:
            continue
        for place, room in enumerate(_first_inside(door)):
            inside = room != OUTSIDE and plan.rooms[room].kind not in NO_REFUGE
            if inside and (not door.locks_from or place in door.locks_from):
                found[row] |= LOCK_SECOND if place == 1 else LOCK_FIRST
    return found


def _first_inside(door: Door) -> tuple[int, int]:
    """Rooms of a door, the first not outside, as its sides are numbered."""
    return door.rooms if door.rooms[0] != OUTSIDE else (door.rooms[1], door.rooms[0])


def _refuges(ground: Ground, locks: NDArray[np.int64]) -> NDArray[np.float64]:
    """What hiding in each room costs [s], -1 where nobody hides, (rooms,)."""
    plan = ground.plan
    found = np.full(len(ground.room), -1.0)
    for row, room in enumerate(plan.rooms):
        doors = [number for number, door in enumerate(plan.doors) if row in door.rooms]
        if room.kind in NO_REFUGE or not doors or not all(locks[number] & LEAF for number in doors):
            continue
        inside = [LOCK_SECOND if _first_inside(plan.doors[number])[1] == row else LOCK_FIRST for number in doors]
        locked = all(locks[number] & bit for number, bit in zip(doors, inside, strict=True))
        cost = (LOCKED_REFUGE if locked else UNLOCKED_REFUGE) + DOOR_OF_REFUGE * (len(doors) - 1)
        found[row] = cost + (SMALL_REFUGE if room.area < SMALL else 0.0)
    return found


def _arrays(ground: Ground, state: BuildingState, outbreak: Outbreak, lie: Lie, dt: float, seed: int) -> OutbreakArrays:
    """What changes."""
    people, doors, rooms = len(state.people.who), len(ground.plan.doors), len(ground.room)
    mind = np.full((people, c.MIND_COLUMNS), -1, np.int64)
    mind[:, [c.MODE, c.SINCE, c.STAGE, c.EVIDENCE, c.PATH_LENGTH, c.PATH_AT, c.DECISIONS]] = 0
    mind[:, [c.STRIKES, c.READY, c.ORDERED, c.TRIED]] = 0
    mind[:, c.DUE] = 0 if lie.nerve[c.DRIFT] else NEVER
    mind[:, c.SEEN_AT] = -(1 << 30)
    mind[:, c.HOME] = state.people.who[:, IN]
    if outbreak.leads is not None:
        mind[outbreak.leads, c.LEADER] = c.LEADS
    _pair_siblings(mind, outbreak, seed)
    door, load = np.zeros((doors, 6), np.int64), np.zeros((doors, 3))
    door[:, [c.LOCKED_BY, c.CARED_BY]] = -1
    door[:, c.BARRED] = [each.state is DoorState.BARRICADED for each in ground.plan.doors]
    count = np.zeros(c.COUNT_COLUMNS, np.int64)
    count[[c.FIRST_CALL, c.RESPONDED]] = NEVER
    count[c.SIGHTS_STALE] = 1
    memory = np.full((people, c.MEMORIES, 3), -1, np.int64)
    memory[:, :, c.AT] = -(1 << 40)
    return OutbreakArrays(
        mind=mind,
        trait=_traits(people, seed) if outbreak.traits is None else outbreak.traits.copy(),
        memory=memory,
        memory_place=np.zeros((people, c.MEMORIES, 2)),
        tried=np.full((people, c.TRIED_DOORS), -1, np.int64),
        path=np.full((people, c.LONGEST_PATH), -1, np.int32),
        to=np.zeros((people, 2)),
        door=door,
        load=load,
        sound=np.zeros((MOST_SOUNDS, 6)),
        count=count,
        visible=np.zeros((rooms, rooms), np.uint8),
    )


def _traits(people: int, seed: int) -> NDArray[np.float64]:
    """What people are like, evenly spread from 0 to 1, (people, 6)."""
    found = np.zeros((people, 6))
    use = use_of(int(Draw.TRAITS), 0, 0)
    drawn = zip(words_of(seed, use, people), words_of(seed, use, people, 1), strict=True)
    for person, (first, second) in enumerate(drawn):
        found[person] = [word / 2**32 for word in (*first, *second[:2])]
    return found


def _pair_siblings(mind: NDArray[np.int64], outbreak: Outbreak, seed: int) -> None:
    """Make brothers and sisters of pupils, two by two."""
    if outbreak.pupils is None or outbreak.siblings <= 0:
        return
    pupils = np.flatnonzero(outbreak.pupils)
    words = words_of(seed, use_of(int(Draw.TRAITS), 0, 0), len(mind), 1)
    have = sorted((words[person][3], int(person)) for person in pupils if words[person][2] / 2**32 < outbreak.siblings)
    for (_, one), (_, other) in zip(have[::2], have[1::2], strict=False):
        mind[one, c.SIBLING], mind[other, c.SIBLING] = other, one
