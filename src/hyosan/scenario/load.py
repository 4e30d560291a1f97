"""From a name, a file or tables to a scenario: everything that is wrong is said at once, with its place."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hyosan.errors import Problem, ScenarioError, did_you_mean
from hyosan.scenario import limits
from hyosan.scenario.catalog import pathogen_names, scenario_names, text_of
from hyosan.scenario.cost import what_does_not_fit
from hyosan.scenario.merge import Merge, problem_path
from hyosan.scenario.model import Scenario, dotted, resolved
from hyosan.scenario.options import change, end
from hyosan.scenario.plain import plain_table
from hyosan.scenario.quantities import shown
from hyosan.scenario.walking import BuildingScenario, is_of_a_building
from hyosan.scenario.written import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["from_table", "load", "pathogen_names", "scenario_names", "text_of"]

MOST_PROBLEMS = 100
"""Problems that one message lists."""

_PLACE = re.compile(r" \((?:at line (\d+), column (\d+)|at end of document)\)$")


def load(
    source: str | Path | Scenario | BuildingScenario,
    *,
    set: Mapping[str, object] | None = None,  # noqa: A002
    until: str | None = None,
) -> Scenario | BuildingScenario:
    """Read and check a scenario.

    >>> load("well-mixed", set={"people": 500, "pathogen": "measles"}).pathogen.name
    'measles'

    Args:
        source: A name of the catalogue, the path of a TOML file, or a scenario made in Python.
        set: Changes: values, or their TOML text, by dotted key, such as `{"pathogen.reproduction_number": 2.5}`.
        until: End of the run: a duration such as `5 days`, or a date.

    Raises:
        ScenarioError: With every problem that could be found.
    """
    merge = _merged(source, set, until)
    scenario = _checked(merge)
    if isinstance(scenario, Scenario) and (found := what_does_not_fit(scenario)) is not None:
        path, message = found
        raise ScenarioError([merge.located(Problem(message, key=dotted(path)))])
    return scenario


def placed(
    error: ScenarioError,
    source: str | Path | Scenario | BuildingScenario,
    *,
    set: Mapping[str, object] | None = None,  # noqa: A002
    until: str | None = None,
) -> ScenarioError:
    """An error that came up later, in the world or at the start of a run, with the places in the file.

    Args:
        error: Its problems name keys.
        source: What `load` was given; so are `set` and `until`.
    """
    merge = _merged(source, set, until)
    return ScenarioError(problem if problem.file else merge.located(problem) for problem in error.problems)


def _merged(
    source: str | Path | Scenario | BuildingScenario, changes: Mapping[str, object] | None, until: str | None
) -> Merge:
    """Everything that makes a scenario, laid over each other."""
    merge = Merge()
    if isinstance(source, Scenario | BuildingScenario):
        merge.document(plain_table(resolved(source)), Origin(""))
    elif isinstance(source, str) and source in scenario_names():
        merge.catalogue(source)
    else:
        _file(merge, source)
    change(merge, changes or {})
    if until is not None:
        end(merge, until)
    return merge


def from_table(table: Mapping[str, object]) -> Scenario | BuildingScenario:
    """A scenario from tables, such as `scenario.model.resolved` makes.

    >>> from hyosan.scenario.model import resolved
    >>> from_table(resolved(load("well-mixed"))) == load("well-mixed")
    True

    Raises:
        ScenarioError: With every problem that could be found.
    """
    merge = Merge()
    merge.document(plain_table(table), Origin(""))
    return _checked(merge)


def _file(merge: Merge, source: str | Path) -> None:
    """Lay a file of the person's."""
    path = Path(source)
    name = shown_path(source)
    if isinstance(source, str) and not path.suffix and os.sep not in source and not os.path.lexists(path):
        known = did_you_mean(source, scenario_names())
        raise ScenarioError([Problem(f"no scenario and no file is called {shown(source)}. {known}")])
    text = limits.read(path, name)
    merge.document(parsed(text, name), Origin(name, text), stem=path.stem)


def shown_path(path: str | Path) -> str:
    """A path as messages name it: on one line, whatever it is."""
    text = str(path)
    return text if text.isprintable() and len(text) <= 200 else shown(text)


