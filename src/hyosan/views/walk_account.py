"""A run in a building in a few lines that a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.rules.codes import Posture
from hyosan.views import indoor_account
from hyosan.views.stage import clock_text
from hyosan.views.walks import walks_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from hyosan.records.run import Records
    from hyosan.views.walks import Walks

SHARES = (0.5, 0.9)
"""Shares of the people by whose leaving an evacuation is told."""
MOST_EXITS = 12
"""Exits that are listed."""
QUEUING = 0.25
"""Share of the free speed below which somebody who is on the way counts as queuing [1]."""
FLOW_OVER = 10.0
"""Time over which the flow through a door is counted [s]."""


def account(records: Records, folder: Path | None = None) -> str:
    """What happened in a run in a building.

    Args:
        records: The run.
        folder: Where it lies, if it does.
    """
    walks = walks_of(records)
    summary, manifest = records.summary, records.manifest
    title = manifest["scenario"].get("title") or summary["scenario"]
    lines = [f"{title} ({summary['scenario']}, seed {summary['seed']})"]
    if manifest["status"] != "finished":
        lines.append("Interrupted. What follows is what had happened by then.")
    facts = [*_facts(walks), *indoor_account.facts(records), *_costs(summary)]
    if folder is not None:
        facts.append(("folder", str(folder)))
    width = max(len(name) for name, _ in facts)
    return "\n".join([*lines, *(f"  {name:<{width}}  {text}".rstrip() for name, text in facts)])


def _facts(walks: Walks) -> list[tuple[str, str]]:
    """People, when they were out, by which exit, and where they waited."""
    plan, people = walks.plan, walks.people
    when, (out, _) = walks.safe, walks.out
    parts = (_counted(len(plan.storeys), "storey"), _counted(len(plan.exits), "exit"))
    where = f"{plan.title or plan.name}, {', '.join(parts)}"
    facts = [("building", where), ("people", f"{people:,}"), ("simulated", clock_text(walks.end))]
    outside = int(walks.records.summary.get("evacuated", len(out)))
    facts.append(("out in the open" if outside > len(out) else "out", _share(outside, people)))
    gathered = len(walks.gathered)
    if gathered:
        facts.append(("at the assembly place", _share(gathered, people)))
    done = "out" if not gathered else "there" if not len(out) else "out or there"
    for share in SHARES:
        count = int(np.ceil(share * people))
        if 0 < count <= len(when):
            facts.append((f"{100 * share:.0f} % {done} by", clock_text(float(when[count - 1]))))
    if len(when):
        last = f"everybody {done} by" if len(when) == people else f"last {done} at"
        facts.append((last, clock_text(float(when[-1]))))
    last_out = walks.records.summary.get("last_out_s")
    # Where there is a yard one is in the open before the gate, or without ever coming to it.
    yard = last_out is not None and len(when) > 0 and abs(float(when[-1]) - float(last_out)) > 1.0
    if yard and last_out is not None:
        facts.append(("last in the open", clock_text(float(last_out))))
    counts = {name: count for name, count in by_exit(walks).items() if count or not (gathered or yard)}
    facts += _exits(counts, "into the open" if yard else "by exit")
    stuck = walks.records.summary.get("stuck")
    if stuck:
        facts.append(("stuck", f"{stuck:,}, who hardly moved in the last minute though on the way"))
    busiest = busiest_doors(walks, 1)
    if busiest:
        name, middles, flow = busiest[0]
        around = clock_text(float(middles[flow.argmax()]))
        facts.append(("fullest door", f"{name}, {flow.max():.2f} people a second around {around}"))
    queue = longest_queue(walks)
    if queue is not None:
        name, count, time = queue
        facts.append(
            (
                "longest queue",
                f"{count:,} {'person' if count == 1 else 'people'} stood on the way in {name} at {clock_text(time)}",
            )
        )
    return facts


def _share(count: int, people: int) -> str:
    """So many of so many."""
    return f"{count:,} of {people:,}" + (f" ({100 * count // people} %)" if people else "")


def _counted(count: int, word: str) -> str:
    """A count with its word."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def by_exit(walks: Walks) -> dict[str, int]:
    """People by the door by which they came into the open, by its name."""
    known = walks.records.summary.get("by_exit")
    if known is not None:
        return {str(name): int(count) for name, count in dict(known).items()}
    counts = np.bincount(walks.out[1], minlength=len(walks.plan.doors))
    return {walks.plan.doors[row].name: int(counts[row]) for row in walks.plan.exits}


