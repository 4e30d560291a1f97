"""What is done against an outbreak, and when: interventions with dates, one section a kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, PlainSerializer, SkipValidation

from hyosan.errors import did_you_mean
from hyosan.rules.codes import MOST_AGES
from hyosan.scenario.dated import Dated as Dated
from hyosan.scenario.distributions import Duration
from hyosan.scenario.estimates import Share, ShareByAge
from hyosan.scenario.hunting_orders import HUNTING_KINDS, Cordon, Evacuate, Patrol, Shelter, Warn
from hyosan.scenario.quantities import shown
from hyosan.scenario.section import at_most, count, number, refusal, word
from hyosan.units import day as DAY
from hyosan.units import hour as HOUR
from hyosan.units import minute as MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.scenario.model import Scenario
    from hyosan.scenario.section import Finding

MOST_INTERVENTIONS = 64
MOST_DOSES = 100_000_000
"""Doses, or cases traced, in a day."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
_HOURS = 'Write two times of day, such as hours = ["22:00", "05:00"].'


def _second_of_day(value: object) -> int:
    """A time of day [s], from its text or from TOML's own."""
    if isinstance(value, time) and value.tzinfo is None:
        value = value.replace(microsecond=0).isoformat()
    match = _CLOCK.fullmatch(value) if isinstance(value, str) and value.isascii() else None
    if match is None:
        raise ValueError(f"{shown(value)} is not a time of day. Write one from '00:00' to '23:59'.")
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * HOUR + minutes * MINUTE + seconds


def _clock(second: int) -> str:
    """A time of day [s] as people write it; `_second_of_day` reads it back."""
    text = f"{second // HOUR:02}:{second % HOUR // MINUTE:02}"
    return f"{text}:{second % MINUTE:02}" if second % MINUTE else text


def _two(value: object) -> object:
    """Exactly two times."""
    if not isinstance(value, list | tuple):
        raise ValueError(f"{shown(value)} does not fit here. {_HOURS}")
    if len(value) != 2:
        raise ValueError(f"has {len(value)} times. {_HOURS}")
    return value


TimeOfDay = Annotated[int, BeforeValidator(_second_of_day), PlainSerializer(_clock, return_type=str)]
PerDay = Annotated[int, BeforeValidator(count(0, MOST_DOSES, "a number a day"))]
Age = Annotated[int, BeforeValidator(count(0, MOST_AGES - 1, "an age"))]


class IsolateSymptomatic(Dated):
    """People with symptoms stay at home, apart from everybody but their household."""

    kind: Literal["isolate-symptomatic"] = "isolate-symptomatic"
    """`isolate-symptomatic`."""
    delay: Duration = DAY
    """From symptoms to isolation [s], an hour or more; the default is assumed."""
    adherence: Share
    """Share of people with symptoms who do it [1]."""


def _lasts(intervention: QuarantineHouseholds | TraceContacts) -> Iterator[Finding]:
    """A quarantine has a length."""
    if intervention.duration == 0:
        yield ("duration",), "is 0 seconds: no quarantine at all. Write a time, such as '14 days'."


class QuarantineHouseholds(Dated):
    """All members of a household stay at home once one of them has symptoms."""

    kind: Literal["quarantine-households"] = "quarantine-households"
    """`quarantine-households`."""
    delay: Duration = DAY
    """From the symptoms of a member to quarantine [s], an hour or more; the default is assumed."""
    duration: Duration = 14 * DAY
    """Length of a quarantine, from its beginning [s]; the default is assumed."""
    adherence: Share
    """Share of households that do it [1]."""

    checks = (_lasts,)


class CloseSchools(Dated):
    """Schools are closed: no contacts in classes and at school."""

    kind: Literal["close-schools"] = "close-schools"
    """`close-schools`."""
    compensation: Annotated[float, BeforeValidator(number(0.0, 10.0, "a factor"))] = 0.0
    """Contacts that pupils add in the community while schools are closed, relative to those they have there anyway:
    0.25 is a quarter more [1]."""


