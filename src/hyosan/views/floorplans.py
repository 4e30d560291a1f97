"""What `hyosan floorplan` says of a plan, in words or in JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from hyosan.errors import HyosanError, PlanError, Problem
from hyosan.floorplan import formats, native
from hyosan.floorplan.check import Severity, problems
from hyosan.views.terminal import complain, say, say_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hyosan.floorplan.check import PlanProblem
    from hyosan.floorplan.plan import Floorplan


MOST_NOTES = 8
"""Notes of an importer that are printed."""


def handle(source: str, *, out: Path | None, drawing: Path | None, json: bool) -> bool:
    """Read a plan, draw it, write it, and say what it is; whether it has no fault.

    Args:
        source: A name of the catalogue, or a file.
        out: Native file to write; refused for a plan with faults.
        drawing: Figure to draw, with what is wrong marked in it.
        json: Whether to print one line of JSON.
    """
    if out is not None and out.suffix.lower() != ".json":
        raise HyosanError(f"{out}: a floor plan is written as JSON. Choose a name that ends with .json.")
    plan, notes = formats.read_with_notes(source)
    found = problems(plan)
    faults = sum(problem.severity is Severity.FAULT for problem in found)
    if drawing is not None:
        from hyosan.views.plans import draw

        draw(plan, drawing, found)
    if out is not None and not faults:
        from hyosan.views.copies import write_new

        write_new(out, native.dumps(plan))
    if json:
        say_json({**record(plan, found), "notes": list(notes)})
    else:
        say(account(plan, source, found))
        for note in notes[:MOST_NOTES]:
            say(f"  note: {note}")
        if len(notes) > MOST_NOTES:
            say(f"  and {len(notes) - MOST_NOTES} more notes; --json has them all.")
        for path in (drawing, None if faults else out):
            if path is not None:
                say(f"{path}: written.")
    if faults and out is not None:
        complain(str(PlanError([Problem(f"not written: mend {_counted(faults, 'fault')} first.", file=str(out))])))
    return faults == 0


def record(plan: Floorplan, found: Sequence[PlanProblem]) -> dict[str, Any]:
    """Counts and problems of a plan, for JSON."""
    return {
        "name": plan.name,
        "title": plan.title,
        "storeys": len(plan.storeys),
        "rooms": len(plan.rooms),
        "doors": len(plan.doors),
        "stairs": len(plan.stairs),
        "exits": len(plan.exits),
        "obstacles": len(plan.obstacles),
        "seats": len(plan.seats),
        "area_m2": round(plan.area, 2),
        "problems": [
            {
                "message": problem.message,
                "severity": str(problem.severity),
                "storey": None if problem.storey is None else plan.storeys[problem.storey].name,
                "x_m": problem.x,
                "y_m": problem.y,
                "room": None if problem.room is None else plan.rooms[problem.room].name,
                "door": None if problem.door is None else plan.doors[problem.door].name,
            }
            for problem in found
        ],
    }


def account(plan: Floorplan, source: str, found: Sequence[PlanProblem]) -> str:
    """A plan in a few lines, and what is wrong with it."""
    lines = [f"{source}: {plan.title or plan.name}", ""]
    kinds = Counter(str(room.kind) for room in plan.rooms)
    names = [storey.name for storey in plan.storeys]
    rows = [
        ("storeys", len(plan.storeys), ", ".join(names[:8]) + (", …" if len(names) > 8 else "")),
        ("rooms", len(plan.rooms), ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(6))),
        ("doors", len(plan.doors), _counted(len(plan.exits), "exit")),
        ("stairs", len(plan.stairs), ""),
        ("furniture", len(plan.obstacles), _counted(len(plan.seats), "seat")),
    ]
    lines += [f"{what:<10}{count:>7,}  {more}".rstrip() for what, count, more in rows]
    lines.append(f"{'floor':<10}{plan.area:>7,.0f}  m²")
    lines += ["", _verdict(found)]
    for number, problem in enumerate(found, start=1):
        place = "" if problem.x is None else f" (at {problem.x:.1f}, {problem.y:.1f})"
        lines.append(f"{number:>3}  {problem.severity:<7}  {problem.message}{place}")
    return "\n".join(lines)


def _verdict(found: Sequence[PlanProblem]) -> str:
    """How many problems there are."""
    counts = Counter(problem.severity for problem in found)
    parts = [_counted(counts[severity], str(severity)) for severity in Severity if counts[severity]]
    return f"{' and '.join(parts)}:" if parts else "Fine."


def _counted(count: int, word: str) -> str:
    """A count with its word."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"
