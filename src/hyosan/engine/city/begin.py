"""Beginnings: who has been infected follows its course, and emits."""

from hyosan.engine.attempts import (
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
from hyosan.engine.city.emit import emit_window
from hyosan.engine.city.where import PICKED, age_of, capacity_of, place_of, ward_of
from hyosan.engine.city.progress import MOST_VISITS, active_until, follow, follow_again, write_transitions
from hyosan.engine.crowd import episode_of_person
from hyosan.jit import kernel, part, routine
from hyosan.rules.progression import FOREVER, SUSCEPTIBLE
from hyosan.rules.random import Draw, draw, happens, use_of
from hyosan.units import day as DAY

_ACCEPT = int(Draw.ACCEPT)

LOG_COLUMNS = 4
"""Second, infectee, infector, code: stream or kind, plus 32 times the route, plus 2**13 times the episode."""
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
        traits, membership, places, _, age_group = world[:5]
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
    place = place_of(infector, setting, world[1], world[2])
    if place < 0:
        return ward_of(infector, episode, seed, world[13][0], world[13][1])
    return place


@part
def write_infection(row, second, episode, seed, streams, world, attempts, log, at):
    """Write one infection, by an attempt or arrival."""
    stream = stream_of(attempts[row, MOMENT])
    route = 0 if attempts[row, INFECTOR] < 0 else route_of(row, seed, streams, world, attempts)
    log[at, 0] = second
    log[at, 1] = attempts[row, TARGET]
    log[at, 2] = attempts[row, INFECTOR]
    log[at, 3] = stream | (route << 5) | (episode << 13)


@part
def emit_spell(
    person,
    infected,
    episode,
    window,
    begin,
    until,
    sign,
    at,
    # now
    seed,
    end_of_run,
    # reads
    streams,
    world,
    course,
    crowd,
    ends,
    states,
    # writes
    fresh,
    tally,
):
    """Emit one window of a spell, or file it for later if it is far off; file the next. The row after the last."""
    if begin >= end_of_run:
        return at
    if window > 0 or begin - infected < WINDOW:
        at = emit_window(
            person,
            infected,
            episode,
            window,
            begin + window * WINDOW,
            min(until, end_of_run),
            sign,
            at,
            seed,
            streams,
            world,
            course,
            crowd,
            ends,
            states,
            fresh,
            tally,
        )
        window += 1
    return file_window(person, episode, window, begin, until, end_of_run, at, fresh)


@routine
def emit_again(
    person,
    infected,
    episode,
    window,
    begin,
    until,
    sign,
    at,
    seed,
    end_of_run,
    streams,
    world,
    course,
    crowd,
    ends,
    states,
    fresh,
    tally,
):
    """`emit_spell`, compiled once for all who call it seldom."""
    return emit_spell(
        person,
        infected,
        episode,
        window,
        begin,
        until,
        sign,
        at,
        seed,
        end_of_run,
        streams,
        world,
        course,
        crowd,
        ends,
        states,
        fresh,
        tally,
    )


@part
def file_window(person, episode, window, begin, until, end_of_run, at, fresh):
    """A row that will emit a further window of a spell, if it lasts so long; the row after the last."""
    second = begin + window * WINDOW
    if second >= min(until, end_of_run):
        return at
    if at < len(fresh):
        fresh[at, TARGET] = window
        fresh[at, INFECTOR] = person
        fresh[at, ORDINAL] = 0
        fresh[at, MOMENT] = moment(second % DAY, EMISSION, episode)
        fresh[at, DUE_DAY] = second // DAY
    return at + 1


@kernel
def begin(
    first,
    last,
    day,
    until,
    # now
    seed,
    end_of_run,
    # reads
    winners,
    streams,
    world,
    course,
    # writes
    crowd,
    ends,
    states,
    fresh,
    fresh_count,
    transitions,
    transition_count,
    log,
    spent,
    span,
    tally,
):
    """Begin the courses of the infected `first` to `last` of a day, none of whom was infected before.

    Returns:
        (Infected done, fresh rows, transitions, fresh rows due before second `until` of the day); it stops before an
        infected person whose rows do not fit.
    """
    traits = world[0]
    active = course[8]
    symptoms_at = crowd[4]
    recording = len(transitions) > 0
    chained = 0
    for row in range(first, last):
        person = int(winners[row, TARGET])
        second = day * DAY + second_of(winners[row, MOMENT])
        if recording and transition_count + MOST_VISITS > len(transitions):
            return row - first, fresh_count, transition_count, chained
        count, spell_begin, spell_end = follow(person, 1, second, seed, traits, course, ends, states)
        written = emit_spell(
            person,
            second,
            1,
            0,
            spell_begin,
            spell_end,
            1,
            fresh_count,
            seed,
            end_of_run,
            streams,
            world,
            course,
            crowd,
            ends,
            states,
            fresh,
            tally,
        )
        if written > len(fresh):
            take_back(
                person,
                second,
                1,
                0,
                spell_begin,
                spell_end,
                seed,
                end_of_run,
                streams,
                world,
                course,
                crowd,
                ends,
                states,
                fresh,
                tally,
            )
            return row - first, fresh_count, transition_count, chained
        span[row, 0] = fresh_count
        span[row, 1] = written
        if spell_begin < day * DAY + until:
            for at in range(fresh_count, written):
                chained += fresh[at, DUE_DAY] == day and second_of(fresh[at, MOMENT]) < until
        span[row, 2] = transition_count
        fresh_count = written
        if recording:
            transition_count = write_transitions(
                count, person, 1, second, SUSCEPTIBLE, end_of_run, ends, states, transitions, transition_count
            )
        span[row, 3] = transition_count
        write_infection(row, second, 1, seed, streams, world, winners, log, row)
        spent[row] = active_until(count, ends, states, active)
        if len(symptoms_at) > 0:
            symptoms_at[person] = onset_of(count, second, ends, states, course)
    return last - first, fresh_count, transition_count, chained


@part
def take_back(
    person,
    infected,
    episode,
    window,
    begin,
    until,
    seed,
    end_of_run,
    streams,
    world,
    course,
    crowd,
    ends,
    states,
    fresh,
    tally,
):
    """Take back what a person's emission has put into the tally."""
    emit_again(
        person,
        infected,
        episode,
        window,
        begin,
        until,
        -1,
        len(fresh),
        seed,
        end_of_run,
        streams,
        world,
        course,
        crowd,
        ends,
        states,
        fresh,
        tally,
    )


@part
def onset_of(count, second, ends, states, course):
    """When symptoms begin [s], or `FOREVER`."""
    symptomatic = course[12]
    for visit in range(count):
        if symptomatic[states[visit]]:
            return ends[visit - 1] if visit > 0 else second
    return FOREVER


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


@kernel
def emit_windows(
    first,
    last,
    # now
    seed,
    end_of_run,
    # reads
    emissions,
    streams,
    world,
    course,
    crowd,
    # writes
    ends,
    states,
    fresh,
    fresh_count,
    tally,
):
    """Emit the later windows `first` to `last`; (windows done, fresh rows), stopping before one that does not fit."""
    traits = world[0]
    infected_at, episodes = crowd[0], crowd[1]
    for row in range(first, last):
        person = int(emissions[row, 1])
        window = int(emissions[row, 0])
        episode = episode_of_person(episodes, person)
        if episode != episode_of(emissions[row, 2]):
            continue
        infected = int(infected_at[person])
        _, spell_begin, spell_end = follow_again(person, episode, infected, seed, traits, course, ends, states)
        written = emit_again(
            person,
            infected,
            episode,
            window,
            spell_begin,
            spell_end,
            1,
            fresh_count,
            seed,
            end_of_run,
            streams,
            world,
            course,
            crowd,
            ends,
            states,
            fresh,
            tally,
        )
        if written > len(fresh):
            take_back(
                person,
                infected,
                episode,
                window,
                spell_begin,
                spell_end,
                seed,
                end_of_run,
                streams,
                world,
                course,
                crowd,
                ends,
                states,
                fresh,
                tally,
            )
            return row - first, fresh_count
        fresh_count = written
    return last - first, fresh_count