def parsed(text: str, file: str) -> dict[str, Any]:
    """Tables of a TOML text that is within the limits."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError([_syntax_problem(str(error), text, file)]) from None
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        # Whole numbers of thousands of digits, impossible dates.
        raise ScenarioError([Problem(f"holds a value that cannot be read: {shown(str(error))}", file=file)]) from None
    if not table:
        names = ", ".join(scenario_names())
        message = f'is empty. Begin with extends = "hyosan", or another of {names}; or let `hyosan new` write a file.'
        raise ScenarioError([Problem(message, file=file)])
    return table


def _syntax_problem(message: str, text: str, file: str) -> Problem:
    """What the TOML parser found, and where."""
    place = _PLACE.search(message)
    if place is None or place.group(1) is None:
        line = text.count("\n") + 1
        column = len(text) - text.rfind("\n")
    else:
        line, column = int(place.group(1)), int(place.group(2))
    found = _PLACE.sub("", message)
    return Problem(
        f"is not TOML: {found}. See https://toml.io for how it is written.", file=file, line=line, column=column
    )


def _checked(merge: Merge) -> Scenario | BuildingScenario:
    """The scenario, or every problem of it."""
    problems = list(merge.problems)
    scenario: Scenario | BuildingScenario | None = None
    if not merge.lost:
        table = merge.table()
        inside = is_of_a_building(table)
        try:
            scenario = BuildingScenario.model_validate(table) if inside else Scenario.model_validate(table)
        except ScenarioError as error:
            found = [*error.problems, *(() if inside else _of_the_rest(table, error.problems))]
            problems += [merge.located(problem) for problem in found]
        except (ValueError, OverflowError, RecursionError, MemoryError) as error:
            problems.append(
                Problem(f"cannot be checked ({type(error).__name__}). Write plain values.", file=merge.file)
            )
    if problems or scenario is None:
        ordered = sorted(
            problems,
            key=lambda problem: (problem.file == "--set", problem.file, problem.line or 0, problem.column or 0),
        )
        rest = len(ordered) - MOST_PROBLEMS
        more = [Problem(f"… and {rest} more problems.", file=merge.file)] if rest > 0 else []
        raise ScenarioError([*ordered[:MOST_PROBLEMS], *more])
    return scenario


_STAND_IN = {
    "name": "stand-in",
    "routes": {"air": {"community": 1.0}},
    "infectious_period": {"distribution": "fixed", "mean": "1 day"},
}

_STAND_IN_THAT_HUNTS = {
    "name": "stand-in",
    "alpha": 1.0,
    "bite": {"hazard": 1.0},
    "states": {"hunting": {"behaviour": "hunts", "infectiousness": 1.0}},
}


def _stand_in(pathogen: object) -> dict[str, Any]:
    """A pathogen in place of a wrong one, which hunts if that was meant to."""
    hunts = isinstance(pathogen, Mapping) and ("bite" in pathogen or "alpha" in pathogen)
    return _STAND_IN_THAT_HUNTS if hunts else _STAND_IN


def _of_the_rest(table: Mapping[str, Any], problems: Iterable[Problem]) -> list[Problem]:
    """What is wrong among the keys without a problem of their own: it shows once the others are out of the way.

    Args:
        table: The scenario as laid together.
        problems: Those found so far.
    """
    wrong = {_top(problem) for problem in problems}
    if wrong & {"", "schema", "duration", "world"}:
        return []
    if "start" in wrong:
        wrong |= {"importations", "interventions"}  # what is too early cannot be known
    rest = {key: value for key, value in table.items() if key not in wrong}
    if "pathogen" in wrong:
        rest["pathogen"] = _stand_in(table.get("pathogen"))
    try:
        Scenario.model_validate(rest)
    except ScenarioError as error:
        return [
            problem for problem in error.problems if problem.message != "is missing." and _top(problem) not in wrong
        ]
    except (ValueError, OverflowError, RecursionError, MemoryError):
        return []
    return []


def _top(problem: Problem) -> str:
    """The key at the top of the file that a problem is about."""
    path = problem_path(problem.key)
    return str(path[0]) if path else ""
