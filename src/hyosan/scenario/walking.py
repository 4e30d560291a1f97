"""What a person writes about people in a building: the plan, who is in it, when they set out, and doors that change."""

from __future__ import annotations

import re
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    PlainSerializer,
    StrictBool,
    ValidationError,
    model_validator,
)

from hyosan.errors import Problem, ScenarioError
from hyosan.scenario.behaviour import RESPONSES, Behaviour, InsideOrder, Part, TimeOfDay, clock_of
from hyosan.scenario.distributions import Distribution, Duration
from hyosan.scenario.estimates import WRITTEN, Source
from hyosan.scenario.model import LONGEST_RUN, dotted, named, schema_of
from hyosan.scenario.pathogen import Pathogen
from hyosan.scenario.quantities import in_words, shown
from hyosan.scenario.section import Finding, Section, at_most, count, finding_of, number, text, word
from hyosan.scenario.start import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

HALLS = ("corridor", "bottleneck", "counterflow", "chase")
"""Plans that are made to measure instead of read."""

NARROWEST = 0.5
"""Openings narrower than this cannot be passed [m]; as in floor plans."""

MOST_OCCUPANTS = 50_000
ACTIVITIES = ("evacuate", "timetable", "stay")
MOST_CHANGES = 1000
LEAST_STEP, MOST_STEP = 0.001, 0.25

