"""Which way a person turns, how fast it walks, and where that would bring it."""

from hyosan.engine.building.aim import GIVES_UP, door_aim, field_aim
from hyosan.engine.building.columns import (
    AIM_X,
    AIM_Y,
    AIMED,
    CORNER,
    DOWN_SPEED,
    DT,
    FEAR_X,
    FEAR_Y,
    FLOW,
    FORESIGHT,
    GOAL,
    GROUP,
    GROUP_FAR,
    GROUP_NEAR,
    HALF,
    HASTE,
    HEAD_X,
    HEAD_Y,
    HEADWAY,
    IN,
    KEEPING_RIGHT,
    KIND,
    LEFT,
    LEVEL_SPEED,
    LINGER,
    NEEDS,
    ONCOMING,
    OTHER,
    PATIENCE,
    POSTURE,
    REACH,
    RIGHTWARD,
    SEEN_SPEED,
    SIDE,
    SPACE,
    SPEED,
    SPOT,
    SPOT_FIELD,
    SPOT_ROOM,
    SPOT_X,
    SPOT_Y,
    SQUEEZE,
    SWING,
    TIME_GAP,
    TOUCHING,
    TURNING,
    UP_SPEED,
    UPWARD,
    USUAL,
    WALKING,
    WALL_GAP,
    WALL_TIME,
    X,
    Y,
)
from hyosan.engine.building.leaving import see_leavers
from hyosan.engine.building.seeing import ROOM_TO_SEE, is_crossed, is_opposed, see_people, see_walls
from hyosan.jit import float_loop, float_part, float_routine, float_rule
from hyosan.rules.plane import length_of
from hyosan.rules.walking import headway_speed, slide_speed, wall_speed

HEADINGS = 12
CLEAR = 0.95
"""Who can go straight ahead at this share of the free speed does not look aside [1]."""

PUSHING, PUSH, PUSHES = 2.0, 0.25, 5
"""Who is crossed pushes after so many times the patience [1], at this share of the free speed [1], in turn along the
first so many headings of the fan; assumed: crowds that meet on a landing do get past each other."""

NEARLY, FORWARD = 0.9, 9
"""Whoever is farther than an arm's length counts only if on one of the first so many headings nobody is as near as this
[m]; assumed: nobody looks past the throng that one stands in."""

SWINGS_OUT, SWINGS_BACK, WIDEST = 2.0, 1.0, 10.0
"""How fast a person that is held up makes for a place farther out at corners [m/s], comes back to the shortest way
[m/s], and how far out at most [m]; assumed."""

BESIDE = 0.3
"""A wall is beside a way that leads toward it at less than about so much [cosine]."""

OPEN_WAY = 1e30


@float_part
def _aim(person, room, tile, side, gate, waiting, far, way, wide, spot, spot_place, place, who, body):
    """Where a person makes for, how far the door or spot is [m], and whether it goes straight to its spot."""
    x, y, row, this = place[person, X], place[person, Y], who[person, IN], who[person, SIDE]
    if who[person, AIMED] == 1:
        to_x, to_y = body[person, AIM_X], body[person, AIM_Y]
        return to_x, to_y, length_of(to_x - x, to_y - y), True
    swing, kept, patience = body[person, SWING], who[person, CORNER], body[person, PATIENCE]
    if this >= 0:
        to_x, to_y, left, _, who[person, CORNER] = door_aim(
            x, y, row, this, swing, kept, patience, room, tile, side, gate, waiting, far, way, wide
        )
        return to_x, to_y, left, False
    mark = who[person, SPOT]
    if mark < 0 or spot[mark, SPOT_ROOM] != row:
        return x, y, 0.0, False
    to_x, to_y = spot_place[mark, SPOT_X], spot_place[mark, SPOT_Y]
    if spot[mark, SPOT_FIELD] < 0:
        left = length_of(to_x - x, to_y - y)
        return to_x, to_y, left, True
    to_x, to_y, left, seen, who[person, CORNER] = field_aim(
        x, y, row, spot[mark, SPOT_FIELD], to_x, to_y, to_x, to_y, swing, kept, patience, room, tile, far, way, wide
    )
    return to_x, to_y, left, seen


