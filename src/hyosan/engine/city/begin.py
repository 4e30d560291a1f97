"""Beginnings: who has been infected follows its course, and emits."""

from hyosan.engine.attempts import (
    BITE,
    DUE_DAY,
    EMISSION,
    INFECTOR,
    MOMENT,
    ORDINAL,
    TARGET,
    WINDOW,
    episode_of,
    moment,
    second_of,
    stream_of,
)
from hyosan.engine.city.emit import emit_block
from hyosan.engine.city.given import (
    ACTIVE,
    EPISODE,
    INFECTED_AT,
    MEMBERSHIP,
    PLACES,
    SYMPTOMATIC,
    SYMPTOMS_AT,
    TOWN,
    TRAITS,
    WARDS,
)
from hyosan.engine.city.progress import active_until, follow_block, write_transitions
from hyosan.engine.city.where import PICKED, age_of, capacity_of, place_of, ward_of
from hyosan.engine.crowd import episode_of_person
from hyosan.engine.scratch import MOST_VISITS, Person
from hyosan.jit import kernel, part, prefetch, routine
from hyosan.rules.mixing import variation
from hyosan.rules.progression import FOREVER, SUSCEPTIBLE
from hyosan.rules.random import Draw, draw, happens, use_of
from hyosan.units import day as DAY

_ACCEPT = int(Draw.ACCEPT)
_ID = int(Person.ID)
_INFECTED = int(Person.INFECTED)
_EPISODE = int(Person.EPISODE)
_WINDOW = int(Person.WINDOW)
_NEWLY = int(Person.NEWLY)
_BEGIN = int(Person.BEGIN)
_END = int(Person.END)
_VISITS = int(Person.VISITS)
_FACTOR = int(Person.FACTOR)
_TRAITS = int(Person.TRAITS)
_SPELL = int(Person.SPELL)
_UNTIL = int(Person.UNTIL)

UNVARIED = 1 << 16
"""Factor on infectiousness of people who do not vary [2**-16]."""

LOG_COLUMNS = 4
"""Second, infectee, infector, code: stream or kind, plus 32 times the route (of a bite the setting), plus 2**13 times
the episode."""
TRANSITION_COLUMNS = 4
"""Second, person, 256 times the state before plus the state after, episode."""
SPAN_COLUMNS = 4
"""First and last row among the fresh attempts, first and last among the transitions."""


@part
def route_of(row, seed, streams, world, attempts):
    """Index of the route by which an accepted attempt infects."""
    routes = streams[8]
    choice = 0
    if len(routes) > 1:
        stream_setting, stream_layer, route_chance = streams[0], streams[1], streams[7]
        traits, _, places, _, age_group = world[:5]
        stream = stream_of(attempts[row, MOMENT])
        setting = stream_setting[stream]
        infector = int(attempts[row, INFECTOR])
        size = int(age_group[age_of(traits, infector)])
        if setting not in PICKED:
            place = place_at(infector, episode_of(attempts[row, MOMENT]), setting, seed, world)
            size = min(capacity_of(places, place), route_chance.shape[1] - 1)
        episode = episode_of(attempts[row, MOMENT])
        use = use_of(_ACCEPT, setting, stream_layer[stream])
        words = draw(seed, use, infector, int(attempts[row, ORDINAL]), episode)
        while not happens(route_chance[setting, size, choice], words[3]):
            choice += 1
    return choice


@part
def place_at(infector, episode, setting, seed, world):
    """Place in which a person infects in a setting of places."""
    place = place_of(infector, setting, world[MEMBERSHIP], world[PLACES])
    if place < 0:
        return ward_of(infector, episode, seed, world[WARDS][0], world[WARDS][1])
    return place


@part
def write_infection(row, second, episode, seed, streams, world, attempts, log, at):
    """Write one infection, by an attempt or arrival."""
    stream = stream_of(attempts[row, MOMENT])
    route = 0
    if stream == BITE:
        route = attempts[row, ORDINAL]
    elif attempts[row, INFECTOR] >= 0:
        route = route_of(row, seed, streams, world, attempts)
    log[at, 0] = second
    log[at, 1] = attempts[row, TARGET]
    log[at, 2] = attempts[row, INFECTOR]
    log[at, 3] = stream | (route << 5) | (episode << 13)


