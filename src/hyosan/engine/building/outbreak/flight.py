"""Flight: where people run or hide by what they know of danger, and when they stand and fight."""

from hyosan.engine.building.columns import (
    HASTE,
    HEADWAY,
    IN,
    LEVEL_SPEED,
    OTHER,
    PATIENCE,
    ROOM,
    STANDING,
    STEP,
    X,
    Y,
)
from hyosan.engine.building.given import BODY_ROWS, PLACE_ROWS, SIDE_ROWS, WHO_ROWS
from hyosan.engine.building.outbreak.columns import (
    AT,
    BOLD,
    CALM_LEG,
    EVACUATE,
    FIGHTING,
    HELPFUL,
    HELPING,
    HELPS,
    HIDING_LIKED,
    HOME,
    LOCK_DOWN,
    MEMORIES,
    MODE,
    ORDERED,
    ROOM_TO,
    RUNNING,
    SCREAM,
    SIBLING,
    TICKS,
    TRIED,
    WHOSE,
)
from hyosan.engine.building.outbreak.given import (
    MEMORY_ROWS,
    MIND_ROWS,
    NERVE_ROWS,
    REFUGE_ROWS,
    TRAIT_ROWS,
)
from hyosan.engine.building.outbreak.memory import FRESH, danger_near, is_alive
from hyosan.engine.building.outbreak.moving import follow_path, stay, take_mode
from hyosan.engine.building.outbreak.paths import ANY_ROOM, OUT, REFUGE, danger_in, find_path, keep_path
from hyosan.engine.building.outbreak.sounds import make_sound
from hyosan.engine.building.outbreak.writing import note_deed
from hyosan.engine.building.routes import FAR_OFF
from hyosan.jit import float_part, float_routine
from hyosan.rules.codes import Deed, Mind, Sound

CORNERED = 6.0
"""Whoever has no way out stands and fights if a hunter is so near [m]; assumed."""

PINNED, PINNED_FOR = 2.5, 2.0
"""Whoever has not got on for so long [s], with a hunter so near [m], fights; assumed."""

TOGETHER, ENOUGH = 3.0, 3
"""Bold people attack if so many others are so near [m]; assumed."""

BESIDE = 4.0
"""People help whoever is so near [m]; assumed."""

SLOW, HELPED = 0.8, 1.3
"""Slow is who has less than this share of one's own speed; with help one is so many times as fast [1]; assumed."""

BRISK = 1.2
"""Haste of who leaves as told [1]; assumed."""

RUNNERS_GAP = 0.4
"""Who runs keeps this share of the usual time gap [1]; assumed: at 3 m/s it would else keep 3 m."""

AWAY_FROM_IT = 2.0
"""Whoever has a hunter before its eyes runs out that much rather than hide [1]; assumed."""

THINKS_AGAIN, CARELESS = 2.0, 4.0
"""Who runs thinks again after so long, and after so much more if nothing is new [s]; assumed."""

_FLEEING, _SEEKING, _FIGHTING = int(Mind.FLEEING), int(Mind.SEEKING), int(Mind.FIGHTING)
_TO_REFUGE, _SECURING, _HIDING = int(Mind.TO_REFUGE), int(Mind.SECURING), int(Mind.HIDING)
_SCREAM = int(Sound.SCREAM)
_HELPED = int(Deed.HELPED)


@float_routine
def set_pace(person, haste, headway, people):
    """Let somebody be so much faster than it walks, and keep so much less to others."""
    body = people[BODY_ROWS]
    body[person, HASTE], body[person, HEADWAY] = haste, headway


@float_routine
def run_pace(person, people, lie, outbreak):
    """Let somebody run."""
    nerve, trait = lie[NERVE_ROWS], outbreak[TRAIT_ROWS]
    # Some run faster than others, whatever their walk is.
    set_pace(person, nerve[RUNNING] * (0.9 + 0.2 * trait[person, CALM_LEG]), RUNNERS_GAP, people)


@float_routine
def scream_at_sight(person, clock, people, lie, outbreak, tables):
    """Scream, if nothing was seen for a while."""
    place, who, nerve = people[PLACE_ROWS], people[WHO_ROWS], lie[NERVE_ROWS]
    make_sound(
        *(_SCREAM, nerve[SCREAM], place[person, X], place[person, Y], who[person, IN], person, clock[STEP]),
        *(outbreak, tables),
    )


