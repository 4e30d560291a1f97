"""One figure of the indicators of a run: who, where, how fast, how evenly."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.indicators.tree import negative_binomial
from hyosan.records.indicators import indicators
from hyosan.views.looks import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    VERMILION,
    count_axis,
    dress,
    name_panel,
    nothing,
    title_of,
    whole_numbers,
    write_figure,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from hyosan.records.run import Records

    Found = dict[str, Any]

PAPER = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
"""What stands behind a number or a note that lines may cross."""

MOST_DISTRICTS = 32
"""Districts with a bar of their own; of more, those with the highest and the lowest attack rates are shown."""

WINDOW = 7
"""Days over which reproduction numbers by date are taken together, an odd number."""

FEWEST = 10
"""Infections in a window below which its reproduction number says more of chance than of spread."""

LAYOUT: list[Any] = [
    ["reproduction", "reproduction", "district"],
    ["generations", "setting", "district"],
    ["age", "contacts", "district"],
    ["generation", "serial", "offspring"],
]
"""Where the panels stand."""

LAYOUT_OF_ONE: list[Any] = [
    ["reproduction", "reproduction", "setting"],
    ["generations", "age", "contacts"],
    ["generation", "serial", "offspring"],
]
"""Where they stand in a world without districts."""


def plot(records: Records) -> Figure:
    """A figure of small panels with the indicators of a run."""
    from matplotlib.figure import Figure

    found = indicators(records)
    layout = LAYOUT if found["attack_rate"]["by_district"] else LAYOUT_OF_ONE
    figure = Figure(figsize=(12, 0.2 + 3 * len(layout)), layout="constrained", facecolor="white")
    figure.get_layout_engine().set(h_pad=0.1, w_pad=0.08)  # type: ignore[union-attr, call-arg]
    panels = figure.subplot_mosaic(layout, width_ratios=[1, 1, 1.05])
    for panel, axes in panels.items():
        dress(axes)
        PANELS[panel](axes, found)
    figure.suptitle(title_of(records) + _note(found), x=0.01, ha="left", fontsize=11, parse_math=False)
    return figure


def draw(records: Records, path: Path) -> None:
    """Write the figure of the indicators into a file; its ending says how."""
    write_figure(path, lambda: plot(records))


def _note(found: Found) -> str:
    """What of the outbreak is too young to be counted forward."""
    if found["settled_infections"] == found["infections"]:
        return ""
    if not found["settled_infections"]:
        return "\nNo infection is known to be over, so how it spread is not counted"
    return (
        f"\nSpread is counted from the {found['settled_infections']:,} of {found['infections']:,} infections before "
        f"{found['settled_until'][:10]}; later ones may still infect"
    )


def _reproduction(axes: Axes, found: Found) -> None:
    """Cohort and instantaneous reproduction number, over a week each, above the infections."""
    dates = found["dates"]
    name_panel(axes, f"Reproduction number by date, mean of {WINDOW} days")
    if not dates:
        return _empty(axes, "nobody was infected")
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

    when = np.array([date2num(datetime.fromisoformat(row["date"])) for row in dates])
    size = _column(dates, "infections")
    behind = axes.twinx()
    behind.bar(when, size, 1.0, align="edge", color=PALE, linewidth=0)
    behind.set_ylabel("new infections a day (grey)", fontsize=8.5)
    behind.tick_params(labelsize=8, color=GREY)
    behind.spines[["top", "left", "bottom"]].set_visible(False)
    behind.spines["right"].set_color(GREY)
    count_axis(behind, round(1.2 * size.max()) or 1)
    axes.set_zorder(behind.get_zorder() + 1)
    axes.patch.set_visible(False)
    middle = when + 0.5
    axes.axhline(1, color=INK, linewidth=0.8)
    complete = ~np.isnan(_column(dates, "cohort_reproduction_number"))
    cohort = _over_week(_column(dates, "infectees"), size, complete)
    pressure = np.nan_to_num(_column(dates, "pressure"))
    now = _over_week(_column(dates, "from_within"), pressure, np.ones_like(complete))
    axes.plot(middle, cohort, color=BLUE, linewidth=1.8, label="of those infected on the date (cohort)")
    axes.plot(middle, now, color=VERMILION, linewidth=1.5, linestyle="--", label="at the date (instantaneous)")
    top = np.nanmax(np.concatenate((cohort, now, [1.0])))
    axes.set_ylim(0, 1.3 * top)
    axes.set_xlim(when[0], when[-1] + 1)
    axes.set_ylabel("infectees an infection")
    locator = AutoDateLocator(minticks=4, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.xaxis.get_offset_text().set_fontsize(8)
    axes.legend(frameon=False, fontsize=8, loc="upper left", ncols=2, borderaxespad=0.1)
    if not np.isfinite(np.concatenate((cohort, now))).any():
        few = f"fewer than {FEWEST} infections in any {WINDOW} days"
        text = few if found["settled_infections"] else "not known: every infection may still infect"
        axes.text(0.5, 0.5, text, transform=axes.transAxes, ha="center", va="center", fontsize=9, bbox=PAPER)
    return None


def _generations(axes: Axes, found: Found) -> None:
    """Size of each generation."""
    rows = found["generations"]
    name_panel(axes, "Infections by generation")
    if not rows:
        return _empty(axes, "nobody was infected")
    sizes = [row["infections"] for row in rows]
    axes.bar(range(len(sizes)), sizes, 0.85, color=GREEN)
    axes.set_xlabel("generation (0: from outside)")
    axes.set_ylabel("infections")
    axes.set_xlim(-0.8, max(len(sizes), 4) - 0.2)
    whole_numbers(axes.xaxis)
    count_axis(axes, max(sizes))
    return None


def _setting(axes: Axes, found: Found) -> None:
    """Share of infections in each setting."""
    rows = [row for row in found["settings"] if row["share"] is not None]
    name_panel(axes, "Where people infected each other")
    if not rows:
        return _empty(axes, "nobody infected anybody")
    _bars(axes, [row["setting"] for row in rows], [100 * row["share"] for row in rows], PURPLE, least=4)
    for place, row in enumerate(rows):
        _beside(axes, 100 * row["share"], place, f"{row['infections']:,}")
    axes.set_xlabel("share of infections [%]; beside each bar: infections")
    return None


def _age(axes: Axes, found: Found) -> None:
    """Attack rate by age."""
    rows = [row for row in found["attack_rate"]["by_age"] if row["attack_rate"] is not None]
    name_panel(axes, "Attack rate by age")
    if not any(row["infected"] for row in rows):
        return _empty(axes, "nobody was infected during the run")
    rates = [100 * row["attack_rate"] for row in rows]
    axes.bar(range(len(rows)), rates, 0.82, color=BLUE)
    axes.set_xticks(range(len(rows)), [row["age_years"] for row in rows])
    if len(rows) > 5:
        axes.tick_params(axis="x", labelrotation=45, labelsize=7.5)
    axes.set_xlim(-0.7 - (len(rows) < 3), len(rows) - 0.3 + (len(rows) < 3))
    many = len(rows) > 5 and max(row["infected"] for row in rows) >= 1000
    axes.set_yticks([tick for tick in axes.get_yticks() if tick <= 100])
    axes.set_ylim(0, (1.3 if many else 1.15) * max(rates))
    for place, (rate, row) in enumerate(zip(rates, rows, strict=True)):
        axes.annotate(
            f"{row['infected']:,}", (place, rate), (0, 2), textcoords="offset points", ha="center", va="bottom",
            fontsize=7, rotation=90 if many else 0, color=INK,
        )  # fmt: skip
    axes.set_xlabel("age [years]; above each bar: infected people")
    axes.set_ylabel("of the susceptible [%]")
    return None


def _district(axes: Axes, found: Found) -> None:
    """Attack rate by district, the highest on top."""
    rows = [row for row in found["attack_rate"]["by_district"] if row["attack_rate"] is not None]
    rows = sorted(rows, key=lambda row: (-row["attack_rate"], row["district"]))
    name_panel(axes, "Attack rate by district")
    if not rows:
        return _empty(axes, "no districts")
    if len(rows) > MOST_DISTRICTS:
        half = MOST_DISTRICTS // 2
        name_panel(axes, f"Attack rate: the {half} highest and lowest of {len(rows)} districts")
        rows = rows[:half] + rows[-half:]
    rates = [100 * row["attack_rate"] for row in rows]
    _bars(axes, [_short(row["district"]) for row in rows], rates, SKY, least=8)
    for place, (rate, row) in enumerate(zip(rates, rows, strict=True)):
        _beside(axes, rate, place, f"{row['infected']:,}")
    mean = found["attack_rate"]["attack_rate"]
    if mean:
        axes.axvline(100 * mean, color=INK, linewidth=0.8, linestyle=":")
    axes.set_xlabel("of the susceptible at the start [%], dotted: in all;\nbeside each bar: infected people")
    return None


def _contacts(axes: Axes, found: Found) -> None:
    """Secondary attack rate by kind of place."""
    rows = [row for row in found["secondary_attack_rate"] if row["secondary_attack_rate"] is not None]
    name_panel(axes, "Secondary attack rate")
    if not rows:
        return _empty(axes, "no infector with susceptible place-mates")
    places = list(dict.fromkeys(row["place"] for row in rows))
    top = max(row["secondary_attack_rate"] for row in rows)
    for shift, (whose, colour, label) in enumerate(
        (("primary", ORANGE, "of the first infected of a place"), ("every", GREY, "of every infected"))
    ):
        for row in (row for row in rows if row["infector"] == whose):
            place, rate = places.index(row["place"]) + 0.4 * shift - 0.2, 100 * row["secondary_attack_rate"]
            axes.bar(place, rate, 0.38, color=colour, label=label)
            axes.annotate(
                f"{rate:.3g}", (place, rate), (0, 2), textcoords="offset points", ha="center", fontsize=7, color=INK
            )
    handles, labels = axes.get_legend_handles_labels()
    unique = dict(zip(labels, handles, strict=True))
    axes.legend(unique.values(), unique.keys(), frameon=False, fontsize=8, loc="upper right", borderaxespad=0.1)
    axes.set_xticks(range(len(places)), [place.replace("_", " ") for place in places])
    axes.set_xlim(-0.7, max(len(places), 2) - 0.3)
    axes.set_ylim(0, max(135 * top, 1e-9))
    axes.set_xlabel("kind of place")
    axes.set_ylabel("of susceptible place-mates [%]")
    return None


def _interval(key: str, what: str, colour: str, missing: str) -> Callable[[Axes, Found], None]:
    """A panel with the histogram of a kind of interval."""

    def panel(axes: Axes, found: Found) -> None:
        name_panel(axes, what)
        interval = found[key]
        if interval is None and key == "serial_interval" and not found["transitions_recorded"]:
            return _empty(axes, "transitions were not recorded")
        if interval is None:
            return _empty(axes, "no infection is known to be over" if not found["settled_infections"] else missing)
        bins = interval["histogram"]
        axes.bar(bins["from_days"], bins["pairs"], bins["width_days"], align="edge", color=colour, linewidth=0)
        axes.axvline(interval["mean_days"], 0, 0.87, color=INK, linewidth=1)
        spread = "" if interval["sd_days"] is None else f", sd {interval['sd_days']:.2f}"
        first, last = bins["from_days"][0], bins["from_days"][-1] + bins["width_days"]
        axes.set_xlim(min(first, 0), last)
        count_axis(axes, int(1.16 * max(bins["pairs"])) + 1)
        text = f"mean {interval['mean_days']:.2f}{spread} days"
        axes.text(0.99, 0.98, text, transform=axes.transAxes, ha="right", va="top", fontsize=8, color=INK)
        axes.set_xlabel("days from infector to infectee (line: mean)")
        axes.set_ylabel("pairs")
        return None

    return panel


def _offspring(axes: Axes, found: Found) -> None:
    """Offspring distribution with the fitted negative binomial."""
    name_panel(axes, "Whom each infected")
    offspring = found["offspring"]
    if offspring is None:
        return _empty(axes, "no infection is known to be over")
    counts = np.array(offspring["counts"])
    places = np.arange(len(counts))
    axes.bar(places, counts, 0.85, color=ORANGE)
    axes.set_xlabel("infectees")
    axes.set_ylabel("infections")
    if offspring["dispersion_low"] is not None:
        k = np.inf if offspring["dispersion"] is None else offspring["dispersion"]
        fitted = offspring["infections"] * negative_binomial(offspring["mean"], k, len(counts) - 1)
        axes.plot(places, fitted, "o-", color=INK, markersize=3.5, linewidth=1)
        high = "∞" if offspring["dispersion_high"] is None else f"{offspring['dispersion_high']:.2g}"
        law = "Poisson (dots)"
        if k < np.inf:
            law = f"negative binomial (dots): k = {k:.2g} ({offspring['dispersion_low']:.2g} to {high})"
        text = f"{law}\n{100 * offspring['share_causing_80_percent']:.2g} % of infections caused 80 % of the others"
        axes.text(0.99, 0.98, text, transform=axes.transAxes, ha="right", va="top", fontsize=8, color=INK)
    axes.set_xlim(-0.7, max(len(counts), 4) - 0.3)
    whole_numbers(axes.xaxis)
    count_axis(axes, round(1.28 * counts.max()))
    return None


PANELS: dict[str, Callable[[Axes, Found], None]] = {
    "reproduction": _reproduction,
    "generations": _generations,
    "setting": _setting,
    "age": _age,
    "contacts": _contacts,
    "district": _district,
    "generation": _interval("generation_interval", "Generation interval", BLUE, "nobody infected anybody"),
    "serial": _interval("serial_interval", "Serial interval", VERMILION, "no pair is known of which both fell ill"),
    "offspring": _offspring,
}
"""Panels by name."""


def _empty(axes: Axes, text: str) -> None:
    """Say in a panel that there is nothing to draw."""
    nothing(axes, text)
    axes.set_xticks([])


def _bars(axes: Axes, names: Sequence[str], values: Sequence[float], colour: str, *, least: int) -> None:
    """Lying bars with their names, the first on top, with room for numbers beside them."""
    axes.barh(range(len(names)), values, 0.75, color=colour)
    axes.set_yticks(range(len(names)), names, parse_math=False)
    axes.set_ylim(max(len(names), least) - 0.3, -0.7)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=PALE, linewidth=0.7)
    axes.locator_params(axis="x", nbins=6)
    axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= 100])
    axes.set_xlim(0, 1.2 * max([*values, 1e-9]))


def _beside(axes: Axes, value: float, place: int, text: str) -> None:
    """A number beside a lying bar."""
    axes.annotate(
        text, (value, place), (3, 0), textcoords="offset points", va="center", fontsize=7.5, color=INK, zorder=3,
        bbox=PAPER,
    )  # fmt: skip


def _short(name: str) -> str:
    """A name that leaves room for its bar."""
    return name if len(name) <= 22 else f"{name[:21]}…"


def _column(rows: Sequence[dict[str, Any]], key: str) -> NDArray[np.float64]:
    """One column of rows, NaN for None."""
    return np.array([np.nan if row[key] is None else row[key] for row in rows], np.float64)


def _over_week(upper: NDArray[np.float64], lower: NDArray[np.float64], known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Ratio of sums over the days around each; NaN where one of them is not known, or little is below."""

    def around(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.convolve(values, np.ones(WINDOW))[WINDOW // 2 :][: len(values)]

    total = around(lower)
    shown = (total >= FEWEST) & (around(np.where(known, 0.0, lower)) == 0)
    return np.where(shown, around(upper) / np.maximum(total, FEWEST), np.nan)
