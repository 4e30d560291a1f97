"""Put a scenario together: the catalogue's parent, its pathogen, the person's file, then the changes."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from hyosan.errors import Problem, did_you_mean
from hyosan.scenario import catalog
from hyosan.scenario.model import dotted
from hyosan.scenario.quantities import shown
from hyosan.scenario.written import PATHOGEN, Draft, Origin

if TYPE_CHECKING:
    from hyosan.scenario.positions import Path

PLACEHOLDER = "seir"
"""Pathogen that stands in for an unknown one, so that the other problems can be found."""


EXAMPLES = {
    "schema": 'Write schema = 1, or extend a scenario of the catalogue, such as extends = "hyosan".',
    "duration": 'Write how long to run, such as duration = "180 days".',
    "pathogen": 'Write the name of one, such as pathogen = "measles", or a table.',
    "name": 'Write name = "my-pathogen".',
    "routes": "Write at least one, such as [pathogen.routes.air] with community = 1.0, or [pathogen.bite] and alpha.",
    "distribution": 'Write a family, such as distribution = "gamma".',
    "value": "Write the number.",
    "from_age": "Write ages, such as from_age = [0, 20, 65].",
    "to": 'Write the name of a state, such as to = "recovered".',
    "count": "Write how many.",
    "share": "Write a share, such as share = 0.8.",
    "efficacy": "Write a share, such as efficacy = 0.9.",
    "date": "Write a date, such as date = 2026-03-09.",
    "per_day": "Write how many a day, such as per_day = 2.",
    "after": 'Write times, such as after = ["0 days", "1 day", "5 days"].',
    "relative": "Write a number for each time, such as relative = [0, 1, 0].",
    "hazard": "Write strikes an hour, such as hazard = 6.0.",
    "risk": "Write a share, such as risk = 0.8.",
    "setting": 'Write one, such as setting = "class".',
    "hours": 'Write two times of day, such as hours = ["22:00", "05:00"].',
    "capacity": "Write how many, such as capacity = 50.",
    "units": "Write how many, such as units = 40.",
    "per_hour": "Write how many an hour, such as per_hour = 2.",
    "buses": "Write how many, such as buses = 40.",
    "seats": "Write how many, such as seats = 45.",
    "leak": "Write a share, such as leak = 0.02.",
    "building": 'Write the name of one, such as building = "Camp Hyosan".',
    **{
        key: f"Write a share, such as {key} = 0.5."
        for key in ("adherence", "wearing", "source_control", "protection", "uptake", "ascertainment", "coverage")
    },
}
"""What to write where a key is missing."""


class Merge:
    """A scenario that is being put together, with the problems met on the way."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.problems: list[Problem] = []
        self.file = ""
        """The person's file, for problems without a place."""
        self.lost = False
        """Whether so much is unknown that checking the rest would only mislead."""
        self._chain: list[str] = []
        self._alone = False

    def catalogue(self, name: str) -> None:
        """Lay a scenario of the catalogue."""
        origin = _origin("scenarios", name, ())
        self.document(_tables(str(origin.text)), origin)

    def document(self, table: dict[str, Any], origin: Origin, stem: str | None = None) -> None:
        """Lay a whole file, below it whatever it extends.

        Args:
            stem: Name of the person's file, which names the scenario that has no name.
        """
        self.file = origin.file
        table = dict(table)
        parent = table.pop("extends", None)
        if parent is not None:
            self._extend(parent, origin)
            self.file = origin.file
        if stem is not None:
            self.draft.drop("name")
        pathogen = table.pop("pathogen", None)
        self.draft.lay(table, origin)
        if pathogen is not None:
            self.pathogen(pathogen, origin, complete=True)
        if stem is not None and "name" not in table:
            self.draft.lay({"name": _name_of(stem)}, origin)

    def _extend(self, parent: object, origin: Origin) -> None:
        """Lay the scenario that a file extends."""
        names = catalog.scenario_names()
        if not isinstance(parent, str) or parent not in names or parent in self._chain:
            hint = did_you_mean(parent if isinstance(parent, str) else "", names)
            what = (
                "extends itself"
                if isinstance(parent, str) and parent in self._chain
                else "no such scenario in the catalogue"
            )
            self._problem(("extends",), f"{shown(parent)}: {what}. {hint}", origin)
            self.lost = True
            return
        self._chain.append(parent)
        self.catalogue(parent)

    def pathogen(self, value: object, origin: Origin, *, complete: bool) -> None:
        """Lay a pathogen: a name, a table that extends one, a complete one, or changes to the one that is there.

        Args:
            complete: A table with a name of its own, that extends nothing, replaces what is there.
        """
        if isinstance(value, str):
            self._alone = False
            self._named(value, origin, PATHOGEN)
        elif isinstance(value, dict):
            table = dict(value)
            parent = table.pop("extends", None)
            if parent is not None:
                self._alone = False
                self._named(parent, origin, (*PATHOGEN, "extends"))
            elif complete and "name" in table:
                self._alone = self.draft.get(*PATHOGEN) is not None
                self.draft.drop("pathogen")
            self.draft.lay(table, origin, PATHOGEN)
        else:
            self._problem(PATHOGEN, f"{shown(value)} is no pathogen. Write its name in quotes, or a table.", origin)
            self._stand_in(origin)

    def _named(self, name: object, origin: Origin, at: Path) -> None:
        """Put a pathogen of the catalogue in place of the one that is there."""
        names = catalog.pathogen_names()
        if not isinstance(name, str) or name not in names:
            hint = did_you_mean(name if isinstance(name, str) else "", names)
            self._problem(at, f"{shown(name)}: no such pathogen in the catalogue. {hint}", origin)
            self._stand_in(origin)
            return
        origin = _origin("pathogens", name, PATHOGEN)
        self.draft.drop("pathogen")
        self.draft.lay(_tables(str(origin.text)), origin, PATHOGEN)

    def _stand_in(self, origin: Origin) -> None:
        """Put any pathogen in place of an unknown one, and say no more about it."""
        table = dict(_tables(catalog.entry("pathogens", PLACEHOLDER)[1]))
        table.pop("reproduction_number", None)
        self.draft.drop("pathogen")
        self.draft.lay(table, origin, PATHOGEN)

    def table(self) -> dict[str, Any]:
        """The tables as they now are."""
        table: dict[str, Any] = self.draft.root.plain()
        return table

    def located(self, problem: Problem) -> Problem:
        """A problem of the checked scenario, with its file and place."""
        path = problem_path(problem.key)
        origin = self.draft.root.origin_of(path, maker=problem.message == "is missing.")
        return self._at(path, self._explained(problem), origin)

    def _explained(self, problem: Problem) -> Problem:
        """Say why something is missing, where that is not plain."""
        message = problem.message
        if message == "is missing.":
            message = f"is missing. {EXAMPLES.get(problem.key.rpartition('.')[2], 'Write it.')}"
            if problem.key == "pathogen":
                message += f" {did_you_mean('', catalog.pathogen_names())}"
            if self._alone and problem.key.startswith("pathogen.") and problem.key.count(".") == 1:
                message += " A pathogen with its own name is complete; to change another one, write pathogen.extends."
        replaced, periods = self.draft.states_replaced, ("pathogen.latent_period", "pathogen.infectious_period")
        if replaced and problem.key.startswith(periods):
            message += (
                " Periods take the place of the pathogen's states, so they must be written whole;"
                f" to change one state, write pathogen.states.{replaced[0]}.dwell."
            )
        return Problem(message, key=problem.key)

    def _problem(self, path: Path, message: str, origin: Origin) -> None:
        """Keep a problem met on the way."""
        self.problems.append(self._at(path, Problem(message, key=dotted(path)), origin))

    def _at(self, path: Path, problem: Problem, origin: Origin) -> Problem:
        """A problem at its place."""
        line, column = origin.place(path) or (None, None)
        return Problem(problem.message, key=problem.key, file=origin.file, line=line, column=column)


def problem_path(key: str) -> Path:
    """Path that `model.dotted` wrote.

    >>> problem_path("layers[0].level")
    ('layers', 0, 'level')
    """
    path: list[str | int] = []
    for name, index in re.findall(r"([A-Za-z0-9_-]+|'[^']*'|\"[^\"]*\")|\[(\d+)\]", key):
        path.append(int(index) if index else name.strip("'\""))
    return tuple(path)


@cache
def _origin(kind: str, name: str, root: Path) -> Origin:
    """A file of the catalogue."""
    file, text = catalog.entry(kind, name)
    return Origin(file, text, root)


@cache
def _tables(text: str) -> dict[str, Any]:
    """Tables of a file of the catalogue; nobody writes into them."""
    return tomllib.loads(text)


def _name_of(stem: str) -> str:
    """A name for the scenario out of the name of its file.

    >>> _name_of("My Town (2)")
    'my-town-2'
    """
    name = re.sub(r"[^a-z0-9_]+", "-", stem[:200].lower()).strip("-_")[:64].strip("-_")
    return name or "scenario"