@part
def prepare(count, end_of_run, seed, streams, people):
    """Say for everybody of a block when its window begins and ends, and its factor on infectiousness.

    A spell that begins far off is emitted later: its window becomes -1.
    """
    varies, table = streams[5], streams[6]
    for row in range(count):
        window = people[_WINDOW, row]
        spell = people[_SPELL, row]
        if people[_NEWLY, row] and spell != FOREVER and spell - people[_INFECTED, row] >= WINDOW:
            people[_WINDOW, row] = -1
        begin = min(spell + window * WINDOW, FOREVER)
        people[_BEGIN, row] = begin
        people[_END, row] = min(begin + WINDOW, people[_UNTIL, row], end_of_run)
        people[_FACTOR, row] = 0
        if people[_WINDOW, row] >= 0 and begin < people[_END, row]:
            people[_FACTOR, row] = UNVARIED
            if varies:
                people[_FACTOR, row] = variation(seed, people[_ID, row], people[_EPISODE, row], table)


@part
def file_windows(count, end_of_run, people, fresh, at):
    """Write for everybody of a block a row that emits the next window, if the spell lasts so long; the row after."""
    for row in range(count):
        window = people[_WINDOW, row] + 1
        second = people[_SPELL, row] + window * WINDOW
        if people[_SPELL, row] == FOREVER or second >= min(people[_UNTIL, row], end_of_run):
            continue
        if at < len(fresh):
            day = second // DAY
            fresh[at, TARGET] = window
            fresh[at, INFECTOR] = people[_ID, row]
            fresh[at, ORDINAL] = 0
            fresh[at, MOMENT] = moment(second - day * DAY, EMISSION, people[_EPISODE, row])
            fresh[at, DUE_DAY] = day
        at += 1
    return at


@routine
def emit_all(count, at, seed, end_of_run, streams, world, course, crowd, scratch, fresh, tally):
    """Emit the windows of a block of people who have been followed; the row after the last.

    If they do not fit into `fresh`, nothing has been counted, and the row after is beyond it.
    """
    people = scratch[0]
    prepare(count, end_of_run, seed, streams, people)
    after = emit_block(count, 1, at, seed, streams, world, course, crowd, scratch, fresh, tally)
    after = file_windows(count, end_of_run, people, fresh, after)
    if after > len(fresh):
        emit_block(count, -1, len(fresh), seed, streams, world, course, crowd, scratch, fresh, tally)
    return after


@part
def load_winners(count, first, day, winners, traits, people):
    """Put newly infected people into the scratch of a block."""
    for row in range(count):
        prefetch(traits, int(winners[first + row, TARGET]))
    for row in range(count):
        person = int(winners[first + row, TARGET])
        people[_ID, row] = person
        people[_INFECTED, row] = day * DAY + second_of(winners[first + row, MOMENT])
        people[_EPISODE, row] = 1
        people[_WINDOW, row] = 0
        people[_NEWLY, row] = 1
        people[_TRAITS, row] = traits[person]


@part
def load_emissions(count, first, emissions, crowd, traits, people):
    """Put people whose next window begins into the scratch of a block, without those infected anew; their count."""
    infected_at, episodes = crowd[INFECTED_AT], crowd[EPISODE]
    kept = 0
    for row in range(first, first + count):
        person = int(emissions[row, INFECTOR])
        episode = episode_of_person(episodes, person)
        if episode == episode_of(emissions[row, MOMENT]):
            people[_ID, kept] = person
            people[_INFECTED, kept] = infected_at[person]
            people[_EPISODE, kept] = episode
            people[_WINDOW, kept] = emissions[row, TARGET]
            people[_NEWLY, kept] = 0
            people[_TRAITS, kept] = traits[person]
            kept += 1
    return kept


@kernel
def begin(
    first,
    last,
    day,
    until,
    block,
    newly,
    # now
    seed,
    end_of_run,
    # reads
    rows,
    streams,
    world,
    course,
    # writes
    crowd,
    scratch,
    fresh,
    fresh_count,
    transitions,
    transition_count,
    log,
    spent,
    span,
    tally,
):
    """Begin the courses of the infected `first` to `last` of a day, or emit further windows of courses begun before.

    Args:
        block: People who are worked on together.
        newly: Whether rows are attempts that infect people who were never infected before; else they are emissions.

    Returns:
        (Rows done, fresh rows, transitions, fresh rows due before second `until` of the day); it stops before a block
        whose rows do not fit.
    """
    people, dated, keys, stays, words, ends, states = scratch[:7]
    traits = world[TRAITS]
    chained = 0
    for start in range(first, last, block):
        count = min(block, last - start)
        if newly:
            if len(transitions) > 0 and transition_count + count * MOST_VISITS > len(transitions):
                return start - first, fresh_count, transition_count, chained
            load_winners(count, start, day, rows, traits, people)
        else:
            count = load_emissions(count, start, rows, crowd, traits, people)
        prefetch_people(count, world, crowd, people)
        follow_block(count, seed, course, people, dated[0], keys, stays, words, ends, states)
        after = emit_all(count, fresh_count, seed, end_of_run, streams, world, course, crowd, scratch, fresh, tally)
        if after > len(fresh):
            return start - first, fresh_count, transition_count, chained
        if newly:
            for row in range(count):
                span[start + row, 0] = fresh_count
                span[start + row, 1] = after
            transition_count = keep(
                count,
                start,
                end_of_run,
                seed,
                rows,
                streams,
                world,
                course,
                crowd,
                scratch,
                transitions,
                transition_count,
                log,
                spent,
                span,
            )
            chained += due_before(fresh_count, after, day, until, fresh)
        fresh_count = after
    return last - first, fresh_count, transition_count, chained


