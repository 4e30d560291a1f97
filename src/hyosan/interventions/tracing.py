"""Contact tracing: the contacts of cases are found, as many cases a day as there are people to trace them."""


def becomes_case(ascertainment, words):
    """Whether people with symptoms become cases.

    Args:
        ascertainment: Share of them who do [2**-30].
        words: 32 random bits of each, (people,).
    """
    return (words >> 2) < ascertainment


def found(coverage, adherence, first_words, second_words):
    """Whether contacts are found and stay at home.

    Args:
        coverage: Share of contacts found [2**-30].
        adherence: Share of those found who stay at home [2**-30].
        first_words: 32 random bits of each, (contacts,).
        second_words: 32 more.
    """
    return ((first_words >> 2) < coverage) & ((second_words >> 2) < adherence)
