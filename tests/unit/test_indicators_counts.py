"""Attack rates and secondary attack rates by hand, and of a chain binomial."""

import numpy as np

from chance import assert_share
from hyosan.indicators import counts
from hyosan.rules.codes import Setting


def test_attack_rates_by_hand():
    group = np.array([0, 0, 0, 1, 1, 2, -1])
    susceptible = np.array([True, True, False, True, True, False, True])
    infected = np.array([True, False, True, True, True, False, True])
    found = counts.attack_rates(group, susceptible, infected, 3)
    assert found.susceptible.tolist() == [2, 2, 0]
    assert found.infected.tolist() == [1, 2, 0], "infected though not susceptible at the start: not counted"
    assert found.rate.tolist()[:2] == [0.5, 1.0]
    assert np.isnan(found.rate[2])


def test_age_groups():
    group, labels = counts.age_groups(np.array([0, 9, 10, 79, 80, 100]))
    assert [labels[place] for place in group] == ["0–9", "0–9", "10–19", "70–79", "80+", "80+"]


def test_settings_are_those_of_the_enum():
    every = np.array([member.value for member in Setting] + [Setting.HOME])
    found = counts.setting_counts(every)
    assert list(found) == list(Setting)
    assert found[Setting.HOME] == 2
    assert counts.setting_counts(np.zeros(0, np.int64)) == {}


# People 0 to 4 live in place 0, 5 to 7 in place 1, 8 nowhere. 3 is immune. Infected are, in this order:
# 0 from outside; 1 by 0 at home; 5 by 1 elsewhere; 2 by 1 at home; 6 by 5 at home; 1 again by 6 at home (visiting).
PLACE = np.array([0, 0, 0, 0, 0, 1, 1, 1, -1])
IMMUNE = np.arange(9) == 3
PERSON = np.array([0, 1, 5, 2, 6, 1])
TIME = np.array([0, 10, 15, 20, 25, 90])
FIRST = np.array([True] * 5 + [False])
INFECTOR = np.array([-1, 0, 1, 1, 2, 4])
INSIDE = np.array([False, True, False, True, True, True])
EVERY = np.ones(6, bool)


def found(counted):
    return counts.secondary_attack_rate(PLACE, IMMUNE, PERSON, TIME, FIRST, INFECTOR, INSIDE, counted)


def test_secondary_attack_rate_by_hand():
    began = counts.primary(PLACE, PERSON, TIME, FIRST)
    assert began.tolist() == [True, False, True, False, False, False]
    one = found(began)
    # 0 had 1, 2 and 4 (3 is immune) and infected 1; 2 was infected by 1, a later generation. 5 had 6 and 7, infected 6.
    assert (one.infectors, one.contacts, one.infected, one.rate) == (2, 5, 2, 0.4)
    every = found(EVERY)
    # 0: 3 contacts, 1: 2 and 4, 5: 6 and 7, 2: 4, 6: 7, and 1 again: 4.
    assert (every.infectors, every.contacts, every.infected) == (6, 3 + 2 + 2 + 1 + 1 + 1, 3)


def test_two_who_were_infected_at_once_are_no_contacts_and_no_first():
    time = np.array([0, 0])
    args = (np.zeros(3, np.int64), np.zeros(3, bool), np.array([0, 1]), time, np.ones(2, bool), np.array([-1, -1]))
    one = counts.secondary_attack_rate(*args, np.zeros(2, bool), np.ones(2, bool))
    assert (one.contacts, one.infected) == (2, 0)
    assert not counts.primary(args[0], args[2], time, args[4]).any()


def test_only_those_infected_in_the_place_by_a_mate_and_later_count():
    """0 infects 1 outside their home, and a visitor at home; 1 infects 2 in the second in which it was infected."""
    place, person, time = np.array([0, 0, 0, 1]), np.array([0, 1, 2, 3]), np.array([0, 10, 10, 12])
    infector, inside = np.array([-1, 0, 1, 0]), np.array([False, False, True, True])
    every, nobody = np.ones(4, bool), np.zeros(4, bool)
    one = counts.secondary_attack_rate(place, nobody, person, time, every, infector, inside, every)
    assert (one.contacts, one.infected) == (2, 0)


def test_nobody_was_infected():
    none = np.zeros(0, np.int64)
    empty = none.astype(bool)
    one = counts.secondary_attack_rate(PLACE, IMMUNE, none, none, empty, none, empty, empty)
    assert (one.infectors, one.contacts, one.infected, one.rate) == (0, 0, 0, None)
    assert len(counts.primary(PLACE, none, none, empty)) == 0
    nobody = counts.secondary_attack_rate(none, empty, none, none, empty, none, empty, empty)
    assert nobody.rate is None


def test_households_of_a_chain_binomial_have_its_chance():
    """4,000 households of four, Reed-Frost with p = 0.2: the first infects each of the three others with p.

    Catches later generations counted in (the share would be 0.27) and the first itself counted as a contact (0.15).
    """
    chance = np.random.default_rng(2)
    rows = []  # household, member, generation, row of the infector
    for household in range(4000):
        ill, well, generation = [(0, -1)], [1, 2, 3], 0
        while ill:
            numbers = []
            for member, source in ill:
                numbers.append(len(rows))
                rows.append((4 * household + member, generation, source))
            caught = {w: [n for n in numbers if chance.random() < 0.2] for w in well}
            ill = [(w, int(chance.choice(by))) for w, by in caught.items() if by]
            well, generation = [w for w in well if not caught[w]], generation + 1
    order = sorted(range(len(rows)), key=lambda n: rows[n][1])
    position = {old: new for new, old in enumerate(order)}
    person, time, source = (np.array([rows[n][column] for n in order]) for column in range(3))
    infector = np.array([position.get(int(n), -1) for n in source])
    place, first = np.arange(16_000) // 4, np.ones(len(rows), bool)
    began = counts.primary(place, person, time, first)
    assert began.sum() == 4000
    one = counts.secondary_attack_rate(
        place, np.zeros(16_000, bool), person, time, first, infector, infector >= 0, began
    )
    assert one.contacts == 12_000
    assert_share(one.infected, one.contacts, 0.2)
