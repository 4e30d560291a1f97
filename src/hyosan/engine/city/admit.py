"""Admission: transitions and attempts in order of (second, tie draw, infector), each seeing what came before."""

from hyosan.engine.attempts import (
    ARRIVALS,
    CODE,
    CURSOR,
    EMISSION,
    HEAP,
    IMPORTATION,
    INFECTIONS,
    LINK,
    NEED,
    ORDINAL,
    ROWS,
    SECOND,
    SLOT,
    SORTED,
    START,
    TRANSITION,
    TRANSITIONS,
    WHO,
    WINDOW,
    file_record,
    room,
)
from hyosan.engine.city.emit import emit_person
from hyosan.engine.city.progress import file_stay, progress, write_transition
from hyosan.engine.city.refuse import refuse
from hyosan.engine.city.resolve import resolve_attempt
from hyosan.engine.today import before, pop, push, tally_row
from hyosan.jit import kernel, part
from hyosan.rules.codes import Route, Setting
from hyosan.rules.progression import FOREVER, infectious_spell
from hyosan.rules.random import happens

DONE = 0
"""Everything before the given second is done."""
GROW_INFECTIONS = 1
"""An array is too small: make it hold counters[NEED] rows and call again. So are the following."""
GROW_TRANSITIONS = 2
GROW_POOL = 3
GROW_TODAY = 4
GROW_FRESH = 5
TOO_OFTEN = 6
"""Somebody is infected more often than can be counted."""

MOST_EPISODES = 65535

_COMMUNITY = int(Setting.COMMUNITY)
_IMPORTED = int(Route.IMPORTATION)
_STARTED = int(Route.START)
_ROOM = 3


@part
def write_infection(row, route_word, streams, world, crowd, today, counters, infections):
    """One row of the event buffer."""
    stream_setting, stream_layer, _, _, _, _, _, route_chance, routes = streams
    age, age_group, _, membership, capacity = world[:5]
    episode = crowd[1]
    stream = today[row, CODE] & 255
    event = counters[INFECTIONS]
    counters[INFECTIONS] += 1
    infections[event, 0] = today[row, SECOND]
    infections[event, 1] = today[row, LINK]
    infections[event, 2] = today[row, WHO]
    infections[event, 3] = _STARTED if stream == START else _IMPORTED
    infections[event, 4] = 0
    infections[event, 5] = -1
    infections[event, 6] = episode[today[row, LINK]]
    infections[event, 7] = 0
    if stream < IMPORTATION:
        setting = stream_setting[stream]
        infector = today[row, WHO]
        size = int(age_group[age[infector]])
        if setting != _COMMUNITY:
            place = membership[infector, setting - 1]
            infections[event, 5] = place
            size = min(capacity[place], route_chance.shape[1] - 1)
        choice = 0
        while not happens(route_chance[setting, size, choice], route_word):
            choice += 1
        infections[event, 3] = routes[choice]
        infections[event, 4] = setting
        infections[event, 7] = stream_layer[stream]


@part
def spread(count, day_end, seed, streams, world, fresh, pool, head, counters, today, tie, heap, emitted):
    """File attempts emitted in the middle of a day: those due before `day_end` are resolved and go to the heap."""
    for row in range(count):
        emitted[fresh[row, CODE] & 255] += 1
        if fresh[row, SECOND] >= day_end:
            file_record(
                fresh[row, SECOND],
                fresh[row, WHO],
                fresh[row, ORDINAL],
                fresh[row, SLOT],
                fresh[row, CODE],
                pool,
                head,
                counters,
            )
        else:
            at = counters[ROWS]
            counters[ROWS] += 1
            today[at, :] = fresh[row, :]
            resolve_attempt(at, seed, streams, world, today, tie)
            push(at, today, tie, heap, counters)


@part
def begin_episode(person, second, entry, end, course, crowd, counters, transitions):
    """Put an infected person at the beginning of a new episode."""
    state, episode, visit, infected_at, infectious_until, _ = crowd
    old = int(state[person])
    state[person] = entry
    episode[person] += 1
    visit[person] = 0
    infected_at[person] = second
    infectious_until[person] = end
    write_transition(second, person, old, entry, course, counters, transitions)


