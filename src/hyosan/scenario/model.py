"""What a person writes: one experiment, checked once, at the door."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ModelWrapValidatorHandler, StrictBool, ValidationError, model_validator

from hyosan.errors import Problem, ScenarioError
from hyosan.scenario.bite import USUAL_FLIGHT, Flight, bites_fit, hunters_fit
from hyosan.scenario.distributions import Duration
from hyosan.scenario.estimates import ShareByAge
from hyosan.scenario.hunting_orders import hunters_to_stop
from hyosan.scenario.interventions import Interventions, dates_fit, one_vaccine
from hyosan.scenario.pathogen import Pathogen
from hyosan.scenario.quantities import YEAR, in_words, shown
from hyosan.scenario.section import Finding, Section, at_most, count, finding_of, number, text
from hyosan.scenario.sections import SIZES, BaseLevel, Layer, RecordsSection, WorldSection
from hyosan.scenario.start import (
    MOST_IMPORTED,
    MOST_PEOPLE,
    Importation,
    Importations,
    InfectedAtStart,
    Moment,
    VaccinatedAtStart,
    either_importations,
)
from hyosan.units import day as DAY
from hyosan.units import minute as MINUTE

LONGEST_RUN = 50 * YEAR
MOST_LAYERS = 7
FEW_PEOPLE = 2_000_000
"""Below this, every change of somebody's state is written if nothing else is said."""
ANDONG = 153_816
"""Registered residents of Andong, which stands in for Hyosan."""

SizeOf = Annotated[int, BeforeValidator(count(1, MOST_PEOPLE, "a count"))]


def named(value: object) -> str:
    """A name that can be part of a folder's name."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", value):
        raise ValueError(f"{shown(value)} is not a name. Write small letters, digits and -, such as 'my-town'.")
    return value


def schema_of(value: object) -> object:
    """The only schema there is."""
    if isinstance(value, bool) or value != 1:
        raise ValueError(f"is {shown(value)}, but this hyosan knows schema 1 only. Write schema = 1.")
    return value


def _sizes_of_the_kind(scenario: Scenario) -> Iterator[Finding]:
    """The sizes that the world's kind has, and no other."""
    kind = scenario.world.kind
    for key in ("people", "cells", "side", "households", "size", "pair_probability"):
        given = getattr(scenario, key) is not None
        if given and key not in SIZES[kind]:
            kinds = " or ".join(f'"{other}"' for other, keys in SIZES.items() if key in keys)
            yield (
                (key,),
                f'{key} has no meaning in a world of kind "{kind}". Leave it out, or write world.kind = {kinds}.',
            )
        if not given and key in SIZES[kind]:
            yield (key,), f'is missing. A world of kind "{kind}" needs it.'


def _enough_people(scenario: Scenario) -> Iterator[Finding]:
    """People fit in a run, and no more are infected than there are."""
    infected, kind = scenario.infected_at_start, scenario.world.kind
    if any(getattr(scenario, key) is None for key in SIZES[kind]):
        return
    if scenario.people_in_all > MOST_PEOPLE:
        key = SIZES[kind][0]
        yield (key,), f"{key} makes {scenario.people_in_all} people, but a run holds at most {MOST_PEOPLE}. Lower it."
    group, wanted = scenario.people_of_a_group, scenario.infected_of_a_group
    if wanted > group:
        nouns = {"closed-cells": " in a cell", "households": " in a household", "lattice": " in a patch"}
        key = "infected_at_start" if scenario.hunters is None else "hunters"
        yield (
            (key,),
            f"{key} is {wanted}, but there are only {group} people{nouns.get(kind, '')}. "
            "Lower the one or raise the other.",
        )
    if infected.where != "anywhere" and kind != "city":
        yield (
            ("infected_at_start", "where"),
            f'"{infected.where}" has no meaning in a world of kind "{kind}". '
            "Leave it out: the infected are drawn from all.",
        )
    if infected.school is not None and infected.where != "one class":
        yield (
            ("infected_at_start", "school"),
            'is given, but where is not "one class". Write where = "one class", or leave it out.',
        )