@float_part
def _out_is_better(person, out_cost, hide_cost, near, nerve, outbreak):
    """Whether somebody rather runs out than hides."""
    mind, trait = outbreak[MIND_ROWS], outbreak[TRAIT_ROWS]
    weight = nerve[HIDING_LIKED] * (0.5 + trait[person, BOLD])
    if near < FAR_OFF:
        weight *= AWAY_FROM_IT
    weight *= 1.0 + mind[person, TRIED]
    if mind[person, ORDERED] == LOCK_DOWN + 1:
        weight *= 0.4
    elif mind[person, ORDERED] == EVACUATE + 1:
        weight *= 2.5
    return out_cost <= weight * hide_cost


@float_part
def _companions(person, people):
    """Others near by in the same room who are not hunters."""
    place, who = people[PLACE_ROWS], people[WHO_ROWS]
    found = 0
    for other in range(len(who)):
        if other != person and who[other, IN] == who[person, IN] and is_alive(other, who):
            dx, dy = place[other, X] - place[person, X], place[other, Y] - place[person, Y]
            if dx * dx + dy * dy < TOGETHER * TOGETHER:
                found += 1
    return found


@float_part
def _stand_and_fight(person, clock, people, lie, outbreak, tables):
    """Fight, where one stands or at a hunter that many can overcome."""
    take_mode(person, _FIGHTING, clock[STEP] + int(lie[NERVE_ROWS][TICKS]), clock, people[WHO_ROWS], outbreak, tables)
    set_pace(person, 1.0, RUNNERS_GAP, people)
    stay(person, STANDING, clock, people, outbreak)
    # And tries again to get away.
    people[BODY_ROWS][person, PATIENCE] = 0.0


@float_part
def _take_along(person, clock, people, lie, outbreak, tables):
    """Help the nearest who is slow and has no help."""
    place, who, body, mind = people[PLACE_ROWS], people[WHO_ROWS], people[BODY_ROWS], outbreak[MIND_ROWS]
    if mind[person, HELPS] >= 0 or outbreak[TRAIT_ROWS][person, HELPFUL] < 1.0 - lie[NERVE_ROWS][HELPING]:
        return
    least, found = BESIDE * BESIDE, -1
    for other in range(len(who)):
        if other == person or who[other, IN] != who[person, IN] or not is_alive(other, who):
            continue
        if mind[other, HELPS] != -1 or body[other, LEVEL_SPEED] >= SLOW * body[person, LEVEL_SPEED]:
            continue
        dx, dy = place[other, X] - place[person, X], place[other, Y] - place[person, Y]
        if dx * dx + dy * dy < least:
            least, found = dx * dx + dy * dy, other
    if found >= 0:
        mind[person, HELPS], mind[found, HELPS] = found, -2 - person
        note_deed(_HELPED, person, found, clock, who, outbreak, tables)


@float_part
def _pace_of_flight(person, people, lie, outbreak):
    """Run: with whom one helps, at the pace of both; who is helped is faster."""
    body, mind = people[BODY_ROWS], outbreak[MIND_ROWS]
    run_pace(person, people, lie, outbreak)
    other = mind[person, HELPS]
    if other >= 0:
        shared = HELPED * body[other, LEVEL_SPEED] / body[person, LEVEL_SPEED]
        body[person, HASTE] = min(body[person, HASTE], lie[NERVE_ROWS][RUNNING] * shared)
    elif other < -1:
        body[person, HASTE] *= HELPED


@float_routine
def run_out(person, last, clock, people, lie, outbreak, work, tables):
    """Run out of the building."""
    keep_path(person, last, outbreak, work)
    again = THINKS_AGAIN + 0.1 * (person % 20)
    take_mode(
        person, _FLEEING, clock[STEP] + int(again * lie[NERVE_ROWS][TICKS]), clock, people[WHO_ROWS], outbreak, tables
    )
    _take_along(person, clock, people, lie, outbreak, tables)
    _pace_of_flight(person, people, lie, outbreak)
    follow_path(person, clock, people, outbreak)


