"""Curfew: people stay at home during some hours of every day."""

from hyosan.jit import rule
from hyosan.rules.codes import Setting

_HOME = int(Setting.HOME)
_HOSPITAL = int(Setting.HOSPITAL)
_CARE = int(Setting.CARE)


@rule
def in_hours(clock, begin, end):
    """Whether a second of the day is in the hours from `begin` to `end`, which may pass midnight [s]."""
    return begin <= clock < end if begin < end else clock >= begin or clock < end


@rule
def is_forbidden(setting):
    """Whether nobody may be in a setting during a curfew: those who care for others go on."""
    return setting != _HOME and setting != _HOSPITAL and setting != _CARE