class CloseWorkplaces(Dated):
    """Some workplaces are closed: no contacts in their teams and at their sites."""

    kind: Literal["close-workplaces"] = "close-workplaces"
    """`close-workplaces`."""
    share: Share
    """Share of workplaces that are closed [1]."""


class LimitGatherings(Dated):
    """Fewer people meet in shops, at leisure and in the community."""

    kind: Literal["limit-gatherings"] = "limit-gatherings"
    """`limit-gatherings`."""
    share: Share
    """Share of the contacts in shops, at leisure and in the community that no longer happen [1]."""


def _hours_differ(curfew: Curfew) -> Iterator[Finding]:
    """A curfew begins and ends at different times."""
    begin, end = curfew.hours
    if begin == end:
        yield ("hours",), f"begins and ends at {_clock(begin)}. Write two different times of day."


class Curfew(Dated):
    """People stay at home during some hours of every day."""

    kind: Literal["curfew"] = "curfew"
    """`curfew`."""
    hours: Annotated[tuple[TimeOfDay, TimeOfDay], BeforeValidator(_two)]
    """First and last time of day, such as `["22:00", "05:00"]`; it may pass midnight."""
    adherence: Share
    """Share of people who keep it [1]."""

    checks = (_hours_differ,)


class Masks(Dated):
    """People wear masks outside their homes."""

    kind: Literal["masks"] = "masks"
    """`masks`."""
    wearing: Share
    """Share of people who wear one everywhere but at home [1]."""
    source_control: Share
    """Share of an infector's emission that the infector's own mask holds back [1]."""
    protection: Share
    """Share of what reaches somebody that their own mask holds back [1]."""


def _each_age_once(vaccinate: Vaccinate) -> Iterator[Finding]:
    """Somebody is asked, and no age is named twice."""
    ages = vaccinate.priority
    if not ages:
        yield ("priority",), "is empty. Write youngest ages, the first to be asked first, such as [65, 50, 18, 0]."
    twice = next((age for index, age in enumerate(ages) if age in ages[:index]), None)
    if twice is not None:
        yield ("priority",), f"names age {twice} twice. Write each age once."


class Vaccinate(Dated):
    """Doses are given, one a person, in an order of ages, to those who accept."""

    kind: Literal["vaccinate"] = "vaccinate"
    """`vaccinate`."""
    per_day: PerDay
    """Doses that can be given in a day [1/day]."""
    uptake: ShareByAge
    """Share of people who accept a dose, by age [1]."""
    priority: Annotated[tuple[Age, ...], BeforeValidator(at_most(MOST_AGES, "ages"))] = (0,)
    """Youngest ages of the groups, the first to be asked first: `[65, 50, 18, 0]` asks people from 65 on, then all
    others from 50 on, and so on; whoever is younger than all of them is not asked [years]."""
    efficacy: Share
    """Infections prevented among the protected, at the same exposure [1]."""
    action: Annotated[Literal["leaky", "all-or-nothing"], BeforeValidator(word(("leaky", "all-or-nothing")))] = "leaky"
    """Leaky: every exposure infects with less chance. All-or-nothing: that share cannot be infected."""
    delay: Duration = 14 * DAY
    """From the dose to protection [s]; the default is assumed."""

    checks = (_each_age_once,)


class TraceContacts(Dated):
    """Contacts of cases are found, and stay at home."""

    kind: Literal["trace-contacts"] = "trace-contacts"
    """`trace-contacts`."""
    ascertainment: Share
    """Share of people with symptoms who become cases [1]."""
    delay: Duration = 2 * DAY
    """From the symptoms of a case to the quarantine of its contacts [s], an hour or more; the default is assumed."""
    coverage: Share
    """Share of the contacts of a traced case that are found [1]."""
    capacity: PerDay
    """Cases that can be traced in a day [1/day]."""
    duration: Duration = 14 * DAY
    """Length of a quarantine, from its beginning [s]; the default is assumed."""
    adherence: Share
    """Share of the contacts found who do it [1]."""

    checks = (_lasts,)


