"""Why an attempt is refused: nature's reasons, in the order in which they are tried."""

from hyosan.jit import rule
from hyosan.rules.codes import Reason
from hyosan.rules.random import happens

HOUR = 3600

_NONE = int(Reason.NONE)
_IMMUNE = int(Reason.IMMUNE)
_RECOVERED = int(Reason.RECOVERED)
_TARGET_ELSEWHERE = int(Reason.TARGET_ELSEWHERE)
_PROTECTED = int(Reason.PROTECTED)
_SUSCEPTIBILITY = int(Reason.SUSCEPTIBILITY)
_LAYER = int(Reason.LAYER)


@rule
def relative_infectiousness(state_infectiousness, profile, age_of_infection):
    """Infectiousness now over the most that the pathogen allows [2**-30].

    Args:
        state_infectiousness: Of the infector's state [2**-30].
        profile: By whole hours since infection [2**-30], (hours,); the last holds for ever.
        age_of_infection: Time since the infector's infection [s].
    """
    hour = min(age_of_infection // HOUR, len(profile) - 1)
    return (state_infectiousness * profile[hour]) >> 30


@rule
def refusal_when_emitted(susceptibility, level, is_open, word, level_word):
    """`Reason` for which an attempt at a person who is there is refused when it is emitted, or 0.

    Args:
        susceptibility: Most that the target can be susceptible from now on, relative [2**-30].
        level: Rate in force over the rate emitted [2**-30].
        is_open: Whether the target is not immune for good.
        word: 32 random bits for the target's susceptibility.
        level_word: 32 random bits for the level.
    """
    # Chosen among, and not asked for one after another: compiled, there is nothing to guess.
    reason = _NONE if is_open else _IMMUNE
    reason = reason if happens(level, level_word) else _LAYER
    return reason if happens(susceptibility, word) else _SUSCEPTIBILITY


@rule
def refusal_when_repeated(final, is_open, same_episode, target_present, susceptibility):
    """`Reason` for which an attempt is refused where people can be infected again, or 0 if its draw decides.

    Args:
        final: Whether the target's state is final and cannot be infected.
        is_open: Whether the target is not immune for good.
        same_episode: Whether the infector is still in the episode that emitted.
        target_present: Whether the target's state lets it take part in the setting.
        susceptibility: Of the target now, relative [2**-30].
    """
    if final or not is_open:
        return _IMMUNE
    if not same_episode:
        return _RECOVERED
    if not target_present:
        return _TARGET_ELSEWHERE
    return _NONE if susceptibility > 0 else _PROTECTED
