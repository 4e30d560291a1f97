"""Families: who lives with whom in a district, by role, from counts of ages and kinds of household."""

from hyosan.jit import kernel, part, rule
from hyosan.rules.random import Draw, draw, one_of, purpose_of

_FAMILY = purpose_of(Draw.FAMILY)

OLDEST = 100

ADULT = 20
"""Nobody younger heads a household [years]."""

COUPLE, ONE_ADULT, THREE_GENERATIONS = range(3)
"""Kinds of household: a couple, one adult, or a couple and a grandparent; each with children or without."""

YOUNGEST_PARENT, OLDEST_PARENT = 20, 45
"""Years between a child and its mother or father."""

ADULTS_ORDINAL = 64
"""Ordinal of the draw for the adults of a household; children have lower ones."""


@rule
def mother_age(eldest, word):
    """Age that the mother of an eldest child should have: 22 to 36 years more, 29 in the middle, by a 32-bit word."""
    return eldest + 22 + (word >> 29) + ((word >> 26) & 7)


@rule
def partner_age(age, word):
    """Age that the husband of a woman should have: 2 years less to 5 more, by a 32-bit word."""
    return age - 2 + (word >> 29)


@rule
def nearest(people, sex, wanted, low, high):
    """Age nearest to the wanted one at which somebody of a sex is left between two ages, or -1."""
    for distance in range(OLDEST + 1):
        above = wanted + distance
        if low <= above <= high and above <= OLDEST and people[above, sex] > 0:
            return above
        below = wanted - distance
        if low <= below <= high and 0 <= below <= OLDEST and people[below, sex] > 0:
            return below
    return -1


@rule
def nearest_of_any(people, sex, wanted, low, high):
    """(Age, sex) of somebody left between two ages, nearest to the wanted age, rather of this sex; or (-1, sex)."""
    age = nearest(people, sex, wanted, low, high)
    other = nearest(people, 1 - sex, wanted, low, high)
    if age < 0 or (other >= 0 and abs(other - wanted) < abs(age - wanted)):
        return other, 1 - sex
    return age, sex


@rule
def nth(people, low, number):
    """(Age, sex) of person `number`, counted from an age on."""
    for age in range(low, OLDEST + 1):
        for sex in range(2):
            number -= people[age, sex]
            if number < 0:
                return age, sex
    return -1, 0


@part
def settle(
    row,
    person_age,
    person_sex,
    # writes
    people,
    age,
    sex,
):
    """Take one person out of those left and write the row; the next row."""
    people[person_age, person_sex] -= 1
    age[row] = person_age
    sex[row] = person_sex
    return row + 1


@part
def settle_children(
    row,
    count,
    household,
    # now
    seed,
    # writes
    minors,
    children,
    age,
    sex,
):
    """Write brothers and sisters of near ages; (next row, minors left, youngest, eldest)."""
    youngest, eldest, last = OLDEST + 1, -1, 0
    for number in range(count):
        words = draw(seed, _FAMILY, household, 1 + number, 0)
        if number == 0 and minors > 0:
            child, gender = nth(children, 0, one_of(minors, words[0], words[1]))
        elif number == 0:
            left = 0
            for grown in range(ADULT, OLDEST + 1):
                left += children[grown, 0] + children[grown, 1]
            child, gender = nth(children, ADULT, one_of(left, words[0], words[1]))
        else:
            wanted = last + 1 + (words[0] >> 30)
            if words[1] & 1:
                wanted = last - 1 - (words[0] >> 30)
            child, gender = nearest_of_any(children, words[2] & 1, wanted, 0, OLDEST)
        minors -= child < ADULT
        row = settle(row, child, gender, children, age, sex)
        youngest, eldest, last = min(youngest, child), max(eldest, child), child
    return row, minors, youngest, eldest


@part
def settle_parents(
    row,
    parents,
    grandparents,
    youngest,
    eldest,
    household,
    # now
    seed,
    # writes
    adults,
    age,
    sex,
):
    """Write the parents of these children, and a parent of theirs; the next row."""
    words = draw(seed, _FAMILY, household, ADULTS_ORDINAL, 0)
    low, high = eldest + YOUNGEST_PARENT, youngest + OLDEST_PARENT
    wanted = mother_age(eldest, words[0])
    # One parent in four who is alone with the children is the father.
    gender = 1 if parents == 1 and words[2] >> 30 == 0 else 0
    parent, gender = nearest_first(adults, gender, wanted, low, high)
    row = settle(row, parent, gender, adults, age, sex)
    if parents == 2:
        wanted = partner_age(parent, words[1]) if gender == 0 else parent - 1
        partner, gender = nearest_first(adults, 1 - gender, wanted, max(low, parent - 15), min(high + 5, parent + 15))
        row = settle(row, partner, gender, adults, age, sex)
    if grandparents:
        grandparent, gender = nearest_first(
            adults, int(words[3] >> 30 == 0), mother_age(parent, words[3]), parent + YOUNGEST_PARENT, OLDEST
        )
        row = settle(row, grandparent, gender, adults, age, sex)
    return row


@rule
def nearest_first(people, sex, wanted, low, high):
    """(Age, sex) of somebody left: of this sex between two ages, else of the other, else older, else anybody."""
    age = nearest(people, sex, wanted, low, high)
    if age >= 0:
        return age, sex
    age = nearest(people, 1 - sex, wanted, low, high)
    if age >= 0:
        return age, 1 - sex
    age, other = nearest_of_any(people, sex, wanted, low, OLDEST)
    if age >= 0:
        return age, other
    return nearest_of_any(people, sex, wanted, 0, OLDEST)


