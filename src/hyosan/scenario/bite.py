"""How infected people who hunt strike: what the pathogen file says of bites, and what people do about them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from hyosan.scenario.distributions import Duration
from hyosan.scenario.estimates import WRITTEN, Estimate, Share, Source, Speed
from hyosan.scenario.quantities import YEAR, in_words, shown
from hyosan.scenario.section import Section, at_most, number
from hyosan.scenario.sections import SETTINGS
from hyosan.units import day as DAY
from hyosan.units import minute as MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.scenario.model import Scenario
    from hyosan.scenario.pathogen import Pathogen
    from hyosan.scenario.section import Finding

MOST_WOUNDS = 16
MOST_HAZARD = 3600.0
SLOWEST_HAZARD = 1e-6
MOST_AREA = 100_000.0
"""With a hazard that holds in more street, gaps between strikes in the smallest cells could not be drawn [m²]."""


def _name_of_a_wound(value: object) -> str:
    """A name for people's eyes."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z_0-9]{0,31}", value):
        raise ValueError(f"{shown(value)} is not a name of a wound. Write small letters, digits and _, a letter first.")
    return value


class Wound(Section):
    """A wound that a strike may give, and what the virus makes of it."""

    share: Annotated[float, BeforeValidator(number(0.0, 1.0, "a share"))]
    """Share of all wounds [1]; those of all kinds add up to 1."""
    risk: Annotated[float, BeforeValidator(number(0.0, 1.0, "a share"))]
    """Chance that the virus takes [1]."""
    to: str
    """Name of the state in which the infection then begins."""
    source: Source = WRITTEN
    """Where share and risk come from."""


def _wounds_add_up(bite: Bite) -> Iterator[Finding]:
    """Shares of the wounds are of one whole, and one of them infects."""
    if not bite.wounds:
        return
    total = sum(wound.share for wound in bite.wounds.values())
    if abs(total - 1.0) > 1e-6:
        yield ("wounds",), f"has shares of {total:.6g} together. Write shares that add up to 1."
    if not any(wound.share * wound.risk > 0 for wound in bite.wounds.values()):
        yield ("wounds",), "infects nobody. Write a risk above 0 for at least one wound that has a share."


def _pause_fits(bite: Bite) -> Iterator[Finding]:
    """A pause is not longer than a day."""
    if bite.pause > DAY:
        yield ("pause",), f"'{in_words(bite.pause)}' is too long. Write 1 day at most."


class Bite(Section):
    """How hunters strike, move and are drawn."""

    hazard: Annotated[float, BeforeValidator(number(SLOWEST_HAZARD, MOST_HAZARD, "a number of strikes an hour"))]
    """Strikes an hour of one hunter at one person whom it can reach [1/h]."""
    area: Annotated[float, BeforeValidator(number(1.0, MOST_AREA, "an area in square metres"))] = 1000.0
    """Area of the piece of street in which that hazard holds; in a larger one people are harder to find [m²]."""
    pause: Duration = 0
    """After a strike a hunter needs this long before the next [s]."""
    wounds: Annotated[
        dict[Annotated[str, BeforeValidator(_name_of_a_wound)], Wound],
        BeforeValidator(at_most(MOST_WOUNDS, "wounds")),
    ] = Field(default_factory=dict)
    """Wounds by name; without any, every bite infects, and infections begin in the first state."""
    pace: Speed = Estimate(value=0.8, source="assumed: a slow walk")
    """Speed at which hunters go along streets towards what draws them [m/s]."""
    speed: Speed | None = None
    """Speed of a hunter that pursues somebody [m/s]; without it nobody gets away."""
    hearing: Annotated[float, BeforeValidator(number(0.0, 5000.0, "a distance in metres"))] = 400.0
    """How far people outdoors, noise and light draw hunters [m]."""
    breaking: Annotated[float, BeforeValidator(number(0.0, 100.0, "a factor"))] = 1.0
    """Factor on the rate at which hunters break into buildings [1]; 0: never."""
    company: Annotated[float, BeforeValidator(number(0.0, 10.0, "a share"))] = 0.0
    """What each further person in reach adds to `alpha`, as a share of it [1]: people fight together."""
    reach: Annotated[float, BeforeValidator(number(0.1, 5.0, "a distance in metres"))] = 0.8
    """In a building, how near a hunter must be to strike [m]; assumed: an arm's length."""
    sight: Annotated[float, BeforeValidator(number(0.5, 500.0, "a distance in metres"))] = 25.0
    """In a building, how far a hunter sees people [m]; assumed."""
    field_of_view: Annotated[float, BeforeValidator(number(30.0, 360.0, "an angle in degrees"))] = 200.0
    """In a building, a hunter's field of view [degrees]; assumed: as people's."""
    hears: Annotated[float, BeforeValidator(number(0.0, 150.0, "a level in decibels"))] = 40.0
    """In a building, level from which a hunter goes after a sound [dB]; assumed: it listens, and does not talk."""
    loses: Duration = 8
    """In a building, a hunter that does not see its prey for so long gives it up [s]; assumed."""
    source: Source = WRITTEN
    """Where the numbers of this table without a source of their own come from."""

    checks = (_wounds_add_up, _pause_fits)


