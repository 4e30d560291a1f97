"""A scenario while it is put together: tables laid over each other, and who wrote what."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hyosan.scenario.positions import Path, Place, positions

PATHOGEN = ("pathogen",)
INFECTED = ("infected_at_start",)
_PERIODS = ("latent_period", "infectious_period")


@dataclass(frozen=True)
class Origin:
    """A file, or an option of the command line."""

    file: str
    """As messages name it."""
    text: str | None = None
    """Its TOML text; an option has none."""
    root: Path = ()
    """Where the file's own root lies in the scenario: a pathogen's file lies under `pathogen`."""

    @cached_property
    def places(self) -> dict[Path, Place]:
        """Where keys stand in the text; only looked up once there is something to say."""
        return positions(self.text) if self.text is not None else {}

    def place(self, path: Path) -> Place | None:
        """(Line, column) of the nearest key at or above a path, or None for an option."""
        if self.text is None:
            return None
        own = path[len(self.root) :]
        while own and own not in self.places:
            own = own[:-1]
        return self.places.get(own, (1, 1))


@dataclass
class Written:
    """A table, or a value, and who wrote it last."""

    value: dict[str, Written] | Any
    origin: Origin
    """Who wrote something in it last."""
    maker: Origin | None = None
    """Who made the table."""

    def plain(self) -> Any:
        """The value without its origins."""
        return {key: each.plain() for key, each in self.value.items()} if self.is_table else self.value

    @property
    def is_table(self) -> bool:
        """Whether this is a table; tables within lists are values."""
        return isinstance(self.value, dict)

    def origin_of(self, path: Path, *, maker: bool = False) -> Origin:
        """Who wrote last what a path names, or the nearest above it.

        Args:
            maker: Who made the table instead, and so should have written what it lacks.
        """
        here = self
        for part in path:
            if not isinstance(here.value, dict) or part not in here.value:
                break
            here = here.value[part]  # type: ignore[index]
        return here.maker if maker and here.maker is not None else here.origin


@dataclass
class Draft:
    """The scenario so far."""

    root: Written = field(default_factory=lambda: Written({}, Origin("")))
    states_replaced: tuple[str, ...] = ()
    """States that were inherited and gave way to periods."""

    def lay(self, table: dict[str, Any], origin: Origin, at: Path = ()) -> None:
        """Lay a table over what there is at a path: tables are merged, anything else is replaced."""
        here = self.root
        for part in at:
            here = here.value.setdefault(str(part), Written({}, origin))
            if not here.is_table:
                here.value, here.origin = {}, origin
        self._lay(here, table, origin, at)

    def _lay(self, old: Written, new: dict[str, Any], origin: Origin, at: Path) -> None:
        """Lay a table over another."""
        if _stands_alone(old, new):
            old.value, old.maker = {}, origin
        self._make_way(old, new, at)
        changed = any(not isinstance(value, dict) for value in new.values())
        if changed and "source" in old.value and "source" not in new:
            # A number that somebody changed no longer comes from where the old one came from.
            del old.value["source"]
        if at or origin.text is not None or not old.origin.file:
            # What the scenario as a whole lacks is missing in a file, not in an option.
            old.origin = origin
        old.maker = old.maker or origin
        for key, value in new.items():
            below = old.value.get(key)
            if isinstance(value, dict):
                if below is None or not below.is_table:
                    below = old.value[key] = Written({}, origin)
                self._lay(below, value, origin, (*at, key))
            else:
                old.value[key] = Written(value, origin)

    def _make_way(self, old: Written, new: dict[str, Any], at: Path) -> None:
        """Drop what has no meaning beside a new key: periods beside states, a place's school, a count."""
        if "where" in new:
            old.value.pop("school", None)
        if at == INFECTED and "count" in new and "share" not in new:
            old.value.pop("share", None)
        if at == INFECTED and "share" in new and "count" not in new:
            old.value.pop("count", None)
        if at != PATHOGEN:
            return
        periods = any(key in new for key in _PERIODS)
        if "states" in new and not periods:
            for key in _PERIODS:
                old.value.pop(key, None)
        elif periods and "states" not in new:
            states = old.value.pop("states", None)
            if states is not None and states.is_table:
                self.states_replaced = tuple(states.value)

    def drop(self, key: str) -> None:
        """Forget a key of the root."""
        self.root.value.pop(key, None)

    def get(self, *path: str) -> Any:
        """The plain value at a path, or None."""
        here = self.root
        for part in path:
            if not here.is_table or part not in here.value:
                return None
            here = here.value[part]
        return here.plain()


def _stands_alone(old: Written, new: dict[str, Any]) -> bool:
    """Whether a table replaces the old one whole: a law that names its family, or one number in place of many."""
    one_number = "value" in new and "from_age" not in new and not isinstance(new["value"], list)
    return "distribution" in new or (one_number and "from_age" in old.value)
