"""Looking: in which state people are at a moment."""

from hyosan.engine.city.begin import onset_of
from hyosan.engine.city.given import ACTIVE, EPISODE, INFECTED_AT, OPEN, SYMPTOMATIC
from hyosan.engine.city.progress import active_until, follow_again, visit_at
from hyosan.engine.crowd import NEVER, episode_of_person, is_open
from hyosan.jit import kernel
from hyosan.rules.progression import FOREVER, IMMUNE, SUSCEPTIBLE


@kernel
def look(
    first,
    last,
    second,
    # now
    seed,
    # reads
    traits,
    course,
    crowd,
    start_bits,
    # writes
    ends,
    states,
    found,
):
    """Write the states of the people `first` to `last` just before a second; before the first, those at the start."""
    infected_at, episodes = crowd[INFECTED_AT], crowd[EPISODE]
    for person in range(first, last):
        infected = int(infected_at[person])
        if infected == NEVER or second == 0:
            is_susceptible = is_open(start_bits, person) if second == 0 else is_open(crowd[OPEN], person)
            found[person] = SUSCEPTIBLE if is_susceptible else IMMUNE
        elif len(episodes) > 0 and not is_open(crowd[OPEN], person):
            found[person] = IMMUNE  # by a dose after its infection
        else:
            follow_again(person, episode_of_person(episodes, person), infected, seed, traits, course, ends, states)
            found[person] = states[visit_at(second - 1, ends)]


@kernel
def look_at(
    first,
    last,
    # now
    seed,
    # reads
    people,
    seconds,
    traits,
    course,
    crowd,
    start_bits,
    # writes
    ends,
    states,
    found,
):
    """Write the states by their courses of the people `first` to `last` of a list, each at a second of its own.

    Args:
        seconds: Of everybody [s], (people in all,).
    """
    infected_at, episodes = crowd[INFECTED_AT], crowd[EPISODE]
    for row in range(first, last):
        person = int(people[row])
        second = int(seconds[person])
        if infected_at[person] > second:
            found[row] = SUSCEPTIBLE if is_open(start_bits, person) else IMMUNE
        else:
            episode = episode_of_person(episodes, person)
            follow_again(person, episode, int(infected_at[person]), seed, traits, course, ends, states)
            found[row] = states[visit_at(second, ends)]


@kernel
def count_changes(
    first,
    last,
    # now
    seed,
    # reads
    log,
    now,
    every,
    traits,
    course,
    town,
    # writes
    ends,
    states,
    table,
):
    """Add the changes of state of the infected `first` to `last` of a log to a table, where nobody is infected twice.

    Args:
        now: Changes from this second on are left out [s].
        every: Time between rows of the table [s]; its last row is now.
    """
    for row in range(first, last):
        person = int(log[row, 1])
        second = int(log[row, 0])
        count, _, _ = follow_again(person, 1, second, seed, traits, course, ends, states)
        before = SUSCEPTIBLE
        for visit in range(count):
            if second >= now:
                break
            when = min((second + every - 1) // every, len(table) - 1)
            table[when, town[person], before] -= 1
            table[when, town[person], states[visit]] += 1
            before = states[visit]
            second = ends[visit]


@kernel
def date_courses(
    first,
    last,
    # now
    seed,
    # reads
    log,
    traits,
    course,
    # writes
    ends,
    states,
    dates,
):
    """Write when the infected `first` to `last` of a log become infectious, ill, and are over [s], -1 if never."""
    for row in range(first, last):
        second = int(log[row, 0])
        episode = int(log[row, 3]) >> 13
        count, spell, _ = follow_again(int(log[row, 1]), episode, second, seed, traits, course, ends, states)
        onset = onset_of(count, second, ends, states, course[SYMPTOMATIC])
        over = active_until(count, ends, states, course[ACTIVE])
        dates[0, row] = spell if spell != FOREVER else -1
        dates[1, row] = onset if onset != FOREVER else -1
        dates[2, row] = over if 0 < over < FOREVER else -1
