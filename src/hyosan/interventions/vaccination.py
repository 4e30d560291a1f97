"""Vaccination: how many doses have been given by a day, one a person, in a fixed order of people."""

DAY = 86_400


def doses_by(midnight, begin, until, per_day, people):
    """People whose dose was given before a midnight: so many on each day from the one on which it begins.

    Args:
        midnight: Second of the run [s]; doses of a day count from the next midnight on.
        begin: When doses begin to be given [s].
        until: When they end [s].
        per_day: Doses a day.
        people: People who accept one.

    >>> [doses_by(day * DAY, DAY, 3 * DAY, 100, 1000) for day in range(6)]
    [0, 0, 100, 200, 200, 200]
    """
    days = max(0, -(-min(midnight, until) // DAY) - begin // DAY)
    return min(people, days * per_day)
