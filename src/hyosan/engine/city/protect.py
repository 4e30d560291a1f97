"""Before the first second: who is immune, who is vaccinated, who is infected."""

from hyosan.engine.city.given import ACTIVE, FINAL
from hyosan.engine.city.progress import follow_again, visit_at
from hyosan.engine.crowd import close, is_open
from hyosan.jit import kernel, part
from hyosan.rules.progression import IMMUNE, SUSCEPTIBLE
from hyosan.rules.random import Draw, draw, happens, one_of, purpose_of

_IMMUNE_AT_START = purpose_of(Draw.IMMUNE_AT_START)
_SEED = purpose_of(Draw.SEED)


@kernel
def protect(
    first,
    last,
    # now
    seed,
    # reads
    age,
    immune_chance,
    vaccinated_chance,
    effective,
    leaky,
    # writes
    state,
    vaccinated,
):
    """Draw who is immune, and whom a vaccine protects: a little for all (leaky), or wholly for some."""
    for person in range(first, last):
        words = draw(seed, _IMMUNE_AT_START, person, 0, 0)
        if happens(immune_chance[age[person]], words[0]):
            state[person] = IMMUNE
        if happens(vaccinated_chance[age[person]], words[1]):
            vaccinated[person] = 1
            if not leaky and happens(effective, words[2]):
                state[person] = IMMUNE


@kernel
def draw_doses(
    first,
    last,
    # now
    seed,
    use,
    number,
    # reads
    age,
    uptake,
    # writes
    word,
    accepts,
):
    """Draw who accepts a dose, and 62 bits that put people of a group in order."""
    for person in range(first, last):
        words = draw(seed, use, person, number, 0)
        accepts[person] = happens(uptake[age[person]], words[0])
        word[person] = ((words[1] >> 1) << 31) | (words[2] >> 1)


@kernel
def draw_people(
    first,
    last,
    # now
    seed,
    use,
    # reads
    people,
    ordinals,
    stays,
    # writes
    words,
):
    """Draw at addresses of people, each with an ordinal and an episode, (4, addresses)."""
    for row in range(first, last):
        drawn = draw(seed, use, int(people[row]), int(ordinals[row]), int(stays[row]))
        words[0, row] = drawn[0]
        words[1, row] = drawn[1]
        words[2, row] = drawn[2]
        words[3, row] = drawn[3]


@part
def state_at_dose(person, second, seed, traits, course, infected_at, episodes, ends, states):
    """State of a person who may have been infected before, at the second of a dose."""
    if len(episodes) == 0 or episodes[person] == 0:
        return SUSCEPTIBLE
    follow_again(person, int(episodes[person]), int(infected_at[person]), seed, traits, course, ends, states)
    return states[visit_at(second, ends)]


@kernel
def give(
    # now
    second,
    seed,
    use,
    number,
    # reads
    people,
    efficacy,
    leaky,
    traits,
    course,
    infected_at,
    episodes,
    # writes
    open_bits,
    vaccinated,
    ends,
    states,
    immune,
):
    """Protect people with doses, a little (leaky) or wholly for some; the count of rows written to `immune`.

    A row is a person who is immune from now on, and its state before. Whoever is ill, or infected and not over it, or
    dead is beyond whole protection; and where nobody can be infected twice, whoever has been.
    """
    final, active = course[FINAL], course[ACTIVE]
    count = 0
    for row in range(len(people)):
        person = int(people[row])
        if vaccinated[person] == 0:
            vaccinated[person] = 2
        protected = not leaky and is_open(open_bits, person)
        if protected and happens(efficacy, draw(seed, use, person, number, 0)[3]):
            state = state_at_dose(person, second, seed, traits, course, infected_at, episodes, ends, states)
            if not final[state] and not active[state]:
                close(open_bits, person)
                immune[count, 0] = person
                immune[count, 1] = state
                count += 1
    return count


@kernel
def choose(
    first,
    last,
    # now
    seed,
    # reads
    groups,
    start,
    members,
    count,
    state,
    # writes
    taken,
    chosen,
):
    """Draw `count` susceptible members of each group into `chosen`, or all it has; what is missing stays -1."""
    for row in range(first, last):
        group = groups[row]
        size = start[group + 1] - start[group]
        able = 0
        for slot in range(start[group], start[group + 1]):
            able += state[members[slot]] == SUSCEPTIBLE
        found = 0
        ordinal = 0
        while found < min(count, able):
            words = draw(seed, _SEED, group, ordinal, 0)
            person = members[start[group] + one_of(size, words[0], words[1])]
            if state[person] == SUSCEPTIBLE and not taken[person]:
                taken[person] = 1
                chosen[row * count + found] = person
                found += 1
            ordinal += 1
