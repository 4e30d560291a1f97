"""Who is infected or protected when a run begins, and who arrives infected later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, PlainSerializer, TypeAdapter, model_validator

from hyosan.scenario.estimates import Share, ShareByAge
from hyosan.scenario.quantities import shown
from hyosan.scenario.section import Section, at_most, count, number, text, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.scenario.section import Finding

MOST_PEOPLE = 2**31 - 2
MOST_IMPORTED = 1_000_000
MOST_ROWS = 10_000
FIRST_YEAR, LAST_YEAR = 1000, 9000
"""Years that a date may have: a run's end must have a date too."""

Count = Annotated[int, BeforeValidator(count(0, MOST_PEOPLE, "a count"))]


def moment_of(value: object) -> datetime:
    """A date, or a date and time, of the place where the outbreak is."""
    if isinstance(value, str) and len(value) <= 40:
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{shown(value)} is not a date. Write 2026-03-02 or 2026-03-02T08:30:00.") from None
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise ValueError(f"{value.isoformat()} has an offset. Write local time without one.")
        value = value.replace(microsecond=0)
    elif isinstance(value, date):
        value = datetime.combine(value, time())
    if isinstance(value, datetime):
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValueError(
                f"{value.date().isoformat()} is too far away. Write a year from {FIRST_YEAR} to {LAST_YEAR}."
            )
        return value
    raise ValueError(f"{shown(value)} is not a date. Write 2026-03-02 or 2026-03-02T08:30:00.")


Moment = Annotated[datetime, BeforeValidator(moment_of), PlainSerializer(lambda at: at.isoformat(), return_type=str)]


def _count_or_share(plan: InfectedAtStart) -> Iterator[Finding]:
    """One way to say how many."""
    if plan.count is None and plan.share is None:
        yield ("count",), "is missing."
    if plan.count is not None and plan.share is not None:
        yield ("share",), "stands beside count. Write one of them."


class InfectedAtStart(Section):
    """Who is infected when the run begins."""

    count: Count | None = None
    """People in all; in each cell of closed cells; in each household of households. Required without `share`."""
    share: Annotated[float, BeforeValidator(number(0.0, 1.0, "a share"))] | None = None
    """In place of `count`: share of the people, of a cell or of a household; rounded, and one person at least [1]."""
    where: Annotated[
        Literal["anywhere", "one class", "one household"],
        BeforeValidator(word(("anywhere", "one class", "one household"))),
    ] = "anywhere"
    """`anywhere`, `one class` or `one household`."""
    school: Annotated[str, BeforeValidator(text(200))] | None = None
    """Name of the school whose class it is."""

    by: Annotated[Literal["somebody", "animal"], BeforeValidator(word(("somebody", "animal")))] = "somebody"
    """Who infected them: `somebody` unknown, or an `animal` that bit them."""

    checks = (_count_or_share,)

    @model_validator(mode="before")
    @classmethod
    def _bare_count(cls, data: object) -> object:
        """A count alone is anywhere."""
        return data if isinstance(data, Mapping | InfectedAtStart) else {"count": data}

    def among(self, people: int) -> int:
        """How many of so many people are infected.

        >>> InfectedAtStart(share=0.0001).among(100_000), InfectedAtStart(share=0.0001).among(7)
        (10, 1)
        """
        return self.count or 0 if self.share is None else max(1, round(self.share * people))


class VaccinatedAtStart(Section):
    """Who is vaccinated when the run begins, and what the vaccine does."""

    share: ShareByAge
    """Share of people vaccinated, by age [1]."""
    efficacy: Share
    """Infections prevented among the vaccinated, at the same exposure [1]."""
    action: Annotated[Literal["leaky", "all-or-nothing"], BeforeValidator(word(("leaky", "all-or-nothing")))] = "leaky"
    """Leaky: every exposure infects with less chance. All-or-nothing: that share cannot be infected."""


class Importations(Section):
    """People infected elsewhere, arriving at random."""

    per_day: Annotated[float, BeforeValidator(number(0.0, 10_000.0, "a number a day"))]
    """Mean importations a day [1/day]."""
    source: Annotated[str, BeforeValidator(text(500))] | None = None
    """Where the rate comes from."""


_imported = count(0, MOST_IMPORTED, "a count")


class Importation(Section):
    """People infected elsewhere, arriving on a date."""

    date: Moment
    """When they arrive: a date, or a date and time."""
    count: Annotated[int, BeforeValidator(_imported)] = 1
    """How many."""


_ROWS: TypeAdapter[tuple[Importation, ...]] = TypeAdapter(
    Annotated[tuple[Importation, ...], BeforeValidator(at_most(MOST_ROWS, "rows"))]
)


def either_importations(value: object) -> object:
    """A table is a rate, a list has dated rows."""
    if isinstance(value, Importations):
        return value
    if isinstance(value, Mapping):
        return Importations.model_validate(value)
    if isinstance(value, list | tuple):
        return _ROWS.validate_python(value)
    raise ValueError(
        f"{shown(value)} does not fit here. Write a table with per_day, or a list of tables with date and count."
    )
