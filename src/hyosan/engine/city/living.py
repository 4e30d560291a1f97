"""Living: where people are who live by their schedule, also the bitten."""

from hyosan.engine.city.given import INFECTED_AT, PRESENT, TRAITS
from hyosan.engine.city.hunted import ENDS, HOME, HOUSE, STATES
from hyosan.engine.city.progress import follow_again, visit_at
from hyosan.engine.city.stand import column_of, is_on_foray, may_go_out, setting_at, turn_of_forays
from hyosan.engine.crowd import NEVER
from hyosan.jit import part
from hyosan.rules.codes import Setting

LIES = -1
"""Beside the columns of `engine.city.stand`: in hospital."""

_TRANSPORT = int(Setting.TRANSPORT)


@part
def forages(person, second, state, seed, law, street, world, course, orders, crowd, hunt):
    """Whether somebody who stays at home, in a state of its course, is out for water and food."""
    hour, day, days = turn_of_forays(second, law, world)
    out = hunt[HOUSE][person] < 0 and is_on_foray(person, hour, day, days, street)
    goes = (course[PRESENT][state] >> _TRANSPORT) & 1 == 1
    return out and goes and may_go_out(person, second, seed, law, world, orders, crowd)


@part
def column_of_living(person, second, seed, law, street, world, course, orders, crowd, scratch):
    """Where somebody who lives by the schedule is, a column as `column_of` gives it; `LIES` in hospital."""
    if crowd[INFECTED_AT][person] != NEVER:
        ends, states = scratch[ENDS], scratch[STATES]
        follow_again(person, 1, int(crowd[INFECTED_AT][person]), seed, world[TRAITS], course, ends, states)
        present = course[PRESENT][states[visit_at(second, ends)]]
        if present & 1:
            return LIES
        if not (present >> _TRANSPORT) & 1:
            return HOME
    return column_of(person, setting_at(person, second, seed, law, street, world, orders, crowd), world)
