"""Looking: in which state people are at a moment."""

from hyosan.engine.city.progress import follow_again, visit_at
from hyosan.engine.crowd import NEVER, episode_of_person, is_open
from hyosan.jit import kernel
from hyosan.rules.progression import IMMUNE, SUSCEPTIBLE


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
    """Write the states in which the people `first` to `last` are just before a second; before the first, at the start."""
    infected_at, episodes = crowd[0], crowd[1]
    for person in range(first, last):
        infected = int(infected_at[person])
        if infected == NEVER or second == 0:
            found[person] = SUSCEPTIBLE if is_open(start_bits, person) else IMMUNE
        else:
            follow_again(person, episode_of_person(episodes, person), infected, seed, traits, course, ends, states)
            found[person] = states[visit_at(second - 1, ends)]