@float_rule
def _walking_speed(row, this, person, room, side, body):
    """Speed at which a person would walk alone where it is [m/s]."""
    if room[row, KIND] == 0:
        return body[person, LEVEL_SPEED]
    return body[person, UP_SPEED] if this >= 0 and side[this, UPWARD] == 1 else body[person, DOWN_SPEED]


@float_rule
def speed_in(row, this, person, room, side, body):
    """Free speed of a person where it is, with the haste that it has [m/s]."""
    return body[person, HASTE] * _walking_speed(row, this, person, room, side, body)


@float_rule
def group_share(lead, near, far):
    """Share of its free speed at which a person walks who is so far ahead of the last of its group [m].

    Source:
        Assumed: falls evenly from 1 to 0 between two leads.
    """
    return min(1.0, max(0.0, (far - lead) / (far - near)))


@float_rule
def swung(swing, pace, free, patience, dt):
    """How far beside the shortest way a person makes for corners, after a step [m].

    Who is slower than it would walk looks for room farther out; who is not, or does not get on that way, comes back.

    Source:
        Assumed: so crowds use the breadth of a wide corridor at its corner (RiMEA 4.1.1, test 15).
    """
    if patience > GIVES_UP:
        return 0.0
    if pace < CLEAR * free:
        return min(swing + SWINGS_OUT * dt * (1.0 - pace / free), WIDEST)
    return max(swing - SWINGS_BACK * dt, 0.0)


@float_part
def _ahead(cosine, sine, first, last, gap, seen, piece):
    """The smaller of `gap` and the distance to the nearest of those seen who is on a straight way [m]."""
    for number in range(first, last):
        dx, dy = seen[piece, 0, number], seen[piece, 1, number]
        along, across = cosine * dx + sine * dy, cosine * dy - sine * dx
        half = seen[piece, 4, number]
        if along > 0.0 and across < half and across > -half and along < gap:
            gap = along
    return gap


@float_part
def _wall_limit(cosine, sine, free, count, walls, piece, law):
    """Largest speed that near walls allow in a direction [m/s]."""
    limit = OPEN_WAY
    for number in range(count):
        approach = cosine * walls[piece, 0, number] + sine * walls[piece, 1, number]
        if approach > 0.0:
            most = wall_speed(walls[piece, 2, number], approach, law[WALL_GAP], law[WALL_TIME])
            # Who goes almost along a wall slides past its corners.
            slides = walls[piece, 3, number] > 0.0
            limit = min(limit, max(most, slide_speed(approach, free)) if slides else most)
    return limit


@float_part
def _room_beside(cosine, sine, want_x, want_y, count, walls, piece, law):
    """Largest speed aside that leaves walls beside the way their distance [m/s]: nobody turns aside to slide along one.

    It counts for which heading is chosen, not for how fast one walks then. Walls ahead do not count: past their ends
    one slides.
    """
    limit = OPEN_WAY
    for number in range(count):
        approach = cosine * walls[piece, 0, number] + sine * walls[piece, 1, number]
        ahead = want_x * walls[piece, 0, number] + want_y * walls[piece, 1, number]
        if approach > 0.0 and ahead < BESIDE:
            limit = min(limit, max(0.0, walls[piece, 2, number] - law[WALL_GAP]) / (approach * law[WALL_TIME]))
    return limit


@float_loop
def _look_round(first, last, seen_x, seen_y, flow_x, flow_y, breadth, cosines, sines, now, then, foresight):
    """For each heading the distance to the nearest on it, now, and as others are reckoned to have gone on [m]."""
    for number in range(first, last):
        dx, dy, fx, fy, half = seen_x[number], seen_y[number], flow_x[number], flow_y[number], breadth[number]
        for heading in range(HEADINGS):
            along = cosines[heading] * dx + sines[heading] * dy
            across = cosines[heading] * dy - sines[heading] * dx
            later = along + foresight * (cosines[heading] * fx + sines[heading] * fy)
            ahead = (along > 0.0) & (across < half) & (across > -half)
            gap = along if ahead else OPEN_WAY
            hoped = later if ahead else OPEN_WAY
            now[heading] = gap if gap < now[heading] else now[heading]
            then[heading] = hoped if hoped < then[heading] else then[heading]


