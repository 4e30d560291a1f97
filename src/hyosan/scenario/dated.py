"""What every intervention has: its kind, and from when until when it is in force."""

from __future__ import annotations

from pydantic import Field

from hyosan.scenario.estimates import WRITTEN, Source
from hyosan.scenario.section import Section
from hyosan.scenario.start import Moment


class Dated(Section):
    """What every intervention has: its kind, and from when until when it is in force."""

    kind: str
    """Which intervention it is: the word that a table below has in its heading."""
    begin: Moment | None = Field(None, alias="from")
    """When it begins: a date, or a date and time; without it, the start of the run."""
    until: Moment | None = None
    """When it ends, later than `from`; without it, at the end of the run."""
    source: Source = WRITTEN
    """Where times and counts of this table come from; a share has a source of its own."""
