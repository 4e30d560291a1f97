"""Why an attempt is refused: nature's reasons, in the order in which they are tried."""

from hyosan.jit import rule
from hyosan.rules.codes import Reason
from hyosan.rules.random import happens

HOUR = 3600

_NONE = int(Reason.NONE)
_IMMUNE = int(Reason.IMMUNE)
_RECOVERED = int(Reason.RECOVERED)
_INFECTOR_ELSEWHERE = int(Reason.INFECTOR_ELSEWHERE)
_TARGET_ELSEWHERE = int(Reason.TARGET_ELSEWHERE)
_PROTECTED = int(Reason.PROTECTED)
_INFECTIOUSNESS = int(Reason.INFECTIOUSNESS)
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
def refusal(
    final_target,
    same_episode,
    second,
    infectious_until,
    infector_present,
    target_present,
    infectiousness,
    susceptibility,
    level,
    words,
):
    """`Reason` of refusing an attempt at a person, or 0.

    Args:
        final_target: Whether the target's state is final and cannot be infected again.
        same_episode: Whether the infector is still in the episode that emitted.
        second: When the attempt is due [s].
        infectious_until: End of the infector's infectious spell [s].
        infector_present: Whether the infector's state lets it be in the setting.
        target_present: Whether the target's state lets it.
        infectiousness: Of the infector now, relative [2**-30].
        susceptibility: Of the target now, relative [2**-30]; 0 if it is infected.
        level: Rate in force over the rate emitted [2**-30].
        words: Four words of `Draw.ACCEPT`.
    """
    if final_target:
        return _IMMUNE
    if second >= infectious_until or not same_episode:
        return _RECOVERED
    if not infector_present:
        return _INFECTOR_ELSEWHERE
    if not target_present:
        return _TARGET_ELSEWHERE
    if susceptibility == 0:
        return _PROTECTED
    if not happens(infectiousness, words[0]):
        return _INFECTIOUSNESS
    if not happens(susceptibility, words[1]):
        return _SUSCEPTIBILITY
    if not happens(level, words[2]):
        return _LAYER
    return _NONE
