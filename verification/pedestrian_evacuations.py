"""The page about whole evacuations: three buildings, who leaves by which exit, and the school beside drills."""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from matplotlib.figure import Figure
from numpy.typing import NDArray
from pedestrian_pages import FIGURES, HERE
from walk_drawings import COLOURS, finish

from hyosan.building import Visit, plan_of
from hyosan.engine.building.columns import FRAME, IN
from hyosan.engine.building.ground import ground_of
from hyosan.scenario.load import load
from hyosan.tables import Names

BUILDINGS = (
    ("Hyosan High School", "hyosan-high-school", 602),
    ("APB", "buildings/osm/APB.osm", 1500),
    ("AC11", "buildings/ifc/AC11-Institute-Var-2.ifc", 300),
)
"""Name, plan (a name, or a file below HYOSAN_DATA), and people."""

STEPS_AT_ONCE = 100
"""Places of so many steps are compared with outlines at once."""

BEYOND = 1e-3
"""Nobody is farther outside its room [m]. Source: NIST TN 1822, verification 2.3."""


@dataclass(frozen=True)
class Evacuated:
    """What came of the runs of one building."""

    name: str
    people: int
    seeds: int
    times: list[NDArray[np.float64]]
    """When people passed the exit, of each run [s]."""
    last: list[float]
    stuck: int
    exits: Counter[str]
    """People by exit, mean of the runs."""
    outside: int
    """Places outside the room that a person was in, of all steps of the first run."""
    places: int
    """All places of it."""


def strays(visit: Visit) -> tuple[int, int]:
    """Run to the end and count places that are outside the room in which their person is, at every step; and all."""
    building, spaces = visit.building, visit.ground.shapes.spaces
    floors = [shapely.Polygon(space.outline, space.holes).buffer(BEYOND) for space in spaces]
    for floor in floors:
        shapely.prepare(floor)
    origin = visit.ground.origin[visit.ground.room[:, FRAME]]
    outside = places = 0
    while not visit.finished:
        rooms, spots = [], []
        for _ in range(STEPS_AT_ONCE):
            building.run(building.now + building.dt)
            here = building.state.people.who[:, IN]
            rooms.append(here.copy())
            spots.append(building.state.people.place[:, :2] - np.where(here >= 0, origin[here], 0.0)[:, None] * (1, 0))
        room, spot = np.concatenate(rooms), np.concatenate(spots)
        for row in np.unique(room[room >= 0]).tolist():
            mine = spot[room == row]
            outside += int((~shapely.contains_xy(floors[row], mine)).sum())
            places += len(mine)
    return outside, places


def evacuated(name: str, plan_name: str, people: int, seeds: int) -> Evacuated:
    """Evacuate a building by several seeds; every step of the first is looked at."""
    scenario = load("evacuation", set={"floorplan": plan_name, "people": people})
    plan = plan_of(scenario)
    ground = ground_of(plan)
    times, last, stuck, exits, outside, places = [], [], 0, Counter(), 0, 0
    for seed in range(1, seeds + 1):
        visit = Visit(scenario, seed=seed, plan=plan, ground=ground)
        if seed == 1:
            outside, places = strays(visit)
        visit.run()
        summary = visit.summary()
        left = visit.building.exits()
        passed = np.sort(left[:, 0] * visit.building.dt) if len(left) else first_out(visit)
        times.append(passed)
        last.append(summary["last_out_s"])
        stuck += summary["stuck"]
        exits.update({door: count / seeds for door, count in summary["by_exit"].items() if count})
        visit.close()
    return Evacuated(name, people, seeds, times, last, stuck, exits, outside, places)


def first_out(visit: Visit) -> NDArray[np.float64]:
    """When people came into the open, of a plan in which they gather there [s]."""
    names = visit.names()
    yard = names[Names.ROOMS].index("yard")
    passages = visit.tables()["passages"]
    into = passages["to_room"] == yard
    found: dict[int, float] = {}
    for person, time in zip(passages["person"][into].tolist(), passages["time_s"][into].tolist(), strict=True):
        found[person] = time
    return np.sort(np.array(list(found.values())))


def paces(visit: Visit) -> dict[str, NDArray[np.float64]]:
    """Speeds of people on their way, by where they are [m/s]: mean of each half second in which one is in one room."""
    tracks, rooms = visit.tables()["tracks"], visit.names()[Names.ROOMS]
    order = np.lexsort((tracks["time_s"], tracks["person"]))
    time, person, room = (tracks[name][order] for name in ("time_s", "person", "room"))
    place = np.stack([tracks[name][order] for name in ("x_cm", "y_cm", "z_cm")], axis=1) / 100.0
    walking = tracks["posture"][order] == 2
    whole = (person[1:] == person[:-1]) & (room[1:] == room[:-1]) & walking[1:] & walking[:-1]
    whole &= np.abs(time[1:] - time[:-1] - 0.5) < 1e-6
    way = np.diff(place, axis=0)
    speed, climbs = np.sqrt((way**2).sum(axis=1)) / 0.5, np.abs(way[:, 2]) > 0.02
    stair = room[1:] >= len(visit.plan.rooms)
    corridor = np.array([name.startswith("corridor") for name in rooms])[room[1:]]
    kinds = {"corridors": corridor, "flights of stairs, down": stair & climbs, "landings": stair & ~climbs}
    return {kind: speed[whole & where] for kind, where in kinds.items()}


