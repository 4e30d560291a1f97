"""A run in a few lines that a person can read."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.units import day
from hyosan.views import hunt_account, walk_account
from hyosan.views.indoor import is_indoor
from hyosan.views.walks import is_walked

if TYPE_CHECKING:
    from pathlib import Path

    from hyosan.records.run import Records


def account(records: Records, folder: Path | None = None) -> str:
    """What happened in a run.

    Args:
        records: The run.
        folder: Where it lies, if it does.
    """
    if is_walked(records):
        return walk_account.account(records, folder)
    summary, manifest = records.summary, records.manifest
    title = manifest["scenario"].get("title") or summary["scenario"]
    lines = [f"{title} ({summary['scenario']}, seed {summary['seed']})"]
    length = f"{_date(summary['ended'])}, {_days(manifest['simulated_s'])}, {_count(summary['steps'], 'step')}"
    if manifest["status"] != "finished":
        lines.append("Interrupted. What follows is what had happened by then.")
    facts = [("from", _date(manifest["start"])), ("to", length), ("people", f"{summary['people']:,}")]
    if summary.get("infections", 0) > summary["infected"]:
        facts.append(("infections", f"{summary['infections']:,}, some people several times"))
    if summary.get("vaccinated_at_start"):
        facts.append(("vaccinated", f"{summary['vaccinated_at_start']:,} at the start"))
    if summary.get("immune_at_start"):
        facts.append(("immune at the start", f"{summary['immune_at_start']:,}"))
    facts.append(("infected", f"{summary['infected']:,}"))
    facts.append(("attack rate", f"{_percent(summary['attack_rate'])} of those susceptible at the start"))
    facts.append(("dead", f"{summary['dead']:,}"))
    facts += hunt_account.facts(records)
    top = peak(records)
    if top is not None:
        facts.append(("peak", f"{top[1]:,} new infections on {top[0]:%Y-%m-%d}"))
    number = summary.get("reproduction_number")
    if number is not None:
        facts.append(("reproduction number", f"{number:.2f} if nobody is immune"))
    facts.append(("steps took", f"{summary['wall_s']:.2f} s"))
    facts.append(("digest", summary["digest"][:16]))
    width = max(len(name) for name, _ in facts)
    lines += [f"  {name:<{width}}  {text}" for name, text in facts]
    if folder is not None:
        lines += [f"  {'folder':<{width}}  {folder}"]
    return "\n".join(lines)


def next_steps(folder: Path, records: Records) -> str:
    """What to type after a run."""
    if is_walked(records):
        name, simulated = str(records.summary.get("scenario", "walk")), float(records.manifest["simulated_s"])
        return walk_account.next_steps(folder, name, simulated, story=is_indoor(records))
    name = str(folder) if str(folder).isprintable() and not set(str(folder)) & set(" '\"$&;()*?") else f'"{folder}"'
    return "\n".join(
        (
            "Next:",
            f"  hyosan show {name} --plot outbreak.png",
            f'  hyosan query {name} "select setting, count(*) as infections from infections group by setting"',  # noqa: S608
        )
    )


def peak(records: Records) -> tuple[datetime, int] | None:
    """(Day with most new infections, their count); those of the start are not new. None if there are none."""
    infections = records.table("infections")
    route = np.asarray(infections["route"].cast("string").to_numpy(zero_copy_only=False))
    new = (route != "start") & (route != "animal")
    days = infections["time_s"].to_numpy()[new] // day
    if not len(days):
        return None
    counts = np.bincount(days)
    top = int(counts.argmax())
    return datetime.fromisoformat(records.manifest["start"]) + timedelta(days=top), int(counts[top])


def _date(text: str) -> str:
    """A date, with its time if it is not midnight."""
    moment = datetime.fromisoformat(text)
    return f"{moment:%Y-%m-%d}" if moment.time() == time() else f"{moment:%Y-%m-%d %H:%M:%S}"


def _days(seconds: int) -> str:
    """A duration as days."""
    number = f"{seconds / day:.2f}".rstrip("0").rstrip(".")
    return f"{number} day{'' if number == '1' else 's'}"


def _count(number: int, noun: str) -> str:
    """A number of things."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _percent(share: Any) -> str:
    """A share for people's eyes: as many decimals as it takes to see it."""
    value = 100 * float(share)
    return f"{value:.1f} %" if value >= 1 or value == 0 else f"{value:.2g} %"