def _steps_fit(scenario: Scenario) -> Iterator[Finding]:
    """Steps divide a day, the run has a length, and counts are not denser than they can be kept."""
    if not 1 <= scenario.step <= DAY or DAY % scenario.step:
        yield (
            ("step",),
            f"'{in_words(scenario.step)}' does not divide a day. "
            "Write a step such as '10 minutes', '1 hour' or '1 day'.",
        )
    if not 1 <= scenario.duration <= LONGEST_RUN:
        yield ("duration",), f"'{in_words(scenario.duration)}' is not a length of a run. Write 1 second to 50 years."
    for key in ("counts", "presence"):
        every = getattr(scenario.records, key)
        if every < MINUTE:
            yield ("records", key), f"'{in_words(every)}' is too often. Write '1 minute' or more."


def _importations_fit(scenario: Scenario) -> Iterator[Finding]:
    """No importation before the start, and not more in all than can be kept."""
    plan = scenario.importations
    if isinstance(plan, Importations):
        expected = plan.per_day * scenario.duration / DAY
        if expected > MOST_IMPORTED:
            yield (
                ("importations", "per_day"),
                f"makes {expected:.3g} importations in {in_words(scenario.duration)}. "
                f"At most {MOST_IMPORTED} are possible: lower the one or the other.",
            )
        return
    rows = plan or ()
    for index, row in enumerate(rows):
        if row.date < scenario.start:
            yield (
                ("importations", index, "date"),
                f"{row.date.isoformat()} is before the start, {scenario.start.isoformat()}. "
                "Write a later date or an earlier start.",
            )
    if sum(row.count for row in rows) > MOST_IMPORTED:
        yield (
            ("importations",),
            f"has {sum(row.count for row in rows)} people in all. At most {MOST_IMPORTED} are possible.",
        )


def _layers_fit(scenario: Scenario) -> Iterator[Finding]:
    """Each layer is at most at its bound."""
    for index, layer in enumerate(scenario.layers):
        if layer.level > layer.bound:
            yield (
                ("layers", index, "level"),
                f"{layer.level:g} is above the bound, {layer.bound:g}. Lower the one or raise the other.",
            )


def _pairs_have_one_scale(scenario: Scenario) -> Iterator[Finding]:
    """Households are scaled by the chance of a pair, so by nothing else."""
    if scenario.pair_probability is not None and scenario.pathogen.reproduction_number is not None:
        yield (
            ("pathogen", "reproduction_number"),
            "stands beside pair_probability, which already sets the hazard. Leave one of them out.",
        )
    if scenario.pair_probability is not None and scenario.pair_probability >= 1:
        yield ("pair_probability",), "is 1, which no finite hazard gives. Write less, such as 0.999."


