"""Sections of a scenario: the world, layers and base levels of its hazards, and what is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field

from hyosan.scenario.distributions import Duration
from hyosan.scenario.section import Section, count, number, word
from hyosan.units import day as DAY
from hyosan.units import hour as HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.scenario.section import Finding

SIZES = {
    "city": ("people",),
    "layered": ("people",),
    "well-mixed": ("people",),
    "closed-cells": ("cells", "people"),
    "households": ("households", "size", "pair_probability"),
    "lattice": ("cells", "side"),
}
"""Which sizes a kind of world has."""

SETTINGS = (
    *("home", "class", "team", "community"),
    *("school", "site", "shop", "leisure", "transport", "hospital", "care"),
)
"""Settings by the names that scenarios use."""

Kind = Literal["city", "layered", "well-mixed", "closed-cells", "households", "lattice"]
Schedules = Annotated[Literal["around the clock", "weeks"], BeforeValidator(word(("around the clock", "weeks")))]
SettingName = Annotated[str, BeforeValidator(word(SETTINGS))]
Factor = Annotated[float, BeforeValidator(number(0.0, 1e6, "a factor on a hazard"))]


def _schedules_of_the_kind(world: WorldSection) -> Iterator[Finding]:
    """Only a layered world has a choice of schedules."""
    if world.schedules is not None and world.kind != "layered":
        lives = "lives by weeks" if world.kind == "city" else "is everywhere around the clock"
        yield (
            ("schedules",),
            f'schedules has no meaning in a world of kind "{world.kind}", where everybody {lives}. '
            'Leave it out, or write world.kind = "layered".',
        )


class WorldSection(Section):
    """Which people and places are made."""

    kind: Annotated[Kind, BeforeValidator(word(SIZES))] = "city"
    """`city`, `layered`, `well-mixed`, `closed-cells`, `households` or `lattice`."""
    seed: Annotated[int, BeforeValidator(count(0, 2**63 - 1, "a seed"))] = 1
    """Seed of the people and places; `--seed` is that of the run."""
    schedules: Schedules | None = None
    """Of a layered world: `weeks` as in the city, or, as without it, `around the clock`: everybody is everywhere."""

    checks = (_schedules_of_the_kind,)


class Layer(Section):
    """A stream of attempts with draws of its own, on top of the base of a setting."""

    setting: SettingName
    """`home`, `class`, `team`, `community`, `school`, `site`, `shop`, `leisure`, `transport`, `hospital` or `care`."""
    bound: Factor
    """Largest rate the layer may have, times the pathogen's hazard of the setting [1]."""
    level: Factor
    """Rate in force, at most the bound [1]."""


class BaseLevel(Section):
    """Factors on the base hazards; 0 switches the base of a setting off."""

    home: Factor = 1.0
    """Factor on the hazard at home [1]."""
    class_: Factor = Field(1.0, alias="class")
    """Factor on the hazard in classes [1]."""
    team: Factor = 1.0
    """Factor on the hazard in teams [1]."""
    community: Factor = 1.0
    """Factor on the hazard in the community [1]."""
    school: Factor = 1.0
    """Factor on the hazard at schools at large [1]."""
    site: Factor = 1.0
    """Factor on the hazard at workplaces at large [1]."""
    shop: Factor = 1.0
    """Factor on the hazard in shops [1]."""
    leisure: Factor = 1.0
    """Factor on the hazard at leisure [1]."""
    transport: Factor = 1.0
    """Factor on the hazard in public transport [1]."""
    hospital: Factor = 1.0
    """Factor on the hazard in hospital wards [1]."""
    care: Factor = 1.0
    """Factor on the hazard in care homes [1]."""

    def of(self, name: str) -> float:
        """Factor of a setting by its name [1].

        >>> BaseLevel.model_validate({"class": 0.5}).of("class")
        0.5
        """
        factor: float = getattr(self, "class_" if name == "class" else name)
        return factor


class RecordsSection(Section):
    """What is written down."""

    transitions: Annotated[Literal["all", "none"], BeforeValidator(word(("all", "none")))] | None = None
    """`all` or `none`: whether the table `transitions` is written; without it, `all` below two million people. Dates of
    infectiousness, symptoms and the end of a course stand in `infections` in any case."""
    counts: Duration = DAY
    """Time between counts of everybody by state [s]."""
    presence: Duration = HOUR
    """Time between looks at where hunters are [s]."""
