"""What a pathogen is: routes, natural history, and how people differ."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, StrictBool

from hyosan.scenario.bite import Bite, bites_make_sense
from hyosan.scenario.course import MOST_STATES, states_make_sense
from hyosan.scenario.distributions import Distribution, Duration
from hyosan.scenario.estimates import (
    WRITTEN,
    Alpha,
    Dispersion,
    RelativeByAge,
    ReproductionNumber,
    ShareByAge,
    Source,
    Speed,
)
from hyosan.scenario.quantities import shown
from hyosan.scenario.section import Section, at_most, number, text, word
from hyosan.units import hour as HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.scenario.section import Finding

MOST_STEPS = 1000
MOST_ROUTES = 16
LONGEST_PROFILE = 10 * 366 * 24 * HOUR
"""Infectiousness by age of infection is followed this long [s]."""

ROUTES = ("air", "touch", "droplet", "surface")
RouteName = Annotated[Literal["air", "touch", "droplet", "surface"], BeforeValidator(word(ROUTES))]
Hazard = Annotated[float, BeforeValidator(number(0.0, 3600.0, "a hazard per hour"))]
"""Infections per hour of shared presence with a susceptible person [1/h]."""

FALLBACK = {
    "school": "class",
    "site": "team",
    "shop": "community",
    "leisure": "community",
    "transport": "community",
    "hospital": "team",
    "care": "home",
}
"""Settings whose hazard may be left out, and the setting whose hazard then holds."""

BehaviourName = Literal["normal", "stays home", "in hospital", "hunts"]


def _state_name(value: object) -> str:
    """A name that can be a column."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z_0-9]{0,31}", value):
        raise ValueError(f"{shown(value)} is not a name of a state. Write small letters, digits and _, a letter first.")
    return value


StateName = Annotated[str, BeforeValidator(_state_name)]


class Route(Section):
    """How infection passes: hazards by setting."""

    home: Hazard = 0.0
    """Per hour of shared presence with one member of the household [1/h]."""
    class_: Hazard = Field(0.0, alias="class")
    """Per hour of shared presence with one member of the school class [1/h]."""
    team: Hazard = 0.0
    """Per hour of shared presence with one member of the working group [1/h]."""
    community: Hazard = 0.0
    """Per hour of contact with one person of the community [1/h]."""
    school: Hazard | None = None
    """Per hour of shared presence with one person of a school at large [1/h]; left out: as `class`."""
    site: Hazard | None = None
    """Per hour of shared presence with one person of a workplace at large [1/h]; left out: as `team`."""
    shop: Hazard | None = None
    """Per hour of shared presence with one person in the shops of a district [1/h]; left out: as `community`."""
    leisure: Hazard | None = None
    """Per hour of shared presence with one person at leisure in a district [1/h]; left out: as `community`."""
    transport: Hazard | None = None
    """Per hour of shared presence with one person on a line of public transport [1/h]; left out: as `community`."""
    hospital: Hazard | None = None
    """Per hour of shared presence with one person of a hospital ward [1/h]; left out: as `team`."""
    care: Hazard | None = None
    """Per hour of shared presence with one person of a care home [1/h]; left out: as `home`."""
    size_exponent: Annotated[float, BeforeValidator(number(0.0, 2.0, "an exponent of size"))] = 0.0
    """The hazard of a pair in a place of n people is divided by n to this power [1]."""
    source: Source = WRITTEN
    """Where the hazards come from."""

    def hazard(self, setting_name: str) -> float:
        """Hazard in force in a setting, which another may stand for [1/h].

        >>> route = Route(home=0.3)
        >>> route.hazard("care"), route.hazard("shop")
        (0.3, 0.0)
        """
        given: float | None = getattr(self, "class_" if setting_name == "class" else setting_name)
        return self.hazard(FALLBACK[setting_name]) if given is None else given


def _profile_makes_sense(profile: InfectiousnessProfile) -> Iterator[Finding]:
    """As many numbers as times; times rising from 0 in whole hours; somewhere above 0."""
    after, relative = profile.after, profile.relative
    if len(after) != len(relative):
        yield ("relative",), f"has {len(relative)} numbers for {len(after)} times. Write one for each of `after`."
    if not after or after[0] != 0:
        yield ("after",), "begins later than 0. Write '0 days' first, so that every age of infection has a value."
    if any(left >= right for left, right in pairwise(after)):
        yield ("after",), "does not rise. Write each time once, the shortest first."
    if any(time % HOUR for time in after) or any(time > LONGEST_PROFILE for time in after):
        yield ("after",), "holds a time that is no whole hour, or above 10 years. Write hours, such as '36 hours'."
    if not any(relative):
        yield ("relative",), "is 0 throughout: nobody would infect anybody. Write at least one number above 0."


class InfectiousnessProfile(Section):
    """Infectiousness by age of infection, in steps; it multiplies that of the state."""

    after: Annotated[tuple[Duration, ...], BeforeValidator(at_most(MOST_STEPS, "times"))]
    """Ages of infection at which the steps begin [s], rising from 0."""
    relative: Annotated[
        tuple[Annotated[float, BeforeValidator(number(0.0, 1e6, "a relative infectiousness"))], ...],
        BeforeValidator(at_most(MOST_STEPS, "numbers")),
    ]
    """Infectiousness from then on, a factor on the hazard [1]."""
    source: Source = WRITTEN
    """Where the profile comes from."""

    checks = (_profile_makes_sense,)