class Scenario(Section):
    """One experiment: who, where, against what."""

    schema_version: Annotated[int, BeforeValidator(schema_of)] = Field(alias="schema")
    """Version of the scenario format: 1."""
    name: Annotated[str, BeforeValidator(named)] = "scenario"
    """Name, part of the run folder's; small letters, digits and -."""
    title: Annotated[str, BeforeValidator(text(200))] = ""
    """One line for people."""
    description: Annotated[str, BeforeValidator(text(8000))] = ""
    """What it is for, for people."""
    start: Moment = datetime(2026, 3, 2)
    """Local time at which the run begins; the default is a Monday."""
    duration: Duration
    """Longest time that is simulated [s]."""
    end_when_over: StrictBool = False
    """Stop when nobody is exposed or infectious and no importation is to come."""
    step: Duration = DAY
    """Time between looks at the world [s]; it divides a day. No law depends on it, but where people hunt time goes in
    stretches that divide it."""
    world: WorldSection = WorldSection()
    """Which people and places; see below."""
    people: SizeOf | None = None
    """People of the city, the layered or the well-mixed world; of each closed cell."""
    cells: SizeOf | None = None
    """Closed cells: populations that never meet each other; patches of a lattice."""
    side: Annotated[int, BeforeValidator(count(3, 30_000, "a number of sites"))] | None = None
    """Sites along each side of the patches of a lattice, one person a site; its edges are joined."""
    hunters: SizeOf | None = None
    """People who hunt from the start: on top of `people`, also in each closed cell; among the people of each patch of a
    lattice."""
    households: SizeOf | None = None
    """Households of a world of that kind."""
    size: Annotated[int, BeforeValidator(count(1, 1000, "a household size"))] | None = None
    """People in each household."""
    pair_probability: Annotated[float, BeforeValidator(number(0.0, 1.0, "a share"))] | None = None
    """Chance that one infected person infects one housemate before recovering [1]."""
    infected_at_start: InfectedAtStart = InfectedAtStart(count=0)
    """A count, or a table with `count` or `share`; see below."""
    immune_at_start: ShareByAge | None = None
    """Share of people immune for good, by age [1]."""
    vaccinated_at_start: VaccinatedAtStart | None = None
    """A table; see below."""
    importations: (
        Annotated[
            Importations | tuple[Importation, ...],
            Field(union_mode="left_to_right"),
            BeforeValidator(either_importations),
        ]
        | None
    ) = None
    """A table with a rate, or dated rows; see below."""
    layers: Annotated[tuple[Layer, ...], BeforeValidator(at_most(MOST_LAYERS, "layers"))] = ()
    """Streams of attempts on top of the base; see below."""
    base_level: BaseLevel = Field(default_factory=lambda: BaseLevel.model_validate({}))
    """Factors on the base hazards; see below."""
    flight: Flight = USUAL_FLIGHT
    """What people do once they know of hunters; see below."""
    interventions: Interventions = ()
    """What is done and when, one table an intervention; see below."""
    records: RecordsSection = RecordsSection()
    """What is written down; see below."""
    pathogen: Pathogen
    """Name of a catalogue pathogen, or a table; see below."""

    checks = (
        *(_sizes_of_the_kind, _enough_people, _steps_fit, _importations_fit, _layers_fit, _pairs_have_one_scale),
        *(dates_fit, one_vaccine, hunters_fit, bites_fit, hunters_to_stop),
    )

    @model_validator(mode="before")
    @classmethod
    def _andong(cls, data: object) -> object:
        """A city without a size is as large as Andong."""
        if isinstance(data, Mapping) and "people" not in data:
            world = data.get("world", {})
            if isinstance(world, Mapping) and world.get("kind", "city") == "city":
                return {**data, "people": ANDONG}
        return data

    @model_validator(mode="wrap")
    @classmethod
    def _as_hyosan_error(cls, data: object, handler: ModelWrapValidatorHandler[Scenario]) -> Scenario:
        """All problems of a scenario as one `ScenarioError`, also for a scenario made in Python."""
        try:
            return handler(data)
        except ValidationError as error:
            findings = [finding_of(detail) for detail in error.errors(include_url=False)]
            raise ScenarioError(Problem(message, key=dotted(path)) for path, message in findings) from None

    @property
    def writes_transitions(self) -> bool:
        """Whether the table of transitions is written."""
        if self.records.transitions is None:
            return self.people_in_all < FEW_PEOPLE
        return self.records.transitions == "all"

    @property
    def people_in_all(self) -> int:
        """Count of people of the world."""
        groups = {"closed-cells": self.cells, "households": self.households, "lattice": self.cells}
        return (groups.get(self.world.kind, 1) or 0) * self.people_of_a_group

    @property
    def people_of_a_group(self) -> int:
        """Count of people among whom the infected are counted: of a cell, of a household, or all."""
        if self.world.kind == "households":
            return self.size or 0
        if self.world.kind == "lattice":
            return (self.side or 0) ** 2
        return (self.people or 0) + (self.hunters or 0)

    @property
    def infected_of_a_group(self) -> int:
        """Count of people infected at the start in each cell or household, or in all."""
        return self.hunters or self.infected_at_start.among(self.people_of_a_group)

    def second_of(self, moment: datetime) -> int:
        """Seconds from the start to a moment [s]."""
        return int((moment - self.start).total_seconds())


def dotted(path: tuple[str | int, ...]) -> str:
    """A path as a person writes it.

    >>> dotted(("layers", 0, "level"))
    'layers[0].level'
    """
    written = ""
    for part in path:
        if isinstance(part, int):
            written += f"[{part}]"
        else:
            key = part if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", part) else shown(part)
            written += f".{key}" if written else key
    return written


def resolved(scenario: Section) -> dict[str, Any]:
    """The scenario as plain tables, every default and every source written out; `load.from_table` reads it back."""
    return scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