_SHORT = re.compile(r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*(ms|s|seconds?|min|minutes?)\s*")
_UNITS = {"ms": Fraction(1, 1000), "s": Fraction(1), "seconds": Fraction(1), "second": Fraction(1)}


def short_time(value: object) -> float:
    """A time that may be a part of a second [s].

    >>> short_time("0.05 s"), short_time("100 ms")
    (0.05, 0.1)
    """
    if isinstance(value, str) and len(value) < 50 and (match := _SHORT.fullmatch(value)) is not None:
        return float(Fraction(match.group(1)) * _UNITS.get(match.group(2), Fraction(60)))
    raise ValueError(f"{shown(value)} is not a time. Write a number and a unit, such as '0.05 s'.")


ShortTime = Annotated[
    float, BeforeValidator(short_time), PlainSerializer(lambda seconds: f"{seconds:.9g} s", return_type=str)
]
Length = Annotated[float, BeforeValidator(number(0.1, 1000.0, "a length in metres"))]
Pace = Annotated[float, BeforeValidator(number(0.05, 12.0, "a speed in metres a second"))]


class Uniform(Section):
    """Any time between two is as likely."""

    distribution: Literal["uniform"]
    """`uniform`."""
    least: Duration
    """Shortest time [s]."""
    most: Duration
    """Longest time [s]."""
    source: Source = WRITTEN
    """Where the law comes from."""

    @model_validator(mode="after")
    def _in_order(self) -> Uniform:
        if self.most < self.least:
            raise ValueError(f"most, {in_words(self.most)}, is below least, {in_words(self.least)}. Exchange them.")
        return self


def _law(value: object) -> object:
    """Which kind of law a table holds."""
    if isinstance(value, dict) and value.get("distribution") == "uniform":
        return Uniform.model_validate(value)
    return Distribution.model_validate(value)


class Speeds(Section):
    """Free walking speeds of grown-up people: a normal law, cut off at both ends."""

    mean: Pace = 1.34
    """Mean [m/s]."""
    sd: Annotated[float, BeforeValidator(number(0.0, 5.0, "a speed in metres a second"))] = 0.26
    """Standard deviation [m/s]."""
    least: Pace = 0.5
    """Nobody is slower [m/s]."""
    most: Pace = 2.2
    """Nobody is faster [m/s]."""
    source: Source = "doi:10.3929/ethz-a-000687810"
    """Where they come from."""


class DoorChange(Section):
    """A door that is opened, shut or locked while people walk."""

    door: Annotated[str, BeforeValidator(text(200))]
    """Name of the door in the plan."""
    state: Annotated[Literal["open", "closed", "locked"], BeforeValidator(word(("open", "closed", "locked")))]
    """`open`, `closed` or `locked`."""
    after: Duration
    """Time since the start [s]."""


class WalkRecords(Section):
    """What is written down."""

    tracks: ShortTime = 0.5
    """Time between rows of `tracks` [s]."""


class BuildingSection(Section):
    """How a building is stepped."""

    step: ShortTime = 0.05
    """Length of a step [s]."""
    sleep: StrictBool = True
    """Whether who sits, hides or waits is not stepped until something reaches them; the result is the same without."""


class BuildingWorld(Section):
    """Which people and places are made."""

    kind: Literal["building"]
    """`building`."""


def _fits(scenario: BuildingScenario) -> Iterator[Finding]:
    """Sizes, steps and lengths go together."""
    if not 1 <= scenario.duration <= min(LONGEST_RUN, 7 * 86_400):
        yield ("duration",), f"'{in_words(scenario.duration)}' is not a length of such a run. Write 1 second to 7 days."
    if not LEAST_STEP <= scenario.building.step <= MOST_STEP:
        yield ("building", "step"), f"is {scenario.building.step:g} s. Write {LEAST_STEP:g} s to {MOST_STEP:g} s."
    elif scenario.records.tracks < scenario.building.step:
        yield ("records", "tracks"), "is shorter than a step. Write at least as long as building.step."
    for key in ("width", "length"):
        if getattr(scenario, key) is not None and scenario.floorplan not in HALLS:
            yield (key,), f"has no meaning for the floor plan {scenario.floorplan!r}, which has its own. Leave it out."
    if scenario.floorplan == "bottleneck" and scenario.width is not None and scenario.width < NARROWEST:
        yield ("width",), f"is {scenario.width:g} m, and nobody gets through. Write {NARROWEST:g} m or more."
    if scenario.activity == "timetable" and scenario.floorplan in HALLS:
        yield ("activity",), f'is "timetable", but {scenario.floorplan!r} has no seats. Write activity = "evacuate".'
    if scenario.opposite is not None and scenario.floorplan != "counterflow":
        yield ("opposite",), 'has a meaning only for floorplan = "counterflow". Leave it out.'
    if scenario.speed.least > scenario.speed.most:
        yield ("speed", "least"), "is above speed.most. Exchange them."


def outbreak_fits(scenario: BuildingScenario) -> Iterator[Finding]:
    """What only an outbreak knows is not asked without one; times lie within the run, and in order."""
    pathogen = scenario.pathogen
    if pathogen is None:
        for key in ("bitten", "hunters", "orders", "bitten_in", "hunters_in", "first_bite", "first_turn"):
            if getattr(scenario, key):
                yield (key,), 'has no meaning without a pathogen. Write pathogen = "jonas", or leave it out.'
        return
    if pathogen.bite is None:
        yield ("pathogen",), f"{pathogen.name} does not pass by bites. Write one whose infected hunt, such as jonas."
        return
    begin = scenario.start.hour * 3600 + scenario.start.minute * 60 + scenario.start.second
    for key in ("first_bite", "first_turn"):
        at = getattr(scenario, key)
        if at is not None and at < begin:
            yield (key,), f"is {clock_of(at)}, before the run begins at {clock_of(begin)}. Write a later time."
    bite, turn = scenario.first_bite, scenario.first_turn
    if turn is not None and turn <= (begin if bite is None else bite):
        yield ("first_turn",), f"is {clock_of(turn)}, not after the bite. Write a later time."
    if scenario.people is not None and scenario.hunters + scenario.bitten > scenario.people:
        yield ("hunters",), f"and bitten are more than the {scenario.people} people. Lower one, or raise people."
    for row, order in enumerate(scenario.orders):
        if not 0 <= scenario.second_of(order.at) <= scenario.duration:
            yield ("orders", row, "at"), "is not in the run. Write a date between its start and its end."


class BuildingScenario(Section):
    """One run of people in a building."""

    schema_version: Annotated[int, BeforeValidator(schema_of)] = Field(alias="schema")
    """Version of the scenario format: 1."""
    name: Annotated[str, BeforeValidator(named)] = "scenario"
    """Name, part of the run folder's; small letters, digits and -."""
    title: Annotated[str, BeforeValidator(text(200))] = ""
    """One line for people."""
    description: Annotated[str, BeforeValidator(text(8000))] = ""
    """What it is for, for people."""
    start: Moment = datetime(2026, 3, 2, 8)
    """Local time at which the run begins."""
    duration: Duration
    """Longest time that is simulated [s]; without an outbreak it ends before when everybody has left."""
    world: BuildingWorld
    """`kind = "building"`."""
    floorplan: Annotated[str, BeforeValidator(text(4000))]
    """A plan of the catalogue, the path of a file, or `corridor`, `bottleneck`, `counterflow` or
    `chase`, made to measure."""
    people: Annotated[int, BeforeValidator(count(1, MOST_OCCUPANTS, "a count"))] | None = None
    """People in it; without it as many as the plan has pupils' and teachers' seats."""
    width: Length | None = None
    """Width of a corridor, or of the door of a bottleneck [m]."""
    length: Length | None = None
    """Length of a corridor behind the crowd, or of the narrow part of a bottleneck [m]."""
    opposite: Annotated[int, BeforeValidator(count(0, MOST_OCCUPANTS, "a count"))] | None = None
    """In a counterflow, people who come the other way."""
    activity: Annotated[Literal["evacuate", "timetable", "stay"], BeforeValidator(word(ACTIVITIES))] = "evacuate"
    """`evacuate`: everybody leaves; `timetable`: a school day; `stay`: all stay, unless an outbreak moves them."""
    premovement: Annotated[Uniform | Distribution, BeforeValidator(_law)]
    """Law of the time from the start until somebody sets out."""
    speed: Speeds = Speeds()
    """Free walking speeds of those of whom the plan says nothing else."""
    door_changes: Annotated[tuple[DoorChange, ...], BeforeValidator(at_most(MOST_CHANGES, "changes"))] = ()
    """Doors that are opened, shut or locked, one table a change."""
    pathogen: Pathogen | None = None
    """What makes hunters of people; without it nobody is bitten."""
    bitten: Annotated[int, BeforeValidator(count(0, MOST_OCCUPANTS, "a count"))] = 0
    """People whom an animal bites."""
    bitten_in: Annotated[str, BeforeValidator(text(200))] | None = None
    """Name of the room in which it does; a laboratory in which there is a class, if not given."""
    first_bite: TimeOfDay | None = None
    """When the animal bites; at the start if not given."""
    first_turn: TimeOfDay | None = None
    """When those whom it bites turn; by the pathogen's times if not given."""
    hunters: Annotated[int, BeforeValidator(count(0, MOST_OCCUPANTS, "a count"))] = 0
    """People who hunt from the start, among `people`."""
    hunters_in: Annotated[str, BeforeValidator(text(200))] | None = None
    """Name of the room in which they are at the start; anywhere if not given."""
    locked_doors: Part = 0.5
    """Share of the doors with a leaf that can be locked from inside without a key [1]; assumed."""
    response: Annotated[Literal["none", "announce", "lock-down", "evacuate"], BeforeValidator(word(RESPONSES))] = "none"
    """What the office says to all after the first call for help."""
    response_after: Duration = 120
    """How long after it [s]; assumed."""
    credible: Part = 0.8
    """Share of people who believe it [1]; assumed."""
    orders: Annotated[tuple[InsideOrder, ...], BeforeValidator(at_most(MOST_CHANGES, "orders"))] = ()
    """What is ordered inside the building at a date, one table an order."""
    behaviour: Behaviour = Behaviour()
    """What people perceive and do."""
    building: BuildingSection = BuildingSection()
    """How it is stepped."""
    records: WalkRecords = WalkRecords()
    """What is written down."""

    checks = (_fits, outbreak_fits)

    @model_validator(mode="wrap")
    @classmethod
    def _as_hyosan_error(cls, data: object, handler: ModelWrapValidatorHandler[BuildingScenario]) -> BuildingScenario:
        """All problems of a scenario as one `ScenarioError`, also for a scenario made in Python."""
        try:
            return handler(data)
        except ValidationError as error:
            findings = [finding_of(detail) for detail in error.errors(include_url=False)]
            raise ScenarioError(Problem(message, key=dotted(path)) for path, message in findings) from None

    def second_of(self, moment: datetime) -> int:
        """Seconds from the start to a moment [s]."""
        return int((moment - self.start).total_seconds())


def is_of_a_building(table: Any) -> bool:
    """Whether a scenario is one of people in a building."""
    world = table.get("world") if isinstance(table, dict) else None
    return isinstance(world, dict) and world.get("kind") == "building"