class Branch(Section):
    """A state that may follow."""

    to: Annotated[str, BeforeValidator(text(40))]
    """Name of the state, or `susceptible`."""
    share: ShareByAge | None = None
    """Chance of this branch; the last branch may leave it out and take the rest."""


class StateSpec(Section):
    """What being in a state means, and what follows it."""

    dwell: Distribution | None = None
    """Time spent in the state; a state without is final."""
    next: Annotated[tuple[Branch, ...], BeforeValidator(at_most(MOST_STATES, "branches"))] = ()
    """What may follow, one table a branch; see below."""
    infectiousness: Annotated[float, BeforeValidator(number(0.0, 1e6, "a relative infectiousness"))] = 0.0
    """A factor on the hazard [1]; 0 is not infectious."""
    susceptibility: Annotated[float, BeforeValidator(number(0.0, 1.0, "a relative susceptibility"))] = 0.0
    """Relative to somebody never infected [1]: above 0, a person can be infected again while in this state."""
    symptomatic: StrictBool = False
    """Whether a person notices."""
    behaviour: Annotated[BehaviourName, BeforeValidator(word(get_args(BehaviourName)))] = "normal"
    """What the state does to a person's day; who `hunts` seeks others and strikes them."""
    dead: StrictBool = False
    """Whether it is death."""
    source: Source = WRITTEN
    """Source of the relative infectiousness and susceptibility."""


def _one_way_to_write_states(pathogen: Pathogen) -> Iterator[Finding]:
    """Either states, or the periods that stand for them."""
    given, periods = pathogen.given_states, pathogen.infectious_period
    if given and (periods or pathogen.latent_period):
        name = "infectious_period" if periods else "latent_period"
        yield (name,), "stands beside `states`. Write the periods, or the states, not both."
    elif not given and periods is None:
        yield ("infectious_period",), "is missing. Write it (and latent_period), or write `states`."
    else:
        yield from states_make_sense(pathogen)
    if not pathogen.routes and pathogen.bite is None and pathogen.alpha is None:
        empty = "is empty. Write at least one route, such as [pathogen.routes.air] with community = 1.0."
        yield ("routes",), empty if "routes" in pathogen.model_fields_set else "is missing."


class Pathogen(Section):
    """One cause of illness."""

    name: Annotated[str, BeforeValidator(text(64))]
    """Name, as runs report it."""
    title: Annotated[str, BeforeValidator(text(200))] = ""
    """One line for people."""
    description: Annotated[str, BeforeValidator(text(8000))] = ""
    """What it is, for people."""
    reproduction_number: ReproductionNumber | None = None
    """If given, hazards are relative, and scaled until the next-generation matrix has this top eigenvalue [1]."""
    dispersion: Dispersion | None = None
    """k of individual variation: a gamma of mean 1 multiplies infectiousness; without it nobody varies [1]."""
    routes: Annotated[dict[RouteName, Route], BeforeValidator(at_most(MOST_ROUTES, "routes"))] = Field(
        default_factory=dict
    )
    """How it passes, by name: `air`, `touch`, `droplet`, `surface`; see below."""
    alpha: Alpha | None = None
    """Hunters destroyed for each bite: a strike bites with chance 1 / (1 + alpha), else the hunter is destroyed [1]."""
    hunter_speed: Speed | None = None
    """Speed of a hunter that pursues somebody [m/s]; if given it counts in place of `bite.speed`."""
    bite: Bite | None = None
    """How the infected hunt, in place of `routes`; see below."""
    infectiousness: InfectiousnessProfile | None = None
    """By age of infection; without it only the states count."""
    susceptibility: RelativeByAge | None = None
    """By age, a factor on the hazard [1]."""
    given_states: Annotated[dict[StateName, StateSpec], BeforeValidator(at_most(MOST_STATES, "states"))] = Field(
        default_factory=dict, alias="states"
    )
    """States as written; the property `states` is there for both ways of writing."""
    latent_period: Distribution | None = None
    """Infection to infectious; with `infectious_period`, in place of states."""
    infectious_period: Distribution | None = None
    """How long a person is infectious; in place of states."""

    checks = (_one_way_to_write_states, bites_make_sense)

    @property
    def pursuit_speed(self) -> Speed | None:
        """Speed of a hunter that pursues somebody; without it nobody gets away."""
        return self.hunter_speed or (self.bite.speed if self.bite is not None else None)

    @property
    def states(self) -> dict[str, StateSpec]:
        """All states in order; an infection begins in the first."""
        if self.given_states:
            return dict(self.given_states)
        states = {}
        if self.latent_period is not None:
            states["exposed"] = StateSpec(dwell=self.latent_period, next=(Branch(to="infectious"),))
        states["infectious"] = StateSpec(
            dwell=self.infectious_period, next=(Branch(to="recovered"),), infectiousness=1.0, symptomatic=True
        )
        states["recovered"] = StateSpec()
        return states