@part
def prefetch_people(count, world, crowd, people):
    """Have what is known of the people of a block fetched while their courses are followed."""
    membership, town, symptoms_at = world[MEMBERSHIP], world[TOWN], crowd[SYMPTOMS_AT]
    for row in range(count):
        prefetch(membership, people[_ID, row])
        if len(town) > 0:
            prefetch(town, people[_ID, row])
        if len(symptoms_at) > 0:
            prefetch(symptoms_at, people[_ID, row])


@part
def due_before(first, last, day, until, fresh):
    """How many of the fresh rows `first` to `last` are due today before a second of the day."""
    due = 0
    for row in range(first, last):
        due += fresh[row, DUE_DAY] == day and second_of(fresh[row, MOMENT]) < until
    return due


@part
def keep(
    count, start, end_of_run, seed, winners, streams, world, course, crowd, scratch, transitions, at, log, spent, span
):
    """Write what becomes of a block of newly infected people: log, transitions, when they are over."""
    people, ends, states = scratch[0], scratch[5], scratch[6]
    symptoms_at = crowd[SYMPTOMS_AT]
    for row in range(count):
        person, second = people[_ID, row], people[_INFECTED, row]
        visits = people[_VISITS, row]
        span[start + row, 2] = at
        if len(transitions) > 0:
            at = write_transitions(
                visits, person, 1, second, SUSCEPTIBLE, end_of_run, ends[row], states[row], transitions, at
            )
        span[start + row, 3] = at
        write_infection(start + row, second, 1, seed, streams, world, winners, log, start + row)
        spent[start + row] = active_until(visits, ends[row], states[row], course[ACTIVE])
        if len(symptoms_at) > 0:
            symptoms_at[person] = onset_of(visits, second, ends[row], states[row], course[SYMPTOMATIC])
    return at


@part
def onset_of(count, second, ends, states, symptomatic):
    """When symptoms begin [s], or `FOREVER`."""
    for visit in range(count):
        if symptomatic[states[visit]]:
            return ends[visit - 1] if visit > 0 else second
    return FOREVER


@routine
def emit_one(
    person, infected, episode, sign, at, seed, end_of_run, streams, world, course, crowd, scratch, fresh, tally
):
    """Follow the course of one person and emit its first window; the row after the last.

    With the sign -1 nothing is written, and what was counted is taken back.
    """
    people, dated, keys, stays, words, ends, states = scratch[:7]
    people[_ID, 0] = person
    people[_INFECTED, 0] = infected
    people[_EPISODE, 0] = episode
    people[_WINDOW, 0] = 0
    people[_NEWLY, 0] = 1
    people[_TRAITS, 0] = world[TRAITS][person]
    follow_block(1, seed, course, people, dated[0], keys, stays, words, ends, states)
    if sign < 0:
        prepare(1, end_of_run, seed, streams, people)
        return emit_block(1, -1, len(fresh), seed, streams, world, course, crowd, scratch, fresh, tally)
    return emit_all(1, at, seed, end_of_run, streams, world, course, crowd, scratch, fresh, tally)


@kernel
def place_infections(
    first,
    last,
    # now
    seed,
    # reads
    log,
    settings,
    streams,
    world,
    crowd,
    # writes
    place,
):
    """Write the places of the infections `first` to `last` of a log, -1 where there is none.

    Args:
        settings: Setting of each stream or kind.
    """
    for row in range(first, last):
        setting = settings[log[row, 3] & 31]
        infector = int(log[row, 2])
        place[row] = -1
        if infector >= 0 and setting not in PICKED:
            place[row] = place_at(infector, int(log[row, 3]) >> 13, setting, seed, world)