def _times_fit(flight: Flight) -> Iterator[Finding]:
    """Calls come before the run is long over, and forays are a matter of days."""
    if flight.phone > YEAR:
        yield ("phone",), f"'{in_words(flight.phone)}' is too long. Write 1 year at most."
    if flight.forays % DAY or flight.forays > YEAR:
        yield (
            ("forays",),
            f"'{in_words(flight.forays)}' is not a number of days. Write '1 day' to '365 days', or '0 days' for never.",
        )


class Flight(Section):
    """What people do once they know of hunters."""

    leave: Share = Estimate(value=0.15, source="assumed: one household in seven")
    """Share of households that leave the town once they know [1]."""
    shelter: Share = Estimate(value=0.3, source="assumed: three households in ten")
    """Share of households that go to a shelter while one is open; else they stay at home [1]."""
    walking: Speed = Estimate(value=1.34, source="assumed: Weidmann's mean walking speed of pedestrians")
    """Speed of people on the move [m/s]."""
    running: Speed = Estimate(value=3.0, source="assumed: a run that an untrained adult keeps up for a minute")
    """Speed of somebody who runs from a hunter, at ages 15 to 49 [m/s]; the young and old are slower."""
    refuge: Annotated[float, BeforeValidator(number(1.0, 10_000.0, "a distance in metres"))] = 40.0
    """Distance to a door that closes, on average [m]; assumed: a house in three."""
    phone: Duration = 10 * MINUTE
    """From a strike to when household, class and team know of it [s]; assumed."""
    barricade: Annotated[float, BeforeValidator(number(1.0, 100.0, "a factor"))] = 3.0
    """Factor on the strength of a building in which people know [1]; assumed."""
    forays: Duration = 3 * DAY
    """Who stays goes out for an hour once in so many days, for water and food [s]; 0 seconds: never; assumed."""
    rumour: Annotated[float, BeforeValidator(number(1.0, 1e9, "a number of people"))] = 2000.0
    """Bitten people at which half of all have heard without having seen or been told [1]; assumed."""
    source: Source = WRITTEN
    """Where the numbers of this table without a source of their own come from."""

    checks = (_times_fit,)


USUAL_FLIGHT = Flight(source="assumed: what a scenario without a table of its own has, for want of any such town")
"""What people do where a scenario does not say it."""

HUNTED_BUILT_IN = ("destroyed", "killed")
"""States that every pathogen with hunters has: hunters destroyed, and people killed by mistake."""


