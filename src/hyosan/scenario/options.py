"""Changes from the command line or from Python: `--set` and `--until`."""

from __future__ import annotations

import re
import tomllib
from datetime import time
from typing import TYPE_CHECKING, Any

from hyosan.errors import Problem, ScenarioError
from hyosan.scenario import limits
from hyosan.scenario.plain import plain_value
from hyosan.scenario.quantities import in_words, seconds, shown
from hyosan.scenario.start import moment_of
from hyosan.scenario.written import Origin
from hyosan.units import day as DAY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hyosan.scenario.merge import Merge

SET = Origin("--set")
UNTIL = Origin("--until")

_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}(?:\[\d{1,6}\])*(?:\.[A-Za-z0-9_-]{1,64}(?:\[\d{1,6}\])*)*")
_PART = re.compile(r"([A-Za-z0-9_-]+)|\[(\d+)\]")


def change(merge: Merge, wanted: Mapping[str, object]) -> None:
    """Lay every change over the scenario, the whole before its parts."""
    for key, given in sorted(wanted.items(), key=lambda item: str(item[0]).count(".")):
        try:
            _change(merge, key, given)
        except ScenarioError as error:
            found = error.problems
            merge.problems += [Problem(each.message, key=each.key or shown_key(key), file=SET.file) for each in found]


def shown_key(key: object) -> str:
    """A key as a message shows it."""
    return key if isinstance(key, str) and len(key) <= 200 and _KEY.fullmatch(key) else shown(key)


def _change(merge: Merge, key: object, given: object) -> None:
    """Lay one change."""
    if not isinstance(key, str) or len(key) > 1000 or not _KEY.fullmatch(key):
        message = "is not a key. Write it with dots, such as pathogen.reproduction_number."
        raise ScenarioError([Problem(message, key=shown_key(key))])
    parts = [int(index) if index else name for name, index in _PART.findall(key)]
    if len(parts) > limits.MOST_PARTS:
        raise ScenarioError([Problem(f"has {len(parts)} parts. Write {limits.MOST_PARTS} at most.", key=shown(key))])
    value = value_of(given, key)
    if parts == ["extends"]:
        raise ScenarioError([Problem("cannot be changed. Name the other scenario in place of this one.", key=key)])
    if parts == ["pathogen"] and isinstance(value, str | dict):
        merge.pathogen(value, SET, complete=False)
        return
    if parts == ["pathogen", "extends"]:
        merge.pathogen(value, SET, complete=False)
        return
    first = next((place for place, part in enumerate(parts) if isinstance(part, int)), None)
    if first is not None:
        names = [str(part) for part in parts[:first]]
        value = _in_list(merge.draft.get(*names), parts[first:], value, key)
        parts = parts[:first]
    for part in reversed(parts):
        value = {str(part): value}
    merge.draft.lay(value, SET)


def _in_list(old: Any, parts: list[str | int], value: Any, key: str) -> Any:
    """A list, or what lies in it, with one value changed."""
    if not parts:
        return value
    part = parts[0]
    if isinstance(part, int):
        if not isinstance(old, list) or part >= len(old):
            count = len(old) if isinstance(old, list) else 0
            message = f"there is no number {part}: the list has {count}. They count from 0."
            raise ScenarioError([Problem(message, key=key)])
        return [_in_list(each, parts[1:], value, key) if index == part else each for index, each in enumerate(old)]
    table = old if isinstance(old, dict) else {}
    return {**table, part: _in_list(table.get(part), parts[1:], value, key)}


def value_of(given: object, key: str) -> Any:
    """A value of Python as it is; a text read as TOML, or as plain text where it is none.

    >>> value_of("1000", "people"), value_of("5 days", "duration"), value_of("{ count = 3 }", "infected_at_start")
    (1000, '5 days', {'count': 3})
    """
    value = plain_value(given, key)
    if not isinstance(value, str):
        return value
    text = value.strip()
    if "\n" not in text and len(text) <= limits.LONGEST_LINE:
        limits.check(f"value = {text}", SET.file)
        try:
            table = tomllib.loads(f"value = {text}")
        except (ValueError, RecursionError):
            return value
        if list(table) == ["value"]:
            return table["value"]
    return value


def end(merge: Merge, until: object) -> None:
    """Let the run end after a duration, or on a date."""
    try:
        duration = _duration_until(merge, until)
    except ValueError as error:
        merge.problems.append(Problem(str(error), file=UNTIL.file))
    else:
        merge.draft.lay({"duration": in_words(duration)}, UNTIL)


def _duration_until(merge: Merge, until: object) -> int:
    """Duration of the run [s]."""
    if not isinstance(until, str) or len(until) > 100:
        raise ValueError(f"{shown(until)} is neither a duration nor a date. Write '5 days' or 2026-03-20.")
    text = until.strip()
    if not re.match(r"\d{4}-", text):
        duration = seconds(text)
        if duration < 1:
            raise ValueError(f"{shown(until)} is no time at all. Write at least 1 second.")
        return duration
    end = moment_of(text)
    try:
        start = moment_of(merge.draft.get("start") or "2026-03-02")
    except ValueError:  # is told of where the start is written
        return DAY
    if end <= start:
        raise ValueError(f"{shown(until)} is not after the start, {_shown_moment(start)}. Write a later date.")
    return int((end - start).total_seconds())


def _shown_moment(moment: datetime) -> str:
    """A moment, its time only where it is not midnight."""
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat()
