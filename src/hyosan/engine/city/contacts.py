"""Contacts: whom cases have met, told by the attempts that they emitted, emitted once more.

Attempts are a function of person, episode and second of the infection; so nobody has to keep those that infected
nobody. What thins them for the sake of infection, how much the infector sheds and how susceptible the target is, does
not undo a contact, nor does a mask. What keeps either away does: schedules, the state of the case, and orders.
"""

from hyosan.engine.attempts import INFECTOR, MOMENT, ORDINAL, TARGET, moment
from hyosan.engine.city.aim import NOBODY, aim
from hyosan.engine.city.begin import prepare
from hyosan.engine.city.dates import begin_stream, date_attempts
from hyosan.engine.city.emit import is_there
from hyosan.engine.city.given import (
    EVERYWHERE,
    MEMBERSHIP,
    ORDER_ROWS,
    PLACE_MEMBERS,
    PLACES,
    PRESENT,
    SENT_HOME,
    SETTING,
    TRAITS,
    WARD_INFECTS,
    WHEREABOUTS,
)
from hyosan.engine.city.obey import (
    BEGIN,
    CHANCE,
    DELAY,
    KIND,
    NUMBER,
    SCHOOLS,
    UNTIL,
    WORKPLACES,
    order_refusal_again,
    workplace_is_closed,
)
from hyosan.engine.city.progress import follow_block, visit_at
from hyosan.engine.city.where import CLASS, DWELLING, FIRST, MEMBERS, TEAM, minute_of
from hyosan.engine.scratch import BLOCK, Candidate, Person, draw_all
from hyosan.jit import kernel, part
from hyosan.rules.codes import Reason, Setting
from hyosan.rules.random import CERTAIN, Draw, happens, use_of
from hyosan.units import day as DAY

CASE = 4
"""Column of a contact, behind those of the attempt: row of the case."""
CONTACT_COLUMNS = 5

CASE_ORDER, CASE_PERSON, CASE_SECOND, CASE_EPISODE, CASE_INFECTED, CASE_UNTIL = range(6)
"""Columns of cases: number of the order, person, when contacts are to be home [s], episode, second of the infection
[s], and when what the case does no longer belongs to it [s]: it is infected anew, or traced."""
CASE_COLUMNS = 6

_EMIT = int(Draw.EMIT)
_ACCEPT = int(Draw.ACCEPT)
_NONE = int(Reason.NONE)
_MASKED = int(Reason.MASKED)
_HOME = int(Setting.HOME)
_ID = int(Person.ID)
_INFECTED = int(Person.INFECTED)
_EPISODE = int(Person.EPISODE)
_WINDOW = int(Person.WINDOW)
_NEWLY = int(Person.NEWLY)
_BEGIN = int(Person.BEGIN)
_END = int(Person.END)
_FACTOR = int(Person.FACTOR)
_TRAITS = int(Person.TRAITS)
_BIT = int(Person.BIT)
_ROW = int(Candidate.ROW)
_ATTEMPT = int(Candidate.ORDINAL)
_SECOND = int(Candidate.SECOND)
_SLOT = int(Candidate.SLOT)
_MINUTE = int(Candidate.MINUTE)
_AIM = int(Candidate.TARGET)


@part
def load_cases(count, first, cases, traits, people):
    """Put cases into the scratch of a block."""
    for row in range(count):
        person = int(cases[first + row, CASE_PERSON])
        people[_ID, row] = person
        people[_INFECTED, row] = cases[first + row, CASE_INFECTED]
        people[_EPISODE, row] = cases[first + row, CASE_EPISODE]
        people[_WINDOW, row] = 0
        people[_NEWLY, row] = 0
        people[_TRAITS, row] = traits[person]


@part
def cut_windows(count, first, cases, people):
    """End the windows of a block where those of the cases end; how many have anything of theirs before that."""
    left = 0
    for row in range(count):
        people[_END, row] = min(people[_END, row], cases[first + row, CASE_UNTIL])
        if people[_BEGIN, row] >= people[_END, row]:
            people[_FACTOR, row] = 0
        left += people[_FACTOR, row] > 0
    return left


@part
def keep_present(found, course, whereabouts, people, ends, states, dated):
    """Keep the candidates whose infector takes part; the count of them."""
    present = course[PRESENT]
    everywhere, offset, weekday = whereabouts[:3]
    kept = 0
    for at in range(found):
        row, second = dated[_ROW, at], dated[_SECOND, at]
        state = states[row, visit_at(second, ends[row])]
        if (present[state] >> people[_BIT, row]) & 1:
            dated[_ROW, kept] = row
            dated[_ATTEMPT, kept] = dated[_ATTEMPT, at]
            dated[_SECOND, kept] = second
            dated[_SLOT, kept] = dated[_SLOT, at]
            if not everywhere:
                dated[_MINUTE, kept] = minute_of(second, offset, weekday)
            kept += 1
    return kept


@part
def draw_levels(kept, seed, use, people, dated, keys, stays, words):
    """Draw which of the candidates a layer below its bound has."""
    for at in range(kept):
        row = dated[_ROW, at]
        keys[at] = (people[_ID, row] << 32) | dated[_ATTEMPT, at]
        stays[at] = people[_EPISODE, row]
    draw_all(kept, seed, use, keys, stays, words)


