"""What all parts of a scenario share: frozen, closed, and every problem named at once in our own words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from hyosan.errors import did_you_mean
from hyosan.scenario.quantities import shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]
"""Keys and indices from the section to the value."""

Finding = tuple[Path, str]
"""Where something is wrong, and the message."""


MOST_UNKNOWN = 20
"""Unknown keys of a table that are named; guessing at each of thousands would take too long."""


class Section(BaseModel):
    """A table of a scenario: frozen, and closed to unknown keys.

    A subclass lists its cross checks in `checks`: functions from the section to findings. They run when every field is
    right, also when there are unknown keys, so that a person sees as many problems at once as can be known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    checks: ClassVar[tuple[Callable[[Any], Iterable[Finding]], ...]] = ()

    @model_validator(mode="wrap")
    @classmethod
    def _name_all_problems(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Refuse unknown keys with a guess at the nearest known one, and say the rest in our own words."""
        known = {field.alias or name for name, field in cls.model_fields.items()}
        found: list[Finding] = []
        if isinstance(data, Mapping):
            unknown = [key for key in data if key not in known]
            found += [
                ((key,), f"no such key. {did_you_mean(str(key).lower(), known)}") for key in unknown[:MOST_UNKNOWN]
            ]
            if len(unknown) > MOST_UNKNOWN:
                found.append(((), f"has {len(unknown) - MOST_UNKNOWN} more unknown keys. Leave them out."))
            data = {key: value for key, value in data.items() if key in known}
        try:
            made = handler(data)
        except ValidationError as error:
            found += [finding_of(detail) for detail in error.errors(include_url=False)]
        else:
            found += [finding for check in cls.checks for finding in check(made)]
            if not found:
                return made
        raise refusal(cls.__name__, found)


def refusal(title: str, findings: Iterable[Finding]) -> ValidationError:
    """Findings as an error that pydantic gathers with those of other sections."""
    return ValidationError.from_exception_data(
        title,
        [
            InitErrorDetails(type=PydanticCustomError("hyosan", "{text}", {"text": message}), loc=path, input=None)
            for path, message in findings
        ],
    )


def finding_of(detail: ErrorDetails) -> Finding:
    """One of pydantic's errors in our own words."""
    kind, found, context = detail["type"], detail["input"], detail.get("ctx", {})
    # Keys of dictionaries are reported with a last part of their own.
    path = tuple(part for part in detail["loc"] if part != "[key]")
    if kind == "hyosan":
        return path, str(context["text"])
    if kind == "value_error":
        return path, str(context["error"])
    if kind == "missing":
        return path, "is missing."
    expected = {
        "bool_type": "true or false",
        "string_type": "text in quotes",
        "model_type": "a table",
        "model_attributes_type": "a table",
        "dict_type": "a table",
        "tuple_type": "a list in brackets",
        "list_type": "a list in brackets",
        "float_type": "a number",
        "int_type": "a whole number",
    }.get(kind)
    if expected is not None:
        return path, f"{shown(found)} does not fit here. Write {expected}."
    return path, f"{shown(found)} does not fit here: {detail['msg']}."


def number(low: float, high: float, what: str) -> Callable[[object], float]:
    """A check that a value is a finite number in a range.

    Args:
        low: Smallest value allowed.
        high: Largest value allowed.
        what: What the number is, with its article, such as `a share`.
    """

    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{shown(value)} is not {what}. Write a number from {low:g} to {high:g}.")
        # Compared before it is made a float: a whole number of a thousand digits has none.
        if not low <= value <= high:
            raise ValueError(f"{shown(value)} is not {what}. Write a number from {low:g} to {high:g}.")
        if value != 0 and abs(value) < TINY:
            raise ValueError(f"{shown(value)} is too near to 0 to mean anything. Write 0, or at least {TINY:g}.")
        return float(value) + 0.0  # -0.0 becomes 0.0

    return check


TINY = 1e-12
"""Numbers nearer to 0 are refused: nothing here is measured to that, and products of them vanish."""


def count(low: int, high: int, what: str) -> Callable[[object], int]:
    """A check that a value is a whole number in a range."""

    def check(value: object) -> int:
        if isinstance(value, float) and math.isfinite(value) and value == int(value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"{shown(value)} is not {what}. Write a whole number from {low} to {high}.")
        return value

    return check


def at_most(count: int, what: str) -> Callable[[object], object]:
    """A check that a list or table is not too long, before anything in it is looked at."""

    def check(value: object) -> object:
        if isinstance(value, list | tuple | Mapping) and len(value) > count:
            raise ValueError(f"has {len(value)} {what}. Write {count} at most.")
        return value

    return check


def word(known: Iterable[str]) -> Callable[[object], object]:
    """A check that a value is one of the known words."""
    words = tuple(known)

    def check(value: object) -> object:
        if isinstance(value, str) and value in words:
            return value
        guess = did_you_mean(value if isinstance(value, str) else "", words)
        raise ValueError(f"{shown(value)} is not known here. {guess}")

    return check


def text(longest: int) -> Callable[[object], str]:
    """A check that a value is text for people's eyes: not too long, and without control characters."""

    def check(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError(f"{shown(value)} does not fit here. Write text in quotes.")
        if len(value) > longest:
            raise ValueError(f"is {len(value)} characters long. Write {longest} at most.")
        strange = [letter for letter in value if not (letter.isprintable() or letter in "\n\t")]
        if strange:
            raise ValueError(f"holds the control character {strange[0]!r}. Leave it out.")
        return value

    return check
