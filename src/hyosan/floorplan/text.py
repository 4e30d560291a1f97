"""Floor plans drawn with letters on a grid, for tests and for teaching.

>>> plan = loads('''
... cell 1
... room a lab laboratory Science lab
... storey Ground 0
... #######
... #a..+.E
... #######
... ''')
>>> [room.name for room in plan.rooms], [door.rooms for door in plan.doors]
(['lab', 'room-1'], [(0, 1), (1, -1)])

`docs/how-to/floorplans.md` explains the letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from hyosan.errors import PlanError, Problem
from hyosan.floorplan.files import refused, shown_path, text_of
from hyosan.floorplan.legend import Legend, number
from hyosan.floorplan.plan import Floorplan, Storey
from hyosan.floorplan.sheet import Sheet
from hyosan.floorplan.strips import stairs
from hyosan.scenario.quantities import shown

if TYPE_CHECKING:
    from pathlib import Path

MOST_LETTERS = 1_000_000
MOST_CELLS = 60_000
"""Cells of all storeys."""
MOST_STOREYS = 50
FARTHEST = 20_000
"""Widest plan [m]."""
MOST_PROBLEMS = 100


@dataclass
class _Block:
    """The grid of one storey in the text."""

    storey: Storey
    line: int
    """Line of its first row, from 1."""
    rows: list[str]


def read(path: str | Path) -> Floorplan:
    """The plan of a text file.

    Raises:
        PlanError: With every problem that could be found.
    """
    return loads(text_of(path), shown_path(path))


def loads(text: str, file: str = "plan.txt") -> Floorplan:
    """The plan of a text.

    Args:
        text: Lines that explain letters, and a grid for each storey.
        file: Name of the file, for messages.

    Raises:
        PlanError: With every problem that could be found.
    """
    if len(text) > MOST_LETTERS:
        raise refused(file, f"is longer than {MOST_LETTERS} letters. Draw larger cells, or use another format.")
    legend, blocks, problems = _parts(text, file)
    if not blocks and not problems:
        problems.append(Problem("has no storey. Write `storey Ground 0` and the grid below it.", file=file))
    cells = sum(len(row) for block in blocks for row in block.rows)
    if cells > MOST_CELLS:
        problems.append(Problem(f"has {cells} cells. Draw at most {MOST_CELLS}.", file=file))
    side = max((len(line) for block in blocks for line in (*block.rows, block.rows)), default=0) * legend.cell
    if side > FARTHEST:
        problems.append(Problem(f"is {side:g} m wide or deep. Draw at most {FARTHEST} m.", file=file))
    if problems:
        raise PlanError(problems[:MOST_PROBLEMS])
    sheet = _sheet(legend, blocks)
    found = tuple(stairs(sheet))
    problems = [
        Problem(
            message, file=file, line=blocks[storey].line + row if row >= 0 else blocks[storey].line, column=column + 1
        )
        for (storey, row, column), message in sorted(sheet.problems)
    ]
    if problems:
        raise PlanError(problems[:MOST_PROBLEMS])
    facts = {"name": _name_of(file), **legend.facts}
    return Floorplan(
        storeys=tuple(block.storey for block in blocks),
        rooms=tuple(sheet.rooms),
        doors=tuple(sheet.doors),
        stairs=found,
        obstacles=tuple(sheet.obstacles),
        seats=tuple(sheet.seats),
        zones=tuple(sheet.zones),
        gates=tuple(sheet.gates),
        **facts,
    )


def _name_of(file: str) -> str:
    """A name for the plan out of the name of its file."""
    name = "".join(letter for letter in PurePath(file).stem if letter.isprintable()).strip()
    return name[:100].strip() or "plan"


def _sheet(legend: Legend, blocks: list[_Block]) -> Sheet:
    """All storeys with their rooms and what is in them."""
    height = max(len(block.rows) for block in blocks)
    sheet = Sheet(legend, height, [block.storey for block in blocks])
    for block in blocks:
        sheet.storey(block.rows)
    sheet.name_rooms()
    return sheet


def _parts(text: str, file: str) -> tuple[Legend, list[_Block], list[Problem]]:
    """Explanations and grids of a text, and what is wrong with the former."""
    legend = Legend()
    blocks: list[_Block] = []
    problems: list[Problem] = []
    inside = False
    for count, raw in enumerate(text.split("\n"), start=1):
        line = raw.rstrip()
        if inside and line:
            blocks[-1].rows.append(line)
            continue
        inside = False
        if not line or line.lstrip().startswith(";"):
            continue
        try:
            if line.split()[0] == "storey":
                blocks.append(_Block(_storey(line, blocks), count + 1, []))
                inside = True
            else:
                legend.line(line)
        except ValueError as error:
            problems.append(Problem(str(error), file=file, line=count, column=1))
            inside = line.split()[0] == "storey" and bool(blocks)
    problems += [
        Problem(f"storey {shown(block.storey.name)} has no grid. Draw it in the lines below.", file=file)
        for block in blocks
        if not block.rows
    ]
    return legend, blocks, problems


def _storey(line: str, blocks: list[_Block]) -> Storey:
    """`storey First floor 3.5`."""
    words = line.split()[1:]
    if len(words) < 2 or not line.isprintable():
        raise ValueError("a storey has a name and a height. Write `storey Ground 0`.")
    name, height = " ".join(words[:-1])[:90], round(number(words[-1], -1000, 1000, "a height in metres"), 3)
    if any(block.storey.name == name for block in blocks):
        raise ValueError(f"{shown(name)} is the name of another storey. Choose another one.")
    if len(blocks) >= MOST_STOREYS:
        raise ValueError(f"there are more than {MOST_STOREYS} storeys. Write fewer.")
    return Storey(name, height)
