"""The shelf of scenarios and pathogens that come with the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hyosan.errors import HyosanError, did_you_mean

SHELF = Path(__file__).parent


@cache
def _names(kind: str) -> tuple[str, ...]:
    """Names of what the shelf holds of a kind, in alphabetical order."""
    return tuple(sorted(file.stem for file in (SHELF / kind).glob("*.toml")))


def scenario_names() -> list[str]:
    """Names of the catalogue's scenarios.

    >>> "hyosan" in scenario_names()
    True
    """
    return list(_names("scenarios"))


def pathogen_names() -> list[str]:
    """Names of the catalogue's pathogens.

    >>> "measles" in pathogen_names()
    True
    """
    return list(_names("pathogens"))


def text_of(name: str) -> str:
    """TOML text of a scenario of the catalogue, or of a pathogen, to start a file of one's own from."""
    for kind in ("scenarios", "pathogens"):
        if name in _names(kind):
            return entry(kind, name)[1]
    hint = did_you_mean(name, scenario_names() + pathogen_names())
    raise HyosanError(f"nothing in the catalogue is called {name!r}. {hint}")


@cache
def entry(kind: str, name: str) -> tuple[str, str]:
    """(Place of the file as messages name it, its text)."""
    return f"catalogue/{kind}/{name}.toml", (SHELF / kind / f"{name}.toml").read_text(encoding="utf-8")