def _exits(counts: dict[str, int], label: str) -> list[tuple[str, str]]:
    """A line an exit, the busiest first."""
    ranked = sorted(counts.items(), key=lambda each: -each[1])
    lines = [(label if not row else "", f"{count:>7,}  {name}") for row, (name, count) in enumerate(ranked)]
    if len(lines) > MOST_EXITS:
        lines = [*lines[:MOST_EXITS], ("", f"and {len(lines) - MOST_EXITS} more exits")]
    return lines


def flow_of(times: NDArray[np.float64], people: NDArray[np.int64], end: float) -> tuple[Any, Any]:
    """Middles of spans of `FLOW_OVER` and people a second in each, nobody twice in a span [s], [1/s]."""
    spans = max(1, int(np.ceil(end / FLOW_OVER)))
    span = np.minimum((times / FLOW_OVER).astype(np.int64), spans - 1)
    each = np.unique(np.stack([span, people]), axis=1)[0]
    counts = np.bincount(each, minlength=spans)
    return (np.arange(spans) + 0.5) * FLOW_OVER, counts / FLOW_OVER


def busiest_doors(walks: Walks, count: int) -> list[tuple[str, NDArray[Any], NDArray[Any]]]:
    """Doors and stairs with the largest flow in any span: name, middles of spans [s], people a second."""
    passages = walks.records.table("passages")
    names, times = np.array(passages["door"].to_pylist(), object), passages["time_s"].to_numpy()
    people = passages["person"].to_numpy().astype(np.int64)
    found = []
    for name in sorted(set(names)):
        middles, flow = flow_of(times[names == name], people[names == name], walks.end)
        found.append((str(name), middles, flow))
    return sorted(found, key=lambda each: (-each[2].max(), each[0]))[:count]


def longest_queue(walks: Walks) -> tuple[str, int, float] | None:
    """The room or stair in which most people stood though on their way: name, people, when [s]."""
    best: tuple[str, int, float] | None = None
    for time in np.arange(0.0, walks.end + 1e-6, max(walks.look, walks.end / 200)):
        now = walks.at(float(time))
        slow = (now.share < QUEUING) & (now.posture == Posture.WALKING)
        if not slow.any():
            continue
        rooms, counts = np.unique(now.room[slow], return_counts=True)
        if best is None or counts.max() > best[1]:
            best = walks.room_names[int(rooms[counts.argmax()])], int(counts.max()), float(time)
    return best


def _costs(summary: dict[str, Any]) -> list[tuple[str, str]]:
    """What the run took, and its digest."""
    facts = []
    if "wall_s" in summary:
        facts.append(("steps took", f"{summary['wall_s']:.2f} s"))
    if "digest" in summary:
        facts.append(("digest", str(summary["digest"])[:16]))
    return facts


def next_steps(folder: Path, scenario: str, simulated: float, *, story: bool = False) -> str:
    """What to type after a run of a scenario in a building, which has a story if it was an outbreak."""
    half = max(1, int(simulated / 2))
    # Whoever names a scenario may have put anything into it.
    picture = scenario if scenario.replace("-", "").replace("_", "").isalnum() else "walk"
    name = str(folder) if str(folder).isprintable() and not set(str(folder)) & set(" '\"$&;()*?") else f'"{folder}"'
    told = [f"  hyosan show {name} --story"] if story else []
    return "\n".join(
        (
            "Next:",
            *told,
            f"  hyosan show {name} --plot {picture}.png",
            f'  hyosan show {name} --frame "{half} s" --plot moment.png',
            f"  hyosan show {name} --film {picture}.gif",
        )
    )