@part
def allot_wives(
    count,
    # reads
    share,
    adults,
    # writes
    wives,
):
    """Say how many of the women left at each age live with a husband alone: by share, and in all at most `count`."""
    weight = 0
    for age in range(ADULT, OLDEST + 1):
        weight += share[age] * adults[age, 0]
    cumulated, before = 0, 0
    for age in range(ADULT, OLDEST + 1):
        cumulated += share[age] * adults[age, 0]
        until = cumulated * count // max(weight, 1)
        wives[age, 0] = min(until - before, adults[age, 0])
        before = until


@part
def settle_couple(
    row,
    household,
    # now
    seed,
    # writes
    wives,
    adults,
    age,
    sex,
):
    """Write two who live together without children, near in age; the next row."""
    words = draw(seed, _FAMILY, household, ADULTS_ORDINAL, 0)
    left = 0
    for wife in range(ADULT, OLDEST + 1):
        left += wives[wife, 0]
    if left > 0:
        first, gender = nth(wives, ADULT, one_of(left, words[0], words[1]))
        wives[first, gender] -= 1
    else:
        first, gender = nearest_of_any(adults, 0, 65, 0, OLDEST)
    row = settle(row, first, gender, adults, age, sex)
    second, gender = nearest_first(adults, 1 - gender, partner_age(first, words[2]), first - 10, first + 15)
    # Who was to be a wife may be gone.
    if gender == 0 and wives[second, 0] > adults[second, 0] - 1:
        wives[second, 0] = max(0, adults[second, 0] - 1)
    return settle(row, second, gender, adults, age, sex)


@part
def choose_kinds(
    begin,
    end,
    # now
    seed,
    # writes
    kinds,
    household_size,
    household_kind,
):
    """Give out the sizes and kinds of a district to its households, in random order."""
    for household in range(begin, end):
        words = draw(seed, _FAMILY, household, 0, 0)
        number = one_of(end - household, words[0], words[1])
        size, kind = 0, 0
        while True:
            number -= kinds[size, kind]
            if number < 0:
                break
            kind += 1
            if kind == kinds.shape[1]:
                size, kind = size + 1, 0
        kinds[size, kind] -= 1
        household_size[household] = size
        household_kind[household] = kind


@part
def settle_family(
    row,
    size,
    kind,
    household,
    # now
    seed,
    # writes
    minors,
    children,
    adults,
    age,
    sex,
):
    """Write a household with children, adults first; the minors left."""
    heads = 1 if kind == ONE_ADULT else 2
    grandparents = int(kind == THREE_GENERATIONS)
    _, minors, youngest, eldest = settle_children(
        row + heads + grandparents,
        size - heads - grandparents,
        household,
        seed,
        minors,
        children,
        age,
        sex,
    )
    settle_parents(row, heads, grandparents, youngest, eldest, household, seed, adults, age, sex)
    return minors


@part
def settle_all(
    begin,
    end,
    first_row,
    # now
    seed,
    # reads
    wife_share,
    household_size,
    household_kind,
    # writes
    children,
    adults,
    age,
    sex,
    wives,
):
    """Fill the households of a district: families, then couples without children, then those who live alone."""
    minors = children[:ADULT].sum()
    couples = 0
    row = first_row
    for household in range(begin, end):
        size, kind = household_size[household], household_kind[household]
        if size > 2 or (size == 2 and kind == ONE_ADULT):
            minors = settle_family(row, size, kind, household, seed, minors, children, adults, age, sex)
        elif size == 2:
            couples += 1
        row += size
    allot_wives(couples, wife_share, adults, wives)
    row = first_row
    for household in range(begin, end):
        if household_size[household] == 2 and household_kind[household] == COUPLE:
            settle_couple(row, household, seed, wives, adults, age, sex)
        row += household_size[household]
    row = first_row
    left = adults.sum()
    for household in range(begin, end):
        if household_size[household] == 1:
            words = draw(seed, _FAMILY, household, ADULTS_ORDINAL, 0)
            single, gender = nth(adults, 0, one_of(left, words[0], words[1]))
            left -= 1
            settle(row, single, gender, adults, age, sex)
        row += household_size[household]


@kernel
def compose(
    first,
    last,
    # now
    seed,
    # reads
    household_start,
    person_start,
    wife_share,
    # writes
    kinds,
    children,
    adults,
    household_size,
    household_kind,
    age,
    sex,
    wives,
):
    """Fill the households of the districts `first` to `last` with the people of each district.

    Every draw is addressed by the household; whom it finds depends on the households of the same district only.

    Args:
        kinds: Households of each size and kind left to give out, (districts, sizes, kinds).
        children: People left in the role of a child, of any age, (districts, 101, 2).
        adults: All other people left, (districts, 101, 2).
        wives: Women and men of couples without children by age, zeros at first, (districts, ages, 2).
    """
    for district in range(first, last):
        begin, end = household_start[district], household_start[district + 1]
        choose_kinds(begin, end, seed, kinds[district], household_size, household_kind)
        settle_all(
            begin,
            end,
            person_start[district],
            seed,
            wife_share,
            household_size,
            household_kind,
            children[district],
            adults[district],
            age,
            sex,
            wives[district],
        )
