"""Contact tracing: the contacts of cases are found, as many cases a day as there are people to trace them."""


def becomes_case(ascertainment, words):
    """Whether people with symptoms become cases.

    Args:
        ascertainment: Share of them who do [2**-30].
        words: 32 random bits of each, (people,).
    """
    return (words >> 2) < ascertainment


def found(coverage, words):
    """Whether the contacts of cases are found: each by each of its cases, whatever became of it with others.

    Args:
        coverage: Share of contacts found [2**-30].
        words: 32 random bits of each pair of a case and a contact, (pairs,).
    """
    return (words >> 2) < coverage


def stays_home(adherence, words):
    """Whether people who are found stay at home; the same people do so each time.

    Args:
        adherence: Share of those found who do [2**-30].
        words: 32 random bits of each, (people,).
    """
    return (words >> 2) < adherence