@float_part
def _best_heading(person, want_x, want_y, free, count, beyond, wall_count, seen, walls, fans, fan, piece, law, body):
    """Heading and speed of a person whose straight way is not free; (cosine, sine, speed)."""
    for heading in range(HEADINGS):
        fans[piece, 0, heading] = want_x * fan[heading, 0] - want_y * fan[heading, 1]
        fans[piece, 1, heading] = want_x * fan[heading, 1] + want_y * fan[heading, 0]
        fans[piece, 2, heading] = OPEN_WAY
        fans[piece, 3, heading] = OPEN_WAY
    far = False
    for turn in range(2):
        first, last = 0, count
        if turn == 1:
            first, last = ROOM_TO_SEE - beyond, ROOM_TO_SEE
        _look_round(
            *(first, last, seen[piece, 0], seen[piece, 1], seen[piece, 2], seen[piece, 3], seen[piece, 4]),
            *(fans[piece, 0], fans[piece, 1], fans[piece, 2], fans[piece, 3], law[FORESIGHT]),
        )
        for heading in range(FORWARD):
            far = far or fans[piece, 2, heading] >= NEARLY
        # In a throng somebody near stands on every way: who is farther away does not count.
        if not far:
            break
    gap_time = law[TIME_GAP] * body[person, HEADWAY]
    rightward = law[KEEPING_RIGHT] if is_opposed(count, want_x, want_y, seen, piece) else law[RIGHTWARD]
    best, found, pace = -OPEN_WAY, 0, 0.0
    for heading in range(HEADINGS):
        cosine, sine = fans[piece, 0, heading], fans[piece, 1, heading]
        limit = min(free, _wall_limit(cosine, sine, free, wall_count, walls, piece, law))
        speed = headway_speed(fans[piece, 2, heading], law[SPACE], gap_time, limit)
        if heading > 0:
            limit = min(limit, _room_beside(cosine, sine, want_x, want_y, wall_count, walls, piece, law))
        hoped = headway_speed(fans[piece, 3, heading], law[SPACE], gap_time, limit)
        turned = 1.0 - (cosine * body[person, HEAD_X] + sine * body[person, HEAD_Y])
        shied = cosine * body[person, FEAR_X] + sine * body[person, FEAR_Y]
        score = hoped * fan[heading, 0] - free * (law[TURNING] * turned + rightward * fan[heading, 1] - shied)
        if score > best:
            best, found, pace = score, heading, speed
    if pace <= 0.0:
        # Who stands faces where it wants to go, and is not kept from it by what turning would cost.
        return want_x, want_y, 0.0
    return fans[piece, 0, found], fans[piece, 1, found], pace


@float_rule
def _pushing_way(person, want_x, want_y, fan, body):
    """Where everybody waits for everybody, people push, each second another way."""
    turned = (int(body[person, PATIENCE]) + person) % PUSHES
    return want_x * fan[turned, 0] - want_y * fan[turned, 1], want_x * fan[turned, 1] + want_y * fan[turned, 0]


@float_part
def _free_pace(person, this, law, room, side, group_left, who, body):
    """Speed at which a person would walk alone, or with its group [m/s]."""
    free = speed_in(who[person, IN], this, person, room, side, body)
    if who[person, GROUP] >= 0:
        lead = group_left[who[person, GROUP]] - body[person, LEFT]
        free *= group_share(lead, law[GROUP_NEAR], law[GROUP_FAR])
    return free


@float_part
def _way_behind(person, this, law, route, who):
    """Length of the way to somebody's goal behind the side that it makes for [m]; 0 for who has none."""
    known = this >= 0 and who[person, GOAL] >= 0
    return law[USUAL] * route[who[person, GOAL], this] if known else 0.0