def school_paces(seeds: int) -> dict[str, NDArray[np.float64]]:
    """`paces` of the school, all runs together."""
    scenario = load("evacuation")
    plan = plan_of(scenario)
    ground = ground_of(plan)
    found: dict[str, list[NDArray[np.float64]]] = {}
    for seed in range(1, seeds + 1):
        visit = Visit(scenario, seed=seed, plan=plan, ground=ground).run()
        for kind, speeds in paces(visit).items():
            found.setdefault(kind, []).append(speeds)
    return {kind: np.concatenate(parts) for kind, parts in found.items()}


DRILLS = {
    "corridors": "1.9, running (15 drills, 970 children: Najmanova & Ronchi)",
    "landings": "0.96 (the same); 1.02 free (6 to 10 years: Ono et al. 2024)",
    "flights of stairs, down": "0.85 free (6 to 10 years: Ono et al. 2024)",
}
"""Mean speeds of published school drills [m/s]."""


def curves(found: list[Evacuated]) -> Figure:
    """Share of people out over time, each run a line."""
    drawn = Figure(figsize=(7.0, 3.4), layout="constrained", facecolor="white")
    axes = drawn.subplots()
    for colour, each in zip(COLOURS, found, strict=False):
        for number, times in enumerate(each.times):
            share = np.arange(1, len(times) + 1) / each.people
            label = f"{each.name}, {each.people:,} people" if number == 0 else None
            axes.step(times, share, where="post", color=colour, linewidth=0.7, alpha=0.7, label=label)
    axes.set(xlim=(0.0, None), ylim=(0.0, 1.02))
    finish(axes, "time since the alarm [s]", "share out", legend=True)
    return drawn


def beside_drills() -> list[str]:
    """The school beside what was published, as lines of the page."""
    lines = [
        "",
        "In the school whoever has come into the yard is out; there they gather, which takes a little longer.",
        "",
        "## The school beside published drills",
        "",
        "| where | mean speed here [m/s] | half of all between | published [m/s] |",
        "|---|---|---|---|",
    ]
    for kind, speeds in school_paces(3).items():
        low, high = np.percentile(speeds, (25, 75))
        lines.append(f"| {kind} | {speeds.mean():.2f} | {low:.2f} to {high:.2f} | {DRILLS[kind]} |")
    lines += [
        "",
        "**Differences.** Pupils of drills are younger (3 to 10 years; those here are 15 to 18), and they run in",
        "corridors where those here walk: a factor of 1.4 on the free speed. On stairs those here keep to Weidmann's",
        "0.69 m/s, slower than the children of Ono et al. Preschools in Prague (Najmanova 2013) were empty 81 to 186 s",
        "after the alarm, with 20 to 46 s until children set out; here half of the pupils set out after 55 s by",
        "assumption, and four storeys and a yard lie before them. Numbers of secondary schools are published (Cuesta &",
        "Gwynne 2016) but were not at hand, so nothing here is a test.",
        "",
    ]
    return lines


def write(quick: bool) -> None:
    """The page."""
    data, seeds = Path(os.environ.get("HYOSAN_DATA", "/nowhere")), 3 if quick else 30
    found, skipped = [], []
    for name, plan, people in BUILDINGS:
        path = str(data / plan) if "/" in plan else plan
        if "/" in plan and not Path(path).exists():
            skipped.append(f"{name} is skipped: {plan} is not below HYOSAN_DATA.")
            continue
        found.append(evacuated(name, path, people, seeds))
    curves(found).savefig(FIGURES / "evacuations.png", dpi=80)
    lines = [
        "# Evacuations of whole buildings",
        "",
        "Made by `python verification/pedestrians.py evacuations`; do not edit it by hand.",
        "",
        "`hyosan run evacuation` with three plans: people set out 10 to 100 s after the alarm, evenly spread, and walk",
        f"by the default law. {seeds} seeds each. A place is outside if it is more than 1 mm beyond the outline of the",
        "room that its person is in; every step of seed 1 is looked at.",
        "",
        "| building | people | last out, mean (least to most) [s] | half out [s] | stuck | places outside |",
        "|---|---|---|---|---|---|",
    ]
    for each in found:
        half = np.mean([times[len(times) // 2] for times in each.times])
        last = f"{np.mean(each.last):.0f} ({min(each.last):.0f} to {max(each.last):.0f})"
        lines.append(
            f"| {each.name} | {each.people:,} | {last} | {half:.0f} | {each.stuck} of {each.people * each.seeds:,} | "
            f"{each.outside} of {each.places:,} |"
        )
    lines += [
        "",
        *(line for each in skipped for line in (each, "")),
        "![egress](figures/evacuations.png)",
        "",
        "People by exit, mean of the runs:",
        "",
    ]
    for each in found:
        shown = ", ".join(f"{door} {count:.0f}" for door, count in each.exits.most_common(8))
        more = f", and {len(each.exits) - 8} more" if len(each.exits) > 8 else ""
        lines += [f"- {each.name}: {shown}{more}"]
    lines += beside_drills()
    (HERE / "evacuations.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