@part
def infect(
    person,
    second,
    day_end,
    seed,
    entry,
    streams,
    world,
    course,
    crowd,
    pool,
    head,
    counters,
    today,
    tie,
    heap,
    fresh,
    emitted,
    transitions,
):
    """Begin a new episode; `DONE`, or which array is too small, in which case nothing has changed."""
    dwell_row, dwell_tables, branch_to, branch_chance, infectiousness = course[:5]
    age = world[0]
    episode = int(crowd[1][person]) + 1
    if episode > MOST_EPISODES:
        return TOO_OFTEN
    infectious_until = crowd[4]
    begin, end = infectious_spell(
        seed,
        person,
        episode,
        int(age[person]),
        entry,
        second,
        dwell_row,
        dwell_tables,
        branch_to,
        branch_chance,
        infectiousness,
    )
    count = 0
    if begin < day_end:
        until_before = infectious_until[person]
        infectious_until[person] = end
        count = emit_person(person, episode, 0, begin, 0, seed, streams, world, infectious_until, fresh)
        infectious_until[person] = until_before
        if count > len(fresh):
            counters[NEED] = count
            return GROW_FRESH
    if count + _ROOM > room(pool, counters):
        counters[NEED] = len(pool) + count + _ROOM
        return GROW_POOL
    if counters[ROWS] + count + _ROOM > len(today):
        counters[NEED] = counters[ROWS] + count + _ROOM
        return GROW_TODAY
    begin_episode(person, second, entry, end, course, crowd, counters, transitions)
    file_stay(person, second, day_end, seed, age, course, crowd, pool, head, counters, today, tie, heap)
    code = EMISSION | (episode << 8)
    if begin < day_end:
        spread(count, day_end, seed, streams, world, fresh, pool, head, counters, today, tie, heap, emitted)
        if end > begin + WINDOW:
            file_record(begin + WINDOW, person, 1, 0, code, pool, head, counters)
    elif begin != FOREVER:
        file_record(begin, person, 0, 0, code, pool, head, counters)
    return DONE


@part
def too_small(pool, counters, today, infections, transitions):
    """Which array cannot take what one row may write, or `DONE`."""
    if counters[INFECTIONS] >= len(infections):
        counters[NEED] = counters[INFECTIONS] + 1
        return GROW_INFECTIONS
    if counters[TRANSITIONS] >= len(transitions):
        counters[NEED] = counters[TRANSITIONS] + 1
        return GROW_TRANSITIONS
    if room(pool, counters) < _ROOM:
        counters[NEED] = len(pool) + _ROOM
        return GROW_POOL
    if counters[ROWS] + _ROOM > len(today):
        counters[NEED] = counters[ROWS] + _ROOM
        return GROW_TODAY
    return DONE


@kernel
def admit(
    until,
    day_end,
    # now
    seed,
    entry,
    # reads
    streams,
    world,
    course,
    # writes
    crowd,
    pool,
    head,
    counters,
    today,
    tie,
    heap,
    fresh,
    emitted,
    tally,
    infections,
    transitions,
):
    """Do everything of today that is due before second `until`; `DONE`, or which array has to grow first."""
    while True:
        from_heap = counters[CURSOR] == counters[SORTED]
        if from_heap and counters[HEAP] == 0:
            return DONE
        row = heap[0] if from_heap else counters[CURSOR]
        if not from_heap and counters[HEAP] > 0 and before(heap[0], row, today, tie):
            row = heap[0]
            from_heap = True
        if today[row, SECOND] >= until:
            return DONE
        status = too_small(pool, counters, today, infections, transitions)
        if status != DONE:
            return status
        if from_heap:
            pop(today, tie, heap, counters)
        stream = today[row, CODE] & 255
        if stream == TRANSITION:
            age = world[0]
            progress(row, day_end, seed, age, course, crowd, pool, head, counters, today, tie, heap, transitions)
        else:
            reason, route_word = refuse(row, seed, streams, world, course, crowd, today)
            if reason == 0:
                status = infect(
                    int(today[row, LINK]),
                    int(today[row, SECOND]),
                    day_end,
                    seed,
                    entry,
                    streams,
                    world,
                    course,
                    crowd,
                    pool,
                    head,
                    counters,
                    today,
                    tie,
                    heap,
                    fresh,
                    emitted,
                    transitions,
                )
                if status != DONE:
                    if from_heap:
                        push(row, today, tie, heap, counters)
                    return status
                write_infection(row, route_word, streams, world, crowd, today, counters, infections)
            tally[tally_row(stream, tally), reason] += 1
            if stream >= IMPORTATION:
                counters[ARRIVALS] -= 1
        if not from_heap:
            counters[CURSOR] += 1
