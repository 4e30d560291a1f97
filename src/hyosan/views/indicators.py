"""The indicators of a run in words: tables that a person can read on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Found = dict[str, Any]

MOST_GENERATIONS = 12
"""Generations with a line of their own."""


def account(found: Found) -> str:
    """What `records.indicators.indicators` found, in a page of text."""
    if not found["infections"]:
        return "Indicators\n  nobody was infected"
    parts = [_heading(found), _attack(found), _settings(found), _contacts(found), _generations(found), _spread(found)]
    return "\n\n".join(part for part in parts if part)


def _heading(found: Found) -> str:
    """What is counted."""
    lines = ["Indicators"]
    if not found["settled_infections"]:
        lines.append("  No infection is known to be over, so how it spread is not counted.")
    elif found["settled_infections"] < found["infections"]:
        until = found["settled_until"].replace("T", " ")
        lines.append(
            f"  Spread is counted from {found['settled_infections']:,} of {found['infections']:,} infections, those "
            f"before {until}: later ones may still infect."
        )
    if not found["transitions_recorded"]:
        lines.append("  Transitions were not recorded, so it is not known who fell ill when.")
    return "\n".join(lines)


def _attack(found: Found) -> str:
    """Attack rates of everybody, by age and by district."""
    rates = found["attack_rate"]
    head = ("", "infected", "susceptible at the start", "attack rate")
    rows = [("everybody", rates)]
    rows += [(f"{row['age_years']} years", row) for row in rates["by_age"]]
    rows += [(row["district"], row) for row in rates["by_district"]]
    lines = [(name, f"{r['infected']:,}", f"{r['susceptible']:,}", percent(r["attack_rate"])) for name, r in rows]
    return table("Attack rate", head, lines)


def _settings(found: Found) -> str:
    """Where people were infected."""
    rows = [
        (row["setting"], f"{row['infections']:,}", "" if row["share"] is None else percent(row["share"]))
        for row in found["settings"]
    ]
    return table("Where infections happened", ("", "infections", "share of those within"), rows)


def _contacts(found: Found) -> str:
    """Secondary attack rates."""
    whose = {"primary": "of the first infected", "every": "of every infected"}
    rows = [
        (
            f"{row['place'].replace('_', ' ')}, {whose[row['infector']]}",
            f"{row['infectors']:,}",
            f"{row['contacts']:,}",
            f"{row['infected']:,}",
            percent(row["secondary_attack_rate"]),
        )
        for row in found["secondary_attack_rate"]
    ]
    head = ("", "infectors", "susceptible mates", "infected by them", "rate")
    return table("Secondary attack rate", head, rows) if rows else ""


def _generations(found: Found) -> str:
    """Size and reproduction number of the first generations."""
    rows = [
        (str(row["generation"]), f"{row['infections']:,}", number(row["reproduction_number"]))
        for row in found["generations"]
    ]
    text = table("Generations", ("", "infections", "infectees each"), rows[:MOST_GENERATIONS])
    more = len(rows) - MOST_GENERATIONS
    return text if more <= 0 else f"{text}\n  … and {more} more; --json has all, and every date"


def _spread(found: Found) -> str:
    """Intervals and offspring."""
    rows = []
    for name, interval in (("generation", found["generation_interval"]), ("serial", found["serial_interval"])):
        if interval is None:
            rows.append((f"{name} interval", "not known"))
            continue
        sd = "" if interval["sd_days"] is None else f", sd {interval['sd_days']:.2f}"
        rows.append(
            (
                f"{name} interval",
                f"mean {interval['mean_days']:.2f}{sd}, median {interval['median_days']:.2f} days; 90 % within "
                f"{interval['q05_days']:.2f} to {interval['q95_days']:.2f} days ({interval['pairs']:,} pairs)",
            )
        )
    offspring = found["offspring"]
    if offspring is not None:
        most = f"mean {offspring['mean']:.2f}, at most {offspring['largest']:,}"
        rows.append(("infectees", f"{most}; {percent(offspring['none_share'])} of infections caused none"))
        rows.append(("dispersion k", _dispersion(offspring)))
    if offspring is not None and offspring["share_causing_80_percent"] is not None:
        rows.append(("80 % were caused by", f"{percent(offspring['share_causing_80_percent'])} of infections"))
    width = max(len(name) for name, _ in rows)
    return "\n".join(["How it spread", *(f"  {name:<{width}}  {text}" for name, text in rows)])


def _dispersion(offspring: Found) -> str:
    """Dispersion with its interval."""
    if offspring["dispersion_low"] is None:
        return "not known: nobody infected anybody"
    high = "no bound" if offspring["dispersion_high"] is None else number(offspring["dispersion_high"])
    interval = f"95 % interval {number(offspring['dispersion_low'])} to {high}"
    if offspring["dispersion"] is None:
        return f"infinite: offspring vary no more than by chance; {interval}"
    return f"{number(offspring['dispersion'])}, {interval}"


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns under a title: names to the left, numbers to the right."""
    lines = [head, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    text = [title]
    for line in lines:
        numbers = (f"{cell:>{width}}" for cell, width in zip(line[1:], widths[1:], strict=True))
        text.append("  ".join((f"  {line[0]:<{widths[0]}}", *numbers)).rstrip())
    return "\n".join(text)


def number(value: float | None) -> str:
    """A number for people's eyes, or a dash where there is none."""
    return "–" if value is None else f"{value:.2f}" if value >= 0.1 or value == 0 else f"{value:.2g}"


def percent(share: float | None) -> str:
    """A share for people's eyes: as many decimals as it takes to see it."""
    if share is None:
        return "–"
    value = 100 * share
    return f"{value:.1f} %" if value >= 1 or value == 0 else f"{value:.2g} %"
