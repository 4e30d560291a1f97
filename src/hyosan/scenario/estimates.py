"""Numbers about nature: a value with its source, the same at all ages or in steps of age."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, model_validator

from hyosan.rules.codes import MOST_AGES
from hyosan.scenario.quantities import shown
from hyosan.scenario.section import Section, at_most, count, number, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.scenario.section import Finding

WRITTEN = "assumed: written in the scenario"
"""Source of a number that a person wrote without one."""


def _source(value: object) -> str:
    """A source is a DOI, an assumption with its reason, or fiction with its author."""
    written = text(500)(value)
    kind, colon, rest = written.partition(":")
    if kind not in ("doi", "assumed", "fiction") or not colon or not rest.strip():
        raise ValueError(f"{shown(written)} is not a source. Write 'doi:…', 'assumed: why' or 'fiction: whose'.")
    return written


Source = Annotated[str, BeforeValidator(_source)]
Number = Annotated[float, BeforeValidator(number(-1e12, 1e12, "a number"))]


class Estimate(Section):
    """A number and where it comes from; the same at all ages."""

    value: Number
    """The number."""
    source: Source = WRITTEN
    """`doi:…`, `assumed: why` or `fiction: whose`."""

    @model_validator(mode="before")
    @classmethod
    def _bare_number(cls, data: object) -> object:
        """A number alone is an assumption of whoever wrote it."""
        if isinstance(data, Mapping) and isinstance(data.get("value"), list | tuple):
            raise ValueError("has a list of numbers, but no ages. Write from_age, such as from_age = [0, 20, 65].")
        return data if isinstance(data, Mapping | Estimate) else {"value": data}

    def at(self, age: float) -> float:
        """Value at an age [years]."""
        return self.value


def _steps(by_age: ByAge) -> Iterator[Finding]:
    """As many values as ages, ages rising from 0."""
    ages = by_age.from_age
    if len(ages) != len(by_age.value):
        yield ("value",), f"has {len(by_age.value)} numbers for {len(ages)} ages. Write one for each of from_age."
    if ages and ages[0] != 0:
        yield ("from_age",), f"begins at {ages[0]}. Begin at 0, so that every age has a value."
    if not ages:
        yield ("from_age",), "is empty. Write ages such as [0, 20, 65]."
    if any(left >= right for left, right in pairwise(ages)):
        yield ("from_age",), f"{shown(list(ages))} does not rise. Write each age once, the youngest first."


class ByAge(Section):
    """A number in steps of age: `value[i]` holds from `from_age[i]` [years] up to the next."""

    from_age: Annotated[
        tuple[Annotated[int, BeforeValidator(count(0, MOST_AGES - 1, "an age"))], ...],
        BeforeValidator(at_most(MOST_AGES, "ages")),
    ]
    """Ages at which steps begin, rising from 0 [years]."""
    value: Annotated[tuple[Number, ...], BeforeValidator(at_most(MOST_AGES, "numbers"))]
    """Number from that age on."""
    source: Source = WRITTEN
    """`doi:…`, `assumed: why` or `fiction: whose`."""

    checks = (_steps,)

    def at(self, age: float) -> float:
        """Value at an age [years]."""
        return self.value[bisect_right(self.from_age, age) - 1]


def _either(value: object) -> object:
    """A table with ages is a `ByAge`, anything else an `Estimate`."""
    if isinstance(value, Estimate | ByAge):
        return value
    if isinstance(value, Mapping) and "from_age" in value:
        return ByAge.model_validate(value)
    return Estimate.model_validate(value)


def _bounded(low: float, high: float, what: str) -> Any:
    """A check on every value of an estimate."""
    check = number(low, high, what)

    def all_values(value: object) -> object:
        if not isinstance(value, Mapping | Estimate | ByAge):
            check(value)
        made = _either(value)
        for each in made.value if isinstance(made, ByAge) else (made.value,):  # type: ignore[attr-defined]
            check(each)
        return made

    return BeforeValidator(all_values)


Share = Annotated[Estimate, _bounded(0.0, 1.0, "a share")]
ShareByAge = Annotated[Estimate | ByAge, _bounded(0.0, 1.0, "a share")]
RelativeByAge = Annotated[Estimate | ByAge, _bounded(0.0, 1000.0, "a relative susceptibility")]
ReproductionNumber = Annotated[Estimate, _bounded(0.0, 1000.0, "a reproduction number")]
Dispersion = Annotated[Estimate, _bounded(0.01, 1000.0, "a dispersion k")]
Alpha = Annotated[Estimate, _bounded(0.0, 1000.0, "a ratio of kills to bites")]
Speed = Annotated[Estimate, _bounded(0.05, 12.0, "a speed in metres a second")]
