"""Contact tracing: the contacts of cases are found, as many cases a day as there are people to trace them."""


def takes_place(share, words):
    """What a share says of each: who with symptoms becomes a case, which contact of a case is found, who stays at home.

    Args:
        share: Share for whom it takes place [2**-30].
        words: 32 random bits of each, (people,), or of each pair of a case and a contact, (pairs,).
    """
    return (words >> 2) < share
