"""Closures: of schools, and of a share of workplaces."""

from hyosan.jit import rule
from hyosan.rules.codes import Setting

_CLASS = int(Setting.CLASS)
_SCHOOL = int(Setting.SCHOOL)
_TEAM = int(Setting.TEAM)
_SITE = int(Setting.SITE)


@rule
def is_lesson(setting):
    """Whether a setting is closed with the schools."""
    return setting in (_CLASS, _SCHOOL)


@rule
def is_work(setting):
    """Whether a setting is closed with a workplace."""
    return setting in (_TEAM, _SITE)
