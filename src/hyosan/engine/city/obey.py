"""Obedience: whether an order that is in force refuses an attempt that would else infect."""

from hyosan.engine.attempts import INFECTOR, MOMENT, ORDINAL, TARGET, episode_of, stream_of
from hyosan.engine.city.given import MEMBERSHIP, ORDER_ROWS, PLACE_MEMBERS, PLACES, SETTING, TRAITS, WHEREABOUTS
from hyosan.engine.city.where import (
    DWELLING,
    FIRST,
    MEMBERS,
    NOWHERE,
    PARENT,
    TEAM,
    minute_of,
    schedule_of,
    setting_of,
)
from hyosan.interventions.closure import is_lesson, is_work
from hyosan.interventions.curfew import in_hours, is_forbidden
from hyosan.interventions.gatherings import is_gathering
from hyosan.interventions.isolation import isolated
from hyosan.interventions.masks import held_back
from hyosan.interventions.quarantine import quarantined
from hyosan.jit import part, routine
from hyosan.rules.codes import Reason, Setting
from hyosan.rules.random import CERTAIN, Draw, draw, happens, purpose_of, use_of
from hyosan.units import day as DAY

KIND, BEGIN, UNTIL, NUMBER, CHANCE, SECOND_CHANCE, THIRD_CHANCE, DELAY, DURATION, HOURS_FROM, HOURS_UNTIL = range(11)
AREA, AMOUNT, MANTISSA, SHIFT = range(11, 15)
"""Columns of orders: kind, from when until when [s], number for draws, up to three chances [2**-30], delay and duration
[s], hours of a curfew [s of the day]; where people hunt, districts as bits or a building, units, seats or room, and the
mean gap of patrols."""
ORDER_COLUMNS = 15

ISOLATE, QUARANTINE, SCHOOLS, WORKPLACES, GATHERINGS, CURFEW, MASKS, VACCINATE, TRACE = range(9)
WARN, CORDON, PATROL, EVACUATE, SHELTER = range(9, 14)
"""Kinds of orders; none of the second row keeps anybody at home."""

ORDER_LAYER = 64
"""Layers from here on belong to the order of number layer - 64, and to pupils."""

_ADHERENCE = purpose_of(Draw.ADHERENCE)
_PLACE_ADHERENCE = purpose_of(Draw.PLACE_ADHERENCE)
_ORDER = int(Draw.ORDER)
_HOME = int(Setting.HOME)
_CARE = int(Setting.CARE)
_HOSPITAL = int(Setting.HOSPITAL)
_SCHOOL = int(Setting.SCHOOL)
_NONE = int(Reason.NONE)
_INFECTOR_ELSEWHERE = int(Reason.INFECTOR_ELSEWHERE)
_TARGET_ELSEWHERE = int(Reason.TARGET_ELSEWHERE)
_LAYER = int(Reason.LAYER)
_SCHOOL_CLOSED = int(Reason.SCHOOL_CLOSED)
_WORKPLACE_CLOSED = int(Reason.WORKPLACE_CLOSED)
_CURFEW = int(Reason.CURFEW)
_ISOLATED = int(Reason.ISOLATED)
_QUARANTINED = int(Reason.QUARANTINED)
_TRACED = int(Reason.TRACED)
_GATHERING = int(Reason.GATHERING)
_MASKED = int(Reason.MASKED)
_ANY = 255


@part
def takes_part(seed, use, who, number, chance):
    """Whether a person or place takes part in an order."""
    if chance == 0 or chance == CERTAIN:
        return chance == CERTAIN
    return happens(chance, draw(seed, use, who, number, 0)[0])


@part
def workplace_of(person, membership, places):
    """The site of a person's team, or the team, or `NOWHERE`; schools, wards and care homes are none."""
    team = membership[person, TEAM]
    if team < 0:
        return NOWHERE
    larger = places[team, PARENT]
    if larger < 0:
        return team
    where = setting_of(places, larger)
    return NOWHERE if where in (_SCHOOL, _HOSPITAL, _CARE) else larger


@part
def workplace_is_closed(person, number, chance, seed, membership, places):
    """Whether a person's workplace is one of those that an order closes."""
    place = workplace_of(person, membership, places)
    return place >= 0 and takes_part(seed, _PLACE_ADHERENCE, place, number, chance)


@part
def household_is_ill(person, second, delay, duration, symptoms_at, membership, places, members):
    """Whether a household is in quarantine because of one of its members."""
    home = membership[person, DWELLING]
    if home < 0 or setting_of(places, home) != _HOME:
        return False
    for slot in range(places[home, FIRST], places[home, FIRST] + places[home, MEMBERS]):
        if quarantined(second, symptoms_at[members[slot]] + delay, duration):
            return True
    return False


