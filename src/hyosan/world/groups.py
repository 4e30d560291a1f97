"""Groups: sizes drawn one after another, and people in random order over them."""

from __future__ import annotations

from hyosan.jit import kernel
from hyosan.rules.random import draw, happens, one_of


@kernel
def draw_sizes(
    first,
    last,
    # now
    seed,
    use,
    # reads
    choice,
    # writes
    size,
):
    """Draw sizes of places until they hold the people from first to last; count of places.

    Each size is one of `choice`; the last place takes who is left.
    """
    left = last - first
    count = 0
    while left > 0:
        words = draw(seed, use, count, 0, 0)
        size[count] = min(choice[one_of(len(choice), words[0], words[1])], left)
        left -= int(size[count])
        count += 1
    return count


@kernel
def draw_residents(
    first,
    last,
    # now
    seed,
    use,
    # reads
    ages,
    share,
    # writes
    age,
    chosen,
):
    """Draw everybody's age below `ages`, and who of them is chosen, in random order; count of the chosen.

    Whoever is chosen takes the place of one before, or stays last, each with the same chance: all orders are equally
    likely.
    """
    count = 0
    for person in range(first, last):
        words = draw(seed, use, person, 0, 0)
        age[person] = (words[0] * ages) >> 32
        if happens(share, words[1]):
            place = one_of(count + 1, words[2], words[3])
            chosen[count] = chosen[place]
            chosen[place] = person
            count += 1
    return count