@float_routine
def go_and_hide(person, last, row, clock, people, lie, outbreak, work, tables):
    """Go to a room to hide in."""
    keep_path(person, last, outbreak, work)
    outbreak[MIND_ROWS][person, ROOM_TO] = row
    again = THINKS_AGAIN + 0.1 * (person % 20)
    take_mode(
        person, _TO_REFUGE, clock[STEP] + int(again * lie[NERVE_ROWS][TICKS]), clock, people[WHO_ROWS], outbreak, tables
    )
    _pace_of_flight(person, people, lie, outbreak)
    follow_path(person, clock, people, outbreak)


@float_part
def _seeks(person, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Whether somebody goes to look for its brother or sister."""
    mind, who = outbreak[MIND_ROWS], people[WHO_ROWS]
    other = mind[person, SIBLING]
    if other < 0 or mind[other, HOME] < 0 or mind[person, MODE] == _SEEKING:
        return False
    mind[person, SIBLING] = -2 - other  # once
    row = mind[other, HOME]
    if row == who[person, IN] or danger_in(person, row, clock[STEP], lie[NERVE_ROWS], outbreak) > 0.0:
        return False
    _, _, _, _, last, cost = find_path(person, ANY_ROOM, row, clock, law, ground, doors, people, lie, outbreak, work)
    if last < 0 or cost > 60.0:
        return False
    keep_path(person, last, outbreak, work)
    mind[person, ROOM_TO] = row
    take_mode(person, _SEEKING, clock[STEP] + int(5 * lie[NERVE_ROWS][TICKS]), clock, who, outbreak, tables)
    run_pace(person, people, lie, outbreak)
    follow_path(person, clock, people, outbreak)
    return True


@float_routine
def attacks(person, clock, people, lie, outbreak):
    """Whether somebody bold attacks the one hunter in its room, with others."""
    nerve, memory, mind = lie[NERVE_ROWS], outbreak[MEMORY_ROWS], outbreak[MIND_ROWS]
    if outbreak[TRAIT_ROWS][person, BOLD] < 1.0 - nerve[FIGHTING]:
        return False
    hunters = 0
    for number in range(MEMORIES):
        fresh = clock[STEP] - memory[person, number, AT] <= FRESH * nerve[TICKS]
        if memory[person, number, WHOSE] >= 0 and fresh:
            hunters += 1
    return hunters == 1 and mind[person, MODE] != _HIDING and _companions(person, people) >= ENOUGH


@float_routine
def choose_flight(person, seed, clock, law, ground, doors, people, lie, outbreak, work, tables):
    """Decide where to run, or to hide, or to stand and fight."""
    nerve, mind, who = lie[NERVE_ROWS], outbreak[MIND_ROWS], people[WHO_ROWS]
    near = danger_near(person, clock, ground, doors, people, lie, outbreak)
    pinned = near < PINNED and people[BODY_ROWS][person, PATIENCE] > PINNED_FOR
    if pinned or (near < FAR_OFF and attacks(person, clock, people, lie, outbreak)):
        _stand_and_fight(person, clock, people, lie, outbreak, tables)
        return
    if near >= FAR_OFF and _seeks(person, clock, law, ground, doors, people, lie, outbreak, work, tables):
        return
    row = who[person, IN]
    out, out_cost, hide, hide_cost, _, _ = find_path(
        person, OUT + REFUGE, -1, clock, law, ground, doors, people, lie, outbreak, work
    )
    here = lie[REFUGE_ROWS][row]
    stays = here >= 0.0 and near >= FAR_OFF and here <= hide_cost
    if stays:
        hide_cost = here
    if out >= 0 and _out_is_better(person, out_cost, hide_cost, near, nerve, outbreak):
        run_out(person, out, clock, people, lie, outbreak, work, tables)
    elif stays:
        mind[person, ROOM_TO] = row
        take_mode(person, _SECURING, clock[STEP] + 1, clock, who, outbreak, tables)
        set_pace(person, BRISK, RUNNERS_GAP, people)
        stay(person, STANDING, clock, people, outbreak)
    elif hide >= 0 and hide_cost < FAR_OFF:
        target = ground[SIDE_ROWS][ground[SIDE_ROWS][hide, OTHER], ROOM]
        go_and_hide(person, hide, target, clock, people, lie, outbreak, work, tables)
    elif near < CORNERED:
        _stand_and_fight(person, clock, people, lie, outbreak, tables)
    else:
        take_mode(person, _HIDING, clock[STEP] + int(5 * nerve[TICKS]), clock, who, outbreak, tables)
        stay(person, STANDING, clock, people, outbreak)