@float_routine
def turn_and_walk(
    first,
    last,
    piece,
    step,
    # reads
    law,
    fan,
    room,
    tile,
    side,
    gate,
    open_side,
    waiting,
    leavers,
    wall,
    wall_side,
    wall_first,
    wall_near,
    far,
    way,
    wide,
    spot,
    spot_place,
    route,
    group_left,
    walkers,
    near,
    over,
    over_side,
    place,
    who,
    # writes
    body,
    moved,
    flow,
    close,
    seen,
    walls,
    fans,
):
    """Say of walkers in rows `first` to `last` where they would be after a step if nobody stood in the way.

    Args:
        moved: Written: that place, (people, 2) [m].
        flow: Written: what others will see, columns `FLOW_X` to `MAKES_FOR`, (people, 4).
        step: Now.
        piece: Row of `seen`, `walls` and `fans` to work in.
    """
    for turn in range(first, last):
        person = walkers[turn]
        x, y = place[person, X], place[person, Y]
        moved[person, 0], moved[person, 1] = x, y
        flow[person, 0], flow[person, 1], flow[person, 2], flow[person, 3] = 0.0, 0.0, 0.0, -1.0
        if who[person, POSTURE] != WALKING:
            continue
        row = who[person, IN]
        to_x, to_y, left, final = _aim(
            person, room, tile, side, gate, waiting, far, way, wide, spot, spot_place, place, who, body
        )
        distance = length_of(to_x - x, to_y - y)
        if distance <= 0.0:
            body[person, SPEED] = 0.0
            continue
        want_x, want_y, this = (to_x - x) / distance, (to_y - y) / distance, who[person, SIDE]
        body[person, LEFT] = left + _way_behind(person, this, law, route, who)
        free = _free_pace(person, this, law, room, side, group_left, who, body)
        free = min(free, distance / law[DT]) if final else free
        hurried = body[person, PATIENCE] > law[LINGER]
        half = law[SQUEEZE] * law[HALF] if hurried else law[HALF]
        count, beyond = see_people(
            *(person, this, left, want_x, want_y, half, law[ONCOMING], hurried, side, gate, place, who),
            *(near, over, over_side, law[REACH], law[TOUCHING], step, close, seen, piece),
        )
        if this >= 0 and side[this, OTHER] < 0 and gate[this, FLOW] == 0.0:
            count, beyond = see_leavers(
                x, y, this, step, want_x, want_y, half, law, gate, leavers, seen, piece, count, beyond
            )
        wall_count = see_walls(
            *(person, this, who[person, NEEDS], row, room, tile, wall, wall_side, wall_first, wall_near, open_side),
            *(place, walls, piece),
        )
        gap = _ahead(want_x, want_y, 0, count, OPEN_WAY, seen, piece)
        if gap >= NEARLY:
            gap = _ahead(want_x, want_y, ROOM_TO_SEE - beyond, ROOM_TO_SEE, gap, seen, piece)
        limit = min(free, _wall_limit(want_x, want_y, free, wall_count, walls, piece, law))
        pace = headway_speed(gap, law[SPACE], law[TIME_GAP] * body[person, HEADWAY], limit)
        cosine, sine, shies = want_x, want_y, body[person, FEAR_X] != 0.0 or body[person, FEAR_Y] != 0.0
        if pace < CLEAR * free or shies:
            cosine, sine, pace = _best_heading(
                person, want_x, want_y, free, count, beyond, wall_count, seen, walls, fans, fan, piece, law, body
            )
        if body[person, PATIENCE] > PUSHING * law[LINGER] and is_crossed(count, want_x, want_y, seen, piece):
            cosine, sine = _pushing_way(person, want_x, want_y, fan, body)
            pace = max(pace, PUSH * free)
        body[person, SWING] = swung(body[person, SWING], pace, free, body[person, PATIENCE], law[DT])
        reckoned = max(pace, min(free, law[SEEN_SPEED]))
        flow[person, 0], flow[person, 1] = want_x * reckoned, want_y * reckoned
        flow[person, 2], flow[person, 3] = left, this
        body[person, HEAD_X], body[person, HEAD_Y], body[person, SPEED] = cosine, sine, pace
        moved[person, 0], moved[person, 1] = x + cosine * pace * law[DT], y + sine * pace * law[DT]