Intervention = (
    IsolateSymptomatic
    | QuarantineHouseholds
    | CloseSchools
    | CloseWorkplaces
    | LimitGatherings
    | Curfew
    | Masks
    | Vaccinate
    | TraceContacts
    | Warn
    | Cordon
    | Patrol
    | Evacuate
    | Shelter
)
"""One use of something that can be done."""

KINDS: dict[str, type[Dated]] = {
    "isolate-symptomatic": IsolateSymptomatic,
    "quarantine-households": QuarantineHouseholds,
    "close-schools": CloseSchools,
    "close-workplaces": CloseWorkplaces,
    "limit-gatherings": LimitGatherings,
    "curfew": Curfew,
    "masks": Masks,
    "vaccinate": Vaccinate,
    "trace-contacts": TraceContacts,
    **HUNTING_KINDS,
}
"""Sections by the word under `kind`."""


def _of_its_kind(value: object) -> Any:
    """The section that `kind` names, made of a table."""
    if isinstance(value, tuple(KINDS.values())):
        return value
    if not isinstance(value, Mapping):
        raise ValueError(f'{shown(value)} does not fit here. Write a table, such as {{ kind = "close-schools" }}.')
    if "kind" not in value:
        raise refusal("intervention", [(("kind",), f"is missing. Write one. {did_you_mean('', KINDS)}")])
    kind = value["kind"]
    try:
        word(KINDS)(kind)
    except ValueError as error:
        raise refusal("intervention", [(("kind",), str(error))]) from None
    return KINDS[kind].model_validate(value)


def _a_list(value: object) -> object:
    """A list of tables, and not one table alone."""
    if isinstance(value, Mapping):
        raise ValueError("is one table. Write [[interventions]] in double brackets, once for each intervention.")
    return value


Interventions = Annotated[
    tuple[Annotated[SkipValidation[Intervention], BeforeValidator(_of_its_kind)], ...],
    BeforeValidator(at_most(MOST_INTERVENTIONS, "interventions")),
    BeforeValidator(_a_list),
]


def dates_fit(scenario: Scenario) -> Iterator[Finding]:
    """No intervention begins before the start, and each ends after it begins."""
    for index, row in enumerate(scenario.interventions):
        begin = row.begin or scenario.start
        if begin < scenario.start:
            yield (
                ("interventions", index, "from"),
                f"{begin.isoformat()} is before the start, {scenario.start.isoformat()}. "
                "Leave it out, or write a later date or an earlier start.",
            )
        if row.until is not None and row.until <= begin:
            whose = "from" if row.begin is not None else "the start of the run"
            yield (
                ("interventions", index, "until"),
                f"{row.until.isoformat()} is not after {whose}, {begin.isoformat()}. "
                "Write a later date, or leave it out.",
            )


def one_vaccine(scenario: Scenario) -> Iterator[Finding]:
    """All who are vaccinated, before or during a run, have the same vaccine."""
    given = [(index, row) for index, row in enumerate(scenario.interventions) if isinstance(row, Vaccinate)]
    if not given:
        return
    name, vaccine = f"interventions[{given[0][0]}]", scenario.vaccinated_at_start or given[0][1]
    if scenario.vaccinated_at_start is not None:
        name = "vaccinated_at_start"
    for index, row in given:
        ours, theirs = (row.efficacy.value, row.action), (vaccine.efficacy.value, vaccine.action)
        if ours != theirs:
            yield (
                ("interventions", index),
                f"has efficacy {ours[0]:g} and is {ours[1]}, but {name} has {theirs[0]:g} and is {theirs[1]}. "
                "A run has one vaccine: write the same efficacy and action.",
            )
