"""What a benchmark found: lines for eyes, or one of JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from hyosan.views.terminal import say, say_json

if TYPE_CHECKING:
    from hyosan.verification.bench import Measured
    from hyosan.verification.bench_building import Measured as MeasuredWalking

UNKNOWN = "unknown here"


def print_measures(found: Measured, *, json: bool) -> None:
    """Print one case."""
    if json:
        say_json(asdict(found))
        return
    peak, grown = found.peak_rss_mb, found.bytes_per_person
    rows = {
        "scenario": found.scenario,
        "people": f"{found.people:,}",
        "threads": str(found.threads),
        "steps": f"{found.steps:,}",
        "set-up": f"{found.setup_s:.3f} s",
        "run": f"{found.run_s:.4g} s by the clock, {found.cpu_s:.4g} s of processors",
        "infections": f"{found.infections:,} (attack rate {found.attack_rate:.4f})",
        "memory": UNKNOWN if peak is None else f"{peak:,.0f} MB at most, world and interpreter included",
        "of a run": UNKNOWN if grown is None else f"{grown:.1f} bytes a person beyond the world",
        "digest": found.digest,
    }
    for name, value in rows.items():
        say(f"{name:<11} {value}")


def print_walking(found: MeasuredWalking, *, json: bool) -> None:
    """Print one case of people in a building."""
    if json:
        say_json(asdict(found))
        return
    rows = {
        "scenario": found.scenario,
        "people": f"{found.people:,}",
        "threads": str(found.threads),
        "steps": f"{found.steps:,} of {found.dt:g} s",
        "set-up": f"{found.setup_s:.3f} s",
        "run": f"{found.run_s:.4g} s by the clock, {found.cpu_s:.4g} s of processors",
        "a second": f"{found.person_steps_per_s:,.0f} person-steps, {found.person_seconds_per_s:,.0f} person-seconds",
        "way": f"{found.advance_m:.2f} m on average by who is still inside; {found.gone:,} have left",
        "digest": found.digest,
    }
    for name, value in rows.items():
        say(f"{name:<11} {value}")
