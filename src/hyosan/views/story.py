"""The story of an outbreak in a building, from its tables: who turned, who was bitten, who hid, who got out."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np

from hyosan.errors import HyosanError
from hyosan.rules.codes import Outcome
from hyosan.views.indoor import indoor_of, is_indoor
from hyosan.views.refuges import barriers, falls, hiding_spells
from hyosan.views.story_lines import BITES, Line, lines_of, listed, span

if TYPE_CHECKING:
    from hyosan.records.run import Records
    from hyosan.views.indoor import Indoor

MOST_LINES = 60
"""Lines of a story."""
GAPS = (20.0, 60.0, 180.0, 600.0, 1800.0, 7200.0)
"""What is alike and no farther apart than this is told in one line [s]: the least with which what weighs most fits."""
WIDTH = 110
"""Letters of a line."""
NO_STORY = (
    "This run has no outbreak in a building, so there is no story to tell. --story is for runs such as "
    "`hyosan run school-bite`."
)


def story(records: Records) -> str:
    """A day in a building with hunters, told line by line.

    Raises:
        HyosanError: The run is not of an outbreak in a building.
    """
    if not is_indoor(records):
        raise HyosanError(NO_STORY)
    indoor = indoor_of(records)
    ending = _ending(indoor)
    told, left = _chosen(indoor, MOST_LINES - len("\n".join(ending).splitlines()) - 2)
    title = records.manifest["scenario"].get("title") or records.summary["scenario"]
    head = f"{title} ({records.summary['scenario']}, seed {records.summary['seed']}). Names are made up."
    lines = [head, *(_written(indoor, line) for line in told)]
    if left:
        lines.append(f"{'':8}  … and {left:,} smaller things in between, which the tables have.")
    return "\n".join([*lines, *ending])


def _chosen(indoor: Indoor, most: int) -> tuple[list[Line], int]:
    """The weightiest that fit into so many lines, in order of time, and how many were left out."""
    found: list[Line] = []
    for gap in GAPS:
        found = lines_of(indoor, gap)
        if sum(_height(indoor, line) for line in found if line.weight <= BITES) <= most:
            break
    room, kept = most, set()
    for line in sorted(found, key=lambda line: (line.weight, -line.size, line.time, line.text)):
        room -= _height(indoor, line)
        if room < 0:
            break
        kept.add(id(line))
    told = [line for line in found if id(line) in kept]
    return sorted(told, key=lambda line: (line.time, line.weight)), len(found) - len(told)


def _height(indoor: Indoor, line: Line) -> int:
    """Lines of text that a line of the story takes."""
    return _written(indoor, line).count("\n") + 1


def _written(indoor: Indoor, line: Line) -> str:
    """A line behind its time; what is too long goes on below."""
    return textwrap.fill(f"{indoor.clock(line.time)}  {line.text}", WIDTH, subsequent_indent=" " * 10)


def _ending(indoor: Indoor) -> list[str]:
    """How it stands at the end."""
    end, summary = indoor.walks.end, indoor.records.summary
    people = indoor.people - int((indoor.kinds == "officer").sum())
    survivors, escaped, hiding = (int(summary.get(name, 0)) for name in ("survivors", "escaped", "hiding"))
    rest = survivors - escaped - hiding
    parts = [f"{escaped:,} got out", f"{hiding:,} still hide", f"{rest:,} are elsewhere in the building"]
    parts = [part for part, count in zip(parts, (escaped, hiding, rest), strict=True) if count > 0]
    first = f"The end. {survivors:,} of {people:,} people are unhurt" + (f": {listed(parts)}." if parts else ".")
    infected, turned, gone = summary["infected"], summary["turned"], summary["destroyed"]
    on = int(summary.get("hunting", 0))
    second = f"Infected: {infected:,}; turned: {turned:,}; hunters destroyed: {gone:,}, still hunting: {on:,}."
    lines = [f"{first} {second}"]
    struck = int((indoor.strikes["outcome"] == Outcome.SPARED).sum())
    if struck:
        lines[0] += f" Bites that did not infect: {struck:,}."
    hidden = np.array([room for _, room, _, until in hiding_spells(indoor) if until >= end - 1.0], int)
    if len(hidden):
        rooms, counts = np.unique(hidden, return_counts=True)
        order = np.argsort(-counts, kind="stable")
        lines.append(
            f"They hide in {listed([f'{indoor.the(int(rooms[row]))} ({counts[row]:,})' for row in order], 8)}."
        )
    fallen = [indoor.the(room) for room in falls(indoor)]
    lines.append(f"Fallen rooms: {listed(fallen, 10)}." if fallen else "No room fell.")
    held = [each for each in barriers(indoor) if each.how and not each.broken]
    broken = [each for each in barriers(indoor) if each.broken]
    if held or broken:
        longest = max((each.end - each.begin for each in held), default=0.0)
        longest_text = f", the longest for {span(longest)}" if held else ""
        lines.append(f"Doors kept shut that held: {len(held):,}{longest_text}; doors broken: {len(broken):,}.")
    when = f"{indoor.clock(end)}  "
    return [
        textwrap.fill(text, WIDTH, initial_indent=when if not row else " " * 10, subsequent_indent=" " * 10)
        for row, text in enumerate(lines)
    ]
