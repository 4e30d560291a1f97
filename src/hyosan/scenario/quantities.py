"""Durations with units: "5.2 days" is a whole number of seconds."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction

from hyosan.errors import did_you_mean
from hyosan.units import day, hour, minute, second, week

YEAR = 31_557_600
"""A Julian year, 365.25 days [s]."""

UNITS = {"seconds": second, "minutes": minute, "hours": hour, "days": day, "weeks": week, "years": YEAR}
"""Units by their names in the plural [s]."""

_SHORT = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days"}
_NAMES = {**{name: name for name in UNITS}, **{name[:-1]: name for name in UNITS}, **_SHORT}
_QUANTITY = re.compile(r"\s*([+-]?)(\d{1,30}(?:\.\d{1,30})?)\s*([^\W\d_][^\d]{0,30}|)\s*")

LONGEST = 100 * YEAR
"""The longest duration [s]."""

_EXAMPLE = "Write a number and a unit, such as '5.2 days' or '10 minutes'."


def seconds(text: object) -> int:
    """A duration in whole seconds, rounded to the nearest.

    >>> seconds("5.2 days"), seconds("90 min")
    (449280, 5400)

    Raises:
        ValueError: With a message for the person who wrote it.
    """
    if isinstance(text, timedelta):
        exact = Fraction(text // timedelta(microseconds=1), 1_000_000)
        return _within(exact, str(text))
    if isinstance(text, int | float) and not isinstance(text, bool):
        number = shown(text)
        raise ValueError(f"{number} has no unit. {_EXAMPLE}")
    if not isinstance(text, str):
        raise ValueError(f"{shown(text)} is not a duration. {_EXAMPLE}")
    match = _QUANTITY.fullmatch(text) if len(text) <= 100 else None
    if match is None:
        raise ValueError(f"{shown(text)} is not a duration. {_EXAMPLE}")
    sign, number, unit = match.groups()
    unit = unit.strip()
    if not unit:
        raise ValueError(f"{shown(text)} has no unit. {_EXAMPLE}")
    if unit not in _NAMES:
        raise ValueError(f"{shown(text)} has an unknown unit. {did_you_mean(unit.lower(), UNITS)}")
    if sign == "-":
        raise ValueError(f"{shown(text)} is negative. {_EXAMPLE}")
    return _within(Fraction(number) * UNITS[_NAMES[unit]], shown(text))


def _within(exact: Fraction, written: str) -> int:
    """Round to whole seconds, and refuse what is too long."""
    if exact < 0:
        raise ValueError(f"{written} is negative. {_EXAMPLE}")
    if exact > LONGEST:
        raise ValueError(f"{written} is too long. Write 100 years at most.")
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def in_words(duration: int) -> str:
    """A duration [s] in the largest unit that gives a whole number; `seconds` reads it back.

    >>> in_words(5400), in_words(86400)
    ('90 minutes', '1 day')
    """
    for name in ("weeks", "days", "hours", "minutes"):
        if duration and duration % UNITS[name] == 0 and (name != "weeks" or duration >= 4 * week):
            count = duration // UNITS[name]
            return f"{count} {name if count != 1 else name[:-1]}"
    return f"{duration} {'second' if duration == 1 else 'seconds'}"


def shown(value: object) -> str:
    """A value as it may stand in a message: short, on one line, whatever it is."""
    try:
        text = repr(value)
    except ValueError:  # integers of thousands of digits have no decimal text
        text = "a number of thousands of digits"
    except Exception:  # a message must come out, whatever the value's own text does
        text = f"a value of type {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:40]}…{text[-8:]}"
