"""Facts: the public counts of which a city is made, each table with its office, its title and its date."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Table:
    """One table of public counts, as it stands in the package."""

    name: str
    office: str
    title: str
    date: str
    reshaped: str
    """What was done with the published numbers."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> list[str]:
        """Entries of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def integers(self, name: str) -> list[int]:
        """Entries of one column of counts."""
        return [int(entry) for entry in self.column(name)]


TABLES = (
    "residents",
    "districts",
    "households",
    "schools",
    "school_day",
    "workplaces",
    "employment",
    "community",
    "care",
    "days",
    "schedules",
    "hours",
    "holidays",
    "cells",
    "streets",
    "landscape",
    "buildings",
)
"""Names of the tables."""


@cache
def table(name: str) -> Table:
    """A table by its name.

    >>> table("households").date
    '2023'
    """
    text = files("hyosan.world").joinpath("tables").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    head: dict[str, str] = {}
    key = ""
    for line in lines:
        if not line.startswith("#"):
            break
        if not line.startswith("#   "):
            key = line[2:].partition(": ")[0]
        head[key] = f"{head.get(key, '')} {line.removeprefix(f'# {key}: ').removeprefix('#').strip()}".strip()
    columns, *rows = csv.reader(line for line in lines if not line.startswith("#"))
    return Table(
        name, head["office"], head["table"], head["date"], head["reshaped"], tuple(columns), tuple(map(tuple, rows))
    )
