"""Quarantine: people who are not ill stay at home for a time because somebody near them is."""

from hyosan.jit import rule


@rule
def quarantined(second, begin, duration):
    """Whether a quarantine that begins at some second is still on.

    Args:
        begin: When it begins, or a second that never comes [s].
        duration: How long it lasts [s].
    """
    return begin <= second < begin + duration
