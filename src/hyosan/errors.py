"""The error family: what a person meets when something can be mended.

```
HyosanError            exit code 1: one clear message, never a traceback
├── ScenarioError      a scenario that cannot be run; all its problems at once
│   └── PlanError      a floor plan that cannot be read or used; likewise
├── RunError           a run that cannot go on
└── RecordsError       a run folder that cannot be read or written
    └── DiskFull       exit code 3: no room on disk
```
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_KNOWN_WORDS = 12
"""Known words that a message lists before it says "…"."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest known word and the list of known words, as sentences to end a message with.

    >>> did_you_mean("dayz", ["days", "hours"])
    "Did you mean 'days'? Known: days, hours."
    >>> did_you_mean("zzz", ["days", "hours"])
    'Known: days, hours.'
    """
    words = sorted(set(known))
    if not words:
        return ""
    near = difflib.get_close_matches(word[:100], words, n=1)
    # The nearest stands in the list even where the list is cut.
    listed = words[:MOST_KNOWN_WORDS]
    rest = ", …" if len(words) > len(listed) else "."
    guess = f"Did you mean {near[0]!r}? " if near else ""
    return f"{guess}Known: {', '.join(listed)}{rest}"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a scenario, and where."""

    message: str
    """What was found, and what to write instead."""
    key: str = ""
    """Path of the key, such as `pathogen.latent_period.mean`."""
    file: str = ""
    """File name as the person wrote it, or `--set`."""
    line: int | None = None
    """Line in the file, from 1."""
    column: int | None = None
    """Column in the line, from 1."""

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}:{self.column}"
        # A sentence about two keys begins with the first of them, which need not be said twice.
        key = "" if self.message.startswith(self.key) else self.key
        return ": ".join(part for part in (place, key, self.message) if part)


class HyosanError(Exception):
    """Anything that the person can mend; its text is one clear message."""

    exit_code = 1


class ScenarioError(HyosanError):
    """A scenario that cannot be run.

    >>> print(ScenarioError([Problem("no such key.", key="peple", file="my.toml", line=2, column=1)]))
    my.toml:2:1: peple: no such key.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def at(cls, key: str, message: str, known: Iterable[str] = (), *, word: str | None = None) -> Self:
        """An error with one problem at a key.

        Args:
            key: Path of the key.
            message: What was found, and what to write instead.
            known: Words that could have been written.
            word: The word that was written, for a guess at the nearest known one.
        """
        hint = did_you_mean(word or "", known)
        return cls([Problem(f"{message} {hint}" if hint else message, key=key)])


class PlanError(ScenarioError):
    """A floor plan that cannot be read or used."""


class RunError(HyosanError):
    """A run that cannot go on."""


class RecordsError(HyosanError):
    """A run folder that cannot be read or written."""


class DiskFull(RecordsError):  # noqa: N818
    """No room left on the disk."""

    exit_code = 3
