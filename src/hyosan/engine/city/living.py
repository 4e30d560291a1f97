"""Living: where people are who live by their schedule, also the bitten."""

from hyosan.engine.city.hunted import HOME
from hyosan.engine.city.progress import follow_again, visit_at
from hyosan.engine.city.stand import column_of, setting_at
from hyosan.engine.city.strike import ENDS, STATES
from hyosan.engine.crowd import NEVER
from hyosan.jit import part
from hyosan.rules.codes import Setting

LIES = -1
"""Beside the columns of `engine.city.stand`: in hospital."""

_TRANSPORT = int(Setting.TRANSPORT)


@part
def column_of_living(person, second, seed, law, street, world, course, orders, crowd, scratch):
    """Where somebody who lives by the schedule is, a column as `column_of` gives it; `LIES` in hospital."""
    if crowd[0][person] != NEVER:
        ends, states = scratch[ENDS], scratch[STATES]
        follow_again(person, 1, int(crowd[0][person]), seed, world[0], course, ends, states)
        present = course[6][states[visit_at(second, ends)]]
        if present & 1:
            return LIES
        if not (present >> _TRANSPORT) & 1:
            return HOME
    return column_of(person, setting_at(person, second, seed, law, street, world, orders, crowd), world)
