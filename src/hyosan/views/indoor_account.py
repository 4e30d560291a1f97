"""An outbreak in a building in a few lines that a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.views.indoor import indoor_of, is_indoor
from hyosan.views.refuges import barriers, falls, outcomes
from hyosan.views.story_lines import listed

if TYPE_CHECKING:
    from hyosan.records.run import Records

ENDINGS = {"spared": "wounded without infecting", "destroyed": "destroyed the hunter"}
"""Outcomes of strikes whose names need other words."""
MOST_ROOMS = 6
"""Rooms that are named."""


def facts(records: Records) -> list[tuple[str, str]]:
    """Names and values to print of an outbreak in a building; nothing of other runs."""
    if not is_indoor(records):
        return []
    indoor, summary = indoor_of(records), records.summary
    found = [("infected", f"{summary['infected']:,}"), ("turned", f"{summary['turned']:,}")]
    first = float(indoor.hunts_from.min(initial=np.inf))
    if np.isfinite(first):
        found[-1] = ("turned", f"{summary['turned']:,}, the first at {indoor.clock(first)}")
    found.append(("destroyed", f"{summary['destroyed']:,}"))
    left = summary.get("hunting")
    found += [("still hunting", f"{left:,}")] if left else []
    found += [
        (word, f"{summary[key]:,}")
        for word, key in (("survivors", "survivors"), ("escaped", "escaped"), ("still hiding", "hiding"))
        if key in summary
    ]
    struck = {ENDINGS.get(name, name): count for name, count in outcomes(indoor).items() if count}
    parts = ", ".join(f"{count:,} {name}" for name, count in struck.items())
    found.append(("strikes", f"{sum(struck.values()):,}: {parts}" if struck else "0"))
    told = numbers(records)
    found.append(("doors", f"{told['doors_kept_shut']:,} kept shut, {told['doors_broken']:,} broken"))
    fallen = [indoor.titles[room] for room in falls(indoor)]
    found.append(("rooms that fell", f"{len(fallen):,}: {listed(fallen, MOST_ROOMS)}" if fallen else "none"))
    if summary.get("calls"):
        found.append(("calls for help", f"{summary['calls']:,}"))
    return found


def numbers(records: Records) -> dict[str, int]:
    """Further numbers of an outbreak in a building, by name; none of other runs.

    `doors_kept_shut`: doors ever shut, locked, held or barricaded by somebody.
    """
    if not is_indoor(records):
        return {}
    indoor = indoor_of(records)
    found = barriers(indoor)
    return {
        "strikes": len(indoor.strikes["person"]),
        "doors_kept_shut": len({each.door for each in found if each.how}),
        "doors_broken": sum(each.broken for each in found),
        "rooms_fallen": len(falls(indoor)),
    }
