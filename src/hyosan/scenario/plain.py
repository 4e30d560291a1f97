"""Plain values: what a TOML file can hold, whatever a person's Python code hands in."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from hyosan.errors import Problem, ScenarioError
from hyosan.scenario.limits import MOST_NESTING
from hyosan.scenario.quantities import shown

MOST_VALUES = 300_000
"""As many as a file within the limits can hold."""

_AS_THEY_ARE = (bool, int, float, date, datetime, time, timedelta)


def plain_table(table: object) -> dict[str, Any]:
    """A copy of nested tables that holds plain values only.

    Raises:
        ScenarioError: Something is no plain value, or is too deep or too large.
    """
    if not isinstance(table, Mapping):
        raise _refused("", f"{shown(table)} is no table. Give a mapping from keys to values.")
    copied: dict[str, Any] = _Copy().value(table, "", 0)
    return copied


def plain_value(value: object, key: str) -> Any:
    """A copy of a value that holds plain values only.

    Raises:
        ScenarioError: Something is no plain value, or is too deep or too large.
    """
    return _Copy().value(value, key, 0)


class _Copy:
    """Counts what it copies, so that a table that holds itself comes to an end."""

    def __init__(self) -> None:
        self.count = 0

    def value(self, value: object, key: str, depth: int) -> Any:
        """A copy of one value."""
        self.count += 1
        if depth > MOST_NESTING or self.count > MOST_VALUES:
            raise _refused(key, "is nested too deep or too large. Write at most 32 levels.")
        if isinstance(value, _AS_THEY_ARE) or value is None:
            return value
        if isinstance(value, str):
            return self.text(value, key)
        if isinstance(value, Mapping):
            items = value.items()
            return {
                self.text(name, key, "a key"): self.value(each, _below(key, name), depth + 1) for name, each in items
            }
        if isinstance(value, list | tuple | range):
            return [self.value(each, f"{key}[{index}]", depth + 1) for index, each in enumerate(value)]
        if isinstance(value, numbers.Integral):  # NumPy's
            return int(value)
        if isinstance(value, numbers.Real):
            return float(value)
        raise _refused(key, f"{shown(value)} is no plain value. Write a number, text, a date, a list or a table.")

    def text(self, value: object, key: str, what: str = "text") -> str:
        """Text that can be written to a file."""
        if not isinstance(value, str):
            raise _refused(key, f"{shown(value)} is not {what}. Write text.")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise _refused(key, f"{shown(value)} is no proper Unicode. Write UTF-8.") from None
        return str(value)


def _below(key: str, name: object) -> str:
    """Path of a key within a table."""
    part = name if isinstance(name, str) and name.isprintable() and len(name) <= 64 else shown(name)
    return f"{key}.{part}" if key else part


def _refused(key: str, message: str) -> ScenarioError:
    """An error with one problem."""
    return ScenarioError([Problem(message, key=key)])