@part
def write_met(
    kept, stream, setting, level, first, at, seed, streams, world, orders, symptoms_at, people, dated, words, met
):
    """Write the candidates that are contacts; the row after the last, beyond the array if they do not fit."""
    traits, moved = world[TRAITS], world[SENT_HOME]
    everywhere, where = world[WHEREABOUTS][EVERYWHERE], world[WHEREABOUTS][SETTING]
    for row in range(kept):
        if level < CERTAIN and not happens(level, int(words[2, row])):
            continue
        person, target = dated[_ROW, row], dated[_AIM, row]
        if target == NOBODY or target == people[_ID, person]:
            continue
        if is_there(row, setting, target, traits, where, everywhere, moved, people, dated) > 0:
            continue
        if at >= len(met):
            return len(met) + 1
        second = dated[_SECOND, row]
        met[at, TARGET] = target
        met[at, INFECTOR] = people[_ID, person]
        met[at, ORDINAL] = dated[_ATTEMPT, row]
        met[at, MOMENT] = moment(second % DAY, stream, people[_EPISODE, person])
        met[at, CASE] = first + person
        reason = order_refusal_again(at, second, seed, streams, world, orders, symptoms_at, met)
        at += reason in (_NONE, _MASKED)
    return at


@part
def meet_in_stream(stream, count, first, at, seed, streams, world, course, orders, symptoms_at, scratch, met):
    """Write whom a block of cases met in one stream; the row after the last."""
    people, dated, keys, stays, words, ends, states, accept, pick = scratch
    setting, layer, level = streams[0][stream], streams[1][stream], streams[4][stream]
    whereabouts = world[WHEREABOUTS]
    use = use_of(_EMIT, setting, layer)
    left = begin_stream(stream, count, seed, streams, world, course[WARD_INFECTS], people)
    while left > 0:
        found, left = date_attempts(left, setting, seed, use, whereabouts, people, keys, stays, words, dated)
        kept = keep_present(found, course, whereabouts, people, ends, states, dated)
        if level < CERTAIN:
            draw_levels(kept, seed, use_of(_ACCEPT, setting, layer), people, dated, keys, stays, accept)
        aim(kept, setting, layer, seed, world, people, dated, keys, stays, pick)
        at = write_met(
            kept,
            stream,
            setting,
            level,
            first,
            at,
            seed,
            streams,
            world,
            orders,
            symptoms_at,
            people,
            dated,
            accept,
            met,
        )
    return at


@part
def is_open_place(person, column, second, seed, membership, places, rows):
    """Whether no order closes a person's class or workplace at a second."""
    for row in range(len(rows)):
        if rows[row, BEGIN] <= second < rows[row, UNTIL]:
            if column == CLASS and rows[row, KIND] == SCHOOLS:
                return False
            if column == TEAM and rows[row, KIND] == WORKPLACES:
                number, chance = rows[row, NUMBER], rows[row, CHANCE]
                if workplace_is_closed(person, number, chance, seed, membership, places):
                    return False
    return True


@part
def list_members(row, at, seed, cases, world, rows, met):
    """Write whom the dwelling, the class and the team of a case name; the row after the last."""
    membership, places, members = world[MEMBERSHIP], world[PLACES], world[PLACE_MEMBERS]
    person = int(cases[row, CASE_PERSON])
    onset = cases[row, CASE_SECOND] - rows[cases[row, CASE_ORDER], DELAY]
    for column in (DWELLING, CLASS, TEAM):
        place = membership[person, column]
        if place < 0 or not is_open_place(person, column, onset, seed, membership, places, rows):
            continue
        if at + places[place, MEMBERS] > len(met):
            return len(met) + 1
        for slot in range(places[place, FIRST], places[place, FIRST] + places[place, MEMBERS]):
            if members[slot] != person:
                met[at, TARGET] = members[slot]
                met[at, CASE] = row
                at += 1
    return at


@kernel
def meet(
    first,
    last,
    # now
    seed,
    end_of_run,
    # reads
    cases,
    streams,
    world,
    course,
    orders,
    symptoms_at,
    # writes
    scratch,
    met,
    met_count,
):
    """Write the contacts of the cases `first` to `last`, from row `met_count` on; some more than once.

    At home whom a case met is who lives there.

    Returns:
        (Cases done, rows written); it stops before a block whose contacts do not fit.
    """
    people, dated, keys, stays, words, ends, states = scratch[:7]
    at = met_count
    for start in range(first, last, BLOCK):
        count = min(BLOCK, last - start)
        load_cases(count, start, cases, world[TRAITS], people)
        follow_block(count, seed, course, people, dated[0], keys, stays, words, ends, states)
        after = at
        while True:
            prepare(count, end_of_run, seed, streams, people)
            if cut_windows(count, start, cases, people) == 0:
                break
            for stream in range(len(streams[0])):
                if streams[0][stream] != _HOME:
                    after = meet_in_stream(
                        stream, count, start, after, seed, streams, world, course, orders, symptoms_at, scratch, met
                    )
            for row in range(count):
                people[_WINDOW, row] += 1
        for row in range(start, start + count):
            after = list_members(row, after, seed, cases, world, orders[ORDER_ROWS], met)
        if after > len(met):
            return start - first, at
        at = after
    return last - first, at