@part
def reason_at_home(person, setting, second, offset, seed, orders, world, symptoms_at):
    """First reason for which an order keeps a person at home who would else be in a setting, or 0."""
    rows, traced_from, traced_until = orders
    membership, places, members = world[MEMBERSHIP], world[PLACES], world[PLACE_MEMBERS]
    found = _ANY
    for row in range(len(rows)):
        if not rows[row, BEGIN] <= second < rows[row, UNTIL]:
            continue
        kind, number, chance = rows[row, KIND], rows[row, NUMBER], rows[row, CHANCE]
        reason = _ANY
        if kind == SCHOOLS:
            if is_lesson(setting):
                reason = _SCHOOL_CLOSED
        elif kind == WORKPLACES:
            if is_work(setting) and workplace_is_closed(person, number, chance, seed, membership, places):
                reason = _WORKPLACE_CLOSED
        elif kind == CURFEW:
            clock = (second + offset) % DAY
            on = is_forbidden(setting) and in_hours(clock, rows[row, HOURS_FROM], rows[row, HOURS_UNTIL])
            if on and takes_part(seed, _ADHERENCE, person, number, chance):
                reason = _CURFEW
        elif kind == ISOLATE:
            ill = isolated(second, int(symptoms_at[person]), rows[row, DELAY])
            if ill and takes_part(seed, _ADHERENCE, person, number, chance):
                reason = _ISOLATED
        elif kind == QUARANTINE:
            home = membership[person, DWELLING]
            if household_is_ill(
                person, second, rows[row, DELAY], rows[row, DURATION], symptoms_at, membership, places, members
            ) and takes_part(seed, _PLACE_ADHERENCE, home, number, chance):
                reason = _QUARANTINED
        elif kind == TRACE and traced_from[person] <= second < traced_until[person]:
            reason = _TRACED
        found = min(found, reason)
    return found if found != _ANY else _NONE


@part
def is_at_home(person, schedule, minute, second, offset, everywhere, where, seed, orders, world, symptoms_at):
    """Whether a person is at home, by its schedule or because an order keeps it there."""
    if everywhere:
        return True
    setting = int(where[schedule, minute])
    if setting == _HOME:
        return True
    return reason_at_home(person, setting, second, offset, seed, orders, world, symptoms_at) > 0


@part
def lives_there(person, setting, membership, places):
    """Whether a person is in a setting because it lives or lies there, so that no order sends it away."""
    if setting == _CARE:
        dwelling = membership[person, DWELLING]
        return dwelling >= 0 and setting_of(places, dwelling) == _CARE
    if setting == _HOSPITAL:
        team = membership[person, TEAM]
        return team < 0 or places[team, PARENT] < 0 or setting_of(places, places[team, PARENT]) != _HOSPITAL
    return False


@part
def thinned(row, setting, layer, second, seed, orders, attempts):
    """`Reason` of an order that lets only some attempts through, or 0.

    Of several limits on gatherings each lets its share through, whatever the others do. A person wears one mask: that
    of the last order which it follows.
    """
    rows = orders[ORDER_ROWS]
    infector, target = int(attempts[row, INFECTOR]), int(attempts[row, TARGET])
    through = CERTAIN
    infector_mask = -1
    target_mask = -1
    for order in range(len(rows)):
        if rows[order, BEGIN] <= second < rows[order, UNTIL]:
            if rows[order, KIND] == GATHERINGS and is_gathering(setting):
                through = (through * (CERTAIN - rows[order, CHANCE])) >> 30
            if rows[order, KIND] == MASKS:
                number, wearing = rows[order, NUMBER], rows[order, CHANCE]
                if takes_part(seed, _ADHERENCE, infector, number, wearing):
                    infector_mask = order
                if takes_part(seed, _ADHERENCE, target, number, wearing):
                    target_mask = order
    if through == CERTAIN and infector_mask < 0 and target_mask < 0:
        return _NONE
    episode = episode_of(attempts[row, MOMENT])
    words = draw(seed, use_of(_ORDER, setting, layer), infector, int(attempts[row, ORDINAL]), episode)
    if happens(CERTAIN - through, words[0]):
        return _GATHERING
    control = rows[infector_mask, SECOND_CHANCE] if infector_mask >= 0 else 0
    protection = rows[target_mask, THIRD_CHANCE] if target_mask >= 0 else 0
    if held_back(control, protection, words[1], words[2]):
        return _MASKED
    return _NONE


@part
def order_refusal(row, second, seed, streams, world, orders, symptoms_at, attempts):
    """`Reason` for which orders refuse an attempt that would else infect, or 0.

    People whom an order keeps at home can be infected there at hours at which their schedule has them elsewhere.
    """
    rows = orders[ORDER_ROWS]
    everywhere, offset, weekday = world[WHEREABOUTS][:3]
    where, traits = world[WHEREABOUTS][SETTING], world[TRAITS]
    stream = stream_of(attempts[row, MOMENT])
    setting, layer = streams[0][stream], streams[1][stream]
    infector, target = int(attempts[row, INFECTOR]), int(attempts[row, TARGET])
    if layer >= ORDER_LAYER:
        order = layer - ORDER_LAYER
        if not rows[order, BEGIN] <= second < rows[order, UNTIL]:
            return _LAYER
    if setting == _HOME:
        minute = 0 if everywhere else minute_of(second, offset, weekday)
        schedule = schedule_of(traits, infector)
        if not is_at_home(
            infector, schedule, minute, second, offset, everywhere, where, seed, orders, world, symptoms_at
        ):
            return _INFECTOR_ELSEWHERE
        schedule = schedule_of(traits, target)
        if not is_at_home(
            target, schedule, minute, second, offset, everywhere, where, seed, orders, world, symptoms_at
        ):
            return _TARGET_ELSEWHERE
        return _NONE
    reason = _ANY
    for person in (infector, target):
        if not lives_there(person, setting, world[MEMBERSHIP], world[PLACES]):
            own = reason_at_home(person, setting, second, offset, seed, orders, world, symptoms_at)
            if own > 0:
                reason = min(reason, own)
    if reason != _ANY:
        return reason
    return thinned(row, setting, layer, second, seed, orders, attempts)


@routine
def order_refusal_again(row, second, seed, streams, world, orders, symptoms_at, attempts):
    """`order_refusal`, compiled once for whoever calls it seldom."""
    return order_refusal(row, second, seed, streams, world, orders, symptoms_at, attempts)