def bites_make_sense(pathogen: Pathogen) -> Iterator[Finding]:
    """Hunters and bites belong together, and stand alone among the routes."""
    states, bite = pathogen.states, pathogen.bite
    hunting = [name for name, state in states.items() if state.behaviour == "hunts"]
    if bite is None and pathogen.alpha is None:
        if pathogen.hunter_speed is not None:
            yield ("hunter_speed",), "has no meaning without pathogen.bite. Leave it out."
        if hunting:
            yield ("states", hunting[0], "behaviour"), "is hunts, but there is no pathogen.bite. Write it, with alpha."
        return
    if bite is None or pathogen.alpha is None:
        missing = "bite" if bite is None else "alpha"
        yield (missing,), "is missing. Hunters need both pathogen.alpha and a table pathogen.bite."
        return
    if pathogen.routes:
        yield ("routes",), "stands beside bite. A pathogen whose infected hunt passes by bites alone: leave it out."
    for key in ("reproduction_number", "dispersion", "infectiousness", "susceptibility"):
        if getattr(pathogen, key) is not None:
            yield (key,), "has no meaning for bites. Leave it out: alpha and hazard say how it spreads."
    if not hunting:
        yield ("states",), 'has nobody who hunts. Write behaviour = "hunts" for the state in which the infected do.'
    for name, state in states.items():
        if name in HUNTED_BUILT_IN:
            yield ("states", name), f"is a state that is there anyway. Choose another name, such as '{name}_otherwise'."
        if state.susceptibility > 0 or any(branch.to == "susceptible" for branch in state.next):
            yield ("states", name), "makes people susceptible again, which bites cannot. Lead to a final state."
        if (state.infectiousness > 0) != (state.behaviour == "hunts"):
            yield (
                ("states", name, "infectiousness"),
                f"is {state.infectiousness:g}, but it {'hunts' if state.behaviour == 'hunts' else 'does not hunt'}. "
                "Who hunts has infectiousness 1, nobody else has any.",
            )
    for name, wound in bite.wounds.items():
        if wound.to not in states:
            yield ("bite", "wounds", name, "to"), f"{shown(wound.to)}: no such state. Known: {', '.join(states)}."


WITHOUT_STREETS = ("well-mixed", "closed-cells", "lattice")
"""Kinds of worlds in which somebody can hunt from the start."""


def hunters_fit(scenario: Scenario) -> Iterator[Finding]:
    """Hunters at the start need a pathogen that makes them at once, and a world of one cell each."""
    if scenario.hunters is None:
        return
    bite, states = scenario.pathogen.bite, scenario.pathogen.states
    kind = scenario.world.kind
    if bite is None:
        yield (
            ("hunters",),
            "has no meaning without a pathogen whose infected hunt. Leave it out, or write pathogen.bite.",
        )
    elif kind not in WITHOUT_STREETS:
        kinds = " or ".join(f'"{other}"' for other in WITHOUT_STREETS)
        yield (
            ("hunters",),
            f'has no meaning in a world of kind "{kind}". Write infected_at_start, or world.kind = {kinds}.',
        )
    else:
        entries = [wound.to for wound in bite.wounds.values()] or list(states)[:1]
        waiting = [name for name in entries if name in states and states[name].behaviour != "hunts"]
        if waiting:
            yield (
                ("hunters",),
                f"has no meaning where an infection begins with {waiting[0]}, in which nobody hunts. "
                "Write infected_at_start.",
            )
    if scenario.infected_at_start.among(1):
        yield ("infected_at_start",), "stands beside hunters. Write one of them."


def bites_fit(scenario: Scenario) -> Iterator[Finding]:
    """What only other routes know is not asked of bites, nor a lattice of other routes."""
    kind, given = scenario.world.kind, scenario.vaccinated_at_start
    if scenario.pathogen.bite is None:
        if kind == "lattice":
            message = 'is "lattice", where people meet their neighbours by bites alone. Write another kind.'
            yield ("world", "kind"), message
        return
    if kind == "households":
        message = 'is "households", where pair_probability says how infection passes. Write another kind.'
        yield ("world", "kind"), message
    if scenario.layers:
        yield ("layers",), "has no meaning for bites, of which there is one stream. Leave it out."
    for name in SETTINGS:
        if scenario.base_level.of(name) != 1.0:
            yield ("base_level", name), "has no meaning for bites. Leave it out: pathogen.bite.hazard says how often."
    if given is not None and given.action == "leaky":
        yield (
            ("vaccinated_at_start", "action"),
            'is "leaky", but a bite takes or not, and asks no vaccine. Write action = "all-or-nothing".',
        )
